//! What is said of the thing under the pointer: how a sentence is read, what a key does, what a metric is, what a code means.

use okrbook::check::{faults, rule};
use okrbook::keys::team;
use okrbook::model::metric::Metric;
use okrbook::unseen::inert;
use okrbook::yaml::Key;
use serde_json::Value;

use super::super::explain_sentence;
use super::super::terminal::Terminal;
use super::desk::Desk;
use super::place::{At, Lines};
use super::protocol;
use super::tree::{self, Found};

/// Returns what is said of a place.
pub(super) fn at(desk: &Desk<'_>, address: &str, at: At) -> Option<Value> {
    let document = desk.document(address)?;
    let home = document.home.as_ref()?;
    let lines = Lines::of(&document.text);
    let found = tree::at(&home.path, &document.text, lines.byte(at))?;
    let stretch = lines.stretch(found.range.clone());
    let metric = || desk.book(home)?.0.plan.metrics.values().find(|metric| metric.id.as_str() == found.text);
    let said = match () {
        () if is_sentence(&found) => Some(sentence(&found.text)),
        () if found.is_key => key(&home.path, &found).map(told_of_key).or_else(|| code(&found)),
        () => metric().map(told_of_metric),
    };
    Some(protocol::hover(said?, stretch))
}

/// Says whether a value is a key result's sentence: its title, or what stands behind its id.
fn is_sentence(found: &Found) -> bool {
    let at = found.path.iter().position(|key| key == "key_results");
    let rest = at.and_then(|at| found.path.get(at + 1..)).filter(|_| !found.is_key);
    match rest {
        Some([]) => true,
        Some([key]) => key == "title" || !team::KEY_RESULT.has(key),
        _ => false,
    }
}

/// Returns how a sentence is read, as `okrbook explain --sentence` prints it.
fn sentence(text: &str) -> String {
    let shown = explain_sentence::shown(text, Terminal::new(false, false));
    fenced(shown.trim_end())
}

/// Returns a text as a block of code that it can't end.
fn fenced(text: &str) -> String {
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}

fn key(file: &str, found: &Found) -> Option<&'static Key> {
    let form = tree::form(file, &found.path)?;
    tree::keys_of(form).into_iter().find(|key| key.name == found.text)
}

/// Returns what a key does, as Markdown.
pub(super) fn told_of_key(key: &Key) -> String {
    let default = match (key.is_needed, key.default) {
        (true, _) => " It must be there.".to_owned(),
        (false, "") => String::new(),
        (false, default) => format!(" Default: {default}."),
    };
    format!("`{}`: {}{default}\n\n```yaml\n{}\n```", key.name, key.doc, key.example)
}

/// Returns what a code of `checks:` means, as Markdown.
fn code(found: &Found) -> Option<String> {
    if found.path.last().is_none_or(|key| key != "checks") {
        return None;
    }
    let summary = rule(&found.text).map(|rule| rule.summary);
    summary.or_else(|| faults::fault(&found.text).map(|fault| fault.meaning)).map(str::to_owned)
}

fn told_of_metric(metric: &Metric) -> String {
    let mut lines = vec![format!("metric: {}", metric.title)];
    lines.extend(metric.source.as_ref().map(|source| format!("source: {}", source.value)));
    lines.extend(metric.owner.as_ref().map(|owner| format!("owner: {owner}")));
    lines.extend(metric.exports().map(|path| format!("export: {path}")));
    let lines: Vec<String> = lines.iter().map(|line| inert::line(line).into_owned()).collect();
    fenced(&lines.join("\n"))
}
