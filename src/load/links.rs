//! Links of objectives and key results.
//!
//! In: the node of `links`, and later the pages and assets that the book has. Out: links that lead somewhere: to another
//! site, to somebody's mail, to a page of the book, to an asset. The others are told and left out.

use std::collections::BTreeSet;

use crate::diag::{self, Diagnostic};
use crate::markdown::{Address, address};
use crate::model::link::Link;
use crate::model::plan::{Page, QuarterPlan};
use crate::read::Binary;
use crate::source::{Span, Spanned};
use crate::yaml::{Kind, Node, Reader};

/// How often a right spelling is looked for; a book with more dead links has another trouble.
const SUGGESTIONS: usize = 50;

/// Returns the links that a node lists: `{ Epic: https://… }`, or an address alone.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Link> {
    let mut links = Vec::new();
    for item in node.items().iter().filter(|item| !item.is_absent()) {
        match &item.kind {
            Kind::Map(map) => {
                for entry in &map.entries {
                    let Some(to) = reader.text(&entry.value, "a link") else { continue };
                    links.extend(link(reader, entry.key.value.trim(), &to));
                }
            }
            Kind::Scalar(_) => {
                let Some(to) = reader.text(item, "a link") else { continue };
                links.extend(link(reader, bare(to.value), &to));
            }
            Kind::Empty | Kind::List(_) => reader.wrong_kind(item, "a link is `Name: address`"),
        }
    }
    links.shrink_to_fit();
    links
}

/// Returns what an address is called where nobody named it.
fn bare(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    behind.strip_prefix("mailto:").unwrap_or(behind).trim_end_matches('/')
}

fn link(reader: &mut Reader<'_>, name: &str, to: &Spanned<&str>) -> Option<Link> {
    let to_value = match address(to.value, &|address| Some(address.to_owned())) {
        Address::Outside(address) => address,
        Address::Inside(address) => inside(&address),
        Address::Refused => {
            let message = format!("this link would lead to `{}`, which no page may lead to", to.value);
            let help = "write an address that begins with https://, http:// or mailto:";
            reader.report(Diagnostic::error("bad-link", to.span, message).help(help));
            return None;
        }
    };
    Some(Link { name: name.to_owned(), to: Spanned::new(to_value, to.span) })
}

/// Returns a relative address without the way to the book's root, where it names one of its folders.
fn inside(address: &str) -> String {
    let folder = ["pages/", "assets/"].into_iter().filter_map(|folder| address.rfind(folder)).max();
    address[folder.unwrap_or(0)..].to_owned()
}

/// Takes out links to pages and assets that the book doesn't have, and tells them.
pub(super) fn settle(quarters: &mut [QuarterPlan], pages: &[Page], assets: &[Binary]) -> Vec<Diagnostic> {
    let mut known = Known { all: None, pages, assets, suggestions: SUGGESTIONS };
    let mut told = Vec::new();
    let objectives = quarters.iter_mut().flat_map(|quarter| &mut quarter.teams).flat_map(|team| &mut team.objectives);
    for objective in objectives {
        let of_key_results = objective.key_results.iter_mut().map(|key_result| &mut key_result.links);
        for links in std::iter::once(&mut objective.links).chain(of_key_results) {
            links.retain(|link| match known.fault(link) {
                Some(fault) => {
                    told.push(fault);
                    false
                }
                None => true,
            });
        }
    }
    told
}

/// What relative links may lead to, gathered once a book has one.
struct Known<'a> {
    all: Option<BTreeSet<String>>,
    pages: &'a [Page],
    assets: &'a [Binary],
    suggestions: usize,
}

impl Known<'_> {
    fn fault(&mut self, link: &Link) -> Option<Diagnostic> {
        let Spanned { value, span } = &link.to;
        if matches!(address(value, &|_| None), Address::Outside(_)) {
            return None;
        }
        let (pages, assets) = (self.pages, self.assets);
        let all = self.all.get_or_insert_with(|| {
            let ids = pages
                .iter()
                .flat_map(|page| std::iter::once(&page.id).chain(page.aliases.iter().map(|alias| &alias.value)));
            let assets = assets.iter().map(|asset| asset.path.to_string());
            ids.map(|id| format!("pages/{id}.md")).chain(assets).collect()
        });
        if all.contains(value) {
            return None;
        }
        let near = if self.suggestions > 0 { diag::nearest(value, all.iter().map(String::as_str)) } else { None };
        self.suggestions = self.suggestions.saturating_sub(1);
        Some(dead(value, *span, near))
    }
}

/// Says whether an address begins as the name of a host does: `example.com/a`.
fn is_like_a_host(address: &str) -> bool {
    let first = address.split('/').next().unwrap_or_default();
    first.contains('.') && !first.starts_with('.') && !first.ends_with(".md")
}

fn dead(address: &str, span: Span, near: Option<&str>) -> Diagnostic {
    let message = format!("this link leads nowhere: the book has no `{address}`");
    let diagnostic = Diagnostic::warning("dead-link", span, message);
    diagnostic.help(match near {
        Some(near) => format!("write `{near}`"),
        None if is_like_a_host(address) => {
            format!("write `https://{address}` if another site is meant, or `pages/NAME.md` for a page of the book")
        }
        None => "write a whole address (https://…), a page of the book (`pages/NAME.md`), or a file under assets/"
            .to_owned(),
    })
}
