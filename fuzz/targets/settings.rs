//! `okrbook.yaml` and `metrics.yaml`: settings, calendars, paths, definitions.

#![no_main]

use libfuzzer_sys::fuzz_target;
use okrbook_fuzz::load_texts;

fuzz_target!(|text: &str| {
    load_texts(&[("okrbook.yaml", text)]);
    load_texts(&[("metrics.yaml", text), ("okrbook.yaml", "organisation: Fuzz\n")]);
});
