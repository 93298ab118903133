//! A team's review: headings name key results and questions, the text below them are the answers.
//!
//! In: the review's text and the team's key results. Out: a [`Review`]. Wording of headings is matched loosely; text that
//! fits no question is kept where it stood, and headings that name no key result are reported.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::facts;
use super::front::{self, without_comments};
use super::headings::Heading;
use super::names::KeyResultNames;
use super::sections::{self, Parts, Question, Section};
use super::strays;
use crate::diag::Diagnostic;
use crate::keys::texts::{JUDGEMENT, REVIEW};
use crate::model::ids::Slug;
use crate::model::keyed::Keyed;
use crate::model::plan::Body;
use crate::model::quantity::Number;
use crate::model::review::{Answers, Carry, Judged, Judgement, Review};
use crate::source::{FileId, Span, Spanned};
use crate::yaml::{self, Fields, Kind, Node, Reader};

/// Reads a review.
pub(super) fn read(file: FileId, text: &Arc<str>, names: &KeyResultNames<'_>) -> (Review, Vec<Diagnostic>) {
    let parts = front::split(file, text);
    let mut diagnostics = parts.diagnostics;
    let mut review = Review {
        file,
        draft: false,
        story: None,
        answers: Keyed::default(),
        judgements: Keyed::default(),
        loose: Vec::new(),
    };
    if let Some(front) = parts.front {
        let (node, faults) = yaml::read(front);
        diagnostics.extend(faults);
        let mut reader = Reader::new(front);
        let node = node.filter(|node| !node.is_empty());
        if let Some(fields) = node.as_ref().and_then(|node| reader.fields(node, REVIEW)) {
            review.draft = front::draft(&mut reader, fields);
            review.judgements = judgements(&mut reader, fields, names).into();
        }
        diagnostics.extend(reader.finish());
    }
    let (answers, places) = (Vec::new(), BTreeMap::new());
    let mut writer = Writer { file, text, names, review, answers, places, current: None, lost: false, diagnostics };
    writer.sections(parts.body_start);
    writer.review.answers = writer.answers.into();
    (writer.review, writer.diagnostics)
}

fn judgements<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, names: &KeyResultNames<'_>) -> Vec<Judgement> {
    let Some(node) = fields.get("judgements") else { return Vec::new() };
    let Kind::Map(map) = &node.kind else {
        reader.wrong_kind(node, "`judgements` is a mapping from a key result to its judgement");
        return Vec::new();
    };
    let mut judgements = Vec::new();
    for entry in &map.entries {
        let Some((objective, key_result)) = names.find(&entry.key.value) else {
            reader.report_with(|| names.unknown(&entry.key.value, entry.key.span));
            continue;
        };
        let Some(fields) = reader.fields(&entry.value, JUDGEMENT) else { continue };
        let Some(score) = fields.get("final").and_then(|node| score(reader, node)) else {
            if fields.get("final").is_none() {
                let diagnostic = Diagnostic::error("missing-key", entry.key.span, "this judgement gives no score");
                reader.report(diagnostic.help("add `final: 0.6`, between 0 and 1"));
            }
            continue;
        };
        let mut prose =
            |key: &str| fields.get(key).and_then(|node| reader.prose(node, &format!("`{key}`"))).map(|text| text.value);
        let (because, by) = (prose("because"), prose("by"));
        let key_result = Spanned::new(key_result, entry.key.span);
        judgements.push(Judgement { objective, key_result, judged: Judged { score, because, by } });
    }
    judgements
}

fn score<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Number> {
    let score = reader.number(node, "a score")?;
    if score.value < Number::ZERO || score.value > Number::ONE {
        let message = format!("a score is between 0 and 1, and here is {}", score.value);
        reader.report(Diagnostic::error("bad-value", &score, message).help("write 0.6 for six tenths"));
        return None;
    }
    Some(score.value)
}

/// Faults of one review's headings that are told.
const FAULTS_TOLD: usize = 200;

