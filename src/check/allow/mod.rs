//! Findings that a book allows in comments: `# okrbook-allow(code): reason`.
//!
//! In: texts and findings. Out: the findings without those that are allowed, and these with their reasons. An allowance
//! without a reason, of an unknown code or of a fault allows nothing and is a finding itself; so is one that is not
//! needed. Nothing vanishes: what is allowed is handed on.

mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::levels::Levels;
use super::rules::unused_allow;
use super::{faults, rule, rules};
use crate::diag::{self, Allowed, Diagnostic, Level, Place};
use crate::source::{FileId, Sources, Span, Spanned};
use scan::Comment;

/// Takes the allowed findings out of `findings`, adds what is wrong with allowances, and returns what is allowed.
#[must_use]
pub fn allow(sources: &Sources, levels: &Levels<'_>, findings: &mut Vec<Diagnostic>) -> Vec<Allowed> {
    let mut allowances = Allowances { by_file: BTreeMap::new(), suggestions: 50 };
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
    let mut reasons = allowances.settle(findings).into_iter();
    findings.retain(|finding| match reasons.next().flatten() {
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
    reason: Arc<str>,
    is_used: bool,
}

#[derive(Debug)]
struct Allowances {
    by_file: BTreeMap<FileId, Vec<Allowance>>,
    /// How often a right spelling is still looked for; a book with more wrong codes has another trouble.
    suggestions: usize,
}

/// The places among all of what has one code in one file.
type ByCode<T> = BTreeMap<(FileId, &'static str), Vec<T>>;

impl Allowances {
    /// Reads a comment; what is wrong with it is a finding.
    fn read(&mut self, comment: &Comment<'_>, findings: &mut Vec<Diagnostic>) {
        if comment.codes.is_empty() {
            let diagnostic = Diagnostic::error("bad-allow", comment.span, "this allowance names no rule");
            findings.push(diagnostic.help("write the rule's code in brackets: `okrbook-allow(milestone): reason`"));
            return;
        }
        let suggestions = &mut self.suggestions;
        let codes = comment.codes.iter();
        let known: Vec<Spanned<&'static str>> =
            codes.filter_map(|code| known(code, suggestions).map_err(|fault| findings.push(*fault)).ok()).collect();
        if comment.reason.is_empty() {
            let code = comment.codes[0].value;
            let diagnostic = Diagnostic::error("bad-allow", comment.span, "this allowance gives no reason");
            findings.push(diagnostic.label("why?").help(format!("write it behind: `okrbook-allow({code}): reason`")));
            return;
        }
        let reason: Arc<str> = comment.reason.into();
        let allowances = self.by_file.entry(comment.span.file).or_default();
        allowances.extend(known.into_iter().map(|code| Allowance {
            code,
            covers: comment.covers.clone(),
            reason: reason.clone(),
            is_used: false,
        }));
    }

    /// Returns for each finding why it is allowed, and where that stands: the first allowance of its code that covers
    /// it. Findings and allowances of a code are walked over once, side by side.
    fn settle(&mut self, findings: &[Diagnostic]) -> Vec<Option<(Span, Arc<str>)>> {
        let mut reasons = vec![None; findings.len()];
        let mut found: ByCode<(usize, usize)> = BTreeMap::new();
        for (place, finding) in findings.iter().enumerate() {
            if let Place::Text(span) = finding.place {
                found.entry((span.file, finding.code)).or_default().push((span.start as usize, place));
            }
        }
        let mut allowances: ByCode<usize> = BTreeMap::new();
        for (file, known) in &self.by_file {
            for (place, known) in known.iter().enumerate() {
                allowances.entry((*file, known.code.value)).or_default().push(place);
            }
        }
        for ((file, code), mut places) in allowances {
            let Some(found) = found.get_mut(&(file, code)) else { continue };
            let Some(known) = self.by_file.get_mut(&file) else { continue };
            found.sort_unstable();
            places.sort_by_key(|place| known[*place].covers.start);
            let mut next = places.into_iter().peekable();
            let mut begun: BTreeSet<usize> = BTreeSet::new();
            for (start, finding) in found {
                begun.extend(std::iter::from_fn(|| next.next_if(|place| known[*place].covers.start <= *start)));
                while begun.first().is_some_and(|first| known[*first].covers.end <= *start) {
                    begun.pop_first();
                }
                let Some(first) = begun.first().map(|first| &mut known[*first]) else { continue };
                first.is_used = true;
                reasons[*finding] = Some((first.code.span, first.reason.clone()));
            }
        }
        reasons
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
fn known(code: &Spanned<&str>, suggestions: &mut usize) -> Result<Spanned<&'static str>, Box<Diagnostic>> {
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
    let known = rules().iter().map(|rule| rule.code).take_while(|_| *suggestions > 0);
    let near = diag::nearest(&spelt, known);
    *suggestions = suggestions.saturating_sub(1);
    Err(Box::new(match near {
        Some(near) => diagnostic.propose(near),
        None => diagnostic.help("write a code as findings show it in brackets: `milestone`"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_finding_is_allowed_by_the_first_allowance_that_covers_it() {
        const COUNT: usize = 50_000;
        let head = "# okrbook-allow(milestone): all\nobjectives:\n";
        let row = |place: usize| format!("  - k{place}: 1 # okrbook-allow(milestone, no-number): own\n");
        let text = head.to_owned() + &(0..COUNT).map(row).collect::<String>();
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", &text);
        let starts = text.match_indices("- k").map(|(start, _)| Span::new(file, start..start + 3));
        let finding = |(place, span)| Diagnostic::warning(["milestone", "no-metric"][place % 2], span, "found");
        let mut findings: Vec<Diagnostic> = starts.enumerate().map(finding).collect();
        let allowed = allow(&sources, &Levels::new(&[]), &mut findings);
        assert_eq!(allowed.len(), COUNT / 2);
        assert!(allowed.iter().all(|known| &*known.reason == "own"), "the items of a list belong to no line above");
        // The comment above all, each second one's milestone, and all that no finding asks for.
        let unused = findings.iter().filter(|found| found.code == unused_allow::CODE).count();
        assert_eq!(unused, 1 + COUNT / 2 + COUNT);
        assert_eq!(findings.len() - unused, COUNT / 2);
    }

    #[test]
    fn of_two_allowances_that_cover_a_finding_the_first_gives_the_reason() {
        let text = "# okrbook-allow(milestone): first\na:\n  # okrbook-allow(milestone): second\n  b: 1\nc: 1\n";
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text);
        let place = |word: &str| Span::new(file, text.find(word).expect("there")..text.len());
        let mut findings = vec![
            Diagnostic::warning("milestone", place("c: 1"), "outside"),
            Diagnostic::warning("milestone", place("b: 1"), "inside"),
        ];
        let allowed = allow(&sources, &Levels::new(&[]), &mut findings);
        let allowed: Vec<_> = allowed.iter().map(|known| (&*known.finding.message, &*known.reason)).collect();
        assert_eq!(allowed, [("inside", "first")]);
        let left: Vec<_> = findings.iter().map(|found| (found.code, &*found.message)).collect();
        assert_eq!(left, [("milestone", "outside"), ("unused-allow", "`milestone` is allowed here and isn't found")]);
    }
}
