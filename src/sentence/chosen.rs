//! Bounds that say which things are meant, rather than what is to be reached: "accounts with a score of 50 or less renew",
//! "remove all detours (> 5 km)".
//!
//! In: a mention. Out: whether it chooses among things. Never looks at the other mentions.

use crate::model::goal::Side;
use crate::model::quantity::Unit;

use super::bound::Wording;
use super::limits::Scene;
use super::mention::{Mention, Role};
use crate::words::{Class, Text};

/// How far before a bound the noun stands that it is said of.
const NEAR: usize = 4;

/// Says whether a number says of whom or of what, so that it is no goal.
pub(super) fn says_of_whom(scene: Scene<'_, '_>, mention: &Mention) -> bool {
    is_clause_of(scene, mention) || chooses(scene, mention)
}

/// Says whether a bound says of whom: "accounts with a score of 50 or less renew", "files that hold at least one mark",
/// "deals above $50k close faster".
fn is_clause_of(scene: Scene<'_, '_>, mention: &Mention) -> bool {
    let Scene { text, start, .. } = scene;
    let verb = Class::MOVES.or(Class::HOLD).or(Class::REACH).or(Class::OUTPUT).or(Class::DELIVER).or(Class::STATE);
    let end = mention.amount.tokens.end;
    let acts = |at: usize| text.has(at, verb) && !text.word(at).ends_with("ed");
    let names = |at: usize| text.is_word(at) && !text.has(at, Class::STOP) && !text.has(at, verb);
    let is_several = |at: usize| text.word(at).ends_with('s') || text.has(at, Class::PEOPLE);
    if mention.key > start && (start..mention.key).all(names) && is_several(mention.key - 1) {
        // "Children under 5 travel free": what is counted would stand behind the number.
        let is_age = mention.amount.is_bare() && !mention.amount.noun.is_empty() && !is_measure(text, mention.key - 1);
        return mention.amount.unit.is_some() && acts(end) || is_age;
    }
    let plain = |at: &usize| text.is_word(*at) && !text.has(*at, Class::JOIN) || text.is(*at, &["with"]);
    let mut words = (mention.key.saturating_sub(8).max(start + 1)..mention.key).rev().take_while(plain);
    let Some(link) = words.find(|&at| text.has(at, Class::RELATIVE) || text.is(at, &["with", "having"])) else {
        return false;
    };
    if text.has(link, Class::RELATIVE) {
        // "We show that at least 95% …" says it of nothing.
        return !text.is(link, &["that"]) || text.word(link - 1).ends_with('s') && !text.has(link - 1, verb);
    }
    let imperative = text.has(start, verb) && !text.word(start).ends_with('s');
    let mut behind = (end..end + 6).take_while(|&at| text.is_word(at) && !text.has(at, Class::JOIN));
    // "A score of 40 or less" and "a load above 80%" name their things, so that the next word is a verb.
    let of_score = text.is(mention.key.wrapping_sub(1), &["of"]) && text.is(end, &["or"]) && names(end + 2);
    let of_load = mention.amount.unit.is_some() && mention.key > link + 1 && names(end);
    !imperative && (of_score || of_load || behind.any(acts))
}

/// Says whether a deed asks for one thing only, so that it is done or not done: "apply the rule to at least one ward".
pub(super) fn asks_for_one(scene: Scene<'_, '_>, mention: &Mention) -> bool {
    let Scene { text, start, .. } = scene;
    let is_one = mention.amount.is_one() && mention.amount.is_bare() && !mention.amount.noun.is_empty();
    let is_least = mention.limit.is_some_and(|limit| limit.side == Side::Above && limit.inclusive);
    let is_unknown = is_unknown_deed(text, start) && mention.key == start + 1;
    let comes = text.has(start, Class::WIN.or(Class::GET));
    is_one && is_least && !comes && (is_unknown || is_deed(text, start, start))
}

