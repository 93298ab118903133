//! A date's parts: numbers, months, quarters, weeks, in whatever order they are written.
//!
//! In: a cell. Out: its parts up to the time of day, and the day that they name together.

use super::civil::{Fault, Order, day_of};
use super::words;
use crate::metrics::cells::text::decode;
use crate::model::calendar::Day;
use crate::model::grain::Grain;

/// One part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Part {
    /// A number and how many digits it has.
    Number(u16, u8),
    /// A month's name.
    Month(u8),
    /// The letter before a quarter's number.
    Quarter,
    /// The letters before a week's number.
    Week,
    /// The letter before a month's number.
    MonthLetter,
    /// Eight digits.
    Compact(u32),
}

/// The parts of a date.
#[derive(Debug)]
pub(in crate::metrics) struct Tokens<'a> {
    parts: [Part; 5],
    count: usize,
    /// Whether only points part the numbers: then the day comes first.
    pub(in crate::metrics) dotted: bool,
    /// Whether a space parts the last two.
    spaced: bool,
    /// What follows: the time.
    pub(in crate::metrics) rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    /// Reads the parts of a date up to the time of day.
    pub(in crate::metrics) fn read(cell: &'a [u8]) -> Result<Self, Fault> {
        let mut tokens =
            Self { parts: [Part::Quarter; 5], count: 0, dotted: true, spaced: false, rest: &cell[cell.len()..] };
        let mut at = 0;
        while at < cell.len() {
            let byte = cell[at];
            if byte.is_ascii_digit() {
                let end = at + cell[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                if begins_time(cell, at, end) {
                    tokens.rest = &cell[at..];
                    return Ok(tokens);
                }
                tokens.push(number(&cell[at..end])?)?;
                at = end + ordinal_suffix(&cell[end..]);
                if cell.get(at) == Some(&b':') {
                    // Apache: 01/Jul/2026:14:30:00.
                    tokens.rest = &cell[at..];
                    return Ok(tokens);
                }
            } else if byte.is_ascii_alphabetic() || byte >= 0x80 {
                let end = at + cell[at..].iter().take_while(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
                if matches!(&cell[at..end], b"T" | b"t") && tokens.count > 0 && !is_quarter_behind(&cell[end..]) {
                    tokens.rest = &cell[at..];
                    return Ok(tokens);
                }
                tokens.word(&decode(&cell[at..end]))?;
                at = end;
            } else if matches!(byte, b' ' | b'-' | b'/' | b'.' | b',' | b'\'' | b'_' | b'@') {
                tokens.spaced = byte == b' ' && (tokens.count > 0 || tokens.spaced);
                tokens.dotted &= matches!(byte, b'.' | b' ');
                at += 1;
            } else {
                return Err(Fault::NotADate);
            }
        }
        Ok(tokens)
    }

    fn push(&mut self, part: Part) -> Result<(), Fault> {
        if self.count == self.parts.len() {
            return Err(Fault::NotADate);
        }
        self.parts[self.count] = part;
        self.count += 1;
        Ok(())
    }

    fn word(&mut self, text: &str) -> Result<(), Fault> {
        let word = text.trim();
        if word.is_empty() {
            return Ok(());
        }
        // Months first: `Mar` is also a day of the week in Italian, but not in front of a date that has no month.
        if let Some(month) = words::month(word).filter(|_| !self.has_month() && !word.to_lowercase().ends_with("day")) {
            return self.push(Part::Month(month));
        }
        match word {
            "Q" | "q" | "T" | "t" => self.push(Part::Quarter),
            "M" | "m" => self.push(Part::MonthLetter),
            "W" | "w" | "KW" | "CW" | "Week" | "week" => self.push(Part::Week),
            _ if words::is_filler(word) => Ok(()),
            _ => Err(Fault::NotADate),
        }
    }

    fn has_month(&self) -> bool {
        self.parts().iter().any(|part| matches!(part, Part::Month(_)))
    }

    /// Returns the parts.
    pub(in crate::metrics) fn parts(&self) -> &[Part] {
        &self.parts[..self.count]
    }

    /// Adds a year that stood behind the time.
    pub(in crate::metrics) fn with_year(mut self, year: Option<i16>) -> Self {
        if let Some(year) = year.and_then(|year| u16::try_from(year).ok())
            && self.count < self.parts.len()
        {
            self.parts[self.count] = Part::Number(year, 4);
            self.count += 1;
        }
        self
    }

    /// Returns the day that the parts name, or the first day of the period.
    pub(in crate::metrics) fn day(&self, order: Option<Order>) -> Result<(Day, Grain), Fault> {
        use Part::{Compact, Month, MonthLetter, Number, Quarter, Week};
        let named = |year: i64, month: u8, day: u16| day_of(year, i64::from(month), i64::from(day));
        let (day, grain) = match *self.parts() {
            [Compact(n)] => (day_of(i64::from(n / 10_000), i64::from(n / 100 % 100), i64::from(n % 100)), Grain::Day),
            [Number(y, 4), Number(m, 1 | 2), Number(d, 1 | 2)] => {
                (day_of(i64::from(y), i64::from(m), i64::from(d)), Grain::Day)
            }
            [Number(a, 1 | 2), Number(b, 1 | 2), Number(c, digits @ (2 | 4))] => {
                return self.ordered([a, b, c], digits, order).map(|day| (day, Grain::Day));
            }
            [Month(m), Number(d, 1 | 2), Number(y, digits @ (2 | 4))]
            | [Number(d, 1 | 2), Month(m), Number(y, digits @ (2 | 4))] => {
                (named(full_year(y, digits), m, d), Grain::Day)
            }
            [Number(y, 4), Month(m), Number(d, 1 | 2)] => (named(i64::from(y), m, d), Grain::Day),
            [Month(m), Number(y, 4)] | [Number(y, 4), Month(m)] => (named(i64::from(y), m, 1), Grain::Month),
            [Month(m), Number(y, 2)] if !self.spaced => (named(full_year(y, 2), m, 1), Grain::Month),
            [Number(y, 4), Number(m, 1 | 2)] | [Number(m, 1 | 2), Number(y, 4)] => {
                (day_of(i64::from(y), i64::from(m), 1), Grain::Month)
            }
            [Number(y, 4), Number(day, 3)] => (nth_day(i64::from(y), i64::from(day)), Grain::Day),
            [Quarter, Number(q, 1), Number(y, digits @ (2 | 4))]
            | [Number(y, digits @ 4), Quarter, Number(q, 1)]
            | [Number(q, 1), Quarter, Number(y, digits @ (2 | 4))] => {
                (first_of_quarter(full_year(y, digits), i64::from(q)), Grain::Quarter)
            }
            [Number(y, 4), MonthLetter, Number(m, 1 | 2)] | [MonthLetter, Number(m, 1 | 2), Number(y, 4)] => {
                (day_of(i64::from(y), i64::from(m), 1), Grain::Month)
            }
            [Number(y, 4), Week, Number(w, 1 | 2)] | [Week, Number(w, 1 | 2), Number(y, 4)] => {
                (iso_week(i64::from(y), i64::from(w), 1), Grain::Week)
            }
            [Number(y, 4), Week, Number(w, 1 | 2), Number(d, 1)] => {
                (iso_week(i64::from(y), i64::from(w), i64::from(d)), Grain::Day)
            }
            [Number(y, 4), Week, Number(wd, 3)] => {
                (iso_week(i64::from(y), i64::from(wd / 10), i64::from(wd % 10)), Grain::Day)
            }
            [Month(_), Number(_, 1 | 2)] | [Number(_, 1 | 2), Month(_)] => return Err(Fault::NoYear),
            _ => return Err(Fault::NotADate),
        };
        day.map(|day| (day, grain)).ok_or(Fault::NoSuchDay)
    }

    /// Returns the day of three numbers whose order must be known, unless only one is possible.
    fn ordered(&self, numbers: [u16; 3], digits: u8, order: Option<Order>) -> Result<Day, Fault> {
        let order = if self.dotted { Some(Order::DayMonth) } else { order };
        let in_order = |order| day_in_order(numbers, digits, order);
        let Some(order) = order else {
            return match (in_order(Order::MonthDay), in_order(Order::DayMonth)) {
                (Some(month_first), Some(day_first)) if month_first != day_first => Err(Fault::Ambiguous),
                (Some(day), _) | (None, Some(day)) => Ok(day),
                (None, None) => in_order(Order::YearMonthDay).ok_or(Fault::NoSuchDay),
            };
        };
        let others = [Order::MonthDay, Order::DayMonth, Order::YearMonthDay];
        in_order(order).ok_or_else(|| {
            let other = !self.dotted && others.into_iter().any(|order| in_order(order).is_some());
            if other { Fault::Contradiction } else { Fault::NoSuchDay }
        })
    }
}

/// Returns the day that three numbers name in an order; `digits` are those of the last one.
pub(in crate::metrics) fn day_in_order([a, b, c]: [u16; 3], digits: u8, order: Order) -> Option<Day> {
    let (year, digits, month, day) = match order {
        Order::MonthDay => (c, digits, a, b),
        Order::DayMonth => (c, digits, b, a),
        Order::YearMonthDay if digits == 2 => (a, 2, b, c),
        Order::YearMonthDay => return None,
    };
    day_of(full_year(year, digits), i64::from(month), i64::from(day))
}

/// Returns a year of two digits as POSIX does, others as they are.
pub(in crate::metrics) fn full_year(year: u16, digits: u8) -> i64 {
    let year = i64::from(year);
    match (digits, year) {
        (2, 0..=68) => year + 2000,
        (2, _) => year + 1900,
        _ => year,
    }
}

fn number(digits: &[u8]) -> Result<Part, Fault> {
    let value = digits.iter().take(8).fold(0_u32, |sum, byte| sum * 10 + u32::from(byte - b'0'));
    match digits.len() {
        length @ 1..=4 => {
            Ok(Part::Number(u16::try_from(value).unwrap_or(u16::MAX), u8::try_from(length).unwrap_or(u8::MAX)))
        }
        8 => Ok(Part::Compact(value)),
        _ => Err(Fault::NotADate),
    }
}

/// Says whether the digits from `at` to `end` are an hour: one or two before a colon, or before AM or PM.
fn begins_time(cell: &[u8], at: usize, end: usize) -> bool {
    if end - at > 2 {
        return false;
    }
    let rest = &cell[end..];
    if matches!(rest, [b':', digit, ..] if digit.is_ascii_digit()) {
        return true;
    }
    let word = rest.trim_ascii_start();
    let half = matches!(word, [b'a' | b'A' | b'p' | b'P', b'm' | b'M', ..]);
    half && at > 0 && !word.get(2).is_some_and(u8::is_ascii_alphabetic)
}

/// Says whether a `T` before this is that of a quarter, as in `2026-T3`, and not of a time, which has more digits.
fn is_quarter_behind(rest: &[u8]) -> bool {
    matches!(rest, [b'1'..=b'4'])
}

/// Returns the length of `st`, `nd`, `rd`, `th`, or `er`, as the first day is written in French.
fn ordinal_suffix(rest: &[u8]) -> usize {
    let suffix = matches!(rest, [b's', b't', ..] | [b'n' | b'r', b'd', ..] | [b't', b'h', ..] | [b'e', b'r', ..]);
    let ends = !rest.get(2).is_some_and(u8::is_ascii_alphabetic);
    if suffix && ends { 2 } else { 0 }
}

fn nth_day(year: i64, day: i64) -> Option<Day> {
    let first = day_of(year, 1, 1)?;
    let found = first.plus(i32::try_from(day).ok()? - 1);
    (day > 0 && i64::from(found.ymd().0) == year).then_some(found)
}

/// Returns the first day of a quarter of the calendar year.
pub(in crate::metrics) fn first_of_quarter(year: i64, quarter: i64) -> Option<Day> {
    if (1..=4).contains(&quarter) { day_of(year, quarter * 3 - 2, 1) } else { None }
}

/// Returns the day of an ISO 8601 week; weeks begin on Monday, and week 1 holds 4 January.
pub(in crate::metrics) fn iso_week(year: i64, week: i64, weekday: i64) -> Option<Day> {
    let fourth = day_of(year, 1, 4)?;
    // 1970-01-01 was a Thursday.
    let monday = fourth.plus(-(fourth.number() + 3).rem_euclid(7));
    let (week, weekday) = (i32::try_from(week).ok()?, i32::try_from(weekday).ok()?);
    if !(1..=53).contains(&week) || !(1..=7).contains(&weekday) {
        return None;
    }
    let found = monday.plus((week - 1) * 7);
    (i64::from(found.plus(3).ymd().0) == year).then(|| found.plus(weekday - 1))
}
