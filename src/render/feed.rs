//! The feed (Atom, RFC 4287) and the sitemap (sitemaps.org 0.9).
//!
//! Where the book says where its site stands, addresses are full; else the feed's are relative to the feed.
//! Times are those of the as-of date, so that the same book makes the same bytes.

use crate::hash::Digest;
use crate::markdown;
use crate::model::calendar::Day;
use crate::report::decide::Count;
use crate::report::text::Phrases;
use crate::report::{QuarterReport, Report};

use super::routes::{self, Route};

/// Returns the feed: one entry for each quarter, latest first.
pub(super) fn atom(report: &Report<'_>) -> String {
    let identity = report.inputs.identity;
    let base = identity.base_url.as_deref().unwrap_or_default();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n", identity.language.tag()));
    element(&mut out, "title", &identity.organisation);
    element(&mut out, "id", &name(&[&identity.organisation]));
    element(&mut out, "updated", &instant(report.as_of()));
    out.push_str(&format!("<link rel=\"self\" href=\"{}\"/>\n", escaped(&format!("{base}{}", routes::FEED))));
    out.push_str(&format!("<link href=\"{}\"/>\n", escaped(&format!("{base}{}", routes::INDEX))));
    out.push_str("<author>");
    element(&mut out, "name", &identity.organisation);
    out.push_str("</author>\n");
    for quarter in report.quarters.iter().rev() {
        entry(&mut out, report, quarter, base);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(out: &mut String, report: &Report<'_>, quarter: &QuarterReport<'_>, base: &str) {
    let id = quarter.id();
    let mut count = Count::default();
    for team in &quarter.teams {
        count.add(report.key_results(*team));
    }
    let story = quarter.plan.story.as_ref();
    let title =
        story.and_then(|story| story.title.clone()).map_or_else(|| id.to_string(), |title| format!("{id}: {title}"));
    out.push_str("<entry>\n");
    element(out, "title", &title);
    element(out, "id", &name(&[&report.inputs.identity.organisation, &id.to_string()]));
    element(out, "updated", &instant(report.as_of().min(quarter.plan.quarter.window.end)));
    out.push_str(&format!("<link href=\"{}\"/>\n", escaped(&format!("{base}{}", routes::quarter(id)))));
    element(out, "summary", &Phrases::new(report.format).standing(&count, quarter.score.state));
    if let Some(story) = story {
        element(out, "content", &markdown::to_text(story.body.markdown()));
    }
    out.push_str("</entry>\n");
}

/// Returns the addresses of all pages, where the book says where its site stands.
pub(super) fn sitemap(report: &Report<'_>, routes: &[Route]) -> String {
    let base = report.inputs.identity.base_url.as_deref().unwrap_or_default();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for route in routes.iter().filter(|route| route.is_page()) {
        out.push_str("<url>");
        element(&mut out, "loc", &format!("{base}{}", route.path));
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

fn instant(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

/// Returns a name that stays the same for ever, made of what it names (RFC 9562, version 8).
fn name(parts: &[&str]) -> String {
    let digest = Digest::of(format!("okrbook feed\n{}", parts.join("\n")).as_bytes()).to_string();
    let (a, b, c, d, e) = (&digest[..8], &digest[8..12], &digest[13..16], &digest[17..20], &digest[20..32]);
    format!("urn:uuid:{a}-{b}-8{c}-a{d}-{e}")
}

fn element(out: &mut String, tag: &str, text: &str) {
    out.push_str(&format!("<{tag}>{}</{tag}>\n", escaped(text)));
}

/// Returns text as XML; characters that XML can't hold are left out.
fn escaped(text: &str) -> String {
    let holds = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    markdown::Html::text(&text.chars().filter(holds).collect::<String>()).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_uuids_and_depend_on_what_they_name() {
        let one = name(&["Northwind", "2026-Q3"]);
        assert_eq!(one.len(), "urn:uuid:00000000-0000-8000-a000-000000000000".len());
        assert_ne!(one, name(&["Northwind", "2026-Q4"]));
        assert_eq!(one, name(&["Northwind", "2026-Q3"]));
    }

    #[test]
    fn text_that_xml_cannot_hold_is_left_out() {
        assert_eq!(escaped("a\u{0}<\u{1f}b\u{ffff}&"), "a&lt;b&amp;");
    }
}
