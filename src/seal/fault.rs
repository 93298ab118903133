//! What can be wrong with a bag, and how it is told.
//!
//! In: what looking at a bag found out. Out: lines for people; whatever a path holds, it steers no terminal.

use std::fmt;

use super::manifest::TAG_MANIFEST;
use crate::unseen::inert;

/// What is wrong with a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A path may not be opened, for this reason.
    Unsafe(String, &'static str),
    /// A file's bytes are not those that were sealed.
    Altered {
        /// The file.
        path: String,
        /// The digest that it had.
        sealed: String,
        /// The digest that it has.
        found: String,
    },
    /// Files are missing.
    Incomplete {
        /// How many there are.
        found: usize,
        /// Of how many.
        of: usize,
        /// Those that are missing.
        missing: Vec<String>,
    },
    /// A file stands in the bag that was not sealed.
    Added(String),
    /// The bag agrees with itself, and not with the LOG.
    Disagrees {
        /// What the LOG says.
        logged: String,
        /// What the bag says.
        found: String,
    },
    /// A file is large, and there is far more than what was sealed, so that its bytes needn't be read.
    TooLarge {
        /// The file.
        path: String,
        /// Its length in bytes.
        size: u64,
        /// The length of all files together when they were sealed.
        sealed: u64,
    },
    /// A page or file of the site could run or load something, or is of no kind that is published.
    Active {
        /// The file.
        path: String,
        /// What is wrong with it, and where.
        what: String,
    },
    /// Something is not as it was written by any program that seals, in words.
    Broken(String),
    /// A score that comes out differently when it is computed again from the inputs, in words.
    Rebuilt(String),
    /// A page that comes out differently when it is made again from the inputs.
    Page(String),
}

/// How many missing files are named.
const NAMED: usize = 10;

/// Shows a fault as a line, with further lines below it where there is more to say.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsafe(path, why) => write!(f, "unsafe path: {path:?}: {why}; nothing was opened"),
            Self::Altered { path, sealed, found } => {
                write!(f, "altered: {}\n    sealed {sealed}\n    found  {found}", inert::line(path))
            }
            Self::Incomplete { found, of, missing } => {
                write!(f, "incomplete: {found} of {of}")?;
                for path in missing.iter().take(NAMED) {
                    write!(f, "\n    missing {}", inert::line(path))?;
                }
                match missing.len().saturating_sub(NAMED) {
                    0 => Ok(()),
                    more => write!(f, "\n    and {more} more"),
                }
            }
            Self::Added(path) => write!(f, "added: {} was not sealed", inert::line(path)),
            Self::Disagrees { logged, found } => {
                write!(f, "altered: {TAG_MANIFEST}, or its line in LOG\n    LOG   {logged}\n    found {found}")
            }
            Self::TooLarge { path, size, sealed } => {
                let path = inert::line(path);
                write!(
                    f,
                    "too large: {path} has {size} bytes, and all files together had {sealed} when they were sealed"
                )
            }
            Self::Active { path, what } => {
                write!(f, "not publishable: {}: {}", inert::line(path), inert::line(what))
            }
            Self::Broken(what) => write!(f, "broken: {}", inert::line(what)),
            Self::Rebuilt(what) => write!(f, "rebuilt differently: {}", inert::line(what)),
            Self::Page(path) => write!(f, "altered pages: {} differs from what the inputs give", inert::line(path)),
        }
    }
}
