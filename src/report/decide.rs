//! Small decisions that several pages share: what a key result is called, which marks it carries, how many are
//! on track, how old the data is.
//!
//! In: reports of key results. Out: words and numbers. Decides nothing about a page's shape.

use std::borrow::Cow;

use super::format::Format;
use super::text::Facts;
use super::{KeyResultReport, ObjectiveReport, Report, TeamReport, levels};
use crate::markdown;
use crate::model::goal::Goal;
use crate::model::ids::Slug;
use crate::model::ledger::commitment::Commitment;
use crate::model::levels::LevelKind;
use crate::model::metric::Metric;
use crate::model::plan::{Ambition, Objective};
use crate::model::scorecard::{Band, GuardrailState, ScoreState, Status};

/// A mark that a key result carries; rare, and each means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The value is a run-rate or an unfinished hold.
    Projected,
    /// The data is older than it should be.
    Stale,
    /// There is no value.
    NoData,
    /// No goal was understood, or nothing measures it.
    NotScored,
    /// A counter-metric left its bound.
    GuardrailBroken,
    /// People set a score beside the computed one.
    Judged,
    /// A thing done or not, not a measured change.
    Milestone,
    /// A start value to be established.
    Baseline,
    /// What was committed was changed since.
    Moved,
    /// It was committed, and the team's file has it no more.
    Dropped,
    /// It came after the lock and feeds no mean.
    Added,
    /// The quarter ended below what was promised at least.
    BelowCommit,
    /// What was hoped for is reached.
    BeyondStretch,
    /// Key results were reached, and the outcome they serve didn't move.
    Theatre,
    /// Its grade is good, and its metric is not shown to have moved.
    NotShown,
}

impl Mark {
    /// All marks.
    pub const ALL: [Self; 15] = [
        Self::Projected,
        Self::Stale,
        Self::NoData,
        Self::NotScored,
        Self::GuardrailBroken,
        Self::Judged,
        Self::Milestone,
        Self::Baseline,
        Self::Moved,
        Self::Dropped,
        Self::Added,
        Self::BelowCommit,
        Self::BeyondStretch,
        Self::Theatre,
        Self::NotShown,
    ];

    /// Returns the name in class names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Projected => "projected",
            Self::Stale => "stale",
            Self::NoData => "no-data",
            Self::NotScored => "unscored",
            Self::GuardrailBroken => "broken",
            Self::Judged => "judged",
            Self::Milestone => "milestone",
            Self::Baseline => "baseline",
            Self::Moved => "moved",
            Self::Dropped => "dropped",
            Self::Added => "added",
            Self::BelowCommit => "below-commit",
            Self::BeyondStretch => "beyond-stretch",
            Self::Theatre => "theatre",
            Self::NotShown => "not-shown",
        }
    }
}

/// Returns the marks of a key result, those first that change how its number is to be read.
#[must_use]
pub fn marks(report: &KeyResultReport<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    match &report.plan.commitment {
        Commitment::Locked(locked) if locked.is_dropped => return vec![Mark::Dropped],
        Commitment::Locked(locked) if locked.is_moved() => marks.push(Mark::Moved),
        Commitment::Added { .. } => marks.push(Mark::Added),
        Commitment::Locked(_) | Commitment::Open => {}
    }
    match report.score.state {
        ScoreState::Measured => {}
        ScoreState::Projected => marks.push(Mark::Projected),
        ScoreState::Stale => marks.push(Mark::Stale),
        // Where there is no grade, what stands in its place says so.
        ScoreState::NoData | ScoreState::Unscored if report.score.grade().is_none() => {}
        ScoreState::NoData => marks.push(Mark::NoData),
        ScoreState::Unscored => marks.push(Mark::NotScored),
    }
    if report.score.guardrails.iter().any(|guardrail| guardrail.state == GuardrailState::Broken) {
        marks.push(Mark::GuardrailBroken);
    }
    if levels::is_told(report, LevelKind::Commit) {
        marks.push(Mark::BelowCommit);
    }
    if levels::is_told(report, LevelKind::Stretch) {
        marks.push(Mark::BeyondStretch);
    }
    if report.score.is_good_without_movement() {
        marks.push(Mark::NotShown);
    }
    if report.score.judgement.is_some() {
        marks.push(Mark::Judged);
    }
    match report.goal() {
        Some(Goal::Milestone(_)) => marks.push(Mark::Milestone),
        Some(Goal::Baseline(_)) => marks.push(Mark::Baseline),
        _ => {}
    }
    marks
}

/// Says whether an objective's key results were reached while its outcome stood still, and the book gives no reason.
#[must_use]
pub fn is_theatre(report: &Report<'_>, plan: &Objective) -> bool {
    report.findings.of_objective(plan).any(|noted| noted.finding.code == "theatre" && noted.reason.is_none())
}

/// Returns what a key result measures, as a title: its metric's title, else what its sentence is about.
#[must_use]
pub fn subject(report: &KeyResultReport<'_>) -> String {
    match report.metric() {
        Some(metric) => metric_title(metric),
        None => sentence_subject(report.title()),
    }
}

impl KeyResultReport<'_> {
    /// Returns a format for what speaks of its cycle.
    #[must_use]
    pub const fn within(&self, format: Format) -> Format {
        format.within(Some(self.team.quarter.id.kind()))
    }

    /// Returns what became of it, in words.
    #[must_use]
    pub fn sentence(&self, format: Format) -> String {
        let subject = subject(self);
        let format = self.within(format);
        let facts =
            Facts { subject: &subject, format, goal: self.goal(), score: self.score, over: self.team.is_over() };
        format.language().key_result(&facts)
    }
}

