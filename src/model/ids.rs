//! Names that stand in links for ever: slugs, cycles' ids, references to objectives and key results.

use std::fmt;

pub use super::cycle::{CycleId, CycleKind, CycleName, LONGEST_CYCLE, NAMES, RESERVED_CYCLES};
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

/// Names an objective or one of its key results for ever: cycle, team, objective, and perhaps a key result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoalRef {
    /// The cycle.
    pub quarter: CycleId,
    /// The team.
    pub team: Slug,
    /// The objective.
    pub objective: Slug,
    /// The key result, where one is meant.
    pub key_result: Option<Slug>,
}

/// An objective's full name: cycle, team, objective.
pub type ObjectiveName<'a> = (CycleId, &'a Slug, &'a Slug);

impl GoalRef {
    /// Returns the name of the objective that is meant, or whose key result is.
    #[must_use]
    pub const fn objective(&self) -> ObjectiveName<'_> {
        (self.quarter, &self.team, &self.objective)
    }

    /// Returns the reference as it is written in a cycle: without its name where it is that one, `company/trust`.
    #[must_use]
    pub fn within(&self, quarter: CycleId) -> String {
        let Self { team, objective, .. } = self;
        let cycle = if self.quarter == quarter { String::new() } else { format!("{}/", self.quarter) };
        let key_result = self.key_result.as_ref().map(|id| format!("/{id}")).unwrap_or_default();
        format!("{cycle}{team}/{objective}{key_result}")
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
    }
}
