//! Pace, projection and status.

use super::*;
use crate::model::goal::{Goal, Judge, Milestone};
use crate::model::metric::Aggregate;
use crate::model::plan::Pace;
use crate::model::quantity::Number;
use crate::model::scorecard::{ProjectionRule, Standing, Status};

fn case(value: &str, on: &str) -> Case {
    Case::new(move_goal("0", "1"), "").points(&[&format!("{on} = {value}")])
}

fn standing(case: &Case, as_of: &str) -> Standing {
    *case.score(as_of).standing.expect("the quarter runs")
}

fn progress_of(standing: &Standing) -> Option<Number> {
    standing.expected.map(|expected| expected.progress)
}

#[test]
fn the_pace_projects_where_there_are_few_points() {
    // On 15 August 46 of 92 days are gone.
    let rows = [
        ("0.5", Status::Ahead, Status::OnTrack),
        ("0.35", Status::OnTrack, Status::AtRisk),
        ("0.349", Status::AtRisk, Status::OffTrack),
        ("0.2", Status::AtRisk, Status::OffTrack),
        ("0.199", Status::OffTrack, Status::OffTrack),
        ("-1", Status::OffTrack, Status::OffTrack),
        ("1", Status::Ahead, Status::Ahead),
    ];
    for (value, aspirational, committed) in rows {
        let case = case(value, "2026-08-15");
        let found = standing(&case, "2026-08-15");
        assert_eq!((found.status, found.rule), (aspirational, ProjectionRule::Pace), "{value}");
        assert_eq!(
            (progress_of(&found), found.projected),
            (Some(number("0.5")), number(value).times(number("2"))),
            "{value}"
        );
        assert_eq!(standing(&case.committed(), "2026-08-15").status, committed, "{value}");
    }
}

#[test]
fn expected_progress_is_the_share_of_days_gone_today_included() {
    let rows = [("2026-07-01", "1"), ("2026-07-31", "31"), ("2026-08-15", "46"), ("2026-09-30", "92")];
    for (as_of, gone) in rows {
        assert_eq!(progress_of(&standing(&case("0.5", as_of), as_of)), ratio(gone, "92"), "{as_of}");
    }
    assert_eq!(case("0.5", "2026-09-30").score("2026-10-01").standing, None, "a quarter that is over has no status");
}

#[test]
fn stages_expect_the_last_one_reached() {
    let stages = vec![(day("2026-08-01"), number("0.3")), (day("2026-09-01"), number("0.75"))];
    let staged = |value, on| case(value, on).pace(Pace::Stages(stages.clone()));
    let rows = [("2026-07-31", "0"), ("2026-08-01", "0.3"), ("2026-08-31", "0.3"), ("2026-09-01", "0.75")];
    for (as_of, expected) in rows {
        assert_eq!(progress_of(&standing(&staged("0.3", as_of), as_of)), Some(number(expected)), "{as_of}");
    }
    let found = standing(&staged("0.6", "2026-09-01"), "2026-09-01");
    assert_eq!((found.projected, found.status), (Some(number("0.8")), Status::OnTrack));
}

#[test]
fn what_is_expected_is_asked_of_the_day_that_the_data_speaks_of() {
    let mut case = case("0.3", "2026-07-31");
    case.metric.fresh_within = Some(45);
    let by = |case: &Case| standing(case, "2026-08-20").expected.map(|expected| (expected.by, expected.progress));
    let found = standing(&case, "2026-08-20");
    assert_eq!(by(&case), Some((day("2026-07-31"), ratio("31", "92").expect("a share"))));
    assert_eq!((found.status, found.rule), (Status::OnTrack, ProjectionRule::Pace));
    // An export that is complete up to later vouches for its last value until then.
    let complete = case.clone().covers("2026-07-01", "2026-08-15");
    assert_eq!(by(&complete), Some((day("2026-08-15"), number("0.5"))));
    let stages = vec![(day("2026-07-31"), number("0.25")), (day("2026-08-01"), number("0.9"))];
    assert_eq!(by(&case.pace(Pace::Stages(stages))), Some((day("2026-07-31"), number("0.25"))));
    // A trailing sum that ends before the quarter was asked for nothing yet.
    let trailing = Case::new(move_goal("0", "9"), "").aggregate(Aggregate::Sum).window(7);
    let trailing = trailing.daily("2026-06-20", &["1"; 9]);
    assert_eq!(by(&trailing), Some((day("2026-06-28"), number("0"))));
}

