//! Random exports, shaped as tools write them, with the metric definitions that ask them.
//!
//! In: random numbers, and the quarter that is asked about. Out: CSV texts and a definition; what they mean is for others
//! to say.

use std::fmt::Write as _;

use okrbook::model::calendar::{Day, Quarter};
use okrbook::model::quantity::{Number, TimeUnit, Unit};

use crate::scorer::{Numbers, Random};

/// When a book is looked at.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    /// The quarter that its goals are set for.
    pub(crate) quarter: Quarter,
    /// The day as of which it is scored.
    pub(crate) as_of: Day,
}

/// A metric's definition and exports.
pub(crate) struct Asked {
    /// What is measured.
    pub(crate) shape: &'static str,
    /// The definition's keys, with values as JSON, which is YAML, too.
    pub(crate) keys: Vec<(&'static str, String)>,
    /// The exports' names and texts.
    pub(crate) files: Vec<(String, String)>,
    /// The units of a goal's start, of its end, and of the metric.
    pub(crate) units: [Unit; 3],
}

/// Returns a text in quotes, as JSON and YAML have it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns a mapping of keys to values that are JSON already.
pub(crate) fn mapping(keys: &[(&str, String)]) -> String {
    let pairs: Vec<String> = keys.iter().map(|(key, value)| format!("{}: {value}", quoted(key))).collect();
    format!("{{{}}}", pairs.join(", "))
}

/// What stands in a cell, however its file writes it.
#[derive(Clone)]
enum Cell {
    Blank,
    Text(String),
    Number(Number),
    /// A day, and a second of it.
    When(Day, i32),
}

type Column = (&'static str, Vec<Cell>);

/// How a file writes dates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Iso,
    Spaced,
    Zulu,
    Offset,
    Dotted,
    Words,
    MonthFirst,
    American,
    British,
    BritishClock,
    Unix,
}

impl Form {
    const DETECTED: [Self; 7] =
        [Self::Iso, Self::Spaced, Self::Zulu, Self::Offset, Self::Dotted, Self::Words, Self::MonthFirst];
    const STATED: [Self; 4] = [Self::American, Self::British, Self::BritishClock, Self::Unix];

    fn has_clock(self) -> bool {
        matches!(self, Self::Spaced | Self::Zulu | Self::Offset | Self::BritishClock | Self::Unix)
    }

    fn stated(self) -> Option<&'static str> {
        match self {
            Self::American => Some("MM/DD/YYYY"),
            Self::British => Some("DD/MM/YYYY"),
            Self::BritishClock => Some("DD/MM/YYYY hh:mm:ss"),
            Self::Unix => Some("unix"),
            _ => None,
        }
    }

    fn write(self, date: Day, second: i32) -> String {
        let (year, month, day) = date.ymd();
        let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            [usize::from(month) - 1];
        let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
        match self {
            Self::Iso => date.to_string(),
            Self::Spaced => format!("{date} {clock}"),
            Self::Zulu => format!("{date}T{clock}Z"),
            Self::Offset => format!("{date}T{clock}+05:30"),
            Self::Dotted => format!("{day:02}.{month:02}.{year}"),
            Self::Words => format!("{day} {name} {year}"),
            Self::MonthFirst => format!("{name} {day}, {year}"),
            Self::American => format!("{month:02}/{day:02}/{year}"),
            Self::British => format!("{day:02}/{month:02}/{year}"),
            Self::BritishClock => format!("{day:02}/{month:02}/{year} {clock}"),
            Self::Unix => (i64::from(date.number()) * 86_400 + i64::from(second)).to_string(),
        }
    }
}

/// Returns the days on which rows stand, `distinct` ones where one value a day is asked for.
fn days(random: &mut Random, moment: Moment, distinct: bool) -> Vec<Day> {
    let window = moment.quarter.window;
    let first = window.start.plus(random.pick(&[-200, -120, -95, -60, 0, 3, 40]));
    let last = window.end.plus(random.pick(&[-60, -20, -5, -1, 0, 20])).min(moment.as_of.plus(8));
    let count = random.pick(&[0, 1, 3, 8, 20, 20, 40]);
    if last < first {
        return Vec::new();
    }
    let mut found: Vec<Day> =
        (0..count).map(|_| first.plus(random.between(0, last.number() - first.number()))).collect();
    if distinct {
        found.sort_unstable();
        found.dedup();
    }
    found
}

