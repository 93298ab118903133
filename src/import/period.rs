//! Periods as products and people spell them.
//!
//! In: `Q1 2024`, `2025 Q1`, `Quarter 1 FY25`, `1Q25`, `Annual 2025`, `H1 2026`, or first and last day. Out: the cycle of
//! the book that is meant; nothing where it could be another one.

use super::found::Period;
use super::value;
use crate::model::calendar::{Calendar, Day};
use crate::model::ids::{CycleId, CycleKind};

/// Returns the cycle that a period is.
///
/// # Errors
///
/// Why it can't be told.
pub fn cycle(period: &Period, dates: Option<&str>, calendar: &Calendar) -> Result<CycleId, String> {
    let day = |told: &super::found::Told| value::day(&told.text, dates, &calendar.zone);
    let begins = period.begins.as_ref().map(day).transpose()?;
    let ends = period.ends.as_ref().map(day).transpose()?;
    if let Some(name) = &period.name {
        let spelt = named(&name.text, calendar);
        let id = spelt.ok_or_else(|| format!("`{}` is no period that is understood", name.text))?;
        let Some(quarter) = calendar.quarter(id) else { return Err(format!("the book has no cycle {id}")) };
        let (first, last) = (quarter.window.start, quarter.window.end.plus(-1));
        let differs = begins.is_some_and(|day| day != first) || ends.is_some_and(|day| day != last);
        if differs {
            let show = |day: Option<Day>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
            return Err(format!(
                "`{}` runs from {} to {} there, and {id} from {first} to {last} in this book",
                name.text,
                show(begins),
                show(ends)
            ));
        }
        return Ok(id);
    }
    match (begins, ends) {
        (Some(first), Some(last)) => {
            of_days(first, last, calendar).ok_or_else(|| format!("no cycle of the book runs from {first} to {last}"))
        }
        (None, Some(last)) => Err(format!("it ends on {last}, and nothing says when it begins")),
        (Some(first), None) => Err(format!("it begins on {first}, and nothing says when it ends")),
        (None, None) => Err("nothing says when it runs".to_owned()),
    }
}

/// Returns the cycle that a text names.
#[must_use]
pub fn named(text: &str, calendar: &Calendar) -> Option<CycleId> {
    let plain = text.trim();
    if let Some(id) = calendar.titled().find(|id| {
        calendar.title(*id).is_some_and(|title| title.eq_ignore_ascii_case(plain))
            || id.to_string().eq_ignore_ascii_case(plain)
    }) {
        return Some(id);
    }
    CycleId::of_year(plain).or_else(|| spelt(plain))
}

/// Returns the one cycle of these days, of all lengths.
fn of_days(first: Day, last: Day, calendar: &Calendar) -> Option<CycleId> {
    let (year, ..) = first.ymd();
    let kinds = [CycleKind::Year, CycleKind::Half, CycleKind::Third, CycleKind::Quarter, CycleKind::Month];
    let of_kind = |kind: CycleKind| {
        let numbers = move |year| (1..=kind.per_year()).map(move |number| CycleId::OfYear { year, kind, number });
        [year - 1, year, year.saturating_add(1)].into_iter().flat_map(numbers)
    };
    let mut all = kinds.into_iter().flat_map(of_kind).chain(calendar.titled());
    all.find(|id| {
        calendar
            .quarter(*id)
            .is_some_and(|quarter| quarter.window.start == first && quarter.window.end.plus(-1) == last)
    })
}

/// A part of a spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Kind(CycleKind, Option<u8>),
    Year(i16),
    Number(u8),
}

fn spelt(text: &str) -> Option<CycleId> {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | ',' | '\'' | '’' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let (mut kind, mut year, mut number) = (None, None, None);
    let mut take = |part: Part| -> Option<()> {
        match part {
            Part::Kind(found, which) => {
                kind.replace(found).is_none().then_some(())?;
                if let Some(which) = which {
                    number.replace(which).is_none().then_some(())?;
                }
            }
            Part::Year(found) => year.replace(found).is_none().then_some(())?,
            Part::Number(found) => number.replace(found).is_none().then_some(())?,
        }
        Some(())
    };
    for word in &words {
        for part in parts(word)? {
            take(part)?;
        }
    }
    let kind = kind?;
    let number = if kind == CycleKind::Year { number.is_none().then_some(1)? } else { number? };
    (1..=kind.per_year()).contains(&number).then_some(CycleId::OfYear { year: year?, kind, number })
}

