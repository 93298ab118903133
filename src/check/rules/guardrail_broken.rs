//! `guardrail-broken`: a number improved at the expense of another that was to be kept.

use crate::check::context::KeyResultAt;
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::scorecard::{GuardrailScore, GuardrailState, QuarterState};

pub(in crate::check) const RULE: Rule = Rule {
    code: "guardrail-broken",
    group: Group::Data,
    summary: "A guardrail's metric is outside its bound.",
    why: "A key result can be reached at the expense of something else: bugs closed quickly that come back, pages made \
          fast by leaving things out. The team named that price itself when it set the guardrail; paying it is worth a \
          sentence in every review.",
    silent: "It is silent where the metric is inside its bound or has no value, where its value is older than it should \
             be; for sums and counts, before a third of the quarter is covered (unless the bound for the whole quarter is \
             used up already); and for a value over its own window of days, until half of these lie in the quarter.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/repair.csv", "date,value\n2026-06-24,5\n2026-07-08,4.1\n2026-07-15,3.2\n"),
        ("metrics/reopened.csv", "date,value\n2026-06-24,5.4\n2026-07-08,9.8\n2026-07-15,12.5\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/repair.csv", "date,value\n2026-06-24,5\n2026-07-08,4.6\n2026-07-15,4.3\n"),
        ("metrics/reopened.csv", "date,value\n2026-06-24,5.4\n2026-07-08,5.1\n2026-07-15,5.6\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-16\n";
const METRICS: &str = "repair:
  file: repair.csv
  source: Bug tracker of the help desk
  unit: days
reopened:
  file: reopened.csv
  source: Bug tracker of the help desk
  unit: \"%\"
";
const TEAM: &str = "objectives:
  - id: repair
    title: What people report is repaired while they still remember it
    outcome: Reduce churn
    lever: Improve the quality of what we release
    changes: Two engineers leave feature work each week and only repair
    key_results:
      - id: repair
        title: Reduce average bug fix time from 5 days to 1 day
        guardrails:
          - { metric: reopened, at_most: 8% }
";

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let guardrails = at.score.guardrails.iter().zip(&at.key_result.guardrails);
    for (score, guardrail) in guardrails.filter(|(score, _)| score.state == GuardrailState::Broken) {
        if is_of_the_quarter_before(at, score) {
            continue;
        }
        let message = format!("the guardrail of `{}` is broken: {}", at.key_result.id.value, against_bound(score));
        let so_far = if at.at.at.quarter_score.state == QuarterState::Open { " so far" } else { "" };
        let label = match at.score.score {
            Some(own) => format!("while `{}` scores {}{so_far}", at.key_result.id.value, measured::score(own)),
            None => String::new(),
        };
        let help = "say in the review what this key result cost, and win that back before going on; if the bound was too \
                    tight, change it with a reason";
        let diagnostic = Diagnostic::warning(RULE.code, &guardrail.metric, message).label(label).help(help);
        findings.push(match at.book().plan.metrics.get(&score.metric) {
            Some(metric) => measured::with_metric(diagnostic, metric),
            None => diagnostic,
        });
    }
}

/// Says whether most of the days that the value was taken over lie before the quarter.
fn is_of_the_quarter_before(at: &KeyResultAt<'_>, score: &GuardrailScore) -> bool {
    let days = at.book().plan.metrics.get(&score.metric).and_then(|metric| metric.window_days).unwrap_or(0);
    let quarter = at.at.at.quarter.quarter;
    let begun = quarter.capped(at.book().scorecard.as_of).since(quarter.window.start) + 1;
    begun.saturating_mul(2) < days && begun < quarter.window.days()
}

/// Says where the value stands against the bound: "12.5 %, not at most 8 %".
fn against_bound(score: &GuardrailScore) -> String {
    let limit = &score.bound.limit;
    let bound = score.bound.key().replace('_', " ");
    let value = score.value.as_ref().map(|value| measured::amount(value.number, &limit.unit, &[limit.number]));
    let limit = measured::amount(limit.number, &limit.unit, &[limit.number]);
    format!("`{}` is {}, not {bound} {limit}", score.metric, value.unwrap_or_default())
}
