//! What a packet asks of those who read it: the page that a board reads first.

use std::fs;

use crate::support::run;

fn packet(quarter: &str) -> String {
    let out = tempfile::tempdir().expect("a folder");
    let site = out.path().join("site");
    let (code, _, said) = run(&["build", "content", "-o", site.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
    fs::read_to_string(site.join(quarter).join("packet.html")).expect("the page").replace('\u{a0}', " ")
}

#[test]
fn a_packet_begins_with_the_verdict_what_needs_attention_and_what_is_to_be_decided() {
    let page = packet("2026-Q4");
    let parts = ["Ten of 19 on course", "id=\"part.attention\"", "Needs you", "Goalposts moved", "Decisions asked"];
    let places = parts.map(|part| page.find(part));
    assert!(places.is_sorted() && places[0].is_some(), "{places:?}");
    assert!(page.contains("<li>Do we take the December promise off the first page"), "the book's own question");
    assert!(page.matches("<svg class=\"spark\"").count() > 4, "outcomes stand on the cover");
}

#[test]
fn what_tells_authors_how_to_write_stays_out_of_packets() {
    let page = packet("2026-Q3");
    assert!(page.contains("guardrail-broken") && !page.contains("B3</a> <span class=\"note\">milestone"), "{page}");
    assert!(!page.contains("<p class=\"help\">"), "{page}");
}

#[test]
fn decisions_are_read_from_the_story_and_other_names_for_them_are_known() {
    let (code, out, said) = run(&["schema", "story"]);
    assert!(code == 0 && out.contains("\"decisions\""), "{out}{said}");
}
