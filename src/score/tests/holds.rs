//! Holds, milestones, baselines and guardrails.

use super::*;
use crate::model::goal::{Goal, Hold, Judge, Milestone};
use crate::model::metric::{Aggregate, Cadence};
use crate::model::scorecard::{GuardrailState, HoldTally};

fn tally(inside: u64, measured: u64, missing: u64) -> Option<Box<HoldTally>> {
    Some(Box::new(HoldTally { inside, measured, missing }))
}

#[test]
fn a_hold_scores_the_share_of_points_inside() {
    let goals = [
        ("autoscaling", "< 60 s", "s", "59.9", "60"),
        ("error rate", "< 2 %", "%", "1.99", "2"),
        ("freshness", "< 15 min", "min", "14", "15"),
        ("uptime", ">= 99.9 %", "%", "99.9", "99.89"),
        ("converted", "< 1 min", "s", "59.9", "60"),
    ];
    for (name, bound, unit, inside, outside) in goals {
        for (kept, score, grade) in [(0, "0", "0.0"), (4, "0.4", "0.4"), (7, "0.7", "0.7"), (10, "1", "1.0")] {
            let values: Vec<&str> = (0..10).map(|n| if n < kept { inside } else { outside }).collect();
            let case = Case::new(hold_goal(bound, Judge::Share), unit).daily("2026-09-21", &values);
            let over = case.score("2026-10-01");
            assert_eq!(figures(&over), [score, score, grade], "{name} {kept}");
            assert_eq!((over.state, over.hold), (ScoreState::Measured, tally(kept, 10, 0)), "{name} {kept}");
            assert_eq!(case.score("2026-09-30").state, ScoreState::Projected, "{name} {kept}");
        }
        let card = Case::new(hold_goal(bound, Judge::Share), unit).score("2026-08-01");
        assert_unscored(&card, ScoreState::NoData, &[Reason::NoDataInWindow(None)]);
    }
}

#[test]
fn a_range_is_held_where_both_bounds_are() {
    let range = |judge| {
        let Goal::Hold(hold) = hold_goal(">= 3", judge) else { unreachable!("a hold") };
        let Goal::Hold(upper) = hold_goal("<= 5", judge) else { unreachable!("a hold") };
        Goal::Hold(Hold { upper: Some(upper.bound), ..hold })
    };
    let values = ["2.9", "3", "4", "5", "5.1"];
    for (judge, score) in [(Judge::Share, "0.6"), (Judge::End, "0"), (Judge::Always, "0")] {
        let case = Case::new(range(judge), "").daily("2026-09-26", &values);
        assert_eq!(figures(&case.score("2026-10-01"))[1], score, "{judge:?}");
    }
    let whole = |count: usize| {
        let days: Vec<&str> = (0..92).map(|day| if day < count { "1" } else { "0" }).collect();
        Case::new(range(Judge::Share), "").aggregate(Aggregate::Sum).daily("2026-07-01", &days)
    };
    for (count, score) in [(2, "0"), (3, "1"), (5, "1"), (6, "0")] {
        assert_eq!(figures(&whole(count).score("2026-10-01"))[1], score, "a sum of {count}");
    }
    let spent = whole(6).score("2026-08-15");
    assert_eq!(spent.best, Some(Number::ZERO), "what is over the upper bound stays there");
    assert_eq!(whole(2).score("2026-08-15").best, None, "what is below the lower one may still rise");
}

#[test]
fn judges_differ_in_what_they_ask() {
    let rows: [(&[&str], [&str; 3]); 4] = [
        (&["1", "1", "1", "1"], ["1", "1", "1"]),
        (&["9", "1", "1", "1"], ["0.75", "1", "0"]),
        (&["1", "1", "1", "9"], ["0.75", "0", "0"]),
        (&["9", "9", "9", "9"], ["0", "0", "0"]),
    ];
    for (values, wanted) in rows {
        for (judge, wanted) in [Judge::Share, Judge::End, Judge::Always].into_iter().zip(wanted) {
            let card = Case::new(hold_goal("<= 5", judge), "").daily("2026-09-27", values).score("2026-10-01");
            assert_eq!(figures(&card)[1], wanted, "{values:?} {judge:?}");
        }
    }
}

#[test]
fn with_an_aggregate_the_end_is_judged_by_the_metrics_value() {
    let case = Case::new(hold_goal("<= 5", Judge::End), "").aggregate(Aggregate::Max);
    let card = case.daily("2026-09-27", &["9", "1", "1", "1"]).score("2026-10-01");
    assert_eq!((figures(&card)[1].as_str(), card.value), ("0", Some(quantity("9"))));
}

#[test]
fn where_a_value_is_due_a_missing_one_counts_as_outside() {
    let share = || Case::new(hold_goal("<= 5", Judge::Share), "");
    // 1 July 2026 is a Wednesday: 92 days, 66 weekdays, 13 whole weeks, 3 months.
    let rows = [(Cadence::Day, 92), (Cadence::Weekday, 66), (Cadence::Week, 13), (Cadence::Month, 3)];
    for (cadence, due) in rows {
        let card = share().every(cadence).points(&["2026-07-01 = 1"]).score("2026-10-01");
        assert_eq!(card.hold, tally(1, 1, due - 1), "{cadence:?}");
        assert_eq!(card.score, ratio("1", &due.to_string()), "{cadence:?}");
    }
    let always = Case::new(hold_goal("<= 5", Judge::Always), "").every(Cadence::Week).points(&["2026-09-30 = 1"]);
    assert_eq!(figures(&always.score("2026-10-01"))[1], "0");
}

