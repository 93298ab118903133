//! Every form on one digest whose texts are hostile.

use super::{Form, slack, written};
use crate::model::calendar::Day;
use crate::model::quantity::Number;
use crate::report::Report;
use crate::report::digest::{Digest, Item, Part, Since, digest, since};
use crate::report::fixture::{Fixture, day};

/// Texts that each form could be tricked by.
const HOSTILE: &str = "<!channel> <@U123> <script>alert(1)</script> @here [a](http://a.example) *b* _c_ `d` & \"e\" :tada: #12\n# f\u{202e}";

fn hostile() -> Digest<'static> {
    let item = || Item {
        whose: HOSTILE.to_owned(),
        title: HOSTILE.to_owned(),
        target: None,
        texts: vec![HOSTILE.to_owned(), "x".repeat(200), "日".repeat(60)],
    };
    let part = Part {
        title: HOSTILE.to_owned(),
        lead: HOSTILE.to_owned(),
        items: vec![item(), item()],
        rest: HOSTILE.to_owned(),
    };
    Digest { heading: HOSTILE.to_owned(), parts: vec![part], nothing: HOSTILE.to_owned() }
}

fn said(digest: &Digest<'_>, form: Form) -> String {
    written(digest, form, &|_| None)
}

#[test]
fn no_text_of_a_book_becomes_a_mention_or_markup_in_slack() {
    let text = said(&hostile(), Form::Slack);
    assert!(!text.contains('<') && !text.contains("@here") && !text.contains("://"), "{text}");
    assert!(text.contains("&lt;!channel&gt;") && text.contains("&lt;@\u{2060}U123&gt;"), "{text}");
    for (text, expected) in [
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"),
        ("at 10:30", "at 10:30"),
        ("3.5 of 4", "3.5 of 4"),
        ("www.a.example", "www.\u{2060}a.\u{2060}example"),
        ("*a*", "\u{2060}*\u{2060}a\u{2060}*\u{2060}"),
    ] {
        assert_eq!(slack::escaped(text), expected);
    }
}

#[test]
fn no_text_of_a_book_becomes_markup_in_html_or_markdown() {
    let html = said(&hostile(), Form::Html);
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script") && !html.contains("<!"), "{html}");
    let elements: std::collections::BTreeSet<&str> =
        html.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect();
    assert_eq!(
        elements.into_iter().collect::<Vec<_>>(),
        ["/h1", "/h2", "/li", "/p", "/ul", "br", "h1", "h2", "li", "p", "ul"]
    );
    let markdown = said(&hostile(), Form::Markdown);
    for sign in ["<!", "<@", "<s", "[a]", "@h", "*b", "`d"] {
        assert!(!markdown.contains(sign), "{sign}: {markdown}");
    }
}

#[test]
fn text_has_at_most_eighty_columns_whatever_a_title_holds() {
    let text = said(&hostile(), Form::Text);
    let columns = |line: &str| line.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum::<usize>();
    assert!(text.lines().all(|line| columns(line) <= 80), "{text}");
    assert!(text.lines().any(|line| line.ends_with(&"x".repeat(78))), "a word without spaces is broken: {text}");
    assert!(!text.contains('\u{202e}'), "{text}");
}

#[test]
fn every_form_says_in_one_line_that_there_is_nothing() {
    let digest = Digest { parts: Vec::new(), nothing: "Nothing changed since 3 May 2026.".to_owned(), ..hostile() };
    for (form, expected) in [
        (Form::Text, "Nothing changed since 3 May 2026.\n"),
        (Form::Markdown, "Nothing changed since 3 May 2026.\n"),
        (Form::Html, "<p>Nothing changed since 3 May 2026.</p>\n"),
        (Form::Slack, "Nothing changed since 3 May 2026.\n"),
    ] {
        assert_eq!(said(&digest, form), expected);
    }
}

#[test]
fn the_whole_fixture_is_told_with_addresses_where_the_site_stands_somewhere() {
    let fixture = Fixture::new();
    let report = Report::new(fixture.inputs());
    let mut before = fixture.scorecard.clone();
    let teams = before.quarters.iter_mut().flat_map(|quarter| &mut quarter.teams);
    let scores = teams.flat_map(|team| &mut team.objectives).flat_map(|objective| &mut objective.key_results);
    scores.for_each(|score| score.score = Some(Number::ONE));
    let digest = digest(&report, Since { on: day("2026-11-01"), before: &before });
    assert!(!digest.parts.is_empty());
    let address = |target: &crate::report::shown::Target<'_>| {
        Some(format!("https://okr.example/{}", crate::render::address(&report, target)))
    };
    for (form, link) in [
        (Form::Markdown, "](<https://okr.example/2026-Q4/"),
        (Form::Html, "<a href=\"https://okr.example/2026-Q4/"),
        (Form::Slack, "• <https://okr.example/2026-Q4/"),
    ] {
        let text = written(&digest, form, &address);
        assert!(text.contains(link), "{text}");
    }
}

#[test]
fn a_digest_tells_from_the_last_check_in_before_the_day_else_of_a_week() {
    let fixture = Fixture::new();
    let check_ins = |as_of: &str| since(&fixture.plan.quarters, day(as_of));
    assert_eq!(check_ins("1999-01-08"), Day::parse("1999-01-01").expect("a day"));
}
