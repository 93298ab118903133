//! Names that stand in links for ever: slugs, quarters' ids, references to key results.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::words::words;

/// A name of letters, digits, `-` and `_` that begins with a letter or digit; at most 64 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

/// Team names that pages or files of the program already have.
pub const RESERVED_TEAMS: [&str; 4] = ["index", "packet", "retrospective", "lock"];

/// Metric names that pages of the program already have.
pub const RESERVED_METRICS: [&str; 1] = ["index"];

impl Slug {
    /// Returns the slug that `text` is, or nothing where it isn't one.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = !text.is_empty()
            && text.len() <= 64
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && text.as_bytes()[0].is_ascii_alphanumeric();
        fits.then(|| Self(text.into()))
    }

    /// Returns a slug made from any text: other characters become `-`. Empty where nothing is left.
    #[must_use]
    pub fn suggest(text: &str) -> String {
        let mut slug = String::new();
        for character in text.chars().flat_map(char::to_lowercase).take(64) {
            if character.is_ascii_alphanumeric() || character == '_' {
                slug.push(character);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.trim_end_matches('-').trim_start_matches(['-', '_']).to_owned()
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

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
}

words!(CycleKind {
    Year => "year",
    Half => "half",
    Third => "third",
    Quarter => "quarter",
    Month => "month",
});

impl CycleKind {
    /// Returns how many months it has.
    #[must_use]
    pub const fn months(self) -> u8 {
        match self {
            Self::Year => 12,
            Self::Half => 6,
            Self::Third => 4,
            Self::Quarter => 3,
            Self::Month => 1,
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
        }
    }

    /// Returns how many days after its beginning it is late to commit to goals: a quarter's three weeks, else a fourth of it.
    #[must_use]
    pub const fn late_after(self) -> i32 {
        match self {
            Self::Year => 91,
            Self::Half => 45,
            Self::Third => 30,
            Self::Quarter => 21,
            Self::Month => 7,
        }
    }

    /// Returns how many of them a year has.
    #[must_use]
    pub const fn per_year(self) -> u8 {
        12 / self.months()
    }

    /// Returns the letter before its number; none before a month's, which has two digits, and a year's, which has none.
    const fn letter(self) -> Option<char> {
        match self {
            Self::Year | Self::Month => None,
            Self::Half => Some('H'),
            Self::Third => Some('T'),
            Self::Quarter => Some('Q'),
        }
    }
}

/// A cycle's name: `2026-Q3`, `2026-H1`, `2026-T2`, `2026-07`, or `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CycleId {
    /// The fiscal year; of a month the calendar's.
    pub year: i16,
    /// How long it is.
    pub kind: CycleKind,
    /// Which one of the year it is, from 1.
    pub number: u8,
}

impl CycleId {
    /// Returns the name of a quarter, 1 to 4.
    #[must_use]
    pub const fn quarter(year: i16, number: u8) -> Self {
        Self { year, kind: CycleKind::Quarter, number }
    }

    /// Returns the cycle that `2026-Q3` names (a small `q` will do), or `2026-H1`, `2026-T2`, `2026-07`, `2026`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year = year.parse().ok()?;
        let Some(part) = part else { return Some(Self { year, kind: CycleKind::Year, number: 1 }) };
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
        Some(Self { year, kind, number })
    }

    /// Returns the cycle of the same length that follows.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.number == self.kind.per_year() {
            Self { year: self.year + 1, number: 1, ..self }
        } else {
            Self { number: self.number + 1, ..self }
        }
    }

    /// Says whether it is an earlier cycle of the same length.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        self.kind == other.kind && self < other
    }

    /// Returns the first month of its year that it holds, from 0, and the months behind it, fewer before more.
    const fn place(self) -> (i16, u8, u8) {
        (self.year, (self.number - 1) * self.kind.months(), 12 - self.kind.months())
    }
}

/// By their beginning, and of those that begin together the longer before the shorter.
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
        if let (Ok(year @ 0..=9_999), CycleKind::Quarter) = (u16::try_from(self.year), self.kind) {
            // Quarters are written most often by far.
            let digit = |unit: u16| b'0' + (year / unit % 10) as u8;
            let ascii = [digit(1_000), digit(100), digit(10), digit(1), b'-', b'Q', b'0' + self.number];
            return f.write_str(std::str::from_utf8(&ascii).unwrap_or_default());
        }
        match (self.kind, self.kind.letter()) {
            (CycleKind::Year, _) => write!(f, "{:04}", self.year),
            (_, Some(letter)) => write!(f, "{:04}-{letter}{}", self.year, self.number),
            (_, None) => write!(f, "{:04}-{:02}", self.year, self.number),
        }
    }
}

/// Names a key result for ever: quarter, team, objective, key result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyResultRef {
    /// The quarter.
    pub quarter: CycleId,
    /// The team.
    pub team: Slug,
    /// The objective.
    pub objective: Slug,
    /// The key result.
    pub key_result: Slug,
}

impl KeyResultRef {
    /// Returns the reference that `2026-Q2/platform/reliable/checkout` is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let reference = Self {
            quarter: CycleId::parse(parts.next()?)?,
            team: Slug::new(parts.next()?)?,
            objective: Slug::new(parts.next()?)?,
            key_result: Slug::new(parts.next()?)?,
        };
        parts.next().is_none().then_some(reference)
    }
}

impl fmt::Display for KeyResultRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{}", self.quarter, self.team, self.objective, self.key_result)
    }
}

/// Names an objective of a team in the same quarter: `company/trust`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectiveRef {
    /// The team.
    pub team: Slug,
    /// The objective.
    pub objective: Slug,
}

impl ObjectiveRef {
    /// Returns the reference that `company/trust` is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (team, objective) = text.split_once('/')?;
        Some(Self { team: Slug::new(team)?, objective: Slug::new(objective)? })
    }
}

impl fmt::Display for ObjectiveRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.team, self.objective)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_hold_nothing_that_a_path_could_mistake() {
        for good in ["p1", "007", "Time_to-first", "a"] {
            assert!(Slug::new(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "_a", "a/b", "..", "a b", "é", &"a".repeat(65)] {
            assert!(Slug::new(bad).is_none(), "{bad}");
        }
        assert_eq!(Slug::suggest("_~d"), "d");
        assert_eq!(Slug::suggest("  Time to  First-byte! "), "time-to-first-byte");
    }

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
            assert!(CycleId::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn references_have_exactly_their_parts() {
        let text = "2026-Q2/platform/reliable/checkout";
        assert_eq!(KeyResultRef::parse(text).expect("valid").to_string(), text);
        assert!(KeyResultRef::parse("2026-Q2/platform/reliable").is_none());
        assert!(KeyResultRef::parse("2026-Q2/platform/reliable/a/b").is_none());
        assert!(ObjectiveRef::parse("company/trust/x").is_none());
    }
}
