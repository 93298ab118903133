//! Means, verdicts, judgements and whole scorecards.

use std::collections::BTreeMap;

use super::book::{Fake, key_result, metric, objective, plan, quarter, slug, span, spanned};
use super::*;
use crate::model::calendar::Calendar;
use crate::model::goal::{Goal, Milestone};
use crate::model::history::Point;
use crate::model::ids::{CycleId, Slug};
use crate::model::metric::Aggregate;
use crate::model::plan::{Ambition, KeyResult, Objective, Plan, QuarterPlan};
use crate::model::review::{Judged, Judgement, Review};
use crate::model::scorecard::{FinalMissing, QuarterState, Rollup, Scorecard, TeamScore};
use crate::score::verdict::{Verdict, verdict};
use crate::score::{Policy, score};

/// Returns a key result that scores `value` (nothing: no data) with a weight.
fn scoring(id: &str, value: Option<&str>, weight: &str) -> (KeyResult, Option<Point>) {
    let mut key_result = key_result(id, Some(move_goal("0", "1")));
    key_result.metric = Some(spanned(slug(id)));
    key_result.weight = number(weight);
    (key_result, value.map(|value| Point { day: day("2026-09-30"), value: number(value) }))
}

fn milestone(id: &str, done: bool) -> (KeyResult, Option<Point>) {
    let done = done.then(|| day("2026-08-01"));
    (key_result(id, Some(Goal::Milestone(Milestone { done, due: None }))), None)
}

/// Returns the plan of one team whose objectives hold these key results, and its histories.
fn team(objectives: Vec<Vec<(KeyResult, Option<Point>)>>) -> (Plan, BTreeMap<Slug, Fake>) {
    let mut metrics = BTreeMap::new();
    let mut histories = BTreeMap::new();
    let mut plans: Vec<Objective> = Vec::new();
    for (place, key_results) in objectives.into_iter().enumerate() {
        let mut kept = Vec::new();
        for (key_result, point) in key_results {
            let id = key_result.id.value.clone();
            metrics.insert(id.clone(), metric(id.as_str(), None));
            let points = point.into_iter().collect();
            histories.insert(id, Fake { usable: true, aggregate: Aggregate::Last, points, covers: None });
            kept.push(key_result);
        }
        plans.push(objective(&format!("o{place}"), Ambition::Committed, kept));
    }
    (plan(quarter(), plans, metrics), histories)
}

fn scored(objectives: Vec<Vec<(KeyResult, Option<Point>)>>, as_of: &str) -> TeamScore {
    let (plan, histories) = team(objectives);
    score(&plan, &histories, &Policy::default(), day(as_of)).quarters.remove(0).teams.remove(0)
}

fn mean(rollup: &Rollup) -> (String, String, usize, usize) {
    let score = rollup.score.map_or("-".to_owned(), |score| score.normal().to_string());
    (score, rollup.pessimistic.normal().to_string(), rollup.measured, rollup.of)
}

fn wanted(score: &str, pessimistic: &str, measured: usize, of: usize) -> (String, String, usize, usize) {
    (score.to_owned(), pessimistic.to_owned(), measured, of)
}

#[test]
fn an_objective_is_the_weighted_mean_of_its_key_results() {
    let found = scored(vec![vec![scoring("a", Some("0.4"), "1"), scoring("b", Some("1"), "2")]], "2026-10-01");
    assert_eq!(mean(&found.objectives[0].rollup), wanted("0.8", "0.8", 2, 2));
    assert_eq!(found.objectives[0].lowest, Some(0));
}

#[test]
fn scores_are_clamped_before_they_are_averaged() {
    let found = scored(vec![vec![scoring("a", Some("-3"), "1"), scoring("b", Some("3"), "1")]], "2026-10-01");
    assert_eq!(mean(&found.rollup), wanted("0.5", "0.5", 2, 2));
}

#[test]
fn thirds_add_up() {
    let mut third = scoring("a", Some("1"), "1");
    third.0.goal = Some(move_goal("0", "3"));
    let mut two_thirds = scoring("b", Some("2"), "1");
    two_thirds.0.goal = Some(move_goal("0", "3"));
    let found = scored(vec![vec![third, two_thirds]], "2026-10-01");
    assert_eq!(mean(&found.rollup).0, "0.5");
    let seven = |id| scoring(id, Some("0.7"), "0.1");
    let found = scored(vec![vec![seven("a"), seven("b"), seven("c")]], "2026-10-01");
    assert_eq!(found.rollup.grade().map(Grade::tenths), Some(7));
}

#[test]
fn what_has_no_data_is_left_out_while_the_quarter_runs_and_counts_0_at_the_end() {
    let objectives = || vec![vec![scoring("a", Some("0.8"), "1"), scoring("b", None, "1")]];
    let mut running = objectives();
    running[0][0].1 = Some(Point { day: day("2026-08-14"), value: number("0.8") });
    let found = scored(running, "2026-08-15");
    assert_eq!(mean(&found.objectives[0].rollup), wanted("0.8", "0.4", 1, 2));
    let found = scored(objectives(), "2026-10-01");
    assert_eq!(mean(&found.objectives[0].rollup), wanted("0.4", "0.4", 1, 2));
    assert_eq!(found.objectives[0].lowest, Some(1));
    let (plan, histories) = team(objectives());
    let policy = Policy { final_missing: FinalMissing::NoData, ..Policy::default() };
    let found = score(&plan, &histories, &policy, day("2026-10-01")).quarters.remove(0).teams.remove(0);
    assert_eq!(mean(&found.rollup), wanted("0.8", "0.4", 1, 2));
}

