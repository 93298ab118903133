//! Labels: what stands before a sentence without being part of it: `1.`, `- `, `KR2:`, `[P0]`, `Key result 3:`, `CI/CD:`.
//!
//! In: a sentence's words. Out: the first one behind. A topic without a verb behind it ("Uptime: …") is no label, but for
//! one that would be taken for the verb ("Create: …").

use super::lexicon::Class;
use super::text::Text;

/// Returns the first word behind list marks and labels.
pub(crate) fn opening(text: &Text<'_>) -> usize {
    let mut start = 0;
    for _ in 0..4 {
        let behind = marks(text, start);
        let behind = numbered(text, behind).or_else(|| bracketed(text, behind)).or_else(|| named(text, behind));
        let behind = behind.or_else(|| team(text, marks(text, start)));
        match behind {
            Some(behind) if text.get(behind).is_some() => start = behind,
            _ => break,
        }
    }
    marks(text, start)
}

/// Skips "-", "•" and "#"; a sign that belongs to a number stays.
fn marks(text: &Text<'_>, mut start: usize) -> usize {
    while text.is_sign(start, &['-', '–', '•', '+', '#']) && !text.is_glued(start + 1)
        || text.is_sign(start, &['>']) && !text.is_number(start + 1)
    {
        start += 1;
    }
    start
}

/// "1.", "2)", "2.1."
fn numbered(text: &Text<'_>, at: usize) -> Option<usize> {
    let number = text.word(at);
    let is_short = number.split('.').all(|part| part.len() < 3);
    let is_mark = text.is_number(at) && is_short && text.is_glued(at + 1) && text.is_sign(at + 1, &['.', ')']);
    (is_mark && !text.is_glued(at + 2)).then_some(at + 2)
}

/// `[P0]`, `[Key result]`, `[Stretch]`, but no link.
fn bracketed(text: &Text<'_>, at: usize) -> Option<usize> {
    let before = text.get(at)?.start.checked_sub(1)?;
    if text.text.as_bytes().get(before) != Some(&b'[') {
        return None;
    }
    let closes = |at: usize| text.get(at).is_some_and(|word| text.text[word.end..].starts_with("] "));
    let last = (at..at + 3).take_while(|&at| text.is_word(at)).find(|&at| closes(at))?;
    Some(last + 1)
}

/// "KR2:", "KR 2.1 -", "(KR3)", "**KR**:", "Key Result 3:", "Team key result:", "O1:", "P0:"
fn named(text: &Text<'_>, at: usize) -> Option<usize> {
    let open = usize::from(text.is_sign(at, &['(']));
    let at = at + open;
    let key = (at..at + 3).find(|&key| text.is(key, &["key"]) && text.is(key + 1, &["result", "results"]));
    let mut end = match key {
        Some(key) if (at..key).all(|at| text.is_word(at)) => key + 2,
        _ if is_code(text.word(at)) || text.is(at, &["kr", "krs", "okr"]) => at + 1,
        _ => return None,
    };
    end += usize::from(text.is_sign(end, &['#']));
    end += usize::from(text.is_number(end) && text.word(end).len() < 6);
    if open == 1 {
        return text.is_sign(end, &[')']).then_some(end + 1);
    }
    // "KR3 (guardrail):"
    if text.is_sign(end, &['(']) && text.is_word(end + 1) && text.is_sign(end + 2, &[')']) {
        end += 3;
    }
    text.is_sign(end, &[':', '.', '–', '-', ')']).then_some(end + 1)
}

/// "Create:", "CI/CD:", "Search & Browse:" before a sentence with a verb of its own.
fn team(text: &Text<'_>, at: usize) -> Option<usize> {
    let colon = (at + 1..at + 5).find(|&at| text.is_sign(at, &[':']))?;
    let verb = Class::MOVES.or(Class::HOLD).or(Class::REACH).or(Class::OUTPUT);
    let is_verb = |at: usize| text.has(at, verb) && !text.word(at).ends_with('s') && !text.word(at).ends_with("ed");
    let measure = Class::GOOD.or(Class::BAD).or(Class::EVENT).or(Class::FIGURE).or(Class::START).or(Class::AIM);
    let is_part = |at: usize| text.is_word(at) && !text.has(at, measure) || text.is_sign(at, &['/', '&', '-']);
    let is_name = (at..colon).all(is_part);
    let alone = colon == at + 1 && is_verb(at);
    (is_name && (alone || is_verb(colon + 1))).then_some(colon + 1)
}

/// Says whether a word is a key result's, objective's or priority's code: `KR2`, `O1KR2`, `P0`.
fn is_code(word: &str) -> bool {
    let head = word.get(..2).unwrap_or_default();
    let is_named = head.eq_ignore_ascii_case("kr") || word.starts_with('O') || word.starts_with('P') && word.len() == 2;
    word.len() < 8 && is_named && word.ends_with(|c: char| c.is_ascii_digit())
}
