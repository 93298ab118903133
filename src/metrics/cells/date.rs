//! Cells as dates, whatever tool wrote them.
//!
//! In: one cell, and which of day and month comes first where that is known. Out: a day, with the time and offset
//! that stand beside it, or why it isn't one. `05/06/2026` without anything that tells is refused, never guessed.
//!
//! Two-digit years 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999 (as in POSIX). A month, a quarter (of the
//! calendar year), an ISO week or a year is a period, named by its first day.

use super::civil::{Fault, Order, Reading, civil, dated, day_of};
use super::format::Format;
use super::time::{self, SECOND};
use super::tokens::{Part, Tokens};
use crate::model::calendar::Day;
use crate::model::grain::{Grain, RowGrain};

/// How a column's dates are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::metrics) struct Rules {
    /// As the book says it.
    pub(in crate::metrics) format: Option<Format>,
    /// As the column's cells tell it.
    pub(in crate::metrics) order: Option<Order>,
    /// Whether the book names the column, so that `2026` and `202607` may be dates too.
    pub(in crate::metrics) named: bool,
    /// How long a period a row speaks of, as the book says it; and of a week, as its column is called.
    pub(in crate::metrics) grain: Option<RowGrain>,
    /// Whether the book says the zone, so that `CST` needs no meaning.
    pub(in crate::metrics) zone_is_stated: bool,
}

/// Reads a cell that isn't missing.
pub(in crate::metrics) fn read(cell: &[u8], rules: &Rules) -> Result<Reading, Fault> {
    if let Some(format) = &rules.format {
        return format.read(cell);
    }
    if let Some(reading) = iso(cell, rules.zone_is_stated) {
        return reading;
    }
    if is_numeric(cell) {
        return numeric(cell, rules.named).ok_or(Fault::NotADate);
    }
    if let Some(bare) = bare(cell) {
        return read(&bare, rules);
    }
    // Every date has a number; most texts have none, and looking for months in them takes long.
    if !cell.iter().any(u8::is_ascii_digit) {
        return Err(Fault::NotADate);
    }
    let tokens = Tokens::read(cell)?;
    let tail = time::read_in(tokens.rest, rules.zone_is_stated).map_err(|fault| match fault {
        time::Fault::NotATime => Fault::NotADate,
        time::Fault::Zone => Fault::Zone,
    })?;
    let (first, grain) = tokens.with_year(tail.year).day(rules.order)?;
    dated(first, grain, tail)
}

/// Returns a cell without marks that nobody sees (of direction, without width) and without the `="…"` with which
/// spreadsheets keep it a text; nothing where it has none of them.
fn bare(cell: &[u8]) -> Option<Vec<u8>> {
    let is_formula = cell.starts_with(b"=\"");
    if !is_formula && !cell.contains(&0xe2) && !cell.contains(&0xef) {
        return None;
    }
    let text = std::str::from_utf8(cell).ok()?;
    let is_seen = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}');
    let seen: String = text.chars().filter(is_seen).collect();
    let inside = if is_formula { seen.trim_start_matches('=').trim_matches('"') } else { &seen };
    (inside.len() < text.len()).then(|| inside.as_bytes().to_vec())
}

