//! What people are asked for or come to: advice, talks, channels, hours.
//!
//! In: a text and a place in it. Out: what is asked for, or where it ends. By elimination: who is asked or invited is a
//! team's own choice, so that a count of them is its activity, unless they order or pay.

use super::lead::Lead;
use super::several::several;
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text};

/// Nouns that say how much or how well.
const MEASURED: Class = Class::GOOD.or(Class::BAD).or(Class::FIGURE).or(Class::KPI).or(Class::TIME);

/// "Get advice from four auditors": what isn't counted itself, of people who are.
pub(super) fn asked(text: &Text<'_>, lead: Lead, object: usize) -> Option<Delivery> {
    let thing = text.phrase(object);
    let last = thing.clone().last().filter(|_| thing.start == object && !text.has(object, Class::FEWER))?;
    let is_pure = lead.class.has(Class::DO.or(Class::KNOW)) && !lead.class.has(Class::MAKE);
    let asks = is_pure || text.is(lead.at, &["get", "obtain", "receive"]);
    let counted = several(text, thing.end + 1).filter(|_| asks && text.is(thing.end, &["from"]))?;
    let comes = text.has(last, Class::TAKEN.or(Class::GOOD));
    let kind = if comes { Kind::Won } else { Kind::Several };
    Some(Delivery { kind, words: lead.at..counted.words.end, thing })
}

/// Returns the end of "had a talk with their tutor", where it begins at `verb`.
pub(super) fn met(text: &Text<'_>, verb: usize) -> Option<usize> {
    let has = |at: usize| text.is(at, &["have", "has", "had"]);
    let occasion = text.phrase(verb + 1 + usize::from(has(verb + 1)));
    let is_met = has(verb) && !occasion.is_empty() && text.is(occasion.end, &["with"]);
    (is_met && text.is(occasion.end + 1, &["their"])).then_some(occasion.end)
}

/// "Help 30 seekers find work", "Persuade 20 families to switch": it is up to them.
pub(super) fn sways(text: &Text<'_>, lead: Lead, people: usize) -> bool {
    let is_person = text.has(people, Class::PEOPLE) || text.word(people).ends_with("ers");
    let moves = lead.class.has(Class::WISH.or(Class::CAPABLE)) && !lead.class.has(Class::DO.or(Class::KNOW));
    let plain = |at: usize| text.is_word(at) && !text.has(at, Class::END.or(Class::DETERMINER).or(Class::PEOPLE));
    let acts = plain(people + 1) || text.is(people + 1, &["to"]) && plain(people + 2);
    moves && is_person && acts
}

/// "Take part in 3 fairs"
pub(super) fn takes_part(text: &Text<'_>, start: usize) -> Option<Delivery> {
    let takes = text.is(start, &["take"]) && text.is(start + 1, &["part"]) && text.is(start + 2, &["in"]);
    let counted = several(text, start + 3).filter(|_| takes)?;
    Some(Delivery { kind: Kind::Several, words: start..counted.words.end, thing: counted.noun })
}

/// "Site checks at 15 depots", "Posts on three channels": things without a verb, once at each place.
pub(super) fn scattered(text: &Text<'_>, start: usize) -> Option<Delivery> {
    let thing = text.phrase(start);
    let last = thing.clone().last().filter(|&at| text.is_plural(at) && thing.start == start)?;
    let comes = MEASURED.or(Class::TAKEN).or(Class::EVENT).or(Class::PEOPLE);
    let comes = text.has(last, comes) && !text.has(last, Class::OCCASION);
    let counted = several(text, thing.end + 1).filter(|_| text.is(thing.end, &["across", "at", "in", "on"]))?;
    let is_whole = !text.is_word(counted.noun.end) || text.has(counted.noun.end, Class::END);
    let is_time = counted.noun.clone().any(|at| text.has(at, Class::TIME));
    (!comes && is_whole && !is_time).then_some(Delivery { kind: Kind::Several, words: start..counted.words.end, thing })
}

/// "In the Telegram channel": where people are for attention's sake.
pub(super) fn in_channel(text: &Text<'_>, at: usize) -> bool {
    text.has(at, Class::PREPOSITION) && text.phrase(at + 1).any(|at| text.has(at, Class::CHANNEL))
}

/// "Volunteers give 300 hours of coaching": time that is given, whoever gives it.
pub(super) fn given_hours(text: &Text<'_>, start: usize) -> Option<Delivery> {
    let gives = |&at: &usize| {
        text.is(at, &["conduct", "deliver", "give", "provide"]) && text.has(at.wrapping_sub(1), Class::PEOPLE)
    };
    let verb = (start + 1..start + 6).find(gives).filter(|&verb| text.is_number(verb + 1))?;
    let hours = (verb + 2..verb + 7).find(|&at| text.is(at, &["hours"]))?;
    Some(Delivery { kind: Kind::Several, words: start..hours + 1, thing: start..verb })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the words of what is found in a text.
    fn shown(title: &str, find: impl Fn(&Text<'_>) -> Option<Delivery>) -> Option<&str> {
        let text = Text::new(title);
        find(&text).map(|found| &title[text.bytes(found.words)])
    }

    #[test]
    fn what_people_are_asked_for_is_found_with_their_count() {
        let find = |text: &Text<'_>| asked(text, text.lead(0).expect("a verb"), 1);
        assert_eq!(shown("Get advice from four auditors", find), Some("Get advice from four auditors"));
        assert_eq!(shown("Gather input from 6 wards on noise", find), Some("Gather input from 6 wards"));
        for title in ["Get advice from an auditor", "Ship parts from 3 depots", "Get fewer returns from 3 shops"] {
            assert_eq!(shown(title, find), None, "{title}");
        }
    }

    #[test]
    fn what_people_order_or_become_is_up_to_them() {
        let text = Text::new("Get orders from 30 bakeries");
        let found = asked(&text, text.lead(0).expect("a verb"), 1).expect("orders");
        assert_eq!(found.kind, Kind::Won);
        for (title, expected) in [
            ("Persuade 20 households to switch", true),
            ("Help 20 drivers find a depot", true),
            ("Train 20 drivers to load", false),
            ("Offer 20 drivers the course", false),
        ] {
            let text = Text::new(title);
            assert_eq!(sways(&text, text.lead(0).expect("a verb"), 2), expected, "{title}");
        }
    }

    #[test]
    fn places_and_hours_are_found() {
        let find = |text: &Text<'_>| scattered(text, 0);
        assert_eq!(shown("Site checks at 15 depots", find), Some("Site checks at 15 depots"));
        for title in ["Site check at 15 depots", "Customers in 12 countries", "Errors in 3 modules", "Doors in red"] {
            assert_eq!(shown(title, find), None, "{title}");
        }
        let find = |text: &Text<'_>| given_hours(text, 0);
        assert_eq!(shown("Volunteers give 300 hours of coaching", find), Some("Volunteers give 300 hours"));
        assert_eq!(shown("Machines run 300 hours", find), None);
        let channel = Text::new("in the Telegram channel");
        assert!(in_channel(&channel, 0) && !in_channel(&Text::new("in the car park"), 0));
    }

    #[test]
    fn people_meet_their_own() {
        for (title, expected) in [
            ("had a talk with their tutor", Some("had a talk")),
            ("have had a review with their lead", Some("have had a review")),
            ("have an account with us", None),
            ("had no accident", None),
        ] {
            let text = Text::new(title);
            assert_eq!(met(&text, 0).map(|end| &title[text.bytes(0..end)]), expected, "{title}");
        }
    }
}
