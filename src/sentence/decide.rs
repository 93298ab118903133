//! The decision: which goal a sentence's numbers state together.
//!
//! In: a sentence's tokens. Out: its reading. A goal is read only where one choice of its numbers leaves no other number
//! without a part; where two do, or none does, there is none.

use std::ops::Range;

use crate::model::goal::{Better, Goal, Hold, Judge, Move, Side};
use crate::model::levels::{Level, LevelKind};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::remark::{Remark, RemarkKind};

use super::account::Beside;
use super::amount::{Amount, Shape};
use super::choice::Choice;
use super::chosen::{asks_for_one, says_of_whom};
use super::deadline;
use super::demote::demote;
use super::lack::{explain, no_events};
use super::limits::{Scene, Stated, gain, is_strong, limit, quantity, within};
use super::measure::measure;
use super::mention::{Mention, Role, mentions};
use super::pair::{are_versions, join, pairs, refuse_flaw};
use super::part::{Numeral, Part};
use super::placeholder::gaps;
use super::ranges;
use super::reading::{Reading, Verb};
use super::verb::{Direction, contradict, directions};
use crate::words::{Class, Text, opening};

/// How many choices are weighed; a sentence with more states more than one goal.
const MOST: usize = 8;

/// Reads a sentence.
pub(super) fn decide(text: &Text<'_>) -> Reading {
    let start = opening(text);
    let directions = directions(text, start);
    let scene = Scene::new(text, start, &directions);
    let mut mentions = mentions(text, start);
    demote(scene, &mut mentions);
    let range = ranges::fuse(scene, &mut mentions);
    let mut decision = Decision { scene, mentions, events: no_events(scene), weighed: None, remarks: Vec::new() };
    let states_range = |choice: Choice| range.as_ref().is_none_or(|range| choice.to == Some(range.at));
    let chosen = decision.chosen().filter(|(choice, _)| states_range(*choice));
    let goal = chosen.as_ref().map(|(_, goal)| match goal.clone() {
        Goal::Hold(hold) => {
            let judge = if deadline::is_set(scene) { Judge::End } else { hold.judge };
            Goal::Hold(Hold { judge, upper: range.map(|range| range.upper), ..hold })
        }
        goal => goal,
    });
    if goal.is_none() && decision.remarks.is_empty() {
        let (kind, tokens) = explain(scene, &decision.mentions);
        decision.remark(kind, tokens);
    }
    let is_judged_once = matches!(&goal, Some(Goal::Hold(hold)) if hold.judge == Judge::End);
    let deadline = if is_judged_once { deadline::day(scene) } else { None };
    let levels = goal.as_ref().map(|goal| decision.levels(goal)).unwrap_or_default();
    let numerals = decision.numerals(matches!(goal, Some(Goal::Hold(_))));
    let measure = chosen.and_then(|(choice, _)| measure(scene, &decision.first_tokens(choice)));
    let mut remarks = decision.remarks;
    remarks.sort_by_key(|remark| (remark.range.start, remark.kind));
    remarks.dedup();
    let verb = verb(text, &directions, goal.as_ref().and_then(Goal::better));
    Reading { goal, levels, deadline, verb, measure, numerals, remarks }
}

/// Returns the first verb that agrees with the goal, else the first.
fn verb(text: &Text<'_>, directions: &[Direction], better: Option<Better>) -> Option<Verb> {
    let agrees = directions.iter().find(|verb| Some(verb.better) == better);
    let verb = agrees.or_else(|| directions.first())?;
    Some(Verb { better: verb.better, range: text.bytes(verb.at..verb.at + 1) })
}

struct Decision<'t, 'a> {
    scene: Scene<'t, 'a>,
    mentions: Vec<Mention>,
    /// "No incidents" with its tokens, where the sentence says that.
    events: Option<(Goal, Range<usize>)>,
    /// The choice that states the goal, or would but for a number that is left over.
    weighed: Option<Choice>,
    remarks: Vec<Remark>,
}

