//! What the engine is given: the packet as data, with the template and the files that it may ask for.
//!
//! In: a report, and what the book brings along. Out: a [`Job`]. Characters that no font has are replaced here, so that
//! every packet can be laid out and says what it lacks.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::bounds::bound;
use super::brought;
use super::engine::{self, Job, Logo};
use super::extras::{Attachment, Extras};
use super::height::{Drawing, has_answers_beside, is_short};
use super::letters::Letters;
use super::prose::Room;
use super::weight::{DRAWINGS, too_heavy};
use crate::chart::Svg;
use crate::config::Paper;
use crate::error::{Error, Result};
use crate::markdown::blocks::{Block, to_blocks};
use crate::model::ids::Slug;
use crate::report::packet::{Extent, Leaves, Packet, Scope, packet};
use crate::report::text::Phrases;
use crate::report::{Report, brand};

/// The built-in template.
const TEMPLATE: &str = include_str!("../../templates/packet.typ");

/// The colour of what a book wants to stand out, unless it says another.
const ACCENT: &str = "#12436d";

/// How charts are set: on a card they are narrower than on screens, so their words are larger.
const RULES: &str = "svg { font-family: Inter; } .chart { font-size: 160px; } .chart .note { font-size: 140px; }";

/// What the engine is given.
pub(super) struct Input {
    pub(super) job: Job,
    pub(super) missing: Vec<char>,
}

/// The data that the template reads.
#[derive(Serialize)]
struct Data<'a> {
    packet: Value,
    /// The words of the interface.
    t: Value,
    paper: &'static str,
    accent: &'a str,
    /// The family that texts are set in before all others.
    font: Option<String>,
    /// The name under which the template reads the logo.
    logo: Option<String>,
    attachments: Value,
}

#[derive(Serialize)]
struct Attached<'a> {
    path: &'a str,
    mime: &'static str,
    /// The name under which the template reads it.
    file: String,
}

/// Charts and texts as the engine reads them.
struct InPdf<'a> {
    accent: &'a str,
    room: Room,
    /// How many bytes all drawings have.
    drawn: usize,
    /// The teams whose sections are too heavy.
    left_out: BTreeSet<String>,
}

impl Leaves for InPdf<'_> {
    type Drawing = Drawing;
    type Prose = Vec<Block>;

    fn drawing(&mut self, svg: Svg, alternative: &str) -> Drawing {
        let colour = |name: &str| match name {
            "--accent" => Some(self.accent.to_owned()),
            _ => None,
        };
        let svg = svg.styled(RULES, &colour);
        let drawn = svg.len();
        self.drawn += drawn;
        // Beyond, a section is left out, and all that fits is drawn again.
        let svg = if self.drawn > DRAWINGS { String::new() } else { svg };
        Drawing { svg, alternative: alternative.to_owned(), drawn }
    }

    fn prose(&mut self, markdown: &str, _below: u8) -> Vec<Block> {
        self.room.fit(to_blocks(markdown))
    }

    fn has_room(&self, team: &Slug) -> bool {
        !self.left_out.contains(team.as_str())
    }
}

