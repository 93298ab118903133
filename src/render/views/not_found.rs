//! The page for addresses that lead nowhere.

use serde::Serialize;

use super::Maker;
use super::shell::Chrome;
use crate::render::routes;
use crate::report::Ages;

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    home: String,
}

/// Returns the page.
pub(super) fn view(maker: Maker<'_>) -> View {
    View { page: Chrome::new(maker, "", maker.words.not_found, Ages::default()), home: maker.link(routes::INDEX) }
}
