//! Texts that mean harm: nothing panics, nothing takes long.

use proptest::prelude::*;

use super::book;
use crate::diag::emit;
use crate::load::exports::Exports;
use crate::load::names::KeyResultNames;
use crate::load::{metric, pages, review, team};
use crate::model::ids::Slug;
use crate::source::Sources;
use crate::yaml::Text;

/// Words that a team's file, a metrics file and a review are made of, and what YAML stumbles over.
const WORDS: &str = "objectives|key_results|id|title|metric|to|from|by|at_most|done|weight|pace|guardrails|supports|file|where|ratio|of|date|since\
    |reliable/p1|2026-08-14|5%|8/quarter|Reduce P1 from 8 to 2|no|~|#|##|###|What worked|Carry forward|yes|```|---|<!--|-->|judgements|final|0.6";

fn text() -> impl Strategy<Value = String> {
    let words: Vec<&'static str> = WORDS.split('|').collect();
    let glue = vec![
        ": ", ":\n  ", "\n", "\n  - ", "\n    ", " ", "{ ", " }", "[", "]", ", ", "\"", "'", "é🚀", "\t", "\r\n",
        "&a ", "*a", "\n\n",
    ];
    let piece = (prop::sample::select(words), prop::sample::select(glue));
    prop::collection::vec(piece, 0..40)
        .prop_map(|pieces| pieces.into_iter().map(|(word, glue)| format!("{word}{glue}")).collect())
}

proptest! {
    #[test]
    fn no_text_makes_loading_panic(text in text()) {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", &text);
        let (objectives, mut diagnostics) = team::read(Text::whole(file, &text));
        diagnostics.extend(metric::read(Text::whole(file, &text), &Exports::of(&[], &Sources::default())).diagnostics);
        let shared = text.as_str().into();
        let (_, faults) = review::read(file, &shared, &KeyResultNames::of(&objectives));
        diagnostics.extend(faults);
        let (page, faults) = pages::page(&Slug::new("a").expect("a slug"), file, &shared);
        diagnostics.extend(faults);
        prop_assert!(text.contains(page.body.markdown()));
        prop_assert_eq!(emit::short::render(&diagnostics, &sources).lines().count(), diagnostics.len());
        prop_assert!(emit::human::render(&diagnostics, &sources, true).len() >= diagnostics.len());
    }
}

#[test]
fn files_full_of_faults_are_told_in_part() {
    let keys: String = (0..60_000).map(|n| format!("    kez_resultz_{n}: 1\n")).collect();
    let headings = "## a/b\n".repeat(100_000);
    let metrics: String = (0..20_000).map(|n| format!("m{n}: missing-export-number-{n}.csv\n")).collect();
    let globs: String = (0..2_000).map(|n| format!("g{n}: \"{}b.csv\"\n", "*a".repeat(100))).collect();
    let items = "      - x\n".repeat(50_000);
    let loaded = book(&[
        ("quarters/2026-Q3/a.yaml", &format!("objectives:\n  - id: o\n    title: T\n{keys}")),
        ("quarters/2026-Q3/b.yaml", &format!("objectives:\n  - id: o\n    title: T\n    key_results:\n{items}")),
        ("quarters/2026-Q3/b.review.md", &headings),
        ("metrics.yaml", &metrics),
        ("metrics/globs.yaml", &globs),
        (&format!("metrics/{}.csv", "a".repeat(200)), "date,value\n"),
    ]);
    assert!(loaded.diagnostics.len() < 2_000, "{}", loaded.diagnostics.len());
    let more = loaded.codes().iter().filter(|code| **code == "more-faults").count();
    assert_eq!(more, 4);
}
