//! A file of a book, as far as its keys are concerned.
//!
//! In: nothing. Out: what the table of a file says beside its keys.

use crate::yaml::Form;

/// A file of a book.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// What `okrbook schema` calls its form.
    pub name: &'static str,
    /// Its path in a book, with what varies in capitals.
    pub path: &'static str,
    /// Who writes it, and for what.
    pub doc: &'static str,
    /// What it holds.
    pub form: Form,
}
