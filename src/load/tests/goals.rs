//! Goals from keys and sentences.

use super::key_results;
use crate::load::goal::show;
use crate::model::goal::{Bound, Goal, Judge, Side};

/// Returns the first key result's goal in words, and the codes of what is said about it.
fn goal(yaml: &str) -> (String, Vec<&'static str>) {
    let loaded = key_results(&format!("      - {{ id: a, {yaml} }}\n"));
    let teams = &loaded.plan.quarters[0].teams;
    let key_result = teams[0].objectives[0].key_results.first();
    let words = key_result.map_or_else(|| "dropped".to_owned(), |key_result| words(key_result.goal.as_ref()));
    (words, loaded.codes())
}

fn words(goal: Option<&Goal>) -> String {
    match goal {
        None => "none".to_owned(),
        Some(Goal::Move(goal)) => format!("{} → {}", show(&goal.from), show(&goal.to)),
        Some(Goal::Target(goal)) => format!("→ {}", show(&goal.to)),
        Some(Goal::Gain(goal)) => {
            let from = goal.from.as_ref().map(|from| format!(" from {}", show(from))).unwrap_or_default();
            format!("{:?} {}{from}", goal.kind, show(&goal.by))
        }
        Some(Goal::Hold(goal)) => {
            let side = |bound: &Bound| {
                let sign = if bound.side == Side::Below { '<' } else { '>' };
                format!("{sign}{} {}", if bound.inclusive { "=" } else { "" }, show(&bound.limit))
            };
            let judge = if goal.judge == Judge::Share { String::new() } else { format!(" {:?}", goal.judge) };
            format!("{}{judge}", goal.bounds().map(side).collect::<Vec<_>>().join(" "))
        }
        Some(Goal::Milestone(goal)) => format!("milestone {:?}", goal.done.map(|day| day.to_string())),
        Some(Goal::Baseline(goal)) => format!("baseline {:?}", goal.done.map(|day| day.to_string())),
    }
}

#[test]
fn keys_state_every_kind_of_goal() {
    let cases = [
        ("title: X, from: 8, to: 2", "8 → 2"),
        ("title: X, from: 8, to: 2, unit: h", "8 h → 2 h"),
        ("title: X, from: 8, to: 2, per: quarter", "8/quarter → 2/quarter"),
        ("title: X, from: 8, to: 2/quarter", "8/quarter → 2/quarter"),
        ("title: X, from: 94, to: 98%", "94% → 98%"),
        ("title: X, from: 30 min, to: 2 h, unit: min", "30 min → 2 h"),
        ("title: X, to: 98%", "→ 98%"),
        ("title: X, by: 5 points", "Absolute 5 points"),
        ("title: X, by: -5 points, from: 40 points", "Absolute -5 points from 40 points"),
        ("title: X, by: 5% relative", "Relative 5%"),
        ("title: X, by: -20%", "Relative -20%"),
        ("title: X, at_most: 2 s", "<= 2 s"),
        ("title: X, below: 2 s, judge: always", "< 2 s Always"),
        ("title: X, at_least: 99.9, unit: \"%\"", ">= 99.9%"),
        ("title: X, above: 3, judge: end", "> 3 End"),
        ("title: X, at_most: 2 s, from: 3 s", "3 s → 2 s"),
        ("title: X, done: 2026-08-14", "milestone Some(\"2026-08-14\")"),
        ("title: X, done: no", "milestone None"),
        ("title: X, baseline: 2026-08-14", "baseline Some(\"2026-08-14\")"),
        ("title: X, baseline: pending", "baseline None"),
    ];
    for (yaml, expected) in cases {
        assert_eq!(goal(yaml), (expected.to_owned(), vec![]), "{yaml}");
    }
}

#[test]
fn what_a_sentence_lacks_is_said_unless_keys_say_it() {
    let cases: [(&str, &str, &[&str]); 6] = [
        ("title: X", "none", &["no-number"]),
        ("title: Increase coverage to 80%", "→ 80%", &["no-baseline"]),
        ("title: Increase coverage to 80%, from: 62%", "62% → 80%", &[]),
        ("title: Reduce linting errors by 50%, from: 40, to: 20", "40 → 20", &[]),
        ("title: Ship X by 3 August, done: no", "milestone None", &[]),
        ("title: Increase X from 8 h to 2 h", "8 h → 2 h", &["direction-contradicts-verb"]),
    ];
    for (yaml, expected, codes) in cases {
        assert_eq!(goal(yaml), (expected.to_owned(), codes.to_vec()), "{yaml}");
    }
}

