//! Progress of a move: (value − from) / (to − from), computed without rounding before its one division, whose
//! quotient is rounded half to even to 18 decimals, but never over a hundredth: 0.9999999999999999999 stays below 1.
//!
//! Both ends and the value are first counted in the finest of their units ("2 hours to 30 minutes" in minutes):
//! within a family of units each is a whole or a finite decimal number of a finer one, so nothing is lost. The last
//! rounding takes away the traces of measured values that have no end (a mean of 10/3 against a start of 20/3).

use std::cmp::Ordering;

use super::book::Source;
use crate::model::fine::Fine;
use crate::model::goal::Better;
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::scorecard::Reason;

/// Decimals that progress and means are kept to.
pub(super) const PLACES: u32 = 18;

/// A value that is `number` × `times` / `over`, so that a rate need not be divided before it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scaled {
    pub(super) number: Number,
    pub(super) times: Number,
    pub(super) over: Number,
    /// By how much the number may be off, where it has no end.
    slack: Number,
    /// Whether it was counted in another unit before, which may have rounded it once more.
    is_converted: bool,
}

/// A progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Progress {
    /// As it is kept: to 18 decimals, on its own side of every hundredth.
    pub(super) kept: Number,
    /// Before it is rounded.
    pub(super) exact: Fine,
}

/// Both ends of a move, in the unit `unit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) from: Number,
    pub(super) to: Number,
    pub(super) unit: Unit,
    /// By how much the start may be off, where it was measured and has no end.
    pub(super) slack: Number,
}

impl Progress {
    /// Returns a progress, given also as a decimal number that was rounded less than progress is.
    pub(super) fn new(decimal: Number, exact: Fine) -> Self {
        Self { kept: exact.kept(decimal.round_to(PLACES), PLACES), exact }
    }

    /// Returns a progress that is a decimal number.
    pub(super) fn plain(number: Number) -> Self {
        Self { kept: number, exact: number.into() }
    }

    /// Returns this progress divided by another one, where that isn't 0.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        Some(Self::new(self.kept.over(other.kept)?, self.exact.over(other.exact)?))
    }

    /// Returns the share that `part` is of `whole`; nothing where that is 0.
    pub(super) fn share(part: Number, whole: Number) -> Option<Self> {
        Some(Self::new(part.over(whole)?, Fine::from(part).over(whole.into())?))
    }
}

impl Scaled {
    /// Returns the value that is just the number.
    pub(super) fn plain(number: Number) -> Self {
        Self::rate(number, Number::ONE, Number::ONE)
    }

    /// Returns the value that a source measured.
    pub(super) fn measured(number: Number, source: &Source<'_>) -> Self {
        Self { slack: if source.divides() { slack(number) } else { Number::ZERO }, ..Self::plain(number) }
    }

    /// Returns the value that is `number` × `times` / `over`.
    pub(super) fn rate(number: Number, times: Number, over: Number) -> Self {
        Self { number, times, over, slack: Number::ZERO, is_converted: false }
    }

    /// Returns the value as one number.
    pub(super) fn value(self) -> Option<Number> {
        if self.times == self.over {
            return Some(self.number);
        }
        self.number.times(self.times)?.over(self.over)
    }

    /// Compares the value with a number before any rounding.
    pub(super) fn compare(self, number: Number) -> Option<Ordering> {
        let value = Fine::from(self.number).times(self.times.into())?;
        Some(value.cmp(&Fine::from(number).times(self.over.into())?))
    }

    /// Returns the value counted in another unit.
    pub(super) fn converted(self, from: &Unit, to: &Unit) -> Result<Self, Reason> {
        let number = convert(self.number, from, to)?;
        Ok(Self {
            number,
            slack: convert(self.slack, from, to)?,
            is_converted: self.is_converted || from != to,
            ..self
        })
    }

    /// Returns the value as a quantity in the unit of `like`, over what `like` is counted over.
    pub(super) fn shown(self, unit: &Unit, like: &Quantity) -> Result<Quantity, Reason> {
        let number = self.converted(unit, &like.unit)?.value().ok_or(Reason::TooLarge)?;
        Ok(Quantity { number, unit: like.unit.clone(), per: like.per.clone() })
    }
}