/// Returns what the engine needs for a packet; nothing where there is no such quarter or team.
pub(super) fn input(report: &Report<'_>, scope: Scope, extras: &Extras<'_>) -> Result<Option<Input>> {
    let identity = report.inputs.identity;
    let accent = identity.accent.as_deref().and_then(brand::on_paper).unwrap_or_else(|| ACCENT.to_owned());
    let fonts = engine::fonts(&brought::fonts(extras)?)?;
    let shows = |cluster: &str| fonts.show(cluster);
    let Some(Fitting { packet, date, title, mut letters }) = fitting(report, (scope, extras.extent), &accent, &shows)?
    else {
        return Ok(None);
    };
    let mut files: Vec<(String, Arc<Vec<u8>>)> = Vec::new();
    let wanted = identity.logo.as_deref();
    let logo = wanted.and_then(|logo| extras.assets.iter().find(|(path, _)| *path == logo));
    let logo = logo.map(|(path, bytes)| {
        let name = brought::logo(path, bytes)?;
        files.push((name.clone(), Arc::new(bytes.clone())));
        Ok(Logo { path: (*path).to_owned(), name })
    });
    let logo = logo.transpose()?;
    let attachments: Vec<Attached<'_>> =
        extras.attachments.iter().enumerate().map(|(at, known)| attached(at, known, &mut files)).collect();
    let mut attachments = value(&attachments)?;
    letters.mend(&mut attachments);
    // Words may be the book's own.
    let mut t = value(report.words())?;
    letters.mend(&mut t);
    let data = Data {
        packet,
        t,
        paper: match identity.paper {
            Paper::A4 => "a4",
            Paper::Letter => "us-letter",
        },
        accent: &accent,
        font: identity.font.as_deref().and_then(|font| engine::family(brought::of_brand(font, extras)?)),
        logo: logo.as_ref().map(|logo| logo.name.clone()),
        attachments,
    };
    let data = serde_json::to_vec(&data).map_err(|error| unwritten(&error))?;
    files.push(("/packet.json".to_owned(), Arc::new(data)));
    let own = extras.templates.iter().find(|(name, _)| *name == "packet.typ");
    let missing = letters.missing();
    let job = Job {
        template: own.map_or(TEMPLATE, |(_, text)| text).to_owned(),
        files,
        logo,
        fonts,
        date,
        identity: format!("{}, {title}", identity.organisation),
        attaches: !extras.attachments.is_empty(),
        at_once: extras.at_once.max(1),
    };
    Ok(Some(Input { job, missing }))
}

/// As much of a packet as can be laid out.
struct Fitting<'f> {
    packet: Value,
    date: (i16, u8, u8),
    title: String,
    letters: Letters<'f>,
}

/// Returns as much of a packet as can be laid out; nothing where there is no such quarter or team.
fn fitting<'f>(
    report: &Report<'_>,
    (scope, extent): (Scope, Extent),
    accent: &str,
    shows: &'f dyn Fn(&str) -> bool,
) -> Result<Option<Fitting<'f>>> {
    let phrases = Phrases::new(report.format);
    let mut left_out = BTreeSet::new();
    loop {
        let mut leaves = InPdf { accent, room: Room::new(phrases), drawn: 0, left_out };
        let Some(known) = packet(report, scope, extent, &mut leaves) else { return Ok(None) };
        let (date, title) = (known.cover.date, known.cover.full_title.clone());
        let mut packet = value(&known)?;
        note_short_cards(&known, &mut packet);
        let mut letters = Letters::new(shows);
        letters.mend(&mut packet);
        bound(&mut packet, phrases);
        let more = too_heavy(&packet).map_err(|_| too_long(&known.cover.quarter))?;
        if more.is_empty() {
            return Ok(Some(Fitting { packet, date, title, letters }));
        }
        left_out = leaves.left_out;
        left_out.extend(more);
    }
}

/// Notes on each card whether it surely has room on one page, so that nobody has to measure it, and whether its answers
/// stand beside its chart.
fn note_short_cards(known: &Packet<Drawing, Vec<Block>>, packet: &mut Value) {
    for (at, section) in known.sections.iter().enumerate() {
        for (objective, known) in section.objectives.iter().enumerate() {
            for (card, known) in known.cards.iter().enumerate() {
                let card = &mut packet["sections"][at]["objectives"][objective]["cards"][card];
                card["is_short"] = is_short(known).into();
                card["has_answers_beside"] = has_answers_beside(known).into();
            }
        }
    }
}

fn too_long(quarter: &str) -> Error {
    Error::usage_with_help(
        format!("{quarter} is too long for a packet, even without what single teams have to show"),
        "make packets of single teams, or print the packet's page of the site",
    )
}

fn value(data: &impl Serialize) -> Result<Value> {
    serde_json::to_value(data).map_err(|error| unwritten(&error))
}

fn unwritten(error: &serde_json::Error) -> Error {
    Error::Integrity { message: error.to_string() }
}

fn attached<'a>(at: usize, known: &'a Attachment, files: &mut Vec<(String, Arc<Vec<u8>>)>) -> Attached<'a> {
    let file = format!("/attached/{at}");
    files.push((file.clone(), known.bytes.clone()));
    let mime = match known.path.rsplit('.').next() {
        Some("csv" | "tsv") => "text/csv",
        Some("md") => "text/markdown",
        Some("yaml" | "yml") => "application/yaml",
        _ => "application/octet-stream",
    };
    Attached { path: &known.path, mime, file }
}
