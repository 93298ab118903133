//! The book's exports by the names that metrics give them.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::glob;
use crate::diag::{self, Diagnostic};
use crate::read::Binary;
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::Reader;

/// Endings of exports that may be named by their stem alone.
const ENDINGS: [&str; 3] = [".csv", ".tsv", ".txt"];

/// How often a right spelling is looked for; a book with more wrong names has another trouble.
const SUGGESTIONS: usize = 50;

/// The longest name of an export that is looked for.
const NAME_LIMIT: usize = 255;

/// Returns a name without an ending, in capitals or not.
fn without<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let (stem, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
    end.eq_ignore_ascii_case(ending).then_some(stem)
}

/// The exports, by path inside `metrics/` and by stem.
pub(super) struct Exports {
    suggestions: Cell<usize>,
    paths: BTreeMap<Arc<str>, Arc<str>>,
    /// The names in `paths`, sorted.
    names: Vec<Arc<str>>,
    /// The same, sorted by their last bytes.
    names_by_end: Vec<Arc<str>>,
    stems: BTreeMap<Arc<str>, Arc<str>>,
    statements: BTreeMap<Arc<str>, Statement>,
}

/// A query in a file of its own.
pub(super) struct Statement {
    /// The file.
    pub(super) file: FileId,
    /// Its text.
    pub(super) text: Arc<str>,
}

impl Exports {
    /// Returns the exports of a book, and the queries that stand among them.
    pub(super) fn of(files: &[Binary], sources: &Sources) -> Self {
        let queries = sources.iter().filter(|(_, source)| source.path.ends_with(".sql"));
        let statement = |file, text: &Arc<str>| Statement { file, text: text.clone() };
        let mut exports = Self {
            suggestions: Cell::new(SUGGESTIONS),
            paths: BTreeMap::new(),
            names: Vec::new(),
            names_by_end: Vec::new(),
            stems: BTreeMap::new(),
            statements: queries.map(|(file, source)| (source.path.clone(), statement(file, &source.text))).collect(),
        };
        for file in files {
            let Some(name) = file.path.strip_prefix("metrics/") else { continue };
            exports.paths.insert(name.into(), file.path.clone());
            if let Some(stem) =
                ENDINGS.iter().find_map(|ending| without(name, ending)).filter(|stem| !stem.contains('/'))
            {
                exports.stems.entry(stem.into()).or_insert_with(|| file.path.clone());
            }
        }
        exports.names = exports.paths.keys().cloned().collect();
        exports.names_by_end.clone_from(&exports.names);
        exports.names_by_end.sort_by(|a, b| a.bytes().rev().cmp(b.bytes().rev()));
        exports
    }

    /// Says whether the book has an export of this path.
    pub(super) fn holds(&self, path: &str) -> bool {
        path.strip_prefix("metrics/").is_some_and(|name| self.paths.contains_key(name))
    }

    /// Returns the query that stands in a file, with the file's path.
    pub(super) fn statement(&self, path: &str) -> Option<(&Arc<str>, &Statement)> {
        self.statements.get_key_value(path)
    }

    /// Returns the paths of queries.
    pub(super) fn statements(&self) -> impl Iterator<Item = &str> {
        self.statements.keys().map(|path| &**path)
    }

    /// Returns the path of the export that is called like a metric.
    pub(super) fn named(&self, stem: &str) -> Option<&Arc<str>> {
        self.stems.get(stem)
    }

    /// Returns the names of exports without their endings.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems.keys().map(|stem| &**stem)
    }

    /// Returns the paths that a name or pattern stands for, sorted; reports where there are none.
    pub(super) fn find(&self, reader: &mut Reader<'_>, name: &Spanned<&str>) -> Vec<Arc<str>> {
        let text = name.value.strip_prefix("./").unwrap_or(name.value);
        let leaves = text.starts_with('/') || text.contains('\\') || text.split('/').any(|part| part == "..");
        if leaves {
            let message = format!("`{text}` leads out of metrics/");
            let diagnostic = Diagnostic::error("bad-path", name.span, message);
            reader.report(diagnostic.help("put the export under metrics/ and write its name"));
            return Vec::new();
        }
        if text.len() > NAME_LIMIT {
            let diagnostic = Diagnostic::error("bad-path", name.span, "this is too long for a file's name");
            reader.report(diagnostic.help("write the name of an export under metrics/"));
            return Vec::new();
        }
        if let Some(path) = self.paths.get(text) {
            return vec![path.clone()];
        }
        if glob::is_pattern(text) {
            let found = self.matching(text);
            if !found.is_empty() {
                return found;
            }
        }
        let diagnostic = self.missing(text, name.span);
        reader.report(diagnostic);
        Vec::new()
    }

    /// Returns the paths that a pattern matches, sorted. Only names are compared that begin or end as it does, whichever are
    /// fewer.
    fn matching(&self, pattern: &str) -> Vec<Arc<str>> {
        let (first, last) = glob::ends(pattern);
        let begin = self.names.partition_point(|name| &**name < first);
        let beginning = self.names[begin..].partition_point(|name| name.starts_with(first));
        let before = |name: &Arc<str>| name.bytes().rev().lt(last.bytes().rev());
        let end = self.names_by_end.partition_point(before);
        let ending = self.names_by_end[end..].partition_point(|name| name.ends_with(last));
        let some = if beginning <= ending {
            &self.names[begin..begin + beginning]
        } else {
            &self.names_by_end[end..end + ending]
        };
        let matching = some.iter().filter(|name| glob::matches(pattern, name));
        let mut found: Vec<Arc<str>> = matching.filter_map(|name| self.paths.get(name)).cloned().collect();
        found.sort();
        found
    }

    fn missing(&self, name: &str, span: Span) -> Diagnostic {
        let inside = name.strip_prefix("metrics/").filter(|inside| self.paths.contains_key(*inside));
        if let Some(inside) = inside {
            let message = format!("there is no export metrics/{name}");
            return Diagnostic::error("no-file", span, message)
                .help(format!("write `{inside}`: names count from metrics/"));
        }
        let what = if glob::is_pattern(name) { "no export matches" } else { "there is no export" };
        let diagnostic = Diagnostic::error("no-file", span, format!("{what} metrics/{name}"));
        let budget = self.suggestions.get();
        self.suggestions.set(budget.saturating_sub(1));
        let near =
            if budget == 0 { None } else { diag::nearest(name, self.paths.keys().map(|path| &**path).take(2000)) };
        match near {
            Some(near) => diagnostic.propose(near),
            None if self.paths.is_empty() => diagnostic.help("put the export under metrics/"),
            None => diagnostic.help("put it under metrics/, or write the name of one that is there"),
        }
    }
}
