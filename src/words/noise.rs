//! What stands in a sentence without being part of it: links' targets, markup, footnotes, struck-out text.
//!
//! In: a sentence and a place in it. Out: how far the noise at that place goes and what it stands for. Never
//! copies the sentence, so that every range stays one of the author's text; never searches the same text twice
//! in vain, so that a hostile sentence takes linear time.

use super::lexicon::{Class, class};
use crate::unseen::{Unseen, unseen};

/// A stretch of noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noise {
    /// First byte behind it.
    pub(super) end: usize,
    /// What it stands for.
    pub(super) kind: NoiseKind,
}

/// What a stretch of noise stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoiseKind {
    /// Nothing: what stands before and behind it touches.
    Markup,
    /// A gap.
    Gap,
    /// A word that means nothing here: code, an address.
    Opaque,
    /// A value that isn't there yet, or is hidden.
    Placeholder,
}

/// Remembers which ends were searched in vain.
#[derive(Debug, Default)]
pub(super) struct Noises {
    missing: Vec<&'static str>,
}

/// How far a bracket, tag or reference may reach, in bytes.
const REACH: usize = 120;

/// How long a link's target may be, in bytes.
const LINK: usize = 500;

/// Tags that only mark up; any other `<word>` is a placeholder.
const TAGS: [&str; 18] = [
    "b", "i", "em", "strong", "sub", "sup", "br", "u", "code", "a", "span", "kbd", "small", "mark", "p", "ins", "font",
    "div",
];

impl Noises {
    /// Returns the noise at byte `at`, if there is some.
    pub(super) fn at(&mut self, text: &str, at: usize) -> Option<Noise> {
        let rest = &text[at..];
        match *rest.as_bytes().first()? {
            b'*' | b'\\' | b'"' => Some(Noise { end: at + 1, kind: NoiseKind::Markup }),
            b'_' => Some(underscores(rest, at)),
            b'`' => self.until(text, at, ("`", 1), NoiseKind::Opaque),
            b'~' if rest.starts_with("~~") => self.until(text, at, ("~~", 2), NoiseKind::Gap),
            b'<' => self.angle(text, at),
            // `source{d}` is a name.
            b'{' if text[..at].ends_with(char::is_alphanumeric) => None,
            b'{' | b'$' => braces(rest, at),
            b'[' => bracket(rest, at),
            b']' => Some(link_target(rest, at)),
            b'h' | b'w' => address(rest, at),
            b if b.is_ascii() => None,
            _ => invisible(rest, at),
        }
    }

    /// Returns the noise from `at` to behind the next `close`, where there is one.
    fn until(&mut self, text: &str, at: usize, (close, skip): (&'static str, usize), kind: NoiseKind) -> Option<Noise> {
        if !self.missing.contains(&close) {
            let from = at + skip;
            if let Some(length) = text.get(from..).and_then(|rest| rest.find(close)) {
                return Some(Noise { end: from + length + close.len(), kind });
            }
            self.missing.push(close);
        }
        (close == "`").then_some(Noise { end: at + 1, kind: NoiseKind::Markup })
    }

    fn angle(&mut self, text: &str, at: usize) -> Option<Noise> {
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            return self.until(text, at, ("-->", 4), NoiseKind::Gap);
        }
        let body = enclosed(rest, b'>')?;
        let end = at + body.len() + 2;
        let name = body.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        match name.to_ascii_lowercase().as_str() {
            _ if body.starts_with('/') => Some(Noise { end, kind: NoiseKind::Markup }),
            "del" => self.until(text, at, ("</del>", 5), NoiseKind::Gap),
            "s" => self.until(text, at, ("</s>", 3), NoiseKind::Gap),
            "strike" => self.until(text, at, ("</strike>", 8), NoiseKind::Gap),
            tag if TAGS.contains(&tag) => Some(Noise { end, kind: NoiseKind::Markup }),
            _ if body.contains("://") => Some(Noise { end, kind: NoiseKind::Opaque }),
            _ => Some(Noise { end, kind: NoiseKind::Placeholder }),
        }
    }
}

/// Returns the text between `rest`'s first byte and the next `close`, where that is near.
fn enclosed(rest: &str, close: u8) -> Option<&str> {
    let near = rest.as_bytes().get(1..)?;
    let length = near.iter().take(REACH).position(|&b| b == close)?;
    rest.get(1..=length)
}

fn underscores(rest: &str, at: usize) -> Noise {
    let length = rest.bytes().take_while(|&b| b == b'_').count();
    let stands_alone = length > 2 && !rest[length..].starts_with(char::is_alphanumeric);
    Noise { end: at + length, kind: if stands_alone { NoiseKind::Placeholder } else { NoiseKind::Markup } }
}

fn braces(rest: &str, at: usize) -> Option<Noise> {
    let inner = rest.strip_prefix('$').unwrap_or(rest);
    inner.starts_with('{').then_some(())?;
    let body = enclosed(inner, b'}')?;
    let mut end = at + (rest.len() - inner.len()) + body.len() + 2;
    if body.starts_with('{') && inner[body.len() + 2..].starts_with('}') {
        end += 1;
    }
    Some(Noise { end, kind: NoiseKind::Placeholder })
}

