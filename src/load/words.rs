//! The words of people as quantities and goals: the only place in `load` that asks the sentence grammar.
//!
//! In: texts with their places. Out: values, and diagnostics for words that mean nothing to the grammar.

use crate::diag::Diagnostic;
use crate::model::deadline::Deadline;
use crate::model::goal::Goal;
use crate::model::levels::Level;
use crate::model::quantity::{Per, Quantity, Unit};
use crate::sentence::{self, Part, Remark, RemarkKind};
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Reader};

/// What a sentence states.
pub(super) struct Sentence {
    /// The goal, where one is understood.
    pub(super) goal: Option<Goal>,
    /// The levels that it names beside the goal.
    pub(super) levels: Vec<Spanned<Level>>,
    /// The day that it names as the goal's deadline.
    pub(super) deadline: Option<Deadline>,
    /// What is missing or doubtful, in words.
    pub(super) doubts: Vec<String>,
    /// Those of them that are told while loading, with places and cures.
    pub(super) findings: Vec<Diagnostic>,
    /// Those of them that rules tell.
    pub(super) remarks: Vec<Remark>,
}

/// Returns what the sentence states.
pub(super) fn read(reader: &Reader<'_>, title: &Spanned<String>) -> Sentence {
    let reading = sentence::read(&title.value);
    let doubts = reading.remarks.iter().map(|remark| remark.kind.message().to_owned()).collect();
    let is_error = |kind: RemarkKind| matches!(kind, RemarkKind::SameEnds | RemarkKind::UnitsDiffer);
    // What a sentence without a goal lacks is told once, by the checks of wording, who see all that is wrong with it.
    let by_checks = |kind: RemarkKind| kind.is_told_by_a_rule() || reading.goal.is_none() && !is_error(kind);
    let (remarks, told): (Vec<_>, Vec<_>) = reading.remarks.into_iter().partition(|remark| by_checks(remark.kind));
    let told = told.iter().filter(|remark| remark.kind != RemarkKind::FurtherLimit);
    let finding = |remark: &Remark| {
        let place = reader.part(title.span, &title.value, remark.range.clone());
        let message = remark.kind.message();
        let diagnostic = match remark.kind {
            RemarkKind::SameEnds => Diagnostic::error("no-change", place, message),
            RemarkKind::UnitsDiffer => Diagnostic::error(remark.kind.code(), place, message),
            _ => Diagnostic::warning(remark.kind.code(), place, message),
        };
        diagnostic.help(remark.kind.help())
    };
    let findings = told.map(finding).collect();
    let numerals = &reading.numerals;
    let placed = |level: Level| {
        let numeral = numerals.iter().find(|numeral| numeral.part == Part::of_level(level.kind));
        let range = numeral.map_or(0..title.value.len(), |numeral| numeral.range.clone());
        Spanned::new(level, reader.part(title.span, &title.value, range))
    };
    let levels = reading.levels.into_iter().map(placed).collect();
    Sentence { goal: reading.goal, levels, deadline: reading.deadline, doubts, findings, remarks }
}

/// Says whether a verb of the sentence says which way is better.
pub(super) fn says_direction(sentence: &str) -> bool {
    sentence::read(sentence).verb.is_some()
}

/// Returns the quantity that a text at a place is.
pub(super) fn quantity(reader: &mut Reader<'_>, text: &str, span: Span) -> Option<Quantity> {
    match sentence::quantity(text) {
        Ok(quantity) => Some(quantity),
        Err(error) => {
            let place = reader.part(span, text, error.range);
            reader.report(Diagnostic::error("bad-quantity", place, error.message).help(error.help));
            None
        }
    }
}

/// Returns the unit that a node names.
pub(super) fn unit<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Spanned<Unit>> {
    let text = reader.text(node, "`unit`")?;
    let unit = sentence::unit(text.value);
    if unit.is_none() {
        let message = format!("`{}` is no unit", text.value);
        reader.report(
            Diagnostic::error("bad-value", text.span, message)
                .help("write `\"%\"`, `h`, `min`, `ms`, `$`, `points`, `GB` or the name of what is counted"),
        );
    }
    Some(Spanned::new(unit?, text.span))
}

/// Returns what a node says that something is counted over.
pub(super) fn per<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Spanned<Per>> {
    let text = reader.text(node, "`per`")?;
    let per = sentence::per(text.value);
    if per.is_none() {
        let message = format!("nothing is counted per `{}`", text.value);
        reader.report(
            Diagnostic::error("bad-value", text.span, message)
                .help("write `quarter`, `month`, `cycle`, or the thing: `transaction`"),
        );
    }
    Some(Spanned::new(per?, text.span))
}

/// Returns the days of a duration above 0.
pub(super) fn days<'a>(reader: &mut Reader<'a>, node: &Node<'a>, what: &str) -> Option<Spanned<i32>> {
    let text = reader.text(node, what)?;
    let days = sentence::duration_days(text.value).filter(|&days| days > 0);
    if days.is_none() {
        let message = format!("{what} is a number of days, and `{}` is none", text.value);
        let digits = text.value.parse::<u16>().is_ok();
        let help =
            if digits { format!("write `{} days`", text.value) } else { "write `7 days` or `4 weeks`".to_owned() };
        reader.report(Diagnostic::error("bad-value", text.span, message).help(help));
    }
    Some(Spanned::new(days?, text.span))
}
