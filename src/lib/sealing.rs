//! Sealing and verifying, composed: what a seal is made from, and how it is proved to be made of that alone.

use std::collections::BTreeMap;
use std::path::Path;

use super::book::{Book, Told};
use super::gaps::{Gap, gaps_of};
use super::opening::{Clock, Drafts, Opened, open_taking};
use super::packets::Attach;
use super::sealed::Taken;
use super::standing::{self, Standing};
use super::{read, render, seal as seals};
use crate::diag::emit::short;
use crate::diag::{Allowed, Diagnostic, Level};
use crate::error::{Error, Result};
use crate::hash::Digest;
use crate::model::archive::{BagName, quarter_of_file};
use crate::model::calendar::Day;
use crate::model::ids::CycleId;
use crate::model::plan::QuarterPlan;
use crate::model::scorecard::{QuarterScore, QuarterState};
use crate::read::Binary;
use crate::render::{OutputFile, Site};
use crate::report::packet::{Extent, Scope};
use crate::seal::about::{About, Known};
use crate::seal::scores::{self, Said};
use crate::seal::{ARCHIVE, Again, Base, Contents, Frozen, Keep, Outside, Rebuilt, Verified, inputs, site};
use crate::source::{SourceFile, Sources};

/// What is to be sealed.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The quarter.
    pub quarter: CycleId,
    /// Why its seal is superseded, where it has one.
    pub supersede: Option<&'a str>,
    /// Whether it is sealed with findings at error level.
    pub with_errors: bool,
    /// Whether it is sealed with key results of which nobody can tell that their data is complete.
    pub with_gaps: bool,
}

/// What became of sealing.
#[derive(Debug)]
pub enum Outcome {
    /// The quarter is sealed.
    Sealed(Sealed),
    /// The quarter was sealed by a run that was stopped before the LOG; it stands there now.
    Adopted(BagName, Digest),
    /// The book can't be read; nothing was sealed.
    Blocked(Opened),
    /// Findings at error level concern the quarter; nothing was sealed.
    Faulty(Opened, Vec<Diagnostic>),
    /// Nobody can tell that the data of these key results is complete; nothing was sealed.
    Incomplete(Opened, Vec<Gap>),
}

/// A quarter that was sealed.
#[derive(Debug)]
pub struct Sealed {
    /// The bag.
    pub name: BagName,
    /// The digest of its tag manifest, as it stands in the LOG.
    pub digest: Digest,
    /// The day as of which it was sealed.
    pub as_of: Day,
    /// How many pages it holds.
    pub pages: usize,
}

