//! Objectives that name an area: "Improve code quality", "Move faster", "Engineering excellence".
//!
//! In: an objective's title. Out: the words of the area, where the title says nothing else. Silent at the first word
//! that it doesn't know, since that may be the one that says who gains.

use std::ops::Range;

use crate::words::{Class, Text};

/// Returns the bytes of the area that a title names, where it says nothing else; empty where it names none.
pub(in crate::check) fn find(title: &str) -> Option<Range<usize>> {
    let text = &Text::new(title);
    let end = text.len() - usize::from(text.len() > 0 && text.is_sign(text.len() - 1, &['.', '!']));
    let area = |from: usize| area(text, from..end);
    if end > 7 {
        return None;
    }
    if (text.has(0, Class::ADVANCE.or(Class::PURSUE)))
        && let Some(area) = area(1)
    {
        return Some(area);
    }
    if text.is(0, &["make"]) && end > 2 && end < 6 && text.is(end - 1, &["better", "faster", "great", "good"]) {
        return Some(text.bytes(1..end - 1));
    }
    if !text.has(0, Class::ACT) {
        return area(0).filter(|_| end > 1);
    }
    let more = 1 + usize::from(text.is(1, &["more", "even", "much", "the"]));
    if !text.has(more, Class::PRAISE) {
        return None;
    }
    let link = more + 1;
    if link == end {
        return Some(0..0);
    }
    if text.is(link, &["at", "in"]) { area(link + 1) } else { None }
}

/// Returns the bytes of the words, where they name an area.
fn area(text: &Text<'_>, words: Range<usize>) -> Option<Range<usize>> {
    let last = words.end.checked_sub(1).filter(|_| !words.is_empty())?;
    let known = words.clone().all(|at| text.is_sign(at, &['&']) || text.has(at, Class::AREA.or(Class::PART)));
    (known && text.has(last, Class::AREA)).then(|| text.bytes(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_without_anything_else_are_vague() {
        for (title, expected) in [
            ("Improve code quality", "code quality"),
            ("Reach engineering excellence", "engineering excellence"),
            ("Be better at planning", "planning"),
            ("Move faster", ""),
            ("Make checkout better", "checkout"),
            ("Operational excellence.", "Operational excellence"),
            ("Strengthen collaboration and communication", "collaboration and communication"),
            ("Become more efficient", ""),
        ] {
            assert_eq!(find(title).map(|area| &title[area]), Some(expected), "{title}");
        }
    }

    #[test]
    fn anything_on_who_gains_or_what_changes_is_enough() {
        for title in [
            "Make our platform reliable enough that customers trust us",
            "Make infrastructure a competitive advantage",
            "Ship features that move business metrics",
            "Make data trustworthy and accessible",
            "Improve reliability for merchants on black Friday",
            "Reduce churn",
            "Move faster than our competitors",
            "Let a finished change reach customers while it still matters",
            "Deliver the spring roadmap",
            "Improve customer experience",
            "Security",
            "",
            "Be the best place to work",
            "Make paying so quick and safe that nobody gives up",
        ] {
            assert_eq!(find(title), None, "{title}");
        }
    }
}
