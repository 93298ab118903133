//! Texts with paragraphs, as a layout can afford them.
//!
//! In: a text's blocks. Out: as much of them as a packet has room for, with how much more there is, in paragraphs whose
//! parts can be set line by line: where a line ends is asked once for each place and looks at all parts before it.

use crate::markdown::blocks::{Block, Inline};
use crate::report::text::Phrases;

/// How much of one text a packet holds: characters, with parts and blocks counted as some of them.
const TEXT: usize = 40_000;

/// How much of all texts a packet holds.
const ALL: usize = 1_500_000;

/// The most links of all texts; others are printed as addresses.
const LINKS: usize = 2_000;

/// How much stands in a paragraph before another one begins.
const PARAGRAPH: usize = 4_000;

/// The longest address that is led to.
const ADDRESS: usize = 2_000;

/// The most columns of a table.
const COLUMNS: usize = 20;

/// The most rows of a table before another one begins.
const ROWS: usize = 200;

/// How many characters a part of a line counts as, besides its own.
const PART: usize = 10;

/// How many characters a block or a table's cell counts as, besides its own.
const BLOCK: usize = 30;

/// What room a packet has left for texts.
pub(super) struct Room {
    left: usize,
    links: usize,
    phrases: Phrases,
}

impl Room {
    pub(super) const fn new(phrases: Phrases) -> Self {
        Self { left: ALL, links: LINKS, phrases }
    }

    /// Returns as much of a text as there is room for.
    pub(super) fn fit(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let written: usize = blocks.iter().map(letters_of_block).sum();
        let given = self.left.min(TEXT);
        let mut taker = Taker { left: given, links: &mut self.links };
        let mut fitting = taker.blocks(blocks);
        self.left -= given - taker.left;
        let kept: usize = fitting.iter().map(letters_of_block).sum();
        // An address that is printed beside its link is more than was written.
        let rest = if taker.left == 0 { written.saturating_sub(kept) } else { 0 };
        if rest > 0 {
            let text = self.phrases.characters_left_out(rest).trim_start().to_owned();
            fitting.push(Block::Paragraph { text: vec![Inline::Text { text }] });
        }
        fitting
    }
}

/// Takes what there is room for.
struct Taker<'r> {
    left: usize,
    links: &'r mut usize,
}

impl Taker<'_> {
    /// Takes a part of the room; `false` where there is none left.
    fn take(&mut self, weight: usize) -> bool {
        let has_room = self.left > 0;
        self.left = self.left.saturating_sub(weight);
        has_room
    }

    fn blocks(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let mut taken = Vec::new();
        for block in blocks {
            if !self.take(BLOCK) {
                break;
            }
            self.block(block, &mut taken);
        }
        taken
    }

    fn block(&mut self, block: Block, taken: &mut Vec<Block>) {
        match block {
            Block::Heading { text } => taken.push(Block::Heading { text: self.line(text) }),
            Block::Paragraph { text } => {
                taken.extend(paragraphs(self.line(text)).into_iter().map(|text| Block::Paragraph { text }));
            }
            Block::List { start, items } => {
                let mut kept = Vec::new();
                for item in items {
                    if !self.take(BLOCK) {
                        break;
                    }
                    kept.push(self.blocks(item));
                }
                taken.push(Block::List { start, items: kept });
            }
            Block::Quote { blocks } => taken.push(Block::Quote { blocks: self.blocks(blocks) }),
            Block::Code { text } => {
                let kept = self.text(text);
                taken.extend(pieces(&kept).map(|text| Block::Code { text: text.to_owned() }));
            }
            Block::Table { head, rows } => self.table(head, rows, taken),
            Block::Rule => taken.push(Block::Rule),
        }
    }

    fn table(&mut self, head: Vec<Vec<Inline>>, rows: Vec<Vec<Vec<Inline>>>, taken: &mut Vec<Block>) {
        let head = self.row(head);
        let mut kept = Vec::new();
        for row in rows {
            if self.left == 0 {
                break;
            }
            kept.push(self.row(row));
            if kept.len() == ROWS {
                taken.push(Block::Table { head: head.clone(), rows: std::mem::take(&mut kept) });
            }
        }
        if !kept.is_empty() || taken.last().is_none_or(|last| !matches!(last, Block::Table { .. })) {
            taken.push(Block::Table { head, rows: kept });
        }
    }

    fn row(&mut self, cells: Vec<Vec<Inline>>) -> Vec<Vec<Inline>> {
        let mut kept = Vec::new();
        for cell in cells.into_iter().take(COLUMNS) {
            if !self.take(BLOCK) {
                break;
            }
            kept.push(self.line(cell));
        }
        kept
    }

    fn line(&mut self, line: Vec<Inline>) -> Vec<Inline> {
        let mut taken = Vec::new();
        for part in line {
            if !self.take(PART) {
                break;
            }
            match part {
                Inline::Text { text } => taken.push(Inline::Text { text: self.text(text) }),
                Inline::Code { text } => taken.push(Inline::Code { text: self.text(text) }),
                Inline::Emphasis { inner } => taken.push(Inline::Emphasis { inner: self.line(inner) }),
                Inline::Strong { inner } => taken.push(Inline::Strong { inner: self.line(inner) }),
                Inline::Strike { inner } => taken.push(Inline::Strike { inner: self.line(inner) }),
                Inline::Link { to, inner } => self.link(to, inner, &mut taken),
                Inline::Break => taken.push(Inline::Break),
            }
        }
        taken
    }

    /// Takes a link; one too many, or one that is too long, as its text with its address.
    fn link(&mut self, to: String, inner: Vec<Inline>, taken: &mut Vec<Inline>) {
        let inner = self.line(inner);
        if *self.links > 0 && to.len() <= ADDRESS {
            *self.links -= 1;
            return taken.push(Inline::Link { to, inner });
        }
        let is_said = inner.iter().any(|part| matches!(part, Inline::Text { text } if to.ends_with(text.as_str())));
        taken.extend(inner);
        if !is_said {
            let address = self.text(format!(" ({to})"));
            taken.push(Inline::Text { text: address });
        }
    }

    fn text(&mut self, text: String) -> String {
        // No text has more characters than bytes.
        if text.len() <= self.left {
            self.left -= text.len();
            return text;
        }
        let end = text.char_indices().nth(self.left).map_or(text.len(), |(end, _)| end);
        self.left = self.left.saturating_sub(text[..end].chars().count());
        text[..end].to_owned()
    }
}

