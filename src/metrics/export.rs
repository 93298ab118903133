//! One group of exports and the metrics that query them: opened, told apart, streamed, hashed.
//!
//! In: files and metrics that share them. Out: a history for each metric, and diagnostics. Files are read in the
//! order of their paths, one after the other, each a chunk at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::copies::{self, Copies};
use super::read::column::ConditionColumn;
use super::read::dispatch::Dispatch;
use super::read::faults::{Faults, place};
use super::read::query::Pass;
use super::read::slot::{DateSlot, DateSource};
use super::shared::SharedRows;
use super::split::dialect::{self, Gap, Refusal, Shape};
use super::split::encoding::Text;
use super::split::foreign::{self, Foreign};
use super::split::record::Record;
use super::split::records::{Records, Trouble};
use super::told::clashing;
use super::understand::choices::choices;
use super::understand::columns::Columns;
use super::understand::fit::Fit;
use super::understand::percent;
use super::understand::plan::{Bound, Check};
use super::understand::resolve::{Asked, Resolver, place_of};
use super::understand::siblings::Siblings;
use super::work::{Work, histories};
use crate::diag::{Diagnostic, Place};
use crate::error::{self, Error};
use crate::hash::Digest;
use crate::model::calendar::Day;
use crate::model::history::History;
use crate::model::ids::Slug;
use crate::model::metric::Dialect;
use crate::model::zone::Zone;
use crate::read::Binary;

/// Exports, and the metrics that query any of them and no others.
#[derive(Default)]
pub(super) struct Group<'a> {
    /// The exports, sorted by path.
    pub(super) files: Vec<&'a Binary>,
    /// The metrics, sorted by id.
    pub(super) metrics: Vec<Asked<'a>>,
}

/// Why an export was not read to its end.
enum Stop {
    /// Something is wrong with it: its metrics can't be used, the others go on.
    Fault(Box<Diagnostic>),
    /// Something is wrong with the disk: to go on would take what isn't known for what isn't there.
    Disk(Error),
}

impl From<Box<Diagnostic>> for Stop {
    fn from(fault: Box<Diagnostic>) -> Self {
        Self::Fault(fault)
    }
}

/// Histories by metric, and what is wrong.
pub(super) type Measured = (Vec<(Slug, History)>, Vec<Diagnostic>);

/// Measures a group's metrics.
///
/// # Errors
///
/// Where the disk fails while an export is read.
pub(super) fn measure_group(group: &Group<'_>, zone: &Zone, as_of: Day) -> error::Result<Measured> {
    let mut diagnostics = Vec::new();
    let mut works: Vec<Work<'_>> = group.metrics.iter().map(|&asked| Work::new(asked, zone)).collect();
    let siblings = Siblings::of(&group.files);
    let copies = Copies::among(&group.files)?;
    let mut with_rows: BTreeSet<&Arc<str>> = BTreeSet::new();
    let mut shared = works.iter().any(Work::may_count_twice).then(SharedRows::default);
    let mut asking: BTreeMap<&Arc<str>, Vec<usize>> = BTreeMap::new();
    for (at, asked) in group.metrics.iter().enumerate() {
        asked.rows.files.iter().for_each(|path| asking.entry(path).or_default().push(at));
    }
    for file in &group.files {
        let asking = asking.get(&file.path).map_or(&[][..], Vec::as_slice);
        let copy = copies.original(&file.path).filter(|(original, _)| with_rows.contains(original));
        let reads_both = |work: &Work<'_>| copy.is_some_and(|(original, _)| work.wants(original));
        let (twice, once): (Vec<usize>, Vec<usize>) =
            asking.iter().copied().filter(|&at| works[at].usable).partition(|&at| reads_both(&works[at]));
        if let Some((original, digest)) = copy.filter(|_| !twice.is_empty()) {
            diagnostics.push(copies::told(&file.path, original));
            twice.iter().for_each(|&at| works[at].pass_over(&file.path, *digest));
        }
        // Definitions that tell the same delimiter, encoding and header share one reading.
        let mut readings: Vec<(&Dialect, Vec<usize>)> = Vec::new();
        for at in once {
            let dialect = &works[at].asked.rows.dialect;
            match readings.iter_mut().find(|(known, _)| reads_alike(known, dialect)) {
                Some((_, sharing)) => sharing.push(at),
                None => readings.push((dialect, vec![at])),
            }
        }
        for (dialect, sharing) in readings {
            let (works, diagnostics, shared) = (&mut works, &mut diagnostics, shared.as_mut());
            let mut reading = Reading { file, zone, siblings: &siblings, as_of, works, sharing, diagnostics, shared };
            if reading.read(dialect)? > 0 {
                with_rows.insert(&file.path);
            }
        }
    }
    let measured = histories(works, as_of, &mut diagnostics);
    Ok((measured, diagnostics))
}

