//! Manifests: a line for each file, its digest and its path (RFC 8493, section 2.1.3).
//!
//! In: a manifest's text, which anybody may have written. Out: digests by path, every path safe to open, or what is
//! wrong. Opens nothing.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::read::{folder, paths};

/// Names the file whose digest stands in the LOG.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

/// The most lines of a manifest that are read.
const LINES: usize = 250_000;

/// What is wrong with a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A line isn't a digest and a path.
    Line(usize),
    /// A path may not be opened, for this reason.
    Unsafe(String, &'static str),
    /// There are too many lines.
    TooLong,
}

/// Returns the digests of a manifest by path; `parse` reads a digest.
///
/// # Errors
///
/// The first thing that is wrong; nothing of the manifest may then be used.
pub fn read<D>(text: &str, parse: impl Fn(&str) -> Option<D>) -> Result<BTreeMap<String, D>, Fault> {
    let mut digests = BTreeMap::new();
    for (place, line) in text.lines().enumerate() {
        if place >= LINES {
            return Err(Fault::TooLong);
        }
        let (digest, path) = line.split_once([' ', '\t']).ok_or(Fault::Line(place + 1))?;
        let digest = parse(digest).ok_or(Fault::Line(place + 1))?;
        let path = decoded(path.trim_start_matches([' ', '\t']));
        if let Some(why) = paths::danger(&path) {
            return Err(Fault::Unsafe(path, why));
        }
        if digests.contains_key(&path) {
            return Err(Fault::Unsafe(path, "it is listed twice"));
        }
        digests.insert(path, digest);
    }
    if let Some(path) = folder::twins(digests.keys().map(String::as_str)).into_iter().next() {
        return Err(Fault::Unsafe(path, "another file is the same one on other systems"));
    }
    Ok(digests)
}

/// Returns the text of a manifest, as `sha256sum -c` reads it.
#[must_use]
pub fn write<'a, D: Display>(digests: impl IntoIterator<Item = (&'a str, D)>) -> String {
    digests.into_iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect()
}

/// Returns why a file of this path can't be listed so that every reader of manifests finds it.
#[must_use]
pub fn unlistable(path: &str) -> Option<&'static str> {
    if path.contains('%') {
        return Some("it has a percent sign, which manifests write in two ways");
    }
    paths::danger(path)
}

/// Returns a path with what the standard writes as `%0A`, `%0D` and `%25` put back.
fn decoded(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let code = after.get(..2).unwrap_or_default();
        out.push(match code.to_ascii_uppercase().as_str() {
            "0A" => '\n',
            "0D" => '\r',
            _ => '%',
        });
        let is_code = code == "25" || code.eq_ignore_ascii_case("0a") || code.eq_ignore_ascii_case("0d");
        rest = if is_code { &after[2..] } else { after };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Digest;

    fn parsed(text: &str) -> Result<Vec<String>, Fault> {
        read(text, Digest::parse).map(|digests| digests.into_keys().collect())
    }

    fn line(path: &str) -> String {
        format!("{}  {path}\n", Digest::of(path.as_bytes()))
    }

    #[test]
    fn what_is_written_is_read_back() {
        let files = ["data/Umsätze.csv", "data/a b.csv", "data/z"];
        let text = write(files.map(|path| (path, Digest::of(path.as_bytes()))));
        assert_eq!(parsed(&text).expect("sound"), files);
        assert_eq!(parsed("").expect("sound"), Vec::<String>::new());
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused_before_anything_is_opened() {
        for path in
            ["/etc/passwd", "../../x", "data/../../x", "data/%0Ax", "data//x", "C:\\x", "data/\u{202e}x", "data/"]
        {
            let found = parsed(&line(path));
            assert!(matches!(found, Err(Fault::Unsafe(..))), "{path}: {found:?}");
        }
        for (a, b) in [("data/a", "data/A"), ("data/caf\u{e9}", "data/cafe\u{301}"), ("data/a", "data/a")] {
            let found = parsed(&(line(a) + &line(b)));
            assert!(matches!(found, Err(Fault::Unsafe(..))), "{a}, {b}: {found:?}");
        }
    }

    #[test]
    fn lines_that_are_none_are_named() {
        let good = line("data/a");
        for bad in ["x", "abc  data/b", "  ", &good[1..], "zz", "\u{feff}"] {
            assert_eq!(parsed(&format!("{good}{bad}\n")), Err(Fault::Line(2)), "{bad}");
        }
        assert_eq!(parsed(&line("data/%2525")).expect("sound"), ["data/%25"], "a percent sign is put back once");
    }
}
