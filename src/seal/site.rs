//! Which pages a bag keeps: the quarter's own, and what they need to be read from disk years later.
//!
//! In: a site. Out: rendered files. A page that one of the quarter's links to is kept too, with its style sheets and
//! values, so that no link of the quarter leads nowhere; what that page links to is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::model::archive::is_own;
use crate::model::ids::QuarterId;
use crate::par;
use crate::render::{OutputFile, Route, Site};

/// The pages that a bag keeps.
#[derive(Debug)]
pub struct Pages {
    /// The quarter's own pages and machine forms, which are published from the bag for ever.
    pub own: Vec<OutputFile>,
    /// What these link to, as it stood.
    pub linked: Vec<OutputFile>,
}

/// Returns the quarter's own files.
///
/// # Errors
///
/// Where one of the book's own templates fails.
pub fn own_pages(site: &Site<'_>, quarter: QuarterId) -> Result<Vec<OutputFile>> {
    let own: Vec<&Route> = site.routes().iter().filter(|route| is_own(quarter, &route.path)).collect();
    par::map_ordered(&own, |route| site.render(route)).into_iter().collect()
}

/// Returns the quarter's own files and what they link to.
///
/// # Errors
///
/// Where one of the book's own templates fails.
pub fn pages(site: &Site<'_>, quarter: QuarterId) -> Result<Pages> {
    let own = own_pages(site, quarter)?;
    let routes: BTreeMap<&str, &Route> = site.routes().iter().map(|route| (route.path.as_str(), route)).collect();
    let mut kept: BTreeSet<&str> = own.iter().map(|file| file.path.as_str()).collect();
    let mut linked = Vec::new();
    let mut wanted: BTreeSet<&str> = own.iter().flat_map(|file| targets(file, &routes)).collect();
    for depth in 0..2 {
        let new: Vec<&Route> = wanted.iter().filter(|path| kept.insert(path)).map(|path| routes[path]).collect();
        let files: Vec<OutputFile> =
            par::map_ordered(&new, |route| site.render(route)).into_iter().collect::<Result<_>>()?;
        let is_page = |path: &&str| path.ends_with(".html");
        wanted = files.iter().flat_map(|file| targets(file, &routes)).filter(|path| !is_page(path)).collect();
        linked.extend(files);
        if depth == 1 {
            linked.sort_by(|a, b| a.path.cmp(&b.path));
        }
    }
    Ok(Pages { own, linked })
}

/// Returns the files of the site that a page links to.
fn targets<'r>(file: &OutputFile, routes: &BTreeMap<&'r str, &'r Route>) -> Vec<&'r str> {
    if !file.path.ends_with(".html") {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(&file.content);
    let mut found = Vec::new();
    for name in [" href=\"", " src=\""] {
        for link in text.split(name).skip(1).filter_map(|rest| rest.split('"').next()) {
            let path = joined(&file.path, link.split(['#', '?']).next().unwrap_or_default());
            found.extend(routes.get_key_value(path.as_str()).map(|(path, _)| *path));
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
        let pages = pages(&site, quarter).expect("rendered");
        let routes: BTreeMap<&str, &Route> = site.routes().iter().map(|route| (route.path.as_str(), route)).collect();
        let kept: BTreeSet<&str> = pages.own.iter().chain(&pages.linked).map(|file| file.path.as_str()).collect();
        assert!(pages.own.iter().any(|file| file.path == format!("data/{quarter}.json")));
        for file in &pages.own {
            for target in targets(file, &routes) {
                assert!(kept.contains(target), "{} links to {target}", file.path);
            }
        }
        let styles = kept.iter().filter(|path| path.ends_with(".css")).count();
        assert!(styles > 1, "{kept:?}");
        assert_eq!(joined("2026-Q3/a.html", "../metrics/x.html"), "metrics/x.html");
    }
}
