//! `no-data`: a metric is named, and nothing was measured.

use crate::check::context::KeyResultAt;
use crate::check::guardrails::{self, Unknown};
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::calendar::{Day, Window};
use crate::model::grain::Grain;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::metric::{Cadence, Measure, Metric, Query};
use crate::model::scorecard::{QuarterState, Reason};
use crate::source::Spanned;

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-data",
    group: Group::Data,
    summary: "A metric of a key result, or of its guardrail, has no data in the quarter.",
    why: "A number that nobody has seen can be neither reached nor missed. Until the quarter's end the key result stands \
          as \"no data\"; after it, it counts 0, because otherwise not measuring would be the safest way to score well. A \
          guardrail that nobody measures can't break, and looks as if it held. Numbers too large to compute with are no data \
          either; they are told on the first day.",
    silent: "It is silent before the quarter begins and in its first two weeks; longer where the metric says that data \
             may be older (`fresh_within:`) or comes by the month, or where its own rows usually lie further apart; and \
             about exports that can't be read, which have findings of their own.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/data.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/trace-time.csv", "asked_at,hours\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/data.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/trace-time.csv", "asked_at,hours\n2026-07-06,6.5\n2026-07-20,5\n2026-08-17,4.5\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-08-20\n";
const METRICS: &str = "trace-time:
  file: trace-time.csv
  source: Help desk of the finance team
  unit: h
";
const TEAM: &str = "objectives:
  - id: answers
    title: Anyone can show where a number comes from
    outcome: Reduce costs
    lever: Let colleagues decide without waiting
    changes: Whoever disputes a number traces it, with one of us beside them
    key_results:
      - trace-time: Reduce time to trace a disputed number from 6 hours to 1 hour
";

/// Days of a quarter in which nobody has to have measured yet.
const FIRST_DAYS: i32 = 14;
/// The same for what comes by the month.
const FIRST_DAYS_OF_MONTHLY: i32 = 45;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(too_large(at));
    findings.extend(of_key_result(at));
    findings.extend(of_nothing(at));
    findings.extend(of_cut_export(at));
    findings.extend(of_stock(at));
    findings.extend(guardrails::unknown(at).filter_map(|unknown| of_guardrail(at, &unknown)));
}

fn of_key_result(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let is_missing = |reason: &&Reason| matches!(reason, Reason::NoDataInWindow(_) | Reason::SilenceUnknown);
    let reason = at.score.reasons.iter().find(is_missing)?;
    let (metric, place) = (at.metric()?, at.key_result.metric.as_ref()?);
    let begun = days_without(at, metric, at.history()?)?;
    let is_open = at.at.at.quarter_score.state == QuarterState::Open;
    let label = if is_open { format!("nothing in {begun} days") } else { "counts 0".to_owned() };
    let (last, is_silence) = match reason {
        Reason::NoDataInWindow(last) => (*last, false),
        _ => (None, true),
    };
    if let Some(cut) = last.and_then(|last| of_longer_period(at, place, metric, last)) {
        return Some(cut.label(label));
    }
    let day = at.at.at.quarter.quarter.capped(at.book().scorecard.as_of);
    Some(finding(at, place, metric, last).label(label).help(help(at.history()?, day, is_silence)))
}

/// Tells of rows that speak of a longer period than the quarter, so that nobody knows what of it belongs there.
fn of_longer_period(at: &KeyResultAt<'_>, place: &Spanned<Slug>, metric: &Metric, last: Day) -> Option<Diagnostic> {
    let grain = at.history()?.grain();
    let quarter = at.at.at.quarter.quarter;
    grain.is_cut(quarter.window.start, last).then_some(())?;
    let period = grain.name();
    let message = format!("a row of `{}` speaks of a whole {period}, and {} is a part of it", metric.id, quarter.id);
    let help = "export by the month or by the day; what a longer period comes to can't be parted";
    Some(measured::with_metric(Diagnostic::warning(RULE.code, place, message), metric).help(help))
}

/// Tells of an average of nothing, once its quarter is over: it is left out of the mean, and that must not go unseen.
fn of_nothing(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let last = at.score.reasons.iter().find_map(|reason| match reason {
        Reason::NothingHappened { last } => Some(*last),
        _ => None,
    })?;
    let (metric, place) = (at.metric()?, at.key_result.metric.as_ref()?);
    let begun = days_without(at, metric, at.history()?)?;
    let quarter = at.at.at.quarter.quarter.id;
    let message = format!(
        "`{}` had nothing to measure in {quarter}: its export is complete, and its last row is of {last}",
        metric.id
    );
    let label = format!("nothing in {begun} days, so that no mean counts it");
    let help = "an average of what didn't happen is neither good nor bad; if none happening is the result, set a goal on \
                how many there are";
    let diagnostic = Diagnostic::warning("nothing-to-measure", place, message).label(label).help(help);
    Some(measured::with_metric(diagnostic, metric))
}

/// Tells of an export that looks cut off, so that what it counts looks like less.
fn of_cut_export(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let first = at.score.reasons.iter().find_map(|reason| match reason {
        Reason::CutExport { first } => Some(*first),
        _ => None,
    })?;
    let (metric, place) = (at.metric()?, at.key_result.metric.as_ref()?);
    let start = at.at.at.quarter.quarter.window.start;
    let message =
        format!("the export of `{}` looks cut off: it begins on {first}, with a round number of rows", metric.id);
    let help = format!(
        "export all rows since {start}, in parts if need be; if they are all there, say so: `complete_from: {start}`"
    );
    let label = "tools export so many rows at most";
    let diagnostic = Diagnostic::warning("cut-export", place, message).label(label).help(help);
    Some(measured::with_metric(diagnostic, metric))
}

