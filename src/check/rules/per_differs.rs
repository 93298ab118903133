//! `per-differs`: a goal is counted over a thing, and its metric adds up a whole cycle.

use crate::check::context::KeyResultAt;
use crate::check::measured;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::goal::Goal;
use crate::model::quantity::Per;

pub(in crate::check) const RULE: Rule = Rule {
    code: "per-differs",
    group: Group::Data,
    summary: "A goal is counted per sprint, per team or per order, and its metric adds up all that happens in the cycle.",
    why: "The sum of three months is no number per sprint, and the grade compares the two. Nothing in an export says when \
          sprints begin; what is counted per order has to be divided by the orders.",
    silent: "It is silent where the goal is counted over a time, where the metric is a ratio, a mean or a last value, and where \
             its definition says `per:` with the same thing.",
    example: Sample::Files(&[
        ("quarters/2026-Q3/mail.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/letters.csv", ROWS),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q3/mail.yaml", TEAM),
        ("metrics.yaml", RATIO),
        ("metrics/letters.csv", ROWS),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-10-02\n";
const ROWS: &str = "month,lost,routes\n2026-07,9,4\n2026-08,12,5\n2026-09,8,4\n";
const METRICS: &str =
    "lost:\n  file: letters.csv\n  source: Sorting office\n  value: lost\n  aggregate: sum\n  per: quarter\n";
const RATIO: &str = "lost:\n  file: letters.csv\n  source: Sorting office\n  ratio: { of: lost, to: routes }\n";
const TEAM: &str = "objectives:
  - id: mail
    title: Letters arrive where they were sent
    outcome: Reduce churn
    lever: Sort by hand what no machine can read
    changes: Two people leave the machines for the desk
    key_results:
      - lost: Reduce lost letters from 4 per route to 2 per route
";

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    findings.extend(find(at));
}

fn find(at: &KeyResultAt<'_>) -> Option<Diagnostic> {
    let (metric, history) = (at.metric()?, at.history()?);
    let per = at.key_result.goal.as_ref().and_then(Goal::quantity)?.per.as_ref()?;
    let Per::Thing(thing) = per else { return None };
    let adds_up = history.aggregate().adds_up(metric.window_days);
    if !adds_up || metric.per.as_ref() == Some(per) {
        return None;
    }
    let cycle = at.at.at.quarter.quarter.id.kind().noun();
    let message = format!("this goal is counted per {thing}, but `{}` adds up the whole {cycle}", metric.id);
    let help = format!(
        "count the goal over a time (`per {cycle}`), or divide: `ratio: {{ of: …, to: … }}` over the number of each {thing}"
    );
    let diagnostic = Diagnostic::warning(RULE.code, &at.key_result.title, message);
    Some(measured::with_metric(diagnostic.label("the two don't compare").help(help), metric))
}
