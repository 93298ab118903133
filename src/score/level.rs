//! Moves: goals that go from one value to another, whether stated so or resolved from a target or a gain.
//!
//! Fills a key result's card with value, progress and score, or says why there are none.

use super::baseline::Aim;
use super::book::{Moment, Source};
use super::flow::{self, Flow, Standing};
use super::pace::Outlook;
use super::progress::{self, Progress, Scaled};
use super::reach;
use crate::model::calendar::Day;
use crate::model::goal::{Better, Goal};
use crate::model::history::Receipt;
use crate::model::quantity::Number;
use crate::model::scorecard::{KeyResultScore, Reason, RunRate, ScoreState};

/// Scores a move; the card then shows the resolved goal, its start, value, progress and score.
pub(super) fn fill(
    card: &mut KeyResultScore,
    aim: Aim,
    source: &Source<'_>,
    moment: &Moment,
) -> Result<Outlook, Reason> {
    card.baseline = Some(aim.baseline.clone());
    let better = aim.better()?;
    // Without a way there is no move to show.
    if !aim.begins_beyond() {
        card.goal = Some(Goal::Move(aim.shown.clone()));
    }
    if source.is_flow() {
        fill_flow(card, &aim, better, source, moment)
    } else {
        fill_level(card, aim, better, source, moment)
    }
}

fn fill_level(
    card: &mut KeyResultScore,
    aim: Aim,
    better: Better,
    source: &Source<'_>,
    moment: &Moment,
) -> Result<Outlook, Reason> {
    let window = source.value_window(moment);
    let measurement = source.value_in(window, moment)?;
    let value = Scaled::measured(measurement.value, source);
    show(card, &aim, source, value)?;
    let progress = progress_of(&aim, source, value)?;
    settle(card, progress, measurement.last, measurement.receipt);
    card.state = ScoreState::Measured;
    card.best = if reach::is_extreme(source, moment, better) { reach::best(progress) } else { None };
    if aim.begins_beyond() {
        return Ok(Outlook::Soft { due: None });
    }
    let unit = source.unit(&aim.shown.from.unit).clone();
    Ok(Outlook::Level { ends: aim.ends, unit, met: progress.kept >= Number::ONE })
}

fn fill_flow(
    card: &mut KeyResultScore,
    aim: &Aim,
    better: Better,
    source: &Source<'_>,
    moment: &Moment,
) -> Result<Outlook, Reason> {
    let flow = Flow::measure(source, moment)?;
    let per = source.per(aim.shown.from.per.as_ref().or(aim.shown.to.per.as_ref()));
    let so_far = Scaled::plain(flow.so_far).shown(source.unit(&aim.shown.from.unit), &aim.shown.from)?.number;
    let standing = flow.standing(moment, better);
    if standing != Ok(Standing::Whole) && standing != Ok(Standing::Part) {
        let run_rate = RunRate { so_far, covered_days: flow.covered, of_days: flow.of, capped: false };
        card.run_rate = Some(Box::new(run_rate));
    }
    if reach::is_spent(source, moment, better) {
        card.best = progress_of(aim, source, flow.value(Standing::Part, per)).ok().and_then(reach::best);
    }
    let value = flow.value(standing?, per);
    card.reasons.extend(flow.note(moment));
    show(card, aim, source, value)?;
    let progress = progress_of(aim, source, value)?;
    let met =
        better == Better::Higher && progress_of(aim, source, flow.value(Standing::Part, per))?.kept >= Number::ONE;
    settle(card, progress, flow.last, flow.receipt);
    card.state = if card.run_rate.is_some() { ScoreState::Projected } else { ScoreState::Measured };
    if better == Better::Lower {
        hold_back(card);
    }
    Ok(Outlook::Rate { met })
}

/// Keeps the score of a projection that can still turn at 0.9.
pub(super) fn hold_back(card: &mut KeyResultScore) {
    let is_above = card.exact_score().is_some_and(|score| score > flow::cap().into());
    if let Some(run_rate) = card.run_rate.as_mut().filter(|_| is_above) {
        run_rate.capped = true;
        card.score = Some(flow::cap());
        // What is only cut off in keeping must not come back in means.
        card.exact = card.exact.take().filter(|_| card.progress != card.score);
    }
}

/// Writes progress and evidence on the card.
pub(super) fn settle(card: &mut KeyResultScore, progress: Progress, measured_on: Day, receipt: Receipt) {
    let Progress { kept, exact } = progress;
    card.progress = Some(kept);
    card.exact = (exact != kept.into()).then(|| Box::new(exact));
    card.score = Some(progress::clamped(kept));
    card.measured_on = Some(measured_on);
    card.receipt = Some(receipt);
}

fn show(card: &mut KeyResultScore, aim: &Aim, source: &Source<'_>, value: Scaled) -> Result<(), Reason> {
    card.value = Some(value.shown(source.unit(&aim.shown.from.unit), &aim.shown.from)?);
    Ok(())
}

fn progress_of(aim: &Aim, source: &Source<'_>, value: Scaled) -> Result<Progress, Reason> {
    let value = value.converted(source.unit(&aim.shown.from.unit), &aim.ends.unit)?;
    if aim.begins_beyond() {
        let side = value.compare(aim.ends.to).ok_or(Reason::TooLarge)?;
        let is_short = if aim.better()? == Better::Higher { side.is_lt() } else { side.is_gt() };
        return Ok(Progress::plain(if is_short { Number::ZERO } else { Number::ONE }));
    }
    aim.ends.progress(value).ok_or(Reason::TooLarge)
}
