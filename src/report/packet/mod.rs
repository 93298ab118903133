//! A packet as a value: what a leadership team prints of a quarter, or of one team in it.
//!
//! In: the report and what is wanted of it. Out: a [`Packet`] of finished strings, from which print pages and PDF files
//! are made alike. Charts and Markdown texts are whatever the maker of a document turns them into (see [`Leaves`]);
//! nothing else of a document's form is decided here.

mod appendix;
mod attention;
mod card;
mod leaves;
mod maker;
mod section;
mod summary;
mod table;

use serde::Serialize;

pub use appendix::{Appendix, Evidence, EvidenceFile, Export, Finding, FindingGroup, FindingRef};
pub use attention::{Attention, AttentionColumn, AttentionItem, MoveLine};
pub use card::{Answer, Card, Chart, Confidence, Guardrail, Origin, Quality};
pub use leaves::Leaves;
pub use maker::{Extent, Fact, TEAMS};
pub use section::{Objective, Section};
pub use summary::{ObjectiveRow, Summary, TeamRow, TheatreLine};
pub use table::{GroupRow, ScoreRow, Scores};

use self::appendix::Outlets;
use self::maker::{DEEP_CONTENTS, Maker};
use super::text::Phrases;
use super::{Ages, matter};
use super::{MADE_BY, Report, TeamPlace, TeamReport};
use crate::model::scorecard::QuarterState;

/// What a packet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A quarter with all its teams: its place in the report.
    Quarter(usize),
    /// One team in a quarter.
    Team(TeamPlace),
}

/// A packet.
#[derive(Debug, Serialize)]
pub struct Packet<D, P> {
    /// The first page.
    pub cover: Cover<D>,
    /// What needs attention, on one page.
    pub attention: Attention,
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
pub struct Cover<D> {
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
    /// How it went or goes, in a sentence.
    pub verdict: String,
    /// The first outcomes that were to move.
    pub outcomes: Vec<OutcomeLine<D>>,
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

/// An outcome that was to move.
#[derive(Debug, Serialize)]
pub struct OutcomeLine<D> {
    /// Its way over the cycle before and this one.
    pub drawing: D,
    /// Whether it moved, in a sentence.
    pub sentence: String,
}

/// The most outcomes on the cover.
const OUTCOMES: usize = 4;

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

/// Returns the packet of a scope; nothing where the report has no such quarter or team.
pub fn packet<L: Leaves>(
    report: &Report<'_>,
    scope: Scope,
    extent: Extent,
    leaves: &mut L,
) -> Option<Packet<L::Drawing, L::Prose>> {
    let place = match scope {
        Scope::Quarter(place) | Scope::Team(TeamPlace { quarter: place, .. }) => place,
    };
    let quarter = report.quarters.get(place)?;
    let teams: Vec<TeamReport<'_>> = match scope {
        Scope::Quarter(_) => quarter.teams.clone(),
        Scope::Team(team) => vec![report.at(team)?],
    };
    let has_room = |team: &&TeamReport<'_>| teams.len() <= TEAMS && leaves.has_room(&team.plan.team);
    let is_whole = extent == Extent::Whole;
    let in_full: Vec<TeamReport<'_>> = teams.iter().filter(|team| is_whole && has_room(team)).copied().collect();
    let format = report.format.within(Some(quarter.plan.quarter.id.kind()));
    let maker = Maker {
        report,
        quarter,
        format,
        phrases: Phrases::new(format),
        words: report.words(),
        place,
        teams: &teams,
        whole: matches!(scope, Scope::Quarter(_)),
        in_full: &in_full,
        extent,
    };
    let mut outlets = Outlets { appendix: appendix::Writer::new(maker), leaves };
    let sections: Vec<_> =
        in_full.iter().enumerate().map(|(at, team)| section::section(maker, *team, at + 2, &mut outlets)).collect();
    let Outlets { appendix, leaves } = outlets;
    let appendix = appendix.finish();
    let summary = summary::summary(maker, leaves);
    let contents = contents(maker, &sections, &appendix);
    let (verdict, attention) = attention::attention(maker);
    let cover = cover(maker, verdict, leaves);
    Some(Packet { cover, attention, summary, sections, appendix, contents })
}

fn cover<L: Leaves>(maker: Maker<'_, '_>, verdict: String, leaves: &mut L) -> Cover<L::Drawing> {
    let outcome = |known: matter::Glance| OutcomeLine {
        // The sentence says what the drawing shows.
        drawing: leaves.drawing(known.drawing, ""),
        sentence: known.sentence,
    };
    let outcomes = matter::glances(maker.report, maker.teams, OUTCOMES).into_iter().map(outcome).collect();
    let mut ages = Ages::default();
    maker.teams.iter().for_each(|team| ages.add(maker.report, *team));
    let quarter = maker.quarter.plan.heading();
    let team = maker.teams.first().filter(|_| !maker.whole).map(|team| team.name);
    let as_of = maker.report.as_of();
    Cover {
        organisation: maker.report.inputs.identity.organisation.clone(),
        title: team.unwrap_or(&quarter).to_owned(),
        full_title: team.map_or_else(|| maker.phrases.packet_of(&quarter), |team| format!("{team}, {quarter}")),
        dates: maker.format.window(maker.quarter.plan.quarter.window),
        verdict,
        outcomes,
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
    let mut contents = vec![heading("", words.attention, ATTENTION, 1), heading("1", words.summary, SUMMARY, 1)];
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
const ATTENTION: &str = "part.attention";
const SUMMARY: &str = "part.summary";
const EVIDENCE: &str = "part.evidence";
const FINDINGS: &str = "part.findings";
