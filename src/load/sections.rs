//! The sections of a review: which heading names a key result, which asks a question, and how far each reaches.
//!
//! In: a review's text and the names of the team's key results. Out: its parts in order, and an outline for those who
//! add to it. Reads no answer and changes nothing.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::facts;
use super::front;
use super::headings::{self, Heading};
use super::names::KeyResultNames;
use crate::model::ids::Slug;
use crate::model::plan::Objective;
use crate::source::Sources;

/// What a question's heading asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// What actions drove progress?
    Worked,
    /// What actions failed to move the needle?
    Failed,
    /// What would we do differently?
    Learned,
    /// Does this key result need another quarter?
    Carry,
}

impl Question {
    /// All questions, in their order.
    pub const ALL: [Self; 4] = [Self::Worked, Self::Failed, Self::Learned, Self::Carry];
}

/// What a heading is.
#[derive(Debug)]
pub(super) enum Section {
    /// It names a key result: objective, key result, and the bytes of the name.
    KeyResult(Slug, Slug, Range<usize>),
    /// It asks a question.
    Question(Question),
    /// It names a key result that there isn't, by these bytes.
    Unknown(Range<usize>),
    /// It is anything else.
    Other,
}

/// A heading with what it is and where what belongs to it ends.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) heading: Heading,
    pub(super) section: Section,
    pub(super) end: usize,
}

/// The parts of a review.
#[derive(Debug)]
pub(super) struct Parts {
    /// Where the story before the first key result ends.
    pub(super) story_end: usize,
    /// What comes behind it.
    pub(super) parts: Vec<Part>,
}

/// Returns the parts of a review whose Markdown begins at `start`.
pub(super) fn parts(text: &str, start: usize, names: &KeyResultNames<'_>) -> Parts {
    let headings = headings::find(text, start).into_iter();
    let mut found: Vec<(Heading, Section)> = headings
        .map(|heading| {
            let section = section(text, &heading, names);
            (heading, section)
        })
        .collect();
    let first = found.iter().position(|(_, section)| !matches!(section, Section::Other));
    let story_end = first.map_or(text.len(), |place| found[place].0.line.start);
    found.drain(..first.unwrap_or(found.len()));
    let mut parts: Vec<Part> = Vec::with_capacity(found.len());
    for (heading, section) in found {
        // A section goes on over deeper headings that are neither a key result nor a question.
        let goes_on =
            parts.last().is_some_and(|last| matches!(section, Section::Other) && heading.level > last.heading.level);
        if goes_on {
            continue;
        }
        if let Some(last) = parts.last_mut() {
            last.end = heading.line.start;
        }
        parts.push(Part { heading, section, end: text.len() });
    }
    Parts { story_end, parts }
}

fn section(text: &str, heading: &Heading, names: &KeyResultNames<'_>) -> Section {
    let line = &text[heading.text.clone()];
    if let Some(question) = question(line) {
        return Section::Question(question);
    }
    let token = line.split_whitespace().next().unwrap_or_default().trim_matches(['`', ':', '*', '_', ',', '—', '–']);
    if let Some(section) = loose_name(line, heading, names) {
        return section;
    }
    let slash = token.split_once('/').is_some_and(|(a, b)| Slug::new(a).is_some() && Slug::new(b).is_some());
    let start = heading.text.start + line.find(token).unwrap_or(0);
    let name = start..start + token.len();
    match names.find(token) {
        Some((objective, key_result)) if slash || token == line || heading.level == 2 => {
            Section::KeyResult(objective, key_result, name)
        }
        None if slash => Section::Unknown(name),
        _ => Section::Other,
    }
}

/// Returns the section of a heading that writes its name with spaces around the slash, or as a link.
fn loose_name(line: &str, heading: &Heading, names: &KeyResultNames<'_>) -> Option<Section> {
    if !line.contains(['[', ' ']) {
        return None;
    }
    let start = line.len() - line.trim_start_matches(DECORATION).len();
    let (objective, key_result, end) = name_parts(line, start)?;
    let place = heading.text.start + start..heading.text.start + end;
    let Some(key_result) = key_result else {
        // A link around the id alone.
        let is_link = line[..start].contains('[') && line[end..].trim_start_matches(['`', '*', '_']).starts_with("](");
        let (objective, key_result) = names.find(objective).filter(|_| is_link && heading.level == 2)?;
        return Some(Section::KeyResult(objective, key_result, place));
    };
    if let Some((objective, key_result)) = names.find(&format!("{objective}/{key_result}")) {
        return Some(Section::KeyResult(objective, key_result, place));
    }
    // "fast / slow lanes" is a heading like any other; "fast / lpc" is meant for a key result.
    let is_alone = !line[end..].trim_start().starts_with(char::is_alphanumeric);
    (is_alone && names.has_objective(objective)).then_some(Section::Unknown(place))
}

/// Returns the `objective/key-result` that a text is, be it with spaces around the slash or as a link.
pub(super) fn full_name(text: &str, names: &KeyResultNames<'_>) -> Option<String> {
    let start = text.len() - text.trim_start_matches(DECORATION).len();
    let (objective, key_result, _) = name_parts(text, start)?;
    let (objective, key_result) = names.find(&format!("{objective}/{}", key_result?))?;
    Some(format!("{objective}/{key_result}"))
}

