//! A thing of a digest in words, for all forms.
//!
//! In: an item. Out: its head and what is said of it, on one line each, and the address of what it leads to.

use crate::diff::on_one_line;
use crate::report::digest::Item;
use crate::report::shown::Target;

/// Returns the address of what something leads to; nothing where nobody knows where the site stands.
pub type Address<'a> = dyn Fn(&Target<'_>) -> Option<String> + 'a;

/// Returns whose an item is and what it is about, as they stand before its texts.
pub(super) fn head(item: &Item<'_>) -> String {
    let parts = [item.whose.as_str(), item.title.as_str()].into_iter().filter(|part| !part.is_empty());
    on_one_line(&parts.collect::<Vec<_>>().join(": "))
}

/// Returns what is said of an item, on one line: sentences one after the other, phrases between semicolons.
pub(super) fn said(item: &Item<'_>) -> String {
    let mut out = String::new();
    for text in &item.texts {
        out.push_str(match out.chars().last() {
            None => "",
            Some('.' | '?' | '!' | '…') => " ",
            Some(_) => "; ",
        });
        out.push_str(text.trim());
    }
    on_one_line(&out)
}

/// Returns an address that can stand between angle brackets and before a bar.
pub(super) fn linked(item: &Item<'_>, address: &Address<'_>) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '|' | '"' | '\'' | '`' | '\\');
    address(item.target.as_ref()?).filter(|address| address.chars().all(is_plain))
}
