//! Shares of what the team deals with: "70% of clusters upgraded", "Log 90% of decisions".
//!
//! In: a sentence. Out: the share with what is done. By elimination: a share of all is the team's own work, unless others
//! decide about it or it says how well a service works.

use std::ops::Range;

use super::asked::met;
use super::lead::Lead;
use super::measure::Scene;
use super::noun::{deed, head, is_participle, is_people, object};
use super::thing::{Delivery, Kind};
use crate::words::{Class, Text};

/// "Log 90% of decisions": a rate of what the team itself does, where nothing is there afterwards.
pub(super) fn share_done(text: &Text<'_>, lead: Lead) -> Option<Delivery> {
    let object = object(text, lead);
    let is_pure = lead.class.has(Class::DO.or(Class::KNOW)) && !lead.class.has(Class::MAKE);
    let is_won = lead.class.has(Class::GET.or(Class::WIN)) && !lead.class.has(Class::MAKE);
    let is_deed = lead.class.has(Class::DELIVER) && !is_won;
    let until = if is_pure { text.len().min(lead.at + 9) } else { object + 3 };
    let behind = (lead.at + 1..until).find_map(|at| text.share(at)).filter(|_| is_pure || is_deed)?;
    let thing = text.phrase(behind + usize::from(text.is(behind, &["of"])));
    let last = thing.clone().last();
    let words = lead.at..thing.end.max(behind);
    // "Turn 20% of passers-by into guests": who becomes what is up to them.
    let is_among = |at: usize| is_people(text, at);
    let becomes =
        text.is(thing.end, &["into"]) && (text.phrase(thing.end + 1).any(is_among) || last.is_some_and(is_among));
    // "Spend 80% of donations on projects": how money is shared out.
    let is_purse = text.is(lead.at, &["allocate", "devote", "invest", "spend"])
        && last.is_some_and(|at| text.has(at, Class::PURSE));
    // "Block 99% of spam": how well that works.
    if becomes || is_purse || text.has(lead.at, Class::GUARD) {
        return Some(Delivery { kind: Kind::Won, words, thing });
    }
    // Calls and meetings that the team holds are its own, those that it answers aren't.
    let answers = text.is(lead.at, &["answer", "close", "resolve", "take"]);
    let is_held = last.is_some_and(|at| text.has(at, Class::OCCASION)) && !answers;
    let is_theirs = last.is_some_and(|at| text.has(at, Class::OUTSIDE.or(Class::TAKEN))) && !is_held;
    // "Recycle 60% of household waste": of stuff there is more or less, and nothing is done one by one.
    let is_unknown = text.class(lead.at).is_unknown();
    let is_mass = |at: usize| !text.word(at).ends_with('s') && !is_people(text, at);
    let is_stuff = is_unknown && last.is_some_and(is_mass);
    let is_served = !is_held && (thing.end..text.len()).any(|at| text.is_within(at) || text.is_on_time(at));
    if is_theirs && !is_pure || is_stuff || is_served {
        return None;
    }
    Some(Delivery { kind: Kind::Several, words, thing })
}

