//! A page of the book's own.

use serde::Serialize;

use super::Maker;
use super::key_result::body;
use super::shell::Chrome;
use crate::render::markup::Markup;
use crate::render::routes;
use crate::report::Ages;

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    heading: String,
    body: Markup,
}

/// Returns the page at a place among the book's own.
pub(super) fn view(maker: Maker<'_>, place: usize) -> Option<View> {
    let page = maker.report.inputs.plan.pages.get(place)?;
    Some(View {
        page: Chrome::new(maker, "", page.title.clone(), Ages::default()).in_section(routes::own_page(&page.id)),
        heading: page.title.clone(),
        body: body(maker, page.body.markdown(), 1),
    })
}
