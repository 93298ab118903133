//! Asks engines for exports, one after the other, and writes what comes home.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use okrbook::diag::{Diagnostic, Level};
use okrbook::error::{Error, Result};
use okrbook::model::calendar::Day;
use okrbook::model::pull::Pull;
use okrbook::pull::engine::{self, Request};
use okrbook::pull::profile::{Profile, Way};
use okrbook::pull::receipt::{self, Answered, Asked};
use okrbook::pull::table::{self, Column, Csv};
use okrbook::source::Span;
use okrbook::{Book, Clock, diag};
use signal_hook::consts::SIGINT;
use signal_hook::flag;

use super::arguments::Arguments;
use super::profiles::{self, Found};
use super::program::{self, Run};
use crate::cli::messages::Messages;
use crate::cli::quarter::Opening;
use crate::cli::shared::Shared;

/// Why an export wasn't fetched, and where the book says what led to it.
struct Failure {
    place: Span,
    message: String,
    help: Option<String>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let clock = shared.clock()?;
    let opening = Opening::new(shared, messages)?;
    let Some(book) = opening.book() else { return Ok(2) };
    let mut failed = broken(&opening);
    let pulls = match wanted(book, arguments) {
        Ok(pulls) => pulls,
        // The definition that is asked for may be the one that is left out.
        Err(_) if !failed.is_empty() => {
            messages.diagnostics(&failed, &opening.opened.sources);
            return Ok(1);
        }
        Err(error) => return Err(error),
    };
    if !arguments.metrics.is_empty() {
        failed.clear();
    }
    if arguments.list {
        return list(&pulls, &opening.root, messages);
    }
    let stop = Arc::new(AtomicBool::new(false));
    // The first Ctrl-C cancels, the second one ends the program.
    let heard = flag::register_conditional_shutdown(SIGINT, 130, stop.clone())
        .and_then(|_| flag::register(SIGINT, stop.clone()));
    heard.map_err(Error::io("listen to", Path::new("<signals>")))?;
    let session = Session { arguments, book, root: &opening.root, clock, stop: &stop };
    for pull in &pulls {
        match session.fetch(pull) {
            Ok(told) => messages.done(&told),
            Err(Trouble::Failure(failure)) => failed.push(failure.told(pull)),
            Err(Trouble::Error(error)) => {
                messages.diagnostics(&failed, &opening.opened.sources);
                return Err(error);
            }
        }
        if stop.load(Ordering::Relaxed) {
            break;
        }
    }
    messages.diagnostics(&failed, &opening.opened.sources);
    if pulls.is_empty() && failed.is_empty() {
        messages.done("no metric says `pull:`, so there is nothing to fetch");
    }
    Ok(u8::from(!failed.is_empty()))
}

/// Returns the pulls of the metrics that the user names, or all of them.
fn wanted<'b>(book: &'b Book, arguments: &Arguments) -> Result<Vec<&'b Pull>> {
    let all = &book.plan.pulls;
    for id in &arguments.metrics {
        if all.iter().any(|pull| pull.metric.value == *id) {
            continue;
        }
        let near = diag::nearest(id.as_str(), all.iter().map(|pull| pull.metric.value.as_str()));
        let help = match near {
            Some(near) => format!("did you mean {near}?"),
            None => "add `pull:` to its definition".to_owned(),
        };
        return Err(Error::usage_with_help(format!("no metric {id} says `pull:`"), help));
    }
    let is_wanted = |pull: &&Pull| arguments.metrics.is_empty() || arguments.metrics.contains(&pull.metric.value);
    Ok(all.iter().filter(is_wanted).collect())
}

/// Returns what keeps definitions from being fetched; what isn't there yet is about to come.
fn broken(opening: &Opening) -> Vec<Diagnostic> {
    let sources = &opening.opened.sources;
    let concerns = |found: &&Diagnostic| {
        let path = found.place.path(sources);
        let is_definition =
            path.starts_with("metrics") && [".yaml", ".sql"].iter().any(|ending| path.ends_with(ending));
        is_definition && found.level == Level::Error && found.code != "no-file" && !RULES.contains(&found.code)
    };
    opening.opened.diagnostics.iter().filter(concerns).cloned().collect()
}

/// What a pull is about to mend.
const RULES: [&str; 2] = ["edited-pull", "stale-pull"];

/// Says which connections the book names, and where each leads.
fn list(pulls: &[&Pull], root: &Path, messages: &Messages) -> Result<u8> {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for pull in pulls {
        users.entry(&pull.connection.value).or_default().insert(pull.metric.value.as_str());
    }
    let (mut text, mut all_lead) = (String::new(), true);
    for (name, metrics) in users {
        let metrics = metrics.into_iter().collect::<Vec<_>>().join(", ");
        let (leads, where_to) = match profiles::find(name, root) {
            None => (false, format!("no profile {name}.toml in {}", looked_in())),
            Some(Found { path, profile: Err(fault) }) => (false, format!("{}: {fault}", path.display())),
            Some(Found { path, profile: Ok(profile) }) => (true, format!("{}, {}", path.display(), what(&profile))),
        };
        all_lead &= leads;
        let _ = writeln!(text, "{name}\n  leads to  {where_to}\n  used by   {metrics}");
    }
    if text.is_empty() {
        text.push_str("no metric says `pull:`\n");
    }
    messages.result(&text)?;
    Ok(u8::from(!all_lead))
}

fn what(profile: &Profile) -> String {
    match &profile.way {
        Way::Program(_) => "a program: needs --allow-run".to_owned(),
        Way::Driver { driver, .. } => {
            format!("driver {}", Path::new(driver).file_name().unwrap_or_default().to_string_lossy())
        }
    }
}

