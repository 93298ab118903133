//! `fraction-for-percent`: the goal counts in percent, the export in fractions.
//!
//! "From 94% to 98%" measured at 0.96 would score far below zero. Cells are read as they are written, so the export
//! and the sentence have to say the same thing.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, signing_in};
use crate::diag::{Diagnostic, Place};
use crate::model::calendar::{Day, Window};
use crate::model::goal::{Better, Goal, Side};
use crate::model::history::History;
use crate::model::metric::{Metric, MetricPlace, Query};
use crate::model::quantity::{Number, Quantity, Unit};

pub(in crate::check) const RULE: Rule = Rule {
    code: "fraction-for-percent",
    group: Group::Data,
    summary: "The goal counts in percent, and the export holds fractions.",
    why: "\"From 94% to 98%\" measured at 0.96 would score far below zero. Cells are read as they are written, so the \
          export and the sentence have to say the same thing.",
    silent: "It is silent where small percentages may be real: goals that begin at 0, limits to stay below, and \
             metrics that ever left 0 to 1.5.",
    example: Sample::Files(&[
        signing_in::TEAM,
        signing_in::METRIC,
        ("metrics/sign-in.csv", "date,value\n2026-07-01,0.944\n2026-07-15,0.952\n"),
        signing_in::JULY,
    ]),
    instead: Sample::Files(&[
        signing_in::TEAM,
        signing_in::METRIC,
        ("metrics/sign-in.csv", "date,value\n2026-07-01,94.4\n2026-07-15,95.2\n"),
        signing_in::JULY,
    ]),
    check: Check::KeyResult(check),
};

/// The largest value that is still taken for a fraction: shares may exceed 1 by a little.
const LARGEST: (i64, u32) = (15, 1);

/// How many times larger the goal's numbers are, where one of the two is wrong.
const TIMES: i64 = 10;

/// Returns the finding for a key result whose metric never left 0 to 1.5, while its goal counts in tens of percent.
fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(find(at));
}

fn find(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let key_result = at.key_result;
    let value = at.score.value.as_ref().filter(|value| value.unit == Unit::Percent)?;
    let smallest = smallest_number(key_result.goal.as_ref()?)?;
    if !is_fraction(value.number, smallest) {
        return None;
    }
    let metric = at.metric()?;
    let (low, high) = range(at.history()?)?;
    if low.is_negative() || !is_fraction(high, smallest) {
        return None;
    }
    let values = if low == high { format!("{low}") } else { format!("{low} to {high}") };
    let message = format!("the goal counts in percent, but `{}` holds fractions ({values})", metric.id);
    let hundred = value.number.times(Number::whole(100)).map_or_else(String::new, |number| number.normal().to_string());
    let help = format!(
        "export percentages ({hundred} for {}), or name the two columns that are divided: `ratio: {{ of: …, to: … }}` with `unit: \"%\"`",
        value.number
    );
    let diagnostic = Diagnostic::error(RULE.code, &key_result.title, message).label("in percent").help(help);
    let diagnostic = match &metric.place {
        MetricPlace::Defined(span) => diagnostic.related(*span, "this metric"),
        MetricPlace::Export(_) => diagnostic,
    };
    Some(exports(metric).iter().fold(diagnostic, |diagnostic, path| diagnostic.related(Place::file(path), "")))
}

fn exports(metric: &Metric) -> &[std::sync::Arc<str>] {
    match &metric.query {
        Query::Rows(rows) => &rows.files,
        Query::RatioOfMetrics { .. } => &[],
    }
}

fn is_fraction(value: Number, of: Number) -> bool {
    let largest = Number::new(LARGEST.0, LARGEST.1).unwrap_or(Number::ONE);
    let larger = value.times(Number::whole(TIMES)).is_some_and(|times| times <= of);
    !value.is_negative() && value <= largest && larger
}

/// Returns the smallest number that the goal names; nothing where a small value may be a real one: a goal that
/// begins at 0, one to stay or come below a limit without a start, a difference.
fn smallest_number(goal: &Goal) -> Option<Number> {
    let percent = |quantity: &Quantity| (quantity.unit == Unit::Percent).then_some(quantity.number);
    let number = match goal {
        Goal::Move(goal) => percent(&goal.from)?.min(percent(&goal.to)?),
        Goal::Target(goal) if goal.better != Some(Better::Lower) => percent(&goal.to)?,
        Goal::Hold(goal) if goal.bound.side == Side::Above => percent(&goal.bound.limit)?,
        _ => return None,
    };
    (number > Number::ZERO).then_some(number)
}

/// Returns the smallest and the largest of all values that the metric ever had.
fn range(history: &History) -> Option<(Number, Number)> {
    let points = history.points(Window { start: Day::MIN, end: Day::MAX });
    let values = || points.iter().map(|point| point.value);
    Some((values().min()?, values().max()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence;

    /// Says whether a goal would be doubted whose metric shows this value only.
    fn doubts(text: &str, value: &str) -> bool {
        let goal = sentence::read(text).goal.expect(text);
        let value = Number::parse(value).expect(value);
        smallest_number(&goal).is_some_and(|smallest| is_fraction(value, smallest))
    }

    #[test]
    fn fractions_are_told_from_small_percentages() {
        let cases = [
            ("Improve sign-in success rate from 94% to 98%", "0.961", true),
            ("Improve sign-in success rate from 94% to 98%", "1", true),
            ("Improve sign-in success rate from 94% to 98%", "96.1", false),
            ("Reduce abandoned baskets from 40% to 20%", "0.38", true),
            ("Increase test coverage to 80%", "0.62", true),
            ("Keep build success above 95%", "0.97", true),
            ("Reduce churn from 1.4% to 1.1%", "1.3", false),
            ("Reduce failed logins from 9% to 3%", "0.9", false),
            ("New features have < 2% error rate", "0.05", false),
            ("Grow adoption from 0% to 60%", "0.9", false),
            ("Reduce lead time from 14 days to 4 days", "0.9", false),
            ("Improve margin from 20% to 30%", "-0.2", false),
        ];
        for (text, value, expected) in cases {
            assert_eq!(doubts(text, value), expected, "{text}: {value}");
        }
    }
}
