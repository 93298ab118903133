//! Frames: pages that there are thousands of, cut as small templates are.
//!
//! In: a page's strings as a tree, and what adds its large parts. Out: the page. What a template prints between the
//! strings depends on the tree's *shape* alone: which strings are there, how long its lists are, and the words that it
//! compares. So the engine renders a template once for each shape, with marks in the strings' places; from then on
//! the text between the marks is copied, and large parts are made where they stand. A book that has templates of its
//! own may do anything with the strings: the engine then renders each page.

use std::borrow::Cow;

use super::markup::{Cut, Markup, Once};
use crate::error::Result;

/// A page of which there are many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    TeamQuarter,
    Metric,
}

impl Frame {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Self; 2] = [Self::TeamQuarter, Self::Metric];

    /// Returns the name of the page's template.
    pub(super) const fn template(self) -> &'static str {
        match self {
            Self::TeamQuarter => "team-quarter.html",
            Self::Metric => "metric.html",
        }
    }
}

/// What a page's template knows.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// Text, to be escaped; there unless it is empty.
    Text(Cow<'a, str>),
    /// Markup, to be printed as it is; there unless it is empty.
    Html(Cow<'a, Markup>),
    /// A large part, which is made where the template prints it, once; or there is none.
    Part { number: usize, is_there: bool },
    /// A word that templates compare, and don't print.
    Word(Cow<'a, str>),
    /// Some of the same kind, one after the other.
    List(Vec<Self>),
    /// Some with names.
    Map(Vec<(&'static str, Self)>),
}

impl<'a> Node<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) const fn html(markup: &'a Markup) -> Self {
        Self::Html(Cow::Borrowed(markup))
    }

    pub(super) const fn made(markup: Markup) -> Self {
        Self::Html(Cow::Owned(markup))
    }

    /// Returns what is not there.
    pub(super) const fn none() -> Self {
        Self::Text(Cow::Borrowed(""))
    }

    fn is_there(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Html(markup) => !markup.is_empty(),
            Self::Part { is_there, .. } => *is_there,
            Self::Word(_) | Self::List(_) | Self::Map(_) => false,
        }
    }

    /// Adds what tells the tree's shape from others, and the strings that are there.
    fn add_shape<'n>(&'n self, shape: &mut Vec<u8>, leaves: &mut Vec<&'n Self>) {
        match self {
            Self::Text(_) | Self::Html(_) | Self::Part { .. } => {
                shape.push(u8::from(self.is_there()));
                if self.is_there() {
                    leaves.push(self);
                }
            }
            Self::Word(word) => {
                shape.extend_from_slice(&word.len().to_le_bytes());
                shape.extend_from_slice(word.as_bytes());
            }
            Self::List(nodes) => {
                shape.extend_from_slice(&nodes.len().to_le_bytes());
                nodes.iter().for_each(|node| node.add_shape(shape, leaves));
            }
            Self::Map(nodes) => nodes.iter().for_each(|(_, node)| node.add_shape(shape, leaves)),
        }
    }

    /// Returns the same tree with marks in the place of the strings that are there.
    fn marked(&self, begin: char, count: &mut u32) -> Node<'static> {
        match self {
            Self::Text(_) | Self::Html(_) | Self::Part { .. } if !self.is_there() => Node::none(),
            Self::Text(_) | Self::Html(_) | Self::Part { .. } => {
                *count += 1;
                Node::made(Markup::mark(begin, *count - 1))
            }
            Self::Word(word) => Node::Word(Cow::Owned(word.clone().into_owned())),
            Self::List(nodes) => Node::List(nodes.iter().map(|node| node.marked(begin, count)).collect()),
            Self::Map(nodes) => {
                Node::Map(nodes.iter().map(|(name, node)| (*name, node.marked(begin, count))).collect())
            }
        }
    }

    /// Returns the same tree with its large parts made.
    pub(super) fn filled(self, parts: &mut Parts<'_>) -> Result<Self> {
        Ok(match self {
            Self::Part { is_there: false, .. } => Self::none(),
            Self::Part { number, .. } => {
                let mut made = Markup::default();
                parts(&mut made, number)?;
                Self::made(made)
            }
            Self::List(nodes) => Self::List(nodes.into_iter().map(|node| node.filled(parts)).collect::<Result<_>>()?),
            Self::Map(nodes) => {
                let nodes = nodes.into_iter().map(|(name, node)| Ok((name, node.filled(parts)?)));
                Self::Map(nodes.collect::<Result<_>>()?)
            }
            other => other,
        })
    }
}

/// What adds a page's large parts, by their numbers.
pub(super) type Parts<'a> = dyn FnMut(&mut Markup, usize) -> Result<()> + 'a;

/// Marks begin with one of these in turn. They are of private use; should somebody's text hold one nevertheless, the
/// two cuts differ and neither is used.
const BEGIN: [char; 2] = ['\u{E000}', '\u{F000}'];

/// The cuts of a page's template, one for each shape; nothing where it can't be cut.
#[derive(Debug)]
pub(super) struct Cuts(Once<Vec<u8>, Option<Cut>>);

impl Cuts {
    pub(super) fn new() -> Self {
        Self(Once::new())
    }