/// Tells of a stock whose export begins within the quarter: what was open before isn't counted.
fn of_stock(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let (metric, place) = (at.metric()?, at.key_result.metric.as_ref()?);
    let is_stock = matches!(&metric.query, Query::Rows(rows) if matches!(rows.measure, Measure::Stock { .. }));
    let window = at.at.at.quarter.quarter.window;
    let is_whole = metric.complete_from.is_some_and(|from| from <= window.start);
    let first = at.history().filter(|_| is_stock && !is_whole)?.first_day()?;
    if first <= window.start || first >= window.end {
        return None;
    }
    let start = window.start;
    let message = format!("`{}` begins on {first}: what was open before that is not in its export", metric.id);
    let help = format!("export what was open on {start}, too; if nothing was, say so: `complete_from: {start}`");
    let diagnostic =
        Diagnostic::warning("late-stock", place, message).label("so that fewer are counted than are open").help(help);
    Some(measured::with_metric(diagnostic, metric))
}

fn of_guardrail(at: &KeyResultAt<'_>, unknown: &Unknown<'_>) -> Option<Diagnostic> {
    let Unknown { guardrail, metric, history, day, .. } = *unknown;
    days_without(at, metric, history).filter(|_| unknown.is_missing())?;
    if history.aggregate().divides() && history.is_whole_through(day) {
        return None;
    }
    let known = Window { start: Day::MIN, end: day.plus(1) };
    let last = history.points(known).last().map(|point| point.day);
    let is_silence = history.aggregate().is_flow() && last.is_none() && history.heartbeat().is_none();
    let label = format!("so nobody knows what `{}` costs", at.key_result.id.value);
    Some(finding(at, &guardrail.metric, metric, last).label(label).help(help(history, day, is_silence)))
}

/// Tells of numbers that are too large to compute with, on the first day on which there are any.
fn too_large<'a>(at: &'a KeyResultAt<'_>) -> impl Iterator<Item = Diagnostic> + 'a {
    let own = at.key_result.metric.as_ref().filter(|_| at.score.reasons.contains(&Reason::TooLarge));
    let guardrails = at.score.guardrails.iter().zip(&at.key_result.guardrails);
    let guardrails = guardrails.filter(|(score, _)| score.too_large).map(|(_, guardrail)| &guardrail.metric);
    own.into_iter().chain(guardrails).map(|place| {
        let quarter = at.at.at.quarter.quarter.id;
        let message = format!("`{}` has no value in {quarter}: its numbers are too large to compute with", place.value);
        let diagnostic = Diagnostic::error(RULE.code, place, message)
            .label("so that there is nothing to score")
            .help("count in a larger unit, in the export and in the sentence; numbers go up to 28 digits");
        match at.book().plan.metrics.get(&place.value) {
            Some(metric) => measured::with_metric(diagnostic, metric),
            None => diagnostic,
        }
    })
}

/// Returns how many days of the quarter have gone by; nothing where it is too early to miss data.
fn days_without(at: &KeyResultAt<'_>, metric: &Metric, history: &History) -> Option<i32> {
    let team = at.at.at;
    let start = team.quarter.quarter.window.start;
    let begun = team.quarter.quarter.capped(team.book.scorecard.as_of).since(start) + 1;
    let is_open = team.quarter_score.state == QuarterState::Open;
    (!is_open || begun > patience(metric, history, start)).then_some(begun)
}

fn finding(at: &KeyResultAt<'_>, place: &Spanned<Slug>, metric: &Metric, last: Option<Day>) -> Diagnostic {
    let last = last.map_or_else(|| "and never had any".to_owned(), |last| format!("the last is of {last}"));
    let message = format!("`{}` has no data in {}, {last}", metric.id, at.at.at.quarter.quarter.id);
    measured::with_metric(Diagnostic::warning(RULE.code, place, message), metric)
}

/// Says what to do; `is_silence` is of an export without rows that doesn't say whether it is complete.
fn help(history: &History, day: Day, is_silence: bool) -> String {
    if is_silence {
        "if an empty export means none, say up to when: `complete_through:`; else bring the export up to date"
            .to_owned()
    } else if history.aggregate().is_flow() && history.usual_grain() == Grain::Day {
        measured::settle_silence(day)
    } else {
        "bring the export up to date, or write down by hand what is known: two columns, `date,value`".to_owned()
    }
}

/// Returns how many days a quarter may be old before its first data is missed.
fn patience(metric: &Metric, history: &History, start: Day) -> i32 {
    let said = metric.fresh_within.unwrap_or(0);
    let cadence = if metric.every == Some(Cadence::Month) { FIRST_DAYS_OF_MONTHLY } else { 0 };
    let grain = history.grain();
    let period = if grain == Grain::Day { 0 } else { grain.days() + FIRST_DAYS };
    FIRST_DAYS.max(said).max(cadence).max(period).max(usual_gap(history, start).saturating_mul(3) / 2)
}

/// Returns how many days usually lie between two days with data in the half year before.
fn usual_gap(history: &History, start: Day) -> i32 {
    let days = history.point_floats(Window { start: start.plus(-182), end: start });
    let mut gaps: Vec<i32> = days.windows(2).map(|pair| pair[1].0.since(pair[0].0)).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(0)
}
