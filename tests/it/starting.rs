//! `okrbook start`: starters for every kind of team, and what reviews carry forward.

use std::fs;
use std::path::Path;

use okrbook::Clock;
use okrbook::check::wording_codes;
use okrbook::lifecycle::start::{STARTERS, Starter};
use okrbook::model::calendar::Day;

use crate::cases::CLOCK;
use crate::support::{contents, folder_with, run};

/// Returns the metrics that stand in a starter's comments, as a metrics file.
fn metrics(starter: &Starter) -> String {
    let comments = starter.text.lines().filter_map(|line| line.strip_prefix("        # "));
    comments.map(|line| format!("{line}\n")).collect()
}

/// Returns the exports that a metrics file names, each with a row that fits the columns asked for.
fn exports(metrics: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, Vec<(String, &str)>)> = Vec::new();
    let mut columns: Vec<(String, &str)> = Vec::new();
    let mut file = String::new();
    for line in metrics.lines().chain(["end:"]) {
        if !line.starts_with(' ') && !file.is_empty() {
            match files.iter_mut().find(|(known, _)| *known == file) {
                Some((_, known)) => known.append(&mut columns),
                None => files.push((file.clone(), std::mem::take(&mut columns))),
            }
        }
        let Some((key, value)) = line.trim().split_once(": ") else { continue };
        let inside = |key: &str| {
            let rest = value.split_once(&format!("{key}: "))?.1;
            Some(rest.split([',', ' ', '}']).next().unwrap_or_default().to_owned())
        };
        match key {
            "file" => file = value.to_owned(),
            "date" => columns.push((value.to_owned(), "2026-06-18")),
            "value" => columns.push((value.to_owned(), "5")),
            "split" => columns.push((value.to_owned(), "sales")),
            "ratio" => columns.extend([(inside("of").expect("of"), "1"), (inside("to").expect("to"), "20")]),
            "since" => columns.push((inside("column").expect("column"), "2026-06-17")),
            "where" if value.contains("critical") => columns.push(("severity".to_owned(), "critical")),
            "where" => columns.push(("severity".to_owned(), "P1")),
            _ => {}
        }
    }
    let text = |columns: Vec<(String, &str)>| {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for column in columns {
            if !seen.iter().any(|known| known.0 == column.0) {
                seen.push(column);
            }
        }
        let names: Vec<&str> = seen.iter().map(|column| column.0.as_str()).collect();
        let cells: Vec<&str> = seen.iter().map(|column| column.1).collect();
        format!("{}\n{}\n", names.join(","), cells.join(","))
    };
    files.into_iter().map(|(file, columns)| (format!("metrics/{file}"), text(columns))).collect()
}

