//! What a sentence counts: things and deeds of the team's own, attention, or people and orders from outside.
//!
//! In: a sentence. Out: the count with what is counted and of which kind it is. By elimination: what is counted is the
//! team's own, unless people outside do it, pay it or are it.

use super::asked::{asked, given_hours, in_channel, met, scattered, sways, takes_part};
use super::lead::Lead;
use super::measure::Scene;
use super::noun::{deed, head, is_by_others, is_done, is_end, is_in_use, is_participle, is_people, is_result, object};
use super::several::{Counted, several};
use super::share::{completed, share_done, share_handled};
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text};

/// Returns what the sentence counts.
pub(super) fn find(scene: Scene<'_, '_>) -> Option<Delivery> {
    let Scene { text, start, lead, .. } = scene;
    let takes_part = takes_part(text, text.statement(start));
    if takes_part.is_some() {
        return takes_part;
    }
    if let Some(lead) = lead.filter(|lead| lead.is_imperative) {
        return imperative(text, lead).or_else(|| attended_by(scene));
    }
    let completed = completed(text, start).or_else(|| share_handled(scene));
    completed.or_else(|| stated(text, start, lead)).or_else(|| attended(text, start))
}

/// "Write 10 guides", "Close 80% of issues".
fn imperative(text: &Text<'_>, lead: Lead) -> Option<Delivery> {
    let is_change = lead.class.has(Class::UP.or(Class::DOWN).or(Class::IMPROVE));
    if is_change && !lead.class.has(Class::DELIVER.or(Class::PLACING).or(Class::GRADED)) || lead.class.has(Class::KEEP)
    {
        return None;
    }
    let object = object(text, lead);
    let found = share_done(text, lead).or_else(|| earned(text, lead, object));
    if let Some(found) = found.or_else(|| completed(text, object)) {
        return Some(found);
    }
    // "End the year with 40 regular donors"
    let when = text.phrase(object);
    let is_when = text.is(when.end, &["with"]) && when.clone().any(|at| text.has(at, Class::TIME.or(Class::NUMBERED)));
    if is_when && let Some(found) = stated(text, when.end + 1, None) {
        return Some(found);
    }
    let Some(counted) = several(text, object) else {
        let is_pure = lead.class.has(Class::DO) && !lead.class.has(Class::MAKE);
        // "Set up stalls in 6 villages"
        let thing = text.phrase(object);
        let is_bare = thing.start == object
            && !lead.class.has(Class::CAPABLE)
            && thing.last().is_some_and(|at| text.word(at).ends_with('s') && !is_people(text, at));
        let told = asked(text, lead, object).or_else(|| spread(text, lead.at, object));
        // "Get listed in 3 guides"
        let got = text.is(lead.at, &["get"]) && is_participle(text, lead.at + 1);
        // "Validate the plan with 5 growers"
        let is_told = |found: &Delivery| {
            let knows = lead.class.has(Class::KNOW) && !lead.class.has(Class::MAKE);
            knows && found.words.clone().any(|at| text.is(at, &["with"]))
        };
        let fits = |found: &Delivery| is_pure || is_bare || got || is_told(found);
        let placed = || placed(text, lead.at + usize::from(got)).filter(fits);
        return told.or_else(|| introduced(text, lead)).or_else(placed);
    };
    let head = head(text, &counted.noun);
    // "Have 3 talks with neighbours"
    let is_own = |end: usize| is_participle(text, end) || text.is(end, &["with"]);
    let kind = match () {
        () if lead.class.has(Class::HIRE) => Kind::Hired,
        () if is_won(text, lead, &counted) => Kind::Won,
        // "Have 2 projects adopt it" does nothing with them.
        () if text.is(lead.at, &["have"]) && !is_own(counted.noun.end) => Kind::Won,
        () if sways(text, lead, head) => Kind::Won,
        // "Merge 3 registers into one"
        () if text.is(counted.noun.end, &["into"]) && text.is(counted.noun.end + 1, &["a", "one"]) => Kind::Made,
        () => Kind::Several,
    };
    let thing = counted.noun.start..head + 1;
    Some(Delivery { kind, words: lead.at..counted.words.end, thing })
}

