//! How a number came about, from the export's bytes to the status: what one shows a doubter.
//!
//! In: the report and a key result or a metric. Out: lines in finished words, section by section. Decides nothing: what it
//! says is the card's, the history's and the plan's by which exports were read.

use super::shown::card;
use super::text::Phrases;
use super::{KeyResultReport, Report, seams};
use crate::model::goal::Goal;
use crate::model::history::{FileEvidence, History};
use crate::model::metric::{Metric, Query, Through};
use crate::model::quantity::Quantity;
use crate::model::reading::{Reading, Why};
use crate::model::scorecard::KeyResultScore;

/// How a number came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// What is traced: `platform/reliable/p1`.
    pub heading: String,
    /// What it is called, and as of when it is judged.
    pub about: String,
    /// What is said, section by section.
    pub sections: Vec<Section>,
}

/// A section: the result, an export, the metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line: a term, what is said of it, and why it was chosen so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The term.
    pub term: &'static str,
    /// What is said.
    pub text: String,
    /// Stated, the only one, or by which rule; empty where nothing was chosen.
    pub why: String,
}

impl Line {
    /// Returns the term as it begins a line of a page.
    #[must_use]
    pub fn title(&self) -> &'static str {
        const TITLES: [(&str, &str); 11] = [
            ("rows", "Rows"),
            ("until", "Until"),
            ("sha256", "SHA-256"),
            ("pulled", "Pulled"),
            ("cells", "Cells"),
            ("header", "Header"),
            ("date", "Date"),
            ("measure", "Measure"),
            ("unit", "Unit"),
            ("where", "Where"),
            ("key", "Key"),
        ];
        TITLES.iter().find(|(term, _)| *term == self.term).map_or(self.term, |(_, title)| title)
    }
}

fn line(term: &'static str, text: impl Into<String>) -> Line {
    Line { term, text: text.into(), why: String::new() }
}

/// Returns how a key result's value, score and status came about.
#[must_use]
pub fn of_key_result(report: &Report<'_>, known: &KeyResultReport<'_>) -> Trace {
    let phrases = Phrases::new(known.within(report.format));
    let team = known.team;
    let id = [team.plan.team.as_str(), known.objective.id.value.as_str(), known.plan.id.value.as_str()].join("/");
    let about = phrases.state_on(team.state, team.quarter.window, report.as_of());
    let mut sections = vec![Section { name: "result".to_owned(), lines: result(report, known) }];
    if let Some(metric) = known.metric() {
        let used = known.score.receipt.as_ref().map(|receipt| receipt.files.evidence()).unwrap_or_default();
        sections.extend(of_exports(report, metric, &used));
        sections.push(of_definition(report, metric));
    }
    Trace { heading: format!("{id}  {}", known.title()), about: format!("{} · {about}", team.quarter.id), sections }
}

/// Returns how a metric's values come about.
#[must_use]
pub fn of_metric(report: &Report<'_>, metric: &Metric) -> Trace {
    let format = report.format;
    let mut sections = of_exports(report, metric, &[]);
    sections.push(of_definition(report, metric));
    let uses = report.uses(&metric.id).len();
    let about = match report.history(&metric.id).and_then(History::heartbeat) {
        Some(last) => format!("data up to {}", report.format.day(last)),
        None => "no data".to_owned(),
    };
    let used = if uses == 1 {
        "1 key result".to_owned()
    } else {
        format!("{} key results", format.count(u64::try_from(uses).unwrap_or(u64::MAX)))
    };
    Trace { heading: format!("{}  {}", metric.id, metric.title), about: format!("{about} · scores {used}"), sections }
}

