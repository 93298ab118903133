//! What follows a date in a cell: time of day, offset, the year of a `ctime` stamp.
//!
//! In: the bytes behind the date. Out: microseconds of the day and seconds of offset, where they are written.

use super::words;
use crate::model::zone::parse_offset;

/// Microseconds in a second.
pub(in crate::metrics) const SECOND: i64 = 1_000_000;

/// Microseconds in a day.
pub(in crate::metrics) const DAY: i64 = 86_400 * SECOND;

/// What follows a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::metrics) struct Tail {
    /// Microseconds of the day; up to and including a whole day, for `24:00`.
    pub(in crate::metrics) micros: Option<i64>,
    /// Seconds ahead of UTC.
    pub(in crate::metrics) offset: Option<i32>,
    /// A year that stands behind the time: `Wed Jul 1 00:00:00 UTC 2026`.
    pub(in crate::metrics) year: Option<i16>,
}

/// Why bytes are no such thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Fault {
    /// It isn't a time of day.
    NotATime,
    /// The zone's abbreviation isn't known or has several meanings.
    Zone,
}

/// Reads what follows a date.
pub(in crate::metrics) fn read(bytes: &[u8]) -> Result<Tail, Fault> {
    read_in(bytes, false)
}

/// Reads what follows a date; where the book says its zone, a zone's name that has no single meaning is passed over.
pub(in crate::metrics) fn read_in(bytes: &[u8], zone_is_stated: bool) -> Result<Tail, Fault> {
    if let Some(tail) = read_plain(bytes) {
        return Ok(tail);
    }
    let mut cursor = Cursor(bytes);
    cursor.skip(|byte| matches!(byte, b' ' | b'T' | b't' | b',' | b'_') || byte >= 0x80);
    cursor.skip(|byte| byte == b':' || byte == b' ');
    let mut tail = Tail::default();
    if cursor.0.is_empty() {
        return Ok(tail);
    }
    if cursor.0[0].is_ascii_digit() {
        tail.micros = Some(time(&mut cursor)?);
    }
    cursor.spaces();
    zone(&mut cursor, &mut tail, zone_is_stated)?;
    cursor.spaces();
    if let Some((year, 4)) = cursor.number(4) {
        tail.year = i16::try_from(year).ok();
    }
    cursor.spaces();
    if tail.offset.is_some() {
        // Go repeats the zone behind the offset: `+0000 UTC`.
        cursor.word();
    }
    // A remark or a zone's name behind the offset: `(Coordinated Universal Time)`, `[Europe/Berlin]`.
    let remark = tail.offset.is_some() && matches!(cursor.0, [b'(', .., b')'] | [b'[', .., b']']);
    if cursor.0.is_empty() || remark { Ok(tail) } else { Err(Fault::NotATime) }
}

/// Reads `T14:30:05` and `T14:30:05Z` without any detour.
fn read_plain(bytes: &[u8]) -> Option<Tail> {
    let (&[b'T' | b' ', h1, h2, b':', m1, m2, b':', s1, s2], rest) = bytes.split_first_chunk::<9>()? else {
        return None;
    };
    let two = |tens: u8, ones: u8| {
        let both = tens.is_ascii_digit() && ones.is_ascii_digit();
        both.then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
    };
    let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
    let offset = match rest {
        [] => None,
        [b'Z'] => Some(0),
        _ => return None,
    };
    let micros = ((hour * 60 + minute) * 60 + second) * SECOND;
    (hour < 24 && minute < 60 && second < 60).then_some(Tail { micros: Some(micros), offset, year: None })
}

/// Reads bytes from the front.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn skip(&mut self, skips: impl Fn(u8) -> bool) {
        while self.0.first().is_some_and(|&byte| skips(byte)) {
            self.0 = &self.0[1..];
        }
    }

    fn spaces(&mut self) {
        // Spreadsheets put narrow no-break spaces before AM and PM; all bytes of such spaces are above ASCII.
        self.skip(|byte| byte == b' ' || byte >= 0x80);
    }

    fn eat(&mut self, wanted: &[u8]) -> bool {
        let fits = self.0.first().is_some_and(|byte| wanted.contains(byte));
        if fits {
            self.0 = &self.0[1..];
        }
        fits
    }

    /// Reads up to `most` digits; returns the number and how many digits it had.
    fn number(&mut self, most: usize) -> Option<(i64, usize)> {
        let digits = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        let number = self.0[..digits].iter().fold(0_i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
        self.0 = &self.0[digits..];
        (digits > 0).then_some((number, digits))
    }

    fn word(&mut self) -> &'a str {
        let letters = self.0.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.0.split_at(letters);
        self.0 = rest;
        std::str::from_utf8(word).unwrap_or_default()
    }
}

