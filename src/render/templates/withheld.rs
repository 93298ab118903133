//! What a page owes its readers whatever its template looks like: moved goalposts, findings, doubts and confidence.
//!
//! In: what a template was given, and what it made of it. Out: nothing where all of that is printed; else an error that
//! names what is withheld. A template may set it as it likes, and may leave out anything else.

use tera::{Value, escape_html};

use crate::error::Error;

/// Names the mistake for ever.
pub(in crate::render) const CODE: &str = "withheld-evidence";

/// The most texts of one kind that are looked for on a page.
const MOST: usize = 500;

/// What stands in a path for any number of steps.
const ANYWHERE: &str = "**";

/// Returns what a template has to print where it is given, as paths of names; lists are gone through.
fn owed(template: &str) -> &'static [&'static [&'static str]] {
    match template {
        "key-result.html" => &[&["moves"], &["found"], &["confidence"], &["doubts"], &["marks"]],
        "objective.html" => &[&["moves"], &["remarks"], &["marks"], &["key_results"]],
        "team-quarter.html" => &[&["scores"], &["remarks"], &["objectives"]],
        "scores.html" => &[&["groups"]],
        "score-group.html" => &[&["marks"], &["rows"]],
        "score-row.html" => &[&["marks"], &["remarks"], &["confidence"]],
        "retrospective-entry.html" => &[&["marks"]],
        "retrospective.html" => &[&["bands", "entries"]],
        "moves.html" => &[&["rows"]],
        "move-row.html" => &[&["what"], &["was"], &["is"], &["said"]],
        "goalposts.html" => &[&["title"], &["table"], &["scores"]],
        "confidence.html" => &[&["now"], &["said"]],
        "said.html" => &[&["confidence"], &["note"]],
        "remarks.html" => &[&["remarks"]],
        "remark.html" => &[&["message"]],
        "doubt.html" => &[&["doubt"]],
        "mark.html" => &[&["word"]],
        "quarter.html" => &[&["moves"], &["tables", "scores"]],
        "index.html" => &[&["quarter", "company"]],
        "person.html" => &[&["waiting"]],
        "checks.html" => &[&[ANYWHERE, "kinds", "items"], &[ANYWHERE, "kinds", "more"], &["allowed"]],
        "packet.html" => &[
            &[ANYWHERE, "goalposts", "title"],
            &[ANYWHERE, "goalposts", "rows", "was"],
            &[ANYWHERE, "confidence", "now"],
            &["packet", "appendix", "findings", "findings", "message"],
        ],
        _ => &[],
    }
}

/// Looks whether a template printed what it owes of what it was `given`: names and values.
///
/// # Errors
///
/// Where it printed less; `file` is the book's own template that is named then.
pub(super) fn look<'v>(
    (template, file): (&str, &str),
    given: impl Fn(&'static str) -> Option<&'v Value>,
    made: &str,
) -> Result<(), Error> {
    for path in owed(template) {
        let [first, rest @ ..] = path else { continue };
        let mut texts = Vec::new();
        match *first {
            // Only pages are asked so, and all that they are given stands below one of these.
            ANYWHERE => ["now", "other", "packet"]
                .iter()
                .filter_map(|name| given(name))
                .for_each(|value| gather(value, path, &mut texts)),
            name => given(name).into_iter().for_each(|value| gather(value, rest, &mut texts)),
        }
        if !texts.iter().all(|text| memchr::memmem::find(made.as_bytes(), text.as_bytes()).is_some()) {
            return Err(withheld(template, file, path));
        }
    }
    Ok(())
}

fn withheld(template: &str, file: &str, path: &[&str]) -> Error {
    let name: Vec<&str> = path.iter().copied().filter(|step| *step != ANYWHERE).collect();
    let name = name.join(".");
    let message = format!("this template withholds `{name}`: it is given some and doesn't print it");
    let help = format!(
        "print `{name}` in it, in any form; `okrbook template diff {template}` shows where okrbook's own template does"
    );
    Error::Template { code: CODE, message, place: vec![format!("--> templates/{file}:1:1")], help: Some(help) }
}

/// Adds the texts that stand at a path below a value, as they are printed.
fn gather(value: &Value, path: &[&str], texts: &mut Vec<String>) {
    if texts.len() >= MOST {
        return;
    }
    if let Some(items) = value.as_array() {
        return items.iter().for_each(|item| gather(item, path, texts));
    }
    match path {
        [] => texts.extend(value.as_str().filter(|text| !text.trim().is_empty()).map(|text| printed(value, text))),
        [ANYWHERE, rest @ ..] => {
            gather(value, rest, texts);
            let inside = value.as_map().into_iter().flat_map(|map| map.values());
            inside.filter(|inside| inside.is_map() || inside.is_array()).for_each(|inside| gather(inside, path, texts));
        }
        [name, rest @ ..] => {
            let found = value.is_map().then(|| value.get_from_path(name)).flatten();
            found.into_iter().for_each(|found| gather(found, rest, texts));
        }
    }
}

/// Returns a text as a template prints it that does nothing else with it.
fn printed(value: &Value, text: &str) -> String {
    if value.is_safe() {
        return text.trim().to_owned();
    }
    let mut escaped = Vec::with_capacity(text.len());
    let _ = escape_html(text, &mut escaped);
    String::from_utf8(escaped).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn said(template: &str, given: &[(&str, Value)], made: &str) -> String {
        let given: BTreeMap<&str, &Value> = given.iter().map(|(name, value)| (*name, value)).collect();
        match look((template, template), |name| given.get(name).copied(), made) {
            Ok(()) => String::new(),
            Err(error) => error.message().into_owned(),
        }
    }

    #[test]
    fn what_is_given_has_to_be_printed_and_what_is_not_there_has_not() {
        let moves = [("moves", Value::safe_string("<b>moved</b>\n"))];
        assert_eq!(said("key-result.html", &moves, "<i><b>moved</b></i>"), "");
        assert!(said("key-result.html", &moves, "<i>moved</i>").contains("withholds `moves`"));
        assert_eq!(said("key-result.html", &[("moves", Value::from(""))], ""), "");
        assert_eq!(said("grade.html", &[("word", Value::from("missed"))], ""), "", "it may leave out a word");
        let said_so = [("message", Value::from("a < b"))];
        assert_eq!(said("remark.html", &said_so, "a &lt; b"), "");
        assert!(said("remark.html", &said_so, "a < b").contains("`message`"));
    }

    #[test]
    fn what_stands_deep_in_a_page_is_looked_for() {
        let kind = |items: &str| Value::from(BTreeMap::from([("items", Value::safe_string(items))]));
        let section = BTreeMap::from([("kinds", Value::from(vec![kind("x1"), kind("x2")]))]);
        let given = [("now", Value::from(vec![Value::from(section)]))];
        assert_eq!(said("checks.html", &given, "x1 x2"), "");
        assert!(said("checks.html", &given, "x1").contains("`kinds.items`"));
    }
}
