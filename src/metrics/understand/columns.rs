//! Columns: which one a definition means, and what the cells of a column tell about how they are written.
//!
//! In: the sample of an export, its shape, and what a metric asks for. Out: places of columns, date rules, decimal
//! marks, or a diagnostic that names what is there instead.

use std::cell::{Cell as Count, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::known::Known;
use super::profile::{Looking, Profile};
use crate::diag::{Diagnostic, nearest};
use crate::metrics::cells::amount::{self, Scale};
use crate::metrics::cells::civil::Reading;
use crate::metrics::cells::date::{self, Rules};
use crate::metrics::cells::number::{Decimals, Evidence, evidence};
use crate::metrics::cells::text::decode;
use crate::metrics::read::faults::quoted;
use crate::metrics::split::dialect::{Gap, Shape, is_ruling};
use crate::metrics::split::record::{Cell, Record};
use crate::metrics::split::records::{Stop, each, each_from};
use crate::model::calendar::Day;
use crate::model::metric::Column;
use crate::source::Spanned;

/// How many records tell what kind of cells a column has.
pub(super) const LOOK_AT: usize = 128;

/// How often a right spelling is looked for in one export.
const SUGGESTIONS: usize = 50;

/// An export's columns.
pub(in crate::metrics) struct Columns<'a> {
    /// Path inside the book.
    pub(in crate::metrics) path: &'a Arc<str>,
    /// Its shape.
    pub(in crate::metrics) shape: &'a Shape,
    sample: &'a [u8],
    /// The first records of data, parted once for all that look at them.
    pub(super) head: Vec<Head<'a>>,
    cells: Vec<Cell>,
    /// Where the records behind those begin; nothing where another table does.
    rest: Option<Stop>,
    /// The first columns of each name, once a name was asked for.
    by_name: OnceCell<BTreeMap<String, (usize, Option<usize>)>>,
    /// What its cells and names tell, once it was asked.
    pub(super) known: Known,
    /// Whether other signs than the delimiter may part cells, once that was asked.
    other_delimiters: OnceCell<bool>,
    /// How often a right spelling is still looked for.
    suggestions: Count<usize>,
    /// What the first cells of each are.
    pub(in crate::metrics) profiles: Vec<Profile>,
}

/// A record whose cells are kept.
pub(super) struct Head<'a> {
    raw: &'a [u8],
    line: u64,
    cells: Range<usize>,
}

impl Head<'_> {
    fn record<'r>(&'r self, cells: &'r [Cell]) -> Record<'r> {
        Record { raw: self.raw, cells: &cells[self.cells.clone()], line: self.line, gap: false }
    }
}

impl<'a> Columns<'a> {
    /// Looks at the columns of a sample.
    pub(in crate::metrics) fn new(path: &'a Arc<str>, shape: &'a Shape, sample: &'a [u8]) -> Self {
        let (mut head, mut cells) = (Vec::with_capacity(LOOK_AT), Vec::new());
        let (mut gap, mut next_line, mut is_first_table) = (Gap::default(), shape.data_line, true);
        let rest = each(sample, shape.layout, shape.data_line - 1, |raw, parted, line| {
            let record = Record { raw, cells: parted, line, gap: line > next_line };
            next_line = line + 1 + memchr::memchr_iter(shape.layout.end, raw).count() as u64;
            gap.pass(shape, &record);
            is_first_table = !(gap.is_open && shape.begins_another_table(&record, 0, gap));
            if !is_first_table {
                return false;
            }
            if is_data(shape, &record) {
                let start = cells.len();
                cells.extend_from_slice(parted);
                head.push(Head { raw, line, cells: start..cells.len() });
            }
            head.len() < LOOK_AT
        });
        let rest = is_first_table.then_some(rest);
        // A remark that is padded to the table's width tells of no column, unless there is nothing else.
        let is_row = |head: &Head<'_>| shape.width == 1 || !shape.is_lone_text(&head.record(&cells));
        if head.iter().any(is_row) {
            head.retain(is_row);
        }
        let (by_name, other_delimiters, suggestions) = (OnceCell::new(), OnceCell::new(), Count::new(SUGGESTIONS));
        let profiles = profiles_of(shape.width, &head, &cells);
        Self {
            path,
            shape,
            sample,
            head,
            cells,
            rest,
            by_name,
            known: Known::of(shape.width),
            other_delimiters,
            suggestions,
            profiles,
        }
    }

