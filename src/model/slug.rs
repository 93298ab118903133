//! Names that may stand in links and paths.

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
}
