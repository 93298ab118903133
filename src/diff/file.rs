//! A file of a build as it is given.
//!
//! In: what it is called and what is in it; who reads files stays outside. Out: the same two, handed on together, so that a
//! message can name the file.

/// A file's name, for messages, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// What people call it: a path.
    pub name: &'a str,
    /// What is in it.
    pub text: &'a str,
}
