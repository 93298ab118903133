//! A finding as documents tell it.

use crate::diag::Level;
use crate::report::findings::Noted;
use crate::report::text::Phrases;
use crate::report::{Report, dates};

/// A finding as documents tell it; what stands in backticks is code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The code of its rule.
    pub code: &'static str,
    /// That it is an error; empty for what is only said.
    pub level: &'static str,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do, as a sentence; empty where there is nothing to say.
    pub help: String,
    /// Why the book allows it; empty where it doesn't.
    pub reason: String,
    /// Where it stands: file and line.
    pub place: String,
}

/// Returns a finding as documents tell it.
#[must_use]
pub fn told(report: &Report<'_>, noted: Noted<'_>) -> Told {
    let finding = noted.finding;
    let position = report.position(&finding.place);
    let line = position.line.map(|line| format!(":{line}")).unwrap_or_default();
    let said = |text: &str| dates::sentence(text, report.format);
    let mut message = finding.message.clone();
    // A label that only repeats what is marked says nothing without its caret.
    if finding.label.contains(' ') {
        message.push_str("; ");
        message.push_str(&finding.label);
    }
    Told {
        code: finding.code,
        level: if finding.level == Level::Error { report.words().error } else { "" },
        message: said(&message),
        help: finding.help.as_deref().map(said).unwrap_or_default(),
        reason: noted.reason.map(|reason| Phrases::new(report.format).allowed_because(reason)).unwrap_or_default(),
        place: format!("{}{line}", position.file),
    }
}
