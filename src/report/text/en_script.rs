//! What the pages' script says, in English.

/// Each text by the name that the script knows. `{n}` and the like stand for what the script puts there.
pub(super) const WORDS: [(&str, &str); 26] = [
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
    ("team", "Team"),
    ("owner", "Owner"),
    ("status", "Pace"),
    ("grade", "Grade"),
    ("all", "All"),
    ("filter", "Show only"),
    ("clear", "Show all"),
    ("shown", "{n} of {all} shown"),
    ("copy", "Copy link"),
    ("copy_of", "Copy link: {title}"),
    ("copied", "Link copied"),
    ("keys", "Arrow keys choose, Enter opens, Escape closes"),
    ("unavailable", "This copy has no index to search"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_a_text_for_all_that_it_says_and_says_all_of_them() {
        let script = include_str!("../../../assets/okrbook.js");
        let said = script.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next());
        for name in said {
            assert!(WORDS.iter().any(|(known, _)| *known == name), "{name} has no text");
        }
        for (name, text) in WORDS {
            assert!(script.contains(&format!("\"{name}\"")), "nothing says {name}");
            assert!(!text.contains('|') && !name.contains('='), "{name} can't be told from the next one");
        }
    }
}
