//! Where in a site the files of a bag may stand, and which of them a build publishes.
//!
//! In: the paths of a bag's site, which anybody may have written, and what its pages refer to. Out: what no seal has any
//! business with. A bag speaks for its own quarter: what it holds of other pages is there so that it can be read from
//! disk. Whoever adds a bag could else put pages in the place of those of another seal or of the living site.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::archive::is_own;
use crate::model::ids::{CycleId, CycleKind, Slug};

/// What each page of a bag's site refers to.
pub(super) type Links<'s> = BTreeMap<&'s str, Vec<&'s str>>;

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Among the quarter's own pages and data.
    Own,
    /// Among the style sheets and pictures, which have their content's digest in their names.
    Asset,
    /// Among the metrics and rules that pages name as evidence.
    Evidence,
    /// Among the pages and data of another quarter.
    Quarter(CycleId),
    /// Among the pages that change with the book.
    Living,
}

impl Place {
    /// Says whether a build publishes what stands there.
    pub(super) const fn is_published(self) -> bool {
        matches!(self, Self::Own | Self::Asset | Self::Evidence)
    }
}

/// The living pages that stand nowhere below.
const TOP: [&str; 7] =
    ["index.html", "outcomes.html", "alignment.html", "checks.html", "feed.xml", "sitemap.xml", "404.html"];

/// Returns where a file of a quarter's bag stands; nothing where no site has a file.
pub(super) fn of(quarter: CycleId, path: &str) -> Option<Place> {
    if is_own(quarter, path) {
        return Some(Place::Own);
    }
    if let Some(other) = quarter_of(path) {
        return Some(Place::Quarter(other));
    }
    let Some((folder, name)) = path.split_once('/') else { return TOP.contains(&path).then_some(Place::Living) };
    let is_named = |ending: &str| name.strip_suffix(ending).and_then(Slug::new).is_some();
    match (folder, name) {
        ("assets", _) => Some(Place::Asset),
        ("metrics" | "archive" | "people" | "teams", "index.html") | ("data", "book.json") => Some(Place::Living),
        ("metrics", _) if is_named(".html") || is_named(".csv") => Some(Place::Evidence),
        ("search", _) if name.strip_suffix(".js").is_some_and(|id| id == "book" || CycleId::parse(id).is_some()) => {
            Some(Place::Living)
        }
        ("checks", _) if is_named(".html") => Some(Place::Evidence),
        ("teams" | "pages" | "people", _) if is_named(".html") => Some(Place::Living),
        _ => None,
    }
}

/// Returns the quarter whose page or data a file is.
fn quarter_of(path: &str) -> Option<CycleId> {
    let (folder, name) = path.split_once('/')?;
    let id = if folder == "data" { name.split('.').next()? } else { folder };
    // Any folder might be a cycle's that some book names; its pages stand in no folders of their own.
    let is_plain = |quarter: &CycleId| quarter.kind() != CycleKind::Named || !name.contains('/');
    CycleId::parse(id).filter(is_plain).filter(|quarter| is_own(*quarter, path))
}

/// Returns the files of a bag's site that no seal of the quarter holds, each with the reason; `is_sealed` says whether
/// another quarter was sealed before this one.
pub(super) fn strange<'s>(
    quarter: CycleId,
    site: &BTreeSet<&'s str>,
    links: &Links<'s>,
    is_sealed: impl Fn(CycleId) -> bool,
) -> Vec<(&'s str, String)> {
    let referred = referred(quarter, links);
    let why = |path: &str| match of(quarter, path) {
        None => Some("a site that okrbook makes has no such file".to_owned()),
        Some(Place::Own) => None,
        Some(Place::Quarter(other)) if is_sealed(other) => {
            Some(format!("it belongs to {other}, which has a seal of its own"))
        }
        Some(_) if !referred.contains(path) => Some("none of the quarter's own pages refers to it".to_owned()),
        Some(_) => None,
    };
    site.iter().filter_map(|path| Some((*path, why(path)?))).collect()
}

/// Returns what the quarter's own pages refer to, and what those pages need that they refer to, as a seal keeps it.
fn referred<'s>(quarter: CycleId, links: &Links<'s>) -> BTreeSet<&'s str> {
    let own = links.iter().filter(|(path, _)| is_own(quarter, path));
    let near: BTreeSet<&str> = own.flat_map(|(_, targets)| targets).copied().collect();
    let needed = near.iter().filter_map(|path| links.get(path)).flatten().filter(|path| !path.ends_with(".html"));
    near.iter().chain(needed).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUARTER: CycleId = CycleId::quarter(2026, 3);

    #[test]
    fn every_path_has_one_place_or_none() {
        let other = |year, number| Some(Place::Quarter(CycleId::quarter(year, number)));
        let named = CycleId::parse("v4").map(Place::Quarter);
        for (path, place) in [
            ("2026-Q3/a.html", Some(Place::Own)),
            ("data/2026-Q3.csv", Some(Place::Own)),
            ("2026-Q2/index.html", other(2026, 2)),
            ("2099-Q1/a/b.html", other(2099, 1)),
            ("data/2026-Q2.json", other(2026, 2)),
            ("assets/a/b.svg", Some(Place::Asset)),
            ("metrics/a.html", Some(Place::Evidence)),
            ("metrics/a.csv", Some(Place::Evidence)),
            ("checks/a.html", Some(Place::Evidence)),
            ("metrics/index.html", Some(Place::Living)),
            ("archive/index.html", Some(Place::Living)),
            ("data/book.json", Some(Place::Living)),
            ("teams/a.html", Some(Place::Living)),
            ("teams/index.html", Some(Place::Living)),
            ("search/book.js", Some(Place::Living)),
            ("search/2026-Q3.js", Some(Place::Living)),
            ("search/a.html", None),
            ("pages/a.html", Some(Place::Living)),
            ("index.html", Some(Place::Living)),
            ("foo.html", None),
            ("2026-q3/a.html", None),
            ("2026-Q3.html", None),
            ("data/2026-Q3.r2.json", None),
            ("data/2026-Q3.x/a.json", None),
            ("data/2026-Q2.x.csv", None),
            ("data/v4.json", named),
            ("v4/shop.html", named),
            ("V 4/shop.html", None),
            ("metrics/a/b.html", None),
            ("metrics/.html", None),
            ("checks/a.csv", None),
            ("archive/a.html", None),
            ("people/a.html", Some(Place::Living)),
        ] {
            assert_eq!(of(QUARTER, path), place, "{path}");
        }
    }

    #[test]
    fn what_is_not_referred_to_is_strange() {
        let site = BTreeSet::from([
            "2026-Q3/a.html",
            "2026-Q2/a.html",
            "2026-Q1/a.html",
            "assets/near.css",
            "assets/needed.css",
            "assets/far.css",
            "metrics/near.html",
            "metrics/far.html",
        ]);
        let links = Links::from([
            ("2026-Q3/a.html", vec!["2026-Q2/a.html", "2026-Q1/a.html", "assets/near.css", "metrics/near.html"]),
            ("metrics/near.html", vec!["assets/needed.css", "metrics/far.html"]),
            ("metrics/far.html", vec!["assets/far.css"]),
        ]);
        let found = strange(QUARTER, &site, &links, |quarter| quarter == CycleId::quarter(2026, 1));
        let found: Vec<&str> = found.into_iter().map(|(path, _)| path).collect();
        assert_eq!(found, ["2026-Q1/a.html", "assets/far.css", "metrics/far.html"]);
    }
}
