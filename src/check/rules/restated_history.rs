//! `restated-history`: today's exports no longer give a value that was recorded.

use std::collections::BTreeSet;

use crate::check::context::{Book, TeamAt};
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::{Sample, signing_in};
use crate::diag::Diagnostic;
use crate::model::calendar::{Day, Window};
use crate::model::goal::Goal;
use crate::model::grain::Grain;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::ledger::commitment::Locked;
use crate::model::ledger::{Reading, definition};
use crate::model::metric::{Aggregate, Metric};
use crate::model::plan::{KeyResult, Objective};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::par;
use crate::score::recorded;

pub(in crate::check) const RULE: Rule = Rule {
    code: "restated-history",
    group: Group::Data,
    summary: "The exports no longer give a past value that a check-in or a lock recorded.",
    why: "Yesterday's value should be the same tomorrow. Where it isn't, data was corrected, filtered anew or removed, and \
          scores of the past moved with it. That may be right; it should be said.",
    silent: "It is silent about differences below a hundredth of the way from start to goal, about metrics whose \
             definition changed (that is a moved goalpost), about rows that came later, such as a month that is \
             published on the 8th, about rows that were entered or sorted within two weeks of a check-in or lock, as \
             the severity of an incident is, about the last two weeks before a check-in, whose days are preliminary in many a \
             warehouse, and about days that today's exports don't reach back to. It speaks once of a metric in a quarter.",
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
    check: Check::Book(check),
};

const CHECK_IN: &str = "trust/sign-in:
  confidence: 7
  value: 95.2 %
  progress: 0.3
  score: 0.3
  reading: { metric: sign-in, value: 95.2, through: 2026-08-01, definition: last; sign-in.csv; in %; by Identity provider }
";

/// Finds the first record of each metric in each quarter that today's exports no longer give.
fn check(book: &Book<'_>, findings: &mut Findings) {
    let teams: Vec<TeamAt<'_>> = book.teams().collect();
    let found = par::map_ordered(&teams, of_team);
    let mut told = BTreeSet::new();
    for (at, found) in teams.iter().zip(found) {
        for (metric, diagnostic) in found {
            if told.insert((at.quarter.quarter.id, metric)) {
                findings.push(diagnostic);
            }
        }
    }
}

/// A metric, and what is found of it.
type Found<'a> = (&'a Slug, Diagnostic);

fn of_team<'a>(at: &TeamAt<'a>) -> Vec<Found<'a>> {
    let key_results = || {
        let of_objective = |objective: &'a Objective| objective.key_results.iter().map(move |one| (objective, one));
        at.team.objectives.iter().flat_map(of_objective)
    };
    let starts = key_results().filter_map(|(_, key_result)| of_start(at, key_result));
    starts.chain(key_results().filter_map(|(objective, one)| of_check_ins(at, objective, one))).collect()
}

/// Returns the finding for the first check-in whose reading is another one today.
fn of_check_ins<'a>(at: &TeamAt<'a>, objective: &Objective, key_result: &KeyResult) -> Option<Found<'a>> {
    at.quarter.ledger.check_ins.of(&at.team.team).find_map(|check_in| {
        let reading = check_in.entry(&objective.id.value, &key_result.id.value)?.reading.as_ref()?;
        of_reading(at, key_result, (reading, check_in.on))
    })
}

