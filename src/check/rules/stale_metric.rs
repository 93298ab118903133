//! `stale-metric`: the data ends before the day that is judged.

use crate::check::context::KeyResultAt;
use crate::check::guardrails::{self, Unknown};
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::history::History;
use crate::model::metric::Metric;
use crate::model::scorecard::{Reason, ScoreState};

pub(in crate::check) const RULE: Rule = Rule {
    code: "stale-metric",
    group: Group::Data,
    summary: "The data of a key result, or of its guardrail, is older than it should be.",
    why: "A score that rests on an export which stopped says how things were. If they went well until then it flatters, \
          and nobody notices that the export is broken. A guardrail whose export stopped can't break any more.",
    silent: "It is silent while the newest data is within `fresh_within:` of its metric (else `stale_after:` of the \
             book); for sums and counts the age is that of the export's last row of any kind, so that a quarter without \
             incidents is not stale.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/devex.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/flaky.csv", "date,value\n2026-06-26,6\n2026-07-10,5.2\n2026-07-24,4.4\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/devex.yaml", TEAM),
        ("metrics.yaml", METRICS),
        (
            "metrics/flaky.csv",
            "date,value\n2026-06-26,6\n2026-07-10,5.2\n2026-07-24,4.4\n2026-08-07,4.5\n2026-08-18,4.1\n",
        ),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-08-20\n";
const METRICS: &str = "flaky:
  file: flaky.csv
  source: Company build farm
  unit: \"%\"
";
const TEAM: &str = "objectives:
  - id: believe
    title: Engineers believe a red build
    outcome: Launch faster
    lever: Improve deployment velocity
    changes: A test that fails without cause is taken out the same day
    key_results:
      - flaky: Reduce builds that fail without cause from 6% to 1%
";

/// Says what to do, by what the metric averages and already says.
fn help(metric: &Metric, history: Option<&History>) -> String {
    let averages = history.is_some_and(|history| history.aggregate().divides());
    let mut help = "bring the export up to date".to_owned();
    if averages && metric.complete_through.is_none() {
        help.push_str("; if no row is missing, say so: `complete_through: yesterday`");
    }
    match metric.fresh_within {
        None => help.push_str("; if it comes more rarely, say how old it may be: `fresh_within: 45 days`"),
        Some(_) => help.push_str("; if it comes more rarely, allow more days in `fresh_within`"),
    }
    help
}

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(of_key_result(at));
    findings.extend(guardrails::unknown(at).filter_map(|unknown| of_guardrail(at, &unknown)));
}

fn of_key_result(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let limit = at.score.reasons.iter().find_map(|reason| match reason {
        Reason::OlderThan(limit) if at.score.state == ScoreState::Stale => Some(*limit),
        _ => None,
    })?;
    let (age, metric, place) = (at.score.age_days?, at.metric()?, at.key_result.metric.as_ref()?);
    let day = at.at.at.quarter.quarter.capped(at.book().scorecard.as_of);
    let last = day.plus(-age);
    let goes_on = at.history().and_then(History::heartbeat).is_some_and(|heartbeat| heartbeat > day);
    let message = if goes_on {
        format!("`{}` has no data from {} to {day}", metric.id, last.plus(1))
    } else {
        format!("`{}` has no data after {last}", metric.id)
    };
    let label = format!("{age} days before {day}; more than {limit} are too many");
    let diagnostic = Diagnostic::warning(RULE.code, place, message).label(label).help(help(metric, at.history()));
    Some(measured::with_metric(diagnostic, metric))
}

fn of_guardrail(at: &KeyResultAt<'_>, unknown: &Unknown<'_>) -> Option<Diagnostic> {
    let Unknown { guardrail, metric, day, .. } = *unknown;
    let last = unknown.stale_since()?;
    let message = format!("`{}` has no data after {last}", metric.id);
    let label = format!("{} days before {day}: it can't say what `{}` costs", day.since(last), at.key_result.id.value);
    let diagnostic = Diagnostic::warning(RULE.code, &guardrail.metric, message)
        .label(label)
        .help(help(metric, Some(unknown.history)));
    Some(measured::with_metric(diagnostic, metric))
}
