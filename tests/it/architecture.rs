//! The house's walls: each rule of ARCHITECTURE.md that a machine can check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rows of the house from the ground up. A module may name modules of lower rows only.
const ROWS: &[&[&str]] = &[
    &["source", "error", "par", "hash", "unseen", "picture"],
    &["diag", "publishable"],
    &["read"],
    &["model"],
    &["words"],
    &["yaml", "markdown", "sentence"],
    &["keys"],
    &["config"],
    &["load", "metrics", "score"],
    &["check", "chart"],
    &["report", "lifecycle"],
    &["import", "pull"],
    &["render", "packet"],
    &["write", "diff"],
    &["seal", "digest"],
    &["lib"],
];

/// Outside crates and the one file or folder that may name them.
const CONFINED: &[(&str, &str)] = &[
    ("adbc_core", "src/pull/engine.rs"),
    ("adbc_driver_manager", "src/pull/engine.rs"),
    ("annotate_snippets", "src/diag/emit/human.rs"),
    ("arrow_array", "src/pull/engine.rs"),
    ("arrow_schema", "src/pull/engine.rs"),
    ("axum", "src/cli/serve/server.rs"),
    ("calamine", "src/import/workbook.rs"),
    ("clap", "src/cli"),
    ("clap_complete", "src/cli"),
    ("encoding_rs", "src/metrics"),
    ("futures_util", "src/cli/serve/server.rs"),
    ("indicatif", "src/cli"),
    ("lsp_server", "src/cli/lsp/wire.rs"),
    ("lsp_types", "src/cli/lsp/protocol.rs"),
    ("jiff", "src/model/zone.rs"),
    ("notify", "src/cli/serve/watch.rs"),
    ("plotters", "src/chart/draw.rs"),
    ("plotters_backend", "src/chart/draw.rs"),
    ("pulldown_cmark", "src/markdown"),
    ("rayon", "src/par.rs"),
    ("rust_decimal", "src/model/number.rs"),
    ("rustix", "src/write"),
    ("serde_yaml", "src/yaml"),
    ("signal_hook", "src/cli/pull/ask.rs"),
    ("sha2", "src/hash.rs"),
    ("tera", "src/render/templates"),
    ("toml", "src/pull/profile.rs"),
    ("tokio", "src/cli/serve/server.rs"),
    ("unicode_normalization", "src/read/paths.rs"),
    ("zip", "src/import/archive.rs"),
    ("typst", "src/packet/engine.rs"),
    ("typst_assets", "src/packet/engine.rs"),
    ("typst_layout", "src/packet/engine.rs"),
    ("typst_pdf", "src/packet/engine.rs"),
];

/// The only places that may touch files, apart from the program itself.
const FILE_ACCESS: &[&str] = &["src/read", "src/write", "src/cli", "src/main.rs"];

const LINES_AT_MOST: usize = 400;

pub(crate) struct Module {
    pub(crate) path: String,
    /// The text without its tests and comments.
    pub(crate) code: String,
    whole: String,
}