/// Returns what a word of a period says: `q1`, `1q25`, `fy25`, `quarter`.
fn parts(word: &str) -> Option<Vec<Part>> {
    match word {
        "quarter" | "qtr" => return Some(vec![Part::Kind(CycleKind::Quarter, None)]),
        "half" | "half-year" | "semester" => return Some(vec![Part::Kind(CycleKind::Half, None)]),
        "annual" | "year" | "yearly" | "full" => {
            let kind = Part::Kind(CycleKind::Year, None);
            return Some(if word == "full" { Vec::new() } else { vec![kind] });
        }
        "fy" | "cy" | "of" => return Some(Vec::new()),
        _ => {}
    }
    if let Some(year) = word.strip_prefix("fy").or_else(|| word.strip_prefix("cy")).and_then(year) {
        return Some(vec![Part::Year(year)]);
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return match word.len() {
            1 => Some(vec![Part::Number(word.parse().ok()?)]),
            4 => Some(vec![Part::Year(year(word)?)]),
            _ => None,
        };
    }
    let letter = word.find(['q', 'h', 't'])?;
    let kind = match word.as_bytes()[letter] {
        b'q' => CycleKind::Quarter,
        b'h' => CycleKind::Half,
        _ => CycleKind::Third,
    };
    let (before, after) = (&word[..letter], &word[letter + 1..]);
    let digit = |text: &str| if text.len() == 1 { text.parse::<u8>().ok() } else { None };
    match (before, after) {
        ("", after) if after.len() == 1 => Some(vec![Part::Kind(kind, digit(after))]),
        ("", after) => {
            let (number, rest) = after.split_at_checked(1)?;
            let year = year(rest.strip_prefix("fy").unwrap_or(rest))?;
            Some(vec![Part::Kind(kind, Some(digit(number)?)), Part::Year(year)])
        }
        (before, "") if before.len() == 1 => Some(vec![Part::Kind(kind, digit(before))]),
        (before, after) if before.len() == 1 => {
            Some(vec![Part::Kind(kind, Some(digit(before)?)), Part::Year(year(after)?)])
        }
        (before, after) => Some(vec![Part::Year(year(before)?), Part::Kind(kind, Some(digit(after)?))]),
    }
}

/// Returns the year that two or four digits are, of this century where there are two.
fn year(text: &str) -> Option<i16> {
    let is_plain = matches!(text.len(), 2 | 4) && text.bytes().all(|byte| byte.is_ascii_digit());
    let year: i16 = text.parse().ok().filter(|_| is_plain)?;
    Some(if text.len() == 2 { year + 2000 } else { year }).filter(|year| (1990..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;
    use crate::import::found::Told;

    fn read(text: &str) -> String {
        named(text, &Calendar::default()).map_or_else(|| "asked".to_owned(), |id| id.to_string())
    }

    #[test]
    fn periods_are_read_in_every_usual_spelling() {
        for (text, expected) in [
            ("Q1 2024", "2024-Q1"),
            ("2025 Q1", "2025-Q1"),
            ("Quarter 1 FY25", "2025-Q1"),
            ("1Q25", "2025-Q1"),
            ("Annual 2025", "2025"),
            ("H1 2026", "2026-H1"),
            ("FY25 Q3", "2025-Q3"),
            ("FY2025", "asked"),
            ("Q3 FY 2024", "2024-Q3"),
            ("Q4'23", "asked"),
            ("Q4 '23", "asked"),
            ("2024-Q2", "2024-Q2"),
            ("2024Q2", "2024-Q2"),
            ("Q2-2024", "2024-Q2"),
            ("2H24", "2024-H2"),
            ("Half 2 2024", "2024-H2"),
            ("2024", "2024"),
            ("2024-07", "2024-07"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_could_be_another_period_is_asked() {
        for text in [
            "",
            "Q1",
            "2024 Q5",
            "Spring push",
            "Sprint 7 2024",
            "Q1 Q2 2024",
            "Q1 24 25",
            "Q0 2024",
            "May 2024",
            "13Q25",
        ] {
            assert_eq!(read(text), "asked", "{text}");
        }
    }

    #[test]
    fn days_name_a_cycle_only_where_they_are_its_own() {
        let told = |text: &str| Told::new(text, Place::file("a.csv"));
        let of = |name: &str, begins: &str, ends: &str| {
            let period = Period { name: told(name), begins: told(begins), ends: told(ends) };
            cycle(&period, None, &Calendar::default()).map(|id| id.to_string())
        };
        assert_eq!(of("", "2024-01-01", "2024-03-31"), Ok("2024-Q1".to_owned()));
        assert_eq!(of("", "2024-01-01", "2024-12-31"), Ok("2024".to_owned()));
        assert_eq!(
            of("", "2024-01-01", "2024-03-30").expect_err("asked"),
            "no cycle of the book runs from 2024-01-01 to 2024-03-30"
        );
        assert_eq!(
            of("", "", "2024-03-31").expect_err("asked"),
            "it ends on 2024-03-31, and nothing says when it begins"
        );
        assert_eq!(of("Q1 2024", "2024-01-01", "2024-03-31"), Ok("2024-Q1".to_owned()));
        assert_eq!(
            of("Q1 2024", "2024-02-01", "2024-04-30").expect_err("asked"),
            "`Q1 2024` runs from 2024-02-01 to 2024-04-30 there, and 2024-Q1 from 2024-01-01 to 2024-03-31 in this book"
        );
    }
}