fn looked_in() -> String {
    let folders: Vec<String> = profiles::folders().iter().map(|folder| folder.display().to_string()).collect();
    if folders.is_empty() {
        "any folder: neither ADBC_PROFILE_PATH nor HOME is set".to_owned()
    } else {
        folders.join(", ")
    }
}

enum Trouble {
    Failure(Failure),
    Error(Error),
}

impl Failure {
    fn told(self, pull: &Pull) -> Diagnostic {
        let message = format!("{} was not fetched: {}", pull.metric.value, self.message);
        let diagnostic = Diagnostic::error("not-pulled", self.place, message);
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// What all pulls of a run share.
struct Session<'a> {
    arguments: &'a Arguments,
    book: &'a Book,
    root: &'a Path,
    clock: Clock,
    stop: &'a AtomicBool,
}

impl Session<'_> {
    /// Fetches one export, and says what came.
    fn fetch(&self, pull: &Pull) -> std::result::Result<String, Trouble> {
        let at_connection = |message: String, help: &str| {
            let help = (!help.is_empty()).then(|| help.to_owned());
            Trouble::Failure(Failure { place: pull.connection.span, message, help })
        };
        let name = &pull.connection.value;
        let is_ours = self.book.plan.pulled.contains_key(&pull.export) || self.arguments.replace;
        if !is_ours && self.book.exports().iter().any(|file| file.path == pull.export) {
            let message = format!("{} is there, and no pull wrote it", pull.export);
            return Err(at_connection(message, "move it away, or let --replace put the answer in its place"));
        }
        let Found { path, profile } = profiles::find(name, self.root).ok_or_else(|| {
            let help = format!("write {name}.toml, an ADBC connection profile, into one of: {}", looked_in());
            at_connection(format!("no profile says what `{name}` is"), &help)
        })?;
        let profile = profile
            .map_err(|fault| at_connection(format!("the profile {} is of no use: {fault}", path.display()), ""))?;
        let zone = &self.book.config.calendar.zone;
        let on = Clock { flag: None, ..self.clock }.day(None, zone);
        let (since, started) = (pull.since.day(on), Instant::now());
        let (columns, answered, bound) = self.ask(pull, &profile, since, &path).map_err(Trouble::Failure)?;
        let csv = table::export(&columns, &pull.texts).map_err(|refusal| {
            let message = profile.redact(&refusal.message);
            Trouble::Failure(Failure { place: place(pull), message, help: Some(refusal.help.to_owned()) })
        })?;
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let started = self.clock.epoch.unwrap_or(self.clock.now);
        let asked = Asked { since: bound, started, on, milliseconds };
        let query = pull.query.as_ref().filter(|_| matches!(profile.way, Way::Driver { .. }));
        let receipt = receipt::write(pull, query, &answered, &csv, asked);
        okrbook::put_pulled(self.root, pull, &csv.text, &receipt).map_err(Trouble::Error)?;
        Ok(told(pull, &csv, &answered, milliseconds))
    }

    /// Returns what a connection answers, who did, and the day from which on it was asked.
    fn ask(
        &self,
        pull: &Pull,
        profile: &Profile,
        since: Day,
        path: &Path,
    ) -> std::result::Result<(Vec<Column>, Answered, Option<Day>), Failure> {
        let failure = |place, message: &str, help: &str| Failure {
            place,
            message: profile.redact(message),
            help: (!help.is_empty()).then(|| help.to_owned()),
        };
        let Way::Program(argv) = &profile.way else {
            let Some(query) = &pull.query else {
                let help = "add `query:` with the SQL, or with a file under metrics/ that holds it";
                return Err(failure(pull.connection.span, "this pull has no `query`", help));
            };
            let since = query.takes_since.then_some(since);
            let request = Request {
                profile: profile.clone(),
                sql: query.text.trim().trim_end_matches(';').to_owned(),
                since,
                max_rows: pull.max_rows,
                seconds: self.arguments.timeout,
            };
            let answer = engine::ask(&request, self.stop).map_err(|message| failure(query.place, &message, ""))?;
            return Ok((answer.columns, answer.answered, since));
        };
        if !self.arguments.allow_run {
            let help = "look at the profile, and say --allow-run";
            return Err(failure(pull.connection.span, "the connection runs a program of yours", help));
        }
        let folder = path.parent().unwrap_or(path);
        let run = Run { argv, folder, since: since.to_string(), seconds: self.arguments.timeout };
        let printed = program::run(&run, self.stop);
        let printed = printed.map_err(|message| failure(pull.connection.span, &message, ""))?;
        let columns =
            table::of_csv(&printed).map_err(|refusal| failure(pull.connection.span, &refusal.message, refusal.help))?;
        if columns.first().is_some_and(|column| column.cells.len() > pull.max_rows as usize) {
            let message = format!("the program printed more than {} rows", pull.max_rows);
            return Err(failure(pull.connection.span, &message, "let it print a row a day, or raise `max_rows`"));
        }
        let name = argv.first().and_then(|name| Path::new(name).file_name()).unwrap_or_default();
        let answered = Answered { engine: name.to_string_lossy().into_owned(), driver: "a program".to_owned() };
        Ok((columns, answered, Some(since)))
    }
}

fn place(pull: &Pull) -> Span {
    pull.query.as_ref().map_or(pull.connection.span, |query| query.place)
}

fn told(pull: &Pull, csv: &Csv, answered: &Answered, milliseconds: u64) -> String {
    let rows = if csv.rows == 1 { "1 row".to_owned() } else { format!("{} rows", csv.rows) };
    let (seconds, tenths) = (milliseconds / 1000, milliseconds / 100 % 10);
    format!("{}: {rows} from {} in {seconds}.{tenths} s, in {}", pull.metric.value, answered.engine, pull.export)
}
