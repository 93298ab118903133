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
use super::engine::{self, Fonts, Job, Logo};
use super::prose::Room;
use super::weight::{DRAWINGS, too_heavy};
use super::{Attachment, Extras};
use crate::chart::Svg;
use crate::config::Paper;
use crate::error::{Error, Result};
use crate::markdown::blocks::{Block, to_blocks};
use crate::model::ids::Slug;
use crate::model::plan::Body;
use crate::report::packet::{Leaves, Scope, packet};
use crate::report::text::{Phrases, Words};
use crate::report::{Report, brand};
use crate::unseen::{Unseen, unseen};

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
    t: &'a Words,
    paper: &'static str,
    accent: &'a str,
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

/// A drawing as the template sets it.
#[derive(Serialize)]
struct Drawing {
    svg: String,
    /// What it shows; empty for what the text beside it says.
    alternative: String,
    /// How many bytes it has.
    drawn: usize,
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

    fn prose(&mut self, body: &Body, _below: u8) -> Vec<Block> {
        self.room.fit(to_blocks(body.markdown()))
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
    let Some(Fitting { packet, date, title, mut missing }) = fitting(report, scope, &accent, &fonts)? else {
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
    printable(&mut attachments, &fonts, &mut missing);
    let data = Data {
        packet,
        t: report.words(),
        paper: match identity.paper {
            Paper::A4 => "a4",
            Paper::Letter => "us-letter",
        },
        accent: &accent,
        logo: logo.as_ref().map(|logo| logo.name.clone()),
        attachments,
    };
    let data = serde_json::to_vec(&data).map_err(|error| unwritten(&error))?;
    files.push(("/packet.json".to_owned(), Arc::new(data)));
    let own = extras.templates.iter().find(|(name, _)| *name == "packet.typ");
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
    Ok(Some(Input { job, missing: missing.into_iter().collect() }))
}

/// As much of a packet as can be laid out.
struct Fitting {
    packet: Value,
    date: (i16, u8, u8),
    title: String,
    /// Characters that no font has.
    missing: BTreeSet<char>,
}

/// Returns as much of a packet as can be laid out; nothing where there is no such quarter or team.
fn fitting(report: &Report<'_>, scope: Scope, accent: &str, fonts: &Fonts) -> Result<Option<Fitting>> {
    let phrases = Phrases::new(report.format);
    let mut left_out = BTreeSet::new();
    loop {
        let mut leaves = InPdf { accent, room: Room::new(phrases), drawn: 0, left_out };
        let Some(known) = packet(report, scope, &mut leaves) else { return Ok(None) };
        let (date, title) = (known.cover.date, known.cover.full_title.clone());
        let mut packet = value(&known)?;
        let mut missing = BTreeSet::new();
        printable(&mut packet, fonts, &mut missing);
        bound(&mut packet, phrases);
        let more = too_heavy(&packet).map_err(|_| too_long(&known.cover.quarter))?;
        if more.is_empty() {
            return Ok(Some(Fitting { packet, date, title, missing }));
        }
        left_out = leaves.left_out;
        left_out.extend(more);
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

/// Stands for a character that no font has.
const MISSING: char = '□';

/// Replaces what can't be printed in all texts, and notes it.
fn printable(value: &mut Value, fonts: &Fonts, missing: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => {
            if let Some(mended) = mended(text, fonts, missing) {
                *text = mended;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| printable(item, fonts, missing)),
        Value::Object(fields) => fields.values_mut().for_each(|field| printable(field, fonts, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns a text with what can be printed; nothing where that is all of it.
fn mended(text: &str, fonts: &Fonts, missing: &mut BTreeSet<char>) -> Option<String> {
    let is_plain = |letter: char| (' '..='~').contains(&letter) || letter == '\n';
    let is_fine = |letter: char| is_plain(letter) || (!is_unseen(letter) && fonts.cover(letter));
    if text.chars().all(is_fine) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_fine(letter) {
            out.push(letter);
        } else if letter == '\t' {
            out.push(' ');
        } else if !is_unseen(letter) {
            missing.insert(letter);
            out.push(MISSING);
        }
    }
    Some(out)
}

/// Says whether a character only steers how others look: it is left out, for it deceives, or is nothing on paper. Joiners
/// stay, since they change what the letters beside them look like.
fn is_unseen(letter: char) -> bool {
    letter.is_control() && letter != '\n' || unseen(letter).is_some_and(|kind| kind != Unseen::Joiner)
}
