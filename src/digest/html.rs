//! A digest as a fragment of HTML, for a mail: no style, no picture, nothing that is loaded.

use crate::diff::on_one_line;
use crate::markdown::escape;
use crate::report::digest::{Digest, Item};

use super::item::{Address, head, linked, said};

/// Returns a digest as HTML.
pub(super) fn written(digest: &Digest<'_>, address: &Address<'_>) -> String {
    let mut out = String::new();
    if digest.parts.is_empty() {
        element(&mut out, "p", &digest.nothing);
        return out;
    }
    element(&mut out, "h1", &digest.heading);
    for part in &digest.parts {
        element(&mut out, "h2", &part.title);
        element(&mut out, "p", &part.lead);
        if !part.items.is_empty() {
            out.push_str("<ul>\n");
            part.items.iter().for_each(|item| add(&mut out, item, address));
            out.push_str("</ul>\n");
        }
        element(&mut out, "p", &part.rest);
    }
    out
}

/// Adds a text as an element; nothing where it is empty.
fn element(out: &mut String, tag: &str, text: &str) {
    if !text.is_empty() {
        out.push_str(&format!("<{tag}>"));
        escape(out, &on_one_line(text));
        out.push_str(&format!("</{tag}>\n"));
    }
}

fn add(out: &mut String, item: &Item<'_>, address: &Address<'_>) {
    out.push_str("<li>");
    let address = linked(item, address);
    if let Some(address) = &address {
        out.push_str("<a href=\"");
        escape(out, address);
        out.push_str("\">");
    }
    escape(out, &head(item));
    out.push_str(if address.is_some() { "</a><br>" } else { "<br>" });
    escape(out, &said(item).replace('`', ""));
    out.push_str("</li>\n");
}
