//! Moves, targets and gains: every key result of the book's idea that goes from one value to another.

use super::*;
use crate::model::goal::{Better, Gain, GainKind, Goal, Target};
use crate::model::metric::Aggregate;
use crate::model::quantity::Number;
use crate::model::scorecard::{Band, BaselineOrigin, FinalMissing};

/// Name, goal, metric's unit, start; then the values for progress 0, 0.4, 0.7 and 1, a worse and a better one with
/// the progress that each makes.
type Row<'a> = (&'a str, Goal, &'a str, &'a str, [&'a str; 6], [&'a str; 2]);

fn table() -> Vec<Row<'static>> {
    let m = move_goal;
    let t = target_goal;
    let (g, r) = (gain_goal, relative_goal);
    vec![
        ("P1 incidents", m("8/quarter", "2/quarter"), "", "8", ["8", "5.6", "3.8", "2", "11", "0.8"], ["-0.5", "1.2"]),
        ("checkout", m("94 %", "98 %"), "%", "94", ["94", "95.6", "96.8", "98", "93", "99"], ["-0.25", "1.25"]),
        ("MTTR", m("2 h", "30 min"), "min", "120", ["120", "84", "57", "30", "165", "12"], ["-0.5", "1.2"]),
        ("page load", m("3.2 s", "1.5 s"), "s", "3.2", ["3.2", "2.52", "2.01", "1.5", "3.37", "1.33"], ["-0.1", "1.1"]),
        (
            "uptime",
            m("99.7 %", "99.95 %"),
            "%",
            "99.7",
            ["99.7", "99.8", "99.875", "99.95", "99.6", "100"],
            ["-0.4", "1.2"],
        ),
        ("lead time", m("14 d", "3 d"), "d", "14", ["14", "9.6", "6.3", "3", "25", "0.8"], ["-1", "1.2"]),
        (
            "cloud spend",
            m("0.12 USD/transaction", "0.06 USD/transaction"),
            "USD",
            "0.12",
            ["0.12", "0.096", "0.078", "0.06", "0.15", "0.03"],
            ["-0.5", "1.5"],
        ),
        ("escaped bugs", m("12/month", "4/month"), "", "12", ["12", "8.8", "6.4", "4", "16", "0"], ["-0.5", "1.5"]),
        ("merge to production", m("48 h", "4 h"), "h", "48", ["48", "30.4", "17.2", "4", "92", "1.8"], ["-1", "1.05"]),
        ("build time", m("25 min", "8 min"), "min", "25", ["25", "18.2", "13.1", "8", "26.7", "6.3"], ["-0.1", "1.1"]),
        ("deploy failures", m("8 %", "1 %"), "%", "8", ["8", "5.2", "3.1", "1", "15", "0.3"], ["-1", "1.1"]),
        (
            "cost per user",
            m("2.40 USD/active user", "1.50 USD/active user"),
            "USD",
            "2.4",
            ["2.40", "2.04", "1.77", "1.50", "2.85", "1.05"],
            ["-0.5", "1.5"],
        ),
        ("bug fix time", m("5 d", "1 d"), "d", "5", ["5", "3.4", "2.2", "1", "7", "0"], ["-0.5", "1.25"]),
        ("data incidents", m("6/quarter", "1/quarter"), "", "6", ["6", "4", "2.5", "1", "7", "0"], ["-0.2", "1.2"]),
        ("self-serve", m("40 %", "80 %"), "%", "40", ["40", "56", "68", "80", "20", "90"], ["-0.5", "1.25"]),
        ("NPS by 5 points", g("5 points"), "points", "30", ["30", "32", "33.5", "35", "25", "40"], ["-1", "2"]),
        ("coverage to 80 %", t("80 %"), "%", "50", ["50", "62", "71", "80", "35", "86"], ["-0.5", "1.2"]),
        ("tech debt by 30 %", r("-30 %"), "", "1000", ["1000", "880", "790", "700", "1150", "640"], ["-0.5", "1.2"]),
        ("lint errors by 50 %", r("-50 %"), "", "200", ["200", "160", "130", "100", "220", "80"], ["-0.2", "1.2"]),
    ]
}