#[test]
fn with_nothing_to_project_from_progress_is_at_worst_at_risk() {
    for pace in [Pace::Step, Pace::None, Pace::Stages(Vec::new())] {
        for (value, status) in [("0", Status::AtRisk), ("0.7", Status::OnTrack), ("1", Status::Ahead)] {
            let found = standing(&case(value, "2026-08-15").pace(pace.clone()), "2026-08-15");
            assert_eq!((found.status, found.rule), (status, ProjectionRule::Nothing), "{pace:?} {value}");
            assert_eq!(found.projected, None, "{pace:?} {value}");
        }
    }
}

#[test]
fn five_points_make_a_trend() {
    let line = |count: usize| {
        let values = ["0.000", "0.008", "0.016", "0.024", "0.032", "0.040"];
        Case::new(move_goal("0", "1"), "").daily("2026-07-01", &values[..count])
    };
    assert_eq!(standing(&line(4), "2026-07-04").rule, ProjectionRule::Pace);
    let found = standing(&line(5), "2026-07-05");
    assert_eq!((found.rule, found.projected), (ProjectionRule::Trend, Some(number("0.728"))));
    assert_eq!(found.status, Status::OnTrack);
    assert_eq!(standing(&line(5).pace(Pace::Step), "2026-07-05").rule, ProjectionRule::Nothing);
    assert_eq!(standing(&line(5).pace(Pace::None), "2026-07-05").rule, ProjectionRule::Trend);
}

#[test]
fn a_trend_is_not_moved_by_one_wild_point_and_counts_in_the_goals_unit() {
    let case = Case::new(move_goal("2 h", "1 h"), "min");
    let case = case.daily("2026-07-01", &["120", "119", "118", "9000", "116", "115", "114"]);
    let found = standing(&case, "2026-07-07");
    // One minute a day: 91 days after 1 July it would be 29 min.
    assert_eq!(found.projected, ratio("91", "60").map(|progress| progress.round_to(6)));
}

#[test]
fn the_trend_of_a_metric_without_a_unit_counts_in_the_goals_first_unit() {
    let mut case =
        Case::new(move_goal("2 h", "60 min"), "").daily("2026-07-01", &["2", "1.99", "1.98", "1.97", "1.96"]);
    case.metric.unit = None;
    assert_eq!(standing(&case, "2026-07-05").projected, Some(number("0.91")));
}

#[test]
fn points_on_one_day_make_no_trend() {
    let case = Case::new(move_goal("0", "1"), "").points(&["2026-08-15 = 0.5"; 6]);
    assert_eq!(standing(&case, "2026-08-15").rule, ProjectionRule::Pace);
}

#[test]
fn long_series_are_thinned_and_keep_their_line() {
    let values: Vec<String> = (0..92).flat_map(|n| vec![format!("{}", n); 4]).collect();
    let mut case = Case::new(move_goal("0", "91"), "");
    for (place, value) in values.iter().enumerate() {
        let on = day("2026-07-01").plus(i32::try_from(place / 4).expect("small"));
        case = case.points(&[&format!("{on} = {value}")]);
    }
    assert_eq!(standing(&case, "2026-08-15").projected, Some(number("1")));
}

#[test]
fn stale_data_is_never_on_track() {
    for (value, status) in [("1", Status::AtRisk), ("0.45", Status::AtRisk), ("0.01", Status::OffTrack)] {
        let found = standing(&case(value, "2026-08-01"), "2026-08-15");
        assert_eq!(found.status, status, "{value}");
    }
}

#[test]
fn no_data_has_no_status_but_its_own() {
    let found = standing(&Case::new(move_goal("0", "1"), ""), "2026-08-15");
    assert_eq!((found.status, found.projected, found.rule), (Status::NoData, None, ProjectionRule::Nothing));
}

#[test]
fn run_rates_and_holds_stand_for_the_whole_quarter() {
    let flow = Case::new(move_goal("8/quarter", "2/quarter"), "").aggregate(Aggregate::Count);
    let flow = flow.points(&["2026-07-05 = 1"]).covers("2026-07-01", "2026-08-15");
    let found = standing(&flow, "2026-08-15");
    assert_eq!((found.status, found.rule), (Status::Ahead, ProjectionRule::RunRate));
    assert_eq!((found.projected, found.expected), (Some(number("1")), None));
    assert_eq!(
        standing(&flow.committed(), "2026-08-15").status,
        Status::OnTrack,
        "a falling flow is met at the end only"
    );
    let rising = Case::new(move_goal("0/quarter", "2/quarter"), "").aggregate(Aggregate::Count).committed();
    let rising = |count| rising.clone().daily("2026-07-05", &vec!["1"; count]).covers("2026-07-01", "2026-08-15");
    assert_eq!(standing(&rising(1), "2026-08-15").status, Status::OnTrack);
    assert_eq!(standing(&rising(2), "2026-08-15").status, Status::Ahead, "what is counted stays counted");
    let hold = Case::new(hold_goal("< 5", Judge::Share), "").daily("2026-08-01", &["1", "1", "1", "9"]);
    let found = standing(&hold, "2026-08-04");
    assert_eq!(
        (found.status, found.rule, found.projected),
        (Status::OnTrack, ProjectionRule::RunRate, Some(number("0.75")))
    );
}

