//! A new book that builds at once: one team, one objective, three measured key results.
//!
//! In: the organisation's name, the running quarter and today. Out: paths and texts. The exports end today, so
//! that the first build shows a quarter in motion.

use crate::model::calendar::{Day, Quarter};
use crate::model::quantity::Number;

/// A file of a new book: its path inside the book and its text.
pub type NewFile = (String, String);

/// Returns the files of a new book.
#[must_use]
pub fn files(organisation: &str, quarter: &Quarter, today: Day) -> Vec<NewFile> {
    let organisation = organisation.replace('\\', "\\\\").replace('"', "\\\"");
    let id = quarter.id;
    vec![
        ("okrbook.yaml".to_owned(), format!("organisation: \"{organisation}\"\n{SETTINGS}")),
        ("metrics.yaml".to_owned(), METRICS.to_owned()),
        ("metrics/checkout.csv".to_owned(), checkout(quarter, today)),
        ("metrics/incidents.csv".to_owned(), incidents(quarter, today)),
        ("metrics/lead-time.csv".to_owned(), lead_time(quarter, today)),
        ("metrics/churn.csv".to_owned(), churn(quarter, today)),
        (format!("quarters/{id}/index.md"), STORY.to_owned()),
        (format!("quarters/{id}/platform.yaml"), PLATFORM.to_owned()),
    ]
}

const SETTINGS: &str = "
# Everything below is optional.
teams:
  platform: { name: Platform, function: platform }
";

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
        let is_p1 = if number < 0 { number % 12 == 0 } else { number % 37 == 20 && place < length };
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
    fn fewer_payments_succeed_than_were_tried() {
        let today = Day::parse("2026-02-14").expect("valid");
        let quarter = Calendar::default().quarter_of(today).expect("a quarter");
        for line in checkout(&quarter, today).lines().skip(1) {
            let cells: Vec<i64> = line.split(',').skip(1).map(|cell| cell.parse().expect("a number")).collect();
            assert!(cells[1] < cells[0], "{line}");
        }
    }
}
