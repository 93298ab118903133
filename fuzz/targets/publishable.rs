//! Files that are to be published: pages, drawings, style sheets and tables, which anybody may have written.

#![no_main]

use libfuzzer_sys::fuzz_target;
use okrbook::publishable;

fuzz_target!(|bytes: &[u8]| {
    for path in ["assets/a.svg", "assets/a.css", "assets/a.png"] {
        told(publishable::asset(path, bytes), bytes);
    }
    for path in ["2026-Q3/index.html", "feed.xml", "data/2026-Q3.csv", "data/2026-Q3.json"] {
        told(publishable::sealed(path, bytes), bytes);
    }
    if let Ok(path) = std::str::from_utf8(bytes) {
        let _ = publishable::asset(path, b"");
        let _ = publishable::sealed(path, b"");
        let page = format!("<!doctype html><html><head><meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", publishable::POLICIES[0]);
        let page = format!("{page}<title>x</title></head><body>{path}</body></html>");
        if publishable::sealed("index.html", page.as_bytes()).is_ok() {
            let lower = page.to_ascii_lowercase();
            for tag in ["script", "iframe", "object", "embed", "form", "base", "template", "style", "plaintext"] {
                assert!(!lower.contains(&format!("<{tag}")) || lower.contains("<!--"), "{page}");
            }
        }
        let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{path}</svg>");
        if publishable::asset("assets/a.svg", drawing.as_bytes()).is_ok() {
            assert!(!drawing.to_ascii_lowercase().contains("<script") || drawing.contains("<!--"), "{drawing}");
        }
    }
});

/// What is wrong has a place inside the file.
fn told(outcome: publishable::Outcome, bytes: &[u8]) {
    if let Err(refusal) = outcome {
        assert!(!refusal.what.is_empty() && !refusal.help.is_empty());
        assert!(refusal.at.as_ref().is_none_or(|at| at.start <= bytes.len()), "{refusal:?}");
        let _ = refusal.told(bytes);
    }
}
