//! Cycles of any length: their days, what is said of them, and several that run at once.

use std::fs;
use std::process::Command;

use okrbook::model::calendar::MONTHS;

use crate::support::{folder_with, root, run};

/// All cycles of a year.
fn names(year: i16) -> Vec<String> {
    let lettered = |letter: char, count: u8| (1..=count).map(move |number| format!("{year}-{letter}{number}"));
    let parts = lettered('H', 2).chain(lettered('T', 3)).chain(lettered('Q', 4));
    parts.chain((1..=12).map(|month| format!("{year}-{month:02}"))).chain([year.to_string()]).collect()
}

#[test]
fn the_days_of_each_cycle_are_those_of_an_independent_calendar() {
    for (place, month) in MONTHS.iter().enumerate() {
        for named_by in ["start", "end"] {
            let settings = format!(
                "organisation: X\nas_of: 2025-06-01\ncalendar: {{ year_starts: {month}, name_by: {named_by}, cycles: half }}\n"
            );
            let stories = names(2025).into_iter().map(|name| format!("quarters/{name}/index.md"));
            let stories: Vec<String> = stories.collect();
            let mut files: Vec<(&str, &str)> = stories.iter().map(|path| (path.as_str(), "A story.\n")).collect();
            files.push(("okrbook.yaml", &settings));
            let folder = folder_with(&files);
            let (book, site) = (folder.path().to_str().expect("UTF-8"), folder.path().join("site"));
            let (code, _, said) = run(&["build", book, "-o", site.to_str().expect("UTF-8")]);
            assert_eq!(code, 0, "{said}");
            let script = root().join("tests/scorer/cycles.py");
            let mut compare = Command::new("python3");
            compare.arg("-B").arg(script).args([&(place + 1).to_string(), named_by]).arg(site.join("data/book.json"));
            let compared = compare.output().expect("python3 is installed");
            assert_eq!(String::from_utf8_lossy(&compared.stdout), "", "{month}, named by {named_by}");
            assert!(compared.status.success(), "{}", String::from_utf8_lossy(&compared.stderr));
        }
    }
}

const TEAM: &str = "objectives:
  - id: answer
    title: Nobody waits for an answer
    key_results:
      - urgent: Reduce urgent tickets from 280 to 180
      - again: Reduce urgent tickets from 280 to 180 per half-year
      - monthly: Reduce late tickets from 10/month to 4/month
";

/// A book of half-years with a year over them: a ticket a day, each sixth one late.
fn book(as_of: &str) -> tempfile::TempDir {
    let mut rows = "day,late\n".to_owned();
    for month in 7..=12 {
        for day in 1..=30 {
            rows.push_str(&format!("2026-{month:02}-{day:02},{}\n", if day % 6 == 0 { "yes" } else { "no" }));
        }
    }
    let year = "objectives:\n  - id: calm\n    title: A calm year\n    key_results:\n      - urgent: Reduce urgent tickets from 500 to 400\n";
    folder_with(&[
        ("okrbook.yaml", &format!("organisation: X\nas_of: {as_of}\ncalendar: {{ cycles: half }}\n")),
        (
            "metrics.yaml",
            "urgent: { title: Urgent tickets, file: t.csv, count: rows, better: lower }\n\
             again: { title: Tickets, file: t.csv, count: rows, per: quarter, better: lower }\n\
             monthly: { title: Late tickets, file: t.csv, where: { late: yes }, count: rows, per: month, better: lower }\n",
        ),
        ("metrics/t.csv", &rows),
        ("quarters/2026-H2/desk.yaml", TEAM),
        ("quarters/2026/desk.yaml", year),
    ])
}

/// Returns the text of a page of a book's site.
fn page(folder: &tempfile::TempDir, path: &str) -> String {
    let (book, site) = (folder.path().to_str().expect("UTF-8"), folder.path().join("site"));
    let (code, _, said) = run(&["build", book, "-o", site.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
    fs::read_to_string(site.join(path)).expect("the page is there")
}

#[test]
fn a_half_year_is_called_so_and_counted_over_its_own_days() {
    let folder = book("2027-01-15");
    let half = page(&folder, "2026-H2/desk.html");
    // 180 tickets in the half-year, 30 of them late: 5 in each of its six months.
    assert!(half.contains("Urgent tickets fell from 280 to 180 in the half-year"), "{half}");
    assert!(half.contains("Tickets fell from 280 to 180 in the half-year; the goal was 180."), "{half}");
    assert!(half.contains("Late tickets fell from 10 to 5 in the half-year; the goal was 4 per month"), "{half}");
    assert!(!half.contains("the quarter") && !half.contains("this quarter"), "{half}");
    let year = page(&folder, "2026/desk.html");
    assert!(year.contains("in the year; the goal was 400"), "{year}");
}

#[test]
fn of_cycles_that_run_at_once_the_shortest_is_looked_at() {
    let folder = book("2026-10-01");
    let overview = page(&folder, "index.html");
    assert!(overview.contains(">2026-H2</a></h1>"), "{overview}");
    let above = "<p class=\"aside\"><a href=\"2026/index.html\">2026</a>, ";
    assert!(overview.contains(above), "the year stands above it: {overview}");
    let (_, started, _) =
        run(&["start", "-C", folder.path().to_str().expect("UTF-8"), "2027-H1", "--as-of", "2027-01-04"]);
    let next = fs::read_to_string(folder.path().join("quarters/2027-H1/desk.yaml")).unwrap_or_default();
    assert!(started.contains("2027-H1") || next.contains("desk"), "{started}{next}");
}

#[test]
fn what_is_no_cycle_is_told_with_the_cycle_that_is_meant() {
    for (folder, meant) in
        [("2026-HY1", "2026-H1"), ("H1-2026", "2026-H1"), ("2026Q3", "2026-Q3"), ("2026_07", "2026-07")]
    {
        let path = format!("quarters/{folder}/index.md");
        let book = folder_with(&[("okrbook.yaml", "organisation: X\n"), (&path, "A story.\n")]);
        let (_, _, said) = run(&["check", "-C", book.path().to_str().expect("UTF-8"), "--as-of", "2026-07-01"]);
        assert!(said.contains(&format!("rename the folder to `{meant}`")), "{said}");
    }
}
