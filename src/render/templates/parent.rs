//! The parent that a template names: okrbook's own template of that name, not itself.
//!
//! In: a book's own template. Out: nothing, or what is wrong with its first tag.

use crate::diag::nearest;
use crate::error::{Error, Result};
use crate::render::built_in::built_in_templates;
use crate::render::work;
use crate::source::position_in;

/// Looks whether a template extends itself, or one that okrbook doesn't have.
///
/// # Errors
///
/// Where it does.
pub(super) fn look(name: &str, text: &str) -> Result<()> {
    let extends = |at: usize| {
        let before = text.get(..at).unwrap_or_default().trim_end_matches(['"', '\'', '`']);
        before.trim_end().ends_with("extends")
    };
    let named = work::leads_to(text).into_iter().map(|named| (named, named.as_ptr() as usize - text.as_ptr() as usize));
    let Some((parent, at)) = named.into_iter().find(|(_, at)| extends(*at)) else { return Ok(()) };
    if parent == name {
        let message = format!("this template extends `{name}`, which is itself");
        return Err(fault(message, (name, text, at), instead(name)));
    }
    let Some(bare) = parent.strip_prefix("builtin/") else { return Ok(()) };
    let known: Vec<&str> = built_in_templates().into_iter().map(|(name, _)| name).collect();
    if known.contains(&bare) {
        return Ok(());
    }
    let help = match nearest(bare, known) {
        Some(near) => format!("did you mean `builtin/{near}`?"),
        None => "`okrbook template list` names all of them".to_owned(),
    };
    Err(fault(format!("okrbook has no template `{bare}`"), (name, text, at), help))
}

fn instead(name: &str) -> String {
    format!("write `{{% extends \"builtin/{name}\" %}}` to change blocks of okrbook's own")
}

fn fault(message: String, (name, text, at): (&str, &str, usize), help: String) -> Error {
    let position = position_in(text, at);
    let place = vec![format!("--> templates/{name}:{}:{}", position.line, position.column)];
    Error::Template { code: "broken-template", message, place, help: Some(help) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_extends_the_built_in_one_and_not_itself() {
        assert!(look("team.html", "{% extends \"builtin/team.html\" %}").is_ok());
        assert!(look("team.html", "{% include \"team.html\" %}").is_ok(), "the engine tells that");
        assert!(look("team.html", "{% extends \"ours.html\" %}").is_ok());
        let told = look("team.html", "{# ours #}\n{% extends 'team.html' %}").expect_err("itself");
        assert!(told.to_string().contains("--> templates/team.html:2:13"), "{told}");
        assert!(told.help().is_some_and(|help| help.contains("\"builtin/team.html\"")));
        let told = look("team.html", "{% extends 'builtin/teem.html' %}").expect_err("unknown");
        assert_eq!(told.help(), Some("did you mean `builtin/team.html`?"));
    }
}
