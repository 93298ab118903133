//! `miss-not-investigated`: a miss, and nobody says why.

use crate::check::answers;
use crate::check::context::KeyResultAt;
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, paying};
use crate::diag::Diagnostic;
use crate::model::grade::Band;
use crate::model::scorecard::{QuarterState, ScoreState};

pub(in crate::check) const RULE: Rule = Rule {
    code: "miss-not-investigated",
    group: Group::Review,
    summary: "A key result was missed (0.3 or less), and its review hardly says why.",
    why: "A miss that is understood is worth more than a hit that isn't. \"No time\" names no cause: something else was \
          done in that time, and somebody chose it.",
    silent: "It is silent before the quarter is over; where the key result has no review or leaves a question open, which \
             `unanswered-question` tells; where what didn't work and what was learned have eight words or more together; \
             where a judgement says why it counts for more; and where nothing was measured.",
    example: Sample::Files(&[
        (paying::REVIEW, SHORT),
        paying::TEAM,
        paying::METRICS,
        ("metrics/page.csv", PAGE),
        paying::SETTINGS,
    ]),
    instead: Sample::Files(&[
        (paying::REVIEW, WHY),
        paying::TEAM,
        paying::METRICS,
        ("metrics/page.csv", PAGE),
        paying::SETTINGS,
    ]),
    check: Check::KeyResult(check),
};

const PAGE: &str = "date,value\n2026-03-30,3.2\n2026-05-11,3.1\n2026-06-29,3.1\n";
const SHORT: &str = "## quick/page

### What worked
Compressed images.

### What didn't
No time.

### What we learned
Start earlier.

### Carry forward?
Yes: next quarter.
";
const WHY: &str = "## quick/page

### What worked
Compressed images.

### What didn't
Two scripts of partners take three seconds, and their contracts run until August.

### What we learned
Ask for what takes others' time in the first week.

### Carry forward?
Yes: next quarter.
";

/// Words that what didn't work and what was learned need together.
const FEWEST: usize = 8;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let over = !matches!(at.at.at.quarter_score.state, QuarterState::Upcoming | QuarterState::Open);
    let missed = at.score.grade().is_some_and(|grade| grade.band() == Band::Missed);
    let measured = !matches!(at.score.state, ScoreState::NoData | ScoreState::Unscored);
    if !over || !missed || !measured || is_judged(at) {
        return;
    }
    let Some(answers) = answers::of(at) else { return };
    let (failed, learned) = (answers::words(answers.failed.as_ref()), answers::words(answers.learned.as_ref()));
    let Some(body) = &answers.failed else { return };
    if failed == 0 || learned == 0 || failed + learned >= FEWEST {
        return;
    }
    let name = format!("{}/{}", answers.objective, answers.key_result.value);
    let scored = at.score.score.map(measured::score).unwrap_or_default();
    let message = format!("`{name}` scored {scored}, and its review hardly says why");
    let label = format!("{} words on what didn't work and what was learned", failed + learned);
    let help = "write what stood in the way, when it was noticed, and what was done instead";
    findings.push(Diagnostic::warning(RULE.code, body.span, message).label(label).help(help));
}

fn is_judged(at: &KeyResultAt<'_>) -> bool {
    let because = at.score.judgement.as_ref().and_then(|judgement| judgement.because.as_deref());
    because.is_some_and(|because| answers::words_of(because) > 0)
}