/// Seals a quarter of the book at `root`: freezes what its scores and pages are made from, and them.
///
/// `tell` is called once it is sure that the quarter is sealed, and before it is, with where its teams stand. The pages are
/// made twice, from the book and from the frozen inputs alone, and must be the same bytes.
///
/// # Errors
///
/// Where the quarter isn't over, is sealed already or has nothing to seal; where the two makings differ; or where the
/// disk says no. There is then no seal.
pub fn seal(root: &Path, clock: &Clock, request: &Request<'_>, tell: &dyn Fn(&Standing)) -> Result<Outcome> {
    let archive = root.join(ARCHIVE);
    if let Some(message) = seals::lies_elsewhere(&archive)? {
        return Err(Error::Integrity { message: format!("{message}; nothing was sealed") });
    }
    let (names, _) = seals::names(&archive)?;
    let log = seals::read_log(&archive)?;
    if !log.faults.is_empty() {
        let message = format!("archive/LOG is broken, so nothing is added to it: {}", log.faults.join("; "));
        return Err(Error::Integrity { message });
    }
    let gone = log.entries.iter().find(|(name, _)| name.quarter == request.quarter && !names.contains(name));
    if let Some((name, _)) = gone {
        let message = format!("archive/{name} was sealed and is gone; restore it from version control or a backup");
        return Err(Error::Integrity { message });
    }
    let earlier: Vec<BagName> = names.into_iter().filter(|name| name.quarter == request.quarter).collect();
    if let Some(name) = earlier.iter().find(|name| log.digest(**name).is_none()) {
        return Ok(Outcome::Adopted(*name, seals::adopt(root, *name)?));
    }
    check_earlier(request, &earlier)?;
    let opened = open_taking(root, clock, Drafts::LeftOut, Taken::Except(request.quarter))?;
    let Opened { sources, diagnostics, held_back, book: Some(mut book) } = opened else {
        return Ok(Outcome::Blocked(opened));
    };
    let plan = quarter_of(&book, request.quarter)?;
    let faults = faults_of(&book, plan, &sources, &diagnostics);
    if !faults.is_empty() && !request.with_errors {
        return Ok(Outcome::Faulty(Opened { sources, diagnostics, held_back, book: Some(book) }, faults));
    }
    let gaps = if request.with_gaps { Vec::new() } else { gaps_of(&book, plan, &diagnostics) };
    if !gaps.is_empty() {
        return Ok(Outcome::Incomplete(Opened { sources, diagnostics, held_back, book: Some(book) }, gaps));
    }
    let name = BagName {
        quarter: request.quarter,
        revision: earlier.last().map_or(1, |last| last.revision.saturating_add(1)),
    };
    let about = About::new(&Known {
        config: &book.config,
        quarter: plan.quarter,
        name,
        supersedes: earlier.last().zip(request.supersede).map(|(last, reason)| (*last, reason)),
        as_of: book.scorecard.as_of,
        commit: read::commit::of(root),
        score: book.score_of(request.quarter),
    });
    tell(&standing::of(plan, &sources, book.scorecard.as_of));
    book.mark_sealed(request.quarter);
    let told = Told { sources: &sources, findings: &diagnostics };
    let (digest, pages) = book.with_site(told, None, |site| {
        let made = Made::new(&book, told, site, request.quarter)?;
        let digest = freeze(root, &book, site, &about, &made)?;
        Ok((digest, made.pages.iter().filter(|file| file.path.ends_with(".html")).count()))
    })?;
    Ok(Outcome::Sealed(Sealed { name, digest, as_of: book.scorecard.as_of, pages }))
}

fn check_earlier(request: &Request<'_>, earlier: &[BagName]) -> Result<()> {
    let quarter = request.quarter;
    match (earlier.last(), request.supersede) {
        (Some(last), None) => Err(Error::usage_with_help(
            format!("{quarter} is sealed (archive/{last}), and a seal never changes"),
            format!("to seal it again beside the first one, say why: `okrbook seal {quarter} --supersede \"…\"`"),
        )),
        (None, Some(_)) => Err(Error::usage_with_help(
            format!("{quarter} isn't sealed in archive/, so there is nothing to supersede"),
            format!("seal it: `okrbook seal {quarter}`"),
        )),
        (Some(_), Some(reason)) if reason.trim().is_empty() => Err(Error::usage("say why the seal is superseded")),
        _ => Ok(()),
    }
}

/// Returns the quarter where it can be sealed.
fn quarter_of(book: &Book, quarter: CycleId) -> Result<&QuarterPlan> {
    let plan = book.plan.quarter(quarter);
    let plan = plan.filter(|plan| plan.teams.iter().any(|team| !team.objectives.is_empty())).ok_or_else(|| {
        Error::usage_with_help(
            format!("the book has no objectives in {quarter}, so there is nothing to seal"),
            format!("teams' objectives stand in {}; drafts are left out", book.plan.folder(quarter).path(quarter, "")),
        )
    })?;
    let end = plan.quarter.window.end;
    if !plan.quarter.is_over(book.scorecard.as_of) {
        let as_of = book.scorecard.as_of;
        return Err(Error::usage_with_help(
            format!("{quarter} is not over: its last day is {}, and the book is read as of {as_of}", end.plus(-1)),
            format!("seal it from {end} on"),
        ));
    }
    Ok(plan)
}

/// Returns what is wrong with a quarter's own files or with what measures it.
fn faults_of(book: &Book, plan: &QuarterPlan, sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let exports = inputs::exports_of(&book.plan, std::iter::once(plan));
    let concerns = |found: &&Diagnostic| {
        let path = found.place.path(sources);
        let is_definition = path.starts_with("metrics") && path.ends_with(".yaml");
        let is_about = is_of(plan.quarter.id, path) || is_definition || exports.contains(path);
        found.level == Level::Error && (is_about || found.code == "broken-seal")
    };
    diagnostics.iter().filter(concerns).cloned().collect()
}

