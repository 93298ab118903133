//! `stale-metric`: the data ends before the day that is judged.

use crate::check::context::KeyResultAt;
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::scorecard::{Reason, ScoreState};

pub(in crate::check) const RULE: Rule = Rule {
    code: "stale-metric",
    group: Group::Data,
    summary: "A key result's data is older than it should be.",
    why: "A score that rests on an export which stopped says how things were. If they went well until then it flatters, \
          and nobody notices that the export is broken.",
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

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let limit = at.score.reasons.iter().find_map(|reason| match reason {
        Reason::OlderThan(limit) if at.score.state == ScoreState::Stale => Some(*limit),
        _ => None,
    });
    let (Some(limit), Some(age), Some(metric)) = (limit, at.score.age_days, at.metric()) else { return };
    let Some(place) = &at.key_result.metric else { return };
    let day = at.at.at.quarter.quarter.capped(at.book().scorecard.as_of);
    let message = format!("`{}` has no data after {}", metric.id, day.plus(-age));
    let label = format!("{age} days before {day}; more than {limit} are too many");
    let help = "bring the export up to date; if it comes more rarely, say how old it may be: `fresh_within: 45 days`";
    let diagnostic = Diagnostic::warning(RULE.code, place, message).label(label).help(help);
    findings.push(measured::with_metric(diagnostic, metric));
}
