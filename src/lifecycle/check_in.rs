//! Check-ins: what each key result stood at on a day, with what people said about it.
//!
//! In: a scored book, a team, what was said. Out: the new text of the team's file of that day. What others wrote there
//! stays, and what they said stays said.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::emit::{mapping, scalar, splice};
use crate::diag;
use crate::error::{Error, Result};
use crate::model::calendar::{Day, Window};
use crate::model::fine::Fine;
use crate::model::goal::Goal;
use crate::model::grain::Grain;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::ledger::{CheckIn, Entry, Reading, definition, notation};
use crate::model::plan::{KeyResult, Plan, QuarterPlan, TeamPlan};
use crate::model::quantity::{Number, Quantity};
use crate::model::scorecard::{KeyResultScore, Scorecard, TeamScore};
use crate::score::recorded;
use crate::source::{Sources, Spanned};

/// A book of which a quarter's values are recorded.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// What the teams wrote.
    pub plan: &'a Plan,
    /// What the exports say, by metric.
    pub histories: &'a BTreeMap<Slug, History>,
    /// What scoring found out.
    pub scorecard: &'a Scorecard,
    /// The book's texts.
    pub sources: &'a Sources,
    /// The quarter.
    pub quarter: &'a QuarterPlan,
}

/// What somebody said of a key result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// How sure they are to make it, from 0 to 10.
    pub confidence: Option<u8>,
    /// A note.
    pub note: Option<String>,
    /// Who they are.
    pub by: Option<String>,
}

/// What was said, by objective and key result.
pub type AllSaid = BTreeMap<(Slug, Slug), Said>;

/// A check-in that is to be written.
#[derive(Debug)]
pub struct Recorded {
    /// The path of the file in the book.
    pub path: String,
    /// Its new text.
    pub text: String,
    /// How many key results it holds values of.
    pub key_results: usize,
}

/// Decimals of values that pages show.
const PLACES: u32 = 6;

/// Refuses days on which the quarter doesn't run.
///
/// # Errors
///
/// A usage error.
pub fn check_day(quarter: &QuarterPlan, as_of: Day) -> Result<()> {
    let (id, window) = (quarter.quarter.id, quarter.quarter.window);
    if window.contains(as_of) {
        return Ok(());
    }
    let what = if as_of < window.start { "has not begun" } else { "is over" };
    let days = format!("{} to {}", window.start, window.end.plus(-1));
    Err(Error::usage_with_help(
        format!("{id} {what} on {as_of}, and a check-in belongs to a running quarter"),
        format!("name another quarter, or a day of it with `--as-of` ({days})"),
    ))
}

/// Returns the key result that a name means: `objective/key-result`, or the key result alone where one has that id.
///
/// # Errors
///
/// A usage error that names the nearest one.
pub fn find(team: &TeamPlan, name: &str) -> Result<(Slug, Slug)> {
    let all = || {
        team.objectives
            .iter()
            .flat_map(|objective| objective.key_results.iter().map(move |known| (&objective.id.value, &known.id.value)))
    };
    let full = |(objective, id): (&Slug, &Slug)| format!("{objective}/{id}");
    let mut found = all().filter(|known| full(*known) == name || known.1.as_str() == name);
    if let (Some((objective, id)), None) = (found.next(), found.next()) {
        return Ok((objective.clone(), id.clone()));
    }
    let names: Vec<String> = all().map(full).collect();
    let message = format!("{} has no key result `{name}`", team.team);
    let by_id = || {
        let near = diag::nearest(name, all().map(|known| known.1.as_str()))?;
        all().find(|known| known.1.as_str() == near).map(full)
    };
    let near = diag::nearest(name, names.iter().map(String::as_str)).map(str::to_owned).or_else(by_id);
    Err(match near {
        Some(near) => Error::usage_with_help(message, format!("write `{near}`")),
        None => Error::usage_with_help(message, format!("it has {}", names.join(", "))),
    })
}

