//! What the text of a template is read and written with: the calls that count, and how long strings are.

/// The calls that count, by their names in templates.
pub(in crate::render) const TURNS: &str = "okrbook_turn";
pub(in crate::render) const KEEPS: &str = "okrbook_kept";
pub(in crate::render) const ITEMS: &str = "okrbook_item";
pub(in crate::render) const LOOKS: &str = "okrbook_look";
pub(in crate::render) const SEES: &str = "okrbook_seen";

/// Parts a call from the word before it: a blank that no editor writes, so that it is known when it is taken out again.
pub(in crate::render) const APART: &str = "\u{c}";

/// Returns where a string ends that begins here.
pub(super) fn string(bytes: &[u8], start: usize) -> Option<usize> {
    let quote = *bytes.get(start)?;
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}
