//! Templates of a book's own that stand beside the built-in ones as they are today: what was made of one that has changed
//! since, and what no page is made with.
//!
//! In: a book's texts. Out: findings at the templates.

use std::collections::BTreeSet;

use super::ejecting::{self, digest_today, origins};
use super::work;
use crate::diag::{Diagnostic, Place, nearest};
use crate::source::{FileId, SourceFile, Sources, Span};

const FOLDER: &str = "templates/";

/// Returns what is doubtful about a book's own templates, by their texts alone.
#[must_use]
pub fn template_findings(sources: &Sources) -> Vec<Diagnostic> {
    let own: Vec<(FileId, &SourceFile, &str)> =
        sources.iter().filter_map(|(id, file)| Some((id, file, file.path.strip_prefix(FOLDER)?))).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let built_in: Vec<&str> = ejecting::known().into_iter().map(|known| known.name).collect();
    let used: BTreeSet<&str> = own.iter().flat_map(|(_, file, _)| named(&file.text)).collect();
    let mut found = Vec::new();
    for (id, file, name) in own {
        found.extend(stale(id, &file.text));
        if !built_in.contains(&name) && !used.contains(name) {
            found.push(unknown(file, name, &built_in));
        }
    }
    found
}

/// Returns the names of templates that a template leads to: `builtin/` is none of the book's own.
fn named(text: &str) -> Vec<&str> {
    let leads_to = work::leads_to(text).into_iter().map(|name| name.strip_prefix("user/").unwrap_or(name));
    let typst = text.split('"').skip(1).step_by(2).filter(|name| name.ends_with(".typ"));
    leads_to.chain(typst).collect()
}

fn unknown(file: &SourceFile, name: &str, built_in: &[&str]) -> Diagnostic {
    let message = format!("no page is made with a template `{name}`");
    let near = nearest(name, built_in.iter().copied());
    let help = near.map_or_else(
        || "`okrbook template list` names those that pages are made with".to_owned(),
        |near| format!("call it `{near}`, or include it where it is wanted"),
    );
    Diagnostic::warning("unknown-template", Place::file(&file.path), message).help(help)
}

/// Returns what of a template was made of something that has changed since.
fn stale(file: FileId, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for origin in origins(text) {
        let start = origin.digest.as_ptr() as usize - text.as_ptr() as usize;
        let span = Span::new(file, start..start + origin.digest.len());
        let name = origin.name;
        let what = origin.block.map_or_else(|| format!("`{name}`"), |block| format!("block `{block}` of `{name}`"));
        let finding = match digest_today(name, origin.block) {
            Some(today) if today == origin.digest => continue,
            Some(today) => Diagnostic::warning(
                "stale-template",
                span,
                format!("okrbook's {what} has changed since this was made of it"),
            )
            .help(format!(
                "`okrbook template diff {name}` shows how they differ; take over what is new, then write {today} here"
            )),
            None => Diagnostic::warning(
                "stale-template",
                span,
                format!("this was made of {what}, which okrbook has no more"),
            )
            .help("`okrbook template list` names the templates and blocks of today"),
        };
        found.push(finding);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let mut sources = Sources::new(Vec::new());
        for (path, text) in files {
            sources.add(path, text);
        }
        let told = template_findings(&sources);
        told.iter().map(|found| format!("{} {}: {}", found.code, found.place.path(&sources), found.message)).collect()
    }

    #[test]
    fn a_template_that_is_older_than_the_built_in_one_is_told() {
        let today = digest_today("grade.html", None).expect("known");
        let text = |digest: &str| format!("{{# okrbook template grade.html {digest} -#}}\nx");
        assert_eq!(found(&[("templates/grade.html", &text(&today))]), Vec::<String>::new());
        let told = found(&[("templates/grade.html", &text("0123456789ab"))]);
        assert!(told.len() == 1 && told[0].contains("okrbook's `grade.html` has changed since"), "{told:?}");
        let gone = "{# okrbook template team.html middle 0123456789ab -#}\n{% extends \"builtin/team.html\" %}";
        let told = found(&[("templates/team.html", gone)]);
        assert!(told.len() == 1 && told[0].contains("block `middle` of `team.html`, which okrbook has no more"));
    }

    #[test]
    fn a_template_that_nobody_asks_for_is_told_and_one_that_is_included_is_not() {
        let told = found(&[("templates/key-results.html", "x"), ("templates/box.html", "x"), ("pages/a.md", "x")]);
        assert_eq!(told.len(), 2, "{told:?}");
        let told = found(&[("templates/grade.html", "{% include \"box.html\" %}"), ("templates/box.html", "x")]);
        assert_eq!(told, Vec::<String>::new());
    }
}
