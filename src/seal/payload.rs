//! Sealed quarters against their hashes: every file that was sealed.
//!
//! In: a bag whose tag files were looked at. Out: everything that is wrong with it, each with its file. `verify`, `build`
//! and `check` ask here and nowhere else, so that none of them is content with what another one refuses.

use std::path::Path;

use super::about::Reading;
use super::info;
use super::manifests::Manifests;
use super::verify::{self, Checked, FILE_LIMIT, Fault, Opened, Pages, TAG_MANIFEST, TAGS};
use crate::error::Result;
use crate::hash::{Digest, Digests};
use crate::inert;
use crate::par;
use crate::read::folder::Entry;

/// Checks every file of a bag; `logged` is the digest that the LOG has for it.
///
/// # Errors
///
/// Where the disk says no.
pub fn bag(folder: &Path, logged: Option<Digest>) -> Result<Checked> {
    let opened = match verify::open(folder, logged)? {
        Ok(opened) => opened,
        Err(checked) => return Ok(checked),
    };
    let (files, bytes) = (opened.files.len(), opened.files.values().map(|file| file.size).sum());
    let payload = faults(&opened)?;
    let mut faults = opened.faults;
    faults.extend(payload);
    Ok(Checked { digest: opened.tags.digest, about: opened.tags.about, files, bytes, faults, pages: Pages::NotMade })
}

/// Returns what is wrong with a bag, beyond what looking at its tag files told.
///
/// # Errors
///
/// Where the disk says no.
pub(super) fn faults(opened: &Opened) -> Result<Vec<Fault>> {
    let mut faults = if opened.manifests.is_usable() { unlisted(opened) } else { Vec::new() };
    let listed = opened.manifests.payload();
    let payload: Vec<&Entry> = listed.iter().filter_map(|path| opened.files.get(*path)).collect();
    for found in par::map_ordered(&payload, |entry| of_file(entry, &opened.manifests)) {
        faults.extend(found?);
    }
    if faults.is_empty() && opened.faults.is_empty() {
        let size = (payload.iter().map(|entry| entry.size).sum(), payload.len());
        let about = if let Reading::Known(about) = &opened.tags.about { Some(&**about) } else { None };
        faults.extend(info::faults(&opened.tags.info, about, size).into_iter().map(Fault::Broken));
    }
    Ok(faults)
}

/// Returns which files are missing, and which are there and were not sealed.
fn unlisted(opened: &Opened) -> Vec<Fault> {
    let Opened { files, manifests, .. } = opened;
    let listed = manifests.payload();
    let tags = || TAGS.iter().chain([&TAG_MANIFEST]).copied();
    let all = || tags().chain(listed.iter().copied());
    let missing: Vec<String> = all().filter(|path| !files.contains_key(*path)).map(str::to_owned).collect();
    let mut faults = Vec::new();
    if !missing.is_empty() {
        let of = all().count();
        faults.push(Fault::Incomplete { found: of - missing.len(), of, missing });
    }
    let is_known = |path: &str| listed.contains(path) || tags().any(|tag| tag == path);
    faults.extend(files.keys().filter(|path| !is_known(path)).map(|path| Fault::Added(path.clone())));
    faults
}

/// Returns what is wrong with a file of the payload: other bytes than the sealed ones, or such as nobody publishes.
fn of_file(entry: &Entry, manifests: &Manifests) -> Result<Option<Fault>> {
    let Some(path) = entry.path.strip_prefix("data/site/").filter(|_| entry.size <= FILE_LIMIT) else {
        let what = "it is larger than anything that is sealed".to_owned();
        let is_page = entry.path.starts_with("data/site/");
        let too_large = || is_page.then(|| Fault::Active { path: entry.path.clone(), what });
        return Ok(manifests.altered(&entry.path, &entry.digests()?).or_else(too_large));
    };
    let bytes = entry.bytes(FILE_LIMIT)?;
    Ok(manifests.altered(&entry.path, &Digests::of(&bytes)).or_else(|| active(entry, path, &bytes)))
}

/// Returns what of a file of the site could run or load something.
fn active(entry: &Entry, path: &str, bytes: &[u8]) -> Option<Fault> {
    let refusal = inert::sealed(path, bytes).err()?;
    Some(Fault::Active { path: entry.path.clone(), what: refusal.told(bytes) })
}
