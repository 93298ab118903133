//! Benches by stage, on seeded books: `cargo bench`.
//!
//! Each stage is timed on its own, with what it needs made before. Compare stages of one run as ratios: machines and
//! their other work differ. The book of 1000 teams is timed only where `OKRBOOK_BENCH_LARGE` is set; it needs a
//! minute and two gigabytes of disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use okrbook::chart::figure::{Line, TrendFigure};
use okrbook::chart::{self, series};
use okrbook::config::Config;
use okrbook::model::calendar::{Day, Window};
use okrbook::model::history::History;
use okrbook::model::ids::Slug;
use okrbook::model::plan::Plan;
use okrbook::read::Workspace;
use okrbook::render::{Overrides, Site};
use okrbook::report::{Identity, Inputs, Report};
use okrbook::score::Policy;
use okrbook::write::{Output, Swap};
use okrbook::{Clock, Target, check, config, load, metrics, read, score, sentence};

mod support;

use support::{Book, Layout};

const CLOCK: Clock = Clock { flag: None, epoch: None, now: 0 };

/// One folder for all books of a run; it is removed when the machine cleans its temporary files.
static BOOKS: LazyLock<PathBuf> = LazyLock::new(|| std::env::temp_dir().join("okrbook-bench-3"));

fn main() {
    divan::main();
}

/// A seeded book: how many teams, and how its numbers are laid out.
#[derive(Debug, Clone, Copy)]
struct Size(usize, Layout);

fn sizes() -> Vec<Size> {
    let large = std::env::var_os("OKRBOOK_BENCH_LARGE").is_some();
    let teams = [10, 100].into_iter().chain(large.then_some(1000));
    teams.flat_map(|teams| [Size(teams, Layout::Wide), Size(teams, Layout::Long)]).collect()
}

impl Size {
    fn folder(self, name: &str) -> PathBuf {
        let Self(teams, layout) = self;
        BOOKS.join(format!("{teams}-{layout:?}{name}"))
    }
}

fn book(size: Size) -> PathBuf {
    let folder = size.folder("");
    if !folder.join("okrbook.yaml").exists() {
        let book = Book { teams: size.0, layout: size.1, has_findings: false };
        support::write_book(&folder, book).expect("the temporary folder can be written");
    }
    folder
}

struct Loaded {
    workspace: Workspace,
    config: Config,
    plan: Plan,
}

fn loaded(folder: &Path) -> Loaded {
    let (workspace, _) = read::read(folder).expect("readable");
    let config = config::read(&workspace).0.expect("settings");
    let plan = load::load(&workspace, &config).0;
    Loaded { workspace, config, plan }
}

fn as_of() -> Day {
    Day::parse("2026-12-31").expect("a day")
}

fn measured(book: &Loaded) -> BTreeMap<Slug, History> {
    let zone = &book.config.calendar.zone;
    metrics::measure(&book.plan.metrics, &book.workspace.exports, zone, as_of()).expect("the disk works").0
}

#[divan::bench(args = sizes())]
fn stage_1_read(bencher: Bencher<'_, '_>, size: Size) {
    let folder = book(size);
    bencher.bench(|| read::read(&folder).expect("readable"));
}

#[divan::bench(args = sizes())]
fn stage_2_load(bencher: Bencher<'_, '_>, size: Size) {
    let Loaded { workspace, config, .. } = loaded(&book(size));
    bencher.bench(|| load::load(&workspace, &config));
}

#[divan::bench(args = sizes())]
fn stage_3_measure(bencher: Bencher<'_, '_>, size: Size) {
    let book = loaded(&book(size));
    bencher.bench(|| measured(&book));
}

#[divan::bench(args = sizes())]
fn stage_4_score(bencher: Bencher<'_, '_>, size: Size) {
    let book = loaded(&book(size));
    let histories = measured(&book);
    bencher.bench(|| score::score(&book.plan, &histories, &Policy::default(), as_of()));
}

