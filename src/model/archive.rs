//! The archive: which quarters are sealed, and what is known of each seal.

use std::fmt;

use super::calendar::Day;
use super::folder::Folder;
use super::ids::CycleId;
use crate::hash::Digest;

/// A book's sealed quarters, by quarter and revision.
#[derive(Debug, Clone, Default)]
pub struct Archive {
    /// All bags, those that were superseded or can't be trusted included.
    pub bags: Vec<Bag>,
    /// Paths in the site of living pages and assets that frozen pages link to, as they stood.
    pub linked: Vec<String>,
}

/// Names a bag: a quarter, and how many times it was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BagName {
    /// The quarter.
    pub quarter: CycleId,
    /// 1 for the first seal, 2 for the one that superseded it.
    pub revision: u32,
}

/// One sealed quarter.
#[derive(Debug, Clone)]
pub struct Bag {
    /// Its name.
    pub name: BagName,
    /// What it counts for.
    pub state: BagState,
    /// What it says about itself, where that can be read.
    pub about: Option<BagAbout>,
    /// The digest of its tag manifest, which stands in the archive's LOG.
    pub digest: Option<Digest>,
    /// Paths in the site of its frozen pages; empty where it doesn't count.
    pub pages: Vec<String>,
}

/// What a bag says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagAbout {
    /// The day as of which the quarter was sealed.
    pub as_of: Day,
    /// The program's version.
    pub made_by: String,
    /// Why the seal before was superseded.
    pub reason: Option<String>,
    /// How many of its key results reached 0.7.
    pub strong: usize,
    /// Of how many.
    pub key_results: usize,
    /// The company's grade, where it had objectives.
    pub company: Option<String>,
}

/// What a bag counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BagState {
    /// Its quarter is published from it.
    Counts,
    /// A later revision counts.
    Superseded,
    /// It can't be trusted, for this reason.
    Unsound(String),
}

impl BagName {
    /// Returns the bag that `2026-Q3` or `2026-Q3.r2` names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (quarter, revision) = match text.split_once(".r") {
            Some((quarter, revision)) => (quarter, revision.parse().ok().filter(|&revision| revision > 1)?),
            None => (text, 1),
        };
        let name = Self { quarter: CycleId::parse(quarter)?, revision };
        (name.to_string() == text).then_some(name)
    }
}

impl fmt::Display for BagName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.revision {
            1 => write!(f, "{}", self.quarter),
            revision => write!(f, "{}.r{revision}", self.quarter),
        }
    }
}

/// Says whether a path in the site belongs to a quarter.
#[must_use]
pub fn is_own(quarter: CycleId, path: &str) -> bool {
    let id = quarter.to_string();
    match path.strip_prefix("data/") {
        Some(name) => name.strip_prefix(&id).is_some_and(|ending| matches!(ending, ".json" | ".csv")),
        None => path.strip_prefix(&id).is_some_and(|rest| rest.starts_with('/')),
    }
}

/// Returns the quarter whose folder in the book (`quarters/2026-Q3/`) holds a file.
#[must_use]
pub fn quarter_of_file(path: &str) -> Option<CycleId> {
    CycleId::parse(Folder::split(path)?.1)
}

impl Archive {
    /// Returns the bag that counts for a quarter.
    #[must_use]
    pub fn counting(&self, quarter: CycleId) -> Option<&Bag> {
        self.bags.iter().find(|bag| bag.name.quarter == quarter && bag.state == BagState::Counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarters_own_files_are_told_by_their_paths() {
        let quarter = CycleId::quarter(2026, 3);
        for own in ["2026-Q3/index.html", "2026-Q3/a/b.html", "data/2026-Q3.json"] {
            assert!(is_own(quarter, own), "{own}");
        }
        let others = [
            "2026-Q30/index.html",
            "data/2026-Q3",
            "data/2026-Q3/x",
            "index.html",
            "2026-Q3.json",
            "data/book.json",
            "data/2026-Q3.r2/x.json",
            "data/2026-Q3.x.csv",
        ];
        for other in others {
            assert!(!is_own(quarter, other), "{other}");
        }
    }

    #[test]
    fn files_of_a_book_are_told_by_their_folders() {
        let quarter = Some(CycleId::quarter(2026, 3));
        assert_eq!(quarter_of_file("quarters/2026-Q3/shop.yaml"), quarter);
        assert_eq!(quarter_of_file("quarters/2026-q3/checkins/2026-08-03.shop.yaml"), quarter);
        for other in ["quarters/2026-Q3", "quarters/2026-Q3.yaml/x", "2026-Q3/shop.yaml", "metrics/2026-Q3/x"] {
            assert_eq!(quarter_of_file(other), None, "{other}");
        }
    }

    #[test]
    fn a_bag_has_one_name_only() {
        for good in ["2026-Q3", "2026-Q3.r2", "2026-Q3.r10"] {
            assert_eq!(BagName::parse(good).expect("a name").to_string(), good);
        }
        for bad in ["2026-q3", "2026-Q3.r1", "2026-Q3.r02", "2026-Q3.r", "2026-Q3.r+2", "LOG", "2026-Q3 ", ".2026-Q3"] {
            assert_eq!(BagName::parse(bad), None, "{bad}");
        }
    }
}