impl Ends {
    /// Returns both ends, as they are stated, in the finest of their units and the metric's.
    pub(super) fn new(from: &Quantity, to: &Quantity, metric_unit: &Unit) -> Result<Self, Reason> {
        let unit = finest([&from.unit, &to.unit, metric_unit])?;
        let from = convert(from.number, &from.unit, &unit)?;
        Ok(Self { from, to: convert(to.number, &to.unit, &unit)?, unit, slack: Number::ZERO })
    }

    /// Returns the same ends with a start that may be off by so much of the unit.
    pub(super) fn with_slack(self, slack: Number, unit: &Unit) -> Result<Self, Reason> {
        Ok(Self { slack: convert(slack, unit, &self.unit)?, ..self })
    }

    /// Returns which way is better; nothing where both ends are the same.
    pub(super) fn better(&self) -> Option<Better> {
        match self.to.cmp(&self.from) {
            Ordering::Less => Some(Better::Lower),
            Ordering::Equal => None,
            Ordering::Greater => Some(Better::Higher),
        }
    }

    /// Returns the progress of a value in the ends' unit; nothing where a number is too large.
    pub(super) fn progress(&self, value: Scaled) -> Option<Progress> {
        let way = self.to.minus(self.from)?.times(value.over)?;
        let done = value.number.times(value.times)?.minus(self.from.times(value.over)?)?;
        Some(Progress::new(done.over(way)?, self.exact(value)?))
    }

    /// Returns the same before any rounding.
    fn exact(&self, value: Scaled) -> Option<Fine> {
        let [from, to, over] = [self.from, self.to, value.over].map(Fine::from);
        let way = to.minus(from)?.times(over)?;
        let done = Fine::from(value.number).times(value.times.into())?.minus(from.times(over)?)?;
        let exact = done.over(way)?;
        // The way from 20/3 to 0 is half done at 10/3, and 40 min are 2/3 h: what numbers without an end lack behind their
        // last digits may be all that is between a progress and the hundredth next to it.
        let is_value_exact = !value.is_converted || value.slack.is_zero();
        if self.slack.is_zero() && is_value_exact {
            return Some(exact);
        }
        let slack = Fine::from(value.slack).times(value.times.into())?.plus(Fine::from(self.slack).times(over)?)?;
        let lacking = slack.times(Number::whole(4).into())?.over(way.magnitude())?;
        let (least, most) = (exact.minus(lacking)?.floor_to(2), exact.plus(lacking)?.floor_to(2));
        Some(most.filter(|_| least < most).map_or(exact, Fine::from))
    }
}

/// Returns by how much a number that was divided may be off: by its last digit where it has as many as there is room for, as quotients
/// without an end have.
pub(super) fn slack(number: Number) -> Number {
    let number = number.normal();
    let is_long = number.places() >= MANY || number.has_digits(MANY);
    if is_long { Number::new(1, number.places()).unwrap_or_default() } else { Number::ZERO }
}

/// Digits, or decimals, that hardly anybody writes and that every quotient without an end has.
const MANY: u32 = 25;

/// Returns progress clamped to 0..1.
pub(super) fn clamped(progress: Number) -> Number {
    progress.clamp(Number::ZERO, Number::ONE)
}

/// Returns the unit of which the others hold the most, so that converting into it loses nothing.
pub(super) fn finest<'a>(units: impl IntoIterator<Item = &'a Unit>) -> Result<Unit, Reason> {
    let mut finest: Option<&Unit> = None;
    for unit in units {
        match finest {
            None => finest = Some(unit),
            Some(current) if current == unit => {}
            Some(current) => match current.convert(Number::ONE, unit) {
                Some(how_many) if how_many > Number::ONE => finest = Some(unit),
                Some(_) => {}
                None => return Err(Reason::UnitsDiffer),
            },
        }
    }
    finest.cloned().ok_or(Reason::UnitsDiffer)
}

/// Returns `number` of the unit `from` counted in `to`, or why it can't be.
pub(super) fn convert(number: Number, from: &Unit, to: &Unit) -> Result<Number, Reason> {
    from.convert(number, to).ok_or_else(|| if from.converts_to(to) { Reason::TooLarge } else { Reason::UnitsDiffer })
}
