//! YAML as the program writes it: scalars that read back as they were, and blocks put into a file that others wrote.

use std::collections::BTreeMap;

use crate::unseen::{Unseen, unseen};

/// Returns a text as a YAML scalar: plain where that is safe, else in double quotes.
pub(crate) fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if is_hidden(letter) => quoted.push_str(&format!("\\U{:08X}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns a list in one line.
pub(crate) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    format!("[{}]", texts.into_iter().map(scalar).collect::<Vec<_>>().join(", "))
}

/// Returns a mapping in one line.
pub(crate) fn mapping<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let pairs: Vec<String> =
        pairs.into_iter().map(|(key, value)| format!("{}: {}", scalar(key), scalar(&value))).collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn is_plain(text: &str) -> bool {
    let starts_well = text.starts_with(char::is_alphanumeric)
        || text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    let is_safe = |letter: char| letter.is_alphanumeric() || " _-./%()+<>=$€’'–;".contains(letter);
    let is_word_of_yaml =
        matches!(text.to_ascii_lowercase().as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off");
    starts_well && !is_word_of_yaml && text.chars().all(is_safe) && !text.ends_with(' ') && text.len() < 4096
}

/// Says whether a letter can't be seen, or would be folded or refused: it is written as an escape, which changes nothing
/// of the text. What chooses or makes a picture is left as it is, for people to read.
const fn is_hidden(letter: char) -> bool {
    matches!(letter, '\0'..='\u{1f}' | '\u{7f}'..='\u{a0}' | '\u{202f}' | '\u{fff0}'..='\u{ffff}')
        || !matches!(unseen(letter), None | Some(Unseen::Variant | Unseen::Tag | Unseen::SoftHyphen))
}

/// Returns a text in which each block stands in the place of the one with its name, else before the first with a later
/// name. `starts` says where each block that is there begins, in the text's order.
pub(super) fn splice(text: &str, starts: &[(&str, usize)], blocks: &[(&str, String)]) -> String {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let begins = |place: usize| starts.get(place).map_or(text.len(), |(_, at)| line_start(*at));
    let known: BTreeMap<&str, usize> = starts.iter().enumerate().rev().map(|(at, (name, _))| (*name, at)).collect();
    // The latest name up to each place, so that the first later one of all is found at once.
    let mut latest: Vec<&str> = starts.iter().map(|(name, _)| *name).collect();
    for place in 1..latest.len() {
        latest[place] = latest[place].max(latest[place - 1]);
    }
    let mut placed: Vec<(usize, usize, &str, &str)> = Vec::with_capacity(blocks.len());
    for (name, block) in blocks {
        let (from, to) = match known.get(name) {
            Some(place) => (begins(*place), begins(place + 1)),
            None => {
                let place = begins(latest.partition_point(|known| known <= name));
                (place, place)
            }
        };
        placed.push((from, to, name, block));
    }
    placed.sort_unstable();
    let (mut spliced, mut read) = (String::with_capacity(text.len()), 0);
    for (from, to, _, block) in placed {
        spliced.push_str(&text[read..from]);
        if !spliced.is_empty() && !spliced.ends_with('\n') {
            spliced.push('\n');
        }
        spliced.push_str(block);
        read = to;
    }
    spliced.push_str(&text[read..]);
    spliced
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::Sources;
    use crate::yaml::{self, Text};

    /// Returns what a reader makes of a line `a: scalar`, and of a list and a mapping with it.
    fn read_back(text: &str) -> Option<[String; 3]> {
        let written = format!("a: {0}\nb: [{0}]\nc: {{ k: {0} }}\n", scalar(text));
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", &written);
        let (node, faults) = yaml::read(Text::whole(file, &written));
        assert!(faults.is_empty(), "{written}: {faults:?}");
        let yaml::Kind::Map(map) = node?.kind else { return None };
        let [a, b, c] = &map.entries[..] else { return None };
        let yaml::Kind::Map(inner) = &c.value.kind else { return None };
        let nodes = [&a.value, &b.value.items()[0], &inner.entries[0].value];
        Some(nodes.map(|node| node.as_text().unwrap_or_default().to_owned()))
    }

    #[test]
    fn texts_come_back_as_they_were() {
        for text in [
            "Reduce P1 incidents from 8/quarter to 2/quarter",
            "31 %",
            "-5 points",
            "",
            "null",
            "no",
            "~",
            "a: b",
            "a #b",
            "- a",
            "[x]",
            "{x}",
            "\"",
            "'",
            "\\",
            "tab\there",
            "two\nlines",
            " edge ",
            "$3.20",
            "50% of \"it\"",
            "日本",
            "\u{202e}evil",
            "\u{feff}",
            "\u{85}",
            "\u{a0}",
            "2026-08-01",
            "1e5",
            "0x10",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a`",
        ] {
            assert_eq!(read_back(text), Some([text.to_owned(), text.to_owned(), text.to_owned()]), "{text:?}");
        }
    }

    #[test]
    fn blocks_are_put_in_the_order_of_their_names() {
        let text = "head:\n  b: 1\n  # mine\n  d: 2\n";
        let starts = [("b", 8), ("d", 24)];
        assert_eq!(splice(text, &starts, &[("b", "  b: 9\n".to_owned())]), "head:\n  b: 9\n  d: 2\n");
        assert_eq!(splice(text, &starts, &[("d", "  d: 9\n".to_owned())]), "head:\n  b: 1\n  # mine\n  d: 9\n");
        assert_eq!(splice(text, &starts, &[("a", "  a: 9\n".to_owned())]), "head:\n  a: 9\n  b: 1\n  # mine\n  d: 2\n");
        assert_eq!(splice(text, &starts, &[("c", "  c: 9\n".to_owned())]), "head:\n  b: 1\n  # mine\n  c: 9\n  d: 2\n");
        assert_eq!(splice(text, &starts, &[("e", "  e: 9\n".to_owned())]), "head:\n  b: 1\n  # mine\n  d: 2\n  e: 9\n");
        let several = ["e", "b", "c", "a"].map(|name| (name, format!("  {name}: 9\n")));
        let expected = "head:\n  a: 9\n  b: 9\n  c: 9\n  d: 2\n  e: 9\n";
        assert_eq!(splice(text, &starts, &several), expected);
        assert_eq!(splice("head:", &[], &[("e", "  e: 9\n".to_owned())]), "head:\n  e: 9\n");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC{0,40}") {
            prop_assert_eq!(read_back(&text), Some([text.clone(), text.clone(), text]));
        }
    }
}
