//! What an axis shows: the range of values, round values on it, and dates on the calendar.
//!
//! Numbers and days go in, numbers and days come out; nothing here knows of pixels or words.

use crate::model::calendar::{Day, Window};

/// A range of values that is never empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Domain {
    /// Lower end.
    pub low: f64,
    /// Upper end; above `low`.
    pub high: f64,
}

/// Values closer to each other than this part of their size are drawn as equal.
const FINEST: f64 = 1e-9;

impl Domain {
    /// Returns a range that holds all the values with some air around them.
    ///
    /// The range starts at zero where zero is near, and never crosses it only for air. Values that are no numbers
    /// are passed over; without any value the range is 0 to 1.
    #[must_use]
    pub fn around(values: impl Iterator<Item = f64>) -> Self {
        let drawn = values.filter_map(super::series::drawable);
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) = drawn.fold(none, |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return Self { low: 0.0, high: 1.0 };
        }
        let size = low.abs().max(high.abs());
        let span = high - low;
        if span <= (size * FINEST).max(1e-12) {
            let air = if size < 1e-9 { 1.0 } else { size * 0.1 };
            return Self { low: low - air, high: high + air };
        }
        let air = span * 0.06;
        let low_end = if low >= 0.0 && low < span * 0.4 { 0.0 } else { low - air };
        let high_end = if high <= 0.0 && high > span * -0.4 { 0.0 } else { high + air };
        Self { low: low_end, high: high_end }
    }

    /// Returns the range with its ends in order and apart, whatever they were.
    #[must_use]
    pub fn between(one: f64, other: f64) -> Self {
        let (one, other) = (super::series::drawable(one).unwrap_or(0.0), super::series::drawable(other).unwrap_or(1.0));
        let (low, high) = (one.min(other), one.max(other));
        if high - low > low.abs().max(high.abs()) * FINEST {
            Self { low, high }
        } else {
            Self::around([low, high].into_iter())
        }
    }
}

/// A distance between ticks: `digit` (1, 2 or 5) times ten to the `exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    digit: u8,
    exponent: i32,
}

impl Step {
    /// Returns the smallest round step of which at most `most` fit into the range.
    #[must_use]
    pub fn fitting(domain: Domain, most: u32) -> Self {
        let least = (domain.high - domain.low) / f64::from(most.max(1));
        let mut exponent = 0;
        while exponent < 30 && ten_to(exponent) < least {
            exponent += 1;
        }
        while exponent > -30 && ten_to(exponent - 1) >= least {
            exponent -= 1;
        }
        // Ten to the exponent is enough; one power below, 2 or 5 may be.
        let digits = [2, 5].into_iter().map(|digit| Self { digit, exponent: exponent - 1 });
        digits.into_iter().find(|step| step.times(1.0) >= least).unwrap_or(Self { digit: 1, exponent })
    }

    /// Returns the next larger round step.
    #[must_use]
    pub const fn wider(self) -> Self {
        match self.digit {
            1 => Self { digit: 2, exponent: self.exponent },
            2 => Self { digit: 5, exponent: self.exponent },
            _ => Self { digit: 1, exponent: self.exponent + 1 },
        }
    }

    /// Returns the multiples of the step in the range, lowest first.
    #[must_use]
    pub fn ticks(self, domain: Domain) -> Vec<f64> {
        let unit = self.times(1.0);
        // A hair of slack keeps ticks that fall on the ends.
        let first = (domain.low / unit - 1e-6).ceil();
        let last = (domain.high / unit + 1e-6).floor();
        let count = (last - first).clamp(-1.0, 20.0) as i32;
        (0..=count).map(|n| self.times(first + f64::from(n))).collect()
    }

    /// Returns a multiple; small steps are divided, not multiplied, so that 3 × 0.1 is 0.3.
    fn times(self, factor: f64) -> f64 {
        let whole = factor * f64::from(self.digit);
        if self.exponent < 0 { whole / ten_to(-self.exponent) } else { whole * ten_to(self.exponent) }
    }
}

fn ten_to(exponent: i32) -> f64 {
    let mut power = 1.0;
    for _ in 0..exponent.unsigned_abs() {
        power *= 10.0;
    }
    if exponent < 0 { 1.0 / power } else { power }
}

