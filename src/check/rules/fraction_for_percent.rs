//! `fraction-for-percent`: the goal counts in percent, the export in fractions.
//!
//! "From 94% to 98%" measured at 0.96 would score far below zero. Cells are read as they are written, so the export
//! and the sentence have to say the same thing.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, signing_in};
use crate::diag::{Diagnostic, Place};
use crate::model::metric::MetricPlace;
use crate::model::quantity::Number;
use crate::model::scorecard::Reason;
use crate::score;

pub(in crate::check) const RULE: Rule = Rule {
    code: "fraction-for-percent",
    group: Group::Data,
    summary: "The goal counts in percent, and the export holds fractions.",
    why: "\"From 94% to 98%\" measured at 0.96 would score far below zero, \"from 12% to 4%\" at 0.10 would be met. The \
          key result has no data until the export and the sentence say the same thing.",
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

/// Returns the finding for a key result whose metric never left 0 to 1.5, while its goal counts in tens of percent.
fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(find(at));
}

fn find(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let key_result = at.key_result;
    at.score.reasons.contains(&Reason::FractionsForPercent).then_some(())?;
    let metric = at.metric()?;
    let (low, high) = score::fraction::range(at.history()?, at.score.measured_on)?;
    let values = if low == high { format!("{low}") } else { format!("{low} to {high}") };
    let message = format!("the goal counts in percent, but `{}` holds fractions ({values})", metric.id);
    let hundred = high.times(Number::whole(100)).map_or_else(String::new, |number| number.normal().to_string());
    let help = format!("say `scale: 100` in the metric's definition, or export percentages ({hundred} for {high})",);
    let diagnostic = Diagnostic::error(RULE.code, &key_result.title, message).label("in percent").help(help);
    let diagnostic = match &metric.place {
        MetricPlace::Defined(span) => diagnostic.related(*span, "this metric"),
        MetricPlace::Export(_) => diagnostic,
    };
    Some(metric.exports().fold(diagnostic, |diagnostic, path| diagnostic.related(Place::file(path), "")))
}
