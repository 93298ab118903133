//! What somebody should know who doesn't look at the site every day: what changed, what waits for whom, what needs a decision.
//!
//! In: the report, a day, and the scores as they were on it. Out: a [`Digest`] of finished strings. Finds nothing out that
//! pages don't show: grades and paces are the scorecard's, the rest are findings with whose they are. Sends nothing.

use std::collections::BTreeMap;

use super::decide::{sentence, title};
use super::findings::{Noted, Subject};
use super::parts::matching;
use super::quality::Topic;
use super::shown::{Target, about};
use super::text::Phrases;
use super::{KeyResultReport, QuarterReport, Report, TeamReport, dates, whose};
use crate::model::calendar::Day;
use crate::model::ids::{CycleId, Slug};
use crate::model::ledger::commitment::Commitment;
use crate::model::plan::QuarterPlan;
use crate::model::scorecard::{Grade, KeyResultScore, QuarterScore, QuarterState, Scorecard, Status, TeamScore};

/// What somebody should know.
#[derive(Debug)]
pub struct Digest<'a> {
    /// Whose book it is and of which day: `Northwind as of 20 August 2026`.
    pub heading: String,
    /// What there is to know; nothing where all is as it was and nothing waits.
    pub parts: Vec<Part<'a>>,
    /// What is said where there is no part, in one line.
    pub nothing: String,
}

/// Things of one kind.
#[derive(Debug)]
pub struct Part<'a> {
    /// What they are.
    pub title: String,
    /// How many there are, in a sentence; may be empty.
    pub lead: String,
    /// The things.
    pub items: Vec<Item<'a>>,
    /// How many more there are, in words; empty where these are all.
    pub rest: String,
}

/// One thing to know.
#[derive(Debug)]
pub struct Item<'a> {
    /// Whose it is: people with their team, else the team; empty for what is nobody's alone.
    pub whose: String,
    /// What it is about.
    pub title: String,
    /// What leads there.
    pub target: Option<Target<'a>>,
    /// What is said of it, each a sentence or a phrase; what stands in backticks is code.
    pub texts: Vec<String>,
}

/// What a digest compares with.
#[derive(Debug, Clone, Copy)]
pub struct Since<'b> {
    /// The day.
    pub on: Day,
    /// The scores as of that day.
    pub before: &'b Scorecard,
}

/// The most things of one kind.
const ITEMS: usize = 25;

/// Findings of a metric whose data ends too early, the most telling first.
const STALE: [&str; 4] = ["stale-metric", "no-data", "incomplete-events", "gaps-in-data"];

/// Findings of a question that a review leaves open.
const UNANSWERED: [&str; 4] =
    ["unanswered-question", "miss-not-investigated", "unexplained-judgement", "lost-carry-forward"];

/// The days of a digest of a book in which nobody checked in yet.
const WEEK: i32 = 7;

/// Returns the day from which a digest tells, where nobody says: that of the last check-in before the as-of day, else a
/// week before it.
#[must_use]
pub fn since(quarters: &[QuarterPlan], as_of: Day) -> Day {
    let days = quarters.iter().flat_map(|quarter| &quarter.ledger.check_ins).map(|check_in| check_in.on);
    days.filter(|on| *on < as_of).max().unwrap_or_else(|| as_of.plus(-WEEK))
}

/// Returns what somebody should know.
#[must_use]
pub fn digest<'a>(report: &Report<'a>, since: Since<'_>) -> Digest<'a> {
    let maker = Maker { report, since, phrases: Phrases::new(report.format) };
    let parts = [maker.changed(), maker.stale(), maker.unanswered(), maker.to_decide()];
    Digest {
        heading: maker.phrases.digest_of(&report.inputs.identity.organisation, report.as_of()),
        parts: parts.into_iter().flatten().collect(),
        nothing: maker.phrases.digest_of_nothing(since.on),
    }
}

struct Maker<'r, 'a> {
    report: &'r Report<'a>,
    since: Since<'r>,
    phrases: Phrases,
}

/// How many grades fell, rose and stayed.
#[derive(Default)]
struct Tally {
    fell: usize,
    rose: usize,
    kept: usize,
}

