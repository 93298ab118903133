//! Starts: the words that make a start of an amount without "from": "currently 40%", "(Q2: 38)".
//!
//! In: the tokens beside an amount. Out: the first token of the words that name it a start. Never reads the amount.

use super::amount::Amount;
use super::filler::skip_fillers;
use crate::words::{Class, Text};

/// Returns the first token of the words before `first` that name a start: "currently", "baseline of", "(Q2:".
pub(super) fn before(text: &Text<'_>, first: usize) -> Option<usize> {
    let mut at = first;
    let mut named = None;
    while at > 0 && first - at < 7 {
        let before = at - 1;
        let strong = text.has(before, Class::START);
        if strong && is_start(text, before) || is_comparison(text, before) {
            named = Some(before);
        }
        let compares = text.is(before, &["to", "with"]) && text.is(before.wrapping_sub(1), &["compared"])
            || text.is_sign(before, &['.']) && text.is(before.wrapping_sub(1), &["vs"]);
        let links = text.is_sign(before, &[':', '=', '~', '<', '>'])
            || strong
            || compares
            || text.is(before, &["of", "is", "as"]);
        if !links && !text.has(before, Class::LEAD) && !text.has(before, Class::FILLER) {
            break;
        }
        at = before;
    }
    named.or_else(|| period_before(text, first))
}

/// Says whether the word at `at` names a start where it stands: "was" and its like only behind a bracket or comma.
fn is_start(text: &Text<'_>, at: usize) -> bool {
    let weak = text.has(at, Class::WEAK_START);
    let before = at.wrapping_sub(1);
    let opens =
        text.is_sign(before, &['(', ',', ';', '–', '-', '.', '/', '[']) || text.is(before, &["the", "is", "it", "our"]);
    let closes = text.is_sign(at + 1, &[':', '=']) || text.is(at + 1, &["is"]);
    !weak || opens || closes
}

fn is_comparison(text: &Text<'_>, at: usize) -> bool {
    text.is(at, &["compared"]) && text.is(at + 1, &["to", "with"])
        || text.is(at, &["instead", "up", "down"]) && text.is(at + 1, &["of", "from"])
}

/// Says whether the bracket that holds the amount at `first` tells what was worst or best, as in "(worst day last quarter:
/// 48 min)", where the sentence doesn't measure just that.
pub(super) fn is_extreme(text: &Text<'_>, first: usize) -> bool {
    let sign = (first.saturating_sub(8)..first).rev().find(|&at| text.is_sign(at, &['(', ')']));
    let Some(open) = sign.filter(|&at| text.is_sign(at, &['('])) else { return false };
    let is_measured = |word: &str| (0..open).any(|at| text.word(at).eq_ignore_ascii_case(word));
    (open + 1..first).any(|at| text.has(at, Class::EXTREME) && !is_measured(text.word(at)))
}

/// Returns the bracket of "(Q2: 38)", "(2025: 38)" or "(last quarter: 38)".
fn period_before(text: &Text<'_>, first: usize) -> Option<usize> {
    let colon = first.checked_sub(1).filter(|&at| text.is_sign(at, &[':', '=']))?;
    let open = (colon.saturating_sub(6)..colon).rev().find(|&at| text.is_sign(at, &['(']))?;
    let is_period =
        (open + 1..colon).all(|at| is_period(text, at)) && (open + 1..colon).any(|at| names_period(text, at));
    let closes = (first..first + 6)
        .find(|&at| text.is_sign(at, &[')', ',', ';', ':']))
        .is_some_and(|at| text.is_sign(at, &[')']));
    (is_period && closes).then_some(open)
}

/// Says whether the token at `at` may stand in the name of a stretch of time: `Q2`, "last quarter", "2025 average".
pub(super) fn is_period(text: &Text<'_>, at: usize) -> bool {
    names_period(text, at) || text.has(at, Class::OF_PERIOD)
}

/// Says whether the token at `at` names a stretch of time: `Q2`, `2025`, `last`, `May`.
pub(super) fn names_period(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    let is_numbered = |letter: &str| {
        let rest =
            word.get(..letter.len()).filter(|head| head.eq_ignore_ascii_case(letter)).map(|_| &word[letter.len()..]);
        rest.is_some_and(|rest| !rest.is_empty() && rest.len() < 5 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    ["q", "h", "fy"].iter().any(|letter| is_numbered(letter))
        || text.is_number(at) && word.len() == 4
        || text.has(at, Class::PERIOD)
        || text.has(at, Class::MONTH)
}

/// Returns the bracket of "(38 today)", "(38 in Q2)".
pub(super) fn behind(text: &Text<'_>, amount: &Amount) -> Option<usize> {
    let open = skip_fillers(text, amount.tokens.start).checked_sub(1).filter(|&at| text.is_sign(at, &['(']))?;
    let end = amount.noun.end;
    let names =
        |at: usize| text.has(at, Class::START) && !text.is(at, &["vs", "versus", "was", "were"]) || is_period(text, at);
    let from = (amount.tokens.end..=end).find(|&at| names(at))?;
    let close = (from..from + 4).find(|&at| text.is_sign(at, &[')', ',', ';']))?;
    (from..close).all(names).then_some(open)
}
