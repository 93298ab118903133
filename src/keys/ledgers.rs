//! The keys of what `okrbook lock` and `okrbook checkin` write.

use super::File;
use crate::model::goal::{Better, GoalKind, Judge};
use crate::model::ledger::{Committed, ObjectiveTerms, Term, Terms, Value};
use crate::model::plan::Ambition;
use crate::yaml::{DAY, Form, ID, Key, Shape, key};

/// `quarters/2026-Q3/lock.yaml`.
pub const LOCK_FILE: File = File {
    name: "lock",
    path: "quarters/QUARTER/lock.yaml",
    doc: "What each team committed to for a quarter. Written by `okrbook lock`; not to be edited by hand.",
    form: Form::Of(&LOCK),
};

/// A quantity as ledgers write it.
const QUANTITY: Form = Form::Either(&[Form::Number, Form::Written("a number with its unit", "31 %")]);

const SHA_256: Form = Form::Written("a SHA-256", "9f86d081…");

/// What each team committed to.
pub const LOCK: Shape = Shape {
    name: "LockFile",
    what: "a lock",
    doc: "What each team committed to for a quarter. Written by `okrbook lock`; not to be edited by hand.",
    keys: LOCK_KEYS,
};

const LOCK_KEYS: &[Key] = &[key(
    "teams",
    Form::ByName("a team's id", &Form::Of(&TEAM)),
    "The teams by their ids.",
    "teams:\n  platform: { locked: 2026-07-06 }",
)
.needed()];

/// What one team committed to.
pub const TEAM: Shape =
    Shape { name: "TeamLock", what: "a team's lock", doc: "What one team committed to.", keys: TEAM_KEYS };

const TEAM_KEYS: &[Key] = &[
    key("locked", DAY, "The day on which it did.", "locked: 2026-07-06").needed().slips(&["on", "date"]),
    key("digest", SHA_256, "The digest of what the section says, by which an edit is noticed.", "digest: 9f86d081…")
        .needed()
        .slips(&["sha256"]),
    key(
        "objectives",
        Form::ByName("an objective's id", &Form::Of(&OBJECTIVE)),
        "Its objectives by their ids.",
        "objectives:\n  reliable: { title: Customers trust us }",
    )
    .needed(),
];

/// Returns the keys of committed terms, as their table tells them, between others.
const fn terms<T, const A: usize, const B: usize, const N: usize>(
    before: [Key; A],
    table: &[Term<T>],
    after: [Key; B],
) -> [Key; N] {
    let mut keys = [DROPPED; N];
    let mut place = 0;
    while place < N {
        keys[place] = match place {
            _ if place < A => before[place],
            _ if place < A + table.len() => term(&table[place - A]),
            _ => after[place - A - table.len()],
        };
        place += 1;
    }
    keys
}

const fn term<T>(term: &Term<T>) -> Key {
    let form = match term.silent {
        Value::Text(_) | Value::Definition(_) => Form::Text,
        Value::Goal(_) => Form::Of(&GOAL),
        Value::Levels(_) => Form::Of(&LEVELS),
        Value::Metric(_) => ID,
        Value::Number(_) => Form::Number,
        Value::Names(_) => Form::List(&Form::Text),
        Value::Bounds(_) => Form::List(&Form::Of(&GUARDRAIL)),
        Value::Ambition(_) => Form::Choice(Ambition::NAMES),
    };
    key(term.told.key, form, term.told.doc, term.told.example)
}

/// An objective as it was committed.
pub const OBJECTIVE: Shape = Shape {
    name: "LockedObjective",
    what: "a locked objective",
    doc: "An objective as it was committed.",
    keys: OBJECTIVE_KEYS,
};

