//! One group of exports and the metrics that query them: opened, told apart, streamed, hashed.
//!
//! In: files and metrics that share them. Out: a history for each metric, and diagnostics. Files are read in the
//! order of their paths, one after the other, each a chunk at a time.

use std::io;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::cells::clock::Clock;
use super::keep::days::Builder;
use super::keep::series::{Clash, Keep};
use super::read::faults::{Faults, place};
use super::read::query::{Pass, Tracker};
use super::read::slot::{DateSlot, DateSource};
use super::read::sought::Sought;
use super::split::dialect::{self, Gap, Refusal, Shape};
use super::split::encoding::Text;
use super::split::foreign::{self, Foreign};
use super::split::records::{Record, Records, Trouble};
use super::told::{clashing, misspelt_condition, sought};
use super::understand::columns::Columns;
use super::understand::fit::Fit;
use super::understand::percent;
use super::understand::plan::Bound;
use super::understand::resolve::{Asked, Resolver, filter_text, place_of};
use crate::diag::{Diagnostic, Place};
use crate::error::{self, Error};
use crate::hash::Digest;
use crate::model::calendar::{Day, Zone};
use crate::model::daily::RowData;
use crate::model::history::{History, factor_of};
use crate::model::ids::Slug;
use crate::model::metric::{Aggregate, Dialect};
use crate::model::series::{DaySeries, Ints};
use crate::read::Binary;

/// Exports, and the metrics that query any of them and no others.
#[derive(Default)]
pub(super) struct Group<'a> {
    /// The exports, sorted by path.
    pub(super) files: Vec<&'a Binary>,
    /// The metrics, sorted by id.
    pub(super) metrics: Vec<Asked<'a>>,
}

/// A metric while its exports are read.
struct Work<'a> {
    asked: Asked<'a>,
    tracker: Tracker,
    files: Vec<(Arc<str>, Digest)>,
    usable: bool,
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
type Measured = (Vec<(Slug, History)>, Vec<Diagnostic>);

/// Measures a group's metrics.
///
/// # Errors
///
/// Where the disk fails while an export is read.
pub(super) fn measure_group(group: &Group<'_>, zone: &Zone, as_of: Day) -> error::Result<Measured> {
    let mut diagnostics = Vec::new();
    let mut works: Vec<Work<'_>> = group.metrics.iter().map(|&asked| Work::new(asked, zone)).collect();
    for file in &group.files {
        // Definitions that tell the same delimiter, encoding and header share one reading.
        let mut readings: Vec<(&Dialect, Vec<usize>)> = Vec::new();
        for (at, work) in works.iter().enumerate().filter(|(_, work)| work.wants(&file.path)) {
            let dialect = &work.asked.rows.dialect;
            match readings.iter_mut().find(|(known, _)| reads_alike(known, dialect)) {
                Some((_, sharing)) => sharing.push(at),
                None => readings.push((dialect, vec![at])),
            }
        }
        for (dialect, sharing) in readings {
            let mut reading = Reading { file, zone, as_of, works: &mut works, sharing, diagnostics: &mut diagnostics };
            reading.read(dialect)?;
        }
    }
    let mut known_days = None;
    let measured = works.into_iter().map(|work| work.finish(as_of, &mut known_days, &mut diagnostics)).collect();
    Ok((measured, diagnostics))
}

fn reads_alike(a: &Dialect, b: &Dialect) -> bool {
    let physical = |dialect: &Dialect| (dialect.delimiter, dialect.skip_rows, dialect.no_header);
    physical(a) == physical(b) && a.encoding == b.encoding
}

impl<'a> Work<'a> {
    fn new(asked: Asked<'a>, zone: &Zone) -> Self {
        let metric = asked.metric;
        // Where the book declares a cadence, each period is one point, however many rows it has.
        let rows = metric.aggregate == Aggregate::Last && asked.rows.split.is_none() && metric.every.is_none();
        let keep = Keep { aggregate: metric.aggregate, rows };
        let naive = asked.rows.dialect.zone.as_deref().and_then(Zone::named);
        let builder = Builder::new(keep, Clock::new(zone, naive));
        let mut tracker = Tracker::new(builder, metric.aggregate != Aggregate::Last);
        tracker.sought = sought(asked.rows).map(|_| Sought::default()).collect();
        Self { asked, tracker, files: Vec::new(), usable: true }
    }

    fn wants(&self, path: &Arc<str>) -> bool {
        self.usable && self.asked.rows.files.binary_search(path).is_ok()
    }

