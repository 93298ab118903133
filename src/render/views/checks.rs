//! The theatre report: what an honest reader should know, worst first, then what could be said better.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Maker;
use super::contents::contents;
use super::remarks::{Item, Rule, item, listed, rule_link, shared};
use super::shell::{Chrome, Link};
use crate::check::{self, Group};
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::Ages;
use crate::report::findings::{Noted, Subject};
use crate::report::quality::Topic;

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    lead: String,
    contents: Markup,
    is_empty: bool,
    now: Vec<Section>,
    other: Vec<Section>,
    allowed: Markup,
    allowed_note: String,
    rules: Vec<RuleGroup>,
}

/// A quarter with what was found in it; without a link, what belongs to none.
#[derive(Debug, Serialize)]
struct Section {
    id: String,
    heading: Link,
    note: String,
    topics: Vec<TopicView>,
}

#[derive(Debug, Serialize)]
struct TopicView {
    heading: &'static str,
    lead: &'static str,
    kinds: Vec<Kind>,
}

/// What was found of one code.
#[derive(Debug, Serialize)]
struct Kind {
    code: &'static str,
    href: String,
    summary: String,
    /// What all its findings say, in message and help.
    message: Markup,
    help: Markup,
    items: Markup,
    more: Markup,
    more_label: String,
    not_shown: String,
}

/// The rules of a group, with how often each spoke.
#[derive(Debug, Serialize)]
struct RuleGroup {
    name: &'static str,
    rules: Vec<RuleRow>,
}

#[derive(Debug, Serialize)]
struct RuleRow {
    link: Link,
    summary: String,
    count: String,
}

/// Findings of one code in one quarter that stand open; the rest is folded.
const OPEN: usize = 6;

/// Findings of one code in one quarter that stand on the page at all; the machine form has the rest.
const SHOWN: usize = 60;

/// Allowed findings on the page.
const ALLOWED: usize = 200;

type ByCode<'a> = BTreeMap<(Topic, usize, &'static str), Vec<(Noted<'a>, Subject<'a>)>>;

/// Returns the page.
pub(super) fn view(maker: Maker<'_>) -> Result<View> {
    let findings = &maker.report.findings;
    let mut sections: BTreeMap<Option<usize>, ByCode<'_>> = BTreeMap::new();
    let mut allowed: Vec<(Noted<'_>, Subject<'_>)> = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (noted, subject) in findings.all() {
        if noted.reason.is_some() {
            allowed.push((noted, subject));
            continue;
        }
        let code = noted.finding.code;
        *counts.entry(code).or_default() += 1;
        let (topic, rank) = Topic::rank(code);
        let section = sections.entry(quarter_of(subject)).or_default();
        section.entry((topic, rank, code)).or_default().push((noted, subject));
    }
    let honesty = counts.iter().filter(|(code, _)| Topic::of(code) == Topic::Honesty).map(|(_, count)| count).sum();
    let all: usize = counts.values().sum();
    let current = maker.report.current();
    let mut now = Vec::new();
    let mut other = Vec::new();
    // The current quarter, what belongs to none, then the others, latest first.
    let empty = ByCode::new();
    for place in [current, None] {
        let found = sections.remove(&place);
        if place.is_some() || found.is_some() {
            now.push(section(maker, place, found.as_ref().unwrap_or(&empty))?);
        }
    }
    for (place, found) in sections.iter().rev() {
        other.push(section(maker, *place, found)?);
    }
    let allowed_note = maker.phrases().not_shown(allowed.len().saturating_sub(ALLOWED));
    let lead = maker.phrases().checks_lead(honesty, all - honesty, allowed.len());
    let allowed: Vec<Item> =
        allowed.into_iter().take(ALLOWED).map(|(noted, subject)| item(maker, noted, subject)).collect();
    Ok(View {
        page: Chrome::new(maker, "checks", maker.words.checks, Ages::default()),
        lead,
        contents: on_page(maker, &now, !other.is_empty(), !allowed.is_empty())?,
        is_empty: all == 0,
        now,
        other,
        allowed_note,
        allowed: listed(maker, &allowed, Rule::Unnamed)?,
        rules: Group::ALL.into_iter().map(|group| rule_group(maker, group, &counts)).collect(),
    })
}

