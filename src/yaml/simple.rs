//! The tree of a text in the plain part of YAML that books are written in, many times faster than the full parser.
//!
//! In: a text. Out: the same tree as the full parser's, or nothing where anything in the text is not of the plainest
//! kind: one value a line, no tabs, anchors, escapes, texts over several lines, or comments behind values. Never says
//! what is wrong: that is left to the full parser.

use std::borrow::Cow;
use std::ops::Range;

use super::{Entry, Kind, Map, Node, Scalar, Text};
use crate::source::Spanned;

/// Longer texts may run into the full parser's limits.
const LENGTH_LIMIT: usize = 64 << 10;

/// Lists and mappings inside each other.
const DEPTH_LIMIT: usize = 32;

/// Keys of a mapping.
const KEYS_LIMIT: usize = 32;

/// Reads a text; nothing where it is not plain.
pub(super) fn read<'a>(source: Text<'a>) -> Option<Node<'a>> {
    if source.text.len() > LENGTH_LIMIT || !is_printable(source.text) {
        return None;
    }
    let mut tree = Tree { source, open: Vec::new(), root: None };
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let end = start + line.trim_end_matches(['\n', ' ']).len();
        let content = start + indent..end.max(start + indent);
        if !content.is_empty() && line.as_bytes()[indent] != b'#' {
            tree.line(start, content)?;
        }
        start += line.len();
    }
    while tree.open.len() > 1 {
        tree.close()?;
    }
    tree.close()?;
    tree.root
}

/// Says whether a text has only characters that YAML takes as they are, and lines that end with LF.
fn is_printable(text: &str) -> bool {
    let plain = |byte: u8| byte == b'\n' || (0x20..0x7f).contains(&byte);
    let kept = |c: char| matches!(c, '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{10000}'..);
    text.bytes().all(plain) || text.chars().all(|c| u8::try_from(c).map_or(kept(c), |byte| plain(byte) || kept(c)))
}

/// What is known of the text so far.
struct Tree<'a> {
    source: Text<'a>,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
}

/// A list or mapping that goes on.
struct Open<'a> {
    /// The column of its dashes or keys.
    column: usize,
    start: usize,
    content: Content<'a>,
}

enum Content<'a> {
    List(Vec<Node<'a>>),
    Map {
        entries: Vec<Entry<'a>>,
        /// A key whose value stands on the lines below.
        key: Option<Spanned<Cow<'a, str>>>,
    },
}

impl<'a> Tree<'a> {
    /// Reads a line that begins at `start` and holds something.
    fn line(&mut self, start: usize, content: Range<usize>) -> Option<()> {
        let column = content.start - start;
        while self.open.last().is_some_and(|open| open.column > column) {
            self.close()?;
        }
        let is_item = self.source.text[content.clone()].starts_with("- ");
        if !is_item {
            self.close_list_beside(column)?;
            return self.entry(column, content);
        }
        let item = &self.source.text[content.start + 1..content.end];
        let start_of_item = content.end - item.trim_start_matches(' ').len();
        let item = start_of_item..content.end;
        match self.open.last() {
            Some(Open { column: own, content: Content::List(_), .. }) if *own == column => {}
            // A list may stand in the column of the key that it belongs to; the full parser has it begin behind its
            // first dash then.
            Some(Open { column: above, .. }) if *above == column => {
                self.begin(column, true, start_of_item, Content::List(Vec::new()))?;
            }
            _ => self.begin(column, false, content.start, Content::List(Vec::new()))?,
        }
        if self.key(item.clone()).is_none() {
            let value = self.value(item)?;
            return self.attach(value);
        }
        self.open_at(start_of_item - start, start_of_item, new_map())?;
        self.entry(start_of_item - start, item)
    }

    /// Closes a list in the column of its key, before the mapping's next key.
    fn close_list_beside(&mut self, column: usize) -> Option<()> {
        match self.open.as_slice() {
            [.., below, Open { column: own, content: Content::List(_), .. }] if *own == column => {
                if below.column != column {
                    return None;
                }
                self.close()
            }
            _ => Some(()),
        }
    }

    /// Reads a key with what stands behind it.
    fn entry(&mut self, column: usize, content: Range<usize>) -> Option<()> {
        let key = self.key(content.clone())?;
        let goes_on = matches!(
            self.open.last(),
            Some(Open { column: own, content: Content::Map { key: None, .. }, .. }) if *own == column
        );
        if !goes_on {
            self.begin(column, false, content.start, new_map())?;
        }
        let behind = &self.source.text[key.end + 1..content.end];
        let value = content.end - behind.trim_start_matches(' ').len()..content.end;
        let text = Cow::Borrowed(&self.source.text[key.clone()]);
        let own_key = Spanned::new(text, self.source.span(key));
        let value = if value.is_empty() { None } else { Some(self.value(value)?) };
        let Some(Open { content: Content::Map { entries, key }, .. }) = self.open.last_mut() else { return None };
        match value {
            Some(value) => entries.push(Entry { key: own_key, value }),
            None => *key = Some(own_key),
        }
        Some(())
    }

