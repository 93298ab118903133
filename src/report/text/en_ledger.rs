//! What was committed, moved and recorded, in English.

use super::Phrases;
use crate::model::calendar::{Day, Quarter};
use crate::model::goal::{Bound, Goal, Milestone};
use crate::model::ids::{CycleKind, Slug};
use crate::model::ledger::change::{Change, Moved};
use crate::model::ledger::{Note, Value};
use crate::model::quantity::Number;
use crate::report::decide::id_as_words;
use crate::report::ledger::Locking;

/// A change in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeParts {
    /// What was changed.
    pub what: &'static str,
    /// What was committed; empty where that was nothing.
    pub was: String,
    /// What is said now; empty where that is nothing.
    pub is: String,
}

impl Phrases {
    /// Returns a change as a line of its own: `goal: from 31 % to 20 %, now from 31 % to 25 %`.
    #[must_use]
    pub fn change(self, change: &Change) -> String {
        let ChangeParts { what, was, is } = self.change_parts(change);
        match (was.as_str(), is.as_str()) {
            ("", "") => what.to_owned(),
            ("", is) => format!("{what}: now {is}"),
            (was, "") => format!("{what}: {was}, now none"),
            (was, is) => format!("{what}: {was} → {is}"),
        }
    }

    /// Returns a change part by part.
    #[must_use]
    pub fn change_parts(self, change: &Change) -> ChangeParts {
        match change {
            Change::Term(told, pair) => {
                ChangeParts { what: told.words, was: self.value(&pair.was), is: self.value(&pair.is) }
            }
            Change::Dropped => ChangeParts { what: "key result", was: String::new(), is: "dropped".to_owned() },
        }
    }

    fn value(self, value: &Value) -> String {
        match value {
            Value::Goal(goal) => self.goal(goal.as_ref()),
            Value::Levels(levels) => self.levels(levels),
            Value::Number(number) => self.format.number(*number),
            Value::Bounds(bounds) => {
                let bound = |(metric, bound): &(Slug, Bound)| {
                    format!("{} {}", id_as_words(metric), self.format.language().bound(bound, self.format))
                };
                bounds.iter().map(bound).collect::<Vec<_>>().join(", ")
            }
            value => value.shown(),
        }
    }

    /// Returns a goal in a few words: `from 31 % to 20 %`, `below 60 s`; nothing where there is none.
    #[must_use]
    pub fn goal(self, goal: Option<&Goal>) -> String {
        let format = self.format;
        match goal {
            None => String::new(),
            Some(Goal::Move(goal)) => {
                let per = goal.to.per.as_ref().map(|per| format.per(per)).unwrap_or_default();
                let (from, to) = (&goal.from, &goal.to);
                format!("from {} to {}{per}", format.end(from.number, &from.unit), format.end(to.number, &to.unit))
            }
            Some(Goal::Target(goal)) => format!("to {}", format.quantity(&goal.to)),
            Some(Goal::Gain(goal)) => format.language().gain(goal, format),
            Some(Goal::Hold(goal)) => format.language().hold(goal, format),
            Some(Goal::Milestone(Milestone { due, .. })) => match due {
                Some(due) => format!("done by {}", format.day(*due)),
                None => "done".to_owned(),
            },
            Some(Goal::Baseline(_)) => "a start to be recorded".to_owned(),
        }
    }

    /// Returns when and why something was changed, as a sentence; that nobody said so, where there is no word.
    #[must_use]
    pub fn amended(self, note: Option<&Note>) -> String {
        let Some(Note { on, because, by }) = note else { return "Changed without a word.".to_owned() };
        let by = by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        let because = because.trim_end_matches(['.', ' ']);
        format!("Amended on {}{by}: {because}.", self.format.day(*on))
    }

    /// Returns the heading over what was moved of a key result.
    #[must_use]
    pub fn moved_since(self, on: Day, is_moved: bool, is_dropped: bool) -> String {
        let what = match (is_dropped, is_moved) {
            (true, _) => "Dropped",
            (false, true) => "Goalpost moved",
            (false, false) => "Reworded",
        };
        format!("{what} since goals were committed on {}", self.format.day(on))
    }

    /// Returns the heading of a key result that came after the lock.
    #[must_use]
    pub fn added_since(self, on: Day) -> String {
        format!("Added after goals were committed on {}", self.format.day(on))
    }

    /// Returns what that means for the means.
    #[must_use]
    pub fn added(self, note: Option<&Note>) -> String {
        let said = note.map(|note| format!(" {}", self.amended(Some(note)))).unwrap_or_default();
        format!("It was not committed at the {}’s start, so it feeds no mean.{said}", self.format.cycle())
    }

