//! Accounting: what each number of a sentence is beside the ones that state a goal.
//!
//! In: the numbers that state a goal, and one that doesn't. Out: its part, or nothing where it has none: then the goal
//! isn't read. What leads to a number says what it is; a number behind "and" or a comma is one more to reach.

use std::ops::Range;

use crate::model::goal::Side;
use crate::model::quantity::{Number, Unit};

use super::amount::{Amount, Flaw, Shape};
use super::bound::Wording;
use super::choice::Choice;
use super::chosen::says_of_whom;
use super::filler::skip_fillers;
use super::limits::{Scene, is_strong};
use super::mention::{Mention, Role};
use super::origin;
use super::part::Part;
use super::size::is_size;
use crate::words::{Class, Text};

/// How far from the goal a number may stand, in tokens.
const REACH: usize = 60;

/// A goal's numbers, for what stands beside them.
pub(super) struct Beside<'s, 't, 'a> {
    scene: Scene<'t, 'a>,
    mentions: &'s [Mention],
    from: Option<&'s Mention>,
    to: Option<&'s Mention>,
    /// The goal's tokens, from the first word of the first number to behind the last number.
    tokens: Range<usize>,
}

impl<'s, 't, 'a> Beside<'s, 't, 'a> {
    /// Looks at a choice; `tokens` is where a goal without a number stands.
    pub(super) fn new(scene: Scene<'t, 'a>, mentions: &'s [Mention], choice: Choice, tokens: Range<usize>) -> Self {
        let [from, to] = [choice.from, choice.to].map(|place| place.map(|place| &mentions[place]));
        let spans = [from, to].into_iter().flatten().map(Mention::tokens);
        let tokens = spans.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(tokens);
        Self { scene, mentions, from, to, tokens }
    }

    /// Returns what the mention at `index` is, which isn't one of the goal's.
    pub(super) fn part(&self, index: usize) -> Option<Part> {
        let mention = &self.mentions[index];
        match mention.role {
            Role::Aside(Part::LeftOver) => None,
            // Of two promises neither counts.
            Role::Aside(Part::Commit | Part::Stretch) if self.is_said_before(index) => None,
            Role::Aside(part) => Some(part),
            _ if self.is_repeated(mention) => Some(Part::End),
            _ if self.to.is_none() && self.tokens.contains(&mention.key) => Some(Part::Limit),
            Role::By(_) => self.difference(mention).or_else(|| self.time(mention)),
            Role::Bound => self.time(mention).or_else(|| self.bound(mention)),
            Role::Plain => self.plain(mention, index),
            Role::Level if !is_strong(self.scene, mention) => self.plain(mention, index),
            Role::To if mention.amount.flaw == Some(Flaw::Range) => self.continues(mention, index),
            // "Upgraded to 1.29".
            Role::To
                if mention.amount.is_bare() && self.scene.text.has(mention.key.wrapping_sub(1), Class::UPGRADE) =>
            {
                Some(Part::Name)
            }
            // "(Q1: 12)" beside another start.
            Role::From if self.scene.text.is_sign(mention.key, &['(']) => Some(Part::Note),
            Role::From | Role::To | Role::Named | Role::Reach | Role::Share | Role::Level => None,
        }
    }

    /// Says whether a number before this one has the same role.
    fn is_said_before(&self, index: usize) -> bool {
        self.mentions[..index].iter().any(|before| before.role == self.mentions[index].role)
    }

    /// Says whether the goal is one of words that need no bound: "from … to …", "by 5", "reach 5".
    fn is_moved(&self) -> bool {
        let moved = |to: &Mention| matches!(to.role, Role::To | Role::By(_) | Role::Named | Role::Reach);
        self.from.is_some() || self.to.is_some_and(moved)
    }

    fn is_time(&self) -> bool {
        self.to.is_some_and(|to| matches!(to.amount.unit, Some(Unit::Duration(_))))
    }

    /// Says whether the goal counts things, so that a bound may say which: "fewer than 5 services above 1%".
    fn is_count(&self) -> bool {
        let Some(to) = self.to else { return true };
        to.role == Role::Bound && to.amount.is_count() && !to.amount.noun.is_empty() && self.opens(to)
    }

