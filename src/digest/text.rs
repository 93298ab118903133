//! A digest in lines of at most 80 columns.

use crate::diff::on_one_line;
use crate::report::digest::{Digest, Item};

use super::item::{head, said};

/// The longest line, in letters.
const WIDTH: usize = 80;

/// Returns a digest as text.
pub(super) fn written(digest: &Digest<'_>) -> String {
    let mut out = String::new();
    if digest.parts.is_empty() {
        wrap(&mut out, &on_one_line(&digest.nothing), ("", ""));
        return out;
    }
    wrap(&mut out, &on_one_line(&digest.heading), ("", ""));
    for part in &digest.parts {
        out.push('\n');
        let title = on_one_line(&part.title);
        wrap(&mut out, &title, ("", ""));
        wrap(&mut out, &"-".repeat(title.chars().count().min(WIDTH)), ("", ""));
        wrap(&mut out, &on_one_line(&part.lead), ("", ""));
        part.items.iter().for_each(|item| add(&mut out, item));
        wrap(&mut out, &on_one_line(&part.rest), ("", ""));
    }
    out
}

fn add(out: &mut String, item: &Item<'_>) {
    wrap(out, &head(item), ("- ", "  "));
    wrap(out, &said(item), ("  ", "  "));
}

/// Adds a text in lines: the first behind one indent, the others behind another. A word that has no room is broken.
fn wrap(out: &mut String, text: &str, (first, others): (&str, &str)) {
    let mut indent = first;
    let mut line = String::new();
    let mut length = 0;
    let mut close = |line: &mut String| {
        if !line.is_empty() {
            out.push_str(indent);
            out.push_str(line);
            out.push('\n');
            line.clear();
            indent = others;
        }
    };
    let room = WIDTH - first.len().max(others.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let letters = columns(word);
        if length > 0 && length + 1 + letters > room {
            close(&mut line);
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        for letter in word.chars() {
            let wide = column(letter);
            if length + wide > room {
                close(&mut line);
                length = 0;
            }
            line.push(letter);
            length += wide;
        }
    }
    close(&mut line);
}

fn columns(word: &str) -> usize {
    word.chars().map(column).sum()
}

/// Returns how many columns a letter takes at most: two from Hangul on, where wide scripts and pictures begin.
const fn column(letter: char) -> usize {
    match letter {
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{fe1f}' | '\u{fe30}'..='\u{ffef}' | '\u{1f000}'.. => 2,
        _ => 1,
    }
}
