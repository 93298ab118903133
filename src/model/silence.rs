//! What the silence of a list of events means: that nothing happened, or that nobody knows.
//!
//! In: the days on which an export spoke, and up to when the book says that it is complete. Out: up to which day it can be
//! believed. A list that fell silent for no longer than it did before is complete; one that is silent for longer isn't,
//! until the book says so.

use super::calendar::{Day, Window};

/// Lists that speak at least so often are read by the days that they cover, not by their gaps.
const OFTEN: i32 = 7;

/// When exports spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The day up to which they speak, by their last row of any kind or as the book says it.
    pub heartbeat: Option<Day>,
    /// Whether the book says up to when they speak: then no silence behind that is explained by earlier ones.
    pub is_stated: bool,
    /// The most days between two days with rows; nothing where rows are no events.
    pub longest_gap: Option<i32>,
    /// Whether each row is an event, so that a long silence must be explained.
    pub counts_rows: bool,
    /// The day up to which rows count.
    pub as_of: Day,
    /// The first days of exports that hold just as many rows as a tool exports at most.
    pub cuts: Vec<Day>,
    /// From which day on the book says that exports are complete.
    pub complete_from: Option<Day>,
}

impl Silence {
    /// Returns what is known where a heartbeat says all.
    #[must_use]
    pub const fn of_heartbeat(heartbeat: Option<Day>, as_of: Day) -> Self {
        Self {
            heartbeat,
            is_stated: false,
            longest_gap: None,
            counts_rows: false,
            as_of,
            cuts: Vec::new(),
            complete_from: None,
        }
    }

    /// Returns up to which day, at most `day`, the exports can be believed.
    #[must_use]
    pub fn speaks_until(&self, day: Day) -> Option<Day> {
        let heartbeat = self.heartbeat?;
        let is_closed = day < self.as_of;
        let is_usual = |gap: i32| day.since(heartbeat) <= gap && (gap > OFTEN || is_closed);
        let goes_on = !self.is_stated && day <= self.as_of && self.longest_gap.is_some_and(is_usual);
        Some(if day <= heartbeat || goes_on { day } else { heartbeat })
    }

    /// Says whether the book states that the exports are complete up to a day.
    #[must_use]
    pub fn is_stated_through(&self, day: Day) -> bool {
        self.is_stated && self.heartbeat.is_some_and(|heartbeat| heartbeat >= day)
    }

    /// Returns the day since which a list of events is silent for longer before `day` than ever, and than `patience`.
    #[must_use]
    pub fn since(&self, day: Day, patience: i32) -> Option<Day> {
        let (heartbeat, gap) = (self.heartbeat?, self.longest_gap?);
        let is_list = self.counts_rows || gap > OFTEN;
        (is_list && day.since(heartbeat) > gap.max(patience)).then_some(heartbeat)
    }

    /// Returns the first day of an export that was cut off within a window, as its round number of rows tells.
    #[must_use]
    pub fn cut_in(&self, window: Window) -> Option<Day> {
        if self.complete_from.is_some_and(|from| from <= window.start) {
            return None;
        }
        self.cuts.iter().copied().filter(|&first| window.start < first && first < window.end).min()
    }
}

/// Returns the most days between two of the days, which may come in any order; 0 where there are fewer than two.
#[must_use]
pub fn longest_gap(mut days: Vec<i32>) -> i32 {
    days.sort_unstable();
    days.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn a_silence_is_believed_as_long_as_it_is_usual() {
        let silence = |gap: i32, heartbeat: &str| Silence {
            longest_gap: Some(gap),
            counts_rows: true,
            ..Silence::of_heartbeat(Some(day(heartbeat)), day("2026-10-02"))
        };
        for (gap, heartbeat, asked, until, since) in [
            (61, "2026-09-20", "2026-09-30", "2026-09-30", false),
            (17, "2026-07-21", "2026-09-30", "2026-07-21", true),
            // Rows of nearly every day: two days at the end are like any two days, an hour ago is not known.
            (3, "2026-09-28", "2026-09-30", "2026-09-30", false),
            (3, "2026-10-01", "2026-10-02", "2026-10-01", false),
            (3, "2026-09-25", "2026-09-30", "2026-09-25", false),
            (3, "2026-09-10", "2026-09-30", "2026-09-10", true),
        ] {
            let silence = silence(gap, heartbeat);
            assert_eq!(silence.speaks_until(day(asked)), Some(day(until)), "{gap} {heartbeat}");
            assert_eq!(silence.since(day(asked), 7).is_some(), since, "{gap} {heartbeat}");
        }
        let stated = Silence { is_stated: true, ..silence(61, "2026-08-31") };
        assert_eq!(stated.speaks_until(day("2026-09-30")), Some(day("2026-08-31")), "the book says up to when");
        let gauge = Silence::of_heartbeat(Some(day("2026-07-21")), day("2026-10-02"));
        assert_eq!(gauge.speaks_until(day("2026-09-30")), Some(day("2026-07-21")));
        assert_eq!(gauge.since(day("2026-09-30"), 7), None);
    }

    #[test]
    fn an_export_that_begins_within_the_window_may_be_cut() {
        let quarter = Window { start: day("2026-07-01"), end: day("2026-10-01") };
        let cut = |first: &str, from: Option<&str>| {
            let silence = Silence {
                cuts: vec![day(first)],
                complete_from: from.map(day),
                ..Silence::of_heartbeat(None, day("2026-10-02"))
            };
            silence.cut_in(quarter)
        };
        assert_eq!(cut("2026-08-02", None), Some(day("2026-08-02")));
        assert_eq!(cut("2026-07-01", None), None);
        assert_eq!(cut("2026-08-02", Some("2026-07-01")), None);
        assert_eq!(cut("2026-08-02", Some("2026-07-02")), Some(day("2026-08-02")));
        assert_eq!(longest_gap(vec![3, 1, 9, 4]), 5);
    }
}
