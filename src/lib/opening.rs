//! A book's folder, opened: read, loaded, measured, scored and checked.
//!
//! In: the folder and what tells the as-of day. Out: the book, where nothing blocks it, with all that is wrong with it.
//! Writes nothing.

use std::path::Path;

use super::book::Book;
use super::sealed::{Taken, tell};
use super::{check, config, diag, load, metrics, pulling, read, render, report, score, seal};
use crate::check::Levels;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::error::Result;
use crate::metrics::Memory;
use crate::model::calendar::Day;
use crate::model::zone::Zone;
use crate::read::Overlay;
use crate::score::Policy;
use crate::seal::Seals;
use crate::source::Sources;

/// What tells the as-of day, strongest first: the flag, `SOURCE_DATE_EPOCH`, the book's `as_of`, now.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The day that the command line gives.
    pub flag: Option<Day>,
    /// Seconds since 1970 that the environment gives for reproducible builds.
    pub epoch: Option<i64>,
    /// Seconds since 1970 now.
    pub now: i64,
}

impl Clock {
    /// Returns the as-of day of a book that pins `pinned` and counts its days in `zone`.
    #[must_use]
    pub fn day(&self, pinned: Option<Day>, zone: &Zone) -> Day {
        let day_of = |seconds| zone.civil(seconds).map_or(Day::MIN, |(day, _)| day);
        self.flag.or_else(|| self.epoch.map(day_of)).or(pinned).unwrap_or_else(|| day_of(self.now))
    }
}

/// What becomes of texts that say `draft: true` in their front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// They count like all others.
    Kept,
    /// They are checked and then left out: pages, reviews, and quarters whose `index.md` says so.
    LeftOut,
}

/// What opening a book's folder gave.
#[derive(Debug)]
pub struct Opened {
    /// The texts, into which diagnostics point.
    pub sources: Sources,
    /// All that is wrong, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more were found that only follow from these.
    pub held_back: usize,
    /// The book, where nothing blocks it.
    pub book: Option<Book>,
}

/// Reads, loads, measures and scores the book at `root` with its drafts.
///
/// # Errors
///
/// As [`open_with`].
pub fn open(root: &Path, clock: &Clock) -> Result<Opened> {
    open_with(root, clock, Drafts::Kept)
}

/// Reads, loads, measures and scores the book at `root`.
///
/// # Errors
///
/// Where the folder can't be read; what its authors did wrong is a diagnostic.
pub fn open_with(root: &Path, clock: &Clock, drafts: Drafts) -> Result<Opened> {
    open_taking(root, clock, drafts, Taken::All)
}

/// Reads a book again, as [`open_with`], and measures only what `memory` doesn't know.
///
/// # Errors
///
/// As [`open_with`].
pub fn open_again(root: &Path, clock: &Clock, drafts: Drafts, memory: &mut Memory) -> Result<Opened> {
    open_knowing(root, clock, (drafts, Taken::All), &Overlay::new(), Some(memory))
}

/// Reads a book again with its drafts, as [`open_again`], as if files had other texts.
///
/// # Errors
///
/// As [`open_with`].
pub fn open_over(root: &Path, clock: &Clock, overlay: &Overlay, memory: &mut Memory) -> Result<Opened> {
    open_knowing(root, clock, (Drafts::Kept, Taken::All), overlay, Some(memory))
}

/// Reads, loads, measures and scores the book at `root` as it would be with these texts at their paths.
///
/// # Errors
///
/// As [`open_with`].
pub fn open_adding(root: &Path, clock: &Clock, files: &Overlay) -> Result<Opened> {
    open_knowing(root, clock, (Drafts::Kept, Taken::All), files, None)
}

/// Reads, loads, measures and scores the book at `root` with what is `taken` of its archive.
pub(super) fn open_taking(root: &Path, clock: &Clock, drafts: Drafts, taken: Taken) -> Result<Opened> {
    open_knowing(root, clock, (drafts, taken), &Overlay::new(), None)
}

fn open_knowing(
    root: &Path,
    clock: &Clock,
    (drafts, taken): (Drafts, Taken),
    overlay: &Overlay,
    memory: Option<&mut Memory>,
) -> Result<Opened> {
    let (mut workspace, mut diagnostics) = read::read_over(root, overlay)?;
    let (mut config, mut found) = config::read(&workspace);
    let mut seals = match &config {
        Some(config) => taken.seals(&workspace.root, clock.day(config.as_of, &config.calendar.zone))?,
        None => Seals::default(),
    };
    if let Some(sources) = seals.lay_over(&workspace.sources) {
        workspace.sources = sources;
        (config, found) = config::read(&workspace);
    }
    diagnostics.extend(found);
    let (assets, exports) = (workspace.assets.clone(), workspace.exports.clone());
    let mut held_back = 0;
    let book = config.map(|config| -> Result<Book> {
        let (mut plan, found) = load::load(&workspace, &config);
        diagnostics.extend(found);
        diagnostics.extend(pulling::attach(&mut plan, &workspace.sources, &workspace.exports)?);
        if drafts == Drafts::LeftOut {
            let dropped = plan.drop_drafts();
            diagnostics
                .retain(|found| found.blocks || !found.place.file_id().is_some_and(|file| dropped.contains(&file)));
        }
        let zone = &config.calendar.zone;
        let as_of = clock.day(config.as_of, zone);
        diagnostics.extend(report::text::unknown_words(&config.words));
        diagnostics.extend(load::commit(&mut plan, &workspace.sources, as_of));
        let (histories, found) = metrics::measure_again(&plan.metrics, &workspace.exports, (zone, as_of), memory)?;
        diagnostics.extend(found);
        let mut scorecard = score::score(&plan, &histories, &policy(&config), as_of);
        diagnostics.extend(seal::differing(&seals.frozen, &plan, &histories, &scorecard));
        seals.settle(&mut plan, &mut scorecard);
        let checked = check::Book::new(&plan, &histories, &scorecard, &workspace.sources);
        let levels = Levels::new(&config.checks);
        diagnostics.extend(check::check(&checked, |code| levels.wants(code)));
        diagnostics.append(&mut seals.diagnostics);
        levels.apply(&mut diagnostics);
        diagnostics.extend(levels.faults());
        let mut allowed = check::allow(&workspace.sources, &levels, &mut diagnostics);
        held_back = check::hold_back(&plan, &mut diagnostics);
        let told = tell(&seals, &workspace.sources, &mut diagnostics, &mut allowed);
        diag::sort_by(&mut allowed, |known| &known.finding, |file| workspace.sources.get(file).path.clone());
        Ok(Book { config, plan, histories, scorecard, allowed, assets, exports, seals, told })
    });
    let book = book.transpose()?;
    let sources = workspace.sources;
    diagnostics.extend(render::template_findings(&sources));
    diag::sort(&mut diagnostics, |file| sources.get(file).path.clone());
    let is_blocked = diagnostics.iter().any(|found| found.blocks);
    Ok(Opened { book: book.filter(|_| !is_blocked), sources, diagnostics, held_back })
}

fn policy(config: &Config) -> Policy {
    Policy { stale_after: config.scoring.stale_after, final_missing: config.scoring.final_missing }
}