/// Fills a review section by section.
struct Writer<'t, 'n> {
    file: FileId,
    text: &'t Arc<str>,
    names: &'n KeyResultNames<'n>,
    review: Review,
    answers: Vec<Answers>,
    /// The place of each key result's answers.
    places: BTreeMap<(Slug, Slug), usize>,
    /// The place of the key result whose section it is, and its heading's level.
    current: Option<(usize, usize)>,
    /// Whether it is told already that the answers of this section belong to no key result.
    lost: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Writer<'_, '_> {
    fn sections(&mut self, start: usize) {
        let text = self.text.clone();
        let Parts { story_end, parts } = sections::parts(&text, start, self.names);
        self.review.story = front::body(self.file, self.text, start..story_end);
        self.strays(start..story_end, strays::Part::Nobody);
        for part in &parts {
            self.write(&part.heading, &part.section, part.end);
        }
    }

    fn write(&mut self, heading: &Heading, section: &Section, end: usize) {
        let below = heading.below.min(end)..end;
        let whole = heading.line.start..end;
        match section {
            Section::KeyResult(objective, key_result, name) => {
                let key_result = Spanned::new(key_result.clone(), Span::new(self.file, name.clone()));
                let place = self.answers_of(objective, &key_result);
                (self.current, self.lost) = (Some((place, heading.level)), false);
                // Pages show the same facts as they are today.
                for written in facts::without(self.text, below) {
                    self.strays(written.clone(), strays::Part::KeyResult(heading.level));
                    let body = front::body(self.file, self.text, written);
                    self.answers[place].loose.extend(body);
                }
            }
            Section::Question(question) => self.answer(*question, heading, end),
            Section::Unknown(name) => {
                if self.diagnostics.len() < FAULTS_TOLD {
                    let place = Span::new(self.file, name.clone());
                    self.diagnostics.push(self.names.unknown(&self.text[name.clone()], place));
                }
                (self.current, self.lost) = (None, true);
                self.keep(whole);
            }
            Section::Other => {
                if self.current.is_some_and(|(_, level)| heading.level <= level) {
                    self.current = None;
                }
                self.lost &= heading.level > 2;
                if self.current.is_none() && !self.lost {
                    self.lost = self.strays(below, strays::Part::Nobody);
                }
                self.keep(whole);
            }
        }
    }

    /// Reports lines that were meant as headings, and says whether there are any.
    fn strays(&mut self, range: Range<usize>, part: strays::Part) -> bool {
        let faults = strays::faults((self.file, self.text), range, part, self.names);
        let found = !faults.is_empty();
        let room = FAULTS_TOLD.saturating_sub(self.diagnostics.len());
        self.diagnostics.extend(faults.into_iter().take(room));
        found
    }

    fn answers_of(&mut self, objective: &Slug, key_result: &Spanned<Slug>) -> usize {
        let next = self.answers.len();
        let place = *self.places.entry((objective.clone(), key_result.value.clone())).or_insert(next);
        if place < next {
            if self.diagnostics.len() >= FAULTS_TOLD {
                return place;
            }
            let message = format!("`{objective}/{}` has a second section", key_result.value);
            let diagnostic = Diagnostic::warning("second-section", key_result.span, message);
            self.diagnostics.push(
                diagnostic.related(self.answers[place].key_result.span, "the first one").help("put both into one"),
            );
            return place;
        }
        let (objective, key_result) = (objective.clone(), key_result.clone());
        self.answers.push(Answers {
            objective,
            key_result,
            worked: None,
            failed: None,
            learned: None,
            carry: None,
            loose: Vec::new(),
        });
        place
    }

    fn answer(&mut self, question: Question, heading: &Heading, end: usize) {
        let body = front::body(self.file, self.text, heading.below.min(end)..end);
        let Some((place, _)) = self.current else {
            if body.is_some() && !self.lost && self.diagnostics.len() < FAULTS_TOLD {
                let place = Span::new(self.file, heading.text.clone());
                let diagnostic = Diagnostic::warning("loose-answer", place, "this answer stands under no key result");
                self.diagnostics.push(diagnostic.help("put it below a heading `## objective/key-result`"));
                self.lost = true;
            }
            return self.keep(heading.line.start..end);
        };
        let Some(body) = body else { return };
        self.strays(body.span.range(), strays::Part::Answer(question, heading.level));
        let answers = &mut self.answers[place];
        let taken = match question {
            Question::Worked => fill(&mut answers.worked, body),
            Question::Failed => fill(&mut answers.failed, body),
            Question::Learned => fill(&mut answers.learned, body),
            Question::Carry => {
                let (decision, to) = (decision(body.markdown()), next_target(body.markdown()));
                fill(&mut answers.carry, Carry { decision, to, body })
            }
        };
        if !taken {
            self.keep(heading.line.start..end);
        }
    }

    /// Keeps text that fits no question.
    fn keep(&mut self, range: Range<usize>) {
        let Some(body) = front::body(self.file, self.text, range) else { return };
        let loose: &mut Vec<Body> = match self.current {
            Some((place, _)) => &mut self.answers[place].loose,
            None => &mut self.review.loose,
        };
        loose.push(body);
    }
}

/// Puts a value where there is none, and says whether it did.
fn fill<T>(slot: &mut Option<T>, value: T) -> bool {
    let free = slot.is_none();
    if free {
        *slot = Some(value);
    }
    free
}

/// Returns yes or no, where the answer begins with one of them.
fn decision(answer: &str) -> Option<bool> {
    let text = without_comments(answer);
    let word: String = text.chars().skip_while(|c| !c.is_alphanumeric()).take_while(|c| c.is_alphanumeric()).collect();
    match word.to_lowercase().as_str() {
        "yes" | "y" | "yep" | "yeah" => Some(true),
        "no" | "n" | "nope" => Some(false),
        _ => None,
    }
}

/// Returns the next target that an answer names: `to: 1/quarter` on a line of its own, in brackets or in backticks.
fn next_target(answer: &str) -> Option<String> {
    without_comments(answer).lines().find_map(|line| {
        let at = line.match_indices("to:").map(|(at, _)| at).find(|&at| {
            let before = line[..at].trim_end();
            before.is_empty() || before.ends_with(['`', '(', '-', '*', ',', ';', '.'])
        })?;
        let value =
            line[at + 3..].split(['`', ')', ';']).next().unwrap_or_default().trim().trim_end_matches(['.', ',']);
        (!value.is_empty()).then(|| value.to_owned())
    })
}
