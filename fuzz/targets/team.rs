//! Team files: objectives and key results, whatever is written there.

#![no_main]

use libfuzzer_sys::fuzz_target;
use okrbook_fuzz::load_texts;

fuzz_target!(|text: &str| {
    load_texts(&[("okrbook.yaml", "organisation: Fuzz\n"), ("quarters/2026-Q3/shop.yaml", text)]);
});
