//! The keys of a book's catalogue of measures that can be gamed.

use super::File;
use crate::yaml::{Form, Key, Shape, TEXTS, key};

/// `catalogue.yaml`.
pub const FILE: File = File {
    name: "catalogue",
    path: "catalogue.yaml",
    doc: "Measures that can be gamed, by their ids; `catalogue:` in okrbook.yaml names the file. An id of the built-in \
          catalogue changes that entry.",
    form: Form::ByName("a measure's id", &Form::Of(&MEASURE)),
};

/// A measure that can be gamed.
pub const MEASURE: Shape = Shape {
    name: "Measure",
    what: "a measure",
    doc: "A measure that can be made to look good while nothing that matters gets better.",
    keys: MEASURE_KEYS,
};

const MEASURE_KEYS: &[Key] = &[
    key("name", Form::Text, "What people call it.", "name: sprint velocity").or("the id").slips(&["title"]),
    key(
        "measures",
        TEXTS,
        "Names of the number itself. `a|b` is either word; `=` in front: nothing may stand before it.",
        "measures: [sprint velocity, team|squad velocity]",
    )
    .slips(&["phrases", "metrics", "words"]),
    key("things", TEXTS, "Things that are counted. Plurals match by themselves.", "things: story point")
        .slips(&["counts", "nouns"]),
    key("verbs", TEXTS, "Verbs without which counting these things is nobody's activity.", "verbs: close")
        .slips(&["verb"]),
    key("often", TEXTS, "Verbs that are this measure where they are to happen more often.", "often: deploy"),
    key("falls", Form::Flag, "Whether less of it is what people promise, as with lint errors.", "falls: true")
        .or("`false`"),
    key(
        "shares",
        Form::Flag,
        "Whether a share of the things (`95% of services`) is this measure too.",
        "shares: false",
    )
    .or("`true`"),
    key("gamed_by", Form::Text, "How the number is made to look good.", "gamed_by: estimating higher")
        .slips(&["gamed", "how"]),
    key("instead", Form::Text, "What to measure in its place.", "instead: how long a request takes to reach people")
        .slips(&["better", "replace_by"]),
    key(
        "example",
        Form::Text,
        "A key result that does; `{scope}` stands for the team's words on where.",
        "example: Reduce the time from request to release from 30 to 10 days",
    ),
    key("off", Form::Flag, "Takes a built-in measure away.", "story-points: { off: true }")
        .or("`false`")
        .slips(&["disabled"]),
];
