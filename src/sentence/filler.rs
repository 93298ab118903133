//! Fillers: words before a number that change nothing: "about", "a", "only".
//!
//! In: a token. Out: where the words before it begin. Never skips what gives a number its role.

use crate::words::{Class, Text};

/// Returns the token behind the last one before `first` that is no filler.
pub(super) fn skip_fillers(text: &Text<'_>, first: usize) -> usize {
    let mut at = first;
    while at > 0 && first - at < 5 && (text.has(at - 1, Class::FILLER) || text.is_sign(at - 1, &['~', '=', '≈'])) {
        at -= 1;
    }
    at
}
