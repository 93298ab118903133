//! A file that is brought in.
//!
//! In: nothing. Out: its name and its bytes, as they were read.

/// A file that is brought in.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its name in messages.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}
