//! Sealed quarters against their hashes: the tag files.
//!
//! In: a bag's folder, which anybody may have written, and what the LOG says of it. Out: what is wrong with its paths and
//! its tag files, and all that `payload` needs to look at the rest. Nothing is opened before every path is known to be
//! safe; nothing is ever written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::about::{self, Reading};
use super::fault::Fault;
use super::manifest::TAG_MANIFEST;
use super::manifests::{Manifests, Side};
use super::{info, manifest};
use crate::error::Result;
use crate::hash::{Digest, LongDigest};
use crate::read::folder::{self, Entry, Listing};

/// The largest file of a bag that is taken.
pub(super) const FILE_LIMIT: u64 = 64 << 20;

/// The largest tag file that is read, in bytes: a manifest of as many files as are looked at has less.
const TAG_LIMIT: u64 = 64 << 20;

const SHORT: &str = "manifest-sha256.txt";
const LONG: &str = "manifest-sha512.txt";

/// The files beside the payload.
pub(super) const TAGS: [&str; 5] = ["archive.json", "bag-info.txt", "bagit.txt", SHORT, LONG];

/// What making a bag's pages again gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pages {
    /// Nobody asked for it.
    #[default]
    NotMade,
    /// They were made and compared.
    Compared,
    /// Another program made them, which alone makes the same bytes.
    OfAnother,
}

/// What checking a bag found out.
#[derive(Debug)]
pub struct Checked {
    /// The digest of its tag manifest.
    pub digest: Option<Digest>,
    /// What it says about itself.
    pub about: Reading,
    /// How many files it has.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Whether its pages were made again.
    pub pages: Pages,
}

/// A bag whose paths are safe and whose tag files were checked.
pub(super) struct Opened {
    pub(super) files: BTreeMap<String, Entry>,
    pub(super) tags: Tags,
    pub(super) manifests: Manifests,
    pub(super) faults: Vec<Fault>,
}

/// What the tag files say.
pub(super) struct Tags {
    pub(super) digest: Option<Digest>,
    pub(super) about: Reading,
    /// The text of `bag-info.txt`.
    pub(super) info: String,
    /// How many bytes the payload had when it was sealed, where that file is the sealed one.
    pub(super) payload: Option<u64>,
}

/// Looks at all paths of a bag, then at its tag files; the payload stays closed.
pub(super) fn open(folder: &Path, logged: Option<Digest>) -> Result<std::result::Result<Opened, Checked>> {
    let Listing { files, refused } = match folder::is_plain_folder(folder) {
        true => folder::list(folder)?,
        false => Listing { files: Vec::new(), refused: vec![(String::new(), "it is not a plain folder")] },
    };
    let of_files = |faults| Checked {
        digest: None,
        about: Reading::Unreadable,
        files: 0,
        bytes: 0,
        faults,
        pages: Pages::NotMade,
    };
    if !refused.is_empty() {
        return Ok(Err(of_files(refused.into_iter().map(|(path, why)| Fault::Unsafe(path, why)).collect())));
    }
    let files: BTreeMap<String, Entry> = files.into_iter().map(|file| (file.path.clone(), file)).collect();
    let mut texts: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for tag in TAGS.into_iter().chain([TAG_MANIFEST]) {
        match files.get(tag) {
            Some(entry) if entry.size > TAG_LIMIT => {
                return Ok(Err(of_files(vec![Fault::Broken(format!("{tag} is larger than any that is sealed"))])));
            }
            Some(entry) => drop(texts.insert(tag, entry.bytes(TAG_LIMIT)?)),
            None => {}
        }
    }
    let mut faults = Vec::new();
    let (short, long) = (parsed(&texts, SHORT, Digest::parse), parsed(&texts, LONG, LongDigest::parse));
    let tag_lines = parsed(&texts, TAG_MANIFEST, Digest::parse);
    let altered_tags = check_tags(&texts, logged, &tag_lines, &mut faults);
    let unsafe_path = [short.as_ref().err(), long.as_ref().err(), tag_lines.as_ref().err()];
    let unsafe_path = unsafe_path.into_iter().flatten().find_map(|fault| match fault {
        manifest::Fault::Unsafe(path, why) => Some(Fault::Unsafe(path.clone(), why)),
        _ => None,
    });
    if let Some(fault) = unsafe_path {
        faults.push(fault);
        return Ok(Err(of_files(faults)));
    }
    let is_sound = |tag: &str| !altered_tags.contains(tag) && texts.contains_key(tag);
    let manifests =
        Manifests { short: Side::new(short.ok(), is_sound(SHORT)), long: Side::new(long.ok(), is_sound(LONG)) };
    faults.extend(manifests.strange(&altered_tags));
    let about = texts.get("archive.json").map_or(Reading::Unreadable, |bytes| about::read(bytes));
    if about == Reading::Unreadable && is_sound("archive.json") {
        faults.push(Fault::Broken("archive.json can't be read".to_owned()));
    }
    if is_sound("bagit.txt") && !texts["bagit.txt"].starts_with(b"BagIt-Version: 1.") {
        faults.push(Fault::Broken("bagit.txt is not that of BagIt 1.0".to_owned()));
    }
    let digest = texts.get(TAG_MANIFEST).map(|bytes| Digest::of(bytes));
    let info = texts.get("bag-info.txt").map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let payload = info::payload_bytes(&info).filter(|_| is_sound("bag-info.txt"));
    Ok(Ok(Opened { files, tags: Tags { digest, about, info, payload }, manifests, faults }))
}

