//! A definition for an export that has none: what was understood is written, what is open is asked.
//!
//! In: an export's columns, and what the user says. Out: a definition in YAML, each line with why it stands there; or the
//! question that is open, with its answers. Chooses nothing that a reader couldn't see in the lines.

use super::emit;
use crate::metrics::look::{Glance, Holds, Seen};
use crate::model::grain::Grain;
use crate::model::ids::Slug;
use crate::model::metric::Aggregate;

/// What the user says.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The metric's id; the export's name where nothing is said.
    pub id: Option<Slug>,
    /// The column of dates.
    pub date: Option<String>,
    /// The column that is measured.
    pub value: Option<String>,
    /// Whether rows are counted.
    pub counts_rows: bool,
    /// How rows become one value.
    pub aggregate: Option<Aggregate>,
    /// The unit.
    pub unit: Option<String>,
}

/// A question that the export leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Open {
    /// Which column is measured, of these; rows may be counted instead.
    Value(Vec<String>),
    /// No column holds dates.
    Date,
    /// How several rows of one day become one value.
    Aggregate,
    /// How rows that each tell of another thing become one value, and the column that names the things.
    Things(String),
    /// The export has no column of that name; these are the ones that it has.
    NoColumn(String, Vec<String>),
}

/// Returns the definition of a metric over an export, whose name counts from `metrics/`.
///
/// # Errors
///
/// Where something is open that nobody said: the question.
pub fn define(file: &str, glance: &Glance, said: &Said) -> Result<String, Open> {
    let names = || glance.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
    let find = |name: &String| {
        let found = glance.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name));
        found.ok_or_else(|| Open::NoColumn(name.clone(), names()))
    };
    let mut lines = vec![line("file", file, "")];
    let dates: Vec<&Seen> = glance.columns.iter().filter(|column| matches!(column.kind, Holds::Dates(_))).collect();
    let date = said.date.as_ref().map(find).transpose()?;
    let (date, why) = match (date, dates.as_slice()) {
        (Some(date), _) => (date, String::new()),
        (None, []) => return Err(Open::Date),
        (None, &[only]) => (only, String::new()),
        (None, several) => {
            let names: Vec<&str> = several.iter().map(|column| column.name.as_str()).collect();
            (several[0], format!("the first of {} columns of dates: {}", names.len(), names.join(", ")))
        }
    };
    lines.push(line("date", &date.name, &why));
    let value = said.value.as_ref().map(find).transpose()?;
    let numbers: Vec<&Seen> = glance.columns.iter().filter(|column| column.kind == Holds::Numbers).collect();
    let value = match (value, numbers.as_slice()) {
        _ if said.counts_rows => None,
        (Some(value), _) => Some(value),
        (None, []) => None,
        (None, &[only]) => Some(only),
        (None, several) => {
            return Err(Open::Value(several.iter().map(|column| column.name.clone()).collect()));
        }
    };
    match value {
        None => {
            let why = if said.counts_rows { "" } else { "no column holds numbers that measure something" };
            lines.push(line("count", "rows", why));
            lines.push(line("per", "quarter", ""));
        }
        Some(value) => lines.extend(measured(value, date, glance, said)?),
    }
    let id = said.id.as_ref().map_or_else(|| id_of(file), ToString::to_string);
    let keys: Vec<String> = lines.into_iter().map(|line| format!("  {line}\n")).collect();
    Ok(format!("{id}:\n{}", keys.concat()))
}

/// Returns the lines of a metric that measures a column.
fn measured(value: &Seen, date: &Seen, glance: &Glance, said: &Said) -> Result<Vec<String>, Open> {
    let mut lines = vec![line("value", &value.name, "")];
    match (&said.unit, &value.unit) {
        (Some(unit), _) => lines.push(line("unit", unit, "")),
        (None, Some(unit)) => lines.push(line("unit", unit, "the column's name says so")),
        (None, None) => {}
    }
    let is_period = matches!(date.kind, Holds::Dates(grain) if grain != Grain::Day);
    let (aggregate, why) = match said.aggregate {
        Some(aggregate) => (aggregate, ""),
        None if let Some(key) = &glance.key => return Err(Open::Things(key.clone())),
        None if date.repeats_days => return Err(Open::Aggregate),
        None if is_period => (Aggregate::Last, "one row a period, and the latest counts; `sum` adds them up"),
        None => (Aggregate::Last, "one row a day, and the latest counts; `sum` adds them up"),
    };
    lines.push(line("aggregate", &aggregate.name(), why));
    if aggregate.is_flow() {
        lines.push(line("per", "quarter", ""));
    }
    Ok(lines)
}