/// What the dates on an axis count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStep {
    /// Days.
    Days(i32),
    /// Months.
    Months(i32),
    /// Years.
    Years(i32),
}

/// Steps with their days.
const DATE_STEPS: [(DateStep, i32); 20] = [
    (DateStep::Days(1), 1),
    (DateStep::Days(2), 2),
    (DateStep::Days(7), 7),
    (DateStep::Days(14), 14),
    (DateStep::Months(1), 30),
    (DateStep::Months(3), 91),
    (DateStep::Months(6), 182),
    (DateStep::Years(1), 365),
    (DateStep::Years(2), 730),
    (DateStep::Years(5), 1_826),
    (DateStep::Years(10), 3_652),
    (DateStep::Years(20), 7_305),
    (DateStep::Years(50), 18_262),
    (DateStep::Years(100), 36_524),
    (DateStep::Years(200), 73_048),
    (DateStep::Years(500), 182_621),
    (DateStep::Years(1000), 365_242),
    (DateStep::Years(2000), 730_484),
    (DateStep::Years(5000), 1_826_211),
    (DateStep::Years(10_000), 3_652_425),
];

impl DateStep {
    /// Returns the smallest step of which at most `most` fit into the days; names of months are short, so that
    /// half as many again of them may.
    #[must_use]
    pub fn fitting(days: i32, most: i32) -> Self {
        let enough = |&&(step, length): &&(Self, i32)| {
            let most = if step == Self::Months(1) { most + most / 2 } else { most };
            days / length <= most.max(1)
        };
        DATE_STEPS.iter().find(enough).map_or(Self::Years(10_000), |&(step, _)| step)
    }

    /// Returns the days on which ticks fall, oldest first: Mondays, firsts of months, New Year's Days.
    ///
    /// Several months are counted from the month `first_month` (1 to 12), so that ticks fall where quarters begin.
    #[must_use]
    pub fn ticks(self, shown: Window, first_month: u8) -> Vec<Day> {
        let start = shown.start;
        let first = match self {
            Self::Days(7 | 14) => {
                // 1970-01-05 was a Monday.
                let length = if self == Self::Days(7) { 7 } else { 14 };
                start.plus((4 - start.number()).rem_euclid(length))
            }
            Self::Days(_) => start,
            Self::Months(months) => {
                let (_, month, day) = start.ymd();
                let begun = (i32::from(month) - i32::from(first_month)).rem_euclid(months);
                start.month_start(if begun == 0 && day == 1 { 0 } else { months - begun })
            }
            Self::Years(years) => {
                let (year, month, day) = start.ymd();
                let begun = i32::from(year).rem_euclid(years);
                let is_first = begun == 0 && month == 1 && day == 1;
                let ahead = if is_first { 0 } else { years - begun };
                start.month_start(ahead * 12 - i32::from(month) + 1)
            }
        };
        let mut ticks = Vec::new();
        let mut day = first;
        while shown.start <= day && day <= shown.end && ticks.len() < 50 {
            ticks.push(day);
            let next = self.after(day);
            if next <= day {
                break;
            }
            day = next;
        }
        ticks
    }

