//! A book's files, as a person would write them.
//!
//! In: objectives in their places. Out: paths and texts: a file for each team and cycle, its check-ins as an export with the
//! metrics that read it, and the page of each cycle. Sentences stand as they are; keys say only what they leave open.

use std::collections::{BTreeMap, BTreeSet};

use super::arrange::{Arranged, PlacedKeyResult, PlacedObjective};
use super::found::Told;
use crate::hash::Digest;
use crate::lifecycle::emit::{list, scalar};
use crate::model::folder::Folder;
use crate::model::ids::{CycleId, Slug};

/// The text of a cycle's page.
pub const STORY: &str = "---\nimported: true\n---\n";

/// How files are named and signed.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// What the product is called.
    pub source: &'a str,
    /// Where each cycle's files stand, where the book has it.
    pub folders: &'a BTreeMap<CycleId, Folder>,
    /// Cycles that the book has and that were not brought in: their pages stay theirs.
    pub own: &'a BTreeSet<CycleId>,
}

/// Returns the files, each a path and a text.
#[must_use]
pub fn files(arranged: &Arranged, manner: &Manner<'_>) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for ((cycle, team), objectives) in &arranged.teams {
        let folder = folder(*cycle, manner);
        files.push((folder.path(*cycle, &format!("{team}.yaml")), team_text((*cycle, team), objectives, manner)));
        let measured =
            objectives.iter().flat_map(|objective| &objective.key_results).filter(|known| is_measured(known));
        let measured: Vec<&PlacedKeyResult> = measured.collect();
        if !measured.is_empty() {
            files.push((format!("metrics/{}.csv", stem(*cycle, team)), export(&measured)));
            files.push((format!("metrics/{}.yaml", stem(*cycle, team)), metrics((*cycle, team), &measured, manner)));
        }
    }
    for cycle in arranged.cycles().into_iter().filter(|cycle| !manner.own.contains(cycle)) {
        files.push((folder(cycle, manner).path(cycle, "index.md"), STORY.to_owned()));
    }
    files.sort();
    files
}

/// Says whether a cycle's page says that it was brought in.
#[must_use]
pub fn says_imported(page: &[u8]) -> bool {
    let text = String::from_utf8_lossy(page);
    let front = text.strip_prefix("---").and_then(|rest| rest.split("\n---").next());
    front.is_some_and(|front| front.lines().any(|line| line.trim() == "imported: true"))
}

fn folder(cycle: CycleId, manner: &Manner<'_>) -> Folder {
    manner.folders.get(&cycle).copied().or_else(|| manner.folders.values().next().copied()).unwrap_or_default()
}

fn is_measured(known: &PlacedKeyResult) -> bool {
    !known.values.is_empty() && known.withheld.is_none()
}

fn stem(cycle: CycleId, team: &Slug) -> String {
    format!("{cycle}-{team}")
}

/// Returns the id of a key result's metric; one that would be too long ends in a digest of all of it.
fn metric(cycle: CycleId, team: &Slug, known: &PlacedKeyResult) -> String {
    let whole = format!("{cycle}-{team}-{}", known.id).to_lowercase();
    if Slug::new(&whole).is_some() {
        return whole;
    }
    let digest = Digest::of(whole.as_bytes()).short();
    let kept: String = whole.chars().take(LONGEST - 1 - digest.len()).collect();
    format!("{}-{digest}", kept.trim_end_matches('-'))
}

/// The longest id of a metric, in characters.
const LONGEST: usize = 64;

fn team_text(of: (CycleId, &Slug), objectives: &[PlacedObjective], manner: &Manner<'_>) -> String {
    let mut lines = vec![format!("# Brought in from {}.", one_line(manner.source)), "objectives:".to_owned()];
    for (place, objective) in objectives.iter().enumerate() {
        if place > 0 {
            lines.push(String::new());
        }
        lines.push(format!("  - id: {}", objective.id));
        lines.push(format!("    title: {}", scalar(&one_line(&objective.found.title.text))));
        lines.extend(note(&objective.found.note, 4));
        if !objective.key_results.is_empty() {
            lines.push("    key_results:".to_owned());
        }
        let is_empty = objective.key_results.iter().all(|known| known.withheld.is_some());
        if is_empty && let Some(last) = lines.last_mut().filter(|last| last.ends_with("key_results:")) {
            last.push_str(" []");
        }
        for known in &objective.key_results {
            lines.extend(key_result(of, known));
        }
    }
    lines.join("\n") + "\n"
}

fn key_result(of: (CycleId, &Slug), known: &PlacedKeyResult) -> Vec<String> {
    let title = scalar(&one_line(&known.found.title.text));
    let mut lines = vec![format!("      - id: {}", known.id), format!("        title: {title}")];
    lines.extend(known.keys.iter().map(|(key, value)| format!("        {key}: {}", scalar(value))));
    if is_measured(known) {
        lines.push(format!("        metric: {}", metric(of.0, of.1, known)));
    }
    if !known.owners.is_empty() {
        lines.push(format!("        owners: {}", list(known.owners.iter().map(Slug::as_str))));
    }
    if let Some(weight) = weight(known) {
        lines.push(format!("        weight: {weight}"));
    }
    lines.extend(note(&known.found.note, 8));
    let Some(why) = &known.withheld else { return lines };
    let comment = format!("      # Not taken: {}", one_line(why));
    let commented = lines.into_iter().map(|line| format!("      # {}", line.get(6..).unwrap_or_default()));
    std::iter::once(comment).chain(commented).collect()
}

/// Returns the weight that is written: one above 0 that isn't 1.
fn weight(known: &PlacedKeyResult) -> Option<String> {
    let told = known.found.weight.as_ref()?;
    let weight = super::value::amount(&told.text, known.style.decimal).ok()?.number;
    let is_said = !weight.is_negative() && !weight.is_zero() && weight != crate::model::quantity::Number::ONE;
    is_said.then(|| weight.normal().to_string())
}

fn note(told: &Option<Told>, indent: usize) -> Option<String> {
    let text = one_line(&told.as_ref()?.text);
    Some(format!("{}note: {}", " ".repeat(indent), scalar(&text)))
}

/// Returns a text in one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn export(measured: &[&PlacedKeyResult]) -> String {
    let mut rows: Vec<String> = Vec::new();
    for known in measured {
        rows.extend(known.values.iter().map(|(day, value)| format!("{day},{},{value}", known.id)));
    }
    rows.sort();
    format!("date,key_result,value\n{}\n", rows.join("\n"))
}

fn metrics((cycle, team): (CycleId, &Slug), measured: &[&PlacedKeyResult], manner: &Manner<'_>) -> String {
    let source = one_line(manner.source);
    let mut texts = vec![format!("# What was checked in with {source}, as people typed it there.\n")];
    for known in measured {
        let lines = [
            format!("{}:", metric(cycle, team, known)),
            format!("  title: {}", scalar(&one_line(&known.found.title.text))),
            format!("  source: {}", scalar(&format!("check-ins in {source}"))),
            format!("  file: {}.csv", stem(cycle, team)),
            format!("  where: {{ key_result: {} }}", scalar(known.id.as_str())),
            "  date: date".to_owned(),
            "  value: value".to_owned(),
        ];
        texts.push(lines.join("\n") + "\n");
    }
    texts.join("\n")
}
