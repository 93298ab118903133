//! The report of an import: what was understood, asked and left out, and where scores differ.
//!
//! In: what was found in its places, notes, and the scores of both sides. Out: the text.

use std::collections::BTreeMap;

use super::arrange::{Arranged, PlacedKeyResult};
use super::goal::share;
use super::value::{counted, cut};
use crate::diag::Place;
use crate::model::calendar::Day;
use crate::model::ids::{CycleId, Slug};
use crate::model::quantity::Number;
use crate::source::Sources;

/// The most notes of one kind that are told one by one.
const TOLD: usize = 200;

/// Scores that are less than this apart are the same: products round to hundredths.
const APART: (i64, u32) = (5, 3);

/// What okrbook makes of a key result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Computed {
    /// The score, where there is data.
    pub score: Option<Number>,
    /// The day of the value that it rests on.
    pub on: Option<Day>,
    /// The last day of its cycle.
    pub last: Option<Day>,
}

/// Computed scores by cycle, team and key result.
pub type Scores = BTreeMap<(CycleId, Slug, Slug), Computed>;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Became {
    /// It is new.
    Written,
    /// It is there with the same text.
    Same,
    /// It is there with another text, and stays.
    Differs,
}

/// Returns the report on objectives in their places.
#[must_use]
pub fn report(arranged: &Arranged, scores: &Scores, sources: &Sources) -> String {
    let mut lines = vec!["Understood".to_owned()];
    for ((cycle, team), objectives) in &arranged.teams {
        let all = || objectives.iter().flat_map(|objective| &objective.key_results);
        let measured = all().filter(|known| !known.values.is_empty() && known.withheld.is_none()).count();
        let values: usize = all().filter(|known| known.withheld.is_none()).map(|known| known.values.len()).sum();
        lines.push(format!(
            "  {cycle} {team}: {}, {}, {measured} measured by {}",
            counted(objectives.len(), "objective"),
            counted(all().count(), "key result"),
            counted(values, "check-in")
        ));
    }
    if arranged.teams.is_empty() {
        lines.push("  nothing".to_owned());
    }
    let asked = arranged.asked.iter().map(|note| placed(note.place.as_ref(), &note.text, sources));
    section(&mut lines, "Asked", asked.chain(withheld(arranged, sources)));
    section(
        &mut lines,
        "Left out",
        arranged.left_out.iter().map(|note| placed(note.place.as_ref(), &note.text, sources)),
    );
    scores_told(&mut lines, arranged, scores, sources);
    proposals(&mut lines, arranged);
    lines.join("\n") + "\n"
}

fn section(lines: &mut Vec<String>, title: &str, notes: impl Iterator<Item = String>) {
    let mut notes: Vec<String> = notes.collect();
    notes.dedup();
    if notes.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.push(format!("{title} ({})", notes.len()));
    let more = notes.len().saturating_sub(TOLD);
    lines.extend(notes.into_iter().take(TOLD).map(|note| format!("  {note}")));
    if more > 0 {
        lines.push(format!("  … and {more} more"));
    }
}

fn withheld(arranged: &Arranged, sources: &Sources) -> impl Iterator<Item = String> {
    arranged.key_results().filter_map(|(cycle, team, _, known)| {
        let why = known.withheld.as_ref()?;
        let text = format!("`{}` stands in {cycle}/{team} as a comment: {why}", cut(&known.found.title.text));
        Some(placed(Some(&known.found.title.place), &text, sources))
    })
}

/// Returns a text behind its place.
fn placed(place: Option<&Place>, text: &str, sources: &Sources) -> String {
    match place {
        None => text.to_owned(),
        Some(Place::Text(span)) => {
            let at = sources.position(*span);
            format!("{}:{}:{}: {text}", sources.get(span.file).path, at.line, at.column)
        }
        Some(Place::Line(line)) => format!("{}:{}: {text}", line.path, line.line),
        Some(Place::File(path)) => format!("{path}: {text}"),
    }
}

