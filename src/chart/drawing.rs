//! A drawing as numbers: strokes in tenths of a pixel, and words with their places.
//!
//! In: nothing. Out: what layouts are made of and what `draw` draws.

use std::borrow::Cow;

use super::labels::{Extent, width};
use super::strokes::Strokes;

/// One em of a chart's words on narrow screens, where they are largest.
pub(super) const EM: i32 = 185;
/// The height of a line of words.
pub(super) const LINE: i32 = 222;
/// The view of a chart with axes.
pub(super) const SIZE: (i32, i32) = (6400, 2600);
/// The view of a chart with axes on narrow screens, where its words are as large as their em.
pub(super) const TALL: (i32, i32) = (5000, 4000);
/// The view of a chart of a whole history, on all screens.
pub(super) const HISTORY: (i32, i32) = (TALL.0, 2800);

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordClass {
    Value,
    Date,
    Quarter,
    Today,
    End,
    Last,
    Stale,
    Note,
    Heading,
}

impl WordClass {
    /// Returns the class in the markup.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Value => "y",
            Self::Date => "x",
            Self::Quarter => "q",
            Self::Today => "now",
            Self::End => "end",
            Self::Last => "value",
            Self::Stale => "stale",
            Self::Note => "note",
            Self::Heading => "heading",
        }
    }

    /// Returns one em, a little more for bold words.
    pub(super) const fn em(self) -> i32 {
        match self {
            Self::Last | Self::Note | Self::Heading => EM * 11 / 10,
            _ => EM,
        }
    }

    /// Returns where such words are anchored, unless they say otherwise.
    pub(super) const fn anchor(self) -> Anchor {
        match self {
            Self::Value => Anchor::End,
            Self::Date | Self::Today | Self::Note => Anchor::Middle,
            Self::Quarter | Self::End | Self::Last | Self::Stale | Self::Heading => Anchor::Start,
        }
    }
}

/// Which part of a word stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A word and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) class: WordClass,
    /// Where the anchor stands; from top to bottom, the middle of the line.
    pub(super) at: (i32, i32),
    pub(super) anchor: Anchor,
    pub(super) text: Cow<'a, str>,
}

impl Word<'_> {
    /// Returns the room that the word takes.
    pub(super) fn extent(&self) -> Extent {
        let (x, y) = self.at;
        boxed(x, y, width(&self.text, self.class.em()), self.anchor)
    }
}

/// Returns the room that a line of words takes.
pub(super) const fn boxed(x: i32, y: i32, width: i32, anchor: Anchor) -> Extent {
    let x0 = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2,
        Anchor::End => x - width,
    };
    Extent { x0, y0: y - LINE / 2, x1: x0 + width, y1: y + LINE / 2 }
}

/// Where a chart is told in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// In itself.
    Here,
    /// In itself, for another drawing of the same, too.
    ForOthers,
    /// In another drawing of the same.
    Elsewhere,
}

/// What the chart says to those who don't see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caption<'a> {
    pub(super) told: Told,
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
}

impl<'a> Caption<'a> {
    /// Returns what a chart says in itself.
    pub(super) const fn of(id: &'a str, title: &'a str, description: &'a str) -> Self {
        Self { id, title, description, told: Told::Here }
    }
}

/// A drawing as numbers.
#[derive(Debug, Clone)]
pub(super) struct Layout<'a> {
    pub(super) class: &'static str,
    pub(super) size: (i32, i32),
    /// Nothing where the drawing only decorates what stands beside it.
    pub(super) caption: Option<Caption<'a>>,
    pub(super) strokes: Strokes,
    pub(super) words: Vec<Word<'a>>,
}
