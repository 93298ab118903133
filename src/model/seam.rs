//! Seams: where one export of a metric ended and another one went on.
//!
//! In: the seams of a history. Out: what holds on which side of them.

use super::calendar::{Day, Window};
use super::grain::Grain;

/// Where another export went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seam {
    /// The last day of which the earlier one tells.
    pub until: Day,
    /// How long a period its rows speak of.
    pub grain: Grain,
}

/// Returns the days of the export that tells of a day.
#[must_use]
pub fn part_of(seams: &[Seam], day: Day) -> Window {
    let place = seams.partition_point(|seam| seam.until < day);
    let start = place.checked_sub(1).and_then(|before| seams.get(before)).map_or(Day::MIN, |seam| seam.until.plus(1));
    Window { start, end: seams.get(place).map_or(Day::MAX, |seam| seam.until.plus(1)) }
}

/// Returns how long a period the rows of a day speak of, where the day lies before a seam.
#[must_use]
pub fn grain_on(seams: &[Seam], day: Day) -> Option<Grain> {
    seams.get(seams.partition_point(|seam| seam.until < day)).map(|seam| seam.grain)
}