    /// Returns the score as committed and the one by today's terms.
    #[must_use]
    pub fn both_scores(self, committed: Option<Number>, today: Option<Number>) -> String {
        let score =
            |score: Option<Number>| score.map_or_else(|| "no score".to_owned(), |score| self.format.score(score));
        format!("{} as committed, which counts; {} by today’s terms.", capital(&score(committed)), score(today))
    }

    /// Returns when a quarter was locked, and by whom not.
    #[must_use]
    pub fn locking(self, locking: &Locking<'_>, name: &dyn Fn(&Slug) -> String) -> String {
        if locking.is_imported && locking.in_time.is_none() {
            let cycle = self.format.cycle();
            return format!("Brought in from elsewhere: no goals were committed here while the {cycle} ran.");
        }
        let day = |day: Day| self.format.day(day);
        let mut said = Vec::new();
        match locking.in_time {
            Some((first, last)) if first == last => said.push(format!("Goals committed on {}.", day(first))),
            Some((first, last)) => said.push(format!("Goals committed between {} and {}.", day(first), day(last))),
            None if locking.late.is_empty() && locking.is_early => return "Goals not committed yet.".to_owned(),
            None if locking.late.is_empty() => {
                return format!("Nothing records what was committed at the {}’s start.", self.format.cycle());
            }
            None => {}
        }
        for (team, on) in &locking.late {
            said.push(format!("{} committed late, on {}.", name(team), day(*on)));
        }
        if !locking.missing.is_empty() {
            let names: Vec<String> = locking.missing.iter().map(|team| name(team)).collect();
            said.push(format!("No goals committed: {}.", names.join(", ")));
        }
        said.join(" ")
    }

    /// Returns when a team's quarter was locked.
    #[must_use]
    pub fn locked_on(self, on: Day, quarter: Quarter) -> String {
        let late = match quarter.id.kind() {
            _ if on < quarter.late_from() => String::new(),
            CycleKind::Quarter => ", more than three weeks into the quarter".to_owned(),
            kind => format!(", {} days into the {}", on.since(quarter.window.start), kind.noun()),
        };
        format!("Goals committed on {}{late}.", self.format.day(on))
    }

    /// Returns a confidence: `6 of 10`.
    #[must_use]
    pub fn confidence(self, confidence: u8) -> String {
        format!("{confidence} of 10")
    }

    /// Returns a group of confidences: `7 to 8`.
    #[must_use]
    pub fn confidences(self, (low, high): (u8, u8)) -> String {
        format!("{low} to {high}")
    }

    /// Returns a note with who wrote it.
    #[must_use]
    pub fn note(self, note: Option<&str>, by: Option<&str>) -> String {
        match (note, by) {
            (Some(note), Some(by)) => format!("{note} ({by})"),
            (Some(note), None) => note.to_owned(),
            (None, _) => String::new(),
        }
    }

    /// Returns the heading over what changed since a check-in.
    #[must_use]
    pub fn since_check_in(self, on: Day) -> String {
        format!("Since the last check-in, {}", self.format.day(on))
    }

    /// Says how many grades fell, rose and stayed.
    #[must_use]
    pub fn changed_since(self, fell: usize, rose: usize, kept: usize) -> String {
        let grades = |count: usize| if count == 1 { "1 grade".to_owned() } else { format!("{count} grades") };
        match (fell, rose) {
            (0, 0) => "No grade has changed.".to_owned(),
            (0, rose) => format!("No grade fell; {rose} rose, {kept} stayed."),
            (fell, rose) => format!("{} fell, {rose} rose, {kept} stayed.", grades(fell)),
        }
    }

    /// Returns what a review says of a move.
    #[must_use]
    pub fn goalpost(self, moved: &Moved) -> String {
        if moved.change.is_mild() { self.moved(moved) } else { format!("Goalpost moved, {}", self.moved(moved)) }
    }

    /// Returns the last confidence that was stated, and what was said with it.
    #[must_use]
    pub fn last_confidence(self, on: Day, confidence: u8, note: &str) -> String {
        let note = if note.is_empty() { String::new() } else { format!(": {note}") };
        format!("Confidence {} on {}{note}", self.confidence(confidence), self.format.day(on))
    }

    /// Returns the questions of a review that are open, as a sentence; nothing where none is.
    #[must_use]
    pub fn open_questions(self, questions: &[&str]) -> String {
        if questions.is_empty() {
            return String::new();
        }
        let names: Vec<String> =
            questions.iter().map(|question| question.trim_end_matches('?').to_lowercase()).collect();
        format!("Not answered yet: {}.", names.join(", "))
    }

    /// Returns a move with what was said about it.
    #[must_use]
    pub fn moved(self, moved: &Moved) -> String {
        format!("{}. {}", self.change(&moved.change), self.amended(moved.note.as_ref()))
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
