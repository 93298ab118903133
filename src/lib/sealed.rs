//! Sealed quarters in a book that is opened: which seals count, and what is said about their quarters.
//!
//! In: the archive beside a book, and what is said of the book today. Out: what counts of the archive, and what is said
//! with the sealed quarters' own words in the place of today's.

use std::borrow::Cow;
use std::path::Path;

use super::diag;
use crate::diag::{Allowed, Diagnostic};
use crate::error::Result;
use crate::model::calendar::Day;
use crate::model::ids::CycleId;
use crate::seal::{ARCHIVE, Frozen, Seals};
use crate::source::Sources;

/// What of an archive counts when a book is opened.
pub(super) enum Taken {
    /// All seals.
    All,
    /// All seals but those of a quarter that is about to be sealed.
    Except(CycleId),
    /// These, whatever the folder holds.
    Given(Vec<Frozen>),
}

impl Taken {
    /// Returns the seals that count as of a day for the book at `root`.
    pub(super) fn seals(self, root: &Path, as_of: Day) -> Result<Seals> {
        match self {
            Self::All => Seals::open(&root.join(ARCHIVE), as_of, None),
            Self::Except(quarter) => Seals::open(&root.join(ARCHIVE), as_of, Some(quarter)),
            Self::Given(frozen) => Ok(Seals::given(frozen)),
        }
    }
}

/// Puts what was said about sealed quarters in the place of what would be said today.
pub(super) fn tell(
    seals: &Seals,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
    allowed: &mut Vec<Allowed>,
) -> Vec<Diagnostic> {
    let is_of_today = |found: &Diagnostic| matches!(found.code, "changed-after-seal" | "sealed-differs");
    let is_sealed = |found: &Diagnostic| seals.covers(found.place.path(sources)) && !is_of_today(found);
    diagnostics.retain(|found| !is_sealed(found));
    allowed.retain(|known| !is_sealed(&known.finding));
    let told = seals.told(sources);
    allowed.extend(told.allowed);
    told.findings
}

/// Returns what is said today with what was said about sealed quarters, sorted by place.
pub(super) fn with_told<'a>(today: &'a [Diagnostic], told: &[Diagnostic], sources: &Sources) -> Cow<'a, [Diagnostic]> {
    if told.is_empty() {
        return Cow::Borrowed(today);
    }
    let mut all = [today, told].concat();
    diag::sort(&mut all, |file| sources.get(file).path.clone());
    Cow::Owned(all)
}
