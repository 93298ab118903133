//! Written answers: whether they say anything.
//!
//! In: Markdown that a team wrote in a review. Out: how many words it has. Judges no meaning.

use std::borrow::Cow;

use super::context::{KeyResultAt, TeamAt};
use crate::model::plan::Body;
use crate::model::review::Answers;

/// Texts that stand for an answer to come.
const TO_COME: &[&str] = &["todo", "tbd", "tba", "n/a", "na", "tk", "none yet", "to be written", "to do"];

/// Returns how many words an answer has, comments and gaps to be filled not counted.
pub(super) fn words(body: Option<&Body>) -> usize {
    body.map_or(0, |body| words_of(body.markdown()))
}

/// Returns how many words a text has.
pub(super) fn words_of(text: &str) -> usize {
    let text = without_comments(text);
    let bare = text.trim().trim_matches(|c: char| !c.is_alphanumeric());
    if TO_COME.iter().any(|words| words.eq_ignore_ascii_case(bare)) {
        return 0;
    }
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains("<!--") {
        return Cow::Borrowed(text);
    }
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    Cow::Owned(kept + rest)
}

/// Returns the team's answers for a key result, where its review has any.
pub(super) fn of<'a>(at: &KeyResultAt<'a>) -> Option<&'a Answers> {
    let review = at.at.at.team.review.as_ref()?;
    review.answers.about(&at.at.objective.id.value, &at.key_result.id.value)
}

/// Days after a quarter's end in which a review is written.
const WRITING: i32 = 14;

/// Says whether a review should be there: the quarter has been over for two weeks, and this book keeps reviews.
pub(super) fn is_overdue(at: &TeamAt<'_>) -> bool {
    let is_late = at.book.scorecard.as_of >= at.quarter.quarter.window.end.plus(WRITING);
    is_late && at.book.keeps_reviews()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_gaps_to_be_filled_are_no_answer() {
        let cases = [
            ("", 0),
            ("<!-- which actions drove progress? -->\n", 0),
            ("TODO", 0),
            ("_tbd_", 0),
            ("…", 0),
            ("- ", 0),
            ("<!-- a --> We <!-- b --> waited", 2),
            ("No time.", 2),
            ("Three banks, three fields.", 4),
            ("<!-- not closed", 0),
        ];
        for (text, expected) in cases {
            assert_eq!(words_of(text), expected, "{text:?}");
        }
    }
}
