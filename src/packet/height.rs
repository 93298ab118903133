//! How high a card can be at most.
//!
//! In: a card of the packet. Out: whether it surely has room on one page. The template measures the others, which lays
//! them out twice. Each part is as high as in `templates/packet.typ`, and characters are as wide as wide ones are, so what
//! is found here is never too low; sizes are in points.

use serde::Serialize;

use super::bounds::WORD;
use crate::markdown::blocks::{Block, Inline};
use crate::report::packet::{Answer, Card, Fact};
use crate::report::shown::{Goalposts, MoveRow};

/// How wide texts are, on the narrower paper.
const WIDTH: f64 = 490.0;

/// How wide each of two columns is.
const HALF: f64 = 235.0;

/// How high a page's texts are, on the shorter paper.
const HEIGHT: f64 = 670.0;

/// How high a line is, in its letters' size.
const LINE: f64 = 1.65;

/// What stands between blocks that don't say it.
const BETWEEN: f64 = 10.0;

/// A drawing as the template sets it.
#[derive(Debug, Serialize)]
pub(super) struct Drawing {
    pub(super) svg: String,
    /// What it shows; empty for what the text beside it says.
    pub(super) alternative: String,
    /// How many bytes it has.
    pub(super) drawn: usize,
}

/// Says whether a card surely has room on one page.
pub(super) fn is_short(card: &Card<Drawing, Vec<Block>>) -> bool {
    let body = if has_answers_beside(card) {
        // What is measured and what people say of it stand side by side, what is said besides below both.
        plotted(card).unwrap_or(beside(card, HALF, 2)).max(answers(&card.answers, 2, HALF)) + beside(card, WIDTH, 3)
    } else {
        plotted(card).map_or(beside(card, WIDTH, 3), |chart| chart.max(beside(card, HALF, 2)))
            + answers(&card.answers, 4, WIDTH)
    };
    head(card) + body + 21.0 < HEIGHT
}

/// Says whether the answers are short enough to stand beside the chart, two by two.
pub(super) fn has_answers_beside(card: &Card<Drawing, Vec<Block>>) -> bool {
    /// As high as a chart with its words, and what characters are narrower than is counted.
    const MOST: f64 = 300.0;
    !card.answers.is_empty() && answers(&card.answers, 2, HALF) < MOST
}

fn head(card: &Card<Drawing, Vec<Block>>) -> f64 {
    let findings: usize = card.findings.iter().map(|known| known.number.len() + known.code.len() + 3).sum();
    let marks: usize = card.marks.iter().map(|mark| mark.len() + 6).sum();
    let verdict = 16.0 + LINE * 10.5 * (1.0 + lines_of(marks + 30, 7.5, WIDTH));
    let qualities: usize = card.qualities.iter().map(|quality| quality.word.len() + 8).sum();
    15.0 + text(&card.title, 9.25, WIDTH - 60.0)
        + verdict
        + 16.0
        + text(&card.sentence, 10.25, WIDTH)
        + card.note.as_ref().map_or(0.0, |note| 12.0 + prose(note, WIDTH))
        + 16.0
        + LINE * 7.5 * lines_of(qualities, 7.5, WIDTH)
        + 15.0
        + LINE * 7.5 * lines_of(findings + 10, 7.5, WIDTH)
        + card.goalposts.as_ref().map_or(0.0, goalposts)
}

fn goalposts(moved: &Goalposts) -> f64 {
    let row = |row: &MoveRow| {
        let cells = [text(row.what, 8.0, 50.0), text(&row.was, 8.0, 100.0), text(&row.is, 8.0, 100.0)];
        cells.into_iter().fold(text(&row.said, 8.0, 175.0), f64::max) + 5.0
    };
    14.0 + text(&moved.title, 8.25, WIDTH - 10.0)
        + 30.0
        + moved.rows.iter().map(row).sum::<f64>()
        + BETWEEN
        + text(&moved.scores, 8.0, WIDTH - 10.0)
}

/// Returns how high a chart with its words is; nothing without one.
fn plotted(card: &Card<Drawing, Vec<Block>>) -> Option<f64> {
    let chart = card.chart.as_ref()?;
    let drawn = ratio(&chart.drawing.svg).map_or(f64::INFINITY, |ratio| ratio * HALF);
    Some(text(&chart.measure, 7.5, HALF) + drawn + text(&chart.source, 7.5, HALF) + 3.0 * BETWEEN)
}

