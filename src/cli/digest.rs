//! `okrbook digest`: what changed, what waits for whom, what needs a decision.

use clap::{Args, ValueEnum};
use okrbook::digest::Form;
use okrbook::error::{Error, Result};
use okrbook::model::calendar::Day;
use okrbook::{Clock, Told};

use super::messages::Messages;
use super::shared::{Shared, parse_day};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Tell what changed since this day [default: the last check-in, else a week ago]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    since: Option<Day>,
    /// How the digest is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: lines of at most 80 columns
    Text,
    /// For an issue or a chat
    Markdown,
    /// A fragment for a mail
    Html,
    /// Slack's mrkdwn
    Slack,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let root = shared.root(None)?;
    let clock = shared.clock()?;
    let opened = okrbook::open(&root, &clock)?;
    let Some(book) = &opened.book else {
        messages.diagnostics(&opened.diagnostics, &opened.sources);
        messages.done("there is no digest: the book can't be read");
        return Ok(2);
    };
    let since = arguments.since.unwrap_or_else(|| book.digest_since());
    let as_of = book.scorecard.as_of;
    if since >= as_of {
        let message = format!("nothing can have changed since {since}: the book is read as of {as_of}");
        return Err(Error::usage_with_help(message, "name an earlier day with --since, or a later one with --as-of"));
    }
    let earlier = okrbook::open(&root, &Clock { flag: Some(since), ..clock })?;
    let Some(before) = &earlier.book else {
        return Err(Error::usage(format!(
            "the book can't be read as of {since}: `okrbook check --as-of {since}` says why"
        )));
    };
    let told = Told { sources: &opened.sources, findings: &opened.diagnostics };
    let form = match arguments.format {
        Format::Text => Form::Text,
        Format::Markdown => Form::Markdown,
        Format::Html => Form::Html,
        Format::Slack => Form::Slack,
    };
    let digest = book.digest(told, before, form)?;
    match form {
        Form::Text => messages.result(&digest)?,
        Form::Markdown | Form::Html | Form::Slack => messages.data(&digest)?,
    }
    Ok(0)
}
