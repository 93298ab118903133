//! CSV files that a spreadsheet can open without running anything (RFC 4180, with `'` before formulas).

use crate::model::quantity::Number;
use crate::report::{KeyResultReport, Report};

use super::json::{GoalJson, exact};

const HEAD: [&str; 18] = [
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
];

/// Returns a quarter's key results, one in each row.
pub(in crate::render) fn quarter_csv(report: &Report<'_>, place: usize) -> String {
    let mut out = String::new();
    row(&mut out, HEAD);
    let Some(quarter) = report.quarters.get(place) else { return out };
    for team in &quarter.teams {
        for key_result in report.key_results(*team) {
            key_result_row(&mut out, &key_result);
        }
    }
    out
}

fn key_result_row(out: &mut String, report: &KeyResultReport<'_>) {
    let goal = report.goal().map(GoalJson::new);
    let part =
        |of: fn(&GoalJson) -> &Option<String>| goal.as_ref().and_then(|goal| of(goal).clone()).unwrap_or_default();
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
            goal.as_ref().map_or("", |goal| goal.kind),
            &part(|goal| &goal.from),
            &part(|goal| &goal.to),
            &part(|goal| &goal.by),
            &part(|goal| &goal.bound),
            &part(|goal| &goal.unit),
            &score.value.as_ref().map(|value| exact(value.number)).unwrap_or_default(),
            &number(score.progress),
            &number(score.score),
            &grade.map(|grade| grade.to_string()).unwrap_or_default(),
            grade.map_or("", |grade| grade.band().name()),
            score.state.name(),
            score.standing.as_ref().map_or("", |standing| standing.status.name()),
        ],
    );
}

/// Returns a metric's values, one day in each row.
pub(in crate::render) fn metric_csv(report: &Report<'_>, place: usize) -> String {
    let points = report.metric_at(place).map(|metric| report.points(&metric.id)).unwrap_or_default();
    let mut out = Vec::with_capacity(20 * (points.len() + 1));
    out.extend_from_slice(b"date,value\r\n");
    for point in points {
        // A day and a plain number need no quotes.
        out.extend_from_slice(&point.day.ascii());
        out.push(b',');
        out.extend_from_slice(point.value.normal().digits().as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    String::from_utf8(out).expect("internal: days and numbers are ASCII")
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
    let first = text.trim_start_matches([' ', '\u{a0}']).chars().next();
    let is_formula = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n')) && Number::parse(text).is_none();
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
