//! Findings that a book allows in comments: `# okrbook-allow(code): reason`.
//!
//! In: texts and findings. Out: the findings without those that are allowed, and these with their reasons. An allowance
//! without a reason, of an unknown code or of a fault allows nothing and is a finding itself; so is one that is not
//! needed. Nothing vanishes: what is allowed is handed on.

mod scan;

use std::collections::{BTreeMap, BTreeSet};

use super::levels::Levels;
use super::rules::unused_allow;
use super::{faults, rule, rules};
use crate::diag::{self, Allowed, Diagnostic, Level, Place};
use crate::source::{FileId, Sources, Span, Spanned};
use scan::Comment;

/// Takes the allowed findings out of `findings`, adds what is wrong with allowances, and returns what is allowed.
#[must_use]
pub fn allow(sources: &Sources, levels: &Levels<'_>, findings: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let mut allowances = Allowances::default();
    for (file, source) in sources.iter() {
        for comment in scan::comments(file, source) {
            allowances.read(&comment, findings);
        }
    }
    if allowances.by_file.is_empty() {
        return Vec::new();
    }
    // Where something was dropped, its findings are missing, and an allowance may only seem to be unused.
    let faulty: BTreeSet<FileId> =
        findings.iter().filter(|found| is_fault(found)).filter_map(|found| found.place.file_id()).collect();
    let mut allowed = Vec::new();
    findings.retain(|finding| match allowances.reason(finding) {
        Some((place, reason)) => {
            allowed.push(Allowed { finding: finding.clone(), place, reason });
            false
        }
        None => true,
    });
    if levels.wants(unused_allow::CODE) {
        findings.extend(allowances.unused(levels, &faulty));
    }
    allowed
}

fn is_fault(finding: &Diagnostic) -> bool {
    finding.level == Level::Error && rule(finding.code).is_none() && finding.code != "bad-allow"
}

/// One code that one comment allows.
#[derive(Debug)]
struct Allowance {
    code: Spanned<&'static str>,
    /// Bytes in which findings begin that it allows.
    covers: std::ops::Range<usize>,
    reason: String,
    is_used: bool,
}

#[derive(Debug, Default)]
struct Allowances {
    by_file: BTreeMap<FileId, Vec<Allowance>>,
}

impl Allowances {
    /// Reads a comment; what is wrong with it is a finding.
    fn read(&mut self, comment: &Comment<'_>, findings: &mut Vec<Diagnostic>) {
        if comment.codes.is_empty() {
            let diagnostic = Diagnostic::error("bad-allow", comment.span, "this allowance names no rule");
            findings.push(diagnostic.help("write the rule's code in brackets: `okrbook-allow(milestone): reason`"));
            return;
        }
        let known: Vec<Spanned<&'static str>> =
            comment.codes.iter().filter_map(|code| known(code).map_err(|fault| findings.push(*fault)).ok()).collect();
        if comment.reason.is_empty() {
            let code = comment.codes[0].value;
            let diagnostic = Diagnostic::error("bad-allow", comment.span, "this allowance gives no reason");
            findings.push(diagnostic.label("why?").help(format!("write it behind: `okrbook-allow({code}): reason`")));
            return;
        }
        let allowances = self.by_file.entry(comment.span.file).or_default();
        allowances.extend(known.into_iter().map(|code| Allowance {
            code,
            covers: comment.covers.clone(),
            reason: comment.reason.to_owned(),
            is_used: false,
        }));
    }

    /// Returns why a finding is allowed, and where that stands.
    fn reason(&mut self, finding: &Diagnostic) -> Option<(Span, String)> {
        let Place::Text(span) = finding.place else { return None };
        let allowances = self.by_file.get_mut(&span.file)?;
        let start = span.start as usize;
        let found =
            allowances.iter_mut().find(|known| known.code.value == finding.code && known.covers.contains(&start))?;
        found.is_used = true;
        Some((found.code.span, found.reason.clone()))
    }

    fn unused(&self, levels: &Levels<'_>, faulty: &BTreeSet<FileId>) -> Vec<Diagnostic> {
        let all = self.by_file.iter().filter(|(file, _)| !faulty.contains(file)).flat_map(|(_, known)| known);
        let unused = all.filter(|known| !known.is_used && levels.wants(known.code.value));
        let finding = |known: &Allowance| {
            let message = format!("`{}` is allowed here and isn't found", known.code.value);
            Diagnostic::warning(unused_allow::CODE, &known.code, message).help("remove it from the comment")
        };
        let mut findings: Vec<Diagnostic> = unused.map(finding).collect();
        levels.apply(&mut findings);
        findings
    }
}

/// Returns the rule's code that is meant, or what is wrong with it.
fn known(code: &Spanned<&str>) -> Result<Spanned<&'static str>, Box<Diagnostic>> {
    match rule(code.value) {
        Some(rule) if rule.code != unused_allow::CODE => return Ok(Spanned::new(rule.code, code.span)),
        Some(_) => {
            let diagnostic = Diagnostic::error("bad-allow", code, "an unused allowance can't be allowed");
            return Err(Box::new(diagnostic.help("remove the comment that isn't used")));
        }
        None => {}
    }
    if faults::fault(code.value).is_some() {
        let message = format!("`{}` is a fault of the input, which can't be allowed", code.value);
        let help = format!("mend it; `okrbook explain {}` says how", code.value);
        return Err(Box::new(Diagnostic::error("bad-allow", code, message).help(help)));
    }
    let diagnostic = Diagnostic::error("bad-allow", code, format!("no rule has the code `{}`", code.value));
    let spelt = code.value.to_lowercase().replace(['_', ' '], "-");
    Err(Box::new(match diag::nearest(&spelt, rules().iter().map(|rule| rule.code)) {
        Some(near) => diagnostic.help(format!("write `{near}`")),
        None => diagnostic.help("write a code as findings show it in brackets: `milestone`"),
    }))
}
