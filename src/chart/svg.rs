//! Finished SVG, and the text it is written into.
//!
//! Strings and whole numbers go in, well-formed markup comes out. Never a colour, a style attribute or an
//! unescaped character.

use crate::unseen::{Unseen, unseen};

/// An SVG element that is safe to print: built only inside `chart`, from escaped text and whole numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Svg(String);

impl Svg {
    /// Returns the markup, for use inside an HTML page that links the chart styles.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the markup, for use inside an HTML page that links the chart styles.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// Returns the markup of both, one behind the other.
    #[must_use]
    pub(super) fn and(&self, other: &Self) -> Self {
        Self([self.0.as_str(), "\n", &other.0].concat())
    }

    /// Returns the markup as a file of its own: with its namespace, and with the chart styles resolved to plain
    /// colours, for readers of SVG that know no custom properties.
    #[must_use]
    pub fn standalone(&self) -> String {
        self.styled("svg { font-family: sans-serif; }", &|_| None)
    }

    /// Returns the markup as a file of its own, with rules behind the usual ones, and with colours (`--accent`) that are
    /// not the usual ones.
    #[must_use]
    pub fn styled(&self, rules: &str, colour: &dyn Fn(&str) -> Option<String>) -> String {
        let (start, rest) = self.0.split_once('>').unwrap_or((&self.0, ""));
        let style = plain_style(include_str!("../../assets/chart.css"), colour);
        format!("{start} xmlns=\"http://www.w3.org/2000/svg\"><style>{style} {rules}</style>{rest}")
    }
}

/// Returns the rules above the line that says "screen only", each `var(--name, #hex)` replaced by the colour of that name,
/// else by its `#hex`.
fn plain_style(css: &str, colour: &dyn Fn(&str) -> Option<String>) -> String {
    let common = css.split("/* screen only").next().unwrap_or_default();
    let mut pieces = common.split("var(");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (reference, after) = piece.split_once(')').unwrap_or((piece, ""));
        let (name, usual) = reference.split_once(',').unwrap_or((reference, "#000"));
        plain.push_str(colour(name.trim()).as_deref().unwrap_or(usual.trim()));
        plain.push_str(after);
    }
    plain
}

/// Markup in the making.
#[derive(Debug, Default)]
pub(super) struct Markup(Vec<u8>);

impl Markup {
    /// Returns empty markup with room for a usual chart.
    pub(super) fn new(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// Returns the finished element.
    pub(super) fn finish(self) -> Svg {
        Svg(String::from_utf8(self.0).expect("internal: only text is written"))
    }

    /// Writes markup that this program wrote itself.
    pub(super) fn raw(&mut self, markup: &'static str) {
        self.0.extend_from_slice(markup.as_bytes());
    }

    /// Writes a whole number.
    pub(super) fn int(&mut self, number: i32) {
        if number < 0 {
            self.0.push(b'-');
        }
        let rest = number.unsigned_abs();
        if rest > LARGEST {
            return self.0.extend_from_slice(rest.to_string().as_bytes());
        }
        let mut written = Few { bytes: [0; 16], len: 0 };
        written.int(number.abs());
        self.few(&written);
    }

    /// Writes a whole number behind another one: a minus sign parts them as well as a space does.
    pub(super) fn next_int(&mut self, number: i32) {
        if number >= 0 {
            self.0.push(b' ');
        }
        self.int(number);
    }

    /// Writes a step of a line, the first one with its letter.
    pub(super) fn step(&mut self, dx: i32, dy: i32, is_first: bool) {
        if dx.unsigned_abs().max(dy.unsigned_abs()) > LARGEST {
            if is_first {
                self.raw("l");
                self.int(dx);
            } else {
                self.next_int(dx);
            }
            return self.next_int(dy);
        }
        let mut written = Few { bytes: [0; 16], len: 0 };
        match (is_first, dx) {
            (true, _) => written.push(b'l'),
            (false, 0..) => written.push(b' '),
            _ => {}
        }
        written.int(dx);
        if dy >= 0 {
            written.push(b' ');
        }
        written.int(dy);
        self.few(&written);
    }

    fn few(&mut self, written: &Few) {
        // A copy of a fixed length is one instruction; what was too much goes.
        let end = self.0.len() + written.len;
        self.0.extend_from_slice(&written.bytes);
        self.0.truncate(end);
    }

    /// Writes text for people, escaped; control characters, bidirectional overrides and what XML forbids are left
    /// out, and line breaks become spaces.
    pub(super) fn text(&mut self, text: &str) {
        // Only characters that begin with these bytes need a second look.
        const ODD: [bool; 256] = {
            let (mut odd, mut byte) = ([false; 256], 0);
            while byte < 256 {
                odd[byte] = byte < 0x20 || matches!(byte as u8, 0x7F | b'&' | b'<' | b'>' | b'"' | 0xC2 | 0xE2 | 0xEF);
                byte += 1;
            }
            odd
        };
        let mut rest = text;
        while let Some(place) = rest.bytes().position(|byte| ODD[usize::from(byte)]) {
            let (plain, odd) = rest.split_at(place);
            self.0.extend_from_slice(plain.as_bytes());
            let mut letters = odd.chars();
            match letters.next() {
                Some('&') => self.raw("&amp;"),
                Some('<') => self.raw("&lt;"),
                Some('>') => self.raw("&gt;"),
                Some('"') => self.raw("&quot;"),
                Some('\n' | '\t') => self.0.push(b' '),
                Some(c) if is_printable(c) => self.0.extend_from_slice(&odd.as_bytes()[..c.len_utf8()]),
                _ => {}
            }
            rest = letters.as_str();
        }
        self.0.extend_from_slice(rest.as_bytes());
    }

    /// Writes an id: like text, with `-` for each space.
    pub(super) fn id(&mut self, id: &str) {
        for piece in id.split_inclusive(char::is_whitespace) {
            self.text(piece.trim_end());
            if piece.ends_with(char::is_whitespace) {
                self.0.push(b'-');
            }
        }
    }
}

/// The largest number that is written from the table of digits.
const LARGEST: u32 = 9_999;

/// The digits of each number below a thousand, and how many they are.
static DIGITS: [[u8; 4]; 1_000] = {
    let (mut digits, mut number) = ([[b'0'; 4]; 1_000], 0);
    while number < 1_000 {
        let [hundreds, tens, ones] =
            [b'0' + (number / 100) as u8, b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8];
        digits[number] = match number {
            0..10 => [ones, b'0', b'0', 1],
            10..100 => [tens, ones, b'0', 2],
            _ => [hundreds, tens, ones, 3],
        };
        number += 1;
    }
    digits
};

/// A few bytes in the making: a step is written in one go.
struct Few {
    bytes: [u8; 16],
    len: usize,
}

impl Few {
    fn push(&mut self, byte: u8) {
        // Two numbers of four digits, signs and a letter take twelve; the mask says so to the compiler.
        self.bytes[self.len & 15] = byte;
        self.len += 1;
    }

