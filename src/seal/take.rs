//! One bag of the archive, as a build takes it: what teams wrote, the scores and the pages, where all of it holds.
//!
//! In: a bag's folder, which anybody may have written, and the LOG. Out: what is taken from it, or why nothing is.

use std::path::Path;

use super::about::{About, Reading};
use super::frozen::Frozen;
use super::log::Log;
use super::verify::{self, FILE_LIMIT, Opened};
use crate::error::Result;
use crate::hash::Digest;
use crate::model::archive::{Bag, BagName, BagState, is_own, quarter_of_file};
use crate::par;
use crate::read::TEXT_LIMIT;
use crate::read::folder::Entry;
use crate::source::SourceFile;

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
    if !super::stands(archive, name) {
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

fn first_line(faults: &[verify::Fault]) -> String {
    let text = faults.first().map(ToString::to_string).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}

pub(super) type Files = Vec<(String, (Entry, Digest))>;
pub(super) type Taken = std::result::Result<(Bag, Option<(Frozen, Files)>), Unsound>;

/// Takes a quarter from its bag, where all that is taken holds.
pub(super) fn take(sound: &Sound, name: BagName) -> Result<Taken> {
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
        let Some(entry) = sound.opened.files.get(path) else {
            return Ok(Err(format!("incomplete: {path} is missing")));
        };
        let page = path.strip_prefix("data/site/");
        let limit = if path.ends_with(".json") || page.is_some() { FILE_LIMIT } else { TEXT_LIMIT };
        if entry.size > limit {
            return Ok(Err(format!("{path} is larger than anything that is sealed")));
        }
        let bytes = entry.bytes(limit)?;
        // The bytes of what pages of the quarter link to are held against the manifest where they are needed.
        let is_own = page.is_none_or(|page| is_own(quarter, page));
        if is_own && Digest::of(&bytes) != sealed {
            return Ok(Err(format!("altered: {path}")));
        }
        Ok(match page.and_then(|page| verify::active(entry, page, &bytes)) {
            Some(fault) if is_own || Digest::of(&bytes) == sealed => Err(fault.to_string()),
            _ => Ok(page.is_none().then_some(bytes)),
        })
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
    Ok(Ok((bag, Some((frozen.with_texts(texts), files)))))
}
