//! Check points of a milestone.

use super::calendar::Day;

/// A check point on the way to a thing that is done or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is then so: "contract signed".
    pub name: String,
    /// The day on which it was so; nothing where it isn't yet.
    pub done: Option<Day>,
}

impl Step {
    /// Returns the day on which it was passed, as is known on a day.
    #[must_use]
    pub fn passed(&self, as_of: Day) -> Option<Day> {
        self.done.filter(|done| *done <= as_of)
    }
}
