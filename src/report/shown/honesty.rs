//! What an honest reader should know of a quarter, in a few lines.

use std::borrow::Cow;

use super::{Target, about};
use crate::report::findings::{Noted, Subject};
use crate::report::quality::Topic;
use crate::report::{Report, TeamPlace, dates};

/// The most lines.
const LINES: usize = 7;

/// What an honest reader should know.
#[derive(Debug, Default)]
pub struct Honest<'a> {
    /// The worst of it, worst first.
    pub lines: Vec<HonestLine<'a>>,
    /// How much there is of it in all.
    pub all: usize,
}

/// What an honest reader should know, in one line.
#[derive(Debug)]
pub struct HonestLine<'a> {
    /// Whose it is.
    pub team: &'a str,
    /// What it is about.
    pub title: Cow<'a, str>,
    /// What leads there.
    pub target: Option<Target<'a>>,
    /// What was found, as a sentence; what stands in backticks is code.
    pub text: String,
}

/// Returns what an honest reader should know of teams, worst first; what the book allows was said with its reason.
#[must_use]
pub fn honest<'a>(report: &Report<'a>, is_here: impl Fn(TeamPlace) -> bool) -> Honest<'a> {
    let is_said =
        |(noted, subject): &(Noted<'_>, Subject<'_>)| Topic::is_doubt(noted) && subject.team().is_some_and(&is_here);
    let mut found: Vec<(Noted<'a>, Subject<'a>)> = report.findings.all().filter(is_said).collect();
    found.sort_by_key(|(noted, _)| Topic::rank(noted.finding.code));
    let line = |(noted, subject): &(Noted<'a>, Subject<'a>)| {
        let known = about(report, *subject);
        let text = dates::sentence(&noted.finding.message, report.format);
        HonestLine { team: known.team, title: known.title, target: known.target, text }
    };
    Honest { lines: found.iter().take(LINES).map(line).collect(), all: found.len() }
}
