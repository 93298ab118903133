//! Markup in pieces: tags, texts and remarks, read so strictly that HTML and XML agree about where each of them ends.
//!
//! In: a text. Out: piece after piece, or where it is written in a way that two readers could read in two ways.

use std::borrow::Cow;

use super::refusal::Refusal;

/// The most attributes of an element.
const ATTRIBUTES: usize = 256;

/// A piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// An element begins; it ends there too where it `is_closed`.
    Open { name: &'t str, is_closed: bool },
    /// An element ends.
    Close(&'t str),
    /// Text, as it is written.
    Text(&'t str),
    /// Text of XML in which nothing stands for anything else.
    Plain(&'t str),
    /// A remark that nobody is shown.
    Remark,
}

/// An attribute as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute<'t> {
    pub(super) name: &'t str,
    pub(super) raw: &'t str,
    /// Where its name begins.
    pub(super) at: usize,
}

impl<'t> Attribute<'t> {
    /// Returns the value with what stands for other characters put in their place.
    pub(super) fn value(&self) -> Result<Cow<'t, str>, Refusal> {
        decoded(self.raw).map_err(|refusal| refusal.at(self.at, self.at + self.name.len()))
    }

    /// Returns a refusal of this attribute.
    pub(super) fn refused(&self, what: impl Into<String>, help: &'static str) -> Refusal {
        Refusal::active(what, help).at(self.at, self.at + self.name.len())
    }
}

/// The language that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Html,
    Xml,
}

/// Reads markup from its first tag on.
pub(super) struct Pieces<'t> {
    text: &'t str,
    at: usize,
    language: Language,
}

/// Returned where nothing better is known.
pub(super) const REWRITE: &str =
    "save it again with the program that made it, or write it as plain, well-formed markup";

impl<'t> Pieces<'t> {
    pub(super) const fn new(text: &'t str, at: usize, language: Language) -> Self {
        Self { text, at, language }
    }