/// What the rules find.
#[divan::bench(args = sizes())]
fn stage_5_check(bencher: Bencher<'_, '_>, size: Size) {
    let Loaded { workspace, config, plan } = loaded(&book(size));
    let measured = metrics::measure(&plan.metrics, &workspace.exports, &config.calendar.zone, as_of());
    let histories = measured.expect("the disk works").0;
    let scorecard = score::score(&plan, &histories, &Policy::default(), as_of());
    let book = check::Book::new(&plan, &histories, &scorecard, &workspace.sources);
    bencher.bench(|| check::check(&book, |_| true));
}

/// All files of the site, made and dropped, on one thread.
#[divan::bench(args = sizes(), max_time = 20)]
fn stage_6_render(bencher: Bencher<'_, '_>, size: Size) {
    let opened = okrbook::open(&book(size), &CLOCK).expect("readable");
    let book = opened.book.expect("nothing blocks");
    let identity = Identity { organisation: book.config.organisation.clone(), ..Identity::default() };
    let report = Report::new(Inputs {
        identity: &identity,
        plan: &book.plan,
        scorecard: &book.scorecard,
        histories: &book.histories,
        findings: &opened.diagnostics,
        allowed: &book.allowed,
        sources: &opened.sources,
        archive: book.archive(),
    });
    let site = Site::new(&report, &Overrides::default()).expect("built-in templates");
    bencher
        .bench(|| site.routes().iter().map(|route| site.render(route).expect("a file").content.len()).sum::<usize>());
}

/// The same with all threads and the disk. Where a file system is slow to hand out inodes that were just freed (ext4
/// is), later runs are slower than the first: point `TMPDIR` to memory to leave the disk out.
#[divan::bench(args = sizes(), max_time = 20)]
fn stage_7_publish(bencher: Bencher<'_, '_>, size: Size) {
    let folder = book(size);
    let opened = okrbook::open(&folder, &CLOCK).expect("readable");
    let book = opened.book.expect("nothing blocks");
    let out = size.folder("-site");
    let clear = || {
        // A cold build has no site before it whose files could be linked.
        let _ = std::fs::remove_dir_all(&out);
        Output::open(Some(&out), &folder).expect("may be replaced")
    };
    bencher.with_inputs(clear).bench_values(|out| {
        let target = Target { out: &out, swap: Swap::Whole, base_url: None, packets: false };
        book.publish(okrbook::Told { sources: &opened.sources, findings: &opened.diagnostics }, &target, |_| (), || ())
            .expect("published")
    });
}

/// A quarter of days against a goal, with its axes and words.
#[divan::bench]
fn chart_of_a_key_result(bencher: Bencher<'_, '_>) {
    let window =
        Window { start: Day::parse("2026-07-01").expect("a day"), end: Day::parse("2026-10-01").expect("a day") };
    let mut figure = TrendFigure::new("c".to_owned(), "P1 incidents".to_owned(), window);
    let value = |n: i32| 8.0 - 6.0 * f64::from(n) / 92.0 + f64::from(n * 7919 % 13) / 10.0;
    figure.actual = series::segments(&(0..90).map(|n| (window.start.plus(n), value(n))).collect::<Vec<_>>());
    figure.baseline = Some(Line { value: 8.0, label: "from 8".to_owned() });
    figure.target = Some(Line { value: 2.0, label: "goal 2".to_owned() });
    figure.quarters = vec![(window.start, "2026-Q3".to_owned())];
    let label = |value: f64| format!("{}", (value * 100.0).round() / 100.0);
    bencher.counter(ItemsCount::new(1_usize)).bench(|| chart::trend(divan::black_box(&figure), &label));
}

#[divan::bench]
fn sentence_of_a_key_result() -> sentence::Reading {
    sentence::read(divan::black_box("Reduce mean time to recovery (MTTR) from 2 hours to 30 minutes"))
}