    /// Says whether the goal is a share of things: "95% of requests".
    fn is_share(&self) -> bool {
        let Some(to) = self.to else { return false };
        let text = self.scene.text;
        let is_one_in = to.amount.tokens.clone().any(|at| text.is(at, &["in"]));
        let of_things = is_one_in || text.is(to.amount.tokens.end, &["of"]);
        to.amount.unit == Some(Unit::Percent) && of_things && self.opens(to)
    }

    fn opens(&self, to: &Mention) -> bool {
        let Scene { text, start, .. } = self.scene;
        text.is_sign(to.key.wrapping_sub(1), &[':']) || (start..to.key).all(|at| text.has(at, Class::HOLD))
    }

    fn is_repeated(&self, mention: &Mention) -> bool {
        let is_same = |to: &Mention| to.amount.number == mention.amount.number && to.amount.unit == mention.amount.unit;
        self.to.is_some_and(is_same) && mention.amount.unit.is_some() && mention.role != Role::Bound
    }

    /// A difference that agrees with start and end, or stands before its end: "by 20% to 300".
    fn difference(&self, mention: &Mention) -> Option<Part> {
        let to = self.to?;
        let agrees = match self.from {
            Some(from) => is_consistent(&from.amount, &to.amount, &mention.amount),
            None => match mention.role {
                Role::By(_) => to.role == Role::Named || to.role == Role::To && to.key == mention.amount.tokens.end,
                _ => to.role == Role::To && mention.amount.unit == Some(Unit::Factor),
            },
        };
        agrees.then_some(Part::Difference)
    }

    /// "Within 30 days of launch", "over 4 weeks", "2 years ago".
    fn time(&self, mention: &Mention) -> Option<Part> {
        let Some(Unit::Duration(_)) = mention.amount.unit else { return None };
        let text = self.scene.text;
        let end = mention.amount.tokens.end;
        let is_within = mention.limit.is_some_and(|limit| limit.wording == Wording::Within);
        let links = Class::STRETCH.or(Class::CIRCUMSTANCE);
        let lead = skip_fillers(text, mention.key).wrapping_sub(1);
        // "Over a rolling 30 days"
        let far = skip_fillers(text, lead).wrapping_sub(1);
        let lead = if !text.has(lead, links.or(Class::STOP)) && text.is_word(lead) && text.has(far, links) {
            far
        } else {
            lead
        };
        let of_event = text.is(end, &["of", "after", "from", "before"]) && text.is_word(end + 1);
        let stretches =
            mention.limit.is_some_and(|limit| limit.wording == Wording::Over) || text.has(lead, Class::STRETCH);
        let places = match mention.limit {
            None => text.has(lead, Class::CIRCUMSTANCE),
            Some(limit) => text.is(lead, &["in"]) && limit.side == Side::Below,
        };
        let is_apart = !self.is_time();
        let is_when = text.is(end, &["ago", "earlier"])
            || is_within && (of_event || is_apart && !self.is_share() || self.is_moved())
            || stretches && (is_apart || self.is_moved() || of_event)
            || places && (is_apart && !(self.is_share() && mention.limit.is_some()) || of_event && self.is_moved());
        (is_when && !self.is_joined(mention)).then_some(Part::Time)
    }

    fn bound(&self, mention: &Mention) -> Option<Part> {
        // "(n > 200)"
        if self.scene.text.is(mention.key.wrapping_sub(1), &["n"]) {
            return Some(Part::Note);
        }
        if self.is_guardrail(mention) {
            return Some(Part::Guardrail);
        }
        let inside = self.is_inside(mention) && self.is_moved();
        let counts = (self.is_count() || self.is_share())
            && mention.amount.unit.is_some()
            && mention.amount.unit != self.to.and_then(|to| to.amount.unit.clone())
            && self.is_behind(mention);
        let clause = says_of_whom(self.scene, mention);
        (inside || counts || clause || self.is_described(mention)).then_some(Part::Threshold)
    }

