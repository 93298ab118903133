//! A packet as a value: what a leadership team prints of a quarter, or of one team in it.
//!
//! In: the report and what is wanted of it. Out: a [`Packet`] of finished strings, from which print pages and PDF files
//! are made alike. Charts and Markdown texts are whatever the maker of a document turns them into (see [`Leaves`]);
//! nothing else of a document's form is decided here.

mod appendix;
mod card;
mod section;
mod summary;
mod table;

use serde::Serialize;

pub use appendix::{Appendix, Evidence, EvidenceFile, Export, Finding, FindingGroup, FindingRef};
pub use card::{Answer, Card, Chart, Confidence, Guardrail, Origin, Quality};
pub use section::{Objective, Section};
pub use summary::{ObjectiveRow, Summary, TeamRow, TheatreLine};
pub use table::{GroupRow, ScoreRow, Scores};

use super::decide::{Ages, Count, Mark};
use super::format::Format;
use super::shown::{self, Graded, Status, Target, Verdict};
use super::text::{Phrases, Words};
use super::{MADE_BY, QuarterReport, Report, TeamPlace, TeamReport};
use crate::chart::Svg;
use crate::model::ids::Slug;
use crate::model::scorecard::{self, QuarterState};

/// What a packet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A quarter with all its teams: its place in the report.
    Quarter(usize),
    /// One team in a quarter.
    Team(TeamPlace),
}

/// Turns charts and Markdown texts into what a document prints.
pub trait Leaves {
    /// A drawing.
    type Drawing: Serialize;
    /// A text with paragraphs, lists, links.
    type Prose: Serialize;

    /// Returns a drawing; `alternative` says what it shows.
    fn drawing(&mut self, svg: Svg, alternative: &str) -> Self::Drawing;

    /// Returns a Markdown text that stands below a heading of a level.
    fn prose(&mut self, markdown: &str, below: u8) -> Self::Prose;

    /// Says whether a document has room for the section of a team.
    fn has_room(&self, _team: &Slug) -> bool {
        true
    }
}

/// A packet.
#[derive(Debug, Serialize)]
pub struct Packet<D, P> {
    /// The first page.
    pub cover: Cover,
    /// What a reader should know, on one page.
    pub summary: Summary<P>,
    /// Team by team.
    pub sections: Vec<Section<D, P>>,
    /// What the figures rest on, and what was found.
    pub appendix: Appendix,
    /// The parts with their numbers, in order.
    pub contents: Vec<Heading>,
}

/// The first page.
#[derive(Debug, Serialize)]
pub struct Cover {
    /// Whose packet it is.
    pub organisation: String,
    /// What it is about: a quarter, or a team.
    pub title: String,
    /// The whole title, as documents are called by: `Platform, 2026-Q3`.
    pub full_title: String,
    /// The quarter.
    pub quarter: String,
    /// Its days.
    pub dates: String,
    /// That it is a draft, and until when; empty once the quarter is over.
    pub draft: String,
    /// The last day that counts, and how old the data is.
    pub as_of: String,
    /// The last day that counts, as year, month and day.
    pub date: (i16, u8, u8),
    /// What made it.
    pub made_by: &'static str,
    /// The language of its texts.
    pub lang: &'static str,
}

/// A line of the contents.
#[derive(Debug, Clone, Serialize)]
pub struct Heading {
    /// Its number: `2`, `2.1`, `A`.
    pub number: String,
    /// Its text.
    pub title: String,
    /// The place it leads to.
    pub id: String,
    /// 1 for parts, 2 for what is inside.
    pub level: u8,
}

/// A fact: a term with what is said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The term.
    pub term: String,
    /// What is said about it.
    pub text: String,
    /// The place in the packet that the text leads to, or nothing.
    pub target: String,
}

/// More teams than this, and a quarter's packet holds its summary only; each team then has a packet of its own.
pub const TEAMS: usize = 60;

/// The most parts whose insides stand in the contents.
const DEEP_CONTENTS: usize = 12;

/// What every part of a packet is made with.
#[derive(Clone, Copy)]
struct Maker<'m, 'a> {
    report: &'m Report<'a>,
    quarter: &'m QuarterReport<'a>,
    format: Format,
    phrases: Phrases,
    words: &'static Words,
    /// The place of the quarter in the report.
    place: usize,
    /// The teams that have sections.
    in_full: &'m [TeamReport<'a>],
}

impl Maker<'_, '_> {
    /// Returns a grade as readers see it.
    fn verdict(&self, graded: Graded) -> Verdict {
        Verdict::new(graded, self.format)
    }

    /// Returns a grade for a column whose head says that grades are so far.
    fn in_column(&self, graded: Graded) -> Verdict {
        Verdict::in_column(graded, self.format)
    }

    /// Returns a status as readers see it.
    fn status(&self, status: scorecard::Status) -> Status {
        Status::new(status, self.format)
    }

