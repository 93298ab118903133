//! One key result: its goal, its source and the moment in, its card out.
//!
//! The card is filled as far as the evidence goes; the first thing that is missing becomes its reason.

use super::baseline;
use super::book::{Book, Moment, Source};
use super::evidence::Evidence;
use super::movement::{self, Asked, Subject};
use super::pace::{self, Course, Outlook};
use super::{fraction, guardrail, hold, level};
use crate::model::goal::{Goal, Judge, Milestone};
use crate::model::movement::Movement;
use crate::model::plan::{Ambition, KeyResult};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::review::Judgement;
use crate::model::scorecard::{KeyResultScore, QuarterState, Reason, ScoreState};

/// Returns all that is known of a key result.
pub(super) fn score<E: Evidence>(
    book: &Book<'_, E>,
    moment: &Moment,
    ambition: Ambition,
    key_result: &KeyResult,
    judgement: Option<&Judgement>,
) -> KeyResultScore {
    let mut card = blank(key_result, judgement);
    card.guardrails = key_result.guardrails.iter().map(|guardrail| guardrail::score(book, moment, guardrail)).collect();
    let source = book.source_of(key_result);
    if moment.state == QuarterState::Upcoming {
        return not_begun(card, source.as_ref().err());
    }
    let (whole, decided) = (moment, deadline(key_result, source.as_ref().ok(), moment));
    let moment = decided.as_ref().unwrap_or(whole);
    let outlook = fill(&mut card, key_result, source.as_ref(), moment);
    let outlook = outlook.and_then(|outlook| refuse_fractions(&mut card, key_result, source.as_ref().ok(), outlook));
    let outlook = outlook.map_err(|reason| give_up(&mut card, reason)).ok();
    if let Ok(source) = &source {
        card.movement = movement_of(&card, source, book, moment).map(Box::new);
        judge_age(&mut card, source, moment);
    }
    if card.score.is_none() && !card.has_nothing_to_measure() && book.counts_missing_as_zero(whole) {
        card.score = Some(Number::ZERO);
        card.reasons.push(Reason::CountsAsZero);
    }
    if moment.is_open() {
        let course = Course { pace: &key_result.pace, ambition, source: source.ok() };
        card.standing = Some(Box::new(pace::standing(&card, outlook.as_ref(), &course, moment)));
    }
    card
}

/// Returns the moment on which a level's limit is judged, where the sentence names a day before the quarter's end and that
/// day has come.
fn deadline(key_result: &KeyResult, source: Option<&Source<'_>>, moment: &Moment) -> Option<Moment> {
    let is_judged_once = matches!(&key_result.goal, Some(Goal::Hold(hold)) if hold.judge == Judge::End);
    let day = key_result.deadline.filter(|_| is_judged_once)?.within(moment.quarter.window)?;
    source.filter(|source| !source.is_flow())?;
    moment.of_deadline(day)
}

pub(super) fn blank(key_result: &KeyResult, judgement: Option<&Judgement>) -> KeyResultScore {
    KeyResultScore {
        id: key_result.id.value.clone(),
        state: ScoreState::NoData,
        goal: key_result.goal.clone(),
        baseline: key_result.goal.as_ref().and_then(baseline::stated),
        value: None,
        measured_on: None,
        age_days: None,
        progress: None,
        exact: None,
        score: None,
        best: None,
        run_rate: None,
        hold: None,
        movement: None,
        standing: None,
        guardrails: Vec::new(),
        judgement: judgement.map(|known| Box::new(known.judged.clone())),
        receipt: None,
        reasons: Vec::new(),
        weight: key_result.weight,
        counts: !key_result.commitment.is_added(),
        amended: None,
    }
}

fn not_begun(mut card: KeyResultScore, no_source: Option<&Reason>) -> KeyResultScore {
    card.reasons.push(Reason::NotBegun);
    let soft = matches!(card.goal, Some(Goal::Milestone(_) | Goal::Baseline(_)));
    if card.goal.is_none() || (no_source == Some(&Reason::NoMetric) && !soft) {
        card.state = ScoreState::Unscored;
    }
    card
}

