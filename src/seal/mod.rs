//! Sealed quarters: a quarter that is over, frozen with its inputs, its pages and their hashes.
//!
//! In: a quarter's inputs, scores and pages as values; or the folder `archive`, which anybody may have written. Out: a
//! bag in that folder; what is wrong with the bags that are there; and what is published from them. Each bag is a plain
//! BagIt 1.0 folder (RFC 8493), so that `sha256sum -c` alone checks it. Renders nothing and scores nothing itself.

pub mod about;
mod frozen;
mod info;
pub mod inputs;
pub mod log;
mod make;
pub mod manifest;
mod manifests;
mod outside;
mod payload;
mod place;
pub mod scores;
pub mod site;
mod take;
#[cfg(test)]
mod tests;
mod verify;

pub use frozen::{Frozen, Seals};
pub use make::{Contents, Keep, adopt, make};
pub use outside::Outside;
pub use payload::bag;
pub use verify::{Checked, Fault, LOG_LIMIT, Pages, TAG_MANIFEST};

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{Error, Result};
use crate::hash::Digest;
use crate::model::archive::{BagName, is_own};
use crate::model::calendar::Day;
use crate::model::ids::QuarterId;
use crate::read::folder::{self, Entry};
use crate::render::OutputFile;
use log::Log;

/// The folder of sealed quarters in a book.
pub const ARCHIVE: &str = "archive";

/// What checking an archive found out.
#[derive(Debug)]
pub struct Verified {
    /// Each bag, by name.
    pub bags: Vec<(BagName, Checked)>,
    /// What is wrong with the LOG and with what stands beside the bags.
    pub faults: Vec<String>,
    /// Seals that the commit doesn't know against which the LOG was held, in words.
    pub unvouched: Vec<String>,
}

/// Says where the folder `archive` is something else than a folder of the book itself, in words.
///
/// # Errors
///
/// Where that can't be told.
pub fn lies_elsewhere(archive: &Path) -> Result<Option<String>> {
    let what = folder::not_plain(archive)?;
    Ok(what.map(|what| format!("archive is {what}, so nobody vouches for what it holds")))
}

/// Says whether anything stands in the archive under a bag's name.
fn stands(archive: &Path, name: BagName) -> bool {
    folder::stands(&archive.join(name.to_string()))
}

/// Returns the bags in the folder `archive`, sorted; and names that are none.
///
/// # Errors
///
/// Where the folder can't be read.
pub fn names(archive: &Path) -> Result<(Vec<BagName>, Vec<String>)> {
    let (mut bags, mut others) = (Vec::new(), Vec::new());
    for name in folder::names(archive)? {
        match BagName::parse(&name) {
            Some(bag) => bags.push(bag),
            None if name == "LOG" => {}
            None => others.push(name),
        }
    }
    bags.sort();
    Ok((bags, others))
}

/// Reads the archive's LOG; an empty one where there is none. One that is no text vouches for nothing.
///
/// # Errors
///
/// Where the disk says no.
pub fn read_log(archive: &Path) -> Result<Log> {
    match folder::text(&archive.join("LOG"), LOG_LIMIT) {
        Ok(text) => Ok(log::read(&text.unwrap_or_default())),
        Err(Error::Integrity { message }) => Ok(Log::unreadable(message)),
        Err(error) => Err(error),
    }
}

/// Checks all bags of the folder `archive` for which `wanted` holds, and the LOG.
///
/// # Errors
///
/// Where the disk says no.
pub fn verify(archive: &Path, wanted: impl Fn(BagName) -> bool, outside: &Outside) -> Result<Verified> {
    if let Some(why) = lies_elsewhere(archive)? {
        let faults = vec![format!("unsafe path: {why}; nothing was opened")];
        return Ok(Verified { bags: Vec::new(), faults, unvouched: Vec::new() });
    }
    let (names, others) = names(archive)?;
    let log = read_log(archive)?;
    let mut faults: Vec<String> = log.faults.iter().map(|fault| format!("LOG chain broken: {fault}")).collect();
    let gone = log.entries.iter().filter(|(name, _)| !names.contains(name) && wanted(*name));
    faults.extend(gone.map(|(name, _)| format!("incomplete: archive/{name} is in LOG and not in the archive")));
    faults.extend(others.iter().map(|name| format!("added: archive/{name} is no sealed quarter")));
    let mut bags = Vec::new();
    for name in names.into_iter().filter(|name| wanted(*name)) {
        let logged = log.digest(name);
        let mut checked = bag(archive, name, logged)?;
        if let about::Reading::Known(about) = &checked.about
            && about.name() != name
        {
            checked.faults.push(Fault::Broken(format!("archive.json is not that of {name}")));
        }
        if logged.is_none() {
            let help = format!("`okrbook seal {}` enters it", name.quarter);
            checked.faults.push(Fault::Broken(format!("the bag is missing from LOG; {help}")));
        }
        bags.push((name, checked));
    }
    let digests: Vec<(BagName, Option<Digest>)> = bags.iter().map(|(name, checked)| (*name, checked.digest)).collect();
    let compared = outside::compare(outside, &digests, &log.text);
    faults.extend(compared.faults);
    Ok(Verified { bags, faults, unvouched: compared.unvouched })
}

