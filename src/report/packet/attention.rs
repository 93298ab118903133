//! What a board reads first: what went well, what needs it, what not to believe; what was moved; what is to be decided.

use serde::Serialize;

use super::appendix::plain;
use super::maker::Maker;
use crate::report::answer::{self, Column, Item};
use crate::report::shown::{self, Moved};

/// What needs attention, on one page.
#[derive(Debug, Serialize)]
pub struct Attention {
    /// What goes well, what needs somebody, what not to believe; nothing before the cycle begins.
    pub columns: Vec<AttentionColumn>,
    /// Goals that were moved after they were committed to.
    pub moves: Vec<MoveLine>,
    /// How many more there are, in words; empty where these are all.
    pub moves_rest: String,
    /// What is to be decided.
    pub decisions: Vec<String>,
    /// Whether somebody signs.
    pub is_signed: bool,
}

/// Things of one kind, the most telling first.
#[derive(Debug, Serialize)]
pub struct AttentionColumn {
    /// What they are.
    pub title: &'static str,
    /// The things.
    pub items: Vec<AttentionItem>,
    /// How many more there are, in words; empty where these are all.
    pub rest: String,
    /// What is said where there is none.
    pub nothing: &'static str,
}

/// A thing that needs attention.
#[derive(Debug, Serialize)]
pub struct AttentionItem {
    /// What it is about.
    pub title: String,
    /// Its place in the packet; empty where it has none.
    pub id: String,
    /// Why it stands here.
    pub reason: String,
    /// Whose it is.
    pub whose: String,
}

/// A goal that was moved.
#[derive(Debug, Serialize)]
pub struct MoveLine {
    /// Of what.
    pub title: String,
    /// Its place in the packet; empty where it has none.
    pub id: String,
    /// Whose it is.
    pub team: String,
    /// What was committed.
    pub was: String,
    /// What is said now.
    pub is: String,
    /// When and why.
    pub said: String,
    /// Both scores; empty where none changes.
    pub scores: String,
}

/// The most moved goals that are listed.
const MOVES: usize = 8;

/// Returns the verdict on a packet's teams, and what needs attention.
pub(super) fn attention(maker: Maker<'_, '_>) -> (String, Attention) {
    let known = answer::answer_of(maker.report, maker.quarter, maker.teams);
    let is_here = |moved: &Moved<'_>| {
        let team = moved.target.team();
        moved.row.code != "mild" && team.is_some_and(|team| maker.teams.iter().any(|known| known.place == team.place))
    };
    let moved: Vec<Moved<'_>> = shown::of_quarter(maker.report, maker.quarter).into_iter().filter(is_here).collect();
    let story = maker.quarter.plan.story.as_ref().filter(|_| maker.whole);
    let attention = Attention {
        columns: known.columns.iter().map(|known| column(maker, known)).collect(),
        moves_rest: maker.phrases.and_more(moved.len().saturating_sub(MOVES)),
        moves: moved.into_iter().take(MOVES).map(|known| line(maker, known)).collect(),
        decisions: story.map(|story| story.decisions.clone()).unwrap_or_default(),
        is_signed: maker.whole,
    };
    (known.verdict, attention)
}

fn column(maker: Maker<'_, '_>, known: &Column<'_>) -> AttentionColumn {
    let item = |known: &Item<'_>| AttentionItem {
        title: known.title.to_string(),
        id: maker.place_here(Some(&known.target)),
        reason: plain(&known.reason),
        whose: known.whose.clone(),
    };
    AttentionColumn {
        title: known.title,
        items: known.items.iter().map(item).collect(),
        rest: known.rest.clone(),
        nothing: known.nothing,
    }
}

fn line(maker: Maker<'_, '_>, known: Moved<'_>) -> MoveLine {
    MoveLine {
        id: maker.place_here(Some(&known.target)),
        title: known.title.into_owned(),
        team: known.team.to_owned(),
        was: known.row.was,
        is: known.row.is,
        said: known.row.said,
        scores: known.scores,
    }
}
