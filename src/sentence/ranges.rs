//! Ranges: two numbers between which something is to stay: "between 3 and 5 days", "at 70–85%", "within ±5% of 200".
//!
//! In: a sentence's mentions. Out: the same, where two of them are a range: one is then a lower limit, the other a part of
//! it. Never takes a range for a goal that something moves to, nor one of which things there are: "ship 3 to 5 features".

use super::amount::{Amount, Flaw};
use super::bound::{AT_LEAST, Limit, Wording};
use super::limits::{Scene, quantity};
use super::mention::{Mention, Role};
use super::part::Part;
use crate::model::goal::{Bound, Side};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::words::{Class, Text};

/// The lower limit of a range: it chooses among no things, and nothing moves to it.
const KEPT: Limit = Limit { wording: Wording::Denied, ..AT_LEAST };

/// A range of a sentence.
#[derive(Debug)]
pub(super) struct Range {
    /// The place of the lower limit among the mentions.
    pub(super) at: usize,
    /// The upper bound.
    pub(super) upper: Bound,
}

/// Makes two mentions the limits of a range, where they are.
pub(super) fn fuse(scene: Scene<'_, '_>, mentions: &mut [Mention]) -> Option<Range> {
    if scene.first_change < scene.text.len() {
        return None;
    }
    let last = mentions.len().checked_sub(1)?;
    (0..last).find_map(|first| between(scene, mentions, first).or_else(|| around(scene.text, mentions, first)))
}

/// "Keep lead time between 3 and 5 days", "hold utilisation at 70–85%".
fn between(scene: Scene<'_, '_>, mentions: &mut [Mention], first: usize) -> Option<Range> {
    let Scene { text, .. } = scene;
    let [least, most] = [&mentions[first], &mentions[first + 1]].map(|mention| &mention.amount);
    let is_range = |amount: &Amount| amount.flaw == Some(Flaw::Range);
    if !is_range(least) || !is_range(most) {
        return None;
    }
    let before = least.tokens.start.checked_sub(1)?;
    let says = text.is(before, &["between"]);
    let key = if says { before } else { mentions[first].key };
    let is_kept = scene.first_hold < key;
    let is_level = !says && is_kept && mentions[first].role == Role::Level;
    if !(is_level || says && (is_kept || is_said_to_be(scene, key, most))) {
        return None;
    }
    let (mut least, mut most) = (least.clone(), most.clone());
    (least.flaw, most.flaw) = (None, None);
    match (&least.unit, &most.unit) {
        (None, Some(unit)) => least.unit = Some(unit.clone()),
        (Some(unit), None) if most.noun.is_empty() => most.unit = Some(unit.clone()),
        _ => {}
    }
    let per = most.per.clone().or_else(|| least.per.clone());
    least.per.clone_from(&per);
    most.per = per;
    let upper = quantity(&most);
    upper.number_in(&quantity(&least).unit).filter(|number| *number > least.number)?;
    mentions[first + 1].role = Role::Aside(Part::Limit);
    mentions[first + 1].amount.flaw = None;
    Some(range(mentions, first, key, least, upper))
}

/// Says whether a range ends a sentence that says what something is: "wait times between 2 and 4 hours".
fn is_said_to_be(scene: Scene<'_, '_>, key: usize, most: &Amount) -> bool {
    let Scene { text, start, .. } = scene;
    let before = key.wrapping_sub(1);
    if text.has(before, Class::BE.or(Class::IS_AT)) || text.is_sign(before, &[':']) {
        return true;
    }
    let end = most.tokens.end;
    let ends = text.get(end).is_none() || text.is_sign(end, &['.', ',', '(', ';']);
    let does = text.has(start, Class::OUTPUT.or(Class::DELIVER).or(Class::REACH));
    key > start && ends && !does && !most.is_count()
}

/// "Within ±5% of 200", "within ±3 days of 10 days".
fn around(text: &Text<'_>, mentions: &mut [Mention], first: usize) -> Option<Range> {
    let [by, middle] = [&mentions[first], &mentions[first + 1]].map(|mention| &mention.amount);
    let joined = text.is(by.tokens.end, &["of"]) && middle.tokens.start == by.tokens.end + 1;
    let mut key = by.tokens.start;
    while key > 0 && text.is_sign(key - 1, &['±', '+', '/', '-']) {
        key -= 1;
    }
    let key = key.checked_sub(1).filter(|&key| joined && text.is(key, &["within"]))?;
    let whole = quantity(middle);
    let width = match (&by.unit, &whole.unit) {
        // Of a percentage, points or a share of it could be meant.
        (Some(Unit::Percent), Unit::Percent) => return None,
        (Some(Unit::Percent), _) => whole.number.magnitude().times(by.number.magnitude())?.over(Number::whole(100))?,
        (Some(unit), _) => unit.convert(by.number.magnitude(), &whole.unit)?,
        (None, Unit::Count) => by.number.magnitude(),
        (None, _) => return None,
    };
    if width.is_zero() || middle.flaw.is_some() {
        return None;
    }
    let least = Amount { number: whole.number.minus(width)?.normal(), ..middle.clone() };
    let upper = Quantity { number: whole.number.plus(width)?.normal(), ..whole };
    mentions[first].role = Role::Aside(Part::Difference);
    Some(range(mentions, first + 1, key, least, upper))
}

fn range(mentions: &mut [Mention], at: usize, key: usize, least: Amount, upper: Quantity) -> Range {
    mentions[at] = Mention { amount: least, role: Role::Bound, limit: Some(KEPT), key };
    Range { at, upper: Bound { side: Side::Below, inclusive: true, limit: upper } }
}