fn reads_alike(a: &Dialect, b: &Dialect) -> bool {
    let physical = |dialect: &Dialect| (dialect.delimiter, dialect.skip_rows, dialect.no_header);
    physical(a) == physical(b) && a.encoding == b.encoding
}

/// One reading of one export.
struct Reading<'r, 'a> {
    file: &'r Binary,
    zone: &'r Zone,
    siblings: &'r Siblings<'r>,
    as_of: Day,
    works: &'r mut Vec<Work<'a>>,
    /// The metrics that share it.
    sharing: Vec<usize>,
    diagnostics: &'r mut Vec<Diagnostic>,
    /// Rows of other exports, where one metric reads several.
    shared: Option<&'r mut SharedRows>,
}

/// What the metrics that share a reading ask of an export, with what its columns tell.
struct Asking {
    bounds: Vec<Bound>,
    slots: Vec<DateSlot>,
    /// The columns of texts.
    texts: Vec<String>,
    /// The places of the columns that may hold texts.
    text_columns: Vec<usize>,
    fit: Option<Fit>,
}

impl Reading<'_, '_> {
    /// Reads the export and returns how many rows it has.
    fn read(&mut self, dialect: &Dialect) -> error::Result<u64> {
        match self.try_read(dialect) {
            Ok((digest, rows)) => {
                for &at in &self.sharing {
                    let work = &mut self.works[at];
                    work.end_file(self.file.path.clone(), digest, rows);
                }
                Ok(rows)
            }
            Err(Stop::Fault(diagnostic)) => {
                self.sharing.iter().for_each(|&at| self.works[at].usable = false);
                self.diagnostics.push(*diagnostic);
                Ok(0)
            }
            Err(Stop::Disk(error)) => Err(error),
        }
    }

