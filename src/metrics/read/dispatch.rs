//! Which metrics a row is for: told by one look at one cell, where many metrics ask for texts of one column.
//!
//! In: the queries of one export, then its rows. Out: the queries that a row must be asked by. What the other rows show of
//! the export, when it spoke, is noted once and told to all of them at the end.

use std::collections::BTreeMap;

use super::tracker::Tracker;
use crate::hash::BytesTable;
use crate::metrics::cells::clock::Stamp;
use crate::metrics::understand::plan::{Bound, Check, Take};
use crate::model::calendar::Day;

/// How many queries must ask for texts of one column so that the cell is looked up.
const FEWEST: usize = 2;

/// How many different texts of one day are told apart; a day with more spoke to all.
const SPEAKERS: usize = 8;

/// The number of texts that nobody asks for.
const NOBODY: u32 = u32::MAX;

/// A text that queries ask for.
#[derive(Debug)]
struct Asked {
    number: u32,
    /// The queries that ask for it, in their order.
    queries: Vec<usize>,
    /// Whether a cell was the text.
    is_met: bool,
}

/// What a cell is to the queries of an export.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// The number of its text.
    pub(super) text: u32,
    /// Whether the queries that ask for its text are those that ask for exactly this one.
    pub(super) is_exact: bool,
    /// Whether it was the same text before.
    pub(super) is_known: bool,
}

/// The queries of one export by the text of one cell.
#[derive(Debug, Default)]
pub(in crate::metrics) struct Dispatch {
    column: Option<usize>,
    by_text: BytesTable<Asked>,
    /// The queries that every row is asked by.
    always: Vec<usize>,
    /// What rows show of the export, by the slot of their date.
    pub(super) shown: Vec<Shown>,
    /// The numbers of the texts that each query asks for.
    own: BTreeMap<usize, Vec<u32>>,
}

impl Dispatch {
    /// Returns the dispatch of queries.
    pub(in crate::metrics) fn new(bounds: &[Bound]) -> Self {
        let texts = |bound: &Bound| {
            let columns = bound.filter.iter().filter(|(_, check)| matches!(check, Check::OneOf(_)));
            columns.map(|(column, _)| *column).collect::<Vec<usize>>()
        };
        let mut asked: BTreeMap<usize, usize> = BTreeMap::new();
        for mut columns in bounds.iter().map(texts) {
            columns.dedup();
            columns.into_iter().for_each(|column| *asked.entry(column).or_default() += 1);
        }
        let most = asked.iter().max_by_key(|(column, count)| (**count, usize::MAX - **column));
        let column = most.filter(|(_, count)| **count >= FEWEST).map(|(column, _)| *column);
        let mut dispatch = Self { column, ..Self::default() };
        for (at, bound) in bounds.iter().enumerate() {
            // Of a row that doesn't count, times and stocks still hear its dates, and keys that it is the newest.
            let hears_all = bound.unique.is_some() || matches!(bound.take, Take::Stock(_) | Take::Duration { .. });
            let check = bound.filter.iter().find(|(own, _)| Some(*own) == column && !hears_all);
            match check {
                Some((_, Check::OneOf(texts))) => dispatch.add(at, bound.date, texts.iter().map(|(text, _)| text)),
                _ => dispatch.always.push(at),
            }
        }
        dispatch
    }

