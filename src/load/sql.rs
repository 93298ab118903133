//! What a query may look like that a book hands to an engine.
//!
//! In: its text. Out: nothing where it is one question, else what is wrong and where. It is not understood: engines differ in
//! what their words mean. So the rules are such that no dialect's quotes can hide a second statement.

use std::ops::Range;

/// The longest query, in bytes.
const LIMIT: usize = 64 << 10;

/// The words with which questions begin.
const BEGINNINGS: [&str; 4] = ["select", "with", "from", "values"];

/// What is wrong with a query.
pub(super) struct Fault {
    /// Where in its text.
    pub(super) range: Range<usize>,
    /// What is wrong.
    pub(super) message: &'static str,
    /// What to do.
    pub(super) help: &'static str,
}

/// Holds a text against what a query may look like.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let fault = |range, message, help| Err(Fault { range, message, help });
    if text.len() > LIMIT {
        return fault(0..1, "a query has at most 64 KiB", "make a view of it in the engine, and ask that");
    }
    let (start, word) = first_word(text);
    if word.is_empty() && text[start..].is_empty() {
        return fault(0..text.len().min(1), "this query says nothing", "write it: `select day, paid from …`");
    }
    if !BEGINNINGS.iter().any(|known| word.eq_ignore_ascii_case(known)) {
        let message = "a query begins with `select`, `with`, `from` or `values`, and this one doesn't";
        return fault(
            start..start + word.len().max(1).min(text.len() - start),
            message,
            "ask for days and numbers only",
        );
    }
    if let Some(at) = semicolon(text) {
        let message = "a pull asks one query, and a semicolon stands inside of it";
        return fault(
            at..at + 1,
            message,
            "ask one; where a text has a semicolon, write it as `chr(59)` or `char(59)`",
        );
    }
    Ok(())
}

/// Says whether a query has a place for the first day that it is asked for.
pub(super) fn takes_a_day(text: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    let code = lines(text).filter(|(_, line)| !is_comment(line)).flat_map(|(_, line)| line.chars());
    for sign in code {
        match quote {
            Some(open) if sign == open => quote = None,
            None if matches!(sign, '\'' | '"') => quote = Some(sign),
            None if sign == '?' || (before == '$' && sign == '1') => return true,
            _ => {}
        }
        before = sign;
    }
    false
}

/// Returns the lines with their ends, and where each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

/// Says whether a whole line is a comment, in every dialect: some want a space behind the dashes.
fn is_comment(line: &str) -> bool {
    line.trim_start().strip_prefix("--").is_some_and(|rest| rest.trim().is_empty() || rest.starts_with([' ', '\t']))
}

/// Returns the first word that isn't in a comment, and where it begins.
fn first_word(text: &str) -> (usize, &str) {
    let line = lines(text).find(|(_, line)| !line.trim().is_empty() && !is_comment(line));
    let Some((at, line)) = line else { return (text.len(), "") };
    let start = at + line.len() - line.trim_start().len();
    let end = text[start..].find(|c: char| !c.is_ascii_alphabetic()).map_or(text.len(), |length| start + length);
    (start, &text[start..end])
}

/// Returns the first semicolon that isn't the last sign of the query or in a line that is a comment.
fn semicolon(text: &str) -> Option<usize> {
    let is_rest = |from: usize| lines(&text[from..]).all(|(_, line)| line.trim().is_empty() || is_comment(line));
    let found = lines(text).filter(|(_, line)| !is_comment(line));
    let mut all = found.flat_map(|(at, line)| line.match_indices(';').map(move |(place, _)| at + place));
    all.find(|&at| !is_rest(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_passes_and_nothing_else() {
        for right in [
            "select 1",
            "\n-- days; with numbers\n  SELECT day, n from t;\n-- the end;\n",
            "with a as (select 1) select * from a",
            "from t select day",
            "values (1)",
        ] {
            assert!(check(right).is_ok(), "{right}");
        }
        for (wrong, at) in [
            ("", 0),
            ("-- nothing\n", 0),
            ("copy t to '/tmp/x'", 0),
            ("\\! rm", 0),
            ("select 1; copy t to 'x'", 8),
            ("select ';'", 8),
            ("select '\\''; drop table t; --'", 11),
            ("--x; y\nselect 1", 0),
            ("/* a */ select 1", 0),
            ("select 1 --\n;\n drop", 12),
            ("attach 'x'", 0),
            ("é", 0),
        ] {
            let fault = check(wrong).err().unwrap_or_else(|| panic!("{wrong} passes"));
            assert_eq!(fault.range.start, at, "{wrong}");
        }
    }

    #[test]
    fn a_place_for_a_day_is_seen_outside_of_texts() {
        for (text, expected) in [
            ("select 1 where day >= $1", true),
            ("select 1 where day >= ?", true),
            ("select '?' where \"a?\" = 1", false),
            ("-- why?\nselect 1", false),
            ("select 'it''s' where x > ?", true),
        ] {
            assert_eq!(takes_a_day(text), expected, "{text}");
        }
    }
}
