//! The files under `assets/`: which of them may be published, and what is wrong with the others.
//!
//! In: their paths. Out: those that pass with their bytes, which are the ones that were looked at, and a finding for each
//! of the others. What is refused here reaches no page, no packet and no seal.

use std::sync::Arc;

use super::binary::{Binary, TEXT_LIMIT};
use crate::diag::{Diagnostic, LinePlace, Place};
use crate::error::Result;
use crate::par;
use crate::publishable::{self, Refusal};

/// The largest asset that is published, in bytes.
const LIMIT: u64 = 64 << 20;

/// How much of a line is shown before what is wrong in it, and of that and of what follows.
const SHOWN: [usize; 2] = [1_000, 80];

/// What looking at the files under `assets/` gave.
#[derive(Default)]
pub(super) struct Passed {
    /// Those that may be published.
    pub(super) assets: Vec<Binary>,
    /// Paths of the others.
    pub(super) refused: Vec<Arc<str>>,
    /// What is wrong with them.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Returns which assets may be published.
///
/// # Errors
///
/// Where one can't be read.
pub(super) fn passing(found: &[Binary]) -> Result<Passed> {
    let mut passed = Passed::default();
    for (file, outcome) in found.iter().zip(par::map_ordered(found, look)) {
        match outcome? {
            Ok(bytes) => passed.assets.push(Binary { kept: Some(bytes), ..file.clone() }),
            Err(diagnostic) => {
                passed.refused.push(file.path.clone());
                passed.diagnostics.push(*diagnostic);
            }
        }
    }
    Ok(passed)
}

type Looked = Result<std::result::Result<Arc<[u8]>, Box<Diagnostic>>>;

fn look(file: &Binary) -> Looked {
    let limit = if publishable::is_read_whole(&file.path) { TEXT_LIMIT } else { LIMIT };
    let bytes = file.bytes_up_to(limit)?;
    if bytes.len() as u64 > limit {
        let message = format!("{} is not published: it is larger than {} MiB", file.path, limit >> 20);
        let diagnostic = Diagnostic::error("unknown-asset", Place::file(&file.path), message);
        return Ok(Err(Box::new(diagnostic.help("make it smaller, or keep it outside of assets/"))));
    }
    Ok(match publishable::asset(&file.path, &bytes) {
        Ok(()) => Ok(bytes.into()),
        Err(refusal) => Err(Box::new(told(file, &bytes, &refusal))),
    })
}

fn told(file: &Binary, bytes: &[u8], refusal: &Refusal) -> Diagnostic {
    let code = if refusal.is_active { "active-asset" } else { "unknown-asset" };
    let (place, what) = match place(file, bytes, refusal) {
        Some(place) => (place, refusal.what.clone()),
        None => (Place::file(&file.path), refusal.told(bytes)),
    };
    Diagnostic::error(code, place, format!("{} is not published: {what}", file.path)).help(refusal.help)
}

/// Returns the line with what is wrong; nothing where the file is wrong as a whole, or where that line is too long.
fn place(file: &Binary, bytes: &[u8], refusal: &Refusal) -> Option<Place> {
    let at = refusal.at.as_ref()?;
    let (before, rest) = bytes.split_at(at.start.min(bytes.len()));
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    if before.len() - start > SHOWN[0] {
        return None;
    }
    let rest = rest.split(|byte| *byte == b'\n' || *byte == b'\r').next().unwrap_or_default();
    let (wrong, behind) = rest.split_at(at.len().min(rest.len()).min(SHOWN[1]));
    let mut text = String::from_utf8_lossy(&before[start..]).into_owned();
    let from = text.len();
    text.push_str(&String::from_utf8_lossy(wrong));
    let to = text.len();
    text.push_str(&String::from_utf8_lossy(&behind[..behind.len().min(SHOWN[1])]));
    Some(LinePlace { path: file.path.clone(), line: line as u64, text, start: from, end: to }.into())
}