/// Says whether what is counted comes from outside: customers who are won, orders.
fn is_won(text: &Text<'_>, lead: Lead, counted: &Counted) -> bool {
    // "200 customers/month"
    let slash = counted.noun.clone().find(|&at| text.is_sign(at, &['/']));
    let head = slash.map_or_else(|| head(text, &counted.noun), |slash| slash.max(counted.noun.start + 1) - 1);
    // "Reach 400 riders"
    let acts = lead.class.has(Class::REACH) && ["ers", "ors"].iter().any(|end| text.word(head).ends_with(end));
    let comes = acts || text.has(head, Class::TAKEN) || is_people(text, head) || is_in_use(text, &counted.noun);
    if in_channel(text, head + 1) || is_visit(text, head) {
        return false;
    }
    // What is sold is bought.
    if text.is(lead.at, &["receive", "sell", "win"]) {
        return true;
    }
    let is_dealt_with = lead.class.has(Class::DO) || lead.class.has(Class::KNOW) && !lead.class.has(Class::WIN);
    // "Serve 400 requests"
    let handles = lead.class.has(Class::WISH.or(Class::CAPABLE)) && text.has(head, Class::TAKEN);
    let is_gained = handles
        || lead.class.has(Class::WIN.or(Class::GET))
        || text.has(head, Class::OUTSIDE)
        || text.is(lead.at, &["have"]);
    comes && is_gained && !is_dealt_with
}

/// "5 templates created", "3 new integrations", "400 people attend", "The team gives 4 talks".
fn stated(text: &Text<'_>, start: usize, lead: Option<Lead>) -> Option<Delivery> {
    let Some(counted) = several(text, start) else {
        let told = |at: &usize| is_participle(text, *at) && text.has(*at, Class::DO.or(Class::KNOW));
        let verb = lead.and_then(|lead| (lead.at..lead.at + 4).find(told)).filter(|&at| !text.has(at, Class::MAKE));
        let given = given_hours(text, start).or_else(|| spread(text, start, start));
        let scattered = || scattered(text, start).filter(|_| lead.is_none());
        if let Some(found) = given.or_else(scattered).or_else(|| placed(text, verb?)) {
            return Some(found);
        }
        let lead = lead.filter(|lead| lead.class.has(Class::THIRD) && lead.class.has(Class::DELIVER))?;
        let counted = several(text, lead.at + 1)?;
        // "The sales team makes 50 calls" itself.
        let own = |at: usize| text.is(at, &["team"]) && at + 1 == lead.at;
        let theirs = (start..lead.at).any(|at| is_people(text, at) && !own(at))
            || counted.noun.clone().any(|at| is_people(text, at));
        let words = lead.at..counted.words.end;
        return (!theirs).then_some(Delivery { kind: Kind::Several, words, thing: counted.noun });
    };
    let head = head(text, &counted.noun);
    let next = head + 1;
    let rest = !is_end(text, next);
    let kind = match () {
        () if in_channel(text, next) => Kind::Several,
        () if is_by_others(text, next + usize::from(text.has(next, Class::BE))) => Kind::Won,
        () if is_people(text, head) => match deed(text, next) {
            Some(_) => Kind::Several,
            None if rest => return None,
            None if is_visit(text, head) => Kind::Several,
            None => Kind::Won,
        },
        () if is_result(text, &counted.noun, head) || text.is(next, &["booked", "bought", "paid", "sold"]) => Kind::Won,
        () if rest && !is_done(text, next) => return None,
        () => Kind::Several,
    };
    Some(Delivery { kind, words: counted.words.start..next, thing: counted.noun.start..next })
}

/// "Present the plan in 5 districts", "… has been tested at 3 fairs": a deed, once at each place.
fn placed(text: &Text<'_>, verb: usize) -> Option<Delivery> {
    let leads = |at: usize| text.has(at, Class::PREPOSITION) && !text.is(at, &["of", "for", "by", "from"]);
    let links = |&at: &usize| (leads(at) || text.is(at, &["at"])) && several(text, at + 1).is_some();
    let plain = |at: &usize| text.is_word(*at) && !text.has(*at, Class::JOIN.or(Class::RELATIVE)) || links(at);
    let place = (verb + 1..verb + 8).take_while(plain).find(links)?;
    // "All three districts" are one set.
    let counted = several(text, place + 1).filter(|_| !text.is(place + 1, &["all"]))?;
    let last = counted.noun.clone().last()?;
    // People with whom something is done are dealt with.
    let comes =
        is_people(text, last) && !text.is(place, &["with", "to"]) || text.has(last, Class::TAKEN.or(Class::TIME));
    let thing = text.phrase(verb + 1);
    (!comes).then_some(Delivery { kind: Kind::Several, words: verb..counted.words.end, thing })
}

