//! What receipts say about a book's exports, held against them; and what a pull brings home, put in its place.
//!
//! In: the plan and the book's files. Out: the plan with what is known of its exports. Silence in an export that is as a pull
//! wrote it means zero through the day that its receipt names.

use std::path::Path;

use crate::diag::{Diagnostic, Place};
use crate::error::Result;
use crate::hash::Digest;
use crate::model::metric::{Query, Through};
use crate::model::plan::Plan;
use crate::model::pull::{Pull, RECEIPT};
use crate::pull::receipt;
use crate::read::Binary;
use crate::source::Sources;
use crate::write::file;

/// Adds what receipts say to the plan; returns what is wrong with them.
pub(super) fn attach(plan: &mut Plan, sources: &Sources, exports: &[Binary]) -> Result<Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let receipts = sources.iter().filter(|(_, source)| source.path.ends_with(RECEIPT));
    let receipts: Vec<_> = receipts.map(|(_, source)| (source.path.clone(), source.text.clone())).collect();
    for (path, text) in receipts {
        let Some(stem) = path.strip_suffix(RECEIPT) else { continue };
        let export = format!("{stem}.csv");
        let Some(file) = exports.iter().find(|file| *file.path == *export) else { continue };
        match receipt::read(&text) {
            Ok(mut pulled) => {
                pulled.is_edited = Digest::of(&file.bytes()?) != pulled.sha256;
                plan.pulled.insert(file.path.clone(), pulled);
            }
            Err(fault) => {
                let message = format!("this is no receipt of a pull: {fault}");
                let diagnostic = Diagnostic::error("bad-receipt", Place::file(&path), message);
                diagnostics.push(diagnostic.help("restore it with `git checkout`, or pull again"));
            }
        }
    }
    complete(plan);
    Ok(diagnostics)
}

/// Takes the day through which receipts call exports complete, where the book itself says nothing about it.
fn complete(plan: &mut Plan) {
    for metric in plan.metrics.values_mut().filter(|metric| metric.complete_through.is_none()) {
        let Query::Rows(rows) = &metric.query else { continue };
        let known = rows.files.iter().map(|file| plan.pulled.get(file).filter(|pulled| !pulled.is_edited));
        let known: Option<Vec<_>> = known.collect();
        let through = known.and_then(|known| known.iter().map(|pulled| pulled.complete_through).min());
        metric.complete_through = through.map(Through::Pulled);
    }
}

/// Puts a pulled export and its receipt into the book at `root`: both or none.
///
/// # Errors
///
/// Where a link or no file stands in their place, or where the disk says no; both files are then as they were.
pub fn put_pulled(root: &Path, pull: &Pull, csv: &str, receipt: &str) -> Result<()> {
    let receipt_path = Pull::receipt_of(&pull.export);
    file::replace_both(root, [(&pull.export, csv), (&receipt_path, receipt)])
}