    /// Writes a whole number of at most four digits.
    fn int(&mut self, number: i32) {
        if number < 0 {
            self.push(b'-');
        }
        let rest = number.unsigned_abs();
        match DIGITS.get(rest as usize) {
            Some(&[first, second, third, count]) => {
                let end = self.len + usize::from(count);
                // What is too much goes, or is written over.
                [first, second, third].into_iter().for_each(|digit| self.push(digit));
                self.len = end;
            }
            None => [1_000, 100, 10, 1].into_iter().for_each(|unit| self.push(b'0' + (rest / unit % 10) as u8)),
        }
    }
}

/// Says whether a character may stand in a chart's text: XML can hold it, and it turns no other. What takes no room does
/// no harm to a label.
pub(super) fn is_printable(c: char) -> bool {
    !c.is_control() && unseen(c) != Some(Unseen::Turn) && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Markup)) -> String {
        let mut markup = Markup::new(0);
        write(&mut markup);
        markup.finish().as_str().to_owned()
    }

    #[test]
    fn whole_numbers_are_written_with_as_few_separators_as_they_need() {
        for number in [0, 7, -7, 10, 6400, i32::MAX, i32::MIN] {
            assert_eq!(written(|markup| markup.int(number)), number.to_string());
        }
        assert_eq!(written(|markup| [5, -3, 0].iter().for_each(|&n| markup.next_int(n))), " 5-3 0");
    }

    #[test]
    fn steps_are_written_as_their_numbers() {
        let numbers = [0, 1, -1, 9, 10, -99, 100, 999, -1_000, 9_999, -9_999, 10_000, i32::MIN];
        for (dx, dy) in numbers.iter().flat_map(|&dx| numbers.iter().map(move |&dy| (dx, dy))) {
            let apart = |number: i32| if number < 0 { number.to_string() } else { format!(" {number}") };
            assert_eq!(written(|markup| markup.step(dx, dy, true)), format!("l{dx}{}", apart(dy)));
            assert_eq!(written(|markup| markup.step(dx, dy, false)), format!("{}{}", apart(dx), apart(dy)));
        }
    }

    #[test]
    fn text_cannot_leave_its_element() {
        let cases = [
            ("goal 2", "goal 2"),
            ("</text><script>", "&lt;/text&gt;&lt;script&gt;"),
            ("a\"b&c", "a&quot;b&amp;c"),
            ("a\u{0}\u{8}\u{1b}b\u{202E}c\u{FFFF}", "abc"),
            ("two\nlines", "two lines"),
            ("größer 目標 🎯", "größer 目標 🎯"),
        ];
        for (text, expected) in cases {
            assert_eq!(written(|markup| markup.text(text)), expected);
        }
        assert_eq!(written(|markup| markup.id("a b\"c")), "a-b&quot;c");
    }

    #[test]
    fn a_chart_of_its_own_brings_its_styles_without_custom_properties() {
        let file = Svg("<svg class=\"chart\"><path/></svg>".to_owned()).standalone();
        assert!(file.starts_with("<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\"><style>"), "{file}");
        assert!(file.contains(".actual") && file.ends_with("</style><path/></svg>"));
        assert!(!file.contains("var(") && !file.contains("@media"));
    }
}
