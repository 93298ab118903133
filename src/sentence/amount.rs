//! Amounts: a number in a sentence with what belongs to it.
//!
//! In: nothing. Out: what an amount is. `reader` reads them.

use std::ops::Range;

use crate::model::quantity::{Number, Per, Unit};

/// A number with what belongs to it.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    /// The number, with its scale and sign.
    pub(super) number: Number,
    /// 1,000 for `5k`; 1 where nothing scales.
    pub(super) scale: i64,
    /// The unit, where one is written.
    pub(super) unit: Option<Unit>,
    /// What it is counted over, where that is written.
    pub(super) per: Option<Per>,
    /// What it counts: the tokens behind it up to the end of the noun phrase.
    pub(super) noun: Range<usize>,
    /// The tokens of number and unit, with sign and currency.
    pub(super) tokens: Range<usize>,
    /// The scale's end of `4.5/5`.
    pub(super) out_of: Option<Number>,
    /// What stands in the way of using it.
    pub(super) flaw: Option<Flaw>,
    /// How it is written.
    pub(super) shape: Shape,
}

/// Why an amount can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// `3,2`, `12.500 users`, or a number that goes on: `10 500`, `2½`, `1 in 5`.
    Separator,
    /// `30m`: minutes or millions.
    Minutes,
    /// `512B`: bytes or billions.
    Billions,
    /// One end of `3-4%`.
    Range,
}

/// How an amount is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// In digits.
    Plain,
    /// With a plus or minus sign.
    Signed,
    /// `30-day`.
    Adjective,
    /// `two`.
    Word,
    /// `2026`, without a unit.
    Year,
}

impl Amount {
    /// Returns the amount of a number that nothing is known of.
    pub(super) const fn nameless(tokens: Range<usize>) -> Self {
        Self {
            number: Number::ZERO,
            scale: 1,
            unit: None,
            per: None,
            noun: tokens.end..tokens.end,
            tokens,
            out_of: None,
            flaw: None,
            shape: Shape::Plain,
        }
    }

    /// Says whether it is one: an article as often, or "once".
    pub(super) fn is_one(&self) -> bool {
        self.number == Number::ONE
    }

    /// Says whether nothing is written but a number.
    pub(super) const fn is_bare(&self) -> bool {
        self.unit.is_none() && self.scale == 1 && self.out_of.is_none()
    }

    /// Says whether the amount is a bare number of things.
    pub(super) fn is_count(&self) -> bool {
        matches!(self.unit, None | Some(Unit::Count | Unit::Named(_)))
    }
}
