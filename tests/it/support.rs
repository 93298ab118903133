//! What several tests need: small books, the program, folders as values.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Returns the repository's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns a new folder with these files.
pub(crate) fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("folders");
        fs::write(path, text).expect("written");
    }
    folder
}

/// A book with one key result that is measured: 96.8 on the way from 94 to 98.
pub(crate) const SMALL_BOOK: &[(&str, &str)] = &[
    ("okrbook.yaml", "organisation: Small\nas_of: 2026-08-20\n"),
    (
        "quarters/2026-Q3/shop.yaml",
        "objectives:\n  - id: trust\n    title: People trust checkout\n    key_results:\n      - success: Improve checkout success from 94% to 98%\n",
    ),
    ("metrics/success.csv", "date,value\n2026-07-01,94.5\n2026-08-20,96.8\n"),
];

/// Returns the program with a clean environment, to be given arguments.
pub(crate) fn okrbook() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_okrbook"));
    command.env_remove("SOURCE_DATE_EPOCH").env("NO_COLOR", "1");
    command
}

/// Runs the program and returns its exit code, stdout and stderr.
pub(crate) fn run(arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = okrbook().args(arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status.code().expect("not killed"), text(stdout), text(stderr))
}

/// Returns every file below the folder with its bytes, by relative path.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).expect("readable");
                found.insert(path.strip_prefix(folder).expect("inside").to_path_buf(), bytes);
            }
        }
    }
    found
}
