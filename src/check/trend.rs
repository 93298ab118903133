//! Statistics of noisy series: robust trends and forecasts, and how far values spread.
//!
//! In: days with values. Out: medians by week, forecasts with a band, spreads; nothing where there is too little.
//! Floats, with + − × ÷ and `sqrt` only, so that every machine gets the same bits. Judges no key result.
//!
//! Weeks are medians of their days, which takes weekday patterns away. The trend is the Theil–Sen line (see
//! `score::trend`). Spread is the median absolute deviation × 1.4826, which for normal noise estimates the standard
//! deviation (Rousseeuw and Croux 1993, "Alternatives to the median absolute deviation").

use crate::model::calendar::Day;
use crate::score::trend::{line, median};

/// Makes the median absolute deviation of normal noise its standard deviation.
const CONSISTENT: f64 = 1.4826;
/// How many spreads of a month's change the band of a forecast is wide. Half a year of a random walk shows trends by
/// chance; with this band less than one in a hundred of them leads anywhere.
const BAND: f64 = 3.0;
/// Weeks over which a drift is measured: over so many, jitter counts less than it does from week to week.
const MONTH: f64 = 4.0;

/// Values by week.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Weeks {
    /// Days from the end to the middle of each week, ascending, below 0.
    pub(super) times: Vec<f64>,
    /// The median of each week's values.
    pub(super) values: Vec<f64>,
}

/// Where a trend leads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Forecast {
    /// Change per week.
    pub(super) per_week: f64,
    /// The trend's value at the end of the weeks.
    pub(super) level: f64,
    /// The trend's value as many days later as were asked for.
    pub(super) value: f64,
    /// How far the value may drift from the trend until then.
    pub(super) band: f64,
}

impl Weeks {
    /// Returns the medians of the weeks before `end`, counted back from it; `points` must ascend.
    pub(super) fn before(end: Day, points: &[(Day, f64)]) -> Self {
        let mut weeks = Self::default();
        let week_of = |day: Day| (end.since(day) - 1).div_euclid(7);
        let finite: Vec<(Day, f64)> =
            points.iter().copied().filter(|pair| pair.0 < end && pair.1.is_finite()).collect();
        for run in finite.chunk_by(|a, b| week_of(a.0) == week_of(b.0)) {
            if let (Some(first), Some(value)) = (run.first(), median(run.iter().map(|pair| pair.1))) {
                weeks.times.push(-f64::from(week_of(first.0)) * 7.0 - 3.5);
                weeks.values.push(value);
            }
        }
        weeks
    }

    /// Returns how many weeks have values.
    pub(super) const fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns where the trend leads in `days` days after the end.
    ///
    /// The band is that of a random walk: 3 × the spread of the changes over four weeks around the trend × the root of
    /// the months ahead (of four weeks each), and at least 3 × the spread around the trend. A series that only jitters
    /// around its trend drifts less, so that the band is on the safe side for it, and one that wanders is not taken for
    /// one with a trend.
    pub(super) fn forecast(&self, days: f64) -> Option<Forecast> {
        let line = line(&self.times, &self.values)?;
        let later = |place: usize| {
            let time = self.times[place] + 7.0 * MONTH;
            let ahead = self.times[place..].iter().position(|&other| other == time)?;
            Some(self.values[place + ahead] - self.values[place] - line.slope * 7.0 * MONTH)
        };
        let off_trend: Vec<f64> = (0..self.times.len()).filter_map(later).collect();
        let around =
            self.times.iter().zip(&self.values).map(|(time, value)| value - line.intercept - line.slope * time);
        let jitter = spread(&around.collect::<Vec<_>>())?;
        let wander = spread(&off_trend)? * (days.max(0.0) / 7.0 / MONTH).sqrt();
        let forecast = Forecast {
            per_week: line.slope * 7.0,
            level: line.intercept,
            value: line.intercept + line.slope * days,
            band: BAND * wander.max(jitter),
        };
        let all = [forecast.per_week, forecast.level, forecast.value, forecast.band];
        all.iter().all(|number| number.is_finite()).then_some(forecast)
    }
}

