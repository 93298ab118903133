//! `okrbook schema`: JSON Schemas for editors and for readers of the machine forms.

use clap::{Args, ValueEnum};
use okrbook::diag::emit;
use okrbook::error::Result;
use okrbook::{config, diff, load, render};

use super::messages::Messages;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Which file
    #[arg(value_name = "FILE")]
    what: What,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// A team's quarter: quarters/2026-Q3/TEAM.yaml
    Okr,
    /// The metric catalogue: metrics.yaml
    Metrics,
    /// The book's own measures that can be gamed: `catalogue:` in okrbook.yaml
    Catalogue,
    /// The settings: okrbook.yaml
    Book,
    /// What was committed: quarters/2026-Q3/lock.yaml
    Lock,
    /// A check-in: quarters/2026-Q3/checkins/2026-08-03.TEAM.yaml, and what `checkin --from` reads
    Checkin,
    /// A review's front matter: quarters/2026-Q3/TEAM.review.md
    Review,
    /// A quarter's machine form: data/2026-Q3.json
    Quarter,
    /// The list of quarters and teams: data/book.json
    Index,
    /// What `check --format json` prints
    Findings,
    /// What `diff --format json` prints
    Diff,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<u8> {
    let schema = match arguments.what {
        What::Okr => load::schema::okr(),
        What::Metrics => load::schema::metrics(),
        What::Catalogue => load::schema::catalogue(),
        What::Book => config::schema::book(),
        What::Lock => load::schema::lock(),
        What::Checkin => load::schema::check_in(),
        What::Review => load::schema::review(),
        What::Quarter => render::quarter_schema(),
        What::Index => render::book_schema(),
        What::Findings => emit::json::schema(),
        What::Diff => diff::schema(),
    };
    messages.data(&schema)?;
    Ok(0)
}
