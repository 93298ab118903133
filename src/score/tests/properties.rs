//! Laws that hold for every number.

use proptest::prelude::*;

use super::*;
use crate::model::quantity::{Number, Unit};
use crate::model::scorecard::{Reason, Rollup};
use crate::score::rollup;

fn decimal() -> impl Strategy<Value = Number> {
    (-1_000_000_000_i64..1_000_000_000, 0_u32..6)
        .prop_map(|(digits, places)| Number::new(digits, places).expect("fits"))
}

fn weight() -> impl Strategy<Value = Number> {
    (1_i64..1000, 0_u32..3).prop_map(|(digits, places)| Number::new(digits, places).expect("fits"))
}

fn scored(from: Number, to: Number, value: Number) -> KeyResultScore {
    Case::new(move_goal(&from.to_string(), &to.to_string()), "")
        .points(&[&format!("2026-09-30 = {value}")])
        .score("2026-10-01")
}

/// Returns cards with the scores and weights.
fn cards(scores: &[(Option<Number>, Number)]) -> Vec<KeyResultScore> {
    let blank = Case::new(move_goal("0", "1"), "").score("2026-08-01");
    scores
        .iter()
        .map(|&(score, weight)| KeyResultScore {
            score,
            weight,
            state: if score.is_some() { ScoreState::Measured } else { ScoreState::NoData },
            ..blank.clone()
        })
        .collect()
}

fn mean(scores: &[(Option<Number>, Number)]) -> Rollup {
    rollup::objective(&cards(scores).iter().collect::<Vec<_>>(), false)
}

fn scores() -> impl Strategy<Value = Vec<(Option<Number>, Number)>> {
    let score = proptest::option::of((0_i64..=1000).prop_map(|n| Number::new(n, 3).expect("fits")));
    proptest::collection::vec((score, weight()), 0..8)
}

proptest! {
    #[test]
    fn a_score_lies_between_0_and_1_and_its_grade_is_never_above_it(from in decimal(), to in decimal(), value in decimal()) {
        prop_assume!(from != to);
        let score = scored(from, to, value).score.expect("a score");
        prop_assert!((Number::ZERO..=Number::ONE).contains(&score));
        prop_assert!(Number::new(Grade::of(score).tenths().into(), 1).expect("fits") <= score);
    }

    #[test]
    fn the_start_scores_0_and_the_end_1(from in decimal(), to in decimal()) {
        prop_assume!(from != to);
        prop_assert_eq!(scored(from, to, from).progress, Some(Number::ZERO));
        prop_assert_eq!(scored(from, to, to).progress, Some(Number::ONE));
    }

    #[test]
    fn nearer_to_the_end_is_never_worse(from in decimal(), to in decimal(), a in decimal(), b in decimal()) {
        prop_assume!(from != to);
        let (worse, better) = if (a < b) == (from < to) { (a, b) } else { (b, a) };
        prop_assert!(scored(from, to, worse).progress <= scored(from, to, better).progress);
    }

    #[test]
    fn the_unit_does_not_matter(from in 1_i64..10_000, to in 1_i64..10_000, value in 0_i64..10_000) {
        prop_assume!(from != to);
        let minutes = scored(Number::whole(from), Number::whole(to), Number::whole(value));
        let hours_from = Unit::Duration(crate::model::quantity::TimeUnit::Second);
        let seconds = move_goal(&format!("{} s", from * 60), &format!("{to} min"));
        let card = Case::new(seconds, "min").points(&[&format!("2026-09-30 = {value}")]).score("2026-10-01");
        prop_assert_eq!(card.progress, minutes.progress);
        prop_assert_eq!(card.value.map(|value| value.unit), Some(hours_from));
    }

    #[test]
    fn the_size_and_order_of_weights_do_not_matter(scores in scores(), factor in 1_i64..1000) {
        let scaled: Vec<_> = scores.iter().map(|&(score, weight)| (score, weight.times(Number::whole(factor)).expect("fits"))).collect();
        let reversed: Vec<_> = scores.iter().rev().copied().collect();
        prop_assert_eq!(mean(&scores), mean(&scaled));
        prop_assert_eq!(mean(&scores), mean(&reversed));
    }

    #[test]
    fn the_pessimistic_mean_is_never_above_the_mean(scores in scores()) {
        let found = mean(&scores);
        prop_assert!(found.score.is_none_or(|score| found.pessimistic <= score));
        prop_assert!(found.measured <= found.of);
    }

    #[test]
    fn a_key_result_without_data_never_raises_the_pessimistic_mean(scores in scores(), weight in weight()) {
        let mut more = scores.clone();
        more.push((None, weight));
        prop_assert!(mean(&more).pessimistic <= mean(&scores).pessimistic);
        prop_assert_eq!(mean(&more).score, mean(&scores).score);
    }

    #[test]
    fn any_number_in_any_place_gives_a_scorecard(
        from in any::<(i64, u8)>(), to in any::<(i64, u8)>(), value in any::<(i64, u8)>(), unit in 0_usize..6, other in 0_usize..6, on in 0_i32..200,
    ) {
        let text = |(digits, places): (i64, u8)| Number::new(digits, u32::from(places % 29)).expect("fits").to_string();
        let units = ["", "%", "s", "h", "d", "USD"];
        let quantity = |number: &str| format!("{number} {}", units[unit]).trim_end().to_owned();
        let goals = [
            move_goal(&quantity(&text(from)), &quantity(&text(to))),
            relative_goal(&text(from)),
            gain_goal(&quantity(&text(from))),
            target_goal(&quantity(&text(to))),
            hold_goal(&format!("< {}", quantity(&text(to))), crate::model::goal::Judge::Share),
        ];
        for goal in goals {
            let case = Case::new(goal, units[other]).points(&[
                &format!("2026-06-01 = {}", text(from)),
                &format!("2026-07-04 = {}", text(value)),
            ]);
            let card = case.score(&day("2026-06-01").plus(on).to_string());
            prop_assert!(card.score.is_none_or(|score| (Number::ZERO..=Number::ONE).contains(&score)));
            prop_assert!(card.progress.is_some() || !card.reasons.is_empty());
            prop_assert!(card.score.is_some() || card.reasons != [Reason::CountsAsZero]);
        }
    }
}
