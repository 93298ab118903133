//! A template that names itself as its parent: what is meant is okrbook's of the same name.
//!
//! In: a book's own template. Out: nothing, or what is wrong with its first tag.

use crate::error::{Error, Result};
use crate::render::work;
use crate::source::position_in;

/// Looks whether a template extends itself.
///
/// # Errors
///
/// Where it does.
pub(super) fn look(name: &str, text: &str) -> Result<()> {
    let Some(named) = work::leads_to(text).into_iter().find(|named| *named == name) else { return Ok(()) };
    let at = named.as_ptr() as usize - text.as_ptr() as usize;
    if !text.get(..at).is_some_and(|before| before.trim_end_matches(['"', '\'', '`']).trim_end().ends_with("extends")) {
        return Ok(());
    }
    let position = position_in(text, at);
    Err(Error::Template {
        code: "broken-template",
        message: format!("this template extends `{name}`, which is itself"),
        place: vec![format!("--> templates/{name}:{}:{}", position.line, position.column)],
        help: Some(format!("write `{{% extends \"builtin/{name}\" %}}` to change blocks of okrbook's own")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_extends_the_built_in_one_and_not_itself() {
        assert!(look("team.html", "{% extends \"builtin/team.html\" %}").is_ok());
        assert!(look("team.html", "{% include \"team.html\" %}").is_ok(), "the engine tells that");
        let told = look("team.html", "{# ours #}\n{% extends 'team.html' %}").expect_err("itself");
        assert!(told.to_string().contains("--> templates/team.html:2:13"), "{told}");
        assert!(told.help().is_some_and(|help| help.contains("\"builtin/team.html\"")));
    }
}
