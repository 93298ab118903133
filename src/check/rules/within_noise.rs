//! `within-noise`: the grade is good, and the metric moved by no more than it does anyway.

use crate::check::context::KeyResultAt;
use crate::check::measured;
use crate::check::moved;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;

pub(in crate::check) const RULE: Rule = Rule {
    code: "within-noise",
    group: Group::Data,
    summary: "A key result scores 0.7 or more, and its metric moved by no more than it does anyway.",
    why: "Numbers go up and down by themselves. A goal of the size of these swings earns 0.4 by luck in two of five \
          quarters, and luck doesn't last. That a movement is not shown doesn't mean that there was none: it means that \
          the grade says less than it seems to.",
    silent: "It judges the change of the value as it is scored, against the quarter before; of a value whose last reading \
             counts, the last week's readings. With a year of history before the quarter, the change is held against \
             those over every earlier window of as many days, and it moved where 5 % of them or fewer moved as much. \
             Windows that touch a quarter in which somebody aimed at the metric don't count. Where windows are few for \
             how far they overlap, those count that moved as much either way; where two years show a season, each is \
             compared with the same days a year before. With less history, the last weeks of both quarters are \
             compared (Student's test, 5 %, adjusted for weeks that resemble the ones before). Up to a hundred events \
             are compared by the exact binomial test, and months by how much they usually change. It is silent for \
             bounds, milestones and baselines; in the first third of a quarter; where the score is projected; where \
             the metric moved; and where that can't be told, because there are fewer than twelve weeks with data on a \
             side, a list of events begins within the quarter before, or there is no value before it.",
    example: Sample::Files(&[
        ("quarters/2026-Q2/shop.yaml", FEW),
        ("metrics.yaml", METRICS),
        ("metrics/incidents.csv", LUCK),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q2/shop.yaml", MANY),
        ("metrics.yaml", METRICS),
        ("metrics/incidents.csv", TOLD),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::KeyResult(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-02\n";
const METRICS: &str = "incidents:
  file: incidents.csv
  source: Pager of the company
  aggregate: count
  date: day
  complete_through: 2026-06-30
";
macro_rules! team {
    ($title:literal) => {
        concat!(
            "objectives:
  - id: trust
    title: People trust checkout enough to come back
    outcome: Reduce churn
    lever: Improve reliability
    changes: The team takes no roadmap work until the error budget is back
    key_results:
      - incidents: ",
            $title,
            "\n"
        )
    };
}
const FEW: &str = team!("Reduce P1 incidents from 8 per quarter to 2 per quarter");
const MANY: &str = team!("Reduce incidents of every severity from 24 per quarter to 4 per quarter");
const LUCK: &str = "day
2025-12-20\n2026-01-06\n2026-01-17\n2026-01-29\n2026-02-09\n2026-02-20\n2026-03-03\n2026-03-15\n2026-03-26
2026-04-23\n2026-06-08
";
const TOLD: &str = "day
2025-12-20\n2026-01-02\n2026-01-06\n2026-01-10\n2026-01-14\n2026-01-17\n2026-01-21\n2026-01-25\n2026-01-29
2026-02-01\n2026-02-05\n2026-02-09\n2026-02-13\n2026-02-16\n2026-02-20\n2026-02-24\n2026-02-28\n2026-03-03
2026-03-07\n2026-03-11\n2026-03-15\n2026-03-18\n2026-03-22\n2026-03-26\n2026-03-30\n2026-04-12\n2026-05-05
2026-05-27\n2026-06-19
";

fn check(at: &KeyResultAt<'_>, findings: &mut Findings) {
    let Some((movement, score)) = at.score.movement.as_deref().zip(at.score.score) else { return };
    if !at.score.is_good_without_movement() {
        return;
    }
    let Some(metric) = at.metric() else { return };
    let cycle = at.at.at.quarter.quarter.id.kind().noun();
    let message = format!("the score is {}, and a movement of `{}` is not shown", measured::score(score), metric.id);
    let help = format!(
        "see whether it lasts before the {cycle} is called a success; what is counted more often (every severity, minutes \
         instead of incidents) or aimed at further beyond its usual range can be told from luck"
    );
    let label = moved::told(&movement.basis, cycle);
    let diagnostic = Diagnostic::warning(RULE.code, &at.key_result.title, message).label(label).help(help);
    findings.push(measured::with_metric(diagnostic, metric));
}
