//! Style sheets: they may colour and place, and load nothing from elsewhere.
//!
//! In: CSS, of a file or inside a drawing. Out: the first thing in it that loads, or that some browser runs. Read as CSS
//! Syntax Level 3 has it, with escapes put back, so that no way of writing `url` hides one.

use std::borrow::Cow;

use super::address;
use super::refusal::{Outcome, Refusal};

/// Where a style sheet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a file of its own.
    File,
    /// In a drawing, of which nothing may lead out.
    Drawing,
}

const HELP: &str = "keep what it needs in the book, and write the styles themselves instead of loading them";

/// Functions that load what their text names.
const LOADING: [&str; 9] = [
    "-webkit-cross-fade",
    "-webkit-image-set",
    "alphaimageloader",
    "cross-fade",
    "image",
    "image-set",
    "src",
    "url",
    "url-prefix",
];

/// Properties that some browser ran.
const RUNNING: [&str; 3] = ["-moz-binding", "-ms-behavior", "behavior"];

/// Looks at a style sheet.
pub(super) fn look(text: &str, place: Place) -> Outcome {
    Reader { text, at: 0, place, brackets: Vec::new(), names_space: false }.look()
}

/// Says whether a value of an attribute could load something, so that it has to be looked at.
pub(super) fn is_suspect(value: &str) -> bool {
    value.contains(['(', '\\'])
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    place: Place,
    /// For each bracket that is open: whether texts in it are addresses.
    brackets: Vec<bool>,
    /// Whether the rule only gives a name to a namespace.
    names_space: bool,
}

impl<'t> Reader<'t> {
    fn look(&mut self) -> Outcome {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            let start = self.at;
            match byte {
                b'/' if self.rest().starts_with("/*") => {
                    self.at += self.rest()[2..].find("*/").map_or(self.rest().len(), |end| end + 4);
                }
                b'"' | b'\'' => self.string(byte)?,
                b'@' => {
                    self.at += 1;
                    let name = self.name();
                    self.rule(start, &name)?;
                }
                b'<' => self.angle()?,
                b'(' => self.open(false),
                b')' => {
                    self.brackets.pop();
                    self.at += 1;
                }
                b';' | b'{' | b'}' => {
                    self.names_space = false;
                    self.at += 1;
                }
                _ if self.begins_name() => {
                    let name = self.name();
                    self.word(start, &name)?;
                }
                _ => self.at += self.rest().chars().next().map_or(1, char::len_utf8),
            }
        }
        Ok(())
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn refused(&self, start: usize, what: impl Into<String>) -> Refusal {
        Refusal::active(what, HELP).at(start, self.at.max(start + 1))
    }

    fn open(&mut self, is_address: bool) {
        let is_inside = self.brackets.last().copied().unwrap_or_default();
        self.brackets.push(is_address || is_inside);
        self.at += 1;
    }

