//! `okrbook seal`: a quarter that is over, frozen with its inputs and hashes.

use clap::Args;
use okrbook::diag::Diagnostic;
use okrbook::error::Result;
use okrbook::model::ids::CycleId;
use okrbook::{Gap, Opened, Outcome, Request, Sealed, Standing, TeamStanding, par};

use super::messages::Messages;
use super::quarter::quarter_id;
use super::review;
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The quarter, as in 2026-Q3
    quarter: String,
    /// Seal it again beside its first seal, for this reason
    #[arg(long, value_name = "REASON")]
    supersede: Option<String>,
    /// Seal it although findings at error level concern it
    #[arg(long)]
    with_errors: bool,
    /// Seal it although nobody can tell that the data of some key results is complete
    #[arg(long)]
    with_gaps: bool,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let root = shared.root(None)?;
    let quarter = quarter_id(&arguments.quarter)?;
    let request = Request {
        quarter,
        supersede: arguments.supersede.as_deref(),
        with_errors: arguments.with_errors,
        with_gaps: arguments.with_gaps,
    };
    let clock = shared.clock()?;
    match par::with_new_threads(|| okrbook::seal(&root, &clock, &request, &|standing| tell(standing, messages)))? {
        Outcome::Sealed(sealed) => done(&sealed, messages),
        Outcome::Adopted(name, digest) => {
            messages
                .done(&format!("archive/{name} was sealed by a run that was stopped; it stands in archive/LOG now"));
            messages.done(&format!("SHA-256 of its tag manifest: {digest}"));
        }
        Outcome::Blocked(opened) => {
            messages.diagnostics(&opened.diagnostics, &opened.sources);
            messages.done("nothing was sealed: the book can't be read");
            return Ok(2);
        }
        Outcome::Faulty(opened, faults) => {
            messages.diagnostics(&faults, &opened.sources);
            messages.done(&format!(
                "nothing was sealed: mend what is said above, or seal {quarter} as it is with `--with-errors`"
            ));
            return Ok(1);
        }
        Outcome::Incomplete(opened, gaps) => {
            incomplete(&opened, &gaps, quarter, messages);
            return Ok(1);
        }
    }
    Ok(0)
}

/// Names the key results whose data may lack something, with what settles each.
fn incomplete(opened: &Opened, gaps: &[Gap], quarter: CycleId, messages: &Messages) {
    let findings: Vec<Diagnostic> = gaps.iter().flat_map(|gap| gap.findings.iter().cloned()).collect();
    messages.diagnostics(&findings, &opened.sources);
    let names: Vec<&str> = gaps.iter().map(|gap| gap.name.as_str()).collect();
    messages.done(&format!(
        "nothing was sealed: nobody can tell that the data of {} is complete; settle what is said above, or seal \
         {quarter} as it is with `--with-gaps`",
        names.join(", ")
    ));
}

/// How many teams are told of one by one.
const TOLD: usize = 20;

/// Says which teams have no lock or open questions, since both will stay so.
fn tell(standing: &Standing, messages: &Messages) {
    let id = standing.quarter;
    let unlocked: Vec<&TeamStanding> = standing.teams.iter().filter(|team| team.locked.is_none()).collect();
    let open: Vec<&TeamStanding> = standing.teams.iter().filter(|team| team.open > 0).collect();
    let questions: usize = open.iter().map(|team| team.open).sum();
    if standing.imported {
        if !unlocked.is_empty() || questions > 0 {
            let teams = if unlocked.len() == 1 { "1 team" } else { &format!("{} teams", unlocked.len()) };
            messages.done(&format!(
                "{id} was brought in from elsewhere: {teams} without a lock, {}",
                review::open_questions(questions)
            ));
        }
        return;
    }
    let are_all = unlocked.len() == standing.teams.len();
    if are_all && !unlocked.is_empty() {
        messages.done(&format!("{id} is not locked, so nothing records what its teams committed to"));
    } else {
        for team in unlocked.iter().take(TOLD) {
            messages.done(&format!("{} is not locked for {id}, so nothing records what it committed to", team.team));
        }
        if let Some(more) = unlocked.len().checked_sub(TOLD).filter(|more| *more > 0) {
            messages.done(&format!("{more} more teams are not locked"));
        }
    }
    for team in open.iter().take(TOLD) {
        let counts = review::standing(team.key_results, team.open);
        messages.done(&format!("the review of {}: {counts}", team.team));
    }
    if let Some(more) = open.len().checked_sub(TOLD).filter(|more| *more > 0) {
        messages.done(&format!("{more} more reviews have open questions; {questions} are open in all"));
    }
}

fn done(sealed: &Sealed, messages: &Messages) {
    let Sealed { name, digest, as_of, pages } = sealed;
    let pages = if *pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
    messages.done(&format!("sealed {} as of {as_of} with {pages}: archive/{name}", name.quarter));
    messages.done(&format!("SHA-256 of its tag manifest, to be kept where nobody can change it: {digest}"));
    messages.detail(&format!("`cd archive/{name} && sha256sum -c *manifest-sha256.txt` checks it without okrbook"));
}
