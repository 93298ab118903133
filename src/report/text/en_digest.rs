//! What a digest says, in English.
//!
//! In: days, names, counts. Out: headings and phrases. Findings bring their own words.

use super::Phrases;
use crate::model::calendar::Day;

impl Phrases {
    /// Returns whose book a digest is of, and of which day.
    #[must_use]
    pub fn digest_of(self, organisation: &str, as_of: Day) -> String {
        format!("{organisation} as of {}", self.format.day(as_of))
    }

    /// Says that there is nothing to know, in one line.
    #[must_use]
    pub fn digest_of_nothing(self, since: Day) -> String {
        format!("Nothing changed since {}, nothing waits, nothing is to decide.", self.format.day(since))
    }

    /// Returns the heading over what is otherwise than it was.
    #[must_use]
    pub fn digest_changed(self, since: Day) -> String {
        format!("Changed since {}", self.format.day(since))
    }

    /// Returns the heading over data that ends too early.
    #[must_use]
    pub const fn digest_stale(self) -> &'static str {
        "Stale or missing data"
    }

    /// Returns the heading over what reviews leave open.
    #[must_use]
    pub const fn digest_unanswered(self) -> &'static str {
        "Unanswered"
    }

    /// Returns the heading over what somebody has to decide about.
    #[must_use]
    pub const fn digest_to_decide(self) -> &'static str {
        "To decide"
    }

    /// Says how many things a part leaves out; nothing where it leaves out none.
    #[must_use]
    pub fn digest_rest(self, count: usize) -> String {
        match count {
            0 => String::new(),
            count => format!("{} more stand on the site.", self.format.count(count as u64)),
        }
    }

    /// Returns what something was and what it is.
    #[must_use]
    pub fn from_to(self, was: &str, is: &str) -> String {
        format!("{was} → {is}")
    }

    /// Returns whose something is: people with their team, else the team.
    #[must_use]
    pub fn whose(self, people: &[String], team: &str) -> String {
        let people = people.join(", ");
        match people.as_str() {
            "" => team.to_owned(),
            people if people == team => team.to_owned(),
            people => format!("{people} ({team})"),
        }
    }
}
