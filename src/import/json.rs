//! JSON texts as trees of nodes with their places.
//!
//! In: a text. Out: a [`Node`], whose numbers keep their digits as they were written, or what is wrong with the text. Lists in
//! lists end at a depth that no export has.

use std::ops::Range;

use super::found::Told;
use crate::diag::{Diagnostic, Place};
use crate::source::{FileId, Span};

/// How deep values may stand in each other.
const DEPTH: usize = 32;

/// A value of a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// Where it stands.
    pub(super) place: Span,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `null`.
    Null,
    /// `true`, `false` or a number, as written.
    Word(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Names with values, in the text's order.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Returns the value of a name, upper and lower case, spaces and signs aside.
    #[must_use]
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Kind::Map(entries) = &self.kind else { return None };
        entries.iter().find(|(known, _)| is_named(known, name)).map(|(_, node)| node)
    }

    /// Returns the text or number of a name.
    #[must_use]
    pub(super) fn told(&self, name: &str) -> Option<Told> {
        self.get(name)?.as_told()
    }

    /// Returns the text or number that the node is.
    #[must_use]
    pub(super) fn as_told(&self) -> Option<Told> {
        match &self.kind {
            Kind::Text(text) | Kind::Word(text) => Told::new(text, Place::from(self.place)),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// Returns a list's items; a single value is a list of one.
    #[must_use]
    pub(super) fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            Kind::Null => &[],
            Kind::Word(_) | Kind::Text(_) | Kind::Map(_) => std::slice::from_ref(self),
        }
    }
}

/// Says whether a name is another one, upper and lower case, spaces and signs aside.
#[must_use]
pub(super) fn is_named(known: &str, name: &str) -> bool {
    let letters = |text: &str| {
        let plain = text.chars().filter(char::is_ascii_alphanumeric);
        plain.map(|letter| letter.to_ascii_lowercase()).collect::<String>()
    };
    letters(known) == letters(name)
}

