//! The languages that the interface speaks: names, marks and single words.
//!
//! In: a locale. Out: the language, and what can be said in it without writing a value.

use super::words::Words;
use super::{en, en_script};
use crate::model::ids::CycleKind;
use crate::model::scorecard::Status;

/// A language that the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English with days before months.
    #[default]
    English,
}

impl Language {
    /// Returns the language of a locale (`en`, `en-GB`), or nothing where the interface doesn't speak it.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        language.eq_ignore_ascii_case("en").then_some(Self::English)
    }

    /// Returns the tag for `lang` attributes.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// Returns the words of the interface.
    #[must_use]
    pub const fn words(self) -> &'static Words {
        match self {
            Self::English => &en::WORDS,
        }
    }

    /// Returns what the pages' script says, by name; none of it holds a `|`, which parts one from the next.
    #[must_use]
    pub const fn script_words(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::English => &en_script::WORDS,
        }
    }

    /// Returns the words of the interface of a book whose cycles aren't all quarters.
    #[must_use]
    pub const fn words_of_cycles(self) -> &'static Words {
        match self {
            Self::English => &en::WORDS_OF_CYCLES,
        }
    }

    /// Returns the word for a cycle of some length, or of any.
    #[must_use]
    pub const fn cycle(self, kind: Option<CycleKind>) -> &'static str {
        match self {
            Self::English => en::cycle(kind),
        }
    }

    /// Returns the sign between thousands.
    #[must_use]
    pub const fn thousands(self) -> char {
        match self {
            Self::English => ',',
        }
    }

    /// Returns the sign before decimals.
    #[must_use]
    pub const fn decimal(self) -> char {
        match self {
            Self::English => '.',
        }
    }

    /// Returns the word between two ends of a range.
    #[must_use]
    pub const fn to(self) -> &'static str {
        match self {
            Self::English => "to",
        }
    }

    /// Returns a month's name, from 1.
    #[must_use]
    pub fn month(self, month: u8) -> &'static str {
        let Self::English = self;
        en::MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// Returns a month's short name, from 1.
    #[must_use]
    pub fn short_month(self, month: u8) -> &'static str {
        let name = self.month(month);
        name.get(..3).unwrap_or(name)
    }

    /// Returns the word for a status: `on track`.
    #[must_use]
    pub const fn status(self, status: Status) -> &'static str {
        match self {
            Self::English => en::status(status),
        }
    }
}
