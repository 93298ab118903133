//! Exports of fractions under goals in percent.
//!
//! "From 94% to 98%" measured at 0.96 would score far below zero, and "from 12% to 4%" at 0.10 more than it can. Such a key
//! result has no data until the export and the sentence say the same thing. Small percentages that may be real are left
//! alone: goals that begin at 0, limits to stay below, metrics that ever left 0 to 1.5.

use super::evidence::Evidence;
use crate::model::calendar::Day;
use crate::model::goal::{Better, Goal, Side};
use crate::model::quantity::{Number, Quantity, Unit};

/// The largest value that is still taken for a fraction: shares may exceed 1 by a little.
const LARGEST: (i64, u32) = (15, 1);

/// How many times larger the goal's numbers are, where one of the two is wrong.
const TIMES: i64 = 10;

/// Says whether a value in percent is a fraction, by its goal and all values that its metric ever had.
///
/// `day` is the last day of the value: where another export went on, only the one that tells of that day is asked.
pub(super) fn is_one(goal: &Goal, value: &Quantity, evidence: &dyn Evidence, day: Option<Day>) -> bool {
    let smallest = smallest_number(goal).filter(|_| value.unit == Unit::Percent);
    smallest.filter(|&smallest| is_fraction(value.number, smallest)).is_some_and(|smallest| {
        range(evidence, day).is_some_and(|(low, high)| {
            // Nothing but zeros are no fractions.
            !low.is_negative() && high > Number::ZERO && is_fraction(high, smallest)
        })
    })
}

/// Returns the smallest and the largest of all values that a metric ever had, by the export that tells of a day.
#[must_use]
pub fn range(evidence: &dyn Evidence, day: Option<Day>) -> Option<(Number, Number)> {
    let points = evidence.points(evidence.part_of(day.unwrap_or(Day::MAX)));
    let values = || points.iter().map(|point| point.value);
    Some((values().min()?, values().max()?))
}

fn is_fraction(value: Number, of: Number) -> bool {
    let largest = Number::new(LARGEST.0, LARGEST.1).unwrap_or(Number::ONE);
    let larger = value.times(Number::whole(TIMES)).is_some_and(|times| times <= of);
    !value.is_negative() && value <= largest && larger
}

/// Returns the smallest number that the goal names; nothing where a small value may be a real one: a goal that
/// begins at 0, one to stay or come below a limit without a start, a difference.
fn smallest_number(goal: &Goal) -> Option<Number> {
    let percent = |quantity: &Quantity| (quantity.unit == Unit::Percent).then_some(quantity.number);
    let number = match goal {
        Goal::Move(goal) => percent(&goal.from)?.min(percent(&goal.to)?),
        Goal::Target(goal) if goal.better != Some(Better::Lower) => percent(&goal.to)?,
        Goal::Hold(goal) if goal.bound.side == Side::Above => percent(&goal.bound.limit)?,
        _ => return None,
    };
    (number > Number::ZERO).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence;

    /// Says whether a goal would be doubted whose metric shows this value only.
    fn doubts(text: &str, value: &str) -> bool {
        let goal = sentence::read(text).goal.expect(text);
        let value = Number::parse(value).expect(value);
        smallest_number(&goal).is_some_and(|smallest| is_fraction(value, smallest))
    }

    #[test]
    fn fractions_are_told_from_small_percentages() {
        let cases = [
            ("Improve sign-in success rate from 94% to 98%", "0.961", true),
            ("Improve sign-in success rate from 94% to 98%", "1", true),
            ("Improve sign-in success rate from 94% to 98%", "96.1", false),
            ("Reduce abandoned baskets from 40% to 20%", "0.38", true),
            ("Increase test coverage to 80%", "0.62", true),
            ("Keep build success above 95%", "0.97", true),
            ("Reduce churn from 1.4% to 1.1%", "1.3", false),
            ("Reduce failed logins from 9% to 3%", "0.9", false),
            ("New features have < 2% error rate", "0.05", false),
            ("Grow adoption from 0% to 60%", "0.9", false),
            ("Reduce lead time from 14 days to 4 days", "0.9", false),
            ("Improve margin from 20% to 30%", "-0.2", false),
        ];
        for (text, value, expected) in cases {
            assert_eq!(doubts(text, value), expected, "{text}: {value}");
        }
    }
}
