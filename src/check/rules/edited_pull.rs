//! `edited-pull`: an export holds something else than the pull that its receipt tells of.

use crate::check::context::Book;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, pulling, signing_in};
use crate::diag::{Diagnostic, Place};

pub(in crate::check) const RULE: Rule = Rule {
    code: "edited-pull",
    group: Group::Data,
    summary: "A pulled export was edited by hand.",
    why: "The receipt beside a pulled export says which engine gave these numbers, to which query, and when. Once somebody \
          edits the export, the receipt vouches for numbers that no engine gave. A number that is wrong is mended where it is \
          measured, so that the next pull brings it home.",
    silent: "It is silent where the export's bytes are those that the receipt names. It does not keep out somebody who writes \
             a new receipt, too; the history of the two files does that.",
    example: Sample::Files(&[
        signing_in::TEAM,
        pulling::METRIC,
        pulling::QUERY,
        pulling::RECEIPT,
        ("metrics/sign-in.csv", "date,value\n2026-07-15,97.4\n"),
        signing_in::JULY,
    ]),
    instead: Sample::Files(&[
        signing_in::TEAM,
        pulling::METRIC,
        pulling::QUERY,
        pulling::RECEIPT,
        signing_in::JULY_DATA,
        signing_in::JULY,
    ]),
    check: Check::Book(check),
};

fn check(book: &Book<'_>, findings: &mut Findings) {
    for (export, pulled) in book.plan.pulled.iter().filter(|(_, pulled)| pulled.is_edited) {
        let pull = book.plan.pulls.iter().find(|pull| pull.export == *export);
        let message = format!("{export} is not as it was pulled on {} from {}", pulled.on, pulled.engine);
        let (place, help) = match pull {
            Some(pull) => (pull.connection.span.into(), format!("run `okrbook pull {}`", pull.metric.value)),
            None => (Place::file(export), "restore it with `git checkout`".to_owned()),
        };
        let help = format!("{help}; if the export is kept by hand from now on, remove its .pull.json");
        findings.push(Diagnostic::error(RULE.code, place, message).help(help));
    }
}
