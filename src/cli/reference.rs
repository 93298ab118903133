//! `okrbook reference`: every key of every file of a book, or one of them.

use clap::Args;
use okrbook::error::{Error, Result};
use okrbook::keys::reference;

use super::messages::Messages;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The key, as in `where`, or in one place: `metric.where`, `guardrail.at_most` [default: all, by file]
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// Print the whole reference as Markdown
    #[arg(long, conflicts_with = "key")]
    markdown: bool,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<u8> {
    let text = match &arguments.key {
        Some(key) => reference::find(key).map_err(|near| unknown(key, &near))?,
        None if arguments.markdown => reference::markdown(),
        None => reference::list(),
    };
    messages.result(&text)?;
    Ok(0)
}

fn unknown(key: &str, near: &[&str]) -> Error {
    let help = match near {
        [] => "`okrbook reference` lists all keys".to_owned(),
        near => format!("did you mean {}?", near.join(", ")),
    };
    Error::usage_with_help(format!("no file of a book has a key `{key}`"), help)
}
