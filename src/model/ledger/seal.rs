//! The digest that a team's lock carries over its own content, so that an edit by hand shows.
//!
//! It is taken of what the lock says, not of its bytes: comments, line ends and the order of keys may change.

use std::fmt::Write as _;

use super::stated::{bound, goal};
use super::{Amendment, Committed, KeyResultLock, Note, ObjectiveLock, Record, Start, TeamLock, Value, notation};
use crate::hash::Digest;

/// Lines of names and values, each value on one line.
struct Lines(String);

impl Lines {
    fn add(&mut self, name: &str, value: &str) {
        let value = value.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
        // Writing into a text can't fail.
        let _ = writeln!(self.0, "{name} {value}");
    }
}

impl TeamLock {
    /// Returns the digest of what the lock says.
    #[must_use]
    pub fn computed_digest(&self) -> Digest {
        let mut lines = Lines("okrbook lock 1\n".to_owned());
        lines.add("team", self.team.value.as_str());
        lines.add("locked", &self.on.to_string());
        for objective in &self.objectives {
            add_objective(&mut lines, objective);
        }
        Digest::of(lines.0.as_bytes())
    }
}

fn add_objective(lines: &mut Lines, lock: &ObjectiveLock) {
    lines.add("objective", lock.id.value.as_str());
    add_record(lines, &lock.record, None);
    for KeyResultLock { id, record, start } in &lock.key_results {
        lines.add("key_result", id.value.as_str());
        add_record(lines, record, start.as_ref());
    }
}

fn add_record<T: Committed>(lines: &mut Lines, record: &Record<T>, start: Option<&Start>) {
    if let Some(terms) = &record.terms {
        add_terms(lines, terms);
    }
    if let Some(Start { value, on, data }) = start {
        lines.add("start", &notation::quantity(value));
        lines.add("start_on", &on.to_string());
        data.iter().for_each(|(path, digest)| lines.add(path, digest));
    }
    for Amendment { note: Note { on, because, by }, terms } in &record.amendments {
        lines.add("amended", &on.to_string());
        lines.add("because", because);
        lines.add("by", by.as_deref().unwrap_or_default());
        match terms {
            Some(terms) => add_terms(lines, terms),
            None => lines.add("dropped", "yes"),
        }
    }
}

fn add_terms<T: Committed>(lines: &mut Lines, terms: &T) {
    for term in T::TABLE {
        let key = term.told.key;
        match (term.get)(terms) {
            Value::Goal(stated) => {
                stated.as_ref().map(goal).unwrap_or_default().iter().for_each(|(key, value)| lines.add(key, value));
            }
            // Locks from before there were levels are silent about them.
            Value::Levels(levels) => {
                levels.iter().for_each(|level| lines.add(level.kind.name(), &notation::quantity(&level.at)));
            }
            Value::Names(names) => lines.add(key, &names.join("\n")),
            Value::Bounds(bounds) => {
                for (metric, limit) in &bounds {
                    lines.add("guardrail", metric.as_str());
                    let (key, value) = bound(limit);
                    lines.add(key, &value);
                }
            }
            value => lines.add(key, &value.shown()),
        }
    }
}