/// Returns how many characters a block has, at least one.
fn letters_of_block(block: &Block) -> usize {
    let all = |blocks: &[Block]| blocks.iter().map(letters_of_block).sum::<usize>();
    let row = |cells: &[Vec<Inline>]| cells.iter().map(|cell| 1 + letters(cell)).sum::<usize>();
    1 + match block {
        Block::Heading { text } | Block::Paragraph { text } => letters(text),
        Block::List { items, .. } => items.iter().map(|item| 1 + all(item)).sum(),
        Block::Quote { blocks } => all(blocks),
        Block::Code { text } => text.chars().count(),
        Block::Table { head, rows } => row(head) + rows.iter().map(|cells| row(cells)).sum::<usize>(),
        Block::Rule => 2,
    }
}

fn letters(line: &[Inline]) -> usize {
    let part = |part: &Inline| match part {
        Inline::Text { text } | Inline::Code { text } => text.chars().count(),
        Inline::Emphasis { inner }
        | Inline::Strong { inner }
        | Inline::Strike { inner }
        | Inline::Link { inner, .. } => letters(inner),
        Inline::Break => 1,
    };
    line.iter().map(part).sum()
}

/// Returns a line as paragraphs, none of which is too long.
fn paragraphs(line: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut done = Vec::new();
    let mut rest = line;
    loop {
        let mut halves = Halves { room: PARAGRAPH };
        let (first, behind) = halves.of_line(rest);
        done.push(first);
        if behind.is_empty() {
            return done;
        }
        rest = behind;
    }
}

/// Parts lines where there is no more room.
struct Halves {
    room: usize,
}

impl Halves {
    fn of_line(&mut self, line: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
        let (mut first, mut behind) = (Vec::new(), Vec::new());
        for part in line {
            if self.room == 0 {
                behind.push(part);
                continue;
            }
            self.room = self.room.saturating_sub(PART);
            let (one, other) = match part {
                Inline::Text { text } => self.of_text(text, |text| Inline::Text { text }),
                Inline::Code { text } => self.of_text(text, |text| Inline::Code { text }),
                Inline::Emphasis { inner } => self.of_inner(inner, |inner| Inline::Emphasis { inner }),
                Inline::Strong { inner } => self.of_inner(inner, |inner| Inline::Strong { inner }),
                Inline::Strike { inner } => self.of_inner(inner, |inner| Inline::Strike { inner }),
                Inline::Link { to, inner } => self.of_inner(inner, |inner| Inline::Link { to: to.clone(), inner }),
                Inline::Break => (Some(Inline::Break), None),
            };
            first.extend(one);
            behind.extend(other);
        }
        (first, behind)
    }

    fn of_inner(
        &mut self,
        inner: Vec<Inline>,
        wrap: impl Fn(Vec<Inline>) -> Inline,
    ) -> (Option<Inline>, Option<Inline>) {
        let (first, behind) = self.of_line(inner);
        let behind = (!behind.is_empty()).then(|| wrap(behind));
        (Some(wrap(first)), behind)
    }