/// Returns a drawing's height in terms of its width.
fn ratio(svg: &str) -> Option<f64> {
    let (_, behind) = svg.split_once("viewBox=\"0 0 ")?;
    let (width, height) = behind.split_once('"')?.0.split_once(' ')?;
    Some(height.parse::<f64>().ok()? / width.parse::<f64>().ok()?)
}

fn beside(card: &Card<Drawing, Vec<Block>>, width: f64, columns: usize) -> f64 {
    let quiet = |of: &str| BETWEEN + text(of, 7.5, width);
    let guardrails = card.guardrails.iter().map(|known| 6.0 + text(&known.text, 8.0, width - 70.0));
    let origins = card.origins.iter().map(|known| {
        let letters = known.quarter.len() + known.path.len() + known.grade.len() + 30;
        6.0 + LINE * 7.5 * lines_of(letters, 7.5, width)
    });
    let confidence = card.confidence.as_ref().map_or(0.0, |known| {
        let said = known.said.iter().map(|fact| text(&fact.term, 7.5, width) + text(&fact.text, 7.5, width));
        30.0 + said.sum::<f64>()
    });
    quiet(&card.pace_rule)
        + guardrails.sum::<f64>()
        + confidence
        + facts(&card.facts, width, columns)
        + origins.sum::<f64>()
        + card.doubts.iter().map(|doubt| 6.0 + text(doubt, 7.5, width)).sum::<f64>()
        + quiet(&card.evidence)
        + BETWEEN
}

fn facts(facts: &[Fact], width: f64, columns: usize) -> f64 {
    /// Facts that are longer have lines of their own.
    const LONG: usize = 60;
    let (short, long): (Vec<&Fact>, Vec<&Fact>) = facts.iter().partition(|fact| fact.text.len() <= LONG);
    let column = width / columns as f64 - 17.0;
    let more = |fact: &Fact, width| fact.more.iter().map(|said| text(&said.text, 8.5, width)).sum::<f64>();
    let one = |fact: &&Fact, width| text(&fact.term, 7.5, width) + text(&fact.text, 8.5, width) + more(fact, width);
    let row = |row: &[&Fact]| row.iter().map(|fact| one(fact, column)).fold(0.0, f64::max) + 7.0;
    18.0 + short.chunks(columns).map(row).sum::<f64>() + long.iter().map(|fact| 14.0 + one(fact, width)).sum::<f64>()
}

/// Returns how high answers are that stand in so many columns.
fn answers(answers: &[Answer<Vec<Block>>], columns: usize, width: f64) -> f64 {
    let columns = answers.len().clamp(1, columns);
    let width = (width - 14.2 * (columns - 1) as f64) / columns as f64;
    let one = |answer: &Answer<Vec<Block>>| 6.0 + text(answer.question, 8.25, width) + prose(&answer.text, width);
    let row = |row: &[Answer<Vec<Block>>]| row.iter().map(one).fold(0.0, f64::max) + 7.0;
    16.0 + answers.chunks(columns).map(row).sum::<f64>()
}

/// Returns how high a text is; what isn't known is higher than any page.
fn prose(blocks: &[Block], width: f64) -> f64 {
    /// The narrowest column in which lines are counted.
    const NARROW: f64 = 40.0;
    if width < NARROW {
        return f64::INFINITY;
    }
    let line = |parts: &[Inline], size| {
        let mut letters = String::new();
        plain(parts, &mut letters);
        text(&letters, size, width)
    };
    let block = |block: &Block| match block {
        Block::Heading { text } => 12.0 + line(text, 8.75),
        Block::Paragraph { text } => BETWEEN + line(text, 8.25),
        Block::List { items, .. } => {
            BETWEEN + items.iter().map(|item| BETWEEN + prose(item, width - 25.0)).sum::<f64>()
        }
        Block::Quote { blocks } => 2.0 * BETWEEN + prose(blocks, width - 30.0),
        Block::Code { text: code } => 2.0 * BETWEEN + text(code, 7.5, width - 8.0),
        Block::Rule => 13.0,
        Block::Table { .. } => f64::INFINITY,
    };
    blocks.iter().map(block).sum()
}

/// Adds the letters of a line.
fn plain(parts: &[Inline], out: &mut String) {
    for part in parts {
        match part {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Emphasis { inner } | Inline::Strong { inner } | Inline::Strike { inner } => plain(inner, out),
            Inline::Link { to, inner } => {
                plain(inner, out);
                out.push_str(" (");
                out.push_str(to);
                out.push(')');
            }
            Inline::Break => out.push('\n'),
        }
    }
}

