//! Numbers, quantities, days and ages as a reader sees them.
//!
//! In: exact values. Out: strings of one language. Rounds for the eye only, and never across a target: a value
//! that missed its goal is not shown as the goal.

use std::cmp::Ordering;

use crate::model::calendar::{Day, Window};
use crate::model::ids::CycleKind;
use crate::model::quantity::{Digits, Number, Per, Quantity, TimeUnit, Unit};
use crate::model::shown::{self, Marks};

use super::text::Language;

/// Between a number and its unit, so that no line ends there.
const NO_BREAK: char = '\u{a0}';

/// Writes values in one language.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    language: Language,
    cycles: Option<CycleKind>,
}

impl Format {
    /// Returns the format of a language.
    #[must_use]
    pub const fn new(language: Language) -> Self {
        Self { language, cycles: Some(CycleKind::Quarter) }
    }

    /// Returns the same for what speaks of a cycle of some length; nothing where there are several.
    #[must_use]
    pub const fn within(self, cycles: Option<CycleKind>) -> Self {
        Self { cycles, ..self }
    }

    /// Returns the length of the cycle that is spoken of; nothing where there are several.
    #[must_use]
    pub const fn cycles(self) -> Option<CycleKind> {
        self.cycles
    }

    /// Says whether a unit of time is the cycle that is spoken of.
    #[must_use]
    pub const fn is_cycle(self, unit: TimeUnit) -> bool {
        matches!(
            (self.cycles, unit),
            (Some(_), TimeUnit::Cycle)
                | (Some(CycleKind::Year), TimeUnit::Year)
                | (Some(CycleKind::Half), TimeUnit::HalfYear)
                | (Some(CycleKind::Quarter), TimeUnit::Quarter)
                | (Some(CycleKind::Month), TimeUnit::Month)
        )
    }

