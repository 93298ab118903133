//! `no-metric`: nothing measures a key result that has a goal in numbers.

use crate::check::rule::{Check, Group, Rule};
use crate::check::sample::Sample;

pub(in crate::check) const RULE: Rule = Rule {
    code: "no-metric",
    group: Group::Evidence,
    summary: "A key result has a goal in numbers, and nothing that measures it.",
    why: "Without an export, the score at the end is what somebody says it is. Two lines are enough to begin: the header \
          `date,value` and today's value.",
    silent: "It is silent for milestones, for key results without an id of their own, and where the metric is there but \
             has a fault, which is told at the metric.",
    example: Sample::Files(&[("quarters/2026-Q3/shop.yaml", TEAM)]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/shop.yaml", TEAM),
        ("metrics.yaml", "refund:\n  source: Payment gateway\n  file: refund.csv\n"),
        ("metrics/refund.csv", "date,value\n2026-06-18,6\n"),
    ]),
    // The metrics are looked up while loading, which knows the broken ones and the names that are near.
    check: Check::Elsewhere,
};

const TEAM: &str = "objectives:
  - id: refunds
    title: People get their money back without asking twice
    outcome: Reduce churn
    lever: Settle claims without a queue
    changes: Two engineers work beside the refund desk
    key_results:
      - refund: Reduce time to a refund from 6 days to 2 days
";