    /// Returns marks as words.
    fn marks(&self, marks: &[Mark]) -> Vec<&'static str> {
        marks.iter().map(|mark| self.phrases.mark(*mark)).collect()
    }

    /// Returns the place in a packet of what something leads to.
    fn place_of(&self, target: &Target<'_>) -> String {
        match target {
            Target::KeyResult(known) => {
                format!("{}/{}/{}", known.team.plan.team, known.objective.id.value, known.plan.id.value)
            }
            Target::Objective(team, plan) => format!("{}/{}", team.plan.team, plan.id.value),
            Target::Team(team) => team.plan.team.to_string(),
            Target::Metric(_) => String::new(),
        }
    }

    /// Returns the same where it has a place in this packet; else nothing.
    fn place_here(&self, target: Option<&Target<'_>>) -> String {
        let is_here = |target: &&Target<'_>| {
            let team = target.team().filter(|team| team.quarter.id == self.quarter.id());
            team.is_some_and(|team| self.section_of(&team.plan.team).is_some())
        };
        target.filter(is_here).map(|target| self.place_of(target)).unwrap_or_default()
    }

    /// Returns facts with their places in the packet.
    fn facts(&self, facts: Vec<shown::Fact<'_>>) -> Vec<Fact> {
        let fact = |known: shown::Fact<'_>| Fact {
            term: known.term.to_owned(),
            text: known.text.into_owned(),
            target: self.place_here(known.target.as_ref()),
        };
        facts.into_iter().map(fact).collect()
    }

    /// Returns the place of a team's section among all sections; nothing where it has none.
    fn section_of(&self, team: &Slug) -> Option<usize> {
        self.in_full.iter().position(|held| held.plan.team == *team)
    }
}

/// Returns the packet of a scope; nothing where the report has no such quarter or team.
pub fn packet<L: Leaves>(report: &Report<'_>, scope: Scope, leaves: &mut L) -> Option<Packet<L::Drawing, L::Prose>> {
    let place = match scope {
        Scope::Quarter(place) | Scope::Team(TeamPlace { quarter: place, .. }) => place,
    };
    let quarter = report.quarters.get(place)?;
    let teams: Vec<TeamReport<'_>> = match scope {
        Scope::Quarter(_) => quarter.teams.clone(),
        Scope::Team(team) => vec![report.at(team)?],
    };
    let has_room = |team: &&TeamReport<'_>| teams.len() <= TEAMS && leaves.has_room(&team.plan.team);
    let in_full: Vec<TeamReport<'_>> = teams.iter().filter(has_room).copied().collect();
    let maker = Maker {
        report,
        quarter,
        format: report.format,
        phrases: Phrases::new(report.format),
        words: report.words(),
        place,
        in_full: &in_full,
    };
    let whole = matches!(scope, Scope::Quarter(_));
    let mut appendix = appendix::Writer::new(maker);
    let sections: Vec<_> = in_full
        .iter()
        .enumerate()
        .map(|(at, team)| section::section(maker, *team, at + 2, &mut appendix, leaves))
        .collect();
    let appendix = appendix.finish();
    let summary = summary::summary(maker, (&teams, whole), leaves);
    let contents = contents(maker, &sections, &appendix);
    Some(Packet { cover: cover(maker, &teams, whole), summary, sections, appendix, contents })
}

fn cover(maker: Maker<'_, '_>, teams: &[TeamReport<'_>], whole: bool) -> Cover {
    let mut ages = Ages::default();
    teams.iter().for_each(|team| ages.add(maker.report, *team));
    let quarter = maker.quarter.id().to_string();
    let team = teams.first().filter(|_| !whole).map(|team| team.name);
    let as_of = maker.report.as_of();
    Cover {
        organisation: maker.report.inputs.identity.organisation.clone(),
        title: team.unwrap_or(&quarter).to_owned(),
        full_title: team.map_or_else(|| maker.phrases.packet_of(&quarter), |team| format!("{team}, {quarter}")),
        dates: maker.format.window(maker.quarter.plan.quarter.window),
        draft: draft(maker),
        as_of: maker.phrases.as_of(as_of, ages),
        date: as_of.ymd(),
        made_by: MADE_BY,
        lang: maker.report.inputs.identity.language.tag(),
        quarter,
    }
}

/// Says that a packet is a draft, while the quarter isn't over.
fn draft(maker: Maker<'_, '_>) -> String {
    let last = maker.quarter.plan.quarter.window.end.plus(-1);
    match maker.quarter.score.state {
        QuarterState::Upcoming | QuarterState::Open => maker.phrases.draft_until(last),
        QuarterState::Over | QuarterState::Sealed => String::new(),
    }
}

fn contents<D, P>(maker: Maker<'_, '_>, sections: &[Section<D, P>], appendix: &Appendix) -> Vec<Heading> {
    let heading = |number: &str, title: &str, id: &str, level| Heading {
        number: number.to_owned(),
        title: title.to_owned(),
        id: id.to_owned(),
        level,
    };
    let words = maker.words;
    let mut contents = vec![heading("1", words.summary, SUMMARY, 1)];
    for section in sections {
        contents.push(heading(&section.number, &section.name, &section.id, 1));
        if sections.len() <= DEEP_CONTENTS {
            let inside = section.objectives.iter();
            contents.extend(inside.map(|known| heading(&known.number, &known.title, &known.id, 2)));
        }
    }
    if !appendix.evidence.is_empty() {
        contents.push(heading("A", words.evidence, EVIDENCE, 1));
    }
    if !appendix.findings.is_empty() {
        contents.push(heading("B", words.findings, FINDINGS, 1));
    }
    contents
}

/// Places of the parts; a team's id holds no full stop.
const SUMMARY: &str = "part.summary";
const EVIDENCE: &str = "part.evidence";
const FINDINGS: &str = "part.findings";

/// Counts key results of teams.
fn count(maker: Maker<'_, '_>, teams: &[TeamReport<'_>]) -> Count {
    let mut count = Count::default();
    teams.iter().for_each(|team| count.add(maker.report.key_results(*team)));
    count
}
