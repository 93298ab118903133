//! `stale-pull`: a query was changed, and its export still holds the answer to the one before.

use crate::check::context::Book;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, pulling, signing_in};
use crate::diag::Diagnostic;
use crate::model::pull::{Pull, Pulled};

pub(in crate::check) const RULE: Rule = Rule {
    code: "stale-pull",
    group: Group::Data,
    summary: "An export was pulled by another query, or from elsewhere, than the book names now.",
    why: "Whoever reads the query beside a metric takes its numbers for the answer. Until the next pull they are the answer to \
          the query before.",
    silent: "It is silent where query and connection are those of the receipt; line ends and blanks around the query don't \
             count, nor does `since:`. It does not look at how long ago the pull was: `stale-metric` does.",
    example: Sample::Files(&[
        signing_in::TEAM,
        pulling::METRIC,
        ("metrics/sign-in.sql", "select date, value from sign_ins where app = 'web'\n"),
        pulling::RECEIPT,
        signing_in::JULY_DATA,
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
    let known = book.plan.pulls.iter().filter_map(|pull| Some((pull, book.plan.pulled.get(&pull.export)?)));
    findings.extend(known.filter_map(|(pull, pulled)| finding(pull, pulled)));
}

fn finding(pull: &Pull, pulled: &Pulled) -> Option<Diagnostic> {
    let query = pull.query.as_ref().zip(pulled.query).filter(|(query, before)| query.digest() != *before);
    let (place, message) = if pulled.connection != pull.connection.value {
        (pull.connection.span, format!("{} was pulled from `{}`", pull.export, pulled.connection))
    } else {
        (query?.0.place, format!("{} holds the answer to another query", pull.export))
    };
    let diagnostic =
        Diagnostic::warning(RULE.code, place, message).label(format!("pulled on {}, before this", pulled.on));
    Some(diagnostic.help(format!("run `okrbook pull {}`", pull.metric.value)))
}
