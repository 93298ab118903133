//! The keys that state a goal: `from`, `to`, `by`, bounds, `done`, `baseline`, `judge`, `unit`, `per`.
//!
//! In: a key result's fields. Out: what each of them says, not yet put together.

use super::amounts::{quantities, show};
use crate::diag::Diagnostic;
use crate::load::words;
use crate::model::calendar::Day;
use crate::model::goal::{Bound, Gain, GainKind, Goal, Judge, Milestone, Side};
use crate::model::quantity::{Per, Quantity, Unit};
use crate::source::{Span, Spanned};
use crate::yaml::{Fields, Node, Reader};

/// A quantity that a key gives.
#[derive(Clone)]
pub(super) struct Slot {
    pub(super) key: &'static str,
    pub(super) quantity: Quantity,
    pub(super) span: Span,
}

/// All that the keys say.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) from: Option<Slot>,
    pub(super) to: Option<Slot>,
    pub(super) by: Option<(Slot, GainKind, bool)>,
    pub(super) bound: Option<(Slot, Side, bool)>,
    /// The bound on the other side, where two make a range.
    pub(super) other: Option<(Slot, Side, bool)>,
    pub(super) judge: Option<Spanned<Judge>>,
    pub(super) soft: Option<(Goal, Span)>,
    pub(super) unit: Option<Spanned<Unit>>,
    pub(super) per: Option<Spanned<Per>>,
}

impl Keys {
    /// Returns what the keys say.
    pub(super) fn read<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Self {
        Self {
            from: slot(reader, fields, "from"),
            to: slot(reader, fields, "to"),
            by: fields.get("by").and_then(|node| by(reader, node)),
            judge: fields.get("judge").and_then(|node| reader.choice(node, "`judge`", Judge::WORDS)),
            soft: soft(reader, fields),
            ..Self::of_bounds(reader, fields)
        }
    }

    /// Returns what the keys of the only bound and its unit say.
    pub(super) fn of_bound<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Self {
        let mut keys = Self::of_bounds(reader, fields);
        if let (Some((first, ..)), Some((second, ..))) = (&keys.bound, keys.other.take()) {
            two_bounds(reader, first, &second, "a guardrail has one bound");
        }
        keys
    }

    /// Returns what the keys of bounds and their unit say: of one, or of one on either side.
    fn of_bounds<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Self {
        let stated = Bound::KEYS
            .into_iter()
            .filter_map(|(key, side, inclusive)| Some((slot(reader, fields, key)?, side, inclusive)));
        let bounds: Vec<(Slot, Side, bool)> = stated.collect();
        let mut kept: Vec<(Slot, Side, bool)> = Vec::with_capacity(2);
        for (slot, side, inclusive) in bounds {
            match kept.iter().find(|(_, other, _)| *other == side) {
                Some((first, ..)) => two_bounds(reader, first, &slot, "a goal has one bound on a side"),
                None => kept.push((slot, side, inclusive)),
            }
        }
        // The lower bound of a range comes first.
        kept.sort_by_key(|(_, side, _)| *side == Side::Below);
        let mut kept = kept.into_iter();
        Self {
            bound: kept.next(),
            other: kept.next(),
            unit: fields.get("unit").and_then(|node| words::unit(reader, node)),
            per: fields.get("per").and_then(|node| words::per(reader, node)),
            ..Self::default()
        }
    }

    /// Returns where the keys state a goal, where they do.
    pub(super) fn place(&self) -> Option<Span> {
        let slots = [
            self.to.as_ref(),
            self.by.as_ref().map(|by| &by.0),
            self.bound.as_ref().map(|bound| &bound.0),
            self.from.as_ref(),
        ];
        slots.into_iter().flatten().map(|slot| slot.span).next().or(self.soft.as_ref().map(|(_, span)| *span))
    }