    /// Returns the first records of data.
    pub(in crate::metrics) fn head(&self) -> impl Iterator<Item = Record<'_>> {
        self.head.iter().map(|head| head.record(&self.cells))
    }

    /// Says whether any cell of the sample is written with a per cent sign.
    pub(in crate::metrics) fn has_percent_signs(&self) -> bool {
        memchr::memchr(b'%', self.sample).is_some()
    }

    /// Calls `look` with the sample's records of data, until it says false.
    pub(in crate::metrics) fn each(&self, mut look: impl FnMut(&Record<'_>) -> bool) {
        if !self.head().all(|record| look(&record)) {
            return;
        }
        let Some(rest) = self.rest else { return };
        each_from(self.sample, self.shape.layout, rest, |raw, cells, line| {
            let record = Record { raw, cells, line, gap: false };
            !is_data(self.shape, &record) || look(&record)
        });
    }

    /// Returns a column's name as messages say it.
    pub(in crate::metrics) fn name(&self, column: usize) -> String {
        match self.shape.header.as_ref().and_then(|header| header.get(column)) {
            Some(name) => quoted(name),
            None => format!("column {}", column + 1),
        }
    }

    /// Returns the place of a column that a definition names.
    pub(in crate::metrics) fn find(&self, column: &Spanned<Column>) -> Result<usize, Diagnostic> {
        let error = |code, message: String| Diagnostic::error(code, column, message);
        match (&column.value, &self.shape.header) {
            (Column::Number(number), _) if (1..=self.shape.width).contains(number) => Ok(number - 1),
            (Column::Number(number), _) => {
                let message = format!("{} has no column {number}", self.path);
                Err(error("unknown-column", message).help(format!("it has {} columns", self.shape.width)))
            }
            (Column::Named(name), None) => self.numbered(name).ok_or_else(|| {
                let message = format!("{} has no header, so no column is called {}", self.path, quoted(name));
                error("no-header", message).help("give columns by their number, from 1")
            }),
            (Column::Named(name), Some(header)) => match self.by_name(header).get(&words_of(name)) {
                Some((place, None)) => Ok(*place),
                Some((first, Some(second))) => {
                    let message = format!("{} has two columns {}", self.path, quoted(name));
                    let help = format!("give the column by its number: {} or {}", first + 1, second + 1);
                    Err(error("ambiguous-column", message).help(help))
                }
                None => self.numbered(name).ok_or_else(|| self.unknown(column, name, header)),
            },
        }
    }

    fn by_name(&self, header: &[String]) -> &BTreeMap<String, (usize, Option<usize>)> {
        self.by_name.get_or_init(|| {
            let mut by_name: BTreeMap<String, (usize, Option<usize>)> = BTreeMap::new();
            for (place, name) in header.iter().enumerate() {
                let again = |(_, second): &mut (usize, Option<usize>)| _ = second.get_or_insert(place);
                by_name.entry(words_of(name)).and_modify(again).or_insert((place, None));
            }
            by_name
        })
    }

    /// Returns the place of a column that is given by its number, as where two columns have one name.
    fn numbered(&self, name: &str) -> Option<usize> {
        name.trim()
            .parse()
            .ok()
            .filter(|number| (1..=self.shape.width).contains(number))
            .map(|number: usize| number - 1)
    }

    fn unknown(&self, column: &Spanned<Column>, name: &str, header: &[String]) -> Diagnostic {
        let message = format!("{} has no column {}", self.path, quoted(name));
        let shown: Vec<String> = header.iter().take(20).map(|name| quoted(name)).collect();
        let more = header.len().checked_sub(21).map_or(String::new(), |more| format!(" and {} more", more + 1));
        let diagnostic = Diagnostic::error("unknown-column", column, message);
        let left = self.suggestions.get();
        self.suggestions.set(left.saturating_sub(1));
        let names = || header.iter().map(String::as_str).take_while(|_| left > 0);
        let has_it = |other: &&str| name.len() > 3 && other.to_lowercase().contains(&name.to_lowercase());
        let diagnostic = match nearest(name, names()).or_else(|| names().find(has_it)) {
            Some(near) => diagnostic.label(format!("did you mean {}?", quoted(near))),
            None => diagnostic,
        };
        let line = self.shape.data_line - 1;
        diagnostic.help(format!(
            "its columns are {}{more} (line {line}); set `skip_rows` if another line is the header",
            shown.join(", ")
        ))
    }

    /// Says whether other signs than the delimiter occur that may part cells.
    pub(in crate::metrics) fn has_other_delimiters(&self, delimiter: u8) -> bool {
        let occurs = |&other: &u8| other != delimiter && memchr::memchr(other, self.sample).is_some();
        *self.other_delimiters.get_or_init(|| b",;\t|".iter().any(occurs))
    }

    /// Returns the column of a day's number, with the first day as a line above the table says it: as in a snapshot of
    /// Google Analytics.
    pub(in crate::metrics) fn day_numbers(&self) -> Option<(usize, Day)> {
        let column = (0..self.shape.width).find(|&column| {
            let name = self.shape.name(column).to_lowercase();
            let is_number = |record: Record<'_>| record.bytes(column).iter().all(u8::is_ascii_digit);
            name.starts_with("nth ") && name.ends_with("day") && self.head().all(is_number)
        })?;
        let above = usize::try_from(self.shape.data_line).ok()?.saturating_sub(1);
        let lines = self.sample.split(|byte| *byte == self.shape.layout.end).take(above);
        let start = lines.filter_map(|line| {
            let line = decode(line).to_lowercase();
            let (name, date) = line.trim_start_matches(['#', ' ']).split_once(':')?;
            let date = date.trim_matches(|c: char| c == ',' || c.is_whitespace()).to_owned();
            (name.trim() == "start date").then_some(date)
        });
        let start = start.filter_map(|date| date::read(date.as_bytes(), &Rules::default()).ok());
        match start.last()? {
            Reading::Civil { day, .. } => Some((column, day)),
            _ => None,
        }
    }

    /// Returns the columns of dates that are written as dates.
    pub(in crate::metrics) fn date_columns(&self) -> Vec<usize> {
        (0..self.profiles.len()).filter(|&column| self.profiles[column].mostly(self.profiles[column].dates)).collect()
    }

    /// Returns the first column of dates: one that is written as dates before one of numbers that may be dates.
    pub(in crate::metrics) fn first_dates(&self) -> Option<usize> {
        let first = |part: fn(&Profile) -> usize| self.profiles.iter().position(|p| p.mostly(part(p)));
        first(|profile| profile.dates).or_else(|| first(|profile| profile.numeric_dates))
    }

    /// Returns the first column most of whose first cells are as wanted.
    pub(in crate::metrics) fn first_where(&self, is_wanted: impl Fn(&[u8]) -> bool) -> Option<usize> {
        (0..self.shape.width).find(|&column| {
            let cells = self.head().filter(|record| is_wanted(record.bytes(column)));
            self.profiles[column].mostly(cells.count().min(self.profiles[column].values))
        })
    }

    /// Returns the columns of numbers that are none of `taken`; where there are none, those of numbers with units that
    /// are counted in `scale`; where the sample has no values, the columns without any.
    /// Columns that number things are none, unless they are called like the metric.
    pub(in crate::metrics) fn numbers(&self, taken: &BTreeSet<usize>, scale: Scale, metric: &str) -> Vec<usize> {
        let free = |is_wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
            let numbers_things =
                |column: usize| !self.shape.name(column).eq_ignore_ascii_case(metric) && self.numbers_things(column);
            let free = |column: &usize| !taken.contains(column) && is_wanted(*column);
            (0..self.shape.width).filter(free).filter(|column| !numbers_things(*column)).collect()
        };
        // The only column that is left is the one that is meant, however many of its cells are bad.
        let is_only = free(&|_| true).len() == 1;
        let ways: [&dyn Fn(usize) -> bool; 4] = [
            &|column| self.profiles[column].mostly(self.profiles[column].numbers),
            &|column| self.profiles[column].mostly(self.amounts(column, scale)),
            &|column| is_only && self.profiles[column].numbers > 0,
            &|column| self.profiles[column].values == 0,
        ];
        ways.into_iter().map(free).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Returns how many of a column's first cells are numbers, bare or with units that are counted in `scale`.
    pub(in crate::metrics) fn amounts(&self, column: usize, scale: Scale) -> usize {
        let point = Decimals::Unknown { point_is_safe: true };
        let is_amount = |cell: &[u8]| {
            amount::read(cell, point, scale).is_some()
                || matches!(evidence(cell), Evidence::Neutral | Evidence::Point | Evidence::Comma)
        };
        self.head().filter(|record| is_amount(record.bytes(column))).count()
    }

    /// Returns the columns of texts, which may part rows into series.
    pub(in crate::metrics) fn texts(&self) -> Vec<String> {
        let is_text = |profile: &Profile| profile.values > 0 && profile.numbers + profile.dates == 0;
        (0..self.shape.width)
            .filter(|&column| is_text(&self.profiles[column]))
            .map(|column| self.name(column))
            .collect()
    }

    /// Returns the columns that may hold texts: whose first cells are neither numbers nor dates, or all empty.
    pub(in crate::metrics) fn may_hold_texts(&self) -> impl Iterator<Item = usize> {
        (0..self.shape.width).filter(|&column| {
            let profile = &self.profiles[column];
            !profile.mostly(profile.numbers) && !profile.mostly(profile.dates)
        })
    }

    /// Says whether the sample has any row of data.
    pub(in crate::metrics) fn has_rows(&self) -> bool {
        self.profiles.iter().any(|profile| profile.values > 0)
    }
}

/// Returns a column's name with one space between its words; a line's end or a no-break space in it is a space.
fn words_of(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ")
}

/// Returns what the cells of each of so many columns are.
fn profiles_of(width: usize, head: &[Head<'_>], cells: &[Cell]) -> Vec<Profile> {
    let mut columns = vec![Looking::default(); width];
    for record in head.iter().map(|head| head.record(cells)) {
        for (at, column) in columns.iter_mut().enumerate() {
            column.look(record.bytes(at));
        }
    }
    columns.into_iter().map(|column| column.profile).collect()
}

/// Says whether a record is a row of data as far as its shape tells.
fn is_data(shape: &Shape, record: &Record<'_>) -> bool {
    record.cells.len() <= shape.width && !is_ruling(record.raw) && !shape.is_header(record) && !shape.is_remark(record)
}
