//! The sealed quarters, each with its digest, and how anybody checks them.

use serde::Serialize;

use super::Maker;
use super::shell::{Chrome, Link};
use crate::model::archive::{Bag, BagState};
use crate::render::routes;
use crate::report::Ages;

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    seals: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    quarter: Link,
    /// Whether the quarter has pages to link to.
    is_linked: bool,
    revision: String,
    state: String,
    date: String,
    made_by: String,
    company: String,
    result: String,
    reason: String,
    digest: String,
    folder: String,
}

/// Returns the page, latest quarter first.
pub(super) fn view(maker: Maker<'_>) -> View {
    let bags = maker.report.inputs.archive.bags.iter().rev();
    View {
        page: Chrome::new(maker, "archive", maker.words.archive, Ages::default()),
        seals: bags.map(|bag| row(maker, bag)).collect(),
    }
}

fn row(maker: Maker<'_>, bag: &Bag) -> Row {
    let phrases = maker.phrases();
    let id = bag.name.quarter;
    let about = bag.about.as_ref();
    let text = |of: Option<String>| of.unwrap_or_default();
    Row {
        quarter: Link { text: id.to_string(), href: maker.link(&routes::quarter(id)) },
        is_linked: bag.state == BagState::Counts,
        revision: phrases.revision(bag.name),
        state: phrases.seal_state(&bag.state),
        date: text(about.map(|about| maker.format.day(about.as_of))),
        made_by: text(about.map(|about| format!("okrbook {}", about.made_by))),
        company: text(about.map(|about| phrases.seal_company(about))),
        result: text(about.map(|about| phrases.seal_result(about))),
        reason: text(about.and_then(|about| about.reason.clone())),
        digest: text(bag.digest.map(|digest| digest.to_string())),
        folder: format!("archive/{}", bag.name),
    }
}
