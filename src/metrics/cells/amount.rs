//! Cells with units: `950 ms`, `1h 30m`, `01:32:10`, `PT36M`, `3.2 GiB`, `1.2K`.
//!
//! In: a cell that is no bare number, and what its metric counts in. Out: the number, counted in that. Nothing is
//! guessed: `45:00` may be minutes or hours, and a metric that doesn't count time has no use for `5 min`.

use super::number::{self, Decimals};
use crate::model::quantity::{ByteUnit, Number, TimeUnit, Unit};
use crate::sentence;

/// What a metric counts in, as far as cells with units convert into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Scale {
    /// Time.
    Time(TimeUnit),
    /// Information.
    Bytes(ByteUnit),
    /// Things or money: `1.2K` is a thousand and two hundred of them.
    Plain,
    /// Shares and points, of which only bare numbers are read.
    Bare,
}

/// One scale of each kind whose units cells may have.
pub(in crate::metrics) const SCALES: [Scale; 2] = [Scale::Time(TimeUnit::Second), Scale::Bytes(ByteUnit::Megabyte)];

impl Scale {
    /// Returns what a unit counts in.
    pub(in crate::metrics) const fn of(unit: Option<&Unit>) -> Self {
        match unit {
            Some(Unit::Duration(unit)) => Self::Time(*unit),
            Some(Unit::Bytes(unit)) => Self::Bytes(*unit),
            None | Some(Unit::Count | Unit::Money(_) | Unit::Named(_)) => Self::Plain,
            Some(Unit::Percent | Unit::Points | Unit::Factor) => Self::Bare,
        }
    }
}

/// Returns the number in a cell with units, counted in the metric's.
pub(in crate::metrics) fn read(cell: &[u8], decimals: Decimals, scale: Scale) -> Option<Number> {
    let text = std::str::from_utf8(cell).ok()?.trim();
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == 'P') {
        return None;
    }
    let number = match scale {
        Scale::Time(unit) => time(text, decimals, unit),
        Scale::Bytes(unit) => bytes(text, decimals, unit),
        Scale::Plain => shortened(text, decimals),
        Scale::Bare => None,
    }?;
    Some(if negative { number.negated() } else { number })
}

/// Says what would let a cell be read, where it is nearly an amount.
pub(in crate::metrics) fn help(cell: &[u8], scale: Scale) -> Option<String> {
    let text = String::from_utf8_lossy(cell);
    let text = text.trim();
    let is_clock = text.split(':').count() == 2 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    if is_clock {
        return Some(format!("write it with its hours, `0:{text}` or `{text}:00`, or with units, `45 min`"));
    }
    let reads = |other: &Scale| scale != Scale::Bare && read(cell, Decimals::Point, *other).is_some();
    let sign = match SCALES.into_iter().find(reads)? {
        Scale::Bytes(unit) => unit.name(),
        _ => TimeUnit::Second.sign(),
    };
    Some(format!("say what the metric counts in, as in `unit: {sign}`"))
}

fn time(text: &str, decimals: Decimals, unit: TimeUnit) -> Option<Number> {
    if let Some(parts) = text.strip_prefix('P') {
        return iso(parts, unit);
    }
    let mut sum = Number::ZERO;
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(clock) = clock(rest, decimals, unit) {
            return sum.plus(clock);
        }
        let (number, word, after) = part(rest, decimals)?;
        sum = sum.plus(counted(number, time_word(word)?, unit)?)?;
        rest = after.trim_start_matches([' ', ',']);
    }
    Some(sum)
}

/// Reads `01:32:10` and `1:32:10.5`: hours, minutes, seconds.
fn clock(text: &str, decimals: Decimals, unit: TimeUnit) -> Option<Number> {
    let mut parts = text.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let is_pair = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let second_digits = seconds.bytes().take_while(u8::is_ascii_digit).count();
    if parts.next().is_some()
        || hours.is_empty()
        || !hours.bytes().all(|byte| byte.is_ascii_digit())
        || !is_pair(minutes)
        || second_digits != 2
        || minutes >= "60"
        || seconds >= "60"
    {
        return None;
    }
    let hours = counted(Number::parse(hours)?, TimeUnit::Hour, unit)?;
    let minutes = counted(Number::parse(minutes)?, TimeUnit::Minute, unit)?;
    let seconds = counted(value(seconds, decimals)?, TimeUnit::Second, unit)?;
    hours.plus(minutes)?.plus(seconds)
}

/// Reads what follows the `P` of an ISO 8601 duration: `T36M`, `1DT2H`, `2W`.
fn iso(text: &str, unit: TimeUnit) -> Option<Number> {
    let (days, times) = text.split_once('T').unwrap_or((text, ""));
    let mut sum = None;
    for (half, units) in [
        (days, [("Y", TimeUnit::Year), ("M", TimeUnit::Month), ("W", TimeUnit::Week), ("D", TimeUnit::Day)].as_slice()),
        (times, [("H", TimeUnit::Hour), ("M", TimeUnit::Minute), ("S", TimeUnit::Second)].as_slice()),
    ] {
        let mut rest = half;
        while !rest.is_empty() {
            let (number, word, after) = part(rest, Decimals::Point)?;
            let &(_, of) = units.iter().find(|(letter, _)| *letter == word)?;
            sum = Some(sum.unwrap_or(Number::ZERO).plus(counted(number, of, unit)?)?);
            rest = after;
        }
    }
    sum
}

