//! Date formats that a book states: `M/D/YY`, `DD.MM.YYYY hh:mm`, `unix-ms`, `excel` (days since 1899-12-30).
//!
//! In: the format's text. Out: a [`Format`] that reads cells written so, and nothing else.

use super::civil::{Fault, Reading, civil, dated, day_of};
use super::time::{self, DAY, SECOND, Tail};
use super::tokens::full_year;
use super::words;
use crate::metrics::cells::text::decode;
use crate::model::calendar::Day;
use crate::model::grain::Grain;

/// How dates are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) enum Format {
    /// Unix time, counted in so many microseconds.
    Unix(i64),
    /// Days since 1899-12-30, as spreadsheets count them.
    Excel,
    /// Pieces in their order.
    Pieces(Vec<Piece>),
}

/// One piece of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Piece {
    Number(Field, usize),
    MonthName,
    HalfDay,
    Literal(char),
}

/// What a number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Field {
    Year,
    ShortYear,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

impl Format {
    /// Compiles a format; nothing where it has no year, names something else, or names something twice.
    pub(in crate::metrics) fn new(text: &str) -> Option<Self> {
        match text.trim() {
            "unix" | "unix-s" => return Some(Self::Unix(SECOND)),
            "unix-ms" => return Some(Self::Unix(1_000)),
            "unix-us" => return Some(Self::Unix(1)),
            "excel" => return Some(Self::Excel),
            _ => {}
        }
        let mut pieces = Vec::new();
        let mut rest = text.trim();
        while let Some(first) = rest.chars().next() {
            let run = rest.chars().take_while(|&c| c == first).count();
            let (piece, length) = piece(first, run, &pieces)?;
            pieces.push(piece);
            rest = &rest[length..];
        }
        let count = |wanted: fn(&Piece) -> bool| pieces.iter().filter(|piece| wanted(piece)).count();
        let years = count(|piece| matches!(piece, Piece::Number(Field::Year | Field::ShortYear, _)));
        let months = count(|piece| matches!(piece, Piece::MonthName | Piece::Number(Field::Month, _)));
        let days = count(|piece| matches!(piece, Piece::Number(Field::Day, _)));
        (years == 1 && months <= 1 && days <= months).then_some(Self::Pieces(pieces))
    }

    /// Reads a cell.
    pub(in crate::metrics) fn read(&self, cell: &[u8]) -> Result<Reading, Fault> {
        match self {
            Self::Unix(unit) => unix(cell, *unit).map(Reading::Unix).ok_or(Fault::NotInFormat),
            Self::Excel => excel(cell).ok_or(Fault::NotInFormat),
            Self::Pieces(pieces) => Fields::default().read(&decode(cell), pieces),
        }
    }
}

/// Returns the piece that a run of one letter stands for, and how many bytes of the format it takes.
fn piece(letter: char, run: usize, before: &[Piece]) -> Option<(Piece, usize)> {
    let has_hour = before.iter().any(|piece| matches!(piece, Piece::Number(Field::Hour, _)));
    let number = |field, digits| Some((Piece::Number(field, digits), run));
    match (letter, run) {
        ('Y' | 'y', 4) => number(Field::Year, 4),
        ('Y' | 'y', 2) => number(Field::ShortYear, 2),
        ('m', 1 | 2) if has_hour => number(Field::Minute, run),
        ('M' | 'm', 3 | 4) => Some((Piece::MonthName, run)),
        ('M' | 'm', 1 | 2) => number(Field::Month, run),
        ('D' | 'd', 1 | 2) => number(Field::Day, run),
        ('H' | 'h', 1 | 2) => number(Field::Hour, run),
        ('S' | 's', 1 | 2) => number(Field::Second, run),
        ('A' | 'a', _) => Some((Piece::HalfDay, 1)),
        (letter, _) if letter.is_alphanumeric() && letter != 'T' => None,
        (letter, _) => Some((Piece::Literal(letter), letter.len_utf8())),
    }
}