/// Reads `14:30:00.250`, `1430`, `143000`, `14`, `2:30 PM`, `14h30`.
fn time(cursor: &mut Cursor<'_>) -> Result<i64, Fault> {
    let (first, digits) = cursor.number(6).ok_or(Fault::NotATime)?;
    let (mut hour, mut minute, mut second) = match digits {
        1 | 2 => (first, 0, 0),
        4 => (first / 100, first % 100, 0),
        6 => (first / 10_000, first / 100 % 100, first % 100),
        _ => return Err(Fault::NotATime),
    };
    if digits <= 2 && cursor.eat(b":h.") {
        minute = match cursor.number(2) {
            Some((minute, 2)) => minute,
            _ => return Err(Fault::NotATime),
        };
        if cursor.eat(b":.") {
            second = cursor.number(2).ok_or(Fault::NotATime)?.0;
        }
    }
    let mut micros = 0;
    if cursor.eat(b".,") {
        let (fraction, digits) = cursor.number(6).ok_or(Fault::NotATime)?;
        micros = fraction * 10_i64.pow(u32::try_from(6 - digits).unwrap_or_default());
        cursor.skip(|byte| byte.is_ascii_digit());
    }
    cursor.spaces();
    if let Some(afternoon) = half_day(cursor) {
        if !(1..=12).contains(&hour) {
            return Err(Fault::NotATime);
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    // A leap second counts as the second before it.
    let second = if second == 60 { 59 } else { second };
    let fits = minute < 60 && second < 60 && (hour < 24 || (hour == 24 && minute == 0 && second == 0 && micros == 0));
    if fits { Ok(((hour * 60 + minute) * 60 + second) * SECOND + micros) } else { Err(Fault::NotATime) }
}

/// Reads `AM`, `pm`, `a.m.`; true for the afternoon.
fn half_day(cursor: &mut Cursor<'_>) -> Option<bool> {
    let (first, rest) = cursor.0.split_first()?;
    let afternoon = match first.to_ascii_lowercase() {
        b'a' => false,
        b'p' => true,
        _ => return None,
    };
    let mut after = Cursor(rest);
    after.eat(b".");
    after.spaces();
    if !after.eat(b"mM") || after.0.first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    after.eat(b".");
    *cursor = after;
    Some(afternoon)
}

fn zone(cursor: &mut Cursor<'_>, tail: &mut Tail, is_stated: bool) -> Result<(), Fault> {
    let word = cursor.word();
    // The whole name of a zone: `Europe/Berlin`.
    let has_place = !word.is_empty() && cursor.0.starts_with(b"/");
    if has_place {
        cursor.skip(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'_'));
    }
    if !word.is_empty() {
        let like_a_zone = has_place || (word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
        let fault = if like_a_zone && tail.micros.is_some() { Fault::Zone } else { Fault::NotATime };
        tail.offset = match words::zone(word).filter(|_| !has_place) {
            None if is_stated && fault == Fault::Zone => None,
            offset => Some(offset.ok_or(fault)?),
        };
    }
    let sign = matches!(cursor.0, [b'+' | b'-', digit, ..] if digit.is_ascii_digit());
    if sign {
        let length = cursor.0[1..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b':').count();
        let (text, rest) = cursor.0.split_at(length + 1);
        cursor.0 = rest;
        let text = std::str::from_utf8(text).map_err(|_| Fault::NotATime)?;
        // PostgreSQL writes `+00`, ISO 8601 `+00:00`, some `+0` or `+00:00:00`.
        let padded = if text.len() == 2 { format!("{}0{}", &text[..1], &text[1..]) } else { text.to_owned() };
        let offset = parse_offset(padded.strip_suffix(":00").filter(|rest| rest.len() == 6).unwrap_or(&padded));
        tail.offset = Some(tail.offset.unwrap_or(0) + offset.ok_or(Fault::NotATime)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, millis: Option<i64>, offset: Option<i32>) {
        let tail = read(text.as_bytes());
        assert_eq!(tail.map(|tail| (tail.micros, tail.offset)), Ok((millis.map(|ms| ms * 1000), offset)), "{text:?}");
    }

    #[test]
    fn times_are_read_as_tools_write_them() {
        check("", None, None);
        check("Z", None, Some(0));
        check("T14:30:05", Some(52_205_000), None);
        check(" 14:30", Some(52_200_000), None);
        check("T14", Some(50_400_000), None);
        check("T143005Z", Some(52_205_000), Some(0));
        check("T14:30:05Z", Some(52_205_000), Some(0));
        check("T14:30:05.250+02:00", Some(52_205_250), Some(7200));
        check("T14:30:05,25+0000", Some(52_205_250), Some(0));
        check(" 14:30:05.123000000+00", Some(52_205_123), Some(0));
        check(" 00:00:00 UTC", Some(0), Some(0));
        check(" 00:00:00 GMT+0100 (Central European Time)", Some(0), Some(3600));
        check(" 00:00:00 +0000 UTC", Some(0), Some(0));
        check("T00:00+01:00[Europe/Berlin]", Some(0), Some(3600));
        check(", 12:00 AM", Some(0), None);
        check(" 12:30 PM", Some(45_000_000), None);
        check(" 1:05:09 p.m.", Some(47_109_000), None);
        check(" 1:05\u{202f}PM", Some(47_100_000), None);
        check(" 9 AM", Some(32_400_000), None);
        check("T24:00:00", Some(86_400_000), None);
        check("T23:59:60Z", Some(86_399_000), Some(0));
        check(" 10:00 EST", Some(36_000_000), Some(-18_000));
        assert_eq!(read(b" 00:00:00 UTC 2026").map(|tail| tail.year), Ok(Some(2026)));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in
            ["x", " 25:00", " 12:60", " 123:00", "T14:30:05 and more", " 13:00 PM", " 0:30 AM", "T24:00:01", "+99:00"]
        {
            let refused = read(text.as_bytes());
            assert!(refused.is_err(), "{text:?}: {refused:?}");
        }
        assert_eq!(read(b" 10:00 IST"), Err(Fault::Zone));
    }
}
