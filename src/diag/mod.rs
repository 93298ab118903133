//! Located diagnostics: what is wrong with an input, where, and what to do.
//!
//! In: a code, a message and places. Out: values that are collected through all stages and rendered in one
//! place (`emit`). Knows nothing of OKRs.

pub mod emit;

use std::sync::Arc;

use crate::source::{FileId, Sources, Span, Spanned};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The input is wrong; `--strict` publishes nothing.
    Error,
    /// The input is doubtful.
    Warning,
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A range of a text file that is held in memory.
    Text(Span),
    /// A range of one line of a file that was streamed.
    Line(Box<LinePlace>),
    /// A file as a whole, by its path in the book.
    File(Arc<str>),
}

/// A range of one line of a file that was streamed: the line is kept, the file isn't.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinePlace {
    /// Path inside the book.
    pub path: Arc<str>,
    /// Line, from 1.
    pub line: u64,
    /// The line's text, without its end.
    pub text: String,
    /// First byte of the range in `text`.
    pub start: usize,
    /// First byte behind it.
    pub end: usize,
}

/// A mistake in an input, with its place and its cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Names the kind of mistake for ever.
    pub code: &'static str,
    /// How much it matters.
    pub level: Level,
    /// What is wrong with what: a lower-case phrase without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Why, beside the caret; may be empty.
    pub label: String,
    /// Other places that belong to it, each with its label.
    pub related: Vec<(Place, String)>,
    /// What to do, where that is known.
    pub help: Option<String>,
    /// What to write in the place of what is wrong, where the help is no more than that.
    pub proposal: Option<String>,
    /// Whether the file can't be read at all, so that nothing may be published.
    pub blocks: bool,
    /// What it has to do with others that are found.
    pub link: Link,
}

/// What a diagnostic has to do with others: one slip of the pen is told once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// Nothing is known.
    #[default]
    None,
    /// It is told elsewhere, by what it follows from.
    Follows,
    /// As long as it stands, nobody can judge what this holds.
    Spoils(Span),
}

impl Diagnostic {
    /// Returns an error.
    pub fn error(code: &'static str, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(code, Level::Error, place.into(), message.into())
    }

    /// Returns a warning.
    pub fn warning(code: &'static str, place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(code, Level::Warning, place.into(), message.into())
    }

    const fn new(code: &'static str, level: Level, place: Place, message: String) -> Self {
        Self {
            code,
            level,
            message,
            place,
            label: String::new(),
            related: Vec::new(),
            help: None,
            proposal: None,
            blocks: false,
            link: Link::None,
        }
    }

    /// Says why, beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to do: to write this in the place of what is wrong, all of it. Editors offer to do it.
    #[must_use]
    pub fn propose(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.help = Some(format!("write `{text}`"));
        self.proposal = Some(text);
        self
    }

    /// Says that the file can't be read at all, so that nothing may be published.
    #[must_use]
    pub const fn blocking(mut self) -> Self {
        self.blocks = true;
        self
    }

    /// Says that it only follows from something that is told.
    #[must_use]
    pub const fn following(mut self) -> Self {
        self.link = Link::Follows;
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn related(mut self, place: impl Into<Place>, label: impl Into<String>) -> Self {
        self.related.push((place.into(), label.into()));
        self
    }
}

/// A finding that the book allows, in a comment beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// What was found.
    pub finding: Diagnostic,
    /// The comment that allows it.
    pub place: Span,
    /// Why, in the book's words.
    pub reason: Arc<str>,
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self::Text(span)
    }
}

impl<T> From<&Spanned<T>> for Place {
    fn from(spanned: &Spanned<T>) -> Self {
        Self::Text(spanned.span)
    }
}

impl From<LinePlace> for Place {
    fn from(place: LinePlace) -> Self {
        Self::Line(Box::new(place))
    }
}

impl Place {
    /// Returns the place of a whole file by its path in the book.
    #[must_use]
    pub fn file(path: &str) -> Self {
        Self::File(path.into())
    }

    /// Returns the path of the file in which the place is.
    #[must_use]
    pub fn path<'a>(&'a self, sources: &'a Sources) -> &'a str {
        match self {
            Self::Text(span) => &sources.get(span.file).path,
            Self::Line(line) => &line.path,
            Self::File(path) => path,
        }
    }

    /// Returns the text file that the place is in, where it is in one that is held in memory.
    #[must_use]
    pub const fn file_id(&self) -> Option<FileId> {
        match self {
            Self::Text(span) => Some(span.file),
            Self::Line(_) | Self::File(_) => None,
        }
    }
}

/// Sorts diagnostics by place, then code, so that every run prints them alike, and drops exact repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, path_of: impl Fn(FileId) -> Arc<str>) {
    sort_by(diagnostics, |diagnostic| diagnostic, path_of);
    diagnostics.dedup();
}

/// Sorts what holds diagnostics in the order of [`sort`].
pub fn sort_by<T>(items: &mut [T], of: impl Fn(&T) -> &Diagnostic, path_of: impl Fn(FileId) -> Arc<str>) {
    let key = |diagnostic: &Diagnostic| match &diagnostic.place {
        Place::Text(span) => (path_of(span.file), u64::from(span.start) + 1, 0),
        Place::Line(line) => (line.path.clone(), line.line, line.start),
        Place::File(path) => (path.clone(), 0, 0),
    };
    items.sort_by(|a, b| {
        let (a, b) = (of(a), of(b));
        key(a).cmp(&key(b)).then_with(|| a.code.cmp(b.code)).then_with(|| a.message.cmp(&b.message))
    });
}

/// Returns the candidate nearest to `word`, where one is near enough to be a slip of the pen
/// (optimal string alignment distance of at most a third of the word's length).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = lower(word);
    let limit = (letters.len() / 3).max(1);
    // Words are at least as far apart as their lengths, which are told without a table.
    let near = |candidate: &&str| candidate.chars().count().min(LETTERS).abs_diff(letters.len()) <= limit;
    candidates
        .into_iter()
        .filter(near)
        .map(|candidate| (edit_distance(&letters, &lower(candidate)), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Letters of a word that are compared.
const LETTERS: usize = 64;

fn lower(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).take(LETTERS).collect()
}

/// Returns the optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let blank = || vec![0; b.len() + 1];
    // The row before the last one, the last one, and the one that is filled.
    let (mut older, mut last, mut row): (Vec<usize>, Vec<usize>, Vec<usize>) =
        (blank(), (0..=b.len()).collect(), blank());
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(older[j - 2] + 1);
            }
            row[j] = best;
        }
        std::mem::swap(&mut older, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_word_and_another_word_finds_none() {
        let keys = ["metric", "measured_by", "owners", "weight"];
        assert_eq!(nearest("metrc", keys), Some("metric"));
        assert_eq!(nearest("wieght", keys), Some("weight"));
        assert_eq!(nearest("Metric", keys), Some("metric"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("ratio", ["rations", "ratios-of-all"]), None, "two letters more are too many of five");
        assert_eq!(nearest("", ["a", "bc"]), Some("a"));
        let long = "a".repeat(5000);
        assert_eq!(nearest(&long, [long.as_str()]), Some(long.as_str()));
    }
}
