//! okrbook turns a folder of plain files into an OKR site whose every score is computed from data.
//!
//! The library is the pipeline told as a story: [`open`] reads a book and scores it, [`Book::publish`]
//! makes its pages and writes them.
//!
//! ```
//! # let folder = tempfile::tempdir().unwrap();
//! # let book = folder.path();
//! # std::fs::create_dir_all(book.join("quarters/2026-Q3")).unwrap();
//! # std::fs::create_dir_all(book.join("metrics")).unwrap();
//! # std::fs::write(book.join("okrbook.yaml"), "organisation: Northwind\nas_of: 2026-08-20\n").unwrap();
//! # std::fs::write(book.join("metrics/checkout.csv"), "date,value\n2026-08-20,96.8\n").unwrap();
//! # std::fs::write(book.join("quarters/2026-Q3/shop.yaml"), "objectives:\n  - id: trust\n    title: People trust us\n    key_results:\n      - checkout: Improve checkout success from 94% to 98%\n").unwrap();
//! use okrbook::Clock;
//!
//! let opened = okrbook::open(book, &Clock { flag: None, epoch: None, now: 0 })?;
//! let book = opened.book.expect("nothing blocks");
//! let score = &book.scorecard.quarters[0].teams[0].rollup;
//! assert_eq!(score.grade().unwrap().to_string(), "0.7");
//! # Ok::<(), okrbook::error::Error>(())
//! ```

pub mod chart;
pub mod check;
pub mod config;
pub mod diag;
pub mod diff;
pub mod error;
pub mod hash;
pub mod keys;
pub mod lifecycle;
pub mod load;
pub mod markdown;
pub mod metrics;
pub mod model;
pub mod packet;
pub mod par;
pub mod picture;
pub mod publishable;
pub mod read;
pub mod render;
pub mod report;
pub mod score;
pub mod seal;
pub mod sentence;
pub mod source;
pub mod unseen;
mod words;
pub mod write;
pub mod yaml;

#[path = "lib/packets.rs"]
mod packets;
#[path = "lib/sealing.rs"]
mod sealing;
#[path = "lib/templates.rs"]
mod templates;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use check::Levels;
use config::Config;
use diag::{Allowed, Diagnostic};
use error::Result;
use model::archive::Archive;
use model::calendar::{Day, Zone};
use model::history::History;
use model::ids::{QuarterId, Slug};
use model::plan::Plan;
use model::scorecard::Scorecard;
use packets::Published;
use read::Binary;
use render::{Overrides, Page, Route, Site};
use report::text::Language;
use report::{Identity, Inputs, Report};
use score::Policy;
use seal::Seals;
use sealing::Taken;
use source::Sources;
use write::{Output, Swap, Written};

pub use packets::Attach;
pub use sealing::{Asked, Outcome, Request, Sealed, seal, verify};

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
    /// The book, where nothing blocks it.
    pub book: Option<Book>,
}

/// A book that has been read, measured and scored.
#[derive(Debug)]
pub struct Book {
    /// Its settings.
    pub config: Config,
    /// What the teams wrote.
    pub plan: Plan,
    /// What the exports say, by metric.
    pub histories: BTreeMap<Slug, History>,
    /// What scoring found out.
    pub scorecard: Scorecard,
    /// Findings that the book allows in comments.
    pub allowed: Vec<Allowed>,
    /// Its files that are not text.
    assets: Vec<Binary>,
    /// Its exports.
    exports: Vec<Binary>,
    /// What is taken from its archive.
    seals: Seals,
    /// What was said about sealed quarters when they were sealed.
    told: Vec<Diagnostic>,
}

/// Where and how a site is published.
#[derive(Debug)]
pub struct Target<'a> {
    /// The folder.
    pub out: &'a Output,
    /// How the folder is replaced.
    pub swap: Swap,
    /// Where the site will be found, where that isn't what the book says.
    pub base_url: Option<&'a str>,
    /// Whether packets are published as PDF files too.
    pub packets: bool,
}