    fn try_read(&mut self, dialect: &Dialect) -> Result<(Digest, u64), Stop> {
        let file = self.file;
        let path = &file.path;
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::PermissionDenied => {
                let message = format!("could not be read: {error}");
                Stop::from(Box::new(Diagnostic::error("unreadable-file", Place::File(path.clone()), message)))
            }
            _ => Stop::Disk(file.failed()(error)),
        };
        let given = self.encoding(dialect)?;
        let mut text = Text::open(self.file.open().map_err(unreadable)?, given).map_err(unreadable)?;
        let guessed = text.choice.guessed;
        let (sample, complete) = text.sample().map_err(unreadable)?;
        if let Some(Foreign { message, help }) = foreign::kind(&sample) {
            let fault = Diagnostic::error("not-a-table", Place::File(path.clone()), message).help(help);
            return Err(Box::new(fault).into());
        }
        let shape = dialect::detect(&sample, complete, dialect).map_err(|refusal| Box::new(self.refused(refusal)))?;
        let Asking { bounds, slots, texts, text_columns, fit } = self.bind(&shape, &sample);
        let mut pass = Pass {
            shape: &shape,
            watched: if guessed { used(&bounds, &slots) } else { Vec::new() },
            slots,
            faults: Faults::new(path.clone(), shape.width),
            columns: columns_of_texts(&bounds),
            fit,
            as_of: self.as_of,
            is_odd: false,
            texts: text_columns,
            total: None,
            money: None,
            gap: Gap::default(),
            told: None,
            rows: 0,
            ended: false,
        };
        let mut records = Records::new(sample, complete, text, shape.layout);
        if !bounds.is_empty() {
            self.stream(&mut records, &mut pass, &bounds, &texts).map_err(|trouble| match trouble {
                Trouble::Io(error) => unreadable(error),
                Trouble::Endless(line) => {
                    let message = format!("line {line} has no end within 4 MiB");
                    let help = "export the file again; a line holds one row";
                    Box::new(Diagnostic::error("endless-line", Place::File(path.clone()), message).help(help)).into()
                }
            })?;
        }
        self.keep_texts(&bounds, &pass);
        let rows = pass.rows;
        if pass.is_odd {
            self.diagnostics.push(encoding_guessed(path));
        }
        if let Some(shared) = self.shared.as_deref() {
            let counts_twice = |other: &Arc<str>| {
                self.sharing.iter().map(|&at| &self.works[at]).any(|work| work.may_count_twice() && work.wants(other))
            };
            self.diagnostics.extend(shared.told(counts_twice));
        }
        self.diagnostics.extend(pass.faults.finish(shape.header.as_deref()));
        Ok((records.into_input().finish().map_err(unreadable)?, rows))
    }

    /// Gives each metric what stands in the columns of its conditions.
    fn keep_texts(&mut self, bounds: &[Bound], pass: &Pass<'_>) {
        for bound in bounds {
            for (at, (column, _)) in bound.filter.iter().enumerate() {
                if let Some(column) = pass.columns.get(column) {
                    self.works[bound.query].tracker.texts.entry(at).or_default().join(&column.texts);
                }
            }
        }
        for column in pass.columns.values() {
            column.tell(|query, place, tell| tell(&mut self.works[query].tracker.sought[place]));
        }
    }

    fn encoding(&self, dialect: &Dialect) -> Result<Option<&'static Encoding>, Box<Diagnostic>> {
        let Some(label) = &dialect.encoding else { return Ok(None) };
        Encoding::for_label(label.as_bytes()).map(Some).ok_or_else(|| {
            let place = self.sharing.first().map(|&at| place_of(self.works[at].asked.metric));
            let place = place.unwrap_or_else(|| Place::File(self.file.path.clone()));
            let message = format!("`encoding: {label}` is no encoding");
            Box::new(
                Diagnostic::error("unknown-encoding", place, message).help("write utf-8, utf-16le or windows-1252"),
            )
        })
    }

    fn refused(&self, refusal: Refusal) -> Diagnostic {
        Diagnostic::error(refusal.code, Place::File(self.file.path.clone()), refusal.message).help(refusal.help)
    }

    /// Answers the questions of all metrics that share the reading; those that can't be asked become unusable.
    fn bind(&mut self, shape: &Shape, sample: &[u8]) -> Asking {
        let columns = Columns::new(&self.file.path, shape, sample);
        let mut resolver = Resolver { columns: &columns, zone: self.zone, siblings: self.siblings, slots: Vec::new() };
        let mut bounds = Vec::new();
        for &at in &self.sharing {
            match resolver.bind(self.works[at].asked, at) {
                Ok(bound) => {
                    let is_known = |found: &Diagnostic| self.diagnostics.iter().any(|known| known.place == found.place);
                    let mixed: Vec<Diagnostic> =
                        percent::mixed(&columns, &bound).into_iter().filter(|found| !is_known(found)).collect();
                    self.diagnostics.extend(mixed);
                    let work = &mut self.works[at];
                    work.tracker.currency_column = bound.currencies.map(|column| shape.name(column));
                    work.planned(choices(work.asked, &columns, &bound, &resolver.slots));
                    bounds.push(bound);
                }
                Err(faults) => {
                    self.works[at].usable = false;
                    self.diagnostics.extend(faults);
                }
            }
        }
        self.begin_shared(&columns);
        // A text that all queries ask for is that of their rows.
        let text_columns = columns.may_hold_texts().filter(|&at| !bounds.iter().all(|bound| bound.asks(at))).collect();
        Asking { bounds, slots: resolver.slots, texts: columns.texts(), text_columns, fit: Fit::of(&columns) }
    }

    /// Begins to compare rows with those of other exports, where they would count twice.
    fn begin_shared(&mut self, columns: &Columns<'_>) {
        let counts_twice = self.sharing.iter().any(|&at| self.works[at].may_count_twice());
        self.shared = self.shared.take().filter(|_| counts_twice);
        if let Some(shared) = self.shared.as_deref_mut() {
            shared.begin(self.file.path.clone(), columns.key(), columns.telling());
        }
    }

    fn stream(
        &mut self,
        records: &mut Records<impl io::Read>,
        pass: &mut Pass<'_>,
        bounds: &[Bound],
        texts: &[String],
    ) -> Result<(), Trouble> {
        let (mut dispatch, mut queries) = (Dispatch::new(bounds), Vec::with_capacity(bounds.len()));
        records.skip_lines(pass.shape.data_line - 1)?;
        while !pass.ended
            && let Some(record) = records.next()?
        {
            if !pass.begin(&record) {
                continue;
            }
            let too_wide = pass.is_too_wide(&record) || record.has_swallowed_lines() || pass.is_torn(&record);
            if pass.gap.is_open && pass.ends(&record, 0) {
                break;
            }
            if too_wide && (pass.is_no_data(&record) || pass.is_total_beside(&record)) {
                continue;
            }
            if too_wide {
                pass.faults.row(&record, pass.shape.width);
            }
            if too_wide || pass.reports_misfit(&record) {
                bounds.iter().for_each(|bound| self.works[bound.query].tracker.undated += 1);
                continue;
            }
            if let Some(shared) = self.shared.as_deref_mut() {
                shared.add(&record);
            }
            pass.dispatch(&mut dispatch, &record, &mut queries);
            for bound in queries.iter().map(|&at| &bounds[at]) {
                let work = &mut self.works[bound.query];
                if !work.usable {
                    continue;
                }
                if let Err(clash) = pass.ask(bound, &mut work.tracker, &record) {
                    work.usable = false;
                    let place = self.place_of_clash(bound, pass, &record);
                    let asked = self.works[bound.query].asked;
                    self.diagnostics.push(clashing(clash, place, asked, texts));
                }
            }
        }
        for (at, bound) in bounds.iter().enumerate() {
            dispatch.tell(at, &mut self.works[bound.query].tracker);
        }
        Ok(())
    }

    fn place_of_clash(&self, bound: &Bound, pass: &Pass<'_>, record: &Record<'_>) -> Place {
        let column = match pass.slots[bound.date].source {
            DateSource::Column(column) | DateSource::NthDay(column, _) | DateSource::YearPart(column, ..) => column,
            DateSource::Fixed(_) => 0,
        };
        Place::from(place(&self.file.path, record, column))
    }
}