/// Returns a key result's value, score and status with the arithmetic between them.
fn result(report: &Report<'_>, known: &KeyResultReport<'_>) -> Vec<Line> {
    let format = known.within(report.format);
    let phrases = Phrases::new(format);
    let score = known.score;
    let card = card(report, known, false);
    let mut lines = vec![line("says", card.sentence)];
    if let Some(value) = &score.value {
        lines.push(line("value", [format.quantity(value), rate(report, score)].concat()));
    }
    if let Some(from) = score.baseline.as_ref() {
        let measured =
            phrases.baseline(from).unwrap_or_else(|| format!("{}, as the goal says", format.quantity(&from.quantity)));
        lines.push(line("start", measured));
    }
    lines.extend(by_start(report, known));
    lines.extend(seams::between(report, known).map(|seam| line("exports", seam)));
    if let Some(hold) = score.hold.as_deref() {
        let missing = if hold.missing > 0 { format!(", and {} are missing", hold.missing) } else { String::new() };
        lines.push(line("points", format!("{} of {} inside the bound{missing}", hold.inside, hold.measured)));
    }
    lines.extend(way(report, known));
    if let Some(progress) = score.progress {
        lines.push(line("score", phrases.progress(progress, score.score)));
    }
    if let Some(standing) = &score.standing {
        let rule = phrases.pace_rule(score);
        let rule = if rule.is_empty() { rule } else { format!(": {rule}") };
        lines.push(line("status", format!("{}{rule}", phrases.status(standing.status))));
    }
    if let Some(receipt) = &score.receipt {
        lines.push(line("rows", phrases.how_measured(receipt)));
    }
    lines
}

/// Returns the arithmetic of a move, with the goal's own numbers: `(3.34 − 3.6) ÷ (2.8 − 3.6)`.
fn way(report: &Report<'_>, known: &KeyResultReport<'_>) -> Option<Line> {
    let (Some(Goal::Move(goal)), Some(value)) = (known.goal(), &known.score.value) else { return None };
    let amount = |quantity: &Quantity| report.format.quantity(quantity);
    let to = amount(&goal.to);
    let from = amount(&goal.from);
    Some(line("way", format!("({} − {from}) ÷ ({to} − {from})", amount(value))))
}

/// Says which way is taken to be better where neither the goal nor its metric says it.
fn by_start(report: &Report<'_>, known: &KeyResultReport<'_>) -> Option<Line> {
    let stated =
        known.plan.metric.as_ref().and_then(|id| report.metrics().find(|metric| metric.id == id.value)?.better);
    let is_open = matches!(&known.plan.goal, Some(Goal::Target(target)) if target.better.is_none());
    let Some(Goal::Move(goal)) = known.goal().filter(|_| is_open && stated.is_none()) else { return None };
    let (way, side) = if goal.from.number < goal.to.number { ("more", "below") } else { ("less", "above") };
    let why = format!("by rule: it began {side} the goal");
    Some(Line { term: "better", text: way.to_owned(), why })
}

/// Returns what a run-rate rests on: `2 so far, in 46 of 92 days`.
fn rate(report: &Report<'_>, score: &KeyResultScore) -> String {
    let Some(rate) = &score.run_rate else { return String::new() };
    let so_far = report.format.number(rate.so_far);
    format!("  ({so_far} so far, in {} of {} days)", rate.covered_days, rate.of_days)
}

/// Returns each export with the plan by which it was read, and the rows of it that a value rests on; the first few of many.
#[must_use]
pub fn of_exports(report: &Report<'_>, metric: &Metric, used: &[FileEvidence]) -> Vec<Section> {
    let Some(history) = report.history(&metric.id).filter(|history| history.usable()) else {
        let lines = vec![line("no data", "no export of this metric could be read; `okrbook check` says why")];
        return vec![Section { name: "exports".to_owned(), lines }];
    };
    let (files, readings) = (history.evidence(), history.readings());
    let mut sections: Vec<Section> = Vec::new();
    let mut more = 0;
    for (place, (file, reading)) in files.iter().zip(&readings).enumerate() {
        // A quarter's value hardly rests on each of hundreds of files; those that it rests on come first.
        if sections.len() < FILES {
            // An export that both parts of a ratio read stands there twice.
            let before = files[..place].iter().filter(|known| known.path == file.path).count();
            let used = used.iter().filter(|known| known.path == file.path).nth(before).unwrap_or(file);
            sections.push(of_export(report, file, reading, used));
        } else {
            more += 1;
        }
    }
    if more > 0 {
        let lines = vec![line("exports", format!("and {more} more, read the same way"))];
        sections.push(Section { name: "…".to_owned(), lines });
    }
    sections
}

/// The most exports that are told one by one.
const FILES: usize = 4;

