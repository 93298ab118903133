//! Texts that are shown and do nothing else.
//!
//! In: what anybody wrote, or what is about to be printed. Out: the same for readers, and for no machine: no character
//! steers a terminal or turns other letters, no line ends but where a message does, and nothing is a command for the
//! hosts that read the logs of their runs (`::error::` at a line's begin, `##[group]` and `##vso[…]` anywhere). A
//! character is shown by one other, so that columns and carets stay where they were.

use std::borrow::Cow;

use super::{Unseen, region_flag, unseen};

/// Shows a character that has no picture of its own.
const MARK: char = '\u{fffd}';

/// Stands for the second of two `#` before a bracket; it looks like one.
const SHARP: char = '⌗';

/// What is ours among the characters that do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Line ends.
    Plain,
    /// Line ends and styles: `ESC [ 1 m`.
    Styled,
    /// Line ends, and commands that place a finding beside a line: `::error file=…::` and `::warning file=…::`.
    Commands,
}

/// What stays among the characters that do something.
#[derive(Clone, Copy)]
struct Ours {
    ends: bool,
    tabs: bool,
    styles: bool,
}

impl Ours {
    /// Returns how many bytes stay at the start of a text.
    fn length(self, text: &str) -> Option<usize> {
        match text.as_bytes().first()? {
            b'\n' => self.ends.then_some(1),
            b'\t' => self.tabs.then_some(1),
            b'\r' => (self.tabs && text.starts_with("\r\n")).then_some(2),
            0x1b if self.styles => style(text),
            _ => region_flag(text),
        }
    }
}

/// Returns what stands in one line: a message, a title, a name.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    shown(text, Ours { ends: false, tabs: false, styles: false })
}

/// Returns whole lines of a file, to be shown with carets under them: tabs and line ends stay.
#[must_use]
pub fn excerpt(text: &str) -> Cow<'_, str> {
    shown(text, Ours { ends: true, tabs: true, styles: false })
}

/// Returns a text as it is printed, whoever worded it: the last gate before a stream.
#[must_use]
pub fn lines(text: &str, form: Form) -> String {
    let text = shown(text, Ours { ends: true, tabs: false, styles: form == Form::Styled });
    let mut out = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        let is_ours = form == Form::Commands && (line.starts_with("::error ") || line.starts_with("::warning "));
        match command(line).filter(|_| !is_ours) {
            Some(at) => {
                out.push_str(&line[..at]);
                out.push('\\');
                out.push_str(&line[at..]);
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Returns a JSON document that means the same and holds nothing that acts: such characters are written by number.
#[must_use]
pub fn json(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    let brackets = brackets(document);
    let mut brackets = brackets.iter().map(|(_, bracket)| *bracket).peekable();
    for (at, c) in document.char_indices() {
        let is_bracket = brackets.next_if_eq(&at).is_some();
        if is_bracket || (c.is_control() && c != '\n') || unseen(c).is_some() || is_blank(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns the text with each character that does something shown by another, but for what is ours.
fn shown(text: &str, ours: Ours) -> Cow<'_, str> {
    let is_idle = |c: char| !c.is_control() && unseen(c).is_none() && !is_blank(c);
    if text.chars().all(is_idle) && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if at >= kept
            && let Some(length) = ours.length(&text[at..])
        {
            kept = at + length;
        }
        out.push(if at < kept { c } else { picture(c, before) });
        before = c;
    }
    let places = brackets(&out);
    for (sharp, _) in places.into_iter().rev() {
        out.replace_range(sharp..sharp + 1, SHARP.encode_utf8(&mut [0; 4]));
    }
    Cow::Owned(out)
}

/// Returns what shows a character that stands behind `before`.
fn picture(c: char, before: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(MARK),
        '\u{7f}' => '\u{2421}',
        c if c.is_control() || is_blank(c) => MARK,
        c => match unseen(c) {
            None | Some(Unseen::Variant) => c,
            // Emoji and Persian words are joined; between Latin letters a joiner only hides.
            Some(Unseen::Joiner) if !before.is_ascii() => c,
            Some(_) => MARK,
        },
    }
}

/// Says whether a character is a letter or a sign by name that shows nothing: fillers of Hangul, joiners of graphemes,
/// signs of notes between lines, of shorthand and of music, and all that may become such.
const fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{3164}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0080}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
    )
}

/// Returns the places of a `#` and of a bracket that are a command together with the `#` before: `##[`, `##vso[`. Hosts
/// may skip what nobody sees.
fn brackets(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(bracket) = text[from..].find('[').map(|at| from + at) {
        let mut before = text[from..bracket]
            .char_indices()
            .rev()
            .skip_while(|(_, c)| c.is_ascii_alphabetic() || unseen(*c).is_some())
            .filter(|(_, c)| unseen(*c).is_none());
        if let (Some((sharp, '#')), Some((_, '#'))) = (before.next(), before.next()) {
            found.push((from + sharp, bracket));
        }
        from = bracket + 1;
    }
    found
}

