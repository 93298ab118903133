//! Rivals: two numbers of which only one is the goal: "to 80% within 6 weeks", "by 20% (target of 12 h)".
//!
//! In: two mentions. Out: which of them is the goal, where the other one says when, of what or by how much. Never
//! chooses where either could be.

use crate::model::quantity::Unit;

use super::amount::Shape;
use super::bound::Wording;
use super::limits::{Scene, describes};
use super::mention::{Mention, Role};
use crate::words::{Class, Text};

/// One of two mentions, in the sentence's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// The one that comes first.
    First,
    /// The other.
    Last,
}

/// Returns which of two ends or limits is the goal.
pub(super) fn goal_of(scene: Scene<'_, '_>, first: &Mention, last: &Mention) -> Option<Which> {
    match () {
        () if is_share_within(scene, first, last) => Some(Which::Last),
        () if is_by_then(scene, first, last) || is_condition(scene, first, last) => Some(Which::First),
        () => None,
    }
}

/// Says whether `other` is one more end beside `end`: "1k users by May and 2k by June".
pub(super) fn is_further(text: &Text<'_>, end: &Mention, other: &Mention, is_move: bool) -> bool {
    let before = other.key.wrapping_sub(1);
    let is_bare = other.amount.noun.is_empty() && other.amount.shape == Shape::Plain && other.role == Role::Plain;
    // "From 70% to 90%, 80% by mid-May" names a step on the way.
    let steps = end.role != Role::To || !is_move;
    let joins =
        text.is(before, &["and", "then"]) || text.is_sign(before, &['/']) || steps && text.is_sign(before, &[',', ';']);
    let counts_alike = other.amount.unit == end.amount.unit;
    let is_end = matches!(end.role, Role::To | Role::Reach | Role::Named);
    let is_part = text.is(other.amount.tokens.end, &["of"]);
    is_end && is_bare && !is_part && joins && counts_alike && end.amount.tokens.end <= before
}

/// "by 4 points within 30 days of launch": the days say when it is measured.
pub(super) fn is_window_of(scene: Scene<'_, '_>, within: &Mention, by: &Mention) -> bool {
    let end = within.amount.tokens.end;
    let of_an_event = scene.text.is(end, &["of", "after", "from"]) && scene.text.is_word(end + 1);
    is_time_within(within) && of_an_event && !is_time(by) && by.amount.tokens.end <= within.key
}

/// "Reduce items blocked > 72 h by 50%": the bound says what is counted.
pub(super) fn is_counted_within(scene: Scene<'_, '_>, bound: &Mention, by: &Mention) -> bool {
    let text = scene.text;
    let last = bound.key.wrapping_sub(1);
    let participle = text.word(last).ends_with("ed") || text.word(last).ends_with("ing");
    let counts = bound.role == Role::Bound && participle && !text.has(last, Class::MOVES);
    let end = bound.amount.tokens.end;
    counts && by.key == end && !is_joined(text, bound.key, end)
}

/// "by 20% (target of 12 h)", "by 20% to 300".
pub(super) fn is_end_of_difference(to: &Mention, by: &Mention) -> bool {
    to.role == Role::Named || to.role == Role::To && to.key == by.amount.tokens.end
}

/// "Increase the share of reviews done within 24 h to 90%": the bound says what is counted.
fn is_share_within(scene: Scene<'_, '_>, bound: &Mention, to: &Mention) -> bool {
    let is_percent = |mention: &Mention| mention.amount.unit == Some(Unit::Percent);
    let counts = is_percent(to) && !is_percent(bound) || describes(scene.text, bound);
    let end = bound.amount.tokens.end;
    bound.role == Role::Bound && to.role == Role::To && counts && !is_joined(scene.text, end, to.key)
}

/// "Reduce churn to 2% within 6 months": a verb says which number is to be reached, and the time says until when.
fn is_by_then(scene: Scene<'_, '_>, end: &Mention, within: &Mention) -> bool {
    let reaches = scene.text.has(end.key.wrapping_sub(1), Class::REACH);
    let is_end = matches!(end.role, Role::To | Role::Reach) || end.role == Role::Bound && reaches;
    let follows = end.amount.tokens.end <= within.key;
    is_end && follows && is_time_within(within) && !is_time(end) && !is_joined(scene.text, end.key, within.key)
}

/// "Fewer than 5 services have an error rate above 1%": the second limit says which services are counted.
fn is_condition(scene: Scene<'_, '_>, counted: &Mention, limit: &Mention) -> bool {
    let text = scene.text;
    let leads = counted.key == scene.start || (scene.start..counted.key).all(|at| text.has(at, Class::HOLD));
    let counts = counted.amount.is_count() && !counted.amount.noun.is_empty();
    let end = counted.amount.tokens.end;
    let both = counted.role == Role::Bound && limit.role == Role::Bound && limit.amount.unit.is_some();
    let is_apart = (end..limit.key).any(|at| text.is_sign(at, &[',', ':', '/']));
    both && leads && counts && end < limit.key && !is_apart && !is_joined(text, end, limit.key)
}

/// Says whether a word or sign between two tokens joins two clauses.
fn is_joined(text: &Text<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| text.has(at, Class::JOIN) || text.is_sign(at, &[';', '&']))
}

fn is_time(mention: &Mention) -> bool {
    matches!(mention.amount.unit, Some(Unit::Duration(_)))
}

fn is_time_within(mention: &Mention) -> bool {
    is_time(mention) && mention.limit.as_ref().is_some_and(|limit| limit.wording == Wording::Within)
}
