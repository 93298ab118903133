//! Packets as PDF, composed: from a book to files, with what they were made from inside.

use std::collections::BTreeSet;

use super::{Book, packet, par};
use crate::diag::Diagnostic;
use crate::error::{Error, Result};
use crate::packet::{Attachment, Extras, Pdf};
use crate::render::{Route, Site};
use crate::report::Report;
use crate::report::packet::Scope;
use crate::source::Sources;

/// What is attached to a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attach {
    /// Nothing.
    Nothing,
    /// The files that it was made from.
    Inputs,
}

/// A file that a build publishes.
pub(super) enum Published<'s> {
    /// One that the site renders.
    Page(&'s Route),
    /// A packet as PDF: its path and what it holds.
    Packet(String, Scope),
}

impl Published<'_> {
    /// Returns the file's path inside the site.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Page(route) => &route.path,
            Self::Packet(path, _) => path,
        }
    }
}

/// Returns all files of a site. The packets come first: each takes as long as hundreds of pages.
pub(super) fn files<'s>(site: &'s Site<'_>) -> Vec<Published<'s>> {
    let packets = site.pdfs().into_iter().map(|(path, scope)| Published::Packet(path, scope));
    packets.chain(site.routes().iter().map(Published::Page)).collect()
}

/// Returns the packet of a scope that the book has.
pub(super) fn make(report: &Report<'_>, scope: Scope, extras: &Extras<'_>) -> Result<Pdf> {
    packet::pdf(report, scope, extras)?.ok_or_else(|| Error::usage("the book has no such quarter or team"))
}

impl Book {
    /// Returns packets as PDF files, in the order of the scopes.
    ///
    /// # Errors
    ///
    /// Where something can't be laid out, a file to attach can't be read, or this program has no PDF engine.
    pub fn packets(&self, opened: (&Sources, &[Diagnostic]), scopes: &[Scope], attach: Attach) -> Result<Vec<Pdf>> {
        self.with_report(opened, None, |report, templates, assets| {
            let one = |scope: &Scope| {
                let attachments = match attach {
                    Attach::Nothing => Vec::new(),
                    Attach::Inputs => self.inputs(report, *scope)?,
                };
                make(report, *scope, &Extras { templates, assets, attachments: &attachments })
            };
            par::map_ordered(scopes, one).into_iter().collect()
        })
    }

    /// Returns the files that a packet is made from: texts of the quarter or team, definitions of metrics, exports.
    fn inputs(&self, report: &Report<'_>, scope: Scope) -> Result<Vec<Attachment>> {
        let (quarter, team) = match scope {
            Scope::Quarter(quarter) => (quarter, None),
            Scope::Team(place) => (place.quarter, report.at(place).map(|team| &team.plan.team)),
        };
        let Some(known) = report.quarters.get(quarter) else { return Ok(Vec::new()) };
        let folder = format!("quarters/{}/", known.id());
        let is_wanted = |path: &str| match (path.strip_prefix(&folder), team) {
            (Some(name), Some(team)) => name == "lock.yaml" || name.split('.').any(|part| part == team.as_str()),
            (Some(_), None) => true,
            (None, _) => path == "metrics.yaml" || path.starts_with("metrics/"),
        };
        let texts = report.inputs.sources.iter().map(|(_, file)| file).filter(|file| is_wanted(&file.path));
        let mut files: Vec<Attachment> = texts
            .map(|file| Attachment { path: file.path.to_string(), bytes: file.text.as_bytes().to_vec() })
            .collect();
        let teams = known.teams.iter().filter(|known| team.is_none_or(|team| known.plan.team == *team));
        let receipts =
            teams.flat_map(|team| report.key_results(*team)).filter_map(|known| known.score.receipt.as_ref());
        let paths: BTreeSet<&str> = receipts.flat_map(|receipt| &receipt.files).map(|file| &*file.path).collect();
        for file in self.exports.iter().filter(|file| paths.contains(&*file.path)) {
            files.push(Attachment { path: file.path.to_string(), bytes: file.bytes()? });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }
}
