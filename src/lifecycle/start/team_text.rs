//! A team's new file with what its review carried forward.
//!
//! In: the objectives and key results of the last quarter. Out: YAML in which each names where it comes from, starts
//! where the last quarter ended, and says what nobody has decided yet with a gap.

use std::collections::BTreeSet;

use super::carry::{self, Carried, CarriedKeyResult, CarriedObjective};
use super::inputs::Inputs;
use super::measured::{in_unit_of_goal, measured_start, rounded};
use super::sentence::{GAP, Stated, Target, restated, written};
use super::starters;
use crate::lifecycle::emit::{list, mapping, scalar};
use crate::model::goal::{Bound, Goal, Judge, Move};
use crate::model::ids::{CycleId, GoalRef, Slug};
use crate::model::plan::{Ambition, KeyResult, Pace};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::sentence;

/// Returns the objectives of a team's file; `planned` are the teams whose files are written at the same time.
pub(super) fn text(inputs: &Inputs<'_>, carried: &Carried<'_>, planned: &BTreeSet<&Slug>) -> String {
    let mut lines = Lines(String::new());
    lines.line(0, "objectives:");
    for (place, objective) in carried.objectives.iter().enumerate() {
        if place > 0 {
            lines.line(0, "");
        }
        add_objective(&mut lines, inputs, objective, planned);
    }
    lines.0
}

struct Lines(String);