/// "70% of clusters upgraded", "90% of alerts have a runbook", "80% of staff attend": a share of what the team deals with.
pub(super) fn share_handled(scene: Scene<'_, '_>) -> Option<Delivery> {
    let Scene { text, start, .. } = scene;
    let first = (start..start + 3).find(|&at| text.share(at).is_some())?;
    let is_lone = (first + 1..text.len()).all(|at| text.share(at).is_none());
    let of = text.share(first).filter(|_| is_lone)?;
    let noun = text.phrase(of + usize::from(text.is(of, &["of"])));
    let head = head(text, &noun);
    let delivery = |words: Range<usize>| Some(Delivery { kind: Kind::Several, words, thing: noun.start..head + 1 });
    if noun.is_empty() {
        return None;
    }
    if let Some(end) = met(text, head + 1) {
        return delivery(first..end);
    }
    let has_done = text.is(head + 1, &["have", "has", "had"]) && is_participle(text, head + 2);
    let in_time = |at: usize| text.is(at, &["in"]) && text.is(at + 1, &["time"]) || text.is_on_time(at);
    let is_served = (head + 1..text.len()).any(|at| text.has(at, Class::SERVICE) || in_time(at));
    let joins = head + 1 + usize::from(text.is(head + 1, &["to", "will"]));
    let occasion = (joins + 1..joins + 8).find(|&at| text.has(at, Class::OCCASION));
    if let Some(occasion) = occasion.filter(|_| text.has(joins, Class::JOINS)) {
        return delivery(first..occasion + 1);
    }
    if is_people(text, head) || has_done {
        // "90% of staff have a development plan"
        let owns = text.is(head + 1, &["have", "has"]) && text.is(head + 2, &["a", "an"]);
        let held = text.phrase(head + 3);
        let has_paper = owns && held.clone().last().is_some_and(|at| text.has(at, Class::PAPER));
        let paper = Some(held.end).filter(|_| has_paper && !text.has(head, Class::OUTSIDE));
        let verb = deed(text, head + 1).filter(|_| !is_served || has_done);
        return verb.map(|verb| verb + 1).or(paper).and_then(|end| delivery(first..end));
    }
    let verb = (head + 1..noun.end + 3).find(|&at| !text.has(at, Class::BE))?;
    let is_bound = (verb..text.len()).any(|at| is_people(text, at) || text.is(at, &["less"]));
    if is_served || is_bound || !text.is(of, &["of"]) {
        return None;
    }
    let has = text.is(verb - 1, &["have", "has"]) && text.is(verb, &["a", "an"]);
    let held = text.phrase(verb + 1);
    let has_paper = has && held.clone().last().is_some_and(|at| text.has(at, Class::PAPER));
    let end = if has_paper { held.end } else { verb + 1 };
    // All that "are moved" are one thing that is done.
    let is_part = text.word(first) != "100" || verb == head + 1;
    let is_handled = is_part && is_handled(text, noun.clone(), head, verb);
    if is_handled || has_paper { delivery(first..end) } else { None }
}

/// Says whether a verb says what the team does with things, or with parts of one: "75% of the plan implemented".
fn is_handled(text: &Text<'_>, noun: Range<usize>, head: usize, verb: usize) -> bool {
    let own_will = Class::GAINED.or(Class::PLIGHT).or(Class::GUARD).or(Class::SERVED).or(Class::FEEL).or(Class::EVENT);
    let comes = text.has(head, Class::TAKEN.or(Class::OUTSIDE).or(Class::EVENT)) || text.has(verb, own_will);
    let is_deed =
        text.has(verb, Class::MAKE.or(Class::KNOW).or(Class::DO)) && !text.is(verb, &["generated", "met", "produced"]);
    let is_measure = text.has(head, Class::GOOD.or(Class::BAD).or(Class::FIGURE).or(Class::KPI));
    let is_whole = text.is(noun.start - 1, &["the"]) && is_deed && !is_measure;
    is_participle(text, verb) && (text.word(head).ends_with('s') || is_whole) && !comes
}

/// "90% completion of the fire drill": how far the team's own work has come.
pub(super) fn completed(text: &Text<'_>, from: usize) -> Option<Delivery> {
    let first = (from..from + 3).find(|&at| text.share(at).is_some())?;
    let deed = text.share(first).filter(|&at| text.is(at, &["completion"]) && text.is(at + 1, &["of"]))?;
    let thing = text.phrase(deed + 2);
    let theirs = thing.clone().any(|at| text.has(at, Class::TAKEN.or(Class::PEOPLE)));
    (!theirs && !thing.is_empty()).then_some(Delivery { kind: Kind::Several, words: first..thing.end, thing })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what a share that a sentence does says: `None` where it is about something else.
    fn kind(title: &str) -> Option<Kind> {
        let text = Text::new(title);
        share_done(&text, text.lead(0).expect("a verb")).map(|found| found.kind)
    }

    #[test]
    fn shares_that_a_team_does_are_told_from_those_that_others_decide() {
        for (title, expected) in [
            ("Label at least 95% of boxes", Some(Kind::Several)),
            ("Carefully inspect ≥ 85% of ladders", Some(Kind::Several)),
            ("Hold 90% of meetings within a week", Some(Kind::Several)),
            ("Convert 80% of the reels to digital files", Some(Kind::Several)),
            ("Answer 90% of calls within a minute", None),
            ("Recycle 60% of household waste", None),
            ("Convert 20% of shoppers into buyers", Some(Kind::Won)),
            ("Block 99% of forged forms", Some(Kind::Won)),
        ] {
            assert_eq!(kind(title), expected, "{title}");
        }
    }

    #[test]
    fn parts_of_the_teams_own_work_are_found() {
        for title in ["90% completion of the fire drill", "100% completion of appraisals"] {
            assert!(completed(&Text::new(title), 0).is_some(), "{title}");
        }
        for title in ["90% completion of orders", "90% of the drill"] {
            assert!(completed(&Text::new(title), 0).is_none(), "{title}");
        }
    }
}
