//! What is wrong with the book, with places.

use serde::Serialize;

use super::Maker;
use super::shell::Chrome;
use crate::diag::{Diagnostic, Level};
use crate::report::decide::Ages;

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    lead: String,
    files: Vec<FileView>,
}

/// A file with what is wrong in it.
#[derive(Debug, Serialize)]
struct FileView {
    path: String,
    findings: Vec<FindingView>,
}

#[derive(Debug, Serialize)]
struct FindingView {
    line: String,
    level: &'static str,
    word: &'static str,
    code: &'static str,
    message: String,
    label: String,
    help: String,
}

/// The most findings on the page; the machine form has all.
const LIMIT: usize = 2000;

/// Returns the page.
pub(super) fn view(maker: Maker<'_>) -> View {
    let findings = maker.report.inputs.findings;
    let mut files: Vec<FileView> = Vec::new();
    for finding in findings.iter().take(LIMIT) {
        let place = maker.report.position(&finding.place);
        let line = place.line.map(|line| maker.format.count(line)).unwrap_or_default();
        let view = finding_view(maker, finding, line);
        match files.last_mut() {
            Some(file) if file.path == place.file => file.findings.push(view),
            _ => files.push(FileView { path: place.file, findings: vec![view] }),
        }
    }
    let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
    View {
        page: Chrome::new(maker, "checks", maker.words.checks, Ages::default()),
        lead: maker.phrases().findings(errors, findings.len() - errors, findings.len().saturating_sub(LIMIT)),
        files,
    }
}

fn finding_view(maker: Maker<'_>, finding: &Diagnostic, line: String) -> FindingView {
    let (level, word) = match finding.level {
        Level::Error => ("error", maker.words.error),
        Level::Warning => ("warning", maker.words.warning),
    };
    FindingView {
        line,
        level,
        word,
        code: finding.code,
        message: finding.message.clone(),
        label: finding.label.clone(),
        help: finding.help.clone().unwrap_or_default(),
    }
}
