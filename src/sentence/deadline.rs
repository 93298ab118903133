//! Deadlines: the words that say on which day a limit is to hold: "by the end of the quarter", "on 30 September".
//!
//! In: a sentence's tokens. Out: whether it names such a day. Never takes what recurs ("by the end of every day") or what
//! must hold all along ("keep … until 30 September") for a deadline.

use super::limits::Scene;
use super::name;
use crate::words::{Class, Text};

/// Says whether a limit is to hold on one day, and not all along.
pub(super) fn is_set(scene: Scene<'_, '_>) -> bool {
    let Scene { text, start, .. } = scene;
    let keeps = text.has(start, Class::HOLD) && !text.is(start, &["ensure", "guarantee"]);
    let is_kept = keeps || (start..text.len()).any(|at| text.is(at, &["never"]));
    !is_kept && (is_final(text, start) || (start..text.len()).any(|at| is_deadline(text, at)))
}

/// Reads "final NPS at least 40", but not "the final step".
fn is_final(text: &Text<'_>, start: usize) -> bool {
    let at = start + usize::from(text.is(start, &["the", "our"]));
    let measure = Class::GOOD.or(Class::BAD).or(Class::FIGURE).or(Class::SCORED);
    text.is(at, &["final"]) && (at + 1..at + 4).any(|at| text.has(at, measure))
}

/// Says whether a date or the end of a period stands behind the word at `link`.
fn is_deadline(text: &Text<'_>, link: usize) -> bool {
    let by = text.is(link, &["by", "before"]);
    if !by && !text.is(link, &["on", "at"]) {
        return false;
    }
    let first = link + 1;
    let at = first + (first..first + 4).take_while(|&at| text.has(at, Class::BEFORE_DATE)).count();
    let ends = (first..at).any(|at| text.is(at, &["end", "close"]));
    let day = at + usize::from(name::is_month(text, at));
    if ends || text.is(at + 1, &["end"]) || text.is(at + 2, &["end"]) {
        return is_period(text, at, ends);
    }
    name::date(text, day).is_some() || by && (is_period_name(text, at) || name::is_month(text, at))
}

/// Says whether a quarter, a half or a year is named at `at`, with its end before or behind it.
fn is_period(text: &Text<'_>, at: usize, ends: bool) -> bool {
    let at = at + usize::from(text.is(at, &["this", "fiscal", "our"]));
    let closes = ends || text.is(at + 1, &["end"]) || text.is(at + 1, &["s"]) && text.is(at + 2, &["end"]);
    let word = text.word(at);
    let word = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word);
    let is_named = ["quarter", "half", "year"].iter().any(|known| known.eq_ignore_ascii_case(word));
    closes && (is_named || is_period_name(text, at) || name::is_month(text, at))
}

/// Says whether `Q3`, `H2`, `EOQ` or a year stands at `at`.
fn is_period_name(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    let numbered = matches!(word.as_bytes(), [b'Q' | b'q' | b'H' | b'h', b'1'..=b'4']);
    let year = text.is_number(at) && word.len() == 4 && word.starts_with("20");
    let is_measured = text.is_word(at + 1) && !text.has(at + 1, Class::STOP);
    numbered || year && !is_measured || text.is(at, &["eoq", "eoy", "year-end", "quarter-end"])
}
