//! Refusals: why a file is not published.
//!
//! In: nothing. Out: what looking at a file gives.

use std::ops::Range;

/// Why a file is not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Whether something in it could run or load something; else its kind is none that is known to be harmless.
    pub is_active: bool,
    /// What is wrong with it: a lower-case phrase.
    pub what: String,
    /// What to do.
    pub help: &'static str,
    /// The bytes that are wrong, where it isn't the file as a whole.
    pub at: Option<Range<usize>>,
}

/// The result of looking at a file.
pub type Outcome = Result<(), Refusal>;

impl Refusal {
    /// Returns what could run or load something.
    pub(super) fn active(what: impl Into<String>, help: &'static str) -> Self {
        Self { is_active: true, what: what.into(), help, at: None }
    }

    /// Returns what is not known to be harmless.
    pub(super) fn unknown(what: impl Into<String>, help: &'static str) -> Self {
        Self { is_active: false, ..Self::active(what, help) }
    }

    pub(super) fn at(self, start: usize, end: usize) -> Self {
        Self { at: Some(start..end.max(start)), ..self }
    }

    /// Moves the place by what stands before the text that was read.
    pub(super) fn behind(mut self, start: usize) -> Self {
        self.at = self.at.map(|at| at.start + start..at.end + start);
        self
    }

    /// Returns what is wrong with its line and column in the file.
    #[must_use]
    pub fn told(&self, bytes: &[u8]) -> String {
        let Some(at) = &self.at else { return self.what.clone() };
        let before = bytes.get(..at.start).unwrap_or(bytes);
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        format!("line {line}, column {column}: {}", self.what)
    }
}