    fn after(self, day: Day) -> Day {
        match self {
            Self::Days(days) => day.plus(days),
            Self::Months(months) => day.month_start(months),
            Self::Years(years) => day.month_start(years * 12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(values: &[f64]) -> (f64, f64) {
        let domain = Domain::around(values.iter().copied());
        (domain.low, domain.high)
    }

    fn ticks(low: f64, high: f64, most: u32) -> Vec<f64> {
        let domain = Domain { low, high };
        Step::fitting(domain, most).ticks(domain)
    }

    fn dates(start: &str, end: &str, most: i32) -> Vec<String> {
        let day = |text| Day::parse(text).expect("a valid day");
        let shown = Window { start: day(start), end: day(end) };
        DateStep::fitting(shown.days(), most).ticks(shown, 1).iter().map(Day::to_string).collect()
    }

    #[test]
    fn ranges_hold_all_values_and_start_at_zero_where_zero_is_near() {
        assert_eq!(domain(&[8.0, 2.0]), (0.0, 8.36));
        assert_eq!(domain(&[94.0, 98.0]), (93.76, 98.24));
        assert_eq!(domain(&[-8.0, -2.0]), (-8.36, 0.0));
        assert_eq!(domain(&[-5.0, 5.0]), (-5.6, 5.6));
        assert_eq!(domain(&[]), (0.0, 1.0));
        assert_eq!(domain(&[0.0, 0.0]), (-1.0, 1.0));
        assert_eq!(domain(&[50.0]), (45.0, 55.0));
        assert_eq!(domain(&[f64::NAN, f64::INFINITY]), (0.0, 1.0));
    }

    #[test]
    fn hostile_ranges_stay_finite_and_open() {
        let hostile =
            [f64::MAX, f64::MIN, 1e308, -1e308, 1e-300, f64::MIN_POSITIVE, 7.9e28, 1e28 + 1e12, 0.0, -0.0, f64::NAN];
        for a in hostile {
            for b in hostile {
                for domain in [Domain::around([a, b].into_iter()), Domain::between(a, b)] {
                    assert!(domain.low < domain.high && (domain.high - domain.low).is_finite(), "{a} {b} {domain:?}");
                    let ticks = Step::fitting(domain, 5).ticks(domain);
                    assert!(ticks.len() <= 7, "{a} {b} {ticks:?}");
                }
            }
        }
    }

    #[test]
    fn ticks_are_one_two_and_five_times_powers_of_ten() {
        assert_eq!(ticks(0.0, 8.36, 5), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(93.76, 98.24, 5), [94.0, 95.0, 96.0, 97.0, 98.0]);
        assert_eq!(ticks(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(ticks(0.05, 0.13, 5), [0.06, 0.08, 0.1, 0.12]);
        assert_eq!(ticks(0.0, 0.3, 3), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(ticks(-5.6, 5.6, 5), [-5.0, 0.0, 5.0]);
        assert_eq!(ticks(0.0, 1_721_992.0, 5), [0.0, 500_000.0, 1_000_000.0, 1_500_000.0]);
    }

    #[test]
    fn a_wider_step_is_the_next_round_one() {
        let one = Step { digit: 1, exponent: -1 };
        assert_eq!(one.wider().times(1.0), 0.2);
        assert_eq!(one.wider().wider().wider().times(1.0), 1.0);
    }

    #[test]
    fn dates_fall_on_mondays_months_quarters_and_years() {
        assert_eq!(dates("2026-07-01", "2026-07-06", 6)[..2], ["2026-07-01", "2026-07-02"]);
        assert_eq!(dates("2026-07-01", "2026-07-31", 5), ["2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27"]);
        assert_eq!(dates("2026-07-01", "2026-10-01", 5), ["2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"]);
        assert_eq!(dates("2026-02-10", "2027-02-10", 5), ["2026-04-01", "2026-07-01", "2026-10-01", "2027-01-01"]);
        assert_eq!(
            dates("2016-11-20", "2026-11-20", 5),
            ["2018-01-01", "2020-01-01", "2022-01-01", "2024-01-01", "2026-01-01"]
        );
    }

    #[test]
    fn months_count_from_where_the_fiscal_year_begins() {
        let day = |text| Day::parse(text).expect("a valid day");
        let shown = Window { start: day("2026-01-15"), end: day("2027-01-15") };
        let ticks: Vec<u8> = DateStep::Months(3).ticks(shown, 2).iter().map(|day| day.ymd().1).collect();
        assert_eq!(ticks, [2, 5, 8, 11]);
    }

    #[test]
    fn any_days_have_a_handful_of_ticks() {
        let edges = [Day::MIN, Day::MIN.plus(1), Day::from_number(0), Day::MAX.plus(-1), Day::MAX];
        for start in edges {
            for end in edges {
                for most in [0, 1, 6] {
                    let shown = Window { start, end };
                    let ticks = DateStep::fitting(shown.days(), most).ticks(shown, 1);
                    assert!(ticks.len() <= 8, "{start} {end} {most} {ticks:?}");
                    assert!(ticks.iter().all(|day| start <= *day && *day <= end));
                }
            }
        }
    }
}
