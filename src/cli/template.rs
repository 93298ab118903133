//! `okrbook template`: which templates pages are made with, and a copy of one in the book, to be changed.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Args, Subcommand};
use okrbook::error::{Error, Result};
use okrbook::read;
use okrbook::render::ejecting::{self, BuiltIn};
use okrbook::report::text::Language;
use okrbook::write;

use super::messages::Messages;
use super::shared::Shared;

/// The longest template that is compared, in bytes.
const LONGEST: u64 = 4 << 20;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Name all templates with their blocks, and those that the book has its own of
    List,
    /// Copy a template, or a block of it, into the book's templates/, to be changed there
    Eject {
        /// Which one: team.html
        #[arg(value_name = "NAME")]
        name: String,
        /// Only this block of it; all else stays okrbook's own
        #[arg(long, value_name = "BLOCK")]
        block: Option<String>,
    },
    /// Print the words of the interface in the form of words.yaml
    Words,
    /// Say how the book's own template differs from okrbook's
    Diff {
        /// Which one: team.html
        #[arg(value_name = "NAME")]
        name: String,
    },
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    match &arguments.what {
        What::List => {
            let own = shared.root(None).ok();
            messages.result(&list(own.as_deref())?)?;
        }
        What::Words => messages.result(&words())?,
        What::Eject { name, block } => eject(name, block.as_deref(), shared, messages)?,
        What::Diff { name } => {
            let built_in = ejecting::find(name)?;
            let Some(own) = own(&shared.root(None)?, &built_in)? else {
                let message = format!("the book has no templates/{} of its own", built_in.name);
                let help = format!("`okrbook template eject {}` copies okrbook's", built_in.name);
                return Err(Error::usage_with_help(message, help));
            };
            let differences = ejecting::differences(&built_in, &own);
            messages.result(&differences)?;
            if differences.is_empty() {
                messages.done(&format!("templates/{} says what okrbook's own does", built_in.name));
            }
        }
    }
    Ok(0)
}

/// Returns all words with their texts, a line each.
fn words() -> String {
    let words = Language::default().words();
    words.texts().map(|(name, text)| format!("{name}: {}\n", serde_json::Value::from(text))).collect()
}

/// Returns the text of the book's own template in the place of a built-in one.
fn own(root: &Path, built_in: &BuiltIn) -> Result<Option<String>> {
    let path = root.join("templates").join(built_in.name);
    if read::look(&path)?.is_none() {
        return Ok(None);
    }
    read::folder::text(&path, LONGEST)
}

fn list(root: Option<&Path>) -> Result<String> {
    let known = ejecting::known();
    let widest = known.iter().map(|known| known.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for built_in in known {
        let own = match root {
            Some(root) => own(root, &built_in)?,
            None => None,
        };
        let mark = if own.is_some() { '*' } else { ' ' };
        let line = format!("{mark} {:widest$}  {}", built_in.name, built_in.blocks.join(" "));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.push_str("\n`okrbook template eject NAME` copies one into the book, `--block BLOCK` only a part; * the book has its own\n");
    Ok(text)
}

fn eject(name: &str, block: Option<&str>, shared: &Shared, messages: &Messages) -> Result<()> {
    let built_in = ejecting::find(name)?;
    let root = shared.root(None)?;
    let known = own(&root, &built_in)?;
    let text = ejecting::ejected(&built_in, block, known.as_deref())?;
    let path = format!("templates/{}", built_in.name);
    write::file::replace(&root, &path, known.as_deref(), &text)?;
    let what = block.map_or_else(String::new, |block| format!(", block `{block}`"));
    messages.done(&format!("{path}{what} is yours now; `okrbook check` tells when okrbook's own changes"));
    Ok(())
}
