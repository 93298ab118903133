//! What to do about a name that a template asks for and that isn't there.
//!
//! In: what the engine says. Out: the first part of it, and as help what is known instead, the nearest name first.

use super::extras;
use crate::diag::nearest;
use crate::render::built_in::built_in_templates;
use crate::render::work;

/// The most names that are listed.
const MOST: usize = 60;

/// Returns what is wrong, and what to do where that is known.
pub(super) fn advised(message: &str) -> (String, Option<String>) {
    for marker in [" Available variables: ", " Available fields: "] {
        if let Some((wrong, known)) = message.split_once(marker) {
            let known: Vec<&str> = known.split(", ").filter(|name| !name.starts_with("okrbook_")).collect();
            let help = known_names(quoted(wrong), &known);
            return (wrong.trim_end_matches('.').to_owned(), Some(help));
        }
    }
    if message.starts_with("Block `") {
        return (message.to_owned(), Some(known_block(quoted(message))));
    }
    let help = match message.split_once(" `").map(|(kind, _)| kind).filter(|kind| kind.starts_with("Unknown")) {
        Some("Unknown function") => Some(known_names(quoted(message), &extras::FUNCTIONS)),
        None if message.starts_with("Found string but expected identifier") => {
            Some("arguments have names: `asset(name=\"logo.svg\")`".to_owned())
        }
        None if message.ends_with("but got `undefined`") || message.starts_with("Invalid type for the value") => Some(
            "a name that isn't known here is `undefined`: print it without the filter to learn which names are"
                .to_owned(),
        ),
        Some("Unknown template") => {
            let built_in: Vec<&str> = built_in_templates().into_iter().map(|(name, _)| name).collect();
            let name = quoted(message);
            let bare = name.strip_prefix("builtin/").unwrap_or(name);
            Some(match nearest(bare, built_in.iter().copied()) {
                Some(near) => format!("did you mean `builtin/{near}`? `okrbook template list` names all"),
                None => "`okrbook template list` names okrbook's own, which are called `builtin/NAME`".to_owned(),
            })
        }
        _ => None,
    };
    (message.to_owned(), help)
}

/// Says which block may be meant by a name that none has.
fn known_block(wrong: &str) -> String {
    let texts = built_in_templates().into_iter().filter(|(name, _)| name.ends_with(".html"));
    let blocks: Vec<&str> = texts.flat_map(|(_, text)| work::blocks(text)).map(|block| block.name).collect();
    let list = "`okrbook template list` names the blocks of each template";
    match nearest(wrong, blocks) {
        Some(near) => format!("did you mean `{near}`? {list}"),
        None => list.to_owned(),
    }
}

fn known_names(wrong: &str, known: &[&str]) -> String {
    let shown = known.get(..MOST).unwrap_or(known);
    let more = known.len() - shown.len();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let list = format!("known here: {}{more}", shown.join(", "));
    match nearest(wrong, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? {list}"),
        None => list,
    }
}

/// Returns what stands in back quotes first.
fn quoted(text: &str) -> &str {
    text.split('`').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_told_first_and_what_counts_is_not_told() {
        let (message, help) =
            advised("Variable `heding` is not defined. Available variables: facts, heading, okrbook_turn");
        assert_eq!(message, "Variable `heding` is not defined");
        assert_eq!(help.as_deref(), Some("did you mean `heading`? known here: facts, heading"));
        let (_, help) = advised("Unknown template `builtin/teem.html`");
        assert!(help.is_some_and(|help| help.starts_with("did you mean `builtin/team.html`?")));
        let (_, help) = advised("Block `after_titel` is not defined in any parent template");
        assert!(help.is_some_and(|help| help.starts_with("did you mean `after_title`?")));
        let many: Vec<String> = (0..70).map(|at| format!("n{at}")).collect();
        let (_, help) = advised(&format!("Field `x` is not defined. Available fields: {}", many.join(", ")));
        assert!(help.is_some_and(|help| help.ends_with("n59 and 10 more")));
        assert_eq!(advised("Cannot divide by 0"), ("Cannot divide by 0".to_owned(), None));
        let help = |message: &str| advised(message).1.unwrap_or_default();
        assert!(help("Found string but expected identifier.").contains("asset(name="));
        assert!(help("Invalid type for the value, expected `string` but got `undefined`").contains("isn't known here"));
        assert_eq!(help("Unknown function `aset`"), "did you mean `asset`? known here: asset, range, throw");
    }
}