    /// Returns the word for the cycle that is spoken of: `quarter`, `half-year`.
    #[must_use]
    pub const fn cycle(self) -> &'static str {
        self.language.cycle(self.cycles)
    }

    /// Returns the language.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// Returns a number with its thousands parted: `1,721,992`, `−0.5`.
    #[must_use]
    pub fn number(self, number: Number) -> String {
        let mut out = String::new();
        self.push_number(&mut out, number);
        out
    }

    /// Adds a number with its thousands parted.
    fn push_number(self, out: &mut String, number: Number) {
        self.marks().push(out, number);
    }

    const fn marks(self) -> Marks {
        let (decimal, thousands) = (self.language.decimal(), self.language.thousands());
        Marks { decimal, thousands, minus: '\u{2212}', space: NO_BREAK }
    }

    /// Returns a count of things.
    #[must_use]
    pub fn count(self, count: u64) -> String {
        self.number(Number::count(count))
    }

    /// Returns a quantity as written: `8 per quarter`, `99.95 %`, `$0.06 per transaction`.
    #[must_use]
    pub fn quantity(self, quantity: &Quantity) -> String {
        let mut out = self.amount(quantity.number, &quantity.unit);
        if let Some(per) = &quantity.per {
            out.push_str(&self.per(per));
        }
        out
    }

    /// Returns what a quantity is counted over, as it follows the number: ` per quarter`.
    #[must_use]
    pub fn per(self, per: &Per) -> String {
        match per {
            Per::Time(unit) => format!(" per {}", unit.name()),
            Per::Thing(thing) => format!(" per {thing}"),
        }
    }

    /// Returns a number with its unit: `2 h`, `14 days`, `$2.40`, `3×`.
    #[must_use]
    pub fn amount(self, number: Number, unit: &Unit) -> String {
        self.marks().amount(number, unit)
    }

    /// Returns the end of a goal: as it was written, or rounded where it was computed from measurements.
    #[must_use]
    pub fn end(self, number: Number, unit: &Unit) -> String {
        // People write few decimals; what has more was computed.
        if number.normal().places() > 4 { self.value(number, unit) } else { self.amount(number, unit) }
    }

    /// Returns a measured number with as many decimals as its neighbours need and one more, and with more where
    /// rounding would make it look like one of them.
    #[must_use]
    pub fn measured(self, number: Number, unit: &Unit, neighbours: &[Number]) -> String {
        self.amount(shown::beside(number, unit, neighbours), unit)
    }

    /// Returns a measured quantity where nothing stands beside it.
    #[must_use]
    pub fn value(self, number: Number, unit: &Unit) -> String {
        self.measured(number, unit, &[])
    }

    /// Adds a measured number with so many decimals, for columns that align on the point.
    pub fn push_aligned(self, out: &mut String, number: Number, unit: &Unit, places: u32) {
        let rounded = rounded_to(number, places).normal();
        let missing = places.saturating_sub(rounded.places());
        if missing == 0 {
            return self.marks().push_amount(out, rounded, unit);
        }
        let start = out.len();
        self.push_number(out, rounded);
        if rounded.places() == 0 {
            out.push(self.language.decimal());
        }
        out.extend(std::iter::repeat_n('0', missing as usize));
        self.marks().push_unit(out, start, rounded, unit);
    }

    /// Returns the label of a chart's number in a unit; floats are for charts only.
    #[must_use]
    pub fn charted(self, float: f64, unit: &Unit) -> String {
        let places = match float.abs() {
            100.0.. => 0,
            1.0.. => 2,
            0.1.. => 3,
            _ => 4,
        };
        match rounded(float, places).or_else(|| Number::from_float(float, places)) {
            Some(number) => self.amount(number.normal(), unit),
            None => String::new(),
        }
    }

    /// Returns a share of 1 in hundredths, rounded down: `70 %`.
    #[must_use]
    pub fn share(self, share: Number) -> String {
        match share.times(Number::whole(100)) {
            Some(hundredths) => self.amount(hundredths.floor_to(0).normal(), &Unit::Percent),
            None => self.amount(share.floor_to(0).normal(), &Unit::Factor),
        }
    }

    /// Returns a score with two decimals, rounded down: `0.66`.
    #[must_use]
    pub fn score(self, score: Number) -> String {
        let hundredths = score.floor_to(2).normal();
        let missing = match hundredths.places() {
            0 => ".00",
            1 => "0",
            _ => "",
        };
        self.number(hundredths) + missing
    }

    /// Returns a day: `20 November 2026`.
    #[must_use]
    pub fn day(self, day: Day) -> String {
        let mut out = String::with_capacity(20);
        self.push_day(&mut out, day);
        out
    }

    fn push_day(self, out: &mut String, day: Day) {
        let (year, month, date) = day.ymd();
        self.push_date(out, month, date);
        out.push(' ');
        push_int(out, i64::from(year));
    }

    /// Adds a day of a year that is told elsewhere.
    fn push_date(self, out: &mut String, month: u8, date: u8) {
        push_int(out, i64::from(date));
        out.push(NO_BREAK);
        out.push_str(self.language.month(month));
    }

    /// Returns a day where space is short: `20 Nov 2026`.
    #[must_use]
    pub fn short_day(self, day: Day) -> String {
        let mut out = String::new();
        self.push_short_day(&mut out, day);
        out
    }

    /// Adds a day where space is short.
    pub fn push_short_day(self, out: &mut String, day: Day) {
        let (year, month, date) = day.ymd();
        push_int(out, i64::from(date));
        out.push(NO_BREAK);
        out.push_str(self.language.short_month(month));
        out.push(NO_BREAK);
        push_int(out, i64::from(year));
    }

    /// Returns a day in a year that is known: `20 Nov`.
    #[must_use]
    pub fn day_of_year(self, day: Day) -> String {
        let (_, month, date) = day.ymd();
        format!("{date}{NO_BREAK}{}", self.language.short_month(month))
    }

    /// Returns a day in a year that is known, where there is room: `20 November`.
    #[must_use]
    pub fn date(self, day: Day) -> String {
        let (_, month, date) = day.ymd();
        let mut out = String::new();
        self.push_date(&mut out, month, date);
        out
    }

    /// Returns first and last day of a window: `1 July to 30 September 2026`.
    #[must_use]
    pub fn window(self, window: Window) -> String {
        let last = window.end.plus(-1).max(window.start);
        let (first_year, first_month, first_date) = window.start.ymd();
        let mut out = String::with_capacity(40);
        if first_year == last.ymd().0 {
            self.push_date(&mut out, first_month, first_date);
        } else {
            self.push_day(&mut out, window.start);
        }
        out.push(' ');
        out.push_str(self.language.to());
        out.push(' ');
        self.push_day(&mut out, last);
        out
    }

    /// Returns a number of days: `1 day`, `12 days`.
    #[must_use]
    pub fn days(self, days: i32) -> String {
        let number = self.number(Number::whole(i64::from(days)));
        format!("{number}{NO_BREAK}{}", if days == 1 { "day" } else { "days" })
    }
}

