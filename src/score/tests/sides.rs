//! On which side of a mark a score lies: no rounding lifts it over one, and numbers beyond all counting give none.

use proptest::prelude::*;

use super::book::bound;
use super::*;
use crate::model::fine::Fine;
use crate::model::metric::Aggregate;
use crate::model::scorecard::{GuardrailState, Rollup, Status};
use crate::score::rollup;

/// Returns the card of a value on the way from 0 to `to`.
fn reached(value: &str, to: &str) -> KeyResultScore {
    Case::new(move_goal("0", to), "").points(&[&format!("2026-09-30 = {value}")]).score("2026-10-01")
}

fn mean(cards: &[(KeyResultScore, &str)]) -> Rollup {
    let weighted = |(card, weight): &(KeyResultScore, &str)| KeyResultScore { weight: number(weight), ..card.clone() };
    let cards: Vec<KeyResultScore> = cards.iter().map(weighted).collect();
    rollup::objective(&cards.iter().collect::<Vec<_>>(), false)
}

#[test]
fn what_falls_short_by_less_than_is_kept_falls_short() {
    for (value, to, grade, kept) in [
        ("0.9999999999999999999", "1", "0.9", "0.999999999999999999"),
        ("0.9999999999999999999999999999", "1", "0.9", "0.999999999999999999"),
        ("79228162514264337593543950334", "79228162514264337593543950335", "0.9", "0.999999999999999999"),
        ("0.6999999999999999999", "1", "0.6", "0.699999999999999999"),
        ("0.3999999999999999999999999999", "1", "0.3", "0.399999999999999999"),
        ("0.6666666666666666666666666667", "1", "0.6", "0.666666666666666667"),
        ("1.0000000000000000000000000001", "1", "1.0", "1"),
        ("-0.0000000000000000000000000001", "1", "0.0", "0"),
        ("2.8", "4", "0.7", "0.7"),
    ] {
        let card = reached(value, to);
        assert_eq!(card.grade().expect("a score").to_string(), grade, "{value} of {to}");
        assert_eq!(card.score.expect("a score").normal(), number(kept), "{value} of {to}");
    }
}

#[test]
fn a_value_without_an_end_is_half_way_from_a_start_without_one() {
    let points = ["2026-06-01 = 6", "2026-06-02 = 6", "2026-06-03 = 8"];
    let quarter = ["2026-07-01 = 3", "2026-07-02 = 3", "2026-07-03 = 4"];
    let case = Case::new(target_goal("0"), "").points(&points).points(&quarter).aggregate(Aggregate::Mean);
    assert_eq!(figures(&case.score("2026-10-01")), ["0.5", "0.5", "0.5"]);
    let large = |points: [&str; 3]| points.map(|point| format!("{point}000000000000"));
    let (before, quarter) = (large(points), large(quarter));
    let texts: Vec<&str> = before.iter().chain(&quarter).map(String::as_str).collect();
    let case = Case::new(target_goal("0"), "").points(&texts).aggregate(Aggregate::Mean);
    assert_eq!(figures(&case.score("2026-10-01"))[2], "0.5");
    for (values, to) in [(["1", "1", "0"], "40 min"), (["0", "0", "1"], "1200 s"), (["7", "7", "6"], "400 min")] {
        let case = Case::new(move_goal("9 h", to), "h").daily("2026-07-01", &values).aggregate(Aggregate::Mean);
        assert_eq!(figures(&case.score("2026-10-01"))[2], "1.0", "{to}");
    }
}

#[test]
fn one_key_result_that_is_missed_is_seen_beside_any_weight() {
    let (met, missed) = (reached("1", "1"), reached("0", "1"));
    for weight in ["99999999999999999999", "79228162514264337593543950335"] {
        let found = mean(&[(met.clone(), weight), (missed.clone(), "1")]);
        assert_eq!(found.score, Some(number("0.999999999999999999")), "{weight}");
        assert_eq!(found.grade().map(Grade::tenths), Some(9), "{weight}");
        assert_eq!(found.pessimistic, number("0.999999999999999999"), "{weight}");
    }
    let found = mean(&[(met.clone(), "1"), (missed, "0.0000000000000000000000000001")]);
    assert_eq!(found.grade().map(Grade::tenths), Some(9));
    assert_eq!(mean(&[(met.clone(), "99999999999999999999"), (met, "1")]).score, Some(Number::ONE));
    let tiny = "0.0000000000000000000000000001";
    assert_eq!(
        mean(&[(reached("1", "3"), tiny)]).score,
        Some(number("0.333333333333333333")),
        "a mean of one is that one"
    );
}

#[test]
fn scores_that_are_each_rounded_up_do_not_add_up_to_a_tenth() {
    let short = mean(&[(reached("0.12344999999999999999999", "1"), "1"), (reached("0.07655", "1"), "1")]);
    assert_eq!(short.grade().map(Grade::tenths), Some(0));
    let third = || (reached("1", "3"), "1");
    let nothing = || (reached("0", "3"), "1");
    let thirds: Vec<_> = (0..3).map(|_| third()).chain((0..7).map(|_| nothing())).collect();
    let thirds = mean(&thirds);
    assert_eq!(thirds.score, Some(number("0.1")), "three thirds of ten are a tenth");
    let sixths = mean(&[third(), nothing()]);
    let two_thirds = mean(&[(reached("2", "3"), "1")]);
    let counted = |rollup, key_results| rollup::Counted { rollup, key_results };
    let cards = [reached("1", "3"), reached("0", "3"), reached("2", "3")];
    let (half, whole) = (vec![&cards[0], &cards[1]], vec![&cards[2]]);
    let objectives = [counted(&sixths, half.clone()), counted(&sixths, half), counted(&two_thirds, whole)];
    let third_of_team = rollup::team(&objectives).score.expect("a score");
    assert_eq!(third_of_team, number("0.333333333333333333"));
}

