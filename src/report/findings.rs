//! What each finding is about: a key result, an objective, a team, a metric, or the book.
//!
//! In: the plan, the findings and what the book allows. Out: for each finding its subject, and for each key result,
//! objective and team its findings. Subjects are told by places: a finding inside a key result's entry, or in its
//! section of the review, is about the key result; one in a metric's definition or export is about the key results
//! that use the metric.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::inputs::Inputs;
use super::parts::{KeyResultPlace, QuarterReport, TeamPlace, team_at};
use crate::diag::{Diagnostic, Place};
use crate::model::ids::Slug;
use crate::model::metric::MetricPlace;
use crate::model::plan::{KeyResult, Objective, TeamPlan};
use crate::model::review::Review;
use crate::source::{FileId, Spanned};

/// A finding, and why the book allows it, where it does.
#[derive(Debug, Clone, Copy)]
pub struct Noted<'a> {
    /// What was found.
    pub finding: &'a Diagnostic,
    /// Why it is allowed, in the book's words.
    pub reason: Option<&'a str>,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A key result.
    KeyResult(KeyResultPlace),
    /// An objective: its team and its place in the team.
    Objective(TeamPlace, usize),
    /// A team in a quarter.
    Team(TeamPlace),
    /// A metric, and with it the key results that use it.
    Metric(&'a Slug),
    /// Nothing smaller than the book.
    Book,
}

impl Subject<'_> {
    /// Returns the team whose it is.
    #[must_use]
    pub const fn team(self) -> Option<TeamPlace> {
        match self {
            Self::KeyResult(place) => Some(place.team),
            Self::Objective(team, _) | Self::Team(team) => Some(team),
            Self::Metric(_) | Self::Book => None,
        }
    }
}

/// What findings may be about.
pub(super) struct Subjects<'r, 'a> {
    /// What the report is made from.
    pub(super) inputs: Inputs<'a>,
    /// The quarters with all that is in them.
    pub(super) quarters: &'r [QuarterReport<'a>],
    /// The key results that each metric measures or guards.
    pub(super) uses: &'r BTreeMap<&'a Slug, Vec<KeyResultPlace>>,
}

/// All findings with their subjects.
#[derive(Debug, Default)]
pub struct Findings<'a> {
    all: Vec<(Noted<'a>, Subject<'a>)>,
    /// Findings by the address of what they are about, which is looked up and never listed.
    by_address: Vec<(usize, u32)>,
}

impl<'a> Findings<'a> {
    /// Finds the subject of each finding.
    pub(super) fn new(subjects: &Subjects<'_, 'a>) -> Self {
        let inputs = subjects.inputs;
        let said = inputs.findings.iter().map(|finding| Noted { finding, reason: None });
        let allowed = inputs.allowed.iter().map(|known| Noted { finding: &known.finding, reason: Some(&known.reason) });
        let noted: Vec<Noted<'a>> = said.chain(allowed).collect();
        if noted.is_empty() {
            return Self::default();
        }
        let mut places = Places::new(subjects);
        let mut findings = Self::default();
        for noted in noted {
            let subject = places.subject(subjects, &noted.finding.place);
            let place = u32::try_from(findings.all.len()).unwrap_or(u32::MAX);
            findings.index(subjects, subject, place);
            findings.all.push((noted, subject));
        }
        findings.by_address.sort_unstable();
        findings
    }

    fn index(&mut self, subjects: &Subjects<'_, 'a>, subject: Subject<'a>, place: u32) {
        let plan = |team: TeamPlace| team_at(subjects.quarters, team).map(|team| team.plan);
        let address = match subject {
            Subject::KeyResult(known) => {
                let objective = plan(known.team).and_then(|team| team.objectives.get(known.objective));
                objective.and_then(|objective| objective.key_results.get(known.key_result)).map(address)
            }
            Subject::Objective(team, known) => plan(team).and_then(|team| team.objectives.get(known)).map(address),
            Subject::Team(team) => plan(team).map(address),
            Subject::Metric(metric) => {
                for &used in subjects.uses.get(metric).into_iter().flatten() {
                    self.index(subjects, Subject::KeyResult(used), place);
                }
                None
            }
            Subject::Book => None,
        };
        self.by_address.extend(address.map(|address| (address, place)));
    }

