//! What a build takes from sealed quarters: what teams wrote, what it came to, and the pages, all as they were frozen.
//!
//! In: the folder `archive`, which anybody may have written. Out: for each quarter the newest seal that can be trusted,
//! and findings about those that can't. Every byte that is taken is held against the bag's manifest, the manifest against
//! the LOG; what nobody asks for here (exports, templates) is left to `verify`. Where the newest seal of a quarter can't be
//! trusted, none of it is taken: the quarter is then built from the book's own files, and says so.

use std::collections::BTreeMap;
use std::path::Path;

use super::about::{About, Reading};
use super::log::Log;
use super::scores::{self, Scores, Told};
use super::verify::{self, Opened};
use crate::diag::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::hash::Digest;
use crate::model::archive::{Archive, Bag, BagName, BagState, is_own, quarter_of_file};
use crate::model::calendar::Day;
use crate::model::former::FormerMetrics;
use crate::model::ids::QuarterId;
use crate::model::plan::Plan;
use crate::model::scorecard::{QuarterState, Scorecard};
use crate::par;
use crate::read::TEXT_LIMIT;
use crate::read::folder::Entry;
use crate::render::FrozenFiles;
use crate::source::{SourceFile, Sources};

/// The largest file of a bag that is taken.
pub(super) const FILE_LIMIT: u64 = 64 << 20;

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

/// What is frozen of a quarter.
#[derive(Debug, Clone)]
pub struct Frozen {
    /// The quarter.
    pub quarter: QuarterId,
    /// Its scores, as they stand in the bag.
    pub text: String,
    scores: Scores,
    /// What the teams wrote; nothing where the book's own files are the frozen ones.
    texts: Option<Vec<SourceFile>>,
}

impl Frozen {
    /// Returns a quarter of which the scores alone are frozen.
    #[must_use]
    pub fn of_scores(text: &str) -> Option<Self> {
        let scores = scores::read(text.as_bytes())?;
        Some(Self { quarter: scores.quarter()?.id, text: text.to_owned(), scores, texts: None })
    }
}

impl Seals {
    /// Returns the seals that count as of a day in the folder `archive`, but not those of the quarter `except`.
    ///
    /// # Errors
    ///
    /// Where the disk says no.
    pub fn open(archive: &Path, as_of: Day, except: Option<QuarterId>) -> Result<Self> {
        let mut seals = Self::default();
        let (names, _) = super::names(archive)?;
        if names.is_empty() {
            return Ok(seals);
        }
        let log = super::read_log(archive)?;
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
        if read.as_ref().is_ok_and(|read| read.as_of > as_of) {
            return Ok(());
        }
        let taken = match read {
            Ok(read) if is_newest => take(&read, name)?,
            Ok(read) => Ok((read.bag(name, BagState::Superseded), None)),
            Err(unsound) => Err(unsound),
        };
        match taken {
            Ok((bag, taken)) => {
                self.archive.bags.push(bag);
                if let Some((frozen, files)) = taken {
                    self.frozen.push(frozen);
                    for (path, file) in files {
                        self.files.entry(path).or_insert(file);
                    }
                }
            }
            Err(Unsound { why, bag }) => {
                let message = format!("the sealed {name} can't be trusted: {why}");
                let help = "the pages are made from the book's own files until the archive is restored; \
                            `okrbook verify` names every file that was changed";
                let place = Place::file(&format!("archive/{name}"));
                if is_newest {
                    self.diagnostics.push(Diagnostic::error("broken-seal", place, message).help(help));
                }
                self.archive.bags.push(Bag { state: BagState::Unsound(why), ..*bag });
            }
        }
        Ok(())
    }

    /// Says whether a quarter is sealed.
    #[must_use]
    pub fn holds(&self, quarter: QuarterId) -> bool {
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
            if let Some(mut scored) = frozen.scores.scored(plan) {
                let objectives =
                    scored.teams.iter_mut().flat_map(|team| team.objectives.iter_mut().chain(&mut team.dropped));
                let key_results = objectives.flat_map(|known| known.key_results.iter_mut().chain(&mut known.dropped));
                let guardrails = key_results.flat_map(|known| &mut known.guardrails);
                guardrails.for_each(|guardrail| former.update(&mut guardrail.metric));
                plan.quarter = scored.quarter;
                scorecard.quarters[place] = scored;
            } else {
                scorecard.quarters[place].state = QuarterState::Sealed;
            }
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
        if Digest::of(&bytes) == *sealed {
            return Ok(bytes);
        }
        Err(Error::Integrity { message: format!("the sealed page {path} was altered while it was published") })
    }
}

/// A bag that can't be trusted.
struct Unsound {
    why: String,
    bag: Box<Bag>,
}

/// A bag whose tag files hold.
struct Sound {
    opened: Opened,
    about: About,
    as_of: Day,
}

impl Sound {
    fn bag(&self, name: BagName, state: BagState) -> Bag {
        let digest = self.opened.tags.digest;
        Bag { name, state, about: self.about.shown(), digest, pages: Vec::new() }
    }

