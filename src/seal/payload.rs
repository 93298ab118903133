//! Sealed quarters against their hashes: every file that was sealed.
//!
//! In: a bag whose tag files were looked at. Out: everything that is wrong with it, each with its file. `verify`, `build`
//! and `check` ask here and nowhere else, so that none of them is content with what another one refuses.

use std::collections::BTreeSet;
use std::path::Path;

use super::about::Reading;
use super::fault::Fault;
use super::info;
use super::manifest::TAG_MANIFEST;
use super::manifests::Manifests;
use super::place::{Links, strange};
use super::site::targets;
use super::verify::{self, Checked, FILE_LIMIT, Opened, Pages, TAGS};
use crate::error::Result;
use crate::hash::{Digest, Digests};
use crate::model::archive::BagName;
use crate::model::ids::CycleId;
use crate::par;
use crate::publishable;
use crate::read::folder::Entry;

/// Where the pages of a bag stand.
pub(super) const SITE: &str = "data/site/";

/// Checks every file of a bag of the folder `archive`; `logged` is the digest that the LOG has for it.
///
/// # Errors
///
/// Where the disk says no.
pub fn bag(archive: &Path, name: BagName, logged: Option<Digest>) -> Result<Checked> {
    let opened = match verify::open(&archive.join(name.to_string()), logged)? {
        Ok(opened) => opened,
        Err(checked) => return Ok(checked),
    };
    let (files, bytes) = (opened.files.len(), opened.files.values().map(|file| file.size).sum());
    let payload = faults(&opened, name.quarter)?;
    let mut faults = opened.faults;
    faults.extend(payload);
    Ok(Checked { digest: opened.tags.digest, about: opened.tags.about, files, bytes, faults, pages: Pages::NotMade })
}

/// Returns what is wrong with a quarter's bag, beyond what looking at its tag files told.
///
/// # Errors
///
/// Where the disk says no.
pub(super) fn faults(opened: &Opened, quarter: CycleId) -> Result<Vec<Fault>> {
    let mut faults = if opened.manifests.is_usable() { unlisted(opened) } else { Vec::new() };
    let listed = opened.manifests.payload();
    let payload: Vec<&Entry> = listed.iter().filter_map(|path| opened.files.get(*path)).collect();
    let site: BTreeSet<&str> = payload.iter().filter_map(|entry| entry.path.strip_prefix(SITE)).collect();
    let mut links = Links::new();
    let sizes = || payload.iter().map(|entry| entry.size).collect();
    // What is quickly read is read, so that its fault is told exactly.
    let limit = opened.tags.payload.map(|sealed| limit(sizes(), sealed.max(FILE_LIMIT)));
    let looked = par::map_ordered(&payload, |entry| match (limit, opened.tags.payload) {
        (Some(limit), Some(sealed)) if entry.size > limit => Ok(Looked::too_large(entry, sealed)),
        _ => of_file(entry, &opened.manifests, &site),
    });
    for looked in looked {
        let Looked { fault, page } = looked?;
        faults.extend(fault);
        links.extend(page);
    }
    if faults.is_empty() && opened.faults.is_empty() {
        let is_sealed = |other: CycleId| listed.contains(format!("data/sealed/{other}.json").as_str());
        let strange = strange(quarter, &site, &links, is_sealed).into_iter();
        faults.extend(strange.map(|(path, what)| Fault::Active { path: format!("{SITE}{path}"), what }));
        let bytes = payload.iter().map(|entry| entry.size).sum();
        let about = if let Reading::Known(about) = &opened.tags.about { Some(&**about) } else { None };
        faults.extend(info::faults(&opened.tags.info, about, bytes, payload.len()).into_iter().map(Fault::Broken));
    }
    Ok(faults)
}

/// Returns the largest length of a file that is read, where all files together may have `sealed` bytes: none is larger
/// than that, and those that are read have twice as many bytes together at most, whatever somebody put in their places.
fn limit(mut sizes: Vec<u64>, sealed: u64) -> u64 {
    sizes.sort_unstable();
    let mut left = sealed.saturating_mul(2);
    for size in sizes {
        match left.checked_sub(size) {
            Some(less) => left = less,
            None => return sealed.min(size.saturating_sub(1)),
        }
    }
    sealed
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

/// What looking at a file gave.
struct Looked<'s> {
    fault: Option<Fault>,
    /// The file's path in the site, and which others it refers to.
    page: Option<(&'s str, Vec<&'s str>)>,
}

impl Looked<'_> {
    /// Returns what is said of a file whose length alone tells that it isn't the sealed one.
    fn too_large(entry: &Entry, sealed: u64) -> Self {
        Self { fault: Some(Fault::TooLarge { path: entry.path.clone(), size: entry.size, sealed }), page: None }
    }
}

/// Looks at a file of the payload: whether its bytes are the sealed ones, and such as may be published.
fn of_file<'s>(entry: &'s Entry, manifests: &Manifests, site: &BTreeSet<&'s str>) -> Result<Looked<'s>> {
    let altered = |digests: &Digests| manifests.altered(&entry.path, digests);
    let unfit = |what: String| Fault::Active { path: entry.path.clone(), what };
    let Some(path) = entry.path.strip_prefix(SITE) else {
        return Ok(Looked { fault: altered(&entry.digests()?), page: None });
    };
    if entry.size > FILE_LIMIT {
        let too_large = || unfit("it is larger than anything that is sealed".to_owned());
        return Ok(Looked { fault: Some(altered(&entry.digests()?).unwrap_or_else(too_large)), page: None });
    }
    let bytes = entry.bytes(FILE_LIMIT)?;
    let digests = Digests::of(&bytes);
    let fault = altered(&digests).or_else(|| unpublishable(path, &bytes, &digests).map(unfit));
    let links = targets(path, &bytes, |path| site.get(path).copied());
    Ok(Looked { fault, page: Some((path, links)) })
}

/// Returns why a file of the site may not be published: it could run or load something, or take another one's place.
fn unpublishable(path: &str, bytes: &[u8], digests: &Digests) -> Option<String> {
    if let Err(refusal) = publishable::sealed(path, bytes) {
        return Some(refusal.told(bytes));
    }
    let is_misnamed = path.starts_with("assets/") && !path.contains(&format!(".{}", digests.sha256.short()));
    is_misnamed.then(|| "its name doesn't hold its content's digest, as those of all assets do".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_has_a_bound_that_follows_what_was_sealed() {
        for (sizes, sealed, expected) in [
            (vec![10, 20, 30], 60, 60),
            (vec![10, 20, 31], 60, 60),
            (vec![10, 61, 20], 60, 60),
            (vec![60; 2], 60, 60),
            (vec![60; 3], 60, 59),
            (vec![50, 10, 50, 20, 50], 60, 49),
            (vec![1], 0, 0),
            (vec![], 0, 0),
            (vec![u64::MAX; 3], u64::MAX, u64::MAX - 1),
        ] {
            let all = format!("{sizes:?}");
            assert_eq!(limit(sizes, sealed), expected, "{all}");
        }
    }
}