#[test]
fn every_move_scores_exactly_at_its_start_its_tenths_and_its_end() {
    for (name, goal, unit, start, values, [worse, better]) in table() {
        let wanted = [
            ("0", "0", "0.0", Band::Missed),
            ("0.4", "0.4", "0.4", Band::FellShort),
            ("0.7", "0.7", "0.7", Band::Strong),
            ("1", "1", "1.0", Band::Complete),
            (worse, "0", "0.0", Band::Missed),
            (better, "1", "1.0", Band::Complete),
        ];
        for (value, (progress, score, grade, band)) in values.iter().zip(wanted) {
            let case = Case::new(goal.clone(), unit)
                .points(&[&format!("2026-06-30 = {start}"), &format!("2026-09-30 = {value}")]);
            let card = case.score("2026-10-05");
            assert_eq!(figures(&card), [progress, score, grade], "{name} at {value}");
            assert_eq!(card.grade().map(Grade::band), Some(band), "{name} at {value}");
            assert_eq!((card.state, card.reasons.len()), (ScoreState::Measured, 0), "{name} at {value}");
            let baseline = card.baseline.expect("a start");
            assert_eq!(baseline.quantity.number_in(&book::unit_of(unit)), Some(number(start)), "{name}");
            assert_eq!(card.goal.map(|goal| goal.kind().name()), Some("move"), "{name}");
        }
    }
}

#[test]
fn every_move_without_data_has_no_score_until_the_end_and_then_0() {
    for (name, goal, unit, start, ..) in table() {
        let case = Case::new(goal, unit).points(&[&format!("2026-06-30 = {start}")]);
        let reason = Reason::NoDataInWindow(Some(day("2026-06-30")));
        assert_unscored(&case.score("2026-08-15"), ScoreState::NoData, std::slice::from_ref(&reason));
        let card = case.score("2026-10-01");
        assert_eq!(figures(&card), ["-", "0", "0.0"], "{name}");
        assert_eq!(
            (card.state, card.reasons),
            (ScoreState::NoData, vec![reason.clone(), Reason::CountsAsZero]),
            "{name}"
        );
        let mut lenient = case.clone();
        lenient.policy.final_missing = FinalMissing::NoData;
        assert_unscored(&lenient.score("2026-10-01"), ScoreState::NoData, &[reason]);
    }
}

#[test]
fn units_that_do_not_divide_evenly_still_score_exactly() {
    // 2 hours is 120 min and 85 min no finite number of hours; (120 − 95.5) / (120 − 85) is 0.7.
    for (unit, value) in [("min", "95.5"), ("s", "5730")] {
        let card = Case::new(move_goal("2 h", "85 min"), unit).points(&[&format!("2026-09-30 = {value}")]);
        assert_eq!(figures(&card.score("2026-10-01")), ["0.7", "0.7", "0.7"]);
    }
}

#[test]
fn the_value_is_shown_in_the_goals_unit() {
    let card = Case::new(move_goal("2 h", "30 min"), "min").points(&["2026-09-30 = 30"]).score("2026-10-01");
    assert_eq!(card.value, Some(quantity("0.5 h")));
    assert_eq!(card.measured_on, Some(day("2026-09-30")));
    assert_eq!(card.receipt.map(|receipt| receipt.rows), Some(1));
}

#[test]
fn a_metric_without_a_unit_takes_the_goals() {
    let mut case = Case::new(move_goal("2 h", "1 h"), "").points(&["2026-09-30 = 1.5"]);
    case.metric.unit = None;
    assert_eq!(figures(&case.score("2026-10-01")), ["0.5", "0.5", "0.5"]);
}

#[test]
fn units_that_do_not_convert_leave_the_key_result_without_data() {
    let case = Case::new(move_goal("94 %", "98 %"), "h").points(&["2026-08-01 = 96"]);
    assert_unscored(&case.score("2026-08-02"), ScoreState::NoData, &[Reason::UnitsDiffer]);
}

#[test]
fn numbers_that_are_too_large_say_so() {
    let huge = "79228162514264337593543950335";
    let case =
        Case::new(move_goal("-79228162514264337593543950335", huge), "").points(&[&format!("2026-08-01 = {huge}")]);
    assert_unscored(&case.score("2026-08-02"), ScoreState::NoData, &[Reason::TooLarge]);
    let weeks = Case::new(move_goal("1 d", "2 d"), "s").points(&[&format!("2026-08-01 = {huge}")]);
    assert!(weeks.score("2026-08-02").score.is_some() || weeks.score("2026-08-02").reasons == [Reason::TooLarge]);
}

#[test]
fn data_after_the_quarter_does_not_count() {
    let case = Case::new(move_goal("0", "10"), "").points(&["2026-09-30 = 4", "2026-10-01 = 10"]);
    for as_of in ["2026-09-30", "2026-10-01", "2027-05-01"] {
        assert_eq!(figures(&case.score(as_of)), ["0.4", "0.4", "0.4"], "{as_of}");
    }
    assert_eq!(case.score("2026-09-29").reasons, [Reason::NoDataInWindow(None)], "later data is not known yet");
}

