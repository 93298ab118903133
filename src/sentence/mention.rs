//! Mentions: each amount of a sentence with the role that its neighbours give it.
//!
//! In: a sentence's tokens. Out: its amounts in order, each with its role and the place of the word that gives it.
//! Never weighs one mention against another.

use std::ops::Range;

use crate::model::goal::Better;
use crate::model::quantity::{Per, Unit};

use super::amount::{Amount, Flaw, Shape};
use super::arrival::{kept_whole, level, reach, takes};
use super::bound::{self, Limit, Wording};
use super::difference::{moved, relative};
use super::filler::skip_fillers;
use super::levels;
use super::name;
use super::note;
use super::origin;
use super::part::Part;
use super::reader::amount;
use super::suffix;
use crate::words::{Class, Text};

/// An amount with its role.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The amount.
    pub(super) amount: Amount,
    /// What it is in the sentence.
    pub(super) role: Role,
    /// Its limit, where words of a bound stand beside it.
    pub(super) limit: Option<Limit>,
    /// The first token of the words that give the role.
    pub(super) key: usize,
}

/// What an amount is in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A start: "from 8", "currently 8".
    From,
    /// An end: "to 2".
    To,
    /// An end that is named so: "target of 2".
    Named,
    /// A difference; with its direction where a noun or an adjective says it ("25% faster").
    By(Option<Better>),
    /// A limit: "at most 2".
    Bound,
    /// An end behind a verb of arrival: "reach 500".
    Reach,
    /// A share of something that opens the sentence: "80% of requests …".
    Share,
    /// A level: "at 99.9%", or the object of "maintain".
    Level,
    /// No part of any goal: a name, a date, a note of progress.
    Aside(Part),
    /// Nothing that the grammar knows.
    Plain,
}

/// Returns the mentions of `text`, from token `start` on.
pub(super) fn mentions(text: &Text<'_>, start: usize) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut at = start;
    let mut last = None;
    while at < text.len() {
        let mut end = at + 1;
        if let Some(behind) = name::date(text, at) {
            mentions.push(Mention::aside(Amount::nameless(at..behind), Part::Time));
            end = behind;
        } else if let Some(amount) = amount(text, at) {
            end = amount.tokens.end.max(end);
            // "Aged 18-24", "aged 40 to 74"
            let link = amount.tokens.start.wrapping_sub(1);
            let joins = text.is(link, &["to", "and"]) || text.is_sign(link, &['-', '–']);
            let is_same =
                |last: &Mention| joins && last.role == Role::Aside(Part::Whom) && last.amount.tokens.end == link;
            if mentions.last().is_some_and(is_same) {
                mentions.push(Mention::aside(amount, Part::Whom));
                at = end;
                continue;
            }
            let earlier = last.and_then(|last: usize| mentions.get_mut(last));
            if let Some(mention) = mention(text, amount, start, earlier) {
                if !matches!(mention.role, Role::Aside(_)) {
                    last = Some(mentions.len());
                }
                mentions.push(mention);
            }
        } else if text.is_number(at) {
            mentions.push(Mention::aside(Amount::nameless(at..end), name::part(text, at)));
        }
        at = end;
    }
    mentions
}

impl Mention {
    const fn aside(amount: Amount, part: Part) -> Self {
        let key = amount.tokens.start;
        Self { amount, role: Role::Aside(part), limit: None, key }
    }

    /// Returns its tokens with the words that give its role.
    pub(super) fn tokens(&self) -> Range<usize> {
        self.key..self.amount.tokens.end.max(self.key)
    }
}