/// What a build made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// What was written.
    pub written: Written,
    /// How many of the files are pages.
    pub pages: usize,
    /// How many charts the pages show.
    pub charts: usize,
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

fn open_taking(root: &Path, clock: &Clock, drafts: Drafts, taken: Taken) -> Result<Opened> {
    let (mut workspace, mut diagnostics) = read::read(root)?;
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
    let book = config.map(|config| {
        let (mut plan, found) = load::load(&workspace, &config);
        diagnostics.extend(found);
        if drafts == Drafts::LeftOut {
            let dropped = plan.drop_drafts();
            diagnostics
                .retain(|found| found.blocks || !found.place.file_id().is_some_and(|file| dropped.contains(&file)));
        }
        let zone = &config.calendar.zone;
        let as_of = clock.day(config.as_of, zone);
        load::commit(&mut plan, &workspace.sources, as_of);
        let (histories, found) = metrics::measure(&plan.metrics, &workspace.exports, zone, as_of)?;
        diagnostics.extend(found);
        let mut scorecard = score::score(&plan, &histories, &policy(&config), as_of);
        seals.settle(&mut plan, &mut scorecard);
        let checked = check::Book::new(&plan, &histories, &scorecard, &workspace.sources);
        let levels = Levels::new(&config.checks);
        diagnostics.extend(check::check(&checked, |code| levels.wants(code)));
        diagnostics.append(&mut seals.diagnostics);
        levels.apply(&mut diagnostics);
        diagnostics.extend(levels.faults());
        let mut allowed = check::allow(&workspace.sources, &levels, &mut diagnostics);
        let told = sealing::tell(&seals, &workspace.sources, &mut diagnostics, &mut allowed);
        diag::sort_by(&mut allowed, |known| &known.finding, |file| workspace.sources.get(file).path.clone());
        Ok(Book { config, plan, histories, scorecard, allowed, assets, exports, seals, told })
    });
    let book = book.transpose()?;
    let sources = workspace.sources;
    diag::sort(&mut diagnostics, |file| sources.get(file).path.clone());
    let is_blocked = diagnostics.iter().any(|found| found.blocks);
    Ok(Opened { book: book.filter(|_| !is_blocked), sources, diagnostics })
}

fn policy(config: &Config) -> Policy {
    Policy { stale_after: config.scoring.stale_after, final_missing: config.scoring.final_missing }
}

/// Says whether a path of the site is that of a quarter for machines.
fn is_quarter_json(path: &str) -> bool {
    let name = path.strip_prefix("data/").and_then(|name| name.strip_suffix(".json"));
    name.is_some_and(|name| QuarterId::parse(name).is_some())
}

