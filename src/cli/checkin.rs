//! `okrbook checkin`: what each key result stands at today, with confidence and a note.

use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;
use okrbook::error::{Error, Result};
use okrbook::lifecycle::check_in::{AllSaid, Inputs, Said, check_day, find, record};
use okrbook::load;
use okrbook::model::ids::Slug;
use okrbook::model::plan::TeamPlan;
use okrbook::report::{Identity, KeyResultReport};
use okrbook::write::file;

use super::messages::Messages;
use super::quarter::{Opening, parse_team};
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The quarter, as in 2026-Q3 [default: the one that runs]
    quarter: Option<String>,
    /// Whose key results
    #[arg(long, value_name = "TEAM", value_parser = parse_team)]
    team: Option<Slug>,
    /// Record the values of all teams, and ask nothing (for CI)
    #[arg(long, conflicts_with_all = ["team", "key_results", "from"])]
    all: bool,
    /// The key result that is spoken of: OBJECTIVE/KEY-RESULT; may be given several times
    #[arg(long = "kr", value_name = "NAME", conflicts_with = "from")]
    key_results: Vec<String>,
    /// How sure you are to make it, from 0 to 10; the n-th belongs to the n-th --kr
    #[arg(long, value_name = "0-10", requires = "key_results", value_parser = clap::value_parser!(u8).range(0..=10))]
    confidence: Vec<u8>,
    /// A note; the n-th belongs to the n-th --kr
    #[arg(long, value_name = "TEXT", requires = "key_results")]
    note: Vec<String>,
    /// Read confidence and notes from a YAML file (- for stdin)
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Who says so
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let opening = Opening::new(shared, messages)?;
    let Some(book) = opening.book() else { return Ok(2) };
    let quarter = opening.quarter(book, arguments.quarter.as_deref())?;
    check_day(quarter, book.scorecard.as_of)?;
    let inputs = Inputs {
        plan: &book.plan,
        histories: &book.histories,
        scorecard: &book.scorecard,
        sources: &opening.opened.sources,
        quarter,
    };
    if arguments.all {
        for team in quarter.teams.iter().filter(|team| !team.objectives.is_empty()) {
            write(&opening, &inputs, team, &AllSaid::new(), messages)?;
        }
        return Ok(0);
    }
    let team = team(&inputs, arguments.team.as_ref())?;
    let said = match (&arguments.key_results[..], &arguments.from) {
        ([], None) => {
            let said = ask(&opening, &inputs, team, arguments.by.as_deref(), messages)?;
            return write_answers(&quarter.quarter.id.to_string(), &team.team, &said, shared, messages);
        }
        ([], Some(from)) => from_file(team, from, arguments.by.as_deref(), messages)?,
        (names, _) => from_flags(team, names, arguments)?,
    };
    write(&opening, &inputs, team, &said, messages)?;
    Ok(0)
}

/// Writes answers into the book as it is now: while somebody was thinking, somebody else may have written.
fn write_answers(quarter: &str, id: &Slug, said: &AllSaid, shared: &Shared, messages: &Messages) -> Result<u8> {
    let opening = Opening::new(shared, messages)?;
    let Some(book) = opening.book() else { return Ok(2) };
    let inputs = Inputs {
        plan: &book.plan,
        histories: &book.histories,
        scorecard: &book.scorecard,
        sources: &opening.opened.sources,
        quarter: opening.quarter(book, Some(quarter))?,
    };
    write(&opening, &inputs, team(&inputs, Some(id))?, said, messages)?;
    Ok(0)
}

fn write(opening: &Opening, inputs: &Inputs<'_>, team: &TeamPlan, said: &AllSaid, messages: &Messages) -> Result<()> {
    let recorded = record(inputs, team, said)?;
    let before = opening.text_of(&recorded.path);
    if before != Some(recorded.text.as_str()) {
        file::replace(&opening.root, &recorded.path, before, &recorded.text)?;
    }
    let count = recorded.key_results;
    let values = if count == 1 { "1 key result".to_owned() } else { format!("{count} key results") };
    let words = match said.len() {
        0 => String::new(),
        spoken => format!(", {spoken} of them with confidence or a note"),
    };
    messages.done(&format!("recorded {values} of {}{words}: {}", team.team, recorded.path));
    Ok(())
}

/// Returns the team that is meant.
fn team<'a>(inputs: &Inputs<'a>, wanted: Option<&Slug>) -> Result<&'a TeamPlan> {
    let quarter = inputs.quarter;
    let teams: Vec<&TeamPlan> = quarter.teams.iter().filter(|team| !team.objectives.is_empty()).collect();
    let names: Vec<&str> = teams.iter().map(|team| team.team.as_str()).collect();
    let id = quarter.quarter.id;
    match (wanted, &teams[..]) {
        (None, [only]) => Ok(only),
        (None, _) => Err(Error::usage_with_help(
            format!("whose key results? {id} has {} teams", teams.len()),
            format!("say `--team`, one of {}; or `--all` for the values of all of them", names.join(", ")),
        )),
        (Some(wanted), _) => teams.iter().find(|team| team.team == *wanted).copied().ok_or_else(|| {
            Error::usage_with_help(
                format!("{id} has no objectives of a team `{wanted}`"),
                format!("it has {}", names.join(", ")),
            )
        }),
    }
}

