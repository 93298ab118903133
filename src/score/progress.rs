//! Progress of a move: (value − from) / (to − from), computed without rounding before its one division, whose
//! quotient is rounded half to even to 18 decimals.
//!
//! Both ends and the value are first counted in the finest of their units ("2 hours to 30 minutes" in minutes):
//! within a family of units each is a whole or a finite decimal number of a finer one, so nothing is lost. The last
//! rounding takes away the traces of measured values that have no end (a mean of 10/3 against a start of 20/3).

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
}

/// Both ends of a move, in the unit `unit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) from: Number,
    pub(super) to: Number,
    pub(super) unit: Unit,
}

impl Scaled {
    /// Returns the value that is just the number.
    pub(super) const fn plain(number: Number) -> Self {
        Self { number, times: Number::ONE, over: Number::ONE }
    }

    /// Returns the value as one number.
    pub(super) fn value(self) -> Option<Number> {
        if self.times == self.over {
            return Some(self.number);
        }
        self.number.times(self.times)?.over(self.over)
    }

    /// Returns the value counted in another unit.
    pub(super) fn converted(self, from: &Unit, to: &Unit) -> Result<Self, Reason> {
        Ok(Self { number: convert(self.number, from, to)?, ..self })
    }

    /// Returns the value as a quantity in the unit of `like`, over what `like` is counted over.
    pub(super) fn shown(self, unit: &Unit, like: &Quantity) -> Result<Quantity, Reason> {
        let number = self.converted(unit, &like.unit)?.value().ok_or(Reason::TooLarge)?;
        Ok(Quantity { number, unit: like.unit.clone(), per: like.per.clone() })
    }
}

impl Ends {
    /// Returns both ends in the finest of their units and the metric's.
    pub(super) fn new(from: &Quantity, to: &Quantity, metric_unit: &Unit) -> Result<Self, Reason> {
        let unit = finest([&from.unit, &to.unit, metric_unit])?;
        let from = convert(from.number, &from.unit, &unit)?;
        Ok(Self { from, to: convert(to.number, &to.unit, &unit)?, unit })
    }

    /// Returns which way is better; nothing where both ends are the same.
    pub(super) fn better(&self) -> Option<Better> {
        match self.to.cmp(&self.from) {
            std::cmp::Ordering::Less => Some(Better::Lower),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Better::Higher),
        }
    }

    /// Returns the progress of a value in the ends' unit, to 18 decimals; nothing where a number is too large.
    pub(super) fn progress(&self, value: Scaled) -> Option<Number> {
        let way = self.to.minus(self.from)?.times(value.over)?;
        let done = value.number.times(value.times)?.minus(self.from.times(value.over)?)?;
        Some(done.over(way)?.round_to(PLACES))
    }
}

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
