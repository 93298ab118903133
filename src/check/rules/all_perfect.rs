//! `all-perfect`: everything was reached.

use crate::check::context::{ObjectiveAt, TeamAt};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::goal::Goal;
use crate::model::plan::Ambition;
use crate::model::quantity::Number;
use crate::model::scorecard::{KeyResultScore, QuarterState, ScoreState};

pub(in crate::check) const RULE: Rule = Rule {
    code: "all-perfect",
    group: Group::Review,
    summary: "Every key result of a team scored 1.0 in a quarter.",
    why: "Goals that are always reached were known to be reachable. Between 0.7 and 0.9 they were ambitious and still \
          achievable; a row of 1.0 says that the team could have asked for more, or promised what it had already.",
    silent: "It is silent before the quarter is over; below three key results; and where any of them scored less or has \
             no data. Committed objectives, milestones and baselines don't count: they are promised, not stretched for.",
    example: Sample::Files(&[
        ("quarters/2026-Q2/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/page.csv", "date,value\n2026-03-30,3.2\n2026-06-29,1.4\n"),
        ("metrics/errors.csv", "date,value\n2026-03-30,1.8\n2026-06-29,0.5\n"),
        ("metrics/declines.csv", "date,value\n2026-03-30,3\n2026-06-29,1.9\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    instead: Sample::Files(&[
        ("quarters/2026-Q2/shop.yaml", TEAM),
        ("metrics.yaml", METRICS),
        ("metrics/page.csv", "date,value\n2026-03-30,3.2\n2026-06-29,1.9\n"),
        ("metrics/errors.csv", "date,value\n2026-03-30,1.8\n2026-06-29,0.9\n"),
        ("metrics/declines.csv", "date,value\n2026-03-30,3\n2026-06-29,1.9\n"),
        ("okrbook.yaml", SETTINGS),
    ]),
    check: Check::Team(check),
};

const SETTINGS: &str = "organisation: Sample\nas_of: 2026-07-02\n";
const METRICS: &str = "page:\n  file: page.csv\n  source: Real user monitoring\n  unit: s
errors:\n  file: errors.csv\n  source: Payment gateway\n  unit: \"%\"
declines:\n  file: declines.csv\n  source: Payment gateway\n  unit: \"%\"\n";
const TEAM: &str = "objectives:
  - id: quick
    title: Paying is so quick that nobody gives up
    outcome: Grow revenue
    lever: Improve conversion rate
    changes: No new payment method until the existing ones work
    key_results:
      - page: Reduce checkout page load time from 3.2 s to 1.5 s
      - errors: Reduce payment errors from 1.8% to 0.6%
      - declines: Reduce declined payments from 3% to 2%
";

/// Fewer key results can all be reached by luck.
const FEWEST: usize = 3;

fn check(at: &TeamAt<'_>, findings: &mut Findings) {
    if matches!(at.quarter_score.state, QuarterState::Upcoming | QuarterState::Open) {
        return;
    }
    let stretched = || {
        let objectives = at.objectives().filter(|objective| objective.objective.ambition == Ambition::Aspirational);
        let key_results = objectives.flat_map(ObjectiveAt::key_results);
        key_results.filter(|found| !matches!(found.score.goal, Some(Goal::Milestone(_) | Goal::Baseline(_))))
    };
    let perfect = |score: &KeyResultScore| score.score == Some(Number::ONE) && score.state == ScoreState::Measured;
    if !stretched().all(|found| perfect(found.score)) {
        return;
    }
    let count = stretched().count();
    let Some(first) = stretched().next().filter(|_| count >= FEWEST) else { return };
    let name = at.book.plan.team_name(&at.team.team);
    let message = format!("all {count} key results of {name} scored 1.0");
    let help =
        "ask in the review which of them were never in doubt, and set the next targets where 0.7 would be strong";
    let diagnostic = Diagnostic::warning(RULE.code, &first.at.objective.title, message);
    findings.push(diagnostic.label("were the goals too easy?").help(help));
}