fn excel(cell: &[u8]) -> Option<Reading> {
    let micros = unix(cell, DAY)?;
    let days = i32::try_from(micros.div_euclid(DAY)).ok()?;
    let time = micros.rem_euclid(DAY);
    // 1899-12-30 is 25,569 days before 1970-01-01.
    let day = (days > 0).then(|| Day::from_number(days - 25_569))?;
    Some(Reading::Civil { day, micros: (time > 0).then_some(time), offset: None })
}

/// Returns the microseconds of a count of units of so many microseconds.
fn unix(cell: &[u8], unit: i64) -> Option<i64> {
    let text = std::str::from_utf8(cell).ok()?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole: i64 = whole.parse().ok()?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kept = &fraction[..fraction.len().min(6)];
    let scale = 10_i64.pow(u32::try_from(kept.len()).ok()?);
    let part = if kept.is_empty() {
        0
    } else {
        i64::try_from(i128::from(kept.parse::<i64>().ok()?) * i128::from(unit) / i128::from(scale)).ok()?
    };
    whole.checked_mul(unit)?.checked_add(part)
}

/// What the pieces of a cell said.
#[derive(Default)]
struct Fields {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    time: Option<[i64; 3]>,
    afternoon: Option<bool>,
}

impl Fields {
    fn read(mut self, text: &str, pieces: &[Piece]) -> Result<Reading, Fault> {
        let mut rest = text;
        for &piece in pieces {
            rest = self.piece(rest, piece).ok_or(Fault::NotInFormat)?;
        }
        let day = day_of(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok_or(Fault::NoSuchDay)?;
        if self.time.is_none() {
            let tail = time::read(rest.as_bytes()).map_err(|_| Fault::NotInFormat)?;
            let grain = match (self.month, self.day) {
                (None, _) => Grain::Year,
                (_, None) => Grain::Month,
                _ => Grain::Day,
            };
            return dated(day, grain, tail);
        }
        // An offset may follow a time.
        let tail = time::read(rest.as_bytes()).map_err(|_| Fault::NotInFormat)?;
        if tail.micros.is_some() {
            return Err(Fault::NotInFormat);
        }
        let micros = self.micros().ok_or(Fault::NotInFormat)?;
        civil(day, Tail { micros: Some(micros), ..tail })
    }

    fn piece<'a>(&mut self, rest: &'a str, piece: Piece) -> Option<&'a str> {
        match piece {
            Piece::Literal(literal) => rest.strip_prefix(literal),
            Piece::MonthName => {
                let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                self.month = Some(i64::from(words::month(&rest[..end])?));
                Some(rest[end..].strip_prefix('.').unwrap_or(&rest[end..]))
            }
            Piece::HalfDay => {
                let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                self.afternoon = match rest[..end].to_ascii_lowercase().as_str() {
                    "am" | "a" => Some(false),
                    "pm" | "p" => Some(true),
                    _ => return None,
                };
                Some(&rest[end..])
            }
            Piece::Number(field, digits) => {
                let most = if digits == 1 { 2 } else { digits };
                let found = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
                if found < digits {
                    return None;
                }
                self.set(field, rest[..found].parse().ok()?);
                Some(&rest[found..])
            }
        }
    }

    fn set(&mut self, field: Field, value: i64) {
        match field {
            Field::Year => self.year = value,
            Field::ShortYear => self.year = full_year(u16::try_from(value).unwrap_or_default(), 2),
            Field::Month => self.month = Some(value),
            Field::Day => self.day = Some(value),
            Field::Hour => self.time.get_or_insert_default()[0] = value,
            Field::Minute => self.time.get_or_insert_default()[1] = value,
            Field::Second => self.time.get_or_insert_default()[2] = value,
        }
    }

    fn micros(&self) -> Option<i64> {
        let [hour, minute, second] = self.time?;
        let hour = match self.afternoon {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
            None => hour,
        };
        let fits = hour < 24 && minute < 60 && second < 60;
        fits.then_some(((hour * 60 + minute) * 60 + second) * SECOND)
    }
}
