//! Limits: goals that one mention states.
//!
//! In: a mention. Out: the target, hold or gain that it states, with remarks. Never combines two mentions, but for
//! a gain with its start.

use crate::model::goal::{Better, Bound, Gain, GainKind, Goal, Hold, Judge, Side, Target};
use crate::model::quantity::{Number, Per, Quantity, Unit};

use super::amount::{Amount, Shape};
use super::bound::Wording;
use super::mention::{Mention, Role};
use super::pair::refuse_flaw;
use super::verb::{Direction, agreed};
use crate::model::remark::RemarkKind;
use crate::words::{Class, Text};

/// A goal with what it lacks.
pub(super) type Stated = Result<(Goal, Option<RemarkKind>), RemarkKind>;

/// What is known of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'t, 'a> {
    /// The sentence.
    pub(super) text: &'t Text<'a>,
    /// Its first token behind list marks.
    pub(super) start: usize,
    /// Its verbs.
    pub(super) directions: &'t [Direction],
    /// The first token that changes a number, or the sentence's end.
    pub(super) first_change: usize,
    /// The first token that keeps a level, or the sentence's end.
    pub(super) first_hold: usize,
}

impl<'t, 'a> Scene<'t, 'a> {
    /// Looks over a sentence.
    pub(super) fn new(text: &'t Text<'a>, start: usize, directions: &'t [Direction]) -> Self {
        let end = text.len();
        let first = |accept: &dyn Fn(usize) -> bool| (start..end).find(|&at| accept(at)).unwrap_or(end);
        let first_change = first(&|at| {
            let factor = at == start && text.is_number(at) && text.is(at + 1, &["x"]);
            text.has(at, Class::MOVES) || factor || text.is(at, &["down", "up"]) && text.is(at + 1, &["to"])
        });
        let first_hold = first(&|at| text.has(at, Class::HOLD));
        Self { text, start, directions, first_change, first_hold }
    }
}

/// Says whether `mention` states an end or a limit by itself.
pub(super) fn is_strong(scene: Scene<'_, '_>, mention: &Mention) -> bool {
    let text = scene.text;
    match mention.role {
        Role::Named | Role::Bound | Role::Reach => true,
        Role::Share => mention.amount.number != Number::whole(100),
        Role::To => {
            let changes = scene.first_change < mention.key;
            let towards = text.has(mention.key.wrapping_sub(1), Class::TOWARDS) && !text.is(mention.key - 1, &["up"]);
            mention.limit.is_some() || changes && !towards
        }
        Role::Level => scene.first_hold < mention.key,
        Role::From | Role::By(_) | Role::Aside(_) | Role::Plain => false,
    }
}

/// Returns the goal of a mention that is strong by itself.
pub(super) fn limit(scene: Scene<'_, '_>, mention: &Mention) -> Stated {
    refuse_flaw(&mention.amount)?;
    if mention.amount.unit == Some(Unit::Factor) {
        return Err(RemarkKind::Factor);
    }
    match mention.role {
        Role::Bound => bound(scene, mention),
        Role::Level => level(scene, mention),
        _ => target(scene, mention),
    }
}

fn bound(scene: Scene<'_, '_>, mention: &Mention) -> Stated {
    let text = scene.text;
    let limit = mention.limit.ok_or(RemarkKind::NotUnderstood)?;
    let output = text.has(mention.key.wrapping_sub(1), Class::OUTPUT) && !text.has(mention.key - 1, Class::HOLD);
    if output && limit.side == Side::Above && mention.amount.is_count() {
        return Err(RemarkKind::BareCount);
    }
    if text.has(mention.key.wrapping_sub(1), Class::RELATIVE) {
        return Err(RemarkKind::NotUnderstood);
    }
    let verb = text.word(scene.start);
    let imperative = ["s", "ed", "ing"].iter().all(|ending| !verb.ends_with(ending));
    let starts_output = imperative && text.has(scene.start, Class::OUTPUT) && !text.has(scene.start, Class::HOLD);
    if starts_output && limit.side == Side::Above && counts_deeds(scene, mention) {
        return Err(RemarkKind::BareCount);
    }
    if starts_output && (limit.wording == Wording::Within || is_quality(scene, mention)) {
        return Err(RemarkKind::Milestone);
    }
    if limit.wording != Wording::Denied
        && !holds_in_each_period(text, &mention.amount)
        && let Some(stated) = crossed(scene, mention, limit.side)
    {
        return stated;
    }
    let bound = Bound { side: limit.side, inclusive: limit.inclusive, limit: quantity(&mention.amount) };
    Ok((Goal::Hold(Hold::within(bound, Judge::default())), None))
}

/// Says whether a bound is to hold in each stretch of time, whatever verb brings it there: "below 100% in every week".
fn holds_in_each_period(text: &Text<'_>, amount: &Amount) -> bool {
    let at = amount.tokens.end;
    text.is(at, &["in", "on", "for", "during"])
        && text.is(at + 1, &["every", "each"])
        && text.has(at + 2, Class::RECURRING)
}

