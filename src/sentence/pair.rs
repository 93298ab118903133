//! Pairs: a start and an end that make a move.
//!
//! In: two amounts. Out: the move between them, or why there is none. Never fills in what neither amount says.

use crate::model::goal::Move;
use crate::model::quantity::{Number, Per, Quantity, TimeUnit, Unit};

use super::amount::{Amount, Flaw, Shape};
use super::mention::{Mention, Role};
use crate::model::remark::RemarkKind;
use crate::words::{Class, Text};

/// Returns the starts and ends that stand together, in order: "from 8 … to 2".
pub(super) fn pairs(mentions: &[Mention]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut from = None;
    for (index, mention) in mentions.iter().enumerate() {
        match mention.role {
            Role::From => from = Some(index),
            Role::To => pairs.extend(from.take().map(|from| (from, index))),
            _ => {}
        }
    }
    pairs
}

/// Returns the move between two mentions.
pub(super) fn join(text: &Text<'_>, from: &Mention, to: &Mention) -> Result<Move, RemarkKind> {
    let (mut from, mut to) = (from.amount.clone(), to.amount.clone());
    settle(&mut from, &to);
    settle(&mut to, &from);
    for amount in [&from, &to] {
        refuse_flaw(amount)?;
    }
    if is_scale_unclear(&from, &to) || is_scale_unclear(&to, &from) {
        return Err(RemarkKind::AmbiguousNumber);
    }
    let years = [&from, &to].iter().all(|it| it.shape == Shape::Year && it.noun.is_empty());
    if years {
        return Err(RemarkKind::NotUnderstood);
    }
    let (unit_from, unit_to) = units(text, &from, &to)?;
    let per = per(&from, &to)?;
    let from = Quantity { number: from.number, unit: unit_from, per: per.clone() };
    let to = Quantity { number: to.number, unit: unit_to, per };
    if to.number_in(&from.unit) == Some(from.number) {
        return Err(RemarkKind::SameEnds);
    }
    Ok(Move { from, to })
}

/// Returns why an amount can't be used, if it can't.
pub(super) const fn refuse_flaw(amount: &Amount) -> Result<(), RemarkKind> {
    match amount.flaw {
        None => Ok(()),
        Some(Flaw::Range) => Err(RemarkKind::NumberRange),
        Some(Flaw::Separator | Flaw::Minutes | Flaw::Billions) => Err(RemarkKind::AmbiguousNumber),
    }
}

/// Takes `m` for minutes where the other amount is a time, and "4 out of 5 customers" for a share where that is one.
fn settle(amount: &mut Amount, other: &Amount) {
    if amount.flaw == Some(Flaw::Minutes) && matches!(other.unit, Some(Unit::Duration(_))) {
        amount.flaw = None;
        amount.unit = Some(Unit::Duration(TimeUnit::Minute));
    }
    let of_all = amount.out_of.filter(|_| amount.unit.is_none() && !amount.noun.is_empty());
    if let (Some(all), Some(Unit::Percent)) = (of_all, &other.unit)
        && let Some(share) = amount.number.times(Number::whole(100)).and_then(|hundreds| hundreds.over(all))
        && share.places() < 4
    {
        amount.number = share.normal();
        amount.unit = Some(Unit::Percent);
    }
}

/// Says whether `bare` may lack the scale of `scaled`: "from 5 to 7k", but not "from 800 to 1.2k".
fn is_scale_unclear(bare: &Amount, scaled: &Amount) -> bool {
    if scaled.scale == 1
        || bare.scale != 1
        || bare.number.is_zero()
        || !matches!(bare.unit, None | Some(Unit::Money(_)))
    {
        return false;
    }
    // The scale is left out where the number is nearer to the scaled one's figure than to its value.
    let scale = Number::whole(scaled.scale);
    let value = scaled.number.magnitude();
    let nearer = bare.number.times(bare.number).zip(value.over(scale).and_then(|figure| figure.times(value)));
    nearer.is_none_or(|(square, middle)| square < middle)
}

