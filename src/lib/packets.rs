//! Packets as PDF, composed: from a book to files, with what they were made from inside.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::book::{Book, Told};
use super::{packet, par};
use crate::error::{Error, Result};
use crate::packet::{Attachment, Extras, Pdf};
use crate::read::Binary;
use crate::render::{Route, Site};
use crate::report::Report;
use crate::report::packet::{Extent, Scope};

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
    /// Makes packets as PDF files and hands each to `put` as soon as it is made, with its place among the scopes; returns
    /// what `put` returns, in the order of the scopes.
    ///
    /// # Errors
    ///
    /// Where something can't be laid out, a file to attach can't be read or is too large, `put` fails, or this program has
    /// no PDF engine.
    pub fn packets<T: Send>(
        &self,
        told: Told<'_>,
        scopes: &[Scope],
        (extent, attach): (Extent, Attach),
        put: impl Fn(usize, Pdf) -> Result<T> + Sync + Send,
    ) -> Result<Vec<T>> {
        let logo = self.config.brand.logo.as_deref();
        let assets = packet::needed(&self.assets, logo)?;
        self.with_report_and(told, None, &assets, |report, templates, assets| {
            let at_once = par::jobs().min(scopes.len());
            let one = |(at, scope): &(usize, Scope)| {
                let attachments = match attach {
                    Attach::Nothing => Vec::new(),
                    Attach::Inputs => self.inputs(report, *scope)?,
                };
                let pdf =
                    make(report, *scope, &Extras { templates, assets, attachments: &attachments, extent, at_once })?;
                put(*at, pdf)
            };
            let scopes: Vec<(usize, Scope)> = scopes.iter().copied().enumerate().collect();
            par::map_ordered(&scopes, one).into_iter().collect()
        })
    }

    /// Returns the files that a packet is made from: texts of the quarter or team, definitions of metrics, exports.
    fn inputs(&self, report: &Report<'_>, scope: Scope) -> Result<Vec<Attachment>> {
        let (quarter, team) = match scope {
            Scope::Quarter(quarter) => (quarter, None),
            Scope::Team(place) => (place.quarter, report.at(place).map(|team| &team.plan.team)),
        };
        let Some(known) = report.quarters.get(quarter) else { return Ok(Vec::new()) };
        let folder = known.plan.path("");
        let is_wanted = |path: &str| match (path.strip_prefix(&folder), team) {
            (Some(name), Some(team)) => name == "lock.yaml" || name.split('.').any(|part| part == team.as_str()),
            (Some(_), None) => true,
            (None, _) => path == "metrics.yaml" || path.starts_with("metrics/"),
        };
        let texts = report.inputs.sources.iter().map(|(_, file)| file).filter(|file| is_wanted(&file.path));
        let mut files: Vec<Attachment> = texts
            .map(|file| Attachment { path: file.path.to_string(), bytes: Arc::new(file.text.as_bytes().to_vec()) })
            .collect();
        let teams = known.teams.iter().filter(|known| team.is_none_or(|team| known.plan.team == *team));
        let receipts =
            teams.flat_map(|team| report.key_results(*team)).filter_map(|known| known.score.receipt.as_ref());
        let paths: BTreeSet<&str> =
            receipts.flat_map(|receipt| receipt.files.exports()).map(|export| &*export.path).collect();
        let exports: Vec<&Binary> = self.exports.iter().filter(|file| paths.contains(&*file.path)).collect();
        let sizes = exports.iter().map(|file| Ok((&*file.path, file.size()?))).collect::<Result<Vec<_>>>()?;
        let texts = files.iter().map(|file| (&*file.path, file.bytes.len() as u64));
        attachable(&sizes.into_iter().chain(texts).collect::<Vec<_>>())?;
        for file in exports {
            files.push(Attachment { path: file.path.to_string(), bytes: Arc::new(file.bytes()?) });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }
}

/// The most bytes of all files that are attached to a packet, which is made in memory.
const ATTACHED: u64 = 64 << 20;

/// Says where files are too large to be attached.
fn attachable(sizes: &[(&str, u64)]) -> Result<()> {
    let all: u64 = sizes.iter().map(|(_, size)| size).sum();
    let Some((largest, size)) = sizes.iter().max_by_key(|(_, size)| size).filter(|_| all > ATTACHED) else {
        return Ok(());
    };
    let mega = |bytes: u64| bytes.div_ceil(1 << 20);
    Err(Error::usage_with_help(
        format!(
            "{} MiB are to be attached to a packet, {} of them in {largest}; at most {} can be",
            mega(all),
            mega(*size),
            mega(ATTACHED)
        ),
        "leave out --attach: a packet names each export that it rests on with its SHA-256",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_too_large_to_attach_are_named_with_the_limit() {
        assert!(attachable(&[]).is_ok());
        assert!(attachable(&[("metrics/a.csv", ATTACHED - 1), ("metrics.yaml", 1)]).is_ok());
        for sizes in [vec![("metrics/a.csv", 300 << 20)], vec![("metrics/a.csv", ATTACHED), ("metrics.yaml", 1)]] {
            let error = attachable(&sizes).expect_err("too large");
            assert!(error.to_string().contains("in metrics/a.csv; at most 64 can be"), "{error}");
            assert!(error.help().is_some_and(|help| help.contains("--attach")), "{error}");
        }
    }
}
