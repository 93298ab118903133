//! Places as editors name them: addresses of files, lines from 0, columns in units of UTF-16.
//!
//! In: texts, bytes, paths. Out: the editor's places, and back. What an editor says is taken as it can be: a place behind the
//! end of a line is its end, an address that names no file of this machine is none.

use std::path::{Path, PathBuf};

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct At {
    /// The line, from 0.
    pub(super) line: u32,
    /// How many units of UTF-16 stand before it on the line.
    pub(super) unit: u32,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stretch {
    /// Where it begins.
    pub(super) from: At,
    /// What stands behind it.
    pub(super) to: At,
}

impl Stretch {
    /// Says whether two stretches share a place, ends included.
    pub(super) fn touches(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// A text whose lines are known.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines: each ends with `\n`, `\r\n` or `\r`.
    pub(super) fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(place, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(place + 1) != Some(&b'\n'),
            _ => false,
        });
        Self { text, starts: std::iter::once(0).chain(ends.map(|(place, _)| place + 1)).collect() }
    }

    /// Returns the place of a byte; one inside a letter is its beginning, one behind the end is the end.
    pub(super) fn at(&self, byte: usize) -> At {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let before = self.text.get(self.starts[line]..byte).unwrap_or_default();
        At { line: narrow(line), unit: narrow(before.encode_utf16().count()) }
    }

    /// Returns the stretch of a range of bytes.
    pub(super) fn stretch(&self, range: std::ops::Range<usize>) -> Stretch {
        Stretch { from: self.at(range.start), to: self.at(range.end) }
    }

    /// Returns the byte of a place; one between the halves of a letter is the letter's beginning.
    pub(super) fn byte(&self, at: At) -> usize {
        let Some(&start) = self.starts.get(at.line as usize) else { return self.text.len() };
        let end = self.starts.get(at.line as usize + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let mut units = 0;
        for (place, letter) in line.char_indices() {
            units += narrow(letter.len_utf16());
            if units > at.unit {
                return start + place;
            }
        }
        start + line.len()
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Returns the path of a file's address; nothing for what is no file of this machine, as `untitled:Untitled-1`.
pub(super) fn path_of(address: &str) -> Option<PathBuf> {
    let rest = address.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("file:")).map(|_| &address[5..])?;
    let rest = rest.strip_prefix("//")?;
    let slash = rest.find('/')?;
    if !matches!(&rest[..slash], "" | "localhost") {
        return None;
    }
    let path = rest[slash..].split(['?', '#']).next().unwrap_or_default();
    let path = decoded(path)?;
    let drive = path.as_bytes().get(2) == Some(&b':');
    let path = if cfg!(windows) && drive { path.get(1..)?.to_owned() } else { path };
    (!path.contains('\0')).then(|| PathBuf::from(path))
}

/// Returns a text whose `%41` are bytes again; nothing where they make no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let is_number = |digits: &&str| byte == b'%' && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        match digits.filter(is_number).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// Returns the address of a file.
pub(super) fn address_of(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if cfg!(windows) { format!("/{}", path.replace('\\', "/")) } else { path.into_owned() };
    let mut address = String::from("file://");
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                address.push(char::from(byte));
            }
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_units_of_utf_16_and_lines_count_from_zero() {
        let text = "a: 1\r\nü🚀: x\rz";
        let lines = Lines::of(text);
        let byte = |letter: char| text.find(letter).expect("there");
        for (place, line, unit) in
            [(0, 0, 0), (byte('ü'), 1, 0), (byte('🚀'), 1, 1), (byte('x'), 1, 5), (byte('z'), 2, 0), (999, 2, 1)]
        {
            assert_eq!(lines.at(place), At { line, unit }, "{place}");
            assert_eq!(lines.byte(At { line, unit }), place.min(text.len()), "{line}:{unit}");
        }
        assert_eq!(lines.at(byte('🚀') + 2), At { line: 1, unit: 1 }, "a byte inside a letter is its beginning");
        assert_eq!(lines.byte(At { line: 1, unit: 2 }), byte('🚀'), "so is a place between its halves");
        assert_eq!(lines.byte(At { line: 0, unit: 99 }), 4, "a place behind a line's end is its end");
        assert_eq!(lines.byte(At { line: 99, unit: 0 }), text.len());
    }

    #[test]
    fn addresses_of_files_are_paths_and_all_others_are_none() {
        for (address, path) in [
            ("file:///a/b.yaml", Some("/a/b.yaml")),
            ("FILE:///a/%C3%BC%20b%2B.yaml", Some("/a/ü b+.yaml")),
            ("file://localhost/a", Some("/a")),
            ("file:///a/100%.yaml", Some("/a/100%.yaml")),
            ("file:///a%", Some("/a%")),
            ("file:///%zz", Some("/%zz")),
            ("file:///a%00b", None),
            ("file:///%ff", None),
            ("file://server/share/a", None),
            ("file:a", None),
            ("untitled:Untitled-1", None),
            ("vscode-notebook-cell:/a", None),
            ("ü", None),
            ("filé:", None),
            ("", None),
        ] {
            assert_eq!(path_of(address), path.map(PathBuf::from), "{address}");
        }
        assert!(path_of("file:///c%3A/okr/a.yaml").is_some(), "a Windows path is a path that isn't there");
        assert_eq!(address_of(Path::new("/a b/ü.yaml")), "file:///a%20b/%C3%BC.yaml");
        assert_eq!(path_of(&address_of(Path::new("/a#b?/ü%.yaml"))), Some(PathBuf::from("/a#b?/ü%.yaml")));
    }
}