/// Returns how high letters of a size are in a column.
fn text(letters: &str, size: f64, column: f64) -> f64 {
    let mut lines = 0.0;
    for line in letters.split('\n') {
        lines += 1.0;
        let mut used = 0.0;
        for word in line.split_inclusive([' ', '\u{200b}']) {
            let wide = word.chars().map(ems).sum::<f64>() * size;
            if used > 0.0 && used + wide > column {
                lines += 1.0;
                used = 0.0;
            }
            used += wide;
            if wide > column || word.len() > WORD {
                // Lines may end inside: between any two characters of some scripts, else behind each piece of a word.
                // What is left of a line is less than a character, or a piece, wide.
                let pieces = (word.len() / WORD) as f64;
                lines += (pieces + wide / (column - 1.2 * size).max(size)).ceil();
                used = column;
            }
        }
    }
    if letters.is_empty() { 0.0 } else { lines * size * LINE }
}

/// Returns how many lines so many letters of a size need, where words are short.
fn lines_of(letters: usize, size: f64, column: f64) -> f64 {
    (letters as f64 * size / column).ceil()
}

/// Returns how wide a character is at most, in its size.
fn ems(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | ' ' | '.' | ',' | ';' | ':' | '\'' | '(' | ')' | '|' => 0.45,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.0,
        ' '..='~' | '\u{c0}'..='\u{24f}' => 0.75,
        _ => 1.2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Svg;
    use crate::markdown::blocks::to_blocks;
    use crate::report::Report;
    use crate::report::fixture::Fixture;
    use crate::report::packet::{Extent, Leaves, Scope, packet};

    struct Plain;

    impl Leaves for Plain {
        type Drawing = Drawing;
        type Prose = Vec<Block>;

        fn drawing(&mut self, svg: Svg, _: &str) -> Drawing {
            Drawing { svg: svg.as_str().to_owned(), alternative: String::new(), drawn: 0 }
        }

        fn prose(&mut self, markdown: &str, _: u8) -> Vec<Block> {
            to_blocks(markdown)
        }
    }

    #[test]
    fn usual_cards_are_short_and_those_with_long_answers_are_not() {
        let fixture = Fixture::new();
        let report = Report::new(fixture.inputs());
        let packets =
            (0..report.quarters.len()).filter_map(|at| packet(&report, Scope::Quarter(at), Extent::Whole, &mut Plain));
        let sections = packets.flat_map(|packet| packet.sections);
        let mut cards: Vec<_> =
            sections.flat_map(|section| section.objectives).flat_map(|objective| objective.cards).collect();
        assert!(cards.len() > 5 && cards.iter().all(is_short));
        let card = cards.first_mut().expect("a card");
        card.answers.push(Answer { question: "What worked", text: to_blocks(&"word ".repeat(2_000)) });
        assert!(!is_short(card));
    }

    #[test]
    fn lines_are_never_fewer_than_they_are_set_in() {
        assert!(text("", 10.0, 100.0) < 1.0);
        assert!((text("one", 10.0, 100.0) - 16.5).abs() < 0.1);
        // 24 words of 4 letters: at 0.45 em and more for each, at most 5 stand in a line of 10 em.
        assert!(text(&"word ".repeat(24), 10.0, 100.0) >= 5.0 * 16.5);
        assert!((text("a\nb\nc", 10.0, 100.0) - 49.5).abs() < 0.1);
        assert!(text(&"中 ".repeat(8), 10.0, 20.0) >= 8.0 * 16.5);
        // Lines end inside of what has no blanks: two characters stand in a line, or a piece of a word.
        assert!(text(&"中".repeat(100), 10.0, 25.0) >= 50.0 * 16.5);
        assert!(text(&"i".repeat(340), 10.0, 100.0) >= 10.0 * 16.5);
    }

    #[test]
    fn what_cannot_be_told_is_higher_than_a_page() {
        assert!(prose(&to_blocks("|a|\n|-|\n|b|"), WIDTH).is_infinite());
        assert!(prose(&to_blocks(&"> ".repeat(20)), WIDTH) < HEIGHT);
        assert!(prose(&to_blocks("- - - - deep"), 100.0).is_infinite());
        assert!(prose(&to_blocks(&"word ".repeat(3_000)), WIDTH) > HEIGHT);
        assert!(prose(&to_blocks("A few words, and *some* more."), WIDTH) < 60.0);
    }

    #[test]
    fn a_drawing_says_how_high_it_is() {
        assert_eq!(ratio("<svg class=\"chart\" viewBox=\"0 0 400 100\">"), Some(0.25));
        assert_eq!(ratio("<svg>"), None);
    }
}
