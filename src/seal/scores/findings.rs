//! What was said about a quarter when it was sealed; from then on that is what is said about it.

use serde::{Deserialize, Serialize};

use crate::check;
use crate::diag::{self, Allowed, Diagnostic, Level, LinePlace};
use crate::source::{Sources, Span};

/// What is said about a sealed quarter.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
    /// What its book allows.
    pub allowed: Vec<Allowed>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Finding {
    code: String,
    level: String,
    message: String,
    place: Place,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Related {
    place: Place,
    label: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct AllowedFinding {
    finding: Finding,
    place: Place,
    reason: String,
}

/// A place in a file: bytes of the whole file, or of one line of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Place {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl Finding {
    pub(super) fn new(found: &Diagnostic, sources: &Sources) -> Self {
        let related = found.related.iter();
        Self {
            code: found.code.to_owned(),
            level: found.level.word().to_owned(),
            message: found.message.clone(),
            place: Place::new(&found.place, sources),
            label: found.label.clone(),
            help: found.help.clone(),
            related: related
                .map(|(place, label)| Related { place: Place::new(place, sources), label: label.clone() })
                .collect(),
        }
    }

    /// Returns the finding; nothing where this version knows no such code.
    pub(super) fn read(&self, sources: &Sources) -> Option<Diagnostic> {
        let code = check::codes().find(|code| *code == self.code)?;
        let place = self.place.read(sources)?;
        let is_error = self.level == Level::Error.word();
        let of_level = if is_error { Diagnostic::error } else { Diagnostic::warning };
        let related = self.related.iter();
        Some(Diagnostic {
            label: self.label.clone(),
            help: self.help.clone(),
            related: related.filter_map(|known| Some((known.place.read(sources)?, known.label.clone()))).collect(),
            ..of_level(code, place, &self.message)
        })
    }
}

impl AllowedFinding {
    pub(super) fn new(known: &Allowed, sources: &Sources) -> Self {
        Self {
            finding: Finding::new(&known.finding, sources),
            place: Place::new(&known.place.into(), sources),
            reason: known.reason.to_string(),
        }
    }

    /// Returns what is allowed; nothing where this version knows no such code.
    pub(super) fn read(&self, sources: &Sources) -> Option<Allowed> {
        match self.place.read(sources)? {
            diag::Place::Text(place) => {
                Some(Allowed { finding: self.finding.read(sources)?, place, reason: self.reason.as_str().into() })
            }
            _ => None,
        }
    }
}

impl Place {
    fn new(place: &diag::Place, sources: &Sources) -> Self {
        let base = |file: &str| Self { file: file.to_owned(), bytes: None, line: None, text: None };
        match place {
            diag::Place::Text(span) => {
                let range = span.range();
                Self { bytes: Some((range.start, range.end)), ..base(&sources.get(span.file).path) }
            }
            diag::Place::Line(line) => Self {
                bytes: Some((line.start, line.end)),
                line: Some(line.line),
                text: Some(line.text.clone()),
                ..base(&line.path)
            },
            diag::Place::File(path) => base(path),
        }
    }

    /// Returns the place; nothing where it lies outside its file or inside a character.
    fn read(&self, sources: &Sources) -> Option<diag::Place> {
        match (self.bytes, self.line, &self.text) {
            (Some((start, end)), Some(line), Some(text)) => {
                text.get(start..end)?;
                let path = self.file.as_str().into();
                Some(LinePlace { path, line, text: text.clone(), start, end }.into())
            }
            (Some((start, end)), ..) => {
                let file = sources.id_of(&self.file)?;
                sources.get(file).text.get(start..end)?;
                Some(Span::new(file, start..end).into())
            }
            (None, ..) => Some(diag::Place::file(&self.file)),
        }
    }
}
