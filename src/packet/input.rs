//! What the engine is given: the packet as data, with the template and the files that it may ask for.
//!
//! In: a report, and what the book brings along. Out: a [`Job`]. Characters that no font has are replaced here, so that
//! every packet can be laid out and says what it lacks.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::engine::{self, Fonts, Job};
use super::{Attachment, Extras};
use crate::chart::Svg;
use crate::config::Paper;
use crate::error::{Error, Result};
use crate::markdown::blocks::{Block, to_blocks};
use crate::model::plan::Body;
use crate::report::packet::{Leaves, Packet, Scope, packet};
use crate::report::text::Words;
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
    packet: Packet<Drawing, Vec<Block>>,
    /// The words of the interface.
    t: &'a Words,
    paper: &'static str,
    accent: &'a str,
    /// The name under which the template reads the logo.
    logo: Option<String>,
    attachments: Vec<Attached<'a>>,
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
}

/// Charts and texts as the engine reads them.
struct InPdf<'a> {
    accent: &'a str,
}

impl Leaves for InPdf<'_> {
    type Drawing = Drawing;
    type Prose = Vec<Block>;

    fn drawing(&mut self, svg: Svg, alternative: &str) -> Drawing {
        let colour = |name: &str| match name {
            "--accent" => Some(self.accent.to_owned()),
            _ => None,
        };
        Drawing { svg: svg.styled(RULES, &colour), alternative: alternative.to_owned() }
    }

    fn prose(&mut self, body: &Body, _below: u8) -> Vec<Block> {
        to_blocks(body.markdown())
    }
}

/// Returns what the engine needs for a packet; nothing where there is no such quarter or team.
pub(super) fn input(report: &Report<'_>, scope: Scope, extras: &Extras<'_>) -> Result<Option<Input>> {
    let identity = report.inputs.identity;
    let accent = identity.accent.as_deref().and_then(brand::on_paper).unwrap_or_else(|| ACCENT.to_owned());
    let Some(packet) = packet(report, scope, &mut InPdf { accent: &accent }) else { return Ok(None) };
    let (date, title) = (packet.cover.date, packet.cover.full_title.clone());
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let logo = identity.logo.as_deref().and_then(|logo| {
        let (path, bytes) = extras.assets.iter().find(|(path, _)| *path == logo)?;
        let name = format!("/logo{}", path.rfind('.').map_or("", |at| &path[at..]));
        files.push((name.clone(), bytes.clone()));
        Some(name)
    });
    let attachments =
        extras.attachments.iter().enumerate().map(|(at, known)| attached(at, known, &mut files)).collect();
    let data = Data {
        packet,
        t: report.words(),
        paper: match identity.paper {
            Paper::A4 => "a4",
            Paper::Letter => "us-letter",
        },
        accent: &accent,
        logo,
        attachments,
    };
    let mut data = serde_json::to_value(&data).map_err(|error| Error::Integrity { message: error.to_string() })?;
    let fonts = engine::fonts(own_fonts(extras));
    let mut missing = BTreeSet::new();
    printable(&mut data, &fonts, &mut missing);
    breakable(&mut data);
    files.push(("/packet.json".to_owned(), data.to_string().into_bytes()));
    let own = extras.templates.iter().find(|(name, _)| *name == "packet.typ");
    let job = Job {
        template: own.map_or(TEMPLATE, |(_, text)| text).to_owned(),
        files,
        fonts,
        date,
        identity: format!("{}, {title}", identity.organisation),
        attaches: !extras.attachments.is_empty(),
    };
    Ok(Some(Input { job, missing: missing.into_iter().collect() }))
}

fn attached<'a>(at: usize, known: &'a Attachment, files: &mut Vec<(String, Vec<u8>)>) -> Attached<'a> {
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

/// Returns the fonts that the book brings along.
fn own_fonts(extras: &Extras<'_>) -> Vec<Vec<u8>> {
    let is_font = |path: &str| [".ttf", ".otf"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    extras.assets.iter().filter(|(path, _)| is_font(path)).map(|(_, bytes)| bytes.clone()).collect()
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

/// What is no text for readers: drawings, digests, names of places and files.
const NO_TEXT: [&str; 8] = ["to", "svg", "sha256", "id", "target", "evidence_id", "attachments", "logo"];

/// The longest word that no line has to end in.
const WORD: usize = 34;

/// Lets lines end inside of words that are longer than lines.
fn breakable(value: &mut Value) {
    match value {
        Value::String(text) => {
            if text.split_whitespace().any(|word| word.chars().count() > WORD) {
                *text = broken(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(breakable),
        Value::Object(fields) => {
            let texts = fields.iter_mut().filter(|(name, _)| !NO_TEXT.contains(&name.as_str()));
            texts.for_each(|(_, field)| breakable(field));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / WORD * 3);
    let mut run = 0;
    for letter in text.chars() {
        run = if letter.is_whitespace() { 0 } else { run + 1 };
        if run > WORD {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(letter);
    }
    out
}

/// Says whether a character only steers how others look: it is left out, for it deceives, or is nothing on paper. Joiners
/// stay, since they change what the letters beside them look like.
fn is_unseen(letter: char) -> bool {
    letter.is_control() && letter != '\n' || unseen(letter).is_some_and(|kind| kind != Unseen::Joiner)
}
