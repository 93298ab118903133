//! What changed between what was committed and what a file says now.

use super::{Amendment, Committed, Note, Reach, Told, Value};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A term says something else.
    Term(&'static Told, Box<Pair>),
    /// It is gone.
    Dropped,
}

/// What was committed, and what is said now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What was committed.
    pub was: Value,
    /// What is said now.
    pub is: Value,
}

/// A change with what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The change.
    pub change: Change,
    /// The amendment that agreed to it; nothing where it was made in silence.
    pub note: Option<Note>,
}

impl Change {
    /// Returns the name in the machine forms.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Term(told, _) => told.name,
            Self::Dropped => "dropped",
        }
    }

    /// Returns what was committed and what is said now, in the words of the files.
    #[must_use]
    pub fn shown(&self) -> (String, String) {
        match self {
            Self::Term(_, pair) => (pair.was.shown(), pair.is.shown()),
            Self::Dropped => (String::new(), String::new()),
        }
    }

    /// Returns what the change reaches.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        match self {
            Self::Term(told, _) => told.reach,
            Self::Dropped => Reach::Duty,
        }
    }

    /// Says whether only the words differ: what is measured against what stays the same.
    #[must_use]
    pub fn is_mild(&self) -> bool {
        self.reach() == Reach::Words
    }
}

/// Returns what differs, each change with the amendment that agreed to it, the weightiest first.
#[must_use]
pub fn moves<T: Committed>(was: &T, amendments: &[Amendment<T>], now: &T) -> Vec<Moved> {
    let agreed = |change: &Change| {
        let differs = |amendment: &Amendment<T>| {
            let rest = amendment.terms.as_ref().map(|terms| differences(terms, now));
            rest.is_none_or(|rest| rest.iter().any(|known| known.name() == change.name()))
        };
        // The first of the last amendments that all say what is said now.
        let tail = amendments.iter().rev().take_while(|amendment| !differs(amendment));
        tail.last().map(|amendment| amendment.note.clone())
    };
    let changes = differences(was, now).into_iter();
    changes.map(|change| Moved { note: agreed(&change), change }).collect()
}

fn differences<T: Committed>(was: &T, now: &T) -> Vec<Change> {
    if was == now {
        return Vec::new();
    }
    let change = |(told, was, is)| Change::Term(told, Box::new(Pair { was, is }));
    let mut changes: Vec<Change> = T::TABLE.iter().filter_map(|term| term.moved(was, now)).map(change).collect();
    changes.sort_by_key(Change::reach);
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::Day;
    use crate::model::goal::{Goal, Move};
    use crate::model::ids::Slug;
    use crate::model::ledger::Terms;
    use crate::model::quantity::{Number, Quantity, Unit};

    fn terms(to: i64) -> Terms {
        let percent = |number| Quantity::new(Number::whole(number), Unit::Percent);
        Terms {
            title: format!("to {to}"),
            goal: Some(Goal::Move(Move { from: percent(31), to: percent(to) })),
            levels: Vec::new(),
            metric: Slug::new("m"),
            definition: Some("last; m.csv".to_owned()),
            weight: Number::ONE,
            owners: vec!["ana".to_owned(), "ben".to_owned()],
            guardrails: Vec::new(),
        }
    }

    fn amended(to: i64, on: &str) -> Amendment<Terms> {
        let note = Note { on: Day::parse(on).expect("a day"), because: "why".to_owned(), by: None };
        Amendment { note, terms: Some(terms(to)) }
    }

    fn shown(was: &Terms, amendments: &[Amendment<Terms>], now: &Terms) -> Vec<String> {
        let moves = moves(was, amendments, now).into_iter();
        moves
            .map(|moved| match moved.note {
                Some(note) => format!("{} {}", moved.change.name(), note.on),
                None => format!("{} in silence", moved.change.name()),
            })
            .collect()
    }

    #[test]
    fn a_change_is_agreed_to_where_the_last_amendments_say_the_same() {
        let none: [&str; 0] = [];
        assert_eq!(shown(&terms(20), &[], &terms(20)), none);
        assert_eq!(shown(&terms(20), &[], &terms(25)), ["goal in silence", "wording in silence"]);
        let first = amended(25, "2026-08-01");
        let again =
            Amendment { terms: Some(Terms { weight: Number::whole(2), ..terms(25) }), ..amended(25, "2026-09-01") };
        let now = Terms { weight: Number::whole(2), ..terms(25) };
        let expected = ["goal 2026-08-01", "weight 2026-09-01", "wording 2026-08-01"];
        assert_eq!(shown(&terms(20), &[first.clone(), again], &now), expected);
        let moved_on = [first, amended(22, "2026-09-01")];
        assert_eq!(shown(&terms(20), &moved_on, &terms(25)), ["goal in silence", "wording in silence"]);
    }

    #[test]
    fn what_moves_nothing_is_no_change() {
        let base = terms(20);
        let unmeasured = Terms { metric: None, definition: None, ..terms(20) };
        assert!(moves(&unmeasured, &[], &base).is_empty(), "a metric that was missing is named");
        let turned = Terms { owners: vec!["ben".to_owned(), "ana".to_owned()], ..terms(20) };
        assert!(moves(&base, &[], &turned).is_empty(), "owners in another order");
        let heavier = Terms { weight: Number::parse("1.00").expect("a number"), ..terms(20) };
        assert!(moves(&base, &[], &heavier).is_empty(), "the same weight in more digits");
    }

    #[test]
    fn each_term_is_compared() {
        let base = terms(20);
        let cases = [
            (Terms { goal: None, ..terms(20) }, "goal"),
            (Terms { metric: Slug::new("n"), ..terms(20) }, "metric"),
            (Terms { metric: None, definition: None, ..terms(20) }, "metric"),
            (Terms { definition: Some("max; m.csv".to_owned()), ..terms(20) }, "definition"),
            (Terms { weight: Number::whole(3), ..terms(20) }, "weight"),
            (Terms { owners: vec!["ana".to_owned()], ..terms(20) }, "owners"),
            (Terms { title: "other words".to_owned(), ..terms(20) }, "wording"),
        ];
        for (now, name) in cases {
            assert_eq!(shown(&base, &[], &now), [format!("{name} in silence")]);
        }
    }
}
