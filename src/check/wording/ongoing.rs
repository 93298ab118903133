//! What is done without an end and without a count: "Coach team leads", "Run awareness campaigns".
//!
//! In: a sentence. Out: the activity, with the words that say so. A deed ends where its object does: "Publish the
//! report" is done or not done, "Publish reports" goes on (the telicity of Vendler and Krifka). Where a known thing may
//! be meant all the same ("Publish dashboards"), nothing is found, so that only verbs and occasions without any end of
//! their own are.

use std::ops::Range;

use super::measure::Scene;
use super::noun::{is_participle, is_people};
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text};

/// Returns what the sentence says is done without an end.
pub(super) fn find(scene: Scene<'_, '_>) -> Option<Delivery> {
    let Scene { text, start, lead, .. } = scene;
    let verb = text.statement(start);
    // "Network access is encrypted" says something of a thing.
    if lead.is_some_and(|lead| lead.at > verb)
        || (verb..text.len()).any(|at| text.is_number(at) || text.count(at).is_some())
    {
        return None;
    }
    let thing = endless(text, verb)
        .or_else(|| continued(text, verb))
        .or_else(|| partaking(text, verb))
        .or_else(|| nominal(text, verb).filter(|_| lead.is_none()))
        .or_else(|| with_people(text, verb))
        .or_else(|| happenings(text, verb))
        .or_else(|| tuition(text, verb))
        .or_else(|| repeated(text, verb))
        .or_else(|| more(text, verb))?;
    Some(Delivery { kind: Kind::Several, words: verb..thing.end.max(verb + 1), thing })
}

/// "Promote the loyalty programme", "Lobby members of parliament", "Blog about bees", but not "Network for alumni built".
fn endless(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    if !text.has(verb, Class::ONGOING) {
        return None;
    }
    let linked =
        verb + 1 + usize::from(text.has(verb + 1, Class::PREPOSITION) || text.is(verb + 1, &["about", "against"]));
    let thing = text.phrase(linked);
    let said = (verb + 1..text.len()).any(|at| is_participle(text, at) && !text.is_noun_like(at + 1));
    // "Promote Ann to head of design", "Advertise the post", "Communicate the strategy" end.
    let is_person = thing.len() == 1 && text.is(thing.end, &["to"]);
    let is_known = text.has(verb + 1, Class::ARTICLE) && !text.is(verb, &["promote", "publicise", "publicize"]);
    (!thing.is_empty() && !said && !is_person && !is_known).then_some(thing)
}

/// "Continue the interviews", "Keep posting"
fn continued(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    let deeds = Class::DO.or(Class::KNOW);
    let keeps = text.is(verb, &["keep"]) && text.has(verb + 1, deeds) && text.has(verb + 1, Class::GERUND);
    (text.is(verb, &["continue"]) && text.is_word(verb + 1) || keeps)
        .then(|| verb + 1..text.phrase(verb + 1).end.max(verb + 2))
}

/// "Speak at industry conferences", "Engage with residents"
fn partaking(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    let thing = text.phrase(verb + 2);
    let last = thing.clone().last().filter(|_| text.has(verb, Class::PARTAKING) && thing.start == verb + 2)?;
    (text.is(verb + 1, &["at", "in", "to", "with"]) && text.is_plural(last)).then_some(thing)
}

/// "Interviews with users", "Outreach to schools": the activity's noun, of which nothing is said.
fn nominal(text: &Text<'_>, start: usize) -> Option<Range<usize>> {
    let thing = text.phrase(start);
    let last = thing.clone().last().filter(|&at| !text.has(at, Class::TAKEN) && thing.start == start)?;
    let links = text.has(thing.end, Class::PREPOSITION) && !text.is(thing.end, &["by", "from", "of"])
        || text.is(thing.end, &["about", "at"]);
    let said = (start..text.len()).any(|at| is_participle(text, at) || text.has(at, Class::DELIVERED.or(Class::BE)));
    (text.has(last, Class::HAPPENINGS.or(Class::LABOUR)) && links && !said).then_some(thing)
}

/// "Coach team leads", "Consult with neighbourhood councils"
fn with_people(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    let linked = verb + 1 + usize::from(text.is(verb + 1, &["with", "to"]));
    let thing = text.phrase(linked);
    // "Train all nurses" is attended as "All nurses attend" is.
    let first = linked + usize::from(text.is(linked, &["all"]));
    let last = thing.clone().last().filter(|_| thing.start == first || thing.start == linked)?;
    let folk = (is_people(text, last) || is_agent(text, last))
        && (text.word(last).ends_with('s') || is_collective(text, last));
    (text.has(verb, Class::DEALING) && folk).then_some(thing)
}

