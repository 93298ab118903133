//! Levels beside an end: "to 80% (stretch: 90%)", "(commit 60%, stretch 90%)", "80% (90% stretch)".
//!
//! In: the tokens beside an amount. Out: which level it is. Never takes a stretch of time or a commit of code for one: what
//! names a level stands right beside its number, and opens a bracket or follows a comma.

use super::amount::Amount;
use super::filler::skip_fillers;
use crate::model::levels::LevelKind;
use crate::model::quantity::Unit;
use crate::words::Text;

/// Returns which level of the amount before it an amount is, where it is one.
pub(super) fn of(text: &Text<'_>, amount: &Amount, last: &Amount) -> Option<LevelKind> {
    let is_time = |amount: &Amount| matches!(amount.unit, Some(Unit::Duration(_)));
    // "With a stretch of 4 weeks"
    if is_time(amount) && !is_time(last) && last.unit.is_some() {
        return None;
    }
    before(text, amount.tokens.start).or_else(|| behind(text, amount))
}

/// "(stretch: 90%", ", stretch goal of 90%", "with a stretch to 90%".
fn before(text: &Text<'_>, first: usize) -> Option<LevelKind> {
    let mut at = skip_fillers(text, first).checked_sub(1)?;
    if text.is_sign(at, &[':', '=', '–', '-']) || text.is(at, &["to", "of", "at", "is"]) {
        at = at.checked_sub(1)?;
    }
    if is_goal(text, at) {
        at = at.checked_sub(1)?;
    }
    let kind = named(text, at)?;
    opens(text, at.checked_sub(1)?).then_some(kind)
}

/// "(90% stretch)", ", 90% as a stretch goal".
fn behind(text: &Text<'_>, amount: &Amount) -> Option<LevelKind> {
    let mut at = amount.tokens.end;
    at += usize::from(text.is(at, &["as"]));
    at += usize::from(text.is(at, &["a", "our", "the"]));
    let kind = named(text, at)?;
    at += 1;
    at += usize::from(is_goal(text, at));
    let ends = text.get(at).is_none() || text.is_sign(at, &[')', ']', ',', ';', '.']);
    let opener = skip_fillers(text, amount.tokens.start).checked_sub(1)?;
    (ends && opens(text, opener)).then_some(kind)
}

fn named(text: &Text<'_>, at: usize) -> Option<LevelKind> {
    match () {
        () if text.is(at, &["stretch"]) => Some(LevelKind::Stretch),
        () if text.is(at, &["commit", "committed", "commitment"]) => Some(LevelKind::Commit),
        () => None,
    }
}

fn is_goal(text: &Text<'_>, at: usize) -> bool {
    text.is(at, &["goal", "target", "level"])
}

/// Says whether what stands at `at` begins something that is said beside.
fn opens(text: &Text<'_>, at: usize) -> bool {
    text.is_sign(at, &['(', '[', ',', ';', '–', '—']) || text.is(at, &["and", "with", "a", "our"])
}