fn number(random: &mut Random) -> Cell {
    random.numbers = Numbers::Usual;
    Cell::Number(random.number())
}

/// Returns cells of which some are blank.
fn some(random: &mut Random, count: usize, blank: u64, mut cell: impl FnMut(&mut Random) -> Cell) -> Vec<Cell> {
    (0..count).map(|_| if random.chance(blank) { Cell::Blank } else { cell(random) }).collect()
}

fn second(random: &mut Random) -> i32 {
    random.between(0, 86_399)
}

/// What of an export is being put together.
struct Draft {
    shape: &'static str,
    keys: Vec<(&'static str, String)>,
    columns: Vec<Column>,
    units: [Unit; 3],
    aggregate: &'static str,
}

fn same(unit: &Unit) -> [Unit; 3] {
    [unit.clone(), unit.clone(), unit.clone()]
}

fn plain_units(random: &mut Random) -> [Unit; 3] {
    same(&random.pick(&[Unit::Count, Unit::Count, Unit::Percent, Unit::Money("USD".into())]))
}

fn time_units(random: &mut Random) -> [Unit; 3] {
    use TimeUnit::{Day as D, Hour, Minute, Second};
    random
        .pick(&[[Hour, Hour, Hour], [Hour, Minute, Hour], [D, Hour, D], [Minute, Minute, Second], [D, D, Hour]])
        .map(Unit::Duration)
}

fn dated(random: &mut Random, days: &[Day]) -> Column {
    ("day", days.iter().map(|&day| Cell::When(day, second(random))).collect())
}

/// The time between two columns; what is not over yet has no end.
fn duration(random: &mut Random, moment: Moment) -> Draft {
    let aggregate = random.pick(&["mean", "mean", "median", "p90", "max", "min", "sum", "last"]);
    let days = days(random, moment, aggregate == "last");
    let opened: Vec<(Day, i32)> = days.iter().map(|&day| (day, second(random))).collect();
    let lasted = |random: &mut Random, &(day, from): &(Day, i32)| {
        let seconds = match random.below(20) {
            0 => 0,
            1 => -random.between(1, 90_000),
            2 => random.between(1, 20) * 86_400,
            3..=5 => return Cell::Blank,
            _ => random.between(1, 200_000),
        };
        let end = i64::from(from) + i64::from(seconds);
        let (days, second) = (end.div_euclid(86_400), end.rem_euclid(86_400));
        Cell::When(day.plus(i32::try_from(days).expect("small")), i32::try_from(second).expect("of a day"))
    };
    let resolved = opened.iter().map(|begun| lasted(random, begun)).collect();
    let mut keys = vec![("value", "{\"from\": \"opened\", \"to\": \"resolved\"}".to_owned())];
    if random.chance(20) {
        keys.push(("date", quoted("opened")));
    }
    let opened = opened.into_iter().map(|(day, second)| Cell::When(day, second)).collect();
    let columns = vec![("opened", opened), ("resolved", resolved)];
    Draft { shape: "duration", keys, columns, units: time_units(random), aggregate }
}

/// One column less another, of which an empty cell takes nothing.
fn difference(random: &mut Random, moment: Moment) -> Draft {
    let aggregate = random.pick(&["sum", "sum", "mean", "median", "max", "min", "last"]);
    let days = days(random, moment, aggregate == "last");
    let amount = some(random, days.len(), 8, number);
    let refunded = some(random, days.len(), 50, number);
    let keys = vec![("value", "{\"column\": \"amount\", \"minus\": \"refunded\"}".to_owned())];
    let columns = vec![dated(random, &days), ("amount", amount), ("refunded", refunded)];
    Draft { shape: "difference", keys, columns, units: plain_units(random), aggregate }
}

/// A mean in which each value has a weight.
fn weighted(random: &mut Random, moment: Moment) -> Draft {
    let days = days(random, moment, false);
    let position = some(random, days.len(), 5, number);
    let weight = |random: &mut Random| Cell::Number(Number::new(i64::from(random.between(0, 500)), 0).expect("small"));
    let impressions = some(random, days.len(), 5, weight);
    let keys = vec![("value", quoted("position")), ("weighted_by", quoted("impressions"))];
    let columns = vec![dated(random, &days), ("position", position), ("impressions", impressions)];
    Draft { shape: "weighted", keys, columns, units: plain_units(random), aggregate: "mean" }
}

/// What is open at the end of each day.
fn stock(random: &mut Random, moment: Moment) -> Draft {
    let days = days(random, moment, false);
    let opened: Vec<(Day, i32)> = days.iter().map(|&day| (day, second(random))).collect();
    let closed = opened.iter().map(|&(day, from)| match random.below(10) {
        0..=3 => Cell::Blank,
        4 => Cell::When(day, (from + 60).min(86_399)),
        5 => Cell::When(day.plus(-random.between(0, 3)), from),
        _ => Cell::When(day.plus(random.between(0, 90)), second(random)),
    });
    let closed = closed.collect();
    let opened = opened.into_iter().map(|(day, second)| Cell::When(day, second)).collect();
    let keys = vec![("stock", "{\"from\": \"opened\", \"until\": \"closed\"}".to_owned())];
    let aggregate = random.pick(&["last", "last", "last", "mean", "max", "min", "median"]);
    let columns = vec![("opened", opened), ("closed", closed)];
    Draft { shape: "stock", keys, columns, units: same(&Unit::Count), aggregate }
}

/// Values that stand for others.
fn scaled(random: &mut Random, moment: Moment) -> Draft {
    let aggregate = random.pick(&["last", "last", "mean", "sum", "median", "min", "max"]);
    let days = days(random, moment, aggregate == "last");
    let values = some(random, days.len(), 5, number);
    let keys = vec![("value", quoted("value")), ("scale", random.pick(&["100", "0.1", "1000", "0.25"]).to_owned())];
    let columns = vec![dated(random, &days), ("value", values)];
    Draft { shape: "scale", keys, columns, units: plain_units(random), aggregate }
}

/// Several rows a day with a value each.
fn plain(random: &mut Random, moment: Moment) -> Draft {
    let aggregate = random.pick(&["sum", "sum", "mean", "median", "p90", "p25", "max", "min", "last"]);
    let days = days(random, moment, aggregate == "last");
    let values = some(random, days.len(), 5, number);
    // In few rows no column may hold numbers, and none would be the only one.
    let is_named = random.chance(50) || days.len() < 8;
    let keys = if is_named { vec![("value", quoted("value"))] } else { Vec::new() };
    let columns = vec![dated(random, &days), ("value", values)];
    Draft { shape: "value", keys, columns, units: plain_units(random), aggregate }
}

/// The sum of one column over the sum of another.
fn ratio(random: &mut Random, moment: Moment) -> Draft {
    let days = days(random, moment, false);
    let of = some(random, days.len(), 5, number);
    let to = some(random, days.len(), 5, number);
    let keys = vec![("ratio", "{\"of\": \"succeeded\", \"to\": \"attempts\"}".to_owned())];
    let columns = vec![dated(random, &days), ("succeeded", of), ("attempts", to)];
    Draft { shape: "ratio", keys, columns, units: plain_units(random), aggregate: "ratio" }
}

/// Rows that are counted.
fn events(random: &mut Random, moment: Moment) -> Draft {
    let days = days(random, moment, false);
    let keys = vec![("count", quoted("rows"))];
    let columns = vec![dated(random, &days)];
    Draft { shape: "events", keys, columns, units: same(&Unit::Count), aggregate: "count" }
}

/// Lengths of time as clocks and people write them.
fn clock(random: &mut Random, moment: Moment) -> Draft {
    let aggregate = random.pick(&["mean", "median", "max", "sum", "last"]);
    let days = days(random, moment, aggregate == "last");
    let format = random.pick(&["h:mm", "mm:ss", "h:mm:ss", "", "PT", "units"]);
    let length = |random: &mut Random| {
        let (a, b, c) = (random.between(0, 40), random.between(0, 59), random.between(0, 59));
        Cell::Text(match format {
            "h:mm" | "mm:ss" => format!("{a}:{b:02}"),
            "PT" => format!("PT{a}H{b}M"),
            "units" => random.pick(&[format!("{a}h {b}m"), format!("{a} h"), format!("{b} min"), format!("{c}s")]),
            _ => format!("{a:02}:{b:02}:{c:02}"),
        })
    };
    let took = some(random, days.len(), 5, length);
    let mut keys = vec![("value", quoted("took"))];
    if format.contains(':') {
        keys.push(("duration_format", quoted(format)));
    }
    let columns = vec![dated(random, &days), ("took", took)];
    Draft { shape: "clock", keys, columns, units: time_units(random), aggregate }
}

/// The ISO week that a day stands in, with its year.
fn week(day: Day) -> (i16, i32) {
    let thursday = day.plus(3 - (day.number() + 3).rem_euclid(7));
    let (year, _, _) = thursday.ymd();
    let january = Day::parse(&format!("{year:04}-01-01")).expect("a day");
    (year, (thursday.number() - january.number()) / 7 + 1)
}

/// Rows of months, weeks or quarters.
fn period(random: &mut Random, moment: Moment) -> Draft {
    let grain = random.pick(&["month", "month", "month", "week", "week", "quarter"]);
    let length = match grain {
        "week" => 7,
        "month" => 31,
        _ => 92,
    };
    let window = moment.quarter.window;
    let first = window.start.plus(random.pick(&[-400, -200, -95, -32, 0, 5]));
    let last = window.end.plus(random.pick(&[-40, -10, 0, 40])).min(moment.as_of.plus(10));
    let mut starts: Vec<Day> = Vec::new();
    for number in (first.number()..=last.number()).step_by(length).filter(|_| random.chance(85)) {
        let day = Day::from_number(number);
        let (_, month, _) = day.ymd();
        starts.push(match grain {
            "week" => day.plus(-(day.number() + 3).rem_euclid(7)),
            "month" => day.month_start(0),
            _ => day.month_start(-i32::from((month - 1) % 3)),
        });
    }
    starts.dedup();
    let mut keys = vec![("value", quoted("orders"))];
    let columns = written_periods(random, grain, &starts, &mut keys);
    let aggregate = random.pick(&["sum", "sum", "mean", "last", "max", "median"]);
    let orders = some(random, starts.len(), 5, number);
    let columns = columns.into_iter().chain([("orders", orders)]).collect();
    Draft { shape: grain, keys, columns, units: plain_units(random), aggregate }
}

/// Writes periods in one of their ways.
fn written_periods(
    random: &mut Random,
    grain: &'static str,
    starts: &[Day],
    keys: &mut Vec<(&'static str, String)>,
) -> Vec<Column> {
    let texts = |write: &dyn Fn(Day) -> String| starts.iter().map(|&day| Cell::Text(write(day))).collect::<Vec<Cell>>();
    let year = |day: Day| if grain == "week" { week(day).0 } else { day.ymd().0 };
    let part = |day: Day| match grain {
        "week" => week(day).1,
        "month" => i32::from(day.ymd().1),
        _ => i32::from(day.ymd().1).div_euclid(3) + 1,
    };
    match random.below(4) {
        0 => {
            keys.push(("grain", quoted(grain)));
            vec![("day", texts(&|day| day.to_string()))]
        }
        1 => {
            keys.push(("date", format!("{{\"year\": \"year\", {}: {}}}", quoted(grain), quoted(grain))));
            vec![("year", texts(&|day| year(day).to_string())), (grain, texts(&|day| part(day).to_string()))]
        }
        _ => {
            let in_words = random.chance(30);
            let write = |day: Day| match grain {
                "week" => format!("{}-W{:02}", year(day), part(day)),
                "month" if in_words => Form::Words.write(day, 0)[2..].to_owned(),
                "month" => format!("{}-{:02}", year(day), part(day)),
                _ => format!("{}-Q{}", year(day), part(day)),
            };
            vec![("period", texts(&write))]
        }
    }
}

/// Keys that stand beside the parts of a metric.
const OF_METRIC: [&str; 7] = ["aggregate", "unit", "window", "per", "fresh_within", "complete_through", "every"];

/// Returns a random metric for a key result, with exports of its own; of some, another one goes on from the first.
pub(crate) fn asked(random: &mut Random, moment: Moment, id: &str) -> Asked {
    let shapes = [duration, duration, difference, weighted, stock, scaled, plain, ratio, events, clock, period, period];
    let shape = random.pick(&shapes);
    let first = shape(random, moment);
    if first.shape == "stock" || !random.chance(15) {
        return written(random, moment, first, id);
    }
    let second = loop {
        let draft = shape(random, moment);
        if draft.shape == first.shape && draft.aggregate == first.aggregate {
            break draft;
        }
    };
    let until = moment.as_of.plus(random.between(-150, 5));
    let (first_id, second_id) = (format!("{id}-old"), format!("{id}-new"));
    let first = written(random, moment, first, &first_id);
    let second = written(random, moment, Draft { units: first.units.clone(), ..second }, &second_id);
    let part = |asked: &Asked, id: &str, until: Option<Day>| {
        let own = asked.keys.iter().filter(|(key, _)| !OF_METRIC.contains(key) && *key != "file").cloned();
        let file = asked.keys.iter().find(|(key, _)| *key == "file").map(|(_, file)| file.clone());
        let file = ("file", file.unwrap_or_else(|| quoted(&format!("{id}.csv"))));
        let until = until.map(|day| ("until", quoted(&day.to_string())));
        mapping(&until.into_iter().chain([file]).chain(own).collect::<Vec<_>>())
    };
    let parts = format!("[{}, {}]", part(&first, &first_id, Some(until)), part(&second, &second_id, None));
    let keys = first.keys.into_iter().filter(|(key, _)| OF_METRIC.contains(key));
    let keys = keys.chain([("parts", parts)]).collect();
    Asked { shape: "parts", keys, files: [first.files, second.files].concat(), units: first.units }
}

/// Returns a metric of a draft with its exports.
fn written(random: &mut Random, moment: Moment, mut draft: Draft, id: &str) -> Asked {
    let is_period = matches!(draft.shape, "month" | "week" | "quarter");
    if !matches!(draft.aggregate, "count" | "ratio" | "last") || random.chance(50) && draft.aggregate == "last" {
        draft.keys.push(("aggregate", quoted(draft.aggregate)));
    }
    let unit = &draft.units[2];
    if *unit != Unit::Count {
        draft.keys.push(("unit", quoted(&unit.to_string())));
    }
    common_columns(random, &mut draft);
    conditions(random, &mut draft);
    options(random, moment, &mut draft, is_period);
    let repeats = draft.aggregate != "last" || draft.shape == "stock";
    let unique = random.chance(25);
    if unique {
        draft.keys.push(("unique_by", quoted("key")));
    }
    if !is_period && random.chance(40) && (repeats || unique) {
        repeat(random, &mut draft);
    }
    let files = files(random, &mut draft, id, is_period);
    Asked { shape: draft.shape, keys: draft.keys, files, units: draft.units }
}

/// Adds columns such as every export has.
fn common_columns(random: &mut Random, draft: &mut Draft) {
    let count = draft.columns[0].1.len();
    let first = random.between(100, 900);
    let keys = (0..count).map(|row| Cell::Text(format!("T-{}", first + i32::try_from(row).expect("small"))));
    draft.columns.push(("key", keys.collect()));
    let priority = |random: &mut Random| Cell::Text(format!("P{}", random.between(1, 4)));
    draft.columns.push(("priority", some(random, count, 8, priority)));
    let note = |random: &mut Random| {
        Cell::Text(random.pick(&["late, again", "said \"soon\"", "fine; so far", "x"]).to_owned())
    };
    draft.columns.push(("note", some(random, count, 30, note)));
}

/// Adds conditions on rows.
fn conditions(random: &mut Random, draft: &mut Draft) {
    let condition = match random.below(12) {
        0 | 1 => "{\"priority\": \"P1\"}",
        2 => "{\"priority\": [\"P1\", \"P3\"]}",
        3 => "{\"priority\": \"\"}",
        4 => "{\"priority\": [\"P2\", \"\"]}",
        5 if draft.columns.iter().any(|(name, _)| *name == "value") => "{\"value\": {\"from\": 5, \"to\": 40}}",
        6 if draft.columns.iter().any(|(name, _)| *name == "amount") => "{\"amount\": {\"from\": 2.5}}",
        7 if draft.columns.iter().any(|(name, _)| *name == "opened") => "{\"opened\": {\"from\": \"2026-05-15\"}}",
        _ => return,
    };
    draft.keys.push(("where", condition.to_owned()));
}

/// Adds windows, ages and completeness.
fn options(random: &mut Random, moment: Moment, draft: &mut Draft, is_period: bool) {
    if random.chance(15) {
        draft.keys.push(("window", quoted(random.pick(&["7 days", "28 days", "90 days"]))));
    }
    if random.chance(20) && matches!(draft.aggregate, "sum" | "count") {
        draft.keys.push(("per", quoted("month")));
    }
    if random.chance(25) {
        draft.keys.push(("fresh_within", quoted(&format!("{} days", random.between(1, 40)))));
    }
    match random.below(8) {
        0 | 1 => {
            let day = moment.as_of.plus(-random.pick(&[0, 1, 5, 30]));
            draft.keys.push(("complete_through", quoted(&day.to_string())));
        }
        2 => draft.keys.push(("complete_through", quoted("yesterday"))),
        _ => {}
    }
    if random.chance(15) && !is_period {
        draft.keys.push(("zone", quoted(random.pick(&["+09:00", "-03:30", "UTC"]))));
    }
    if random.chance(20) && !is_period {
        draft.keys.push(("every", quoted(random.pick(&["day", "weekday", "week", "month"]))));
    }
}

/// Writes some rows a second time.
fn repeat(random: &mut Random, draft: &mut Draft) {
    let count = draft.columns[0].1.len();
    for row in 0..count {
        if random.chance(15) {
            for (_, cells) in &mut draft.columns {
                let cell = cells[row].clone();
                cells.push(cell);
            }
        }
    }
}

fn shuffle<T>(random: &mut Random, items: &mut [T]) {
    for at in (1..items.len()).rev() {
        items.swap(at, usize::try_from(random.below(at as u64 + 1)).expect("small"));
    }
}

/// Writes a draft's rows into one export or two.
fn files(random: &mut Random, draft: &mut Draft, id: &str, is_period: bool) -> Vec<(String, String)> {
    shuffle(random, &mut draft.columns);
    let mut rows: Vec<usize> = (0..draft.columns[0].1.len()).collect();
    if random.chance(70) {
        shuffle(random, &mut rows);
    }
    let clocks = draft.shape == "duration" && draft.aggregate == "last";
    let stated = random.pick(&Form::STATED);
    let stated = (!is_period && random.chance(30) && (stated.has_clock() || !clocks)).then_some(stated);
    if let Some(format) = stated.and_then(Form::stated) {
        draft.keys.push(("date_format", quoted(format)));
    }
    let form = |random: &mut Random| match stated {
        Some(form) => form,
        None if clocks => random.pick(&[Form::Spaced, Form::Zulu, Form::Offset]),
        None => random.pick(&Form::DETECTED),
    };
    // Times with an offset and times without are not in order beside each other, so the latest is asked of one form.
    let only = (draft.aggregate == "last").then(|| form(random));
    let form = |random: &mut Random| only.unwrap_or_else(|| form(random));
    if random.chance(25) && rows.len() > 3 {
        let half = rows.len() / 2;
        draft.keys.push(("file", quoted(&format!("{id}-*.csv"))));
        let first = text(random, draft, &rows[..half], form);
        let second = text(random, draft, &rows[half..], form);
        return vec![(format!("{id}-a.csv"), first), (format!("{id}-b.csv"), second)];
    }
    if random.chance(50) {
        draft.keys.push(("file", quoted(&format!("{id}.csv"))));
    }
    vec![(format!("{id}.csv"), text(random, draft, &rows, form))]
}

/// Writes rows as one export's text.
fn text(random: &mut Random, draft: &Draft, rows: &[usize], form: impl FnOnce(&mut Random) -> Form) -> String {
    let form = form(random);
    // A comma in each date could part cells, too.
    let delimiter = if form == Form::MonthFirst { ',' } else { random.pick(&[',', ',', ',', ';', '\t', '|']) };
    let end = random.pick(&["\n", "\r\n"]);
    let blanks = random.pick(&[0, 0, 6]);
    let join = |cells: Vec<String>| cells.join(&delimiter.to_string());
    let mut text = join(draft.columns.iter().map(|(name, _)| (*name).to_owned()).collect());
    text.push_str(end);
    for &row in rows {
        if random.chance(blanks) {
            text.push_str(&join(vec![String::new(); draft.columns.len()]));
            text.push_str(end);
        }
        let cells = draft.columns.iter().map(|(_, cells)| match &cells[row] {
            Cell::Blank => String::new(),
            Cell::Text(text) => in_quotes(text, delimiter),
            Cell::Number(number) if delimiter == ';' => number.to_string().replace('.', ","),
            Cell::Number(number) => number.to_string(),
            Cell::When(day, second) => in_quotes(&form.write(*day, *second), delimiter),
        });
        let _ = write!(text, "{}{end}", join(cells.collect()));
    }
    text
}

fn in_quotes(text: &str, delimiter: char) -> String {
    if text.contains(['"', delimiter]) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