/// Returns the columns of conditions that ask for texts, of which nothing is known yet.
fn columns_of_texts(bounds: &[Bound]) -> BTreeMap<usize, ConditionColumn<'_>> {
    let mut columns: BTreeMap<usize, ConditionColumn<'_>> = BTreeMap::new();
    for bound in bounds {
        for (column, check) in &bound.filter {
            if let Check::OneOf(texts) = check {
                columns.entry(*column).or_default().ask(bound.query, texts);
            }
        }
    }
    columns
}

/// Returns the columns whose cells say anything to a query.
fn used(bounds: &[Bound], slots: &[DateSlot]) -> Vec<usize> {
    let mut columns: Vec<usize> = slots.iter().flat_map(|slot| slot.source.columns()).collect();
    for bound in bounds {
        columns.extend(bound.filter.iter().map(|(column, _)| *column));
        columns.extend(bound.split.into_iter().chain(bound.unique).chain(bound.currencies));
        columns.extend(bound.take.columns());
    }
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// Says that what a metric reads was read in an encoding that nobody stated.
fn encoding_guessed(path: &Arc<str>) -> Diagnostic {
    let message = "this export is not UTF-8 and was read as windows-1252";
    let help = "set `encoding: windows-1252` (or what it is) in the metric's definition";
    Diagnostic::warning("encoding-guessed", Place::File(path.clone()), message).help(help)
}
