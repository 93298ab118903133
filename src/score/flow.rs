//! Flows: sums and counts that grow with the days that they cover.
//!
//! A goal per quarter (or per month, or without saying) is compared with a run-rate: the sum so far × the days it
//! is counted over ÷ the days that the exports cover. A month is a third of a quarter's days, a sixth of a half-year's. Before the
//! quarter's end a run-rate is a projection: it needs a third of the quarter, and a falling flow is held back at
//! 0.9, because it can still rise.
//!
//! Once the quarter is over, exports that cover all of it give the plain sum. Exports that cover a part never
//! pass for the whole: a rising flow counts what is there (a missing day adds nothing), a falling flow stays a
//! projection, held back at 0.9, and both say how many days are covered.
//!
//! Where each row is a month and a goal is per month, a run-rate is the mean of the whole months. Where each row is a week, the
//! quarter's days are those of the weeks that belong to it, by their Thursday: 91 or 98.

use super::book::{Moment, Source};
use super::progress::Scaled;
use crate::model::calendar::{Day, Window};
use crate::model::goal::Better;
use crate::model::grain::Grain;
use crate::model::history::Receipt;
use crate::model::quantity::{Number, Per, TimeUnit};
use crate::model::scorecard::Reason;

/// A flow's sum over the quarter so far, with the days that it covers.
pub(super) struct Flow {
    pub(super) so_far: Number,
    pub(super) covered: i32,
    pub(super) of: i32,
    /// How many months the cycle counts as.
    of_months: Option<u8>,
    pub(super) last: Day,
    pub(super) receipt: Receipt,
    /// The day since which its events are silent for longer than ever.
    silent_since: Option<Day>,
    /// The sum and number of the whole months so far, where each row is a month.
    months: Option<(Number, i64)>,
}

/// What a flow's value stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The whole quarter's sum.
    Whole,
    /// A run-rate.
    RunRate,
    /// What a part of a finished quarter holds; the rest counts as nothing.
    Part,
}

impl Flow {
    /// Returns the flow over the quarter so far, or why there is none.
    pub(super) fn measure(source: &Source<'_>, moment: &Moment) -> Result<Self, Reason> {
        let measurement = source.value_in(moment.to_date, moment)?;
        let span = span(source, moment.quarter.window);
        let to_date = Window { end: span.end.min(moment.to_date.end), ..span };
        Ok(Self {
            so_far: measurement.value,
            covered: source.evidence.covered_days(to_date),
            of: span.days(),
            of_months: moment.quarter.months(),
            last: measurement.last,
            receipt: measurement.receipt,
            silent_since: source.evidence.silent_since(moment.fresh_on, source.patience),
            months: whole_months(source, moment)?,
        })
    }

    /// Returns what the flow's value stands for, or why there is none yet.
    pub(super) fn standing(&self, moment: &Moment, better: Better) -> Result<Standing, Reason> {
        if let Some(since) = self.silent_since {
            return Err(Reason::IncompleteEvents { since });
        }
        if moment.is_over() && self.covered >= self.of {
            Ok(Standing::Whole)
        } else if moment.is_over() && better == Better::Higher {
            Ok(Standing::Part)
        } else if is_enough(self.covered, self.of) {
            Ok(Standing::RunRate)
        } else {
            Err(Reason::TooEarly)
        }
    }

    /// Returns the value that compares with a goal counted over `per`.
    pub(super) fn value(&self, standing: Standing, per: Option<&Per>) -> Scaled {
        if let (Standing::RunRate, Some(Per::Time(TimeUnit::Month)), Some((sum, months))) = (standing, per, self.months)
        {
            return Scaled::rate(sum, Number::ONE, Number::whole(months));
        }
        let days = if standing == Standing::RunRate { self.covered } else { self.of };
        rate(self.so_far, days, per, Length { days: self.of, months: self.of_months })
    }

    /// Returns the note that belongs to a finished quarter of which the exports cover a part.
    pub(super) fn note(&self, moment: &Moment) -> Option<Reason> {
        let partly = moment.is_over() && self.covered < self.of;
        partly.then_some(Reason::PartlyCovered { covered: self.covered, of: self.of })
    }
}

/// Returns the days that the rows of a quarter speak of: where each row is a week, those of all weeks that belong to it.
fn span(source: &Source<'_>, quarter: Window) -> Window {
    let grain = source.evidence.grain();
    if grain != Grain::Week {
        return quarter;
    }
    source.evidence.points(quarter).first().map_or(quarter, |first| grain.span(quarter, first.day))
}