const OBJECTIVE_KEYS: &[Key] = &terms::<_, _, _, { ObjectiveTerms::TABLE.len() + 2 }>(
    [],
    ObjectiveTerms::TABLE,
    [
        key(
            "amendments",
            Form::List(&Form::Of(&AMENDED_OBJECTIVE)),
            "What was changed since, earliest first.",
            "amendments:\n  - { on: 2026-08-03, because: the market moved }",
        ),
        key(
            "key_results",
            Form::ByName("a key result's id", &Form::Of(&KEY_RESULT)),
            "Its key results by their ids.",
            "key_results:\n  p1: { title: Reduce P1 incidents from 8/quarter to 2/quarter }",
        ),
    ],
);

/// A key result as it was committed.
pub const KEY_RESULT: Shape = Shape {
    name: "LockedKeyResult",
    what: "a locked key result",
    doc: "A key result as it was committed.",
    keys: KEY_RESULT_KEYS,
};

const KEY_RESULT_KEYS: &[Key] = &terms::<_, _, _, { Terms::TABLE.len() + 2 }>(
    [],
    Terms::TABLE,
    [
        key(
            "start",
            Form::Of(&START),
            "Where the metric stood when the quarter began.",
            "start: { value: 8 per quarter, on: 2026-06-30 }",
        )
        .slips(&["baseline"]),
        key(
            "amendments",
            Form::List(&Form::Of(&AMENDED_KEY_RESULT)),
            "What was changed since, earliest first.",
            "amendments:\n  - { on: 2026-08-03, because: a vendor left, weight: 1 }",
        ),
    ],
);

const AT_MOST: Key = key("at_most", QUANTITY, "A bound that itself is inside.", "at_most: 2 s");
const BELOW: Key = key("below", QUANTITY, "A bound that itself is outside.", "below: 2 s");
const AT_LEAST: Key = key("at_least", QUANTITY, "A bound that itself is inside.", "at_least: 99.9 %");
const ABOVE: Key = key("above", QUANTITY, "A bound that itself is outside.", "above: 99.9 %");

/// A goal as it was committed.
pub const GOAL: Shape = Shape {
    name: "LockedGoal",
    what: "a goal of a lock",
    doc: "A goal. Quantities are written as `31 %`, `8 per quarter`, `0.06 USD per transaction`.",
    keys: GOAL_KEYS,
};

const GOAL_KEYS: &[Key] = &[
    key("kind", Form::Choice(GoalKind::NAMES), "What kind of goal it is.", "kind: move").needed(),
    key("from", QUANTITY, "Where it starts.", "from: 8 per quarter"),
    key("to", QUANTITY, "Where it ends.", "to: 2 per quarter"),
    key("by", QUANTITY, "By how much, signed.", "by: 5 points"),
    key("of", Form::Text, "What the difference is a share of: `start`.", "of: start"),
    key("better", Form::Choice(Better::NAMES), "Which way is better.", "better: lower"),
    AT_MOST,
    BELOW,
    AT_LEAST,
    ABOVE,
    key("judge", Form::Choice(Judge::NAMES), "How points become one score.", "judge: end"),
    key("due", DAY, "The day on which a thing is due.", "due: 2026-09-15"),
];

/// The levels of a goal as they were committed.
pub const LEVELS: Shape = Shape {
    name: "LockedLevels",
    what: "the levels of a lock",
    doc: "What was promised and hoped for beside a goal's end.",
    keys: LEVELS_KEYS,
};

const LEVELS_KEYS: &[Key] = &[
    key("commit", QUANTITY, "What was promised.", "commit: 60 %"),
    key("stretch", QUANTITY, "What was hoped for.", "stretch: 90 %"),
];

/// A counter-metric with its bound.
pub const GUARDRAIL: Shape = Shape {
    name: "LockedGuardrail",
    what: "a guardrail of a lock",
    doc: "A counter-metric with its bound.",
    keys: GUARDRAIL_KEYS,
};

const GUARDRAIL_KEYS: &[Key] =
    &[key("metric", ID, "The metric.", "metric: checkout-p75").needed(), AT_MOST, BELOW, AT_LEAST, ABOVE];

/// Where a metric stood when the quarter began.
pub const START: Shape =
    Shape { name: "Start", what: "a start", doc: "Where a metric stood when the quarter began.", keys: START_KEYS };

