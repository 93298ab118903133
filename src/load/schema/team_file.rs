//! The form of a team's file.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::{Amount, Judge, OneOrMany};

/// What one team wants to become true in one quarter.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TeamFile {
    /// The team's objectives: two or three, not more.
    objectives: Vec<Objective>,
}

/// What is to become true.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Objective {
    /// A short name for links: letters, digits, `-` and `_`. Never change it; put an old one under `aliases`.
    id: Option<String>,
    /// What is to become true, in a sentence.
    title: String,
    /// The business need that it serves: "Reduce churn".
    outcome: Option<String>,
    /// The metric that measures that need. Lets okrbook tell whether meeting the key results moved anything that matters.
    outcome_metric: Option<String>,
    /// How long it takes until the outcome can show: `60 days`.
    outcome_lag: Option<String>,
    /// The engineering lever: "Improve reliability".
    lever: Option<String>,
    /// The objective that this one supports, as team/objective: `company/trust`.
    supports: Option<String>,
    /// `aspirational`: a stretch, where 0.7 is strong. `committed`: a promise, met at 1.0 only.
    ambition: Option<Ambition>,
    /// What the team does differently because of it. If the answer is nothing, the objective is for show.
    changes: Option<String>,
    /// Who set it: `leadership` or `team`.
    set_by: Option<String>,
    /// Earlier ids; their links lead here.
    aliases: Option<OneOrMany>,
    /// How one can tell: two to four measured changes.
    key_results: Option<Vec<SentenceOrKeyResult>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Ambition {
    Aspirational,
    Committed,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum SentenceOrKeyResult {
    /// A sentence alone; it gets its id by its place.
    Sentence(String),
    /// A key result with its keys.
    KeyResult(Box<KeyResult>),
}

/// One measured change.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct KeyResult {
    /// A short name for links: letters, digits, `-` and `_`. Never change it; put an old one under `aliases`.
    id: Option<String>,
    /// The sentence. Its goal is understood from it: "Reduce P1 incidents from 8/quarter to 2/quarter".
    title: String,
    /// The metric that measures it. Default: the metric whose id is this key result's.
    metric: Option<String>,
    /// Who or what measures it, where it isn't the metric's source. Best somebody outside the team.
    measured_by: Option<String>,
    /// Who answers for it.
    owners: Option<OneOrMany>,
    /// Who proposed it: `team`, or `leadership`.
    proposed_by: Option<String>,
    /// Metrics that must not get worse meanwhile, each with a bound.
    guardrails: Option<Vec<Guardrail>>,
    /// Its weight in the objective's score, above 0. Default: 1.
    weight: Option<Amount>,
    /// How progress is expected over time: `linear` (default), `step` (all at the end), `none`, or dated stages.
    pace: Option<Pace>,
    /// The key result that this one carries on, as quarter/team/objective/key result.
    carried_from: Option<String>,
    /// Earlier ids; their links lead here.
    aliases: Option<OneOrMany>,
    /// The start: `8/quarter`. The sentence says it as well.
    from: Option<Amount>,
    /// The end: `2/quarter`. The sentence says it as well.
    to: Option<Amount>,
    /// The difference, signed: `5 points`, `-20% relative`.
    by: Option<Amount>,
    /// The largest value that is still good.
    at_most: Option<Amount>,
    /// The smallest value that is still good.
    at_least: Option<Amount>,
    /// The value below which to stay.
    below: Option<Amount>,
    /// The value above which to stay.
    above: Option<Amount>,
    /// The unit of numbers that have none: `"%"`, `h`, `$`.
    unit: Option<String>,
    /// What the numbers are counted over: `quarter`, `month`, `transaction`.
    per: Option<String>,
    /// The day on which a milestone was done, or `no`. Milestones are always flagged.
    done: Option<String>,
    /// The day on which a missing start value was established, or `no`.
    baseline: Option<String>,
    /// How a bound is judged: by the `share` of good points (default), at the `end`, or `always`.
    judge: Option<Judge>,
}

/// A metric that must not get worse meanwhile. Give it one bound.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Guardrail {
    /// The metric.
    metric: String,
    /// The largest value that is still good.
    at_most: Option<Amount>,
    /// The smallest value that is still good.
    at_least: Option<Amount>,
    /// The value below which to stay.
    below: Option<Amount>,
    /// The value above which to stay.
    above: Option<Amount>,
    /// The unit of a number that has none.
    unit: Option<String>,
    /// What the number is counted over.
    per: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Pace {
    /// A named pace.
    Named(PaceName),
    /// Expected progress between 0 and 1 by day.
    Stages(BTreeMap<String, f64>),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum PaceName {
    Linear,
    Step,
    None,
}
