//! Deadlines: the words that say on which day a limit is to hold: "by the end of the quarter", "on 30 September".
//!
//! In: a sentence's tokens. Out: whether it names such a day, and which. Never takes what recurs ("by the end of every day") or what
//! must hold all along ("keep … until 30 September") for a deadline.

use super::limits::Scene;
use super::name;
use crate::model::calendar::MONTHS;
use crate::model::deadline::Deadline;
use crate::words::{Class, Text};

/// Says whether a limit is to hold on one day, and not all along.
pub(super) fn is_set(scene: Scene<'_, '_>) -> bool {
    let Scene { text, start, .. } = scene;
    let keeps = text.has(start, Class::HOLD) && !text.is(start, &["ensure", "guarantee"]);
    let is_kept = keeps || (start..text.len()).any(|at| text.is(at, &["never"]));
    !is_kept && (is_final(text, start) || (start..text.len()).any(|at| is_deadline(text, at)))
}

/// Reads "final NPS at least 40", but not "the final step".
fn is_final(text: &Text<'_>, start: usize) -> bool {
    let at = start + usize::from(text.is(start, &["the", "our"]));
    let measure = Class::GOOD.or(Class::BAD).or(Class::FIGURE).or(Class::SCORED);
    text.is(at, &["final"]) && (at + 1..at + 4).any(|at| text.has(at, measure))
}

/// Returns the day on which a limit is to hold, where the sentence names a day of the calendar.
pub(super) fn day(scene: Scene<'_, '_>) -> Option<Deadline> {
    let Scene { text, start, .. } = scene;
    (start..text.len()).filter(|&link| is_deadline(text, link)).find_map(|link| day_behind(text, link))
}

/// Returns the day that stands behind the word at `link`: `30 September`, `2026-09-30`, `the end of September`.
fn day_behind(text: &Text<'_>, link: usize) -> Option<Deadline> {
    let number = |at: usize| text.word(at).parse::<u8>().ok();
    let dated = |at: usize| {
        name::date(text, at)?;
        if text.word(at).len() == 4 {
            return Some(Deadline { month: number(at + 2)?, day: number(at + 4)? });
        }
        let around = (at.saturating_sub(1)..at + 4).find(|&at| name::is_month(text, at))?;
        Some(Deadline { month: month(text.word(around))?, day: number(at)? })
    };
    let near = link + 1..link + 6;
    let ends = near.clone().any(|at| text.is(at, &["end", "close"]));
    near.clone().find_map(dated).or_else(|| {
        let at = near.clone().find(|&at| ends && name::is_month(text, at))?;
        Some(Deadline { month: month(text.word(at))?, day: 31 })
    })
}

/// Returns the number of a month by its English name or its first letters.
fn month(name: &str) -> Option<u8> {
    let first = name.get(..3)?.to_lowercase();
    (1..).zip(MONTHS).find(|(_, known)| known.starts_with(&first)).map(|(number, _)| number)
}

/// Says whether a date or the end of a period stands behind the word at `link`.
fn is_deadline(text: &Text<'_>, link: usize) -> bool {
    let by = text.is(link, &["by", "before"]);
    if !by && !text.is(link, &["on", "at"]) {
        return false;
    }
    let first = link + 1;
    let at = first + (first..first + 4).take_while(|&at| text.has(at, Class::BEFORE_DATE)).count();
    let ends = (first..at).any(|at| text.is(at, &["end", "close"]));
    let day = at + usize::from(name::is_month(text, at));
    if ends || text.is(at + 1, &["end"]) || text.is(at + 2, &["end"]) {
        return is_period(text, at, ends);
    }
    name::date(text, day).is_some() || by && (is_period_name(text, at) || name::is_month(text, at))
}

/// Says whether a quarter, a half or a year is named at `at`, with its end before or behind it.
fn is_period(text: &Text<'_>, at: usize, ends: bool) -> bool {
    let at = at + usize::from(text.is(at, &["this", "fiscal", "our"]));
    let closes = ends || text.is(at + 1, &["end"]) || text.is(at + 1, &["s"]) && text.is(at + 2, &["end"]);
    let word = text.word(at);
    let word = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word);
    let is_named = ["quarter", "half", "year"].iter().any(|known| known.eq_ignore_ascii_case(word));
    closes && (is_named || is_period_name(text, at) || name::is_month(text, at))
}

/// Says whether `Q3`, `H2`, `EOQ` or a year stands at `at`.
fn is_period_name(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    let numbered = matches!(word.as_bytes(), [b'Q' | b'q' | b'H' | b'h', b'1'..=b'4']);
    let year = text.is_number(at) && word.len() == 4 && word.starts_with("20");
    let is_measured = text.is_word(at + 1) && !text.has(at + 1, Class::STOP);
    numbered || year && !is_measured || text.is(at, &["eoq", "eoy", "year-end", "quarter-end"])
}

#[cfg(test)]
mod tests {
    use crate::sentence::read;

    #[test]
    fn a_day_of_the_calendar_is_named_in_many_ways() {
        for (deadline, expected) in [
            ("by 31 August", Some((8, 31))),
            ("by August 31", Some((8, 31))),
            ("on 31st of August 2026", Some((8, 31))),
            ("by 2026-08-31", Some((8, 31))),
            ("by the end of August", Some((8, 31))),
            ("by the end of the quarter", None),
            ("by the end of every day", None),
        ] {
            let sentence = format!("At least 85% of seats are filled {deadline}");
            let reading = read(&sentence);
            let found = reading.deadline.map(|deadline| (deadline.month, deadline.day));
            assert_eq!(found, expected, "{sentence}: {reading}");
        }
        assert_eq!(read("Keep at least 85% of seats filled until 31 August").deadline, None);
    }
}
