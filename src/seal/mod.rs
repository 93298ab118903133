//! Sealed quarters: a quarter that is over, frozen with its inputs, its pages and their hashes.
//!
//! In: a quarter's inputs, scores and pages as values; or the folder `archive`, which anybody may have written. Out: a
//! bag in that folder; what is wrong with the bags that are there; and what is published from them. Each bag is a plain
//! BagIt 1.0 folder (RFC 8493), so that `sha256sum -c` alone checks it. Renders nothing and scores nothing itself.

pub mod about;
mod frozen;
pub mod inputs;
pub mod log;
mod make;
pub mod manifest;
mod manifests;
pub mod scores;
pub mod site;
mod verify;

pub use frozen::{Frozen, Seals};
pub use make::{Contents, Keep, adopt, make};
pub use verify::{Checked, Fault, TAG_MANIFEST, bag};

use std::path::Path;

use crate::error::{Error, Result};
use crate::model::archive::BagName;
use crate::model::calendar::Day;
use crate::model::ids::QuarterId;
use crate::read::folder;
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
    match folder::text(&archive.join("LOG"), verify::LOG_LIMIT) {
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
pub fn verify(archive: &Path, wanted: impl Fn(BagName) -> bool) -> Result<Verified> {
    let (names, others) = names(archive)?;
    let log = read_log(archive)?;
    let mut faults: Vec<String> = log.faults.iter().map(|fault| format!("LOG chain broken: {fault}")).collect();
    let gone = log.entries.iter().filter(|(name, _)| !names.contains(name) && wanted(*name));
    faults.extend(gone.map(|(name, _)| format!("incomplete: archive/{name} is in LOG and not in the archive")));
    faults.extend(others.iter().map(|name| format!("added: archive/{name} is no sealed quarter")));
    let mut bags = Vec::new();
    for name in names.into_iter().filter(|name| wanted(*name)) {
        let logged = log.digest(name);
        let mut checked = bag(&archive.join(name.to_string()), logged)?;
        if let about::Reading::Known(about) = &checked.about
            && about.name() != Some(name)
        {
            checked.faults.push(Fault::Broken(format!("archive.json is not that of {name}")));
        }
        if logged.is_none() {
            let help = format!("`okrbook seal {}` enters it", name.quarter);
            checked.faults.push(Fault::Broken(format!("the bag is missing from LOG; {help}")));
        }
        bags.push((name, checked));
    }
    Ok(Verified { bags, faults })
}

/// Computes scores from a bag's inputs: their folder, the scores of other sealed quarters, the day, the quarter.
pub type Rebuild = fn(&Path, Vec<Frozen>, Day, QuarterId) -> Result<Option<String>>;

/// Computes a bag's scores again from its inputs and tells where they differ from the frozen ones. The bag must verify.
///
/// # Errors
///
/// Where the disk says no.
pub fn rebuild(archive: &Path, name: BagName, about: &about::Reading, compute: Rebuild) -> Result<Vec<Fault>> {
    let broken = |what: &str| Ok(vec![Fault::Broken(what.to_owned())]);
    let about = match about {
        about::Reading::Known(about) => about,
        about::Reading::Newer(_) => return broken("its scores were not computed again: a newer okrbook made it"),
        about::Reading::Unreadable => return broken("archive.json can't be read"),
    };
    let payload = archive.join(name.to_string()).join("data");
    let Some((_, as_of)) = about.days() else { return broken("archive.json can't be read") };
    let mut others = Vec::new();
    for other in folder::names(&payload.join("sealed"))? {
        let text = folder::text(&payload.join("sealed").join(&other), frozen::FILE_LIMIT)?.unwrap_or_default();
        others.extend(Frozen::of_scores(&text));
    }
    let sealed = folder::text(&payload.join("scores.json"), frozen::FILE_LIMIT)?.unwrap_or_default();
    let rebuilt = compute(&payload.join("inputs"), others, as_of, name.quarter)?;
    let (Some(sealed), Some(rebuilt)) =
        (scores::read(sealed.as_bytes()), rebuilt.and_then(|text| scores::read(text.as_bytes())))
    else {
        return broken("its scores can't be computed again from its inputs");
    };
    Ok(sealed.differences(&rebuilt).into_iter().map(Fault::Rebuilt).collect())
}
