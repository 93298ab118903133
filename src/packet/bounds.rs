//! Texts as a layout can afford them.
//!
//! In: a packet as data. Out: the same, in which no character carries more marks than writing knows, lines can end
//! everywhere that they may have to, and no line of text is longer than a page. What is left out is counted where it stood.

use serde_json::Value;

use crate::read::paths::is_mark;
use crate::report::text::Phrases;
use crate::unseen::unseen;

/// The most characters without a width of their own that may follow each other, as in Unicode's Stream-Safe Text Format.
/// What shapes them sorts them, each among all.
const MARKS: usize = 30;

/// The longest word that no line has to end in.
pub(super) const WORD: usize = 34;

/// The most characters of a text: a paragraph of prose is never longer.
const LINE: usize = 4_000;

/// The most characters of a title, which stands in a packet up to seven times.
const TITLE: usize = 1_000;

/// What is no text for readers: drawings, digests, names of places and files.
const NO_TEXT: [&str; 9] = ["to", "svg", "sha256", "id", "target", "evidence_id", "attachments", "logo", "kind"];

/// What people wrote in paragraphs.
const PROSE: [&str; 5] = ["story", "loose", "answers", "note", "aside"];

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A sentence, a name, a figure.
    Title,
    /// A part of a paragraph.
    Prose,
    /// No text for readers.
    Other,
}

/// Bounds all texts of a packet.
pub(super) fn bound(value: &mut Value, phrases: Phrases) {
    texts(value, Kind::Title, &|text, kind| {
        let safe = if text.is_ascii() { None } else { few_marks(text, phrases) };
        if kind == Kind::Other {
            return safe;
        }
        let text = safe.as_deref().unwrap_or(text);
        let cut = cut(text, if kind == Kind::Prose { LINE } else { TITLE }, phrases);
        let text = cut.as_deref().unwrap_or(text);
        broken(text).or_else(|| (cut.is_some() || safe.is_some()).then(|| text.to_owned()))
    });
}

/// Calls `mend` for each text, with what it is, and puts what that returns in its place.
fn texts(value: &mut Value, kind: Kind, mend: &impl Fn(&str, Kind) -> Option<String>) {
    match value {
        Value::String(text) => {
            if let Some(mended) = mend(text, kind) {
                *text = mended;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| texts(item, kind, mend)),
        Value::Object(fields) => {
            let own = |name: &str| match kind {
                _ if NO_TEXT.contains(&name) => Kind::Other,
                Kind::Title if PROSE.contains(&name) => Kind::Prose,
                kind => kind,
            };
            fields.iter_mut().for_each(|(name, field)| texts(field, own(name), mend));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Says whether a character takes no room of its own.
fn is_without_width(letter: char) -> bool {
    !letter.is_ascii() && (unseen(letter).is_some() || is_mark(letter))
}

/// Returns a text without the marks that are too many for the character below them; nothing where there are none.
fn few_marks(text: &str, phrases: Phrases) -> Option<String> {
    let mut run = 0;
    let is_too_much = |letter: char| {
        run = if is_without_width(letter) { run + 1 } else { 0 };
        run > MARKS
    };
    if !text.chars().any(is_too_much) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for letter in text.chars().chain(['\0']) {
        if is_without_width(letter) {
            run += 1;
            if run > MARKS {
                continue;
            }
        } else {
            if run > MARKS {
                out.push_str(&phrases.marks_left_out(run - MARKS));
            }
            run = 0;
        }
        out.push(letter);
    }
    out.pop();
    Some(out)
}

/// Returns the begin of a text that is too long, with how much more there is; nothing where it isn't.
fn cut(text: &str, most: usize, phrases: Phrases) -> Option<String> {
    if text.len() <= most {
        return None;
    }
    let (end, _) = text.char_indices().nth(most)?;
    let rest = text[end..].chars().count();
    Some(format!("{}{}", &text[..end], phrases.characters_left_out(rest)))
}

/// Returns a text in which lines may end inside of words that are longer than lines; nothing where there are none.
fn broken(text: &str) -> Option<String> {
    let mut run = 0;
    if text.len() <= WORD || !text.chars().any(|letter| is_next(&mut run, letter)) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + text.len() / WORD * 3);
    run = 0;
    for letter in text.chars() {
        if is_next(&mut run, letter) {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(letter);
    }
    Some(out)
}

/// Counts a character of a word, and says whether it is one more than may stand in a line's way.
fn is_next(run: &mut usize, letter: char) -> bool {
    if may_end_at(letter) {
        *run = 0;
        return false;
    }
    // What takes no room stays with what it stands on.
    let takes_room = !is_without_width(letter);
    *run += usize::from(takes_room);
    takes_room && *run > WORD
}

/// Says whether a line may end at a character; at some blanks it may not.
fn may_end_at(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::report::format::Format;
    use crate::report::text::Language;

    fn phrases() -> Phrases {
        Phrases::new(Format::new(Language::default()))
    }

    fn bounded(text: &str) -> String {
        let mut value = json!({ "title": text });
        bound(&mut value, phrases());
        value["title"].as_str().expect("a text").to_owned()
    }

    #[test]
    fn ordinary_texts_stay_as_they_are() {
        for text in
            ["", "Raise it", "Zürich, cafe\u{301}, ו\u{5bc}\u{5b9}", "👩\u{200d}👩\u{200d}👧", &"word ".repeat(200)]
        {
            assert_eq!(bounded(text), text);
        }
    }

    #[test]
    fn a_character_carries_no_more_marks_than_writing_knows() {
        let marks = |count: usize| "\u{301}".repeat(count);
        assert_eq!(bounded(&format!("e{}x", marks(30))), format!("e{}x", marks(30)));
        assert_eq!(bounded(&format!("e{}x", marks(31))), format!("e{}[1 more mark]x", marks(30)));
        assert_eq!(bounded(&format!("e{}", marks(10_000))), format!("e{}[9,970 more marks]", marks(30)));
        let mixed = "\u{200d}\u{301}\u{20dd}\u{fe0f}\u{93e}".repeat(1_000);
        assert!(bounded(&mixed).ends_with("[4,970 more marks]"));
    }

    #[test]
    fn a_long_text_is_cut_and_says_by_how_much() {
        assert_eq!(bounded(&"ab ".repeat(300)), "ab ".repeat(300));
        let cut = bounded(&"é ".repeat(5_000));
        assert_eq!(cut, format!("{} … 9,000 further characters on the page", "é ".repeat(500)));
        let mut prose =
            json!({ "answers": [{ "question": "x".repeat(30), "text": [{ "text": "ab ".repeat(1_000) }] }] });
        let before = prose.clone();
        bound(&mut prose, phrases());
        assert_eq!(prose, before);
    }

    #[test]
    fn lines_can_end_in_long_words_but_not_before_marks() {
        let long = bounded(&"x".repeat(80));
        assert_eq!(long.split('\u{200b}').map(str::len).collect::<Vec<_>>(), [34, 34, 12]);
        // These blanks hold words together.
        let held = bounded(&"a\u{a0}".repeat(40));
        assert_eq!(held.matches('\u{200b}').count(), 2);
        let marked = bounded(&"e\u{301}".repeat(40));
        assert!(!marked.contains("\u{200b}\u{301}") && marked.contains('\u{200b}'));
    }

    #[test]
    fn what_is_no_text_keeps_its_characters() {
        let address = format!("https://a.example/{}", "a/".repeat(5_000));
        let mut value = json!({ "to": address, "inner": [{ "svg": "x".repeat(100) }] });
        let before = value.clone();
        bound(&mut value, phrases());
        assert_eq!(value, before);
    }
}
