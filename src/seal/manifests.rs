//! The two manifests of a bag's payload, and which of them can be trusted.
//!
//! In: the lines of both, and whether each is the one that was sealed. Out: what the payload is, and which of its files
//! were altered. Where neither manifest is the sealed one, only what both say counts.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use crate::hash::{Digest, Digests, LongDigest};

/// The lines of a manifest, where they may be used.
type Lines<'m, D> = Option<&'m BTreeMap<String, D>>;

/// Both manifests of the payload.
pub(super) struct Manifests {
    pub(super) short: Side<Digest>,
    pub(super) long: Side<LongDigest>,
}

/// One manifest: what it lists, and whether it is the one that was sealed.
pub(super) struct Side<D> {
    lines: Option<BTreeMap<String, D>>,
    is_sound: bool,
}

impl<D> Side<D> {
    pub(super) fn new(lines: Option<BTreeMap<String, D>>, is_sound: bool) -> Self {
        Self { is_sound: is_sound && lines.is_some(), lines }
    }

    /// Returns the lines, where they may be used.
    fn lines(&self, is_used: bool) -> Option<&BTreeMap<String, D>> {
        self.lines.as_ref().filter(|_| is_used)
    }
}

impl Manifests {
    /// Says whether anything can be said about the payload.
    pub(super) fn is_usable(&self) -> bool {
        let (short, long) = self.used();
        short.is_some_and(|lines| !lines.is_empty()) || long.is_some_and(|lines| !lines.is_empty())
    }

    /// Returns the manifests that count: those that are sound; where none is, whatever can be read.
    fn used(&self) -> (Lines<'_, Digest>, Lines<'_, LongDigest>) {
        let none_is_sound = !self.short.is_sound && !self.long.is_sound;
        (self.short.lines(self.short.is_sound || none_is_sound), self.long.lines(self.long.is_sound || none_is_sound))
    }

    /// Returns the paths of the payload.
    pub(super) fn payload(&self) -> BTreeSet<&str> {
        let (short, long) = self.used();
        let short = short.into_iter().flat_map(BTreeMap::keys);
        short.chain(long.into_iter().flat_map(BTreeMap::keys)).map(String::as_str).collect()
    }

    /// Returns all files of the payload that begin with `prefix`, with their digests.
    pub(super) fn below<'m>(&'m self, prefix: &'m str) -> impl Iterator<Item = (&'m str, Digest)> {
        let lines = self.used().0.into_iter().flat_map(|lines| lines.range(prefix.to_owned()..));
        lines.take_while(move |(path, _)| path.starts_with(prefix)).map(|(path, digest)| (path.as_str(), *digest))
    }

    /// Says what is strange about manifests that are the sealed ones.
    pub(super) fn strange(&self, altered: &BTreeSet<&str>) -> Vec<Fault> {
        let mut faults = Vec::new();
        if altered.is_empty() && self.short.lines.is_none() | self.long.lines.is_none() {
            faults.push(Fault::Broken("a manifest has a line that is not a digest and a path".to_owned()));
        }
        if let (Some(short), Some(long)) = (self.short.lines(self.short.is_sound), self.long.lines(self.long.is_sound))
            && !short.keys().eq(long.keys())
        {
            faults.push(Fault::Broken("the two manifests don't list the same files".to_owned()));
        }
        if let Some(path) = self.payload().into_iter().find(|path| !path.starts_with("data/")) {
            faults.push(Fault::Unsafe(path.to_owned(), "it is listed as payload and lies outside of data/"));
        }
        faults
    }

    /// Tells of a file whose bytes are not the sealed ones.
    pub(super) fn altered(&self, path: &str, digests: &Digests) -> Option<Fault> {
        let (short, long) = self.used();
        let wrong = |sealed: String, found: String| Fault::Altered { path: path.to_owned(), sealed, found };
        let short = short.and_then(|lines| lines.get(path));
        let long = long.and_then(|lines| lines.get(path));
        let short_holds = short.is_none_or(|sealed| *sealed == digests.sha256);
        let long_holds = long.is_none_or(|sealed| *sealed == digests.sha512);
        // Where only one of two unsound manifests disagrees, that manifest was altered, and this was told.
        let is_doubtful = !self.short.is_sound && !self.long.is_sound && short.is_some() && long.is_some();
        if is_doubtful && short_holds != long_holds {
            return None;
        }
        match (short, long) {
            (Some(sealed), _) if !short_holds => Some(wrong(sealed.to_string(), digests.sha256.to_string())),
            (_, Some(sealed)) if !long_holds => Some(wrong(sealed.to_string(), digests.sha512.to_string())),
            _ => None,
        }
    }
}
