//! What a row says to a query: its numbers, its times, from when until when it is there.
//!
//! In: a record and what is taken of it. Out: numbers in their place, or that a cell is blank or bad.

use super::faults::{of_currency, of_date, of_number, of_placeholder};
use super::keyed::Fate;
use super::query::{Pass, Says};
use super::slot::Found;
use super::tracker::Tracker;
use crate::metrics::cells::amount::{self, Scale};
use crate::metrics::cells::blank::is_placeholder;
use crate::metrics::cells::clock::Stamp;
use crate::metrics::cells::marks::may_be_one;
use crate::metrics::cells::number;
use crate::metrics::keep::series::Row;
use crate::metrics::split::record::Record;
use crate::metrics::understand::plan::{Bound, NumberColumn, Take};
use crate::model::calendar::Day;
use crate::model::quantity::{Number, TimeUnit, Unit};

impl Pass<'_> {
    /// Puts a row's numbers in their place.
    pub(super) fn fill(&mut self, row: &mut Row, take: &Take, record: &Record<'_>) -> Says {
        match take {
            Take::Nothing => Says::Blank,
            Take::Rows | Take::Stock(_) => Says::Something,
            Take::Duration { from, to, unit } => self.duration(&mut row.of, [*from, *to], *unit, record),
            Take::Difference(column, minus) => {
                let mut less = Number::ZERO;
                let says = self.number(&mut row.of, *column, record);
                // An empty cell takes nothing.
                let other = match self.number(&mut less, *minus, record) {
                    Says::Blank => Says::Something,
                    other => other,
                };
                put(&mut row.of, says.and(other), |number| number.minus(less))
            }
            Take::Weighted(value, weight) => {
                let says = self.number(&mut row.of, *value, record);
                let says = says.and(self.number(&mut row.to, *weight, record));
                put(&mut row.of, says, |number| number.times(row.to))
            }
            Take::Value(column) => {
                let says = self.number(&mut row.of, *column, record);
                row.to = row.of;
                says
            }
            Take::Ratio(of, to) => {
                (row.of, row.to) = (Number::ZERO, Number::ZERO);
                let says = self.number(&mut row.of, *of, record);
                // An empty cell adds nothing to its own sum, and takes nothing from the other.
                match (says, self.number(&mut row.to, *to, record)) {
                    (Says::Something, Says::Blank) | (Says::Blank, Says::Something) => Says::Something,
                    (of, to) => of.and(to),
                }
            }
        }
    }

    fn number(&mut self, place: &mut Number, column: NumberColumn, record: &Record<'_>) -> Says {
        let cell = record.bytes(column.column);
        if let Some((lapse, unit)) = column.lapse
            && let Some(number) = lapse.read(&record.text(column.column), unit)
        {
            return self.keep_number(place, number, column, record);
        }
        let (number, currency) = match number::read_priced(cell, column.decimals) {
            Ok(Some(priced)) => priced,
            Ok(None) => return Says::Blank,
            Err(fault) => match amount::read(cell, column.decimals, column.scale) {
                Some(number) => (number, None),
                None => {
                    let mut fault = of_number(fault);
                    let why =
                        || amount::help(cell, column.scale).or_else(|| number::near_miss(cell).map(str::to_owned));
                    fault.help = fault.help.or_else(why);
                    self.faults.cell(record, column.column, fault);
                    return Says::Wrong;
                }
            },
        };
        let is_placeholder = number.parts().is_some_and(|(mantissa, places)| is_placeholder(mantissa, places));
        let odd = column.currency.zip(currency).filter(|(own, other)| !may_be_one(own, other));
        self.money = self.money.or(currency);
        let odd = odd.map(|(own, other)| of_currency(other, own));
        let fault = odd.or_else(|| {
            let name = || self.shape.name(column.column);
            (is_placeholder && !column.has_range).then(|| of_placeholder(&number, &name()))
        });
        if let Some(fault) = fault {
            self.faults.cell(record, column.column, fault);
            return Says::Wrong;
        }
        self.keep_number(place, number, column, record)
    }

    /// Keeps a number, times what the book says.
    fn keep_number(&mut self, place: &mut Number, number: Number, column: NumberColumn, record: &Record<'_>) -> Says {
        if number.is_negative() && matches!(column.scale, Scale::Time(_)) {
            self.faults.negative(record, column.column);
        }
        let Some(number) = column.times.map_or(Some(number), |times| number.times(times)) else { return Says::Wrong };
        *place = number;
        Says::Something
    }

    /// Puts the time between two dates in its place; nothing where one of them is missing.
    fn duration(&mut self, place: &mut Number, slots: [usize; 2], unit: TimeUnit, record: &Record<'_>) -> Says {
        let mut stamps = [None; 2];
        for (stamp, slot) in stamps.iter_mut().zip(slots) {
            match self.slots[slot].read(record) {
                Found::At(found) => *stamp = Some(found),
                Found::Missing => return Says::Blank,
                Found::Bad(fault, column) => {
                    let fault = of_date(fault, self.slots[slot].format.as_deref());
                    self.faults.cell(record, column, fault);
                    return Says::Wrong;
                }
            }
        }
        let [Some(from), Some(to)] = stamps else { return Says::Blank };
        // Days are as long as the calendar has them, whenever their clocks were changed.
        let mut unix = |stamp: Stamp, slot: usize| self.slots[slot].clock.unix(stamp);
        let Some((from, to)) = unix(from, slots[0]).zip(unix(to, slots[1])) else { return Says::Wrong };
        let micros = Number::whole(to - from);
        let Some(number) = Unit::Duration(TimeUnit::Microsecond).convert(micros, &Unit::Duration(unit)) else {
            return Says::Wrong;
        };
        if number.is_negative() {
            let column = self.slots[slots[1]].source.columns().first().copied().unwrap_or_default();
            self.faults.negative(record, column);
        }
        *place = number;
        Says::Something
    }

    /// Returns what a row without a date or a number comes to: its time has begun and not ended, or nothing. On the day on
    /// which it began the export spoke.
    pub(super) fn open_or_nothing(
        &mut self,
        bound: &Bound,
        tracker: &mut Tracker,
        record: &Record<'_>,
        passes: &Result<bool, ()>,
    ) -> Fate<&'static [u8]> {
        let Take::Duration { to, .. } = bound.take else { return Fate::Blank };
        let begun = self.begun(bound, record).filter(|day| *day <= self.as_of);
        let is_open = *passes == Ok(true) && self.slots[to].read(record) == Found::Missing;
        let Some(day) = begun.filter(|_| is_open) else { return Fate::Blank };
        if tracker.others_count {
            tracker.see(day, day);
            tracker.note_spoken(day);
        }
        Fate::Open
    }

    /// Returns the day on which the time that a row measures begins.
    pub(super) fn begun(&mut self, bound: &Bound, record: &Record<'_>) -> Option<Day> {
        let Take::Duration { from, .. } = bound.take else { return None };
        match self.slots[from].read(record) {
            Found::At(stamp) => Some(stamp.day),
            Found::Missing | Found::Bad(..) => None,
        }
    }

    /// Hears on which day a row that doesn't count was there no more: the export spoke then, too.
    pub(super) fn hear_end(&mut self, bound: &Bound, tracker: &mut Tracker, from: Stamp, record: &Record<'_>) {
        let Take::Stock(until) = bound.take else { return };
        if let Found::At(end) = self.slots[until].read(record)
            && (from.day..=self.as_of).contains(&end.day)
        {
            tracker.see(from.day, end.day);
        }
    }

    /// Returns until when a row is there, where that day has come; an error where its cell is bad.
    pub(super) fn stock_end(
        &mut self,
        until: usize,
        tracker: &mut Tracker,
        from: Stamp,
        record: &Record<'_>,
    ) -> Result<Option<Day>, ()> {
        let end = match self.slots[until].read(record) {
            Found::At(end) => Some(end.day),
            Found::Missing => None,
            Found::Bad(fault, column) => {
                let fault = of_date(fault, self.slots[until].format.as_deref());
                self.faults.cell(record, column, fault);
                tracker.undated += 1;
                return Err(());
            }
        };
        if end.is_some_and(|end| end < from.day) {
            let column = self.slots[until].source.columns().first().copied().unwrap_or_default();
            self.faults.negative(record, column);
        }
        let end = end.filter(|&end| end <= self.as_of);
        if let Some(end) = end {
            tracker.see(from.day, end.max(from.day));
        }
        Ok(end)
    }
}

impl Says {
    /// Returns what two numbers say together: a bad one spoils both, a missing one leaves nothing.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Something, Self::Something) => Self::Something,
            (Self::Wrong, _) | (_, Self::Wrong) => Self::Wrong,
            _ => Self::Blank,
        }
    }
}

/// Puts what is computed of a number in its place; a result too large to compute with is a bad one.
fn put(place: &mut Number, says: Says, compute: impl FnOnce(Number) -> Option<Number>) -> Says {
    match (says, compute(*place)) {
        (Says::Something, Some(number)) => {
            *place = number;
            Says::Something
        }
        (Says::Something, None) => Says::Wrong,
        (says, _) => says,
    }
}
