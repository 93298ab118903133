//! The answer above the fold of a cycle's pages.

use serde::Serialize;

use super::Maker;
use super::shell::Link;
use crate::render::routes;
use crate::report::QuarterReport;
use crate::report::answer::{self, Column, Item};

/// What a reader should know first of a cycle.
#[derive(Debug, Serialize)]
pub(super) struct FoldView {
    pub(super) verdict: String,
    columns: Vec<ColumnView>,
}

#[derive(Debug, Serialize)]
struct ColumnView {
    id: &'static str,
    title: &'static str,
    items: Vec<ItemView>,
    rest: String,
    /// Where the others stand.
    more: String,
    nothing: &'static str,
}

#[derive(Debug, Serialize)]
struct ItemView {
    link: Link,
    reason: String,
    whose: String,
}

/// The ids of the columns.
const IDS: [&str; 3] = ["going-well", "needs-you", "doubtful"];

/// Returns what a reader should know first of a cycle.
pub(super) fn fold(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> FoldView {
    let known = answer::answer(maker.report, quarter);
    let id = quarter.id();
    let scores = maker.link(&format!("{}#scores", routes::quarter(id)));
    let doubts = maker.link(&format!("{}#q-{id}", routes::CHECKS));
    let more = [&scores, &scores, &doubts];
    let column = |((column, id), more): ((Column<'_>, &'static str), &String)| ColumnView {
        id,
        title: column.title,
        items: column.items.iter().map(|known| item(maker, known)).collect(),
        rest: column.rest,
        more: more.clone(),
        nothing: column.nothing,
    };
    let columns = known.columns.into_iter().zip(IDS).zip(more).map(column).collect();
    FoldView { verdict: known.verdict, columns }
}

fn item(maker: Maker<'_>, known: &Item<'_>) -> ItemView {
    let link = Link { text: known.title.to_string(), href: maker.href(&known.target) };
    ItemView { link, reason: known.reason.clone(), whose: known.whose.clone() }
}