impl<'a> Maker<'_, 'a> {
    /// Returns what is otherwise than it was, the largest falls first.
    fn changed(&self) -> Option<Part<'a>> {
        let before: BTreeMap<CycleId, &QuarterScore> =
            self.since.before.quarters.iter().map(|score| (score.quarter.id, score)).collect();
        let mut items = Vec::new();
        let mut tally = Tally::default();
        let mut changed: Vec<(i32, Item<'a>)> = Vec::new();
        for quarter in &self.report.quarters {
            let Some(was) = before.get(&quarter.id()).copied() else { continue };
            items.extend(self.cycle(quarter, was.state));
            if quarter.score.state == QuarterState::Upcoming || was.state == QuarterState::Over {
                continue;
            }
            for team in &quarter.teams {
                let is_same = |score: &TeamScore| score.team == team.plan.team;
                let was = matching(&was.teams, team.place.team, is_same);
                let known = self.report.key_results(*team);
                changed.extend(known.filter_map(|known| self.key_result(&known, was, &mut tally)));
            }
        }
        changed.sort_by_key(|(rise, _)| *rise);
        items.extend(changed.into_iter().map(|(_, item)| item));
        if items.is_empty() && tally.fell + tally.rose == 0 {
            return None;
        }
        let lead = self.phrases.changed_since(tally.fell, tally.rose, tally.kept);
        Some(self.part(self.phrases.digest_changed(self.since.on), lead, items))
    }

    /// Says where in its life a cycle is, where that is new.
    fn cycle(&self, quarter: &QuarterReport<'a>, was: QuarterState) -> Option<Item<'a>> {
        let is = quarter.score.state;
        (was != is).then(|| Item {
            whose: String::new(),
            title: quarter.plan.heading(),
            target: None,
            texts: vec![self.phrases.from_to(self.phrases.state(was), self.phrases.state(is))],
        })
    }

    /// Returns what is new of a key result, and by how many tenths its grade rose.
    fn key_result(
        &self,
        known: &KeyResultReport<'a>,
        was: Option<&TeamScore>,
        tally: &mut Tally,
    ) -> Option<(i32, Item<'a>)> {
        let was = was.and_then(|team| score_of(team, &known.objective.id.value, &known.plan.id.value));
        let rise = self.rise(known, was);
        match rise {
            Some((_, _, 0)) => tally.kept += 1,
            Some((_, _, rise)) if rise < 0 => tally.fell += 1,
            Some(_) => tally.rose += 1,
            None => {}
        }
        let mut texts = Vec::new();
        // That grades rise by a tenth in a fortnight is no news.
        if let Some((was, is, _)) = rise.filter(|(_, _, rise)| !(0..=1).contains(rise)) {
            texts.push(self.phrases.from_to(&was.to_string(), &is.to_string()));
        }
        let status = |score: &KeyResultScore| score.standing.as_ref().map(|standing| standing.status);
        if let (Some(was), Some(is)) = (was.and_then(status), status(known.score))
            && was != is
        {
            texts.push(self.phrases.from_to(self.phrases.status(was), self.phrases.status(is)));
        }
        texts.extend(self.recorded(known));
        let by = rise.map_or(0, |(_, _, rise)| rise);
        (!texts.is_empty()).then(|| (by, self.about(known, texts)))
    }

    /// Returns a key result's grade then and now; then is what was recorded on the day, where somebody checked in.
    fn rise(&self, known: &KeyResultReport<'a>, was: Option<&KeyResultScore>) -> Option<(Grade, Grade, i32)> {
        let recorded = known.recorded().into_iter().find(|recorded| recorded.on == self.since.on);
        let recorded = recorded.and_then(|recorded| recorded.entry.score).map(Grade::of);
        let was = recorded.or_else(|| was?.grade())?;
        let is = known.score.grade()?;
        Some((was, is, i32::from(is.tenths()) - i32::from(was.tenths())))
    }

    /// Returns what people wrote down of a key result since the day: how sure they are, and what they moved.
    fn recorded(&self, known: &KeyResultReport<'a>) -> Vec<String> {
        let phrases = Phrases::new(known.within(self.report.format));
        let is_new = |on: Day| on > self.since.on && on <= self.report.as_of();
        let mut texts = Vec::new();
        if let Some(last) = known.recorded().into_iter().rev().find(|recorded| is_new(recorded.on)) {
            let note = phrases.note(last.entry.note.as_deref(), last.entry.by.as_deref());
            match &last.entry.confidence {
                Some(confidence) => texts.push(phrases.last_confidence(last.on, confidence.value, &note)),
                None if note.is_empty() => {}
                None => texts.push(note),
            }
        }
        let moves = known.plan.commitment.moves().iter().filter(|moved| !moved.change.is_mild());
        texts.extend(
            moves
                .filter(|moved| moved.note.as_ref().is_some_and(|note| is_new(note.on)))
                .map(|moved| phrases.goalpost(moved)),
        );
        if let Commitment::Added { note: Some(note), on } = &known.plan.commitment
            && is_new(note.on)
        {
            texts.push(phrases.added_since(*on));
        }
        texts
    }

    /// Returns whose data ends too early, in cycles that run.
    fn stale(&self) -> Option<Part<'a>> {
        let is_stale = |noted: &Noted<'_>, subject: Subject<'a>| {
            STALE.contains(&noted.finding.code) && self.is_in(subject, &[QuarterState::Open])
        };
        let items = self.found(is_stale, |code| STALE.iter().position(|known| *known == code).unwrap_or(STALE.len()));
        let title = self.phrases.digest_stale().to_owned();
        (!items.is_empty()).then(|| self.part(title, String::new(), items))
    }

    /// Returns whose reviews leave questions open, in cycles that aren't sealed.
    fn unanswered(&self) -> Option<Part<'a>> {
        let is_open = |noted: &Noted<'_>, subject: Subject<'a>| {
            UNANSWERED.contains(&noted.finding.code) && self.is_in(subject, &[QuarterState::Open, QuarterState::Over])
        };
        let items = self.found(is_open, |_| 0);
        let title = self.phrases.digest_unanswered().to_owned();
        (!items.is_empty()).then(|| self.part(title, String::new(), items))
    }

    /// Returns what is found and not allowed, by whose it is.
    fn found(&self, is_meant: impl Fn(&Noted<'_>, Subject<'a>) -> bool, rank: impl Fn(&str) -> usize) -> Vec<Item<'a>> {
        let said = self.report.findings.all().filter(|(noted, _)| noted.reason.is_none());
        let meant = said.filter(|(noted, subject)| is_meant(noted, *subject));
        let mut items: Vec<(usize, Item<'a>)> =
            meant.map(|(noted, subject)| (rank(noted.finding.code), self.finding(noted, subject))).collect();
        items.sort_by(|(a, first), (b, second)| (&first.whose, a).cmp(&(&second.whose, b)));
        items.into_iter().map(|(_, item)| item).collect()
    }

    /// Returns what somebody has to decide about: what broke a guardrail, what is out of reach, what looks better than it is.
    fn to_decide(&self) -> Option<Part<'a>> {
        let is_meant = |(noted, subject): &(Noted<'a>, Subject<'a>)| {
            Topic::is_doubt(noted) && self.is_in(*subject, &[QuarterState::Open, QuarterState::Over])
        };
        let mut found: Vec<(Noted<'a>, Subject<'a>)> = self.report.findings.all().filter(is_meant).collect();
        found.sort_by_key(|(noted, _)| Topic::rank(noted.finding.code));
        let (broken, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|(noted, _)| noted.finding.code == "guardrail-broken");
        let mut items: Vec<Item<'a>> =
            broken.into_iter().map(|(noted, subject)| self.finding(noted, subject)).collect();
        items.extend(self.lost());
        items.extend(others.into_iter().map(|(noted, subject)| self.finding(noted, subject)));
        let title = self.phrases.digest_to_decide().to_owned();
        (!items.is_empty()).then(|| self.part(title, String::new(), items))
    }

    /// Returns the key results of cycles that run which can no longer be reached.
    fn lost(&self) -> impl Iterator<Item = Item<'a>> {
        let running = self.report.quarters.iter().filter(|quarter| quarter.score.state == QuarterState::Open);
        let key_results = running.flat_map(|quarter| &quarter.teams).flat_map(|team| self.report.key_results(*team));
        let is_lost = |known: &KeyResultReport<'a>| {
            known.score.standing.as_ref().is_some_and(|standing| standing.status == Status::OutOfReach)
        };
        key_results.filter(is_lost).map(|known| {
            let phrases = Phrases::new(known.within(self.report.format));
            let rule = sentence(&phrases.pace_rule(known.score));
            self.about(&known, vec![sentence(phrases.status(Status::OutOfReach)), rule])
        })
    }

    fn part(&self, title: String, lead: String, mut items: Vec<Item<'a>>) -> Part<'a> {
        let rest = items.len().saturating_sub(ITEMS);
        items.truncate(ITEMS);
        items.iter_mut().for_each(|item| item.texts.retain(|text| !text.is_empty()));
        Part { title, lead, items, rest: self.phrases.digest_rest(rest) }
    }

    fn finding(&self, noted: Noted<'a>, subject: Subject<'a>) -> Item<'a> {
        let known = about(self.report, subject);
        let text = dates::sentence(&noted.finding.message, self.report.format);
        Item {
            whose: whose::of(self.report, subject),
            title: known.title.into_owned(),
            target: known.target,
            texts: vec![text],
        }
    }

    fn about(&self, known: &KeyResultReport<'a>, texts: Vec<String>) -> Item<'a> {
        Item {
            whose: whose::of_key_result(self.report, known),
            title: title(known.title()).into_owned(),
            target: Some(Target::KeyResult(*known)),
            texts,
        }
    }

    /// Says whether what a finding is about belongs to a cycle in one of these states; of a metric, whether one of its uses does.
    fn is_in(&self, subject: Subject<'a>, states: &[QuarterState]) -> bool {
        let is_in = |place| self.report.at(place).is_some_and(|team: TeamReport<'_>| states.contains(&team.state));
        match subject {
            Subject::Metric(id) => self.report.uses(id).iter().any(|used| is_in(used.team)),
            _ => subject.team().is_some_and(is_in),
        }
    }
}

/// Returns a key result's score among a team's.
fn score_of<'s>(team: &'s TeamScore, objective: &Slug, key_result: &Slug) -> Option<&'s KeyResultScore> {
    let objective = team.objectives.iter().find(|known| known.id == *objective)?;
    objective.key_results.iter().find(|known| known.id == *key_result)
}
