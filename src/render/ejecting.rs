//! Built-in templates, handed out to be changed: with a line that says of which one a copy was made.
//!
//! In: the name of a template, and of a block of it. Out: the text of a book's own file, which begins with the digest of
//! what it was made of, so that it can be told when that has changed since. Reads and writes nothing.

use std::fmt;

use super::built_in::built_in_templates;
use super::difference;
use super::work;
use crate::diag::nearest;
use crate::error::{Error, Result};
use crate::hash::Digest;

/// What the line begins with that says of what a template was made.
const MARK: &str = "okrbook template ";

/// A built-in template: its name, its text and the names of its blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltIn {
    /// `team.html`.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// Its blocks, in the order in which they begin.
    pub blocks: Vec<&'static str>,
}

/// Returns all built-in templates, sorted by name.
#[must_use]
pub fn known() -> Vec<BuiltIn> {
    let templates = built_in_templates().into_iter();
    templates.map(|(name, text)| BuiltIn { name, text, blocks: block_names(name, text) }).collect()
}

fn block_names(name: &str, text: &'static str) -> Vec<&'static str> {
    if is_typst(name) { Vec::new() } else { work::blocks(text).into_iter().map(|block| block.name).collect() }
}

fn is_typst(name: &str) -> bool {
    name.ends_with(".typ")
}

/// What a template of a book's own was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin<'t> {
    /// The built-in template.
    pub(super) name: &'t str,
    /// The block of it; nothing where it was all of it.
    pub(super) block: Option<&'t str>,
    /// The first digits of the digest that it had.
    pub(super) digest: &'t str,
}

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.block {
            Some(block) => write!(f, "{MARK}{} {block} {}", self.name, self.digest),
            None => write!(f, "{MARK}{} {}", self.name, self.digest),
        }
    }
}

/// Returns what the parts of a book's own template say that they were made of.
pub(super) fn origins(text: &str) -> Vec<Origin<'_>> {
    text.lines().filter_map(origin).collect()
}

/// Reads `{# okrbook template team.html main 0123456789ab -#}` or `// okrbook template packet.typ 0123456789ab`.
fn origin(line: &str) -> Option<Origin<'_>> {
    let line = line.trim();
    let inside = line.strip_prefix("//").or_else(|| line.strip_prefix("{#")?.split("#}").next())?;
    let said = inside.trim_matches('-').trim().strip_prefix(MARK)?;
    let words: Vec<&str> = said.split_whitespace().collect();
    match words[..] {
        [name, digest] => Some(Origin { name, block: None, digest }),
        [name, block, digest] => Some(Origin { name, block: Some(block), digest }),
        _ => None,
    }
}

/// Returns the digest that a built-in template, or a block of it, has today; nothing where there is no such thing.
pub(super) fn digest_today(name: &str, block: Option<&str>) -> Option<String> {
    let (_, text) = built_in_templates().into_iter().find(|(known, _)| *known == name)?;
    let part = match block {
        Some(block) => part(text, block)?,
        None => text,
    };
    Some(Digest::of(part.as_bytes()).short())
}

fn part<'t>(text: &'t str, block: &str) -> Option<&'t str> {
    let found = work::blocks(text).into_iter().find(|known| known.name == block)?;
    text.get(found.range)
}

