//! The archive's LOG: a line for each bag, chained to the line before.
//!
//! `2026-Q3 DIGEST PREVIOUS`: the bag's name, the SHA-256 of its tag manifest, and the SHA-256 of the previous line with
//! its line end (64 zeros for the first). A line can't be changed or dropped without every later one. In: text. Out:
//! text, or what is wrong with the chain.

use crate::hash::Digest;
use crate::model::archive::BagName;

/// What a LOG says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The bags with the digests of their tag manifests, in the order in which they were sealed.
    pub entries: Vec<(BagName, Digest)>,
    /// Where the chain is broken, in words.
    pub faults: Vec<String>,
    /// The text, where it is one.
    pub text: String,
    /// How many of the entries stand before a break of the chain, so that any of them may have been changed.
    doubtful: usize,
}

/// Reads a LOG.
#[must_use]
pub fn read(text: &str) -> Log {
    let mut log = Log { text: text.to_owned(), ..Log::default() };
    let mut previous = first();
    for (place, line) in text.split_inclusive('\n').enumerate() {
        let number = place + 1;
        match entry(line) {
            None => {
                log.faults.push(format!("line {number} is not a bag's name with two digests"));
                log.doubtful = log.entries.len();
            }
            Some(Entry { name, digest, follows }) => {
                if follows != previous {
                    log.faults.push(format!("line {number} ({name}) doesn't follow the line before it"));
                    log.doubtful = log.entries.len();
                }
                if log.entries.iter().any(|(known, _)| *known == name) {
                    log.faults.push(format!("line {number} names {name} a second time"));
                } else {
                    log.entries.push((name, digest));
                }
            }
        }
        previous = Digest::of(line.as_bytes()).to_string();
    }
    log
}

/// Returns the text with a line for a bag added.
#[must_use]
pub fn with(text: &str, name: BagName, digest: Digest) -> String {
    let last = text.split_inclusive('\n').next_back();
    let previous = last.map_or_else(first, |line| Digest::of(line.as_bytes()).to_string());
    format!("{text}{name} {digest} {previous}\n")
}

impl Log {
    /// Returns a LOG that can't be read, for this reason.
    #[must_use]
    pub fn unreadable(why: String) -> Self {
        Self { faults: vec![why], ..Self::default() }
    }

    /// Says whether the chain vouches for a bag's line: every later line follows the one before it.
    #[must_use]
    pub fn vouches_for(&self, name: BagName) -> bool {
        self.entries.iter().skip(self.doubtful).any(|(known, _)| *known == name)
    }

    /// Returns the digest of a bag's tag manifest.
    #[must_use]
    pub fn digest(&self, name: BagName) -> Option<Digest> {
        self.entries.iter().find(|(known, _)| *known == name).map(|(_, digest)| *digest)
    }
}

/// Returns the bag and the digest that a line names.
pub(super) fn read_line(line: &str) -> Option<(BagName, Digest)> {
    entry(line).map(|entry| (entry.name, entry.digest))
}

fn first() -> String {
    "0".repeat(64)
}

/// What a line says.
struct Entry<'l> {
    name: BagName,
    digest: Digest,
    /// The digest of the line before, as it stands there.
    follows: &'l str,
}

fn entry(line: &str) -> Option<Entry<'_>> {
    let mut words = line.strip_suffix('\n')?.split(' ');
    let (name, digest, follows) = (words.next()?, words.next()?, words.next()?);
    let is_whole = words.next().is_none() && follows.len() == 64;
    Some(Entry { name: BagName::parse(name)?, digest: Digest::parse(digest)?, follows }).filter(|_| is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> String {
        let names = ["2026-Q1", "2026-Q2", "2026-Q1.r2"];
        names.iter().fold(String::new(), |text, name| {
            with(&text, BagName::parse(name).expect("a name"), Digest::of(name.as_bytes()))
        })
    }

    #[test]
    fn a_chain_is_read_back() {
        let log = read(&sample());
        assert_eq!(log.faults, Vec::<String>::new());
        assert_eq!(log.entries.len(), 3);
        assert_eq!(read(""), Log::default());
    }

    #[test]
    fn no_line_but_the_last_can_be_changed_or_dropped_unseen() {
        let text = sample();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        assert!(!read(&[lines[0], lines[2]].concat()).faults.is_empty(), "dropped");
        assert!(!read(&[lines[1], lines[0], lines[2]].concat()).faults.is_empty(), "swapped");
        assert!(!read(&[lines[0], lines[0]].concat()).faults.is_empty(), "doubled");
        assert!(!read(text.trim_end()).faults.is_empty(), "cut");
        let middle = read(&text.replacen("2026-Q2 ", "2026-Q4 ", 1));
        let vouched = |name| middle.vouches_for(BagName::parse(name).expect("a name"));
        assert!(!vouched("2026-Q1") && !vouched("2026-Q4") && vouched("2026-Q1.r2"), "{middle:?}");
        for at in 0..text.len() - lines[2].len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(!read(&changed).faults.is_empty(), "byte {at}");
        }
    }
}
