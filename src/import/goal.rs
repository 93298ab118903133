//! What a key result's sentence doesn't say of its goal, from the numbers beside it.
//!
//! In: the sentence, and start, target and unit as the product has them. Out: keys of a team's file for what the sentence
//! leaves open, and notes where the two differ. The sentence goes before the product's numbers, and is never changed.

use super::found::{Aim, KeyResult, Note, Style, Told};
use super::value::{Amount, amount, cut};
use crate::model::goal::Goal;
use crate::model::quantity::{Number, Quantity};
use crate::sentence;

/// The keys that state a goal beside its sentence.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// Keys with their values.
    pub(super) keys: Vec<(&'static str, String)>,
    /// What only people can say.
    pub(super) asked: Vec<Note>,
}

/// Returns the keys that a key result needs.
#[must_use]
pub(super) fn keys(known: &KeyResult, style: &Style) -> Stated {
    let mut stated = Stated::default();
    let mut read = |told: &Option<Told>| {
        let told = told.as_ref()?;
        match amount(&told.text, style.decimal) {
            Ok(amount) => Some(amount),
            Err(why) => {
                stated.asked.push(Note::at(&told.place, format!("`{}`: {why}", cut(&known.title.text))));
                None
            }
        }
    };
    let (start, target) = (read(&known.start), read(&known.target));
    let goal = sentence::read(&known.title.text).goal;
    match &goal {
        Some(Goal::Move(goal)) => {
            stated.compare(known, "start", &goal.from, start.as_ref());
            stated.compare(known, "target", &goal.to, target.as_ref());
        }
        Some(Goal::Target(goal)) => {
            stated.compare(known, "target", &goal.to, target.as_ref());
            stated.start(start.filter(|start| start.number != goal.to.number));
        }
        Some(Goal::Hold(hold)) if hold.upper.is_none() => {
            stated.compare(known, "target", &hold.bound.limit, target.as_ref());
        }
        Some(Goal::Gain(gain)) if gain.from.is_none() => stated.start(start),
        Some(Goal::Hold(_) | Goal::Gain(_)) => {}
        Some(Goal::Milestone(_) | Goal::Baseline(_)) | None => stated.whole(known, start, target),
    }
    stated
}

impl Stated {
    /// Says that the product has another number than the sentence.
    fn compare(&mut self, known: &KeyResult, what: &str, said: &Quantity, there: Option<&Amount>) {
        let Some(there) = there.filter(|there| there.number != said.number) else { return };
        let text = format!(
            "`{}`: the sentence says {}, and the product's {what} is {}; the sentence counts",
            cut(&known.title.text),
            said.number,
            there.number
        );
        self.asked.push(Note::at(&known.title.place, text));
    }

    fn start(&mut self, start: Option<Amount>) {
        if let Some(start) = start {
            self.keys.push(("from", start.number.to_string()));
        }
    }

    /// States the whole goal by keys.
    fn whole(&mut self, known: &KeyResult, start: Option<Amount>, target: Option<Amount>) {
        let Some(target) = target else {
            if start.is_some() {
                let text = format!("`{}`: it has a start and no target", cut(&known.title.text));
                self.asked.push(Note::at(&known.title.place, text));
            }
            return;
        };
        let start = start.filter(|start| start.number != target.number || known.aim == Aim::Reach);
        match (known.aim, &start) {
            (Aim::AtMost, _) => self.keys.push(("at_most", target.number.to_string())),
            (Aim::AtLeast, _) => self.keys.push(("at_least", target.number.to_string())),
            (Aim::Reach, Some(start)) if start.number == target.number => {
                let text = format!("`{}`: start and target are both {}", cut(&known.title.text), target.number);
                self.asked.push(Note::at(&known.title.place, text));
                return;
            }
            (Aim::Reach, start) => {
                self.keys.extend(start.as_ref().map(|start| ("from", start.number.to_string())));
                self.keys.push(("to", target.number.to_string()));
            }
        }
        let beside = [Some(&target), start.as_ref()].into_iter().flatten().find(|amount| !amount.unit.is_empty());
        let told = known.unit.as_ref().map(|unit| unit.text.as_str());
        if let Some(name) = told.or(beside.map(|amount| amount.unit.as_str())) {
            self.unit(known, name);
        }
    }

    fn unit(&mut self, known: &KeyResult, name: &str) {
        let name = match name.to_lowercase().as_str() {
            "percentage" | "percent" => "%",
            "number" | "numeric" | "#" | "metric" | "none" => return,
            _ => name,
        };
        if sentence::unit(name).is_some() {
            self.keys.push(("unit", name.to_owned()));
        } else {
            let text = format!("`{}`: `{}` is no unit that is understood", cut(&known.title.text), cut(name));
            self.asked.push(Note::at(&known.title.place, text));
        }
    }
}

/// Returns a score between 0 and 1 as the product has it; nothing where it is none.
#[must_use]
pub(super) fn share(text: &str, of: i64, style: &Style) -> Option<Number> {
    let amount = amount(text, style.decimal.or(Some('.'))).ok()?;
    let whole = if amount.unit == "%" { 100 } else { of };
    amount.number.over(Number::whole(whole))
}