/// Fills the card by the goal's kind, or returns what is missing.
fn fill(
    card: &mut KeyResultScore,
    key_result: &KeyResult,
    source: Result<&Source<'_>, &Reason>,
    moment: &Moment,
) -> Result<Outlook, Reason> {
    let Some(goal) = &key_result.goal else {
        if let Ok(source) = source {
            show_value(card, source, moment);
        }
        return Err(Reason::NoGoal);
    };
    let source = match goal {
        Goal::Milestone(goal) => return Ok(fill_milestone(card, goal, moment)),
        Goal::Baseline(goal) => return Ok(fill_baseline(card, goal, source.ok(), moment)),
        Goal::Move(_) | Goal::Target(_) | Goal::Gain(_) | Goal::Hold(_) => source.map_err(Clone::clone)?,
    };
    if let Goal::Hold(goal) = goal {
        let stale = source.is_stale(moment, None);
        return hold::fill(card, goal, source, moment, stale);
    }
    level::fill(card, baseline::aim(goal, source, moment)?, source, moment)
}

/// Takes back what fractions gave where percentages are meant.
fn refuse_fractions(
    card: &mut KeyResultScore,
    key_result: &KeyResult,
    source: Option<&Source<'_>>,
    outlook: Outlook,
) -> Result<Outlook, Reason> {
    let (Some(goal), Some(value), Some(source)) = (&key_result.goal, &card.value, source) else { return Ok(outlook) };
    if !fraction::is_one(goal, value, source.evidence, card.measured_on) {
        return Ok(outlook);
    }
    (card.value, card.hold, card.run_rate, card.best) = (None, None, None, None);
    Err(Reason::FractionsForPercent)
}

/// Scores a milestone: 1 once the day it was done has come.
fn fill_milestone(card: &mut KeyResultScore, goal: &Milestone, moment: &Moment) -> Outlook {
    card.state = ScoreState::Measured;
    let done = goal.done.filter(|&day| day <= moment.day);
    let progress = if done.is_some() { Number::ONE } else { Number::ZERO };
    card.measured_on = done;
    card.progress = Some(progress);
    card.score = Some(progress);
    Outlook::Soft { due: goal.due }
}

/// Scores a baseline: 1 once its day has come, or once its metric shows a value.
fn fill_baseline(card: &mut KeyResultScore, goal: &Milestone, source: Option<&Source<'_>>, moment: &Moment) -> Outlook {
    let outlook = fill_milestone(card, goal, moment);
    if let Some(source) = source
        && show_value(card, source, moment)
    {
        card.progress = Some(Number::ONE);
        card.score = Some(Number::ONE);
    }
    outlook
}

/// Shows the metric's value where there is no goal to compare it with; says whether there is one.
fn show_value(card: &mut KeyResultScore, source: &Source<'_>, moment: &Moment) -> bool {
    let measurement = match source.measure(source.value_window(moment)) {
        Ok(Some(measurement)) => measurement,
        Ok(None) => return false,
        Err(reason) => {
            card.reasons.push(reason);
            return false;
        }
    };
    card.value = Some(Quantity::new(measurement.value, source.unit(&Unit::Count).clone()));
    card.measured_on = Some(measurement.last);
    card.receipt = Some(measurement.receipt);
    true
}

fn give_up(card: &mut KeyResultScore, reason: Reason) {
    card.state = match reason {
        Reason::NoGoal | Reason::NoMetric | Reason::AlreadyThere => ScoreState::Unscored,
        _ => ScoreState::NoData,
    };
    card.progress = None;
    card.exact = None;
    card.score = None;
    card.reasons.insert(0, reason);
}

/// Returns whether the metric of a move that has a value moved.
fn movement_of<E: Evidence>(
    card: &KeyResultScore,
    source: &Source<'_>,
    book: &Book<'_, E>,
    moment: &Moment,
) -> Option<Movement> {
    let Some(Goal::Move(goal)) = &card.goal else { return None };
    card.value.as_ref()?;
    let subject = Subject::of(source.metric, source.evidence, book.aims);
    let asked = Asked::of_cycle(subject, goal.better(), moment.quarter.window, moment.day);
    Some(movement::of(&asked).ok()?.movement)
}

/// Writes the data's age on the card and marks a value that is older than it should be.
fn judge_age(card: &mut KeyResultScore, source: &Source<'_>, moment: &Moment) {
    let soft = matches!(card.goal, Some(Goal::Milestone(_) | Goal::Baseline(_)));
    card.age_days = source.age(moment, card.measured_on);
    if source.is_stale(moment, card.measured_on) && !soft && card.score.is_some() {
        card.state = ScoreState::Stale;
        card.reasons.insert(0, Reason::OlderThan(source.patience));
    }
}