#[test]
fn a_status_is_not_lifted_either() {
    let case = Case::new(move_goal("0", "1"), "").points(&["2026-08-15 = 0.3499999999999999999999999"]);
    let standing = case.score("2026-08-15").standing.expect("open");
    assert_eq!(standing.expected.map(|expected| expected.progress), Some(number("0.5")));
    assert_eq!((standing.status, standing.projected), (Status::AtRisk, Some(number("0.699999999999999998"))));
    let thirds = Case::new(move_goal("0", "30"), "").points(&["2026-08-15 = 10.5"]).score("2026-08-15");
    assert_eq!(thirds.standing.expect("open").status, Status::OnTrack);
}

#[test]
fn a_rate_over_its_limit_is_not_rounded_onto_it() {
    // 92 days, of which 91 are covered: what is over a third of the limit by one of its last digit is over it.
    let rate = |so_far: &str| {
        let case = Case::new(hold_goal("<= 92/quarter", crate::model::goal::Judge::Share), "");
        let case = case.points(&[&format!("2026-08-01 = {so_far}")]).aggregate(Aggregate::Sum);
        case.covers("2026-07-01", "2026-09-29").score("2026-09-29").hold.map(|tally| tally.inside)
    };
    assert_eq!(rate("91"), Some(1));
    assert_eq!(rate("91.0000000000000000000000001"), Some(0));
    assert_eq!(rate("91.00000000000000000000000001"), Some(0));
}

#[test]
fn numbers_beyond_all_counting_are_no_data_with_their_reason() {
    let too_large = |card: &KeyResultScore| {
        assert_eq!((card.state, card.score), (ScoreState::NoData, Some(Number::ZERO)));
        assert_eq!(card.reasons, [Reason::TooLarge, Reason::CountsAsZero]);
    };
    let huge = ["2026-07-01 = 50000000000000000000000000000", "2026-07-02 = 50000000000000000000000000000"];
    let sum = |goal, unit| Case::new(goal, unit).points(&huge).aggregate(Aggregate::Sum);
    too_large(&sum(hold_goal("<= 5", crate::model::goal::Judge::Share), "").score("2026-10-01"));
    too_large(&sum(move_goal("9", "5"), "").score("2026-10-01"));
    let last = |goal, unit| Case::new(goal, unit).points(&["2026-09-30 = 1000000000000000000000000000"]);
    too_large(&last(move_goal("9 min", "5 min"), "h").score("2026-10-01"));
    too_large(&last(hold_goal("<= 5 s", crate::model::goal::Judge::Share), "d").score("2026-10-01"));
    too_large(&last(hold_goal("<= 5 s", crate::model::goal::Judge::End), "d").score("2026-10-01"));
    let before =
        last(gain_goal("70000000000000000000000000000"), "").points(&["2026-06-30 = 70000000000000000000000000000"]);
    too_large(&before.score("2026-10-01"));
    let guarded = Case::new(move_goal("0", "1"), "").points(&["2026-09-30 = 1"]);
    let card = guarded.guardrail("<= 5 s", last(move_goal("0", "1"), "d")).score("2026-10-01");
    assert_eq!((card.guardrails[0].state, card.guardrails[0].too_large), (GuardrailState::NoData, true));
    assert!(!bound("<= 5 s").admits(number("6")));
}

proptest! {
    #[test]
    fn a_grade_is_the_exact_share_floored_to_a_tenth(
        value in 0_i64..=i64::MAX, to in 1_i64..=i64::MAX, places in 0_u32..10, near in 0_i64..=10, off in -2_i64..=2,
    ) {
        // Values beside a tenth of the way, off by very little, and any others.
        let (wide, tenths) = (i128::from(to), i128::from(near));
        let beside = i64::try_from(wide * tenths / 10 + i128::from(off)).unwrap_or(value).max(0);
        for value in [value, beside] {
            let text = |number| Number::new(number, places).expect("fits").to_string();
            let card = reached(&text(value), &text(to));
            let expected = (i128::from(value) * 10 / wide).min(10);
            prop_assert_eq!(i128::from(card.grade().expect("a score").tenths()), expected);
            prop_assert!(card.exact_score().expect("a score") <= Fine::from(Number::ONE));
        }
    }

    #[test]
    fn a_mean_of_scores_and_weights_of_any_size_has_the_grade_of_the_exact_one(
        parts in proptest::collection::vec((0_i64..=1000, 1_i64..=1000, 1_i64..=i64::MAX), 1..6),
    ) {
        let cards: Vec<_> = parts.iter().map(|(value, to, weight)| {
            let value = (*value).min(*to).to_string();
            KeyResultScore { weight: Number::whole(*weight), ..reached(&value, &to.to_string()) }
        }).collect();
        let found = rollup::objective(&cards.iter().collect::<Vec<_>>(), false).grade().expect("a mean");
        let scores = parts.iter().map(|(value, to, weight)| {
            let score = Fine::from(Number::whole((*value).min(*to))).over(Number::whole(*to).into()).expect("fits");
            (score, Fine::from(Number::whole(*weight)))
        });
        let (sum, weights) = scores.fold((Fine::ZERO, Fine::ZERO), |(sum, weights), (score, weight)| {
            (sum.plus(score.times(weight).expect("fits")).expect("fits"), weights.plus(weight).expect("fits"))
        });
        let exact = sum.over(weights).and_then(|mean| mean.floor_to(1)).expect("fits");
        prop_assert_eq!(Number::new(found.tenths().into(), 1), Some(exact));
    }
}