fn line(key: &str, value: &str, why: &str) -> String {
    let value = emit::scalar(value);
    if why.is_empty() { format!("{key}: {value}") } else { format!("{key}: {value}  # {why}") }
}

/// Returns an id made of an export's name: `Jira (1).csv` is `jira-1`.
fn id_of(file: &str) -> String {
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_lowercase();
    let words: Vec<&str> = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let id = words.join("-");
    if id.starts_with(|c: char| c.is_ascii_alphabetic()) { id } else { format!("metric-{id}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(name: &str, kind: Holds, unit: Option<&str>) -> Seen {
        Seen { name: name.to_owned(), kind, unit: unit.map(str::to_owned), repeats_days: false }
    }

    fn jira() -> Glance {
        let columns = vec![
            seen("Issue key", Holds::Others, None),
            seen("Created", Holds::Dates(Grain::Day), None),
            seen("Resolved", Holds::Dates(Grain::Day), None),
            seen("Lead hours", Holds::Numbers, Some("h")),
        ];
        Glance { columns, key: Some("Issue key".to_owned()) }
    }

    fn daily() -> Glance {
        let columns =
            vec![seen("Day", Holds::Dates(Grain::Day), None), seen("Latency (ms)", Holds::Numbers, Some("ms"))];
        Glance { columns, key: None }
    }

    #[test]
    fn what_is_understood_is_written_with_why() {
        assert_eq!(
            define("p95 (1).csv", &daily(), &Said::default()).expect("nothing is open"),
            "p95-1:\n  file: p95 (1).csv\n  date: Day\n  value: Latency (ms)\n  unit: ms  # the column's name says so\n  \
             aggregate: last  # one row a day, and the latest counts; `sum` adds them up\n"
        );
        let mean = Said { aggregate: Some(Aggregate::Mean), ..Said::default() };
        assert_eq!(
            define("jira.csv", &jira(), &mean).expect("nothing is open"),
            "jira:\n  file: jira.csv\n  date: Created  # the first of 2 columns of dates: Created, Resolved\n  \
             value: Lead hours\n  unit: h  # the column's name says so\n  aggregate: mean\n"
        );
        let counted = Said { counts_rows: true, date: Some("resolved".to_owned()), ..Said::default() };
        assert_eq!(
            define("jira.csv", &jira(), &counted).expect("nothing is open"),
            "jira:\n  file: jira.csv\n  date: Resolved\n  count: rows\n  per: quarter\n"
        );
    }

    #[test]
    fn what_is_open_is_asked() {
        assert_eq!(define("j.csv", &jira(), &Said::default()), Err(Open::Things("Issue key".to_owned())));
        let mut repeated = daily();
        repeated.columns[0].repeats_days = true;
        assert_eq!(define("j.csv", &repeated, &Said::default()), Err(Open::Aggregate));
        let mut two = jira();
        two.columns.push(seen("Cost", Holds::Numbers, None));
        let asked = Open::Value(vec!["Lead hours".to_owned(), "Cost".to_owned()]);
        assert_eq!(define("j.csv", &two, &Said::default()), Err(asked));
        let undated = Glance { columns: vec![seen("n", Holds::Numbers, None)], key: None };
        assert_eq!(define("j.csv", &undated, &Said::default()), Err(Open::Date));
        let wrong = Said { value: Some("Lead".to_owned()), ..Said::default() };
        assert!(matches!(define("j.csv", &jira(), &wrong), Err(Open::NoColumn(name, _)) if name == "Lead"));
    }
}
