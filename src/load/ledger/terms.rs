//! The terms of a lock: goals, bounds and all else that was committed, each value at its place.
//!
//! In: the fields of an entry. Out: terms. An amendment states only what it changes; the rest is what was agreed before.

use crate::diag::Diagnostic;
use crate::keys::ledgers::{GOAL, GUARDRAIL, LEVELS};
use crate::model::calendar::Day;
use crate::model::goal::{Better, Bound, Gain, GainKind, Goal, GoalKind, Hold, Judge, Milestone, Move, Target};
use crate::model::ids::Slug;
use crate::model::ledger::{Committed, Value, notation};
use crate::model::levels::{Level, LevelKind};
use crate::model::plan::Ambition;
use crate::model::quantity::Quantity;
use crate::yaml::{Fields, Node, Reader};

/// Returns the terms that an entry states, those of `before` where it is silent; nothing where it states no title and
/// there were none before, or where one can't be read.
pub(super) fn read<'a, T: Committed>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, before: Option<&T>) -> Option<T> {
    let mut terms = match (before, fields.get("title")) {
        (Some(before), _) => before.clone(),
        (None, Some(_)) => of_silence(),
        (None, None) => return None,
    };
    for term in T::TABLE {
        let may_be_silent = term.silent.is_silent();
        match fields.entry(term.told.key).map(|entry| &entry.value) {
            Some(node) if may_be_silent && node.is_empty() => (term.set)(&mut terms, term.silent.clone()),
            Some(node) if may_be_silent || !node.is_absent() => {
                (term.set)(&mut terms, value(reader, node, &term.silent, term.told.item)?);
            }
            Some(_) | None => {}
        }
    }
    Some(terms)
}

/// Returns the terms of an entry that states none of them.
fn of_silence<T: Committed>() -> T {
    let mut terms = T::default();
    T::TABLE.iter().for_each(|term| (term.set)(&mut terms, term.silent.clone()));
    terms
}

/// Returns a value of the same kind as another one.
fn value<'a>(reader: &mut Reader<'a>, node: &Node<'a>, like: &Value, item: &str) -> Option<Value> {
    Some(match like {
        Value::Text(_) => Value::Text(text(reader, node, item)?),
        Value::Definition(_) => Value::Definition(Some(text(reader, node, item)?)),
        Value::Goal(_) => Value::Goal(Some(goal(reader, node)?)),
        Value::Levels(_) => Value::Levels(levels(reader, node)?),
        Value::Metric(_) => Value::Metric(Some(reader.slug(node, item)?.value)),
        Value::Number(_) => Value::Number(reader.number(node, item)?.value),
        Value::Names(_) => Value::Names(reader.texts(node, item).into_iter().map(|name| name.value).collect()),
        Value::Bounds(_) => Value::Bounds(node.items().iter().filter_map(|node| guardrail(reader, node)).collect()),
        Value::Ambition(_) => Value::Ambition(reader.choice(node, item, Ambition::WORDS)?.value),
    })
}

/// Returns a text as it stands: a record is no prose to be mended.
pub(super) fn text<'a>(reader: &mut Reader<'a>, node: &Node<'a>, what: &str) -> Option<String> {
    reader.text(node, what).map(|text| text.value.to_owned())
}

/// Returns a quantity in the ledgers' notation.
pub(super) fn quantity<'a>(reader: &mut Reader<'a>, node: &Node<'a>, what: &str) -> Option<Quantity> {
    let text = reader.text(node, what)?;
    let quantity = notation::read_quantity(text.value);
    if quantity.is_none() {
        let message = format!("{what} `{}` is no quantity", text.value);
        let help = "write a number and its unit: `31 %`, `8 per quarter`, `0.06 USD per transaction`";
        reader.report(Diagnostic::error("bad-quantity", text.span, message).help(help));
    }
    quantity
}

fn guardrail<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<(Slug, Bound)> {
    let fields = reader.fields(node, GUARDRAIL)?;
    let metric = needed(reader, fields, "metric")?;
    let metric = reader.slug(metric, "the metric")?.value;
    Some((metric, bound(reader, fields)?))
}

fn needed<'n, 'a>(reader: &mut Reader<'a>, fields: Fields<'n, 'a>, key: &'static str) -> Option<&'n Node<'a>> {
    let node = fields.get(key);
    if node.is_none() {
        let place = reader.first_line(fields.span);
        let diagnostic = Diagnostic::error("missing-key", place, format!("`{key}` is missing here"));
        reader.report(diagnostic.help("restore the file as it was, with `git checkout`"));
    }
    node
}

fn bound<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Option<Bound> {
    let stated =
        Bound::KEYS.into_iter().find_map(|(key, side, inclusive)| Some((fields.get(key)?, key, side, inclusive)));
    let Some((node, key, side, inclusive)) = stated else {
        needed(reader, fields, "at_most");
        return None;
    };
    Some(Bound { side, inclusive, limit: quantity(reader, node, key)? })
}

fn levels<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Vec<Level>> {
    let fields = reader.fields(node, LEVELS)?;
    let mut levels = Vec::new();
    for kind in LevelKind::ALL.iter().copied() {
        if let Some(node) = fields.get(kind.name()) {
            levels.push(Level { kind, at: quantity(reader, node, kind.name())? });
        }
    }
    Some(levels)
}

/// Returns the bounds of a goal, the lower one first.
fn bounds<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Option<Vec<Bound>> {
    let mut bounds = Vec::with_capacity(2);
    for (key, side, inclusive) in Bound::KEYS.into_iter().rev() {
        if let Some(node) = fields.get(key) {
            bounds.push(Bound { side, inclusive, limit: quantity(reader, node, key)? });
        }
    }
    if bounds.is_empty() {
        needed(reader, fields, "at_most");
        return None;
    }
    Some(bounds)
}

fn goal<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Goal> {
    let fields = reader.fields(node, GOAL)?;
    let kind = needed(reader, fields, "kind")?;
    let kind = reader.choice(kind, "the kind of goal", GoalKind::WORDS)?.value;
    let of = |reader: &mut Reader<'a>, key: &'static str| {
        let node = needed(reader, fields, key)?;
        quantity(reader, node, key)
    };
    Some(match kind {
        GoalKind::Move => Goal::Move(Move { from: of(reader, "from")?, to: of(reader, "to")? }),
        GoalKind::Target => {
            let better = fields.get("better").and_then(|node| reader.choice(node, "`better`", Better::WORDS));
            Goal::Target(Target { to: of(reader, "to")?, better: better.map(|better| better.value) })
        }
        GoalKind::Gain => {
            let kind = if fields.get("of").is_some() { GainKind::Relative } else { GainKind::Absolute };
            let from = match fields.get("from") {
                Some(node) => Some(quantity(reader, node, "from")?),
                None => None,
            };
            Goal::Gain(Gain { by: of(reader, "by")?, kind, from })
        }
        GoalKind::Hold => {
            let judge = fields.get("judge").and_then(|node| reader.choice(node, "`judge`", Judge::WORDS));
            let judge = judge.map(|judge| judge.value).unwrap_or_default();
            let mut bounds = bounds(reader, fields)?.into_iter();
            Goal::Hold(Hold { bound: bounds.next()?, upper: bounds.next(), judge })
        }
        GoalKind::Milestone | GoalKind::Baseline => {
            let due: Option<Day> = match fields.get("due") {
                Some(node) => Some(reader.day(node, "`due`")?.value),
                None => None,
            };
            let milestone = Milestone { done: None, due };
            if kind == GoalKind::Milestone { Goal::Milestone(milestone) } else { Goal::Baseline(milestone) }
        }
    })
}
