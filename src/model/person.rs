//! People, as the settings name them.

use super::ids::Slug;
use crate::source::Spanned;

/// Somebody who owns something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What `owners:` call them.
    pub id: Slug,
    /// What people call them.
    pub name: String,
    /// The team that they belong to.
    pub team: Option<Spanned<Slug>>,
}
