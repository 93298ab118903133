//! Findings as pages show them: where they stand, what they quote, what to write instead.
//!
//! In: findings with their subjects. Out: items with finished strings, and lists of them. A message is a sentence here;
//! what stands in backticks is code.

use super::Maker;
use super::shell::Link;
use crate::check;
use crate::diag::Place;
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::routes;
use crate::render::stencil::Field;
use crate::report::findings::{Noted, Subject};
use crate::report::shown::{About, Told, about, told};

/// A finding.
#[derive(Debug)]
pub(super) struct Item {
    /// Whose it is.
    team: String,
    href: String,
    /// What it is about, with the words that it marks in the middle.
    before: String,
    words: String,
    after: String,
    told: Told,
    rule: Option<Link>,
}

/// Returns a finding with what it is about.
pub(super) fn item<'a>(maker: Maker<'a>, noted: Noted<'_>, subject: Subject<'a>) -> Item {
    let About { team, title, target } = about(maker.report, subject);
    let words = quoted(maker, noted, subject);
    let marked = words.filter(|words| words.len() < title.len()).and_then(|words| title.split_once(words));
    let (before, words, after) = match (marked, words) {
        (Some((before, after)), Some(words)) => (before.to_owned(), words.to_owned(), after.to_owned()),
        _ => (title.into_owned(), String::new(), String::new()),
    };
    let href = target.map(|target| maker.href(&target)).unwrap_or_default();
    Item { team: team.to_owned(), href, before, words, after, ..plain(maker, noted) }
}

/// Returns a finding on the card of what it is about.
pub(super) fn plain(maker: Maker<'_>, noted: Noted<'_>) -> Item {
    Item {
        team: String::new(),
        href: String::new(),
        before: String::new(),
        words: String::new(),
        after: String::new(),
        told: told(maker.report, noted),
        rule: rule_link(maker, noted.finding.code),
    }
}

/// Whether the page, or what stands above the list, names the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Named,
    Unnamed,
}

/// Returns findings on the card of what they are about, as a list; nothing where there is none.
pub(super) fn list<'a>(maker: Maker<'_>, found: impl Iterator<Item = Noted<'a>>) -> Result<Markup> {
    let items: Vec<Item> = found.map(|noted| plain(maker, noted)).collect();
    listed(maker, &items, Rule::Unnamed)
}

/// Returns findings as a list; nothing where there is none.
pub(super) fn listed(maker: Maker<'_>, items: &[Item], rule: Rule) -> Result<Markup> {
    let mut list = Markup::default();
    if items.is_empty() {
        return Ok(list);
    }
    maker.add_around(&mut list, Piece::Remarks, &[("remarks", Field::Inner)], &mut |out| {
        for (at, item) in items.iter().enumerate() {
            out.begin_line(at == 0);
            add(out, maker, item, rule)?;
        }
        Ok(())
    })?;
    Ok(list)
}

fn add(out: &mut Markup, maker: Maker<'_>, item: &Item, rule: Rule) -> Result<()> {
    let has_about = !item.before.is_empty() || !item.words.is_empty();
    let rule = item.rule.as_ref().filter(|_| rule == Rule::Unnamed);
    let fields = [
        ("about", Field::Text(if has_about { "yes" } else { "" })),
        ("team", Field::Text(&item.team)),
        ("href", Field::Text(&item.href)),
        ("before", Field::Text(&item.before)),
        ("words", Field::Text(&item.words)),
        ("after", Field::Text(&item.after)),
        ("level", Field::Text(item.told.level)),
        ("message", Field::Html(&text(&item.told.message))),
        ("rule", Field::Text(rule.map_or("", |rule| &rule.text))),
        ("rule_href", Field::Text(rule.map_or("", |rule| &rule.href))),
        ("help", Field::Html(&text(&item.told.help))),
        ("reason", Field::Text(&item.told.reason)),
        ("place", Field::Text(&item.told.place)),
    ];
    maker.add(out, Piece::Remark, &fields)
}

/// Takes from the items what all of them say: the message, the help.
pub(super) fn shared(items: &mut [Item]) -> (Markup, Markup) {
    let [first, rest @ ..] = items else { return Default::default() };
    let same = |of: &dyn Fn(&Item) -> &String| !rest.is_empty() && rest.iter().all(|item| of(item) == of(first));
    let (same_message, same_help) = (same(&|item| &item.told.message), same(&|item| &item.told.help));
    let (mut message, mut help) = (String::new(), String::new());
    for item in items {
        if same_message {
            message = std::mem::take(&mut item.told.message);
        }
        if same_help {
            help = std::mem::take(&mut item.told.help);
        }
    }
    (text(&message), text(&help))
}

/// Returns the link to a rule's page; a fault has none.
pub(super) fn rule_link(maker: Maker<'_>, code: &str) -> Option<Link> {
    let rule = check::rule(code)?;
    Some(Link { text: rule.code.to_owned(), href: maker.link(&routes::rule(rule.code)) })
}

/// Returns the words that a finding marks in the title of what it is about.
fn quoted<'a>(maker: Maker<'a>, noted: Noted<'_>, subject: Subject<'_>) -> Option<&'a str> {
    let Place::Text(span) = noted.finding.place else { return None };
    let title = match subject {
        Subject::KeyResult(place) => maker.report.key_result(place)?.plan.title.span,
        Subject::Objective(place, at) => maker.report.at(place)?.plan.objectives.get(at)?.title.span,
        Subject::Team(_) | Subject::Metric(_) | Subject::Book => return None,
    };
    let is_inside = span.file == title.file && title.start <= span.start && span.end <= title.end;
    let words = maker.report.inputs.sources.text(span).trim();
    (is_inside && words.len() > 1 && !words.contains('\n')).then_some(words)
}

/// Returns a sentence in which what stands in backticks is code.
fn text(sentence: &str) -> Markup {
    let mut markup = Markup::default();
    markup.add_text(sentence);
    markup
}
