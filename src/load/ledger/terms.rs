//! The terms of a lock: goals, bounds and all else that was committed, each value at its place.
//!
//! In: the fields of an entry. Out: terms. An amendment states only what it changes; the rest is what was agreed before.

use crate::diag::Diagnostic;
use crate::keys::ledgers::{GOAL, GUARDRAIL};
use crate::model::calendar::Day;
use crate::model::goal::{Better, Bound, Gain, GainKind, Goal, Hold, Judge, Milestone, Move, Target};
use crate::model::ids::Slug;
use crate::model::ledger::{ObjectiveTerms, Terms, notation};
use crate::model::plan::Ambition;
use crate::model::quantity::{Number, Quantity};
use crate::yaml::{Fields, Node, Reader};

/// Returns the terms that an entry states, those of `before` where it is silent; nothing where it states no title and
/// there were none before.
pub(super) fn of_key_result<'a>(
    reader: &mut Reader<'a>,
    fields: Fields<'_, 'a>,
    before: Option<&Terms>,
) -> Option<Terms> {
    let mut terms = match (before, fields.get("title")) {
        (Some(before), _) => before.clone(),
        (None, None) => return None,
        (None, Some(_)) => Terms {
            title: String::new(),
            goal: None,
            metric: None,
            definition: None,
            weight: Number::ONE,
            owners: Vec::new(),
            guardrails: Vec::new(),
        },
    };
    if let Some(node) = fields.get("title") {
        terms.title = text(reader, node, "the wording")?;
    }
    if let Some(entry) = fields.entry("goal") {
        terms.goal = if entry.value.is_empty() { None } else { Some(goal(reader, &entry.value)?) };
    }
    if let Some(entry) = fields.entry("metric") {
        let metric = if entry.value.is_empty() { None } else { Some(reader.slug(&entry.value, "the metric")?.value) };
        terms.metric = metric;
    }
    if let Some(entry) = fields.entry("definition") {
        let definition = if entry.value.is_empty() { None } else { text(reader, &entry.value, "the definition") };
        terms.definition = definition;
    }
    if let Some(node) = fields.get("weight") {
        terms.weight = reader.number(node, "the weight")?.value;
    }
    if let Some(entry) = fields.entry("owners") {
        terms.owners = reader.texts(&entry.value, "an owner").into_iter().map(|owner| owner.value).collect();
    }
    if let Some(entry) = fields.entry("guardrails") {
        terms.guardrails = entry.value.items().iter().filter_map(|node| guardrail(reader, node)).collect();
    }
    Some(terms)
}

/// Returns the terms that an objective's entry states, those of `before` where it is silent.
pub(super) fn of_objective<'a>(
    reader: &mut Reader<'a>,
    fields: Fields<'_, 'a>,
    before: Option<&ObjectiveTerms>,
) -> Option<ObjectiveTerms> {
    let mut terms = match (before, fields.get("title")) {
        (Some(before), _) => before.clone(),
        (None, None) => return None,
        (None, Some(_)) => {
            ObjectiveTerms { title: String::new(), ambition: Ambition::Aspirational, outcome_metric: None }
        }
    };
    if let Some(node) = fields.get("title") {
        terms.title = text(reader, node, "the wording")?;
    }
    if let Some(node) = fields.get("ambition") {
        terms.ambition = reader.choice(node, "`ambition`", Ambition::WORDS)?.value;
    }
    if let Some(entry) = fields.entry("outcome_metric") {
        let metric = if entry.value.is_empty() { None } else { reader.slug(&entry.value, "the metric") };
        terms.outcome_metric = metric.map(|metric| metric.value);
    }
    Some(terms)
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

fn goal<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Goal> {
    let fields = reader.fields(node, GOAL)?;
    let kinds = [("move", 0), ("target", 1), ("gain", 2), ("hold", 3), ("milestone", 4), ("baseline", 5)];
    let kind = needed(reader, fields, "kind")?;
    let kind = reader.choice(kind, "the kind of goal", &kinds)?.value;
    let of = |reader: &mut Reader<'a>, key: &'static str| {
        let node = needed(reader, fields, key)?;
        quantity(reader, node, key)
    };
    Some(match kind {
        0 => Goal::Move(Move { from: of(reader, "from")?, to: of(reader, "to")? }),
        1 => {
            let better = fields.get("better").and_then(|node| reader.choice(node, "`better`", Better::WORDS));
            Goal::Target(Target { to: of(reader, "to")?, better: better.map(|better| better.value) })
        }
        2 => {
            let kind = if fields.get("of").is_some() { GainKind::Relative } else { GainKind::Absolute };
            let from = match fields.get("from") {
                Some(node) => Some(quantity(reader, node, "from")?),
                None => None,
            };
            Goal::Gain(Gain { by: of(reader, "by")?, kind, from })
        }
        3 => {
            let judge = fields.get("judge").and_then(|node| reader.choice(node, "`judge`", Judge::WORDS));
            let judge = judge.map(|judge| judge.value).unwrap_or_default();
            Goal::Hold(Hold { bound: bound(reader, fields)?, judge })
        }
        soft => {
            let due: Option<Day> = match fields.get("due") {
                Some(node) => Some(reader.day(node, "`due`")?.value),
                None => None,
            };
            let milestone = Milestone { done: None, due };
            if soft == 4 { Goal::Milestone(milestone) } else { Goal::Baseline(milestone) }
        }
    })
}