/// Returns a float rounded to so many decimals, where plain arithmetic leaves no doubt of the last one.
fn rounded(float: f64, places: u32) -> Option<Number> {
    let scaled = float * [1.0, 10.0, 100.0, 1_000.0, 10_000.0].get(usize::try_from(places).ok()?)?;
    let whole = scaled.round();
    let is_plain = scaled.abs() < 1e12 && (scaled - whole).abs() < 0.499;
    is_plain.then(|| Number::new(whole as i64, places))?
}

/// Returns the number rounded to so many decimals, half to even; whole numbers are enough for usual ones.
fn rounded_to(number: Number, places: u32) -> Number {
    let Some(dropped) = number.places().checked_sub(places).filter(|&dropped| dropped > 0) else { return number };
    let quick = || {
        let (mantissa, _) = number.parts()?;
        let unit = 10_i64.checked_pow(dropped)?;
        let (whole, rest) = (mantissa / unit, (mantissa % unit).unsigned_abs());
        let is_up = match (rest * 2).cmp(&unit.unsigned_abs()) {
            Ordering::Less => false,
            Ordering::Equal => whole % 2 != 0,
            Ordering::Greater => true,
        };
        Number::new(if is_up { whole + mantissa.signum() } else { whole }, places)
    };
    quick().unwrap_or_else(|| number.round_to(places))
}

