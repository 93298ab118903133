//! Engines, through ADBC: the only place that knows drivers and what they hand over.
//!
//! In: a connection, a query, limits. Out: the columns of the answer with every digit, and who answered. The engine is told
//! to read only where it knows how; what takes too long, or is broken off, is cancelled there.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use adbc_core::options::{AdbcVersion, InfoCode, OptionDatabase, OptionValue};
use adbc_core::{
    CancelHandle, Connection as _, Database as _, Driver as _, LOAD_FLAG_SEARCH_ENV, LOAD_FLAG_SEARCH_SYSTEM,
    LOAD_FLAG_SEARCH_USER, Statement as _,
};
use adbc_driver_manager::{ManagedConnection, ManagedDriver, ManagedStatement};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float32Type, Float64Type,
    Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, Date32Array, RecordBatch, RecordBatchReader, StringArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};

use super::profile::{Profile, Setting, Way};
use super::receipt::Answered;
use super::table::{Cell, Column};
use crate::model::calendar::Day;

/// How often somebody looks whether a query is to be broken off.
const TICK: Duration = Duration::from_millis(50);

/// How many ticks a cancelled query may take to end.
const GRACE: u32 = 100;

/// The most memory that an answer may take, in bytes.
const MEMORY: usize = 256 << 20;

/// A query with all that it takes to ask it.
#[derive(Clone)]
pub struct Request {
    /// The connection.
    pub profile: Profile,
    /// The query.
    pub sql: String,
    /// The day for its place, where it has one.
    pub since: Option<Day>,
    /// The most rows that are taken home.
    pub max_rows: u32,
    /// The most seconds that it may take.
    pub seconds: u32,
}

/// What came home.
#[derive(Debug)]
pub struct Answer {
    /// The columns.
    pub columns: Vec<Column>,
    /// Who answered.
    pub answered: Answered,
    /// How many bytes the answer takes in memory.
    pub bytes: usize,
}

enum Told {
    /// What breaks off that which is being done.
    Handle(Box<dyn CancelHandle>),
    Done(Result<Answer, String>),
}

/// Asks an engine. `stop` says that the user wants no answer any more.
///
/// # Errors
///
/// What the driver or the engine says, without anything that the profile holds; that it took too long, gave too much, or was
/// broken off.
pub fn ask(request: &Request, stop: &AtomicBool) -> Result<Answer, String> {
    let (sender, receiver) = mpsc::channel();
    let (asked, profile) = (request.clone(), &request.profile);
    thread::spawn(move || {
        let outcome = work(&asked, &sender);
        // Whoever gave up waiting needs no answer.
        let _ = sender.send(Told::Done(outcome));
    });
    let mut handles: Vec<Box<dyn CancelHandle>> = Vec::new();
    let mut broken: Option<(String, u32)> = None;
    let mut ticks = 0;
    loop {
        match receiver.recv_timeout(TICK) {
            Ok(Told::Handle(handle)) => handles.push(handle),
            Ok(Told::Done(outcome)) => {
                let outcome = outcome.map_err(|message| profile.redact(&message));
                return broken.map_or(outcome, |(why, _)| Err(why));
            }
            Err(RecvTimeoutError::Disconnected) => return Err("the driver failed".to_owned()),
            Err(RecvTimeoutError::Timeout) => ticks += 1,
        }
        let why = if stop.load(Ordering::Relaxed) {
            Some("broken off".to_owned())
        } else {
            (ticks / 20 >= request.seconds).then(|| format!("no answer within {} s", request.seconds))
        };
        if let (Some(why), None) = (why, &broken) {
            for handle in handles.iter().rev() {
                // Not every driver can cancel; the answer is thrown away in any case.
                let _ = handle.try_cancel();
            }
            broken = Some((why, ticks + GRACE));
        }
        if let Some((why, _)) = broken.as_ref().filter(|(_, end)| ticks >= *end) {
            return Err(why.clone());
        }
    }
}

