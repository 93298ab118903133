//! `no-source`: nothing says who measured a metric.

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::{Diagnostic, Place};
use crate::model::metric::{Metric, MetricPlace, Query};

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-source",
    group: Group::Evidence,
    summary: "Nothing says who or what measured the number.",
    why: "A number is as good as its source: a payment gateway and a spreadsheet of the team's own are not the same \
          evidence. A reader who doubts a score asks for this first.",
    silent: "It is silent where the metric has a `source:` or the key result a `measured_by:`, for a ratio whose parts \
             both have one, and where no metric measures the key result, which `no-metric` says.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/shop.yaml", TEAM),
        ("metrics.yaml", "refund:\n  file: refund.csv\n"),
        ("metrics/refund.csv", EXPORT),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/shop.yaml", TEAM),
        ("metrics.yaml", "refund:\n  source: Payment gateway\n  file: refund.csv\n"),
        ("metrics/refund.csv", EXPORT),
    ]),
    check: Check::KeyResult(check),
};

const EXPORT: &str = "date,value\n2026-06-18,6\n";
const TEAM: &str = "objectives:
  - id: refunds
    title: People get their money back without asking twice
    outcome: Reduce churn
    lever: Settle claims without a queue
    changes: Two engineers work beside the refund desk
    key_results:
      - refund: Reduce time to a refund from 6 days to 2 days
";

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let Some(metric) = at.metric().filter(|metric| !has_source(at, metric)) else { return };
    if at.key_result.measured_by.is_some() {
        return;
    }
    let message = format!("nothing says who measured `{}`", metric.id);
    // A metric that several key results share is told once, at its definition.
    let place: Place = match metric.place {
        MetricPlace::Defined(span) => span.into(),
        MetricPlace::Export(_) => (&at.key_result.id).into(),
    };
    let help = match metric.place {
        MetricPlace::Defined(_) => "add `source:`, for instance `source: payment gateway`".to_owned(),
        MetricPlace::Export(_) => {
            "add `measured_by:`, for instance `measured_by: payment gateway`, or define the metric in metrics.yaml with a \
             `source:`"
                .to_owned()
        }
    };
    findings.push(Diagnostic::warning(RULE.code, place, message).help(help));
}

fn has_source(at: &KeyResultAt<'_>, metric: &Metric) -> bool {
    if metric.source.is_some() {
        return true;
    }
    match &metric.query {
        Query::Rows(_) => false,
        Query::RatioOfMetrics { of, to } => {
            let metrics = &at.book().plan.metrics;
            [of, to].into_iter().all(|part| metrics.get(&part.value).is_some_and(|part| part.source.is_some()))
        }
    }
}
