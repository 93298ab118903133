//! HTML and SVG that pages print as they are, and the small templates that it is put together from.
//!
//! In: strings, and templates that print them. Out: [`Markup`], which grows only from escaped text, from HTML and
//! charts that this program built itself, and from what templates made. A small template stands on a page dozens of
//! times, so the engine renders it once for each set of strings that are there, with marks in their places; from
//! then on the text between the marks is copied. A template that the book replaced may do anything with the strings:
//! the engine renders it each time.

use std::sync::OnceLock;

use crate::chart::Svg;
use crate::error::Result;
use crate::markdown::{self, Html};

/// HTML or SVG that templates print as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Markup(String);

impl Markup {
    /// Returns what templates made, which escape all but markup.
    pub(super) const fn rendered(text: String) -> Self {
        Self(text)
    }

    /// Returns nothing, in memory that served for something else.
    pub(super) fn over(mut memory: Vec<u8>) -> Self {
        memory.clear();
        Self(String::from_utf8(memory).unwrap_or_default())
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns a mark that stands for a string: a letter that begins it and one that says which string it is.
    pub(super) fn mark(begin: char, number: u32) -> Self {
        let letter = char::from_u32(u32::from(begin) + 1 + number).unwrap_or(begin);
        Self([begin, letter].iter().collect())
    }

    /// Adds other markup.
    pub(super) fn add(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// Adds text, escaped; what stands in backticks is code, unless one of them has no other.
    pub(super) fn add_text(&mut self, text: &str) {
        if !text.matches('`').count().is_multiple_of(2) {
            return markdown::escape(&mut self.0, text);
        }
        for (place, part) in text.split('`').enumerate().filter(|(_, part)| !part.is_empty()) {
            if place % 2 == 1 {
                self.0.push_str("<code>");
            }
            markdown::escape(&mut self.0, part);
            if place % 2 == 1 {
                self.0.push_str("</code>");
            }
        }
    }

    /// Adds text, escaped.
    pub(super) fn add_escaped(&mut self, text: &str) {
        markdown::escape(&mut self.0, text);
    }

    /// Adds a space and other markup.
    pub(super) fn add_word(&mut self, other: &Self) {
        self.0.push(' ');
        self.0.push_str(&other.0);
    }

    /// Begins a new line, unless it is the first.
    pub(super) fn begin_line(&mut self, is_first: bool) {
        if !is_first {
            self.0.push('\n');
        }
    }
}

impl From<Html> for Markup {
    fn from(html: Html) -> Self {
        Self(html.into_string())
    }
}

impl From<Svg> for Markup {
    fn from(svg: Svg) -> Self {
        Self(svg.into_string())
    }
}

/// A string of a small template.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field<'a> {
    /// Text, to be escaped.
    Text(&'a str),
    /// Markup, to be printed as it is.
    Html(&'a Markup),
    /// Markup that is made where it stands, so that it isn't copied; the template prints it once.
    Inner,
}

impl Field<'_> {
    pub(super) const fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Html(markup) => markup.0.as_str(),
            Self::Inner => "inner",
        }
    }
}

/// The strings of a small template with the names that it calls them by, at most 64.
pub(super) type Fields<'a> = [(&'static str, Field<'a>)];

/// What adds the markup that stands inside a small template.
pub(super) type Inner<'a> = dyn FnMut(&mut Markup) -> Result<()> + 'a;

/// How many sets of strings, or shapes, a template is cut for; others are left to the engine.
pub(super) const CUTS: usize = 64;

/// What was made of a template, once for each key, by whichever thread came first.
#[derive(Debug)]
pub(super) struct Once<K, V>(Vec<OnceLock<(K, V)>>);

impl<K, V> Once<K, V> {
    pub(super) fn new() -> Self {
        Self(std::iter::repeat_with(OnceLock::new).take(CUTS).collect())
    }

    /// Returns what was made for a key, or makes it; nothing where there is no room for another key.
    ///
    /// # Errors
    ///
    /// Whatever `make` returns.
    pub(super) fn get<Q>(&self, key: &Q, make: impl Fn() -> Result<V>) -> Result<Option<&V>>
    where
        Q: ToOwned<Owned = K> + PartialEq + ?Sized,
        K: std::borrow::Borrow<Q>,
    {
        for slot in &self.0 {
            let known = match slot.get() {
                Some(known) => known,
                None => {
                    let made = make()?;
                    slot.get_or_init(|| (key.to_owned(), made))
                }
            };
            if known.0.borrow() == key {
                return Ok(Some(&known.1));
            }
        }
        Ok(None)
    }
}

/// A small template, cut at the places where it prints its strings.
#[derive(Debug)]
pub(super) struct Stencil {
    /// One for each set of strings that are there, with the set as bits.
    cuts: Once<u64, Cut>,
}

impl Stencil {
    pub(super) fn new() -> Self {
        Self { cuts: Once::new() }
    }

