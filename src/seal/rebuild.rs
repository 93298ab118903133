//! A bag's scores and pages, made again from its inputs and held against the frozen ones.
//!
//! In: a bag that verifies, and who computes scores and pages from inputs. Out: what comes out differently. Renders nothing
//! and scores nothing itself.

use std::collections::BTreeMap;
use std::path::Path;

use super::about::Reading;
use super::fault::Fault;
use super::frozen::Frozen;
use super::scores;
use super::verify::{Checked, FILE_LIMIT, Pages};
use crate::error::Result;
use crate::model::archive::{BagName, is_own};
use crate::model::calendar::Day;
use crate::model::ids::CycleId;
use crate::read::folder::{self, Entry};
use crate::render::OutputFile;

/// What a bag's inputs give.
#[derive(Debug)]
pub struct Again {
    /// The scores.
    pub scores: String,
    /// The quarter's own pages.
    pub pages: Vec<OutputFile>,
    /// The templates that made them: name and text.
    pub templates: BTreeMap<String, String>,
}

/// What a bag's inputs give, or which of them can't be read and why.
pub type Rebuilt = std::result::Result<Again, String>;

/// Computes scores and pages from a bag's inputs: their folder, the scores of other sealed quarters, the day, the quarter.
pub type Rebuild = fn(&Path, Vec<Frozen>, Day, CycleId) -> Result<Rebuilt>;

/// Makes a bag's scores and pages again from its inputs and tells where they differ from the frozen ones; pages, where
/// this program made them. The bag must verify.
///
/// # Errors
///
/// Where the disk says no.
pub fn rebuild(archive: &Path, name: BagName, checked: &Checked, compute: Rebuild) -> Result<(Vec<Fault>, Pages)> {
    let broken = |what: &str| Ok((vec![Fault::Broken(what.to_owned())], Pages::NotMade));
    let about = match &checked.about {
        Reading::Known(about) => about,
        Reading::Newer(_) => return broken("its scores were not computed again: a newer okrbook made it"),
        Reading::Unreadable => return broken("archive.json can't be read"),
    };
    let payload = archive.join(name.to_string()).join("data");
    let mut others = Vec::new();
    for other in folder::names(&payload.join("sealed"))? {
        let text = folder::text(&payload.join("sealed").join(&other), FILE_LIMIT)?.unwrap_or_default();
        others.extend(Frozen::of_scores(&text));
    }
    let sealed = folder::text(&payload.join("scores.json"), FILE_LIMIT)?.unwrap_or_default();
    let again = match compute(&payload.join("inputs"), others, about.as_of, name.quarter)? {
        Ok(again) => again,
        Err(why) => return broken(&format!("its scores can't be computed again from data/inputs/: {why}")),
    };
    let (Some(sealed), Some(rebuilt)) = (scores::read(sealed.as_bytes()), scores::read(again.scores.as_bytes())) else {
        return broken("data/scores.json can't be read, so that nothing was compared");
    };
    let mut faults: Vec<Fault> = sealed.differences(&rebuilt).into_iter().map(Fault::Rebuilt).collect();
    let files = folder::list(&payload)?.files;
    let is_same = about.okrbook == env!("CARGO_PKG_VERSION") && has_templates(&files, &again.templates)?;
    if !is_same {
        return Ok((faults, Pages::OfAnother));
    }
    faults.extend(other_pages(&files, name.quarter, &again.pages)?);
    Ok((faults, Pages::Compared))
}

/// Says whether the templates in a bag are those that made the pages again.
fn has_templates(files: &[Entry], templates: &BTreeMap<String, String>) -> Result<bool> {
    let mut count = 0;
    for entry in files {
        let Some(name) = entry.path.strip_prefix("templates/") else { continue };
        count += 1;
        let bytes = entry.bytes(FILE_LIMIT)?;
        if templates.get(name).is_none_or(|text| text.as_bytes() != bytes) {
            return Ok(false);
        }
    }
    Ok(count == templates.len())
}

/// Returns the quarter's own pages that are others in the bag than those that its inputs give.
fn other_pages(files: &[Entry], quarter: CycleId, pages: &[OutputFile]) -> Result<Vec<Fault>> {
    let mut made: BTreeMap<&str, &[u8]> = pages.iter().map(|page| (page.path.as_str(), &*page.content)).collect();
    let mut others = Vec::new();
    for entry in files {
        let Some(path) = entry.path.strip_prefix("site/").filter(|path| is_own(quarter, path)) else { continue };
        let bytes = entry.bytes(FILE_LIMIT)?;
        if made.remove(path).is_none_or(|made| made != bytes) {
            others.push(path.to_owned());
        }
    }
    others.extend(made.into_keys().map(str::to_owned));
    others.sort();
    Ok(others.into_iter().map(|path| Fault::Page(format!("data/site/{path}"))).collect())
}
