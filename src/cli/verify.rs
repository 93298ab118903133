//! `okrbook verify`: sealed quarters against their hashes.

use clap::Args;
use okrbook::diag::Diagnostic;
use okrbook::error::{Error, Result};
use okrbook::hash::Digest;
use okrbook::model::archive::quarter_of_file;
use okrbook::model::ids::CycleId;
use okrbook::seal::about::Reading;
use okrbook::seal::{Checked, Pages, Verified};
use okrbook::unseen::inert;
use okrbook::{Asked, Opened};

use super::messages::Messages;
use super::quarter::quarter_id;
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// One quarter with all its revisions [default: all sealed quarters]
    quarter: Option<String>,
    /// Make scores and pages again from the frozen inputs and compare them with the frozen ones
    #[arg(long)]
    rebuild: bool,
    /// The digest that `seal` printed: the newest seal of a quarter must have it; may be given several times
    #[arg(long, value_name = "DIGEST")]
    expect: Vec<String>,
    /// A commit that git knows, as in origin/main: each line of its archive/LOG must stand here unchanged
    #[arg(long, value_name = "REF")]
    base: Option<String>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let root = shared.root(None)?;
    let quarter = arguments.quarter.as_deref().map(quarter_id).transpose()?;
    let expected = arguments.expect.iter().map(|text| digest(text)).collect::<Result<Vec<_>>>()?;
    let asked = Asked { quarter, rebuild: arguments.rebuild, expected: &expected, base: arguments.base.as_deref() };
    let Verified { bags, faults, unvouched } = okrbook::verify(&root, &asked)?;
    if bags.is_empty() && faults.is_empty() {
        return nothing(quarter, messages);
    }
    let mut text = String::new();
    for (name, checked) in &bags {
        text.push_str(&format!("{name}: {}\n", inert::line(&said(checked, arguments.rebuild))));
        for fault in &checked.faults {
            // Its own line ends are meant; what it quotes has none.
            for line in fault.to_string().lines() {
                text.push_str(&format!("  {}\n", inert::line(line)));
            }
        }
    }
    for line in faults.iter().chain(&unvouched) {
        text.push_str(&format!("{}\n", inert::line(line)));
    }
    messages.result(&text)?;
    let opened = okrbook::open(&root, &shared.clock()?)?;
    let is_asked = |found: &&Diagnostic| found.code == "sealed-differs" && is_of(quarter, found, &opened);
    let differing: Vec<Diagnostic> = opened.diagnostics.iter().filter(is_asked).cloned().collect();
    messages.diagnostics(&differing, &opened.sources);
    let holds = faults.is_empty() && bags.iter().all(|(_, checked)| checked.faults.is_empty());
    if holds && (!expected.is_empty() || asked.base.is_some()) {
        if !unvouched.is_empty() {
            messages.done("somebody outside has to vouch for what is new: compare its digest with the one that `seal` printed, or give that as `--expect`");
        }
        return Ok(0);
    }
    if holds {
        messages.detail(
            "this shows that nothing was changed since LOG was written; whoever can rewrite a seal and LOG together \
             can hide it, unless a digest was kept elsewhere (`--expect`) or another commit knows LOG (`--base`)",
        );
        return Ok(0);
    }
    messages.done("what is said above does not hold; restore it from a backup or from version control");
    Ok(4)
}

/// Says whether a finding stands in a file of the quarter, or whether all are asked for.
fn is_of(quarter: Option<CycleId>, found: &Diagnostic, opened: &Opened) -> bool {
    let file = found.place.file_id().map(|file| &*opened.sources.get(file).path);
    quarter.is_none_or(|quarter| file.and_then(quarter_of_file) == Some(quarter))
}

fn digest(text: &str) -> Result<Digest> {
    Digest::parse(text.trim()).ok_or_else(|| {
        let message = format!("`{text}` is not a digest");
        Error::usage_with_help(message, "give the 64 hexadecimal digits that `okrbook seal` printed")
    })
}

/// Says that there is nothing to verify.
fn nothing(quarter: Option<CycleId>, messages: &Messages) -> Result<u8> {
    let Some(quarter) = quarter else {
        messages.done("no quarter of this book is sealed, so there is nothing to verify");
        return Ok(0);
    };
    let help = format!("seal it once it is over: `okrbook seal {quarter}`");
    Err(Error::usage_with_help(format!("{quarter} isn't sealed"), help))
}

fn said(checked: &Checked, rebuild: bool) -> String {
    let digest = checked.digest.map(|digest| digest.to_string()).unwrap_or_default();
    let files = match checked.files {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    match (checked.faults.is_empty(), &checked.about) {
        (false, _) => "does not hold".to_owned(),
        (true, Reading::Newer(schema)) => {
            format!("newer format ({schema}): hashes hold, content not read ({files}, {digest})")
        }
        (true, Reading::Known(about)) if rebuild && checked.pages == Pages::OfAnother => format!(
            "holds, and its scores are the same again; its pages were not compared, which only the okrbook that made \
             them can ({}, with its templates) ({files}, {digest})",
            about.okrbook
        ),
        (true, _) if rebuild => {
            format!("holds, its scores are the same again, and so are its pages ({files}, {digest})")
        }
        (true, _) => format!("holds ({files}, {digest})"),
    }
}
