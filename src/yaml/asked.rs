//! Which keys the readers of this process ask for; compiled for tests only.
//!
//! In: each question that a reader asks. Out: whether one asked for a key of a mapping.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Mappings and keys, as `Shape::name` and `Key::name` call them.
static ASKED: Mutex<BTreeSet<(&str, String)>> = Mutex::new(BTreeSet::new());

/// Notes that a reader asks for a key, whether it is there or not.
pub(super) fn note(shape: &'static str, key: &str) {
    asked().insert((shape, key.to_owned()));
}

/// Says whether a reader asked for a key of a mapping.
pub(crate) fn has(shape: &'static str, key: &str) -> bool {
    asked().contains(&(shape, key.to_owned()))
}

fn asked() -> MutexGuard<'static, BTreeSet<(&'static str, String)>> {
    // A test that fails elsewhere says nothing about what was asked.
    ASKED.lock().unwrap_or_else(PoisonError::into_inner)
}