/// "Growers", "journalists": what does something, by its ending.
pub(super) fn is_agent(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    word.len() > 5 && ["ers", "ors", "ists", "ants", "ians", "ees"].iter().any(|end| word.ends_with(end))
}

/// "Staff", "people", "children"
fn is_collective(text: &Text<'_>, at: usize) -> bool {
    text.is(at, &["staff", "people", "children", "youth"])
}

/// "Run awareness campaigns", "Attend conferences", "Establish weekly reviews"
fn happenings(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    let regular = verb + 1 + usize::from(text.has(verb + 1, Class::REGULAR.or(Class::PARTICLE)));
    let first = regular + usize::from(regular > verb + 1 && text.has(regular, Class::REGULAR));
    let thing = text.phrase(first);
    let last = thing.clone().last().filter(|_| thing.start == first)?;
    let is_regular = text.has(first - 1, Class::REGULAR);
    let holds =
        text.has(verb, Class::HOLDING) || is_regular && text.has(verb, Class::MAKE) && text.has(verb, Class::BASE);
    (holds && text.has(last, Class::HAPPENINGS)).then_some(thing)
}

/// "Send updates to members", "Apply for grants", "Publish content on LinkedIn"
fn repeated(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    let linked = verb + 1 + usize::from(text.is(verb + 1, &["for", "to"]));
    let thing = text.phrase(linked);
    let last = thing.clone().last().filter(|_| thing.start == linked)?;
    let is_stuff = text.is(last, &["content"]) && text.is(verb, &["create", "produce", "publish"]);
    (text.has(verb, Class::REPEATING) && text.is_plural(last) || is_stuff).then_some(thing)
}

/// "Write more tests": more of the team's own, but not "Sign more customers".
fn more(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    let own = Class::MAKE.or(Class::KNOW).or(Class::DO);
    let is_own = text.has(verb, own) && text.has(verb, Class::BASE) && !text.has(verb, Class::HIRE.or(Class::WIN));
    let thing = text.phrase(verb + 2);
    let last = thing.clone().last().filter(|_| is_own && text.is(verb + 1, &["more"]))?;
    let comes = is_people(text, last)
        || text.has(last, Class::TAKEN.or(Class::TIME))
        || thing.clone().any(|at| text.has(at, Class::IN_USE));
    (text.is_plural(last) && !comes).then_some(thing)
}

/// "Offer tutoring in maths", but not "Offer a training".
fn tuition(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    let thing = text.phrase(verb + 1);
    let last = thing.clone().last().filter(|_| thing.start == verb + 1)?;
    (text.is(verb, &["deliver", "give", "offer", "provide"]) && text.has(last, Class::TUITION)).then_some(thing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_of_its_own_is_found() {
        for (title, expected) in [
            ("Coach team leaders", Some("Coach team leaders")),
            ("Consult with tenants about noise", Some("Consult with tenants")),
            ("Promote the loyalty card in shops", Some("Promote the loyalty card")),
            ("Lobby for longer opening hours", Some("Lobby for longer opening hours")),
            ("Hold awareness campaigns in schools", Some("Hold awareness campaigns")),
            ("Offer tutoring in maths", Some("Offer tutoring")),
            ("Apply for grants", Some("Apply for grants")),
            ("Write more tests", Some("Write more tests")),
            ("Establish weekly architecture reviews", Some("Establish weekly architecture reviews")),
            ("Establish a weekly review", None),
            ("Sign more customers", None),
            ("Share the report", None),
            ("Continue customer interviews", Some("Continue customer interviews")),
            ("Keep posting in the forum", Some("Keep posting")),
            ("Speak at industry conferences", Some("Speak at industry conferences")),
            ("Interviews with users", Some("Interviews")),
            ("Outreach to schools", Some("Outreach")),
            ("Interviews with users are booked", None),
            ("Keep the lights on", None),
            ("Consult the works council", None),
            ("Hold the annual meeting", None),
            ("Offer a training in first aid", None),
            ("Promote Ann to head of design", None),
            ("Network for alumni is built", None),
            ("Publish the dashboards", None),
            ("Coach 12 team leaders", None),
        ] {
            let text = Text::new(title);
            let scene = Scene { text: &text, start: 0, lead: text.lead(0), goal: None };
            let found = find(scene).map(|found| &title[text.bytes(found.words)]);
            assert_eq!(found, expected, "{title}");
        }
    }
}
