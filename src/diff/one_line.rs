//! Anybody's words on one line of what is printed.
//!
//! In: a title, a message, an id. Out: the same without line ends and without what a terminal would obey.

use crate::unseen::inert;

/// Returns words on one line, without signs that steer a terminal or the direction of writing.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    inert::line(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}
