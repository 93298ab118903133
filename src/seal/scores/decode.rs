//! Scores as `scores.json` has them, as a scorecard again.

use super::shape::{
    Baseline, Bound, Goal, Guardrail, KeyResult, Objective, Reason, Receipt, ReceiptFile, Rolled, Scores, Team,
};
use crate::hash::Digest;
use crate::model::calendar::{Day, Quarter, Window};
use crate::model::goal::{self, Better, Gain, GainKind, Judge, Milestone, Move, Side, Target};
use crate::model::history;
use crate::model::ids::{QuarterId, Slug};
use crate::model::ledger::notation::read_quantity;
use crate::model::metric::{Aggregate, Percentile};
use crate::model::plan::{Ambition, QuarterPlan};
use crate::model::quantity::Number;
use crate::model::review::Judgement;
use crate::model::scorecard::{
    self, BaselineOrigin, GuardrailScore, GuardrailState, HoldTally, KeyResultScore, ObjectiveScore, QuarterScore,
    QuarterState, Rollup, RunRate, ScoreState, TeamScore,
};

impl Scores {
    /// Returns the quarter with its days.
    #[must_use]
    pub fn quarter(&self) -> Option<Quarter> {
        let window = Window { start: Day::parse(&self.start)?, end: Day::parse(&self.end)? };
        Some(Quarter { id: QuarterId::parse(&self.quarter)?, window })
    }

    /// Returns the scores; `plan` is what the teams wrote, where judgements have their places.
    #[must_use]
    pub fn scored(&self, plan: &QuarterPlan) -> Option<QuarterScore> {
        let teams: Option<Vec<TeamScore>> = self.teams.iter().map(|team| team.scored(plan)).collect();
        Some(QuarterScore { quarter: self.quarter()?, state: QuarterState::Sealed, teams: teams? })
    }

    /// Returns what is different in other scores of the same quarter, key result by key result, in words.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let shown = |what: Option<&String>| what.cloned().unwrap_or_else(|| "no score".to_owned());
        let (known, new) = (self.all(), other.all());
        for (name, mine) in &known {
            match new.iter().find(|(other, _)| other == name) {
                None => found.push(format!("{name}: sealed, and not there any more")),
                Some((_, theirs)) if mine != theirs => {
                    let (mine, theirs) = (shown(mine.score.as_ref()), shown(theirs.score.as_ref()));
                    let what = if mine == theirs { "the same score from other evidence".to_owned() } else { theirs };
                    found.push(format!("{name}: sealed {mine}, rebuilt {what}"));
                }
                Some(_) => {}
            }
        }
        let is_new = |name: &String| !known.iter().any(|(other, _)| other == name);
        found.extend(new.iter().filter(|(name, _)| is_new(name)).map(|(name, _)| format!("{name}: not sealed")));
        if found.is_empty() && self.teams != other.teams {
            found.push("the means of teams or objectives differ".to_owned());
        }
        found
    }

    fn all(&self) -> Vec<(String, &KeyResult)> {
        let mut all = Vec::new();
        for team in &self.teams {
            for objective in team.objectives.iter().chain(&team.dropped) {
                for key_result in objective.key_results.iter().chain(&objective.dropped) {
                    all.push((format!("{}/{}/{}", team.team, objective.id, key_result.id), key_result));
                }
            }
        }
        all
    }
}

impl Team {
    fn scored(&self, plan: &QuarterPlan) -> Option<TeamScore> {
        let review =
            plan.teams.iter().find(|team| team.team.as_str() == self.team).and_then(|team| team.review.as_ref());
        let judgements = review.map_or(&[][..], |review| &review.judgements);
        let of = |objectives: &[Objective]| objectives.iter().map(|objective| objective.scored(judgements)).collect();
        let (objectives, dropped): (Option<Vec<_>>, Option<Vec<_>>) = (of(&self.objectives), of(&self.dropped));
        Some(TeamScore {
            team: Slug::new(&self.team)?,
            rollup: self.rollup.scored()?,
            without_soft: optional(self.without_soft.as_ref(), Rolled::scored)?,
            objectives: objectives?,
            dropped: dropped?,
        })
    }
}

impl Rolled {
    fn scored(&self) -> Option<Rollup> {
        Some(Rollup {
            score: number(self.score.as_ref())?,
            pessimistic: Number::parse(&self.pessimistic)?,
            measured: self.measured,
            of: self.of,
            projected: self.projected,
        })
    }
}

