//! What a lock says of a key result, as JSON.

use super::form::{ChangeJson, LockJson};
use super::json::exact;
use crate::model::ledger::Note;
use crate::model::ledger::commitment::Commitment;
use crate::report::KeyResultReport;

impl LockJson<'_> {
    pub(super) fn new(report: &KeyResultReport<'_>) -> Option<Self> {
        let commitment = &report.plan.commitment;
        let state = commitment.state()?.name().into();
        let locked = match commitment {
            Commitment::Open => return None,
            Commitment::Added { on, note } => {
                let because = reason(note.as_ref());
                return Some(Self { on: on.to_string(), state, because, ..Self::default() });
            }
            Commitment::Locked(locked) => locked,
        };
        let today = report.score.amended.as_ref().and_then(|today| today.score);
        let changes = locked.moves.iter().map(|moved| {
            let (was, is) = moved.change.shown();
            let on = moved.note.as_ref().map(|note| note.on.to_string());
            ChangeJson { what: moved.change.name().into(), was, is, amended: on, because: reason(moved.note.as_ref()) }
        });
        let (on, changes) = (locked.on.to_string(), changes.collect());
        Some(Self { on, state, changes, score_today: today.map(exact), because: None })
    }
}

fn reason(note: Option<&Note>) -> Option<String> {
    note.map(|note| note.because.clone())
}
