//! The answer above the fold: how a cycle went or goes, what needs somebody, and which numbers not to believe.
//!
//! In: a cycle of the report. Out: a verdict in words and three short columns, each thing with its reason and whose it is.
//! Decides nothing that cards don't show: grades and paces are the scorecard's, doubts are findings and missing data.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::decide::{Count, sentence, title};
use super::findings::Noted;
use super::quality::Topic;
use super::shown::{self, Target};
use super::text::Phrases;
use super::{KeyResultReport, QuarterReport, Report, TeamReport, dates, path, whose};
use crate::model::scorecard::{Band, Grade, GuardrailState, QuarterState, ScoreState, Status};

/// The most things in a column.
const ITEMS: usize = 4;

/// What a reader should know first of a cycle.
#[derive(Debug)]
pub struct Answer<'a> {
    /// How it went or goes, in a sentence.
    pub verdict: String,
    /// What goes well, what needs somebody, what not to believe; nothing before the cycle begins.
    pub columns: Vec<Column<'a>>,
}

/// Things of one kind, the most telling first.
#[derive(Debug)]
pub struct Column<'a> {
    /// What they are.
    pub title: &'static str,
    /// The things.
    pub items: Vec<Item<'a>>,
    /// How many more there are, in words; empty where these are all.
    pub rest: String,
    /// What is said where there is none.
    pub nothing: &'static str,
}

/// A thing that a reader should know.
#[derive(Debug)]
pub struct Item<'a> {
    /// What it is about.
    pub title: Cow<'a, str>,
    /// What leads there.
    pub target: Target<'a>,
    /// Why it stands here.
    pub reason: String,
    /// Whose it is.
    pub whose: String,
}

/// What is known of a cycle's key results, by where they stand.
#[derive(Default)]
struct Found<'a> {
    count: Count,
    /// On course, or reached.
    well: Vec<(Reverse<Grade>, KeyResultReport<'a>)>,
    /// What needs somebody, or fell short: how badly, and why.
    short: Vec<(Need, KeyResultReport<'a>)>,
    /// What not to believe: how bad it is, and what it is about.
    doubts: Vec<(Rank, Item<'a>)>,
}

/// How telling a doubt is; missing data comes last.
type Rank = (Topic, usize);

/// Why something needs somebody, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    /// A guardrail is broken.
    Guardrail,
    /// The goal can't be reached any more.
    Lost,
    /// It is behind, or fell short by its grade.
    Behind(Option<Grade>),
    /// Nothing was measured.
    NoData,
}

/// Returns what a reader should know first of a cycle.
#[must_use]
pub fn answer<'a>(report: &Report<'a>, quarter: &QuarterReport<'a>) -> Answer<'a> {
    answer_of(report, quarter, &quarter.teams)
}

/// Returns what a reader should know first of teams in a cycle.
#[must_use]
pub fn answer_of<'a>(report: &Report<'a>, quarter: &QuarterReport<'a>, teams: &[TeamReport<'a>]) -> Answer<'a> {
    let phrases = Phrases::new(report.format.within(Some(quarter.id().kind())));
    let is_over = quarter.is_over();
    let mut found = Found::default();
    teams.iter().for_each(|team| found.add(report, *team, phrases));
    let verdict = found.verdict(phrases, quarter.score.state);
    if quarter.score.state == QuarterState::Upcoming || found.count.all == 0 {
        return Answer { verdict, columns: Vec::new() };
    }
    found.well.sort_by_key(|(grade, _)| *grade);
    found.short.sort_by_key(|(need, _)| *need);
    found.doubts.sort_by_key(|(rank, _)| *rank);
    let item = |known: &KeyResultReport<'a>, reason: String| Item {
        title: title(known.title()),
        target: Target::KeyResult(*known),
        reason,
        whose: whose::of_key_result(report, known),
    };
    let told = |known: &KeyResultReport<'a>| stands(report, known, phrases);
    let [well, short, doubts] = phrases.answers(is_over);
    let column = |(title, nothing), items: Vec<Item<'a>>, all: usize| Column {
        title,
        rest: phrases.and_more(all.saturating_sub(ITEMS)),
        items,
        nothing,
    };
    let (all_well, all_short, all_doubts) = (found.well.len(), found.short.len(), found.doubts.len());
    let well_items = found.well.iter().take(ITEMS).map(|(_, known)| item(known, told(known))).collect();
    let short_items = found.short.iter().take(ITEMS).map(|(need, known)| {
        item(known, if *need == Need::Guardrail { phrases.guardrail_broke(&told(known)) } else { told(known) })
    });
    let short_items = short_items.collect();
    let doubt_items = found.doubts.into_iter().take(ITEMS).map(|(_, item)| item).collect();
    let columns = vec![
        column(well, well_items, all_well),
        column(short, short_items, all_short),
        column(doubts, doubt_items, all_doubts),
    ];
    Answer { verdict, columns }
}

/// Returns where a key result stands: its grade and pace, and its way.
fn stands(report: &Report<'_>, known: &KeyResultReport<'_>, phrases: Phrases) -> String {
    let status = known.score.standing.as_ref().map(|standing| phrases.status(standing.status));
    let grade = known.score.grade().map(|grade| grade.to_string());
    let head = match (grade, status) {
        (Some(grade), Some(status)) => format!("{grade}, {status}"),
        (Some(grade), None) => grade,
        (None, Some(status)) => status.to_owned(),
        (None, None) => phrases.status(Status::NoData).to_owned(),
    };
    let way = path::of(known.within(report.format), known).arrow();
    if way.is_empty() { head } else { [&head, ": ", &way].concat() }
}

