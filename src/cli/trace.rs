//! `okrbook trace`: how a number came about, on one screen.

use std::fmt::Write as _;

use clap::Args;
use okrbook::diag;
use okrbook::error::{Error, Result};
use okrbook::report::trace::{Line, Trace, of_key_result, of_metric};
use okrbook::report::{Identity, KeyResultReport, Report};

use super::messages::Messages;
use super::quarter::{Opening, quarter_id};
use super::shared::Shared;
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The key result, as in platform/reliable/p1, or a metric's id; an id alone is the metric's, else the key result's
    #[arg(value_name = "KR|METRIC")]
    name: String,
    /// The quarter of the key result [default: the one that runs, else the latest that has it]
    #[arg(long, value_name = "QUARTER")]
    quarter: Option<String>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let opening = Opening::new(shared, messages)?;
    let Some(book) = opening.book() else { return Ok(2) };
    let identity = Identity::default();
    let report = opening.report(book, &identity);
    let trace = find(&report, arguments)?;
    messages.result(&shown(&trace, messages.terminal()))?;
    Ok(0)
}

/// Returns the trace of what a name means.
fn find(report: &Report<'_>, arguments: &Arguments) -> Result<Trace> {
    let name = arguments.name.trim();
    let wanted = arguments.quarter.as_deref().map(quarter_id).transpose()?;
    let metric = report.metrics().find(|metric| metric.id.as_str() == name).filter(|_| wanted.is_none());
    if let Some(metric) = metric {
        return Ok(of_metric(report, metric));
    }
    let mut found: Vec<KeyResultReport<'_>> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for quarter in report.quarters.iter().rev().filter(|quarter| wanted.is_none_or(|wanted| quarter.id() == wanted)) {
        for known in quarter.teams.iter().flat_map(|team| report.key_results(*team)) {
            let parts = [known.team.id().as_str(), known.objective.id.value.as_str(), known.plan.id.value.as_str()];
            let full = parts.join("/");
            let is_it = full == name || full.ends_with(&format!("/{name}"));
            if is_it && found.iter().all(|other| other.team.quarter.id == quarter.id()) {
                found.push(known);
            }
            names.push(full);
        }
    }
    match found.as_slice() {
        [known] => Ok(of_key_result(report, known)),
        [] => Err(unknown(name, &names, report)),
        several => {
            let message = format!("`{name}` may be {} key results of {}", several.len(), several[0].team.quarter.id);
            Err(Error::usage_with_help(message, "write team, objective and key result: `platform/reliable/p1`"))
        }
    }
}

fn unknown(name: &str, names: &[String], report: &Report<'_>) -> Error {
    let metrics = report.metrics().map(|metric| metric.id.as_str());
    let message = format!("there is no key result and no metric `{name}`");
    match diag::nearest(name, names.iter().map(String::as_str).chain(metrics)) {
        Some(near) => Error::usage_with_help(message, format!("did you mean `okrbook trace {near}`?")),
        None => Error::usage_with_help(
            message,
            "write team, objective and key result, `platform/reliable/p1`, or a metric's id",
        ),
    }
}

fn shown(trace: &Trace, terminal: Terminal) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}\n{}", terminal.heading(&trace.heading), terminal.quiet(&trace.about));
    for section in &trace.sections {
        let _ = writeln!(text, "\n{}", terminal.strong(&section.name));
        let width = section.lines.iter().map(|line| line.term.len()).max().unwrap_or(0);
        section.lines.iter().for_each(|line| add(&mut text, line, width, terminal));
    }
    text
}

fn add(text: &mut String, line: &Line, width: usize, terminal: Terminal) {
    let said = match line.why.as_str() {
        "" => line.text.clone(),
        why => format!("{}  ({why})", line.text),
    };
    let term = format!("{:width$}", line.term);
    let wrapped = terminal.wrapped(&said, width + 4);
    let _ = writeln!(text, "  {}  {}", terminal.quiet(&term), wrapped.trim_start());
}