type Lines<D> = std::result::Result<BTreeMap<String, D>, manifest::Fault>;

/// Returns the lines of a manifest; none where the file isn't there.
fn parsed<D>(texts: &BTreeMap<&str, Vec<u8>>, name: &str, parse: impl Fn(&str) -> Option<D>) -> Lines<D> {
    let bytes = texts.get(name).map_or(&[][..], Vec::as_slice);
    let text = std::str::from_utf8(bytes).map_err(|_| manifest::Fault::Line(0))?;
    manifest::read(text, parse)
}

/// Returns which tag files can't be trusted, and tells of each.
fn check_tags<'t>(
    texts: &BTreeMap<&'t str, Vec<u8>>,
    logged: Option<Digest>,
    lines: &Lines<Digest>,
    faults: &mut Vec<Fault>,
) -> BTreeSet<&'t str> {
    let Some(manifest) = texts.get(TAG_MANIFEST) else { return BTreeSet::new() };
    let found = Digest::of(manifest);
    let none = BTreeMap::new();
    let known = lines.as_ref().unwrap_or(&none);
    let mut altered = BTreeMap::new();
    let mut unlisted = false;
    for (&tag, bytes) in texts.iter().filter(|(tag, _)| **tag != TAG_MANIFEST) {
        match known.get(tag) {
            Some(&sealed) if sealed == Digest::of(bytes) => {}
            Some(&sealed) => {
                altered.insert(tag, (sealed, Digest::of(bytes)));
            }
            None => unlisted = true,
        }
    }
    let is_whole = lines.is_ok() && altered.is_empty() && !unlisted;
    match logged {
        Some(logged) if logged != found && is_whole => {
            faults.push(Fault::Disagrees { logged: logged.to_string(), found: found.to_string() });
            BTreeSet::new()
        }
        Some(logged) if logged != found => {
            let path = TAG_MANIFEST.to_owned();
            faults.push(Fault::Altered { path, sealed: logged.to_string(), found: found.to_string() });
            // Its lines say nothing any more; the manifests are held against each other.
            texts.keys().copied().collect()
        }
        _ => {
            if lines.is_err() || unlisted {
                faults.push(Fault::Broken(format!("{TAG_MANIFEST} does not list every tag file")));
            }
            faults.extend(altered.iter().map(|(path, (sealed, found))| Fault::Altered {
                path: (*path).to_owned(),
                sealed: sealed.to_string(),
                found: found.to_string(),
            }));
            altered.into_keys().collect()
        }
    }
}
