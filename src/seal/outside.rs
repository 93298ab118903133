//! What somebody outside of the archive vouches for: a digest that was kept, or the LOG of another commit.
//!
//! In: the bags' digests, the LOG, and what is known from outside. Out: what doesn't agree, and which seals nobody outside
//! vouches for. Whoever can rewrite the whole folder `archive` can make it agree with itself, and not with this.

use super::log;
use crate::hash::Digest;
use crate::model::archive::BagName;

/// What is known from outside of the archive.
#[derive(Debug, Default)]
pub struct Outside {
    /// Digests that `seal` printed: each must be that of the newest seal of a quarter.
    pub expected: Vec<Digest>,
    /// Another commit.
    pub base: Option<Base>,
}

/// Another commit, as far as it vouches for seals.
#[derive(Debug)]
pub struct Base {
    /// The name that it was asked for by.
    pub name: String,
    /// The LOG that stands there, where one does.
    pub log: Option<String>,
}

/// What comparing with the outside gave.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) faults: Vec<String>,
    /// Seals that the other commit doesn't know, in words.
    pub(super) unvouched: Vec<String>,
}

/// Compares the bags that were looked at, each with its digest, and the archive's LOG with what is known from outside.
pub(super) fn compare(outside: &Outside, bags: &[(BagName, Option<Digest>)], ours: &str) -> Compared {
    let mut compared = Compared::default();
    let is_newest = |name: BagName| !bags.iter().any(|(other, _)| other.quarter == name.quarter && *other > name);
    for expected in &outside.expected {
        match bags.iter().find(|(_, digest)| digest.as_ref() == Some(expected)) {
            Some((name, _)) if is_newest(*name) => {}
            Some((name, _)) => {
                compared
                    .faults
                    .push(format!("expected: {expected} is the digest of {name}, which a later seal supersedes"));
            }
            None => {
                let quarters: Vec<String> = bags.iter().filter(|(name, _)| is_newest(*name)).map(newest).collect();
                let there = if quarters.is_empty() { "there is no seal".to_owned() } else { quarters.join(", ") };
                compared.faults.push(format!("expected: no newest seal has the digest {expected}: {there}"));
            }
        }
    }
    if let Some(base) = &outside.base {
        against(base, ours, &outside.expected, &mut compared);
    }
    compared
}

fn newest((name, digest): &(BagName, Option<Digest>)) -> String {
    let digest = digest.map_or_else(|| "none that can be told".to_owned(), |digest| digest.to_string());
    format!("{name} has {digest}")
}

/// Holds each line of the other commit's LOG against ours, where it must stand unchanged at the same place.
fn against(base: &Base, ours: &str, expected: &[Digest], compared: &mut Compared) {
    let Base { name: base, log } = base;
    let theirs = log.as_deref().unwrap_or_default();
    let mut lines = ours.split_inclusive('\n');
    for (place, line) in theirs.split_inclusive('\n').enumerate() {
        let number = place + 1;
        let name = line.split(' ').next().unwrap_or_default();
        match lines.next() {
            Some(our) if our == line => {}
            Some(_) => {
                let what = format!("base: line {number} of LOG is not that of {base} ({name}); it was changed since");
                return compared.faults.push(what);
            }
            None => {
                compared.faults.push(format!("base: line {number} of LOG at {base} ({name}) is gone"));
            }
        }
    }
    for (name, digest) in lines.flat_map(log::read_line) {
        if expected.contains(&digest) {
            continue;
        }
        if expected.is_empty() {
            compared.unvouched.push(format!("{name} ({digest}) is not vouched for by {base}"));
        } else {
            compared.faults.push(format!("base: {name} ({digest}) is not vouched for by {base}, nor expected"));
        }
    }
}