    /// Returns the history; its days share the memory of `known_days` where they are the same.
    fn finish(self, as_of: Day, known_days: &mut Option<Ints>, diagnostics: &mut Vec<Diagnostic>) -> (Slug, History) {
        let metric = self.asked.metric;
        let unusable = |_| (metric.id.clone(), History::unusable(metric));
        if !self.usable {
            return unusable(());
        }
        let misspelt = sought(self.asked.rows).zip(&self.tracker.sought);
        let misspelt =
            misspelt.filter_map(|((column, text), sought)| Some(misspelt_condition(column, text, sought.near()?)));
        let known = diagnostics.len();
        diagnostics.extend(misspelt);
        if diagnostics.len() > known {
            return unusable(());
        }
        if let Some(digits) = self.tracker.builder.rounded_to() {
            let message = format!("{} has so many values that percentiles are kept to {digits} digits", metric.id);
            diagnostics.push(Diagnostic::warning("rounded-percentile", place_of(metric), message));
        }
        let Tracker { builder, rows_seen, grain, after_as_of, undated, left_out, .. } = self.tracker;
        let mut series = match builder.finish() {
            Ok(series) => series,
            Err(clash) => {
                let place = self.files.first().map_or_else(|| place_of(metric), |file| Place::File(file.0.clone()));
                diagnostics.push(clashing(clash, place, self.asked, &[]));
                return unusable(());
            }
        };
        let factor = factor_of(metric);
        let too_large = |one: &DaySeries| one.first_line(one.first_too_large(metric.aggregate, factor)?);
        if let Some((file, line)) = series.iter().find_map(too_large) {
            let place = self.files.get(file).map_or_else(|| place_of(metric), |file| Place::File(file.0.clone()));
            diagnostics.push(clashing(Clash::TooLarge(Some(line)), place, self.asked, &[]));
            return unusable(());
        }
        for one in &mut series {
            one.days.share(known_days.get_or_insert_with(|| one.days.clone()));
        }
        let complete = metric.complete_through.into_iter().chain(rows_seen.map(|seen| seen.1)).max();
        let rows = RowData {
            files: self.files,
            filter: filter_text(self.asked.rows).into(),
            series,
            across: self.asked.rows.across,
            grain,
            factor,
            first_row: rows_seen.map(|seen| seen.0),
            heartbeat: complete.map(|day| day.min(as_of)),
            after_as_of,
            undated,
            left_out: left_out.into_iter().collect(),
        };
        (metric.id.clone(), History::of_rows(metric, rows))
    }
}

/// One reading of one export.
struct Reading<'r, 'a> {
    file: &'r Binary,
    zone: &'r Zone,
    as_of: Day,
    works: &'r mut Vec<Work<'a>>,
    /// The metrics that share it.
    sharing: Vec<usize>,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl Reading<'_, '_> {
    fn read(&mut self, dialect: &Dialect) -> error::Result<()> {
        match self.try_read(dialect) {
            Ok(digest) => {
                for &at in &self.sharing {
                    let work = &mut self.works[at];
                    work.tracker.builder.end_file();
                    work.files.push((self.file.path.clone(), digest));
                }
            }
            Err(Stop::Fault(diagnostic)) => {
                self.sharing.iter().for_each(|&at| self.works[at].usable = false);
                self.diagnostics.push(*diagnostic);
            }
            Err(Stop::Disk(error)) => return Err(error),
        }
        Ok(())
    }

    fn try_read(&mut self, dialect: &Dialect) -> Result<Digest, Stop> {
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
        if guessed {
            let message = "this export is not UTF-8 and was read as windows-1252";
            let help = "set `encoding: windows-1252` (or what it is) in the metric's definition";
            self.diagnostics
                .push(Diagnostic::warning("encoding-guessed", Place::File(path.clone()), message).help(help));
        }
        let shape = dialect::detect(&sample, complete, dialect).map_err(|refusal| Box::new(self.refused(refusal)))?;
        let (bounds, slots, texts, fit) = self.bind(&shape, &sample);
        let faults = Faults::new(path.clone(), shape.width);
        let mut pass = Pass { shape: &shape, slots, faults, fit, as_of: self.as_of, gap: Gap::default(), ended: false };
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
        self.diagnostics.extend(pass.faults.finish(shape.header.as_deref()));
        records.into_input().finish().map_err(unreadable)
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
    fn bind(&mut self, shape: &Shape, sample: &[u8]) -> (Vec<Bound>, Vec<DateSlot>, Vec<String>, Option<Fit>) {
        let columns = Columns::new(&self.file.path, shape, sample);
        let mut resolver = Resolver { columns: &columns, zone: self.zone, slots: Vec::new() };
        let mut bounds = Vec::new();
        for &at in &self.sharing {
            match resolver.bind(self.works[at].asked, at) {
                Ok(bound) => {
                    let is_known = |found: &Diagnostic| self.diagnostics.iter().any(|known| known.place == found.place);
                    let mixed: Vec<Diagnostic> =
                        percent::mixed(&columns, &bound).into_iter().filter(|found| !is_known(found)).collect();
                    self.diagnostics.extend(mixed);
                    bounds.push(bound);
                }
                Err(faults) => {
                    self.works[at].usable = false;
                    self.diagnostics.extend(faults);
                }
            }
        }
        (bounds, resolver.slots, columns.texts(), Fit::of(&columns))
    }

    fn stream(
        &mut self,
        records: &mut Records<impl io::Read>,
        pass: &mut Pass<'_>,
        bounds: &[Bound],
        texts: &[String],
    ) -> Result<(), Trouble> {
        records.skip_lines(pass.shape.data_line - 1)?;
        while !pass.ended
            && let Some(record) = records.next()?
        {
            if !pass.begin(&record) {
                continue;
            }
            let too_wide = pass.is_too_wide(&record) || record.has_swallowed_lines();
            if pass.gap.is_open && pass.ends(&record, 0) {
                break;
            }
            if too_wide && pass.is_no_data(&record) {
                continue;
            }
            if too_wide {
                pass.faults.row(&record, pass.shape.width);
            }
            let too_wide = too_wide || pass.reports_misfit(&record);
            for bound in bounds {
                let work = &mut self.works[bound.query];
                if !work.usable {
                    continue;
                }
                if too_wide {
                    work.tracker.undated += 1;
                } else if let Err(clash) = pass.ask(bound, &mut work.tracker, &record) {
                    work.usable = false;
                    let place = self.place_of_clash(bound, pass, &record);
                    let asked = self.works[bound.query].asked;
                    self.diagnostics.push(clashing(clash, place, asked, texts));
                }
            }
        }
        Ok(())
    }

    fn place_of_clash(&self, bound: &Bound, pass: &Pass<'_>, record: &Record<'_>) -> Place {
        let column = match pass.slots[bound.date].source {
            DateSource::Column(column) | DateSource::YearPart(column, ..) => column,
        };
        Place::from(place(&self.file.path, record, column))
    }
}
