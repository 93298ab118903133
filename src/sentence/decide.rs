//! The decision: which goal a sentence's mentions state together.
//!
//! In: a sentence's tokens. Out: its reading. Never prefers one of two possible goals: then there is none.

use crate::model::goal::{Better, Goal, Hold, Judge, Move, Side};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::remark::{Remark, RemarkKind};

use super::amount::Flaw;
use super::deadline;
use super::lack::{explain, no_events};
use super::limits::{Scene, gain, is_strong, limit, quantity};
use super::mention::{Mention, Role, mentions};
use super::pair::{are_versions, join, pairs, refuse_flaw};
use super::placeholder::gaps;
use super::reading::{Reading, Verb};
use super::rival::{Which, goal_of, is_counted_within, is_end_of_difference, is_further, is_window_of};
use super::verb::{Direction, contradict, directions};
use crate::words::{Class, Text, opening};

/// Reads a sentence.
pub(super) fn decide(text: &Text<'_>) -> Reading {
    let start = opening(text);
    let directions = directions(text, start);
    let mut decision =
        Decision { scene: Scene::new(text, start, &directions), mentions: mentions(text, start), remarks: Vec::new() };
    decision.demote_agents();
    let goal = match decision.goal() {
        Some(Goal::Hold(hold)) if deadline::is_set(decision.scene) => {
            Some(Goal::Hold(Hold { judge: Judge::End, ..hold }))
        }
        goal => goal,
    };
    if goal.is_none() && decision.remarks.is_empty() {
        let (kind, tokens) = explain(decision.scene, &decision.mentions);
        decision.remark(kind, tokens);
    }
    let mut remarks = decision.remarks;
    remarks.sort_by_key(|remark| (remark.range.start, remark.kind));
    remarks.dedup();
    let verb = verb(text, &directions, goal.as_ref().and_then(Goal::better));
    Reading { goal, verb, remarks }
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
    remarks: Vec<Remark>,
}

impl Decision<'_, '_> {
    fn goal(&mut self) -> Option<Goal> {
        let gaps = gaps(self.scene.text);
        let pairs = pairs(self.scene.text, &self.mentions);
        if let Some(gap) = gaps.iter().find(|gap| gap.is_value || pairs.is_empty()) {
            return self.refuse(RemarkKind::Placeholder, gap.at..gap.at + 1);
        }
        match *pairs.as_slice() {
            [] => self.loose(),
            [(from, to)] if self.is_span(from, to) => {
                self.refuse(RemarkKind::NotUnderstood, self.mentions[from].key..self.mentions[to].amount.tokens.end)
            }
            [(from, to)] => self.moved(from, to),
            [_, (from, to), ..] => {
                self.refuse(RemarkKind::TwoLimits, self.mentions[from].key..self.mentions[to].amount.tokens.end)
            }
        }
    }

    /// Takes "used by 5 teams" for what it is: nobody's difference.
    fn demote_agents(&mut self) {
        let text = self.scene.text;
        for mention in &mut self.mentions {
            let before = mention.key.wrapping_sub(1);
            let participle = text.word(before).ends_with("ed") || text.has(before, Class::OUTPUT);
            let irregular = text.has(before, Class::GIVEN);
            // "points delivered by 20%": no share of nothing does anything.
            let end = mention.amount.tokens.end;
            let is_share = mention.amount.unit == Some(Unit::Percent) && !text.is(end, &["of"]);
            let whole = is_share && mention.amount.noun.is_empty();
            let passive = (participle || irregular) && !text.has(before, Class::MOVES) && !whole;
            if matches!(mention.role, Role::By(None)) && passive {
                mention.role = Role::Plain;
            }
        }
    }

    /// Returns the move of a start and an end that stand together, or are the only ones.
    fn moved(&mut self, from: usize, to: usize) -> Option<Goal> {
        let scene = self.scene;
        let (first, last) = (&self.mentions[from], &self.mentions[to]);
        let key = first.key.min(last.key);
        let tokens = key..first.amount.tokens.end.max(last.amount.tokens.end);
        if are_versions(scene.text, first, last, scene.start) {
            return self.refuse(RemarkKind::Milestone, tokens);
        }
        let goal = match join(scene.text, first, last) {
            Ok(goal) => goal,
            Err(kind) => return self.refuse(kind, tokens),
        };
        if self.is_kept(&goal, to) {
            return self.state(limit(scene, &self.mentions[to]), to);
        }
        self.beside(&goal, from, to)?;
        if contradict(scene.directions, key, goal.better()) {
            self.remark(RemarkKind::DirectionContradictsVerb, tokens);
        }
        Some(Goal::Move(goal))
    }