/// Returns the path of a team's check-in of a day.
#[must_use]
pub fn path(quarter: &QuarterPlan, team: &Slug, on: Day) -> String {
    quarter.path(&format!("checkins/{on}.{team}.yaml"))
}

/// Returns a team's check-in: the values of all its key results, and what was said of some.
///
/// # Errors
///
/// A usage error where the file of that day can't be read, so that nothing in it is lost.
pub fn record(inputs: &Inputs<'_>, team: &TeamPlan, said: &AllSaid) -> Result<Recorded> {
    let on = inputs.scorecard.as_of;
    let path = path(inputs.quarter, &team.team, on);
    let existing = inputs.quarter.ledger.check_ins.iter().find(|known| known.on == on && known.team == team.team);
    let text = match existing {
        Some(known) => inputs.sources.get(known.file).text.to_string(),
        None => format!("# What {} recorded on {on}, written by `okrbook checkin`. Notes may be edited.\n", team.team),
    };
    let scores = scores(inputs, team).map(by_name).unwrap_or_default();
    let mut entries = Vec::new();
    for objective in &team.objectives {
        for key_result in &objective.key_results {
            let name = (objective.id.value.clone(), key_result.id.value.clone());
            let known = Known {
                score: scores.get(&(&name.0, &name.1)).copied(),
                before: existing.and_then(|known| known.entry(&name.0, &name.1)),
                said: said.get(&name),
            };
            entries.push(entry(inputs, &objective.id.value, key_result, known));
        }
    }
    let text = put(&text, &entries).ok_or_else(|| unreadable(&path))?;
    Ok(Recorded { path, text, key_results: entries.len() })
}

fn scores<'a>(inputs: &Inputs<'a>, team: &TeamPlan) -> Option<&'a TeamScore> {
    let quarter = inputs.scorecard.quarters.iter().find(|known| known.quarter.id == inputs.quarter.quarter.id)?;
    quarter.teams.iter().find(|known| known.team == team.team)
}

/// Returns a team's scores by objective and key result.
fn by_name(scores: &TeamScore) -> BTreeMap<(&Slug, &Slug), &KeyResultScore> {
    let objectives = scores.objectives.iter();
    objectives.flat_map(|of| of.key_results.iter().map(move |score| ((&of.id, &score.id), score))).collect()
}

/// What is known of a key result besides its plan.
#[derive(Clone, Copy)]
struct Known<'a> {
    score: Option<&'a KeyResultScore>,
    /// What was recorded of it that day already.
    before: Option<&'a Entry>,
    /// What is said of it now.
    said: Option<&'a Said>,
}

fn entry(inputs: &Inputs<'_>, objective: &Slug, key_result: &KeyResult, known: Known<'_>) -> Entry {
    let Known { score, before, said } = known;
    let said = said.cloned().unwrap_or_default();
    let nowhere = key_result.id.span;
    let rounded = |value: &Quantity| Quantity { number: value.number.round_to(PLACES).normal(), ..value.clone() };
    let confidence = said.confidence.or_else(|| Some(before?.confidence.as_ref()?.value));
    Entry {
        objective: objective.clone(),
        key_result: key_result.id.clone(),
        value: score.and_then(|score| score.value.as_ref()).map(rounded),
        progress: score.and_then(|score| score.progress).map(shortened),
        score: score.and_then(|score| score.score).map(|score| score.floor_to(PLACES).normal()),
        confidence: confidence.map(|confidence| Spanned::new(confidence, nowhere)),
        note: said.note.or_else(|| before?.note.clone()),
        by: said.by.or_else(|| before?.by.clone()),
        reading: reading(inputs, key_result),
    }
}

/// Returns a progress with few decimals, on its own side of every hundredth.
fn shortened(progress: Number) -> Number {
    Fine::from(progress).kept(progress.round_to(PLACES), PLACES).normal()
}

