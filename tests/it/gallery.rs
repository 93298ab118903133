//! The gallery of charts, written to `target/tmp/gallery.html` to be looked at.

use std::path::Path;

#[expect(dead_code, reason = "an example's `main` is for its own run")]
#[path = "../../examples/chart_gallery.rs"]
mod chart_gallery;

#[test]
fn the_gallery_shows_each_kind_of_mark_in_each_look() {
    let page = chart_gallery::page();
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery.html"), &page).expect("writable");
    let charts: Vec<&str> = page.split("<section class=").skip(1).collect();
    assert_eq!(charts.len(), 2, "light and dark");
    let kinds = [
        "forbidden",
        "fan",
        "grid",
        "axis",
        "quarter",
        "earlier",
        "baseline",
        "bound",
        "target",
        "pace",
        "projection",
        "projected",
        "today",
        "noted",
        "actual",
        "dots",
        "last",
        "breach",
        "leader",
        "notes",
        "track",
        "missed",
        "fell-short",
        "strong",
        "complete",
        "no-data",
    ];
    for (look, kind) in charts.iter().flat_map(|look| kinds.map(|kind| (look, kind))) {
        assert!(look.contains(&format!("<path class=\"{kind}\"")), "no {kind} in {}", &look[..8]);
    }
    for class in ["chart", "chart tall", "spark", "grade-bar", "chart bands"] {
        assert!(charts.iter().all(|look| look.contains(&format!("<svg class=\"{class}\""))), "no {class}");
    }
}