    fn rule(&mut self, start: usize, name: &str) -> Outcome {
        match name {
            "import" => Err(self.refused(start, "`@import` loads another style sheet")),
            "charset" => match self.rest().trim_start().get(1..6) {
                Some(said) if said.eq_ignore_ascii_case("utf-8") => Ok(()),
                _ => Err(self.refused(start, "`@charset` names another encoding than UTF-8")),
            },
            "namespace" => {
                self.names_space = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Looks at a word: a function, a property or neither.
    fn word(&mut self, start: usize, name: &str) -> Outcome {
        if self.rest().starts_with('(') {
            if name == "expression" {
                return Err(self.refused(start, "`expression(` ran as script in some browsers"));
            }
            if self.brackets.last() == Some(&true) && matches!(name, "attr" | "env" | "if" | "var") {
                return Err(self.refused(start, format!("`{name}(` puts an address together")));
            }
            self.open(LOADING.contains(&name));
            let is_bare = !self.rest().trim_start().starts_with(['"', '\'']);
            return if name == "url" && is_bare { self.bare(start) } else { Ok(()) };
        }
        if RUNNING.contains(&name) && self.behind_remarks().starts_with(':') {
            return Err(self.refused(start, format!("`{name}:` ran script in some browsers")));
        }
        Ok(())
    }

    /// Returns what follows behind spaces and remarks.
    fn behind_remarks(&self) -> &'t str {
        let mut rest = self.rest().trim_start();
        while let Some(inside) = rest.strip_prefix("/*") {
            rest = inside.find("*/").map_or("", |end| inside[end + 2..].trim_start());
        }
        rest
    }

    /// Looks at an address that stands in `url(…)` without quotes.
    fn bare(&mut self, start: usize) -> Outcome {
        let end = self.rest().find(')').unwrap_or(self.rest().len());
        let raw = self.rest()[..end].trim();
        self.at += end;
        if raw.contains(['"', '\'', '(', '\\']) || raw.contains(char::is_whitespace) {
            return Err(
                self.refused(start, "an address in `url(…)` is written in a way that browsers read differently")
            );
        }
        self.address(start, raw)
    }

    fn string(&mut self, quote: u8) -> Outcome {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        while let Some(&byte) = bytes.get(end).filter(|byte| **byte != quote && !matches!(byte, b'\n' | b'\r')) {
            end += match (byte, bytes.get(end + 1..end + 3)) {
                (b'\\', Some(b"\r\n")) => 3,
                (b'\\', _) => 2,
                _ => 1,
            };
        }
        let mut end = end.min(bytes.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        let raw = &self.text[start + 1..end];
        self.at = (end + usize::from(bytes.get(end) == Some(&quote))).min(bytes.len());
        if self.brackets.last() == Some(&true) { self.address(start, &unescaped(raw)) } else { Ok(()) }
    }

    fn address(&self, start: usize, address: &str) -> Outcome {
        let is_fine = self.names_space
            || address::is_fragment(address)
            || self.place == Place::File
                && (address::is_local(address) || address::is_picture(address) || address::is_font(address));
        if is_fine {
            return Ok(());
        }
        let shown: String = address.chars().take(60).collect();
        let what = match self.place {
            Place::File => format!("it loads `{shown}` from elsewhere"),
            Place::Drawing => format!("it refers to `{shown}`, which is not a part of the drawing (`#id`)"),
        };
        Err(self.refused(start, what))
    }

    fn angle(&mut self) -> Outcome {
        let is_markup = self.rest()[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if is_markup {
            return Err(self.refused(self.at, "markup stands in a style sheet"));
        }
        self.at += 1;
        Ok(())
    }

    fn begins_name(&self) -> bool {
        let begins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || !c.is_ascii();
        self.rest().starts_with(begins) || begins_escape(self.rest())
    }

    /// Returns the word that begins here in small letters, escapes put back.
    fn name(&mut self) -> Cow<'t, str> {
        let start = self.at;
        let mut has_escape = false;
        while let Some(c) = self.rest().chars().next() {
            if begins_escape(self.rest()) {
                has_escape = true;
                self.at += escape(self.rest()).1;
            } else if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || !c.is_ascii() {
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        let raw = &self.text[start..self.at];
        match has_escape || raw.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(unescaped(raw).to_ascii_lowercase()),
            false => Cow::Borrowed(raw),
        }
    }
}

/// Says whether a backslash begins here that stands for a character.
fn begins_escape(text: &str) -> bool {
    text.strip_prefix('\\').is_some_and(|behind| !behind.starts_with(['\n', '\r']))
}

/// Returns text with its escapes put back.
fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (meant, length) = escape(&rest[at..]);
        out.extend(meant);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Returns what the escape at the beginning stands for, and its length: at least the backslash.
fn escape(text: &str) -> (Option<char>, usize) {
    let behind = &text[1..];
    let digits = behind.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 {
        let next = behind.chars().next();
        let is_end = next.is_none_or(|c| matches!(c, '\n' | '\r'));
        return (next.filter(|_| !is_end), 1 + next.map_or(0, char::len_utf8));
    }
    let number = u32::from_str_radix(&behind[..digits], 16).unwrap_or_default();
    let meant = char::from_u32(number).filter(|&c| c != '\0').unwrap_or('\u{fffd}');
    let space = match behind.as_bytes().get(digits..digits + 2) {
        Some(b"\r\n") => 2,
        _ => usize::from(behind.as_bytes().get(digits).is_some_and(u8::is_ascii_whitespace)),
    };
    (Some(meant), 1 + digits + space)
}
