//! A rule: what it finds, why, what to write instead, and where it was found in this book.

use serde::Serialize;

use super::Maker;
use super::checks::quarter_of;
use super::remarks::{Item, Rule, item, listed};
use super::shell::Chrome;
use crate::check;
use crate::error::Result;
use crate::markdown::{self, Setting};
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::Ages;

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    code: &'static str,
    group: &'static str,
    summary: String,
    why: Markup,
    silent: Markup,
    example: Vec<FileView>,
    instead: Vec<FileView>,
    level: String,
    allow: String,
    count: String,
    items: Markup,
    not_shown: String,
}

#[derive(Debug, Serialize)]
struct FileView {
    path: &'static str,
    text: &'static str,
}

/// Findings on the page.
const SHOWN: usize = 300;

/// Returns the page of the rule at a place among all.
pub(super) fn view(maker: Maker<'_>, place: usize) -> Result<Option<View>> {
    let Some(rule) = check::rules().get(place) else { return Ok(None) };
    let phrases = maker.phrases();
    let of_rule = maker.report.findings.all().filter(|(noted, _)| noted.finding.code == rule.code);
    let mut found: Vec<_> = of_rule.collect();
    // Latest quarter first, within it as the files have them.
    found.sort_by_key(|(_, subject)| std::cmp::Reverse(quarter_of(*subject)));
    let count = found.len();
    let summary = markdown::to_text(rule.summary);
    let page = Chrome::new(maker, "checks", rule.code, Ages::default())
        .crumb(maker.words.checks, maker.link(routes::CHECKS))
        .describe(summary.clone());
    let items: Vec<Item> = found.into_iter().take(SHOWN).map(|(noted, subject)| item(maker, noted, subject)).collect();
    Ok(Some(View {
        page,
        code: rule.code,
        group: phrases.group(rule.group),
        summary,
        why: text(rule.why),
        silent: text(rule.silent),
        example: files(rule.example.shown_before(&rule.instead)),
        instead: files(rule.instead.shown_instead_of(&rule.example)),
        level: phrases.rule_level(rule.code),
        allow: phrases.rule_allow(rule.code),
        count: phrases.found_times(count),
        items: listed(maker, &items, Rule::Named)?,
        not_shown: phrases.not_shown(count.saturating_sub(SHOWN)),
    }))
}

fn text(markdown: &str) -> Markup {
    Markup::from(markdown::to_html(markdown, Setting { below: 2, resolve: &|_| None }))
}

fn files(files: Vec<(&'static str, &'static str)>) -> Vec<FileView> {
    files.into_iter().map(|(path, text)| FileView { path, text }).collect()
}