impl Lines {
    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.0.extend(std::iter::repeat_n(' ', indent));
        }
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn text(&mut self, indent: usize, key: &str, value: &str) {
        self.line(indent, &format!("{key}: {}", scalar(value)));
    }

    /// Adds a comment; what it quotes may hold line ends.
    fn remark(&mut self, indent: usize, text: &str) {
        self.line(indent, &format!("# {}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
}

fn add_objective(lines: &mut Lines, inputs: &Inputs<'_>, carried: &CarriedObjective<'_>, planned: &BTreeSet<&Slug>) {
    let plan = carried.plan;
    lines.line(2, &format!("- id: {}", scalar(plan.id.value.as_str())));
    lines.text(4, "title", &plan.title.value);
    if let Some(outcome) = &plan.outcome {
        lines.text(4, "outcome", &outcome.value);
    }
    if let Some(metric) = &plan.outcome_metric {
        lines.text(4, "outcome_metric", metric.value.as_str());
    }
    if let Some(days) = plan.outcome_lag {
        lines.text(4, "outcome_lag", &format!("{days} days"));
    }
    if let Some(lever) = &plan.lever {
        lines.text(4, "lever", &lever.value);
    }
    let supports = plan.supports.iter().map(|goal| next(inputs, &goal.value, carried.quarter));
    let supports: Vec<String> =
        supports.filter(|goal| is_there(inputs, goal, planned)).map(|goal| goal.within(inputs.quarter.id)).collect();
    match &supports[..] {
        [] => {}
        [one] => lines.text(4, "supports", one),
        several => lines.line(4, &format!("supports: [{}]", several.join(", "))),
    }
    if plan.ambition != Ambition::default() {
        lines.text(4, "ambition", plan.ambition.name());
    }
    if let Some(changes) = &plan.changes {
        lines.remark(4, &format!("{}: {}", carried.quarter, changes.value));
    }
    lines.text(4, "changes", GAP);
    if let Some(set_by) = &plan.set_by {
        lines.text(4, "set_by", &set_by.value);
    }
    lines.line(4, "key_results:");
    for key_result in &carried.key_results {
        add_key_result(lines, inputs, carried, key_result);
    }
}

/// Returns what is supported from now on: with the id that its team has today, and in the new cycle where it was in the old one.
fn next(inputs: &Inputs<'_>, goal: &GoalRef, before: CycleId) -> GoalRef {
    let team = inputs.plan.team(&goal.team).map_or(&goal.team, |team| &team.id);
    let quarter = if goal.quarter == before { inputs.quarter.id } else { goal.quarter };
    GoalRef { quarter, team: team.clone(), ..goal.clone() }
}

/// Says whether a goal will be there: in a file of its cycle, where that runs while the new one does, or in one that is written
/// now.
fn is_there(inputs: &Inputs<'_>, goal: &GoalRef, planned: &BTreeSet<&Slug>) -> bool {
    let GoalRef { team, objective, key_result, .. } = goal;
    let quarter = inputs.plan.quarter(goal.quarter);
    if let Some(team) = quarter.and_then(|quarter| quarter.teams.iter().find(|known| known.team == *team)) {
        let known = team.objectives.iter().find(|known| known.id.value == *objective);
        let has = |id: &Slug| known.is_some_and(|known| known.key_results.iter().any(|known| known.id.value == *id));
        let runs = quarter.is_some_and(|quarter| quarter.quarter.window.overlaps(inputs.quarter.window));
        return runs && known.is_some() && key_result.as_ref().is_none_or(has);
    }
    if goal.quarter != inputs.quarter.id || key_result.is_some() {
        return false;
    }
    let carried = carry::of_team(inputs, team).objectives;
    let is_written = if carried.is_empty() {
        starters::of_team(inputs.plan, team).objectives().any(|id| id == objective.as_str())
    } else {
        carried.iter().any(|known| known.plan.id.value == *objective)
    };
    planned.contains(team) && is_written
}

fn add_key_result(
    lines: &mut Lines,
    inputs: &Inputs<'_>,
    objective: &CarriedObjective<'_>,
    carried: &CarriedKeyResult<'_>,
) {
    let plan = carried.plan;
    let start = start(inputs, carried);
    let Stated { title, keys } = stated(inputs, carried, start.as_ref());
    lines.line(6, &format!("- id: {}", scalar(plan.id.value.as_str())));
    lines.remark(8, &before(objective, carried));
    lines.text(8, "title", &title);
    // Check points say when it is done.
    for (key, value) in keys.into_iter().filter(|(key, _)| *key != "done" || plan.steps.is_empty()) {
        lines.text(8, key, &value);
    }
    if let Some(Goal::Hold(hold)) = &plan.goal
        && hold.judge != Judge::Share
    {
        lines.text(8, "judge", hold.judge.name());
    }
    if let Some(metric) = plan.metric.as_ref().filter(|metric| metric.value != plan.id.value) {
        lines.text(8, "metric", metric.value.as_str());
    }
    if let Some(measured_by) = &plan.measured_by {
        lines.text(8, "measured_by", &measured_by.value);
    }
    if let Some(proposed_by) = &plan.proposed_by {
        lines.text(8, "proposed_by", &proposed_by.value);
    }
    if !plan.owners.is_empty() {
        lines.line(8, &format!("owners: {}", list(plan.owners.iter().map(|owner| owner.value.as_str()))));
    }
    add_rest(lines, plan);
    let from = format!("{}/{}/{}/{}", objective.quarter, objective.team, objective.plan.id.value, plan.id.value);
    lines.text(8, "carried_from", &from);
}

fn add_rest(lines: &mut Lines, plan: &KeyResult) {
    if !plan.guardrails.is_empty() {
        lines.line(8, "guardrails:");
        for guardrail in &plan.guardrails {
            let metric = ("metric", guardrail.metric.value.to_string());
            let (key, limit) = bound(&guardrail.bound);
            let per = guardrail.bound.limit.per.as_ref().map(|per| ("per", per.to_string()));
            lines.line(10, &format!("- {}", mapping([metric, (key, limit)].into_iter().chain(per))));
        }
    }
    if !plan.steps.is_empty() {
        lines.line(8, "steps:");
        for step in &plan.steps {
            let done = step.done.map(|day| format!(" {day}")).unwrap_or_default();
            lines.line(10, &format!("- {}:{done}", scalar(&step.name)));
        }
    }
    if plan.weight != Number::ONE {
        lines.text(8, "weight", &plan.weight.normal().to_string());
    }
    match plan.pace {
        // Dated stages belong to the quarter that they were made for.
        Pace::Linear | Pace::Stages(_) => {}
        Pace::Step => lines.text(8, "pace", "step"),
        Pace::None => lines.text(8, "pace", "none"),
    }
}

fn bound(bound: &Bound) -> (&'static str, String) {
    (bound.key(), written(&Quantity { per: None, ..bound.limit.clone() }))
}

/// Returns what became of the key result, for those who plan.
fn before(objective: &CarriedObjective<'_>, carried: &CarriedKeyResult<'_>) -> String {
    let mut text = format!("{}: {}", objective.quarter, carried.plan.title.value.trim_end_matches('.'));
    if let Some(score) = carried.score {
        if let Some(value) = &score.value {
            let shown = Quantity { number: rounded(value, carried.plan.goal.as_ref()), per: None, ..value.clone() };
            let on = score.measured_on.map(|on| format!(" on {on}")).unwrap_or_default();
            text.push_str(&format!("; {}{on}", written(&shown)));
        }
        text.push_str(&score.grade().map_or_else(|| ", no grade".to_owned(), |grade| format!(", grade {grade}")));
    }
    text
}

/// Returns where the new quarter starts: what the exports show before it, else the last quarter's value.
fn start(inputs: &Inputs<'_>, carried: &CarriedKeyResult<'_>) -> Option<Quantity> {
    let last = || in_unit_of_goal(carried.plan, carried.score?.value.as_ref()?);
    measured_start(inputs, carried.plan).or_else(last)
}

fn stated(inputs: &Inputs<'_>, carried: &CarriedKeyResult<'_>, start: Option<&Quantity>) -> Stated {
    let plan = carried.plan;
    let title = plan.title.value.as_str();
    let Some(goal) = &plan.goal else { return Stated { title: title.to_owned(), keys: Vec::new() } };
    let metric = plan.metric.as_ref().and_then(|metric| inputs.plan.metrics.get(&metric.value));
    let subject = metric.map_or(plan.id.value.as_str(), |metric| metric.title.as_str());
    restated(title, goal, subject, start, &target(goal, carried.to, start))
}

/// Returns where the key result is to end: where the review says, else where it was to; nowhere that is reached already.
fn target(goal: &Goal, to: Option<&str>, start: Option<&Quantity>) -> Target {
    if let Some(to) = to {
        return next_target(goal, to).map_or(Target::Open, Target::Is);
    }
    let end = match goal {
        Goal::Move(Move { to, .. }) => to,
        Goal::Target(target) => &target.to,
        Goal::Gain(_) | Goal::Hold(_) | Goal::Milestone(_) | Goal::Baseline(_) => return Target::Same,
    };
    let (Some(better), Some(start)) = (goal.better(), start.and_then(|start| start.number_in(&end.unit))) else {
        return Target::Same;
    };
    use crate::model::goal::Better::{Higher, Lower};
    let is_reached = match better {
        Higher => start >= end.number,
        Lower => start <= end.number,
    };
    if is_reached { Target::Open } else { Target::Same }
}

/// Returns the target that a review names, in the goal's unit.
fn next_target(goal: &Goal, to: &str) -> Option<Quantity> {
    let end = match goal {
        Goal::Move(goal) => &goal.to,
        other => other.quantity()?,
    };
    let said = sentence::quantity(to).ok()?;
    // A bare number is counted as the goal counts.
    let unit = if said.unit == Unit::Count { &end.unit } else { &said.unit };
    let number = Quantity::new(said.number, unit.clone()).number_in(&end.unit)?;
    Some(Quantity { number, ..end.clone() })
}
