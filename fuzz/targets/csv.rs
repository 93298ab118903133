//! Exports: any bytes under a metric's name.

#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use okrbook::Clock;

const TEAM: &str = "objectives:\n  - id: trust\n    title: T\n    key_results:\n      - errors: Reduce errors from 9 to 3\n      - wide: Reduce waits from 9 to 3\n";
const METRICS: &str =
    "errors: { file: export.csv, aggregate: p90 }\nwide: { file: export.csv, count: rows, where: { a: [b, c] } }\n";

static BOOK: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let parent = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let book = parent.join(format!("okrbook-fuzz-{}", std::process::id()));
    for (path, text) in
        [("okrbook.yaml", "organisation: Fuzz\n"), ("quarters/2026-Q3/shop.yaml", TEAM), ("metrics.yaml", METRICS)]
    {
        let path = book.join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("folders");
        fs::write(path, text).expect("written");
    }
    fs::create_dir_all(book.join("metrics")).expect("folders");
    book
});

fuzz_target!(|bytes: &[u8]| {
    fs::write(BOOK.join("metrics/export.csv"), bytes).expect("written");
    let clock = Clock { flag: None, epoch: None, now: 1_787_184_000 };
    let opened = okrbook::open(&BOOK, &clock).expect("readable");
    assert!(opened.book.is_some(), "a bad export never stops a book");
    okrbook_fuzz::print(&opened.diagnostics, &opened.sources);
});
