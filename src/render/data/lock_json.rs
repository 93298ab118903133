//! What a lock says of a key result, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::json::exact;
use crate::model::ledger::Note;
use crate::model::ledger::commitment::Commitment;
use crate::report::KeyResultReport;

/// What a lock says of a key result.
#[derive(Default, Serialize, JsonSchema)]
pub(super) struct LockJson {
    /// The day of locking.
    on: String,
    /// kept, moved, dropped or added.
    state: &'static str,
    /// What was changed since; the score above is as committed.
    changes: Vec<ChangeJson>,
    /// The score by the terms of today, where they were moved.
    score_today: Option<String>,
    /// Why a key result was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct ChangeJson {
    what: &'static str,
    was: String,
    is: String,
    /// The day of the amendment; null where the change was made in silence.
    amended: Option<String>,
    because: Option<String>,
}

impl LockJson {
    pub(super) fn new(report: &KeyResultReport<'_>) -> Option<Self> {
        let locked = match &report.plan.commitment {
            Commitment::Open => return None,
            Commitment::Added { on, note } => {
                return Some(Self {
                    on: on.to_string(),
                    state: "added",
                    because: reason(note.as_ref()),
                    ..Self::default()
                });
            }
            Commitment::Locked(locked) => locked,
        };
        let today = report.score.amended.as_ref().and_then(|today| today.score);
        let changes = locked.moves.iter().map(|moved| {
            let (was, is) = moved.change.shown();
            let on = moved.note.as_ref().map(|note| note.on.to_string());
            ChangeJson { what: moved.change.name(), was, is, amended: on, because: reason(moved.note.as_ref()) }
        });
        let state = match (locked.is_dropped, locked.is_moved()) {
            (true, _) => "dropped",
            (false, true) => "moved",
            (false, false) => "kept",
        };
        Some(Self {
            on: locked.on.to_string(),
            state,
            changes: changes.collect(),
            score_today: today.map(exact),
            because: None,
        })
    }
}

fn reason(note: Option<&Note>) -> Option<String> {
    note.map(|note| note.because.clone())
}
