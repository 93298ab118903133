//! Every score of the report's fixture comes back digit for digit.

use super::{Said, Scores, read, write};
use crate::diag::Diagnostic;
use crate::model::movement::{Basis, Changes, Counts, Movement, MovementVerdict, Weeks, Windows};
use crate::model::quantity::Number;
use crate::model::scorecard::{KeyResultScore, QuarterScore, QuarterState};
use crate::report::fixture::Fixture;

/// Returns a quarter's scores without what a sealed quarter has no more.
fn as_sealed(quarter: &QuarterScore) -> QuarterScore {
    fn settle(score: &mut KeyResultScore) {
        score.standing = None;
        score.amended.iter_mut().for_each(|amended| settle(amended));
    }
    let mut quarter = quarter.clone();
    quarter.state = QuarterState::Sealed;
    for team in &mut quarter.teams {
        for objective in team.objectives.iter_mut().chain(&mut team.dropped) {
            objective.key_results.iter_mut().chain(&mut objective.dropped).for_each(settle);
        }
    }
    quarter
}

#[test]
fn all_scores_come_back_as_they_were() {
    let fixture = Fixture::new();
    let none = Said { findings: &[], allowed: &[], sources: &fixture.sources };
    for quarter in &fixture.scorecard.quarters {
        let text = write(quarter, fixture.scorecard.as_of, &none);
        let scores = read(text.as_bytes()).expect("understood");
        let back = scores.scored();
        let (back_text, known) = (format!("{back:#?}"), format!("{:#?}", as_sealed(quarter)));
        for (number, (back, known)) in back_text.lines().zip(known.lines()).enumerate() {
            assert_eq!(back, known, "line {number} of {}", quarter.quarter.id);
        }
        assert_eq!(write(&back, fixture.scorecard.as_of, &none), text);
        assert_eq!(scores.differences(&scores), Vec::<String>::new());
    }
}

/// Returns scores whose first key result has a movement, as they are sealed.
fn with_movement(fixture: &Fixture, movement: Option<Movement>) -> Scores {
    let none = Said { findings: &[], allowed: &[], sources: &fixture.sources };
    let mut quarter = fixture.scorecard.quarters[0].clone();
    quarter.teams[0].objectives[0].key_results[0].movement = movement.map(Box::new);
    read(write(&quarter, fixture.scorecard.as_of, &none).as_bytes()).expect("understood")
}

#[test]
fn movements_come_back_and_older_seals_are_compared_without_them() {
    let fixture = Fixture::new();
    let older = with_movement(&fixture, None);
    let chance = Number::new(1094, 4).expect("a number");
    let weeks = Weeks { before: 13, within: 12 };
    for (verdict, basis) in [
        (
            MovementVerdict::Moved,
            Basis::Windows(Windows { days: 91, windows: 247, as_large: 3, either_way: true, seasonal: true }),
        ),
        (MovementVerdict::Back, Basis::Weeks(weeks)),
        (
            MovementVerdict::Usual,
            Basis::Counts(Counts { before: 8, days_before: 90, within: 2, days_within: 91, chance }),
        ),
        (MovementVerdict::Usual, Basis::Changes(Changes { windows: 6, months: true })),
        (MovementVerdict::Unknown, Basis::TooFew(weeks)),
    ] {
        let movement = Movement { verdict, basis };
        let sealed = with_movement(&fixture, Some(movement.clone()));
        let back = sealed.teams()[0].objectives[0].key_results[0].movement.as_deref();
        assert_eq!(back, Some(&movement));
        assert_eq!(older.differences(&sealed), Vec::<String>::new());
        assert_ne!(sealed.differences(&older), Vec::<String>::new());
    }
}

#[test]
fn findings_come_back_with_their_places() {
    let fixture = Fixture::new();
    let found: Vec<&Diagnostic> = fixture.findings.iter().collect();
    assert!(!found.is_empty());
    let said = Said { findings: &found, allowed: &[], sources: &fixture.sources };
    let text = write(&fixture.scorecard.quarters[0], fixture.scorecard.as_of, &said);
    let told = read(text.as_bytes()).expect("understood").told(&fixture.sources);
    assert_eq!(told.findings, fixture.findings);
}

#[test]
fn what_is_no_score_is_none() {
    let fixture = Fixture::new();
    let none = Said { findings: &[], allowed: &[], sources: &fixture.sources };
    let text = write(&fixture.scorecard.quarters[0], fixture.scorecard.as_of, &none);
    for (from, to) in [("\"measured\"", "\"perfect\""), ("\"weight\": \"1\"", "\"weight\": \"one\""), ("-Q", ".Q")] {
        let changed = text.replace(from, to);
        assert_ne!(changed, text, "{from}");
        assert!(read(changed.as_bytes()).is_none(), "{from} as {to}");
    }
    assert!(read(text.replace("\"schema\": 1", "\"schema\": 2").as_bytes()).is_none(), "a later version");
    assert!(read(b"{}").is_none());
}