fn mention(text: &Text<'_>, mut amount: Amount, start: usize, last: Option<&mut Mention>) -> Option<Mention> {
    if let Some(kind) = last.as_ref().and_then(|last| levels::of(text, &amount, &last.amount)) {
        return Some(Mention::aside(amount, Part::of_level(kind)));
    }
    let first = amount.tokens.start;
    let mut follows_start = false;
    let behind = last.as_ref().map_or(0, |last| last.amount.noun.end.max(last.amount.tokens.end));
    if let Some(last) = last {
        if joins_range(text, last, &amount, start) {
            last.amount.flaw = last.amount.flaw.or(Some(Flaw::Range));
            amount.flaw = Some(Flaw::Range);
        }
        let key = bound::before(text, first).map_or(first, |(_, key)| key).wrapping_sub(1);
        let may_start = matches!(last.role, Role::Plain | Role::Level | Role::Share | Role::From);
        let follows_end = last.role == Role::To && text.is_sign(last.key, &['→']);
        if text.is_sign(key, &['→']) && (may_start || follows_end) && touches(text, last, key) {
            if last.role != Role::From && !follows_end {
                last.role = Role::From;
                last.key = last.amount.tokens.start;
            }
            return Some(Mention { amount, role: Role::To, limit: None, key });
        }
        if text.is(key, &["to"]) && key == last.amount.tokens.end && falls(text, last, &amount, start) {
            last.role = Role::From;
        }
        follows_start = last.role == Role::From;
    }
    let (role, limit, key) = role(text, &amount, start);
    let is_pronoun = role == Role::Bound && amount.noun.is_empty() && text.is(first, &["one"]);
    let is_article = role == Role::Plain || is_pronoun && amount.unit.is_none();
    if amount.shape == Shape::Word && is_article && amount.is_one() {
        return None;
    }
    if amount.per.is_none() && role != Role::Plain && !(role == Role::To && follows_start) {
        amount.per = per_before(text, behind..key, matches!(amount.unit, Some(Unit::Money(_))));
    }
    // An error rate "under 0.5% every week" is no rate per week.
    let recurs = |at: usize| text.is(at, &["each", "every"]);
    if amount.unit == Some(Unit::Percent)
        && !matches!(role, Role::By(_))
        && (recurs(amount.tokens.end.wrapping_sub(2)) || recurs(amount.noun.end))
    {
        amount.per = None;
    }
    if amount.unit.is_none() && role != Role::Plain {
        amount.unit = unit_before(text, start, key);
    }
    Some(Mention { amount, role, limit, key })
}

/// Says whether `last` and the amount at token `first` are the ends of a range: "3 to 4", "between 3 and 4".
fn joins_range(text: &Text<'_>, last: &Mention, amount: &Amount, start: usize) -> bool {
    let first = amount.tokens.start;
    let Some(link) = first.checked_sub(1) else { return false };
    let near = link <= last.amount.tokens.end + 1;
    let between = text.is(last.amount.tokens.start.wrapping_sub(1), &["between"]);
    let adjacent = link == last.amount.tokens.end;
    // "in 24 hours to 80%", "by 10% to 50k" and "more than 3 days to 5" are two numbers of their own.
    let differ = last.amount.unit.as_ref().zip(amount.unit.as_ref()).is_some_and(|(a, b)| !a.converts_to(b));
    let is_scaled = last.amount.unit == Some(Unit::Percent) && amount.unit.is_none() && amount.scale > 1;
    let compared = last.role == Role::Bound || text.is(last.amount.tokens.start.wrapping_sub(1), &["than"]);
    let is_other = differ || is_scaled || compared;
    let is_to = adjacent && text.is(link, &["to"]) && last.role != Role::From;
    near && between && text.is(link, &["and"])
        || is_to && !is_other && !falls(text, last, amount, start)
        || adjacent && last.amount.flaw == Some(Flaw::Range) && text.is(link, &["or"])
        || adjacent && last.amount.flaw == Some(Flaw::Range) && text.is_sign(link, &['-', '–'])
}

/// Says whether "45 min to 15 min" is a start and an end: it falls behind a verb that says so. One that rises may be a
/// range ("increase revenue 20% to 30%").
fn falls(text: &Text<'_>, last: &Mention, amount: &Amount, start: usize) -> bool {
    let first = last.amount.tokens.start;
    let before = first.wrapping_sub(1);
    let behind_noun = text.is_word(before) && !text.has(before, Class::STOP) || text.is_sign(before, &[':', '(', ')']);
    let verb = (first.saturating_sub(12).max(start)..first).any(|at| text.has(at, Class::LOWER));
    let less =
        last.amount.unit.as_ref().zip(amount.unit.as_ref()).is_some_and(|(from, to)| {
            to.convert(amount.number, from).is_some_and(|number| number < last.amount.number)
        });
    last.role == Role::Plain && behind_noun && verb && less
}

/// Says whether only a noun stands between `last` and token `end`.
fn touches(text: &Text<'_>, last: &Mention, end: usize) -> bool {
    let from = last.amount.tokens.end;
    let only_words = (from..end)
        .all(|at| text.is_word(at) || text.is_sign(at, &['/', '+', '(', ')', '~']) || origin::is_period(text, at));
    end - from.min(end) <= 6 && only_words
}

