//! `restated-history`: today's exports no longer give a value that was recorded.

use crate::check::context::TeamAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, signing_in};
use crate::diag::Diagnostic;
use crate::model::calendar::Window;
use crate::model::goal::Goal;
use crate::model::ledger::commitment::Locked;
use crate::model::ledger::{Reading, definition};
use crate::model::metric::Metric;
use crate::model::plan::{KeyResult, Objective};
use crate::model::quantity::{Number, Unit};
use crate::model::scorecard::BaselineOrigin;
use crate::score;

pub(in crate::check) const RULE: Rule = Rule {
    code: "restated-history",
    group: Group::Data,
    summary: "The exports no longer give a past value that a check-in or a lock recorded.",
    why: "Yesterday's value should be the same tomorrow. Where it isn't, data was corrected, filtered anew or removed, and \
          scores of the past moved with it. That may be right; it should be said.",
    silent: "It is silent about differences below a hundredth of the way from start to goal, about metrics whose \
             definition changed (that is a moved goalpost), and about the day of a check-in itself, whose rows may still \
             have been coming in.",
    example: Sample::Files(&[
        signing_in::TEAM,
        ("quarters/2026-Q3/checkins/2026-08-03.shop.yaml", CHECK_IN),
        signing_in::METRIC,
        ("metrics/sign-in.csv", "date,value\n2026-07-01,94.1\n2026-08-01,96.4\n2026-08-15,96.9\n"),
        signing_in::AUGUST,
    ]),
    instead: Sample::Files(&[
        signing_in::TEAM,
        ("quarters/2026-Q3/checkins/2026-08-03.shop.yaml", CHECK_IN),
        signing_in::METRIC,
        ("metrics/sign-in.csv", "date,value\n2026-07-01,94.1\n2026-08-01,95.2\n2026-08-15,96.9\n"),
        signing_in::AUGUST,
    ]),
    check: Check::Team(check),
};

const CHECK_IN: &str = "trust/sign-in:
  confidence: 7
  value: 95.2 %
  progress: 0.3
  score: 0.3
  reading: { metric: sign-in, value: 95.2, through: 2026-08-01, definition: last; sign-in.csv; in %; by Identity provider }
";

fn check(at: &TeamAt<'_>, findings: &mut Findings) {
    for objective in &at.team.objectives {
        for key_result in &objective.key_results {
            findings.extend(of_start(at, key_result).or_else(|| of_check_ins(at, objective, key_result)));
        }
    }
}

/// Returns the finding for the first check-in whose reading is another one today.
fn of_check_ins(at: &TeamAt<'_>, objective: &Objective, key_result: &KeyResult) -> Option<Diagnostic> {
    let check_ins = at.quarter.ledger.check_ins.of(&at.team.team);
    let entries = check_ins.filter_map(|check_in| check_in.entry(&objective.id.value, &key_result.id.value));
    entries.filter_map(|entry| entry.reading.as_ref()).find_map(|reading| of_reading(at, key_result, reading))
}

fn of_reading(at: &TeamAt<'_>, key_result: &KeyResult, reading: &Reading) -> Option<Diagnostic> {
    let metric = at.book.plan.metrics.get(&reading.metric)?;
    let goal = committed_goal(key_result);
    let unit = goal.and_then(Goal::quantity).map(|quantity| &quantity.unit);
    if definition(metric, unit, at.book.sources) != reading.definition {
        return None;
    }
    let history = at.book.histories.get(&metric.id).filter(|history| history.usable())?;
    let start = at.quarter.quarter.window.start;
    let now = history.measure(Window { start, end: reading.through.plus(1) }).map(|measured| measured.value);
    if now.is_some_and(|now| is_same(reading.value.value, now, tolerance(goal, metric))) {
        return None;
    }
    let (was, through) = (reading.value.value, reading.through);
    let now = now.map_or_else(|| "give none".to_owned(), |now| format!("give {}", short(now)));
    let message =
        format!("`{}` was {} up to {through} when this was recorded; today's exports {now}", metric.id, short(was));
    Some(Diagnostic::warning(RULE.code, &reading.value, message).help(HELP))
}

const HELP: &str = "say in the review what was corrected and why; if nothing was, restore the export";

/// Returns the finding for a start that was locked and is another one today.
fn of_start(at: &TeamAt<'_>, key_result: &KeyResult) -> Option<Diagnostic> {
    let locked = key_result.commitment.locked()?;
    let start = locked.start.as_ref()?;
    let quarter = at.quarter.quarter;
    // A lock from before the quarter could not know its last days.
    if locked.on < quarter.window.start || is_redefined(locked) {
        return None;
    }
    let metric = at.book.plan.metrics.get(locked.terms.metric.as_ref()?)?;
    at.book.histories.get(&metric.id).filter(|history| history.usable())?;
    let committed = key_result.as_committed(&at.book.plan.metrics);
    let moment = (quarter, at.book.scorecard.as_of);
    let now = score::baseline_of(at.book.plan, at.book.histories, moment, &committed)?;
    let is_first = matches!(now.origin, BaselineOrigin::FirstInQuarter(day) if day != start.on);
    let number = now.quantity.number_in(&start.value.unit)?;
    if is_first || is_same(start.value.number, number, tolerance(locked.terms.goal.as_ref(), metric)) {
        return None;
    }
    let message = format!(
        "`{}` stood at {} when the quarter began, as this lock recorded; today's exports give {}",
        metric.id,
        short(start.value.number),
        short(number)
    );
    Some(Diagnostic::warning(RULE.code, locked.place, message).help(HELP))
}

fn is_redefined(locked: &Locked) -> bool {
    locked.moves.iter().any(|moved| matches!(moved.change.name(), "definition" | "metric"))
}

fn committed_goal(key_result: &KeyResult) -> Option<&Goal> {
    match key_result.commitment.locked() {
        Some(locked) => locked.terms.goal.as_ref(),
        None => key_result.goal.as_ref(),
    }
}

/// Returns the difference that changes no grade: a hundredth of the way, in the metric's unit.
fn tolerance(goal: Option<&Goal>, metric: &Metric) -> Option<Number> {
    let Some(Goal::Move(goal)) = goal else { return None };
    let unit: &Unit = metric.unit.as_ref().map_or(&goal.from.unit, |unit| &unit.value);
    let way = goal.to.number_in(unit)?.minus(goal.from.number_in(unit)?)?;
    way.magnitude().over(Number::whole(100))
}

/// Says whether two values differ by no more than the tolerance; without one, by what rounding explains.
fn is_same(was: Number, now: Number, tolerance: Option<Number>) -> bool {
    let larger = was.magnitude().max(now.magnitude());
    let rounding = larger.over(Number::whole(1_000_000)).unwrap_or_default();
    let allowed = tolerance.unwrap_or(rounding).max(rounding);
    was.minus(now).is_some_and(|difference| difference.magnitude() <= allowed)
}

fn short(number: Number) -> Number {
    number.round_to(4).normal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_restates_nothing() {
        let same = |was: &str, now: &str, tolerance: Option<&str>| {
            let number = |text: &str| Number::parse(text).expect("a number");
            is_same(number(was), number(now), tolerance.map(number))
        };
        assert!(same("96.8333333333333", "96.83333333", None));
        assert!(!same("8", "9", None));
        assert!(!same("96.83", "96.8", None));
        assert!(same("96.83", "96.8", Some("0.04")));
        assert!(!same("96.83", "96.7", Some("0.04")));
        assert!(same("0", "0.00", None));
    }
}