/// Returns the sum and number of the whole months of the quarter so far; nothing where rows are no months, or none is
/// whole.
fn whole_months(source: &Source<'_>, moment: &Moment) -> Result<Option<(Number, i64)>, Reason> {
    if source.evidence.grain() != Grain::Month {
        return Ok(None);
    }
    let end = moment.day.plus(1).month_start(0);
    let whole = Window { start: moment.quarter.window.start, end };
    let months = source.evidence.points(whole).len();
    let sum = source.measure(whole)?.filter(|_| months > 0).map(|measured| measured.value);
    Ok(sum.and_then(|sum| Some((sum, i64::try_from(months).ok()?))))
}

/// Returns the highest score that a falling flow can have while days are missing.
pub(super) fn cap() -> Number {
    Number::new(9, 1).unwrap_or(Number::ONE)
}

/// Says whether enough days are covered for a run-rate: a third.
pub(super) const fn is_enough(covered: i32, of: i32) -> bool {
    covered > 0 && covered.saturating_mul(3) >= of
}

/// The days of a number of months in the Gregorian calendar, which repeats after 400 years.
const MONTHS_DAYS: (i64, i64) = (146_097, 4_800);

/// How long a cycle is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length {
    /// Its days.
    pub(super) days: i32,
    /// The months that it counts as, whatever days a calendar gives it: 3 for a quarter; nothing for one that the book names and
    /// that isn't made of months.
    pub(super) months: Option<u8>,
}

impl Length {
    /// Returns how long a moment's cycle is.
    pub(super) fn of(moment: &Moment) -> Self {
        Self { days: moment.quarter_days(), months: moment.quarter.months() }
    }

    /// Returns what a sum over a number of days is multiplied and divided by, so as to be one over so many months.
    fn over_months(self, months: i64, days: i64) -> (i64, i64) {
        let Some(of) = self.months.map(i64::from) else { return (MONTHS_DAYS.0 * months, MONTHS_DAYS.1 * days) };
        let own = i64::from(self.days);
        let common = if of % months == 0 {
            months
        } else if months % of == 0 {
            of
        } else {
            1
        };
        (own * (months / common), of / common * days)
    }
}

/// Returns `sum` over `days` days as a rate over `per` in a cycle of some length. Its months are equal parts of it.
pub(super) fn rate(sum: Number, days: i32, per: Option<&Per>, cycle: Length) -> Scaled {
    let days = i64::from(days);
    let (times, over) = match per {
        Some(Per::Time(TimeUnit::Month)) => cycle.over_months(1, days),
        Some(Per::Time(TimeUnit::Quarter)) => cycle.over_months(3, days),
        Some(Per::Time(TimeUnit::HalfYear)) => cycle.over_months(6, days),
        Some(Per::Time(TimeUnit::Year)) => cycle.over_months(12, days),
        Some(Per::Time(TimeUnit::Cycle)) => (i64::from(cycle.days), days),
        Some(Per::Time(TimeUnit::Week)) => (7, days),
        Some(Per::Time(TimeUnit::WorkingDay)) => (7, 5 * days),
        Some(Per::Time(TimeUnit::Day)) => (1, days),
        Some(Per::Time(TimeUnit::Hour)) => (1, 24 * days),
        Some(Per::Time(TimeUnit::Minute)) => (1, 24 * 60 * days),
        Some(Per::Time(TimeUnit::Second)) => (1, 86_400 * days),
        Some(Per::Time(TimeUnit::Millisecond)) => (1, 86_400_000 * days),
        Some(Per::Time(TimeUnit::Microsecond)) => (1, 86_400_000_000 * days),
        Some(Per::Thing(_)) | None => (i64::from(cycle.days), days),
    };
    Scaled::rate(sum, Number::whole(times), Number::whole(over))
}

/// Says whether a single day can be compared with a goal counted over `per`.
pub(super) const fn is_daily(per: Option<&Per>) -> bool {
    matches!(per, Some(Per::Time(TimeUnit::Day)))
}

/// Returns the quarter before, or as many days as the quarter has where it isn't made of months.
pub(super) fn window_before(moment: &Moment) -> Window {
    moment.quarter.window.before()
}