    fn of_text(&mut self, text: String, wrap: impl Fn(String) -> Inline) -> (Option<Inline>, Option<Inline>) {
        let end = end_of_piece(&text, self.room);
        self.room = self.room.saturating_sub(text[..end].chars().count());
        if end == text.len() {
            return (Some(wrap(text)), None);
        }
        self.room = 0;
        let behind = text[end..].trim_start_matches(' ').to_owned();
        (Some(wrap(text[..end].to_owned())), (!behind.is_empty()).then(|| wrap(behind)))
    }
}

/// Returns where a text's first piece ends: behind its last blank that there is room for, where there is one near.
fn end_of_piece(text: &str, room: usize) -> usize {
    const NEAR: usize = 100;
    let Some((end, _)) = text.char_indices().nth(room) else { return text.len() };
    let blank = text[..end].rfind([' ', '\n']).map(|blank| blank + 1);
    blank.filter(|blank| blank + NEAR > end).unwrap_or(end)
}

/// Returns a text whose lines are kept in pieces, none of which is too long.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = end_of_piece(text, PARAGRAPH);
        rest = (end < text.len()).then(|| &text[end..]);
        Some(text[..end].strip_suffix('\n').filter(|_| rest.is_some()).unwrap_or(&text[..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::blocks::to_blocks;
    use crate::report::format::Format;
    use crate::report::text::Language;

    fn room() -> Room {
        Room::new(Phrases::new(Format::new(Language::default())))
    }

    fn fit(text: &str) -> Vec<Block> {
        room().fit(to_blocks(text))
    }

    fn said(blocks: &[Block]) -> String {
        format!("{blocks:?}")
    }

    #[test]
    fn ordinary_texts_stay_as_they_are() {
        let text = "# a\n\nb *c* [d](https://a.example)\\\ne\n\n- f\n- g\n\n> h\n\n    i\n    j\n\n|k|l|\n|-|-|\n|m|n|\n\n---\n";
        assert_eq!(fit(text), to_blocks(text));
        let letters = "word ".repeat(700);
        assert_eq!(fit(&letters), to_blocks(&letters));
    }

    #[test]
    fn what_is_left_out_is_counted_on_paper() {
        for (text, why) in [
            ("x".repeat(100_000), "a word"),
            ("word ".repeat(20_000), "a paragraph"),
            ("a\n\n".repeat(50_000), "paragraphs"),
            ("- a\n".repeat(50_000), "items"),
            ("-\n".repeat(50_000), "items of nothing"),
            ("---\n\n".repeat(50_000), "lines across"),
            (format!("```\n{}```", "x\n".repeat(50_000)), "code"),
            (format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(50_000)), "rows"),
            (format!("|a|\n|-|\n{}", "||\n".repeat(50_000)), "rows of nothing"),
            ("*a* ".repeat(50_000), "emphasis"),
        ] {
            let fitting = fit(&text);
            let told = said(&fitting[fitting.len() - 1..]);
            assert!(told.contains("further characters on the page"), "{why}: {told}");
            let kept: usize = fitting.iter().map(letters_of_block).sum();
            assert!(kept < TEXT + 200, "{why}: {kept}");
        }
    }

    #[test]
    fn nothing_is_left_out_of_what_is_only_split() {
        let text = format!("{} *{}*", "word ".repeat(2_000).trim_end(), "stress ".repeat(2_000).trim_end());
        let fitting = fit(&text);
        assert!(fitting.len() > 5, "{}", fitting.len());
        assert!(!said(&fitting).contains("further"));
        assert_eq!(said(&fitting).matches("word").count(), 2_000);
        assert_eq!(said(&fitting).matches("stress").count(), 2_000);
        let code = format!("```\n{}```", "line\n".repeat(2_000));
        assert_eq!(said(&fit(&code)).matches("line").count(), 2_000);
        let table = format!("|a|\n|-|\n{}", "|cell|\n".repeat(600));
        let fitting = fit(&table);
        assert_eq!((fitting.len(), said(&fitting).matches("cell").count()), (3, 600));
    }

    #[test]
    fn too_many_links_are_printed_as_addresses() {
        let mut room = room();
        let link = |inner: &Inline| matches!(inner, Inline::Link { .. });
        let (mut links, mut addresses) = (0, 0);
        for _ in 0..20 {
            let text = "[b](https://a.example/c) ".repeat(200);
            for block in room.fit(to_blocks(&text)) {
                let Block::Paragraph { text } = block else { continue };
                links += text.iter().filter(|part| link(part)).count();
                addresses += said(&[Block::Paragraph { text }]).matches("(https://a.example/c)").count();
            }
        }
        assert_eq!((links, addresses), (LINKS, 20 * 200 - LINKS));
    }

    #[test]
    fn one_text_leaves_room_for_the_others() {
        let mut room = room();
        let _ = room.fit(to_blocks(&"word ".repeat(1_000_000)));
        assert_eq!(room.fit(to_blocks("yes")), to_blocks("yes"));
    }
}