impl<'a> Found<'a> {
    fn add(&mut self, report: &Report<'a>, team: TeamReport<'a>, phrases: Phrases) {
        self.doubts.extend(doubts(report, report.findings.of_team(team.plan), || {
            (Cow::Borrowed(team.name), Target::Team(team), whose::of_team(report, &team))
        }));
        for objective in team.objectives() {
            self.doubts.extend(doubts(report, report.findings.of_objective(objective.plan), || {
                let target = Target::Objective(team, objective.plan);
                (title(&objective.plan.title.value), target, whose::of_team(report, &team))
            }));
            for known in objective.key_results(team, &report.inputs.plan.metrics) {
                self.add_key_result(report, known, phrases);
            }
        }
    }

    fn add_key_result(&mut self, report: &Report<'a>, known: KeyResultReport<'a>, phrases: Phrases) {
        self.count.add([known].into_iter());
        let about = || (title(known.title()), Target::KeyResult(known), whose::of_key_result(report, &known));
        let doubted = self.doubts.len();
        self.doubts.extend(doubts(report, report.findings.of_key_result(known.plan), about));
        let is_doubted = self.doubts.len() > doubted;
        if !is_doubted {
            let told = moved(report, &known).map(|reason| ((Topic::Honesty, usize::MAX), reason));
            if let Some((rank, reason)) = told.or_else(|| Some(((Topic::Data, 0), lacks(&known, phrases)?))) {
                let (title, target, whose) = about();
                self.doubts.push((rank, Item { title, target, reason, whose }));
            }
        }
        match need(&known) {
            Some(need) => self.short.push((need, known)),
            // What is not to be believed is not shown as going well.
            None if is_doubted || known.score.state == ScoreState::Stale => {}
            None => self.well.extend(known.score.grade().map(|grade| (Reverse(grade), known))),
        }
    }

    /// Returns how it went or goes, with the worst of it.
    fn verdict(&self, phrases: Phrases, state: QuarterState) -> String {
        let lost = self.short.iter().filter(|(need, _)| *need == Need::Lost);
        let lost: Vec<String> = lost.map(|(_, known)| super::decide::subject(known)).collect();
        let broken = self.short.iter().filter(|(need, _)| *need == Need::Guardrail).count();
        let good = if state == QuarterState::Open { self.count.on_track } else { self.count.strong };
        phrases.verdict(state, (good, self.count.all), &lost, (broken, self.doubts.len()))
    }
}

/// Returns why a key result needs somebody, or fell short.
fn need(known: &KeyResultReport<'_>) -> Option<Need> {
    if known.score.guardrails.iter().any(|guardrail| guardrail.state == GuardrailState::Broken) {
        return Some(Need::Guardrail);
    }
    if known.score.standing.as_ref().is_some_and(|standing| standing.status == Status::OutOfReach) {
        return Some(Need::Lost);
    }
    match known.score.grade() {
        _ if !is_behind(known) => None,
        None => Some(Need::NoData),
        grade => Some(Need::Behind(grade)),
    }
}

/// Says whether a key result is behind its pace; once its cycle is over, whether its grade is below 0.7.
fn is_behind(known: &KeyResultReport<'_>) -> bool {
    match &known.score.standing {
        Some(standing) => !matches!(standing.status, Status::Ahead | Status::OnTrack),
        None => known.score.grade().is_none_or(|grade| grade.band() < Band::Strong),
    }
}

/// Says what was moved of a key result since it was committed to, other than words, and both scores.
fn moved(report: &Report<'_>, known: &KeyResultReport<'_>) -> Option<String> {
    let moved = shown::of_key_result(report, known)?;
    let row = moved.rows.iter().find(|row| row.code != "mild")?;
    let what = sentence(row.what);
    Some(format!("{}: {} → {}. {}", what.trim_end_matches('.'), row.was, row.is, moved.scores).trim_end().to_owned())
}

/// Says what data a key result lacks so that its number is not to be believed.
fn lacks(known: &KeyResultReport<'_>, phrases: Phrases) -> Option<String> {
    match (known.score.state, known.score.measured_on) {
        (ScoreState::Stale, Some(day)) => Some(sentence(&phrases.last_data(day))),
        (ScoreState::NoData, _) if known.team.is_over() => Some(phrases.never_measured().to_owned()),
        _ => None,
    }
}

/// Returns what of findings makes numbers look better than they are, once for each thing.
fn doubts<'a>(
    report: &Report<'a>,
    findings: impl Iterator<Item = Noted<'a>>,
    about: impl FnOnce() -> (Cow<'a, str>, Target<'a>, String),
) -> Option<(Rank, Item<'a>)> {
    let meant = findings.filter(Topic::is_doubt);
    let worst = meant.min_by_key(|noted| Topic::rank(noted.finding.code))?;
    let reason = dates::sentence(&worst.finding.message, report.format).replace('`', "");
    let (title, target, whose) = about();
    Some((Topic::rank(worst.finding.code), Item { title, target, reason, whose }))
}
