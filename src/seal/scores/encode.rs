//! Scores as they stand in `scores.json`.

use super::shape::{
    AllowedFinding, Baseline, Bound, Finding, Goal, Guardrail, Hold, Judgement, KeyResult, Objective, Reason, Receipt,
    ReceiptFile, Rolled, RunRate, Scores, Team,
};
use super::{SCHEMA, Said};
use crate::model::calendar::Day;
use crate::model::goal::{self, Better, GainKind, Judge, Side};
use crate::model::history;
use crate::model::ledger::notation::quantity;
use crate::model::plan::Ambition;
use crate::model::quantity::{Number, Quantity};
use crate::model::scorecard::{
    self, BaselineOrigin, GuardrailState, KeyResultScore, ObjectiveScore, QuarterScore, Rollup, TeamScore,
};

impl Scores {
    pub(super) fn new(quarter: &QuarterScore, as_of: Day, said: &Said<'_>) -> Self {
        let window = quarter.quarter.window;
        Self {
            schema: SCHEMA,
            quarter: quarter.quarter.id.to_string(),
            start: window.start.to_string(),
            end: window.end.to_string(),
            as_of: as_of.to_string(),
            teams: quarter.teams.iter().map(Team::new).collect(),
            findings: said.findings.iter().map(|finding| Finding::new(finding, said.sources)).collect(),
            allowed: said.allowed.iter().map(|known| AllowedFinding::new(known, said.sources)).collect(),
        }
    }
}

impl Team {
    fn new(score: &TeamScore) -> Self {
        Self {
            team: score.team.to_string(),
            rollup: Rolled::new(&score.rollup),
            without_soft: score.without_soft.as_ref().map(Rolled::new),
            objectives: score.objectives.iter().map(Objective::new).collect(),
            dropped: score.dropped.iter().map(Objective::new).collect(),
        }
    }
}

impl Rolled {
    fn new(rollup: &Rollup) -> Self {
        Self {
            score: rollup.score.map(text),
            grade: rollup.grade().map(|grade| grade.to_string()),
            pessimistic: text(rollup.pessimistic),
            measured: rollup.measured,
            of: rollup.of,
            projected: rollup.projected,
        }
    }
}

impl Objective {
    fn new(score: &ObjectiveScore) -> Self {
        let ambition = match score.ambition {
            Ambition::Aspirational => "aspirational",
            Ambition::Committed => "committed",
        };
        Self {
            id: score.id.to_string(),
            ambition: ambition.to_owned(),
            rollup: Rolled::new(&score.rollup),
            lowest: score.lowest,
            counts: score.counts,
            key_results: score.key_results.iter().map(KeyResult::new).collect(),
            dropped: score.dropped.iter().map(KeyResult::new).collect(),
        }
    }
}

impl KeyResult {
    fn new(score: &KeyResultScore) -> Self {
        Self {
            id: score.id.to_string(),
            state: score.state.name().to_owned(),
            score: score.score.map(text),
            grade: score.grade().map(|grade| grade.to_string()),
            progress: score.progress.map(text),
            value: score.value.as_ref().map(quantity),
            goal: score.goal.as_ref().map(Goal::new),
            baseline: score.baseline.as_ref().map(Baseline::new),
            measured_on: score.measured_on.map(day),
            age_days: score.age_days,
            run_rate: score.run_rate.as_ref().map(|rate| RunRate {
                so_far: text(rate.so_far),
                covered_days: rate.covered_days,
                of_days: rate.of_days,
                capped: rate.capped,
            }),
            hold: score.hold.map(|tally| Hold {
                inside: tally.inside,
                measured: tally.measured,
                missing: tally.missing,
            }),
            guardrails: score.guardrails.iter().map(Guardrail::new).collect(),
            judgement: score.judgement.as_ref().map(|judgement| Judgement {
                score: text(judgement.score),
                because: judgement.because.clone(),
                by: judgement.by.clone(),
            }),
            receipt: score.receipt.as_ref().map(Receipt::new),
            reasons: score.reasons.iter().map(Reason::new).collect(),
            weight: text(score.weight),
            counts: score.counts,
            amended: score.amended.as_ref().map(|amended| Box::new(Self::new(amended))),
        }
    }
}