#[test]
fn a_milestone_is_off_track_once_it_is_late() {
    let goal = Goal::Milestone(Milestone { done: None, due: Some(day("2026-08-10")) });
    assert_eq!(standing(&Case::new(goal.clone(), ""), "2026-08-10").status, Status::AtRisk);
    assert_eq!(standing(&Case::new(goal, ""), "2026-08-11").status, Status::OffTrack);
    let done = Goal::Milestone(Milestone { done: Some(day("2026-08-01")), due: Some(day("2026-07-10")) });
    assert_eq!(standing(&Case::new(done, ""), "2026-08-11").status, Status::Ahead);
}

#[test]
fn what_can_not_be_reached_any_more_is_out_of_reach_with_the_best_that_still_can() {
    let count = |goal: Goal, values: usize, until: &str| {
        let case = Case::new(goal, "").aggregate(Aggregate::Count);
        case.daily("2026-07-05", &vec!["1"; values]).covers("2026-07-01", until)
    };
    let found = |case: &Case, as_of: &str| {
        let card = case.score(as_of);
        (card.standing.expect("the quarter runs").status, card.best)
    };
    let falling = || move_goal("8/quarter", "2/quarter");
    let best = |text: &str| Some(number(text));
    for (case, as_of, status, left) in [
        (count(falling(), 2, "2026-08-15"), "2026-08-15", Status::AtRisk, None),
        (count(falling(), 5, "2026-08-15"), "2026-08-15", Status::OutOfReach, best("0.5")),
        (count(falling(), 9, "2026-08-15"), "2026-08-15", Status::OutOfReach, best("0")),
        // Too early for a rate, and not too early to know.
        (count(falling(), 5, "2026-07-15"), "2026-07-15", Status::OutOfReach, best("0.5")),
        (
            count(move_goal("9/month", "1/month"), 4, "2026-08-15"),
            "2026-08-15",
            Status::OutOfReach,
            Some(ratio_of(23, 24)),
        ),
        (count(hold_goal("<= 2/quarter", Judge::Share), 3, "2026-07-15"), "2026-07-15", Status::OutOfReach, best("0")),
        (count(hold_goal("<= 0", Judge::Share), 1, "2026-08-15"), "2026-08-15", Status::OutOfReach, best("0")),
        (count(hold_goal(">= 9/quarter", Judge::Share), 1, "2026-08-15"), "2026-08-15", Status::OffTrack, None),
        (count(move_goal("0/quarter", "9/quarter"), 1, "2026-08-15"), "2026-08-15", Status::OffTrack, None),
    ] {
        assert_eq!(found(&case, as_of), (status, left), "{:?}", case.key_result.goal);
    }
    let refunds = count(falling(), 5, "2026-08-15").aggregate(Aggregate::Sum).points(&["2026-08-01 = -1"]);
    assert_eq!(found(&refunds, "2026-08-15").1, None, "what can be taken back may still be");
    let held = |judge| Case::new(hold_goal("< 5", judge), "").daily("2026-08-01", &["1", "9", "1", "1"]);
    assert_eq!(found(&held(Judge::Always), "2026-08-04"), (Status::OutOfReach, best("0")));
    assert_eq!(found(&held(Judge::Share), "2026-08-04").1, None);
    assert_eq!(found(&held(Judge::End), "2026-08-04").1, None);
    assert_eq!(found(&held(Judge::End).aggregate(Aggregate::Max), "2026-08-04").1, best("0"));
    let longest = Case::new(move_goal("12", "4"), "").aggregate(Aggregate::Max).daily("2026-08-01", &["1", "6", "2"]);
    assert_eq!(found(&longest, "2026-08-04"), (Status::OutOfReach, best("0.75")));
    assert_eq!(longest.score("2026-10-01").best, None, "over is over");
    let promised = count(falling(), 5, "2026-08-15").committed().objective("2026-08-15");
    assert_eq!(crate::score::verdict::status(&promised), Some(Status::OutOfReach));
}

fn ratio_of(a: i64, b: i64) -> Number {
    ratio(&a.to_string(), &b.to_string()).expect("a share")
}
