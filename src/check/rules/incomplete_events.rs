//! `incomplete-events`: a list of events fell silent, and nobody says that none happened since.

use crate::check::context::KeyResultAt;
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::history::History;
use crate::model::scorecard::Reason;

pub(in crate::check) const RULE: Rule = Rule {
    code: "incomplete-events",
    group: Group::Data,
    summary: "A list of events is silent since a day, for longer than it ever was.",
    why: "No incidents since July may be the best quarter ever, or an export that nobody fetched again. A count of 0 for lack \
          of rows is the cheapest way to look good, so that the key result has no data until somebody says which it is.",
    silent: "It is silent where the list was silent as long before, where data of such an age is allowed (`fresh_within:`), and \
             where the book says up to when the export is complete.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/mail.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/outages.csv", "opened,hours\n2026-07-04,3\n2026-07-21,1\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/mail.yaml", TEAM),
        ("metrics.yaml", COMPLETE),
        ("metrics/outages.csv", "opened,hours\n2026-07-04,3\n2026-07-21,1\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-10-02\n";
const METRICS: &str =
    "outages:\n  file: outages.csv\n  source: Status page\n  value: hours\n  aggregate: sum\n  per: quarter\n";
const COMPLETE: &str = "outages:
  file: outages.csv
  source: Status page
  value: hours
  aggregate: sum
  per: quarter
  complete_through: 2026-09-30
";
const TEAM: &str = "objectives:
  - id: mail
    title: Letters arrive on the day they were sent
    outcome: Reduce churn
    lever: Keep the queue moving when a server stops
    changes: A server that stops is taken out by itself
    key_results:
      - outages: Reduce hours without mail from 9/quarter to 2/quarter
";

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(find(at));
}

fn find(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let since = at.score.reasons.iter().find_map(|reason| match reason {
        Reason::IncompleteEvents { since } => Some(*since),
        _ => None,
    })?;
    let (metric, place) = (at.metric()?, at.key_result.metric.as_ref()?);
    let day = at.at.at.quarter.quarter.capped(at.book().scorecard.as_of);
    let so_far = at.score.run_rate.as_ref().map_or_else(String::new, |rate| format!("; {} so far", rate.so_far));
    let message = format!("`{}` has no event after {since}, and was never silent for so long", metric.id);
    let label = format!("{} days before {day}{so_far}", day.since(since));
    let silence = measured::settle_silence(day);
    // A sum of each month is no event.
    let help = match at.history().and_then(History::likely_grain) {
        Some(grain) => {
            let grain = grain.name();
            format!("if a row speaks of its whole {grain}, say so in its definition: `grain: {grain}`; {silence}")
        }
        None => silence,
    };
    let diagnostic = Diagnostic::warning(RULE.code, place, message).label(label).help(help);
    Some(measured::with_metric(diagnostic, metric))
}
