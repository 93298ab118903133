//! What a build takes from sealed quarters: what teams wrote, what it came to, and the pages, all as they were frozen.
//!
//! In: the folder `archive`, which anybody may have written. Out: for each quarter the newest seal that can be trusted,
//! and findings about those that can't. Every file of a bag is held against its manifest, the manifest against the LOG, as
//! `verify` does it. Where the newest seal of a quarter can't be trusted, none of it is taken: the quarter is then built
//! from the book's own files, and says so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::archive::{lies_elsewhere, names, read_log};
use super::frozen::Frozen;
use super::log::Log;
use super::scores::Told;
use super::take::{Taken, Unsound, check, read, take};
use super::verify::FILE_LIMIT;
use crate::diag::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::hash::Digest;
use crate::model::archive::{Archive, Bag, BagName, BagState, is_own, quarter_of_file};
use crate::model::calendar::Day;
use crate::model::former::FormerMetrics;
use crate::model::ids::CycleId;
use crate::model::plan::Plan;
use crate::model::scorecard::Scorecard;
use crate::publishable;
use crate::read::folder::Entry;
use crate::render::FrozenFiles;
use crate::source::{SourceFile, Sources};

/// What a build takes from a book's archive.
#[derive(Debug, Default)]
pub struct Seals {
    /// All bags, for the archive's page.
    pub archive: Archive,
    /// What is frozen of each sealed quarter, earliest first.
    pub frozen: Vec<Frozen>,
    /// What is wrong with the archive.
    pub diagnostics: Vec<Diagnostic>,
    files: BTreeMap<String, (Entry, Digest)>,
}

impl Seals {
    /// Returns the seals that count as of a day in the folder `archive`, but not those of the quarter `except`.
    ///
    /// # Errors
    ///
    /// Where the disk says no.
    pub fn open(archive: &Path, as_of: Day, except: Option<CycleId>) -> Result<Self> {
        let mut seals = Self::default();
        if let Some(why) = lies_elsewhere(archive)? {
            let help = "put the folder itself there; nothing of it is read";
            seals.diagnostics.push(Diagnostic::error("broken-seal", Place::file("archive"), why).help(help));
            return Ok(seals);
        }
        let (names, _) = names(archive)?;
        let log = read_log(archive)?;
        // What stands in the LOG was sealed, whether its bag is still there or not.
        let names: BTreeSet<BagName> = names.into_iter().chain(log.entries.iter().map(|(name, _)| *name)).collect();
        if !log.faults.is_empty() {
            let message = format!("the archive's chain is broken: {}", log.faults.join("; "));
            let help = "`okrbook verify` says which seals it still vouches for";
            seals.diagnostics.push(Diagnostic::error("broken-seal", Place::file("archive/LOG"), message).help(help));
        }
        let newest_first = names.into_iter().rev().filter(|name| Some(name.quarter) != except);
        for name in newest_first {
            seals.add(archive, name, &log, as_of)?;
        }
        seals.archive.bags.sort_by_key(|bag| bag.name);
        seals.frozen.sort_by_key(|frozen| frozen.quarter);
        let is_linked = |path: &&String| !seals.frozen.iter().any(|frozen| is_own(frozen.quarter, path));
        seals.archive.linked = seals.files.keys().filter(is_linked).cloned().collect();
        Ok(seals)
    }

    /// Returns seals of which only the scores are known, for a book whose files are the frozen ones.
    #[must_use]
    pub fn given(frozen: Vec<Frozen>) -> Self {
        Self { frozen, ..Self::default() }
    }

    fn add(&mut self, archive: &Path, name: BagName, log: &Log, as_of: Day) -> Result<()> {
        let is_newest = !self.archive.bags.iter().any(|bag| bag.name.quarter == name.quarter);
        let read = read(archive, name, log)?;
        if read.as_ref().is_ok_and(|read| read.about.as_of > as_of) {
            return Ok(());
        }
        let checked = match read {
            Ok(read) => check(read, name)?,
            Err(unsound) => Err(unsound),
        };
        let taken = match checked {
            Ok(read) if is_newest => take(&read, name)?,
            Ok(read) => Ok(Taken { bag: read.bag(name, BagState::Superseded), frozen: None, files: Vec::new() }),
            Err(unsound) => Err(unsound),
        };
        match taken {
            Ok(Taken { bag, frozen, files }) => {
                self.archive.bags.push(bag);
                self.frozen.extend(frozen);
                for (path, file) in files {
                    self.files.entry(path).or_insert(file);
                }
            }
            Err(Unsound { why, bag }) => {
                let message = format!("the sealed {name} can't be trusted: {why}");
                let meanwhile = match is_newest {
                    true => "the pages are made from the book's own files until the archive is restored",
                    false => "a later seal of the quarter is the one that would count; restore the archive",
                };
                let help = format!("{meanwhile}; `okrbook verify` names every file that was changed");
                let place = Place::file(&format!("archive/{name}"));
                self.diagnostics.push(Diagnostic::error("broken-seal", place, message).help(help));
                self.archive.bags.push(Bag { state: BagState::Unsound(why), ..*bag });
            }
        }
        Ok(())
    }