    /// Opens a list or mapping as the value of the key above it, or as the whole text.
    fn begin(&mut self, column: usize, may_stand_beside: bool, start: usize, content: Content<'a>) -> Option<()> {
        let fits = match self.open.last() {
            None => self.root.is_none(),
            Some(Open { column: above, content: Content::Map { key: Some(_), .. }, .. }) => {
                column > *above || (may_stand_beside && column == *above)
            }
            Some(_) => false,
        };
        if fits { self.open_at(column, start, content) } else { None }
    }

    fn open_at(&mut self, column: usize, start: usize, content: Content<'a>) -> Option<()> {
        self.open.push(Open { column, start, content });
        (self.open.len() <= DEPTH_LIMIT).then_some(())
    }

    /// Closes the innermost list or mapping, which ends with its last value.
    fn close(&mut self) -> Option<()> {
        let open = self.open.pop()?;
        let (last, kind) = match open.content {
            Content::List(items) => (items.last()?.span, Kind::List(items)),
            Content::Map { entries, key: None } => {
                let last = entries.last()?;
                let last = if last.value.is_empty() { last.key.span } else { last.value.span };
                (last, Kind::Map(map(entries, false)?))
            }
            // A key without a value, for which the full parser knows a place.
            Content::Map { .. } => return None,
        };
        let mut span = self.source.span(open.start..open.start);
        span.end = last.end;
        self.attach(Node { span, kind })
    }

    fn attach(&mut self, node: Node<'a>) -> Option<()> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open { content: Content::List(items), .. }) => items.push(node),
            Some(Open { content: Content::Map { entries, key }, .. }) => {
                entries.push(Entry { key: key.take()?, value: node });
            }
        }
        Some(())
    }

    /// Returns the word before a colon with which the range begins.
    fn key(&self, range: Range<usize>) -> Option<Range<usize>> {
        let bytes = &self.source.text.as_bytes()[range.clone()];
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/');
        let length = bytes.iter().take_while(|byte| is_word(byte)).count();
        let begins = bytes.first().is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let ends = bytes.get(length) == Some(&b':') && matches!(bytes.get(length + 1), None | Some(b' '));
        (begins && ends).then(|| range.start..range.start + length)
    }

    /// Returns a value that stands on one line.
    fn value(&self, range: Range<usize>) -> Option<Node<'a>> {
        let text = &self.source.text[range.clone()];
        let inner = |range: &Range<usize>| range.start + 1..range.end - 1;
        let (kind, text) = match text.as_bytes() {
            [b'[', .., b']'] => return self.flow_list(inner(&range)),
            [b'{', .., b'}'] => return self.flow_map(inner(&range)),
            [quote @ (b'"' | b'\''), .., last] if last == quote && text.len() > 1 => {
                let text = &text[1..text.len() - 1];
                let is_plain = !text.bytes().any(|byte| byte == *quote || (byte == b'\\' && *quote == b'"'));
                (is_plain.then_some(false)?, text)
            }
            [first, ..] => {
                let begins =
                    first.is_ascii_alphanumeric() || matches!(first, b'_' | b'$' | b'/' | b'(' | b'<' | 0x80..);
                (begins && !has_marks(text)).then_some((true, text))?
            }
            [] => return None,
        };
        let scalar = Scalar { text: Cow::Borrowed(text), plain: kind };
        Some(Node { span: self.source.span(range), kind: Kind::Scalar(scalar) })
    }

    /// Returns the list of the words in brackets.
    fn flow_list(&self, inner: Range<usize>) -> Option<Node<'a>> {
        let items: Option<Vec<Node<'a>>> = self.parts(inner.clone()).map(|part| self.word(part)).collect();
        let span = self.source.span(inner.start - 1..inner.end + 1);
        Some(Node { span, kind: Kind::List(items?) })
    }

    /// Returns the mapping of the keys and words in braces.
    fn flow_map(&self, inner: Range<usize>) -> Option<Node<'a>> {
        let entry = |part: Range<usize>| {
            let key = self.key(part.clone())?;
            let value = self.word(self.trimmed(key.end + 1..part.end))?;
            let text = Cow::Borrowed(&self.source.text[key.clone()]);
            Some(Entry { key: Spanned::new(text, self.source.span(key)), value })
        };
        let entries: Option<Vec<Entry<'a>>> = self.parts(inner.clone()).map(entry).collect();
        let span = self.source.span(inner.start - 1..inner.end + 1);
        Some(Node { span, kind: Kind::Map(map(entries?, true)?) })
    }

    /// Returns what stands between commas.
    fn parts(&self, inner: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mut start = inner.start;
        self.source.text[inner].split(',').map(move |part| {
            let range = start..start + part.len();
            start = range.end + 1;
            self.trimmed(range)
        })
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.source.text[range.clone()];
        let start = range.end - text.trim_start_matches(' ').len();
        start..start + text.trim_matches(' ').len()
    }

    /// Returns a text inside brackets or braces, where it has no signs that mean something there.
    fn word(&self, range: Range<usize>) -> Option<Node<'a>> {
        let text = &self.source.text[range.clone()];
        let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        let goes_on =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-' | b'.' | b'/' | b'%');
        let scalar = Scalar { text: Cow::Borrowed(text), plain: true };
        (begins && text.bytes().all(goes_on))
            .then(|| Node { span: self.source.span(range), kind: Kind::Scalar(scalar) })
    }
}