    /// Says whether what is stated today is inside the limit already: "keep churn below 2% (currently 1.8%)".
    fn is_kept(&self, goal: &Move, to: usize) -> bool {
        let mention = &self.mentions[to];
        let Some(limit) = mention.limit.filter(|_| mention.role == Role::Bound) else { return false };
        let moves = self.scene.first_change < mention.key;
        let inside = goal.to.number_in(&goal.from.unit).is_some_and(|to| match limit.side {
            Side::Below => goal.from.number < to,
            Side::Above => goal.from.number > to,
        });
        inside && !moves
    }

    /// Says whether "from … to …" spans a range: "support files from 1 MB to 5 GB".
    fn is_span(&self, from: usize, to: usize) -> bool {
        let Scene { text, start, .. } = self.scene;
        let (from, to) = (&self.mentions[from], &self.mentions[to]);
        let key = from.key;
        let moves = (start..key).any(|at| text.has(at, Class::MOVES));
        // "Time to hire 45 → 30 days" measures what "hire 5 → 8 engineers" does.
        let delivers = text.has(key.wrapping_sub(1), Class::OUTPUT) && !text.is(key.wrapping_sub(2), &["to"]);
        !moves && !are_versions(text, from, to, start) && (delivers || (start..key).any(|at| text.has(at, Class::SPAN)))
    }

    /// Weighs what else is mentioned beside a move; nothing where it speaks against the move.
    fn beside(&mut self, goal: &Move, from: usize, to: usize) -> Option<()> {
        let end = self.mentions[to].amount.tokens.end;
        let text = self.scene.text;
        let joins = |at: &usize| text.has(*at, Class::JOIN) || text.is_sign(*at, &[';', '&']);
        let clause = (end..text.len()).find(joins).unwrap_or(usize::MAX);
        let mut further = Vec::new();
        for (index, mention) in self.mentions.iter().enumerate() {
            if index == from || index == to {
                continue;
            }
            let tokens = mention.key..mention.amount.tokens.end;
            match mention.role {
                Role::To => return self.refuse(RemarkKind::TwoLimits, tokens).map(drop),
                Role::Plain if is_further(text, &self.mentions[to], mention, true) => {
                    return self.refuse(RemarkKind::TwoLimits, tokens).map(drop);
                }
                Role::By(_) if !is_consistent(goal, mention) => {
                    return self.refuse(RemarkKind::TwoLimits, tokens).map(drop);
                }
                Role::Bound | Role::Reach if mention.key > clause => further.push(tokens),
                _ => {}
            }
        }
        for tokens in further {
            self.remark(RemarkKind::FurtherLimit, tokens);
        }
        Some(())
    }

    /// Returns the goal where no start and end stand together.
    fn loose(&mut self) -> Option<Goal> {
        let scene = self.scene;
        let places = |accept: &dyn Fn(&Mention) -> bool| -> Vec<usize> {
            (0..self.mentions.len()).filter(|&index| accept(&self.mentions[index])).collect()
        };
        let froms = places(&|mention| mention.role == Role::From);
        let strong = places(&|mention| is_strong(scene, mention));
        let flawed = |mention: &Mention| matches!(mention.amount.flaw, Some(Flaw::Range | Flaw::Separator));
        let has_role = |mention: &Mention| !matches!(mention.role, Role::Plain | Role::Note);
        if let Some(&index) = places(&|mention| has_role(mention) && flawed(mention)).first() {
            let flaw = refuse_flaw(&self.mentions[index].amount).err().unwrap_or(RemarkKind::NumberRange);
            let upgrades = scene.text.has(scene.start, Class::UPGRADE);
            let kind = if upgrades { RemarkKind::Milestone } else { flaw };
            return self.refuse_mention(kind, index);
        }
        let by = places(&|mention| matches!(mention.role, Role::By(_)));
        match *froms.as_slice() {
            [] => self.without_start(&strong, &by),
            [from] => self.with_start(from, &strong, &by),
            [first, ..] => match self.labelled(&froms) {
                Some((from, to)) => self.moved(from, to),
                None => self.refuse_mention(RemarkKind::NotUnderstood, first),
            },
        }
    }

