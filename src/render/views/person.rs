//! Somebody: what is theirs over all teams, and what waits for them. No grade stands here.

use serde::Serialize;

use super::remarks::{self, Item, Rule};
use super::shell::{Chrome, Link};
use super::{Maker, facts};
use crate::error::Result;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::decide::{metric_title, title};
use crate::report::shown::{Fact, Target};
use crate::report::{Ages, KeyResultReport, waiting};

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    heading: String,
    facts: Markup,
    /// What they are asked for.
    waiting: Markup,
    cycles: Vec<Cycle>,
    /// How many key results of earlier cycles are left out, in words; empty where none is.
    rest: String,
}

/// A cycle's key results.
#[derive(Debug, Serialize)]
struct Cycle {
    link: Link,
    state: &'static str,
    key_results: Vec<Owned>,
}

#[derive(Debug, Serialize)]
struct Owned {
    link: Link,
    team: String,
    sentence: String,
}

/// The most key results that a page lists; the latest stand there.
const LIMIT: usize = 200;

/// Returns the page of the owner at a place among all.
pub(super) fn view(maker: Maker<'_>, place: usize) -> Result<Option<View>> {
    let report = maker.report;
    let Some(owner) = report.owners().get(place) else { return Ok(None) };
    let mut stated: Vec<Fact<'_>> = Vec::new();
    stated.extend(facts::stated(maker.words.team, owner.team.map(|team| report.team_name(team)).unwrap_or_default()));
    stated.extend(owner.leads.iter().filter_map(|team| facts::stated(maker.words.leads, team.name.as_str())));
    stated.extend(owner.metrics.iter().map(|metric| Fact {
        term: maker.words.metrics,
        text: metric_title(metric).into(),
        target: Some(Target::Metric(&metric.id)),
    }));
    let mut cycles: Vec<Cycle> = Vec::new();
    for known in owner.key_results.iter().rev().take(LIMIT).filter_map(|place| report.key_result(*place)) {
        let name = known.team.cycle();
        if cycles.last().is_none_or(|cycle| cycle.link.text != name) {
            let href = maker.link(&routes::quarter(known.team.quarter.id));
            let state = maker.phrases().state(known.team.state);
            cycles.push(Cycle { link: Link { text: name, href }, state, key_results: Vec::new() });
        }
        if let Some(cycle) = cycles.last_mut() {
            cycle.key_results.push(owned(maker, &known));
        }
    }
    cycles.iter_mut().for_each(|cycle| cycle.key_results.reverse());
    let waiting =
        waiting::waiting(report, owner).into_iter().map(|(noted, subject)| remarks::item(maker, noted, subject));
    let waiting: Vec<Item> = waiting.collect();
    let left = owner.key_results.len().saturating_sub(LIMIT);
    Ok(Some(View {
        page: Chrome::new(maker, "people", owner.name, Ages::default())
            .crumb(maker.words.people.to_owned(), maker.link(routes::PEOPLE)),
        heading: owner.name.to_owned(),
        facts: facts::list(maker, &stated)?,
        waiting: remarks::listed(maker, &waiting, Rule::Named)?,
        cycles,
        rest: if left > 0 { maker.phrases().more_key_results(left) } else { String::new() },
    }))
}

fn owned(maker: Maker<'_>, known: &KeyResultReport<'_>) -> Owned {
    Owned {
        link: Link { text: title(&known.plan.title.value).into_owned(), href: maker.href(&Target::KeyResult(*known)) },
        team: known.team.name.to_owned(),
        sentence: known.sentence(maker.format),
    }
}