/// Returns what an error of a driver says, in one line.
#[expect(clippy::needless_pass_by_value, reason = "errors are mapped by it")]
fn said(error: adbc_core::error::Error) -> String {
    error.message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn work(request: &Request, told: &Sender<Told>) -> Result<Answer, String> {
    let mut connection = connect(&request.profile)?;
    // A receiver that is gone has given up, and the answer is thrown away.
    let _ = told.send(Told::Handle(connection.get_cancel_handle()));
    let (vendor, answered) = who(&connection);
    guard(&mut connection, &vendor, request)?;
    let mut statement = connection.new_statement().map_err(said)?;
    statement.set_sql_query(&request.sql).map_err(said)?;
    let _ = told.send(Told::Handle(statement.get_cancel_handle()));
    if let Some(day) = request.since {
        bind(&mut statement, day, &vendor).map_err(|error| format!("the query takes no day: {}", said(error)))?;
    }
    let answer = statement.execute().map_err(said)?;
    let (columns, bytes) = take(answer, request.max_rows)?;
    Ok(Answer { columns, answered, bytes })
}

fn connect(profile: &Profile) -> Result<ManagedConnection, String> {
    let Way::Driver { driver, entrypoint, options } = &profile.way else {
        return Err("this connection is a program, not an engine".to_owned());
    };
    let flags = LOAD_FLAG_SEARCH_ENV | LOAD_FLAG_SEARCH_USER | LOAD_FLAG_SEARCH_SYSTEM;
    let entrypoint = entrypoint.as_deref().map(str::as_bytes);
    let loaded = ManagedDriver::load_from_name(driver, entrypoint, AdbcVersion::V110, flags, None);
    let mut loaded = loaded.map_err(|error| format!("its driver can't be loaded: {}", said(error)))?;
    let options = options.iter().map(|(name, setting)| {
        let value = match setting {
            Setting::Text(text) => OptionValue::String(text.clone()),
            Setting::Whole(number) => OptionValue::Int(*number),
        };
        (OptionDatabase::from(name.as_str()), value)
    });
    let database = loaded.new_database_with_opts(options).map_err(said)?;
    database.new_connection().map_err(said)
}

/// Returns the engine's name, and what is kept of who answered.
fn who(connection: &ManagedConnection) -> (String, Answered) {
    let codes = [InfoCode::VendorName, InfoCode::VendorVersion, InfoCode::DriverName, InfoCode::DriverVersion];
    let mut told = codes.map(|code| info(connection, code).unwrap_or_default());
    let [vendor, version, driver, driver_version] = &mut told;
    if vendor.eq_ignore_ascii_case("duckdb") {
        "DuckDB".clone_into(vendor);
    }
    let joined = |name: &str, version: &str| format!("{name} {}", short(version)).trim().to_owned();
    let engine = joined(if vendor.is_empty() { "an engine without a name" } else { vendor }, version);
    (vendor.to_lowercase(), Answered { engine, driver: joined(driver, driver_version) })
}

/// Returns what people call a version: 15.18 for "150018" and for "15.18 (Debian 15.18-0)", nothing for "unknown".
fn short(version: &str) -> String {
    let first = version.split_whitespace().next().unwrap_or_default().trim_start_matches('v');
    match first.parse::<u32>() {
        // PostgreSQL counts 10000 for its first number.
        Ok(number) if number >= 100_000 => format!("{}.{}", number / 10_000, number % 10_000),
        _ if first.starts_with(|c: char| c.is_ascii_digit()) => first.to_owned(),
        _ => String::new(),
    }
}

/// Returns a text that the driver tells of itself or of the engine.
fn info(connection: &ManagedConnection, code: InfoCode) -> Option<String> {
    let reader = connection.get_info(Some(HashSet::from([code]))).ok()?;
    for batch in reader {
        let batch = batch.ok()?;
        let values = batch.column_by_name("info_value")?.as_union_opt()?;
        for row in 0..batch.num_rows() {
            let value = values.value(row);
            if let Some(text) = value.as_string_opt::<i32>().filter(|text| text.is_valid(0)) {
                return Some(text.value(0).to_owned());
            }
        }
    }
    None
}

/// Tells an engine that knows how that nothing is written, and what may be read.
fn guard(connection: &mut ManagedConnection, vendor: &str, request: &Request) -> Result<(), String> {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let orders: Vec<String> = match vendor {
        "postgresql" => vec![
            "SET default_transaction_read_only = on".to_owned(),
            format!("SET statement_timeout = '{}s'", request.seconds),
        ],
        "duckdb" => {
            let folders: Vec<String> = request.profile.folders.iter().map(|folder| quoted(folder)).collect();
            vec![
                format!("SET allowed_directories = [{}]", folders.join(", ")),
                "SET enable_external_access = false".to_owned(),
                "SET lock_configuration = true".to_owned(),
            ]
        }
        "sqlite" => vec!["PRAGMA query_only = on".to_owned()],
        _ => Vec::new(),
    };
    for order in orders {
        let mut statement = connection.new_statement().map_err(said)?;
        let done = statement.set_sql_query(&order).and_then(|()| statement.execute_update());
        done.map_err(|error| format!("the engine can't be told to read only: {}", said(error)))?;
    }
    Ok(())
}

/// Puts the day into the query's place for it; SQLite has no type for days.
fn bind(statement: &mut ManagedStatement, day: Day, vendor: &str) -> adbc_core::error::Result<()> {
    let (kind, values): (DataType, Arc<dyn Array>) = if vendor == "sqlite" {
        (DataType::Utf8, Arc::new(StringArray::from(vec![day.to_string()])))
    } else {
        (DataType::Date32, Arc::new(Date32Array::from(vec![day.number()])))
    };
    let schema = Arc::new(Schema::new(vec![Field::new("0", kind, false)]));
    let batch = RecordBatch::try_new(schema, vec![values])?;
    statement.prepare()?;
    statement.bind(batch)
}

/// Takes the answer home, row by row, as long as it is no raw table.
fn take(answer: impl RecordBatchReader, max_rows: u32) -> Result<(Vec<Column>, usize), String> {
    let schema = answer.schema();
    let mut columns: Vec<Column> = schema
        .fields()
        .iter()
        .map(|field| Column { name: field.name().clone(), kind: kind_of(field), cells: Vec::new() })
        .collect();
    let (mut rows, mut bytes) = (0, 0_usize);
    for batch in answer {
        let batch = batch.map_err(|error| error.to_string().split_whitespace().collect::<Vec<_>>().join(" "))?;
        rows += batch.num_rows();
        bytes = bytes.saturating_add(batch.get_array_memory_size());
        if rows > max_rows as usize {
            return Err(format!(
                "the answer has more than {max_rows} rows: let the query `group by` days, or raise `max_rows`"
            ));
        }
        if bytes > MEMORY {
            return Err(format!("the answer takes more than {} MB: ask for days and numbers only", MEMORY >> 20));
        }
        for (column, array) in columns.iter_mut().zip(batch.columns()) {
            column.cells.extend((0..batch.num_rows()).map(|row| cell(array, row)));
        }
    }
    Ok((columns, bytes))
}

/// The name under which PostgreSQL's driver tells a column's own type.
const OWN_TYPE: &str = "ADBC:postgresql:typname";

fn kind_of(field: &Field) -> String {
    field.metadata().get(OWN_TYPE).cloned().unwrap_or_else(|| field.data_type().to_string())
}

/// Returns one cell with all of its digits.
fn cell(array: &dyn Array, row: usize) -> Cell {
    if array.is_null(row) {
        return Cell::Empty;
    }
    macro_rules! number {
        ($kind:ty) => {
            Cell::Number(array.as_primitive::<$kind>().value(row).to_string())
        };
    }
    macro_rules! decimal {
        ($kind:ty) => {
            Cell::Number(array.as_primitive::<$kind>().value_as_string(row))
        };
    }
    match array.data_type() {
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => number!(Float32Type),
        DataType::Float64 => number!(Float64Type),
        DataType::Decimal32(..) => decimal!(Decimal32Type),
        DataType::Decimal64(..) => decimal!(Decimal64Type),
        DataType::Decimal128(..) => decimal!(Decimal128Type),
        DataType::Decimal256(..) => decimal!(Decimal256Type),
        DataType::Utf8 => Cell::Text(array.as_string::<i32>().value(row).to_owned()),
        DataType::LargeUtf8 => Cell::Text(array.as_string::<i64>().value(row).to_owned()),
        DataType::Utf8View => Cell::Text(array.as_string_view().value(row).to_owned()),
        DataType::Date32 => day(i64::from(array.as_primitive::<Date32Type>().value(row)), 1),
        DataType::Date64 => day(array.as_primitive::<Date64Type>().value(row), 86_400_000),
        DataType::Timestamp(unit, _) => instant(array, *unit, row),
        DataType::Boolean => Cell::Other("it is true or false: count it, as in `sum(case when … then 1 else 0 end)`"),
        DataType::Time32(_) | DataType::Time64(_) => Cell::Other("it is a time of day"),
        DataType::Duration(_) | DataType::Interval(_) => Cell::Other("it is a length of time: make a number of it"),
        _ => Cell::Other("it is a list, bytes or another structure"),
    }
}

/// Returns the day of an instant that is a midnight; other instants belong to a day of some zone, which only the query knows.
fn instant(array: &dyn Array, unit: TimeUnit, row: usize) -> Cell {
    match unit {
        TimeUnit::Second => day(array.as_primitive::<TimestampSecondType>().value(row), 86_400),
        TimeUnit::Millisecond => day(array.as_primitive::<TimestampMillisecondType>().value(row), 86_400_000),
        TimeUnit::Microsecond => day(array.as_primitive::<TimestampMicrosecondType>().value(row), 86_400_000_000),
        TimeUnit::Nanosecond => day(array.as_primitive::<TimestampNanosecondType>().value(row), 86_400_000_000_000),
    }
}

/// What is said of days at the ends of time.
const NEVER: &str = "it is a day that no calendar has, such as infinity";

/// Returns the day of a number of units since 1970.
fn day(number: i64, a_day: i64) -> Cell {
    let days = i32::try_from(number.div_euclid(a_day)).ok();
    let days = days.filter(|days| (Day::MIN.number()..=Day::MAX.number()).contains(days));
    match days {
        None => Cell::Other(NEVER),
        Some(_) if number.rem_euclid(a_day) != 0 => Cell::Other("it is a time, not a day: `cast(at as date) as day`"),
        Some(days) => Cell::Day(Day::from_number(days)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_as_people_call_them() {
        for (told, called) in [
            ("150018", "15.18"),
            ("v1.5.6", "1.5.6"),
            ("3.53.1", "3.53.1"),
            ("15.18 (Debian 15.18-0+deb12u1)", "15.18"),
            ("(unknown or development build)", ""),
            ("unknown", ""),
        ] {
            assert_eq!(short(told), called);
        }
    }

    #[test]
    fn only_midnights_are_days() {
        assert_eq!(day(86_400, 86_400), Cell::Day(Day::parse("1970-01-02").expect("a day")));
        assert_eq!(day(-1, 1), Cell::Day(Day::parse("1969-12-31").expect("a day")));
        assert!(matches!(day(86_401, 86_400), Cell::Other(why) if why.contains("a time")));
        for infinity in [i64::MAX, i64::MIN, i64::MAX - i64::MAX % 86_400, i64::from(i32::MAX) * 86_400] {
            assert!(matches!(day(infinity, 86_400), Cell::Other(why) if why.contains("infinity")));
        }
    }
}