/// Returns a title without Markdown's marks.
#[must_use]
pub fn title(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'[' | b'`' | b'~' | b'<' | b'\\' | b'&')) {
        Cow::Owned(markdown::to_text(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns "outcome → lever", where they are stated.
#[must_use]
pub fn chain(objective: ObjectiveReport<'_>) -> String {
    let parts = [&objective.plan.outcome, &objective.plan.lever];
    let parts: Vec<&str> = parts.into_iter().flatten().map(|part| part.value.as_str()).collect();
    parts.join(" → ")
}

/// Returns who measures a key result.
#[must_use]
pub fn source<'a>(report: &KeyResultReport<'a>) -> Option<&'a str> {
    let stated = report.plan.measured_by.as_deref();
    stated.or(report.metric().and_then(|metric| metric.source.as_ref())).map(|source| source.value.as_str())
}

/// Returns a phrase as a sentence.
#[must_use]
pub fn sentence(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut text: String = first.chain(letters).collect();
    if !text.is_empty() && !text.ends_with(['.', '?', '!', '…']) {
        text.push('.');
    }
    text
}

/// Returns a metric's title; where the book gives none, its id as words.
#[must_use]
pub fn metric_title(metric: &Metric) -> String {
    if metric.title == metric.id.as_str() { id_as_words(&metric.id) } else { metric.title.clone() }
}

/// Returns what a metric is called, by its id.
#[must_use]
pub fn metric_name(report: &Report<'_>, id: &Slug) -> String {
    let metric = report.inputs.plan.metrics.get(id);
    metric.map_or_else(|| id_as_words(id), metric_title)
}

/// Returns `p1-incidents` as `P1 incidents`.
#[must_use]
pub fn id_as_words(id: &Slug) -> String {
    let words = id.as_str().replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Returns what a sentence is about: without the verb at its start and the numbers at its end.
fn sentence_subject(title: &str) -> String {
    const VERBS: [&str; 17] = [
        "reduce", "increase", "improve", "achieve", "raise", "lower", "cut", "grow", "decrease", "keep", "maintain",
        "hold", "get", "bring", "boost", "shrink", "drop",
    ];
    let title = title.trim();
    let without_verb = match title.split_once(' ') {
        Some((verb, rest)) if VERBS.iter().any(|known| verb.eq_ignore_ascii_case(known)) => rest,
        _ => title,
    };
    let end = [" from ", " to ", " by ", " < ", " > ", " below ", " above ", ": ", " ("]
        .iter()
        .filter_map(|word| without_verb.find(word))
        .min()
        .unwrap_or(without_verb.len());
    let subject = without_verb[..end].trim();
    let subject = if subject.is_empty() { title } else { subject };
    let mut letters = subject.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// How many key results stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All key results.
    pub all: usize,
    /// Those with a score.
    pub scored: usize,
    /// While the quarter runs: ahead or on track.
    pub on_track: usize,
    /// Grades of 0.7 and more.
    pub strong: usize,
    /// By band: missed, fell short, strong, complete.
    pub bands: [usize; 4],
    /// Whether some are of a committed objective, for which a status asks more.
    pub has_committed: bool,
    /// While the quarter runs, by status: ahead, on track, at risk, off track, out of reach, no data.
    pub statuses: [usize; 6],
}

impl Count {
    /// Adds key results.
    pub fn add<'a>(&mut self, reports: impl Iterator<Item = KeyResultReport<'a>>) {
        for report in reports {
            self.all += 1;
            self.has_committed |= report.objective.ambition == Ambition::Committed;
            let status = report.score.standing.as_ref().map(|standing| standing.status);
            self.on_track += usize::from(matches!(status, Some(Status::Ahead | Status::OnTrack)));
            if let Some(status) = status {
                self.statuses[status as usize] += 1;
            }
            let Some(grade) = report.score.grade() else { continue };
            self.scored += 1;
            let band = grade.band();
            self.strong += usize::from(band >= Band::Strong);
            self.bands[band as usize] += 1;
        }
    }
}

/// Returns the status that stands for a team: the worst that at least half of its key results don't exceed.
///
/// The median says more than the worst, which any team of nine key results has one of.
#[must_use]
pub fn median_status(team: &TeamReport<'_>) -> Option<Status> {
    let mut statuses: Vec<Status> = team
        .score
        .objectives
        .iter()
        .flat_map(|objective| &objective.key_results)
        .filter_map(|key_result| key_result.standing.as_ref())
        .map(|standing| standing.status)
        .collect();
    statuses.sort();
    statuses.get(statuses.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_becomes_a_sentence() {
        assert_eq!(sentence("a b"), "A b.");
        assert_eq!(sentence("why?"), "Why?");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn a_sentence_without_a_metric_still_has_a_subject() {
        for (title, subject) in [
            ("Reduce P1 incidents from 8/quarter to 2/quarter", "P1 incidents"),
            ("Reduce time from merge to production from 48 hours to 4 hours", "Time"),
            ("Achieve autoscaling response time < 60s for traffic spikes", "Autoscaling response time"),
            ("Make people happy", "Make people happy"),
            ("reduce", "Reduce"),
            ("", ""),
        ] {
            assert_eq!(sentence_subject(title), subject);
        }
        assert_eq!(id_as_words(&Slug::new("p1-incidents").expect("a slug")), "P1 incidents");
    }
}