    /// Adds the page; says whether that could be done.
    ///
    /// # Errors
    ///
    /// Whatever `parts` and `render` return; `render` renders the template with another tree of the same shape.
    pub(super) fn add(
        &self,
        out: &mut Markup,
        page: &Node<'_>,
        parts: &mut Parts<'_>,
        render: &dyn Fn(Node<'_>) -> Result<String>,
    ) -> Result<bool> {
        let (mut shape, mut leaves) = (Vec::with_capacity(64), Vec::with_capacity(32));
        page.add_shape(&mut shape, &mut leaves);
        let Some(Some(cut)) = self.0.get(shape.as_slice(), || cut(page, render))? else { return Ok(false) };
        cut.add(out, |out, leaf| {
            match leaves.get(leaf) {
                Some(Node::Text(text)) => out.add_escaped(text),
                Some(Node::Html(markup)) => out.add(markup),
                Some(Node::Part { number, .. }) => parts(out, *number)?,
                _ => {}
            }
            Ok(())
        })?;
        Ok(true)
    }
}

/// Cuts a template for a tree's shape; nothing where somebody's text holds a mark.
fn cut(page: &Node<'_>, render: &dyn Fn(Node<'_>) -> Result<String>) -> Result<Option<Cut>> {
    let [first, second] = BEGIN.map(|begin| Ok(Cut::of(&render(page.marked(begin, &mut 0))?, begin)));
    let (first, second): (Cut, Cut) = (first?, second?);
    Ok((first == second).then_some(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markup::CUTS;

    /// Prints what a template might: a title where it is there, a list's strings, and a part.
    fn render(page: &Node<'_>) -> String {
        let Node::Map(nodes) = page else { panic!("a map") };
        let [(_, title), (_, list), (_, part)] = &nodes[..] else { panic!("three nodes") };
        let text = |node: &Node<'_>| match node {
            Node::Text(text) => text.clone().into_owned(),
            Node::Html(markup) => markup.as_str().to_owned(),
            _ => String::new(),
        };
        let Node::List(list) = list else { panic!("a list") };
        let title = if title.is_there() { format!("<h1>{0}|{0}</h1>", text(title)) } else { String::new() };
        let list: Vec<String> = list.iter().map(|node| format!("<li>{}", text(node))).collect();
        let part = if part.is_there() { format!("<p>{}</p>", text(part)) } else { String::new() };
        format!("{title}{}{part}", list.concat())
    }

    fn page<'a>(title: &'a str, list: &'a [&'a str], is_there: bool) -> Node<'a> {
        Node::Map(vec![
            ("title", Node::text(title)),
            ("list", Node::List(list.iter().map(|text| Node::text(*text)).collect())),
            ("part", Node::Part { number: 7, is_there }),
        ])
    }

    fn cut_page(cuts: &Cuts, page: &Node<'_>) -> Option<String> {
        let mut out = Markup::default();
        let mut parts = |out: &mut Markup, number: usize| {
            out.add_escaped(&number.to_string());
            Ok(())
        };
        cuts.add(&mut out, page, &mut parts, &|page| Ok(render(&page)))
            .expect("rendered")
            .then(|| out.as_str().to_owned())
    }

    #[test]
    fn strings_and_parts_stand_where_the_template_prints_them() {
        let cuts = Cuts::new();
        for _ in 0..2 {
            for (title, list, part, expected) in [
                ("a < b", &["x", ""][..], true, "<h1>a &lt; b|a &lt; b</h1><li>x<li><p>7</p>"),
                ("c", &["", "y"], true, "<h1>c|c</h1><li><li>y<p>7</p>"),
                ("", &["x"], false, "<li>x"),
                ("\u{E000}\u{E002}", &[], true, "<h1>\u{E000}\u{E002}|\u{E000}\u{E002}</h1><p>7</p>"),
            ] {
                assert_eq!(cut_page(&cuts, &page(title, list, part)).as_deref(), Some(expected));
            }
        }
    }

    #[test]
    fn a_template_that_prints_somebodys_mark_is_left_to_the_engine() {
        for mark in BEGIN {
            let cuts = Cuts::new();
            let render = |page: Node<'_>| Ok(format!("{mark}{}", render(&page)));
            let known = cuts.add(&mut Markup::default(), &page("a", &[], true), &mut |_, _| Ok(()), &render);
            assert!(!known.expect("rendered"), "{mark:?}");
        }
    }

    #[test]
    fn words_that_are_compared_make_a_shape_and_are_not_marked() {
        let (cuts, none) = (Cuts::new(), &mut |_: &mut Markup, _: usize| Ok(()));
        for word in ["metrics", "checks", "metrics"] {
            let mut out = Markup::default();
            let page = Node::Map(vec![("section", Node::Word(word.into())), ("title", Node::text("t"))]);
            let render = |page: Node<'_>| match page {
                Node::Map(nodes) => match &nodes[..] {
                    [(_, Node::Word(word)), (_, Node::Html(title))] => Ok(format!("{} in {word}", title.as_str())),
                    other => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            };
            assert!(cuts.add(&mut out, &page, none, &render).expect("rendered"));
            assert_eq!(out.as_str(), format!("t in {word}"));
        }
    }

    #[test]
    fn more_shapes_than_there_are_cuts_are_left_to_the_engine() {
        let cuts = Cuts::new();
        let lists: Vec<Vec<&str>> = (0..CUTS + 3).map(|length| vec!["x"; length]).collect();
        let left = lists.iter().filter(|list| cut_page(&cuts, &page("t", list, false)).is_none()).count();
        assert_eq!(left, 3);
    }

    #[test]
    fn parts_are_made_for_the_engine_too() {
        let filled = page("t", &["x"], true).filled(&mut |out, number| {
            out.add_escaped(&format!("<{number}>"));
            Ok(())
        });
        assert_eq!(render(&filled.expect("made")), "<h1>t|t</h1><li>x<p>&lt;7&gt;</p>");
    }
}