/// Returns where two colons stand that begin a line, once what hosts and terminals skip is left out.
fn command(line: &str) -> Option<usize> {
    let mut rest = line;
    loop {
        rest = match rest.chars().next()? {
            ':' => break,
            '\u{1b}' => &rest[style(rest)?..],
            c if is_skipped(c) => &rest[c.len_utf8()..],
            _ => return None,
        };
    }
    let is_second = rest[1..].trim_start_matches(|c| unseen(c).is_some()).starts_with(':');
    is_second.then_some(line.len() - rest.len())
}

fn is_skipped(c: char) -> bool {
    c.is_whitespace() || unseen(c).is_some() || c == MARK
}

/// Returns how many bytes of a text's start choose colours and weight.
fn style(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("\u{1b}[")?;
    let end = inner.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    inner[end..].starts_with('m').then_some(2 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_hides_in_a_line_is_shown() {
        for (text, expected) in [
            ("plain, größer 日本 #1 [a] :: b", "plain, größer 日本 #1 [a] :: b"),
            ("a\n::add-mask::e\r", "a␊::add-mask::e␍"),
            ("\u{1b}[31mred\u{9b}0m\u{7f}\0\t", "␛[31mred\u{fffd}0m␡␀␉"),
            ("a\u{202e}b\u{2066}c\u{200f}d\u{61c}e", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e"),
            ("a\u{2028}b\u{2029}c\u{85}d", "a\u{fffd}b\u{fffd}c\u{fffd}d"),
            ("a\u{200b}b\u{feff}c\u{2060}d\u{ad}e\u{200d}f", "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}f"),
            ("\u{3164}\u{fff9}\u{e0041}", "\u{fffd}\u{fffd}\u{fffd}"),
            ("👩\u{200d}🚀 ❤\u{fe0f} می\u{200c}خواهم", "👩\u{200d}🚀 ❤\u{fe0f} می\u{200c}خواهم"),
            ("##[group]x ###[a ##vso[task.x] ##", "#⌗[group]x ##⌗[a #⌗vso[task.x] ##"),
            ("#\u{fe0f}#\u{fe0f}[error]", "#\u{fe0f}⌗\u{fe0f}[error]"),
            ("## a [b] #[c] ##1[d]", "## a [b] #[c] ##1[d]"),
        ] {
            assert_eq!(line(text), expected, "{text:?}");
        }
        let scotland = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        assert_eq!(line(scotland), scotland);
    }

    #[test]
    fn a_character_is_shown_by_one() {
        let every = (0..=0x10_ffff).filter_map(char::from_u32).collect::<String>();
        assert_eq!(line(&every).chars().count(), every.chars().count());
        let hostile = "##[##vso[\u{1b}[m\r\n\u{ad}#\u{ad}#[";
        assert_eq!(line(hostile).chars().count(), hostile.chars().count());
    }

    #[test]
    fn a_line_that_begins_as_a_command_is_none() {
        for (text, expected) in [
            ("::error::x\n", "\\::error::x\n"),
            ("a\n \t::set-output name=a::b", "a\n ␉::set-output name=a::b"),
            ("a\n  ::x", "a\n  \\::x"),
            ("\u{3000}\u{a0}::x", "\u{3000}\u{a0}\\::x"),
            ("\u{feff}::x\n:\u{fe0f}:x", "\u{fffd}\\::x\n\\:\u{fe0f}:x"),
            ("\u{1b}[1m::x", "␛[1m::x"),
            (":a: ::b", ":a: ::b"),
            ("", ""),
        ] {
            assert_eq!(lines(text, Form::Plain), expected, "{text:?}");
        }
        assert_eq!(lines("\u{1b}[1;31m ::x\u{1b}[2J", Form::Styled), "\u{1b}[1;31m \\::x␛[2J");
        assert_eq!(lines("::error file=a::b\n::debug::c\n", Form::Commands), "::error file=a::b\n\\::debug::c\n");
        assert_eq!(lines("::error::b", Form::Commands), "\\::error::b");
    }

    #[test]
    fn excerpts_keep_what_lines_are_made_of() {
        assert_eq!(excerpt("a:\tb\r\nc\rd\u{1b}\n"), "a:\tb\r\nc␍d␛\n");
    }

    #[test]
    fn a_document_means_the_same_when_nothing_in_it_acts() {
        let value = "##[a] ##vso[b \u{1b}\u{7f}\u{9b}\u{2028}\u{202e}\u{200b}\u{e0041}\u{1f3f4} [#] \"::x\" \n";
        let document = serde_json::to_string_pretty(&[value]).expect("JSON");
        let safe = json(&document);
        assert!(safe.contains("##\\u005ba] ##vso\\u005bb") && safe.contains("\\udb40\\udc41\u{1f3f4} [#]"), "{safe}");
        assert!(safe.chars().all(|c| c == '\n' || !c.is_control() && unseen(c).is_none()), "{safe:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&safe).expect("JSON"), [value]);
    }
}