fn scores_told(lines: &mut Vec<String>, arranged: &Arranged, scores: &Scores, sources: &Sources) {
    let (mut compared, mut differing) = (0, Vec::new());
    for (cycle, team, _, known) in arranged.key_results() {
        let Some(score) = &known.found.score else { continue };
        let Some(theirs) = share(&score.told.text, score.of, &known.style) else {
            let text =
                format!("`{}`: the score `{}` is no number", cut(&known.found.title.text), cut(&score.told.text));
            differing.push(placed(Some(&score.told.place), &text, sources));
            continue;
        };
        compared += 1;
        let ours = scores.get(&(cycle, team.clone(), known.id.clone())).copied().unwrap_or_default();
        if let Some(why) = difference(known, theirs, ours) {
            let shown = ours
                .score
                .filter(|_| ours.on.is_some())
                .map_or_else(|| "no data".to_owned(), |score| score.round_to(2).to_string());
            let text = format!("{cycle}/{team}/{}: {} there, {shown} here; {why}", known.id, theirs.round_to(2));
            differing.push(placed(Some(&score.told.place), &text, sources));
        }
    }
    if compared > 0 {
        lines.push(String::new());
        lines.push(format!("Scores: {compared} compared, {} differ", differing.len()));
        lines.extend(differing.into_iter().map(|line| format!("  {line}")));
    }
}

/// Says why the two scores differ; nothing where they are the same.
fn difference(known: &PlacedKeyResult, theirs: Number, ours: Computed) -> Option<String> {
    let Some(on) = ours.on else {
        return Some(match (known.values.is_empty(), &known.withheld) {
            (_, Some(_)) => "it is not taken".to_owned(),
            (true, _) => "no value with a day came with it".to_owned(),
            (false, _) => match (known.values.first(), ours.last) {
                (Some((first, _)), Some(last)) if *first > last => {
                    format!("all values are later than the cycle, from {first} on")
                }
                _ => "the sentence states no goal that the values could reach".to_owned(),
            },
        });
    };
    let score = ours.score?;
    let apart = theirs.minus(score).map(Number::magnitude).zip(Number::new(APART.0, APART.1));
    if apart.is_some_and(|(apart, limit)| apart <= limit) {
        return None;
    }
    let later = known.values.iter().rev().find(|(day, _)| ours.last.is_some_and(|last| *day > last));
    Some(match later {
        Some((day, value)) => {
            format!("the check-in of {day} ({value}) came after the cycle's last day and doesn't count")
        }
        None => format!("computed from the value of {on}; the other one was set there by hand or by another rule"),
    })
}

fn proposals(lines: &mut Vec<String>, arranged: &Arranged) {
    if arranged.new_teams.is_empty() && arranged.new_people.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.push("For okrbook.yaml, which stays yours to edit".to_owned());
    let quoted = crate::lifecycle::emit::scalar;
    if !arranged.new_teams.is_empty() {
        lines.push("  teams:".to_owned());
        lines.extend(arranged.new_teams.iter().map(|(id, name)| format!("    {id}: {{ name: {} }}", quoted(name))));
    }
    if !arranged.new_people.is_empty() {
        lines.push("  people:".to_owned());
        lines.extend(arranged.new_people.iter().map(|(id, name)| match name {
            Some(name) => format!("    {id}: {}", quoted(name)),
            None => format!("    {id}:  # the export has a mail address only"),
        }));
    }
}

/// Returns what became of the files.
#[must_use]
pub fn told(files: &[(String, Became)], is_trial: bool) -> String {
    let of = |became: Became| files.iter().filter(move |(_, known)| *known == became);
    let count = |became: Became| of(became).count();
    let mut parts = Vec::new();
    let (written, same, differing) = (count(Became::Written), count(Became::Same), count(Became::Differs));
    if written > 0 || same + differing == 0 {
        parts.push(format!("{} {}", if is_trial { "would write" } else { "wrote" }, counted(written, "file")));
    }
    if same > 0 {
        parts.push(format!("{} as {}", counted(same, "file"), if same == 1 { "it was" } else { "they were" }));
    }
    if differing > 0 {
        parts.push(format!("{} there that differ and stay", counted(differing, "file")));
    }
    let mut text = parts.join(", ");
    for (path, _) in of(Became::Differs) {
        text.push_str(&format!("\n  {path} is there and says something else; it stays as it is"));
    }
    text
}