#[test]
fn a_team_is_the_plain_mean_of_its_objectives() {
    let one = vec![scoring("a", Some("1"), "9")];
    let three = vec![scoring("b", Some("0.2"), "1"), scoring("c", Some("0.4"), "1"), scoring("d", None, "1")];
    let found = scored(vec![one.clone(), three.clone()], "2026-10-01");
    assert_eq!(mean(&found.rollup), wanted("0.6", "0.6", 3, 4));
    let nothing = scored(vec![one, three, Vec::new()], "2026-10-01");
    assert_eq!(mean(&nothing.rollup), wanted("0.4", "0.4", 3, 4), "an empty objective is no way out");
    assert_eq!(mean(&scored(Vec::new(), "2026-10-01").rollup), wanted("-", "0", 0, 0));
}

#[test]
fn the_mean_without_milestones_stands_beside_the_mean_with_them() {
    let found = scored(
        vec![vec![scoring("a", Some("0.2"), "1"), milestone("b", true)], vec![milestone("c", true)]],
        "2026-10-01",
    );
    assert_eq!(mean(&found.rollup), wanted("0.8", "0.8", 3, 3));
    assert_eq!(mean(&found.without_soft.expect("has milestones")), wanted("0.2", "0.2", 1, 1));
    let only = scored(vec![vec![milestone("a", true)]], "2026-10-01");
    assert_eq!(mean(&only.without_soft.expect("has milestones")), wanted("-", "0", 0, 0));
    assert_eq!(scored(vec![vec![scoring("a", Some("1"), "1")]], "2026-10-01").without_soft, None);
}

#[test]
fn weights_of_any_size_have_a_mean() {
    let huge = "79228162514264337593543950335";
    let found = scored(vec![vec![scoring("a", Some("0.4"), huge), scoring("b", Some("1"), huge)]], "2026-10-01");
    assert_eq!(mean(&found.rollup).0, "0.7");
    let found = scored(vec![vec![scoring("a", Some("1"), "0")]], "2026-08-01");
    assert_eq!(found.rollup.score, None);
}

#[test]
fn a_promise_is_met_at_1_only_and_only_judged_at_the_end() {
    let verdicts = |values: &[&str], as_of: &str| {
        let ids = ["a", "b", "c"];
        let key_results = values.iter().zip(ids).map(|(value, id)| scoring(id, Some(value), "1")).collect();
        let (plan, histories) = team(vec![key_results]);
        let card = score(&plan, &histories, &Policy::default(), day(as_of));
        verdict(&card.quarters[0].teams[0].objectives[0], card.quarters[0].state)
    };
    assert_eq!(verdicts(&["1", "1.5"], "2026-10-01"), Some(Verdict::Met));
    assert_eq!(verdicts(&["1", "0.999"], "2026-10-01"), Some(Verdict::NotMet));
    assert_eq!(verdicts(&[], "2026-10-01"), Some(Verdict::NotMet));
    assert_eq!(verdicts(&["1"], "2026-09-30"), None);
    let slow = Case::new(move_goal("0", "1"), "s").points(&["2026-09-30 = 3"]);
    let guarded = Case::new(move_goal("0", "1"), "").points(&["2026-09-30 = 1"]).guardrail("<= 2 s", slow);
    let over = QuarterState::Over;
    assert_eq!(verdict(&guarded.clone().committed().objective("2026-10-01"), over), Some(Verdict::MetGuardrailBroken));
    assert_eq!(verdict(&guarded.objective("2026-10-01"), over), None, "an aspiration has no verdict");
}

#[test]
fn a_judgement_stands_beside_the_computed_score_and_does_not_roll_up() {
    let (mut plan, histories) = team(vec![vec![scoring("a", Some("0.4"), "1"), scoring("b", Some("0.4"), "1")]]);
    let judgement = |objective: &str, id: &str| Judgement {
        objective: slug(objective),
        key_result: spanned(slug(id)),
        judged: Judged { score: number("0.9"), because: None, by: None },
    };
    let judgements = vec![judgement("other", "b"), judgement("o0", "a")];
    let file = span().file;
    let review = Review {
        file,
        draft: false,
        story: None,
        answers: Vec::new().into(),
        judgements: judgements.into(),
        loose: Vec::new(),
    };
    plan.quarters[0].teams[0].review = Some(review);
    let card = score(&plan, &histories, &Policy::default(), day("2026-10-01"));
    let objective = &card.quarters[0].teams[0].objectives[0];
    assert_eq!(objective.key_results[0].judgement, Some(Box::new(judgement("o0", "a").judged)));
    assert_eq!(objective.key_results[1].judgement, None);
    assert_eq!(objective.rollup.score, Some(number("0.4")));
}

#[test]
fn each_quarter_knows_where_in_its_life_it_is() {
    let (mut plan, histories) = team(vec![vec![scoring("a", Some("0.4"), "1")]]);
    let mut next = QuarterPlan { ..plan.quarters[0].clone() };
    next.quarter = Calendar::default().quarter(CycleId::quarter(2026, 4)).expect("a quarter");
    plan.quarters.push(next);
    let states = |as_of: &str| -> Vec<QuarterState> {
        let card: Scorecard = score(&plan, &histories, &Policy::default(), day(as_of));
        card.quarters.iter().map(|quarter| quarter.state).collect()
    };
    assert_eq!(states("2026-06-30"), [QuarterState::Upcoming, QuarterState::Upcoming]);
    assert_eq!(states("2026-09-30"), [QuarterState::Open, QuarterState::Upcoming]);
    assert_eq!(states("2026-10-01"), [QuarterState::Over, QuarterState::Open]);
}
