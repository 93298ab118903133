//! The page at an earlier address, which leads to today's.

use serde::Serialize;

use super::Maker;
use super::shell::{Chrome, Link};
use crate::render::redirects;
use crate::render::routes::Target;
use crate::report::Ages;

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    link: Link,
    /// The address in full, where the book says where its site stands.
    canonical: String,
}

/// Returns the page that leads to a target.
pub(super) fn view(maker: Maker<'_>, target: Target) -> Option<View> {
    let (path, title) = redirects::target(maker.report, target)?;
    let link = Link { text: title.clone(), href: maker.link(&path) };
    let base = maker.report.inputs.identity.base_url.as_deref();
    let canonical = base.map_or_else(|| link.href.clone(), |base| format!("{base}{path}"));
    Some(View { page: Chrome::new(maker, "redirect", title, Ages::default()), link, canonical })
}
