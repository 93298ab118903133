//! `okrbook pull`: exports, fetched from the engines that hold the numbers.

#[cfg(feature = "pull")]
mod ask;
#[cfg(feature = "pull")]
mod profiles;
#[cfg(feature = "pull")]
mod program;

use clap::Args;
#[cfg(not(feature = "pull"))]
use okrbook::error::Error;
use okrbook::error::Result;
use okrbook::model::ids::Slug;

use super::messages::Messages;
use super::quarter::parse_team;
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Whose exports are fetched [default: all that say `pull:`]
    #[arg(value_name = "METRIC", value_parser = parse_team)]
    metrics: Vec<Slug>,
    /// Say which connections the book names and where each leads, and ask none
    #[arg(long)]
    list: bool,
    /// Run programs where your own profile of a connection names one
    #[arg(long)]
    allow_run: bool,
    /// Put the answer in the place of an export that no pull wrote
    #[arg(long)]
    replace: bool,
    /// How many seconds each query may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    timeout: u32,
}

#[cfg(feature = "pull")]
pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    ask::run(arguments, shared, messages)
}

#[cfg(not(feature = "pull"))]
pub(super) fn run(_: &Arguments, _: &Shared, _: &Messages) -> Result<u8> {
    Err(Error::usage_with_help(
        "this okrbook was built without `pull`",
        "take a released program, or build one with it: `cargo build --release --features pull`; builds and checks read what \
         was pulled without it",
    ))
}
