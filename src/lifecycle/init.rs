//! A new book that builds at once: one team, one objective, three measured key results.
//!
//! In: the organisation's name, the running quarter and today. Out: paths and texts. The exports end today, so
//! that the first build shows a quarter in motion.

use super::emit::scalar;
use crate::model::calendar::{Day, Quarter};
use crate::model::ids::{CycleKind, RESERVED_TEAMS, Slug};
use crate::model::quantity::Number;

/// A file of a new book: its path inside the book and its text.
pub type NewFile = (String, String);

/// What a new book begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// Whose book it is.
    pub organisation: String,
    /// What its first team is called.
    pub team: String,
    /// What the team does, where somebody says so: `platform`, `sales`.
    pub function: Option<String>,
    /// How long its cycles usually are.
    pub cycles: CycleKind,
}

impl First {
    /// Returns the beginning of an organisation's book, where nobody says more.
    #[must_use]
    pub fn of(organisation: &str) -> Self {
        Self {
            organisation: organisation.to_owned(),
            team: "Platform".to_owned(),
            function: Some("platform".to_owned()),
            cycles: CycleKind::Quarter,
        }
    }

    /// Returns the team's id: of the letters of its name that ids may have.
    fn id(&self) -> String {
        let id = Slug::suggest(&self.team);
        let is_taken = id == COMPANY || RESERVED_TEAMS.contains(&id.as_str());
        match id.as_str() {
            "" => "first-team".to_owned(),
            _ if is_taken => format!("{id}-team"),
            _ => id,
        }
    }
}

/// The team of leadership, which is no first team's.
const COMPANY: &str = "company";

/// Returns the files of a new book with a team that nobody named.
#[must_use]
pub fn files(organisation: &str, quarter: &Quarter, today: Day) -> Vec<NewFile> {
    files_of(&First::of(organisation), quarter, today)
}

/// Returns the files of a new book, whose team stands in the cycle that runs.
#[must_use]
pub fn files_of(first: &First, cycle: &Quarter, today: Day) -> Vec<NewFile> {
    let organisation = first.organisation.replace('\\', "\\\\").replace('"', "\\\"");
    let (id, team) = (cycle.id, first.id());
    let is_quarter = first.cycles == CycleKind::Quarter;
    // What stands in the texts below is said of a quarter.
    let within = |text: &str| {
        if is_quarter {
            text.to_owned()
        } else {
            text.replace("/quarter", "/cycle").replace("per: quarter", "per: cycle")
        }
    };
    vec![
        ("okrbook.yaml".to_owned(), format!("organisation: \"{organisation}\"\n{}", settings(first, &team))),
        (IGNORED.to_owned(), IGNORE.to_owned()),
        ("metrics.yaml".to_owned(), within(METRICS)),
        ("metrics/checkout.csv".to_owned(), checkout(cycle, today)),
        ("metrics/incidents.csv".to_owned(), incidents(cycle, today)),
        ("metrics/lead-time.csv".to_owned(), lead_time(cycle, today)),
        ("metrics/churn.csv".to_owned(), churn(cycle, today)),
        (
            format!("quarters/{id}/index.md"),
            if is_quarter { STORY.to_owned() } else { STORY.replace("quarter", "cycle") },
        ),
        (format!("quarters/{id}/{team}.yaml"), within(PLATFORM)),
    ]
}

/// The file that says what git leaves out.
pub const IGNORED: &str = ".gitignore";

/// What a build makes beside the book.
const IGNORE: &str = "\
# What `okrbook build` makes: the site, and the one before it.
/site/
/.site.okrbook-*/
";

/// Returns the settings below the organisation's name.
fn settings(first: &First, team: &str) -> String {
    let function = first.function.as_ref().map(|function| format!(", function: {}", scalar(function)));
    let mut text = format!(
        "\n# Everything below is optional.\nteams:\n  {team}: {{ name: {}{} }}\n",
        scalar(&first.team),
        function.unwrap_or_default()
    );
    if first.cycles != CycleKind::Quarter {
        text.push_str(&format!("calendar: {{ cycles: {} }}\n", first.cycles.name()));
    }
    text
}

const METRICS: &str = r#"# Each metric is a question to an export in metrics/. Replace the exports by your own.
checkout-success:
  title: Checkout success rate
  unit: "%"
  better: higher
  source: payment gateway
  file: checkout.csv
  ratio: { of: succeeded, to: attempts }   # the sum of one column over the sum of the other

p1-incidents:
  title: P1 incidents
  better: lower
  source: on-call tool
  file: incidents.csv
  date: opened_at
  where: { severity: P1 }                  # as the export says it: `Priority: Highest` in Jira
  count: rows
  per: quarter
  fresh_within: 45 days                    # few incidents are good news, not missing data

lead-time:
  title: Lead time from first commit to production
  unit: d
  better: lower
  source: deploy log
  file: lead-time.csv

monthly-churn:
  title: Monthly churn
  unit: "%"
  better: lower
  source: billing system
  file: churn.csv
  fresh_within: 45 days
"#;

const STORY: &str = "\
Checkout fails too often, and customers leave over it. This quarter we make it dependable before we add to it.
";