/// Returns how far values usually are from their median, as a standard deviation; nothing for fewer than two.
pub(super) fn spread(values: &[f64]) -> Option<f64> {
    let middle = median(values.iter().copied()).filter(|_| values.len() > 1)?;
    let spread = CONSISTENT * median(values.iter().map(|value| (value - middle).abs()))?;
    spread.is_finite().then_some(spread)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

    use super::*;
    use crate::score::simulated::share;

    const END: Day = Day::from_number(20_000);

    /// Daily values of the half year before `END`.
    fn half_year(mut value: impl FnMut(i32) -> f64) -> Vec<(Day, f64)> {
        (0..182).map(|day| (END.plus(day - 182), value(day))).collect()
    }

    /// Says whether the forecast for a quarter ahead reaches `target` with its whole band.
    fn reaches(points: &[(Day, f64)], target: impl Fn(f64) -> f64) -> bool {
        let Some(forecast) = Weeks::before(END, points).forecast(91.0) else { return false };
        forecast.value - forecast.band >= target(forecast.level)
    }

    #[test]
    fn noise_has_no_trend_even_towards_the_nearest_target() {
        let rate = share(2_000, |noise| {
            let points = half_year(|_| 100.0 + noise.normal());
            reaches(&points, |level| level + 0.05)
        });
        assert!(rate < 0.01, "{rate}");
    }

    #[test]
    fn a_random_walk_is_not_taken_for_a_trend() {
        let rate = share(2_000, |noise| {
            let mut value = 100.0;
            let points = half_year(|_| {
                value += noise.normal();
                value
            });
            reaches(&points, |level| level + 0.5)
        });
        assert!(rate < 0.01, "{rate}");
    }

    #[test]
    fn weekdays_and_seasons_are_no_trend() {
        let rate = share(500, |noise| {
            let points = half_year(|day| {
                let weekend = if day % 7 > 4 { -30.0 } else { 0.0 };
                // A year's rhythm, rising and falling in straight lines.
                let season = 8.0 * (1.0 - f64::from((day + 40) % 182 - 91).abs() / 91.0);
                100.0 + weekend + season + 2.0 * noise.normal()
            });
            reaches(&points, |level| level + 1.0)
        });
        assert!(rate < 0.01, "{rate}");
    }

    #[test]
    fn a_trend_that_leads_to_the_target_is_seen() {
        let rate = share(500, |noise| {
            let points = half_year(|day| 100.0 + f64::from(day) * 0.2 + noise.normal());
            // Eighteen more in the quarter; the target asks for twelve.
            reaches(&points, |level| level + 12.0)
        });
        assert!(rate > 0.95, "{rate}");
    }

    #[test]
    fn a_flat_series_changes_by_nothing_and_leads_nowhere() {
        let forecast = Weeks::before(END, &half_year(|_| 7.0)).forecast(91.0).expect("enough");
        assert_eq!((forecast.value, forecast.band), (7.0, 0.0));
    }

    #[test]
    fn weeks_are_counted_back_from_the_end() {
        let points = [(END.plus(-8), 1.0), (END.plus(-7), 5.0), (END.plus(-1), 9.0), (END, 99.0)];
        let weeks = Weeks::before(END, &points);
        assert_eq!((weeks.times, weeks.values), (vec![-10.5, -3.5], vec![1.0, 7.0]));
    }

    #[test]
    fn what_is_no_number_and_what_is_too_large_gives_no_forecast() {
        assert_eq!(Weeks::before(END, &half_year(|_| f64::NAN)).forecast(91.0), None);
        assert_eq!(Weeks::before(END, &[]).forecast(91.0), None);
        let alternating = half_year(|day| if (day / 7) % 2 == 0 { 1e308 } else { -1e308 });
        assert_eq!(Weeks::before(END, &alternating).forecast(91.0), None);
        assert_eq!(spread(&[1.0]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn shifted_and_stretched_series_have_shifted_and_stretched_forecasts(
            values in proptest::collection::vec(-1000_i32..1000, 60..182), shift in -500_i32..500, power in -3_i32..4,
        ) {
            // Powers of two and whole numbers keep every step exact.
            let scale = 2_f64.powi(power);
            let series = |change: &dyn Fn(f64) -> f64| {
                let points = values.iter().zip(0_i32..).map(|(&value, day)| (END.plus(day - 182), change(f64::from(value))));
                Weeks::before(END, &points.collect::<Vec<_>>()).forecast(91.0)
            };
            let (plain, stretched) = (series(&|value| value), series(&|value| value * scale));
            prop_assert_eq!(plain.map(|found| (found.value * scale, found.band * scale)), stretched.map(|found| (found.value, found.band)));
            if let (Some(plain), Some(shifted)) = (plain, series(&|value| value + f64::from(shift))) {
                prop_assert!((plain.value + f64::from(shift) - shifted.value).abs() < 1e-6);
                prop_assert!((plain.band - shifted.band).abs() < 1e-6);
            }
        }
    }
}