    /// Adds the template with the strings in their places; says whether that could be done.
    ///
    /// # Errors
    ///
    /// Whatever `render` returns, which renders the template with other strings, all of them markup.
    pub(super) fn add(
        &self,
        out: &mut Markup,
        fields: &Fields<'_>,
        inner: &mut Inner<'_>,
        render: &dyn Fn(&Fields<'_>) -> Result<String>,
    ) -> Result<bool> {
        let is_there = fields.iter().enumerate().map(|(at, (_, field))| u64::from(!field.as_str().is_empty()) << at);
        let set = is_there.fold(0, |set, bit| set | bit);
        let Some(known) = self.cuts.get(&set, || cut(fields, set, render))? else { return Ok(false) };
        known.add(out, |out, field| {
            match fields.get(field) {
                Some((_, Field::Text(text))) => markdown::escape(&mut out.0, text),
                Some((_, Field::Html(markup))) => out.0.push_str(&markup.0),
                Some((_, Field::Inner)) => inner(out)?,
                None => {}
            }
            Ok(())
        })?;
        Ok(true)
    }
}

/// A template's text between its strings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut {
    text: String,
    /// Where in the text a string stands, and which.
    stops: Vec<(usize, usize)>,
}

/// Begins a mark: of private use, so that no template holds it.
const MARK: char = '\u{E000}';

impl Cut {
    /// Cuts a text at the marks that begin with a letter.
    pub(super) fn of(marked: &str, begin: char) -> Self {
        let mut cut = Self { text: String::with_capacity(marked.len()), stops: Vec::new() };
        let mut pieces = marked.split(begin);
        cut.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let mut letters = piece.chars();
            let number = letters.next().and_then(|letter| u32::from(letter).checked_sub(u32::from(begin) + 1));
            cut.stops.push((cut.text.len(), number.map_or(usize::MAX, |number| number as usize)));
            cut.text.push_str(letters.as_str());
        }
        cut
    }

    /// Adds the text with what `put` adds at its stops.
    ///
    /// # Errors
    ///
    /// Whatever `put` returns.
    pub(super) fn add(&self, out: &mut Markup, mut put: impl FnMut(&mut Markup, usize) -> Result<()>) -> Result<()> {
        // Most strings are short; long ones make room for themselves.
        out.0.reserve(self.text.len() + 16 * self.stops.len());
        let mut start = 0;
        for &(end, string) in &self.stops {
            out.0.push_str(&self.text[start..end]);
            put(out, string)?;
            start = end;
        }
        out.0.push_str(&self.text[start..]);
        Ok(())
    }
}

/// Cuts a small template for a set of strings.
fn cut(fields: &Fields<'_>, set: u64, render: &dyn Fn(&Fields<'_>) -> Result<String>) -> Result<Cut> {
    let mark = |(at, number): (usize, u32)| match set >> at & 1 {
        1 => Markup::mark(MARK, number),
        _ => Markup::default(),
    };
    let marks: Vec<Markup> = (0..fields.len()).zip(0..).map(mark).collect();
    let marked: Vec<(&str, Field<'_>)> =
        fields.iter().zip(&marks).map(|((name, _), mark)| (*name, Field::Html(mark))).collect();
    Ok(Cut::of(&render(&marked)?, MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A template that prints `b` twice, and `a` where it is there.
    fn render(fields: &Fields<'_>) -> Result<String> {
        let [(_, a), (_, b)] = fields else { panic!("two strings") };
        let a = if a.as_str().is_empty() { String::new() } else { format!("<i>{}</i>", a.as_str()) };
        Ok(format!("{a}<b>{0}|{0}</b>", b.as_str()))
    }

    fn stencilled(stencil: &Stencil, a: &str, b: &str) -> String {
        let mut out = Markup::default();
        let html = Markup(b.to_owned());
        let fields = [("a", Field::Text(a)), ("b", Field::Html(&html))];
        assert!(stencil.add(&mut out, &fields, &mut |_| Ok(()), &render).expect("rendered"));
        out.0
    }

    #[test]
    fn strings_stand_where_the_template_prints_them() {
        let stencil = Stencil::new();
        for _ in 0..2 {
            assert_eq!(stencilled(&stencil, "x < y", "<u>"), "<i>x &lt; y</i><b><u>|<u></b>");
            assert_eq!(stencilled(&stencil, "", "<u>"), "<b><u>|<u></b>");
            assert_eq!(stencilled(&stencil, "\u{E000}\u{E001}", ""), "<i>\u{E000}\u{E001}</i><b>|</b>");
        }
    }

    #[test]
    fn text_is_escaped_and_what_stands_in_backticks_is_code() {
        for (text, expected) in [
            ("a `b` c", "a <code>b</code> c"),
            ("`<a>``b`", "<code>&lt;a&gt;</code><code>b</code>"),
            ("``", ""),
            ("`a & b", "`a &amp; b"),
        ] {
            let mut markup = Markup::default();
            markup.add_text(text);
            assert_eq!(markup.0, expected);
        }
    }

    #[test]
    fn more_sets_of_strings_than_there_are_cuts_are_left_to_the_engine() {
        let stencil = Stencil::new();
        let count = |fields: &Fields<'_>| {
            let there = fields.iter().filter(|(_, field)| !field.as_str().is_empty());
            Ok(there.map(|(_, field)| field.as_str()).collect())
        };
        let mut left = 0;
        for set in 0..100_u32 {
            let text = |at: u32| if set >> at & 1 == 1 { "x" } else { "" };
            let fields: Vec<(&str, Field<'_>)> = (0..7).map(|at| ("n", Field::Text(text(at)))).collect();
            let mut out = Markup::default();
            if stencil.add(&mut out, &fields, &mut |_| Ok(()), &count).expect("rendered") {
                assert_eq!(out.0.len(), set.count_ones() as usize);
            } else {
                left += 1;
            }
        }
        assert_eq!(left, 100 - CUTS);
    }
}
