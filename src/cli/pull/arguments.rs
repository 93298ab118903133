//! What `okrbook pull` is told.

use clap::Args;
use okrbook::model::ids::Slug;

use crate::cli::quarter::parse_team;

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Whose exports are fetched [default: all that say `pull:`]
    #[arg(value_name = "METRIC", value_parser = parse_team)]
    pub(super) metrics: Vec<Slug>,
    /// Say which connections the book names and where each leads, and ask none
    #[arg(long)]
    pub(super) list: bool,
    /// Run programs where your own profile of a connection names one
    #[arg(long)]
    pub(super) allow_run: bool,
    /// Put the answer in the place of an export that no pull wrote
    #[arg(long)]
    pub(super) replace: bool,
    /// How many seconds each query may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub(super) timeout: u32,
}
