//! The answer above the fold: a verdict in words, and three columns of at most four things with their reasons; and the
//! list of metrics.

use std::fs;

use crate::support::{folder_with, run};

const TEAM: &str = "objectives:
  - id: calm
    title: Nobody notices our releases
    key_results:
      - { id: lead, title: \"Reduce lead time from 20 days to 10 days\", metric: lead, owners: [ana] }
      - { id: broken, title: \"Reduce build time from 20 min to 10 min\", metric: build, guardrails: [ { metric: flaky, at_most: 5% } ] }
      - { id: behind, title: \"Raise deploys on Fridays from 0% to 50%\", metric: fridays }
      - { id: silent, title: \"Reduce rollbacks from 9% to 3%\", metric: rollbacks }
";

const METRICS: &str = "lead: { source: tracker, unit: days }
build: { source: CI, unit: min }
flaky: { source: CI, unit: \"%\" }
fridays: { source: CI, unit: \"%\" }
rollbacks: { source: CI, unit: \"%\" }
";

/// Returns the first pages' texts: the verdict, and each column's heading with what stands in it.
fn first_screen(as_of: &str, page: &str) -> (String, Vec<(String, String)>) {
    let book = folder_with(&[
        ("okrbook.yaml", &format!("organisation: X\nas_of: {as_of}\npeople: {{ ana: Ana Ruiz }}\n")),
        ("metrics.yaml", METRICS),
        ("metrics/lead.csv", "date,v\n2026-06-30,20\n2026-08-31,12\n2026-09-29,9\n"),
        ("metrics/build.csv", "date,v\n2026-06-30,20\n2026-08-31,11\n2026-09-29,9\n"),
        ("metrics/flaky.csv", "date,v\n2026-06-30,4\n2026-08-31,8\n2026-09-29,9\n"),
        ("metrics/fridays.csv", "date,v\n2026-06-30,0\n2026-08-31,4\n2026-09-29,5\n"),
        ("metrics/rollbacks.csv", "date,v\n2026-06-30,9\n"),
        ("quarters/2026-Q3/shop.yaml", TEAM),
    ]);
    let (at, site) = (book.path().to_str().expect("UTF-8"), book.path().join("site"));
    let (code, _, said) = run(&["build", at, "-o", site.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
    let html = fs::read_to_string(site.join(page)).expect("the page is there");
    let between = |text: &str, start: &str, end: &str| {
        let rest = text.split_once(start).map_or("", |(_, rest)| rest);
        rest.split_once(end).map_or_else(String::new, |(part, _)| part.to_owned())
    };
    let verdict = between(&html, "<p class=\"lead\">", "</p>");
    let fold = between(&html, "<div class=\"fold\">", "</div>");
    let columns = fold.split("<section").skip(1).map(|column| (between(column, "\">", "</h2>"), plain(column)));
    (verdict, columns.map(|(head, text)| (head.rsplit('>').next().unwrap_or_default().to_owned(), text)).collect())
}

fn plain(html: &str) -> String {
    let parts = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
    parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" | ").replace('\u{a0}', " ")
}

#[test]
fn a_running_cycle_says_what_goes_well_what_needs_somebody_and_what_not_to_believe() {
    for page in ["index.html", "2026-Q3/index.html"] {
        let (verdict, columns) = first_screen("2026-09-02", page);
        assert_eq!(verdict, "Two of 4 on course; a guardrail is broken.");
        let heads: Vec<&str> = columns.iter().map(|(head, _)| head.as_str()).collect();
        assert_eq!(heads, ["Going well", "Needs you", "Don’t believe yet"]);
        let [well, needs, doubts] = [0, 1, 2].map(|at| columns[at].1.as_str());
        assert!(well.contains("Reduce lead time from 20 days to 10 days | 0.8, ahead"), "{well}");
        assert!(well.contains("Ana Ruiz (Shop)") && !well.contains("build time"), "{well}");
        let order = ["build time", "Fridays", "rollbacks"].map(|part| needs.find(part).unwrap_or(usize::MAX));
        assert!(order.is_sorted() && order[2] < usize::MAX, "{needs}");
        assert!(needs.contains("guardrail broken; 0.9"), "{needs}");
        assert!(doubts.contains("build time") && doubts.contains("flaky is 8 %, not at most 5 %"), "{doubts}");
    }
}

#[test]
fn a_cycle_that_is_over_says_what_went_well_what_fell_short_and_what_not_to_believe() {
    let (verdict, columns) = first_screen("2026-10-05", "2026-Q3/index.html");
    assert_eq!(verdict, "Two of 4 reached 0.7 or more; 2 numbers are to be read with care.");
    let heads: Vec<&str> = columns.iter().map(|(head, _)| head.as_str()).collect();
    assert_eq!(heads, ["What went well", "What fell short", "What not to believe"]);
    assert!(columns[1].1.contains("0.1: 0 % → 5 % → 50 %"), "{}", columns[1].1);
    assert!(columns[2].1.contains("Nothing was measured, which counts as 0."), "{}", columns[2].1);
}

#[test]
fn metrics_stand_by_their_titles() {
    let zoo = "objectives:\n  - id: o\n    title: T\n    key_results:\n      - { id: k, title: Raise a from 1 to 2, metric: a }\n      - { id: l, title: Raise b from 1 to 2, metric: b }\n      - { id: m, title: Raise c from 1 to 2, metric: c }\n";
    let book = folder_with(&[
        ("okrbook.yaml", "organisation: X\nas_of: 2026-09-02\n"),
        (
            "metrics.yaml",
            "a: { title: Zebras, source: zoo }\nb: { title: apes, source: zoo }\nc: { title: Bears, source: zoo }\n",
        ),
        ("metrics/a.csv", "date,v\n2026-08-01,1\n"),
        ("metrics/b.csv", "date,v\n2026-08-01,1\n"),
        ("metrics/c.csv", "date,v\n2026-08-01,1\n"),
        ("quarters/2026-Q3/shop.yaml", zoo),
    ]);
    let (at, site) = (book.path().to_str().expect("UTF-8"), book.path().join("site"));
    let (code, _, said) = run(&["build", at, "-o", site.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
    let page = fs::read_to_string(site.join("metrics/index.html")).expect("the page is there");
    let places = ["apes</a>", "Bears</a>", "Zebras</a>"].map(|title| page.find(title).expect("its row"));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_cycle_that_has_not_begun_has_a_verdict_and_no_columns() {
    let (verdict, columns) = first_screen("2026-06-30", "2026-Q3/index.html");
    assert_eq!(verdict, "Four key results planned; the quarter has not begun.");
    assert!(columns.is_empty());
}

#[test]
fn the_first_page_is_the_page_of_the_cycle_that_runs() {
    let out = tempfile::tempdir().expect("a folder");
    let site = out.path().join("site");
    let (code, _, said) = run(&["build", "content", "-o", site.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
    let main = |page: &str| {
        let html =
            fs::read_to_string(site.join(page)).expect("the page is there").replace("../", "").replace('\u{a0}', " ");
        let main = html.split_once("class=\"dates\"").expect("a head").1;
        main.split_once("<section aria-labelledby=\"quarters\"").map_or(main, |(main, _)| main).to_owned()
    };
    let own = main("2026-Q4/index.html");
    assert_eq!(main("index.html").trim_end(), own.split_once("</main>").expect("an end").0.trim_end());
    for part in ["company", "teams", "since", "moves", "scores", "map", "story"] {
        assert!(own.contains(&format!("<a href=\"#{part}\">")), "{part}");
    }
    let order =
        ["id=\"needs-you\"", "id=\"company\"", "id=\"teams\"", "id=\"since\"", "id=\"story\""].map(|id| own.find(id));
    assert!(order.is_sorted() && order[0].is_some(), "{order:?}");
    assert_eq!(own.matches("Reduce monthly churn from 3.6% to 2.8%</a></th>").count(), 1, "no table stands twice");
    let moved = main("2026-Q3/index.html");
    let (_, doubts) = moved.split_once("id=\"doubtful\"").expect("the column");
    assert!(doubts.contains("Goal: from 31 % to 20 % → from 31 % to 25 %. 0.50 as committed"), "{doubts}");
}
