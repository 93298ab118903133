//! Hostile and everyday YAML, read and explained.

use proptest::prelude::*;

use super::*;
use crate::diag::{Diagnostic, emit};
use crate::source::Sources;

fn read_text(text: &str) -> (Option<String>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let (node, diagnostics) = read(Text::whole(file, text));
    (node.map(|node| plain(&node)), diagnostics)
}

/// Returns a tree as one line: texts in their own words, `~` for nothing.
fn plain(node: &Node<'_>) -> String {
    match &node.kind {
        Kind::Empty => "~".to_owned(),
        Kind::Scalar(scalar) => scalar.text.to_string(),
        Kind::List(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Kind::Map(map) => {
            let entries = map.entries.iter().map(|entry| format!("{}: {}", entry.key.value, plain(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn short(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let (_, diagnostics) = read(Text::whole(file, text));
    emit::short::render(&diagnostics, &sources)
}

#[test]
fn scalars_keep_their_text() {
    let cases = [
        ("id: 007", "{id: 007}"),
        ("a: no", "{a: no}"),
        ("a: 1.50", "{a: 1.50}"),
        ("a: 1_000", "{a: 1_000}"),
        ("a: 2026-08-14", "{a: 2026-08-14}"),
        ("a: 0x1F", "{a: 0x1F}"),
        ("a: null\nb: ~\nc:\nd: \"~\"\ne: ''", "{a: null, b: ~, c: ~, d: ~, e: }"),
        ("a: !important x", "{a: !important x}"),
        ("a: \"b\\nc\"", "{a: b\nc}"),
        ("a: one\n  two\n", "{a: one two}"),
        ("a: >-\n  one\n  two\n", "{a: one two}"),
        ("- a\n- [b, c]\n- {d: e}\n", "[a, [b, c], {d: e}]"),
        ("a: &x [b]\nc: *x", "{a: [b], c: [b]}"),
        ("a: b\r\nc: d\r\n", "{a: b, c: d}"),
        ("", "~"),
        ("# only a comment", "~"),
        ("---\na: b\n...\n", "{a: b}"),
        ("? a\n: b", "{a: b}"),
    ];
    for (text, expected) in cases {
        let (tree, diagnostics) = read_text(text);
        assert!(diagnostics.is_empty(), "{text:?}: {diagnostics:?}");
        assert_eq!(tree.as_deref(), Some(expected), "{text:?}");
    }
}

#[test]
fn spans_are_bytes_of_the_file_even_behind_emoji() {
    let text = "a: 🚀\nüß: [x, \"é\"]\n";
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let (node, _) = read(Text::whole(file, text));
    let Kind::Map(map) = node.expect("YAML").kind else { panic!("a mapping") };
    let second = &map.entries[1];
    assert_eq!(sources.text(second.key.span), "üß");
    assert_eq!(sources.text(second.value.span), "[x, \"é\"]");
    let Kind::List(items) = &second.value.kind else { panic!("a list") };
    assert_eq!(sources.text(items[1].span), "\"é\"");
}

#[test]
fn the_span_of_a_block_ends_with_its_last_value() {
    let text = "a:\n  - b: c\n    d: e\n\nf: g\n";
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let (node, _) = read(Text::whole(file, text));
    let Kind::Map(map) = node.expect("YAML").kind else { panic!("a mapping") };
    assert_eq!(sources.text(map.entries[0].value.span), "- b: c\n    d: e");
}

#[test]
fn front_matter_has_its_place_in_the_file() {
    let text = "---\na: b\na: c\n---\nText";
    let mut sources = Sources::default();
    let file = sources.add("a.md", text);
    let (_, diagnostics) = read(Text { file, text: &text[4..14], start: 4 });
    assert_eq!(
        emit::short::render(&diagnostics, &sources),
        "a.md:3:1: error[duplicate-key]: the key `a` stands twice in one mapping\n"
    );
}

#[test]
fn texts_that_are_no_yaml_or_mean_harm_are_refused_with_their_place() {
    let cases = [
        ("a: .nan\n", "a.yaml:1:4: error[not-a-number]: `.nan` is no number to compute with\n"),
        ("a: -.INF\n", "a.yaml:1:4: error[not-a-number]: `-.INF` is no number to compute with\n"),
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3:1: error[duplicate-key]: the key `a` stands twice in one mapping\n"),
        ("a: *b\n", "a.yaml:1:4: error[yaml-syntax]: in YAML, `*` begins an alias\n"),
        ("{{x}}: 1\n", "a.yaml:1:2: error[yaml-syntax]: `{` begins a mapping in YAML, and a key must be a word\n"),
        (
            "a: b\n---\nc: d\n",
            "a.yaml:2:1: error[second-document]: a second document begins here, and only the first is read\n",
        ),
        ("a: [b\n", "a.yaml:1:4: error[yaml-syntax]: `[` opens a list that nothing closes\n"),
        ("a: 'b\n", "a.yaml:1:4: error[yaml-syntax]: a quote is opened and never closed\n"),
        ("a: \"\\d\"\n", "a.yaml:1:5: error[yaml-syntax]: a backslash in double quotes begins an escape\n"),
        ("a: b: c\n", "a.yaml:1:5: error[yaml-syntax]: a colon inside the sentence breaks it in two\n"),
        ("a: b\n\tc: d\n", "a.yaml:2:1: error[yaml-syntax]: a tab stands in the indentation\n"),
        ("a: x\n  b: y\n", "a.yaml:2:3: error[yaml-syntax]: `b:` is read as part of the text above\n"),
        ("a: &a [*a]\n", "a.yaml:1:8: error[yaml-syntax]: this alias stands inside what it repeats\n"),
        ("a: \u{7}\n", "a.yaml:1:4: error[yaml-syntax]: this is not YAML: unexpected character: `\\u{7}'\n"),
    ];
    for (text, expected) in cases {
        assert_eq!(short(text), expected, "{text:?}");
    }
}

#[test]
fn all_but_a_second_document_block() {
    for (text, blocks) in [("a: 1\na: 2\n", true), ("a: .inf\n", true), ("a: b: c", true), ("a: b\n---\nc: d\n", false)]
    {
        assert_eq!(read_text(text).1[0].blocks, blocks, "{text:?}");
    }
}

#[test]
fn bombs_are_refused_in_no_time() {
    let laughs: String = (1..30).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(10))).collect();
    let chain: String = (1..3000).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1)).collect();
    let text = "x".repeat(60_000);
    let copies = format!("a: &a \"{text}\\n\"\nb: [{}]", "*a,".repeat(200_000));
    let bombs = [
        ("laughs", format!("a0: &a0 x\n{laughs}"), "yaml-too-large"),
        ("chain", format!("a0: &a0 x\n{chain}"), "yaml-too-large"),
        ("copies", copies, "yaml-too-large"),
        ("lists", "[".repeat(100_000), "yaml-too-large"),
        ("mappings", "{a: ".repeat(100_000), "yaml-too-large"),
        ("dashes", "- ".repeat(100_000), "yaml-too-large"),
        ("scalar", format!("a: {}", "x".repeat(4 << 20)), "yaml-too-large"),
        ("values", "- a\n".repeat(1 << 20), "yaml-too-large"),
        (
            "anchors",
            (0..60).map(|n| format!("&a{n} [")).collect::<String>() + &"x,".repeat(100_000) + &"]".repeat(60),
            "yaml-too-large",
        ),
        ("keys", "a: 1\n".repeat(100_000), "duplicate-key"),
        ("quotes", format!("a: {}", "\"".repeat(1 << 20)), "yaml-syntax"),
        ("colons", "a: ".repeat(1 << 19) + "b", "yaml-syntax"),
    ];
    for (name, bomb, code) in bombs {
        let (_, diagnostics) = read_text(&bomb);
        assert_eq!(diagnostics.first().map(|diagnostic| diagnostic.code), Some(code), "{name}");
        assert!(diagnostics.iter().all(|diagnostic| diagnostic.blocks), "{name}");
        assert!(diagnostics.len() <= 20, "{name}: {}", diagnostics.len());
    }
}

#[test]
fn a_large_honest_file_is_read() {
    let text: String = (0..10_000).map(|n| format!("metric-{n}:\n  file: a.csv\n  value: b\n  unit: h\n")).collect();
    let (tree, diagnostics) = read_text(&text);
    assert!(tree.is_some() && diagnostics.is_empty(), "{diagnostics:?}");
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "([a-c\"'\\[\\]{}:#,&*!|>%@`?\\- \t\n\r\u{e9}\u{1f680}\\\\~.]|: |- |\n  ){0,60}") {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", &text);
        let (node, diagnostics) = read(Text::whole(file, &text));
        prop_assert!(node.is_some() || diagnostics.iter().any(|diagnostic| diagnostic.blocks));
        prop_assert!(diagnostics.is_empty() || !emit::human::render(&diagnostics, &sources, false).is_empty());
    }
}

#[test]
fn impossible_days_say_what_is_wrong_with_them() {
    let cases = [
        ("2026-13-08", "there is no month 13", "if day and month are swapped, write `2026-08-13`"),
        ("2026-13-32", "there is no month 13", "months go from 01 to 12"),
        ("2026-00-10", "there is no month 0", "months go from 01 to 12"),
        ("2026-02-30", "`2026-02` has no day 30", "that month's last day is `2026-02-28`"),
        ("2028-02-30", "`2028-02` has no day 30", "that month's last day is `2028-02-29`"),
        ("2026-ab-cd", "the calendar has no day `2026-ab-cd`", "write year-month-day: `2026-08-14`"),
    ];
    for (text, message, help) in cases {
        let file = Sources::default().add("a.yaml", text);
        let mut reader = Reader::new(Text::whole(file, text));
        assert!(reader.day_of(text, Text::whole(file, text).span(0..text.len()), "a day").is_none());
        let diagnostics = reader.finish();
        assert_eq!((diagnostics[0].message.as_str(), diagnostics[0].help.as_deref()), (message, Some(help)), "{text}");
    }
}
