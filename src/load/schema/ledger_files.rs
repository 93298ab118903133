//! The forms of what `lock` and `checkin` write, and of a review's front matter.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::{Better, Judge};

/// What each team committed to for a quarter. Written by `okrbook lock`; not to be edited by hand.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct LockFile {
    /// The teams by their ids.
    teams: BTreeMap<String, TeamLock>,
}

/// What one team committed to.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TeamLock {
    /// The day on which it did: `2026-07-06`.
    locked: String,
    /// The SHA-256 of what the section says, by which an edit is noticed.
    digest: String,
    /// Its objectives by their ids.
    objectives: BTreeMap<String, LockedObjective>,
}

/// An objective as it was committed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct LockedObjective {
    /// Its wording. Without one the objective came after the lock.
    title: Option<String>,
    /// How it is judged.
    ambition: Option<Ambition>,
    /// The metric of its outcome.
    outcome_metric: Option<String>,
    /// What was changed since, earliest first.
    amendments: Option<Vec<AmendedObjective>>,
    /// Its key results by their ids.
    key_results: Option<BTreeMap<String, LockedKeyResult>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Ambition {
    Aspirational,
    Committed,
}

/// A key result as it was committed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct LockedKeyResult {
    /// Its wording. Without one the key result came after the lock.
    title: Option<String>,
    /// Its goal.
    goal: Option<LockedGoal>,
    /// The metric that measures it.
    metric: Option<String>,
    /// How that metric is measured, in one line.
    definition: Option<String>,
    /// Its weight in the objective's mean.
    weight: Option<f64>,
    /// Who answers for it.
    owners: Option<Vec<String>>,
    /// What must not get worse meanwhile.
    guardrails: Option<Vec<LockedGuardrail>>,
    /// Where the metric stood when the quarter began.
    start: Option<Start>,
    /// What was changed since, earliest first.
    amendments: Option<Vec<AmendedKeyResult>>,
}

/// A goal. Quantities are written as `31 %`, `8 per quarter`, `0.06 USD per transaction`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct LockedGoal {
    /// What kind of goal it is.
    kind: GoalKind,
    /// Where it starts.
    from: Option<Quantity>,
    /// Where it ends.
    to: Option<Quantity>,
    /// By how much, signed.
    by: Option<Quantity>,
    /// What the difference is a share of: `start`.
    of: Option<String>,
    /// Which way is better.
    better: Option<Better>,
    /// A bound that itself is inside.
    at_most: Option<Quantity>,
    /// A bound that itself is outside.
    below: Option<Quantity>,
    /// A bound that itself is inside.
    at_least: Option<Quantity>,
    /// A bound that itself is outside.
    above: Option<Quantity>,
    /// How points become one score.
    judge: Option<Judge>,
    /// The day on which a thing is due.
    due: Option<String>,
}

/// A number, with its unit where it has one.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Quantity {
    /// A bare number.
    Number(f64),
    /// A number with its unit: `31 %`.
    Text(String),
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum GoalKind {
    Move,
    Target,
    Gain,
    Hold,
    Milestone,
    Baseline,
}

/// A counter-metric with its bound.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct LockedGuardrail {
    /// The metric.
    metric: String,
    /// A bound that itself is inside.
    at_most: Option<Quantity>,
    /// A bound that itself is outside.
    below: Option<Quantity>,
    /// A bound that itself is inside.
    at_least: Option<Quantity>,
    /// A bound that itself is outside.
    above: Option<Quantity>,
}

/// Where a metric stood when the quarter began.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Start {
    /// Its value.
    value: Quantity,
    /// The last day with data that it rests on.
    on: String,
    /// The SHA-256 of each export that says so, by its path.
    data: Option<BTreeMap<String, String>>,
}

/// A change of an objective, with its day and reason. What isn't stated stays as it was.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AmendedObjective {
    /// The day.
    on: String,
    /// The reason.
    because: String,
    /// Who says so.
    by: Option<String>,
    /// It was taken out.
    dropped: Option<bool>,
    /// The new wording.
    title: Option<String>,
    /// How it is judged now.
    ambition: Option<Ambition>,
    /// The metric of its outcome now.
    outcome_metric: Option<String>,
}

/// A change of a key result, with its day and reason. What isn't stated stays as it was.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AmendedKeyResult {
    /// The day.
    on: String,
    /// The reason.
    because: String,
    /// Who says so.
    by: Option<String>,
    /// It was taken out.
    dropped: Option<bool>,
    /// The new wording.
    title: Option<String>,
    /// The new goal.
    goal: Option<LockedGoal>,
    /// The metric now.
    metric: Option<String>,
    /// How it is measured now.
    definition: Option<String>,
    /// The new weight.
    weight: Option<f64>,
    /// Who answers for it now.
    owners: Option<Vec<String>>,
    /// The guardrails now.
    guardrails: Option<Vec<LockedGuardrail>>,
}

/// What a team recorded on a day, by `objective/key-result`; also what `okrbook checkin --from` reads.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct CheckInFile(BTreeMap<String, Entry>);

/// What was recorded of a key result. Confidence, note and name are people's; the rest is computed.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Entry {
    /// How sure the team is to make it.
    #[schemars(range(min = 0, max = 10))]
    confidence: Option<u8>,
    /// A note.
    note: Option<String>,
    /// Who says so.
    by: Option<String>,
    /// The value on that day.
    value: Option<Quantity>,
    /// How far along the way; may be below 0 or above 1.
    progress: Option<f64>,
    /// The score, 0 to 1.
    score: Option<f64>,
    /// What the exports said up to the day before, by which a past that changes is noticed.
    reading: Option<Reading>,
}

/// What an export said of the quarter so far.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Reading {
    /// The metric.
    metric: String,
    /// How it was measured, in one line.
    definition: String,
    /// Its value.
    value: f64,
    /// The last day that the exports covered whole.
    through: String,
}

/// What stands between the first two `---` of a review.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ReviewFront {
    /// Scores that people set beside the computed ones, by `objective/key-result`. The computed ones go on to count.
    judgements: Option<BTreeMap<String, Judgement>>,
    /// Whether it is still being written; it is then left out of the site.
    draft: Option<bool>,
}

/// A score that people set.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Judgement {
    /// The score, 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    r#final: f64,
    /// Why. Without a reason it is a finding.
    because: Option<String>,
    /// Who decided.
    by: Option<String>,
}