fn of_export(report: &Report<'_>, file: &FileEvidence, reading: &Reading, used: &FileEvidence) -> Section {
    let count = |rows: u64| rows_in_words(report, rows);
    let lines_used = match (used.rows, used.first_line == used.last_line) {
        (0, _) => String::new(),
        (_, true) => format!(" (line {})", used.first_line),
        (_, false) => format!(" (lines {} to {})", used.first_line, used.last_line),
    };
    let mut lines = vec![match reading.rows {
        Some(rows) => line("rows", format!("{} in it, {} used{lines_used}", count(rows), count(used.rows))),
        None => line("rows", "the same bytes as an export above: they count once"),
    }];
    if let Some(until) = reading.until {
        lines.push(line("until", format!("{}; then another export goes on", report.format.day(until))));
    }
    lines.push(line("sha256", file.sha256.to_string()));
    if let Some(pulled) = report.pulled(&file.path) {
        lines.push(line("pulled", Phrases::new(report.format).pulled(pulled)));
    }
    lines.extend(reading.choices.iter().map(|choice| Line {
        term: choice.chosen.name(),
        text: choice.taken.clone(),
        why: why(&choice.why),
    }));
    Section { name: file.path.to_string(), lines }
}

fn why(why: &Why) -> String {
    match why {
        Why::Stated => "stated".to_owned(),
        Why::Only => "the only one".to_owned(),
        Why::Rule(rule) => format!("by rule: {rule}"),
    }
}

/// Returns what a metric's definition says, and what holds where it says nothing.
fn of_definition(report: &Report<'_>, metric: &Metric) -> Section {
    let format = report.format;
    let stated = |term, text: String| Line { term, text, why: "stated".to_owned() };
    let ruled = |term, text: &str, rule: &str| Line { term, text: text.to_owned(), why: format!("by rule: {rule}") };
    let aggregate = match &metric.query {
        Query::RatioOfMetrics { of, to } => stated("ratio", format!("{} over {}", of.value, to.value)),
        Query::Rows(rows) if let Some(by) = rows.summed_by => {
            stated("aggregate", format!("{} of the rows of its day", by.name()))
        }
        Query::Rows(_) if metric.is_defined() && metric.aggregate.name() != "last" => {
            stated("aggregate", metric.aggregate.name())
        }
        Query::Rows(_) => ruled("aggregate", &metric.aggregate.name(), "the last value where nothing else is said"),
    };
    let mut lines = vec![aggregate];
    lines.push(match metric.window_days {
        Some(days) => stated("window", format!("the last {}", format.days(days))),
        None => ruled("window", "the quarter", "where no window is stated"),
    });
    if let Some(per) = &metric.per {
        lines.push(stated("per", per.to_string()));
    }
    let history = report.history(&metric.id);
    lines.extend(silence(report, metric, history));
    let left_out = history.map_or(0, History::left_out);
    let open = history.map_or(0, History::still_open);
    let later = history.map_or(0, History::rows_after_as_of);
    let (blank, totals) = (history.map_or(0, History::blank), history.map_or(0, History::totals));
    for (rows, reason) in [
        (left_out, "a cell could not be read"),
        (open, "still open: only what has ended is measured"),
        (blank, "with an empty cell where the number stands"),
        (totals, "with a text that says it is the total of others"),
        (later, "after the day that is judged"),
    ] {
        if rows > 0 {
            lines.push(line("left out", format!("{} {reason}", rows_in_words(report, rows))));
        }
    }
    Section { name: format!("metric {}", metric.id), lines }
}

fn rows_in_words(report: &Report<'_>, rows: u64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{} rows", report.format.count(rows)) }
}

/// Says up to when silence means that nothing happened.
fn silence(report: &Report<'_>, metric: &Metric, history: Option<&History>) -> Option<Line> {
    let history = history.filter(|history| history.aggregate().is_flow())?;
    let last = history.heartbeat()?;
    let speaks = history.speaks_until(report.as_of()).unwrap_or(last);
    let why = match metric.complete_through {
        Some(Through::Pulled(_)) => "by rule: the last day that was over when it was pulled".to_owned(),
        Some(_) => "stated".to_owned(),
        None if speaks > last => "by rule: silent for no longer than ever before".to_owned(),
        None => "by rule: the last row of any kind".to_owned(),
    };
    Some(Line { term: "complete", text: format!("up to {}", report.format.day(speaks)), why })
}
