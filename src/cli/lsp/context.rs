//! Where in a file's YAML somebody types, told by its lines, since what is half typed can't be read.
//!
//! In: a text and a byte. Out: the keys that lead there, and what was typed so far of a key, a value or a comment.

use std::ops::Range;

/// Where somebody types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Context {
    /// The keys that lead there; the value's own key at the end.
    pub(super) path: Vec<String>,
    /// What is typed.
    pub(super) what: What,
    /// The bytes of what was typed of it so far.
    pub(super) typed: Range<usize>,
}

/// What somebody types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A key, or an item of a list.
    Key,
    /// What stands behind a key.
    Value,
    /// A comment.
    Comment,
}

/// A line: where what it says begins, the column of a list's dash before it, and the line's text from there on.
struct Line<'a> {
    dash: Option<usize>,
    column: usize,
    said: &'a str,
}

/// A mapping or list that is open on the line: the line's own, or one in brackets.
#[derive(Default)]
struct Open {
    is_list: bool,
    key: Option<String>,
}

/// Returns where a byte of a text stands.
pub(super) fn at(text: &str, byte: usize) -> Context {
    let start = text.get(..byte).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = line(text.get(start..byte).unwrap_or_default());
    let mut path = above(text.get(..start).unwrap_or_default(), &line);
    let from = byte - line.said.len();
    let (open, typed, is_comment) = opened(line.said);
    let keys: Vec<String> = open.iter().filter_map(|open| open.key.clone()).collect();
    let is_value = open.last().is_some_and(|open| open.is_list || open.key.is_some()) && !keys.is_empty();
    path.extend(keys);
    let what = match (is_comment, is_value) {
        (true, _) => What::Comment,
        (false, true) => What::Value,
        (false, false) => What::Key,
    };
    Context { path, what, typed: from + typed..byte }
}

fn line(text: &str) -> Line<'_> {
    let mut dash = None;
    let mut column = text.len() - text.trim_start_matches(' ').len();
    while let Some(rest) = text.get(column..).and_then(|rest| rest.strip_prefix("- ")) {
        dash = Some(column);
        column += 2 + rest.len() - rest.trim_start_matches(' ').len();
    }
    let said = text.get(column..).unwrap_or_default();
    if said.trim_end() == "-" {
        return Line { dash: Some(column), column: column + 2, said: "" };
    }
    Line { dash, column, said }
}

/// Returns the keys of the lines above that hold a line.
fn above(text: &str, below: &Line<'_>) -> Vec<String> {
    let mut keys = Vec::new();
    // A key may stand right above the dash of its first item.
    let mut limit = below.dash.map_or(below.column, |dash| dash + 1);
    for text in text.lines().rev() {
        let line = line(text);
        if line.said.trim().is_empty() || line.said.starts_with('#') {
            continue;
        }
        if line.column < limit
            && let Some((key, _)) = line.said.split_once(':')
        {
            keys.push(key.trim().trim_matches(['"', '\'']).to_owned());
            limit = line.dash.map_or(line.column, |dash| dash + 1);
        } else if let Some(dash) = line.dash.filter(|_| line.column == limit) {
            limit = dash + 1;
        }
        if limit == 0 {
            break;
        }
    }
    keys.reverse();
    keys
}

/// Returns what is open at the end of a line's beginning, where what was typed last begins, and whether that is a comment.
fn opened(said: &str) -> (Vec<Open>, usize, bool) {
    let mut open = vec![Open::default()];
    let (mut token, mut quote, mut before) = (0, None, ' ');
    for (place, letter) in said.char_indices() {
        let is_start = said.get(token..place).is_some_and(|typed| typed.trim().is_empty());
        let next = said[place + letter.len_utf8()..].chars().next();
        match letter {
            _ if quote == Some(letter) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' if is_start => quote = Some(letter),
            '#' if before.is_whitespace() => return (open, place, true),
            '{' | '[' if is_start => {
                open.push(Open { is_list: letter == '[', key: None });
                token = place + 1;
            }
            '}' | ']' if open.len() > 1 => {
                open.pop();
                token = place + 1;
            }
            ',' if open.len() > 1 => {
                open.last_mut().into_iter().for_each(|open| open.key = None);
                token = place + 1;
            }
            ':' if next.is_none_or(char::is_whitespace) => {
                let is_key = open.last().is_some_and(|open| !open.is_list && open.key.is_none());
                let key = said.get(token..place).unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned();
                if is_key {
                    open.last_mut().into_iter().for_each(|open| open.key = Some(key.clone()));
                    token = place + 1;
                }
            }
            _ => {}
        }
        before = letter;
    }
    let spaces = said.get(token..).map_or(0, |typed| typed.len() - typed.trim_start().len());
    (open, token + spaces, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns where the bar stands, in a line: the keys, what is typed, and the beginning of it.
    fn told(text: &str) -> String {
        let byte = text.find('|').expect("a bar");
        let text = text.replace('|', "");
        let context = at(&text, byte);
        format!("{} {:?} {:?}", context.path.join("/"), context.what, &text[context.typed])
    }

    #[test]
    fn what_is_half_typed_is_found_by_the_lines_above_it() {
        for (text, expected) in [
            ("|", " Key \"\""),
            ("org|", " Key \"org\""),
            ("teams:\n  shop:\n    na|", "teams/shop Key \"na\""),
            ("teams:\n  shop:\n    parent: w|", "teams/shop/parent Value \"w\""),
            ("objectives:\n  - id: a\n    ti|", "objectives Key \"ti\""),
            ("objectives:\n- id: a\n  ti|", "objectives Key \"ti\""),
            ("objectives:\n  - |", "objectives Key \"\""),
            ("objectives:\n  -|", "objectives Key \"\""),
            (
                "objectives:\n  - id: a\n    key_results:\n      - id: ü🚀\n        metric: ch|",
                "objectives/key_results/metric Value \"ch\"",
            ),
            ("objectives:\n  - id: a\n    key_results:\n      - { id: b, me|", "objectives/key_results Key \"me\""),
            (
                "objectives:\n  - id: a\n    key_results:\n      - { id: b, metric: c|",
                "objectives/key_results/metric Value \"c\"",
            ),
            (
                "objectives:\n  - key_results:\n      - id: b\n        owners: [ana, b|",
                "objectives/key_results/owners Value \"b\"",
            ),
            (
                "objectives:\n  - key_results:\n      - id: b\n        owners:\n          - b|",
                "objectives/key_results/owners Key \"b\"",
            ),
            ("a:\n  - { guardrails: [{ metric: p|", "a/guardrails/metric Value \"p\""),
            ("a: \"x: {\"\nb: |", "b Value \"\""),
            ("a:\n\n  # c:\n  b|", "a Key \"b\""),
            ("a: b # okrbook-allow(mi|", "a Comment \"# okrbook-allow(mi\""),
            ("a: x:y|", "a Value \"x:y\""),
            ("    b: 1\n  c|", " Key \"c\""),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