/// "Launch in 15 markets", "Introduce the checklist on 4 wards": the same thing, once at each place.
fn introduced(text: &Text<'_>, lead: Lead) -> Option<Delivery> {
    let leads = |at: usize| text.has(at, Class::WHERE) && !text.is(at, &["for", "of"]) || text.is(at, &["at", "to"]);
    let links = |&at: &usize| leads(at) && several(text, at + 1).is_some();
    let plain = |at: &usize| text.is_word(*at) && !text.has(*at, Class::JOIN.or(Class::RELATIVE));
    let place = (lead.at + 1..lead.at + 8).take_while(|at| plain(at) || links(at)).find(links)?;
    let counted = several(text, place + 1).filter(|_| !text.is(place + 1, &["all"]) && lead.class.has(Class::MAKE))?;
    let last = counted.noun.clone().last()?;
    let words = lead.at..counted.words.end;
    text.has(last, Class::SITE_OF_USE).then(|| Delivery { kind: Kind::Several, words, thing: text.phrase(lead.at + 1) })
}

/// "All engineers complete the training", "Every driver takes part in a course": attention, whoever gives it.
fn attended(text: &Text<'_>, start: usize) -> Option<Delivery> {
    let thing = text.phrase(start);
    let joins = |at: &usize| text.has(*at, Class::JOINS) || met(text, *at).is_some();
    let all = text.is(start, &["all"]) && (start + 1..start + 5).any(|at| joins(&at));
    let is_each = all || text.is(start, &["each", "every", "everyone", "everybody"]);
    let each = || (start + 1..start + 5).find(joins).filter(|_| is_each).map(|verb| verb - 1);
    let people = thing.clone().rev().find(|&at| is_people(text, at) && !is_each).or_else(each)?;
    let verb = people + 1 + usize::from(text.is(people + 1, &["to", "will", "have", "must"]));
    let occasion = (verb + 1..verb + 8).find(|&at| text.has(at, Class::OCCASION)).filter(|_| joins(&verb));
    let end = occasion.map(|occasion| occasion + 1).or_else(|| met(text, people + 1))?;
    let thing = thing.start.min(people)..people + 1;
    Some(Delivery { kind: Kind::Several, words: thing.start..end, thing })
}

/// "… by having everyone attend a course": what is done for an effect that has no number.
fn attended_by(scene: Scene<'_, '_>) -> Option<Delivery> {
    let Scene { text, start, goal, .. } = scene;
    let means = |&at: &usize| text.is(at, &["by"]) && text.word(at + 1).ends_with("ing");
    let by = (start..text.len()).find(means).filter(|_| goal.is_none())?;
    attended(text, by + 2)
}

/// "200 people at the summit", "60 participants in …"
fn is_visit(text: &Text<'_>, people: usize) -> bool {
    let comes = text.is(people, &["attendees", "participants"]);
    let is_occasion = comes || (people + 2..people + 7).any(|at| text.has(at, Class::OCCASION));
    text.is(people + 1, &["at", "in"]) && is_occasion
}

/// "Write guides for 5 teams": things of a kind, one for each of those that are counted.
fn spread(text: &Text<'_>, from: usize, object: usize) -> Option<Delivery> {
    let thing = text.phrase(object);
    let last = thing.clone().last()?;
    let is_plural = text.word(last).ends_with('s') && !text.word(last).ends_with("ss") && thing.start == object;
    let is_held = text.has(last, Class::OCCASION) && text.is(thing.end, &["to", "with"]);
    let is_own = is_held || !is_people(text, last) && !is_result(text, &thing, last);
    let links = text.has(thing.end, Class::PREPOSITION) && !text.is(thing.end, &["by", "in", "on"]);
    if !is_plural || !is_own || !links {
        return None;
    }
    let counted = several(text, thing.end + 1)?;
    Some(Delivery { kind: Kind::Several, words: from..counted.words.end, thing })
}

/// "Generate $2M in orders", "Close $400k of new contracts": what others pay is a result.
fn earned(text: &Text<'_>, lead: Lead, object: usize) -> Option<Delivery> {
    let skipped = (object..object + 4).find(|&at| !text.has(at, Class::AT_LEAST))?;
    let is_money = text.is_sign(skipped, &['$', '€', '£', '₹']) && text.is_number(skipped + 1);
    let thing = text.phrase(skipped + 2);
    let words = skipped..thing.end.max(skipped + 2);
    (is_money && !lead.class.has(Class::KNOW)).then_some(Delivery { kind: Kind::Won, words, thing })
}
