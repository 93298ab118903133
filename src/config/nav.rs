//! The `nav` setting: what the navigation names, in which order, and what it leads to elsewhere.

use crate::config::{NavItem, NavPart};
use crate::diag::{Diagnostic, Place, nearest};
use crate::keys::book::NAV_LINK;
use crate::source::Sources;
use crate::yaml::{Kind, Node, Reader};

/// Returns the items; what is wrong with one leaves it out.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<NavItem> {
    let Kind::List(nodes) = &node.kind else {
        reader.wrong_kind(node, "`nav` is a list of parts of the site and links");
        return Vec::new();
    };
    nodes.iter().filter_map(|node| item(reader, node)).collect()
}

/// Says where an item names a page that the book doesn't have.
pub(super) fn missing(item: &NavItem, sources: &Sources) -> Option<Diagnostic> {
    let NavItem::Page(name) = item else { return None };
    if sources.id_of(&format!("pages/{name}.md")).is_some() {
        return None;
    }
    let message = format!("`nav` names pages/{name}.md, which is not in the book");
    Some(
        Diagnostic::error("no-file", Place::file("okrbook.yaml"), message)
            .help("write the page, or take it out of `nav`"),
    )
}

fn item<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<NavItem> {
    if let Some(text) = node.as_text() {
        if let Some(&(_, part)) = NavPart::WORDS.iter().find(|(word, _)| *word == text) {
            return Some(NavItem::Part(part));
        }
        if let Some(page) = text.strip_prefix("pages/").and_then(|page| page.strip_suffix(".md")) {
            return Some(NavItem::Page(page.to_owned()));
        }
        let words = NavPart::WORDS.iter().map(|(word, _)| *word);
        let help = match nearest(text, words.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let known: Vec<&str> = words.collect();
                format!("known: {}, `pages/NAME.md`, `{{ title: Chat, href: \"https://…\" }}`", known.join(", "))
            }
        };
        let message = format!("`{text}` is no part of the site");
        reader.report(Diagnostic::error("bad-value", node.span, message).help(help));
        return None;
    }
    let fields = reader.fields(node, NAV_LINK)?;
    let mut text = |key: &str| match fields.get(key) {
        Some(node) => reader.text(node, &format!("`{key}`")).map(|text| text.map(str::to_owned)),
        None => {
            let message = format!("a link in `nav` has a title and an address, and this one has no `{key}`");
            let help = "write `{ title: Chat, href: \"https://chat.example\" }`";
            reader.report(Diagnostic::error("missing-key", node.span, message).help(help));
            None
        }
    };
    let (title, href) = (text("title")?, text("href")?);
    let is_whole =
        href.value.starts_with("https://") || href.value.starts_with("http://") || href.value.starts_with("mailto:");
    let is_plain = !href.value.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>`\\".contains(c));
    if !is_whole || !is_plain {
        let message = format!("`{}` is no whole address", href.value);
        let help = "write it with `https://`; pages of the book's own are named `pages/NAME.md`";
        reader.report(Diagnostic::error("bad-value", href.span, message).help(help));
        return None;
    }
    Some(NavItem::Elsewhere { title: title.value, href: href.value })
}
