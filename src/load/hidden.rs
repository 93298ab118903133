//! Characters that deceive: they show a reader another text than stands there.
//!
//! In: the book's texts. Out: a warning for each line with characters that turn or hide text (Unicode's bidirectional
//! controls, zero-width and tag characters), or with a word that mixes Latin letters with their Greek or Cyrillic
//! twins. Marks that languages need (a joiner inside an emoji or a Persian word, a direction mark) and the tags of a
//! region's flag are no deception.

use crate::diag::Diagnostic;
use crate::par;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::unseen::{Unseen, region_flag, unseen};

/// Returns a warning for each line of the book's own texts that deceives, in the files' order.
pub(super) fn look(sources: &Sources) -> Vec<Diagnostic> {
    let is_suspect = |file: &SourceFile| !file.text.is_ascii() && !file.path.starts_with("templates/");
    let suspects: Vec<(FileId, &SourceFile)> = sources.iter().filter(|(_, file)| is_suspect(file)).collect();
    par::map_ordered(&suspects, |(id, file)| in_file(*id, &file.text)).into_iter().flatten().collect()
}

fn in_file(file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii() {
            found.extend(in_line(line, start == 0).map(|deceit| deceit.diagnostic(file, start)));
        }
        start += line.len();
    }
    found
}

/// What deceives in a line, with its bytes in it.
enum Deceit<'a> {
    Hidden(usize, char),
    Mixed(usize, &'a str),
}

impl Deceit<'_> {
    fn diagnostic(&self, file: FileId, line: usize) -> Diagnostic {
        match *self {
            Self::Hidden(at, character) => {
                let span = Span::new(file, line + at..line + at + character.len_utf8());
                let message = format!("this line holds U+{:04X}, {}", character as u32, effect(character));
                Diagnostic::warning("hidden-character", span, message)
                    .label("nobody sees it")
                    .help("delete the character; copying from a web page or a chat often brings it along")
            }
            Self::Mixed(at, word) => {
                let span = Span::new(file, line + at..line + at + word.len());
                let message = format!("`{word}` mixes letters of two scripts that look alike");
                Diagnostic::warning("hidden-character", span, message)
                    .label("Latin letters beside Greek or Cyrillic ones")
                    .help("type the word anew; two names that look the same may be two names")
            }
        }
    }
}

fn in_line(line: &str, is_first: bool) -> Option<Deceit<'_>> {
    let mut flag_end = 0;
    let is_hidden = |&(at, c): &(usize, char)| {
        if let Some(length) = region_flag(&line[at..]) {
            flag_end = at + length;
        }
        at >= flag_end && hides(c) && !(c == '\u{feff}' && at == 0 && is_first)
    };
    if let Some((at, character)) = line.char_indices().find(is_hidden) {
        return Some(Deceit::Hidden(at, character));
    }
    let mut words = line.split(|c: char| !c.is_alphanumeric());
    let word = words.find(|word| !word.is_ascii() && mixes(word))?;
    Some(Deceit::Mixed(word.as_ptr().addr() - line.as_ptr().addr(), word))
}

/// Says whether a character turns the text around it or shows nothing at all, and no language needs it.
const fn hides(c: char) -> bool {
    matches!(unseen(c), Some(Unseen::Turn | Unseen::Nothing | Unseen::Tag))
}

const fn effect(c: char) -> &'static str {
    match unseen(c) {
        Some(Unseen::Turn) => "which shows the text behind it in another order",
        _ => "which takes no room and shows nothing",
    }
}

/// Says whether a word has Latin letters and such of Greek or Cyrillic that look like Latin ones. Units and symbols
/// that mathematics took from Greek (`µs`, `Δt`) are no such mixture.
fn mixes(word: &str) -> bool {
    const TWINS: &str = "АВЕЅЗІЈКМНОРСТУХаеіјорсухѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";
    word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(|c| TWINS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;

    fn said(text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        sources.add("quarters/2026-Q3/shop.yaml", text);
        let of = |found: &Diagnostic| {
            let Place::Text(span) = found.place else { panic!("a place in a text") };
            format!("{}: {}", sources.position(span).line, found.message)
        };
        look(&sources).iter().map(of).collect()
    }

    #[test]
    fn characters_that_turn_or_hide_text_are_named() {
        assert_eq!(
            said("title: Raise\u{202e}esiar\nowner: a\u{200b}na\nplain: Größe\n"),
            [
                "1: this line holds U+202E, which shows the text behind it in another order",
                "2: this line holds U+200B, which takes no room and shows nothing",
            ]
        );
    }

    #[test]
    fn tags_that_are_no_regions_flag_are_named() {
        let scotland = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        for (text, tag) in [
            ("\u{1f3f4}\u{e0067}\u{e0062}".to_owned(), "E0067"),
            ("\u{e0067}\u{e0062}\u{e0073}\u{e007f}".to_owned(), "E0067"),
            (format!("{scotland}\u{e0061}"), "E0061"),
            (format!("{scotland}\u{e007f}"), "E007F"),
        ] {
            let expected = format!("1: this line holds U+{tag}, which takes no room and shows nothing");
            assert_eq!(said(&format!("title: {text} depot\n")), [expected]);
        }
    }

    #[test]
    fn words_of_two_scripts_that_look_alike_are_named() {
        assert_eq!(
            said("title: Ch\u{0435}ckout\n"),
            ["1: `Ch\u{0435}ckout` mixes letters of two scripts that look alike"]
        );
    }

    #[test]
    fn what_languages_need_is_no_deception() {
        for text in [
            "\u{feff}title: A\n",
            "title: نمی\u{200c}خواهم\n",
            "title: 👩\u{200d}🚀 ships\n",
            "title: Сократить время\n",
            "title: p95 < 300 µs, Δt of Ωs\n",
            "title: Größe ≥ 5 — naïve café\n",
            "title: שלום\u{200f} 5\n",
            "title: The \u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} depot ships\n",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text:?}");
        }
    }
}
