//! Markdown texts as trees of blocks, for documents that aren't HTML.
//!
//! In: Markdown as people write it. Out: [`Block`]s of plain text with what it is marked as. Raw HTML is text, links lead
//! outside or nowhere, a picture is its text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::Serialize;

use super::{Address, address};

/// A part of a text that stands on its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A heading.
    Heading {
        /// Its text.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number, of a numbered one.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Self>>,
    },
    /// What somebody else said.
    Quote {
        /// What was said.
        blocks: Vec<Self>,
    },
    /// Text whose lines are kept.
    Code {
        /// The text.
        text: String,
    },
    /// A table.
    Table {
        /// The cells of its first row.
        head: Vec<Vec<Inline>>,
        /// The cells of the others.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A line across.
    Rule,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// Code.
    Code {
        /// The text.
        text: String,
    },
    /// Emphasis.
    Emphasis {
        /// What is stressed.
        inner: Vec<Self>,
    },
    /// Strong emphasis.
    Strong {
        /// What is stressed.
        inner: Vec<Self>,
    },
    /// Text that is struck through.
    Strike {
        /// What no longer holds.
        inner: Vec<Self>,
    },
    /// A link to another site.
    Link {
        /// Where it leads.
        to: String,
        /// Its text.
        inner: Vec<Self>,
    },
    /// The end of a line.
    Break,
}

/// Deeper lists, quotations and emphasis are shown at this depth.
const DEPTH: usize = 12;

/// Returns the text as blocks.
#[must_use]
pub fn to_blocks(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader { events: Parser::new_ext(text, options), in_comment: false };
    reader.blocks(0)
}

struct Reader<I> {
    events: I,
    /// Inside an HTML comment that goes on over several lines.
    in_comment: bool,
}

impl<'t, I: Iterator<Item = Event<'t>>> Reader<I> {
    /// Reads blocks up to the end of what holds them.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Text that stands in no paragraph: of tight lists, of raw HTML.
        let mut loose: Vec<Inline> = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(tag) if is_inline(&tag) => self.inline(Event::Start(tag), 0, &mut loose),
                Event::Start(tag) => {
                    flush(&mut loose, &mut blocks);
                    self.block(&tag, depth, &mut blocks);
                }
                Event::End(_) => break,
                Event::Rule => {
                    flush(&mut loose, &mut blocks);
                    blocks.push(Block::Rule);
                }
                event => self.inline(event, 0, &mut loose),
            }
        }
        flush(&mut loose, &mut blocks);
        blocks
    }

    fn block(&mut self, tag: &Tag<'t>, depth: usize, blocks: &mut Vec<Block>) {
        match tag {
            Tag::Heading { .. } => blocks.push(Block::Heading { text: self.line(0) }),
            Tag::Paragraph => blocks.push(Block::Paragraph { text: self.line(0) }),
            Tag::CodeBlock(_) => blocks.push(Block::Code { text: plain(&self.line(0)) }),
            Tag::BlockQuote(_) if depth < DEPTH => blocks.push(Block::Quote { blocks: self.blocks(depth + 1) }),
            Tag::List(start) if depth < DEPTH => {
                let items = self.blocks_of_items(depth);
                blocks.push(Block::List { start: *start, items });
            }
            Tag::Table(_) => blocks.push(self.table()),
            _ if depth < DEPTH => blocks.extend(self.blocks(depth + 1)),
            _ => blocks.push(Block::Paragraph { text: self.flat() }),
        }
    }

    fn blocks_of_items(&mut self, depth: usize) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some(Event::Start(_)) = self.events.next() {
            items.push(self.blocks(depth + 1));
        }
        items
    }

    fn table(&mut self) -> Block {
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let cell = self.line(0);
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Block::Table { head, rows }
    }

    /// Reads a line up to the end of what holds it.
    fn line(&mut self, depth: usize) -> Vec<Inline> {
        if depth == DEPTH {
            return self.flat();
        }
        let mut line = Vec::new();
        while let Some(event) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, depth + 1, &mut line);
        }
        line
    }

    /// Reads the text up to the end of what holds it, however deep it stands.
    fn flat(&mut self) -> Vec<Inline> {
        let mut line = Vec::new();
        let mut open = 1_usize;
        while open > 0 {
            match self.events.next() {
                None => break,
                Some(Event::Start(_)) => open += 1,
                Some(Event::End(_)) => open -= 1,
                Some(event) => self.inline(event, DEPTH, &mut line),
            }
        }
        line
    }

    fn inline(&mut self, event: Event<'t>, depth: usize, line: &mut Vec<Inline>) {
        match event {
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                push_text(line, &text);
            }
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text, line),
            Event::Code(text) => line.push(Inline::Code { text: text.into_string() }),
            Event::SoftBreak => push_text(line, " "),
            Event::HardBreak => line.push(Inline::Break),
            Event::TaskListMarker(done) => push_text(line, if done { "\u{2611} " } else { "\u{2610} " }),
            Event::Start(Tag::Emphasis) => line.push(Inline::Emphasis { inner: self.line(depth) }),
            Event::Start(Tag::Strong) => line.push(Inline::Strong { inner: self.line(depth) }),
            Event::Start(Tag::Strikethrough) => line.push(Inline::Strike { inner: self.line(depth) }),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let inner = self.line(depth);
                match address(&dest_url, &|_| None) {
                    Address::Outside(to) => line.push(Inline::Link { to, inner }),
                    Address::Inside(_) | Address::Refused => line.extend(inner),
                }
            }
            Event::Start(_) => line.extend(self.line(depth)),
            Event::End(_) | Event::Rule => {}
        }
    }

    /// Adds raw HTML as text, without comments, which are for those who write.
    fn html(&mut self, mut rest: &str, line: &mut Vec<Inline>) {
        loop {
            let mark = if self.in_comment { "-->" } else { "<!--" };
            let Some((before, after)) = rest.split_once(mark) else { break };
            if !self.in_comment {
                push_text(line, before);
            }
            self.in_comment = !self.in_comment;
            rest = after;
        }
        if !self.in_comment && !rest.trim().is_empty() {
            push_text(line, rest);
        }
    }
}

const fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn flush(loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    if !loose.is_empty() {
        blocks.push(Block::Paragraph { text: std::mem::take(loose) });
    }
}

fn push_text(line: &mut Vec<Inline>, text: &str) {
    match line.last_mut() {
        Some(Inline::Text { text: known }) => known.push_str(text),
        _ if text.is_empty() => {}
        _ => line.push(Inline::Text { text: text.to_owned() }),
    }
}

/// Returns a line's text without what it is marked as.
fn plain(line: &[Inline]) -> String {
    let text = |part: &Inline| match part {
        Inline::Text { text } | Inline::Code { text } => text.clone(),
        Inline::Emphasis { inner }
        | Inline::Strong { inner }
        | Inline::Strike { inner }
        | Inline::Link { inner, .. } => plain(inner),
        Inline::Break => "\n".to_owned(),
    };
    line.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline::Text { text: text.to_owned() }]
    }

    fn paragraph(line: &str) -> Block {
        Block::Paragraph { text: text(line) }
    }

    #[test]
    fn marks_become_a_tree_and_raw_html_stays_text() {
        assert_eq!(to_blocks("a\nb\n\nc"), [paragraph("a b"), paragraph("c")]);
        let strong = Inline::Strong { inner: vec![Inline::Emphasis { inner: text("x") }] };
        assert_eq!(
            to_blocks("***x***"),
            [Block::Paragraph { text: vec![Inline::Emphasis { inner: vec![Inline::Strong { inner: text("x") }] }] }],
            "{strong:?}"
        );
        assert_eq!(to_blocks("a <b>c</b><!-- d -->"), [paragraph("a <b>c</b>")]);
        assert_eq!(
            to_blocks("# `a` #\n\n    b\n    c"),
            [
                Block::Heading { text: vec![Inline::Code { text: "a".to_owned() }] },
                Block::Code { text: "b\nc".to_owned() },
            ]
        );
    }

    #[test]
    fn lists_hold_lists_and_tables_rows() {
        let inner = Block::List { start: Some(3), items: vec![vec![paragraph("b")]] };
        assert_eq!(
            to_blocks("- a\n\n  3. b\n- c"),
            [Block::List { start: None, items: vec![vec![paragraph("a"), inner], vec![paragraph("c")]] }]
        );
        assert_eq!(
            to_blocks("|a|b|\n|-|-|\n|c|d|"),
            [Block::Table { head: vec![text("a"), text("b")], rows: vec![vec![text("c"), text("d")]] }]
        );
        assert_eq!(
            to_blocks("> a\n> > b"),
            [Block::Quote { blocks: vec![paragraph("a"), Block::Quote { blocks: vec![paragraph("b")] }] }]
        );
    }

    #[test]
    fn links_lead_outside_or_nowhere_and_pictures_are_their_text() {
        let link = Inline::Link { to: "https://a.example/".to_owned(), inner: text("b") };
        assert_eq!(to_blocks("[b](https://a.example/)"), [Block::Paragraph { text: vec![link] }]);
        for refused in ["[b](javascript:c)", "[b](../c.md)", "![b](c.png)", "[b](file:///etc/passwd)"] {
            assert_eq!(to_blocks(refused), [paragraph("b")], "{refused}");
        }
    }

    #[test]
    fn no_depth_is_too_deep() {
        for mark in ["> ", "- ", "1. ", "![", "*_"] {
            let deep = format!("{}x", mark.repeat(5_000));
            assert!(format!("{:?}", to_blocks(&deep)).contains('x'), "{mark}");
        }
    }
}