/// "Speak about it at more than 4 fairs": the count is of what the team does.
fn counts_deeds(scene: Scene<'_, '_>, mention: &Mention) -> bool {
    let plain = |at: usize| scene.text.is_word(at) && !scene.text.has(at, Class::STATE.or(Class::JOIN));
    mention.amount.is_count() && (scene.start + 1..mention.key).all(plain)
}

/// Says whether a bound only says how good the thing is that is made: "ship the editor (p95 below 100 ms)".
fn is_quality(scene: Scene<'_, '_>, mention: &Mention) -> bool {
    let Scene { text, start, .. } = scene;
    let makes = text.has(start, Class::CREATE);
    let recurs = (start + 1..start + 3).any(|at| text.is(at, &["every", "each", "all", "any"]));
    let link = (start..mention.key).any(|at| text.is(at, &["with"]) || text.is_sign(at, &['(']));
    makes && link && !recurs
}

/// A verb of change makes an end of a bound: "get latency below 200 ms" has a start that nobody states, and "reduce
/// customers waiting more than 3 days" only says who is counted.
fn crossed(scene: Scene<'_, '_>, mention: &Mention, side: Side) -> Option<Stated> {
    let text = scene.text;
    let starts_change = text.has(scene.start, Class::CHANGE);
    let before = scene.directions.iter().any(|verb| verb.at < mention.key);
    if !starts_change && !before {
        return None;
    }
    let better = better_of(side);
    let agrees = !before || agreed(scene.directions, mention.key) == Some(better);
    let last = mention.key.checked_sub(1)?;
    let describes = text.word(last).ends_with("ed") || text.word(last).ends_with("ing") || text.has(last, Class::STOP);
    if !agrees || describes && !text.has(last, Class::IS_AT) {
        return Some(Err(RemarkKind::NotUnderstood));
    }
    let target = Target { to: quantity(&mention.amount), better: Some(better) };
    Some(Ok((Goal::Target(target), Some(RemarkKind::NoBaseline))))
}

const fn better_of(side: Side) -> Better {
    match side {
        Side::Below => Better::Lower,
        Side::Above => Better::Higher,
    }
}

/// A level that is kept is a bound where the measure's name says which way is better.
fn level(scene: Scene<'_, '_>, mention: &Mention) -> Stated {
    let text = scene.text;
    let behind = mention.amount.noun.clone();
    let before = (0..mention.amount.tokens.start).rev().take_while(|&at| !text.has(at, Class::HOLD));
    let measure = behind.chain(before).find(|&at| text.has(at, Class::GOOD) || text.has(at, Class::BAD));
    let measure = measure.ok_or(RemarkKind::NoDirection)?;
    if mention.amount.unit.is_none() && !text.is(measure, &["nps", "csat"]) {
        return Err(RemarkKind::NoDirection);
    }
    let side = if text.has(measure, Class::GOOD) { Side::Above } else { Side::Below };
    Ok((within(side, mention), None))
}

/// Returns the goal to stay at an amount or on one side of it.
pub(super) fn within(side: Side, mention: &Mention) -> Goal {
    let bound = Bound { side, inclusive: true, limit: quantity(&mention.amount) };
    Goal::Hold(Hold::within(bound, Judge::default()))
}

fn target(scene: Scene<'_, '_>, mention: &Mention) -> Stated {
    let amount = &mention.amount;
    let aside = (scene.start..mention.key).rev().find(|&at| scene.text.is_sign(at, &['(', ')']));
    if aside.is_some_and(|at| scene.text.is_sign(at, &['('])) && is_quality(scene, mention) {
        return Err(RemarkKind::Milestone);
    }
    if amount.shape == Shape::Year && amount.noun.is_empty() && mention.role == Role::To {
        return Err(RemarkKind::AmbiguousNumber);
    }
    if mention.role == Role::To && may_be_version(scene, mention) {
        return Err(RemarkKind::NotUnderstood);
    }
    let limit = mention.limit.map(|limit| better_of(limit.side));
    let verb = agreed(scene.directions, mention.key);
    let reached =
        reaches(scene, mention).then_some(if amount.number.is_zero() { Better::Lower } else { Better::Higher });
    let better = verb.or(limit).or(reached).or_else(|| of_measure(scene, mention));
    Ok((Goal::Target(Target { to: quantity(amount), better }), Some(RemarkKind::NoBaseline)))
}

/// Returns which way is better for the measure that a target names before its number, where all its words that say so agree:
/// "bring churn to 3%", "get NPS to 40".
fn of_measure(scene: Scene<'_, '_>, mention: &Mention) -> Option<Better> {
    let (text, before) = (scene.text, scene.start..mention.key);
    let says = |class: Class| before.clone().any(|at| text.has(at, class));
    match (says(Class::GOOD), says(Class::BAD.or(Class::EVENT))) {
        (true, false) => Some(Better::Higher),
        (false, true) => Some(Better::Lower),
        _ => None,
    }
}

