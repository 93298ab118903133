//! Objectives that name an area: "Improve code quality", "Move faster", "Engineering excellence".
//!
//! In: an objective's title. Out: the words of the area, where the title says nothing else. Silent at the first word
//! that it doesn't know, since that may be the one that says who gains.

use std::ops::Range;

use crate::words::Text;

/// Verbs that ask for more of an area.
const MORE: &[&str] = &[
    "improve",
    "enhance",
    "strengthen",
    "optimise",
    "optimize",
    "boost",
    "increase",
    "raise",
    "elevate",
    "advance",
    "foster",
    "promote",
    "uplevel",
    "upgrade",
    "grow",
    "drive",
    "maximise",
    "maximize",
    "better",
];

/// Verbs that arrive at an area.
const ARRIVE: &[&str] = &["achieve", "reach", "attain", "pursue", "ensure", "deliver", "have", "maintain"];

/// Verbs that are faster or better at nothing in particular.
const DO: &[&str] = &["move", "go", "ship", "deliver", "work", "execute", "be", "become", "get", "do", "perform"];

/// Words for better, without saying at what or for whom.
const BETTER: &[&str] = &[
    "better",
    "faster",
    "best",
    "great",
    "excellent",
    "world-class",
    "smarter",
    "efficient",
    "quicker",
    "good",
    "awesome",
    "agile",
    "data-driven",
    "innovative",
];

/// Areas.
const AREAS: &[&str] = &[
    "quality",
    "performance",
    "reliability",
    "stability",
    "security",
    "efficiency",
    "productivity",
    "velocity",
    "collaboration",
    "communication",
    "culture",
    "morale",
    "excellence",
    "innovation",
    "alignment",
    "observability",
    "scalability",
    "maintainability",
    "process",
    "processes",
    "architecture",
    "infrastructure",
    "tooling",
    "documentation",
    "testing",
    "operations",
    "delivery",
    "execution",
    "transparency",
    "maturity",
    "engagement",
    "agility",
    "teamwork",
    "effectiveness",
    "planning",
    "monitoring",
    "automation",
    "resilience",
    "visibility",
    "governance",
    "hygiene",
    "standards",
    "practices",
    "capabilities",
];

/// Words that say which part of an area.
const PARTS: &[&str] = &[
    "code",
    "software",
    "engineering",
    "developer",
    "development",
    "technical",
    "tech",
    "system",
    "systems",
    "overall",
    "operational",
    "cross-functional",
    "internal",
    "our",
    "the",
    "and",
    "of",
    "application",
    "backend",
    "frontend",
    "organisational",
    "organizational",
    "agile",
    "deployment",
    "release",
    "test",
    "data",
    "platform",
    "product",
    "service",
    "team",
    "general",
    "best",
    "project",
    "cloud",
    "design",
    "network",
    "process",
];

/// Returns the bytes of the area that a title names, where it says nothing else; empty where it names none.
pub(in crate::check) fn find(title: &str) -> Option<Range<usize>> {
    let text = &Text::new(title);
    let end = text.len() - usize::from(text.len() > 0 && text.is_sign(text.len() - 1, &['.', '!']));
    let area = |from: usize| area(text, from..end);
    if end > 7 {
        return None;
    }
    if (text.is(0, MORE) || text.is(0, ARRIVE))
        && let Some(area) = area(1)
    {
        return Some(area);
    }
    if text.is(0, &["make"]) && end > 2 && end < 6 && text.is(end - 1, &["better", "faster", "great", "good"]) {
        return Some(text.bytes(1..end - 1));
    }
    if !text.is(0, DO) {
        return area(0).filter(|_| end > 1);
    }
    let more = 1 + usize::from(text.is(1, &["more", "even", "much", "the"]));
    if !text.is(more, BETTER) {
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
    let known = words.clone().all(|at| text.is_sign(at, &['&']) || text.is(at, AREAS) || text.is(at, PARTS));
    (known && text.is(last, AREAS)).then(|| text.bytes(words))
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
