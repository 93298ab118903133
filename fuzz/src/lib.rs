//! What several targets need: a book of texts that never touches the disk, and what must hold of its diagnostics.

use std::sync::Arc;

use okrbook::config;
use okrbook::diag::{Diagnostic, emit};
use okrbook::load;
use okrbook::model::plan::Plan;
use okrbook::read::Workspace;
use okrbook::source::{SourceFile, Sources};

/// Loads a book of these texts and prints what is wrong with it in every form; returns the plan, if there is one.
pub fn load_texts(files: &[(&str, &str)]) -> Option<Plan> {
    let files = files.iter().map(|(path, text)| SourceFile { path: Arc::from(*path), text: Arc::from(*text) });
    let sources = Sources::new(files.collect());
    let workspace = Workspace { sources, ..Workspace::default() };
    let (config, mut diagnostics) = config::read(&workspace);
    let plan = config.map(|config| {
        let (plan, found) = load::load(&workspace, &config);
        diagnostics.extend(found);
        plan
    });
    print(&diagnostics, &workspace.sources);
    plan
}

/// Prints diagnostics in every form: no place may lie outside its file or inside a character.
pub fn print(diagnostics: &[Diagnostic], sources: &Sources) {
    let human = emit::human::render(diagnostics, sources, false);
    assert_eq!(human.is_empty(), diagnostics.is_empty());
    let short = emit::short::render(diagnostics, sources);
    assert_eq!(short.lines().count(), diagnostics.len(), "one line each:\n{short}");
    let json = emit::json::render(diagnostics, &[], sources);
    assert!(json.starts_with('{') && json.trim_end().ends_with('}'));
}