/// Says whether a cell holds nothing but digits and at most one point, as numbers do.
pub(in crate::metrics) fn is_numeric(cell: &[u8]) -> bool {
    let points = cell.iter().filter(|&&byte| byte == b'.').count();
    points <= 1 && cell.len() > points && cell.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

/// Says whether a cell is a date, in whatever order, or would be one if its zone or year were known.
pub(in crate::metrics) fn looks_like_date(cell: &[u8]) -> bool {
    !matches!(read(cell, &Rules::default()), Err(Fault::NotADate | Fault::NoSuchDay | Fault::NotInFormat))
}

/// Reads `2026-07-01…`, `2026/07/01…` and `2026.07.01…`; nothing where the cell isn't written so.
fn iso(cell: &[u8], zone_is_stated: bool) -> Option<Result<Reading, Fault>> {
    let separator = *cell.get(4)?;
    if cell.len() < 10 || !matches!(separator, b'-' | b'/' | b'.') || cell[7] != separator {
        return None;
    }
    let year = digits(&cell[..4])?;
    let (month, day) = (digits(&cell[5..7])?, digits(&cell[8..10])?);
    let rest = &cell[10..];
    if rest.first().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let Some(day) = day_of(year, month, day) else { return Some(Err(Fault::NoSuchDay)) };
    if rest.is_empty() {
        return Some(Ok(Reading::Civil { day, micros: None, offset: None }));
    }
    Some(match time::read_in(rest, zone_is_stated) {
        Ok(tail) if tail.year.is_none() => civil(day, tail),
        Ok(_) | Err(time::Fault::NotATime) => Err(Fault::NotADate),
        Err(time::Fault::Zone) => Err(Fault::Zone),
    })
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0_i64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// Reads `20260701`, `07.2026`, Unix seconds to nanoseconds with or without decimals, and compact stamps; years and
/// months of digits with the year first only where the book names the column.
fn numeric(cell: &[u8], named: bool) -> Option<Reading> {
    let point = cell.iter().position(|&byte| byte == b'.');
    let (whole, fraction) = cell.split_at(point.unwrap_or(cell.len()));
    let number = if whole.len() <= 19 { digits(whole)? } else { return None };
    let plausible = |year: i64| (1900..=2199).contains(&year);
    let first = |year, month, day| if plausible(year) { day_of(year, month, day) } else { None };
    let date = |year, month, day| first(year, month, day).map(|day| Reading::Civil { day, micros: None, offset: None });
    let period = |day: Option<Day>, grain| day.map(|day| Reading::Period(day, grain));
    let month = match (whole.len(), fraction.len()) {
        (2, 5) => digits(&fraction[1..]).and_then(|year| period(first(year, number, 1), Grain::Month)),
        (4, 3) if named => digits(&fraction[1..]).and_then(|month| period(first(number, month, 1), Grain::Month)),
        _ => None,
    };
    if month.is_some_and(Reading::is_of_our_days) {
        return month;
    }
    if point.is_none() {
        let compact = match whole.len() {
            4 if named => period(first(number, 1, 1), Grain::Year),
            6 if named => period(first(number / 100, number % 100, 1), Grain::Month),
            8 => date(number / 10_000, number / 100 % 100, number % 100),
            12 | 14 => {
                let scale = if whole.len() == 12 { 10_000 } else { 1_000_000 };
                let time = time::read(&whole[8..]).ok()?;
                let date = number / scale;
                let day =
                    if plausible(date / 10_000) { day_of(date / 10_000, date / 100 % 100, date % 100) } else { None };
                day.and_then(|day| civil(day, time).ok())
            }
            _ => None,
        };
        if compact.is_some() {
            return compact;
        }
    }
    let unit = match whole.len() {
        9 | 10 => SECOND,
        12 | 13 => 1_000,
        16 if point.is_none() => 1,
        19 if point.is_none() => return Some(Reading::Unix(number / 1_000)),
        _ => return None,
    };
    Some(Reading::Unix(number * unit + fraction_of(fraction, unit)?))
}

/// Returns the microseconds of a fraction such as `.25` of a unit of so many microseconds.
fn fraction_of(fraction: &[u8], unit: i64) -> Option<i64> {
    let kept = &fraction[fraction.len().min(1)..fraction.len().min(7)];
    let scale = 10_i64.pow(u32::try_from(kept.len()).ok()?);
    Some(digits(kept)? * unit / scale)
}

/// Returns the three numbers of `05/06/26` or `5-6-2026`, with the digits that the last one has; nothing for dates
/// whose order is plain.
pub(in crate::metrics) fn triple(cell: &[u8]) -> Option<([u16; 3], u8)> {
    if iso(cell, false).is_some() || is_numeric(cell) {
        return None;
    }
    let bare = bare(cell);
    let tokens = Tokens::read(bare.as_deref().unwrap_or(cell)).ok()?;
    match tokens.parts() {
        &[Part::Number(a, 1 | 2), Part::Number(b, 1 | 2), Part::Number(c, length @ (2 | 4))] if !tokens.dotted => {
            Some(([a, b, c], length))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(result: Result<Reading, Fault>) -> String {
        match result {
            Err(fault) => format!("{fault:?}"),
            Ok(Reading::Unix(micros)) => format!("unix {micros}"),
            Ok(Reading::Period(first, grain)) => format!("{} of {first}", grain.name()),
            Ok(Reading::Civil { day, micros, offset }) => {
                let time = micros.map_or(String::new(), |micros| {
                    let seconds = micros / SECOND;
                    format!(" {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
                });
                format!("{day}{time}{}", offset.map_or(String::new(), |offset| format!(" {offset:+}")))
            }
        }
    }

    #[track_caller]
    fn check(rules: &Rules, cells: &[(&str, &str)]) {
        for (cell, expected) in cells {
            assert_eq!(&show(read(cell.as_bytes(), rules)), expected, "{cell:?}");
        }
    }

    #[test]
    fn dates_are_read_as_tools_write_them() {
        check(
            &Rules::default(),
            &[
                ("2026-07-01", "2026-07-01"),
                ("2026/07/01 14:30", "2026-07-01 14:30:00"),
                ("2026.07.01", "2026-07-01"),
                ("2026-07-01T14:30:05Z", "2026-07-01 14:30:05 +0"),
                ("2026-07-01 00:00:00+00", "2026-07-01 00:00:00 +0"),
                ("2026-07-01T00:00:00.000+0000", "2026-07-01 00:00:00 +0"),
                ("2026-07-01 00:00:00 UTC", "2026-07-01 00:00:00 +0"),
                ("2018-12-12T12:00:00+11:00", "2018-12-12 12:00:00 +39600"),
                ("2026-07-01Z", "2026-07-01"),
                ("2026-07-01T24:00:00", "2026-07-02 00:00:00"),
                ("2026-7-1", "2026-07-01"),
                ("20260701", "2026-07-01"),
                ("20260701T143005Z", "2026-07-01 14:30:05 +0"),
                ("20260701143005", "2026-07-01 14:30:05"),
                ("1473180630", "unix 1473180630000000"),
                ("1473180630.0", "unix 1473180630000000"),
                ("1473180630.25", "unix 1473180630250000"),
                ("1473180630250", "unix 1473180630250000"),
                ("1473180630250000", "unix 1473180630250000"),
                ("1473180630250000000", "unix 1473180630250000"),
                ("Jan 1 2000", "2000-01-01"),
                ("1 Jan 2000", "2000-01-01"),
                ("January 2000", "month of 2000-01-01"),
                ("Jul 1, 2026, 12:00 AM", "2026-07-01 00:00:00"),
                ("July 1st, 2026 at 2:30 PM", "2026-07-01 14:30:00"),
                ("01-Jul-2026", "2026-07-01"),
                ("01/Jul/26 9:30 AM", "2026-07-01 09:30:00"),
                ("01/Jul/2026:14:30:05 +0000", "2026-07-01 14:30:05 +0"),
                ("Jul-26", "month of 2026-07-01"),
                ("Wed, 01 Jul 2026 00:00:00 GMT", "2026-07-01 00:00:00 +0"),
                ("Wed Jul  1 14:30:05 UTC 2026", "2026-07-01 14:30:05 +0"),
                ("Wed Jul 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time)", "2026-07-01 00:00:00 +0"),
                ("1.7.2026", "2026-07-01"),
                ("01.07.26 14:30", "2026-07-01 14:30:00"),
                ("1. Juli 2026", "2026-07-01"),
                ("1 juil. 2026", "2026-07-01"),
                ("3/27/18", "2018-03-27"),
                ("27/3/18", "2018-03-27"),
                ("5/5/2026", "2026-05-05"),
                ("2026-07", "month of 2026-07-01"),
                ("07/2026", "month of 2026-07-01"),
                ("2026-Q3", "quarter of 2026-07-01"),
                ("Q3 2026", "quarter of 2026-07-01"),
                ("2026M07", "month of 2026-07-01"),
                ("2026-M7", "month of 2026-07-01"),
                ("07.2026", "month of 2026-07-01"),
                ("T3 2026", "quarter of 2026-07-01"),
                ("2026-T3", "quarter of 2026-07-01"),
                ("2026-W27", "week of 2026-06-29"),
                ("2026W271", "2026-06-29"),
                ("2026-W27-3", "2026-07-01"),
                ("KW 27/2026", "week of 2026-06-29"),
                ("2026-182", "2026-07-01"),
                ("1/1/69 ", "1969-01-01"),
                ("1/1/68", "2068-01-01"),
            ],
        );
    }

    #[test]
    fn dates_are_read_in_other_languages_and_behind_guards() {
        check(
            &Rules::default(),
            &[
                ("1er juillet 2026", "2026-07-01"),
                ("1 июля 2026 г.", "2026-07-01"),
                ("2026年7月1日", "2026-07-01"),
                ("2026년 7월 1일", "2026-07-01"),
                ("\u{200e}7\u{200e}/\u{200e}13\u{200e}/\u{200e}2026", "2026-07-13"),
                ("=\"2026-07-01\"", "2026-07-01"),
            ],
        );
    }

    #[test]
    fn what_is_no_date_is_refused_for_its_reason() {
        check(
            &Rules::default(),
            &[
                ("2026-02-30", "NoSuchDay"),
                ("2026-13-01", "NoSuchDay"),
                ("31/31/2026", "NoSuchDay"),
                ("2026-W54", "NoSuchDay"),
                ("Q5 2026", "NoSuchDay"),
                ("2026-366", "NoSuchDay"),
                ("05/06/2026", "Ambiguous"),
                ("5-6-26", "Ambiguous"),
                ("Jul 1", "NoYear"),
                ("1-Jul", "NoYear"),
                ("2026-07-01 10:00 IST", "Zone"),
                ("2026-07-01 10:00 Europe/Berlin", "Zone"),
                ("Market 12", "NotADate"),
                ("Total", "NotADate"),
                ("12:30", "NotADate"),
                ("2026-07-01 and more", "NotADate"),
                ("12", "NotADate"),
                ("2026", "NotADate"),
                ("123.45", "NotADate"),
                ("1234.05", "NotADate"),
                ("2026.07", "NotADate"),
                ("13.2026", "NotADate"),
                ("07.2126", "NotADate"),
                ("2026M13", "NoSuchDay"),
                ("M7", "NotADate"),
                ("P1", "NotADate"),
                ("1.2.3", "NotADate"),
                ("10.0.0.1", "NotADate"),
                ("0000-00-00", "NoSuchDay"),
                ("99999999", "NotADate"),
                ("2026-07-01T99:00", "NotADate"),
                ("//", "NotADate"),
                ("\u{2028}", "NotADate"),
            ],
        );
    }

    #[test]
    fn the_order_of_other_cells_settles_what_one_cell_leaves_open() {
        let order = |order| Rules { order: Some(order), ..Rules::default() };
        check(&order(Order::MonthDay), &[("05/06/2026", "2026-05-06"), ("13/06/2026", "Contradiction")]);
        check(&order(Order::DayMonth), &[("05/06/2026", "2026-06-05"), ("06/13/2026", "Contradiction")]);
        check(&order(Order::YearMonthDay), &[("26/07/01", "2026-07-01"), ("5/6/2026", "Contradiction")]);
        check(&order(Order::MonthDay), &[("1.7.2026", "2026-07-01")]);
    }

    #[test]
    fn years_and_months_of_digits_are_dates_only_in_a_named_column() {
        let named = Rules { named: true, ..Rules::default() };
        check(
            &named,
            &[
                ("2026", "year of 2026-01-01"),
                ("202607", "month of 2026-07-01"),
                ("2026.07", "month of 2026-07-01"),
                ("2026.13", "NotADate"),
                ("12", "NotADate"),
                ("202613", "NotADate"),
            ],
        );
    }

    #[test]
    fn a_zone_that_the_book_states_needs_no_meaning_in_the_cell() {
        let stated = Rules { zone_is_stated: true, ..Rules::default() };
        check(
            &stated,
            &[
                ("2026-07-01 10:00 CST", "2026-07-01 10:00:00"),
                ("7/13/2026 10:00 AM CST", "2026-07-13 10:00:00"),
                ("2026-07-01 10:00 America/New_York", "2026-07-01 10:00:00"),
                ("2026-07-01 10:00 UTC", "2026-07-01 10:00:00 +0"),
                ("2026-07-01 CST", "NotADate"),
                ("2026-07-01 10:00 later", "NotADate"),
            ],
        );
    }

    #[test]
    fn a_stated_format_is_the_only_one() {
        let format = |text: &str| Rules { format: Some(Format::new(text).expect("a format")), ..Rules::default() };
        check(&format("M/D/YY"), &[("5/6/26", "2026-05-06"), ("13/6/26", "NoSuchDay"), ("2026-05-06", "NotInFormat")]);
        check(
            &format("DD.MM.YYYY hh:mm"),
            &[("05.06.2026 14:30", "2026-06-05 14:30:00"), ("5.6.2026 1:00", "NotInFormat")],
        );
        check(
            &format("D/M/YYYY"),
            &[("5/6/2026 14:30:05+02:00", "2026-06-05 14:30:05 +7200"), ("5/6/2026x", "NotInFormat")],
        );
        check(&format("MM/DD/YYYY hh:mm:ss A"), &[("05/06/2026 02:30:05 PM", "2026-05-06 14:30:05")]);
        check(&format("YYYYMMDD"), &[("20260701", "2026-07-01")]);
        check(&format("D MMM YYYY"), &[("5 juin 2026", "2026-06-05")]);
        check(&format("YYYY-MM"), &[("2026-07", "month of 2026-07-01")]);
        check(
            &format("unix"),
            &[("5", "unix 5000000"), ("1.5", "unix 1500000"), ("-1", "unix -1000000"), ("x", "NotInFormat")],
        );
        check(&format("unix-ms"), &[("1473180630250", "unix 1473180630250000")]);
        check(&format("excel"), &[("46204", "2026-07-01"), ("46204.75", "2026-07-01 18:00:00"), ("x", "NotInFormat")]);
        for bad in ["", "M/D", "YYYY YYYY", "DD YYYY", "hello", "%d/%m/%Y", "QQ YYYY"] {
            assert_eq!(Format::new(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_undecided_numbers_count_as_evidence_for_an_order() {
        assert_eq!(triple(b"05/06/26"), Some(([5, 6, 26], 2)));
        assert_eq!(triple(b"5-6-2026 10:00"), Some(([5, 6, 2026], 4)));
        for cell in ["5.6.2026", "2026-05-06", "5 Jun 2026", "x", "20260506"] {
            assert_eq!(triple(cell.as_bytes()), None, "{cell}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, text in "[-0-9/.: TZQWJanulPM+,]{0,30}", format in "[YMDhms/. :A-]{0,12}") {
            for named in [true, false] {
                for order in [None, Some(Order::MonthDay), Some(Order::DayMonth), Some(Order::YearMonthDay)] {
                    let rules = Rules { order, named, zone_is_stated: named, ..Rules::default() };
                    let _ = read(&bytes, &rules);
                    let _ = read(text.as_bytes(), &rules);
                }
            }
            let _ = triple(text.as_bytes());
            if let Some(format) = Format::new(&format) {
                let _ = format.read(text.as_bytes());
                let _ = format.read(&bytes);
            }
        }

        #[test]
        fn iso_days_come_back(number in Day::MIN.number()..=Day::MAX.number()) {
            let day = Day::from_number(number);
            proptest::prop_assert_eq!(show(read(day.to_string().as_bytes(), &Rules::default())), day.to_string());
        }
    }
}
