//! CSV files that a spreadsheet can open without running anything (RFC 4180, with `'` before formulas).

use crate::model::calendar::Day;
use crate::model::quantity::Number;
use crate::publishable;
use crate::report::{KeyResultReport, Report};

use super::form::GoalJson;
use super::json::exact;

const HEAD: [&str; 19] = [
    "quarter",
    "team",
    "objective",
    "key_result",
    "title",
    "kind",
    "from",
    "to",
    "by",
    "bound",
    "unit",
    "value",
    "progress",
    "score",
    "grade",
    "band",
    "state",
    "status",
    "owners",
];

/// Returns a quarter's key results, one in each row.
pub(in crate::render) fn quarter_csv(report: &Report<'_>, place: usize) -> String {
    let mut out = String::new();
    row(&mut out, HEAD);
    let Some(quarter) = report.quarters.get(place) else { return out };
    for team in &quarter.teams {
        for key_result in report.key_results(*team) {
            key_result_row(&mut out, report, &key_result);
        }
    }
    out
}

fn key_result_row(out: &mut String, book: &Report<'_>, report: &KeyResultReport<'_>) {
    let owners: Vec<&str> = report.plan.owners.iter().map(|owner| book.name_of(&owner.value)).collect();
    let goal = report.goal().map(GoalJson::new);
    let part = |of: for<'g> fn(&'g GoalJson<'_>) -> &'g Option<String>| {
        goal.as_ref().and_then(|goal| of(goal).clone()).unwrap_or_default()
    };
    // A range has two limits in one cell: `3..5`.
    let upper = goal.as_ref().and_then(|goal| goal.upper.as_ref()).map(|upper| format!("..{upper}"));
    let limits = part(|goal| &goal.bound) + upper.as_deref().unwrap_or_default();
    let score = report.score;
    let number = |number: Option<Number>| number.map(exact).unwrap_or_default();
    let grade = score.grade();
    row(
        out,
        [
            &report.team.quarter.id.to_string(),
            report.team.plan.team.as_str(),
            report.objective.id.value.as_str(),
            report.plan.id.value.as_str(),
            report.title(),
            goal.as_ref().map_or("", |goal| &goal.kind),
            &part(|goal| &goal.from),
            &part(|goal| &goal.to),
            &part(|goal| &goal.by),
            &limits,
            &part(|goal| &goal.unit),
            &score.value.as_ref().map(|value| exact(value.number)).unwrap_or_default(),
            &number(score.progress),
            &number(score.score),
            &grade.map(|grade| grade.to_string()).unwrap_or_default(),
            grade.map_or("", |grade| grade.band().name()),
            score.state.name(),
            score.standing.as_ref().map_or("", |standing| standing.status.name()),
            &owners.join("; "),
        ],
    );
}

/// Puts a metric's values into `out`, one day in each row.
pub(in crate::render) fn metric_csv(report: &Report<'_>, place: usize, out: &mut Vec<u8>) {
    let points = report.metric_at(place).map(|metric| report.points(&metric.id)).unwrap_or_default();
    out.clear();
    out.reserve(24 * (points.len() + 1));
    out.extend_from_slice(b"date,value\r\n");
    let mut written = Month::default();
    for point in points {
        push_row(out, written.ascii(point.day), point.value);
    }
}

/// The month whose days were written last.
#[derive(Default)]
struct Month {
    /// The numbers of its first day and of the first day behind it.
    first: i32,
    end: i32,
    /// `2026-07-00,`
    ascii: [u8; 11],
}

impl Month {
    /// Returns a day with a comma.
    fn ascii(&mut self, day: Day) -> [u8; 11] {
        if day.number() < self.first || self.end <= day.number() {
            let first = day.month_start(0);
            (self.first, self.end) = (first.number(), day.month_start(1).number());
            self.ascii[..10].copy_from_slice(&first.ascii());
            self.ascii[10] = b',';
        }
        // The calendar's last month has no first day behind it.
        let date = day.number() - self.first + 1;
        let [tens, ones] = [date / 10, date % 10].map(|digit| b'0' + digit as u8);
        let mut ascii = self.ascii;
        (ascii[8], ascii[9]) = (tens, ones);
        ascii
    }
}

/// Adds a day and a number with all its digits and no trailing zeros; neither needs quotes. The row is put together from
/// its end, so that it is copied once.
fn push_row(out: &mut Vec<u8>, day: [u8; 11], number: Number) {
    let Some((mut mantissa, mut scale)) = number.parts() else {
        out.extend_from_slice(&day);
        out.extend_from_slice(number.normal().digits().as_bytes());
        return out.extend_from_slice(b"\r\n");
    };
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    let mut row = [0; 64];
    row[62..].copy_from_slice(b"\r\n");
    let (mut start, mut rest, mut written) = (62, mantissa.unsigned_abs(), 0);
    while rest > 0 || written <= scale {
        start -= 1;
        row[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        written += 1;
        if written == scale {
            start -= 1;
            row[start] = b'.';
        }
    }
    if mantissa < 0 {
        start -= 1;
        row[start] = b'-';
    }
    start -= day.len();
    row[start..start + day.len()].copy_from_slice(&day);
    out.extend_from_slice(&row[start..]);
}

/// Adds a row.
fn row<const N: usize>(out: &mut String, cells: [&str; N]) {
    for (place, text) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        cell(out, text);
    }
    out.push_str("\r\n");
}

/// Adds a cell that no spreadsheet takes for a formula.
fn cell(out: &mut String, text: &str) {
    let is_formula = publishable::formula(text).is_some() && Number::parse(text).is_none();
    let quoted = is_formula || text.contains([',', '"', '\n', '\r', ';', '\t']);
    if !quoted {
        return out.push_str(text);
    }
    out.push('"');
    if is_formula {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_all_digits_that_count() {
        for text in ["0", "-0.5", "12", "100", "0.007", "14.096", "-1721992.25", "99.9999999999999999", "5.10"] {
            let number = Number::parse(text).expect("a number");
            let mut out = Vec::new();
            push_row(&mut out, *b"2026-07-01,", number);
            let expected = format!("2026-07-01,{}\r\n", exact(number));
            assert_eq!(String::from_utf8(out).expect("ASCII"), expected);
        }
    }

    #[test]
    fn days_are_written_as_they_are_displayed() {
        let mut month = Month::default();
        let days = ["1970-01-01", "2026-02-27", "2026-02-28", "2026-03-01", "2024-02-29", "2024-02-01", "2025-12-31"];
        let days = days.iter().map(|text| Day::parse(text).expect("a day"));
        for day in days.chain([Day::MIN, Day::MAX, Day::MAX.plus(-1)]) {
            assert_eq!(month.ascii(day), *format!("{day},").as_bytes(), "{day}");
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (text, expected) in [
            ("plain", "plain"),
            ("-0.5", "-0.5"),
            ("+12", "+12"),
            ("=1+1", "\"'=1+1\""),
            ("  =1+1", "\"'  =1+1\""),
            ("-1+cmd|x", "\"'-1+cmd|x\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\u{a0}=1", "\"'\u{a0}=1\""),
            ("\u{200b}=1", "\"'\u{200b}=1\""),
            ("\u{3000}=1", "\"'\u{3000}=1\""),
            ("＝1+1", "\"'＝1+1\""),
            ("＋1", "\"'＋1\""),
            ("－1", "\"'－1\""),
            ("＠SUM(A1)", "\"'＠SUM(A1)\""),
            ("ａ＝1", "ａ＝1"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("", ""),
        ] {
            let mut out = String::new();
            cell(&mut out, text);
            assert_eq!(out, expected, "{text:?}");
        }
    }
}