    fn add<'t>(&mut self, query: usize, slot: usize, texts: impl Iterator<Item = &'t str>) {
        for text in texts {
            let number = u32::try_from(self.by_text.len()).unwrap_or(NOBODY);
            let new = || Asked { number, queries: Vec::new(), is_met: false };
            let asked = self.by_text.entry(text.as_bytes().to_vec()).or_insert_with(new);
            if asked.queries.last() != Some(&query) {
                asked.queries.push(query);
            }
            self.own.entry(query).or_default().push(asked.number);
        }
        match self.shown.iter_mut().find(|shown| shown.slot == slot) {
            Some(shown) => shown.queries.push(query),
            None => self.shown.push(Shown { slot, queries: vec![query], ..Shown::default() }),
        }
    }

    /// Returns the column whose cell tells which queries a row is for.
    pub(in crate::metrics) const fn column(&self) -> Option<usize> {
        self.column
    }

    /// Puts the queries that a row is asked by whose cell has this text into `queries`, in their order.
    pub(super) fn queries(&mut self, text: Option<&[u8]>, queries: &mut Vec<usize>) -> Cell {
        queries.clear();
        queries.extend_from_slice(&self.always);
        let mut cell = Cell { text: NOBODY, is_exact: false, is_known: false };
        let Some(text) = text else { return cell };
        let asked = match self.by_text.get_mut(text) {
            Some(asked) => {
                cell.is_exact = true;
                cell.is_known = std::mem::replace(&mut asked.is_met, true);
                &*asked
            }
            None => match bare(text).and_then(|bare| self.by_text.get(bare.as_bytes())) {
                Some(asked) => asked,
                None => return cell,
            },
        };
        cell.text = asked.number;
        queries.extend_from_slice(&asked.queries);
        if !self.always.is_empty() {
            queries.sort_unstable();
        }
        cell
    }

    /// Tells a query's tracker what rows of other texts show.
    pub(in crate::metrics) fn tell(&self, query: usize, tracker: &mut Tracker) {
        let Some(own) = self.own.get(&query) else { return };
        let Some(shown) = self.shown.iter().find(|shown| shown.queries.contains(&query)) else { return };
        tracker.undated +=
            shown.undated.iter().filter(|(text, _)| !own.contains(text)).map(|(_, rows)| rows).sum::<u64>();
        if tracker.others_count {
            for spoken in shown.days.iter().filter(|spoken| spoken.is_of_others(own)) {
                tracker.see(spoken.stamp.first, spoken.stamp.last);
                tracker.note_spoken(spoken.stamp.day);
                tracker.grain = tracker.grain.max(spoken.stamp.grain);
            }
        }
    }
}

/// Returns a cell's text without quotes that were left in it; nothing where it has none.
pub(super) fn without_quotes(text: &str) -> Option<String> {
    text.contains('"').then(|| text.replace('"', "").trim().to_owned())
}

/// Returns the text of bytes without quotes that were left in it; nothing where it has none.
fn bare(text: &[u8]) -> Option<String> {
    memchr::memchr(b'"', text)?;
    without_quotes(std::str::from_utf8(text).ok()?)
}

/// What rows show of an export, by one date of theirs.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The date's slot.
    pub(super) slot: usize,
    queries: Vec<usize>,
    days: Vec<Spoken>,
    places: BTreeMap<(Day, Day, Day), usize>,
    /// Rows without a date where they should have one, by the number of their text.
    undated: BTreeMap<u32, u64>,
}

impl Shown {
    /// Notes a row's day.
    pub(super) fn add(&mut self, stamp: Stamp, text: u32) {
        let key = |stamp: &Stamp| (stamp.day, stamp.first, stamp.last);
        if let Some(latest) = self.days.last_mut().filter(|latest| key(&latest.stamp) == key(&stamp)) {
            return latest.add(text);
        }
        let place = *self.places.entry(key(&stamp)).or_insert(self.days.len());
        match self.days.get_mut(place) {
            Some(spoken) => spoken.add(text),
            None => self.days.push(Spoken::new(stamp, text)),
        }
    }

    /// Notes a row that has no date.
    pub(super) fn add_undated(&mut self, text: u32) {
        *self.undated.entry(text).or_default() += 1;
    }
}

/// A day on which an export spoke.
#[derive(Debug)]
struct Spoken {
    stamp: Stamp,
    /// The numbers of the texts of its rows, the first few of many.
    texts: [u32; SPEAKERS],
    /// How many of them there are.
    count: usize,
}

impl Spoken {
    const fn new(stamp: Stamp, text: u32) -> Self {
        Self { stamp, texts: [text; SPEAKERS], count: 1 }
    }

    fn add(&mut self, text: u32) {
        if self.count < SPEAKERS && !self.texts[..self.count].contains(&text) {
            self.texts[self.count] = text;
            self.count += 1;
        }
    }

    /// Says whether rows of other texts than these stand on the day.
    fn is_of_others(&self, own: &[u32]) -> bool {
        self.count == SPEAKERS || self.texts[..self.count].iter().any(|text| !own.contains(text))
    }
}
