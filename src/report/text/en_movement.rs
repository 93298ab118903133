//! Whether metrics moved, in English.
//!
//! In: verdicts with what they were told by. Out: sentences. They claim movement, never cause, and where none is shown they
//! say so and no more.

use super::Phrases;
use crate::model::movement::{Basis, Counts, Movement, MovementVerdict, Windows};
use crate::model::quantity::Number;

impl Phrases {
    /// Returns whether a metric moved, and by what that was told.
    #[must_use]
    pub fn movement(self, movement: &Movement) -> String {
        let verdict = match movement.verdict {
            MovementVerdict::Moved => "Moved.",
            MovementVerdict::Usual => "Not shown, within its usual range.",
            MovementVerdict::Back => "Moved the other way.",
            MovementVerdict::Unknown => "Can’t tell.",
        };
        let cycle = self.format.cycle();
        let basis = match &movement.basis {
            Basis::Windows(windows) => self.windows(windows),
            Basis::Weeks(weeks) => format!(
                "The change was held against how much the {} weeks of the {cycle} and the {} before it vary.",
                weeks.within, weeks.before
            ),
            Basis::Counts(counts) => self.counts(counts, movement.verdict),
            Basis::Changes(changes) => format!(
                "The change was held against those between {} earlier {}.",
                changes.windows,
                if changes.months { "months" } else { "periods of the same length" }
            ),
            Basis::TooFew(weeks) => format!(
                "There are {} weeks with data before the {cycle} and {} in it; without a year of history it takes 12 on \
                 each side.",
                weeks.before, weeks.within
            ),
        };
        format!("{verdict} {basis}")
    }

    fn windows(self, known: &Windows) -> String {
        let season = if known.seasonal { ", each less the same days a year before" } else { "" };
        let ways = if known.either_way { " one way or the other" } else { "" };
        let (windows, days) = (self.format.count(known.windows.into()), self.format.days(known.days));
        let as_large = match known.as_large {
            0 => format!("none moved as much{ways}"),
            count => format!("{} moved as much{ways} ({})", self.format.count(count.into()), percent(known)),
        };
        format!("Of {windows} earlier windows of {days}{season}, {as_large}.")
    }

    fn counts(self, counts: &Counts, verdict: MovementVerdict) -> String {
        let told = if verdict == MovementVerdict::Usual { "not told from luck" } else { "told from luck" };
        let hundredth = Number::new(1, 2).unwrap_or_default();
        let chance = if counts.chance < hundredth {
            "p < 0.01".to_owned()
        } else {
            format!("p = {}", self.format.number(counts.chance.round_to(2)))
        };
        format!(
            "{} in {} before, {} in {} of the {}: {told} ({chance}).",
            self.format.count(counts.before),
            self.format.days(counts.days_before),
            self.format.count(counts.within),
            self.format.days(counts.days_within),
            self.format.cycle()
        )
    }
}

/// Returns a share as a whole percentage; one that would round to 0 is less than 1.
fn percent(known: &Windows) -> String {
    let percent = known.share().and_then(|share| share.times(Number::whole(100))).unwrap_or_default();
    match percent.round_to(0).normal() {
        rounded if rounded.is_zero() => "less than 1 %".to_owned(),
        rounded => format!("{rounded} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::movement::{Changes, Weeks};
    use crate::report::format::Format;
    use crate::report::text::Language;

    fn said(verdict: MovementVerdict, basis: Basis) -> String {
        Phrases::new(Format::new(Language::English)).movement(&Movement { verdict, basis })
    }

    #[test]
    fn each_verdict_says_what_it_was_told_by() {
        let windows = Windows { days: 91, windows: 247, as_large: 31, either_way: false, seasonal: false };
        let weeks = Weeks { before: 9, within: 13 };
        let counts = |within, chance: &str| {
            let chance = Number::parse(chance).expect("a number");
            Basis::Counts(Counts { before: 8, days_before: 90, within, days_within: 91, chance })
        };
        for (verdict, basis, text) in [
            (
                MovementVerdict::Usual,
                Basis::Windows(windows),
                "Not shown, within its usual range. Of 247 earlier windows of 91 days, 31 moved as much (13 %).",
            ),
            (
                MovementVerdict::Moved,
                Basis::Windows(Windows { windows: 1000, as_large: 1, seasonal: true, ..windows }),
                "Moved. Of 1,000 earlier windows of 91 days, each less the same days a year before, 1 moved as much (less than 1 %).",
            ),
            (
                MovementVerdict::Back,
                Basis::Windows(Windows { as_large: 0, either_way: true, ..windows }),
                "Moved the other way. Of 247 earlier windows of 91 days, none moved as much one way or the other.",
            ),
            (
                MovementVerdict::Moved,
                Basis::Weeks(weeks),
                "Moved. The change was held against how much the 13 weeks of the quarter and the 9 before it vary.",
            ),
            (
                MovementVerdict::Usual,
                counts(2, "0.1094"),
                "Not shown, within its usual range. 8 in 90 days before, 2 in 91 days of the quarter: not told from luck (p = 0.11).",
            ),
            (
                MovementVerdict::Moved,
                counts(0, "0.0078"),
                "Moved. 8 in 90 days before, 0 in 91 days of the quarter: told from luck (p < 0.01).",
            ),
            (
                MovementVerdict::Usual,
                Basis::Changes(Changes { windows: 6, months: true }),
                "Not shown, within its usual range. The change was held against those between 6 earlier months.",
            ),
            (
                MovementVerdict::Unknown,
                Basis::TooFew(weeks),
                "Can’t tell. There are 9 weeks with data before the quarter and 13 in it; without a year of history it takes 12 \
                 on each side.",
            ),
        ] {
            assert_eq!(said(verdict, basis).replace('\u{a0}', " "), text);
        }
    }
}
