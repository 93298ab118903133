//! Cycles' lengths and names.

use std::cmp::Ordering;
use std::fmt;

use super::slug::Slug;
use super::words::words;

/// How long a cycle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CycleKind {
    /// A fiscal year: `2026`.
    Year,
    /// Six months: `2026-H1`.
    Half,
    /// Four months: `2026-T2`.
    Third,
    /// Three months: `2026-Q3`.
    Quarter,
    /// A calendar month: `2026-07`.
    Month,
    /// As long as the book says of each, which has a name of its own: `2026-spring`, `v4`.
    Named,
}

words!(CycleKind {
    Year => "year",
    Half => "half",
    Third => "third",
    Quarter => "quarter",
    Month => "month",
    Named => "none",
});

impl CycleKind {
    /// Returns how many months it has; nothing where the book says it of each.
    #[must_use]
    pub const fn months(self) -> Option<u8> {
        match self {
            Self::Year => Some(12),
            Self::Half => Some(6),
            Self::Third => Some(4),
            Self::Quarter => Some(3),
            Self::Month => Some(1),
            Self::Named => None,
        }
    }

    /// Returns what people call one of them, in English.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Half => "half-year",
            Self::Third => "third of the year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Named => "cycle",
        }
    }

    /// Returns how many days after the beginning of one of `days` days it is late to commit to goals: a quarter's three
    /// weeks, else a fourth of it.
    #[must_use]
    pub const fn late_after(self, days: i32) -> i32 {
        match self {
            Self::Year => 91,
            Self::Half => 45,
            Self::Third => 30,
            Self::Quarter => 21,
            Self::Month => 7,
            Self::Named => days / 4,
        }
    }

    /// Returns how many of them a year has; 0 where the book names each.
    #[must_use]
    pub const fn per_year(self) -> u8 {
        match self.months() {
            Some(months) => 12 / months,
            None => 0,
        }
    }

    /// Returns the letter before its number; none before a month's, which has two digits, and a year's, which has none.
    const fn letter(self) -> Option<char> {
        match self {
            Self::Year | Self::Month | Self::Named => None,
            Self::Half => Some('H'),
            Self::Third => Some('T'),
            Self::Quarter => Some('Q'),
        }
    }
}

/// Names that the site's folders and the files in `data/` have, so that no cycle has them.
pub const RESERVED_CYCLES: [&str; 17] = [
    "archive",
    "assets",
    "book",
    "catalogue",
    "checkins",
    "checks",
    "data",
    "index",
    "inputs",
    "log",
    "metrics",
    "outcomes",
    "pages",
    "people",
    "sealed",
    "search",
    "teams",
];

/// How cycles are named, after "name it".
pub const NAMES: &str = "by year and quarter, Q1 to Q4: `2026-Q3`; or as a half-year, a third, a month or a year: `2026-H1`, `2026-T2`, \
                         `2026-07`, `2026`";

/// The longest name of a cycle, in characters.
pub const LONGEST_CYCLE: usize = 24;

/// The name that a book gives a cycle: as a [`Slug`], of at most 24 characters, and nobody else's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CycleName {
    /// Its characters, and zeros behind them.
    ascii: [u8; LONGEST_CYCLE],
}

impl CycleName {
    /// Returns the name that `text` is.
    fn new(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        if text.len() > LONGEST_CYCLE || Slug::new(text).is_none() || RESERVED_CYCLES.contains(&lower.as_str()) {
            return None;
        }
        let mut ascii = [0; LONGEST_CYCLE];
        ascii[..text.len()].copy_from_slice(text.as_bytes());
        Some(Self { ascii })
    }

    /// Returns its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = std::str::from_utf8(&self.ascii).unwrap_or_default();
        text.trim_end_matches('\0')
    }
}

impl fmt::Debug for CycleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// A cycle's name: `2026-Q3`, `2026-H1`, `2026-T2`, `2026-07`, `2026`, or the book's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CycleId {
    /// A part of a year, or the whole of one.
    OfYear {
        /// The fiscal year; of a month the calendar's.
        year: i16,
        /// How long it is; never [`CycleKind::Named`].
        kind: CycleKind,
        /// Which one of the year it is, from 1.
        number: u8,
    },
    /// One that the book names.
    Named(CycleName),
}

impl CycleId {
    /// Returns the name of a quarter, 1 to 4.
    #[must_use]
    pub const fn quarter(year: i16, number: u8) -> Self {
        Self::OfYear { year, kind: CycleKind::Quarter, number }
    }