impl Module {
    /// Returns the top-level module that the file belongs to.
    fn top(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_under(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).expect("inside").to_string_lossy().into_owned()
}

pub(crate) fn modules() -> Vec<Module> {
    let found = files_under("src", ".rs");
    assert!(found.len() > 20, "the source folder was not found");
    let read = |path: PathBuf| {
        let whole = fs::read_to_string(&path).expect("readable");
        let before_tests = whole.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        let code = before_tests.lines().filter(is_code).collect::<Vec<_>>().join("\n");
        Module { path: relative(&path), code, whole }
    };
    found.into_iter().map(read).filter(|module| !is_test_only(&module.path)).collect()
}

/// Says whether a file of the source folder is compiled for tests only.
fn is_test_only(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("/fixture.rs")
}

fn row_of(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// Returns the names that stand after `prefix::` in the code, as in `crate::model` or `crate::{model, diag}`.
fn named_after(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for (place, _) in code.match_indices(prefix) {
        let stands_alone = !code[..place].ends_with(is_word);
        let rest = &code[place + prefix.len()..];
        let Some(rest) = rest.strip_prefix("::").filter(|_| stands_alone) else { continue };
        let names_here: Vec<String> = match rest.strip_prefix('{') {
            Some(list) => top_level_names(list),
            None => vec![rest.chars().take_while(|&c| is_word(c)).collect()],
        };
        names.extend(names_here);
    }
    names
}

fn top_level_names(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    for character in list.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            _ if depth == 0 => names.last_mut().expect("one").push(character),
            _ => {}
        }
    }
    names.iter().map(|name| name.trim().split("::").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn imports_point_downward() {
    let mut faults = Vec::new();
    for module in modules() {
        let top = module.top();
        if matches!(top, "main" | "cli" | "lib") {
            continue;
        }
        let Some(row) = row_of(top) else {
            faults.push(format!("{}: give `{top}` a row in tests/it/architecture.rs and ARCHITECTURE.md", module.path));
            continue;
        };
        for name in named_after(&module.code, "crate") {
            let is_lower = row_of(&name).is_some_and(|other| other < row);
            if name != top && !is_lower {
                faults.push(format!(
                    "{}: names `crate::{name}`, which does not stand below `{top}`: hand the value in as an argument, \
                     or move the shared type down into `model`",
                    module.path
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_library_does_not_know_its_command_line() {
    for module in modules().iter().filter(|module| !matches!(module.top(), "main" | "cli")) {
        assert!(!named_after(&module.code, "crate").contains("cli"), "{}: the library can't import `cli`", module.path);
    }
}

#[test]
fn each_outside_crate_is_named_in_one_place() {
    let mut faults = Vec::new();
    for module in modules() {
        for (name, home) in CONFINED {
            let is_home = module.path.starts_with(home);
            if !is_home && !named_after(&module.code, name).is_empty() {
                faults.push(format!("{}: names `{name}`, which only {home} may; call what {home} offers", module.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn files_are_touched_by_read_and_write_only() {
    let mut faults = Vec::new();
    for module in modules() {
        let may = FILE_ACCESS.iter().any(|home| module.path.starts_with(home));
        for name in ["std::fs", "std::env", "std::process", "SystemTime", "Instant::now"] {
            if !may && module.code.contains(name) {
                faults.push(format!(
                    "{}: uses {name}: the middle of the house takes such things as arguments",
                    module.path
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn one_place_writes_to_streams() {
    let mut faults = Vec::new();
    for module in modules().iter().filter(|module| module.path != "src/cli/messages.rs") {
        for name in ["stdout()", "stderr()", "print!(", "println!(", "eprint!(", "eprintln!("] {
            if module.code.contains(name) {
                faults.push(format!("{}: uses {name}: print by `Messages`, which lets nothing act", module.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn files_stay_short_and_say_what_they_are() {
    let mut faults = Vec::new();
    for module in modules() {
        let lines = module.whole.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default().lines().count();
        if lines > LINES_AT_MOST {
            faults.push(format!("{}: {lines} lines without tests; part it by what it does", module.path));
        }
        if !module.whole.starts_with("//! ") {
            faults.push(format!("{}: begin with a `//!` line: what goes in, what comes out", module.path));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The most words that a question about a text may list; longer lists are classes of the lexicon.
const WORDS_AT_MOST: usize = 4;

#[test]
fn lists_of_words_stand_in_the_lexicon() {
    let mut faults = Vec::new();
    for module in modules() {
        for (place, _) in module.code.match_indices(".is(") {
            let call = module.code[place..].split(';').next().unwrap_or_default();
            let list = call.split_once("&[").and_then(|(_, list)| list.split_once(']')).map_or("", |(list, _)| list);
            let words = list.matches('"').count() / 2;
            if words > WORDS_AT_MOST {
                faults.push(format!("{}: make a class of [{list}] in assets/lexicon.txt", module.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Names of functions that take a code first, whatever its form; of others, only what looks like a code is one.
const SAY: [&str; 7] = ["Diagnostic::error", "Diagnostic::warning", "error", "warning", "refuse", "fault", "doubt"];

/// Returns the codes that diagnostics are made with: texts that stand first in a call, and those of refusals and rules.
fn codes_in(code: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (place, _) in code.match_indices('"') {
        let Some((word, rest)) = code[place + 1..].split_once('"') else { continue };
        let is_word =
            word.contains(|c: char| c != '-') && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let before = code[..place].trim_end();
        let Some(name) = before.strip_suffix('(').filter(|_| is_word && rest.trim_start().starts_with(',')) else {
            let is_field = before.ends_with("code:") && is_word && word.contains('-') && rest.starts_with(',');
            if is_field {
                codes.insert(word.to_owned());
            }
            continue;
        };
        let name = name.rsplit(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next().unwrap_or_default();
        if SAY.contains(&name) || !name.is_empty() && word.contains('-') {
            codes.insert(word.to_owned());
        }
    }
    codes
}

#[test]
fn every_code_that_is_said_is_explained_and_every_code_that_is_explained_is_said() {
    let known: BTreeSet<&str> = okrbook::check::codes().collect();
    let (mut faults, mut said) = (Vec::new(), BTreeSet::new());
    let modules = modules();
    for module in modules.iter().filter(|module| !module.path.starts_with("src/diag")) {
        let codes = codes_in(&module.code);
        let unknown = codes.iter().filter(|code| !known.contains(code.as_str()));
        let help = "give it a section in assets/faults.md, or make it a rule";
        faults.extend(unknown.map(|code| format!("{}: `okrbook explain {code}` knows nothing: {help}", module.path)));
        said.extend(codes);
    }
    assert!(said.len() > 80, "only {} codes were found", said.len());
    // Some are chosen in one place and said in another.
    let is_written = |code: &str| modules.iter().any(|module| module.code.contains(&format!("\"{code}\"")));
    let silent = known.iter().filter(|code| !said.contains(**code) && !is_written(code));
    faults.extend(silent.map(|code| format!("`{code}` is explained, and nothing says it: remove it")));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_integration_file_is_listed_in_main() {
    let folder = root().join("tests/it");
    for path in files_under("tests/it", ".rs") {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("named").to_owned();
        let inside = path.parent().and_then(|parent| parent.file_name()).and_then(|name| name.to_str()).expect("named");
        let owner = if inside == "it" { "main" } else { inside };
        let text = fs::read_to_string(folder.join(owner).with_extension("rs")).expect("readable");
        let listed = name == "main" || text.contains(&format!("mod {name};"));
        assert!(listed, "{} runs nowhere: add `mod {name};` to tests/it/{owner}.rs", path.display());
    }
}

#[test]
fn the_checker_sees_imports_in_every_shape() {
    let names = named_after("use crate::{model::{a, b}, diag};\nfn f() { crate::par::x(); mycrate::no(); }", "crate");
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["diag", "model", "par"]);
}