    fn plain(&self, mention: &Mention, index: usize) -> Option<Part> {
        let text = self.scene.text;
        let amount = &mention.amount;
        let before = amount.tokens.start.wrapping_sub(1);
        if amount.shape == Shape::Adjective || self.is_named(mention) {
            return Some(Part::Name);
        }
        let is_past =
            amount.is_bare() && text.word(amount.tokens.start).len() == 4 && text.has(before, Class::BEFORE_YEAR);
        if amount.shape == Shape::Year || is_past && amount.noun.len() < 2 {
            return Some(Part::Time);
        }
        if amount.number.is_zero() {
            return None;
        }
        let is_legend = text.is_sign(before, &['=']) && text.is_word(before.wrapping_sub(1));
        if is_legend || self.is_remark(mention) {
            return Some(Part::Note);
        }
        if let Some(part) = self.continues(mention, index) {
            return Some(part);
        }
        let is_dated = text.is(amount.tokens.end, &["by", "until", "before"]);
        if text.is_sign(before, &[',']) && is_dated && self.is_between(mention) {
            return Some(Part::Step);
        }
        self.difference(mention)
            .or_else(|| self.time(mention))
            .or_else(|| self.whom(mention))
            .or_else(|| self.size(mention))
            .or_else(|| self.deed(mention))
            .or_else(|| self.compared(mention))
    }

    /// "Older than 7 days", "over $50k", "that survive 48 hours", "giving $10 a month".
    fn compared(&self, mention: &Mention) -> Option<Part> {
        let compares = mention.key < mention.amount.tokens.start && !self.scene.text.is(mention.key, &["by"])
            || self.scene.text.is(skip_fillers(self.scene.text, mention.key).wrapping_sub(1), &["than"]);
        let verb = self.scene.text.word(mention.amount.tokens.start.wrapping_sub(1));
        let participle = verb.ends_with("ing") && mention.amount.unit.is_some() && self.is_moved();
        let in_clause = self.is_inside(mention) && (participle || says_of_whom(self.scene, mention));
        if compares { self.bound(mention) } else { in_clause.then_some(Part::Threshold) }
    }

    /// "Fortune 500", "HTTP/2", "in cohort 2".
    fn is_named(&self, mention: &Mention) -> bool {
        let text = self.scene.text;
        let before = mention.amount.tokens.start.wrapping_sub(1);
        let is_abbreviated = text.is_sign(before, &['.']) && text.is_glued(before);
        let slashed =
            text.is_sign(before, &['/']) && text.is_glued(before) && text.is_glued(mention.amount.tokens.start);
        let word = before.wrapping_sub(usize::from(is_abbreviated || slashed));
        let is_titled = text.word(word).chars().skip(1).any(char::is_uppercase);
        let is_capital = is_titled || text.word(word).starts_with(char::is_uppercase) && word > self.scene.start;
        let measures = Class::GOOD.or(Class::BAD).or(Class::SCORED).or(Class::EVENT).or(Class::LEAD).or(Class::STOP);
        let measures = measures.or(Class::BOUND).or(Class::ABOUT);
        let is_noun = text.is_word(word) && !text.has(word, measures.or(Class::MOVES).or(Class::HOLD).or(Class::REACH));
        let article = usize::from(text.has(word.wrapping_sub(1), Class::DEFINITE));
        let is_single = !text.word(word).ends_with('s') || mention.amount.noun.is_empty();
        let leads = text.has(word.wrapping_sub(1 + article), Class::CIRCUMSTANCE) && is_single;
        let is_proper = is_noun && (is_capital || leads || text.has(word, Class::PRODUCT));
        mention.amount.is_bare() && (is_proper || slashed)
    }

