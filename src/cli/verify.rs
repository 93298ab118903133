//! `okrbook verify`: sealed quarters against their hashes.

use clap::Args;
use okrbook::error::{Error, Result};
use okrbook::seal::about::Reading;
use okrbook::seal::{Checked, Verified};
use okrbook::unseen::inert;

use super::Shared;
use super::messages::Messages;
use super::quarter::quarter_id;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// One quarter with all its revisions [default: all sealed quarters]
    quarter: Option<String>,
    /// Compute the scores again from the frozen inputs and compare them with the frozen ones
    #[arg(long)]
    rebuild: bool,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let root = shared.root(None)?;
    let quarter = arguments.quarter.as_deref().map(quarter_id).transpose()?;
    let Verified { bags, faults } = okrbook::verify(&root, quarter, arguments.rebuild)?;
    if bags.is_empty() && faults.is_empty() {
        let what = quarter.map_or_else(|| "no quarter of this book".to_owned(), |quarter| quarter.to_string());
        return match quarter {
            Some(quarter) => Err(Error::usage_with_help(
                format!("{what} isn't sealed"),
                format!("seal it once it is over: `okrbook seal {quarter}`"),
            )),
            None => {
                messages.done(&format!("{what} is sealed, so there is nothing to verify"));
                Ok(0)
            }
        };
    }
    let mut text = String::new();
    for (name, checked) in &bags {
        text.push_str(&format!("{name}: {}\n", inert::line(&said(checked, arguments.rebuild))));
        for fault in &checked.faults {
            text.push_str(&format!("  {}\n", inert::line(&fault.to_string())));
        }
    }
    for fault in &faults {
        text.push_str(&format!("{}\n", inert::line(fault)));
    }
    messages.result(&text)?;
    let holds = faults.is_empty() && bags.iter().all(|(_, checked)| checked.faults.is_empty());
    if holds {
        messages.detail(
            "this shows that nothing was changed since LOG was written; whoever can rewrite a seal and LOG together \
             can hide it, unless a digest was kept elsewhere",
        );
        return Ok(0);
    }
    messages.done("what is said above does not hold; restore it from a backup or from version control");
    Ok(4)
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
        (true, _) if rebuild => format!("holds, and its scores are the same again ({files}, {digest})"),
        (true, _) => format!("holds ({files}, {digest})"),
    }
}