impl Goal {
    fn new(known: &goal::Goal) -> Self {
        let better = |better: Option<Better>| {
            better.map(|better| if better == Better::Higher { "higher" } else { "lower" }.to_owned())
        };
        let base = Self { kind: known.kind().to_owned(), ..Self::default() };
        let shown = |quantity_: &Quantity| Some(quantity(quantity_));
        match known {
            goal::Goal::Move(goal) => Self { from: shown(&goal.from), to: shown(&goal.to), ..base },
            goal::Goal::Target(goal) => Self { to: shown(&goal.to), better: better(goal.better), ..base },
            goal::Goal::Gain(goal) => Self {
                from: goal.from.as_ref().and_then(shown),
                by: shown(&goal.by),
                relative: Some(goal.kind == GainKind::Relative),
                ..base
            },
            goal::Goal::Hold(goal) => {
                let judge = match goal.judge {
                    Judge::Share => "share",
                    Judge::End => "end",
                    Judge::Always => "always",
                };
                Self { bound: Some(Bound::new(&goal.bound)), judge: Some(judge.to_owned()), ..base }
            }
            goal::Goal::Milestone(thing) | goal::Goal::Baseline(thing) => {
                Self { done: thing.done.map(day), due: thing.due.map(day), ..base }
            }
        }
    }
}

impl Bound {
    fn new(bound: &goal::Bound) -> Self {
        let side = if bound.side == Side::Below { "below" } else { "above" };
        Self { side: side.to_owned(), inclusive: bound.inclusive, limit: quantity(&bound.limit) }
    }
}

impl Baseline {
    fn new(baseline: &scorecard::Baseline) -> Self {
        let (origin, on) = match baseline.origin {
            BaselineOrigin::Stated => ("stated", None),
            BaselineOrigin::BeforeQuarter(on) => ("before-quarter", Some(on)),
            BaselineOrigin::FirstInQuarter(on) => ("first-in-quarter", Some(on)),
            BaselineOrigin::Locked(on) => ("locked", Some(on)),
        };
        Self { quantity: quantity(&baseline.quantity), origin: origin.to_owned(), day: on.map(day) }
    }
}

impl Guardrail {
    fn new(guardrail: &scorecard::GuardrailScore) -> Self {
        let state = match guardrail.state {
            GuardrailState::Kept => "kept",
            GuardrailState::Broken => "broken",
            GuardrailState::NoData => "no-data",
        };
        Self {
            metric: guardrail.metric.to_string(),
            bound: Bound::new(&guardrail.bound),
            value: guardrail.value.as_ref().map(quantity),
            state: state.to_owned(),
        }
    }
}

impl Receipt {
    fn new(receipt: &history::Receipt) -> Self {
        let files = receipt.files.iter().map(|file| ReceiptFile {
            path: file.path.to_string(),
            sha256: file.sha256.to_string(),
            rows: file.rows,
            first_line: file.first_line,
            last_line: file.last_line,
        });
        Self {
            files: files.collect(),
            rows: receipt.rows,
            left_out: receipt.left_out,
            aggregate: receipt.aggregate.name(),
            filter: receipt.filter.to_string(),
            start: day(receipt.window.start),
            end: day(receipt.window.end),
        }
    }
}

impl Reason {
    fn new(reason: &scorecard::Reason) -> Self {
        use scorecard::Reason as R;
        let base = |why: &str| Self { why: why.to_owned(), ..Self::default() };
        match reason {
            R::NoGoal => base("no-goal"),
            R::NoBaseline => base("no-baseline"),
            R::NoMetric => base("no-metric"),
            R::ExportUnusable => base("export-unusable"),
            R::NoDataInWindow(last) => Self { day: last.map(day), ..base("no-data-in-window") },
            R::SilenceUnknown => base("silence-unknown"),
            R::TooEarly => base("too-early"),
            R::PartlyCovered { covered, of } => Self { days: Some(*covered), of: Some(*of), ..base("partly-covered") },
            R::UnitsDiffer => base("units-differ"),
            R::TooLarge => base("too-large"),
            R::NotBegun => base("not-begun"),
            R::CountsAsZero => base("counts-as-zero"),
            R::OlderThan(days) => Self { days: Some(*days), ..base("older-than") },
            R::AlreadyThere => base("already-there"),
            R::Dropped => base("dropped"),
        }
    }
}

fn text(number: Number) -> String {
    number.to_string()
}

fn day(day: Day) -> String {
    day.to_string()
}