#[test]
fn a_quarter_without_data_names_the_last_before_it_whatever_comes_later() {
    let case = Case::new(move_goal("0", "10"), "").aggregate(Aggregate::Mean);
    let card = case.points(&["2026-05-30 = 4", "2026-11-06 = 10"]).score("2026-11-10");
    assert_eq!(card.reasons[0], Reason::NoDataInWindow(Some(day("2026-05-30"))));
}

#[test]
fn without_a_stated_start_the_last_value_before_the_quarter_counts() {
    let case = Case::new(gain_goal("5 points"), "points").points(&[
        "2026-03-01 = 10",
        "2026-06-20 = 30",
        "2026-07-01 = 31",
        "2026-08-01 = 34",
    ]);
    let card = case.score("2026-08-02");
    let baseline = card.baseline.clone().expect("a start");
    assert_eq!(baseline.origin, BaselineOrigin::BeforeQuarter(day("2026-06-20")));
    assert_eq!(card.goal, Some(move_goal("30 points", "35 points")));
    assert_eq!(figures(&card), ["0.8", "0.8", "0.8"]);
}

#[test]
fn with_an_aggregate_the_start_is_the_same_aggregate_over_the_quarter_before() {
    let case = Case::new(target_goal("10"), "").aggregate(Aggregate::Mean);
    // The second quarter begins on 1 April, 91 days before 1 July; the day before does not count.
    let case =
        case.points(&["2026-03-31 = 500", "2026-04-01 = 2", "2026-06-30 = 4", "2026-07-10 = 5", "2026-07-20 = 8"]);
    let card = case.score("2026-07-21");
    assert_eq!(card.baseline.map(|baseline| baseline.quantity), Some(quantity("3")));
    assert_eq!(card.progress, ratio("3.5", "7"));
    // A metric with a trailing window of its own uses that length.
    let card = case.window(30).score("2026-07-21");
    assert_eq!(card.baseline.map(|baseline| baseline.quantity), Some(quantity("4")));
}

#[test]
fn without_data_before_the_quarter_the_first_value_in_it_is_the_start_and_says_so() {
    for aggregate in [Aggregate::Last, Aggregate::Mean] {
        let case = Case::new(target_goal("10"), "").aggregate(aggregate).points(&["2026-07-05 = 4", "2026-07-15 = 7"]);
        let baseline = case.score("2026-07-16").baseline.expect("a start");
        assert_eq!(
            (baseline.quantity, baseline.origin),
            (quantity("4"), BaselineOrigin::FirstInQuarter(day("2026-07-05")))
        );
    }
}

#[test]
fn without_any_data_a_target_has_no_baseline() {
    let case = Case::new(target_goal("80 %"), "%");
    assert_unscored(&case.score("2026-08-01"), ScoreState::NoData, &[Reason::NoBaseline]);
}

#[test]
fn a_target_that_is_reached_at_the_start_measures_nothing_unless_it_says_which_way_is_better() {
    let case = Case::new(target_goal("80 %"), "%").points(&["2026-06-30 = 80", "2026-08-01 = 90"]);
    assert_unscored(&case.score("2026-08-02"), ScoreState::Unscored, &[Reason::AlreadyThere]);
    // The verb says that more is better and the start is there: falling towards it is no progress, and none is needed.
    for (better, start, value, score) in [
        (Better::Higher, "90", "81", "1"),
        (Better::Higher, "90", "80", "1"),
        (Better::Higher, "90", "79.9", "0"),
        (Better::Higher, "80", "95", "1"),
        (Better::Lower, "70", "79", "1"),
        (Better::Lower, "70", "81", "0"),
    ] {
        let goal = Goal::Target(Target { to: quantity("80 %"), better: Some(better) });
        let start_on = format!("2026-06-30 = {start}");
        let case = Case::new(goal.clone(), "%").points(&[&start_on, &format!("2026-08-01 = {value}")]);
        let card = case.score("2026-08-02");
        assert_eq!((card.score, card.goal), (Some(number(score)), Some(goal)), "{start} {value}");
        assert_eq!(card.baseline.map(|baseline| baseline.quantity), Some(quantity(&format!("{start} %"))));
        let standing = card.standing.expect("the quarter runs");
        assert_eq!((standing.expected, standing.projected), (None, None));
    }
    let by_metric = || Case::new(target_goal("80 %"), "%").points(&["2026-06-30 = 90", "2026-08-01 = 81"]);
    let mut case = by_metric();
    case.metric.better = Some(Better::Higher);
    assert_eq!(case.score("2026-08-02").score, Some(number("1")));
    assert_eq!(by_metric().score("2026-08-02").score, Some(number("0.9")), "nothing says which way");
}

