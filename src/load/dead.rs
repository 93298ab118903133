//! Links and pictures in Markdown texts that lead nowhere: those of pages of the book's own, of reviews and of stories.
//!
//! In: the book's texts, and the pages and assets that it has. Out: a finding at each address that names none of them.
//! Addresses of other pages of the site aren't judged.

use std::collections::BTreeSet;

use super::front;
use crate::diag::{Diagnostic, nearest};
use crate::markdown::{self, Address, address};
use crate::model::plan::Page;
use crate::read::Binary;
use crate::source::{FileId, SourceFile, Sources, Span};

/// How often a right spelling is looked for; a book with more dead links has another trouble.
const SUGGESTIONS: usize = 50;

/// Returns what leads nowhere.
pub(super) fn look(sources: &Sources, pages: &[Page], assets: &[Binary]) -> Vec<Diagnostic> {
    let texts: Vec<(FileId, &SourceFile)> = sources.iter().filter(|(_, file)| has_prose(&file.path)).collect();
    if !texts.iter().any(|(_, file)| file.text.contains("](")) {
        return Vec::new();
    }
    let ids =
        pages.iter().flat_map(|page| std::iter::once(&page.id).chain(page.aliases.iter().map(|known| &known.value)));
    let pages = ids.map(|id| format!("pages/{id}.md"));
    let known: BTreeSet<String> = pages.chain(assets.iter().map(|asset| asset.path.to_string())).collect();
    let mut told = Vec::new();
    for (file, source) in texts {
        let begin = front::split(file, &source.text).body_start;
        for found in markdown::addresses(&source.text[begin..]) {
            let Some(wanted) = named(&found, source.path.starts_with("pages/")) else { continue };
            if !known.contains(&wanted) {
                let span = Span::new(file, begin + found.range.start..begin + found.range.end);
                let near =
                    if told.len() < SUGGESTIONS { nearest(&wanted, known.iter().map(String::as_str)) } else { None };
                told.push(dead(&wanted, found.is_picture, near, span));
            }
        }
    }
    told
}

/// Says whether a file's text is shown on a page.
fn has_prose(path: &str) -> bool {
    let is_of_cycle = path.starts_with("quarters/") || path.starts_with("cycles/");
    path.ends_with(".md") && (path.starts_with("pages/") || is_of_cycle)
}

/// Returns the page or the asset that an address names; nothing where it leads elsewhere or to a page that okrbook makes.
fn named(found: &markdown::Named, is_page: bool) -> Option<String> {
    let Address::Inside(whole) = address(&found.address, &|known| Some(known.to_owned())) else { return None };
    let path = &whole[..whole.find(['?', '#']).unwrap_or(whole.len())];
    if path.is_empty() {
        return None;
    }
    for folder in ["assets/", "pages/"] {
        if let Some(at) = path.rfind(folder).filter(|at| *at == 0 || path[..*at].ends_with('/')) {
            let is_page_of_site = folder == "pages/" && !path.ends_with(".md");
            return (!is_page_of_site).then(|| path[at..].to_owned());
        }
    }
    match () {
        () if found.is_picture => Some(path.to_owned()),
        () if is_page && path.ends_with(".md") && !path.contains('/') => Some(format!("pages/{path}")),
        () => None,
    }
}

fn dead(wanted: &str, is_picture: bool, near: Option<&str>, span: Span) -> Diagnostic {
    let what = if is_picture { "this picture is not there" } else { "this link leads nowhere" };
    let finding = Diagnostic::warning("dead-link", span, format!("{what}: the book has no `{wanted}`"));
    finding.help(match near {
        Some(near) => format!("it has `{near}`"),
        None if is_picture => "put the file under assets/ and write `../assets/NAME`".to_owned(),
        None => "write a page that is there (`pages/NAME.md`), a file under assets/, or a whole address".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let mut sources = Sources::new(Vec::new());
        sources.add(path, text);
        look(&sources, &[], &[]).iter().map(|found| sources.text(span(found)).to_owned()).collect()
    }

    fn span(found: &Diagnostic) -> Span {
        match &found.place {
            crate::diag::Place::Text(span) => *span,
            place => panic!("{place:?}"),
        }
    }

    #[test]
    fn links_and_pictures_that_lead_nowhere_are_told_where_they_stand() {
        let text = "---\ntitle: [x](gone.md)\n---\n\u{e9} [a](gone.md) ![b](../assets/gone.png \"c\") ![d](gone.png) [e](pages/gone.md#f)";
        assert_eq!(found("pages/a.md", text), ["gone.md", "../assets/gone.png", "gone.png", "pages/gone.md#f"]);
        let review = "[a](../../pages/gone.md) [b](other.md)";
        assert_eq!(found("quarters/2026-Q3/shop.review.md", review), ["../../pages/gone.md"]);
    }

    #[test]
    fn what_leads_elsewhere_is_nobodys_fault() {
        let text = "[a](https://x.example/assets/a.png) [b](#c) [d](../2026-Q3/shop.html) `[e](gone.md)` [f](mailto:a@b.c) [g](../pages/how.html)";
        assert_eq!(found("pages/a.md", text), Vec::<String>::new());
        assert_eq!(found("assets/a.md", "[a](gone.md)"), Vec::<String>::new());
    }
}