    /// Returns the next piece with the place where it begins; `attributes` then holds those of a tag that begins.
    pub(super) fn next(&mut self, attributes: &mut Vec<Attribute<'t>>) -> Result<Option<(usize, Piece<'t>)>, Refusal> {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(None);
        }
        let piece = if !rest.starts_with('<') {
            let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.at += end;
            Piece::Text(&rest[..end])
        } else if rest.starts_with("<!--") {
            self.remark(rest)?
        } else if rest.starts_with("<![CDATA[") && self.language == Language::Xml {
            let end = rest.find("]]>").ok_or_else(|| self.broken("a CDATA section doesn't end"))?;
            self.at += end + 3;
            Piece::Plain(&rest["<![CDATA[".len()..end])
        } else {
            self.tag(rest, attributes)?
        };
        Ok(Some((start, piece)))
    }

    fn broken(&self, what: &str) -> Refusal {
        Refusal::active(what, REWRITE).at(self.at, self.at + 1)
    }

    fn remark(&mut self, rest: &'t str) -> Result<Piece<'t>, Refusal> {
        let inside = &rest["<!--".len()..];
        let end = inside.find("--").filter(|&end| inside[end..].starts_with("-->"));
        match end {
            // Some readers end a remark here, others don't.
            Some(end) if !inside.starts_with(['>', '-']) && !inside[..end].ends_with('-') => {
                self.at += "<!--".len() + end + "-->".len();
                Ok(Piece::Remark)
            }
            _ => Err(self
                .broken("a remark holds `--`, begins with `>`, or doesn't end, so that readers differ about its end")),
        }
    }

    fn tag(&mut self, rest: &'t str, attributes: &mut Vec<Attribute<'t>>) -> Result<Piece<'t>, Refusal> {
        let is_close = rest.starts_with("</");
        let name_at = if is_close { 2 } else { 1 };
        let name = name(&rest[name_at..]);
        if name.is_empty() {
            let what = match rest.as_bytes().get(1) {
                Some(b'!') => "a declaration (`<!…>`) stands here: it can define names that stand for other text",
                Some(b'?') => "a processing instruction (`<?…?>`) stands here: it can load or run something",
                _ => "`<` stands here and begins no tag",
            };
            let help = match rest.as_bytes().get(1) {
                Some(b'!' | b'?') => "delete it: nothing that is shown needs it",
                _ => REWRITE,
            };
            return Err(Refusal::active(what, help).at(self.at, self.at + 2));
        }
        let start = self.at;
        self.at += name_at + name.len();
        attributes.clear();
        loop {
            let spaces = self.spaces();
            let rest = &self.text[self.at..];
            if rest.starts_with('>') {
                self.at += 1;
                return Ok(if is_close { Piece::Close(name) } else { Piece::Open { name, is_closed: false } });
            }
            if rest.starts_with("/>") && !is_close {
                self.at += 2;
                return Ok(Piece::Open { name, is_closed: true });
            }
            if spaces == 0 || is_close || attributes.len() >= ATTRIBUTES {
                let what = format!("the tag of `{name}` is not written as tags are");
                return Err(Refusal::active(what, REWRITE).at(start, start + name_at + name.len()));
            }
            let attribute = self.attribute(name)?;
            if attributes.iter().any(|known| known.name == attribute.name) {
                return Err(attribute.refused(format!("`{name}` has `{}` twice", attribute.name), REWRITE));
            }
            attributes.push(attribute);
        }
    }

    fn attribute(&mut self, element: &str) -> Result<Attribute<'t>, Refusal> {
        let at = self.at;
        let name = name(&self.text[at..]);
        let odd = || {
            let what = format!("an attribute of `{element}` is not written as `name=\"value\"`");
            Refusal::active(what, REWRITE).at(at, at + name.len().max(1))
        };
        if name.is_empty() {
            return Err(odd());
        }
        self.at += name.len();
        let behind = self.at;
        self.spaces();
        if !self.text[self.at..].starts_with('=') {
            // The spaces part it from the next one.
            self.at = behind;
            return if self.language == Language::Html { Ok(Attribute { name, raw: "", at }) } else { Err(odd()) };
        }
        self.at += 1;
        self.spaces();
        let rest = &self.text[self.at..];
        let quote = rest.bytes().next().filter(|quote| matches!(quote, b'"' | b'\'')).ok_or_else(odd)?;
        let length = memchr::memchr(quote, &rest.as_bytes()[1..]).ok_or_else(odd)?;
        let raw = &rest[1..=length];
        if raw.contains('<') {
            return Err(odd());
        }
        self.at += length + 2;
        Ok(Attribute { name, raw, at })
    }

    fn spaces(&mut self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let count = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.at += count;
        count
    }
}

/// Returns the name that a text begins with: ASCII, since no name that is known has anything else.
fn name(text: &str) -> &str {
    let is_first = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    if !text.as_bytes().first().is_some_and(is_first) {
        return "";
    }
    let is_inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
    &text[..text.as_bytes().iter().take_while(|byte| is_inner(byte)).count()]
}

/// Returns text with what stands for other characters put in their place. Only those that XML itself knows may stand there.
pub(super) fn decoded(raw: &str) -> Result<Cow<'_, str>, Refusal> {
    if !raw.contains('&') {
        return Ok(Cow::Borrowed(raw));
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, behind) = after.split_once(';').unwrap_or((after, ""));
        let Some(c) = meant(name) else {
            let name: String = name.chars().take(20).collect();
            let what = format!("`&{name}` stands for something that this file doesn't say");
            return Err(Refusal::active(what, "write the character itself, or `&amp;` for `&`"));
        };
        out.push(c);
        rest = behind;
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

fn meant(name: &str) -> Option<char> {
    let number = |text: &str, radix| {
        let is_digits = !text.is_empty() && text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_digits.then(|| u32::from_str_radix(text, radix).ok().and_then(char::from_u32)).flatten()
    };
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(&hex[1..], 16),
            decimal => number(decimal, 10),
        },
    }
    .filter(|&c| c != '\0')
}
