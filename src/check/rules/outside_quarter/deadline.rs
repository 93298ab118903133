//! The deadline that a sentence names: "by the end of 2027", "before 14 March".
//!
//! In: a sentence and its quarter. Out: the last day that the deadline allows. Only what stands behind "by", "before"
//! or "until" is a deadline; a month without a year is the one nearest to the quarter.

use std::ops::Range;

use crate::model::calendar::{Day, MONTHS, Quarter};
use crate::model::ids::CycleId;
use crate::words::{Class, Text};

/// A deadline in a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Deadline {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// The last day that it allows.
    pub(super) last: Day,
}

struct Scan<'a> {
    text: Text<'a>,
    quarter: Quarter,
}

/// Returns the first deadline of a sentence.
pub(super) fn find(text: &str, quarter: Quarter) -> Option<Deadline> {
    // Most sentences name none, and need not be split.
    let has_link = ["by ", "before ", "until ", "By ", "Before ", "Until "].iter().any(|link| text.contains(link));
    if !has_link {
        return None;
    }
    let scan = Scan { text: Text::new(text), quarter };
    (0..scan.text.len())
        .filter(|&at| scan.text.is(at, &["by", "before", "until", "till"]))
        .find_map(|at| scan.behind(at))
}

impl Scan<'_> {
    fn number(&self, at: usize) -> Option<i16> {
        if self.text.is_number(at) { self.text.word(at).parse().ok() } else { None }
    }

    fn year(&self, at: usize) -> Option<i16> {
        self.number(at).filter(|year| (2000..2100).contains(year) && self.text.word(at).len() == 4)
    }

    fn month(&self, at: usize) -> Option<u8> {
        let word = self.text.word(at).to_ascii_lowercase();
        let place = MONTHS.iter().position(|month| word.starts_with(&month[..3]))?;
        let is_month = word.len() == 3 || word == MONTHS[place] || word == "sept";
        // "may" is a verb more often than a month.
        (is_month && (word != "may" || self.text.word(at) == "May")).then(|| u8::try_from(place + 1).unwrap_or(1))
    }

    /// Reads the date behind the word at `link`.
    fn behind(&self, link: usize) -> Option<Deadline> {
        let mut at = link + 1;
        let is_end = |at: usize| self.text.has(at, Class::BEFORE_DATE);
        while at < link + 5 && is_end(at) {
            at += 1;
        }
        let (last, end) = self.date(at)?;
        Some(Deadline { range: self.text.bytes(link..end), last })
    }

    /// Returns the last day of the date at a place, and the first word behind it.
    fn date(&self, at: usize) -> Option<(Day, usize)> {
        let text = &self.text;
        if text.is(at, &["year"]) || text.is(at, &["year-end"]) {
            let end = at + 1 + usize::from(text.is(at + 1, &["end"]));
            return Some((self.year_end(), end));
        }
        if let Some(day) = self.iso(at) {
            return Some(day);
        }
        let goes_on = text.is_glued(at + 1) && text.is_sign(at + 1, &['-', '/']);
        if let Some(year) = self.year(at).filter(|_| !goes_on && self.month(at + 1).is_none()) {
            return Some((Day::new(year, 12, 31)?, at + 1));
        }
        if let Some(number) = quarter_number(text.word(at)) {
            let year = self.year(at + 1)?;
            return Some((Day::new(year, number * 3, 1)?.month_start(1).plus(-1), at + 2));
        }
        let (day, month, at) = match (self.number(at), self.month(at)) {
            (Some(day), _) if (1..=31).contains(&day) => {
                let at = at + 1 + usize::from(text.is(at + 1, &["st", "nd", "rd", "th"]));
                let at = at + usize::from(text.is(at, &["of"]));
                (Some(day), self.month(at)?, at + 1)
            }
            (None, Some(month)) => {
                let day = self.number(at + 1).filter(|day| (1..=31).contains(day));
                (day, month, at + 1 + usize::from(day.is_some()))
            }
            _ => return None,
        };
        let at = at + usize::from(day.is_some() && text.is(at, &["st", "nd", "rd", "th"]));
        let at = at + usize::from(text.is_sign(at, &[',']) && self.year(at + 1).is_some());
        let written = self.year(at);
        let year = written.unwrap_or_else(|| self.nearest(month));
        let end = at + usize::from(written.is_some());
        let first = Day::new(year, month, 1)?;
        let last = match day {
            Some(day) => first.plus(i32::from(day) - 1),
            None => first.month_start(1).plus(-1),
        };
        // "by October" may mean its beginning.
        let is_bare = day.is_none() && written.is_none() && first.since(self.quarter.window.end) == 0;
        Some((if is_bare { first } else { last }, end))
    }

    fn iso(&self, at: usize) -> Option<(Day, usize)> {
        let start = self.text.get(at)?.start;
        let day = Day::parse(self.text.text.get(start..start + 10)?)?;
        let behind = (at..self.text.len())
            .find(|&at| self.text.bytes(at..at + 1).start >= start + 10)
            .unwrap_or(self.text.len());
        Some((day, behind))
    }

    /// Returns the year in which a month is nearest to the quarter.
    fn nearest(&self, month: u8) -> i16 {
        let middle = self.quarter.window.start.plus(45);
        let (year, _, _) = middle.ymd();
        let distance = |year: &i16| Day::new(*year, month, 15).map_or(i32::MAX, |day| day.since(middle).abs());
        [year, year - 1, year + 1].into_iter().min_by_key(distance).unwrap_or(year)
    }

    /// Returns the last day of the quarter's fiscal year.
    fn year_end(&self) -> Day {
        let end = self.quarter.window.end;
        let left = match self.quarter.id {
            CycleId::OfYear { kind, number, .. } => {
                i32::from(kind.per_year() - number) * i32::from(kind.months().unwrap_or(1))
            }
            CycleId::Named(_) => 13 - i32::from(end.plus(-1).ymd().1),
        };
        let behind = if matches!(self.quarter.id, CycleId::Named(_)) { end.plus(-1) } else { end };
        behind.month_start(left).plus(-1)
    }
}