    /// Returns start and end of "(baseline: 97%, target: 99%, current: 98%)".
    fn labelled(&self, froms: &[usize]) -> Option<(usize, usize)> {
        let is_baseline = |&index: &usize| {
            let mention = &self.mentions[index];
            (mention.key..mention.amount.tokens.start).any(|at| self.scene.text.is(at, &["baseline"]))
        };
        let from = froms.iter().copied().filter(is_baseline).collect::<Vec<usize>>();
        let named = |&index: &usize| self.mentions[index].role == Role::Named;
        let to = (0..self.mentions.len()).filter(named).collect::<Vec<usize>>();
        match (from.as_slice(), to.as_slice()) {
            (&[from], &[to]) => Some((from, to)),
            _ => None,
        }
    }

    fn with_start(&mut self, from: usize, strong: &[usize], by: &[usize]) -> Option<Goal> {
        if let ([], &[by]) = (strong, by) {
            let stated = gain(self.scene, &self.mentions[by], Some(&self.mentions[from]));
            return self.state(stated, by);
        }
        match *self.ends(from, strong).as_slice() {
            [to] => self.moved(from, to),
            [] if strong.is_empty() && self.ends_at_nothing(from) => self.move_to_nothing(from),
            [] if strong.is_empty() => self.refuse_mention(RemarkKind::NoTarget, from),
            [] => self.refuse_mention(RemarkKind::UnitsDiffer, from),
            _ => self.refuse_mention(RemarkKind::TwoLimits, from),
        }
    }

    /// Says whether "zero incidents" is the end of the start at `from`.
    fn ends_at_nothing(&self, from: usize) -> bool {
        let from = &self.mentions[from];
        let is_more = from.amount.is_count() && from.amount.flaw.is_none() && !from.amount.number.is_zero();
        is_more && no_events(self.scene, &[]).is_some()
    }

    fn move_to_nothing(&self, from: usize) -> Option<Goal> {
        let from = quantity(&self.mentions[from].amount);
        let to = Quantity { number: Number::ZERO, ..from.clone() };
        Some(Goal::Move(Move { from, to }))
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
        let counts_alike = match (&from.amount.unit, &mention.amount.unit) {
            (Some(a), Some(b)) => a.converts_to(b),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => mention.role != Role::Plain,
        };
        let usable = !matches!(mention.role, Role::From | Role::By(_) | Role::Note) && mention.amount.flaw.is_none();
        let is_share_of_all = mention.role == Role::Share && mention.amount.unit != from.amount.unit;
        let is_period = self.scene.text.is(mention.amount.tokens.start.wrapping_sub(1), &["per", "every", "each"]);
        counts_alike
            && usable
            && !is_share_of_all
            && !is_period
            && mention.amount.shape != super::amount::Shape::Adjective
    }

    fn without_start(&mut self, strong: &[usize], by: &[usize]) -> Option<Goal> {
        let scene = self.scene;
        if let (true, Some(goal)) = (strong.len() < 2 && by.is_empty(), no_events(scene, &self.mentions)) {
            return Some(goal);
        }
        match (strong, by) {
            ([], []) => None,
            ([], &[by]) => {
                self.alone(by)?;
                self.no_output(by)?;
                self.state(gain(scene, &self.mentions[by], None), by)
            }
            (&[to], []) => {
                self.alone(to)?;
                self.state(limit(scene, &self.mentions[to]), to)
            }
            (&[beside], &[by])
                if is_window_of(scene, &self.mentions[beside], &self.mentions[by])
                    || is_counted_within(scene, &self.mentions[beside], &self.mentions[by]) =>
            {
                self.no_output(by)?;
                self.state(gain(scene, &self.mentions[by], None), by)
            }
            (&[to], &[by]) if is_end_of_difference(&self.mentions[to], &self.mentions[by]) => {
                self.state(limit(scene, &self.mentions[to]), to)
            }
            (&[first, last], []) => match goal_of(scene, &self.mentions[first], &self.mentions[last]) {
                Some(Which::First) => self.state(limit(scene, &self.mentions[first]), first),
                Some(Which::Last) => self.state(limit(scene, &self.mentions[last]), last),
                None => self.refuse_mention(RemarkKind::TwoLimits, last),
            },
            _ => {
                let last = strong.iter().chain(by).copied().max()?;
                self.refuse_mention(RemarkKind::TwoLimits, last)
            }
        }
    }

