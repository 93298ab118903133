//! `okrbook seal`: a quarter that is over, frozen with its inputs and hashes.

use clap::Args;
use okrbook::diag::Diagnostic;
use okrbook::error::Result;
use okrbook::model::ids::CycleId;
use okrbook::{Gap, Opened, Outcome, Request, Sealed, par};

use super::messages::Messages;
use super::quarter::quarter_id;
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
    match par::with_new_threads(|| okrbook::seal(&root, &clock, &request))? {
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

fn done(sealed: &Sealed, messages: &Messages) {
    let Sealed { name, digest, as_of, pages, unanswered } = sealed;
    let pages = if *pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
    messages.done(&format!("sealed {} as of {as_of} with {pages}: archive/{name}", name.quarter));
    match unanswered {
        0 => {}
        1 => messages.done("a question of its reviews is unanswered, and stays so"),
        count => messages.done(&format!("{count} questions of its reviews are unanswered, and stay so")),
    }
    messages.done(&format!("SHA-256 of its tag manifest, to be kept where nobody can change it: {digest}"));
    messages.detail(&format!("`cd archive/{name} && sha256sum -c *manifest-sha256.txt` checks it without okrbook"));
}
