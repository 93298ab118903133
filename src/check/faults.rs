//! What is said about codes that are no rules: faults of texts, settings and exports.
//!
//! In: `assets/faults.md`, which is compiled in. Out: for each code what it means and what to do.

use std::sync::OnceLock;

static TEXT: &str = include_str!("../../assets/faults.md");

/// How much a fault matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultLevel {
    /// Something was dropped; the level can't be lowered.
    Error,
    /// A doubt; a book may make it an error or switch it off.
    Warning,
    /// One or the other, by its place.
    Both,
}

/// What is said about a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Its code.
    pub code: &'static str,
    /// How much it matters.
    pub level: FaultLevel,
    /// What it means, as Markdown.
    pub meaning: &'static str,
    /// What to do, as Markdown.
    pub cure: &'static str,
}

/// Returns all faults, by code.
#[must_use]
pub fn faults() -> &'static [Fault] {
    static FAULTS: OnceLock<Vec<Fault>> = OnceLock::new();
    FAULTS.get_or_init(|| TEXT.split("\n## ").skip(1).filter_map(parse).collect())
}

/// Returns the fault of a code.
#[must_use]
pub fn fault(code: &str) -> Option<&'static Fault> {
    faults().iter().find(|fault| fault.code == code)
}

fn parse(section: &'static str) -> Option<Fault> {
    let (head, body) = section.split_once('\n')?;
    let (code, level) = head.split_once(": ")?;
    let level = match level {
        "error" => FaultLevel::Error,
        "warning" => FaultLevel::Warning,
        "both" => FaultLevel::Both,
        _ => return None,
    };
    let (meaning, cure) = body.split_once("\n> ")?;
    Some(Fault { code, level, meaning: meaning.trim(), cure: cure.trim() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::check::rule;

    #[test]
    fn each_section_is_a_fault_with_all_its_texts_and_none_is_a_rule() {
        assert_eq!(faults().len(), TEXT.matches("\n## ").count(), "a section can't be read");
        let codes: BTreeSet<&str> = faults().iter().map(|fault| fault.code).collect();
        assert_eq!(codes.len(), faults().len(), "a code has two sections");
        for fault in faults() {
            assert!(rule(fault.code).is_none(), "{}: is a rule; remove it from assets/faults.md", fault.code);
            for text in [fault.meaning, fault.cure] {
                assert!(text.ends_with('.') && !text.contains('\n'), "{}: {text:?}", fault.code);
            }
        }
    }
}
