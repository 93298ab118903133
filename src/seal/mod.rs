//! Sealed quarters: a quarter that is over, frozen with its inputs, its pages and their hashes.
//!
//! In: a quarter's inputs, scores and pages as values; or the folder `archive`, which anybody may have written. Out: a
//! bag in that folder; what is wrong with the bags that are there; and what is published from them. Each bag is a plain
//! BagIt 1.0 folder (RFC 8493), so that `sha256sum -c` alone checks it. Renders nothing and scores nothing itself.

pub mod about;
mod archive;
mod differs;
mod fault;
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
mod rebuild;
pub mod scores;
mod seals;
pub mod site;
mod take;
#[cfg(test)]
mod tests;
mod verify;

pub use archive::{ARCHIVE, LOG_LIMIT, lies_elsewhere, names, read_log};
pub use differs::differing;
pub use fault::Fault;
pub use frozen::Frozen;
pub use make::{Contents, Keep, adopt, make};
pub use outside::{Base, Outside};
pub use payload::bag;
pub use rebuild::{Again, Rebuild, Rebuilt, rebuild};
pub use seals::Seals;
pub use verify::{Checked, Pages};

use std::path::Path;

use crate::error::Result;
use crate::hash::Digest;
use crate::model::archive::BagName;

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
