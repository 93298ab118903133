//! Key-result sentences: "Reduce P1 incidents from 8/quarter to 2/quarter".
//!
//! In: a sentence as an author wrote it. Out: the goal that it states, if it states one, and remarks on what it
//! lacks. Never guesses: a sentence that can be read in two ways states no goal.

mod account;
mod amount;
mod arrival;
mod bound;
mod choice;
mod chosen;
mod deadline;
mod decide;
mod demote;
mod difference;
mod filler;
mod lack;
mod levels;
mod limits;
mod measure;
mod mention;
mod name;
mod note;
mod number;
mod origin;
mod pair;
mod part;
mod placeholder;
mod quantity;
mod ranges;
mod reader;
mod reading;
mod show;
mod size;
mod suffix;
mod unit;
mod verb;

pub use crate::model::remark::{Remark, RemarkKind};
pub use crate::words::{Word, WordKind};
pub(crate) use number::word as number_word;
pub use part::{Numeral, Part};
pub use quantity::{QuantityError, duration_days, quantity};
pub use reading::{Reading, Verb};
pub use unit::{per, unit};

use crate::words::{LONGEST, Text};

/// Returns the words of a text, without links' targets, markup and struck-out text; none of one that is too long.
pub fn words(text: &str) -> impl Iterator<Item = Word> + use<> {
    Text::new(text).words.into_iter()
}

/// Reads a key-result sentence.
#[must_use]
pub fn read(sentence: &str) -> Reading {
    if sentence.len() > LONGEST {
        let remark = Remark { kind: RemarkKind::NotUnderstood, range: 0..sentence.len() };
        return Reading {
            goal: None,
            levels: Vec::new(),
            deadline: None,
            verb: None,
            measure: None,
            numerals: Vec::new(),
            remarks: vec![remark],
        };
    }
    decide::decide(&Text::new(sentence))
}

#[cfg(test)]
mod tests;
