//! Flows: sums and counts at a third, the middle, the last day and after the quarter.

use super::*;
use crate::model::goal::Judge;
use crate::model::metric::Aggregate;
use crate::model::scorecard::{BaselineOrigin, RunRate};

/// Incidents on these days, exports covering 1 July to `last`.
fn incidents(goal: crate::model::goal::Goal, last: &str, days: &[&str]) -> Case {
    let rows: Vec<String> = days.iter().map(|day| format!("2026-{day} = 1")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    Case::new(goal, "").aggregate(Aggregate::Count).points(&rows).covers("2026-07-01", last)
}

fn p1(last: &str, days: &[&str]) -> Case {
    incidents(move_goal("8/quarter", "2/quarter"), last, days)
}

fn run_rate(so_far: &str, covered_days: i32, capped: bool) -> Option<Box<RunRate>> {
    Some(Box::new(RunRate { so_far: number(so_far), covered_days, of_days: 92, capped }))
}

#[test]
fn before_a_third_of_the_quarter_there_is_no_grade() {
    // A third of 92 days is 30.67: 30 days are too few, 31 are enough.
    let case = p1("2026-07-30", &["07-03"]);
    let card = case.score("2026-07-30");
    assert_unscored(&card, ScoreState::NoData, &[Reason::TooEarly]);
    assert_eq!((card.run_rate, card.value), (run_rate("1", 30, false), None));
    let card = p1("2026-07-31", &["07-03"]).score("2026-07-31");
    assert_eq!(card.state, ScoreState::Projected);
    assert_eq!(card.run_rate, run_rate("1", 31, false));
    // 1 × 92 / 31 = 2.97 a quarter: (92 − 8 × 31) / (−6 × 31) = 156 / 186.
    assert_eq!(card.progress, ratio("156", "186"));
    assert_eq!(card.grade().map(|grade| grade.to_string()).as_deref(), Some("0.8"));
}

#[test]
fn in_the_middle_the_value_is_the_run_rate() {
    let card = p1("2026-08-15", &["07-03", "08-01"]).score("2026-08-15");
    assert_eq!(card.value, Some(quantity("4/quarter")));
    assert_eq!(card.run_rate, run_rate("2", 46, false));
    assert_eq!(card.progress, ratio("2", "3"));
}

#[test]
fn the_run_rate_counts_the_days_that_the_export_covers_not_the_days_gone() {
    let card = p1("2026-08-15", &["07-03", "08-01"]).score("2026-08-20");
    assert_eq!((card.run_rate, card.age_days, card.state), (run_rate("2", 46, false), Some(5), ScoreState::Projected));
    let stale = p1("2026-08-15", &["07-03", "08-01"]).score("2026-08-30");
    assert_eq!((stale.state, &*stale.reasons), (ScoreState::Stale, &[Reason::OlderThan(7)][..]));
    assert_eq!(stale.value, Some(quantity("4/quarter")));
}

#[test]
fn a_falling_flow_is_held_back_at_nine_tenths_until_the_end() {
    let case = p1("2026-12-31", &["07-03", "08-01"]);
    let last_day = case.score("2026-09-30");
    assert_eq!(figures(&last_day), ["1", "0.9", "0.9"]);
    assert_eq!((last_day.run_rate, last_day.state), (run_rate("2", 92, true), ScoreState::Projected));
    let over = case.score("2026-10-01");
    assert_eq!(figures(&over), ["1", "1", "1.0"]);
    assert_eq!((over.run_rate, over.state, over.value), (None, ScoreState::Measured, Some(quantity("2/quarter"))));
}

#[test]
fn a_rising_flow_is_not_held_back() {
    let case = incidents(move_goal("0/quarter", "4/quarter"), "2026-08-15", &["07-03", "08-01"]);
    let card = case.score("2026-08-15");
    assert_eq!((figures(&card), card.run_rate), (["1", "1", "1.0"].map(String::from), run_rate("2", 46, false)));
}

#[test]
fn no_incidents_are_good_news_where_the_export_covers_the_days() {
    let card = p1("2026-09-30", &[]).score("2026-10-01");
    assert_eq!((figures(&card)[0].as_str(), card.state), ("1.333333333333333333", ScoreState::Measured));
    let mut silent = p1("2026-09-30", &[]);
    silent.fake.covers = None;
    assert_unscored(&silent.score("2026-09-01"), ScoreState::NoData, &[Reason::SilenceUnknown]);
}

#[test]
fn goals_per_month_compare_the_monthly_rate() {
    // 8 in the whole quarter are 8/3 a month; 12 → 4: (12 − 8/3) / 8 = 28/24.
    let bugs: Vec<String> = (1..=8).map(|n| format!("07-{n:02}")).collect();
    let bugs: Vec<&str> = bugs.iter().map(String::as_str).collect();
    let goal = || move_goal("12/month", "4/month");
    let over = incidents(goal(), "2026-09-30", &bugs).score("2026-10-01");
    assert_eq!(over.progress, ratio("28", "24"));
    // In 46 of 92 days: 8 × (92 / 3) / 46 = 16/3 a month.
    let middle = incidents(goal(), "2026-08-15", &bugs).score("2026-08-15");
    assert_eq!(middle.progress, ratio("20", "24"));
    assert_eq!(middle.run_rate, run_rate("8", 46, false));
    // A metric's own `per` counts where the goal says nothing.
    let mut case = incidents(move_goal("12", "4"), "2026-09-30", &bugs);
    assert_eq!(case.score("2026-10-01").progress, ratio("0.5", "1"));
    case.metric.per = quantity("1/month").per;
    assert_eq!(case.score("2026-10-01").progress, over.progress);
}

#[test]
fn after_the_end_a_partly_covered_falling_flow_stays_a_projection() {
    let card = p1("2026-09-28", &["07-03"]).score("2026-10-05");
    assert_eq!((card.state, card.run_rate.clone()), (ScoreState::Projected, run_rate("1", 90, true)));
    assert_eq!(card.reasons, [Reason::PartlyCovered { covered: 90, of: 92 }]);
    assert_eq!(figures(&card)[1], "0.9");
    let card = p1("2026-07-20", &["07-03"]).score("2026-10-05");
    assert_eq!((card.score, &*card.reasons), (Some(number("0")), &[Reason::TooEarly, Reason::CountsAsZero][..]));
}

#[test]
fn after_the_end_a_partly_covered_rising_flow_counts_only_what_is_there() {
    let goal = || move_goal("0/quarter", "4/quarter");
    let card = incidents(goal(), "2026-08-15", &["07-03", "08-01"]).score("2026-10-05");
    assert_eq!(figures(&card), ["0.5", "0.5", "0.5"]);
    assert_eq!((card.state, card.run_rate), (ScoreState::Stale, None));
    assert_eq!(card.reasons, [Reason::OlderThan(7), Reason::PartlyCovered { covered: 46, of: 92 }]);
}

#[test]
fn a_trailing_window_is_no_run_rate() {
    let case = p1("2026-07-10", &["06-01", "06-20", "07-03"]).covers("2026-01-01", "2026-07-10").window(28);
    let card = case.score("2026-07-10");
    assert_eq!((card.state, card.run_rate, card.value), (ScoreState::Measured, None, Some(quantity("2/quarter"))));
    // It ends where the exports end: days that nobody exported would count as zero.
    let late = case.score("2026-07-16");
    assert_eq!((late.value, late.age_days), (Some(quantity("2/quarter")), Some(6)));
}

#[test]
fn a_flows_start_is_the_rate_of_the_quarter_before_where_enough_of_it_is_covered() {
    let goal = || relative_goal("-50 %");
    let days = ["03-31", "04-01", "05-01", "06-01", "06-30", "07-05"];
    let full = incidents(goal(), "2026-09-30", &days).covers("2026-03-01", "2026-09-30").score("2026-10-01");
    assert_eq!(full.goal, Some(move_goal("4", "2")));
    assert_eq!(full.baseline.map(|baseline| baseline.origin), Some(BaselineOrigin::BeforeQuarter(day("2026-06-30"))));
    // From 10 May on: 4 in 52 of 91 days.
    let half = incidents(goal(), "2026-09-30", &["05-10", "05-16", "06-01", "06-30"])
        .covers("2026-05-10", "2026-09-30")
        .score("2026-10-01");
    assert_eq!(half.goal, Some(move_goal("7", "3.5")));
    let none =
        incidents(goal(), "2026-09-30", &["06-10", "06-30"]).covers("2026-06-10", "2026-09-30").score("2026-09-01");
    assert_unscored(&none, ScoreState::NoData, &[Reason::NoBaseline]);
}

#[test]
fn sums_convert_their_unit() {
    let case = Case::new(move_goal("10 h/quarter", "5 h/quarter"), "min").aggregate(Aggregate::Sum);
    let card = case.points(&["2026-07-05 = 90"]).covers("2026-07-01", "2026-08-15").score("2026-08-15");
    assert_eq!((card.value, card.run_rate), (Some(quantity("3 h/quarter")), run_rate("1.5", 46, true)));
}

#[test]
fn a_bound_on_a_flow_judges_its_rate() {
    let few = |last: &str, days: &[&str]| incidents(hold_goal("<= 4/quarter", Judge::Share), last, days);
    let inside = few("2026-08-15", &["07-03", "08-01"]).score("2026-08-15");
    assert_eq!((figures(&inside)[1].as_str(), inside.state), ("0.9", ScoreState::Projected));
    let outside = few("2026-08-15", &["07-03", "07-04", "08-01"]).score("2026-08-15");
    assert_eq!(figures(&outside), ["0", "0", "0.0"]);
    let over = few("2026-09-30", &["07-03", "07-04", "08-01"]).score("2026-10-01");
    assert_eq!((figures(&over)[1].as_str(), over.state), ("1", ScoreState::Measured));
}

#[test]
fn a_bound_per_day_judges_the_days_of_a_flow() {
    let case = Case::new(hold_goal("< 10/day", Judge::Share), "").aggregate(Aggregate::Sum);
    let card = case.daily("2026-07-01", &["5", "9", "10", "12"]).score("2026-07-04");
    assert_eq!((figures(&card)[0].as_str(), card.value), ("0.5", Some(quantity("9/day"))));
}