    /// Says whether a quarter is sealed.
    #[must_use]
    pub fn holds(&self, quarter: CycleId) -> bool {
        self.frozen.iter().any(|frozen| frozen.quarter == quarter)
    }

    /// Says whether a file of the book belongs to a sealed quarter.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        quarter_of_file(path).is_some_and(|quarter| self.holds(quarter))
    }

    /// Puts what teams wrote for sealed quarters in the place of what the book says today, and tells where they differ.
    pub fn lay_over(&mut self, sources: &Sources) -> Option<Sources> {
        if self.frozen.iter().all(|frozen| frozen.texts.is_none()) {
            return None;
        }
        let mut files: Vec<SourceFile> =
            sources.iter().map(|(_, file)| file).filter(|file| !self.covers(&file.path)).cloned().collect();
        for frozen in &self.frozen {
            let Some(texts) = &frozen.texts else { continue };
            self.diagnostics.extend(changed(frozen.quarter, texts, sources));
            files.extend(texts.iter().cloned());
        }
        Some(Sources::new(files))
    }

    /// Puts frozen scores and days in the place of what was computed today.
    pub fn settle(&self, plan: &mut Plan, scorecard: &mut Scorecard) {
        let former = FormerMetrics::of(&plan.metrics);
        for frozen in &self.frozen {
            let id = frozen.quarter;
            let Some(plan) = plan.quarters.iter_mut().find(|known| known.quarter.id == id) else { continue };
            let Some(place) = scorecard.quarters.iter().position(|known| known.quarter.id == id) else { continue };
            let mut scored = frozen.scores.scored();
            let objectives =
                scored.teams.iter_mut().flat_map(|team| team.objectives.iter_mut().chain(&mut team.dropped));
            let key_results = objectives.flat_map(|known| known.key_results.iter_mut().chain(&mut known.dropped));
            let guardrails = key_results.flat_map(|known| &mut known.guardrails);
            guardrails.for_each(|guardrail| former.update(&mut guardrail.metric));
            plan.quarter = scored.quarter;
            scorecard.quarters[place] = scored;
        }
    }

    /// Returns what was said about sealed quarters when they were sealed.
    #[must_use]
    pub fn told(&self, sources: &Sources) -> Told {
        let mut told = Told::default();
        for frozen in &self.frozen {
            let Told { findings, allowed } = frozen.scores.told(sources);
            told.findings.extend(findings);
            told.allowed.extend(allowed);
        }
        told
    }
}

impl FrozenFiles for Seals {
    fn holds(&self, path: &str) -> bool {
        self.bytes(path).is_ok()
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let (entry, sealed) = self
            .files
            .get(path)
            .ok_or_else(|| Error::Integrity { message: format!("no seal holds the page {path}") })?;
        let bytes = entry.bytes(FILE_LIMIT)?;
        if Digest::of(&bytes) == *sealed && publishable::sealed(path, &bytes).is_ok() {
            return Ok(bytes);
        }
        Err(Error::Integrity { message: format!("the sealed page {path} was altered while it was published") })
    }
}

/// Tells where the book's files of a sealed quarter are not the sealed ones any more.
fn changed(quarter: CycleId, texts: &[SourceFile], sources: &Sources) -> Option<Diagnostic> {
    let today: BTreeMap<&str, &str> = sources
        .iter()
        .filter(|(_, file)| quarter_of_file(&file.path) == Some(quarter))
        .map(|(_, file)| (&*file.path, &*file.text))
        .collect();
    if today.is_empty() {
        return None;
    }
    let sealed: BTreeMap<&str, &str> = texts.iter().map(|file| (&*file.path, &*file.text)).collect();
    let is_other = |path: &&&str| today.get(**path) != sealed.get(**path);
    let mut paths: Vec<&str> = today.keys().chain(sealed.keys()).filter(is_other).copied().collect();
    paths.sort_unstable();
    paths.dedup();
    let first = paths.first()?;
    let more = match paths.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("{first}{more} changed after {quarter} was sealed; the seal counts");
    let help = format!(
        "undo the change, or seal the quarter again beside the first seal: \
         `okrbook seal {quarter} --supersede \"why\"`"
    );
    Some(Diagnostic::warning("changed-after-seal", Place::file(first), message).help(help))
}