#[test]
fn each_starter_with_its_metrics_is_a_goal_that_nothing_is_to_be_said_of() {
    for starter in STARTERS {
        let metrics = metrics(starter);
        let team = starter.text.replace("changes: TBD", "changes: No roadmap work until this is done");
        let exports = exports(&metrics);
        let path = if starter.name() == "the company" { "company" } else { "team" };
        let path = format!("quarters/2026-Q3/{path}.yaml");
        let mut files = vec![
            ("okrbook.yaml", "organisation: New\n"),
            (path.as_str(), team.as_str()),
            ("metrics.yaml", metrics.as_str()),
        ];
        files.extend(exports.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let folder = folder_with(&files);
        let clock = Clock { flag: Day::parse("2026-06-20"), ..CLOCK };
        let opened = okrbook::open(folder.path(), &clock).expect("readable");
        let said: Vec<&str> = opened.diagnostics.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(said, Vec::<&str>::new(), "{}", starter.name());
        let book = opened.book.expect("builds");
        let mut count = 0;
        for key_result in book.plan.quarters[0].teams[0].objectives.iter().flat_map(|objective| &objective.key_results)
        {
            assert!(key_result.goal.is_some(), "{}", key_result.title.value);
            assert!(key_result.metric.is_some(), "{} is measured by nothing", key_result.title.value);
            assert!(key_result.measured_by.is_some(), "{}", key_result.title.value);
            assert_eq!(wording_codes(&key_result.title.value), Vec::<&str>::new(), "{}", key_result.title.value);
            count += 1;
        }
        assert!((1..=4).contains(&count), "{}: {count} key results", starter.name());
    }
}

#[test]
fn no_two_starters_are_for_the_same_function() {
    let mut functions: Vec<&str> = STARTERS.iter().flat_map(Starter::functions).collect();
    let count = functions.len();
    functions.sort_unstable();
    functions.dedup();
    assert_eq!(functions.len(), count);
    let on_disk = fs::read_dir(crate::support::root().join("assets/starters")).expect("there").count();
    assert_eq!(STARTERS.len(), on_disk, "a file of assets/starters is not in the list");
}

const FUNCTIONS: [&str; 15] = [
    "platform",
    "product",
    "data",
    "security",
    "mobile",
    "developer-experience",
    "SRE",
    "machine learning",
    "sales",
    "marketing",
    "HR",
    "finance",
    "customer support",
    "legal",
    "catering",
];

/// Returns a book with a team of each function and nothing else.
fn teams() -> tempfile::TempDir {
    let teams: String =
        (0..).zip(FUNCTIONS).map(|(place, name)| format!("  t{place}: {{ function: {name} }}\n")).collect();
    folder_with(&[("okrbook.yaml", &format!("organisation: New\nteams:\n{teams}"))])
}

fn start(book: &Path, day: &str, arguments: &[&str]) -> (i32, String) {
    let book = book.to_str().expect("UTF-8");
    let (code, _, stderr) = run(&[&["-C", book, "--as-of", day, "start"], arguments].concat());
    (code, stderr)
}

/// Returns what `check` says of a quarter's files: code and the words at its place.
fn found(book: &Path, day: &str) -> Vec<(String, String)> {
    let clock = Clock { flag: Day::parse(day), ..CLOCK };
    let opened = okrbook::open(book, &clock).expect("readable");
    let place = |found: &okrbook::diag::Diagnostic| match &found.place {
        okrbook::diag::Place::Text(span) => opened.sources.text(*span).to_owned(),
        _ => String::new(),
    };
    opened.diagnostics.iter().map(|found| (found.code.to_owned(), place(found))).collect()
}

#[test]
fn a_quarter_of_starters_has_gaps_and_no_other_fault() {
    let folder = teams();
    let (code, stderr) = start(folder.path(), "2026-06-20", &["2026-Q3"]);
    assert_eq!(code, 0, "{stderr}");
    for starter in STARTERS {
        assert!(stderr.contains(&format!("a starter for {}", starter.name())), "{}: {stderr}", starter.name());
    }
    let found = found(folder.path(), "2026-06-20");
    assert!(found.len() > 30, "{found:?}");
    for (code, words) in found {
        assert_eq!((code.as_str(), words.trim_start_matches('$')), ("placeholder", "TBD"));
    }
    let book = folder.path().to_str().expect("UTF-8");
    let (code, _, stderr) = run(&["-C", book, "--as-of", "2026-06-20", "build"]);
    assert_eq!(code, 0, "{stderr}");
}

#[test]
fn what_is_there_is_never_written_over() {
    let folder = folder_with(&[
        ("okrbook.yaml", "organisation: New\nteams:\n  shop: {}\n"),
        ("quarters/2026-Q3/shop.yaml", "# mine\nobjectives: []\n"),
    ]);
    let (code, stderr) = start(folder.path(), "2026-06-20", &["2026-Q3"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("quarters/2026-Q3/shop.yaml is there and stays as it is"), "{stderr}");
    let first = contents(folder.path());
    assert_eq!(first[Path::new("quarters/2026-Q3/shop.yaml")], b"# mine\nobjectives: []\n");
    assert!(first.contains_key(Path::new("quarters/2026-Q3/index.md")));
    let (code, stderr) = start(folder.path(), "2026-06-20", &["2026-Q3"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("every file of 2026-Q3 is there"), "{stderr}");
    assert_eq!(contents(folder.path()), first);
}

#[test]
fn a_slip_in_a_name_is_told_and_a_new_name_is_a_new_team() {
    let folder = folder_with(&[("okrbook.yaml", "organisation: New\nteams:\n  platform: {}\n")]);
    let before = contents(folder.path());
    for (arguments, because) in [
        (&["2026-Q3", "--team", "plattform"][..], "write `platform`"),
        (&["2026-Q3", "--team", "index"], "can't be called `index`"),
        (&["2026-Q5"], "name it by year and quarter"),
        (&["2026-Q3", "--team", "a/b"], "letters, digits"),
    ] {
        let (code, stderr) = start(folder.path(), "2026-06-20", arguments);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(because), "{stderr}");
    }
    assert_eq!(contents(folder.path()), before);
    let (code, stderr) = start(folder.path(), "2026-06-20", &["2026-q3", "--team", "sre"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("wrote quarters/2026-Q3/sre.yaml: a starter for site reliability"), "{stderr}");
    let names: Vec<_> = contents(folder.path()).into_keys().collect();
    let expected = ["okrbook.yaml", "quarters/2026-Q3/index.md", "quarters/2026-Q3/sre.yaml"];
    assert_eq!(names, expected.map(Path::new));
}

const LAST: &str = r#"objectives:
  - id: trust
    title: People trust checkout
    outcome: Reduce churn
    outcome_metric: churn
    outcome_lag: 30 days
    lever: Improve reliability
    supports: company/trust
    ambition: committed
    changes: No roadmap work on Mondays
    key_results:
      - id: success
        title: Improve checkout success from 94% to 98%
        metric: checkout
        measured_by: payment gateway
        owners: [ana, ben]
        proposed_by: team
        weight: 2
        pace: step
        guardrails:
          - { metric: speed, at_most: 2 s }
      - id: incidents
        title: Reduce P1 incidents from 8/quarter to 2/quarter
        carried_from: 2026-Q1/shop/trust/incidents
      - id: speed
        title: Reduce checkout time from 3 s to 1 s
      - id: complete
        title: Raise orders delivered complete to 92%
      - id: silent
        title: Reduce refunds from 9% to 3%
  - id: gone
    title: Nobody waits
    outcome: Reduce churn
    lever: Answer
    changes: Support sits with us
    key_results:
      - wait: Reduce waiting time from 9 min to 3 min
"#;

#[test]
fn a_team_that_ended_begins_no_quarter() {
    let teams =
        "organisation: Small\nteams:\n  shop: Shop\n  maps: { name: Maps, aliases: atlas, until: 2026-06-30 }\n";
    let folder = folder_with(&[("okrbook.yaml", teams)]);
    let (code, said) = start(folder.path(), "2026-06-20", &["2026-Q2"]);
    assert!(code == 0 && said.contains("2026-Q2/maps.yaml"), "{said}");
    let (code, said) = start(folder.path(), "2026-06-20", &["2026-Q3"]);
    assert!(code == 0 && said.contains("2026-Q3/shop.yaml") && !said.contains("maps"), "{said}");
    for name in ["maps", "atlas"] {
        let (code, said) = start(folder.path(), "2026-06-20", &["2026-Q3", "--team", name]);
        assert!(code == 2 && said.contains("the team `maps` ended on 2026-06-30, before 2026-Q3"), "{said}");
    }
}

fn review() -> String {
    let answer = |name: &str, carry: &str| format!("## trust/{name}\n### Carry forward?\n{carry}\n\n");
    let answers = [
        ("success", "Yes: two banks are left."),
        ("incidents", "Yes, to the end.\n\n`to: 1/quarter`"),
        ("speed", "Yes: it is not done."),
        ("complete", "Yes."),
        ("silent", "Yes: measure it first."),
    ];
    let carried: String = answers.iter().map(|(name, carry)| answer(name, carry)).collect();
    format!("{carried}## gone/wait\n### Carry forward?\nNo: nobody waits.\n")
}

fn last_quarter() -> tempfile::TempDir {
    let incidents: String = (0..3).map(|month| format!("2026-0{}-10,P1\n", month + 4)).collect();
    let review = review();
    folder_with(&[
        ("okrbook.yaml", "organisation: New\nteams:\n  shop: { name: Shop }\n"),
        (
            "metrics.yaml",
            "checkout:\n  file: checkout.csv\n  source: payment gateway\n  unit: \"%\"\nincidents:\n  file: incidents.csv\n  date: opened\n  count: rows\n  per: quarter\n  source: tracker\n  complete_through: 2026-06-30\n",
        ),
        ("metrics/checkout.csv", "date,value\n2026-03-30,94\n2026-06-28,96.8333\n"),
        ("metrics/incidents.csv", &format!("opened,severity\n{incidents}")),
        ("metrics/speed.csv", "date,value\n2026-03-30,3\n2026-06-28,0.9\n"),
        ("metrics/complete.csv", "date,value\n2026-03-30,80\n2026-06-28,87.4\n"),
        ("metrics/churn.csv", "date,value\n2026-06-28,3\n"),
        (
            "quarters/2026-Q2/company.yaml",
            "objectives:\n  - id: trust\n    title: Customers trust us\n    outcome: Reduce churn\n    changes: We answer\n    key_results:\n      - churn: Reduce churn from 4% to 3%\n",
        ),
        ("quarters/2026-Q2/shop.yaml", LAST),
        ("quarters/2026-Q2/shop.review.md", &review),
    ])
}

#[test]
fn what_a_review_carries_starts_where_the_last_quarter_ended() {
    let folder = last_quarter();
    let (code, stderr) = start(folder.path(), "2026-07-01", &["2026-Q3"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("shop.yaml: 5 key results carried forward"), "{stderr}");
    assert!(stderr.contains("nobody has said whether to carry on trust/churn"), "{stderr}");
    let text = fs::read_to_string(folder.path().join("quarters/2026-Q3/shop.yaml")).expect("written");
    insta::assert_snapshot!("carried_forward", text);
    let found = found(folder.path(), "2026-07-01");
    let of_this: Vec<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
    assert!(!of_this.contains(&"lost-carry-forward"), "{found:?}");
    // Of the team: what it changes, a target that is reached, a start that nobody measured. Of the company's starter:
    // what it changes, and a target.
    let gaps = found.iter().filter(|(code, _)| code == "placeholder").count();
    assert_eq!(gaps, 5, "{found:?}");
}

#[test]
fn ranges_levels_and_check_points_are_carried_as_they_stand() {
    let team = "objectives:
  - id: calm
    title: Nobody waits and nothing rots
    key_results:
      - cover: Keep stock cover between 3 and 5 days
      - success: Raise payments that succeed from 94% to 98% (commit 97%, stretch 99%)
      - tills: Launch the tills in all shops
        steps: [{ contract signed: 2026-08-14 }, { pilot live: }]
";
    let answer = |id: &str| format!("## calm/{id}\n\n### Carry forward?\nYes: again.\n\n");
    let review: String = ["cover", "success", "tills"].map(answer).concat();
    let folder = folder_with(&[
        ("okrbook.yaml", "organisation: Small\n"),
        ("quarters/2026-Q3/depot.yaml", team),
        ("quarters/2026-Q3/depot.review.md", &review),
        ("metrics/cover.csv", "date,value\n2026-09-30,4\n"),
        ("metrics/success.csv", "date,value\n2026-09-30,96\n"),
    ]);
    let (code, said) = start(folder.path(), "2026-10-02", &["2026-Q4", "--team", "depot"]);
    assert_eq!(code, 0, "{said}");
    let written = fs::read_to_string(folder.path().join("quarters/2026-Q4/depot.yaml")).expect("written");
    for line in [
        "        title: Keep stock cover between 3 and 5 days\n",
        "        title: \"Raise payments that succeed from 96% to 98% (commit 97%, stretch 99%)\"\n",
        "        steps:\n          - contract signed: 2026-08-14\n          - pilot live:\n",
    ] {
        assert!(written.contains(line), "{line} in\n{written}");
    }
    assert!(!written.contains("done:"), "the last check point says when: {written}");
    let faults: Vec<_> =
        found(folder.path(), "2026-10-02").into_iter().filter(|(code, _)| code == "contradiction").collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn a_quarter_begins_by_the_calendar_of_the_book() {
    let folder = folder_with(&[(
        "okrbook.yaml",
        "organisation: New\ncalendar: { year_starts: february, name_by: end }\nteams: { shop: {} }\n",
    )]);
    let (code, stderr) = start(folder.path(), "2026-10-20", &["2027-Q4"]);
    assert_eq!(code, 0, "{stderr}");
    let book = folder.path().to_str().expect("UTF-8");
    let (_, _, stderr) = run(&["-C", book, "--as-of", "2026-11-02", "lock", "2027-Q4"]);
    assert!(stderr.contains("locked 4 key results of 2 teams for 2027-Q4 as of 2026-11-02"), "{stderr}");
    assert!(!stderr.contains("days into the quarter"), "{stderr}");
}
