//! What could stand where somebody types: keys, and the names that the book knows.

use okrbook::Book;
use okrbook::check::{codes, faults, rule, rules};
use okrbook::report::decide::metric_title;
use okrbook::yaml::Form;
use serde_json::Value;

use super::context::{self, Context, What};
use super::desk::{Desk, Home};
use super::hover::told_of_key;
use super::place::{At, Lines};
use super::protocol::{self, Offer};
use super::tree;

/// The most names that are offered.
const OFFERS: usize = 2_000;

/// What a comment begins with that allows a finding.
const ALLOW: &str = "okrbook-allow(";

/// Returns what could stand at a place.
pub(super) fn at(desk: &Desk<'_>, address: &str, at: At) -> Option<Value> {
    let document = desk.document(address)?;
    let home = document.home.as_ref()?;
    let lines = Lines::of(&document.text);
    let byte = lines.byte(at);
    let part = tree::yaml_of(&home.path, &document.text).filter(|part| part.contains(&byte) || part.end == byte)?;
    let mut context = context::at(document.text.get(part.start..byte)?, byte - part.start);
    context.typed = context.typed.start + part.start..byte;
    let typed = document.text.get(context.typed.clone()).unwrap_or_default();
    if context.what == What::Comment {
        let code = typed.rfind(ALLOW)? + ALLOW.len();
        context.typed.start += code;
    }
    let mut offers = offers(desk, home, &context);
    offers.truncate(OFFERS);
    Some(protocol::completions(&offers, lines.stretch(context.typed)))
}

fn offers(desk: &Desk<'_>, home: &Home, context: &Context) -> Vec<Offer> {
    if context.what == What::Comment {
        return rules().iter().map(|rule| value(rule.code, rule.summary)).collect();
    }
    let Some(form) = tree::form(&home.path, &context.path) else { return Vec::new() };
    let keys = tree::keys_of(form);
    let last = context.path.last().map(String::as_str).unwrap_or_default();
    if context.what == What::Key && home.path == "okrbook.yaml" && last == "checks" {
        return codes().map(|code| key(code, meaning(code))).collect();
    }
    if context.what == What::Key && !keys.is_empty() {
        return keys.iter().map(|known| Offer { doc: told_of_key(known), ..key(known.name, "") }).collect();
    }
    let mut offers: Vec<Offer> = words(form).into_iter().map(|word| value(word, "")).collect();
    if let Some((book, _)) = desk.book(home) {
        offers.extend(names(book, last));
    }
    offers
}

/// Returns the words that may stand behind a key.
fn words(form: Form) -> Vec<&'static str> {
    match form {
        Form::Choice(words) => words.to_vec(),
        Form::Flag => vec!["true", "false"],
        Form::OneOrMany(item) | Form::List(item) => words(*item),
        Form::Either(forms) => forms.iter().flat_map(|form| words(*form)).collect(),
        _ => Vec::new(),
    }
}

/// Returns the names of the book that may stand behind a key.
fn names(book: &Book, key: &str) -> Vec<Offer> {
    match key {
        "metric" | "outcome_metric" => {
            book.plan.metrics.values().map(|metric| value(metric.id.as_str(), &metric_title(metric))).collect()
        }
        "team" | "parent" => book.plan.teams.iter().map(|team| value(team.id.as_str(), &team.name)).collect(),
        "owners" | "owner" | "lead" | "by" => {
            book.plan.people.iter().map(|person| value(person.id.as_str(), &person.name)).collect()
        }
        _ => Vec::new(),
    }
}

fn meaning(code: &str) -> &'static str {
    rule(code).map(|rule| rule.summary).or_else(|| faults::fault(code).map(|fault| fault.meaning)).unwrap_or_default()
}

fn value(label: &str, detail: &str) -> Offer {
    let doc = String::new();
    Offer { label: label.to_owned(), text: label.to_owned(), detail: detail.to_owned(), doc, is_key: false }
}

fn key(label: &str, detail: &str) -> Offer {
    Offer { text: format!("{label}: "), is_key: true, ..value(label, detail) }
}
