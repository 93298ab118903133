//! A difference in a few numbers, and in a sentence.

use schemars::JsonSchema;
use serde::Serialize;

use super::compare::{Difference, Node, Presence};
use super::fact::What;

/// How much is different; facts are counted of what both builds have.
#[derive(Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// Key results whose goal is another.
    pub(super) goals: usize,
    /// Key results whose lock says something else of them.
    pub(super) commitments: usize,
    /// Reviewers' judgements.
    pub(super) judgements: usize,
    /// Titles, outcomes and levers, anywhere.
    pub(super) wordings: usize,
    /// Ambitions, metrics and what metrics are made of, first and last days.
    pub(super) definitions: usize,
    /// Key results that measure another value.
    pub(super) values: usize,
    /// Key results that score otherwise.
    pub(super) scores: usize,
    /// Key results with another grade.
    pub(super) grades: usize,
    /// Key results that are heading elsewhere.
    pub(super) statuses: usize,
    pub(super) quarters: Presences,
    pub(super) teams: Presences,
    pub(super) objectives: Presences,
    pub(super) key_results: Presences,
    pub(super) metrics: Presences,
    pub(super) findings: FindingCounts,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Presences {
    pub(super) added: usize,
    pub(super) removed: usize,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct FindingCounts {
    pub(super) new: usize,
    pub(super) gone: usize,
    pub(super) changed: usize,
}

/// How deep below a quarter key results are.
const KEY_RESULT: usize = 3;

impl Summary {
    pub(super) fn of(difference: &Difference) -> Self {
        let mut summary = Self {
            findings: FindingCounts {
                new: difference.findings.new.len(),
                gone: difference.findings.gone.len(),
                changed: difference.findings.changed.len(),
            },
            ..Self::default()
        };
        for quarter in &difference.quarters {
            summary.count(quarter, 0);
        }
        for metric in &difference.metrics {
            summary.metrics.count(metric.presence);
            summary.count_decided(metric);
        }
        summary
    }

    fn count(&mut self, node: &Node, depth: usize) {
        let presences = match depth {
            0 => &mut self.quarters,
            1 => &mut self.teams,
            2 => &mut self.objectives,
            _ => &mut self.key_results,
        };
        presences.count(node.presence);
        self.count_decided(node);
        if depth == KEY_RESULT && node.presence == Presence::Kept {
            let count = |what| usize::from(node.change(what).is_some());
            self.values += count(What::Value);
            self.scores += count(What::Score);
            self.grades += count(What::Grade);
            self.statuses += count(What::Status);
        }
        for part in &node.parts {
            self.count(part, depth + 1);
        }
    }

    fn count_decided(&mut self, node: &Node) {
        if node.presence != Presence::Kept {
            return;
        }
        for change in node.changes.iter().filter(|change| change.what.is_decided()) {
            let count = match change.what {
                What::Goal => &mut self.goals,
                What::Lock => &mut self.commitments,
                What::Final => &mut self.judgements,
                What::Title | What::Outcome | What::Lever => &mut self.wordings,
                _ => &mut self.definitions,
            };
            *count += 1;
        }
    }

    /// Returns the sentence: `1 goal and 3 grades changed; 1 key result added; 2 findings new`.
    pub(super) fn sentence(&self) -> String {
        let changed = [
            counted(self.goals, "goal", "goals"),
            counted(self.commitments, "commitment", "commitments"),
            counted(self.judgements, "judgement", "judgements"),
            counted(self.wordings, "wording", "wordings"),
            counted(self.definitions, "definition", "definitions"),
            counted(self.values, "value", "values"),
            counted(self.grades, "grade", "grades"),
            counted(self.statuses, "status", "statuses"),
        ];
        let mut parts = Vec::new();
        if let Some(list) = listed(changed.into_iter().flatten().collect()) {
            parts.push(format!("{list} changed"));
        }
        let things = [
            (&self.quarters, "quarter", "quarters"),
            (&self.teams, "team", "teams"),
            (&self.objectives, "objective", "objectives"),
            (&self.key_results, "key result", "key results"),
            (&self.metrics, "metric", "metrics"),
        ];
        // Objectives are told of by their key results.
        let is_told = |one: &str| one != "objective" || self.key_results == Presences::default();
        let of = |count: fn(&Presences) -> usize| {
            let told = things.iter().filter(|(_, one, _)| is_told(one));
            listed(told.filter_map(|(presences, one, many)| counted(count(presences), one, many)).collect())
        };
        parts.extend(of(|presences| presences.added).map(|list| format!("{list} added")));
        parts.extend(of(|presences| presences.removed).map(|list| format!("{list} removed")));
        let FindingCounts { new, gone, changed } = self.findings;
        parts.extend(counted(new, "new finding", "new findings"));
        parts.extend(counted(gone, "finding gone", "findings gone"));
        parts.extend(counted(changed, "finding says otherwise", "findings say otherwise"));
        if parts.is_empty() { "details changed".to_owned() } else { parts.join("; ") }
    }
}

impl Presences {
    fn count(&mut self, presence: Presence) {
        match presence {
            Presence::Added => self.added += 1,
            Presence::Removed => self.removed += 1,
            Presence::Kept => {}
        }
    }
}

/// Returns `1 goal` or `2 goals`; nothing for none.
pub(super) fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}

/// Returns `a, b and c`; nothing where there is nothing.
fn listed(mut parts: Vec<String>) -> Option<String> {
    let last = parts.pop()?;
    Some(if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) })
}

impl Difference {
    /// Returns the sentence about how much is different, or that nothing is.
    pub(super) fn sentence(&self) -> String {
        if !self.is_empty() {
            return Summary::of(self).sentence();
        }
        let (quarters, key_results) = self.size;
        let quarters = counted(quarters, "quarter", "quarters").unwrap_or_else(|| "no quarter".to_owned());
        let key_results =
            counted(key_results, "key result", "key results").unwrap_or_else(|| "no key result".to_owned());
        format!("nothing changed in {quarters} with {key_results}")
    }

    /// Returns what is different outside the books: as-of days, versions, organisations.
    pub(super) fn outside(&self) -> Vec<String> {
        let [before, after] = &self.sides;
        let mut lines = vec![if before.as_of == after.as_of {
            format!("both as of {}", after.as_of)
        } else {
            format!("as of {}, then as of {}", before.as_of, after.as_of)
        }];
        if before.okrbook != after.okrbook {
            lines.push(format!("built by okrbook {}, then by {}", before.okrbook, after.okrbook));
        }
        if before.organisation != after.organisation {
            let name = |organisation: &Option<String>| organisation.clone().unwrap_or_default();
            lines.push(format!("organisation {}, then {}", name(&before.organisation), name(&after.organisation)));
        }
        lines
    }
}