impl Objective {
    fn scored(&self, judgements: &[Judgement]) -> Option<ObjectiveScore> {
        let of = |key_results: &[KeyResult]| -> Option<Vec<_>> {
            key_results.iter().map(|key_result| key_result.scored(&self.id, judgements)).collect()
        };
        let ambition = match self.ambition.as_str() {
            "aspirational" => Ambition::Aspirational,
            "committed" => Ambition::Committed,
            _ => return None,
        };
        Some(ObjectiveScore {
            id: Slug::new(&self.id)?,
            ambition,
            rollup: self.rollup.scored()?,
            lowest: self.lowest.filter(|&place| place < self.key_results.len()),
            key_results: of(&self.key_results)?,
            dropped: of(&self.dropped)?,
            counts: self.counts,
        })
    }
}

impl KeyResult {
    fn scored(&self, objective: &str, judgements: &[Judgement]) -> Option<KeyResultScore> {
        const STATES: [ScoreState; 5] =
            [ScoreState::Measured, ScoreState::Projected, ScoreState::NoData, ScoreState::Stale, ScoreState::Unscored];
        let is_own =
            |known: &&Judgement| known.objective.as_str() == objective && known.key_result.value.as_str() == self.id;
        let judgement = self.judgement.as_ref().and_then(|_| judgements.iter().find(is_own));
        Some(KeyResultScore {
            id: Slug::new(&self.id)?,
            state: STATES.into_iter().find(|state| state.name() == self.state)?,
            goal: optional(self.goal.as_ref(), Goal::read)?,
            baseline: optional(self.baseline.as_ref(), Baseline::read)?,
            value: optional(self.value.as_ref(), |text| read_quantity(text))?,
            measured_on: day(self.measured_on.as_ref())?,
            age_days: self.age_days,
            progress: number(self.progress.as_ref())?,
            exact: None,
            score: number(self.score.as_ref())?,
            run_rate: optional(self.run_rate.as_ref(), |rate| {
                let so_far = Number::parse(&rate.so_far)?;
                let (covered_days, of_days, capped) = (rate.covered_days, rate.of_days, rate.capped);
                Some(RunRate { so_far, covered_days, of_days, capped })
            })?,
            hold: self.hold.as_ref().map(|tally| HoldTally {
                inside: tally.inside,
                measured: tally.measured,
                missing: tally.missing,
            }),
            standing: None,
            guardrails: self.guardrails.iter().map(Guardrail::read).collect::<Option<_>>()?,
            judgement: judgement.cloned().map(Box::new),
            receipt: optional(self.receipt.as_ref(), Receipt::read)?,
            reasons: self.reasons.iter().map(Reason::read).collect::<Option<_>>()?,
            weight: Number::parse(&self.weight)?,
            counts: self.counts,
            amended: match &self.amended {
                Some(amended) => Some(Box::new(amended.scored(objective, judgements)?)),
                None => None,
            },
        })
    }
}

impl Goal {
    fn read(&self) -> Option<goal::Goal> {
        let quantity = |text: &Option<String>| read_quantity(text.as_deref()?);
        let thing = || Some(Milestone { done: day(self.done.as_ref())?, due: day(self.due.as_ref())? });
        Some(match self.kind.as_str() {
            "move" => goal::Goal::Move(Move { from: quantity(&self.from)?, to: quantity(&self.to)? }),
            "target" => {
                let better = match self.better.as_deref() {
                    None => None,
                    Some("higher") => Some(Better::Higher),
                    Some("lower") => Some(Better::Lower),
                    Some(_) => return None,
                };
                goal::Goal::Target(Target { to: quantity(&self.to)?, better })
            }
            "gain" => {
                let kind = if self.relative? { GainKind::Relative } else { GainKind::Absolute };
                let from = optional(self.from.as_ref(), |text| read_quantity(text))?;
                goal::Goal::Gain(Gain { by: quantity(&self.by)?, kind, from })
            }
            "hold" => {
                let judge = match self.judge.as_deref()? {
                    "share" => Judge::Share,
                    "end" => Judge::End,
                    "always" => Judge::Always,
                    _ => return None,
                };
                goal::Goal::Hold(goal::Hold { bound: self.bound.as_ref()?.read()?, judge })
            }
            "milestone" => goal::Goal::Milestone(thing()?),
            "baseline" => goal::Goal::Baseline(thing()?),
            _ => return None,
        })
    }
}

