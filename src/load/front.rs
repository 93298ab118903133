//! Markdown files: their front matter and what stands below it.
//!
//! In: a text. Out: the YAML between its first two `---` lines, and the Markdown behind them. Empty lines may stand above
//! the first one where a key follows it; else it is a rule across the page.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::model::plan::Body;
use crate::source::{FileId, Span};
use crate::yaml::{Fields, Reader, Text};

/// A Markdown file in its two parts.
pub(super) struct Parts<'a> {
    /// The front matter, where there is some.
    pub(super) front: Option<Text<'a>>,
    /// Where the Markdown begins.
    pub(super) body_start: usize,
    /// What is wrong with the parting line.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Parts a Markdown text.
pub(super) fn split(file: FileId, text: &str) -> Parts<'_> {
    let none = Parts { front: None, body_start: 0, diagnostics: Vec::new() };
    let mut lines = lines(text);
    let mut above = 0;
    let first = lines.find(|line| {
        let is_empty = text[line.clone()].trim().is_empty();
        above += usize::from(is_empty);
        !is_empty
    });
    let Some(first) = first.filter(|line| text[line.clone()].trim_end() == "---") else { return none };
    let key = text[next_line(text, first.end)..].split(':').next().unwrap_or_default();
    if above > 0 && (key.is_empty() || key.contains(char::is_whitespace)) {
        return none;
    }
    let start = next_line(text, first.end);
    for line in lines {
        if matches!(text[line.clone()].trim_end(), "---" | "...") {
            let front = Text { file, text: &text[start..line.start], start };
            return Parts { front: Some(front), body_start: next_line(text, line.end), diagnostics: Vec::new() };
        }
    }
    let place = Span::new(file, first);
    let diagnostic = Diagnostic::error("open-front-matter", place, "front matter begins here and never ends")
        .help("close it with a line `---`; until then the whole file is read as Markdown");
    Parts { diagnostics: vec![diagnostic], ..none }
}

/// Returns whether the front matter says that the text is still being written.
pub(super) fn draft<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> bool {
    let Some(text) = fields.get("draft").and_then(|node| reader.text(node, "`draft`")) else { return false };
    match text.value.to_lowercase().as_str() {
        "true" | "yes" => true,
        "false" | "no" => false,
        _ => {
            let message = format!("`draft` is true or false, and `{}` is neither", text.value);
            let diagnostic = Diagnostic::error("bad-value", text.span, message);
            reader.report(diagnostic.help("write `draft: true` until the text is finished; then remove the line"));
            // Nothing is published by mistake.
            true
        }
    }
}

/// Returns where a key says yes; nothing where it says no, or neither.
pub(super) fn flag<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, key: &str) -> Option<Span> {
    let text = fields.get(key).and_then(|node| reader.text(node, &format!("`{key}`")))?;
    match text.value.to_lowercase().as_str() {
        "true" | "yes" => Some(text.span),
        "false" | "no" => None,
        _ => {
            let message = format!("`{key}` is true or false, and `{}` is neither", text.value);
            let diagnostic = Diagnostic::error("bad-value", text.span, message);
            reader.report(diagnostic.help(format!("write `{key}: true`, or remove the line")));
            None
        }
    }
}

/// Returns the Markdown of a range of a file, without surrounding empty lines; nothing where it holds no word.
pub(super) fn body(file: FileId, text: &Arc<str>, range: Range<usize>) -> Option<Body> {
    let written = &text[range.clone()];
    let is_blank = |text: &str| text.trim_start().is_empty();
    if is_blank(written) || (written.trim_start().starts_with("<!--") && is_blank(&without_comments(written))) {
        return None;
    }
    let trimmed = written.trim_end();
    let skipped = trimmed.len() - trimmed.trim_start_matches(['\n', '\r', ' ', '\t']).len();
    // Leading spaces of the first line may matter (a code block), so only whole empty lines go.
    let start = trimmed[..skipped].rfind('\n').map_or(0, |newline| newline + 1);
    let markdown = &trimmed[start..];
    let start = range.start + start;
    let span = Span::new(file, start..start + markdown.len());
    Some(Body::new(text.clone(), span))
}

/// Returns the text without HTML comments, which are hints for writers and no answer.
pub(super) fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

/// Returns the ranges of a text's lines, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        range
    })
}

fn next_line(text: &str, end: usize) -> usize {
    text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn front_matter_stands_between_the_first_two_rules() {
        let file = Sources::default().add("a.md", "");
        let cases = [
            ("---\ntitle: A\n---\nText\n", Some("title: A\n"), "Text\n"),
            ("---\r\ntitle: A\r\n---\r\nText", Some("title: A\r\n"), "Text"),
            ("---\n---\n", Some(""), ""),
            ("Text\n---\nmore\n---\n", None, "Text\n---\nmore\n---\n"),
            ("", None, ""),
            ("---", None, "---"),
            (" ---\na\n---\n", None, " ---\na\n---\n"),
            ("\n \n---\ntitle: A\n---\nText", Some("title: A\n"), "Text"),
            ("\n---\nA rule: above\n\n---\n", None, "\n---\nA rule: above\n\n---\n"),
            ("\n---\n", None, "\n---\n"),
        ];
        for (text, front, rest) in cases {
            let parts = split(file, text);
            assert_eq!(parts.front.map(|front| front.text), front, "{text:?}");
            assert_eq!(&text[parts.body_start..], rest, "{text:?}");
        }
        assert_eq!(split(file, "---\na: b\n").diagnostics[0].code, "open-front-matter");
    }

    #[test]
    fn a_body_of_comments_and_spaces_is_none() {
        let file = Sources::default().add("a.md", "");
        for empty in ["", " \n\t\n", "<!-- write here -->\n", "<!-- never closed\nanswer"] {
            assert!(body(file, &empty.into(), 0..empty.len()).is_none(), "{empty:?}");
        }
        let text = "\n\n    code\n\nword\n\n";
        let body = body(file, &text.into(), 0..text.len()).expect("words");
        assert_eq!(body.markdown(), "    code\n\nword");
        assert_eq!(&text[body.span.range()], body.markdown());
    }
}