const PLATFORM: &str = "\
objectives:
  - id: reliable
    title: Make checkout so dependable that customers stop leaving over it
    outcome: Reduce churn                  # what the business needs
    outcome_metric: monthly-churn          # how that need is measured
    lever: Improve reliability             # what the team can do about it
    changes: Feature work on checkout stops until the success rate is back above 97%
    key_results:
      - checkout-success: Improve checkout success rate from 94% to 98%
      - p1-incidents: Reduce P1 incidents from 8/quarter to 2/quarter
      - lead-time: Reduce lead time from 14 days to 3 days
";

/// Days before the quarter that the exports reach back to, so that every baseline can be seen.
const BEFORE: i32 = 92;

/// A day with its place in the quarter: `place` of `length` days have gone by, none of them before it begins.
struct Dated {
    day: Day,
    place: i64,
    length: i64,
}

/// Returns each day from before the quarter to today.
fn days(quarter: &Quarter, today: Day, step: i32) -> impl Iterator<Item = Dated> {
    let start = quarter.window.start;
    let length = i64::from(quarter.window.days().max(1));
    let last = today.since(start).max(0);
    let first = -BEFORE;
    (first..=last).filter(move |day| (last - day) % step == 0).map(move |day| Dated {
        day: start.plus(day),
        place: i64::from(day.max(0)),
        length,
    })
}

/// Returns a small repeatable wobble between −`width` and `width`.
fn wobble(day: Day, width: i64) -> i64 {
    let mixed = i64::from(day.number()) * 7_919 % 1_009;
    mixed % (2 * width + 1) - width
}

fn checkout(quarter: &Quarter, today: Day) -> String {
    let mut text = "day,attempts,succeeded\n".to_owned();
    for Dated { day, place, length } in days(quarter, today, 1) {
        let attempts = 4_000 + wobble(day, 300);
        let per_mille = 940 + 38 * place / length + wobble(day, 4);
        text.push_str(&format!("{day},{attempts},{}\n", attempts * per_mille / 1_000));
    }
    text
}

fn incidents(quarter: &Quarter, today: Day) -> String {
    let mut text = "opened_at,severity,service\n".to_owned();
    for Dated { day, place, length } in days(quarter, today, 1) {
        let number = day.since(quarter.window.start);
        // Eight in as many days as the cycle has, as the key result says.
        let apart = if (90..=92).contains(&length) { 12 } else { (quarter.window.days() / 8).max(1) };
        let is_p1 = if number < 0 { number % apart == 0 } else { number % 37 == 20 && place < length };
        if is_p1 {
            text.push_str(&format!("{day},P1,checkout\n"));
        }
        if number % 5 == 0 {
            text.push_str(&format!("{day},P3,search\n"));
        }
    }
    text
}

fn lead_time(quarter: &Quarter, today: Day) -> String {
    let mut text = "week,days\n".to_owned();
    for Dated { day, place, length } in days(quarter, today, 7) {
        let tenths = 140 - 85 * place / length + wobble(day, 5);
        text.push_str(&format!("{day},{}\n", Number::new(tenths, 1).unwrap_or_default()));
    }
    text
}

fn churn(quarter: &Quarter, today: Day) -> String {
    let mut text = "month,churn\n".to_owned();
    for Dated { day, place, length } in days(quarter, today, 30) {
        let hundredths = 310 - 60 * place / length + wobble(day, 6);
        text.push_str(&format!("{day},{}\n", Number::new(hundredths, 2).unwrap_or_default()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::Calendar;

    #[test]
    fn the_exports_end_today_whatever_the_day() {
        let calendar = Calendar::default();
        for today in ["2026-01-01", "2026-02-14", "2026-12-31"] {
            let today = Day::parse(today).expect("valid");
            let quarter = calendar.quarter_of(today).expect("a quarter");
            for (path, text) in files("A \"quoted\" name", &quarter, today) {
                if path.ends_with("checkout.csv") || path.ends_with("lead-time.csv") {
                    let last = text.lines().last().expect("rows");
                    assert!(last.starts_with(&today.to_string()), "{path} ends with {last}");
                }
            }
        }
    }

    #[test]
    fn a_team_whose_name_is_taken_or_has_no_letters_gets_an_id_all_the_same() {
        let today = Day::parse("2026-02-14").expect("valid");
        let quarter = Calendar::default().quarter_of(today).expect("a quarter");
        for (team, path) in [
            ("Site: reliability", "quarters/2026-Q1/site-reliability.yaml"),
            ("Company", "quarters/2026-Q1/company-team.yaml"),
            ("李", "quarters/2026-Q1/first-team.yaml"),
        ] {
            let first = First { team: team.to_owned(), ..First::of("A") };
            let files = files_of(&first, &quarter, today);
            assert!(files.iter().any(|(known, _)| known == path), "{team}: {files:?}");
        }
    }

    #[test]
    fn fewer_payments_succeed_than_were_tried() {
        let today = Day::parse("2026-02-14").expect("valid");
        let quarter = Calendar::default().quarter_of(today).expect("a quarter");
        for line in checkout(&quarter, today).lines().skip(1) {
            let cells: Vec<i64> = line.split(',').skip(1).map(|cell| cell.parse().expect("a number")).collect();
            assert!(cells[1] < cells[0], "{line}");
        }
    }
}
