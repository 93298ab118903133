//! The evidence of a value, so that a reader can recompute it by hand.

use serde::Serialize;

use super::Maker;
use crate::model::history::Receipt;

/// A receipt as a page prints it.
#[derive(Debug, Serialize)]
pub(super) struct Evidence {
    summary: String,
    how: String,
    files: Vec<FileView>,
}

#[derive(Debug, Serialize)]
struct FileView {
    path: String,
    rows: String,
    lines: String,
    sha256: String,
}

impl Evidence {
    pub(super) fn new(maker: Maker<'_>, receipt: &Receipt) -> Self {
        let format = maker.format;
        let files = receipt.files.iter().map(|file| FileView {
            path: file.path.to_string(),
            rows: format.count(file.rows),
            lines: match (file.first_line, file.last_line) {
                (0, _) => "–".to_owned(),
                (first, last) if first == last => format.count(first),
                (first, last) => format!("{}–{}", format.count(first), format.count(last)),
            },
            sha256: file.sha256.to_string(),
        });
        let phrases = maker.phrases();
        let (summary, how) = (phrases.evidence(receipt), phrases.how_measured(receipt));
        Self { summary, how, files: files.collect() }
    }
}
