//! A difference as Markdown for a comment on a pull request: a sentence first, what people decided in a table, what
//! came of it folded away.
//!
//! Titles, ids and messages are anybody's: they go through `escape`, so that none of them makes a link, a heading, a
//! picture, an element, a mention or a reference.

use std::fmt::Write as _;

use super::compare::{Change, Difference, Node, Presence};
use super::escape::{code, escaped};
use super::fact::{Figure, What};
use super::form::Finding;
use super::summary::counted;

/// The longest comment that hosts take is 65,536 characters; the rest is for the ends of tables.
const LONGEST: usize = 60_000;

/// The line that bots find the comment by when they write it anew.
const MARK: &str = "<!-- okrbook diff -->";

/// Returns the difference as Markdown, with a line end.
#[must_use]
pub fn markdown(difference: &Difference) -> String {
    let mut out = format!("{MARK}\n### OKRs: {}\n\n", difference.sentence());
    let outside: Vec<String> = difference.outside().iter().map(|line| escaped(line)).collect();
    let _ = writeln!(out, "{}.", capital(&outside.join("; ")));
    for quarter in difference.rewritten() {
        let _ = writeln!(out, "\n**{} was over already, and its numbers were changed.**", escaped(quarter));
    }
    let rows = Rows::of(difference);
    table(&mut out, "", &["", "what", "was", "is"], &rows.decided);
    let found = &difference.findings;
    let new: Vec<Row> = found.new.iter().map(finding_row).collect();
    table(&mut out, "#### New findings", FINDING, &new);
    let results = ["", "value", "score", "grade", "state"];
    folded(&mut out, "result that came of the data", "results that came of the data", &results, &rows.results);
    let changed: Vec<Row> = found.changed.iter().map(|(was, is)| changed_row(was, is)).collect();
    folded(&mut out, "finding says otherwise", "findings say otherwise", FINDING, &changed);
    let gone: Vec<Row> = found.gone.iter().map(finding_row).collect();
    folded(&mut out, "finding is gone", "findings are gone", FINDING, &gone);
    out
}

/// The cells of a row, as Markdown.
type Row = Vec<String>;

const FINDING: &[&str] = &["", "where", "finding"];

/// What stands in the tables.
#[derive(Default)]
struct Rows {
    /// What came, went, or was decided otherwise.
    decided: Vec<Row>,
    /// What came of the data.
    results: Vec<Row>,
}

impl Rows {
    fn of(difference: &Difference) -> Self {
        let mut rows = Self::default();
        for quarter in &difference.quarters {
            rows.add(quarter, "");
        }
        for metric in &difference.metrics {
            rows.add(metric, "metrics");
        }
        rows
    }

    fn add(&mut self, node: &Node, above: &str) {
        let path = if above.is_empty() { node.id.clone() } else { format!("{above}/{}", node.id) };
        match node.presence {
            Presence::Kept => self.add_changes(node, &path),
            // What it is made of came or went with it.
            Presence::Added => {
                self.decided.push(vec![thing(node, &path), "added".to_owned(), String::new(), told(node, Side::Is)]);
            }
            Presence::Removed => {
                self.decided.push(vec![thing(node, &path), "removed".to_owned(), told(node, Side::Was), String::new()]);
            }
        }
        if node.presence == Presence::Kept {
            for part in &node.parts {
                self.add(part, &path);
            }
        }
    }

    fn add_changes(&mut self, node: &Node, path: &str) {
        for change in node.changes.iter().filter(|change| change.what.is_decided()) {
            let name = if change.what == What::Title { code(path) } else { thing(node, path) };
            let what = change.what.words().to_owned();
            self.decided.push(vec![name, what, cell(change.was.as_ref()), cell(change.is.as_ref())]);
        }
        let result = |what| node.change(what).map(arrow).unwrap_or_default();
        let states = [What::Phase, What::State, What::Status, What::Measured, What::Movement, What::Confidence];
        let states: Vec<String> = states.into_iter().filter_map(|what| node.change(what)).map(named).collect();
        let row = [result(What::Value), result(What::Score), result(What::Grade), states.join("<br>")];
        if row.iter().any(|cell| !cell.is_empty()) {
            self.results.push([thing(node, path)].into_iter().chain(row).collect());
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Was,
    Is,
}

/// Returns what a thing that came or went is: its goal and score, or how many parts it has.
fn told(node: &Node, side: Side) -> String {
    let figure = |what| {
        let change = node.change(what)?;
        if side == Side::Was { change.was.as_ref() } else { change.is.as_ref() }
    };
    if let Some(goal) = figure(What::Goal) {
        let score = figure(What::Score).map(|score| format!(", score {}", escaped(&score.shown()))).unwrap_or_default();
        return format!("{}{score}", escaped(&goal.shown()));
    }
    let key_results = leaves(node);
    let count = counted(key_results, "key result", "key results");
    count.unwrap_or_else(|| if side == Side::Was { "was there".to_owned() } else { "there".to_owned() })
}

fn leaves(node: &Node) -> usize {
    let inner = node.parts.iter().map(|part| if part.parts.is_empty() { 1 } else { leaves(part) });
    inner.sum()
}

/// Returns the path of a thing and its title.
fn thing(node: &Node, path: &str) -> String {
    let path = code(path);
    if node.title.is_empty() || node.title == node.id { path } else { format!("{path}<br>{}", escaped(&node.title)) }
}

fn cell(figure: Option<&Figure>) -> String {
    figure.map_or_else(|| "none".to_owned(), |figure| escaped(&figure.shown()))
}

fn arrow(change: &Change) -> String {
    format!("{} → {}", cell(change.was.as_ref()), cell(change.is.as_ref()))
}

fn named(change: &Change) -> String {
    match change.what {
        What::Measured | What::Movement | What::Confidence => format!("{} {}", change.what.words(), arrow(change)),
        _ => arrow(change),
    }
}

fn finding_row(finding: &Finding) -> Row {
    let message = format!("{}: {}", code(&finding.code), escaped(&finding.message));
    vec![escaped(&finding.level), code(&finding.place()), message]
}

fn changed_row(was: &Finding, is: &Finding) -> Row {
    let mut row = finding_row(is);
    let level = if was.level == is.level { String::new() } else { format!("{}: ", escaped(&was.level)) };
    if let Some(message) = row.last_mut() {
        let _ = write!(message, "<br>was: {level}{}", escaped(&was.message));
    }
    row
}

/// Writes a table under a heading, or nothing where there are no rows.
fn table(out: &mut String, heading: &str, columns: &[&str], rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    if !heading.is_empty() {
        let _ = write!(out, "\n{heading}\n");
    }
    let _ = write!(out, "\n| {} |\n|{}\n", columns.join(" | "), " --- |".repeat(columns.len()));
    for (place, row) in rows.iter().enumerate() {
        let line = format!("| {} |\n", row.join(" | "));
        if out.len() + line.len() > LONGEST {
            let left = rows.len() - place;
            let _ =
                write!(out, "\n{left} more are left out here: `okrbook diff` without `--format markdown` has them.\n");
            return;
        }
        out.push_str(&line);
    }
}

/// Writes a table that is opened by a click, or nothing where there are no rows.
fn folded(out: &mut String, one: &str, many: &str, columns: &[&str], rows: &[Row]) {
    let Some(count) = counted(rows.len(), one, many) else { return };
    let _ = write!(out, "\n<details><summary>{count}</summary>\n");
    table(out, "", columns, rows);
    out.push_str("\n</details>\n");
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
