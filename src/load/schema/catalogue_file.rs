//! The form of a book's catalogue of measures that can be gamed.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::OneOrMany;

/// Measures that can be gamed, by their ids. An id of the built-in catalogue changes that entry.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct CatalogueFile(BTreeMap<String, Measure>);

/// A measure that can be made to look good while nothing that matters gets better.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Measure {
    /// What people call it. Default: the id.
    name: Option<String>,
    /// Names of the number itself: `sprint velocity`. `a|b` is either word; `=` in front: nothing may stand before it.
    measures: Option<OneOrMany>,
    /// Things that are counted: `story point`. Plurals match by themselves.
    things: Option<OneOrMany>,
    /// Verbs without which counting these things is nobody's activity: `close` for tickets.
    verbs: Option<OneOrMany>,
    /// Verbs that are this measure where they are to happen more often: `deploy`.
    often: Option<OneOrMany>,
    /// Whether less of it is what people promise, as with lint errors.
    falls: Option<bool>,
    /// Whether a share of the things ("95% of services") is this measure too. Default: true.
    shares: Option<bool>,
    /// How the number is made to look good.
    gamed_by: Option<String>,
    /// What to measure in its place.
    instead: Option<String>,
    /// A key result that does; `{scope}` stands for the team's words on where.
    example: Option<String>,
    /// Takes a built-in measure away.
    off: Option<bool>,
}
