//! Key results as they were committed: what a lock says is what rolls up; what the file says today is scored beside it.

use super::book::{Book, Moment};
use super::evidence::Evidence;
use super::key_result;
use crate::model::ledger::Reach;
use crate::model::plan::{Ambition, KeyResult};
use crate::model::quantity::Number;
use crate::model::review::Judgement;
use crate::model::scorecard::{KeyResultScore, QuarterState, Reason, ScoreState};

/// Returns the score of a key result as committed, with the one by today's terms where those were moved.
pub(super) fn score<E: Evidence>(
    book: &Book<'_, E>,
    moment: &Moment,
    ambition: Ambition,
    key_result: &KeyResult,
    judgement: Option<&Judgement>,
) -> KeyResultScore {
    let committed = key_result.as_committed(&book.plan.metrics);
    let mut card = key_result::score(book, moment, ambition, &committed, judgement);
    if key_result.commitment.moves().iter().any(|moved| moved.change.reach() == Reach::Score) {
        card.amended = Some(Box::new(key_result::score(book, moment, ambition, key_result, judgement)));
    }
    card
}

/// Returns the score of a key result that was committed and dropped: 0 from the quarter's first day on.
pub(super) fn dropped(moment: &Moment, key_result: &KeyResult) -> KeyResultScore {
    let mut card = key_result::blank(key_result, None);
    card.state = ScoreState::Unscored;
    card.score = (moment.state != QuarterState::Upcoming).then_some(Number::ZERO);
    card.reasons.push(Reason::Dropped);
    card
}
