//! `theatre`: the key results are achieved, and what they were to bring about did not happen.

use crate::check::context::ObjectiveAt;
use crate::check::measured;
use crate::check::moved;
use crate::check::outcome::{self, Change, Outcome};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::metric::Metric;
use crate::model::quantity::{Number, Unit};
use crate::model::shown::Marks;

pub(in crate::check) const RULE: Rule = Rule {
    code: "theatre",
    group: Group::Data,
    summary: "An objective's key results score 0.7 or more, and the outcome that it claims to serve did not move.",
    why: "This is what OKR theatre looks like in numbers: everything that the team chose to measure went well, and the \
          business stands where it stood. It is no reproach; it says that the lever was the wrong one, which only the \
          two numbers side by side can show.",
    silent: "It is silent before the quarter is over; until the lag that the objective states has passed \
             (`outcome_lag: 60 days`), and until the outcome's own last month is published; where the metric doesn't \
             say which way is good (`better:`); where a key result measures the outcome itself; where the outcome \
             moved its good way, by the test that tells it of key results (see `within-noise`); and where that can't be told, \
             because there is too little history or because it varies so much that a change of a tenth could hide.",
    example: Sample::Files(&[
        ("quarters/2026-Q2/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/page.csv", "date,value\n2026-03-30,3.2\n2026-05-11,2.4\n2026-06-29,1.9\n"),
        ("metrics/orders.csv", STILL),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q2/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/page.csv", "date,value\n2026-03-30,3.2\n2026-05-11,2.4\n2026-06-29,1.9\n"),
        ("metrics/orders.csv", MOVED),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::Objective(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-10\n";
const METRICS: &str = "page:
  file: page.csv
  source: Real user monitoring
  unit: s
orders:
  title: Visits that end in an order
  file: orders.csv
  source: Web analytics
  unit: \"%\"
  better: higher
  fresh_within: 45 days
";
const STILL: &str = "date,value
2025-10-31,2.81
2025-11-30,2.79
2025-12-31,2.80
2026-01-31,2.82
2026-02-28,2.80
2026-03-31,2.81
2026-04-30,2.80
2026-05-31,2.78
2026-06-30,2.79
";
const MOVED: &str = "date,value
2025-10-31,2.81
2025-11-30,2.79
2025-12-31,2.80
2026-01-31,2.82
2026-02-28,2.80
2026-03-31,2.81
2026-04-30,2.88
2026-05-31,3.02
2026-06-30,3.12
";
const TEAM: &str = "objectives:
  - id: quick
    title: Paying is so quick that nobody gives up
    outcome: Grow revenue
    outcome_metric: orders
    lever: Improve conversion rate
    changes: No new payment method until the existing ones work
    key_results:
      - page: Reduce checkout page load time from 3.2 s to 1.5 s
";

/// The score from which an objective counts as achieved, in tenths.
const ACHIEVED: i64 = 7;

fn check(at: &ObjectiveAt<'_>, findings: &mut Findings) {
    let (Some(outcome), Some(score)) = (&at.objective.outcome_metric, at.score.rollup.score) else { return };
    let achieved = Number::new(ACHIEVED, 1).is_some_and(|bound| score >= bound) && !at.score.rollup.projected;
    if !achieved || measures_itself(at) {
        return;
    }
    let Some(Outcome::Still(change)) = outcome::of(at) else { return };
    let Some(metric) = at.at.book.plan.metrics.get(&outcome.value) else { return };
    let scored = measured::score(score);
    let went = if change.is_worse { "went the other way" } else { "did not move" };
    let message = format!("the key results score {scored}, and `{}`, which they were to move, {went}", metric.id);
    let help = "ask in the review what else keeps the outcome where it is, and aim the next objective at that; if it only \
                shows later, say when: `outcome_lag: 60 days`";
    let diagnostic = Diagnostic::warning(RULE.code, outcome, message).label(arithmetic(&change, metric)).help(help);
    findings.push(measured::with_metric(diagnostic, metric));
}

/// Says whether a key result measures the outcome: then its score tells already that it stood still.
fn measures_itself(at: &ObjectiveAt<'_>) -> bool {
    let outcome = at.objective.outcome_metric.as_ref().map(|metric| &metric.value);
    at.objective.key_results.iter().any(|found| found.metric.as_ref().map(|metric| &metric.value) == outcome)
}

/// Shows the outcome's values and its usual variation: "2.81 % on 2026-03-31, 2.79 % on 2026-06-30; …".
fn arithmetic(change: &Change, metric: &Metric) -> String {
    let unit = metric.unit.as_ref().map_or(&Unit::Count, |unit| &unit.value);
    let places = places(change);
    let shown = |number: Number| Marks::PLAIN.amount(number.round_to(places).normal(), unit);
    let usual = Number::from_float(change.usual, places).map_or_else(
        || "more than can be told".to_owned(),
        |usual| Marks::PLAIN.amount(usual.normal(), measured::of_differences(unit)),
    );
    let basis = moved::usual(&change.basis);
    let changes = if change.is_worse { "usually it changes" } else { "it changes" };
    let anyway = if change.is_worse { "" } else { " anyway" };
    format!(
        "{} on {}, {} on {}; {changes} by up to {usual}{anyway} ({basis})",
        shown(change.before),
        change.before_on,
        shown(change.after),
        change.after_on,
    )
}

/// Returns as many decimals as it takes to see a tenth of the usual variation, or of a thousandth of the value: rounded to
/// no more, €3.79 and €3.72 would be the same.
fn places(change: &Change) -> u32 {
    let finest = change.usual.max(change.before.to_float().abs() / 1000.0);
    let mut step = 1.0;
    let mut places = 0;
    while finest / 10.0 < step && places < 8 {
        step /= 10.0;
        places += 1;
    }
    places
}