/// Reads a JSON text.
///
/// # Errors
///
/// Where it is none, with the place.
pub(super) fn read(file: FileId, text: &str) -> Result<Node, Box<Diagnostic>> {
    let mut reader = Reader { file, text, at: 0 };
    let node = reader.value(0)?;
    reader.blanks();
    if reader.at < text.len() {
        return Err(reader.fault("something stands behind the end"));
    }
    Ok(node)
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn fault(&self, message: &str) -> Box<Diagnostic> {
        let width = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        let place = Span::new(self.file, self.at..self.at + width);
        let help = "export it anew, and bring in the file as it came";
        Box::new(Diagnostic::error("bad-json", place, format!("this is no JSON: {message}")).help(help))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn value(&mut self, depth: usize) -> Result<Node, Box<Diagnostic>> {
        self.blanks();
        if depth > DEPTH {
            return Err(self.fault("values stand deeper in each other than 32"));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Kind::Text(self.text()?),
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z') => self.word()?,
            Some(_) => return Err(self.fault("no value begins so")),
            None => return Err(self.fault("it ends too early")),
        };
        Ok(Node { place: self.span(start..self.at), kind })
    }

    fn word(&mut self) -> Result<Kind, Box<Diagnostic>> {
        let rest = &self.text[self.at..];
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
        let word = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
        let is_number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        let kind = match word {
            "null" => Kind::Null,
            "true" | "false" => Kind::Word(word.to_owned()),
            word if is_number => Kind::Word(word.to_owned()),
            _ => return Err(self.fault("no value begins so")),
        };
        self.at += word.len();
        Ok(kind)
    }

    fn list(&mut self, depth: usize) -> Result<Kind, Box<Diagnostic>> {
        let mut items = Vec::new();
        self.at += 1;
        self.blanks();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Kind::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.ends(b']')? {
                return Ok(Kind::List(items));
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Kind, Box<Diagnostic>> {
        let mut entries = Vec::new();
        self.at += 1;
        self.blanks();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Kind::Map(entries));
        }
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return Err(self.fault("a name in quotes belongs here"));
            }
            let name = self.text()?;
            self.blanks();
            if self.peek() != Some(b':') {
                return Err(self.fault("a colon belongs here"));
            }
            self.at += 1;
            entries.push((name, self.value(depth + 1)?));
            if self.ends(b'}')? {
                return Ok(Kind::Map(entries));
            }
        }
    }

    /// Steps over a comma or the end; says whether it was the end.
    fn ends(&mut self, end: u8) -> Result<bool, Box<Diagnostic>> {
        self.blanks();
        match self.peek() {
            Some(byte) if byte == end => {
                self.at += 1;
                Ok(true)
            }
            Some(b',') => {
                self.at += 1;
                Ok(false)
            }
            Some(_) => Err(self.fault("a comma or the end belongs here")),
            None => Err(self.fault("it ends too early")),
        }
    }

    fn text(&mut self) -> Result<String, Box<Diagnostic>> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.find(|c: char| c == '"' || c == '\\' || c < ' ') else {
                self.at = self.text.len();
                return Err(self.fault("a text never ends"));
            };
            text.push_str(&rest[..length]);
            self.at += length;
            match rest.as_bytes()[length] {
                b'"' => {
                    self.at += 1;
                    return Ok(text);
                }
                b'\\' => text.push(self.escape()?),
                _ => return Err(self.fault("a line ends in a text")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Box<Diagnostic>> {
        let letter = match self.text.as_bytes().get(self.at + 1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(&sign @ (b'"' | b'\\' | b'/')) => char::from(sign),
            Some(b'u') => return self.code(),
            _ => return Err(self.fault("no escape is written so")),
        };
        self.at += 2;
        Ok(letter)
    }

    /// Reads `\u00e9`, or two of them that are one character.
    fn code(&mut self) -> Result<char, Box<Diagnostic>> {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
            u16::from_str_radix(digits, 16).ok()
        };
        let units: Vec<u16> = [unit(self.at), unit(self.at + 6)].into_iter().map_while(|unit| unit).collect();
        let decoded = char::decode_utf16(units).next();
        let Some(decoded) = decoded else { return Err(self.fault("no escape is written so")) };
        // Half of a pair stands for nothing that can be shown.
        let letter = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        self.at += if letter > '\u{ffff}' { 12 } else { 6 };
        Ok(letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn check(text: &str) -> Result<Node, String> {
        let mut sources = Sources::default();
        let file = sources.add("a.json", text);
        read(file, text).map_err(|fault| {
            let Place::Text(span) = fault.place else { return fault.message };
            let at = sources.position(span);
            format!("{}:{} {}", at.line, at.column, fault.message)
        })
    }

    #[test]
    fn values_keep_their_digits_and_names_are_found_however_they_are_spelt() {
        let node = check(
            r#" {"Time Period": {"ID": 7, "Name": "Q1 \u00e9\ud83d\ude00"}, "Score": 0.70, "n": null, "l": [1, "a"]} "#,
        )
        .expect("JSON");
        let told = |name: &str| node.told(name).map(|told| told.text);
        assert_eq!(told("score").as_deref(), Some("0.70"));
        assert_eq!(told("n"), None);
        assert_eq!(
            node.get("time_period").and_then(|node| node.told("name")).map(|told| told.text).as_deref(),
            Some("Q1 é😀")
        );
        assert_eq!(node.get("l").map(|node| node.items().len()), Some(2));
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        for (text, message) in [
            ("", "1:1 this is no JSON: it ends too early"),
            ("{\n \"a\" 1}", "2:6 this is no JSON: a colon belongs here"),
            ("[1 2]", "1:4 this is no JSON: a comma or the end belongs here"),
            ("[1,]", "1:4 this is no JSON: no value begins so"),
            ("[\"a", "1:4 this is no JSON: a text never ends"),
            ("{\"a\": \"\\x\"}", "1:8 this is no JSON: no escape is written so"),
            ("{} {}", "1:4 this is no JSON: something stands behind the end"),
            ("nul", "1:1 this is no JSON: no value begins so"),
        ] {
            assert_eq!(check(text), Err(message.to_owned()), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(check(&deep), Err("1:34 this is no JSON: values stand deeper in each other than 32".to_owned()));
        assert!(check(&format!("{}{}", "[".repeat(32), "]".repeat(32))).is_ok());
    }
}
