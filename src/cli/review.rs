//! `okrbook review`: each team's review with the facts filled in and the questions to answer.

use clap::Args;
use okrbook::error::{Error, Result};
use okrbook::lifecycle::review::{Facts, Inputs, LaidOut, lay_out};
use okrbook::model::ids::Slug;
use okrbook::model::plan::{QuarterPlan, TeamPlan};
use okrbook::report::{self, Identity, Report};
use okrbook::write::file;

use super::messages::Messages;
use super::quarter::{Opening, parse_team, teams};
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The quarter, as in 2026-Q3
    quarter: String,
    /// A team whose review is laid out [default: all of the quarter]; may be given several times
    #[arg(long, value_name = "TEAM", value_parser = parse_team)]
    team: Vec<Slug>,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let opening = Opening::new(shared, messages)?;
    let Some(book) = opening.book() else { return Ok(2) };
    let quarter = opening.quarter(book, Some(&arguments.quarter))?;
    let (id, start) = (quarter.quarter.id, quarter.quarter.window.start);
    if book.scorecard.as_of < start {
        return Err(Error::usage_with_help(
            format!("{id} has not begun on {}, so there is nothing to review", book.scorecard.as_of),
            format!("it begins on {start}"),
        ));
    }
    let identity = Identity::default();
    let report = opening.report(book, &identity);
    // All are laid out before any is written.
    let teams = teams(quarter, &arguments.team)?;
    let mut reviews = Vec::with_capacity(teams.len());
    for team in teams {
        let path = quarter.path(&format!("{}.review.md", team.team));
        let before = opening.text_of(&path);
        reviews.push((laid_out(&report, quarter, team, &path, before)?, before, path));
    }
    for (laid, before, path) in &reviews {
        let done = if *before == Some(laid.text.as_str()) {
            "nothing to add to"
        } else {
            file::replace(&opening.root, path, *before, &laid.text)?;
            if before.is_some() { "completed" } else { "wrote" }
        };
        messages.done(&format!("{done} {path}: {}", standing(laid.key_results, laid.open)));
    }
    Ok(0)
}

fn laid_out(
    report: &Report<'_>,
    quarter: &QuarterPlan,
    team: &TeamPlan,
    path: &str,
    text: Option<&str>,
) -> Result<LaidOut> {
    let of_team = report.find(quarter.quarter.id, &team.team);
    let known = of_team.into_iter().flat_map(|team| report.key_results(team));
    let facts: Vec<Facts> = known
        .map(|known| Facts {
            objective: known.objective.id.value.clone(),
            key_result: known.plan.id.value.clone(),
            lines: report::facts::lines(report, &known),
        })
        .collect();
    let as_of = quarter.quarter.capped(report.as_of());
    lay_out(&Inputs { path, text, objectives: &team.objectives, facts: &facts, as_of })
}

/// Returns how many key results a review asks about, and how many of its questions are open.
pub(super) fn standing(key_results: usize, open: usize) -> String {
    let key_results = if key_results == 1 { "1 key result" } else { &format!("{key_results} key results") };
    format!("{key_results}, {}", open_questions(open))
}

/// Returns how many questions are open.
pub(super) fn open_questions(open: usize) -> String {
    match open {
        0 => "every question is answered".to_owned(),
        1 => "1 question is open".to_owned(),
        open => format!("{open} questions are open"),
    }
}