/// Says whether a file of the book belongs to a quarter.
fn is_of(quarter: CycleId, path: &str) -> bool {
    quarter_of_file(path) == Some(quarter)
}

/// What is made of a quarter: scores and pages twice, and the same both times.
struct Made {
    /// The book's texts with its day pinned.
    texts: Vec<SourceFile>,
    scores: String,
    pages: Vec<OutputFile>,
    templates: Vec<(String, String)>,
    packet: Option<Vec<u8>>,
}

impl Made {
    fn new(book: &Book, told: Told<'_>, site: &Site<'_>, quarter: CycleId) -> Result<Self> {
        Ok(Self {
            texts: texts(told.sources, book.scorecard.as_of),
            pages: site::own_pages(site, quarter)?,
            packet: packet(book, told, quarter)?,
            templates: templates(told.sources).into_iter().collect(),
            scores: book.scores_text(told, quarter),
        })
    }

    /// Says whether a book that holds nothing but a bag's inputs gives the same scores and the same pages.
    fn comes_from(&self, root: &Path, frozen: Vec<Frozen>, as_of: Day, quarter: CycleId) -> Result<bool> {
        let again = rebuilt(root, frozen, as_of, quarter)?;
        Ok(again.is_ok_and(|again| again.pages == self.pages && again.scores == self.scores))
    }
}