/// Says whether a bound behind things says which of them are dealt with. A deed is better where it takes less, so that
/// a bound above is none of its goals: "repair potholes (> 5 cm)". Where things are to be gone or fewer, no bound is.
fn chooses(scene: Scene<'_, '_>, mention: &Mention) -> bool {
    let Scene { text, start, .. } = scene;
    let Some(limit) = mention.limit.filter(|_| mention.role == Role::Bound) else { return false };
    // "More patients go home within 5 days"
    let is_fewer = text.has(start, Class::FEWER.or(Class::MORE));
    let is_plain = limit.wording == Wording::Denied || limit.wording == Wording::Within && !is_fewer;
    let last = mention.key.wrapping_sub(1);
    let is_of = is_fewer && text.is(last, &["of", "with"]);
    if is_plain || !is_size(mention) && !is_of || mention.key < start + 2 {
        return false;
    }
    let is_above = limit.side == Side::Above;
    let is_gone = text.has(start, Class::REMOVE) && !text.has(start, Class::PAST);
    let Some(things) = things_before(scene, mention.key) else { return is_gone && is_above };
    let is_joined = text.has(last, Class::CIRCUMSTANCE) && !text.is(last, &["of", "with"]);
    let is_worth = matches!(mention.amount.unit, Some(Unit::Money(_))) && text.is(last, &["of"]);
    match () {
        // "Sales of over $2M" is what they come to together.
        () if is_worth => false,
        () if is_gone || is_fewer || text.is(last, &["of"]) || is_above && text.is(last, &["with"]) => true,
        () if text.is_sign(last, &['(']) => {
            is_above && !text.has(things - 1, Class::MORE.or(Class::FEWER)) || is_said_of(text, mention)
        }
        () if !is_deed(text, start, things) => false,
        // "Households earning less than $20k", "start-ups with fewer than 10 employees", "dishes under 500 calories"
        () if text.word(last).ends_with("ing") => true,
        () if text.is(last, &["with"]) => !text.has(start, Class::CREATE),
        () => (is_above || is_own(mention)) && (!is_joined || last > things + 1),
    }
}

/// Says whether a number has a size of its own, so that it isn't the count of what stands before it.
fn is_size(mention: &Mention) -> bool {
    mention.amount.unit.is_some() || !mention.amount.noun.is_empty()
}

/// Says whether a number is of something that no deed takes.
fn is_own(mention: &Mention) -> bool {
    let is_data = matches!(mention.amount.unit, Some(Unit::Bytes(_)));
    is_data || mention.amount.unit.is_none() && !mention.amount.noun.is_empty()
}

/// Returns the last noun before a bound, where it names things, and not what is measured of them.
fn things_before(scene: Scene<'_, '_>, key: usize) -> Option<usize> {
    let Scene { text, start, .. } = scene;
    let clause = Class::JOIN.or(Class::RELATIVE);
    let ends =
        |at: &usize| text.has(*at, clause) && !text.is(*at, &["with"]) || text.is_sign(*at, &[',', ';', ':', ')']);
    let near = (key.saturating_sub(NEAR).max(start + 1)..key).rev().take_while(|at| !ends(at));
    let is_each = |at: usize| text.is(at - 1, &["every", "each", "any"]);
    let names = |at: usize| is_plural(text.word(at)) || is_each(at) || is_measure(text, at);
    let things = near.into_iter().find(|&at| text.is_word(at) && names(at))?;
    (!is_measure(text, things)).then_some(things)
}

fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
}

/// Says whether a word, or the one that it is the plural of, names what is measured: scores, times, costs.
fn is_measure(text: &Text<'_>, at: usize) -> bool {
    let measures = Class::GOOD.or(Class::FIGURE).or(Class::KPI).or(Class::SPEED).or(Class::SCORED).or(Class::TIME);
    let is =
        |text: &Text<'_>, at: usize| text.has(at, measures) || text.has(at, Class::BAD) && !text.has(at, Class::EVENT);
    is(text, at) || text.word(at).strip_suffix('s').is_some_and(|one| is(&Text::new(one), 0))
}

/// "Keep large refunds (> $500) rare": what is said stands behind the bracket.
fn is_said_of(text: &Text<'_>, mention: &Mention) -> bool {
    let close = (mention.amount.tokens.end..mention.amount.tokens.end + 3).find(|&at| text.is_sign(at, &[')']));
    close.is_some_and(|close| text.is_word(close + 1) && !text.has(close + 1, Class::CIRCUMSTANCE))
}

/// Says whether nobody knows a word but as a verb that changes a thing: "refit", "reinforce".
fn is_unknown_deed(text: &Text<'_>, at: usize) -> bool {
    text.class(at).is_unknown() || text.has(at, Class::GRADED)
}

/// Says whether a sentence begins with a deed: "repair …", "refit all …", "refund orders …".
fn is_deed(text: &Text<'_>, start: usize, things: usize) -> bool {
    let effect = Class::HOLD.or(Class::MOVES).or(Class::REACH).or(Class::STATE);
    let does = text.has(start, Class::BASE) && text.has(start, Class::DELIVER.or(Class::CAPABLE));
    let told = does || text.has(start, Class::WIN.or(Class::WISH));
    let is_unknown = is_unknown_deed(text, start) || text.has(start, Class::TOWARDS);
    let first = is_unknown && text.is_word(start) && !is_plural(text.word(start));
    let is_object = text.has(start + 1, Class::BEFORE_OBJECT) || text.is(start + 1, &["every", "each"]);
    (told || first && (is_object || things == start + 1)) && !text.has(start, effect)
}