/// Signs that may stand around an id.
const DECORATION: [char; 4] = ['[', '`', '*', '_'];

/// Returns the id that begins at a place, the one behind the slash where there is one, and where they end.
fn name_parts(line: &str, start: usize) -> Option<(&str, Option<&str>, usize)> {
    let word = |from: usize| {
        let rest = &line[from..];
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
        let word = rest[..length].trim_end_matches('_');
        Slug::new(word).is_some().then_some((word, from + word.len()))
    };
    let (objective, end) = word(start)?;
    let behind = line[end..].trim_start_matches(['`', '*', '_', ' ']);
    let Some(behind) = behind.strip_prefix('/') else { return Some((objective, None, end)) };
    let behind = behind.trim_start_matches(' ').trim_start_matches(DECORATION);
    let (key_result, end) = word(line.len() - behind.len())?;
    Some((objective, Some(key_result), end))
}

/// A key result's section as those see it who add to a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlined {
    /// The objective.
    pub objective: Slug,
    /// The key result.
    pub key_result: Slug,
    /// The level of its heading.
    pub level: usize,
    /// Where its heading begins.
    pub start: usize,
    /// Where what stands below its heading begins.
    pub below: usize,
    /// Where the section ends.
    pub end: usize,
    /// Questions that are asked in it.
    pub asked: Vec<Question>,
    /// Questions that are asked and have words below them.
    pub answered: Vec<Question>,
    /// Where the facts stand that the program wrote and nobody changed.
    pub facts: Option<Range<usize>>,
}

/// Returns the sections of a review by key result, in the text's order; a second one for a key result counts as part of
/// the first.
#[must_use]
pub fn outline(text: &str, objectives: &[Objective]) -> Vec<Outlined> {
    let names = KeyResultNames::of_plan(objectives);
    let mut sources = Sources::default();
    let file = sources.add("review.md", text);
    let start = front::split(file, text).body_start;
    let shared: Arc<str> = text.into();
    let mut outlined: Vec<Outlined> = Vec::new();
    let mut places: BTreeMap<(Slug, Slug), usize> = BTreeMap::new();
    let mut current: Option<(usize, usize)> = None;
    for part in parts(text, start, &names).parts {
        let level = part.heading.level;
        let below = part.heading.below.min(part.end)..part.end;
        match part.section {
            Section::KeyResult(objective, key_result, _) => {
                let next = outlined.len();
                let place = *places.entry((objective.clone(), key_result.clone())).or_insert(next);
                if place == outlined.len() {
                    outlined.push(Outlined {
                        objective,
                        key_result,
                        level,
                        start: part.heading.line.start,
                        facts: facts::find(text, below.clone()).into_iter().next(),
                        below: below.start,
                        end: part.end,
                        asked: Vec::new(),
                        answered: Vec::new(),
                    });
                }
                current = Some((place, level));
            }
            Section::Question(question) => {
                let Some((place, _)) = current else { continue };
                outlined[place].asked.push(question);
                if front::body(file, &shared, below).is_some() {
                    outlined[place].answered.push(question);
                }
            }
            Section::Unknown(_) => current = None,
            Section::Other => current = current.filter(|(_, own)| level > *own),
        }
        if let Some((place, _)) = current {
            outlined[place].end = outlined[place].end.max(part.end);
        }
    }
    outlined
}

/// Returns which question a heading asks, whatever its apostrophes, numbers, case and exact words.
pub(super) fn question(heading: &str) -> Option<Question> {
    let sentence = words_of(heading)?;
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.starts_with(phrase));
    if says(&[
        "what didnt",
        "what did not",
        "what went wrong",
        "didnt work",
        "did not work",
        "what went badly",
        "what failed",
    ]) {
        Some(Question::Failed)
    } else if says(&["what worked", "what went well", "worked well"]) || sentence == "worked" {
        Some(Question::Worked)
    } else if says(&[
        "what we learn",
        "what we have learn",
        "what did we learn",
        "what have we learn",
        "lessons",
        "learnings",
        "what would we do differently",
    ]) {
        Some(Question::Learned)
    } else if says(&["carry forward", "carry it forward", "carry over", "carried forward", "carry on"]) {
        Some(Question::Carry)
    } else {
        None
    }
}

/// Returns a heading's words in lower case with a space between them; nothing where there are more than twelve.
fn words_of(heading: &str) -> Option<String> {
    let mut sentence = String::with_capacity(heading.len());
    let mut words = 0;
    let mut inside = false;
    for character in heading.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`' | '´')) {
        if !character.is_alphabetic() {
            inside = false;
            continue;
        }
        if !inside {
            words += 1;
            inside = true;
            if !sentence.is_empty() {
                sentence.push(' ');
            }
        }
        if character.is_ascii() {
            sentence.push(character.to_ascii_lowercase());
        } else {
            sentence.extend(character.to_lowercase());
        }
    }
    (words <= 12).then_some(sentence)
}