    /// Returns the cycle that a name is: `2026-Q3` (a small `q` will do), `2026-H1`, `2026-T2`, `2026-07`, `2026`, or any name
    /// that a book may give one, whether or not it does.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::of_year(text).or_else(|| CycleName::new(text).map(Self::Named))
    }

    /// Returns the cycle whose name says its days.
    #[must_use]
    pub fn of_year(text: &str) -> Option<Self> {
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year = year.parse().ok()?;
        let Some(part) = part else { return Some(Self::OfYear { year, kind: CycleKind::Year, number: 1 }) };
        let lettered = |kind: CycleKind| {
            let number = part.strip_prefix(|c: char| Some(c.to_ascii_uppercase()) == kind.letter())?;
            (number.len() == 1).then_some((kind, number))
        };
        let (kind, number) = [CycleKind::Quarter, CycleKind::Half, CycleKind::Third]
            .into_iter()
            .find_map(lettered)
            .or_else(|| (part.len() == 2).then_some((CycleKind::Month, part)))?;
        let is_plain = number.bytes().all(|b| b.is_ascii_digit());
        let number = number.parse().ok().filter(|n| is_plain && (1..=kind.per_year()).contains(n))?;
        Some(Self::OfYear { year, kind, number })
    }

    /// Returns how long it is.
    #[must_use]
    pub const fn kind(self) -> CycleKind {
        match self {
            Self::OfYear { kind, .. } => kind,
            Self::Named(_) => CycleKind::Named,
        }
    }

    /// Returns the cycle of the same length that follows; nothing after one that the book names.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::OfYear { year, kind, number } if number == kind.per_year() => {
                Some(Self::OfYear { year: year + 1, kind, number: 1 })
            }
            Self::OfYear { year, kind, number } => Some(Self::OfYear { year, kind, number: number + 1 }),
            Self::Named(_) => None,
        }
    }

    /// Returns the year and the first month of it that it holds, from 0, and the months behind it, fewer before more; names
    /// behind all years, by the alphabet.
    fn place(&self) -> (i16, u8, u8, &str) {
        match self {
            Self::OfYear { year, kind, number } => {
                let months = kind.months().unwrap_or_default();
                (*year, (number - 1) * months, 12 - months, "")
            }
            Self::Named(name) => (i16::MAX, 0, 0, name.as_str()),
        }
    }
}

/// By their beginning in a year, and of those that begin together the longer before the shorter; then those with names. Only
/// a calendar knows which of two begins first: [`super::calendar::Quarter`].
impl Ord for CycleId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for CycleId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for CycleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, kind, number) = match self {
            Self::OfYear { year, kind, number } => (*year, *kind, *number),
            Self::Named(name) => return f.write_str(name.as_str()),
        };
        if let (Ok(year @ 0..=9_999), CycleKind::Quarter) = (u16::try_from(year), kind) {
            // Quarters are written most often by far.
            let digit = |unit: u16| b'0' + (year / unit % 10) as u8;
            let ascii = [digit(1_000), digit(100), digit(10), digit(1), b'-', b'Q', b'0' + number];
            return f.write_str(std::str::from_utf8(&ascii).unwrap_or_default());
        }
        match (kind, kind.letter()) {
            (CycleKind::Year, _) => write!(f, "{year:04}"),
            (_, Some(letter)) => write!(f, "{year:04}-{letter}{number}"),
            (_, None) => write!(f, "{year:04}-{number:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_are_read_and_stand_in_the_order_of_their_beginnings() {
        let sorted = [
            "2025-12", "2026", "2026-H1", "2026-T1", "2026-Q1", "2026-01", "2026-02", "2026-Q2", "2026-T2", "2026-H2",
            "2026-Q3", "2026-T3", "2026-Q4", "2026-12", "2027-Q1",
        ];
        let cycles = sorted.map(|name| CycleId::parse(name).expect(name));
        assert_eq!(cycles.map(|cycle| cycle.to_string()), sorted);
        assert!(cycles.windows(2).all(|pair| pair[0] < pair[1]), "{cycles:?}");
        assert_eq!(CycleId::parse("2026-h1"), CycleId::parse("2026-H1"));
        for bad in [
            "2026Q4", "2026-Q5", "2026-Q0", "26-Q1", "2026-4", "+026-Q1", "2026-Q", "2026-Q11", "2026-H3", "2026-T4",
            "2026-13", "2026-00", "2026-+1", "2026-", "202", "20260",
        ] {
            assert!(CycleId::of_year(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_book_may_name_cycles_as_it_names_teams_but_not_as_the_site_names_folders() {
        for good in ["2026-spring", "v4", "PI_12", "2026Q4", "a-name-of-24-characters_"] {
            let cycle = CycleId::parse(good).expect(good);
            assert_eq!((cycle.to_string().as_str(), cycle.kind(), cycle.next()), (good, CycleKind::Named, None));
        }
        for bad in ["teams", "Data", "book", "a-name-of-25-characters__", "v4.2", "v 4", ""] {
            assert_eq!(CycleId::parse(bad), None, "{bad}");
        }
        assert!(CycleId::parse("2026-Q4") < CycleId::parse("a"));
    }
}