/// Returns the list of the page's parts.
fn on_page(maker: Maker<'_>, now: &[Section], has_other: bool, has_allowed: bool) -> Result<Markup> {
    let words = maker.words;
    let rest = [
        ("other", words.earlier_quarters, has_other),
        ("allowed", words.allowed, has_allowed),
        ("rules", words.looked_for, true),
    ];
    let rest = rest.iter().filter(|(.., is_there)| *is_there).map(|(id, text, _)| (*id, *text));
    contents(maker, now.iter().map(|section| (section.id.as_str(), section.heading.text.as_str())).chain(rest))
}

/// Returns the place of the quarter that a subject belongs to.
pub(super) const fn quarter_of(subject: Subject<'_>) -> Option<usize> {
    match subject {
        Subject::KeyResult(place) => Some(place.team.quarter),
        Subject::Objective(team, _) | Subject::Team(team) => Some(team.quarter),
        Subject::Metric(_) | Subject::Book => None,
    }
}

fn section(maker: Maker<'_>, quarter: Option<usize>, found: &ByCode<'_>) -> Result<Section> {
    let count = |wanted: &dyn Fn(Topic) -> bool| -> usize {
        found.iter().filter(|((topic, ..), _)| wanted(*topic)).map(|(_, items)| items.len()).sum()
    };
    let quarter = quarter.and_then(|place| maker.report.quarters.get(place));
    let mut topics = Vec::new();
    for topic in Topic::ALL {
        let of_topic = found.iter().filter(|((known, ..), _)| *known == topic);
        let kinds = of_topic.map(|((.., code), items)| kind(maker, code, items)).collect::<Result<Vec<Kind>>>()?;
        let (heading, lead) = (maker.phrases().topic(topic), maker.phrases().topic_lead(topic));
        if !kinds.is_empty() {
            topics.push(TopicView { heading, lead, kinds });
        }
    }
    Ok(Section {
        id: quarter.map_or_else(|| "book".to_owned(), |quarter| format!("q-{}", quarter.id())),
        heading: match quarter {
            Some(known) => Link { text: known.plan.heading(), href: maker.link(&routes::quarter(known.id())) },
            None => Link { text: maker.words.book_itself.to_owned(), href: String::new() },
        },
        note: maker.phrases().quarter_remarks(count(&|topic| topic == Topic::Honesty), count(&|_| true)),
        topics,
    })
}

fn kind(maker: Maker<'_>, code: &'static str, found: &[(Noted<'_>, Subject<'_>)]) -> Result<Kind> {
    let mut items: Vec<Item> = found.iter().take(SHOWN).map(|(noted, subject)| item(maker, *noted, *subject)).collect();
    let (message, help) = shared(&mut items);
    // A fold that hides one or two findings costs more than it saves.
    let open = if items.len() <= OPEN + 2 { items.len() } else { OPEN };
    let more = items.split_off(open);
    Ok(Kind {
        code,
        href: rule_link(maker, code).map(|link| link.href).unwrap_or_default(),
        // What every finding says, says more than the rule.
        summary: if message.is_empty() { summary(code) } else { String::new() },
        message,
        help,
        more_label: maker.phrases().more(more.len()),
        items: listed(maker, &items, Rule::Named)?,
        more: listed(maker, &more, Rule::Named)?,
        not_shown: maker.phrases().not_shown(found.len().saturating_sub(SHOWN)),
    })
}

/// Returns what a code means, in a sentence.
fn summary(code: &str) -> String {
    let of_rule = check::rule(code).map(|rule| rule.summary);
    let text = of_rule.or_else(|| check::faults::fault(code).map(|fault| fault.meaning)).unwrap_or_default();
    crate::markdown::to_text(text)
}

fn rule_group(maker: Maker<'_>, group: Group, counts: &BTreeMap<&str, usize>) -> RuleGroup {
    let rules = check::rules().iter().filter(|rule| rule.group == group).map(|rule| RuleRow {
        link: Link { text: rule.code.to_owned(), href: maker.link(&routes::rule(rule.code)) },
        summary: summary(rule.code),
        count: counts.get(rule.code).map(|count| maker.phrases().found_times(*count)).unwrap_or_default(),
    });
    RuleGroup { name: maker.phrases().group(group), rules: rules.collect() }
}