impl Book {
    /// Makes the site and publishes it; `begin` is told the number of files, `step` is called after each.
    ///
    /// # Errors
    ///
    /// Where a template of the book's own is wrong, or the disk says no; the old site is then untouched.
    pub fn publish(
        &self,
        opened: (&Sources, &[Diagnostic]),
        target: &Target<'_>,
        begin: impl FnOnce(usize),
        step: impl Fn() + Sync + Send,
    ) -> Result<Built> {
        self.with_report(opened, target.base_url, |report, templates, assets| {
            let overrides = Overrides { templates, assets, frozen: Some(&self.seals), pdf: target.packets };
            let site = Site::new(report, &overrides)?;
            let extras = packet::Extras { templates, assets, attachments: &[], at_once: par::jobs() };
            let files: Vec<Published<'_>> = packets::files(&site);
            begin(files.len());
            let charts = AtomicUsize::new(0);
            let put = |file: &Published<'_>, content: &mut Vec<u8>| {
                match file {
                    Published::Packet(_, scope) => *content = packets::make(report, *scope, &extras)?.bytes,
                    Published::Page(route) => {
                        site.render_into(route, content)?;
                        charts.fetch_add(render::charts(&route.path, content), Ordering::Relaxed);
                    }
                }
                step();
                Ok(())
            };
            let written = write::publish(target.out, target.swap, &files, Published::path, put)?;
            let pages = site.routes().iter().filter(|route| route.is_page()).count();
            Ok(Built { written, pages, charts: charts.into_inner() })
        })
    }

    /// Returns the machine forms of the quarters, `data/2026-Q3.json`, earliest first.
    ///
    /// # Errors
    ///
    /// Where a template of the book's own is wrong.
    pub fn quarter_data(&self, sources: &Sources, diagnostics: &[Diagnostic]) -> Result<Vec<String>> {
        self.data(sources, diagnostics, |route| is_quarter_json(&route.path))
    }

    /// Returns the machine form of the book, `data/book.json`.
    ///
    /// # Errors
    ///
    /// Where a template of the book's own is wrong.
    pub fn book_data(&self, sources: &Sources, diagnostics: &[Diagnostic]) -> Result<String> {
        Ok(self.data(sources, diagnostics, |route| route.page == Page::BookJson)?.concat())
    }

    fn data(
        &self,
        sources: &Sources,
        diagnostics: &[Diagnostic],
        is_wanted: impl Fn(&Route) -> bool,
    ) -> Result<Vec<String>> {
        self.with_site((sources, diagnostics), None, |site| {
            let wanted = site.routes().iter().filter(|route| is_wanted(route));
            wanted.map(|route| Ok(String::from_utf8_lossy(&site.render(route)?.content).into_owned())).collect()
        })
    }

    fn with_site<T>(
        &self,
        opened: (&Sources, &[Diagnostic]),
        base_url: Option<&str>,
        work: impl FnOnce(&Site<'_>) -> Result<T>,
    ) -> Result<T> {
        self.with_report(opened, base_url, |report, templates, assets| {
            let overrides = Overrides { templates, assets, frozen: Some(&self.seals), pdf: false };
            work(&Site::new(report, &overrides)?)
        })
    }

    fn with_report<T>(
        &self,
        (sources, findings): (&Sources, &[Diagnostic]),
        base_url: Option<&str>,
        work: impl FnOnce(&Report<'_>, &[(&str, &str)], &[(&str, Vec<u8>)]) -> Result<T>,
    ) -> Result<T> {
        let all: Vec<&Binary> = self.assets.iter().collect();
        self.with_report_and((sources, findings), base_url, &all, work)
    }

    /// Makes the report, reads some of the book's assets, and hands both on with the book's own templates.
    fn with_report_and<T>(
        &self,
        (sources, findings): (&Sources, &[Diagnostic]),
        base_url: Option<&str>,
        wanted: &[&Binary],
        work: impl FnOnce(&Report<'_>, &[(&str, &str)], &[(&str, Vec<u8>)]) -> Result<T>,
    ) -> Result<T> {
        let identity = self.identity(base_url);
        let findings = &*sealing::with_told(findings, &self.told, sources);
        let report = Report::new(Inputs {
            identity: &identity,
            plan: &self.plan,
            scorecard: &self.scorecard,
            histories: &self.histories,
            findings,
            allowed: &self.allowed,
            sources,
            archive: self.archive(),
        });
        let mut assets: Vec<(&str, Vec<u8>)> = Vec::with_capacity(wanted.len());
        for file in wanted {
            assets.push((&file.path, file.bytes()?));
        }
        let texts = sources.iter().map(|(_, file)| file);
        let templates: Vec<(&str, &str)> =
            texts.filter_map(|file| Some((file.path.strip_prefix("templates/")?, &*file.text))).collect();
        work(&report, &templates, &assets)
    }

    /// Returns the book's sealed quarters.
    #[must_use]
    pub const fn archive(&self) -> &Archive {
        &self.seals.archive
    }

    fn identity(&self, base_url: Option<&str>) -> Identity {
        let Config { organisation, locale, brand, paper, .. } = &self.config;
        let given = base_url.map(|url| format!("{}/", url.trim_end_matches('/')));
        Identity {
            organisation: organisation.clone(),
            language: Language::of_locale(locale).unwrap_or_default(),
            base_url: given.or_else(|| self.config.base_url.clone()),
            accent: brand.accent.clone(),
            logo: brand.logo.as_deref().map(str::to_owned),
            paper: *paper,
        }
    }
}
