//! Starts: where a goal counts from, with the day that shows it.
//!
//! A stated start counts. Else the metric's last value before the quarter's first day; with an aggregate other
//! than `last` the same aggregate over the quarter before it (for a flow its rate from the
//! first row on, where that is at least a third of the window). Else its value on the first day with data in the quarter, and the scorecard says so;
//! a flow has no such value, because one day's sum is no rate.
//!
//! A target whose verb or metric says which way is better is never turned round: where its start lies at the target or
//! beyond, its score is 1 while the value does, too, else 0.
//!
//! A gain by an amount ends at start + amount; a relative gain at start + |start| × share, so that a negative number
//! that improves by a half moves towards zero.

use super::book::{Moment, Source};
use super::flow;
use super::progress::{self, Ends, Scaled};
use crate::model::calendar::{Day, Window};
use crate::model::fine::Fine;
use crate::model::goal::{Better, Gain, GainKind, Goal, Move, Target};
use crate::model::history::Measurement;
use crate::model::metric::Aggregate;
use crate::model::quantity::{Number, Per, Quantity, Unit};
use crate::model::scorecard::{Baseline, BaselineOrigin, Reason};

/// A goal with both ends known.
pub(super) struct Aim {
    pub(super) ends: Ends,
    /// As readers see it; the value is shown in the unit of `from`.
    pub(super) shown: Move,
    pub(super) baseline: Baseline,
    /// Which way is better, where the goal leaves it to its verb or its metric.
    wanted: Option<Better>,
}

impl Aim {
    /// Returns which way is better, or that the start already lies at the end and nothing says where beyond it is.
    pub(super) fn better(&self) -> Result<Better, Reason> {
        self.wanted.or_else(|| self.ends.better()).ok_or(Reason::AlreadyThere)
    }

    /// Says whether the start already lies at the end or beyond it, so that there is no way: the goal is met or not.
    pub(super) fn begins_beyond(&self) -> bool {
        self.wanted.is_some_and(|wanted| self.ends.better() != Some(wanted))
    }
}

/// Returns the start that the goal itself states.
pub(super) fn stated(goal: &Goal) -> Option<Baseline> {
    let quantity = match goal {
        Goal::Move(goal) => Some(&goal.from),
        Goal::Gain(goal) => goal.from.as_ref(),
        Goal::Target(_) | Goal::Hold(_) | Goal::Milestone(_) | Goal::Baseline(_) => None,
    };
    quantity.map(|quantity| Baseline { quantity: quantity.clone(), origin: BaselineOrigin::Stated })
}

/// Returns the goal as a move; a goal that is none has no start.
pub(super) fn aim(goal: &Goal, source: &Source<'_>, moment: &Moment) -> Result<Aim, Reason> {
    match goal {
        Goal::Move(goal) => of_move(goal, source),
        Goal::Target(goal) => of_target(goal, source, moment),
        Goal::Gain(goal) => of_gain(goal, source, moment),
        Goal::Hold(_) | Goal::Milestone(_) | Goal::Baseline(_) => Err(Reason::NoBaseline),
    }
}

/// Returns a stated move with its ends in one unit.
fn of_move(goal: &Move, source: &Source<'_>) -> Result<Aim, Reason> {
    let ends = Ends::new(&goal.from, &goal.to, source.unit(&goal.from.unit))?;
    let baseline = Baseline { quantity: goal.from.clone(), origin: BaselineOrigin::Stated };
    Ok(Aim { ends, shown: goal.clone(), baseline, wanted: None })
}

/// Returns a target as a move from the measured start.
fn of_target(goal: &Target, source: &Source<'_>, moment: &Moment) -> Result<Aim, Reason> {
    let unit = source.unit(&goal.to.unit);
    let measured = measured(source, moment, goal.to.per.as_ref())?;
    let from = Quantity::new(measured.number, unit.clone());
    let ends = Ends::new(&from, &goal.to, unit)?.with_slack(measured.slack, unit)?;
    let from = Scaled::plain(measured.number).shown(unit, &goal.to)?;
    let shown = Move { from: from.clone(), to: goal.to.clone() };
    let wanted = goal.better.or(source.metric.better);
    Ok(Aim { ends, shown, baseline: Baseline { quantity: from, origin: measured.origin }, wanted })
}