impl<'t, 'a> Decision<'t, 'a> {
    /// Returns the goal with the numbers that state it.
    fn chosen(&mut self) -> Option<(Choice, Goal)> {
        let gaps = gaps(self.scene.text);
        let choices = self.choices();
        let is_pair = choices.first().is_some_and(|choice| choice.from.is_some() && choice.to.is_some());
        if let Some(gap) = gaps.iter().find(|gap| gap.is_value || !is_pair) {
            return self.refuse(RemarkKind::Placeholder, gap.at..gap.at + 1);
        }
        if let Some(&choice) = choices.get(MOST) {
            return self.refuse(RemarkKind::TwoLimits, self.tokens(choice));
        }
        let fits: Vec<Choice> = choices.iter().copied().filter(|&choice| self.left_over(choice).is_none()).collect();
        match (fits.as_slice(), choices.first()) {
            (&[choice, ref others @ ..], _) => {
                self.weighed = Some(choice);
                let stated = self.stated(choice);
                match others.iter().find(|&&other| self.stated(other) != stated) {
                    Some(&other) => self.refuse(RemarkKind::TwoLimits, self.tokens(other)),
                    None => Some((choice, self.told(stated, choice)?)),
                }
            }
            (_, Some(&first)) => {
                // What keeps the goal from being stated goes before what stands beside it.
                if let Err(kind) = self.stated(first) {
                    return self.refuse(kind, self.tokens(first));
                }
                self.weighed = Some(first);
                let index = self.left_over(first)?;
                let kind = self.kind_of_left_over(index, first);
                self.refuse(kind, self.mentions[index].tokens())
            }
            (_, None) => {
                let of_whom = |mention: &&Mention| is_strong(self.scene, mention) && says_of_whom(self.scene, mention);
                let tokens = self.mentions.iter().find(of_whom)?.tokens();
                self.refuse(RemarkKind::UnaccountedNumber, tokens)
            }
        }
    }

    /// Returns which of the sentence's numbers may state its goal.
    fn choices(&self) -> Vec<Choice> {
        let pairs = pairs(&self.mentions);
        if !pairs.is_empty() {
            return pairs.into_iter().map(|(from, to)| Choice { from: Some(from), to: Some(to) }).collect();
        }
        let scene = self.scene;
        let places = |accept: &dyn Fn(&Mention) -> bool| -> Vec<usize> {
            (0..self.mentions.len()).filter(|&index| accept(&self.mentions[index])).collect()
        };
        let strong = places(&|mention| is_strong(scene, mention) && !says_of_whom(scene, mention));
        let by = places(&|mention| matches!(mention.role, Role::By(_)));
        let from = places(&|mention| mention.role == Role::From);
        let mut choices = Vec::new();
        for &from in from.iter().take(MOST) {
            let ends = self.ends(from, &strong);
            let ends = if strong.is_empty() && !by.is_empty() { by.clone() } else { ends };
            choices.extend(ends.into_iter().map(|to| Choice { from: Some(from), to: Some(to) }));
        }
        match from.as_slice() {
            [] if self.events.is_some() => vec![Choice { from: None, to: None }],
            [] => strong.into_iter().chain(by).map(|to| Choice { from: None, to: Some(to) }).collect(),
            &[from, ..] if choices.is_empty() => vec![Choice { from: Some(from), to: None }],
            _ => choices,
        }
    }

    /// Returns the mentions that can be the end of the start at `from`: strong ones first, of the same unit first.
    fn ends(&self, from: usize, strong: &[usize]) -> Vec<usize> {
        let unit = &self.mentions[from].amount.unit;
        let alike = |index: usize| self.mentions[index].amount.unit == *unit;
        let narrow = |places: Vec<usize>| {
            let alike: Vec<usize> = places.iter().copied().filter(|&index| alike(index)).collect();
            if alike.len() == 1 { alike } else { places }
        };
        let fits = |&index: &usize| index != from && self.could_end(from, index);
        let ends: Vec<usize> = strong.iter().copied().filter(fits).collect();
        narrow(if ends.is_empty() { (0..self.mentions.len()).filter(fits).collect() } else { ends })
    }

    /// Says whether the mention at `index` can be the end of the start at `from`: it is counted in the same unit.
    fn could_end(&self, from: usize, index: usize) -> bool {
        let (from, mention) = (&self.mentions[from], &self.mentions[index]);
        let is_share = mention.amount.out_of.is_some() && from.amount.unit == Some(Unit::Percent);
        let counts_alike = is_share
            || match (&from.amount.unit, &mention.amount.unit) {
                (Some(a), Some(b)) => a.converts_to(b),
                (None, None) => true,
                (None, Some(_)) if from.amount.is_bare() && from.amount.noun.is_empty() => true,
                (Some(_), None) | (None, Some(_)) => mention.role != Role::Plain,
            };
        let usable =
            !matches!(mention.role, Role::From | Role::By(_) | Role::Aside(_)) && mention.amount.flaw.is_none();
        let is_share_of_all = mention.role == Role::Share && mention.amount.unit != from.amount.unit;
        counts_alike && usable && !is_share_of_all && mention.amount.shape != Shape::Adjective
    }

    /// Returns the first mention that has no part beside a choice.
    fn left_over(&self, choice: Choice) -> Option<usize> {
        let beside = self.beside(choice);
        (0..self.mentions.len())
            .find(|&index| choice.part(&self.mentions, index).is_none() && beside.part(index).is_none())
    }

