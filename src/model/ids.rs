//! Names that stand in links for ever: slugs, quarters' ids, references to key results.

use std::fmt;
use std::sync::Arc;

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

/// A fiscal quarter's name, `2026-Q3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuarterId {
    /// The fiscal year.
    pub year: i16,
    /// 1 to 4.
    pub number: u8,
}

impl QuarterId {
    /// Returns the quarter that `2026-Q3` names (a small `q` will do).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('-')?;
        let number = number.strip_prefix(['Q', 'q'])?;
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = number.parse().ok().filter(|n| (1..=4).contains(n))?;
        Some(Self { year: year.parse().ok()?, number })
    }

    /// Returns the quarter after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.number == 4 {
            Self { year: self.year + 1, number: 1 }
        } else {
            Self { year: self.year, number: self.number + 1 }
        }
    }

    /// Returns the quarter before this one.
    #[must_use]
    pub const fn previous(self) -> Self {
        if self.number == 1 {
            Self { year: self.year - 1, number: 4 }
        } else {
            Self { year: self.year, number: self.number - 1 }
        }
    }
}

impl fmt::Display for QuarterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Ok(year @ 0..=9_999), 0..=9) = (u16::try_from(self.year), self.number) else {
            return write!(f, "{:04}-Q{}", self.year, self.number);
        };
        let digit = |unit: u16| b'0' + (year / unit % 10) as u8;
        let ascii = [digit(1_000), digit(100), digit(10), digit(1), b'-', b'Q', b'0' + self.number];
        f.write_str(std::str::from_utf8(&ascii).unwrap_or_default())
    }
}

/// Names a key result for ever: quarter, team, objective, key result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyResultRef {
    /// The quarter.
    pub quarter: QuarterId,
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
            quarter: QuarterId::parse(parts.next()?)?,
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
    fn quarters_are_read_and_follow_each_other() {
        let q4 = QuarterId::parse("2026-Q4").expect("valid");
        assert_eq!(q4.next().to_string(), "2027-Q1");
        assert_eq!(q4.next().previous(), q4);
        for bad in ["2026Q4", "2026-Q5", "2026-Q0", "26-Q1", "2026-4", "+026-Q1", "2026-Q", "2026-Q11"] {
            assert!(QuarterId::parse(bad).is_none(), "{bad}");
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