/// Returns a gain as a move from its stated or measured start.
fn of_gain(goal: &Gain, source: &Source<'_>, moment: &Moment) -> Result<Aim, Reason> {
    let start_unit = goal.from.as_ref().map_or_else(|| unit_without_start(goal), |from| from.unit.clone());
    let unit = source.unit(&start_unit).clone();
    let (baseline, slack) = match &goal.from {
        Some(from) => (Baseline { quantity: from.clone(), origin: BaselineOrigin::Stated }, Number::ZERO),
        None => {
            let measured = measured(source, moment, goal.by.per.as_ref())?;
            let quantity = Quantity { number: measured.number, unit: unit.clone(), per: goal.by.per.clone() };
            (Baseline { quantity, origin: measured.origin }, measured.slack)
        }
    };
    let ends = gain_ends(goal, &baseline.quantity, &unit, slack)?;
    let to = Scaled::plain(ends.to).shown(&ends.unit, &baseline.quantity)?;
    Ok(Aim { ends, shown: Move { from: baseline.quantity.clone(), to }, baseline, wanted: None })
}

/// Returns the unit of a gain's start where neither start nor metric states one.
fn unit_without_start(goal: &Gain) -> Unit {
    match goal.kind {
        GainKind::Absolute => goal.by.unit.clone(),
        GainKind::Relative => Unit::Count,
    }
}

fn gain_ends(goal: &Gain, from: &Quantity, metric_unit: &Unit, slack: Number) -> Result<Ends, Reason> {
    let unit = match goal.kind {
        GainKind::Absolute => progress::finest([&from.unit, &goal.by.unit, metric_unit])?,
        GainKind::Relative => progress::finest([&from.unit, metric_unit])?,
    };
    let start = progress::convert(from.number, &from.unit, &unit)?;
    let difference = match goal.kind {
        GainKind::Absolute => progress::convert(goal.by.number, &goal.by.unit, &unit)?,
        GainKind::Relative => {
            share(&goal.by).and_then(|share| start.magnitude().times(share)).ok_or(Reason::TooLarge)?
        }
    };
    let slack = progress::convert(slack, &from.unit, &unit)?;
    let to = start.plus(difference).ok_or(Reason::TooLarge)?;
    // A gain that the digits of its start can't show could only be scored as another one. Starts that were measured and
    // have no end are rounded anyway.
    let is_exact = exact_end(goal, start, difference) == Some(to.into());
    if !is_exact && (slack.is_zero() || to == start) {
        return Err(Reason::TooLarge);
    }
    Ok(Ends { from: start, to, unit, slack })
}

/// Returns where a gain from an exact start ends, before any rounding.
fn exact_end(goal: &Gain, start: Number, difference: Number) -> Option<Fine> {
    let difference = match (goal.kind, &goal.by.unit) {
        (GainKind::Absolute, _) => difference.into(),
        (GainKind::Relative, unit) => {
            let hundredths = matches!(unit, Unit::Percent | Unit::Points);
            let parts = if hundredths { Number::whole(100) } else { Number::ONE };
            Fine::from(start.magnitude()).times(goal.by.number.into())?.over(parts.into())?
        }
    };
    Fine::from(start).plus(difference)
}

/// Returns the share that `by` is of the start: 50 % is a half.
fn share(by: &Quantity) -> Option<Number> {
    match by.unit {
        Unit::Percent | Unit::Points => by.number.over(Number::whole(100)),
        _ => Some(by.number),
    }
}

/// A measured start in the metric's unit.
struct Measured {
    number: Number,
    origin: BaselineOrigin,
    /// By how much the number may be off.
    slack: Number,
}

impl Measured {
    fn new(number: Number, origin: BaselineOrigin, source: &Source<'_>) -> Self {
        let is_divided = source.divides() || source.is_flow();
        Self { number, origin, slack: if is_divided { progress::slack(number) } else { Number::ZERO } }
    }
}

/// Returns where the metric stood when the quarter began: as the lock recorded it, else as the exports say.
fn measured(source: &Source<'_>, moment: &Moment, per: Option<&Per>) -> Result<Measured, Reason> {
    let Some(start) = source.start else { return by_exports(source, moment, per) };
    let unit = &start.value.unit;
    match progress::convert(start.value.number, unit, source.unit(unit)) {
        Ok(number) => Ok(Measured::new(number, BaselineOrigin::Locked(start.on), source)),
        Err(Reason::UnitsDiffer) => by_exports(source, moment, per),
        Err(reason) => Err(reason),
    }
}

/// Returns where the exports say that the metric stood, in its own unit, else in that of the goal.
pub(super) fn recorded(goal: Option<&Goal>, source: &Source<'_>, moment: &Moment) -> Option<Baseline> {
    let quantity = goal.and_then(Goal::quantity);
    let per = quantity.and_then(|quantity| quantity.per.clone());
    let unit = match goal {
        Some(Goal::Gain(gain)) => unit_without_start(gain),
        _ => quantity.map_or(Unit::Count, |quantity| quantity.unit.clone()),
    };
    let Measured { number, origin, .. } = by_exports(source, moment, per.as_ref()).ok()?;
    Some(Baseline { quantity: Quantity { number, unit: source.unit(&unit).clone(), per }, origin })
}

