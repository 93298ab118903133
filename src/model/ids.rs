//! Names that stand in links for ever: slugs, cycles' ids, references to objectives and key results.

use std::fmt;

pub use super::cycle::{CycleId, CycleKind, CycleName, NAMES, RESERVED_CYCLES};
pub use super::slug::{RESERVED_METRICS, RESERVED_TEAMS, Slug};

/// Names a key result for ever: quarter, team, objective, key result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyResultRef {
    /// The quarter.
    pub quarter: CycleId,
    /// The team.
    pub team: Slug,
    /// The objective.
    pub objective: Slug,
    /// The key result.
    pub key_result: Slug,
}

impl KeyResultRef {
    /// Returns the reference that `2026-Q2/platform/reliable/checkout` is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let reference = Self {
            quarter: CycleId::parse(parts.next()?)?,
            team: Slug::new(parts.next()?)?,
            objective: Slug::new(parts.next()?)?,
            key_result: Slug::new(parts.next()?)?,
        };
        parts.next().is_none().then_some(reference)
    }
}

impl fmt::Display for KeyResultRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{}", self.quarter, self.team, self.objective, self.key_result)
    }
}

/// Names an objective of a team in the same quarter: `company/trust`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectiveRef {
    /// The team.
    pub team: Slug,
    /// The objective.
    pub objective: Slug,
}

impl ObjectiveRef {
    /// Returns the reference that `company/trust` is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (team, objective) = text.split_once('/')?;
        Some(Self { team: Slug::new(team)?, objective: Slug::new(objective)? })
    }
}

impl fmt::Display for ObjectiveRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.team, self.objective)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_have_exactly_their_parts() {
        let text = "2026-Q2/platform/reliable/checkout";
        assert_eq!(KeyResultRef::parse(text).expect("valid").to_string(), text);
        assert!(KeyResultRef::parse("2026-Q2/platform/reliable").is_none());
        assert!(KeyResultRef::parse("2026-Q2/platform/reliable/a/b").is_none());
        assert!(ObjectiveRef::parse("company/trust/x").is_none());
    }
}
