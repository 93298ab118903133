//! What a mapping may hold, told once for its reader, for editors and for people.
//!
//! In: nothing. Out: values that say of each key its form, its meaning, its default, an example, and how people misspell
//! it. Nothing is read here.

use crate::diag;

/// The keys that a mapping of some kind may have.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Its name among the definitions of a schema: `KeyResult`.
    pub name: &'static str,
    /// What such a mapping is, with its article: "a key result".
    pub what: &'static str,
    /// What it is for, in a sentence.
    pub doc: &'static str,
    /// The keys that are read, in the order in which they are told.
    pub keys: &'static [Key],
}

/// A key that is read.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What may stand behind it.
    pub form: Form,
    /// What it does, in a sentence or two; Markdown's backticks mark code.
    pub doc: &'static str,
    /// A line or a few of YAML that use it.
    pub example: &'static str,
    /// What holds where it is absent; empty where nothing does.
    pub default: &'static str,
    /// Whether the mapping is incomplete without it.
    pub is_needed: bool,
    /// Keys that people write instead.
    pub slips: &'static [&'static str],
}

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// A text.
    Text,
    /// A text of a form that is told by its name and an example: "a day" and `2026-08-14`.
    Written(&'static str, &'static str),
    /// A number.
    Number,
    /// A number between two ends, both inside.
    Between(i32, i32),
    /// A whole number from 0 on.
    Count,
    /// `true` or `false`.
    Flag,
    /// A number, or a number with its unit.
    Amount,
    /// A column's heading, or its number.
    Column,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A mapping.
    Of(&'static Shape),
    /// A list.
    List(&'static Form),
    /// A list, or one item of it alone.
    OneOrMany(&'static Form),
    /// A mapping from names of one's own: what they name, and what stands behind each.
    ByName(&'static str, &'static Form),
    /// Any of these.
    Either(&'static [Form]),
}

/// A day.
pub const DAY: Form = Form::Written("a day", "2026-08-14");
/// A length of time.
pub const DURATION: Form = Form::Written("a length of time", "7 days");
/// An id.
pub const ID: Form = Form::Written("an id: letters, digits, `-` and `_`", "checkout-success");
/// Ids.
pub const IDS: Form = Form::OneOrMany(&ID);
/// Texts.
pub const TEXTS: Form = Form::OneOrMany(&Form::Text);

/// Returns a key that may be absent, without slips.
#[must_use]
pub const fn key(name: &'static str, form: Form, doc: &'static str, example: &'static str) -> Key {
    Key { name, form, doc, example, default: "", is_needed: false, slips: &[] }
}

impl Key {
    /// Says that the mapping is incomplete without the key.
    #[must_use]
    pub const fn needed(self) -> Self {
        Self { is_needed: true, ..self }
    }

    /// Says what holds where the key is absent.
    #[must_use]
    pub const fn or(self, default: &'static str) -> Self {
        Self { default, ..self }
    }

    /// Says which keys people write instead.
    #[must_use]
    pub const fn slips(self, slips: &'static [&'static str]) -> Self {
        Self { slips, ..self }
    }
}

impl Shape {
    /// Says whether a key is read.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known.name == key)
    }

    /// Returns the keys' names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys.iter().map(|key| key.name)
    }

    /// Returns the key that was meant by one that isn't read, where that can be told.
    #[must_use]
    pub fn right(&self, key: &str) -> Option<&'static str> {
        let snake = key.to_lowercase().replace(['-', ' '], "_");
        let slip = self.keys.iter().find(|known| known.slips.contains(&snake.as_str())).map(|known| known.name);
        slip.or_else(|| diag::nearest(&snake, self.names()))
    }
}