const START_KEYS: &[Key] = &[
    key("value", QUANTITY, "Its value.", "value: 8 per quarter").needed(),
    key("on", DAY, "The last day with data that it rests on.", "on: 2026-06-30").needed(),
    key(
        "data",
        Form::ByName("an export's path", &SHA_256),
        "The digest of each export that says so, by its path.",
        "data: { metrics/incidents.csv: 9f86d081… }",
    ),
];

const ON: Key = key("on", DAY, "The day.", "on: 2026-08-03").needed().slips(&["date"]);
const BECAUSE: Key = key("because", Form::Text, "The reason.", "because: the market moved").needed().slips(&["reason"]);
const BY: Key = key("by", Form::Text, "Who says so.", "by: cto");
const DROPPED: Key = key("dropped", Form::Flag, "It was taken out.", "dropped: true");
const NOTE: [Key; 4] = [ON, BECAUSE, BY, DROPPED];

/// A change of an objective.
pub const AMENDED_OBJECTIVE: Shape = Shape {
    name: "AmendedObjective",
    what: "an amendment",
    doc: "A change of an objective, with its day and reason. What isn't stated stays as it was.",
    keys: &terms::<_, _, _, { NOTE.len() + ObjectiveTerms::TABLE.len() }>(NOTE, ObjectiveTerms::TABLE, []),
};

/// A change of a key result.
pub const AMENDED_KEY_RESULT: Shape = Shape {
    name: "AmendedKeyResult",
    what: "an amendment",
    doc: "A change of a key result, with its day and reason. What isn't stated stays as it was.",
    keys: &terms::<_, _, _, { NOTE.len() + Terms::TABLE.len() }>(NOTE, Terms::TABLE, []),
};

/// `quarters/2026-Q3/checkins/2026-08-03.TEAM.yaml`.
pub const CHECK_IN_FILE: File = File {
    name: "checkin",
    path: "quarters/QUARTER/checkins/DATE.TEAM.yaml",
    doc: "What a team recorded on a day, by `objective/key-result`. Written by `okrbook checkin`; also what \
          `okrbook checkin --from` reads.",
    form: Form::ByName("a key result as objective/key-result", &Form::Of(&ENTRY)),
};

/// What was recorded of a key result.
pub const ENTRY: Shape = Shape {
    name: "Entry",
    what: "a check-in",
    doc: "What was recorded of a key result. Confidence, note and name are people's; the rest is computed.",
    keys: ENTRY_KEYS,
};

const ENTRY_KEYS: &[Key] = &[
    key("confidence", Form::Between(0, 10), "How sure the team is to make it.", "confidence: 6"),
    key(
        "note",
        Form::Text,
        "What happened since the last check-in, in a sentence or two.",
        "note: Two vendors are late",
    )
    .slips(&["comment"]),
    key("by", Form::Text, "Who says so.", "by: ana").slips(&["who"]),
    key("value", QUANTITY, "The value on that day.", "value: 5 per quarter"),
    key("progress", Form::Number, "How far along the way; may be below 0 or above 1.", "progress: 0.5"),
    key("score", Form::Number, "The score, 0 to 1.", "score: 0.5").slips(&["grade"]),
    key(
        "reading",
        Form::Of(&READING),
        "What the exports said up to two weeks before, by which a past that changes is noticed.",
        "reading: { metric: p1, value: 5, through: 2026-08-02 }",
    ),
];

/// What an export said of the quarter so far.
pub const READING: Shape =
    Shape { name: "Reading", what: "a reading", doc: "What an export said of the quarter so far.", keys: READING_KEYS };

const READING_KEYS: &[Key] = &[
    key("metric", ID, "The metric.", "metric: p1").needed(),
    key("definition", Form::Text, "How it was measured, in one line.", "definition: count of rows").needed(),
    key("value", Form::Number, "Its value.", "value: 5").needed(),
    key(
        "through",
        DAY,
        "The last day that it speaks of: one whose rows don't change any more by themselves.",
        "through: 2026-08-02",
    )
    .needed()
    .slips(&["until"]),
];