fn from_flags(team: &TeamPlan, names: &[String], arguments: &Arguments) -> Result<AllSaid> {
    let Arguments { confidence, note, by, .. } = arguments;
    let fits = |count: usize| count == 0 || count == names.len();
    if !fits(confidence.len()) || !fits(note.len()) {
        return Err(Error::usage_with_help(
            format!("{} key results, {} confidences and {} notes", names.len(), confidence.len(), note.len()),
            "give each `--kr` its own `--confidence` and `--note`, or leave one of them out for all; `--note \"\"` is none",
        ));
    }
    let mut said = AllSaid::new();
    for (place, name) in names.iter().enumerate() {
        let words = Said {
            confidence: confidence.get(place).copied(),
            note: note.get(place).filter(|note| !note.trim().is_empty()).cloned(),
            by: by.clone(),
        };
        said.insert(find(team, name)?, words);
    }
    Ok(said)
}

fn from_file(team: &TeamPlan, path: &Path, by: Option<&str>, messages: &Messages) -> Result<AllSaid> {
    let mut text = String::new();
    if path == Path::new("-") {
        io::stdin().lock().read_to_string(&mut text).map_err(Error::io("read", Path::new("<stdin>")))?;
    } else {
        text = fs::read_to_string(path).map_err(Error::io("read", path))?;
    }
    let (check_in, sources, diagnostics) = load::read_said(&path.to_string_lossy(), &text);
    if !diagnostics.is_empty() {
        messages.diagnostics(&diagnostics, &sources);
        return Err(Error::usage(format!("{} can't be read as a check-in; nothing was written", path.display())));
    }
    let mut said = AllSaid::new();
    for entry in check_in.entries.into_items() {
        let name = find(team, &format!("{}/{}", entry.objective, entry.key_result.value))?;
        let confidence = entry.confidence.map(|confidence| confidence.value);
        let by = entry.by.or_else(|| by.map(str::to_owned));
        said.insert(name, Said { confidence, note: entry.note, by });
    }
    Ok(said)
}

/// Asks about one key result after the other; the end of the input keeps what was said.
fn ask(
    opening: &Opening,
    inputs: &Inputs<'_>,
    team: &TeamPlan,
    by: Option<&str>,
    messages: &Messages,
) -> Result<AllSaid> {
    if !io::stdin().is_terminal() {
        return Err(Error::usage_with_help(
            "there is nobody to ask: the input is no terminal",
            "say `--kr OBJECTIVE/KEY-RESULT --confidence 6 --note \"…\"`, `--from FILE`, or `--all` for values alone",
        ));
    }
    let mut said = AllSaid::new();
    let Some(book) = opening.book() else { return Ok(said) };
    let identity = Identity::default();
    let report = opening.report(book, &identity);
    let Some(report_of_team) = report.find(inputs.quarter.quarter.id, &team.team) else { return Ok(said) };
    let asked: Vec<KeyResultReport<'_>> =
        report.key_results(report_of_team).filter(|known| !is_dropped(known)).collect();
    messages.tell(&format!(
        "{} in {}, as of {}. An empty line skips; Ctrl-D ends and keeps what was said.",
        team.team, inputs.quarter.quarter.id, book.scorecard.as_of
    ));
    for (place, known) in asked.iter().enumerate() {
        messages.tell("");
        messages.tell(&format!("{}/{}  {}", place + 1, asked.len(), known.title()));
        messages.tell(&format!("     {}", known.sentence(report.format)));
        let Some(confidence) = ask_confidence(messages)? else { break };
        let note = ask_line("     note: ", messages)?;
        let ended = note.is_none();
        let note = note.filter(|note| !note.is_empty());
        if confidence.is_some() || note.is_some() {
            let name = (known.objective.id.value.clone(), known.plan.id.value.clone());
            said.insert(name, Said { confidence, note, by: by.map(str::to_owned) });
        }
        if ended {
            break;
        }
    }
    Ok(said)
}

fn is_dropped(report: &KeyResultReport<'_>) -> bool {
    report.plan.commitment.locked().is_some_and(|locked| locked.is_dropped)
}

/// Asks until the answer is a confidence or empty; nothing where the input ended.
fn ask_confidence(messages: &Messages) -> Result<Option<Option<u8>>> {
    loop {
        let Some(answer) = ask_line("     confidence, 0 to 10: ", messages)? else { return Ok(None) };
        if answer.is_empty() {
            return Ok(Some(None));
        }
        match answer.parse::<u8>() {
            Ok(confidence) if confidence <= 10 => return Ok(Some(Some(confidence))),
            _ => messages.tell(&format!("     `{answer}` is no whole number from 0 to 10; an empty line skips")),
        }
    }
}

/// Returns a line of the input without its end; nothing where the input ended.
fn ask_line(prompt: &str, messages: &Messages) -> Result<Option<String>> {
    messages.prompt(prompt);
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line).map_err(Error::io("read", Path::new("<stdin>")))?;
    if read == 0 {
        messages.tell("");
        return Ok(None);
    }
    Ok(Some(line.trim().to_owned()))
}