#[test]
fn on_holidays_nothing_is_due_and_nothing_grows_old() {
    let holidays = ["2026-09-22", "2026-09-23", "2026-09-24", "2026-09-25", "2026-09-28", "2026-09-29", "2026-09-30"];
    let case = Case::new(hold_goal("<= 5", Judge::Share), "").every(Cadence::Weekday);
    let case = case.daily("2026-09-01", &["1"; 21]);
    let before = case.score("2026-10-01");
    // 44 weekdays of July and August are missing, and 7 of September.
    assert_eq!((before.state, before.hold), (ScoreState::Stale, tally(21, 21, 44 + 7)));
    let card = case.holidays(&holidays).score("2026-10-01");
    assert_eq!((card.state, card.hold), (ScoreState::Measured, tally(21, 21, 44)));
}

#[test]
fn a_missing_period_weighs_as_much_as_a_measured_one() {
    let case = Case::new(hold_goal("<= 5", Judge::Share), "").every(Cadence::Week);
    let card = case.daily("2026-07-01", &["1"; 14]).score("2026-10-01");
    assert_eq!(card.hold, tally(14, 14, 7 * 11));
}

#[test]
fn while_the_quarter_runs_only_what_fresh_exports_have_reached_is_due() {
    let case = Case::new(hold_goal("<= 5", Judge::Share), "").every(Cadence::Day);
    let case = case.points(&["2026-07-01 = 1", "2026-07-03 = 1"]);
    assert_eq!(case.score("2026-07-03").hold, tally(2, 2, 1));
    assert_eq!(case.score("2026-07-05").hold, tally(2, 2, 1), "two days late is not missing yet");
    assert_eq!(case.score("2026-07-13").hold, tally(2, 2, 10), "a stopped export is; today is still running");
}

#[test]
fn a_milestone_is_done_once_its_day_has_come() {
    let goal = |done| Goal::Milestone(Milestone { done, due: Some(day("2026-09-01")) });
    let mut case = Case::new(goal(Some(day("2026-08-14"))), "");
    case.key_result.metric = None;
    assert_eq!(figures(&case.score("2026-08-13")), ["0", "0", "0.0"]);
    let done = case.score("2026-08-14");
    assert_eq!((figures(&done)[2].as_str(), done.state, &*done.reasons), ("1.0", ScoreState::Measured, &[][..]));
    case.key_result.goal = Some(goal(None));
    assert_eq!(figures(&case.score("2026-10-01")), ["0", "0", "0.0"]);
}

#[test]
fn a_baseline_is_established_by_its_day_or_by_its_metric() {
    let goal = |done| Goal::Baseline(Milestone { done, due: None });
    let case = Case::new(goal(None), "h");
    assert_eq!(figures(&case.score("2026-08-14"))[1], "0");
    let measured = case.clone().points(&["2026-08-10 = 12"]).score("2026-08-14");
    assert_eq!((figures(&measured)[1].as_str(), measured.value), ("1", Some(quantity("12 h"))));
    assert_eq!(figures(&Case::new(goal(Some(day("2026-08-01"))), "h").score("2026-08-14"))[1], "1");
}

#[test]
fn guardrails_are_kept_broken_or_without_data() {
    let guarded = |limit: &str, other: Case| {
        let card =
            Case::new(move_goal("0", "1"), "").points(&["2026-08-14 = 1"]).guardrail(limit, other).score("2026-08-15");
        (card.guardrails[0].state, card.guardrails[0].value.clone(), card.guardrail_broken())
    };
    let other = |unit: &str| Case::new(move_goal("0", "1"), unit);
    let seconds = |value: &str| other("s").points(&[&format!("2026-08-14 = {value}")]);
    assert_eq!(guarded("<= 2 s", seconds("2")), (GuardrailState::Kept, Some(quantity("2 s")), false));
    assert_eq!(guarded("< 2 s", seconds("2")), (GuardrailState::Broken, Some(quantity("2 s")), true));
    assert_eq!(guarded("<= 1 min", seconds("90")).1, Some(quantity("1.5 min")));
    assert_eq!(guarded("<= 2 %", seconds("2")), (GuardrailState::NoData, None, false));
    assert_eq!(guarded("<= 2 s", other("s")), (GuardrailState::NoData, None, false));
    let old = other("s").points(&["2026-07-14 = 1"]);
    assert_eq!(guarded("<= 2 s", old), (GuardrailState::NoData, Some(quantity("1 s")), false));
    let old = other("s").points(&["2026-07-14 = 3"]);
    assert_eq!(guarded("<= 2 s", old).0, GuardrailState::Broken);
}

#[test]
fn guardrails_on_flows_judge_the_rate_and_what_is_already_too_much() {
    let state = |limit: &str, covered: &str, incidents: &[&str]| {
        let other = Case::new(move_goal("0", "1"), "").aggregate(Aggregate::Count);
        let other = other.points(incidents).covers("2026-07-01", covered);
        let card = Case::new(move_goal("0", "1"), "").guardrail(limit, other);
        card.score(covered).guardrails[0].state
    };
    let two = ["2026-07-02 = 1", "2026-07-03 = 1"];
    assert_eq!(state("<= 3/quarter", "2026-07-05", &two), GuardrailState::NoData);
    assert_eq!(state("<= 1/quarter", "2026-07-05", &two), GuardrailState::Broken);
    assert_eq!(state("<= 4/quarter", "2026-08-15", &two), GuardrailState::Kept);
    assert_eq!(state("<= 3/quarter", "2026-08-15", &two), GuardrailState::Broken);
    assert_eq!(state(">= 4/quarter", "2026-08-15", &two), GuardrailState::Kept);
}