/// Returns the templates that make the pages: those of the book, and the built-in ones that it doesn't replace.
fn templates(sources: &Sources) -> BTreeMap<String, String> {
    let own = sources.iter().filter_map(|(_, file)| Some((file.path.strip_prefix("templates/")?, &*file.text)));
    let all = render::built_in_templates().into_iter().chain(own);
    all.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// Returns a quarter's packet as PDF, where this program can make one.
fn packet(book: &Book, told: Told<'_>, quarter: CycleId) -> Result<Option<Vec<u8>>> {
    let place = book.plan.quarters.iter().position(|known| known.quarter.id == quarter);
    let Some(place) = place.filter(|_| crate::packet::AVAILABLE) else { return Ok(None) };
    let made =
        book.packets(told, &[Scope::Quarter(place)], (Extent::Whole, Attach::Nothing), |_, pdf| Ok(pdf.bytes))?;
    Ok(made.into_iter().next())
}

/// Writes the bag: with the exports that the quarter needs, and with all of them where its pages need more.
fn freeze(root: &Path, book: &Book, site: &Site<'_>, about: &About, made: &Made) -> Result<Digest> {
    let name = about.name();
    let frozen = &book.seals.frozen;
    let sealed: Vec<CycleId> = frozen.iter().map(|frozen| frozen.quarter).collect();
    let needed = inputs::exports(&book.plan, name.quarter, &sealed);
    let as_of = book.scorecard.as_of;
    for keeps_all in [false, true] {
        let exports = book.exports.iter().filter(|export| keeps_all || needed.contains(&export.path));
        let binaries: Vec<&Binary> = exports.chain(&book.assets).collect();
        let contents = Contents {
            name,
            about,
            texts: made.texts.clone(),
            binaries,
            templates: &made.templates,
            scores: &made.scores,
            sealed: frozen.iter().map(|frozen| (frozen.quarter.to_string(), &*frozen.text)).collect(),
            pages: &made.pages,
            packet: made.packet.as_deref(),
        };
        let given: Option<Vec<Frozen>> = frozen.iter().map(|frozen| Frozen::of_scores(&frozen.text)).collect();
        let proves = |inputs: &Path| made.comes_from(inputs, given.unwrap_or_default(), as_of, name.quarter);
        let linked = |keep: Keep<'_>| site::linked(site, &made.pages, keep);
        if let Some(digest) = seals::make(root, &contents, proves, linked)? {
            return Ok(digest);
        }
    }
    let message = format!(
        "{} was made twice, from the book and from its frozen inputs, and came out differently, so it was not sealed; \
         was a file changed meanwhile?",
        name.quarter
    );
    Err(Error::Integrity { message })
}

/// Returns the book's texts with its day pinned.
fn texts(sources: &Sources, as_of: Day) -> Vec<SourceFile> {
    let pinned = |file: &SourceFile| match &*file.path {
        "okrbook.yaml" | "okrbook.yml" => {
            SourceFile { path: file.path.clone(), text: inputs::pinned(&file.text, as_of).into() }
        }
        _ => file.clone(),
    };
    sources.iter().map(|(_, file)| pinned(file)).collect()
}

impl Book {
    fn score_of(&self, quarter: CycleId) -> Option<&QuarterScore> {
        self.scorecard.quarters.iter().find(|score| score.quarter.id == quarter)
    }

    /// Says on the quarter's pages that it is sealed.
    fn mark_sealed(&mut self, quarter: CycleId) {
        for score in self.scorecard.quarters.iter_mut().filter(|score| score.quarter.id == quarter) {
            score.state = QuarterState::Sealed;
        }
    }

    /// Returns a quarter's scores with what is said about it, as text.
    fn scores_text(&self, told: Told<'_>, quarter: CycleId) -> String {
        let Told { sources, findings } = told;
        let is_here = |found: &Diagnostic| is_of(quarter, found.place.path(sources));
        let findings: Vec<&Diagnostic> = findings.iter().filter(|found| is_here(found)).collect();
        let allowed: Vec<&Allowed> = self.allowed.iter().filter(|known| is_here(&known.finding)).collect();
        let said = Said { findings: &findings, allowed: &allowed, sources };
        self.score_of(quarter).map(|score| scores::write(score, self.scorecard.as_of, &said)).unwrap_or_default()
    }
}

/// Holds the sealed quarters of the book at `root` against their hashes: all of them, or those of one quarter.
///
/// With `rebuild`, scores and pages are made again from the frozen inputs and compared with the frozen ones.
///
/// # Errors
///
/// Where git knows no such commit as `base` names, or where the disk says no.
pub fn verify(root: &Path, asked: &Asked<'_>) -> Result<Verified> {
    let archive = root.join(ARCHIVE);
    let base = match asked.base {
        Some(name) => {
            let log = read::base::text(root, name, "archive/LOG", seals::LOG_LIMIT)?;
            Some(Base { name: name.to_owned(), log })
        }
        None => None,
    };
    let outside = Outside { expected: asked.expected.to_vec(), base };
    let is_wanted = |name: BagName| asked.quarter.is_none_or(|quarter| name.quarter == quarter);
    let mut verified = seals::verify(&archive, is_wanted, &outside)?;
    if asked.rebuild {
        for (name, checked) in verified.bags.iter_mut().filter(|(_, checked)| checked.faults.is_empty()) {
            let (faults, pages) = seals::rebuild(&archive, *name, checked, rebuilt)?;
            checked.faults.extend(faults);
            checked.pages = pages;
        }
    }
    Ok(verified)
}

/// What is asked about sealed quarters.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// One quarter, or all of them.
    pub quarter: Option<CycleId>,
    /// Whether scores and pages are made again.
    pub rebuild: bool,
    /// Digests that were kept outside: each is to be that of the newest seal of a quarter.
    pub expected: &'a [Digest],
    /// A commit whose LOG must stand unchanged in ours.
    pub base: Option<&'a str>,
}

/// Makes a quarter's scores and pages from a bag's inputs.
fn rebuilt(root: &Path, frozen: Vec<Frozen>, as_of: Day, quarter: CycleId) -> Result<Rebuilt> {
    let clock = Clock { flag: Some(as_of), epoch: None, now: 0 };
    let opened = open_taking(root, &clock, Drafts::LeftOut, Taken::Given(frozen))?;
    let Some(mut book) = opened.book else {
        let blocking = opened.diagnostics.iter().find(|found| found.level == Level::Error);
        let told = short::render(blocking.map_or(&[], std::slice::from_ref), &opened.sources);
        return Ok(Err(told.lines().next().unwrap_or_default().to_owned()));
    };
    book.mark_sealed(quarter);
    let told = Told { sources: &opened.sources, findings: &opened.diagnostics };
    let pages = book.with_site(told, None, |site| site::own_pages(site, quarter))?;
    Ok(Ok(Again { scores: book.scores_text(told, quarter), pages, templates: templates(&opened.sources) }))
}
