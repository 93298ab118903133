//! Packets as PDF files, set by the engine that is built in.
//!
//! In: a report and what is wanted of it. Out: a tagged, archival PDF, the same bytes for the same report. All text goes
//! to the engine as data, never as its language; there is no file, network, package or clock behind it. Without the
//! cargo feature `pdf` there is no engine, and whoever asks is told where else to find a packet.

#[cfg(any(feature = "pdf", test))]
mod bounds;
#[cfg(any(feature = "pdf", test))]
mod brought;
#[cfg(feature = "pdf")]
mod engine;
mod extras;
#[cfg(any(feature = "pdf", test))]
mod fonts;
#[cfg(any(feature = "pdf", test))]
mod height;
#[cfg(feature = "pdf")]
mod input;
#[cfg(any(feature = "pdf", test))]
mod letters;
#[cfg(any(feature = "pdf", test))]
mod prose;
#[cfg(any(feature = "pdf", test))]
mod weight;

use crate::error::{Error, Result};
use crate::read::Binary;
use crate::report::Report;
use crate::report::packet::Scope;

pub use extras::{Attachment, Extras};

/// Whether this program can make PDF files.
pub const AVAILABLE: bool = cfg!(feature = "pdf");

/// A packet as PDF.
#[derive(Debug)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font has; a square stands for each.
    pub missing: Vec<char>,
}

/// Returns what is wrong where a program without an engine is asked for a PDF.
///
/// # Errors
///
/// Where this program was built without one.
pub fn require(print_page: &str) -> Result<()> {
    if AVAILABLE {
        return Ok(());
    }
    Err(Error::usage_with_help(
        "this okrbook was built without its PDF engine",
        format!(
            "print {print_page} of the site from any browser, or get PDF files with \
             `cargo install okrbook --features pdf`"
        ),
    ))
}

/// Returns those of a book's assets that its packets are made with: the logo and fonts.
///
/// # Errors
///
/// Where one of them is larger than a packet can afford, or can't be looked at.
#[cfg(feature = "pdf")]
pub fn needed<'a>(assets: &'a [Binary], logo: Option<&str>) -> Result<Vec<&'a Binary>> {
    let mut sizes = brought::Sizes::default();
    let mut needed = Vec::new();
    for file in assets {
        if Some(&*file.path) == logo {
            brought::logo_fits(&file.path, file.size()?)?;
        } else if brought::is_font(&file.path) {
            sizes.add(&file.path, file.size()?)?;
        } else {
            continue;
        }
        needed.push(file);
    }
    Ok(needed)
}

/// Returns those of a book's assets that its packets are made with: none, without an engine.
///
/// # Errors
///
/// Never.
#[cfg(not(feature = "pdf"))]
pub fn needed<'a>(_assets: &'a [Binary], _logo: Option<&str>) -> Result<Vec<&'a Binary>> {
    Ok(Vec::new())
}

/// Returns the packet of a scope as PDF; nothing where the report has no such quarter or team.
///
/// # Errors
///
/// Where something can't be laid out, the book's own template is wrong, or there is no engine.
#[cfg(feature = "pdf")]
pub fn pdf(report: &Report<'_>, scope: Scope, extras: &Extras<'_>) -> Result<Option<Pdf>> {
    let Some(input) = input::input(report, scope, extras)? else { return Ok(None) };
    let (bytes, pages) = engine::compile(input.job)?;
    Ok(Some(Pdf { bytes, pages, missing: input.missing }))
}

/// Returns the packet of a scope as PDF; nothing where the report has no such quarter or team.
///
/// # Errors
///
/// Always: there is no engine.
#[cfg(not(feature = "pdf"))]
pub fn pdf(_report: &Report<'_>, _scope: Scope, _extras: &Extras<'_>) -> Result<Option<Pdf>> {
    require("a packet page").map(|()| None)
}