#[test]
fn a_measured_goal_that_nothing_measures_is_named() {
    let cases: [(&str, &[&str]); 7] = [
        ("{ id: b, title: Cut X from 8 to 2 }", &["no-metric"]),
        ("Cut X from 8 to 2", &["missing-id"]),
        ("{ id: a, title: Cut X from 8 to 2 }", &[]),
        ("{ id: b, title: Cut X from 8 to 2, metric: gone }", &["unknown-metric"]),
        ("{ id: b, title: Cut X from 8 to 2, current: 5 }", &["typed-value"]),
        ("{ id: b, title: X, done: 2026-08-14 }", &[]),
        ("{ id: b, title: X }", &["no-number"]),
    ];
    for (yaml, codes) in cases {
        assert_eq!(key_results(&format!("      - {yaml}\n")).codes(), codes, "{yaml}");
    }
}

#[test]
fn keys_complete_the_sentence_and_win_over_it() {
    let cases: [(&str, &str, &[&str]); 12] = [
        ("title: Cut X from 8/quarter to 2/quarter, to: 2", "8/quarter → 2/quarter", &[]),
        ("title: Cut X from 8/quarter to 2/quarter, to: 3", "8/quarter → 3/quarter", &["contradiction"]),
        ("title: Cut X from 8/quarter to 2/quarter, from: 9", "9/quarter → 2/quarter", &["contradiction"]),
        ("title: Cut X from 2 h to 30 min, to: 0.5 h", "2 h → 0.5 h", &[]),
        ("title: Cut X from 8 to 2, unit: pages", "8 pages → 2 pages", &[]),
        ("title: Cut X from 8 h to 2 h, unit: pages", "8 h → 2 h", &["contradiction"]),
        ("title: Cut X from 8/quarter to 2/quarter, per: month", "8/quarter → 2/quarter", &["contradiction"]),
        ("title: Cut X from 8 h to 2 h, at_most: 2 h", "8 h → 2 h", &[]),
        ("title: Cut X from 8 h to 2 h, done: 2026-08-14", "milestone Some(\"2026-08-14\")", &["contradiction"]),
        ("title: Cut X from 8 to 2, judge: end", "8 → 2", &["contradiction"]),
        ("title: X, from: 8", "none", &["missing-key"]),
        ("title: X, to: 3, by: 2 points", "→ 3", &["contradiction"]),
    ];
    for (yaml, expected, codes) in cases {
        assert_eq!(goal(yaml), (expected.to_owned(), codes.to_vec()), "{yaml}");
    }
}

#[test]
fn goals_without_sense_are_dropped_and_their_key_results_stay() {
    let cases = [
        ("title: X, from: 2, to: 2", "no-change"),
        ("title: X, from: 2 h, to: 120 min", "no-change"),
        ("title: X, from: 2.0, to: 2", "no-change"),
        ("title: X, from: 2 h, to: 30%", "units-differ"),
        ("title: X, from: 2/quarter, to: 1/month", "units-differ"),
        ("title: X, by: 0 points", "no-change"),
        ("title: X, to: soon", "bad-quantity"),
        ("title: X, to: [1, 2]", "wrong-kind"),
    ];
    for (yaml, code) in cases {
        assert_eq!(goal(yaml), ("none".to_owned(), vec![code]), "{yaml}");
    }
}

#[test]
fn a_percentage_of_a_metric_in_percent_must_say_of_what() {
    let loaded = |by: &str| key_results(&format!("      - {{ id: checkout, title: X, by: {by} }}\n"));
    for (by, codes) in [("5%", vec!["ambiguous-percent"]), ("5% relative", vec![]), ("5 points", vec![])] {
        let loaded = loaded(by);
        assert_eq!(loaded.codes(), codes, "{by}");
        let key_result = &loaded.plan.quarters[0].teams[0].objectives[0].key_results[0];
        assert_eq!(key_result.goal.is_some(), codes.is_empty(), "{by}");
        assert_eq!(key_result.doubts.is_empty(), codes.is_empty(), "{by}");
    }
}
