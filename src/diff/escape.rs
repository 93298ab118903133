//! Anybody's text in a comment on a code host: it is read as it was written, and nothing in it is markup, an address or
//! a reference.
//!
//! Hosts look twice. The first time for markup, in the text as it is sent: each sign that could be some is written as
//! its number. The second time for mentions, references, emoji and addresses, in the text that is left when numbers are
//! signs again: a joiner, which takes no room, stands inside of each.

use std::fmt::Write as _;

use super::one_line::on_one_line;

/// The longest title or message that is written in full.
const LONGEST_TEXT: usize = 300;

/// Parts what is written together without being seen.
const JOINER: &str = "&#8288;";

/// Hexadecimal digits that are no commit yet; hosts take seven.
const HASH: usize = 6;

/// Returns text that is nothing but text: on one line, not too long, every sign of markup written as its number.
#[must_use]
pub fn escaped(text: &str) -> String {
    let line = on_one_line(text);
    let mut out = String::with_capacity(line.len());
    let mut hash = 0;
    for (place, (at, character)) in line.char_indices().enumerate() {
        if place == LONGEST_TEXT {
            out.push('…');
            break;
        }
        hash = if character.is_ascii_hexdigit() { hash + 1 } else { 0 };
        if hash > HASH {
            out.push_str(JOINER);
            hash = 1;
        }
        let (before, after) = (&line[..at], &line[at + character.len_utf8()..]);
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | ',' | ';' | '\'' | '%' | '?' | '/' | '-' | '(' | ')' => {
                out.push(character);
            }
            '.' if !is_after_www(before) => out.push(character),
            character if character.is_ascii() => {
                let _ = write!(out, "&#{};", u32::from(character));
            }
            character => out.push(character),
        }
        if is_reference(before, character, after) {
            out.push_str(JOINER);
        }
    }
    out
}

/// Returns an id or a path as code, where it holds nothing but what ids hold; else as escaped text.
pub(super) fn code(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':');
    let is_short = text.len() <= LONGEST_TEXT;
    if !text.is_empty() && is_short && text.chars().all(is_plain) { format!("`{text}`") } else { escaped(text) }
}

/// Says whether a sign between these is a part of what a host links: `@name`, `#12`, `!12`, `GH-1`, `www.a.b`,
/// `http://a.b`, `:tada:`.
fn is_reference(before: &str, sign: char, after: &str) -> bool {
    let Some(next) = after.chars().next() else { return false };
    match sign {
        '@' | '#' | '!' | '~' | '$' | '&' | '^' | '*' => !next.is_whitespace(),
        '%' => next.is_alphanumeric() || next == '"',
        // Of addresses and emoji, but not of a time (10:30).
        ':' => {
            let is_after_word = before.ends_with(|c: char| c.is_ascii_alphabetic());
            !next.is_whitespace() && (is_after_word || !next.is_ascii_digit())
        }
        '-' => {
            next.is_ascii_digit() && before.ends_with(|c: char| c.is_ascii_alphanumeric()) && {
                let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                word.contains(|c: char| c.is_ascii_alphabetic())
            }
        }
        '.' => is_after_www(before),
        _ => false,
    }
}

/// Says whether a point here would make an address of what stands before it.
fn is_after_www(before: &str) -> bool {
    before.get(before.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what a reader sees: numbers are signs again, and the joiner takes no room.
    fn read(markdown: &str) -> String {
        let mut out = String::new();
        let mut rest = markdown;
        while let Some((before, number)) = rest.split_once("&#") {
            let (number, after) = number.split_once(';').expect("a number ends");
            out.push_str(before);
            out.push(number.parse().ok().and_then(char::from_u32).expect("a sign"));
            rest = after;
        }
        (out + rest).replace('\u{2060}', "")
    }

    #[test]
    fn nothing_in_a_title_is_markup_an_address_or_a_reference() {
        for (text, expected) in [
            ("Fix #12 now", "Fix &#35;&#8288;12 now"),
            ("GH-1", "GH-&#8288;1"),
            ("gh-123, JIRA-7", "gh-&#8288;123, JIRA-&#8288;7"),
            ("ask @name", "ask &#64;&#8288;name"),
            ("@org/team", "&#64;&#8288;org/team"),
            ("org/repo#1", "org/repo&#35;&#8288;1"),
            ("a@0123abc", "a&#64;&#8288;0123ab&#8288;c"),
            ("deadbee", "deadbe&#8288;e"),
            ("DEADBEEFCAFE1", "DEADBE&#8288;EFCAFE&#8288;1"),
            ("in 0123456789abcdef.", "in 012345&#8288;6789ab&#8288;cdef."),
            ("facade of 100000", "facade of 100000"),
            ("1234567 users", "123456&#8288;7 users"),
            ("a.b@example.com", "a.b&#64;&#8288;example.com"),
            ("http://a.example", "http&#58;&#8288;//a.example"),
            ("HTTPS://a.example/?b", "HTTPS&#58;&#8288;//a.example/?b"),
            ("www.a.example", "www&#46;&#8288;a.example"),
            ("WwW.a.example", "WwW&#46;&#8288;a.example"),
            ("mailto:a", "mailto&#58;&#8288;a"),
            ("javascript:1", "javascript&#58;&#8288;1"),
            (":tada: done", "&#58;&#8288;tada&#58; done"),
            ("at 10:30: done", "at 10&#58;30&#58; done"),
            ("!12 and ~bug", "&#33;&#8288;12 and &#126;&#8288;bug"),
            ("%1 of 5%, 5 %", "%&#8288;1 of 5%, 5 %"),
            ("$1 &2 ^3", "&#36;&#8288;1 &#38;&#8288;2 &#94;&#8288;3"),
            ("[a](b)", "&#91;a&#93;(b)"),
            ("![a](b)", "&#33;&#8288;&#91;a&#93;(b)"),
            ("[^1] [ ] [x]", "&#91;&#94;&#8288;1&#93; &#91; &#93; &#91;x&#93;"),
            ("<b>&amp;</b>", "&#60;b&#62;&#38;&#8288;amp;&#60;/b&#62;"),
            ("<!-- a -->", "&#60;&#33;&#8288;-- a --&#62;"),
            ("`a` *b* _c_", "&#96;a&#96; &#42;&#8288;b&#42; &#95;c&#95;"),
            ("a | b \\| c", "a &#124; b &#92;&#124; c"),
            ("# a\n## b", "&#35; a &#35;&#8288;&#35; b"),
            ("a\n\n---\n> b", "a --- &#62; b"),
            ("##[group]", "&#35;&#8288;⌗&#91;group&#93;"),
            ("2026-Q3, p95 - 3 ms", "2026-Q3, p95 - 3 ms"),
            ("é-1 größer 日本", "é-1 größer 日本"),
            ("a\u{202e}b", "a\u{fffd}b"),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
            assert_eq!(read(&escaped(text)), on_one_line(text), "{text:?}");
        }
    }

    #[test]
    fn ids_are_code_and_all_else_is_not() {
        assert_eq!(code("2026-Q3/shop/trust"), "`2026-Q3/shop/trust`");
        assert_eq!(code("GH-1"), "`GH-1`");
        assert_eq!(code("a`@b"), "a&#96;&#64;&#8288;b");
        assert_eq!(code(""), "");
        assert!(code(&"a".repeat(5_000)).len() < 1_000);
    }

    #[test]
    fn a_long_title_is_cut() {
        assert_eq!(escaped(&"x".repeat(301)), "x".repeat(300) + "…");
    }
}