fn by_exports(source: &Source<'_>, moment: &Moment, per: Option<&Per>) -> Result<Measured, Reason> {
    let found = match before_quarter(source, moment, per)? {
        None if !source.is_flow() => first_in_quarter(source, moment)?,
        found => found,
    };
    found.ok_or(Reason::NoBaseline)
}

/// Returns what the metric showed before the quarter's first day, in the metric's unit, and the last day of it.
pub(super) fn before(source: &Source<'_>, moment: &Moment, per: Option<&Per>) -> Option<(Number, Day)> {
    let found = before_quarter(source, moment, per).ok()??;
    match found.origin {
        BaselineOrigin::BeforeQuarter(day) => Some((found.number, day)),
        BaselineOrigin::Stated | BaselineOrigin::FirstInQuarter(_) | BaselineOrigin::Locked(_) => None,
    }
}

/// A measured start, where there is one, or why it can't be told.
type Found = Result<Option<Measured>, Reason>;

fn before_quarter(source: &Source<'_>, moment: &Moment, per: Option<&Per>) -> Found {
    if source.is_flow() { flow_before(source, moment, per) } else { level_before(source, moment) }
}

fn level_before(source: &Source<'_>, moment: &Moment) -> Found {
    let end = moment.quarter.window.start;
    let window = match (source.evidence.aggregate(), source.metric.window_days) {
        (Aggregate::Last, _) => Window { start: since_last(source, end), end },
        (_, Some(days)) => Window { start: end.plus(-days.max(1)), end },
        (_, None) => flow::window_before(moment),
    };
    // A trailing sum or count of which days are missing is no start: any later value would look like growth.
    let partial = source.evidence.aggregate().is_flow() && source.evidence.covered_days(window) < window.days();
    let measurement = source.measure(window)?.filter(|_| !partial);
    let origin = BaselineOrigin::BeforeQuarter;
    Ok(measurement.map(|found| Measured::new(found.value, origin(found.last), source)))
}

/// Returns a day from which on a last value before `end` is sought: near by where there is one, so that years of days
/// need not be looked at, else the first of all.
pub(super) fn since_last(source: &Source<'_>, end: Day) -> Day {
    let near = Window { start: end.plus(-NEAR_BY), end };
    if source.evidence.points(near).is_empty() { Day::MIN } else { near.start }
}

/// Days before a quarter in which its last value before usually lies.
const NEAR_BY: i32 = 10;

fn flow_before(source: &Source<'_>, moment: &Moment, per: Option<&Per>) -> Found {
    let window = flow::window_before(moment);
    // Exports say nothing of the days before their first row.
    let Some(first) = source.evidence.first_day() else { return Ok(None) };
    let known = Window { start: window.start.max(first), end: window.end };
    let covered = source.evidence.covered_days(known);
    let measurement = source.measure(window)?.filter(|_| flow::is_enough(covered, window.days()));
    let Some(measurement) = measurement else { return Ok(None) };
    let rate = flow::rate(
        measurement.value,
        covered,
        source.per(per),
        flow::Length { days: window.days(), ..flow::Length::of(moment) },
    );
    let number = rate.value().ok_or(Reason::TooLarge)?;
    Ok(Some(Measured::new(number, BaselineOrigin::BeforeQuarter(measurement.last), source)))
}

fn first_in_quarter(source: &Source<'_>, moment: &Moment) -> Found {
    if source.evidence.aggregate().is_flow() {
        return Ok(None);
    }
    // A trailing window that is asked for the quarter so far is the newest one.
    let first_point = || source.evidence.points(moment.to_date).first().map(|point| point.day);
    let of_day = |day: Day| source.measure(Window { start: day, end: day.plus(1) });
    let first = match source.metric.window_days {
        Some(_) => first_point(),
        None => source.measure(moment.to_date)?.map(|Measurement { first, .. }| first),
    };
    let Some(mut first) = first else { return Ok(None) };
    let mut measurement = of_day(first)?;
    // A day whose sums can't be divided has no value of its own.
    if measurement.is_none()
        && let Some(day) = first_point().filter(|day| *day > first)
    {
        first = day;
        measurement = of_day(day)?;
    }
    Ok(measurement.map(|day| Measured::new(day.value, BaselineOrigin::FirstInQuarter(first), source)))
}