fn bytes(text: &str, decimals: Decimals, unit: ByteUnit) -> Option<Number> {
    let (number, word, "") = part(text, decimals)? else { return None };
    match sentence::unit(word)? {
        own @ Unit::Bytes(_) => own.convert(number, &Unit::Bytes(unit)),
        _ => None,
    }
}

/// Reads numbers that are shortened for people: `1.2K`, `3.4 Mil`, `2 Mrd`.
fn shortened(text: &str, decimals: Decimals) -> Option<Number> {
    let (number, word, "") = part(text, decimals)? else { return None };
    let factor = match word {
        "k" | "K" | "Tsd" => 1_000,
        "M" | "Mio" | "Mil" | "mil" | "mn" | "Mn" => 1_000_000,
        "B" | "Bn" | "bn" | "Bil" | "Mrd" => 1_000_000_000,
        _ => return None,
    };
    number.times(Number::whole(factor))
}

/// Returns the number and the word with which a text begins, and what follows.
fn part(text: &str, decimals: Decimals) -> Option<(Number, &str, &str)> {
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))?;
    let (number, rest) = text.split_at(digits);
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (word, after) = rest.split_at(letters);
    // A point may close an abbreviation: `5 min.`, `2 Mio.`
    let after = after.strip_prefix('.').filter(|after| after.is_empty()).unwrap_or(after);
    (!word.is_empty()).then_some((value(number, decimals)?, word, after))
}

fn value(text: &str, decimals: Decimals) -> Option<Number> {
    number::read(text.as_bytes(), decimals).ok().flatten()
}

/// Returns a unit of time by its word; here, unlike in sentences, `m` can only be minutes.
fn time_word(word: &str) -> Option<TimeUnit> {
    match sentence::unit(if word == "m" { "min" } else { word })? {
        Unit::Duration(unit) => Some(unit),
        _ => None,
    }
}

fn counted(number: Number, of: TimeUnit, unit: TimeUnit) -> Option<Number> {
    Unit::Duration(of).convert(number, &Unit::Duration(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: Decimals = Decimals::Point;

    #[track_caller]
    fn check(scale: Scale, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let shown =
                read(text.as_bytes(), POINT, scale).map_or_else(|| "none".to_owned(), |n| n.normal().to_string());
            assert_eq!(shown, *expected, "{text:?}");
        }
    }

    #[test]
    fn durations_are_counted_in_the_metric_s_unit() {
        check(
            Scale::Time(TimeUnit::Second),
            &[("950 ms", "0.95"), ("1.8 s", "1.8"), ("2 min", "120"), ("2m30s", "150"), ("-1.5 h", "-5400")],
        );
        check(
            Scale::Time(TimeUnit::Minute),
            &[
                ("01:32:30", "92.5"),
                ("0:45:00", "45"),
                ("100:00:30", "6000.5"),
                ("1h 30m", "90"),
                ("1 day, 2:03:00", "1563"),
                ("2 hours, 5 minutes", "125"),
                ("PT36M", "36"),
                ("P1DT2H30M", "1590"),
                ("5 min.", "5"),
            ],
        );
        check(Scale::Time(TimeUnit::Day), &[("3 weeks", "21"), ("36 hours", "1.5")]);
    }

    #[test]
    fn sizes_and_shortened_numbers_are_read() {
        check(Scale::Bytes(ByteUnit::Gibibyte), &[("512 MiB", "0.5"), ("3.2 GiB", "3.2"), ("3.2", "none")]);
        check(Scale::Plain, &[("1.2K", "1200"), ("3.4 Mil", "3400000"), ("2 Mrd.", "2000000000"), ("1.5M", "1500000")]);
    }

    #[test]
    fn what_may_mean_several_things_is_refused() {
        check(
            Scale::Time(TimeUnit::Minute),
            &[
                ("45:00", "none"),
                ("1:75:00", "none"),
                ("1:30:75", "none"),
                ("2 months", "none"),
                ("5 GB", "none"),
                ("5", "none"),
                ("min", "none"),
                ("P", "none"),
                ("PT", "none"),
                ("5 min ago", "none"),
            ],
        );
        check(Scale::Plain, &[("5 min", "none"), ("1.2G", "none"), ("K", "none")]);
        check(Scale::Bare, &[("5K", "none"), ("5 points", "none")]);
    }

    #[test]
    fn help_says_what_is_missing() {
        let said = |text: &str, scale| help(text.as_bytes(), scale).unwrap_or_default();
        assert!(said("45:00", Scale::Time(TimeUnit::Minute)).contains("`0:45:00` or `45:00:00`"));
        assert!(said("5 min", Scale::Plain).contains("`unit: s`"));
        assert!(said("5 MiB", Scale::Plain).contains("`unit: MB`"));
        assert_eq!(said("five", Scale::Plain), "");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[-0-9.,:PTHMSDW smhdkKMGiBµé]{0,24}", bytes: Vec<u8>) {
            for scale in [Scale::Time(TimeUnit::Hour), Scale::Bytes(ByteUnit::Byte), Scale::Plain, Scale::Bare] {
                for decimals in [Decimals::Point, Decimals::Comma, Decimals::Unknown { point_is_safe: false }] {
                    let _ = read(text.as_bytes(), decimals, scale);
                    let _ = read(&bytes, decimals, scale);
                }
                let _ = help(&bytes, scale);
            }
        }
    }
}
