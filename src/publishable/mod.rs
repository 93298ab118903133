//! What may be published: files that browsers, spreadsheets and readers of mail only show.
//!
//! In: a path and the bytes of a file, which anybody may have written. Out: nothing where the file is of a kind that runs
//! nothing, holds what its name says and loads nothing from elsewhere; else what is wrong with it, where, and what to do.
//! All is decided by lists of what is allowed, never of what is forbidden, and texts are read so strictly that every
//! browser reads them in the same way. Changes nothing.

mod address;
mod drawing;
mod kind;
mod page;
mod pieces;
mod refusal;
mod script;
mod sheet;
mod spaces;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use kind::BEGINNING;
pub use page::POLICIES;
pub use refusal::{Outcome, Refusal};
pub use table::formula;

use kind::Kind;

/// The largest style sheet, drawing or page that is read.
const TEXT_LIMIT: usize = 64 << 20;

/// Looks at a file that a book brings along, by its path in the book (`assets/logo.svg`).
///
/// # Errors
///
/// Where it may not be published.
pub fn asset(path: &str, bytes: &[u8]) -> Outcome {
    match kind::of_asset(path)? {
        Kind::Drawing => drawing::look(text(bytes)?),
        Kind::Sheet => sheet::look(text(bytes)?, sheet::Place::File),
        kind => kind::holds(kind, bytes),
    }
}

/// Looks at a file of a sealed quarter's site, by its path in the site.
///
/// # Errors
///
/// Where it may not be published.
pub fn sealed(path: &str, bytes: &[u8]) -> Outcome {
    match kind::of_site(path)? {
        Kind::Page => page::look(text(bytes)?),
        Kind::Feed => drawing::look_at_feed(text(bytes)?),
        Kind::Data => table::look_at_json(text(bytes)?),
        Kind::Table => table::look(text(bytes)?),
        Kind::Drawing => drawing::look(text(bytes)?),
        Kind::Sheet => sheet::look(text(bytes)?, sheet::Place::File),
        Kind::Script => script::look(bytes),
        kind => kind::holds(kind, bytes),
    }
}

/// Says whether a file of this path is looked at as a whole; of all others the beginning decides.
#[must_use]
pub fn is_read_whole(path: &str) -> bool {
    !matches!(kind::of_asset(path), Ok(kind) if kind.is_binary())
}

/// Returns a text that every reader decodes in the same way.
fn text(bytes: &[u8]) -> Result<&str, Refusal> {
    const HELP: &str = "save it as UTF-8 in your editor";
    if bytes.len() > TEXT_LIMIT {
        return Err(Refusal::unknown("it is larger than the 64 MiB that are read", "make it smaller"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Refusal::active("it is not UTF-8, so that two readers may read two texts", HELP).at(at, at)
    })?;
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    match text.bytes().position(is_control) {
        Some(at) => Err(Refusal::active("it holds a control character", "remove the character").at(at, at + 1)),
        None => Ok(text),
    }
}