fn of_reading<'a>(at: &TeamAt<'a>, key_result: &KeyResult, (reading, on): (&'a Reading, Day)) -> Option<Found<'a>> {
    let metric = at.book.plan.metrics.get(&reading.metric)?;
    let goal = committed_goal(key_result);
    let unit = goal.and_then(Goal::quantity).map(|quantity| &quantity.unit);
    if definition(metric, unit, at.quarter.quarter.window, at.book.sources) != reading.definition {
        return None;
    }
    let history = at.book.histories.get(&metric.id).filter(|history| history.usable())?;
    let (was, start) = (reading.value.value, at.quarter.quarter.window.start);
    let value = |last: Day| {
        let measured = (last >= start).then(|| history.measure(Window { start, end: last.plus(1) }));
        measured.flatten().map(|measured| measured.value)
    };
    let kept_on = recorded::kept_on(history, reading.through);
    let was_over = history.grain().window(kept_on).end <= on;
    let through = if was_over { kept_on } else { reading.through };
    let now = value(through);
    let allowed = tolerance(goal, metric);
    let settling = recorded::settling(history.grain(), through, on).map(value);
    let values: Vec<Number> = [now, value(before(history, through))].into_iter().chain(settling).flatten().collect();
    let is_known = if is_last_of_days(history) {
        now.is_some_and(|now| is_same(was, now, allowed))
    } else {
        is_explained(was, &values, (history.grain(), allowed))
    };
    if is_known {
        return None;
    }
    let is_window = history.aggregate() != Aggregate::Last && metric.window_days.is_none();
    if is_window && recorded::begins_late(history, start) {
        return None;
    }
    let now = now.map_or_else(|| "give none".to_owned(), |now| format!("give {}", short(now)));
    let message = format!(
        "`{}` was {} up to {} when this was recorded; today's exports {now}",
        metric.id,
        short(was),
        reading.through
    );
    Some((&metric.id, Diagnostic::warning(RULE.code, &reading.value, message).help(HELP)))
}

/// Returns the last day before the period of a row.
fn before(history: &History, through: Day) -> Day {
    history.grain().window(through).start.plus(-1)
}

/// Says whether each day has a value of its own, which no late row changes.
fn is_last_of_days(history: &History) -> bool {
    history.grain() == Grain::Day && history.aggregate() == Aggregate::Last
}

/// Says whether today's exports explain what was recorded: by one of these values, or, while rows of days were still coming
/// in, by what lies between them.
fn is_explained(was: Number, values: &[Number], (grain, allowed): (Grain, Option<Number>)) -> bool {
    let same = |now: &Number| is_same(was, *now, allowed);
    let is_between = values.iter().any(|value| *value <= was) && values.iter().any(|value| *value >= was);
    values.iter().any(same) || grain == Grain::Day && is_between
}

const HELP: &str = "say in the review what was corrected and why; if nothing was, restore the export";

/// Returns the finding for a start that was locked and of whose days today's exports say something else.
fn of_start<'a>(at: &TeamAt<'a>, key_result: &KeyResult) -> Option<Found<'a>> {
    let locked = key_result.commitment.locked().filter(|locked| !is_redefined(locked))?;
    let start = locked.start.as_ref()?;
    let plan = at.book.plan;
    let metric = plan.metrics.get(locked.terms.metric.as_ref()?)?;
    let record = (start, locked.on);
    let numbers = recorded::recorded(plan, at.book.histories, at.quarter.quarter, &metric.id, record)?;
    let unit = metric.unit.as_ref().map_or(&start.value.unit, |unit| &unit.value);
    let in_unit = |number: &Number| Quantity::new(*number, unit.clone()).number_in(&start.value.unit);
    let numbers: Vec<Number> = numbers.iter().map(in_unit).collect::<Option<_>>()?;
    let allowed = tolerance(locked.terms.goal.as_ref(), metric);
    let grain = at.book.histories.get(&metric.id).map_or(Grain::Day, History::grain);
    if is_explained(start.value.number, &numbers, (grain, allowed)) {
        return None;
    }
    let now = numbers.first().map_or_else(|| "give none".to_owned(), |now| format!("give {}", short(*now)));
    let message = format!(
        "`{}` stood at {} when the quarter began, as this lock recorded; today's exports {now}",
        metric.id,
        short(start.value.number),
    );
    let on = format!("its last day then was {}", start.on);
    Some((&metric.id, Diagnostic::warning(RULE.code, locked.place, message).label(on).help(HELP)))
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
    fn rows_that_were_still_coming_in_explain_what_lies_between_and_nothing_beyond() {
        let explained = |was: &str, values: [&str; 3], grain: Grain| {
            let number = |text: &str| Number::parse(text).expect("a number");
            is_explained(number(was), &values.map(number), (grain, None))
        };
        // An incident of the 26th was given its severity on the 28th.
        assert!(explained("0", ["1", "0", "0"], Grain::Day));
        assert!(explained("2", ["3", "1", "1"], Grain::Day));
        assert!(!explained("4", ["3", "3", "2"], Grain::Day), "a row was removed");
        assert!(!explained("1", ["3", "2", "2"], Grain::Day), "a row was added to a day long past");
        assert!(!explained("2", ["3", "1", "1"], Grain::Month), "a month is there or isn't");
    }

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
