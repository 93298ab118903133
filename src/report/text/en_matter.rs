//! Whether key results mattered to their outcome, in English.
//!
//! In: an outcome's way over a cycle. Out: sentences. They say what moved and what did not, never why.

use super::Phrases;
use crate::chart::figure::Lever;
use crate::model::calendar::Day;
use crate::model::metric::Metric;
use crate::model::movement::MovementVerdict;
use crate::model::quantity::Unit;
use crate::report::matter::{Told, Went};

impl Phrases {
    /// Returns the heading of the key results in it.
    #[must_use]
    pub const fn ways_heading(self) -> &'static str {
        "Key results, from start to goal"
    }

    /// Returns what stands beside the band in which the outcome usually ends.
    #[must_use]
    pub const fn usual_range(self) -> &'static str {
        "usual range"
    }

    /// Says what became of an outcome.
    #[must_use]
    pub fn went(self, went: &Went) -> String {
        let Went { title, from, to, is_open, told } = went;
        let so_far = if *is_open { " so far" } else { "" };
        let stands = if from == to {
            format!("{title} stayed at {to}{so_far}")
        } else {
            format!("{title} went from {from} to {to}{so_far}")
        };
        match told {
            Told::Verdict(MovementVerdict::Moved) => {
                format!("{title} moved{so_far}, from {from} to {to}: by more than it usually changes.")
            }
            Told::Verdict(MovementVerdict::Usual) => format!("{stands}, within its usual range: no movement is shown."),
            Told::Verdict(MovementVerdict::Back) => {
                format!("{title} moved the other way{so_far}, from {from} to {to}, by more than it usually changes.")
            }
            Told::Verdict(MovementVerdict::Unknown) => {
                format!("{stands}; there is too little data to say whether that is usual.")
            }
            Told::Early => format!("{title} is at {to}; it is too early to tell whether it moves."),
            Told::Awaited(day) => {
                format!("{title} is at {to}; the effect is awaited until {}.", self.format.day(day.plus(-1)))
            }
            Told::NoWay => format!("{stands}; which way is good is not stated."),
            Told::NoStart => {
                format!("{title} is at {to}; there is no value before the {} to compare it with.", self.format.cycle())
            }
        }
    }

    /// Says how many pictures stand elsewhere; nothing where none do.
    #[must_use]
    pub fn matters_left_out(self, left: usize) -> String {
        match left {
            0 => String::new(),
            1 => "The picture of 1 more objective stands on its team’s page.".to_owned(),
            left => format!("The pictures of {left} more objectives stand on their teams’ pages."),
        }
    }

    /// Says what is drawn: the outcome with its unit, and what each of its points stands for.
    #[must_use]
    pub fn matter_measure(self, title: &str, unit: &Unit, metric: &Metric, days: Option<i32>) -> String {
        let each = match days {
            None => String::new(),
            Some(days) if metric.aggregate.adds_up(metric.window_days) => {
                format!("; each point at the rate of the {} up to it", self.format.days(days))
            }
            Some(days) => format!("; each point over the {} up to it", self.format.days(days)),
        };
        format!("Above, how far each key result came; below, {title}{}{each}", self.in_unit(unit))
    }

    /// Says what is drawn of an outcome over all cycles.
    #[must_use]
    pub fn timeline_measure(self, title: &str, unit: &Unit, metric: &Metric, days: Option<i32>) -> String {
        let measure = self.matter_measure(title, unit, metric, days);
        format!("{measure}; in grey, between which values it would usually end")
    }

    /// Returns an outcome over all cycles in words, for those who don't see it.
    #[must_use]
    pub fn timeline_described(self, title: &str, levers: usize, from: (Day, &str), to: (Day, &str)) -> String {
        let ways = if levers == 1 {
            "the way of 1 key result".to_owned()
        } else {
            format!("the ways of {levers} key results")
        };
        format!(
            "Two line charts on one time axis. Above, {ways} that were to move it. Below: {title} from {} on {} to {} on {}.",
            from.1,
            self.format.day(from.0),
            to.1,
            self.format.day(to.0)
        )
    }

    /// Returns the picture in words, for those who don't see it.
    #[must_use]
    pub fn matter_described(self, key: &str, levers: &[Lever], went: &Went, usual: Option<(String, String)>) -> String {
        let share = |lever: &Lever| {
            let last = lever.points.last().map_or(0.0, |&(_, way)| way);
            format!("{} at {:.0} %", lever.label, (last * 100.0).floor())
        };
        let shares = levers.iter().map(share).collect::<Vec<_>>().join(", ");
        let usual = usual.map(|(low, high)| format!(" Its usual range is {low} to {high}.")).unwrap_or_default();
        format!(
            "Two line charts on one time axis. Above, key results on their way: {key}; last {shares}. Below: {}{usual}",
            self.went(went)
        )
    }
}