    /// Returns all findings with their subjects, those that the book allows at the end.
    pub fn all(&self) -> impl Iterator<Item = (Noted<'a>, Subject<'a>)> {
        self.all.iter().copied()
    }

    /// Returns what was found about a key result.
    pub fn of_key_result(&self, key_result: &KeyResult) -> impl Iterator<Item = Noted<'a>> {
        self.at(address(key_result))
    }

    /// Returns what was found about an objective itself, not about its key results.
    pub fn of_objective(&self, objective: &Objective) -> impl Iterator<Item = Noted<'a>> {
        self.at(address(objective))
    }

    /// Returns what was found about a team's quarter itself, not about its objectives.
    pub fn of_team(&self, team: &TeamPlan) -> impl Iterator<Item = Noted<'a>> {
        self.at(address(team))
    }

    fn at(&self, address: usize) -> impl Iterator<Item = Noted<'a>> {
        let start = self.by_address.partition_point(|(known, _)| *known < address);
        let found = self.by_address[start..].iter().take_while(move |(known, _)| *known == address);
        found.filter_map(|(_, place)| self.all.get(*place as usize).map(|(noted, _)| *noted))
    }
}

fn address<T>(item: &T) -> usize {
    std::ptr::from_ref(item).addr()
}

/// Where things stand in files.
#[derive(Debug, Default)]
struct Places<'a> {
    teams: BTreeMap<FileId, TeamPlace>,
    /// Where metrics are defined: byte and metric, in the file's order.
    definitions: BTreeMap<FileId, Vec<(usize, &'a Slug)>>,
    exports: BTreeMap<Arc<str>, &'a Slug>,
    /// What stands where in the files of teams about which anything was found.
    outlines: BTreeMap<FileId, Outline>,
}

impl<'a> Places<'a> {
    fn new(subjects: &Subjects<'_, 'a>) -> Self {
        let mut places = Self::default();
        for (quarter, known) in subjects.quarters.iter().enumerate() {
            for (team, known) in known.teams.iter().enumerate() {
                let place = TeamPlace { quarter, team };
                places.teams.insert(known.plan.file, place);
                places.teams.extend(known.plan.review.iter().map(|review| (review.file, place)));
            }
        }
        let mut seen: BTreeSet<&Arc<str>> = BTreeSet::new();
        for metric in subjects.inputs.plan.metrics.values() {
            match &metric.place {
                MetricPlace::Defined(span) => {
                    places.definitions.entry(span.file).or_default().push((span.start as usize, &metric.id));
                }
                MetricPlace::Export(path) => {
                    places.exports.insert(path.clone(), &metric.id);
                }
            }
            // An export that several metrics read is nobody's alone.
            for path in metric.exports() {
                if seen.insert(path) {
                    places.exports.insert(path.clone(), &metric.id);
                } else {
                    places.exports.remove(path);
                }
            }
        }
        for definitions in places.definitions.values_mut() {
            definitions.sort_unstable();
        }
        places
    }

    fn subject(&mut self, subjects: &Subjects<'_, 'a>, place: &Place) -> Subject<'a> {
        let of_export =
            |path: &Arc<str>| self.exports.get(path).map_or(Subject::Book, |metric| Subject::Metric(metric));
        match place {
            Place::Text(span) => {
                let at = span.start as usize;
                if let Some(team) = self.teams.get(&span.file) {
                    let Some(known) = team_at(subjects.quarters, *team) else { return Subject::Book };
                    let outline = self.outlines.entry(span.file);
                    return outline.or_insert_with(|| Outline::of(known.plan, span.file)).subject(*team, at);
                }
                let definitions = self.definitions.get(&span.file).map_or(&[][..], Vec::as_slice);
                let before = definitions.partition_point(|(start, _)| *start <= at);
                before.checked_sub(1).map_or(Subject::Book, |place| Subject::Metric(definitions[place].1))
            }
            Place::Line(line) => of_export(&line.path),
            Place::File(path) => self.of_path(subjects, path).unwrap_or_else(|| of_export(path)),
        }
    }

    /// Returns the team whose file or review has this path.
    fn of_path(&self, subjects: &Subjects<'_, 'a>, path: &str) -> Option<Subject<'a>> {
        let file = subjects.inputs.sources.id_of(path)?;
        self.teams.get(&file).map(|team| Subject::Team(*team))
    }
}

