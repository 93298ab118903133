//! The book's Markdown files with front matter: pages and quarters' stories.

use std::sync::Arc;

use super::{front, headings};
use crate::diag::Diagnostic;
use crate::keys::texts::{PAGE, STORY};
use crate::model::ids::Slug;
use crate::model::plan::{Body, Page};
use crate::model::review::Story;
use crate::source::{FileId, Span, Spanned};
use crate::yaml::{self, Node, Reader, Shape};

/// Reads a page; without a title it takes that of its first heading, else its file's name. A heading that opens the page
/// and is its title is not part of the body, so that it isn't shown twice.
pub(super) fn page(id: &Slug, file: FileId, text: &Arc<str>) -> (Page, Vec<Diagnostic>) {
    let (front, mut body, diagnostics) = read(file, text, PAGE);
    let start = body.span.start as usize;
    let heading = headings::find(text, start).into_iter().next();
    let named = heading.as_ref().map(|heading| text[heading.text.clone()].to_owned());
    let Front { title, nav, order, draft, aliases, .. } = front;
    let title = title.or_else(|| named.clone()).unwrap_or_else(|| id.as_str().to_owned());
    let opening = heading.filter(|heading| heading.line.start == start && named.as_ref() == Some(&title));
    if let Some(heading) = opening {
        let rest = heading.below..text.len();
        let empty = Body::new(text.clone(), Span::new(file, rest.end..rest.end));
        body = front::body(file, text, rest).unwrap_or(empty);
    }
    (Page { id: id.clone(), title, nav, draft, order: order.unwrap_or(0), aliases, body }, diagnostics)
}

/// Reads a quarter's story.
pub(super) fn story(file: FileId, text: &Arc<str>) -> (Story, Vec<Diagnostic>) {
    let (front, body, diagnostics) = read(file, text, STORY);
    (
        Story { title: front.title, draft: front.draft, imported: front.imported, decisions: front.decisions, body },
        diagnostics,
    )
}

#[derive(Default)]
struct Front {
    title: Option<String>,
    nav: Option<String>,
    order: Option<i64>,
    draft: bool,
    imported: Option<Span>,
    decisions: Vec<String>,
    aliases: Vec<Spanned<Slug>>,
}

fn read(file: FileId, text: &Arc<str>, shape: Shape) -> (Front, Body, Vec<Diagnostic>) {
    let parts = front::split(file, text);
    let mut diagnostics = parts.diagnostics;
    let mut values = Front::default();
    if let Some(source) = parts.front {
        let (node, faults) = yaml::read(source);
        diagnostics.extend(faults);
        let mut reader = Reader::new(source);
        if let Some(node) = node.filter(|node| !node.is_empty()) {
            values = front_values(&mut reader, &node, shape);
        }
        diagnostics.extend(reader.finish());
    }
    let whole = parts.body_start..text.len();
    let empty = Body::new(text.clone(), Span::new(file, whole.end..whole.end));
    (values, front::body(file, text, whole).unwrap_or(empty), diagnostics)
}

fn front_values<'a>(reader: &mut Reader<'a>, node: &Node<'a>, shape: Shape) -> Front {
    let Some(fields) = reader.fields(node, shape) else { return Front::default() };
    let title = fields.get("title").and_then(|node| reader.prose(node, "the title")).map(|title| title.value);
    let nav = shape.has("nav").then(|| fields.get("nav")).flatten();
    let nav = nav.and_then(|node| reader.prose(node, "`nav`")).map(|nav| nav.value);
    let order = shape.has("order").then(|| fields.get("order")).flatten();
    let order = order.and_then(|node| {
        let text = reader.text(node, "`order`")?;
        let order = text.value.parse().ok();
        if order.is_none() {
            let message = format!("`order` is a whole number, and `{}` is none", text.value);
            reader.report(Diagnostic::error("bad-number", text.span, message).help("write `1` for the first page"));
        }
        order
    });
    let draft = front::draft(reader, fields);
    let aliases = if shape.has("aliases") { reader.aliases(fields) } else { Vec::new() };
    let imported = shape.has("imported").then(|| front::flag(reader, fields, "imported")).flatten();
    let decisions = shape.has("decisions").then(|| fields.get("decisions")).flatten();
    let decisions = decisions.map(|node| reader.texts(node, "a decision")).unwrap_or_default();
    let decisions = decisions.into_iter().map(|decision| decision.value).collect();
    Front { title, nav, order, draft, imported, decisions, aliases }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read_page(text: &str) -> (Page, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let file = sources.add("pages/about.md", text);
        page(&Slug::new("about").expect("a slug"), file, &sources.get(file).text)
    }

    #[test]
    fn front_matter_names_a_page_and_what_the_navigation_calls_it() {
        let (page, diagnostics) = read_page("---\ntitle: How we write OKRs here\nnav: Writing\norder: 2\n---\nText\n");
        assert_eq!((&*page.title, page.nav.as_deref(), page.order), ("How we write OKRs here", Some("Writing"), 2));
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }

    #[test]
    fn a_page_without_front_matter_is_called_by_its_first_heading() {
        let (page, _) = read_page("# Reading a scorecard\n\nText\n");
        assert_eq!((&*page.title, page.nav), ("Reading a scorecard", None));
        assert_eq!(page.body.markdown(), "Text", "the title is not shown twice");
        let (page, _) = read_page("---\ntitle: Grades\n---\n# Reading\n\nText\n");
        assert_eq!((&*page.title, page.body.markdown()), ("Grades", "# Reading\n\nText"));
        let (page, _) = read_page("Before.\n\n# Reading\n");
        assert_eq!((&*page.title, page.body.markdown()), ("Reading", "Before.\n\n# Reading"));
        assert_eq!(read_page("# Alone").0.body.markdown(), "");
    }
}