/// Returns what the exports say of the quarter up to the last day whose rows don't change any more by themselves: the newest
/// days of a warehouse are preliminary, tickets are entered late, and neither restates anything.
fn reading(inputs: &Inputs<'_>, key_result: &KeyResult) -> Option<Reading> {
    let committed = key_result.as_committed(&inputs.plan.metrics);
    let metric = inputs.plan.metrics.get(&committed.metric.as_ref()?.value)?;
    let history = inputs.histories.get(&metric.id)?;
    let as_of = inputs.scorecard.as_of;
    // Rows of the day itself may still be coming in; those of whole periods come at once.
    let settles = if history.grain() == Grain::Day { recorded::SETTLES } else { 0 };
    let through = history.heartbeat()?.min(as_of.plus(-1 - settles));
    let start = inputs.quarter.quarter.window.start;
    let value = (through >= start).then(|| history.measure(Window { start, end: through.plus(1) }))??.value;
    let unit = committed.goal.as_ref().and_then(Goal::quantity).map(|quantity| &quantity.unit);
    Some(Reading {
        metric: metric.id.clone(),
        definition: definition(metric, unit, inputs.quarter.quarter.window, inputs.sources),
        value: Spanned::new(value, key_result.id.span),
        through,
    })
}

/// Returns the text of a check-in with entries in it; nothing where that would change what else it says.
fn put(text: &str, entries: &[Entry]) -> Option<String> {
    let known = crate::load::read_check_in(text)?;
    let names: Vec<(String, usize)> =
        known.entries.iter().map(|known| (name(known), known.place().start as usize)).collect();
    let starts: Vec<(&str, usize)> = names.iter().map(|(name, at)| (name.as_str(), *at)).collect();
    let names: Vec<String> = entries.iter().map(name).collect();
    let blocks: Vec<(&str, String)> = names.iter().map(String::as_str).zip(entries.iter().map(block)).collect();
    let spliced = splice(text, &starts, &blocks);
    let written: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let after = crate::load::read_check_in(&spliced)?;
    let is_there = |entry: &Entry| after.entry(&entry.objective, &entry.key_result.value).is_some();
    if others(&known, &written) != others(&after, &written) || !entries.iter().all(is_there) {
        return None;
    }
    Some(spliced)
}

/// Returns what is said of key results that nothing was written about.
fn others(check_in: &CheckIn, written: &BTreeSet<&str>) -> Vec<(String, String)> {
    let is_other = |known: &&Entry| !written.contains(name(known).as_str());
    let mut others: Vec<_> =
        check_in.entries.iter().filter(is_other).map(|known| (name(known), block(known))).collect();
    others.sort();
    others
}

fn unreadable(path: &str) -> Error {
    Error::usage_with_help(
        format!("{path} can't be added to: it doesn't have the shape in which okrbook writes it"),
        "`okrbook check` says what is wrong with it; nothing was written",
    )
}

fn name(entry: &Entry) -> String {
    format!("{}/{}", entry.objective, entry.key_result.value)
}

fn block(entry: &Entry) -> String {
    let mut text = format!("{}:\n", name(entry));
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            // Writing into a text can't fail.
            let _ = writeln!(text, "  {key}: {value}");
        }
    };
    let number = |number: Option<Number>| number.map(|number| number.to_string());
    line("confidence", entry.confidence.as_ref().map(|confidence| confidence.value.to_string()));
    line("note", entry.note.as_deref().map(scalar));
    line("by", entry.by.as_deref().map(scalar));
    line("value", entry.value.as_ref().map(|value| scalar(&notation::quantity(value))));
    line("progress", number(entry.progress));
    line("score", number(entry.score));
    line(
        "reading",
        entry.reading.as_ref().map(|reading| {
            mapping([
                ("metric", reading.metric.to_string()),
                ("value", reading.value.value.normal().to_string()),
                ("through", reading.through.to_string()),
                ("definition", reading.definition.clone()),
            ])
        }),
    );
    if text.ends_with(":\n") && text.lines().count() == 1 {
        text = format!("{}: {{}}\n", name(entry));
    }
    text
}
