//! The appendix: what each figure rests on, and what was found, in the order of the sections.

use std::collections::BTreeMap;

use serde::Serialize;

use super::maker::Maker;
use crate::report::findings::Noted;
use crate::report::quality::Topic;
use crate::report::shown::{self, Card, Target};
use crate::report::{KeyResultReport, TeamReport, decide};

/// The appendix.
#[derive(Debug, Default, Serialize)]
pub struct Appendix {
    /// What each figure rests on.
    pub evidence: Vec<Evidence>,
    /// The exports that were read, by path.
    pub exports: Vec<Export>,
    /// What was found, section by section.
    pub findings: Vec<FindingGroup>,
}

/// What a key result's value rests on.
#[derive(Debug, Serialize)]
pub struct Evidence {
    /// The key result's number.
    pub number: String,
    /// Its own place.
    pub id: String,
    /// The key result's place.
    pub target: String,
    /// What is measured.
    pub title: String,
    /// How rows became one value.
    pub how: String,
    /// The rows that were used.
    pub files: Vec<EvidenceFile>,
}

/// The rows of an export that were used.
#[derive(Debug, Serialize)]
pub struct EvidenceFile {
    /// The export.
    pub path: String,
    /// How many rows.
    pub rows: String,
    /// The first and the last line.
    pub lines: String,
}

/// An export that was read.
#[derive(Debug, Serialize)]
pub struct Export {
    /// Its path in the book.
    pub path: String,
    /// The digest of its bytes.
    pub sha256: String,
}

/// What was found about a team.
#[derive(Debug, Serialize)]
pub struct FindingGroup {
    /// The section's number.
    pub number: String,
    /// The team.
    pub name: String,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// A finding.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// Its number.
    pub number: String,
    /// Its place.
    pub id: String,
    /// The code of its rule.
    pub code: &'static str,
    /// The number of what it is about.
    pub about: String,
    /// That it is an error; empty for what is only said.
    pub level: &'static str,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Why the book allows it.
    pub reason: String,
    /// Where it stands.
    pub place: String,
}

/// Leads from a card to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingRef {
    /// Its number.
    pub number: String,
    /// Its place.
    pub id: String,
    /// The code of its rule.
    pub code: &'static str,
}

/// Where sections put what doesn't stand in them as it is.
pub(super) struct Outlets<'o, 'm, 'a, L> {
    /// What figures rest on, and what was found.
    pub(super) appendix: Writer<'m, 'a>,
    /// Drawings and texts.
    pub(super) leaves: &'o mut L,
}

/// Writes the appendix while the sections are made.
pub(super) struct Writer<'m, 'a> {
    maker: Maker<'m, 'a>,
    appendix: Appendix,
    exports: BTreeMap<String, String>,
    /// Findings that have their number, by their address.
    known: BTreeMap<usize, FindingRef>,
}

impl<'m, 'a> Writer<'m, 'a> {
    pub(super) fn new(maker: Maker<'m, 'a>) -> Self {
        Self { maker, appendix: Appendix::default(), exports: BTreeMap::new(), known: BTreeMap::new() }
    }

    /// Begins the findings of a section.
    pub(super) fn begin(&mut self, number: &str, team: TeamReport<'_>) {
        let group = FindingGroup { number: number.to_owned(), name: team.name.to_owned(), findings: Vec::new() };
        self.appendix.findings.push(group);
    }

    /// Adds what was found about what has a number, and returns what leads there. What tells authors how to write is for the
    /// site: whoever reads a packet can't change a sentence.
    pub(super) fn note<'n>(&mut self, found: impl Iterator<Item = Noted<'n>>, about: &str) -> Vec<FindingRef> {
        let is_meant = |noted: &Noted<'_>| !matches!(Topic::of(noted.finding.code), Topic::Shape | Topic::Wording);
        found.filter(is_meant).map(|noted| self.add(noted, about)).collect()
    }

    fn add(&mut self, noted: Noted<'_>, about: &str) -> FindingRef {
        let address = std::ptr::from_ref(noted.finding).addr();
        if let Some(known) = self.known.get(&address) {
            return known.clone();
        }
        let number = self.known.len() + 1;
        let leads = FindingRef { number: format!("B{number}"), id: format!("f.{number}"), code: noted.finding.code };
        self.known.insert(address, leads.clone());
        let finding = self.finding(noted, &leads, about);
        if let Some(group) = self.appendix.findings.last_mut() {
            group.findings.push(finding);
        }
        leads
    }

    fn finding(&self, noted: Noted<'_>, leads: &FindingRef, about: &str) -> Finding {
        let told = shown::told(self.maker.report, noted);
        Finding {
            number: leads.number.clone(),
            id: leads.id.clone(),
            code: told.code,
            about: about.to_owned(),
            level: told.level,
            message: plain(&told.message),
            help: plain(&told.help),
            reason: told.reason,
            place: told.place,
        }
    }

    /// Adds what a key result's value rests on, and returns its place; nothing without a receipt.
    pub(super) fn evidence(&mut self, report: &KeyResultReport<'_>, card: &Card<'_>, number: &str) -> String {
        if card.evidence.is_empty() {
            return String::new();
        }
        for file in &card.files {
            self.exports.entry(file.path.to_owned()).or_insert_with(|| file.sha256.clone());
        }
        let target = self.maker.place_of(&Target::KeyResult(*report));
        let id = format!("e.{target}");
        let file = |file: &shown::EvidenceFile<'_>| EvidenceFile {
            path: file.path.to_owned(),
            rows: file.rows.clone(),
            lines: file.lines.clone(),
        };
        self.appendix.evidence.push(Evidence {
            number: number.to_owned(),
            id: id.clone(),
            target,
            title: decide::subject(report),
            how: card.how.clone(),
            files: card.files.iter().map(file).collect(),
        });
        id
    }

    /// Returns the finished appendix.
    pub(super) fn finish(self) -> Appendix {
        let Self { mut appendix, exports, .. } = self;
        appendix.findings.retain(|group| !group.findings.is_empty());
        appendix.exports = exports.into_iter().map(|(path, sha256)| Export { path, sha256 }).collect();
        appendix
    }
}

/// Returns a message as print has it: what stands in backticks stands in quotation marks.
pub(super) fn plain(text: &str) -> String {
    if !text.matches('`').count().is_multiple_of(2) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            out.push(if at % 2 == 1 { '‘' } else { '’' });
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_backticks_stands_in_quotation_marks() {
        assert_eq!(plain("`a` and `b c`"), "‘a’ and ‘b c’");
        assert_eq!(plain("one ` alone"), "one ` alone");
    }
}
