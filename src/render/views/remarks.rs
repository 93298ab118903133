//! Findings as pages show them: where they stand, what they quote, what to write instead.
//!
//! In: findings with their subjects. Out: items with finished strings, and lists of them. A message is a sentence here;
//! what stands in backticks is code.

use super::Maker;
use super::scores::title;
use super::shell::Link;
use crate::check;
use crate::diag::{Level, Place};
use crate::error::Result;
use crate::render::markup::{Field, Markup};
use crate::render::pieces::Piece;
use crate::render::routes;
pub(super) use crate::report::decide::sentence;
use crate::report::findings::{Noted, Subject};
use crate::report::{KeyResultReport, TeamPlace, dates};

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
    level: &'static str,
    message: Markup,
    help: Markup,
    reason: String,
    rule: Option<Link>,
    place: String,
}

/// Returns a finding with what it is about.
pub(super) fn item(maker: Maker<'_>, noted: Noted<'_>, subject: Subject<'_>) -> Item {
    let (team, about, href) = about(maker, subject);
    let words = quoted(maker, noted, subject);
    let marked = words.filter(|words| words.len() < about.len()).and_then(|words| about.split_once(words));
    let (before, words, after) = match (marked, words) {
        (Some((before, after)), Some(words)) => (before.to_owned(), words.to_owned(), after.to_owned()),
        _ => (about, String::new(), String::new()),
    };
    Item { team, href, before, words, after, ..plain(maker, noted) }
}

/// Returns a finding on the card of what it is about.
pub(super) fn plain(maker: Maker<'_>, noted: Noted<'_>) -> Item {
    let finding = noted.finding;
    let position = maker.report.position(&finding.place);
    let line = position.line.map(|line| format!(":{line}")).unwrap_or_default();
    let mut message = finding.message.clone();
    // A label that only repeats what is marked says nothing without its caret.
    if finding.label.contains(' ') {
        message.push_str("; ");
        message.push_str(&finding.label);
    }
    Item {
        team: String::new(),
        href: String::new(),
        before: String::new(),
        words: String::new(),
        after: String::new(),
        level: if finding.level == Level::Error { maker.words.error } else { "" },
        message: text(maker, &message),
        help: finding.help.as_deref().map(|help| text(maker, help)).unwrap_or_default(),
        reason: noted.reason.map(|reason| maker.phrases().allowed_because(reason)).unwrap_or_default(),
        rule: rule_link(maker, finding.code),
        place: format!("{}{line}", position.file),
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
        ("level", Field::Text(item.level)),
        ("message", Field::Html(&item.message)),
        ("rule", Field::Text(rule.map_or("", |rule| &rule.text))),
        ("rule_href", Field::Text(rule.map_or("", |rule| &rule.href))),
        ("help", Field::Html(&item.help)),
        ("reason", Field::Text(&item.reason)),
        ("place", Field::Text(&item.place)),
    ];
    maker.add(out, Piece::Remark, &fields)
}

/// Takes from the items what all of them say: the message, the help.
pub(super) fn shared(items: &mut [Item]) -> (Markup, Markup) {
    let [first, rest @ ..] = items else { return Default::default() };
    let same = |of: &dyn Fn(&Item) -> &Markup| !rest.is_empty() && rest.iter().all(|item| of(item) == of(first));
    let (same_message, same_help) = (same(&|item| &item.message), same(&|item| &item.help));
    let (mut message, mut help) = (Markup::default(), Markup::default());
    for item in items {
        if same_message {
            message = std::mem::take(&mut item.message);
        }
        if same_help {
            help = std::mem::take(&mut item.help);
        }
    }
    (message, help)
}

/// Returns the link to a rule's page; a fault has none.
pub(super) fn rule_link(maker: Maker<'_>, code: &str) -> Option<Link> {
    let rule = check::rule(code)?;
    Some(Link { text: rule.code.to_owned(), href: maker.link(&routes::rule(rule.code)) })
}

/// Returns the team, the title and the address of what a finding is about.
pub(super) fn about(maker: Maker<'_>, subject: Subject<'_>) -> (String, String, String) {
    let report = maker.report;
    let page = |place: TeamPlace| {
        let team = report.at(place)?;
        Some((team, maker.link(&routes::team_quarter(team.quarter.id, &team.plan.team))))
    };
    let found = match subject {
        Subject::KeyResult(place) => report.key_result(place).map(|known| of_key_result(maker, &known)),
        Subject::Objective(place, at) => page(place).and_then(|(team, href)| {
            let objective = team.plan.objectives.get(at)?;
            let href = format!("{href}#{}", objective.id.value);
            Some((team.name.to_owned(), title(&objective.title.value).into_owned(), href))
        }),
        Subject::Team(place) => page(place).map(|(team, href)| (String::new(), team.name.to_owned(), href)),
        Subject::Metric(id) => Some((String::new(), maker.metric_name(id), maker.link(&routes::metric(id)))),
        Subject::Book => None,
    };
    found.unwrap_or_default()
}

fn of_key_result(maker: Maker<'_>, known: &KeyResultReport<'_>) -> (String, String, String) {
    let page = maker.link(&routes::team_quarter(known.team.quarter.id, &known.team.plan.team));
    let fragment = routes::fragment(&known.objective.id.value, &known.plan.id.value);
    (known.team.name.to_owned(), title(&known.plan.title.value).into_owned(), format!("{page}#{fragment}"))
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

/// Returns a phrase as a sentence on a page.
fn text(maker: Maker<'_>, phrase: &str) -> Markup {
    let mut markup = Markup::default();
    markup.add_text(&sentence(&dates::told(phrase, maker.format)));
    markup
}
