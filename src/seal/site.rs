//! Which pages a bag keeps: the quarter's own, and what they need to be read from disk years later.
//!
//! In: a site. Out: rendered files. A page that one of the quarter's links to is kept too, with its style sheets and
//! values, so that no link of the quarter leads nowhere; what that page links to is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::model::archive::is_own;
use crate::model::ids::CycleId;
use crate::par;
use crate::render::{OutputFile, Page, Route, Site};

/// Returns the quarter's own files.
///
/// # Errors
///
/// Where one of the book's own templates fails.
pub fn own_pages(site: &Site<'_>, quarter: CycleId) -> Result<Vec<OutputFile>> {
    let own: Vec<&Route> = site.routes().iter().filter(|route| is_own(quarter, &route.path)).collect();
    par::map_ordered(&own, |route| site.render(route)).into_iter().collect()
}

/// How many pages are held at once.
const AT_ONCE: usize = 64;

/// Hands each file to `keep` that the quarter's own files link to, page by page.
///
/// Files of other sealed quarters are left out: their own seals keep them.
///
/// # Errors
///
/// Where one of the book's own templates fails; whatever `keep` returns.
pub fn linked(site: &Site<'_>, own: &[OutputFile], keep: &mut dyn FnMut(OutputFile) -> Result<()>) -> Result<()> {
    let living = site.routes().iter().filter(|route| route.page != Page::Frozen);
    let routes: BTreeMap<&str, &Route> = living.map(|route| (route.path.as_str(), route)).collect();
    let mut known: BTreeSet<&str> = own.iter().map(|file| file.path.as_str()).collect();
    let mut wanted: BTreeSet<&str> = own.iter().flat_map(|file| of_file(file, &routes)).collect();
    while !wanted.is_empty() {
        let new: Vec<&Route> = wanted.iter().filter(|path| known.insert(path)).map(|path| routes[path]).collect();
        wanted.clear();
        for some in new.chunks(AT_ONCE) {
            for file in par::map_ordered(some, |route| site.render(route)) {
                let file = file?;
                // A page that one of the quarter's links to needs its style sheets and values, and no further pages.
                wanted.extend(of_file(&file, &routes).into_iter().filter(|path| !path.ends_with(".html")));
                keep(file)?;
            }
        }
    }
    Ok(())
}

fn of_file<'r>(file: &OutputFile, routes: &BTreeMap<&'r str, &'r Route>) -> Vec<&'r str> {
    targets(&file.path, &file.content, |path| routes.get_key_value(path).map(|(path, _)| *path))
}

/// Returns the files that a page of a site links to, of those that `known` finds.
pub(super) fn targets<'r>(path: &str, content: &[u8], known: impl Fn(&str) -> Option<&'r str>) -> Vec<&'r str> {
    if !path.ends_with(".html") {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(content);
    let mut found = Vec::new();
    for name in [" href=\"", " src=\""] {
        for link in text.split(name).skip(1).filter_map(|rest| rest.split('"').next()) {
            found.extend(known(&joined(path, link.split(['#', '?']).next().unwrap_or_default())));
        }
    }
    found
}

/// Returns the path that a link leads to from a page.
fn joined(page: &str, link: &str) -> String {
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Overrides;
    use crate::report::Report;
    use crate::report::fixture::Fixture;

    #[test]
    fn every_link_of_a_kept_page_of_the_quarter_is_kept() {
        let fixture = Fixture::new();
        let report = Report::new(fixture.inputs());
        let site = Site::new(&report, &Overrides::default()).expect("built-in templates");
        let quarter = report.quarters[0].id();
        let own = own_pages(&site, quarter).expect("rendered");
        let mut kept: BTreeSet<String> = own.iter().map(|file| file.path.clone()).collect();
        let mut keep = |file: OutputFile| {
            assert!(kept.insert(file.path.clone()), "{} is kept twice", file.path);
            Ok(())
        };
        linked(&site, &own, &mut keep).expect("rendered");
        let routes: BTreeMap<&str, &Route> = site.routes().iter().map(|route| (route.path.as_str(), route)).collect();
        assert!(own.iter().any(|file| file.path == format!("data/{quarter}.json")));
        for file in &own {
            for target in of_file(file, &routes) {
                assert!(kept.contains(target), "{} links to {target}", file.path);
            }
        }
        let styles = kept.iter().filter(|path| path.ends_with(".css")).count();
        assert!(styles > 1, "{kept:?}");
        assert_eq!(joined("2026-Q3/a.html", "../metrics/x.html"), "metrics/x.html");
    }
}