/// Returns the built-in template of a name.
///
/// # Errors
///
/// Where there is none.
pub fn find(name: &str) -> Result<BuiltIn> {
    let all = known();
    let name = name.strip_prefix("templates/").unwrap_or(name);
    if let Some(found) = all.iter().find(|known| known.name == name) {
        return Ok(found.clone());
    }
    let help = match nearest(name, all.iter().map(|known| known.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`okrbook template list` names all of them".to_owned(),
    };
    Err(Error::usage_with_help(format!("okrbook has no template `{name}`"), help))
}

/// Returns the text of a book's own file that replaces a built-in template, or only a block of it; `known` is what the
/// file says already.
///
/// # Errors
///
/// Where there is no such template or block, or where the file has something in its place.
pub fn ejected(built_in: &BuiltIn, block: Option<&str>, known: Option<&str>) -> Result<String> {
    let BuiltIn { name, text, .. } = *built_in;
    let digest = |part: &str| Digest::of(part.as_bytes()).short();
    let Some(block) = block else {
        if known.is_some() {
            let help = format!("`okrbook template diff {name}` shows how it differs; move it away to begin anew");
            return Err(Error::usage_with_help(format!("templates/{name} is there already"), help));
        }
        let origin = Origin { name, block: None, digest: &digest(text) }.to_string();
        let line = if is_typst(name) { format!("// {origin}\n") } else { format!("{{# {origin} -#}}\n") };
        return Ok(line + text);
    };
    let Some(part) = part(text, block) else { return Err(no_such_block(built_in, block)) };
    let origin = Origin { name, block: Some(block), digest: &digest(part) };
    let comment = format!("{{# {origin} -#}}\n");
    match known {
        None => Ok(format!("{comment}{{% extends \"builtin/{name}\" %}}\n{part}\n")),
        Some(known) if work::blocks(known).iter().any(|found| found.name == block) => {
            let help = format!("`okrbook template diff {name}` shows how it differs");
            Err(Error::usage_with_help(format!("templates/{name} has a block `{block}` already"), help))
        }
        Some(known) if work::leads_to(known).first() != Some(&format!("builtin/{name}").as_str()) => {
            let message = format!("templates/{name} is there already, and stands for the whole template");
            Err(Error::usage_with_help(message, "change the block in it, or move it away to begin anew"))
        }
        Some(known) => Ok(format!("{}\n{comment}{part}\n", known.trim_end())),
    }
}

fn no_such_block(built_in: &BuiltIn, block: &str) -> Error {
    let name = built_in.name;
    let message = format!("`{name}` has no block `{block}`");
    if built_in.blocks.is_empty() {
        return Error::usage_with_help(
            message,
            format!("it has none: `okrbook template eject {name}` copies all of it"),
        );
    }
    Error::usage_with_help(message, format!("its blocks: {}", built_in.blocks.join(", ")))
}

/// Returns how a book's own template differs from the built-in one, line by line; nothing where it doesn't. Of a template
/// that replaces blocks only, these are compared.
#[must_use]
pub fn differences(built_in: &BuiltIn, own: &str) -> String {
    let BuiltIn { name, text, .. } = *built_in;
    let heads = |block: &str| (format!("builtin/{name}{block}"), format!("templates/{name}{block}"));
    let body: String = own.split_inclusive('\n').filter(|line| origin(line).is_none()).collect();
    let is_child = work::leads_to(own).first() == Some(&format!("builtin/{name}").as_str());
    if is_typst(name) || !is_child {
        let (theirs, ours) = heads("");
        return difference::unified((&theirs, text), (&ours, &body));
    }
    let mut out = String::new();
    for block in work::blocks(&body) {
        let Some(theirs) = part(text, block.name) else { continue };
        let (from, to) = heads(&format!(" {}", block.name));
        out.push_str(&difference::unified((&from, theirs), (&to, &body[block.range])));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_begins_with_what_it_was_made_of() {
        let card = find("key-result.html").expect("known");
        let copy = ejected(&card, None, None).expect("ejected");
        let first = copy.lines().next().expect("a line");
        let today = digest_today("key-result.html", None).expect("a digest");
        assert_eq!(first, format!("{{# okrbook template key-result.html {today} -#}}"));
        assert_eq!(origins(&copy), [Origin { name: "key-result.html", block: None, digest: &today }]);
        assert_eq!(differences(&card, &copy), "");
        assert!(ejected(&card, None, Some("")).is_err() && ejected(&card, Some("main"), None).is_err());
        let told = find("key-results.html").expect_err("unknown");
        assert_eq!(told.help(), Some("did you mean `key-result.html`?"));
    }

    #[test]
    fn blocks_are_copied_one_by_one_into_one_file() {
        let base = find("base.html").expect("known");
        let one = ejected(&base, Some("footer"), None).expect("ejected");
        assert!(one.contains("{% extends \"builtin/base.html\" %}\n{%- block footer %}"), "{one}");
        let two = ejected(&base, Some("head"), Some(&one)).expect("ejected");
        assert!(two.starts_with(one.trim_end()) && two.contains("{% block head %}"), "{two}");
        assert_eq!(origins(&two).iter().map(|origin| origin.block).collect::<Vec<_>>(), [Some("footer"), Some("head")]);
        assert_eq!(differences(&base, &two), "");
        let changed = two.replace("{{ t.made_how }}", "ours");
        assert!(differences(&base, &changed).contains("\n+<p>{{ page.footer }} ours "), "{changed}");
        for (known, block) in [(Some(&*two), "head"), (Some("x"), "head"), (None, "foot")] {
            assert!(ejected(&base, Some(block), known).is_err(), "{block}");
        }
    }

    #[test]
    fn lines_that_say_something_else_are_no_origin() {
        for line in ["", "{# okrbook template #}", "{# a b c #}", "okrbook template a b", "// okrbook template a b c d"]
        {
            assert_eq!(origin(line), None, "{line}");
        }
        assert_eq!(origin("// okrbook template a b").map(|origin| origin.name), Some("a"));
    }
}