/// Returns the role of `amount`, its limit, and the first token of the words that give the role.
fn role(text: &Text<'_>, amount: &Amount, start: usize) -> (Role, Option<Limit>, usize) {
    let first = amount.tokens.start;
    if note::is_note(text, amount) {
        return (Role::Aside(Part::Note), None, first);
    }
    // "the 2025 baseline", "2026 targets"
    if amount.shape == Shape::Year && text.has(amount.noun.start, Class::OF_YEAR) {
        return (Role::Aside(Part::Time), None, first);
    }
    if text.is(first.wrapping_sub(1), &["aged", "ages"]) {
        return (Role::Aside(Part::Whom), None, first);
    }
    if text.is(first.wrapping_sub(1), &["per", "every", "each"]) {
        return (Role::Aside(Part::Base), None, first);
    }
    if amount.shape == Shape::Adjective {
        return adjective(text, amount);
    }
    if let Some((limit, key)) = bound::before(text, first) {
        return limited(text, amount, limit, key);
    }
    if let Some((role, key)) = preposition(text, skip_fillers(text, first), first) {
        return (role, bound::behind(text, amount), key);
    }
    if let Some((better, key)) = relative(text, amount) {
        return (Role::By(Some(better)), None, key);
    }
    if let Some((better, key)) = moved(text, amount, start) {
        return (Role::By(Some(better)), None, key);
    }
    if text.is(amount.tokens.end, &["improvement", "change"]) && amount.unit.is_some() {
        return (Role::By(None), None, first);
    }
    if named_before(text, first, Class::AIMING) {
        return (Role::Named, bound::behind(text, amount), first);
    }
    if let Some(key) = origin::before(text, first).or_else(|| origin::behind(text, amount)) {
        // "compared to 2025" names a time.
        let is_year = amount.shape == Shape::Year && amount.noun.is_empty();
        let is_note = origin::is_extreme(text, first);
        let role = if is_note { Role::Aside(Part::Note) } else { Role::From };
        return if is_year { (Role::Plain, None, first) } else { (role, None, key) };
    }
    if let Some(limit) = bound::behind(text, amount) {
        return (Role::Bound, Some(limit), first);
    }
    if let Some(key) = reach(text, amount, start).or_else(|| takes(text, amount, start)) {
        return (Role::Reach, None, key);
    }
    let has = first == start + 1 && text.is(start, &["have", "get"]);
    let opens = first == start || has || text.is_sign(first.wrapping_sub(1), &[':']);
    let is_share = text.is_sign(first, &['%']) || text.is_sign(amount.tokens.end.wrapping_sub(1), &['%']);
    if opens && is_share && text.is(amount.tokens.end, &["of"]) {
        return (Role::Share, None, first);
    }
    if opens && is_share && is_upheld(text, amount) || kept_whole(text, amount, start) {
        return (Role::Bound, Some(bound::AT_LEAST), first);
    }
    if level(text, skip_fillers(text, first)) {
        return (Role::Level, None, first);
    }
    (Role::Plain, None, first)
}

/// Says whether an amount is of a measure that is there all along: "99.95% availability", but not "40% adoption".
fn is_upheld(text: &Text<'_>, amount: &Amount) -> bool {
    amount.unit == Some(Unit::Percent) && amount.noun.clone().any(|at| text.has(at, Class::UPHELD))
}

/// "4.5-hours in all or less" is a limit, "5-point increase" a difference, "30-day" part of a name.
fn adjective(text: &Text<'_>, amount: &Amount) -> (Role, Option<Limit>, usize) {
    let first = amount.tokens.start;
    if let Some((better, key)) = relative(text, amount) {
        return (Role::By(Some(better)), None, key);
    }
    match bound::behind(text, amount) {
        Some(limit) => (Role::Bound, Some(limit), first),
        None => (Role::Plain, None, first),
    }
}

/// Returns the role of an amount with a limit before it: "to under 2 s" is an end, "under 2 s" a bound.
fn limited(text: &Text<'_>, amount: &Amount, limit: Limit, key: usize) -> (Role, Option<Limit>, usize) {
    let before = skip_fillers(text, key);
    match preposition(text, before, key) {
        Some((role @ (Role::From | Role::To | Role::By(_)), key)) => (role, Some(limit), key),
        _ if named_before(text, key, Class::AIM) => (Role::Named, Some(limit), key),
        _ if limit.wording == Wording::Within && is_upheld(text, amount) => (Role::Bound, Some(bound::AT_LEAST), key),
        _ if bound::is_description(text, key, limit) => (Role::Plain, None, key),
        _ => match bound::negated(text, key, limit) {
            Some(limit) => (Role::Bound, Some(limit), key),
            None => (Role::Plain, None, key),
        },
    }
}