    fn unsound(&self, name: BagName, why: impl Into<String>) -> Unsound {
        let why = why.into();
        Unsound { bag: Box::new(self.bag(name, BagState::Unsound(why.clone()))), why }
    }
}

fn read(archive: &Path, name: BagName, log: &Log) -> Result<std::result::Result<Sound, Unsound>> {
    let nothing = |why: String| {
        let bag = Bag { name, state: BagState::Unsound(why.clone()), about: None, digest: None, pages: Vec::new() };
        Err(Unsound { why, bag: Box::new(bag) })
    };
    let Some(logged) = log.digest(name) else {
        return Ok(nothing(format!("it is missing from LOG (`okrbook seal {}` enters it)", name.quarter)));
    };
    if !log.vouches_for(name) {
        return Ok(nothing("the chain of LOG is broken behind its line".to_owned()));
    }
    let opened = match verify::open(&archive.join(name.to_string()), Some(logged))? {
        Ok(opened) => opened,
        Err(checked) => return Ok(nothing(first_line(&checked.faults))),
    };
    if !opened.faults.is_empty() {
        return Ok(nothing(first_line(&opened.faults)));
    }
    Ok(match &opened.tags.about {
        Reading::Newer(schema) => nothing(format!("a newer okrbook made it (format {schema})")),
        Reading::Known(about) if about.name() == Some(name) => match about.days() {
            Some((_, as_of)) => Ok(Sound { about: (**about).clone(), as_of, opened }),
            None => nothing("archive.json can't be read".to_owned()),
        },
        _ => nothing("archive.json is missing or another bag's".to_owned()),
    })
}

fn first_line(faults: &[verify::Fault]) -> String {
    let text = faults.first().map(ToString::to_string).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}

type Files = Vec<(String, (Entry, Digest))>;
type Taken = std::result::Result<(Bag, Option<(Frozen, Files)>), Unsound>;

/// Takes a quarter from its bag, where all that is taken holds.
fn take(sound: &Sound, name: BagName) -> Result<Taken> {
    let quarter = name.quarter;
    let is_wanted = |path: &str| match path.strip_prefix("data/inputs/") {
        Some(path) => quarter_of_file(path) == Some(quarter),
        None => true,
    };
    let wanted: Vec<(&str, Digest)> = ["data/scores.json", "data/inputs/quarters/", "data/site/"]
        .into_iter()
        .flat_map(|prefix| sound.opened.manifests.below(prefix))
        .filter(|(path, _)| is_wanted(path))
        .collect();
    let read = par::map_ordered(&wanted, |&(path, sealed)| {
        // What pages of the quarter link to is looked at where it is needed.
        if path.strip_prefix("data/site/").is_some_and(|path| !is_own(quarter, path)) {
            let is_there = sound.opened.files.contains_key(path);
            return Ok(if is_there { Ok(None) } else { Err(format!("incomplete: {path} is missing")) });
        }
        let Some(entry) = sound.opened.files.get(path) else {
            return Ok(Err(format!("incomplete: {path} is missing")));
        };
        let is_kept = !path.starts_with("data/site/");
        let limit = if path.ends_with(".json") || !is_kept { FILE_LIMIT } else { TEXT_LIMIT };
        if entry.size > limit {
            return Ok(Err(format!("{path} is larger than anything that is sealed")));
        }
        let bytes = entry.bytes(limit)?;
        let holds = Digest::of(&bytes) == sealed;
        Ok(if holds { Ok(is_kept.then_some(bytes)) } else { Err(format!("altered: {path}")) })
    });
    let (mut texts, mut files, mut scores_text) = (Vec::new(), Vec::new(), String::new());
    for ((path, sealed), read) in wanted.iter().zip(read) {
        let bytes = match read? {
            Ok(bytes) => bytes,
            Err(why) => return Ok(Err(sound.unsound(name, why))),
        };
        if let Some(page) = path.strip_prefix("data/site/") {
            files.push((page.to_owned(), (sound.opened.files[*path].clone(), *sealed)));
            continue;
        }
        let Ok(text) = String::from_utf8(bytes.unwrap_or_default()) else {
            return Ok(Err(sound.unsound(name, format!("{path} is not UTF-8"))));
        };
        match path.strip_prefix("data/inputs/") {
            Some(path) => texts.push(SourceFile { path: path.into(), text: text.into() }),
            None => scores_text = text,
        }
    }
    let Some(frozen) = Frozen::of_scores(&scores_text).filter(|frozen| frozen.quarter == quarter) else {
        return Ok(Err(sound.unsound(name, "data/scores.json can't be read")));
    };
    let mut bag = sound.bag(name, BagState::Counts);
    bag.pages = files.iter().map(|(path, _)| path.clone()).filter(|path| is_own(quarter, path)).collect();
    Ok(Ok((bag, Some((Frozen { texts: Some(texts), ..frozen }, files)))))
}

/// Tells where the book's files of a sealed quarter are not the sealed ones any more.
fn changed(quarter: QuarterId, texts: &[SourceFile], sources: &Sources) -> Option<Diagnostic> {
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
