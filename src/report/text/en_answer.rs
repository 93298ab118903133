//! How a cycle went or goes, in English.
//!
//! In: counts and what is lost. Out: a verdict, and the headings of what a reader should know first.

use super::Phrases;
use crate::model::scorecard::QuarterState;

/// Numbers that are written as words where they begin a sentence.
const SPELLED: [&str; 13] =
    ["None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];

impl Phrases {
    /// Returns how a cycle goes or went: how many of all key results are on course or reached, what can't be reached any more,
    /// how many guardrails broke and how many numbers are to be read with care.
    #[must_use]
    pub fn verdict(
        self,
        state: QuarterState,
        (good, all): (usize, usize),
        lost: &[String],
        (broken, doubts): (usize, usize),
    ) -> String {
        if all == 0 {
            return "No key results yet.".to_owned();
        }
        let is_over = matches!(state, QuarterState::Over | QuarterState::Sealed);
        let of = match state {
            QuarterState::Upcoming => {
                let results = if all == 1 { "key result" } else { "key results" };
                return format!("{} {results} planned; the {} has not begun.", spelled(all), self.format.cycle());
            }
            QuarterState::Open => format!("{} of {all} on course", spelled(good)),
            QuarterState::Over | QuarterState::Sealed => format!("{} of {all} reached 0.7 or more", spelled(good)),
        };
        let more = match (lost, broken, doubts) {
            (_, _, 1) if is_over => "; one number is to be read with care".to_owned(),
            (_, _, 2..) if is_over => format!("; {doubts} numbers are to be read with care"),
            ([], 0, _) => String::new(),
            ([only], ..) => format!("; lost already: {only}"),
            ([one, other], ..) => format!("; lost already: {one} and {other}"),
            ([_, ..], ..) => format!("; {} are lost already", lost.len()),
            ([], 1, _) => "; a guardrail is broken".to_owned(),
            ([], ..) => format!("; the guardrails of {broken} are broken"),
        };
        format!("{of}{more}.")
    }

    /// Returns the headings of what a reader should know first, each with what is said where there is nothing: what goes well,
    /// what needs somebody, what not to believe.
    #[must_use]
    pub const fn answers(self, is_over: bool) -> [(&'static str, &'static str); 3] {
        if is_over {
            [
                ("What went well", "Nothing reached 0.7 that can be believed as it stands."),
                ("What fell short", "Nothing."),
                ("What not to believe", "No number looks better than what it stands for, as far as rules can tell."),
            ]
        } else {
            [
                ("Going well", "Nothing is on course yet."),
                ("Needs you", "Nothing."),
                ("Don’t believe yet", "No number looks better than what it stands for, as far as rules can tell."),
            ]
        }
    }

    /// Says how many more there are; nothing where there are none.
    #[must_use]
    pub fn and_more(self, count: usize) -> String {
        if count == 0 { String::new() } else { format!("and {} more", self.format.count(count as u64)) }
    }

    /// Says that a guardrail broke, before where its key result stands.
    #[must_use]
    pub fn guardrail_broke(self, stands: &str) -> String {
        format!("guardrail broken; {stands}")
    }

    /// Says that nothing was measured over a whole cycle.
    #[must_use]
    pub const fn never_measured(self) -> &'static str {
        "Nothing was measured, which counts as 0."
    }
}

fn spelled(count: usize) -> String {
    SPELLED.get(count).map_or_else(|| count.to_string(), |&word| word.to_owned())
}