#[test]
fn a_stated_start_of_a_gain_wins_over_the_measured_one() {
    let from = Some(quantity("2 h"));
    let goal = Goal::Gain(Gain { by: quantity("-20 min"), kind: GainKind::Absolute, from });
    let card = Case::new(goal, "min").points(&["2026-06-30 = 500", "2026-08-01 = 106"]).score("2026-08-02");
    assert_eq!(card.baseline.map(|baseline| baseline.origin), Some(BaselineOrigin::Stated));
    assert_eq!(card.progress, Some(number("0.7")));
}

#[test]
fn a_share_of_a_negative_start_goes_the_way_that_its_sign_says() {
    let case = Case::new(relative_goal("50 %"), "USD").points(&["2026-06-30 = -100", "2026-08-01 = -75"]);
    let card = case.score("2026-08-02");
    assert_eq!(card.goal, Some(move_goal("-100 USD", "-50 USD")));
    assert_eq!(card.progress, Some(number("0.5")));
    let nothing = Case::new(relative_goal("50 %"), "USD").points(&["2026-06-30 = 0", "2026-08-01 = 5"]);
    assert_unscored(&nothing.score("2026-08-02"), ScoreState::Unscored, &[Reason::AlreadyThere]);
}

#[test]
fn a_key_result_without_goal_or_metric_is_unscored_and_counts_0_at_the_end() {
    let mut case = Case::new(move_goal("0", "1"), "").points(&["2026-08-01 = 1"]);
    case.key_result.metric = None;
    assert_unscored(&case.score("2026-08-02"), ScoreState::Unscored, &[Reason::NoMetric]);
    let mut case = Case::new(move_goal("0", "1"), "").points(&["2026-08-01 = 1"]);
    case.key_result.goal = None;
    let card = case.score("2026-08-02");
    assert_unscored(&card, ScoreState::Unscored, &[Reason::NoGoal]);
    assert_eq!(card.value, Some(quantity("1")), "the value is shown all the same");
    let card = case.score("2026-10-01");
    assert_eq!((card.score, card.reasons), (Some(Number::ZERO), vec![Reason::NoGoal, Reason::CountsAsZero]));
}

#[test]
fn an_export_that_cannot_be_used_is_no_data() {
    let mut case = Case::new(move_goal("0", "1"), "").points(&["2026-08-01 = 1"]);
    case.fake.usable = false;
    assert_unscored(&case.score("2026-08-02"), ScoreState::NoData, &[Reason::ExportUnusable]);
}

#[test]
fn a_quarter_that_has_not_begun_scores_nothing() {
    let case = Case::new(move_goal("0", "10"), "").points(&["2026-06-01 = 5"]);
    let card = case.score("2026-06-30");
    assert_unscored(&card, ScoreState::NoData, &[Reason::NotBegun]);
    assert_eq!((card.standing, card.value), (None, None));
    assert_eq!(card.baseline.map(|baseline| baseline.quantity), Some(quantity("0")));
}

#[test]
fn old_data_keeps_its_value_and_says_how_old_it_may_be() {
    let case = Case::new(move_goal("0", "10"), "").points(&["2026-08-01 = 9"]);
    let fresh = case.score("2026-08-08");
    assert_eq!((fresh.state, fresh.age_days), (ScoreState::Measured, Some(7)));
    let stale = case.score("2026-08-09");
    assert_eq!(
        (stale.state, stale.age_days, &*stale.reasons),
        (ScoreState::Stale, Some(8), &[Reason::OlderThan(7)][..])
    );
    assert_eq!(figures(&stale), ["0.9", "0.9", "0.9"]);
    let mut patient = case.clone();
    patient.metric.fresh_within = Some(30);
    assert_eq!(patient.score("2026-08-09").state, ScoreState::Measured);
    assert_eq!(patient.score("2026-11-01").reasons, [Reason::OlderThan(30)], "the age is counted to the quarter's end");
    assert_eq!(patient.score("2026-11-01").age_days, Some(60));
}

#[test]
fn in_a_past_quarter_a_value_is_as_old_as_its_reading_though_the_export_goes_on() {
    let case = Case::new(move_goal("0", "10"), "").points(&["2026-08-01 = 9", "2026-11-01 = 10"]);
    assert_eq!(case.score("2026-11-02").age_days, Some(60));
    assert_eq!(case.score("2026-11-02").state, ScoreState::Stale);
}
