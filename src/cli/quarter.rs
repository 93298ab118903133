//! What the commands of a quarter's life share: the opened book and the quarter that is meant.

use std::path::PathBuf;

use okrbook::error::{Error, Result};
use okrbook::model::ids::{CycleId, NAMES, Slug};
use okrbook::model::plan::{QuarterPlan, TeamPlan};
use okrbook::report::{Identity, Inputs, Report};
use okrbook::{Book, Opened, diag};

use super::messages::Messages;
use super::shared::Shared;

/// A book that was opened to be written to.
pub(super) struct Opening {
    pub(super) root: PathBuf,
    pub(super) opened: Opened,
}

impl Opening {
    /// Opens the book; where something blocks it, says what.
    pub(super) fn new(shared: &Shared, messages: &Messages) -> Result<Self> {
        let root = shared.root(None)?;
        let opened = okrbook::open(&root, &shared.clock()?)?;
        if opened.book.is_none() {
            messages.diagnostics(&opened.diagnostics, &opened.sources);
            messages.done("nothing was written: the book can't be read");
        }
        Ok(Self { root, opened })
    }

    pub(super) const fn book(&self) -> Option<&Book> {
        self.opened.book.as_ref()
    }

    /// Returns the quarter of a name; the one that runs where none is given.
    pub(super) fn quarter<'b>(&self, book: &'b Book, name: Option<&str>) -> Result<&'b QuarterPlan> {
        let found = find_quarter(book, name)?;
        refuse_sealed(book, found.quarter.id)?;
        Ok(found)
    }

    /// Returns what pages may show of the book, without what is wrong with it.
    pub(super) fn report<'b>(&'b self, book: &'b Book, identity: &'b Identity) -> Report<'b> {
        Report::new(Inputs {
            identity,
            plan: &book.plan,
            scorecard: &book.scorecard,
            histories: &book.histories,
            findings: &[],
            allowed: &[],
            sources: &self.opened.sources,
            archive: book.archive(),
        })
    }

    /// Returns the text of a file of the book as it was read.
    pub(super) fn text_of(&self, path: &str) -> Option<&str> {
        let sources = &self.opened.sources;
        sources.id_of(path).map(|id| &*sources.get(id).text)
    }
}

/// Reads a quarter's name from the command line.
pub(super) fn quarter_id(name: &str) -> Result<CycleId> {
    CycleId::parse(name)
        .ok_or_else(|| Error::usage_with_help(format!("`{name}` is no quarter"), format!("name it {NAMES}")))
}

/// Says that a name is no cycle of the book.
pub(super) fn unnamed(book: &Book, id: CycleId) -> Error {
    Error::usage_with_help(format!("the book has no cycle {id}"), naming(book))
}

/// Returns how a cycle is named in this book.
fn naming(book: &Book) -> String {
    let named: Vec<String> = book.config.calendar.titled().map(|id| format!("`{id}`")).collect();
    match &named[..] {
        [] => format!("name it {NAMES}"),
        named => format!("okrbook.yaml names {}; else name it {NAMES}", named.join(", ")),
    }
}

/// Says that no cycle runs by itself.
fn no_cycles() -> Error {
    let help = "give the first its days in okrbook.yaml: `calendar: { cycles: none, named: { spring: { from: 2026-02-02, to: 2026-06-26 } } }`";
    Error::usage_with_help("the book names no cycle, and has none by rule", help)
}

/// Refuses a quarter that is sealed.
pub(super) fn refuse_sealed(book: &Book, id: CycleId) -> Result<()> {
    if book.archive().counting(id).is_none() {
        return Ok(());
    }
    Err(Error::usage_with_help(
        format!("{id} is sealed, and nothing is recorded in it any more"),
        format!("to correct it, seal it again beside its first seal: `okrbook seal {id} --supersede \"why\"`"),
    ))
}

/// Returns the teams of a quarter that are named, all with objectives where none is.
pub(super) fn teams<'a>(quarter: &'a QuarterPlan, wanted: &[Slug]) -> Result<Vec<&'a TeamPlan>> {
    let known: Vec<&TeamPlan> = quarter.teams.iter().filter(|team| !team.objectives.is_empty()).collect();
    if known.is_empty() {
        let id = quarter.quarter.id;
        let help = format!("write a team's objectives into {} first", quarter.path("TEAM.yaml"));
        return Err(Error::usage_with_help(format!("{id} has no objectives"), help));
    }
    if wanted.is_empty() {
        return Ok(known);
    }
    let find = |id: &Slug| {
        let names = known.iter().map(|team| team.team.as_str());
        let unknown = || okrbook::lifecycle::unknown_team(id.as_str(), names, quarter.quarter.id);
        known.iter().find(|team| team.team == *id).copied().ok_or_else(unknown)
    };
    wanted.iter().map(find).collect()
}

/// Returns the quarter of a name; the one that runs where none is given.
pub(super) fn find_quarter<'b>(book: &'b Book, name: Option<&str>) -> Result<&'b QuarterPlan> {
    let known = &book.plan.quarters;
    let calendar = &book.config.calendar;
    let id = match name {
        Some(name) => quarter_id(name)?,
        None => calendar.quarter_of(book.scorecard.as_of).map(|quarter| quarter.id).ok_or_else(no_cycles)?,
    };
    known.iter().find(|quarter| quarter.quarter.id == id).ok_or_else(|| {
        let names: Vec<String> = known.iter().map(|quarter| quarter.quarter.id.to_string()).collect();
        let near = diag::nearest(&id.to_string(), names.iter().map(String::as_str)).map(str::to_owned);
        let help = match (near, name) {
            (_, None) if !names.is_empty() => format!("name the quarter; the book has {}", names.join(", ")),
            (Some(near), _) => format!("the book has {near}"),
            _ if calendar.quarter(id).is_none() => naming(book),
            _ => format!("write the teams' objectives into {} first", book.plan.folder(id).path(id, "")),
        };
        Error::usage_with_help(format!("the book has no quarter {id}"), help)
    })
}

/// Reads a team's id from the command line.
pub(super) fn parse_team(text: &str) -> std::result::Result<Slug, String> {
    Slug::new(text).ok_or_else(|| "write the team's id: letters, digits, `-` and `_`".to_owned())
}
