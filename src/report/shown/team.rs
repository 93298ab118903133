//! A team: its line in a table of teams, and what is said about it.

use std::borrow::Cow;

use super::Graded;
use super::fact::{Fact, person};
use crate::model::plan::Team;
use crate::model::scorecard::{Rollup, Status};
use crate::report::Ages;
use crate::report::decide::median_status;
use crate::report::quality::Tally;
use crate::report::text::Phrases;
use crate::report::{Report, TeamReport};

/// A team's line in a table of teams.
#[derive(Debug)]
pub struct TeamLine {
    /// Its grade.
    pub grade: Graded,
    /// Where it stands; nothing once the quarter is over.
    pub status: Option<Status>,
    /// How many of its key results are measured.
    pub measured: String,
    /// How well they are made.
    pub quality: String,
    /// How old its data is.
    pub age: String,
    /// How confident it is, of ten.
    pub confidence: String,
}

/// Returns a team's line.
#[must_use]
pub fn team_line<'a>(report: &Report<'a>, team: TeamReport<'a>) -> TeamLine {
    let phrases = Phrases::new(report.format);
    let mut ages = Ages::default();
    ages.add(report, team);
    let mut quality = Tally::default();
    quality.add(&report.findings, report.key_results(team));
    let rollup = &team.score.rollup;
    TeamLine {
        grade: Graded::of_mean(rollup, team.is_over()),
        status: if team.is_over() { None } else { median_status(&team) },
        measured: format!("{} {} {}", rollup.measured, report.words().of, rollup.of),
        quality: phrases.quality_line(quality),
        age: ages.oldest.map(|days| phrases.age(days)).unwrap_or_default(),
        confidence: team.confidence(report).map(|said| said.to_string()).unwrap_or_default(),
    }
}

/// Returns what a reader must know about a team's grade.
#[must_use]
pub fn grade_notes(report: &Report<'_>, team: TeamReport<'_>) -> Vec<String> {
    let phrases = Phrases::new(report.format);
    let mut notes = phrases.rollup_notes(&team.score.rollup);
    let without_soft = team.score.without_soft.as_ref().and_then(Rollup::grade);
    notes.extend(without_soft.map(|grade| phrases.without_soft(grade)));
    notes
}

/// Returns what is said about a team.
#[must_use]
pub fn facts_of_team<'a>(report: &Report<'a>, team: &'a Team) -> Vec<Fact<'a>> {
    let words = report.words();
    let parent = team.parent.as_ref().map(|parent| report.team_name(&parent.value));
    let lead = team.lead.as_deref().filter(|lead| !lead.is_empty()).map(|lead| person(report, words.lead, lead));
    let stated = [(words.function, team.function.as_deref()), (words.parent, parent)];
    let until = team.until.map(|day| Cow::Owned(report.format.day(day)));
    let stated = stated.into_iter().map(|(term, text)| (term, text.map(Cow::Borrowed))).chain([(words.until, until)]);
    lead.into_iter().chain(stated.filter_map(|(term, text)| Fact::stated(term, text))).collect()
}
