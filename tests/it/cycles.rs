//! Cycles of any length: their days, what is said of them, and several that run at once.

use std::fs;
use std::path::Path;
use std::process::Command;

use okrbook::model::calendar::{Day, MONTHS};

use crate::support::{folder_with, root, run};

/// All cycles of a year.
fn names(year: i16) -> Vec<String> {
    let lettered = |letter: char, count: u8| (1..=count).map(move |number| format!("{year}-{letter}{number}"));
    let parts = lettered('H', 2).chain(lettered('T', 3)).chain(lettered('Q', 4));
    parts.chain((1..=12).map(|month| format!("{year}-{month:02}"))).chain([year.to_string()]).collect()
}

/// Says what an independent computation of a site's cycles finds otherwise.
fn differences(month: usize, named_by: &str, site: &Path) -> String {
    let script = root().join("tests/scorer/cycles.py");
    let mut compare = Command::new("python3");
    compare.arg("-B").arg(script).args([&month.to_string(), named_by]).arg(site);
    let compared = compare.output().expect("python3 is installed");
    assert!(compared.status.success(), "{}", String::from_utf8_lossy(&compared.stderr));
    String::from_utf8_lossy(&compared.stdout).into_owned()
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
            assert_eq!(differences(place + 1, named_by, &site), "", "{month}, named by {named_by}");
        }
    }
}

/// Counts days by their number in the month, and weeks by theirs in the year.
const COUNTING: &str = "objectives:
  - id: count
    title: Everything is counted
    key_results:
      - daily: Raise the days from 0 to 9000
      - weekly: Raise the weeks from 0 to 9000
";

#[test]
fn what_is_counted_before_at_and_after_the_edges_of_each_cycle_is_what_an_independent_computation_counts() {
    let first = Day::parse("2023-10-02").expect("a Monday");
    let (mut days, mut weeks) = ("day,n\n".to_owned(), "week,n\n".to_owned());
    for day in (0..1_300).map(|place| first.plus(place)) {
        days.push_str(&format!("{day},{}\n", day.ymd().2));
        if day.since(first) % 7 == 0 {
            weeks.push_str(&format!("{day},{}\n", iso_week(day)));
        }
    }
    // Years that begin in January, June and November; all twelve take long and show no more.
    for (place, month) in MONTHS.iter().enumerate().step_by(5) {
        let settings = format!("organisation: X\ncalendar: {{ year_starts: {month}, cycles: third }}\n");
        let teams: Vec<String> = names(2025).iter().map(|name| format!("cycles/{name}/desk.yaml")).collect();
        let mut files: Vec<(&str, &str)> = teams.iter().map(|path| (path.as_str(), COUNTING)).collect();
        files.push(("okrbook.yaml", &settings));
        files.push(("metrics/daily.csv", &days));
        files.push(("metrics/weekly.csv", &weeks));
        files.push((
            "metrics.yaml",
            "daily: { value: n, aggregate: sum, better: higher }\nweekly: { value: n, grain: week, aggregate: sum, better: higher }\n",
        ));
        let folder = folder_with(&files);
        let (book, site) = (folder.path().to_str().expect("UTF-8"), folder.path().join("site"));
        let begins = Day::new(2025, u8::try_from(place + 1).expect("a month"), 1).expect("a day");
        // A half-year on: the edge of a half, a quarter and a month, in the middle of a third and a year.
        for as_of in [-1, 0, 1].into_iter().flat_map(|step| [begins.plus(step), begins.month_start(6).plus(step)]) {
            let (code, _, said) =
                run(&["build", book, "--as-of", &as_of.to_string(), "-o", site.to_str().expect("UTF-8")]);
            assert_eq!(code, 0, "{said}");
            assert_eq!(differences(place + 1, "start", &site), "", "{month}, as of {as_of}");
        }
    }
}

