//! Rows of one export and of the one that went on from it, as one history.
//!
//! In: the rows of both. Out: those up to the seam of the first, and those behind it of the second, so that no day counts
//! twice; and the seam.

use std::collections::BTreeMap;
use std::ops::Range;

use super::calendar::{Day, Window};
use super::daily::RowData;
use super::quantity::Number;
use super::seam::Seam;
use super::series::{DayEvidence, DaySeries, DayValues, Ints, Numbers, SeveralRows, Spread};

impl RowData {
    /// Returns the rows of parts that went on from each other, oldest first, each but the last with its last day; nothing where
    /// there is no part.
    #[must_use]
    pub fn of_parts(mut parts: Vec<(Self, Option<Day>)>) -> Option<Self> {
        if parts.len() == 1 {
            return parts.pop().map(|part| part.0);
        }
        let mut first_file = 0;
        let mut start = Day::MIN;
        let mut by_label: BTreeMap<&str, Vec<Piece<'_>>> = BTreeMap::new();
        for (rows, until) in &parts {
            let window = Window { start, end: until.map_or(Day::MAX, |until| until.plus(1)) };
            for series in &rows.series {
                by_label.entry(&series.label).or_default().push(Piece { series, first_file, window });
            }
            (first_file, start) = (first_file + rows.files.len(), window.end);
        }
        let series = by_label.into_values().map(|pieces| join(&pieces)).filter(|one| !one.days.is_empty());
        let series: Vec<DaySeries> = series.collect();
        let mut parts = parts.into_iter();
        let (mut whole, mut until) = parts.next()?;
        for (rows, end) in parts {
            let seam = until.unwrap_or(Day::MAX);
            whole.go_on(seam, rows);
            until = end;
        }
        whole.series = series;
        Some(whole)
    }

    /// Adds all but the series of the part that goes on behind a seam.
    fn go_on(&mut self, until: Day, later: Self) {
        self.seams.push(Seam { until, grain: self.grain });
        self.readings.iter_mut().for_each(|reading| _ = reading.until.get_or_insert(until));
        self.readings.extend(later.readings);
        self.files = self.files.iter().chain(&*later.files).cloned().collect();
        if self.filter.is_empty() || self.filter == later.filter {
            self.filter = later.filter;
        } else if !later.filter.is_empty() {
            self.filter = format!("{}, then {}", self.filter, later.filter).into();
        }
        let mut silence = later.silence;
        silence.heartbeat = silence.heartbeat.max(self.silence.heartbeat.map(|day| day.min(until)));
        silence.longest_gap = silence.longest_gap.or(self.silence.longest_gap);
        silence.cuts.append(&mut self.silence.cuts);
        self.silence = silence;
        self.left_out.retain(|(day, _)| *day <= until);
        self.left_out.extend(later.left_out.into_iter().filter(|(day, _)| *day > until));
        self.is_stock |= later.is_stock;
        (self.across, self.grain, self.factor) = (later.across, later.grain, later.factor);
        self.first_row = self.first_row.into_iter().chain(later.first_row).min();
        self.after_as_of += later.after_as_of;
        self.open += later.open;
        self.totals += later.totals;
        self.blank += later.blank;
        self.undated += later.undated;
    }
}

/// The days of a series that lie in a window; its files stand behind others.
#[derive(Clone, Copy)]
struct Piece<'a> {
    series: &'a DaySeries,
    first_file: usize,
    window: Window,
}

impl Piece<'_> {
    fn places(&self, days: &Ints) -> Range<usize> {
        let start = days.lower_bound(i64::from(self.window.start.number()));
        start..days.lower_bound(i64::from(self.window.end.number())).max(start)
    }

    fn evidence(&self) -> impl Iterator<Item = DayEvidence> {
        self.series.evidence.iter().map(|evidence| {
            let days = evidence.days.as_ref().unwrap_or(&self.series.days);
            let some = |numbers| ints(&[(numbers, self.places(days))]);
            DayEvidence {
                file: evidence.file + self.first_file,
                days: Some(some(days)),
                first_lines: some(&evidence.first_lines),
                several: evidence.several.as_ref().map(|several| {
                    Box::new(SeveralRows { rows: some(&several.rows), last_lines: some(&several.last_lines) })
                }),
            }
        })
    }

    /// Returns all rows' values: where only other pieces have them, each day's value is that of its only row.
    fn rows(&self) -> Option<Spread> {
        let of_days = || {
            let DayValues::One(numbers) = &self.series.values else { return None };
            let days = self.series.days.len();
            let (counts, ends) = (Ints::pack(vec![1; days]), Ints::Run { first: 1, step: 1, len: days });
            Some(Spread { numbers: numbers.clone(), counts, ends })
        };
        self.series.rows.clone().or_else(of_days)
    }
}