/// Returns the units of both ends, where they can be compared.
fn units(text: &Text<'_>, from: &Amount, to: &Amount) -> Result<(Unit, Unit), RemarkKind> {
    if from.out_of.zip(to.out_of).is_some_and(|(from, to)| from != to) {
        return Err(RemarkKind::UnitsDiffer);
    }
    // "20k" is no percentage and no time, whatever the other end is.
    let scaled = |bare: &Amount, unit: &Amount| {
        bare.unit.is_none() && bare.scale > 1 && !matches!(unit.unit, None | Some(Unit::Money(_) | Unit::Named(_)))
    };
    match (&from.unit, &to.unit) {
        _ if scaled(from, to) || scaled(to, from) => Err(RemarkKind::UnitsDiffer),
        (None, None) if !share_noun(text, from, to) => Err(RemarkKind::UnitsDiffer),
        (None, None) => Ok((Unit::Count, Unit::Count)),
        (Some(unit), None) if to.noun.is_empty() => Ok((unit.clone(), unit.clone())),
        (None, Some(unit)) if from.noun.is_empty() => Ok((unit.clone(), unit.clone())),
        (Some(a), Some(b)) => {
            let family = matches!((a, b), (Unit::Duration(_), Unit::Duration(_)) | (Unit::Bytes(_), Unit::Bytes(_)));
            let fits = a == b || family && a.converts_to(b);
            if fits { Ok((a.clone(), b.clone())) } else { Err(RemarkKind::UnitsDiffer) }
        }
        _ => Err(RemarkKind::UnitsDiffer),
    }
}

/// Says whether two counts may count the same: one names nothing, or both share a noun.
fn share_noun(text: &Text<'_>, from: &Amount, to: &Amount) -> bool {
    let stem = |at: usize| text.word(at).trim_end_matches(['s', 'S']);
    let shares = |at: usize| to.noun.clone().any(|other| stem(at).eq_ignore_ascii_case(stem(other)));
    // "(vs 800 baseline)" names nothing that is counted.
    let names = |amount: &Amount| amount.noun.clone().any(|at| !text.has(at, Class::START));
    !names(from) || !names(to) || from.noun.clone().any(shares)
}

/// Returns what both ends are counted over.
fn per(from: &Amount, to: &Amount) -> Result<Option<Per>, RemarkKind> {
    match (&from.per, &to.per) {
        (Some(a), Some(b)) if a != b => Err(RemarkKind::UnitsDiffer),
        (Some(per), _) | (None, Some(per)) => Ok(Some(per.clone())),
        (None, None) => Ok(None),
    }
}

/// Says whether two bare numbers are versions: "upgrade from 14 to 18", "Kubernetes 1.25 → 1.29".
pub(super) fn are_versions(text: &Text<'_>, from: &Mention, to: &Mention, start: usize) -> bool {
    let bare = |mention: &Mention| {
        mention.amount.unit.is_none() && mention.amount.scale == 1 && mention.amount.out_of.is_none()
    };
    if !bare(from) || !bare(to) || from.amount.number.is_zero() {
        return false;
    }
    let before = from.key.wrapping_sub(1);
    let product = |at: usize| text.has(at, Class::PRODUCT) && !(at == start && text.has(at, Class::CHANGE));
    let named = product(before) || to.amount.noun.clone().any(product) || from.amount.noun.clone().any(product);
    // "Migrated accounts" are counted.
    let of_one = !text.word(before.wrapping_sub(1)).ends_with('s') || text.has(before.wrapping_sub(1), Class::BE);
    let upgrades = |at: usize| at == start || at == before && of_one || !text.word(at).ends_with("ed");
    let upgraded = (start..from.key).any(|at| text.has(at, Class::UPGRADE) && upgrades(at));
    let measured = (start..from.key).any(|at| {
        text.has(at, Class::LOWER) || text.has(at, Class::HIGHER) || text.is(at, &["improve", "improves", "improving"])
    });
    // "Activation from 30 to 40", "Headcount from 20 to 24"; "Notion from 2.1 to 3.0" may be either.
    let whole = from.amount.number.places() == 0 && to.amount.number.places() == 0;
    let counts = |ending: &str| text.word(before).ends_with(ending);
    let is_measure =
        whole && ["tion", "ment", "ness", "ity", "count", "age", "time", "rate"].iter().any(|&end| counts(end));
    named || upgraded || !measured && !is_measure && is_proper(text, before, start)
}

/// Says whether the word at `at` looks like a product's name: `Foobar`, not `NPS`, `Incidents` or `rating`.
fn is_proper(text: &Text<'_>, at: usize, start: usize) -> bool {
    if text.has(at, Class::SCORED) {
        return false;
    }
    let word = text.word(at);
    let titled = word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    text.is_word(at) && titled && !(word.ends_with('s') && at == start) && !text.has(at, Class::GRAMMAR)
}