/// The numbers below a hundred, two digits each.
const PAIRS: &str = "\
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// Adds a whole number without parting its thousands; days and years are told by few digits.
fn push_int(out: &mut String, number: i64) {
    let pair = |number: usize| &PAIRS[2 * number..2 * number + 2];
    match usize::try_from(number) {
        Ok(number @ 0..10) => out.push_str(&pair(number)[1..]),
        Ok(number @ 10..100) => out.push_str(pair(number)),
        Ok(number @ 1_000..10_000) => {
            out.push_str(pair(number / 100));
            out.push_str(pair(number % 100));
        }
        _ => out.push_str(Digits::whole(number).as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::{ByteUnit, TimeUnit};

    const EN: Format = Format::new(Language::English);

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    fn shown(text: &str, unit: Unit, per: Option<Per>) -> String {
        EN.quantity(&Quantity { number: number(text), unit, per }).replace(NO_BREAK, " ")
    }

    #[test]
    fn quantities_read_as_people_write_them() {
        let usd = Unit::Money("USD".into());
        assert_eq!(shown("8", Unit::Count, Some(Per::Time(TimeUnit::Quarter))), "8 per quarter");
        assert_eq!(shown("99.95", Unit::Percent, None), "99.95 %");
        assert_eq!(shown("2", Unit::Duration(TimeUnit::Hour), None), "2 h");
        assert_eq!(shown("1", Unit::Duration(TimeUnit::Day), None), "1 day");
        assert_eq!(shown("14", Unit::Duration(TimeUnit::WorkingDay), None), "14 working days");
        assert_eq!(shown("0.06", usd.clone(), Some(Per::Thing("transaction".into()))), "$0.06 per transaction");
        assert_eq!(shown("2.4", usd.clone(), None), "$2.40");
        assert_eq!(shown("-1721992.5", usd, None), "−$1,721,992.50");
        assert_eq!(shown("12", Unit::Money("CHF".into()), None), "CHF 12");
        assert_eq!(shown("3", Unit::Factor, None), "3×");
        assert_eq!(shown("1721992", Unit::Named("users".into()), None), "1,721,992 users");
        assert_eq!(shown("5", Unit::Bytes(ByteUnit::Mebibyte), None), "5 MiB");
        assert_eq!(shown("1", Unit::Points, None), "1 point");
    }

    #[test]
    fn a_value_is_rounded_but_never_onto_or_over_its_target() {
        let near = |value: &str, targets: &[&str]| {
            let targets: Vec<Number> = targets.iter().map(|text| number(text)).collect();
            EN.measured(number(value), &Unit::Count, &targets)
        };
        assert_eq!(near("96.8333333333", &["94", "98"]), "96.8");
        assert_eq!(near("97.96", &["94", "98"]), "97.96", "one decimal would read as the target");
        assert_eq!(near("97.99996", &["94", "98"]), "97.99996");
        assert_eq!(near("98", &["94", "98"]), "98");
        assert_eq!(near("0.0833333", &["0.12", "0.06"]), "0.083");
        assert_eq!(near("3", &["8", "2"]), "3");
        assert_eq!(near("31.0001", &["31", "25"]), "31", "beside a start a little rounding deceives nobody");
    }

    #[test]
    fn whole_numbers_round_as_decimals_do() {
        let texts =
            ["0.125", "0.135", "-0.125", "-0.135", "2.5", "-2.51", "0.004", "99.995", "7", "0.000000001", "-0.005"];
        for text in texts.into_iter().chain(["123456789012345678.125", "0.99999999999999999999"]) {
            for places in 0..4 {
                let rounded = rounded_to(number(text), places);
                assert_eq!(rounded.normal(), number(text).round_to(places).normal(), "{text} to {places}");
            }
        }
    }

    #[test]
    fn a_computed_end_of_a_goal_is_rounded_and_a_written_one_is_not() {
        let percent = |text: &str| EN.end(number(text), &Unit::Percent);
        assert_eq!(percent("99.975"), EN.amount(number("99.975"), &Unit::Percent));
        assert_eq!(percent("41.00021904"), EN.amount(number("41"), &Unit::Percent));
    }

    #[test]
    fn days_are_written_so_that_no_country_misreads_them() {
        let day = |text: &str| Day::parse(text).expect("a day");
        let window = |a: &str, b: &str| EN.window(Window { start: day(a), end: day(b) }).replace(NO_BREAK, " ");
        assert_eq!(EN.day(day("2026-11-20")).replace(NO_BREAK, " "), "20 November 2026");
        assert_eq!(window("2026-07-01", "2026-10-01"), "1 July to 30 September 2026");
        assert_eq!(window("2026-11-01", "2027-02-01"), "1 November 2026 to 31 January 2027");
        assert_eq!(EN.days(1).replace(NO_BREAK, " "), "1 day");
    }

    #[test]
    fn whole_numbers_are_written_with_all_their_digits() {
        for number in (-5..12_000).chain([i64::MIN, i64::MAX]) {
            let mut out = String::new();
            push_int(&mut out, number);
            assert_eq!(out, number.to_string());
        }
    }

    #[test]
    fn scores_and_shares_are_rounded_down() {
        assert_eq!(EN.score(number("0.6999")), "0.69");
        assert_eq!(EN.score(number("1")), "1.00");
        assert_eq!(EN.score(number("0.5")), "0.50");
        assert_eq!(EN.share(number("0.999")).replace(NO_BREAK, " "), "99 %");
    }
}
