//! `unexplained-judgement`: a score set by hand, without a reason.

use crate::check::answers;
use crate::check::context::KeyResultAt;
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, paying};
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "unexplained-judgement",
    group: Group::Review,
    summary: "A review sets a score beside the computed one and doesn't say why.",
    why: "People may know better than the data: an incident was a vendor's, an export was wrong. Without the reason a \
          reader can't tell such a case from a grade that somebody wished for.",
    silent: "It is silent where `because:` has three words or more.",
    example: Sample::Files(&[(paying::REVIEW, BARE), paying::TEAM, paying::METRICS, paying::PAGE, paying::SETTINGS]),
    instead: Sample::Files(&[
        (paying::REVIEW, EXPLAINED),
        paying::TEAM,
        paying::METRICS,
        paying::PAGE,
        paying::SETTINGS,
    ]),
    check: Check::KeyResult(check),
};

const BARE: &str = "---
judgements:
  quick/page: { final: 0.8, by: cto }
---
## quick/page

### What worked
Two partner scripts are gone, with their contracts.

### What didn't
The gateway does not allow its card form to load later.

### What we learned
Ask for what takes others' time in the first week.

### Carry forward?
No: it is fast enough now.
";
const EXPLAINED: &str = "---
judgements:
  quick/page: { final: 0.8, because: the gateway's own script was slow for ten days in June, by: cto }
---
## quick/page

### What worked
Two partner scripts are gone, with their contracts.

### What didn't
The gateway does not allow its card form to load later.

### What we learned
Ask for what takes others' time in the first week.

### Carry forward?
No: it is fast enough now.
";

/// Words that a reason has at least.
const FEWEST: usize = 3;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let review = at.at.at.team.review.as_ref();
    let said = review.and_then(|review| review.judgements.about(&at.at.objective.id.value, &at.key_result.id.value));
    let (Some(judgement), Some(said)) = (&at.score.judgement, said) else { return };
    if judgement.because.as_deref().map_or(0, answers::words_of) >= FEWEST {
        return;
    }
    let computed = at
        .score
        .score
        .map_or_else(|| "nothing was computed".to_owned(), |own| format!("{} was computed", measured::score(own)));
    let message = format!("this score was set to {} without a reason", judgement.score.normal());
    let help = "write why, in words that a reader can check: `because: two incidents were a vendor's`";
    findings.push(Diagnostic::warning(RULE.code, &said.key_result, message).label(computed).help(help));
}