/// What a bag's inputs give.
#[derive(Debug)]
pub struct Again {
    /// The scores.
    pub scores: String,
    /// The quarter's own pages.
    pub pages: Vec<OutputFile>,
    /// The templates that made them: name and text.
    pub templates: BTreeMap<String, String>,
}

/// What a bag's inputs give, or which of them can't be read and why.
pub type Rebuilt = std::result::Result<Again, String>;

/// Computes scores and pages from a bag's inputs: their folder, the scores of other sealed quarters, the day, the quarter.
pub type Rebuild = fn(&Path, Vec<Frozen>, Day, QuarterId) -> Result<Rebuilt>;

/// Makes a bag's scores and pages again from its inputs and tells where they differ from the frozen ones; pages, where
/// this program made them. The bag must verify.
///
/// # Errors
///
/// Where the disk says no.
pub fn rebuild(archive: &Path, name: BagName, checked: &Checked, compute: Rebuild) -> Result<(Vec<Fault>, Pages)> {
    let broken = |what: &str| Ok((vec![Fault::Broken(what.to_owned())], Pages::NotMade));
    let about = match &checked.about {
        about::Reading::Known(about) => about,
        about::Reading::Newer(_) => return broken("its scores were not computed again: a newer okrbook made it"),
        about::Reading::Unreadable => return broken("archive.json can't be read"),
    };
    let payload = archive.join(name.to_string()).join("data");
    let mut others = Vec::new();
    for other in folder::names(&payload.join("sealed"))? {
        let text = folder::text(&payload.join("sealed").join(&other), verify::FILE_LIMIT)?.unwrap_or_default();
        others.extend(Frozen::of_scores(&text));
    }
    let sealed = folder::text(&payload.join("scores.json"), verify::FILE_LIMIT)?.unwrap_or_default();
    let again = match compute(&payload.join("inputs"), others, about.as_of, name.quarter)? {
        Ok(again) => again,
        Err(why) => return broken(&format!("its scores can't be computed again from data/inputs/: {why}")),
    };
    let (Some(sealed), Some(rebuilt)) = (scores::read(sealed.as_bytes()), scores::read(again.scores.as_bytes())) else {
        return broken("data/scores.json can't be read, so that nothing was compared");
    };
    let mut faults: Vec<Fault> = sealed.differences(&rebuilt).into_iter().map(Fault::Rebuilt).collect();
    let files = folder::list(&payload)?.files;
    let is_same = about.okrbook == env!("CARGO_PKG_VERSION") && has_templates(&files, &again.templates)?;
    if !is_same {
        return Ok((faults, Pages::OfAnother));
    }
    faults.extend(other_pages(&files, name.quarter, &again.pages)?);
    Ok((faults, Pages::Compared))
}

/// Says whether the templates in a bag are those that made the pages again.
fn has_templates(files: &[Entry], templates: &BTreeMap<String, String>) -> Result<bool> {
    let mut count = 0;
    for entry in files {
        let Some(name) = entry.path.strip_prefix("templates/") else { continue };
        count += 1;
        let bytes = entry.bytes(verify::FILE_LIMIT)?;
        if templates.get(name).is_none_or(|text| text.as_bytes() != bytes) {
            return Ok(false);
        }
    }
    Ok(count == templates.len())
}

/// Returns the quarter's own pages that are others in the bag than those that its inputs give.
fn other_pages(files: &[Entry], quarter: QuarterId, pages: &[OutputFile]) -> Result<Vec<Fault>> {
    let mut made: BTreeMap<&str, &[u8]> = pages.iter().map(|page| (page.path.as_str(), &*page.content)).collect();
    let mut others = Vec::new();
    for entry in files {
        let Some(path) = entry.path.strip_prefix("site/").filter(|path| is_own(quarter, path)) else { continue };
        let bytes = entry.bytes(verify::FILE_LIMIT)?;
        if made.remove(path).is_none_or(|made| made != bytes) {
            others.push(path.to_owned());
        }
    }
    others.extend(made.into_keys().map(str::to_owned));
    others.sort();
    Ok(others.into_iter().map(|path| Fault::Page(format!("data/site/{path}"))).collect())
}
