//! `okrbook schema`: JSON Schemas for editors and for readers of the machine forms.

use clap::{Args, ValueEnum};
use okrbook::diag::emit;
use okrbook::error::Result;
use okrbook::keys::{self, FILES};
use okrbook::{diff, render};

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
    /// The front matter of a quarter's story: quarters/2026-Q3/index.md
    Story,
    /// The front matter of a page: pages/NAME.md
    Page,
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
        What::Quarter => render::quarter_schema(),
        What::Index => render::book_schema(),
        What::Findings => emit::json::schema(),
        What::Diff => diff::schema(),
        file => of_file(file),
    };
    messages.data(&schema)?;
    Ok(0)
}

/// Returns the schema of a file of a book, which goes by the name that is typed for it.
fn of_file(what: What) -> String {
    let name = what.to_possible_value();
    let file = FILES.iter().find(|file| name.as_ref().is_some_and(|name| name.matches(file.name, false)));
    file.map(keys::schema::of_file).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_a_book_has_a_schema() {
        let names: Vec<String> = What::value_variants()
            .iter()
            .filter_map(What::to_possible_value)
            .map(|name| name.get_name().to_owned())
            .collect();
        for file in &FILES {
            assert!(names.iter().any(|name| name == file.name), "{} can't be asked for", file.name);
        }
        for what in [What::Okr, What::Metrics, What::Catalogue, What::Book, What::Lock, What::Checkin, What::Review] {
            assert!(of_file(what).contains("json-schema.org"), "{what:?}");
        }
    }
}