const fn new_map<'a>() -> Content<'a> {
    Content::Map { entries: Vec::new(), key: None }
}

/// Returns the mapping, where no key stands twice.
fn map(entries: Vec<Entry<'_>>, in_braces: bool) -> Option<Map<'_>> {
    let repeats =
        |(at, entry): (usize, &Entry<'_>)| entries[..at].iter().any(|other| other.key.value == entry.key.value);
    let is_plain = entries.len() <= KEYS_LIMIT && !entries.iter().enumerate().any(repeats);
    is_plain.then_some(Map { entries, in_braces })
}

/// Says whether a text has a colon or a `#` where YAML takes it for a mark.
fn has_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b':' => matches!(bytes.get(at + 1), None | Some(b' ')),
        b'#' => at > 0 && bytes[at - 1] == b' ',
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::Sources;
    use crate::yaml::parse::read_in_full;

    /// Says whether the text is plain, and checks that the full parser reads the same tree in it.
    #[track_caller]
    fn is_plain(text: &str) -> bool {
        let source = Text::whole(Sources::default().add("a.yaml", text), text);
        let tree = read(source);
        if tree.is_some() {
            assert_eq!((tree.clone(), Vec::new()), read_in_full(source), "{text:?}");
        }
        tree.is_some()
    }

    #[test]
    fn files_of_a_book_are_plain() {
        for text in [
            "# A team.\nobjectives:\n  - id: trust\n    title: People trust us\n\n    key_results:\n      - p1: From 8 to 2\n",
            "objectives:\n- id: o\n  key_results:\n  - k1: \"Data: all < 15 min\"\n  - id: k2\n    owners: [ana, b n]\nx: 1",
            "lead-time: { file: deploys.csv, unit: h, aggregate: p50 }\nspeed:\n  unit: '%'\n  value: $0.12 (€ or £)  \n",
            "- one\n- [a, b]\n- {c: d}\n",
            "a: \"\"\nb:\n  c: ''",
        ] {
            assert!(is_plain(text), "{text:?}");
        }
    }

    #[test]
    fn what_means_more_than_it_says_is_left_to_the_full_parser() {
        for text in [
            "",
            "a",
            "# a",
            "a:",
            "a: ~",
            "a: b\n  c",
            "a: b # c",
            "a: b: c",
            "a: b:",
            "a: \"b\\n\"",
            "a: 'b''c'",
            "a: |\n  b",
            "a: &x b",
            "a: *x",
            "a: !b c",
            "a: [b",
            "a: []",
            "a: [b: c]",
            "a: b\r\n",
            "a:\tb",
            "---\na: b",
            "? a",
            "a: b\na: c",
            "- - a",
            "-",
            "a: - b",
            "a: .nan",
            " a: b\nc: d",
            "a: b\n c: d",
            "- a\nb: c",
            "a: \u{feff}",
            "a: \u{85}",
            "\"a\": b",
            "a:\n  b:\nc: d",
            "<<: a",
            "a: b\n- c",
        ] {
            assert!(!is_plain(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn trees_are_those_of_the_full_parser(
            lines in prop::collection::vec(
                "[ ]{0,5}(- ){0,2}([ab]:|[ab]: |)(x|y z|\"q: r\"|'s'|\\[t, u v\\]|\\{a: w, b: 1%\\}|-5|#|# c|x #|é|🚀|~|<|\\$1|:|a:|\"\"|)[ ]{0,2}",
                0..7,
            ),
            blocks in prop::collection::vec("(|  |    )(|- |-  )(a: x|b: y z|c:|d: [t]|e: \"\"|f|# g|)", 0..9),
            text in "([a-c\"'\\[\\]{}:#,&*!|>%@`?\\- \n\u{e9}\u{a0}\u{2028}\u{1f680}~.]|: |- |a: |\n  ){0,40}",
        ) {
            is_plain(&blocks.join("\n"));
            is_plain(&lines.join("\n"));
            is_plain(&text);
        }
    }
}