    fn beside(&self, choice: Choice) -> Beside<'_, 't, 'a> {
        let tokens = self.events.as_ref().map_or(0..0, |(_, tokens)| tokens.clone());
        Beside::new(self.scene, &self.mentions, choice, tokens)
    }

    fn kind_of_left_over(&self, index: usize, choice: Choice) -> RemarkKind {
        let mention = &self.mentions[index];
        let amount = &mention.amount;
        let is_end = !matches!(mention.role, Role::Plain | Role::Aside(_)) || amount.unit.is_some();
        let unit = choice.to.and_then(|to| self.mentions[to].amount.unit.clone());
        match refuse_flaw(amount) {
            Err(kind) if mention.role != Role::Plain => kind,
            _ if is_end || amount.noun.is_empty() && amount.unit == unit => RemarkKind::TwoLimits,
            _ => RemarkKind::UnaccountedNumber,
        }
    }

    /// Returns the goal that a choice states by itself.
    fn stated(&self, choice: Choice) -> Stated {
        let scene = self.scene;
        match (choice.from, choice.to) {
            (None, None) => {
                // "No incidents and …" says one thing more.
                let whole = self.events.as_ref().filter(|(_, tokens)| !scene.text.is(tokens.end, &["and"]));
                whole.map(|(goal, _)| (goal.clone(), None)).ok_or(RemarkKind::NotUnderstood)
            }
            (Some(from), None) => self.without_end(from),
            (None, Some(to)) => match self.mentions[to].role {
                Role::By(_) => {
                    self.no_output(to)?;
                    gain(scene, &self.mentions[to], None)
                }
                Role::Share if self.has_threshold(choice) => Ok((within(Side::Above, &self.mentions[to]), None)),
                _ if asks_for_one(scene, &self.mentions[to]) => Err(RemarkKind::Milestone),
                _ => limit(scene, &self.mentions[to]),
            },
            (Some(from), Some(to)) => match self.mentions[to].role {
                Role::By(_) => gain(scene, &self.mentions[to], Some(&self.mentions[from])),
                _ => self.moved(from, to),
            },
        }
    }

    /// Says whether a share is of things that stay within something: "95% of requests served under 200 ms".
    fn has_threshold(&self, choice: Choice) -> bool {
        let beside = self.beside(choice);
        let is_bound = |index: &usize| self.mentions[*index].role == Role::Bound;
        (0..self.mentions.len()).filter(is_bound).any(|index| beside.part(index) == Some(Part::Threshold))
    }

    /// Reads a start without an end: "zero incidents" may be one.
    fn without_end(&self, from: usize) -> Stated {
        let amount = &self.mentions[from].amount;
        let is_more = amount.is_count() && amount.flaw.is_none() && !amount.number.is_zero();
        let strong = self.mentions.iter().any(|mention| is_strong(self.scene, mention));
        match strong {
            true => Err(RemarkKind::UnitsDiffer),
            false if self.events.is_some() && is_more => {
                let from = quantity(amount);
                let to = Quantity { number: Number::ZERO, ..from.clone() };
                Ok((Goal::Move(Move { from, to }), None))
            }
            false => Err(RemarkKind::NoTarget),
        }
    }

    /// Reads a start and an end.
    fn moved(&self, from: usize, to: usize) -> Stated {
        let scene = self.scene;
        let (first, last) = (&self.mentions[from], &self.mentions[to]);
        if are_versions(scene.text, first, last, scene.start) {
            return Err(RemarkKind::Milestone);
        }
        if last.role == Role::To && self.is_span(first, last) {
            return Err(RemarkKind::NotUnderstood);
        }
        let goal = join(scene.text, first, last)?;
        if self.is_kept(&goal, last) {
            return limit(scene, last);
        }
        let contradicts = contradict(scene.directions, first.key.min(last.key), goal.better());
        Ok((Goal::Move(goal), contradicts.then_some(RemarkKind::DirectionContradictsVerb)))
    }

    /// Says whether what is stated today is inside the limit already: "keep churn below 2% (currently 1.8%)".
    fn is_kept(&self, goal: &Move, mention: &Mention) -> bool {
        let Some(limit) = mention.limit.filter(|_| mention.role == Role::Bound) else { return false };
        let moves = self.scene.first_change < mention.key;
        let inside = goal.to.number_in(&goal.from.unit).is_some_and(|to| match limit.side {
            Side::Below => goal.from.number < to,
            Side::Above => goal.from.number > to,
        });
        inside && !moves
    }

    /// Says whether "from … to …" spans a range: "support files from 1 MB to 5 GB".
    fn is_span(&self, from: &Mention, to: &Mention) -> bool {
        let Scene { text, start, .. } = self.scene;
        let key = from.key;
        let moves = (start..key).any(|at| text.has(at, Class::MOVES));
        // "Time to hire 45 → 30 days" measures what "hire 5 → 8 engineers" does.
        let delivers = key == start + 1 && text.has(start, Class::OUTPUT);
        let spans = |at: usize| text.has(at, Class::SPAN) && !text.word(at).ends_with("ed");
        let falls = to.amount.number < from.amount.number && to.amount.unit == from.amount.unit;
        !moves && (delivers || !falls && (start..key).any(spans))
    }

    /// Refuses a difference that deliverables are hoped to make: "write 3 guides for a 15% increase".
    fn no_output(&self, by: usize) -> Result<(), RemarkKind> {
        let Scene { text, start, .. } = self.scene;
        let counts = |mention: &Mention| mention.role == Role::Plain && mention.amount.is_count();
        let is_output = text.has(start, Class::OUTPUT) && self.mentions[..by].iter().any(counts);
        if is_output { Err(RemarkKind::BareCount) } else { Ok(()) }
    }

    /// Returns a goal that is read, and says what it lacks.
    fn told(&mut self, stated: Stated, choice: Choice) -> Option<Goal> {
        let tokens = self.tokens(choice);
        let (goal, lacks) = match stated {
            Ok(stated) => stated,
            Err(kind) => return self.refuse(kind, tokens),
        };
        let contradicts = contradict(self.scene.directions, tokens.start, goal.better().unwrap_or(Better::Higher));
        let contradicts = contradicts && matches!(goal, Goal::Gain(_));
        let kinds = [lacks, contradicts.then_some(RemarkKind::DirectionContradictsVerb)];
        kinds.into_iter().flatten().for_each(|kind| self.remark(kind, tokens.clone()));
        let beside = self.beside(choice);
        let guardrails: Vec<Range<usize>> = (0..self.mentions.len())
            .filter(|&index| {
                choice.part(&self.mentions, index).is_none() && beside.part(index) == Some(Part::Guardrail)
            })
            .map(|index| self.mentions[index].tokens())
            .collect();
        guardrails.into_iter().for_each(|tokens| self.remark(RemarkKind::FurtherLimit, tokens));
        Some(goal)
    }

    /// Returns the levels beside a goal; a bare one is counted as the goal is.
    fn levels(&self, goal: &Goal) -> Vec<Level> {
        let of = goal.quantity();
        let level = |kind: LevelKind| {
            let role = Role::Aside(Part::of_level(kind));
            let mention = self.mentions.iter().find(|mention| mention.role == role)?;
            let mut at = quantity(&mention.amount);
            if let (None, Some(of)) = (&mention.amount.unit, of) {
                at.unit = of.unit.clone();
            }
            at.per = at.per.or_else(|| of.and_then(|of| of.per.clone()));
            Some(Level { kind, at })
        };
        LevelKind::ALL.iter().copied().filter_map(level).collect()
    }

    /// Returns all numbers of the sentence, each with its part.
    fn numerals(&self, is_hold: bool) -> Vec<Numeral> {
        let beside = self.weighed.map(|choice| self.beside(choice));
        let part = |index: usize| match (self.weighed, &beside, self.mentions[index].role) {
            (Some(choice), Some(beside), _) => {
                choice.part(&self.mentions, index).or_else(|| beside.part(index)).unwrap_or(Part::LeftOver)
            }
            (_, _, Role::Aside(part)) => part,
            _ => Part::LeftOver,
        };
        let shown = |part: Part| if is_hold && part == Part::End { Part::Limit } else { part };
        let range = |amount: &Amount| self.scene.text.bytes(amount.tokens.clone());
        let numeral = |index: usize| Numeral { range: range(&self.mentions[index].amount), part: shown(part(index)) };
        (0..self.mentions.len()).map(numeral).collect()
    }

    /// Returns the tokens of a choice's numbers up to where the measure may go on: behind "from 8 to 2", but between an
    /// end and the start behind it.
    fn first_tokens(&self, choice: Choice) -> Range<usize> {
        let is_late = |to: usize| choice.from.is_some_and(|from| to < from);
        let end = choice.to.filter(|&to| is_late(to)).map(|to| self.mentions[to].tokens());
        end.unwrap_or_else(|| self.tokens(choice))
    }

    /// Returns the tokens of a choice's numbers, with the words that give them their roles.
    fn tokens(&self, choice: Choice) -> Range<usize> {
        let places = [choice.from, choice.to].into_iter().flatten();
        let spans = places.map(|place| self.mentions[place].tokens());
        spans.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(self.scene.start..self.scene.text.len())
    }

    fn refuse<T>(&mut self, kind: RemarkKind, tokens: Range<usize>) -> Option<T> {
        self.remark(kind, tokens);
        None
    }

    fn remark(&mut self, kind: RemarkKind, tokens: Range<usize>) {
        let range = self.scene.text.bytes(tokens);
        self.remarks.push(Remark { kind, range });
    }
}