/// Returns the role that the preposition before token `at` gives.
fn preposition(text: &Text<'_>, at: usize, first: usize) -> Option<(Role, usize)> {
    let last = at.checked_sub(1)?;
    if let Some(to) = averaged(text, last) {
        return Some((Role::To, to));
    }
    if text.is(last, &["to", "towards"]) {
        if text.is(last.wrapping_sub(1), &["compared", "relative"]) {
            return None;
        }
        let is_up_to = last > 0 && text.is(last - 1, &["up"]) && !rises(text, last);
        return (!is_up_to).then_some((Role::To, last));
    }
    if text.is(last, &["by"]) {
        return Some((Role::By(None), last));
    }
    let mut from = first;
    while from > 0 && first - from < 8 {
        from -= 1;
        if text.is(from, &["from"]) {
            return Some((Role::From, from));
        }
        let leads = text.has(from, Class::LEAD) || text.is_sign(from, &['~', '<', '>', '≤', '≥', '=']);
        if !leads {
            break;
        }
    }
    None
}

/// Returns the "to" of "to an average of", "to a weekly median of".
fn averaged(text: &Text<'_>, of: usize) -> Option<usize> {
    let before = of.checked_sub(1).filter(|_| text.is(of, &["of"]))?;
    let named = text.has(before, Class::AVERAGE);
    let skipped = (before.saturating_sub(3)..before).rev().find(|&at| !text.has(at, Class::AVERAGING))?;
    (named && text.is(skipped, &["to"])).then_some(skipped)
}

/// Says whether "up to" at token `to` moves something: "bring it up to 5", not "up to 5" or "by up to 5".
fn rises(text: &Text<'_>, to: usize) -> bool {
    let by = text.is(to.saturating_sub(2), &["by"]);
    !by && (to.saturating_sub(7)..to).any(|at| text.has(at, Class::LIFT))
}

/// Says whether one of the names stands before token `first`, with no more than fillers between.
fn named_before(text: &Text<'_>, first: usize, names: Class) -> bool {
    let mut at = first;
    while at > 0 && first - at < 5 {
        at -= 1;
        if text.has(at, names) {
            return true;
        }
        let links = text.is_sign(at, &[':', '=', '~', '→', '–', '-']) || text.has(at, Class::NAMES);
        if !links && !text.has(at, Class::FILLER) {
            return false;
        }
    }
    false
}

/// Returns what the last words before a number say that it is counted over: "cost per user from". What stands right behind
/// the number before belongs to that one: "stores that sell > $2k/week by 40%".
fn per_before(text: &Text<'_>, words: Range<usize>, is_money: bool) -> Option<Per> {
    let key = words.end;
    let moves = |at: &usize| text.has(*at, Class::MOVES.or(Class::IS_AT)) && !text.is(at.wrapping_sub(1), &["per"]);
    let key = key - (key.saturating_sub(2)..key).rev().take_while(moves).count();
    for length in 2..=4 {
        let at = key.checked_sub(length).filter(|&at| at > words.start || words.start == 0)?;
        let (per, taken) = suffix::per(text, at);
        let is_article = text.is(at, &["a", "an", "each", "every"]);
        // "cost/user" is a rate, "on /checkout" and "LTV/CAC" are names.
        let is_path = text.is_sign(at, &['/'])
            && !(text.is_glued(at)
                && (is_money || matches!(per, Some(Per::Time(_))))
                && text.is_word(at.wrapping_sub(1)));
        if taken == length && per.is_some() && !is_article && !is_path {
            return per;
        }
    }
    None
}

/// Returns the unit that the words before token `key` give its bare numbers: "% of teams from", "time (days) from".
fn unit_before(text: &Text<'_>, start: usize, key: usize) -> Option<Unit> {
    let closing = usize::from(text.is_sign(key.wrapping_sub(1), &[')']));
    let at = key.checked_sub(1 + closing)?;
    let opens = text.is_sign(at.wrapping_sub(1), &['(']) && closing == 1 || text.is(at.wrapping_sub(1), &["in"]);
    if opens && (text.is_word(at) || text.is_sign(at, &['%', '$', '€', '£'])) {
        return super::unit::known(text.word(at)).filter(|unit| !matches!(unit, Unit::Count | Unit::Factor));
    }
    let is_share = |at: usize| {
        let bare = text.is_sign(at, &['%']) && !text.is_number(at.wrapping_sub(1)) && !text.is_glued(at);
        bare && text.is_word(at + 1) || text.is(at, &["percentage"]) && text.is(at + 1, &["of"])
    };
    (key.saturating_sub(24).max(start)..key).any(is_share).then_some(Unit::Percent)
}