fn bracket(rest: &str, at: usize) -> Option<Noise> {
    let gap = |length: usize| Some(Noise { end: at + length, kind: NoiseKind::Gap });
    let Some(body) = enclosed(rest, b']') else { return gap(1) };
    let length = body.len() + 2;
    let behind = &rest[length..];
    if body.starts_with('^') || matches!(body, " " | "x" | "X") && behind.starts_with(' ') && at < 8 {
        return gap(length);
    }
    if is_placeholder(body) && !behind.starts_with('(') {
        let reference = if behind.starts_with('[') { enclosed(behind, b']').map_or(0, |id| id.len() + 2) } else { 0 };
        return Some(Noise { end: at + length + reference, kind: NoiseKind::Placeholder });
    }
    gap(1)
}

/// Says whether a bracket's content stands for a value: `X`, `number`, `_$N<sub>3</sub>_`, `insert metric`.
fn is_placeholder(body: &str) -> bool {
    let mut plain = String::with_capacity(body.len());
    let mut in_tag = false;
    for c in body.chars() {
        in_tag = (in_tag || c == '<') && c != '>';
        if !in_tag && !matches!(c, '>' | '_' | '*' | '$' | '%' | ' ' | '`') {
            plain.push(c.to_ascii_lowercase());
        }
    }
    let letters = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_blank = letters.is_empty() && plain.is_empty() && body.contains('_');
    let is_letter =
        !letters.is_empty() && letters.len() < 4 && letters.chars().all(|c| matches!(c, 'n' | 'x' | 'y' | 'z'));
    is_blank || is_letter || plain.starts_with("insert") || class(&plain).has(Class::GAP)
}

/// Returns the noise that begins with a closing bracket: a link's target or reference goes with it.
fn link_target(rest: &str, at: usize) -> Noise {
    let behind = &rest[1..];
    let target = match behind.as_bytes().first() {
        Some(b'(') => enclosed_link(behind),
        Some(b'[') => enclosed(behind, b']').map(str::len),
        _ => None,
    };
    Noise { end: at + 1 + target.map_or(0, |length| length + 2), kind: NoiseKind::Gap }
}

/// Returns the length of a link's target in parentheses, where it is one and no remark.
fn enclosed_link(behind: &str) -> Option<usize> {
    let length = behind[1..].bytes().take(LINK).take_while(|b| !b") ([]".contains(b)).count();
    let body = behind.get(1..=length)?;
    let ends = behind.as_bytes().get(length + 1);
    let is_target = body.contains(['/', '#', '.', ':']) || body.is_empty();
    match ends {
        Some(b')') if is_target => Some(length),
        Some(b' ') if body.contains("//") => behind.bytes().take(LINK).position(|b| b == b')').map(|end| end - 1),
        _ => None,
    }
}

fn address(rest: &str, at: usize) -> Option<Noise> {
    let starts = ["http://", "https://", "www."].iter().any(|scheme| rest.starts_with(scheme));
    starts.then(|| {
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>')).unwrap_or(rest.len());
        Noise { end: at + length, kind: NoiseKind::Opaque }
    })
}

/// Marks that show nothing, raised figures of footnotes, and quotation marks.
fn invisible(rest: &str, at: usize) -> Option<Noise> {
    let c = rest.chars().next()?;
    // All that shows nothing: a number means the same with and without it. Line ends part sentences.
    let is_nothing = unseen(c).is_some_and(|kind| kind != Unseen::Separator);
    let is_mark = matches!(c, '“' | '”' | '„' | '«' | '»' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    (is_nothing || is_mark).then(|| Noise { end: at + c.len_utf8(), kind: NoiseKind::Markup })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(&str, NoiseKind)> {
        Noises::default().at(text, 0).map(|noise| (&text[..noise.end], noise.kind))
    }

    #[test]
    fn noise_is_told_from_text() {
        use NoiseKind::{Gap, Markup, Opaque, Placeholder};
        for (text, expected) in [
            ("~~from 9~~ from 8", Some(("~~from 9~~", Gap))),
            ("~3 to 4", None),
            ("](https://a.b/c_9) to 5", Some(("](https://a.b/c_9)", Gap))),
            ("](see 5 below)", Some(("]", Gap))),
            ("][n6] users", Some(("][n6]", Gap))),
            ("[_$N<sub>3</sub>_][n3] users", Some(("[_$N<sub>3</sub>_][n3]", Placeholder))),
            ("[number]%", Some(("[number]", Placeholder))),
            ("[NPS](x)", Some(("[", Gap))),
            ("[^12] x", Some(("[^12]", Gap))),
            ("<60s", None),
            ("< 60 s and > 2", None),
            ("<sub>6</sub>", Some(("<sub>", Markup))),
            ("<del>5</del> 6", Some(("<del>5</del>", Gap))),
            ("<target> users", Some(("<target>", Placeholder))),
            ("{{ x }}!", Some(("{{ x }}", Placeholder))),
            ("`--jobs 8` is", Some(("`--jobs 8`", Opaque))),
            ("`open", Some(("`", Markup))),
            ("https://x.y/1 a", Some(("https://x.y/1", Opaque))),
            ("\u{200b}5", Some(("\u{200b}", Markup))),
            ("plain", None),
        ] {
            assert_eq!(first(text), expected, "{text}");
        }
    }
}
