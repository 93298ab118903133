//! New text for a book's files, as values: what it says is decided here, writing it is the program's.

pub mod add_metric;
pub mod amend;
pub mod check_in;
pub(crate) mod emit;
pub mod init;
pub mod lock;
mod lock_text;
pub mod review;
pub mod start;

use crate::diag;
use crate::error::Error;
use crate::model::ids::CycleId;

/// Returns the error for a team that a quarter doesn't have.
#[must_use]
pub fn unknown_team<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone, quarter: CycleId) -> Error {
    let message = format!("{quarter} has no objectives of a team `{name}`");
    match diag::nearest(name, known.clone()) {
        Some(near) if near != name => Error::usage_with_help(message, format!("write `{near}`")),
        _ => {
            let names: Vec<&str> = known.take(12).collect();
            Error::usage_with_help(message, format!("it has {}", names.join(", ")))
        }
    }
}