fn quarter_number(word: &str) -> Option<u8> {
    let digit = word.strip_prefix(['Q', 'q'])?;
    digit.parse().ok().filter(|number| (1..=4).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::Calendar;

    fn found(text: &str) -> Option<(String, String)> {
        let quarter = Calendar::default().quarter(CycleId::quarter(2026, 3)).expect("a quarter");
        let Deadline { range, last } = find(text, quarter)?;
        Some((text[range].to_owned(), last.to_string()))
    }

    #[test]
    fn deadlines_are_read_with_their_last_day() {
        for (text, words, last) in [
            ("Reduce churn to 2% by the end of 2027", "by the end of 2027", "2027-12-31"),
            ("Ship it by 31 March", "by 31 March", "2026-03-31"),
            ("Ship it by March 31st, 2027", "by March 31st, 2027", "2027-03-31"),
            ("Done before 14 Aug 2026", "before 14 Aug 2026", "2026-08-14"),
            ("Be there by October", "by October", "2026-10-01"),
            ("By end of Q1 2027 halve it", "By end of Q1 2027", "2027-03-31"),
            ("All moved by 2026-11-02 at night", "by 2026-11-02", "2026-11-02"),
            ("Halve it by year end", "by year end", "2026-12-31"),
            ("From 4 to 2 by the end of the year", "by the end of the year", "2026-12-31"),
            ("x by Sept", "by Sept", "2026-09-30"),
        ] {
            assert_eq!(found(text), Some((words.to_owned(), last.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_is_no_deadline_is_none() {
        for text in [
            "Reduce churn by 20%",
            "Reduce churn by 5 points compared with 2024",
            "From 8 in 2025 to 2 in 2026",
            "Cut waits by half",
            "Used by 3 teams",
            "by",
            "by the end of",
            "Grow by 2x by may",
            "by 99 March",
            "by 2026-99-99",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