    /// "(Q1: 12)", "(p50: 12 min)", "(0.7)".
    fn is_remark(&self, mention: &Mention) -> bool {
        let text = self.scene.text;
        let amount = &mention.amount;
        let before = skip_fillers(text, amount.tokens.start).wrapping_sub(1);
        let label = before.wrapping_sub(1);
        let labelled = text.is_sign(before, &[':', '='])
            && (origin::is_period(text, label) || text.has(label, Class::LEAD))
            && (before.saturating_sub(12)..before).any(|at| text.is_sign(at, &['(']));
        let is_grade = amount.is_bare()
            && amount.number.places() == 1
            && amount.number <= Number::ONE
            && text.is_sign(before, &['('])
            && text.is_sign(amount.tokens.end, &[')']);
        labelled || is_grade
    }

    /// The second number of "level 4 and 5", "aged 18-24".
    fn continues(&self, mention: &Mention, index: usize) -> Option<Part> {
        let text = self.scene.text;
        let link = mention.amount.tokens.start.checked_sub(1)?;
        let previous = index.checked_sub(1)?;
        let last = &self.mentions[previous];
        let adjacent = last.amount.tokens.end == link;
        let is_range = mention.amount.flaw == Some(Flaw::Range) && last.amount.flaw == Some(Flaw::Range);
        let joins = text.is(link, &["and", "or", "to"]) || text.is_sign(link, &['-', '–', '/', '&', ',']);
        if !adjacent || !joins {
            return None;
        }
        match self.part(previous)? {
            part @ (Part::Name | Part::Scale) => Some(part),
            part if is_range => Some(part),
            _ => None,
        }
    }

    /// Says whether a number lies between start and end.
    fn is_between(&self, mention: &Mention) -> bool {
        let Some((from, to)) = self.from.zip(self.to) else { return false };
        let [from, to] = [from, to].map(|it| it.amount.number);
        let number = mention.amount.number;
        from < number && number < to || to < number && number < from
    }

    /// "In 3 regions", "of the 6 engineers", "for 80% of repositories".
    fn whom(&self, mention: &Mention) -> Option<Part> {
        let text = self.scene.text;
        let amount = &mention.amount;
        let first = amount.tokens.start;
        let is_set = text.has(first.wrapping_sub(1), Class::DEFINITE) && amount.is_count();
        let lead = skip_fillers(text, first).wrapping_sub(1);
        let is_share = amount.unit == Some(Unit::Percent) || amount.out_of.is_some();
        let leads = text.has(lead, Class::CIRCUMSTANCE) && !(is_share && text.is(lead, &["with", "by"]));
        let counts = !is_share || self.is_moved() && (text.is(amount.tokens.end, &["of"]) || !amount.noun.is_empty());
        let bounded = mention.key < first;
        ((is_set || leads) && counts && !bounded).then_some(Part::Whom)
    }

    /// "A 60 kWh battery", "copy 3 TB in under 2 hours".
    fn size(&self, mention: &Mention) -> Option<Part> {
        let is_size = is_size(self.scene.text, &mention.amount, self.is_time()) && !self.is_joined(mention);
        is_size.then_some(Part::Whom)
    }

    /// "By hiring 3 engineers", "launch 3 plans so that …": what a goal with both ends is to be reached by.
    fn deed(&self, mention: &Mention) -> Option<Part> {
        let Scene { text, start, first_change, .. } = self.scene;
        let amount = &mention.amount;
        self.from?;
        let first = amount.tokens.start;
        let is_thing = amount.is_count() && !amount.noun.is_empty();
        let gerund =
            |at: usize| text.is(at.wrapping_sub(1), &["by", "through", "via", "and"]) && text.word(at).ends_with("ing");
        let by = first > self.tokens.start && (first.saturating_sub(4)..first).any(gerund);
        let leads = text.has(start, Class::OUTPUT) && first < first_change && first_change < self.tokens.start;
        (is_thing && (by || leads)).then_some(Part::Deed)
    }

    /// "While errors stay below 5%", "with no more than 2 rollbacks".
    fn is_guardrail(&self, mention: &Mention) -> bool {
        let text = self.scene.text;
        let joins = |at: usize| text.has(at, Class::SUBORDINATE.or(Class::HOLD));
        self.behind(mention).is_some_and(|mut words| words.any(joins)) && self.is_moved()
    }

