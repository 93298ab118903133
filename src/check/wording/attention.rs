//! How many look or hear: "Visits to our website", "Reach 2 million people with the campaign".
//!
//! In: a sentence. Out: the words that count attention which no single noun of the catalogue names. What visitors then
//! do, and what share of them, is no attention.

use std::ops::Range;

use super::lead::Lead;
use super::measure::Scene;
use crate::words::{Class, Text};

/// The id of the measure of the catalogue that attention is.
pub(super) const VIEWS: &str = "views";

/// Returns the words that count attention.
pub(super) fn find(scene: Scene<'_, '_>) -> Option<Range<usize>> {
    let Scene { text, start, lead, .. } = scene;
    let lead = lead.filter(|lead| lead.is_imperative);
    reached(text, lead?).or_else(|| visits(text, start, lead))
}

/// "Increase monthly sessions on our website", "Bring 500 visitors to the blog"
fn visits(text: &Text<'_>, start: usize, lead: Option<Lead>) -> Option<Range<usize>> {
    let brings = Class::UP.or(Class::GET).or(Class::WIN).or(Class::IMPROVE);
    let first = lead.filter(|lead| lead.class.has(brings)).map_or(start, |lead| lead.at + 1);
    let looks = |&at: &usize| text.has(at, Class::VISITING) && text.is(at + 1, &["to", "on", "of"]);
    let visiting = (first..text.len().min(first + 7)).find(looks)?;
    let place = text.phrase(visiting + 2);
    let site = place.clone().last().filter(|&at| text.has(at, Class::SITE))?;
    // "2% of visits to the site end in a sale"
    let is_share = (first..visiting).any(|at| text.share(at).is_some() || text.has(at, Class::SHARE_OF));
    let goes_on =
        text.is_word(site + 1) && !text.has(site + 1, Class::PREPOSITION) && !text.is(site + 1, &["year", "per"]);
    let returns = (first..visiting).any(|at| text.is(at, &["return", "returning", "repeat"]));
    (!is_share && !goes_on && !returns).then_some(visiting..site + 1)
}

/// "Reach 2 million people with the campaign"
fn reached(text: &Text<'_>, lead: Lead) -> Option<Range<usize>> {
    let count = (lead.at + 1..lead.at + 4).find_map(|at| text.count(at)).filter(|_| text.is(lead.at, &["reach"]))?;
    let people = text.phrase(count.end);
    let medium = text.phrase(people.end + 1).any(|at| text.has(at, Class::MEDIUM));
    let through = text.is(people.end, &["by", "through", "via", "with"]);
    (medium && through).then_some(lead.at..people.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_look_are_told_from_those_who_act() {
        for (title, expected) in [
            ("Increase monthly sessions on our website", Some("sessions on our website")),
            ("Bring 500 visitors to the blog", Some("visitors to the blog")),
            ("Reach 2 million people with the campaign", Some("Reach 2 million people")),
            ("Increase the share of visitors to the site", None),
            ("Increase visitors to the site who buy", None),
            ("Increase returning visitors to the blog", None),
            ("Reach 40 farmers with better seed", None),
        ] {
            let text = Text::new(title);
            let scene = Scene { text: &text, start: 0, lead: text.lead(0), goal: None };
            assert_eq!(find(scene).map(|words| &title[text.bytes(words)]), expected, "{title}");
        }
    }
}
