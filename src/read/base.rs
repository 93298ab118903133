//! A file as it stands in another commit of the book's repository, read by git.
//!
//! In: the book's folder, a name of a commit, a path. Out: the file's text there. git runs no hook, filter, alias or pager,
//! follows no repository that stands in a commit as plain files, replaces no object, and fetches nothing.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::{Error, Result};

/// Settings of git that hold whatever the repository says.
const SETTINGS: [&str; 4] =
    ["safe.bareRepository=explicit", "core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"];

/// Returns a file's text in the commit that `reference` names; nothing where the commit has no such plain file.
///
/// # Errors
///
/// Where git isn't there or knows no such commit, or where the file is longer than `limit` or no UTF-8.
pub fn text(folder: &Path, reference: &str, path: &str, limit: u64) -> Result<Option<String>> {
    let is_name = !reference.is_empty()
        && !reference.starts_with('-')
        && !reference
            .contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, ':' | '\\' | '?' | '*' | '['));
    let unknown = || {
        let help = "name a branch, a tag or a commit that git knows here, as in `origin/main`; a shallow clone has to fetch it";
        Error::usage_with_help(format!("git knows no commit {reference:?} in {}", folder.display()), help)
    };
    if !is_name {
        return Err(unknown());
    }
    let commit = git(
        folder,
        &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{reference}^{{commit}}")],
        200,
    )?;
    let commit = commit.as_deref().map(str::trim).filter(|hash| is_hash(hash)).ok_or_else(unknown)?;
    let entry = git(folder, &["ls-tree", "-z", commit, "--", path], 4_096)?.ok_or_else(unknown)?;
    let mut words = entry.split(['\t', '\0']).next().unwrap_or_default().split(' ');
    let (Some("100644" | "100755"), Some("blob"), Some(object)) = (words.next(), words.next(), words.next()) else {
        return Ok(None);
    };
    if !is_hash(object) {
        return Err(unknown());
    }
    let text = git(folder, &["cat-file", "blob", object], limit)?;
    text.map(Some).ok_or_else(|| Error::Integrity { message: format!("git can't read {path} in {reference}") })
}

fn is_hash(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns what git prints; nothing where it says no.
fn git(folder: &Path, arguments: &[&str], limit: u64) -> Result<Option<String>> {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    for (name, value) in [
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_NO_REPLACE_OBJECTS", "1"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_ALLOW_PROTOCOL", ""),
        ("LC_ALL", "C"),
    ] {
        command.env(name, value);
    }
    command.arg("--no-pager").arg("--literal-pathspecs");
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Error::usage_with_help("git was not found, which reads the other commit", "install git")
        }
        _ => Error::io("run git in", folder)(error),
    };
    let mut child = command.spawn().map_err(failed)?;
    let mut bytes = Vec::new();
    let read = match child.stdout.take() {
        Some(stdout) => stdout.take(limit + 1).read_to_end(&mut bytes).map(drop),
        None => Ok(()),
    };
    let status = child.wait().map_err(Error::io("run git in", folder))?;
    read.map_err(Error::io("read what git prints in", folder))?;
    let is_whole = status.success() && bytes.len() as u64 <= limit;
    Ok(String::from_utf8(bytes).ok().filter(|_| is_whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_of_a_commit_never_reaches_git() {
        for bad in ["", "--upload-pack=touch x", "main:archive/LOG", "a b", "a\nb", ":/x", "a\\b"] {
            let error = text(Path::new("/nowhere"), bad, "archive/LOG", 10).expect_err("refused");
            assert!(error.to_string().contains("git knows no commit"), "{bad}: {error}");
        }
    }
}
