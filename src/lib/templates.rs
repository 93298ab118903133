//! What is wrong with a book's own templates, told without publishing anything.
//!
//! In: a book. Out: for each template that can't be made into pages, or makes one that could run something, a diagnostic
//! where it stands. All pages are made for it, since a template may do on one page what it does on no other; a book
//! without templates of its own pays nothing.

use std::collections::BTreeSet;

use super::book::{Book, Told};
use crate::diag::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::packet::{self, Extras};
use crate::par;
use crate::render::{Overrides, Page, Route, Site};
use crate::report::Report;
use crate::report::packet::Scope;
use crate::source::{Sources, Span};

/// How many pages are made before it is asked whether enough is told.
const AT_ONCE: usize = 64;

impl Book {
    /// Returns what is wrong with the book's own templates, and with the pages that they make.
    ///
    /// # Errors
    ///
    /// Where a file can't be read.
    pub fn template_faults(&self, told: Told<'_>) -> Result<Vec<Diagnostic>> {
        let sources = told.sources;
        if !sources.iter().any(|(_, file)| file.path.starts_with("templates/")) {
            return Ok(Vec::new());
        }
        let errors = self.with_report(told, None, |report, templates, assets| {
            let overrides = Overrides { templates, assets, frozen: Some(&self.seals), pdf: false };
            let mut found: Vec<Error> = packet_error(report, templates, assets).into_iter().collect();
            match Site::new(report, &overrides) {
                Ok(site) if site.has_own_templates() => {
                    found.extend(errors(&site));
                    found.extend(site.template_errors());
                }
                Ok(_) => {}
                Err(error) => found.push(error),
            }
            Ok(found)
        })?;
        let mut told = BTreeSet::new();
        let mut found = Vec::new();
        for error in errors {
            let diagnostic = diagnostic(error, sources)?;
            if told.insert(diagnostic.place.clone()) {
                found.push(diagnostic);
            }
        }
        Ok(found)
    }
}

/// Returns what the latest quarter's packet fails with, where the book has a template of its own for it and this program
/// an engine that tries it.
fn packet_error(report: &Report<'_>, templates: &[(&str, &str)], assets: &[(&str, Vec<u8>)]) -> Option<Error> {
    if !packet::AVAILABLE || !templates.iter().any(|(name, _)| *name == "packet.typ") {
        return None;
    }
    let place = report.current().or_else(|| report.quarters.len().checked_sub(1))?;
    packet::pdf(
        report,
        Scope::Quarter(place),
        &Extras { templates, assets, attachments: &[], at_once: 1, ..Extras::default() },
    )
    .err()
}

/// Returns what the site's pages fail with; not of all pages where one has failed.
fn errors(site: &Site<'_>) -> Vec<Error> {
    let is_made = |route: &&Route| route.path.ends_with(".html") && route.page != Page::Frozen;
    let pages: Vec<&Route> = site.routes().iter().filter(is_made).collect();
    for some in pages.chunks(AT_ONCE) {
        let errors: Vec<Error> =
            par::map_ordered(some, |route| site.render(route).err()).into_iter().flatten().collect();
        if !errors.is_empty() {
            return errors;
        }
    }
    Vec::new()
}

/// Returns an error about a template as a diagnostic at the place that it names.
fn diagnostic(error: Error, sources: &Sources) -> Result<Diagnostic> {
    let Error::Template { code, message, place, help } = error else { return Err(error) };
    let named = place.iter().find_map(|line| line.trim_start().strip_prefix("--> "));
    let spot = named.and_then(|named| span(named, sources)).map(Place::Text);
    let file = named.filter(|path| sources.id_of(path).is_some()).unwrap_or("templates");
    let help = help.unwrap_or_else(|| "`okrbook build` shows the template's text around it".to_owned());
    Ok(Diagnostic::error(code, spot.unwrap_or_else(|| Place::file(file)), message).help(help))
}

/// Returns the place `templates/404.html:1:4`.
fn span(named: &str, sources: &Sources) -> Option<Span> {
    let mut parts = named.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let file = sources.id_of(parts.next()?)?;
    let text = &*sources.get(file).text;
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let letters = text.get(start..)?.chars();
    let at = start + letters.clone().take(column.checked_sub(1)?).map(char::len_utf8).sum::<usize>();
    let end = at + text.get(at..)?.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    Some(Span::new(file, at..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_line_and_column_or_not_at_all() {
        let mut sources = Sources::new(Vec::new());
        let file = sources.add("templates/a.html", "x\n\u{e9}{{ y }}");
        let found = |named: &str| span(named, &sources).map(Span::range);
        assert_eq!(found("templates/a.html:2:2"), Some(4..5));
        assert_eq!(found("templates/a.html:1:2"), Some(1..1));
        assert_eq!(found("templates/a.html:9:9"), Some(11..11));
        for named in ["templates/a.html", "templates/b.html:1:1", "templates/a.html:0:1", "templates/a.html:x:1", ""] {
            assert_eq!(found(named), None, "{named}");
        }
        let error = Error::template("m", vec![" --> templates/a.html:2:2".to_owned()]);
        assert_eq!(diagnostic(error, &sources).expect("told").place.file_id(), Some(file));
    }
}