/// What stands where in a team's file or review.
#[derive(Debug, Default)]
struct Outline {
    /// First bytes, in order, each with the place of the objective that stands there or behind the ones before.
    objectives: Vec<(usize, usize)>,
    /// Key results in order: the bytes in which findings are about them, their objective's place and their own.
    key_results: Vec<(Range<usize>, usize, usize)>,
}

impl Outline {
    fn of(team: &TeamPlan, file: FileId) -> Self {
        if file != team.file {
            return team.review.as_ref().map(|review| Self::of_review(team, review)).unwrap_or_default();
        }
        let mut outline = Self::default();
        for (place, objective) in team.objectives.iter().enumerate() {
            outline.objectives.push((start(objective, file), place));
            let known = objective.key_results.iter().enumerate().filter(|(_, known)| known.span.file == file);
            outline.key_results.extend(known.map(|(own, known)| (known.span.range(), place, own)));
        }
        outline.objectives.sort_unstable();
        // Of all objectives that begin before a byte, it belongs to the last one of the plan.
        let mut last = 0;
        for (_, place) in &mut outline.objectives {
            last = last.max(*place);
            *place = last;
        }
        outline.key_results.sort_unstable_by_key(|(range, ..)| range.start);
        outline
    }

    /// Returns the outline of a review: judgements and sections, each up to the next one.
    fn of_review(team: &TeamPlan, review: &Review) -> Self {
        let mut places: BTreeMap<(&Slug, &Slug), (usize, usize)> = BTreeMap::new();
        for (place, objective) in team.objectives.iter().enumerate() {
            for (own, known) in objective.key_results.iter().enumerate() {
                places.entry((&objective.id.value, &known.id.value)).or_insert((place, own));
            }
        }
        let judged = review.judgements.iter().map(|known| (&known.key_result, &known.objective));
        let answered = review.answers.iter().map(|known| (&known.key_result, &known.objective));
        let begins = |(known, objective): (&Spanned<Slug>, _)| {
            (known.span.start as usize, places.get(&(objective, &known.value)).copied())
        };
        let mut begun: Vec<(usize, Option<(usize, usize)>)> = judged.chain(answered).map(begins).collect();
        begun.sort_by_key(|(start, _)| *start);
        let story = review.story.as_ref().map(|story| story.span.start as usize);
        let mut key_results = Vec::with_capacity(begun.len());
        for (at, (start, known)) in begun.iter().enumerate() {
            let end = begun.get(at + 1).map_or(usize::MAX, |(next, _)| *next);
            // What stands between the judgements and the first section is about the team.
            let end = story.filter(|story| start < story).map_or(end, |story| end.min(story));
            key_results.extend(known.map(|(objective, own)| (*start..end, objective, own)));
        }
        Self { objectives: Vec::new(), key_results }
    }

    fn subject<'a>(&self, team: TeamPlace, at: usize) -> Subject<'a> {
        let before = self.key_results.partition_point(|(range, ..)| range.start <= at);
        let known = before.checked_sub(1).map(|place| &self.key_results[place]);
        if let Some((_, objective, key_result)) = known.filter(|(range, ..)| range.contains(&at)) {
            return Subject::KeyResult(KeyResultPlace { team, objective: *objective, key_result: *key_result });
        }
        let before = self.objectives.partition_point(|(start, _)| *start <= at);
        before.checked_sub(1).map_or(Subject::Team(team), |place| Subject::Objective(team, self.objectives[place].1))
    }
}

/// Returns the first byte of what is known of an objective.
fn start(objective: &Objective, file: FileId) -> usize {
    let texts = [&objective.outcome, &objective.lever, &objective.changes, &objective.set_by];
    let known = texts.into_iter().flatten().map(|text| text.span);
    let metric = objective.outcome_metric.as_ref().map(|metric| metric.span);
    let supports = objective.supports.first().map(|supports| supports.span);
    let others = [Some(objective.title.span), Some(objective.id.span), metric, supports].into_iter().flatten();
    let key_results = objective.key_results.iter().map(|known| known.span);
    let spans = known.chain(others).chain(key_results).filter(|span| span.file == file);
    spans.map(|span| span.start as usize).min().unwrap_or(usize::MAX)
}