/// Says whether a verb of reaching makes more of it better: "reach 20 customers". Of a measure that is better where it is
/// less ("achieve a churn of 2%", "hit 200 ms") it only says where to be.
fn reaches(scene: Scene<'_, '_>, mention: &Mention) -> bool {
    let text = scene.text;
    let amount = &mention.amount;
    let arrives = mention.role == Role::Reach
        || mention.role == Role::To && text.is(mention.key.wrapping_sub(1), &["get", "gets", "getting", "climb"]);
    let is_lesser = |at: usize| text.has(at, Class::BAD.or(Class::EVENT));
    // "Reach 20 incidents" counts what is reached.
    let of_lesser = (scene.start..amount.tokens.start).any(is_lesser)
        || amount.unit.is_some()
            && (amount.tokens.end..amount.tokens.end + 4).chain(amount.noun.clone()).any(is_lesser);
    arrives && !of_lesser && !matches!(amount.unit, Some(Unit::Duration(_)))
}

/// Says whether "to 1.29" may be a version: a bare decimal behind a verb that fits things as well as measures.
fn may_be_version(scene: Scene<'_, '_>, mention: &Mention) -> bool {
    let text = scene.text;
    let amount = &mention.amount;
    let bare = amount.unit.is_none() && amount.scale == 1 && amount.out_of.is_none() && amount.number.places() > 0;
    let measured = scene.directions.iter().any(|verb| verb.at < mention.key)
        || text.is(scene.start, &["improve"])
        || (scene.start..mention.key).rev().take(12).any(|at| {
            let acronym = text.is_word(at) && text.word(at).len() > 2 && text.word(at).chars().all(char::is_uppercase);
            acronym || text.has(at, Class::SCORED) || text.is(at, &["csat", "nps"])
        });
    bare && !measured
}

/// Returns the gain that a difference states.
pub(super) fn gain(scene: Scene<'_, '_>, mention: &Mention, from: Option<&Mention>) -> Stated {
    let amount = &mention.amount;
    refuse_flaw(amount)?;
    if let Some(from) = from {
        refuse_flaw(&from.amount)?;
    }
    // "by 10% each month" compounds.
    if amount.unit == Some(Unit::Percent) && matches!(amount.per, Some(Per::Time(_))) {
        return Err(RemarkKind::NotUnderstood);
    }
    match amount.unit {
        Some(Unit::Factor) => return Err(RemarkKind::Factor),
        _ if amount.number.is_zero() => return Err(RemarkKind::SameEnds),
        _ => {}
    }
    let better = difference(scene, mention).ok_or(RemarkKind::NoDirection)?;
    let kind = if amount.unit == Some(Unit::Percent) { GainKind::Relative } else { GainKind::Absolute };
    let from = from.map(|from| quantity(&from.amount));
    let both_percent = kind == GainKind::Relative && from.as_ref().is_some_and(|from| from.unit == Unit::Percent);
    if both_percent {
        return Err(RemarkKind::AmbiguousNumber);
    }
    let mut by = quantity(amount);
    by.number = by.number.magnitude();
    if better == Better::Lower {
        by.number = by.number.negated();
    }
    if let Some(from) = &from {
        let counts_alike = from.unit == by.unit || from.unit.converts_to(&by.unit) || by.unit.converts_to(&from.unit);
        if kind == GainKind::Absolute && !counts_alike {
            return Err(RemarkKind::UnitsDiffer);
        }
    }
    let lacks = (kind == GainKind::Relative && from.is_none()).then_some(RemarkKind::BareRelative);
    Ok((Goal::Gain(Gain { by, kind, from }), lacks))
}

/// Returns which way a difference goes: by its own words, by the verbs, or by the measure right before it.
fn difference(scene: Scene<'_, '_>, mention: &Mention) -> Option<Better> {
    let Role::By(own) = mention.role else { return None };
    if let Some(better) = own {
        return Some(faster(scene, mention).unwrap_or(better));
    }
    if let Some(better) = agreed(scene.directions, mention.key) {
        return Some(better);
    }
    // "Improve CTR by 10%", "CTR improves by 10%"
    let last = mention.key.checked_sub(1)?;
    let improves = last > scene.start && scene.text.is(last, &["improve", "improves", "improved"]);
    let measure = last - usize::from(improves);
    let neutral = scene.directions.is_empty() && (scene.start..=last).any(|at| scene.text.has(at, Class::CHANGE));
    match () {
        () if neutral && scene.text.has(measure, Class::GOOD) => Some(Better::Higher),
        () if neutral && scene.text.has(measure, Class::BAD) => Some(Better::Lower),
        () => None,
    }
}

/// "Faster" is less time, but more of a speed.
fn faster(scene: Scene<'_, '_>, mention: &Mention) -> Option<Better> {
    let text = scene.text;
    let is_faster = text.is(mention.amount.tokens.end, &["faster", "quicker"]);
    let speed = |at: usize| text.has(at, Class::SPEED);
    (is_faster && (scene.start..text.len()).any(speed)).then_some(Better::Higher)
}

/// Returns the amount as a quantity; a number without a unit is a count.
pub(super) fn quantity(amount: &Amount) -> Quantity {
    Quantity { number: amount.number, unit: amount.unit.clone().unwrap_or(Unit::Count), per: amount.per.clone() }
}
