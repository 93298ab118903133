//! Templates that are made of strings, cut at the places where they print them.
//!
//! In: strings, and what renders a template with others. Out: the template's text with the strings in it. A small
//! template stands on a page dozens of times, and of some pages there are thousands. What such a template prints between
//! its strings depends on their *shape* alone: which of them are there, how long lists are, and the words that it
//! compares. So the engine renders it once for each shape, with marks in the strings' places; from then on the text
//! between the marks is copied. A template that the book replaced may do anything with the strings: the engine renders
//! it each time.

use std::sync::OnceLock;

use super::markup::Markup;
use crate::error::Result;

/// A string of a template, or some of them.
#[derive(Debug, Clone)]
pub(super) enum Field<'a> {
    /// Text, to be escaped; there unless it is empty.
    Text(&'a str),
    /// Markup, to be printed as it is; there unless it is empty.
    Html(&'a Markup),
    /// Markup that is made where it stands, so that it isn't copied; the template prints it once.
    Inner,
    /// A number, which a template of a book's own may compute with.
    Number(u64),
    /// A word that the template compares, and doesn't print.
    Word(&'a str),
    /// Some of the same kind, one after the other.
    List(Vec<Self>),
    /// Some with names.
    Map(Vec<(&'static str, Self)>),
}

impl Field<'_> {
    /// Says whether there is something to print.
    fn is_there(&self) -> bool {
        match self {
            Self::Text(text) | Self::Word(text) => !text.is_empty(),
            Self::Html(markup) => !markup.is_empty(),
            Self::Inner | Self::Number(_) | Self::Map(_) => true,
            Self::List(fields) => !fields.is_empty(),
        }
    }

    /// Adds what tells the shape of a part of a list or a map.
    fn add_shape(&self, shape: &mut Vec<u8>) {
        match self {
            Self::Text(_) | Self::Html(_) | Self::Inner | Self::Number(_) => shape.push(u8::from(self.is_there())),
            Self::Word(word) => {
                shape.extend_from_slice(&word.len().to_le_bytes());
                shape.extend_from_slice(word.as_bytes());
            }
            Self::List(fields) => {
                shape.extend_from_slice(&fields.len().to_le_bytes());
                fields.iter().for_each(|field| field.add_shape(shape));
            }
            Self::Map(fields) => fields.iter().for_each(|(_, field)| field.add_shape(shape)),
        }
    }

    /// Adds the strings, whether they are there or not.
    fn add_strings<'f>(&'f self, strings: &mut Vec<&'f Self>) {
        match self {
            Self::Text(_) | Self::Html(_) | Self::Inner | Self::Number(_) => strings.push(self),
            Self::Word(_) => {}
            Self::List(fields) => fields.iter().for_each(|field| field.add_strings(strings)),
            Self::Map(fields) => fields.iter().for_each(|(_, field)| field.add_strings(strings)),
        }
    }

    /// Returns the same with marks in the place of the strings that are there.
    fn marked<'m>(&'m self, marks: &mut std::slice::Iter<'m, Markup>) -> Field<'m> {
        match self {
            Self::Text(_) | Self::Html(_) | Self::Inner | Self::Number(_) => {
                marks.next().filter(|_| self.is_there()).map_or(Field::Text(""), Field::Html)
            }
            Self::Word(word) => Field::Word(word),
            Self::List(fields) => Field::List(fields.iter().map(|field| field.marked(marks)).collect()),
            Self::Map(fields) => Field::Map(fields.iter().map(|(name, field)| (*name, field.marked(marks))).collect()),
        }
    }
}

/// The strings of a template with the names that it calls them by, at most 64.
pub(super) type Fields<'a> = [(&'static str, Field<'a>)];

/// What adds the markup that stands inside a template.
pub(super) type Inner<'a> = dyn FnMut(&mut Markup) -> Result<()> + 'a;

/// What a template's text between its strings depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Shape {
    /// Which fields are there, as bits.
    set: u64,
    /// What is in lists and maps, and words; empty where there are none, as in almost all templates.
    rest: Vec<u8>,
}

impl Shape {
    fn of(fields: &Fields<'_>) -> Self {
        let mut shape = Self::default();
        for (at, (_, field)) in fields.iter().enumerate() {
            shape.set |= u64::from(field.is_there()) << at;
            if matches!(field, Field::Word(_) | Field::List(_) | Field::Map(_)) {
                field.add_shape(&mut shape.rest);
            }
        }
        shape
    }
}

/// How many shapes a template is cut for; others are left to the engine.
const CUTS: usize = 64;

/// A template, cut at the places where it prints its strings.
#[derive(Debug)]
pub(super) struct Stencil {
    /// One for each shape, made by whichever thread came first.
    cuts: Vec<OnceLock<(Shape, Cut)>>,
}

impl Stencil {
    pub(super) fn new() -> Self {
        Self { cuts: std::iter::repeat_with(OnceLock::new).take(CUTS).collect() }
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
        let shape = Shape::of(fields);
        let Some(known) = self.cut(&shape, || cut(fields, render))? else { return Ok(false) };
        let strings = if shape.rest.is_empty() { Vec::new() } else { strings(fields) };
        known.add(out, |out, string| {
            let field = match strings.get(string) {
                Some(field) => Some(*field),
                None => fields.get(string).map(|(_, field)| field),
            };
            match field {
                Some(Field::Text(text)) => out.add_escaped(text),
                Some(Field::Html(markup)) => out.add(markup),
                Some(Field::Inner) => inner(out)?,
                Some(Field::Number(number)) => out.add_escaped(&number.to_string()),
                _ => {}
            }
            Ok(())
        })?;
        Ok(true)
    }

    /// Returns the cut for a shape, or makes it; nothing where there is no room for another one.
    fn cut(&self, shape: &Shape, make: impl Fn() -> Result<Cut>) -> Result<Option<&Cut>> {
        for slot in &self.cuts {
            let known = match slot.get() {
                Some(known) => known,
                None => {
                    let made = make()?;
                    slot.get_or_init(|| (shape.clone(), made))
                }
            };
            if known.0 == *shape {
                return Ok(Some(&known.1));
            }
        }
        Ok(None)
    }
}

/// A template's text between its strings.
#[derive(Debug)]
struct Cut {
    text: String,
    /// Where in the text a string stands, and which.
    stops: Vec<(usize, usize)>,
}

/// Begins a mark: of private use, so that no template holds it.
pub(super) const MARK: char = '\u{E000}';

impl Cut {
    /// Cuts a text at its marks.
    fn of(marked: &str) -> Self {
        let mut cut = Self { text: String::with_capacity(marked.len()), stops: Vec::new() };
        let mut pieces = marked.split(MARK);
        cut.text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let mut letters = piece.chars();
            let number = letters.next().and_then(|letter| u32::from(letter).checked_sub(u32::from(MARK) + 1));
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
    fn add(&self, out: &mut Markup, mut put: impl FnMut(&mut Markup, usize) -> Result<()>) -> Result<()> {
        // Most strings are short; long ones make room for themselves.
        out.reserve(self.text.len() + 16 * self.stops.len());
        let mut start = 0;
        for &(end, string) in &self.stops {
            out.add_rendered(&self.text[start..end]);
            put(out, string)?;
            start = end;
        }
        out.add_rendered(&self.text[start..]);
        Ok(())
    }
}

/// Returns all strings of a template, those in lists and maps too.
fn strings<'f, 'a>(fields: &'f Fields<'a>) -> Vec<&'f Field<'a>> {
    let mut strings = Vec::with_capacity(32);
    fields.iter().for_each(|(_, field)| field.add_strings(&mut strings));
    strings
}

/// Returns a mark that stands for a string: a letter that begins it and one that says which string it is.
fn mark(number: u32) -> Markup {
    let letter = char::from_u32(u32::from(MARK) + 1 + number).unwrap_or(MARK);
    Markup::rendered([MARK, letter].iter().collect())
}

/// Cuts a template for the shape of its strings.
fn cut(fields: &Fields<'_>, render: &dyn Fn(&Fields<'_>) -> Result<String>) -> Result<Cut> {
    let marks: Vec<Markup> = (0..).take(strings(fields).len()).map(mark).collect();
    let mut marks = marks.iter();
    let marked: Vec<(&str, Field<'_>)> = fields.iter().map(|(name, field)| (*name, field.marked(&mut marks))).collect();
    Ok(Cut::of(&render(&marked)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<'f>(field: &'f Field<'_>) -> &'f str {
        match field {
            Field::Text(text) => text,
            Field::Html(markup) => markup.as_str(),
            _ => "",
        }
    }

    /// A template that prints `b` twice, and `a` where it is there.
    fn render(fields: &Fields<'_>) -> Result<String> {
        let [(_, a), (_, b)] = fields else { panic!("two strings") };
        let a = if a.is_there() { format!("<i>{}</i>", text(a)) } else { String::new() };
        Ok(format!("{a}<b>{0}|{0}</b>", text(b)))
    }

    fn stencilled(stencil: &Stencil, a: &str, b: &str) -> String {
        let mut out = Markup::default();
        let html = Markup::rendered(b.to_owned());
        let fields = [("a", Field::Text(a)), ("b", Field::Html(&html))];
        assert!(stencil.add(&mut out, &fields, &mut |_| Ok(()), &render).expect("rendered"));
        out.as_str().to_owned()
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

    /// A page that prints which of its neighbours are there, a list's strings, and what is made inside of it.
    fn render_page(fields: &Fields<'_>) -> Result<String> {
        let [(_, before), (_, after), (_, list), (_, word), (_, inner)] = fields else { panic!("five fields") };
        let link = |field: &Field<'_>| match field {
            Field::Map(fields) => fields.iter().map(|(name, field)| format!("<{name} {}>", text(field))).collect(),
            _ => "-".to_owned(),
        };
        let (Field::List(list), Field::Word(word)) = (list, word) else { panic!("a list and a word") };
        let list: String = list.iter().map(|field| format!("<li>{}", text(field))).collect();
        let word = if *word == "here" { "!" } else { "" };
        Ok(format!("{}{}{list}{word}{}", link(before), link(after), text(inner)))
    }

    #[test]
    fn lists_maps_and_words_make_a_shape() {
        let stencil = Stencil::new();
        let link = |text| Field::Map(vec![("a", Field::Text(text)), ("b", Field::Text("y"))]);
        let list = |texts: &[&'static str]| Field::List(texts.iter().map(|text| Field::Text(text)).collect());
        let none = || Field::Text("");
        for _ in 0..2 {
            for (before, after, texts, word, inner, expected) in [
                (link("x"), none(), list(&["<", ""]), "here", Field::Inner, "<a x><b y>-<li>&lt;<li>!inner"),
                (none(), link("x"), list(&["<", ""]), "here", Field::Inner, "-<a x><b y><li>&lt;<li>!inner"),
                (none(), link("x"), list(&["", "u"]), "there", Field::Inner, "-<a x><b y><li><li>uinner"),
                (link(""), link("z"), list(&[]), "", none(), "<a ><b y><a z><b y>"),
            ] {
                let fields =
                    [("before", before), ("after", after), ("list", texts), ("word", Field::Word(word)), ("in", inner)];
                let mut out = Markup::default();
                let mut inner = |out: &mut Markup| {
                    out.add_escaped("inner");
                    Ok(())
                };
                assert!(stencil.add(&mut out, &fields, &mut inner, &render_page).expect("rendered"));
                assert_eq!(out.as_str(), expected);
            }
        }
    }

    #[test]
    fn more_sets_of_strings_than_there_are_cuts_are_left_to_the_engine() {
        let stencil = Stencil::new();
        let count = |fields: &Fields<'_>| {
            let there = fields.iter().filter(|(_, field)| field.is_there());
            Ok(there.map(|(_, field)| text(field)).collect())
        };
        let mut left = 0;
        for set in 0..100_u32 {
            let text = |at: u32| if set >> at & 1 == 1 { "x" } else { "" };
            let fields: Vec<(&str, Field<'_>)> = (0..7).map(|at| ("n", Field::Text(text(at)))).collect();
            let mut out = Markup::default();
            if stencil.add(&mut out, &fields, &mut |_| Ok(()), &count).expect("rendered") {
                assert_eq!(out.as_str().len(), set.count_ones() as usize);
            } else {
                left += 1;
            }
        }
        assert_eq!(left, 100 - CUTS);
    }
}
