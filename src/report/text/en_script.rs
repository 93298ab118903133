//! What the pages' script says, in English.

/// Each text by the name that the script knows. `{n}` and the like stand for what the script puts there.
pub(super) const WORDS: [(&str, &str); 15] = [
    ("search", "Search"),
    ("placeholder", "Objectives, key results, teams, people, metrics, reviews"),
    ("results", "Results"),
    ("close", "Close"),
    ("teams", "Teams"),
    ("people", "People"),
    ("metrics", "Metrics"),
    ("objectives", "Objectives"),
    ("key_results", "Key results"),
    ("reviews", "Reviews"),
    ("more", "and {n} more"),
    ("found", "{n} found"),
    ("nothing", "Nothing found"),
    ("keys", "Arrow keys choose, Enter opens, Escape closes"),
    ("unavailable", "This copy has no index to search"),
];
