//! `outside-quarter`: a key result that its own quarter can't show.

mod deadline;

use deadline::Deadline;

use crate::check::context::KeyResultAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::metric::{Aggregate, MetricPlace};

pub(in crate::check) const RULE: Rule = Rule {
    code: "outside-quarter",
    group: Group::Evidence,
    summary: "The key result ends at another time than its quarter, or its metric can't show a change within it.",
    why: "A key result is bound to its quarter. One that ends later is scored before it is due; one whose metric looks \
          back over a year hardly moves, whatever the team does.",
    silent: "It is silent for dates within the quarter or a few days behind it, for dates that say what is compared or \
             when something began (only what stands behind \"by\", \"before\" or \"until\" is a deadline), and for metrics \
             that look back less than two quarters.",
    example: Sample::KeyResults("- churn: Reduce monthly churn from 4% to 2% by the end of 2027\n"),
    instead: Sample::KeyResults("- churn: Reduce monthly churn from 4% to 3.4% by the end of September\n"),
    check: Check::KeyResult(check),
};

/// How many days behind the quarter's end a deadline may be: "by 1 October".
const GRACE: i32 = 7;

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    deadline_outside(at, findings);
    slow_metric(at, findings);
}

fn deadline_outside(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let title = &at.key_result.title;
    let quarter = at.at.at.quarter.quarter;
    let Some(Deadline { range, last }) = deadline::find(&title.value, quarter) else { return };
    let window = quarter.window;
    let is_late = last.since(window.end) > GRACE;
    let is_early = last < window.start;
    if !is_late && !is_early {
        return;
    }
    let words = title.value.get(range.clone()).unwrap_or_default();
    let when = if is_late { "after" } else { "before" };
    let message = format!("`{words}` is {when} the key result's quarter, {}", quarter.id);
    let place = at.book().words(title, range);
    let help = format!(
        "write what is to be reached by the end of the quarter, {}; the rest belongs to the next ones",
        window.end.plus(-1)
    );
    findings.push(Diagnostic::warning(RULE.code, place, message).help(help));
}

fn slow_metric(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let Some(metric) = at.metric() else { return };
    let days = at.at.at.quarter.quarter.window.days();
    let Some(window) = metric.window_days.filter(|&window| window > 2 * days && metric.aggregate != Aggregate::Last)
    else {
        return;
    };
    let message = format!("`{}` looks back over {window} days, and the quarter has {days}", metric.id);
    let diagnostic = Diagnostic::warning(RULE.code, &at.key_result.id, message);
    let diagnostic = diagnostic.help("give the metric a window within the quarter, for instance `window: 28 days`");
    findings.push(match metric.place {
        MetricPlace::Defined(span) => diagnostic.related(span, "this metric"),
        MetricPlace::Export(_) => diagnostic,
    });
}
