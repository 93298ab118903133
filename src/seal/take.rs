//! One bag of the archive, as a build takes it: what teams wrote, the scores and the pages, where all of it holds.
//!
//! In: a bag's folder, which anybody may have written, and the LOG. Out: what is taken from it, or why nothing is.

use std::path::Path;

use super::about::{About, Reading};
use super::archive::stands;
use super::fault::Fault;
use super::frozen::Frozen;
use super::log::Log;
use super::payload::{self, SITE};
use super::place::{self, Place};
use super::verify::{self, FILE_LIMIT, Opened};
use crate::error::Result;
use crate::hash::Digest;
use crate::model::archive::{Bag, BagName, BagState, is_own, quarter_of_file};
use crate::model::ids::CycleId;
use crate::read::TEXT_LIMIT;
use crate::read::folder::Entry;
use crate::source::SourceFile;

/// Where the book's texts stand that are a quarter's own, among others.
const TEXTS: [&str; 2] = ["data/inputs/quarters/", "data/inputs/cycles/"];

/// A bag that can't be trusted.
pub(super) struct Unsound {
    pub(super) why: String,
    pub(super) bag: Box<Bag>,
}

/// A bag whose tag files hold.
pub(super) struct Sound {
    opened: Opened,
    pub(super) about: About,
}

impl Sound {
    pub(super) fn bag(&self, name: BagName, state: BagState) -> Bag {
        let digest = self.opened.tags.digest;
        Bag { name, state, about: Some(self.about.shown()), digest, pages: Vec::new() }
    }

    fn unsound(&self, name: BagName, why: impl Into<String>) -> Unsound {
        let why = why.into();
        Unsound { bag: Box::new(self.bag(name, BagState::Unsound(why.clone()))), why }
    }
}

/// Opens a bag and holds its tag files against the LOG.
pub(super) fn read(archive: &Path, name: BagName, log: &Log) -> Result<std::result::Result<Sound, Unsound>> {
    let nothing = |why: String| {
        let bag = Bag { name, state: BagState::Unsound(why.clone()), about: None, digest: None, pages: Vec::new() };
        Err(Unsound { why, bag: Box::new(bag) })
    };
    if !stands(archive, name) {
        return Ok(nothing("it stands in LOG, and the archive has no such folder any more".to_owned()));
    }
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
        Reading::Known(about) if about.name() == name => Ok(Sound { about: (**about).clone(), opened }),
        _ => nothing("archive.json is missing or another bag's".to_owned()),
    })
}

/// Returns the first fault in one line, with the file that it is about.
fn first_line(faults: &[Fault]) -> String {
    match faults.first() {
        Some(Fault::Incomplete { missing, .. }) => {
            let first = missing.first().map(String::as_str).unwrap_or_default();
            match missing.len().saturating_sub(1) {
                0 => format!("incomplete: {first} is missing"),
                more => format!("incomplete: {first} and {more} more are missing"),
            }
        }
        fault => fault.map(ToString::to_string).unwrap_or_default().lines().next().unwrap_or_default().to_owned(),
    }
}

/// Files of a bag's site by their paths in it, each with the digest that it was sealed with.
type Files = Vec<(String, (Entry, Digest))>;

/// What is taken from a bag.
pub(super) struct Taken {
    pub(super) bag: Bag,
    /// Its quarter; nothing where a later seal counts.
    pub(super) frozen: Option<Frozen>,
    /// The files that are published.
    pub(super) files: Files,
}

/// Looks at every file of a bag whose tag files hold.
pub(super) fn check(sound: Sound, name: BagName) -> Result<std::result::Result<Sound, Unsound>> {
    let faults = payload::faults(&sound.opened, name.quarter)?;
    if faults.is_empty() { Ok(Ok(sound)) } else { Ok(Err(sound.unsound(name, first_line(&faults)))) }
}

/// Takes a quarter from a bag that holds; what is read once more is held against the manifest once more.
pub(super) fn take(sound: &Sound, name: BagName) -> Result<std::result::Result<Taken, Unsound>> {
    let (mut texts, mut scores_text) = (Vec::new(), String::new());
    for (path, sealed) in
        ["data/scores.json"].into_iter().chain(TEXTS).flat_map(|prefix| sound.opened.manifests.below(prefix))
    {
        let text = path.strip_prefix("data/inputs/");
        if text.is_some_and(|text| quarter_of_file(text) != Some(name.quarter)) {
            continue;
        }
        let bytes = match bytes(sound, path, sealed)? {
            Ok(bytes) => bytes,
            Err(why) => return Ok(Err(sound.unsound(name, why))),
        };
        let Ok(read) = String::from_utf8(bytes) else {
            return Ok(Err(sound.unsound(name, format!("{path} is not UTF-8"))));
        };
        match text {
            Some(path) => texts.push(SourceFile { path: path.into(), text: read.into() }),
            None => scores_text = read,
        }
    }
    let Some(frozen) = Frozen::of_scores(&scores_text).filter(|frozen| frozen.quarter == name.quarter) else {
        return Ok(Err(sound.unsound(name, "data/scores.json can't be read")));
    };
    let files = files(sound, name.quarter);
    let mut bag = sound.bag(name, BagState::Counts);
    bag.pages = files.iter().map(|(path, _)| path.clone()).filter(|path| is_own(name.quarter, path)).collect();
    Ok(Ok(Taken { bag, frozen: Some(frozen.with_texts(texts)), files }))
}

/// Returns the bytes of a file of a bag, or why they are none to be used.
fn bytes(sound: &Sound, path: &str, sealed: Digest) -> Result<std::result::Result<Vec<u8>, String>> {
    let Some(entry) = sound.opened.files.get(path) else { return Ok(Err(format!("incomplete: {path} is missing"))) };
    let limit = if TEXTS.iter().any(|texts| path.starts_with(texts)) { TEXT_LIMIT } else { FILE_LIMIT };
    if entry.size > limit {
        return Ok(Err(format!("{path} is larger than anything that is sealed")));
    }
    let bytes = entry.bytes(limit)?;
    Ok(if Digest::of(&bytes) == sealed { Ok(bytes) } else { Err(format!("altered: {path}")) })
}

/// Returns the files of a bag's site that are published, each with its digest.
fn files(sound: &Sound, quarter: CycleId) -> Files {
    let opened = &sound.opened;
    let below = opened.manifests.below(SITE);
    let is_published = |path: &str| place::of(quarter, path).is_some_and(Place::is_published);
    below
        .filter_map(|(path, sealed)| {
            let entry = opened.files.get(path)?.clone();
            let path = path.strip_prefix(SITE).filter(|path| is_published(path))?;
            Some((path.to_owned(), (entry, sealed)))
        })
        .collect()
}
