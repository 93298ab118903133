//! Goals: what a key result says is to become true of a number.

use std::cmp::Ordering;

use super::calendar::Day;
use super::quantity::{Number, Quantity};
use super::words::words;

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Larger numbers are better.
    Higher,
    /// Smaller numbers are better.
    Lower,
}

words!(Better { Higher => "higher", Lower => "lower" });

/// What a key result wants of its metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// From one value to another: "from 8/quarter to 2/quarter".
    Move(Move),
    /// To a value from a start that nobody stated: "increase test coverage to 80%".
    Target(Target),
    /// By a difference from where the quarter began: "increase NPS by 5 points".
    Gain(Gain),
    /// Within a bound all the time: "below 60 s".
    Hold(Hold),
    /// A thing done or not.
    Milestone(Milestone),
    /// A start value to be established; done once it is.
    Baseline(Milestone),
}

/// A goal without its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalKind {
    /// From one value to another.
    Move,
    /// To a value.
    Target,
    /// By a difference.
    Gain,
    /// Within a bound.
    Hold,
    /// Done or not.
    Milestone,
    /// A start to be established.
    Baseline,
}

words!(GoalKind {
    Move => "move",
    Target => "target",
    Gain => "gain",
    Hold => "hold",
    Milestone => "milestone",
    Baseline => "baseline",
});

/// A goal with both ends stated. `from` and `to` differ and convert into each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The stated start.
    pub from: Quantity,
    /// The stated end.
    pub to: Quantity,
}

/// A goal that states only where it wants to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The stated end.
    pub to: Quantity,
    /// The way that the sentence's verb says, where it says one.
    pub better: Option<Better>,
}

/// A goal that states only the difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gain {
    /// The difference, signed: −5 is a fall by 5.
    pub by: Quantity,
    /// Whether the difference is a share of the start ("by 50%") or in the metric's own unit.
    pub kind: GainKind,
    /// The stated start, where there is one.
    pub from: Option<Quantity>,
}

/// How a difference is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GainKind {
    /// In the metric's unit.
    Absolute,
    /// As a share of the start.
    Relative,
}

/// A goal to stay on one side of a bound, or between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The bound; of a range the lower one.
    pub bound: Bound,
    /// The upper bound of a range. Both limits convert into each other.
    pub upper: Option<Bound>,
    /// How the quarter's points become one score.
    pub judge: Judge,
}

/// One side of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// On which side to stay.
    pub side: Side,
    /// Whether the limit itself is inside ("at most") or not ("below").
    pub inclusive: bool,
    /// The limit.
    pub limit: Quantity,
}

/// The side of a bound that is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Smaller values are inside.
    Below,
    /// Larger values are inside.
    Above,
}

words!(Side { Below => "below", Above => "above" });

/// How the points of a hold become one score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Judge {
    /// The share of points inside the bound.
    #[default]
    Share,
    /// 1 where the metric's value at the end (for a metric without an aggregate its last point) is inside, else 0.
    End,
    /// 1 where every point is inside, else 0.
    Always,
}

words!(Judge { Share => "share", End => "end", Always => "always" });

/// A thing done or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestone {
    /// The day it was done, where it was.
    pub done: Option<Day>,
    /// The day it was due, where one was stated.
    pub due: Option<Day>,
}

impl Bound {
    /// The keys of bounds, each with its side and whether the limit itself is inside.
    pub const KEYS: [(&'static str, Side, bool); 4] = [
        ("at_most", Side::Below, true),
        ("below", Side::Below, false),
        ("at_least", Side::Above, true),
        ("above", Side::Above, false),
    ];

    /// Returns the key under which files state the limit.
    #[must_use]
    pub fn key(&self) -> &'static str {
        Self::key_of(self.side, self.inclusive)
    }

    /// Returns the key of a limit on this side; with `_` as a space it is what people say.
    #[must_use]
    pub fn key_of(side: Side, inclusive: bool) -> &'static str {
        Self::KEYS.into_iter().find(|known| (known.1, known.2) == (side, inclusive)).map_or("", |(key, ..)| key)
    }

    /// Says whether `value`, counted in the limit's unit, is inside.
    #[must_use]
    pub fn admits(&self, value: Number) -> bool {
        self.admits_at(value.cmp(&self.limit.number))
    }

    /// Says whether a value that compares so with the limit is inside.
    #[must_use]
    pub const fn admits_at(&self, value: Ordering) -> bool {
        match self.side {
            _ if value.is_eq() => self.inclusive,
            Side::Below => value.is_lt(),
            Side::Above => value.is_gt(),
        }
    }
}

impl Hold {
    /// Returns the goal to stay within one bound.
    #[must_use]
    pub const fn within(bound: Bound, judge: Judge) -> Self {
        Self { bound, upper: None, judge }
    }

    /// Returns its bounds, the lower one first.
    pub fn bounds(&self) -> impl Iterator<Item = &Bound> {
        std::iter::once(&self.bound).chain(&self.upper)
    }

    /// Returns the side on which to stay; nothing where there are bounds on both.
    #[must_use]
    pub const fn side(&self) -> Option<Side> {
        if self.upper.is_some() { None } else { Some(self.bound.side) }
    }
}

impl Move {
    /// Returns which way is better: the way from `from` to `to`.
    #[must_use]
    pub fn better(&self) -> Better {
        match self.to.number_in(&self.from.unit) {
            Some(to) if to < self.from.number => Better::Lower,
            _ => Better::Higher,
        }
    }
}

impl Goal {
    /// Returns which way is better, where the goal itself says it.
    #[must_use]
    pub fn better(&self) -> Option<Better> {
        match self {
            Self::Move(goal) => Some(goal.better()),
            Self::Target(goal) => goal.better,
            Self::Gain(goal) => Some(if goal.by.number.is_negative() { Better::Lower } else { Better::Higher }),
            Self::Hold(goal) => goal.side().map(|side| match side {
                Side::Below => Better::Lower,
                Side::Above => Better::Higher,
            }),
            Self::Milestone(_) | Self::Baseline(_) => None,
        }
    }

    /// Returns a quantity in whose unit the goal counts, where it counts anything.
    #[must_use]
    pub const fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Move(goal) => Some(&goal.from),
            Self::Target(goal) => Some(&goal.to),
            Self::Gain(goal) => Some(&goal.by),
            Self::Hold(goal) => Some(&goal.bound.limit),
            Self::Milestone(_) | Self::Baseline(_) => None,
        }
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> GoalKind {
        match self {
            Self::Move(_) => GoalKind::Move,
            Self::Target(_) => GoalKind::Target,
            Self::Gain(_) => GoalKind::Gain,
            Self::Hold(_) => GoalKind::Hold,
            Self::Milestone(_) => GoalKind::Milestone,
            Self::Baseline(_) => GoalKind::Baseline,
        }
    }
}