    /// Says whether the words of the measure hold the mention: "builds under 10 min from 60% to 90%".
    fn is_inside(&self, mention: &Mention) -> bool {
        let text = self.scene.text;
        let Some(words) = self.before(mention) else { return false };
        let comma = usize::from(text.is_sign(words.end.wrapping_sub(1), &[',', ':']));
        !(words.start..words.end - comma.min(words.len())).any(|at| parts(text, at))
    }

    /// Says whether the mention stands behind the goal in the same clause.
    fn is_behind(&self, mention: &Mention) -> bool {
        self.behind(mention).is_some_and(|mut words| !words.any(|at| parts(self.scene.text, at)))
    }

    /// Returns the words from a mention to the next number of the goal.
    fn before(&self, mention: &Mention) -> Option<Range<usize>> {
        let end = mention.amount.tokens.end;
        let goals = [self.from, self.to].into_iter().flatten();
        goals.map(|goal| goal.key).filter(|&key| key >= end).min().and_then(|key| near(end..key))
    }

    /// Returns the words from the last number of the goal to a mention.
    fn behind(&self, mention: &Mention) -> Option<Range<usize>> {
        let goals = [self.from, self.to].into_iter().flatten().map(|goal| goal.amount.tokens.end);
        let none = self.to.is_none().then_some(self.tokens.end);
        goals.chain(none).filter(|&end| end <= mention.key).max().and_then(|end| near(end..mention.key))
    }

    /// Says whether a bound behind the goal says which of the things it is that a preposition leads to: "for accounts
    /// above $50k".
    fn is_described(&self, mention: &Mention) -> bool {
        let text = self.scene.text;
        let Some(mut behind) = self.behind(mention) else { return false };
        let leads = |at: usize| text.has(at, Class::CIRCUMSTANCE) && !text.is(at, &["with"]);
        let Some(lead) = behind.find(|&at| leads(at)) else { return false };
        let named = (lead + 1..mention.key).any(|at| text.is_word(at) && !text.has(at, Class::STOP));
        named && self.is_behind(mention)
    }

    /// Says whether "and", a comma or a slash stands before the mention.
    fn is_joined(&self, mention: &Mention) -> bool {
        let text = self.scene.text;
        let before = skip_fillers(text, mention.key).wrapping_sub(1);
        let word = |at: usize| text.is(at, &["and", "or", "then"]) || text.is_sign(at, &[',', ';', '/', '&']);
        word(before)
            || word(before.wrapping_sub(1)) && (text.has(before, Class::CIRCUMSTANCE) || text.is(before, &["to"]))
    }
}

/// Returns a range that isn't too long to be looked through.
fn near(tokens: Range<usize>) -> Option<Range<usize>> {
    (tokens.len() <= REACH).then_some(tokens)
}

/// Says whether the word at `at` parts two clauses.
fn parts(text: &Text<'_>, at: usize) -> bool {
    text.has(at, Class::JOIN) && !text.is(at, &["with", "without"]) || text.is_sign(at, &[',', ';', '&', ':', '/'])
}

/// Says whether a difference agrees with a start and an end, to one hundredth: "by 50% from 20 to 10".
fn is_consistent(from: &Amount, to: &Amount, by: &Amount) -> bool {
    let agrees = || {
        let unit = |amount: &Amount| amount.unit.clone().unwrap_or(Unit::Count);
        let to = unit(to).convert(to.number, &unit(from)).unwrap_or(to.number);
        let change = to.minus(from.number)?.magnitude();
        match &by.unit {
            Some(Unit::Percent) if from.unit != Some(Unit::Percent) || change != by.number.magnitude() => {
                let share = change.times(Number::whole(100))?.over(from.number.magnitude())?;
                Some(share.minus(by.number.magnitude())?.magnitude() <= Number::ONE)
            }
            Some(Unit::Factor) => Some(from.number.times(by.number)? == to),
            // "300 hours" may be counted as "420 → 120".
            Some(own) => Some(own.convert(by.number.magnitude(), &unit(from)).unwrap_or(by.number) == change),
            None => Some(unit(from) == Unit::Count && by.number.magnitude() == change),
        }
    };
    agrees().unwrap_or(false)
}
