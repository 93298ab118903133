//! How much each finding matters, as the book's settings say.
//!
//! In: `checks:` and findings. Out: findings at their levels, without those that are switched off, and what is wrong
//! with `checks:` itself. A fault of the input is an error whatever the settings say: what was dropped is dropped.

use std::collections::BTreeMap;

use super::faults::{self, FaultLevel};
use super::{codes, rule};
use crate::config::CheckLevel;
use crate::diag::{self, Diagnostic, Level};
use crate::source::Spanned;

/// The levels that a book's settings give to codes.
#[derive(Debug)]
pub struct Levels<'a> {
    stated: &'a [(Spanned<String>, CheckLevel)],
    by_code: BTreeMap<&'a str, CheckLevel>,
}

impl<'a> Levels<'a> {
    /// Returns the levels that `checks:` states.
    #[must_use]
    pub fn new(stated: &'a [(Spanned<String>, CheckLevel)]) -> Self {
        let by_code = stated.iter().map(|(code, level)| (code.value.as_str(), *level)).collect();
        Self { stated, by_code }
    }

    /// Says whether a code is to be looked for.
    #[must_use]
    pub fn wants(&self, code: &str) -> bool {
        self.by_code.get(code) != Some(&CheckLevel::Off)
    }

    /// Gives each finding its level and drops those that are switched off.
    ///
    /// The level of a rule is the book's to choose. A doubt of the loader may be made an error or be switched off; an
    /// error of the loader stays one.
    pub fn apply(&self, findings: &mut Vec<Diagnostic>) {
        if self.by_code.is_empty() {
            return;
        }
        findings.retain_mut(|finding| {
            let Some(&level) = self.by_code.get(finding.code) else { return true };
            if finding.level == Level::Error && rule(finding.code).is_none() {
                return true;
            }
            match level {
                CheckLevel::Error => finding.level = Level::Error,
                CheckLevel::Warning => finding.level = Level::Warning,
                CheckLevel::Off => return false,
            }
            true
        });
    }

    /// Returns what is wrong with the settings: codes that nothing says, and faults of the input that are to be less than
    /// errors.
    #[must_use]
    pub fn faults(&self) -> Vec<Diagnostic> {
        let fault_of = |(code, level): &(Spanned<String>, CheckLevel)| {
            let known = (rule(&code.value), faults::fault(&code.value));
            match known {
                (None, None) => Some(unknown(code)),
                (None, Some(fault)) if fault.level == FaultLevel::Error && *level != CheckLevel::Error => {
                    Some(fixed(code))
                }
                _ => None,
            }
        };
        self.stated.iter().filter_map(fault_of).collect()
    }
}

fn unknown(code: &Spanned<String>) -> Diagnostic {
    let diagnostic = Diagnostic::error("unknown-check", code, format!("no check has the code `{}`", code.value));
    match diag::nearest(&code.value.to_lowercase().replace(['_', ' '], "-"), codes()) {
        Some(near) => diagnostic.propose(near),
        None => diagnostic.help("write a code as findings show it in brackets: `no-baseline`"),
    }
}

fn fixed(code: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is a fault of the input and stays an error", code.value);
    Diagnostic::error("fixed-level", code, message)
        .label("its level can't be lowered")
        .help(format!("remove this line; `okrbook explain {}` says how to mend the fault", code.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Sources, Span};

    fn stated(levels: &[(&str, CheckLevel)]) -> Vec<(Spanned<String>, CheckLevel)> {
        let file = Sources::default().add("okrbook.yaml", "");
        let place = Span::new(file, 0..0);
        levels.iter().map(|(code, level)| (Spanned::new((*code).to_owned(), place), *level)).collect()
    }

    #[test]
    fn rules_and_doubts_take_the_level_that_is_stated_and_errors_of_the_loader_stay() {
        use CheckLevel::{Error, Off, Warning};
        let file = Sources::default().add("a.yaml", "");
        let place = || Span::new(file, 0..0);
        for (code, found, asked, expected) in [
            ("milestone", Level::Warning, Error, Some(Level::Error)),
            ("milestone", Level::Warning, Warning, Some(Level::Warning)),
            ("milestone", Level::Warning, Off, None),
            ("cut-by-comment", Level::Warning, Error, Some(Level::Error)),
            ("cut-by-comment", Level::Warning, Off, None),
            ("bad-cell", Level::Error, Warning, Some(Level::Error)),
            ("bad-cell", Level::Error, Off, Some(Level::Error)),
        ] {
            let stated = stated(&[(code, asked)]);
            let mut findings = match found {
                Level::Error => vec![Diagnostic::error(code, place(), "x")],
                Level::Warning => vec![Diagnostic::warning(code, place(), "x")],
            };
            Levels::new(&stated).apply(&mut findings);
            assert_eq!(findings.first().map(|finding| finding.level), expected, "{code}: {asked:?}");
        }
    }

    #[test]
    fn lowering_a_fault_of_the_input_is_told() {
        let stated = stated(&[
            ("bad-cell", CheckLevel::Off),
            ("unknown-key", CheckLevel::Warning),
            ("unknown-key", CheckLevel::Error),
            ("cut-by-comment", CheckLevel::Off),
            ("milestone", CheckLevel::Off),
        ]);
        let told = Levels::new(&stated).faults();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|found| found.code == "fixed-level" && found.level == Level::Error));
    }

    #[test]
    fn levels_are_set_for_codes_that_exist() {
        for (code, help) in [
            ("milestones", "write `milestone`"),
            ("No_Baseline", "write `no-baseline`"),
            ("gameable", "write a code as findings show it in brackets: `no-baseline`"),
        ] {
            let stated = stated(&[(code, CheckLevel::Error)]);
            let told = Levels::new(&stated).faults();
            assert_eq!(told.len(), 1, "{code}");
            assert_eq!((told[0].code, told[0].help.as_deref()), ("unknown-check", Some(help)), "{code}");
        }
    }
}
