//! The tags of an XML text, one after the other, with what they say of themselves.
//!
//! In: a text. Out: what stands in it, in its order, or where it is no XML. Entities of a text's own are told, not
//! expanded.

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// The begin of an element.
    Open {
        /// Its name, without prefix.
        name: &'t str,
        /// What it says of itself: names without prefix, values with references resolved.
        attributes: Vec<(&'t str, String)>,
        /// Whether it ends at once.
        is_empty: bool,
    },
    /// The end of an element.
    Close {
        /// Its name, without prefix.
        name: &'t str,
    },
    /// Text between tags.
    Text(&'t str),
    /// The text of a declaration of the document's type.
    Doctype(&'t str),
}

/// Where a text is no XML: the byte, and why.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) at: usize,
    pub(super) why: String,
}

fn broken(at: usize, why: impl Into<String>) -> Broken {
    Broken { at, why: why.into() }
}

/// Reads a text's parts.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// The elements that are open: names as written, and where they begin.
    open: Vec<(&'t str, usize)>,
    has_root: bool,
}

impl<'t> Reader<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0, open: Vec::new(), has_root: false }
    }

    /// Returns the next part; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Part<'t>>, Broken> {
        loop {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return self.end().map(|()| None);
            }
            if !rest.starts_with('<') {
                let length = rest.find('<').unwrap_or(rest.len());
                let text = &rest[..length];
                if self.open.is_empty() && !text.trim().is_empty() {
                    return Err(broken(self.at, "text outside of all elements"));
                }
                self.at += length;
                return Ok(Some(Part::Text(text)));
            }
            if rest.starts_with("<!--") {
                self.skip("<!--", "-->")?;
            } else if rest.starts_with("<![CDATA[") {
                return self.skip("<![CDATA[", "]]>").map(|text| Some(Part::Text(text)));
            } else if rest.starts_with("<?") {
                self.skip("<?", "?>")?;
            } else if rest.starts_with("<!") {
                return self.doctype().map(Some);
            } else if rest.starts_with("</") {
                return self.close().map(Some);
            } else {
                return self.tag().map(Some);
            }
        }
    }

    fn end(&self) -> Result<(), Broken> {
        if let Some((name, at)) = self.open.last() {
            return Err(broken(*at, format!("`<{name}>` is not closed")));
        }
        if self.has_root { Ok(()) } else { Err(broken(self.at, "there is no element")) }
    }

    /// Goes behind what stands between two marks, and returns it.
    fn skip(&mut self, begin: &str, end: &str) -> Result<&'t str, Broken> {
        let inside = &self.text[self.at + begin.len()..];
        let length = inside.find(end).ok_or_else(|| broken(self.at, format!("`{begin}` is not closed")))?;
        self.at += begin.len() + length + end.len();
        Ok(&inside[..length])
    }

    fn doctype(&mut self) -> Result<Part<'t>, Broken> {
        let rest = &self.text[self.at..];
        let (mut quote, mut depth) = (None, 0_usize);
        for (place, byte) in rest.bytes().enumerate() {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                (None, b'<' | b'[') => depth += 1,
                (None, b']') => depth = depth.saturating_sub(1),
                (None, b'>') if depth <= 1 => {
                    self.at += place + 1;
                    return Ok(Part::Doctype(&rest[..=place]));
                }
                (None, b'>') => depth -= 1,
                _ => {}
            }
        }
        Err(broken(self.at, "`<!` is not closed"))
    }

    fn close(&mut self) -> Result<Part<'t>, Broken> {
        let start = self.at;
        let written = self.skip("</", ">")?.trim_end();
        match self.open.pop() {
            Some((name, _)) if name == written => Ok(Part::Close { name: local(name) }),
            Some((name, _)) => Err(broken(start, format!("`</{written}>` closes `<{name}>`"))),
            None => Err(broken(start, format!("`</{written}>` closes nothing"))),
        }
    }

    fn tag(&mut self) -> Result<Part<'t>, Broken> {
        let start = self.at;
        self.at += 1;
        let name = self.name();
        if name.is_empty() {
            return Err(broken(start, "`<` without a name"));
        }
        if self.open.is_empty() && self.has_root {
            return Err(broken(start, format!("`<{name}>` stands behind the end")));
        }
        self.has_root = true;
        let mut attributes = Vec::new();
        loop {
            self.blank();
            let rest = &self.text[self.at..];
            if rest.starts_with("/>") {
                self.at += 2;
                return Ok(Part::Open { name: local(name), attributes, is_empty: true });
            }
            if rest.starts_with('>') {
                self.at += 1;
                self.open.push((name, start));
                return Ok(Part::Open { name: local(name), attributes, is_empty: false });
            }
            attributes.push(self.attribute(name, start)?);
        }
    }

    fn attribute(&mut self, tag: &str, start: usize) -> Result<(&'t str, String), Broken> {
        let name = self.name();
        if name.is_empty() {
            return Err(broken(start, format!("`<{tag}` is not closed")));
        }
        self.blank();
        let at = self.at;
        let unquoted = || broken(at, format!("`{name}` has no value in quotation marks"));
        let rest = self.text[at..].strip_prefix('=').ok_or_else(unquoted)?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or_else(unquoted)?;
        let inside = &rest[1..];
        let length = inside.find(quote).ok_or_else(|| broken(at, format!("the value of `{name}` is not closed")))?;
        self.at = self.text.len() - inside.len() + length + 1;
        Ok((local(name), resolved(&inside[..length])))
    }

    fn blank(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_ascii_start().len();
    }

    fn name(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\'');
        let name = &rest[..rest.find(ends).unwrap_or(rest.len())];
        self.at += name.len();
        name
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Returns a value with its references to characters resolved.
fn resolved(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // No name of a character is longer.
        let end = after.bytes().take(10).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((character(&after[..end])?, &after[end + 1..])));
        if let Some((letter, behind)) = found {
            out.push(letter);
            rest = behind;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix('x').map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)?
        }
    })
}
