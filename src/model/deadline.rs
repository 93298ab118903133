//! Deadlines that sentences name: "by 31 August".

use super::calendar::{Day, Window};

/// A day without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month; its last one where it has fewer.
    pub day: u8,
}

impl Deadline {
    /// Returns the day of a window that it names, where there is one.
    #[must_use]
    pub fn within(self, window: Window) -> Option<Day> {
        let (first, last) = (window.start.ymd().0, window.end.ymd().0);
        let day = |year| (self.day.saturating_sub(3)..=self.day).rev().find_map(|day| Day::new(year, self.month, day));
        (first..=last).filter_map(day).find(|day| window.contains(*day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_the_day_of_its_window() {
        let day = |text: &str| Day::parse(text).expect("a day");
        let winter = Window { start: day("2026-11-01"), end: day("2027-02-01") };
        for (month, on, expected) in
            [(12, 31, Some("2026-12-31")), (1, 15, Some("2027-01-15")), (2, 1, None), (11, 31, Some("2026-11-30"))]
        {
            assert_eq!(Deadline { month, day: on }.within(winter), expected.map(day));
        }
    }
}
