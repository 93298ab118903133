//! Faults of pictures.
//!
//! In: nothing. Out: what is wrong with a picture, in words that follow its name.

/// What is wrong with a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line and column, in texts.
    pub place: Option<(usize, usize)>,
    /// What is wrong, as what the file is or has: `is empty`.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

pub(super) const SMALLER: &str = "save it smaller: a logo on paper is 16 mm high and needs a few hundred pixels";
pub(super) const REPLACE: &str = "save it as SVG, PNG, JPEG, GIF or WebP";

/// Returns what is wrong with a picture as a whole.
pub(super) fn fault(message: impl Into<String>, help: &'static str) -> Fault {
    Fault { place: None, message: message.into(), help }
}
