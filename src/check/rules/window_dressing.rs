//! `window-dressing`: good only in the last days.

use crate::check::context::KeyResultAt;
use crate::check::measured::{self, Measured};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::calendar::{Day, Window};
use crate::model::metric::Aggregate;
use crate::score::trend::median;

pub(in crate::check) const RULE: Rule = Rule {
    code: "window-dressing",
    group: Group::Data,
    summary: "The target was reached only in the quarter's last days.",
    why: "A value that counts as it stands on the last day can be made good for the last day: a queue emptied, tickets \
          closed, a switch turned for a week. What counts is whether it lasts.",
    silent: "It is silent before the quarter is over; where the value is a mean, a ratio or a percentile over more than \
             two weeks, or a sum; where the quarter has fewer than ten points or a gap of more than nine days in its \
             last five weeks; where the score is below 0.7; where the good values began more than a week before the \
             end; where the four weeks before them had come a third of the way; and where at least three points in \
             the four weeks after the quarter show that it lasted.",
    example: Sample::Files(&[
        ("quarters/2026-Q2/support.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/open.csv", SUDDEN),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q2/support.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/open.csv", STEADY),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-20\n";
const METRICS: &str = "open:\n  file: open.csv\n  source: Help desk of the company\n";
const TEAM: &str = "objectives:
  - id: answer
    title: Nobody has to ask twice
    outcome: Reduce churn
    lever: Remove the causes of contacts
    changes: Engineers answer the oldest question every morning
    key_results:
      - open: Reduce questions open for a week from 240 to 60
";
const SUDDEN: &str = "day,value
2026-03-29,240\n2026-04-05,238\n2026-04-12,236\n2026-04-19,241\n2026-04-26,239\n2026-05-03,235\n2026-05-10,237
2026-05-17,233\n2026-05-24,236\n2026-05-31,234\n2026-06-07,238\n2026-06-14,231\n2026-06-21,235\n2026-06-28,62
2026-07-05,180\n2026-07-12,221\n2026-07-19,236
";
const STEADY: &str = "day,value
2026-03-29,240\n2026-04-05,236\n2026-04-12,221\n2026-04-19,208\n2026-04-26,190\n2026-05-03,177\n2026-05-10,160
2026-05-17,148\n2026-05-24,131\n2026-05-31,117\n2026-06-07,101\n2026-06-14,88\n2026-06-21,70\n2026-06-28,62
2026-07-05,64\n2026-07-12,61\n2026-07-19,66
";

/// The longest trailing window whose value a few days decide.
const LONGEST_WINDOW: i32 = 14;
/// Points that the quarter needs.
const FEWEST: usize = 10;
/// Days that may pass between two points.
const WIDEST: i32 = 9;
/// The longest run of good days that is a dressing.
const LAST_DAYS: i32 = 7;
/// Days before and after these that are looked at.
const WEEKS: i32 = 28;
/// The score that is worth a doubt.
const ACHIEVED: f64 = 0.7;
/// The part of the way that the weeks before the last days may have come.
const COME: f64 = 1.0 / 3.0;
/// Points after the quarter that tell whether it lasted.
const AFTER: usize = 3;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(find(at));
}

fn find(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let measured = Measured::of(at).filter(|measured| measured.is_over && decided_at_the_end(measured))?;
    let achieved = at.score.score.is_some_and(|score| score.to_float() >= ACHIEVED);
    if !achieved || measured.history.days_with_data(measured.quarter.window) < FEWEST {
        return None;
    }
    let end = measured.quarter.window.end;
    let points = measured.points(Window { start: end.plus(-WEEKS - LAST_DAYS), end });
    let sudden = Sudden::of(&points, end, |value| measured.progress(value))?;
    let after = measured.points(Window { start: end, end: end.plus(WEEKS) });
    let after = median(after.iter().map(|point| point.1)).filter(|_| after.len() >= AFTER);
    let lasted = after.is_some_and(|after| measured.progress(after) > 0.5);
    (!lasted).then(|| tell(at, &measured, &sudden, after))
}

/// Says whether the last days decide the value.
fn decided_at_the_end(measured: &Measured<'_>) -> bool {
    let is_last = measured.history.aggregate() == Aggregate::Last;
    let window = measured.metric.window_days;
    if is_last { true } else { window.is_some_and(|days| days <= LONGEST_WINDOW) && !measured.is_flow() }
}

/// A jump to the target at the very end.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sudden {
    /// The first good day.
    began: Day,
    /// The last value.
    last: f64,
    /// The median of the four weeks before the first good day.
    usual: f64,
}

impl Sudden {
    /// Returns the jump in the points of the last weeks before `end`, where there is one.
    fn of(points: &[(Day, f64)], end: Day, progress: impl Fn(f64) -> f64) -> Option<Self> {
        let last = points.last()?.1;
        let reached = progress(last);
        // Good is what lies beyond half the way to the last value, or to the target.
        let is_good = |point: &&(Day, f64)| progress(point.1) > reached.min(1.0) / 2.0;
        let run = points.iter().rev().take_while(is_good).count();
        let (before, good) = points.split_at(points.len() - run);
        let began = good.first()?.0;
        let weeks: Vec<f64> =
            before.iter().filter(|point| point.0 >= began.plus(-WEEKS)).map(|point| point.1).collect();
        let usual = median(weeks.iter().copied()).filter(|_| weeks.len() >= AFTER)?;
        let even = points.windows(2).all(|pair| pair[1].0.since(pair[0].0) <= WIDEST);
        let sudden = even && end.since(began) <= LAST_DAYS && progress(usual) <= COME;
        (sudden && reached >= ACHIEVED).then_some(Self { began, last, usual })
    }
}

fn tell(at: &KeyResultAt<'_>, measured: &Measured<'_>, sudden: &Sudden, after: Option<f64>) -> Diagnostic {
    let cycle = measured.quarter.id.kind().noun();
    let days = match measured.quarter.window.end.since(sudden.began) {
        1 => "on the last day".to_owned(),
        days => format!("in the last {days} days"),
    };
    let message = format!("the target was reached only {days} of the {cycle}");
    let label = format!(
        "`{}` was {} from {} on; the median of the four weeks before is {}",
        measured.metric.id,
        measured.estimate(sudden.last),
        sudden.began,
        measured.estimate(sudden.usual)
    );
    let help = match after {
        Some(after) => format!(
            "the median of the weeks after is {}; judge the {cycle} by a mean or a median over weeks: `aggregate: \
             median`, `window: 28 days`",
            measured.estimate(after)
        ),
        None => format!(
            "if it lasts, the weeks after the {cycle} will show it, and this finding goes away; a mean or a median over weeks \
             (`window: 28 days`) can't be dressed"
        ),
    };
    let diagnostic = Diagnostic::warning(RULE.code, &at.key_result.title, message).label(label).help(help);
    measured::with_metric(diagnostic, measured.metric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::simulated::{Noise, share};

    const END: Day = Day::from_number(20_000);

    /// Says whether five weeks of daily values, which are progress already, look dressed.
    fn is_dressed(mut value: impl FnMut(i32) -> f64) -> bool {
        let points: Vec<(Day, f64)> = (-35..0).map(|day| (END.plus(day), value(day))).collect();
        Sudden::of(&points, END, |value| value).is_some()
    }

    #[test]
    fn a_week_made_good_for_the_end_is_seen_through_noise() {
        let seen = share(500, |noise| {
            let first = -1 - (noise.uniform() * 7.0) as i32;
            is_dressed(|day| if day < first { 0.05 } else { 1.0 } + 0.08 * noise.normal())
        });
        assert!(seen > 0.95, "{seen}");
    }

    #[test]
    fn steady_work_late_work_and_noise_are_not_taken_for_it() {
        let alarms = |value: fn(i32, &mut Noise) -> f64| share(1_000, |noise| is_dressed(|day| value(day, noise)));
        let ramp = alarms(|day, noise| 1.0 + f64::from(day) / 91.0 + 0.1 * noise.normal());
        let step_two_weeks_before = alarms(|day, noise| f64::from(u8::from(day >= -14)) + 0.1 * noise.normal());
        let reached = alarms(|_, noise| 1.0 + 0.2 * noise.normal());
        let never = alarms(|_, noise| 0.1 + 0.15 * noise.normal());
        for (name, rate) in [("ramp", ramp), ("step", step_two_weeks_before), ("reached", reached), ("never", never)] {
            assert!(rate < 0.01, "{name}: {rate}");
        }
    }
}
