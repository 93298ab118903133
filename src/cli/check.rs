//! `okrbook check`: what is wrong with the book, without building it.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use okrbook::check;
use okrbook::diag::emit::{self, sarif};
use okrbook::diag::{self, Allowed, Diagnostic, Level};
use okrbook::error::{Error, Result};
use okrbook::par;
use okrbook::read;
use okrbook::source::Sources;
use okrbook::{Opened, Told};

use super::explain;
use super::messages::Messages;
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The book's folder, or files of one book: what is said is then about these
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Exit with 1 on warnings too
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: carets into the files, on stderr
    Human,
    /// One line each
    Short,
    /// For programs
    Json,
    /// For code hosts: SARIF 2.1.0
    Sarif,
    /// For GitHub's workflows: annotations on lines
    Github,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let (root, files) = subject(&arguments.paths, shared)?;
    let Opened { sources, mut diagnostics, held_back, book } = okrbook::open(&root, &shared.clock()?)?;
    if let Some(book) = book.as_ref().filter(|_| files.is_empty() || files.iter().any(|file| is_template(file))) {
        let found = par::with_new_threads(|| book.template_faults(Told { sources: &sources, findings: &diagnostics }))?;
        diagnostics.extend(found);
        diag::sort(&mut diagnostics, |file| sources.get(file).path.clone());
    }
    let mut allowed = book.as_ref().map(|book| book.allowed.clone()).unwrap_or_default();
    let blocks_elsewhere = book.is_none() && !files.is_empty();
    if !files.is_empty() {
        let is_asked = |finding: &Diagnostic| files.iter().any(|file| file == finding.place.path(&sources));
        diagnostics.retain(is_asked);
        allowed.retain(|known| is_asked(&known.finding));
    }
    let site = book.as_ref().and_then(|book| book.config.base_url.as_deref());
    let (diagnostics, allowed) = (&diagnostics[..], &allowed[..]);
    let printed = Printed { diagnostics, allowed, held_back, sources: &sources, root: &root, site };
    print(arguments.format, messages, &printed)?;
    if blocks_elsewhere && !diagnostics.iter().any(|found| found.blocks) {
        messages.done("the book can't be read, because of another file: `okrbook check` says which");
    }
    let has = |level: Level| diagnostics.iter().any(|found| found.level == level);
    Ok(match book {
        None => 2,
        Some(_) if has(Level::Error) || (arguments.strict && has(Level::Warning)) => 1,
        Some(_) => 0,
    })
}

/// What is printed.
struct Printed<'a> {
    diagnostics: &'a [Diagnostic],
    allowed: &'a [Allowed],
    /// How many more only follow from these.
    held_back: usize,
    /// The texts into which they point.
    sources: &'a Sources,
    /// The book's folder.
    root: &'a Path,
    /// Where the book's site stands, if it says so.
    site: Option<&'a str>,
}

fn print(format: Format, messages: &Messages, printed: &Printed<'_>) -> Result<()> {
    let Printed { diagnostics, allowed, held_back, sources, root, site } = *printed;
    match format {
        Format::Human if diagnostics.is_empty() => match allowed.len() {
            0 => messages.done("nothing to say: no errors, no warnings"),
            count => messages.done(&format!("nothing to say: no errors, no warnings; {count} allowed with a reason")),
        },
        Format::Human => messages.findings(diagnostics, (allowed.len(), held_back), sources),
        Format::Short => messages.result(&emit::short::render(diagnostics, sources))?,
        Format::Json => messages.data(&emit::json::render(diagnostics, allowed, sources))?,
        Format::Github => messages.commands(&emit::github::render(diagnostics, sources, &prefix(root)))?,
        Format::Sarif => {
            let prefix = prefix(root);
            let origin = sarif::Origin {
                version: env!("CARGO_PKG_VERSION"),
                home: env!("CARGO_PKG_REPOSITORY"),
                prefix: &prefix,
            };
            messages.data(&sarif::render(diagnostics, sources, &texts(diagnostics, site), origin))?;
        }
    }
    Ok(())
}

/// Returns the book's folder, and the files in it that findings are asked about; none where it is all of them.
fn subject(paths: &[PathBuf], shared: &Shared) -> Result<(PathBuf, Vec<String>)> {
    match paths {
        [] => return Ok((shared.root(None)?, Vec::new())),
        [folder] if !is_file(folder)? => return Ok((shared.root(Some(folder))?, Vec::new())),
        _ => {}
    }
    let mut root: Option<PathBuf> = None;
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        if !is_file(path)? {
            let message = format!("{} is no file", path.display());
            return Err(Error::usage_with_help(message, "name one folder, or files of one book"));
        }
        // A link is judged by where it stands, not by where it leads.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = std::fs::canonicalize(folder).map_err(Error::io("find", folder))?;
        let found = match &root {
            Some(root) => root.clone(),
            None => shared.root_above(&folder)?,
        };
        let absolute = path.file_name().map_or_else(|| folder.clone(), |name| folder.join(name));
        let Ok(inside) = absolute.strip_prefix(&found) else {
            let message = format!("{} is not in the book at {}", path.display(), found.display());
            return Err(Error::usage_with_help(message, "check the files of each book by themselves"));
        };
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        files.push(parts.join("/"));
        root = Some(found);
    }
    Ok((root.unwrap_or_default(), files))
}

fn is_template(file: &str) -> bool {
    file.starts_with("templates/")
}

fn is_file(path: &Path) -> Result<bool> {
    Ok(read::look(path)?.is_some_and(|found| found.is_file()))
}

/// Returns what leads from the repository's root, else from here, to the book: `okrs/`, or nothing.
fn prefix(root: &Path) -> String {
    let Ok(root) = std::fs::canonicalize(root) else { return String::new() };
    let repository = root.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf);
    let Some(base) = repository.or_else(|| std::env::current_dir().ok()) else { return String::new() };
    let Ok(inside) = root.strip_prefix(base) else { return String::new() };
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.iter().map(|part| format!("{part}/")).collect()
}

/// Returns what is said about all rules, with their pages on the site, and about the faults among the findings.
fn texts(diagnostics: &[Diagnostic], site: Option<&str>) -> Vec<sarif::RuleText> {
    let rules = check::rules().iter().map(|rule| sarif::RuleText {
        code: rule.code,
        summary: explain::plain(rule.summary),
        help: explain::markdown(rule),
        tag: rule.group.name(),
        level: Level::Warning,
        uri: site.map(|site| format!("{site}checks/{}.html", rule.code)),
    });
    let is_found = |code: &str| diagnostics.iter().any(|found| found.code == code);
    let faults = check::faults::faults().iter().filter(|fault| is_found(fault.code)).map(|fault| sarif::RuleText {
        code: fault.code,
        summary: explain::plain(fault.meaning),
        help: format!("{}\n\n{}\n", fault.meaning, fault.cure),
        tag: "input",
        level: match fault.level {
            check::faults::FaultLevel::Warning => Level::Warning,
            check::faults::FaultLevel::Error | check::faults::FaultLevel::Both => Level::Error,
        },
        uri: None,
    });
    rules.chain(faults).collect()
}