    /// Refuses where a percentage elsewhere is a limit too: "95% of requests under 200 ms".
    fn alone(&mut self, index: usize) -> Option<()> {
        let end = &self.mentions[index];
        let rival = |mention: &Mention| {
            if is_further(self.scene.text, end, mention, false) {
                return true;
            }
            let loose = matches!(mention.role, Role::Plain | Role::Share | Role::Level)
                || mention.role == Role::To && mention.amount.number != Number::whole(100);
            loose && mention.amount.unit == Some(Unit::Percent)
        };
        let place = (0..self.mentions.len()).find(|&other| other != index && rival(&self.mentions[other]));
        match place {
            Some(place) => self.refuse_mention(RemarkKind::TwoLimits, place).map(drop),
            None => Some(()),
        }
    }

    /// Refuses a difference that deliverables are hoped to make: "write 3 guides for a 15% increase".
    fn no_output(&mut self, by: usize) -> Option<()> {
        let Scene { text, start, .. } = self.scene;
        let counts = |mention: &Mention| mention.role == Role::Plain && mention.amount.is_count();
        let output = text.has(start, Class::OUTPUT);
        match self.mentions[..by].iter().position(|mention| output && counts(mention)) {
            Some(place) => self.refuse_mention(RemarkKind::BareCount, place).map(drop),
            None => Some(()),
        }
    }

    fn state(&mut self, stated: super::limits::Stated, index: usize) -> Option<Goal> {
        match stated {
            Ok((goal, lacks)) => {
                let mention = &self.mentions[index];
                let tokens = mention.key..mention.amount.tokens.end;
                if let Some(kind) = lacks {
                    self.remark(kind, tokens.clone());
                }
                let key = tokens.start;
                if goal.better().is_some_and(|better| {
                    matches!(goal, Goal::Gain(_)) && contradict(self.scene.directions, key, better)
                }) {
                    self.remark(RemarkKind::DirectionContradictsVerb, tokens);
                }
                Some(goal)
            }
            Err(kind) => self.refuse_mention(kind, index),
        }
    }

    fn refuse_mention(&mut self, kind: RemarkKind, index: usize) -> Option<Goal> {
        let mention = &self.mentions[index];
        self.refuse(kind, mention.key..mention.amount.tokens.end)
    }

    fn refuse(&mut self, kind: RemarkKind, tokens: std::ops::Range<usize>) -> Option<Goal> {
        self.remark(kind, tokens);
        None
    }

    fn remark(&mut self, kind: RemarkKind, tokens: std::ops::Range<usize>) {
        let range = self.scene.text.bytes(tokens.start..tokens.end);
        self.remarks.push(Remark { kind, range });
    }
}

/// Says whether a difference beside a move agrees with it, to one hundredth: "by 50% from 20 to 10".
fn is_consistent(goal: &Move, mention: &Mention) -> bool {
    let amount = &mention.amount;
    let change = || {
        let to = goal.to.number_in(&goal.from.unit)?;
        let change = to.minus(goal.from.number)?.magnitude();
        if amount.unit == Some(Unit::Percent) {
            let share = change.times(Number::whole(100))?.over(goal.from.number.magnitude())?;
            return Some(share.minus(amount.number.magnitude())?.magnitude() <= Number::ONE);
        }
        let unit = amount.unit.clone().unwrap_or(Unit::Count);
        Some(unit.convert(amount.number.magnitude(), &goal.from.unit)? == change)
    };
    change().unwrap_or(false)
}