    /// Gives the goal's bare numbers the unit that the keys state, and reports where the goal has another one.
    pub(super) fn fit(&self, reader: &mut Reader<'_>, goal: &mut Goal) {
        if self.unit.is_none() && self.per.is_none() {
            return;
        }
        let relative = matches!(goal, Goal::Gain(Gain { kind: GainKind::Relative, .. }));
        let mut differ = None;
        for quantity in quantities(goal) {
            let stated = show(quantity);
            if let Some(unit) = self.unit.as_ref().filter(|_| !relative) {
                if quantity.unit == Unit::Count {
                    quantity.unit = unit.value.clone();
                } else if !quantity.unit.converts_to(&unit.value) {
                    differ = differ.or_else(|| Some(("unit", unit.span, unit.value.to_string(), stated.clone())));
                }
            }
            if let Some(per) = &self.per {
                if quantity.per.as_ref().is_some_and(|own| *own != per.value) {
                    differ = differ.or_else(|| Some(("per", per.span, per.value.to_string(), stated)));
                }
                quantity.per.get_or_insert_with(|| per.value.clone());
            }
        }
        if let Some((key, span, said, stated)) = differ {
            let message = format!("`{key}` says {said}, but the goal says {stated}");
            let help = format!("leave `{key}` out, or write both alike");
            reader.report(Diagnostic::error("contradiction", span, message).help(help));
        }
    }
}

/// Reports a bound that stands beside another one.
fn two_bounds(reader: &mut Reader<'_>, first: &Slot, second: &Slot, rule: &str) {
    let message = format!("{rule}, and here are `{}` and `{}`", first.key, second.key);
    let diagnostic = Diagnostic::error("contradiction", second.span, message).related(first.span, "this one is used");
    reader.report(diagnostic.help("make the second a key result or a guardrail of its own"));
}

fn slot<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, key: &'static str) -> Option<Slot> {
    let text = reader.text(fields.get(key)?, &format!("`{key}`"))?;
    let quantity = words::quantity(reader, text.value, text.span)?;
    Some(Slot { key, quantity, span: text.span })
}

/// Returns the difference, its kind, and whether it is a percentage that doesn't say of what.
fn by<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<(Slot, GainKind, bool)> {
    let text = reader.text(node, "`by`")?;
    let stripped = ["relative", "relatively"].iter().find_map(|word| text.value.strip_suffix(word));
    let quantity = words::quantity(reader, stripped.unwrap_or(text.value).trim(), text.span)?;
    let percent = quantity.unit == Unit::Percent;
    let kind = if percent { GainKind::Relative } else { GainKind::Absolute };
    Some((Slot { key: "by", quantity, span: text.span }, kind, percent && stripped.is_none()))
}

/// Returns the milestone or baseline that `done` and `baseline` state.
fn soft<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Option<(Goal, Span)> {
    if let Some(node) = fields.get("done") {
        let done = day_or_not_yet(reader, node, "`done`")?;
        return Some((Goal::Milestone(Milestone { done, due: None }), node.span));
    }
    let node = fields.get("baseline")?;
    let text = node.as_text().unwrap_or_default();
    let quantity = text.starts_with(|first: char| !first.is_alphabetic()) && Day::parse(text).is_none();
    if quantity && text.len() < 10 {
        let message = format!("`baseline: {text}` states a start value");
        let help =
            format!("write `from: {text}`; `baseline` takes the day on which a missing start value was established");
        reader.report(Diagnostic::error("bad-value", node.span, message).help(help));
        return None;
    }
    let done = day_or_not_yet(reader, node, "`baseline`")?;
    Some((Goal::Baseline(Milestone { done, due: None }), node.span))
}

/// Returns the day that a node says, or that it isn't yet; nothing where it says neither.
pub(super) fn day_or_not_yet<'a>(reader: &mut Reader<'a>, node: &Node<'a>, what: &str) -> Option<Option<Day>> {
    let text = reader.text(node, what)?;
    match text.value.to_lowercase().as_str() {
        "no" | "false" | "not yet" | "pending" | "open" => Some(None),
        "yes" | "true" | "done" => {
            let message = format!("{what} doesn't say when");
            reader.report(Diagnostic::error("bad-date", text.span, message).help("write the day: `2026-08-14`"));
            Some(None)
        }
        _ => reader.day_of(text.value, text.span, what).map(Some),
    }
}