/// Returns the number of the ISO week that a Monday begins: that of its Thursday in its year.
fn iso_week(monday: Day) -> i32 {
    let thursday = monday.plus(3);
    let new_year = Day::new(thursday.ymd().0, 1, 1).expect("a day");
    thursday.since(new_year) / 7 + 1
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

/// A school's year: two terms and the exams between them, and a fiscal year over them.
const TERMS: &str = "organisation: X
calendar:
  year_starts: february
  cycles: none
  named:
    2026-spring: { from: 2026-02-02, to: 2026-06-26, title: Spring term }
    exams: { from: 2026-06-27, to: 2026-07-17 }
    2026-autumn: { from: 2026-08-31, to: 2026-12-18, title: Autumn term }
";

/// Returns a book of terms with a seat a day taken from 2025 on.
fn school(folder: &str) -> tempfile::TempDir {
    let mut rows = "day,seats\n".to_owned();
    for year in [2025, 2026] {
        for month in 1..=12 {
            for day in 1..=28 {
                rows.push_str(&format!("{year}-{month:02}-{day:02},1\n"));
            }
        }
    }
    let team = "objectives:\n  - id: full\n    title: Courses are full\n    key_results:\n      - { id: seats, title: \"Raise seats from 90 to 120\", metric: seats, per: cycle }\n      - monthly: Raise seats from 20 to 28 per month\n";
    let path = |cycle: &str| format!("{folder}/{cycle}/college.yaml");
    let (spring, autumn, year) = (path("2026-spring"), path("2026-autumn"), path("2026"));
    folder_with(&[
        ("okrbook.yaml", TERMS),
        (
            "metrics.yaml",
            "seats: { file: seats.csv, value: seats, aggregate: sum, better: higher, source: office }\n\
             monthly: { file: seats.csv, value: seats, aggregate: sum, per: month, better: higher, source: office }\n",
        ),
        ("metrics/seats.csv", &rows),
        (&spring, team),
        (&autumn, team),
        (&year, team),
    ])
}

#[test]
fn a_cycle_with_a_name_has_its_own_days_its_title_and_the_files_of_its_folder() {
    for folder in ["quarters", "cycles"] {
        let book = school(folder);
        let at = book.path().to_str().expect("UTF-8");
        let tell = |arguments: &[&str]| {
            let all = [arguments, &["-C", at]].concat();
            run(&all)
        };
        let (code, _, said) = tell(&["lock", "2026-autumn", "--as-of", "2026-09-01"]);
        assert_eq!(code, 0, "{said}");
        assert!(book.path().join(folder).join("2026-autumn/lock.yaml").is_file(), "{said}");
        let site = book.path().join("site");
        let (code, _, said) = run(&["build", at, "--as-of", "2026-12-30", "-o", site.to_str().expect("UTF-8")]);
        assert_eq!(code, 0, "{said}");
        let overview = fs::read_to_string(site.join("index.html")).expect("built");
        // Nothing runs but the fiscal year, which is named after its start.
        assert!(overview.contains(">FY26</a></h1>") && overview.contains(">Autumn term</a>"), "{overview}");
        let page = fs::read_to_string(site.join("2026-autumn/college.html")).expect("built");
        assert!(page.contains("Seats rose from 90 to 102 in the cycle; the goal was 120"), "{page}");
        assert!(page.contains(">← Spring term</a>"), "{page}");
        assert!(page.contains("Goals committed on 1"), "{page}");
        // Of 110 days 102 seats: a month of the Gregorian calendar has 30.436875 days.
        assert!(page.contains("Monthly rose from 20 to 28.2 in the cycle; the goal was 28 per month"), "{page}");
        let (code, _, said) = tell(&["seal", "2026-spring", "--as-of", "2026-12-30"]);
        assert_eq!(code, 0, "{said}");
        let (code, _, said) = tell(&["verify"]);
        assert_eq!(code, 0, "{said}");
    }
}

#[test]
fn names_that_no_cycle_can_have_are_told_with_one_that_it_can() {
    for (line, told) in [
        ("teams: { from: 2026-01-01, to: 2026-02-01 }", "call it `teams-cycle`"),
        ("v 4: { from: 2026-01-01, to: 2026-02-01 }", "write `v-4`"),
        ("2026-H1: { from: 2026-01-01, to: 2026-02-01 }", "write it under `quarters:`"),
        ("v4: { from: 2026-03-01, to: 2026-02-01 }", "before its first"),
        ("a: { from: 2026-01-01, to: 2026-02-01 }\n    b: { from: 2026-02-01, to: 2026-03-01 }", "b overlaps a"),
        ("v5: { from: 2026-01-01, to: 2026-02-01 }", "rename the folder to `v5`"),
    ] {
        let settings = format!("organisation: X\ncalendar:\n  named:\n    {line}\n");
        let book = folder_with(&[("okrbook.yaml", &settings), ("quarters/v6/index.md", "A story.\n")]);
        let (_, _, said) = run(&["check", "-C", book.path().to_str().expect("UTF-8"), "--as-of", "2026-07-01"]);
        assert!(said.contains(told), "{said}");
    }
}

#[test]
fn files_of_one_cycle_in_both_folders_are_told() {
    let book = school("quarters");
    fs::create_dir_all(book.path().join("cycles/2026-spring")).expect("created");
    fs::write(book.path().join("cycles/2026-spring/index.md"), "A story.\n").expect("written");
    let (_, _, said) = run(&["check", "-C", book.path().to_str().expect("UTF-8"), "--as-of", "2026-07-01"]);
    assert!(said.contains("2026-spring stands in cycles/, too, so nothing in this folder is read"), "{said}");
    assert!(said.contains("move its files into one of the two folders"), "{said}");
}
