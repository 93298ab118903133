//! Pages of a book with templates of its own, looked at before anybody publishes them: a template can print anything.
//!
//! In: a page and the book's templates. Out: nothing where the page has the form in which okrbook prints pages, with the
//! policy and without anything that runs; else what is wrong with it, in the template that seems to print it.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::markdown::Html;
use crate::publishable::{self, Refusal};
use crate::source::position_in;

const HELP: &str = "a book's own template may show anything, and run or load nothing: take this out of it, keep okrbook's \
                    head by `{% extends \"builtin/base.html\" %}`, and put styles into assets/custom.css";

/// How many letters of a page and a template are compared.
const COMPARED: usize = 80;

/// The longest line that is shown.
const SHOWN: usize = 200;

/// Looks whether a page may be published.
///
/// # Errors
///
/// Where it may not.
pub(super) fn look(path: &str, content: &[u8], base: Option<&str>, own: &BTreeMap<String, String>) -> Result<()> {
    // A page that is shown for any address names its files by the site's own, which is no other place.
    let near = base.map(|base| {
        let text = String::from_utf8_lossy(content).replace(&format!("\"{base}"), "\"");
        text.replace(&format!("\"{}", Html::text(base).as_str()), "\"").into_bytes()
    });
    let content = near.as_deref().unwrap_or(content);
    publishable::sealed(path, content).map_err(|refusal| fault(path, content, &refusal, own))
}

fn fault(path: &str, content: &[u8], refusal: &Refusal, own: &BTreeMap<String, String>) -> Error {
    let message = format!("{path} is not published: {}", refusal.what);
    let place = match (place(content, refusal, own), own.keys().next()) {
        (Some((name, at)), _) => shown(name, own.get(name).map_or("", String::as_str), at),
        (None, Some(name)) if own.len() == 1 => vec![format!("--> templates/{name}")],
        _ => vec![format!("--> {path}{}", in_page(content, refusal))],
    };
    Error::Template { code: "active-page", message, place, help: Some(HELP.to_owned()) }
}

/// Returns the line and column of what is wrong with a page: `:9:4`.
fn in_page(content: &[u8], refusal: &Refusal) -> String {
    let position = |at: usize| position_in(&String::from_utf8_lossy(content), at);
    let position = refusal.at.as_ref().map(|at| position(at.start));
    position.map_or_else(String::new, |position| format!(":{}:{}", position.line, position.column))
}

/// Returns the template and the byte in it where what is wrong seems to stand: where most of the page's text around it
/// stands too. Nothing where no template has it, since it was put together.
fn place<'o>(content: &[u8], refusal: &Refusal, own: &'o BTreeMap<String, String>) -> Option<(&'o str, usize)> {
    let at = refusal.at.as_ref()?;
    let (before, behind) = content.split_at_checked(at.start)?;
    let wrong = &behind[..at.len().min(behind.len())];
    if wrong.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    let mut best: Option<(usize, &str, usize)> = None;
    for (name, text) in own {
        for found in memchr::memmem::find_iter(text.as_bytes(), wrong) {
            let (left, right) = text.as_bytes().split_at(found);
            let ahead = right.iter().zip(behind).take(COMPARED).take_while(|(a, b)| a == b).count();
            let back = left.iter().rev().zip(before.iter().rev()).take(COMPARED).take_while(|(a, b)| a == b).count();
            if best.is_none_or(|(known, ..)| known < ahead + back) {
                best = Some((ahead + back, name, found));
            }
        }
    }
    // A bracket alone stands everywhere.
    best.filter(|(alike, ..)| *alike >= wrong.len().max(4)).map(|(_, name, at)| (name, at))
}

/// Returns the lines that show a place in a template.
fn shown(name: &str, text: &str, at: usize) -> Vec<String> {
    let position = position_in(text, at);
    let mut lines = vec![format!("--> templates/{name}:{}:{}", position.line, position.column)];
    let line = text.lines().nth(position.line as usize - 1).unwrap_or_default().replace('\t', " ");
    if line.len() <= SHOWN {
        let number = position.line.to_string();
        let blank = " ".repeat(number.len());
        let caret = " ".repeat(position.column as usize - 1);
        lines[0].insert_str(0, &blank);
        lines.extend([format!("{blank} |"), format!("{number} | {line}"), format!("{blank} | {caret}^")]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
                        http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src \
                        'self' data:; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'\">\n";

    fn said(page: &str, own: &[(&str, &str)]) -> String {
        let own = own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        match look("a/index.html", page.as_bytes(), Some("https://okr.example/a/"), &own) {
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_page_that_runs_something_is_told_where_its_template_does() {
        let page = |body: &str| format!("{HEAD}</head>\n<body>\n<p>x</p>\n{body}</body>\n</html>\n");
        let own =
            [("other.html", "<script>b()</script>"), ("team.html", "<p>{{ x }}</p>\n\u{e9}\t<script>a()</script>\n")];
        let told = said(&page("\u{e9}\t<script>a()</script>\n"), &own);
        let place = "\n --> templates/team.html:2:3\n  |\n2 | \u{e9} <script>a()</script>\n  |   ^";
        assert!(told.starts_with("a/index.html is not published: `<script>`") && told.ends_with(place), "{told}");
        let told = said(&page("<p onclick=\"a()\">"), &own);
        assert!(told.contains("\n--> a/index.html:9:4"), "{told}");
        let told = said(&page("<form>"), &[("team.html", "{{ made }}")]);
        assert!(told.ends_with("--> templates/team.html"), "{told}");
    }

    #[test]
    fn a_page_without_the_policy_is_not_published() {
        let own = [("404.html", "<!doctype html><title>x</title>")];
        assert!(said("<!doctype html><title>x</title>", &own).contains("--> templates/404.html:1:16\n"));
        for page in ["", "x", "<p>", &HEAD.replace("'none'", "*")] {
            assert!(said(page, &own).contains("templates/404.html"), "{page}");
        }
    }

    #[test]
    fn the_sites_own_address_is_no_other_place() {
        let page = |address: &str| {
            format!(
                "{HEAD}<title>x</title>\n<link rel=\"stylesheet\" href=\"{address}\">\n</head>\n<body>x</body>\n</html>"
            )
        };
        assert_eq!(said(&page("https://okr.example/a/assets/site.css"), &[]), "");
        assert_ne!(said(&page("https://evil.example/a/assets/site.css"), &[]), "");
        assert_ne!(said(&page("https://okr.example/a/javascript:x"), &[]), "");
    }
}
