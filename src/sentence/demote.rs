//! Demotions: amounts that the words beside them make a part of a goal, and others in the sentence make none.
//!
//! In: a sentence's mentions. Out: the same, some with a lesser role. Never gives a part of a goal.

use super::bound::Wording;
use super::limits::Scene;
use super::mention::{Mention, Role};
use super::part::Part;
use crate::model::quantity::Unit;
use crate::words::{Class, Text};

/// Takes parts from amounts that have none.
pub(super) fn demote(scene: Scene<'_, '_>, mentions: &mut [Mention]) {
    demote_agents(scene.text, mentions);
    demote_later_starts(scene.text, mentions);
    demote_denied(scene, mentions);
}

/// Takes the bound of "nobody works more than 10 hours" for what it is: on the side where nobody may be.
fn demote_denied(scene: Scene<'_, '_>, mentions: &mut [Mention]) {
    let Scene { text, start, .. } = scene;
    let denies = text.has(start, Class::NOT) || text.is(start, &["no"]) || text.word(start) == "0";
    // "No-shows below 5%", with whatever hyphen
    if !denies || text.is_glued(start + 1) {
        return;
    }
    let parts = |&at: &usize| {
        text.has(at, Class::JOIN) && !text.is(at, &["with", "without"]) || text.is_sign(at, &[',', ';', '(', ':'])
    };
    let end = (start..text.len()).find(parts).unwrap_or(text.len());
    for mention in mentions.iter_mut().filter(|mention| mention.key > start && mention.key < end) {
        let is_denied = mention.limit.is_some_and(|limit| limit.wording == Wording::Denied);
        if mention.role == Role::Bound && !is_denied {
            mention.role = Role::Plain;
        }
    }
}

/// Takes "used by 5 teams" for what it is: nobody's difference.
fn demote_agents(text: &Text<'_>, mentions: &mut [Mention]) {
    for mention in mentions {
        let before = mention.key.wrapping_sub(1);
        let participle = text.word(before).ends_with("ed") || text.has(before, Class::OUTPUT);
        let irregular = text.has(before, Class::GIVEN);
        // "points delivered by 20%": no share of nothing does anything.
        let end = mention.amount.tokens.end;
        let is_share = mention.amount.unit == Some(Unit::Percent);
        let of_things = is_share && text.is(end, &["of"]);
        let whole = is_share && !of_things && mention.amount.noun.is_empty();
        let passive = (participle || irregular || of_things) && !text.has(before, Class::MOVES) && !whole;
        if matches!(mention.role, Role::By(None)) && passive {
            mention.role = Role::Plain;
        }
    }
}

/// Keeps the baseline of "(baseline: 97%, target: 99%, current: 98%)" as the only start.
fn demote_later_starts(text: &Text<'_>, mentions: &mut [Mention]) {
    let is_baseline = |mention: &Mention| {
        mention.role == Role::From && (mention.key..mention.amount.tokens.start).any(|at| text.is(at, &["baseline"]))
    };
    if mentions.iter().any(is_baseline) {
        for mention in mentions.iter_mut().filter(|mention| mention.role == Role::From) {
            if !is_baseline(mention) {
                mention.role = Role::Aside(Part::Note);
            }
        }
    }
}