/// Returns pieces of one series as a whole; their windows must follow each other.
fn join(pieces: &[Piece<'_>]) -> DaySeries {
    let days: Vec<(&Ints, Range<usize>)> =
        pieces.iter().map(|piece| (&piece.series.days, piece.places(&piece.series.days))).collect();
    let values: Vec<(&DayValues, Range<usize>)> =
        pieces.iter().zip(&days).map(|(piece, (_, places))| (&piece.series.values, places.clone())).collect();
    let has_rows = pieces.iter().any(|piece| piece.series.rows.is_some());
    let rows: Option<Vec<Spread>> = pieces.iter().map(Piece::rows).collect();
    let rows = rows.filter(|_| has_rows).map(|rows| {
        spread(&rows.iter().zip(&days).map(|(rows, (_, places))| (rows, places.clone())).collect::<Vec<_>>())
    });
    DaySeries {
        label: pieces.first().map(|piece| piece.series.label.clone()).unwrap_or_default(),
        days: ints(&days),
        values: joined_values(&values),
        rows,
        evidence: pieces.iter().flat_map(Piece::evidence).collect(),
    }
}

/// All parts of a metric have one aggregate, so that their days are kept alike.
fn joined_values(parts: &[(&DayValues, Range<usize>)]) -> DayValues {
    match parts.first().map(|part| part.0) {
        Some(DayValues::Count(_)) => DayValues::Count(ints(&each(parts, |values| match values {
            DayValues::Count(rows) => Some(rows),
            _ => None,
        }))),
        Some(DayValues::Mean { .. }) => DayValues::Mean {
            sums: numbers(&each(parts, |values| match values {
                DayValues::Mean { sums, .. } => Some(sums),
                _ => None,
            })),
            counts: ints(&each(parts, |values| match values {
                DayValues::Mean { counts, .. } => Some(counts),
                _ => None,
            })),
        },
        Some(DayValues::Ratio { .. }) => {
            let of = each(parts, |values| if let DayValues::Ratio { of, .. } = values { Some(of) } else { None });
            let to = each(parts, |values| if let DayValues::Ratio { to, .. } = values { Some(to) } else { None });
            DayValues::Ratio { of: numbers(&of), to: numbers(&to) }
        }
        Some(DayValues::Spread(_)) => DayValues::Spread(spread(&each(parts, |values| match values {
            DayValues::Spread(rows) => Some(rows),
            _ => None,
        }))),
        Some(DayValues::One(_)) | None => DayValues::One(numbers(&each(parts, |values| match values {
            DayValues::One(numbers) => Some(numbers),
            _ => None,
        }))),
    }
}

/// Returns what each part keeps of one kind.
fn each<'a, T>(
    parts: &[(&'a DayValues, Range<usize>)],
    kept: impl Fn(&'a DayValues) -> Option<&'a T>,
) -> Vec<(&'a T, Range<usize>)> {
    parts.iter().filter_map(|(values, places)| Some((kept(values)?, places.clone()))).collect()
}

fn ints(parts: &[(&Ints, Range<usize>)]) -> Ints {
    let all = parts.iter().flat_map(|(numbers, places)| places.clone().map(|place| numbers.get(place)));
    Ints::pack(all.collect::<Vec<i64>>())
}

fn numbers(parts: &[(&Numbers, Range<usize>)]) -> Numbers {
    let all = parts.iter().flat_map(|(numbers, places)| places.clone().map(|place| numbers.get(place)));
    Numbers::pack(all.collect::<Vec<Number>>())
}

fn spread(parts: &[(&Spread, Range<usize>)]) -> Spread {
    let days = parts.iter().flat_map(|(rows, places)| places.clone().map(|place| rows.day(place).collect::<Vec<_>>()));
    let days: Vec<Vec<(Number, u64)>> = days.collect();
    let ends = days.iter().scan(0, |end, day| {
        *end += i64::try_from(day.len()).unwrap_or_default();
        Some(*end)
    });
    let ends = Ints::pack(ends.collect::<Vec<i64>>());
    let count = |count: &(Number, u64)| i64::try_from(count.1).unwrap_or_default();
    let counts = days.iter().flatten().map(count).collect::<Vec<i64>>();
    let numbers = days.iter().flatten().map(|value| value.0).collect::<Vec<Number>>();
    Spread { numbers: Numbers::pack(numbers), counts: Ints::pack(counts), ends }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::Day;
    use crate::model::ids::Slug;
    use crate::model::measurement::Point;
    use crate::model::metric::{Aggregate, Percentile};
    use crate::model::ready_made;

    fn rows(aggregate: Aggregate, days: Range<i32>, factor: i64) -> RowData {
        let first = Day::parse("2026-07-01").expect("a day");
        let value = |day: i32| Number::whole(i64::from(day * 7 % 11) * factor + 1);
        let points: Vec<Point> = days.map(|day| Point { day: first.plus(day), value: value(day) }).collect();
        ready_made::rows(&Slug::new("m").expect("an id"), aggregate, &points, None)
    }

    #[test]
    fn parts_that_meet_at_a_seam_say_of_any_window_what_the_whole_says() {
        let median = Aggregate::Percentile(Percentile::new(Number::whole(50)).expect("a percentile"));
        let aggregates = [Aggregate::Last, Aggregate::Sum, Aggregate::Mean, Aggregate::Max, Aggregate::Count, median];
        let first = Day::parse("2026-07-01").expect("a day");
        for aggregate in aggregates {
            let whole = rows(aggregate, 0..40, 1);
            for seam in [0, 1, 17, 39] {
                // What stands on the other side of the seam is wrong, and left out.
                let until = |days: i32| Some(first.plus(days));
                let of_parts = |parts| RowData::of_parts(parts).expect("parts");
                let two = vec![(rows(aggregate, 0..seam, 1), until(seam - 1)), (rows(aggregate, 0..40, 1), None)];
                let three = vec![
                    (rows(aggregate, 0..5, 1), until(4)),
                    (rows(aggregate, 3..9, 1), until(8)),
                    (rows(aggregate, 8..40, 1), None),
                ];
                for joined in [of_parts(two), of_parts(three)] {
                    for (start, end) in [(0, 40), (3, 18), (16, 19), (39, 40), (0, 1), (8, 10)] {
                        let window = Window { start: first.plus(start), end: first.plus(end) };
                        let value = |rows: &RowData| rows.value_or_silence(window, aggregate);
                        assert_eq!(value(&joined), value(&whole), "{aggregate:?} {seam} {window:?}");
                        let lines =
                            |rows: &RowData| rows.evidence(window).iter().map(|(_, used)| used.rows).sum::<u64>();
                        assert_eq!(lines(&joined), lines(&whole));
                        assert_eq!(joined.points(window, aggregate), whole.points(window, aggregate));
                    }
                }
            }
        }
    }

    #[test]
    fn the_other_side_of_a_seam_is_left_out() {
        let first = Day::parse("2026-07-01").expect("a day");
        let (before, later) = (rows(Aggregate::Sum, 0..40, 1000), rows(Aggregate::Sum, 5..20, 1));
        let joined = RowData::of_parts(vec![(before, Some(first.plus(9))), (later, None)]).expect("parts");
        let window = |start, end| Window { start: first.plus(start), end: first.plus(end) };
        let value = |window| joined.value_or_silence(window, Aggregate::Sum).expect("small").expect("rows");
        let of = |days: Range<i32>, factor| days.map(|day| i64::from(day * 7 % 11) * factor + 1).sum::<i64>();
        assert_eq!(value(window(0, 10)), Number::whole(of(0..10, 1000)));
        assert_eq!(value(window(10, 20)), Number::whole(of(10..20, 1)));
        assert_eq!(value(window(0, 20)), Number::whole(of(0..10, 1000) + of(10..20, 1)));
        assert_eq!(joined.seams, [Seam { until: first.plus(9), grain: joined.grain }]);
    }
}
