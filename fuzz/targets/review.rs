//! Reviews, stories and pages: Markdown with front matter, read and shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use okrbook::markdown::{self, Setting};
use okrbook_fuzz::load_texts;

const TEAM: &str =
    "objectives:\n  - id: trust\n    title: T\n    key_results:\n      - errors: Reduce errors from 9% to 3%\n";

fuzz_target!(|text: &str| {
    load_texts(&[
        ("okrbook.yaml", "organisation: Fuzz\n"),
        ("pages/a.md", text),
        ("quarters/2026-Q3/index.md", text),
        ("quarters/2026-Q3/shop.review.md", text),
        ("quarters/2026-Q3/shop.yaml", TEAM),
    ]);
    let html = markdown::to_html(text, Setting { below: 1, resolve: &|_| None });
    let lower = html.as_str().to_lowercase();
    assert!(!lower.contains("<script") && !lower.contains("href=\"javascript:"), "{lower}");
    let _ = markdown::to_text(text);
});
