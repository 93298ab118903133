//! Benches by stage, on seeded books: `cargo bench`.
//!
//! Each stage is timed on its own, with what it needs made before. Compare stages of one run as ratios: machines and
//! their other work differ. The book of 1000 teams is timed only where `OKRBOOK_BENCH_LARGE` is set; it needs a
//! minute and two gigabytes of disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::Bencher;
use okrbook::config::Config;
use okrbook::model::calendar::Day;
use okrbook::model::history::History;
use okrbook::model::ids::Slug;
use okrbook::model::plan::Plan;
use okrbook::read::Workspace;
use okrbook::score::Policy;
use okrbook::write::Swap;
use okrbook::{Clock, Target, config, load, metrics, read, score, sentence};

mod support;

const CLOCK: Clock = Clock { flag: None, epoch: None, now: 0 };

/// One folder for all books of a run; it is removed when the machine cleans its temporary files.
static BOOKS: LazyLock<PathBuf> = LazyLock::new(|| std::env::temp_dir().join("okrbook-bench"));

fn main() {
    divan::main();
}

fn sizes() -> Vec<usize> {
    let large = std::env::var_os("OKRBOOK_BENCH_LARGE").is_some();
    [10, 100].into_iter().chain(large.then_some(1000)).collect()
}

fn book(teams: usize) -> PathBuf {
    let folder = BOOKS.join(teams.to_string());
    if !folder.join("okrbook.yaml").exists() {
        support::write_book(&folder, teams).expect("the temporary folder can be written");
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
    metrics::measure(&book.plan.metrics, &book.workspace.exports, &book.config.calendar.zone, as_of()).0
}

#[divan::bench(args = sizes())]
fn stage_1_read(bencher: Bencher<'_, '_>, teams: usize) {
    let folder = book(teams);
    bencher.bench(|| read::read(&folder).expect("readable"));
}

#[divan::bench(args = sizes())]
fn stage_2_load(bencher: Bencher<'_, '_>, teams: usize) {
    let Loaded { workspace, config, .. } = loaded(&book(teams));
    bencher.bench(|| load::load(&workspace, &config));
}

#[divan::bench(args = sizes())]
fn stage_3_measure(bencher: Bencher<'_, '_>, teams: usize) {
    let book = loaded(&book(teams));
    bencher.bench(|| measured(&book));
}

#[divan::bench(args = sizes())]
fn stage_4_score(bencher: Bencher<'_, '_>, teams: usize) {
    let book = loaded(&book(teams));
    let histories = measured(&book);
    bencher.bench(|| score::score(&book.plan, &histories, &Policy::default(), as_of()));
}

#[divan::bench(args = sizes(), max_time = 20)]
fn stage_5_render_and_write(bencher: Bencher<'_, '_>, teams: usize) {
    let folder = book(teams);
    let opened = okrbook::open(&folder, &CLOCK).expect("readable");
    let book = opened.book.expect("nothing blocks");
    let out = BOOKS.join(format!("{teams}-site"));
    bencher.bench(|| {
        // A cold build has no site before it whose files could be linked.
        let _ = std::fs::remove_dir_all(&out);
        let target = Target { out: &out, swap: Swap::Whole, base_url: None };
        book.publish((&opened.sources, &opened.diagnostics), &target, |_| (), || ()).expect("published")
    });
}

#[divan::bench]
fn sentence_of_a_key_result() -> sentence::Reading {
    sentence::read(divan::black_box("Reduce mean time to recovery (MTTR) from 2 hours to 30 minutes"))
}