impl Bound {
    fn read(&self) -> Option<goal::Bound> {
        let side = match self.side.as_str() {
            "below" => Side::Below,
            "above" => Side::Above,
            _ => return None,
        };
        Some(goal::Bound { side, inclusive: self.inclusive, limit: read_quantity(&self.limit)? })
    }
}

impl Baseline {
    fn read(&self) -> Option<scorecard::Baseline> {
        let on = day(self.day.as_ref())?;
        let origin = match self.origin.as_str() {
            "stated" => BaselineOrigin::Stated,
            "before-quarter" => BaselineOrigin::BeforeQuarter(on?),
            "first-in-quarter" => BaselineOrigin::FirstInQuarter(on?),
            "locked" => BaselineOrigin::Locked(on?),
            _ => return None,
        };
        Some(scorecard::Baseline { quantity: read_quantity(&self.quantity)?, origin })
    }
}

impl Guardrail {
    fn read(&self) -> Option<GuardrailScore> {
        let state = match self.state.as_str() {
            "kept" => GuardrailState::Kept,
            "broken" => GuardrailState::Broken,
            "no-data" => GuardrailState::NoData,
            _ => return None,
        };
        let value = optional(self.value.as_ref(), |text| read_quantity(text))?;
        Some(GuardrailScore {
            metric: Slug::new(&self.metric)?,
            bound: self.bound.read()?,
            value,
            state,
            too_large: false,
        })
    }
}

impl Receipt {
    fn read(&self) -> Option<history::Receipt> {
        Some(history::Receipt {
            files: self.files.iter().map(ReceiptFile::read).collect::<Option<_>>()?,
            rows: self.rows,
            left_out: self.left_out,
            aggregate: aggregate(&self.aggregate)?,
            filter: self.filter.as_str().into(),
            window: Window { start: Day::parse(&self.start)?, end: Day::parse(&self.end)? },
        })
    }
}

impl ReceiptFile {
    fn read(&self) -> Option<history::FileEvidence> {
        Some(history::FileEvidence {
            path: self.path.as_str().into(),
            sha256: Digest::parse(&self.sha256)?,
            rows: self.rows,
            first_line: self.first_line,
            last_line: self.last_line,
        })
    }
}

impl Reason {
    fn read(&self) -> Option<scorecard::Reason> {
        use scorecard::Reason as R;
        Some(match self.why.as_str() {
            "no-goal" => R::NoGoal,
            "no-baseline" => R::NoBaseline,
            "no-metric" => R::NoMetric,
            "export-unusable" => R::ExportUnusable,
            "no-data-in-window" => R::NoDataInWindow(day(self.day.as_ref())?),
            "silence-unknown" => R::SilenceUnknown,
            "too-early" => R::TooEarly,
            "partly-covered" => R::PartlyCovered { covered: self.days?, of: self.of? },
            "units-differ" => R::UnitsDiffer,
            "too-large" => R::TooLarge,
            "not-begun" => R::NotBegun,
            "counts-as-zero" => R::CountsAsZero,
            "older-than" => R::OlderThan(self.days?),
            "already-there" => R::AlreadyThere,
            "dropped" => R::Dropped,
            _ => return None,
        })
    }
}

fn aggregate(name: &str) -> Option<Aggregate> {
    Some(match name {
        "last" => Aggregate::Last,
        "mean" => Aggregate::Mean,
        "sum" => Aggregate::Sum,
        "min" => Aggregate::Min,
        "max" => Aggregate::Max,
        "count" => Aggregate::Count,
        "ratio" => Aggregate::Ratio,
        "median" => Aggregate::Percentile(Percentile::new(Number::whole(50))?),
        other => Aggregate::Percentile(Percentile::new(Number::parse(other.strip_prefix('p')?)?)?),
    })
}

/// Returns what `read` makes of a thing that may be absent; nothing at all where it is there and can't be read.
#[expect(clippy::option_option, reason = "a thing that is absent and one that can't be read are told apart")]
fn optional<T: ?Sized, R>(thing: Option<&T>, read: impl Fn(&T) -> Option<R>) -> Option<Option<R>> {
    match thing {
        None => Some(None),
        Some(thing) => read(thing).map(Some),
    }
}

#[expect(clippy::option_option, reason = "a thing that is absent and one that can't be read are told apart")]
fn number(text: Option<&String>) -> Option<Option<Number>> {
    optional(text, |text| Number::parse(text))
}

#[expect(clippy::option_option, reason = "a thing that is absent and one that can't be read are told apart")]
fn day(text: Option<&String>) -> Option<Option<Day>> {
    optional(text, |text| Day::parse(text))
}
