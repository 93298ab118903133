//! A digest as Markdown, for an issue or a chat.

use std::fmt::Write as _;

use crate::diff::escaped;
use crate::report::digest::{Digest, Item};

use super::item::{Address, head, linked, said};

/// Returns a digest as Markdown.
pub(super) fn written(digest: &Digest<'_>, address: &Address<'_>) -> String {
    if digest.parts.is_empty() {
        return format!("{}\n", escaped(&digest.nothing));
    }
    let mut out = format!("### {}\n", escaped(&digest.heading));
    for part in &digest.parts {
        let _ = write!(out, "\n**{}**\n\n", escaped(&part.title));
        if !part.lead.is_empty() {
            let _ = write!(out, "{}\n\n", escaped(&part.lead));
        }
        part.items.iter().for_each(|item| add(&mut out, item, address));
        if !part.rest.is_empty() {
            let _ = write!(out, "\n{}\n", escaped(&part.rest));
        }
    }
    out
}

fn add(out: &mut String, item: &Item<'_>, address: &Address<'_>) {
    let head = escaped(&head(item));
    let said = escaped(&said(item).replace('`', ""));
    let _ = match linked(item, address) {
        Some(address) => writeln!(out, "- [{head}](<{address}>)<br>{said}"),
        None => writeln!(out, "- {head}<br>{said}"),
    };
}
