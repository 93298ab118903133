//! Small books, and what is said about them.

mod goals;
mod growth;
mod hostile;
mod messages;
mod plans;
mod reviews;

use std::fs;

use crate::diag::{self, Diagnostic, emit};
use crate::model::plan::Plan;
use crate::read::{self, Workspace};
use crate::{config, load};

/// A book that was loaded.
pub(super) struct Loaded {
    /// Its texts and exports.
    pub(super) workspace: Workspace,
    /// What they say.
    pub(super) plan: Plan,
    /// What is wrong with them, sorted.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// Returns what is wrong as people read it.
    pub(super) fn messages(&self) -> String {
        emit::human::render(&self.diagnostics, &self.workspace.sources, false)
    }

    /// Returns the codes of what is wrong, and of what the rules will tell of the sentences.
    pub(super) fn codes(&self) -> Vec<&'static str> {
        let teams = self.plan.quarters.iter().flat_map(|quarter| &quarter.teams);
        let key_results = teams.flat_map(|team| &team.objectives).flat_map(|objective| &objective.key_results);
        let remarks = key_results.flat_map(|key_result| &key_result.remarks).map(|remark| remark.kind.code());
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).chain(remarks).collect()
    }
}

/// Loads a book of these files; `okrbook.yaml` is added where it is missing.
pub(super) fn book(files: &[(&str, &str)]) -> Loaded {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = ("okrbook.yaml", "organisation: Northwind\n");
    for (path, text) in std::iter::once(&settings).chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("folders");
        fs::write(path, text).expect("written");
    }
    let (workspace, mut diagnostics) = read::read(folder.path()).expect("readable");
    let (settings, faults) = config::read(&workspace);
    diagnostics.extend(faults);
    let plan = match settings {
        Some(settings) => {
            let (plan, faults) = load::load(&workspace, &settings);
            diagnostics.extend(faults);
            plan
        }
        None => Plan::default(),
    };
    diag::sort(&mut diagnostics, |file| workspace.sources.get(file).path.clone());
    Loaded { workspace, plan, diagnostics }
}

/// Loads a book of one team's objective with these key results, indented by six spaces, and some exports.
pub(super) fn key_results(text: &str) -> Loaded {
    let team = format!("objectives:\n  - id: o\n    title: Customers trust us\n    key_results:\n{text}");
    let export = "date,value\n2026-08-14,3\n";
    let metrics = "checkout: { file: p1.csv, unit: \"%\" }\nlatency: { file: p1.csv, unit: min }\n";
    book(&[
        ("quarters/2026-Q3/platform.yaml", &team),
        ("metrics/p1.csv", export),
        ("metrics/a.csv", export),
        ("metrics.yaml", metrics),
    ])
}
