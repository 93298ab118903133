//! Books that are large in one direction: each is loaded in a time and memory that its size explains.

use std::fmt::Write as _;

use super::{book, key_results};

const COUNT: usize = 20_000;

fn listed(stem: &str) -> String {
    let names: Vec<String> = (0..COUNT).map(|place| format!("{stem}-{place}")).collect();
    format!("[{}]", names.join(", "))
}

#[test]
fn a_team_with_thousands_of_earlier_ids_is_one_team() {
    let settings = format!("organisation: Northwind\nteams:\n  shop: {{ name: Shop, aliases: {} }}\n", listed("was"));
    let team = "objectives:\n  - id: o\n    title: Customers trust us\n    key_results:\n      - p1: Ship it\n";
    let files =
        [("okrbook.yaml", &*settings), ("quarters/2026-Q3/was-19999.yaml", team), ("quarters/2026-Q4/shop.yaml", team)];
    let loaded = book(&files);
    assert_eq!(loaded.plan.teams.len(), 1);
    assert_eq!(loaded.plan.teams[0].aliases.len(), COUNT);
    let former = &loaded.plan.quarters[0].teams[0].team;
    assert_eq!(loaded.plan.team(former).map(|team| team.id.as_str()), Some("shop"));
}

#[test]
fn of_two_files_of_a_renamed_team_in_a_quarter_the_earlier_id_is_told() {
    let settings = "organisation: Northwind\nteams:\n  shop: { name: Shop, aliases: [b, a, c] }\n";
    let team = "objectives:\n  - id: o\n    title: Customers trust us\n    key_results:\n      - p1: Ship it\n";
    let path = |quarter: &str, team: &str| format!("quarters/{quarter}/{team}.yaml");
    let paths = [path("2026-Q1", "a"), path("2026-Q1", "c"), path("2026-Q2", "b"), path("2026-Q2", "shop")];
    let files = paths.iter().map(|path| (path.as_str(), team)).chain([("okrbook.yaml", settings)]);
    let loaded = book(&files.collect::<Vec<_>>());
    let told: Vec<&str> =
        loaded.diagnostics.iter().filter(|found| found.code == "duplicate-id").map(|found| &*found.message).collect();
    let expected = [
        "`b` can't be an earlier id of `shop`: 2026-Q2 has files of both",
        "`c` can't be an earlier id of `a`: 2026-Q1 has files of both",
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_objective_with_thousands_of_earlier_ids_and_key_results_has_no_name_for_each_pair() {
    let mut team = format!(
        "objectives:\n  - id: o\n    title: Customers trust us\n    aliases: {}\n    key_results:\n",
        listed("was")
    );
    for place in 0..3000 {
        let _ = writeln!(team, "      - {{ id: k{place}, title: Ship it, aliases: [old-{place}] }}");
    }
    let review = "## was-7/old-9\n\n### What worked\nIt did.\n";
    let next = "objectives:\n  - id: p\n    title: T\n    key_results:\n      - { id: p1, title: Ship it, carried_from: 2026-Q3/shop/was-7/old-9 }\n";
    let loaded = book(&[
        ("quarters/2026-Q3/shop.yaml", &team),
        ("quarters/2026-Q3/shop.review.md", review),
        ("quarters/2026-Q4/shop.yaml", next),
    ]);
    let review = loaded.plan.quarters[0].teams[0].review.as_ref().expect("a review");
    let (objective, key_result) = (&review.answers[0].objective, &review.answers[0].key_result.value);
    assert_eq!((objective.as_str(), key_result.as_str()), ("o", "k9"));
    let carried = &loaded.plan.quarters[1].teams[0].objectives[0].key_results[0].carried_from;
    let carried = &carried.as_ref().expect("it is known").value;
    assert_eq!((carried.objective.as_str(), carried.key_result.as_str()), ("o", "k9"));
}

#[test]
fn teams_below_each_other_in_a_long_chain_keep_their_parents_and_those_in_a_circle_lose_them() {
    let mut settings = "organisation: Northwind\nteams:\n".to_owned();
    for place in 0..COUNT {
        let _ = writeln!(settings, "  t{place}: {{ name: T, parent: t{} }}", place + 1);
    }
    // The last three stand above each other, and all others above these.
    let _ = writeln!(settings, "  t{COUNT}: {{ name: T, parent: t{} }}", COUNT - 2);
    let loaded = book(&[("okrbook.yaml", &settings)]);
    let told = loaded.diagnostics.iter().filter(|found| found.message.ends_with("stands above itself"));
    assert_eq!(told.count(), 3);
    assert_eq!(loaded.plan.teams.iter().filter(|team| team.parent.is_none()).count(), 3);
}

#[test]
fn teams_below_teams_that_there_are_not_are_told_and_only_some_spellings_looked_for() {
    let mut settings = "organisation: Northwind\nteams:\n".to_owned();
    for place in 0..1500 {
        let _ = writeln!(settings, "  team-{place}: {{ name: T, parent: taem-{place} }}");
    }
    let loaded = book(&[("okrbook.yaml", &settings)]);
    let told: Vec<_> = loaded.diagnostics.iter().filter(|found| found.code == "unknown-team").collect();
    assert_eq!(told.len(), 1500);
    let helped = told.iter().filter(|found| found.help.as_ref().is_some_and(|help| help.starts_with("write `team-")));
    assert_eq!(helped.count(), 50);
}

#[test]
fn a_review_with_thousands_of_sections_has_the_answers_of_each() {
    let (mut rows, mut review) = (String::new(), String::new());
    for place in 0..3000 {
        let _ = writeln!(rows, "      - k{place}: Ship it");
        let _ = write!(review, "## o/k{}\n\n### What worked\nIt did.\n\n", 2999 - place);
    }
    let team = format!("objectives:\n  - id: o\n    title: Customers trust us\n    key_results:\n{rows}");
    let loaded = book(&[("quarters/2026-Q3/shop.yaml", &team), ("quarters/2026-Q3/shop.review.md", &review)]);
    let team = &loaded.plan.quarters[0].teams[0];
    let review = team.review.as_ref().expect("a review");
    assert_eq!(review.answers.len(), 3000);
    let objective = &team.objectives[0];
    assert!(
        objective.key_results.iter().all(|known| review.answers.about(&objective.id.value, &known.id.value).is_some())
    );
}

#[test]
fn the_navigation_names_a_hundred_pages_and_says_that_others_are_left_out() {
    let paths: Vec<String> = (0..103).map(|place| format!("pages/p{place:03}.md")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "# Page\n")).collect();
    let loaded = book(&files);
    assert_eq!(loaded.plan.pages.len(), 103);
    assert_eq!(loaded.plan.navigation().len(), 100);
    let told: Vec<_> = loaded.diagnostics.iter().filter(|found| found.code == "long-navigation").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].message, "the navigation names 100 pages, and this one and 2 more are left out of it");
    assert_eq!(told[0].place, crate::diag::Place::file("pages/p100.md"));
    assert!(key_results("      - p1: Ship it\n").diagnostics.iter().all(|found| found.code != "long-navigation"));
}

#[test]
fn thousands_of_objectives_on_one_line_are_read_without_a_walk_to_its_end_for_each() {
    let rows: Vec<String> = (0..COUNT).map(|place| format!("{{ id: o{place}, title: Customers trust us }}")).collect();
    let loaded = book(&[("quarters/2026-Q3/shop.yaml", &format!("objectives: [{}]\n", rows.join(", ")))]);
    assert_eq!(loaded.plan.quarters[0].teams[0].objectives.len(), COUNT);
}

#[test]
fn thousands_of_anchors_are_found_by_those_who_repeat_them() {
    let anchors: String = (0..COUNT).map(|place| format!("x{place}: &a{place} text\n")).collect();
    let aliases: String = (0..COUNT).map(|place| format!("y{place}: *a{place}\n")).collect();
    let loaded = book(&[("quarters/2026-Q3/shop.yaml", &(anchors + &aliases))]);
    let more = loaded.diagnostics.iter().find(|found| found.code == "more-faults").expect("keys that nobody knows");
    // Each key, and that the team has no objectives; two hundred are told.
    assert_eq!(more.message, format!("this file has {} more faults", 2 * COUNT + 1 - 200));
}
