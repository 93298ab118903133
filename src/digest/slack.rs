//! A digest as Slack's mrkdwn.
//!
//! Slack reads `<!channel>`, `<@U…>` and `<address|words>` between angle brackets, and asks for `&`, `<` and `>` to be written as
//! `&amp;`, `&lt;` and `&gt;` where they are meant as signs ("Formatting text for app surfaces", docs.slack.dev). What
//! its clients find in plain text besides, `@here`, `:tada:`, addresses and `*strong*`, is parted by a joiner, which takes no room.

use crate::diff::on_one_line;
use crate::report::digest::{Digest, Item};

use super::item::{Address, head, linked, said};

/// Parts what is written together without being seen.
const JOINER: char = '\u{2060}';

/// Returns a digest as mrkdwn.
pub(super) fn written(digest: &Digest<'_>, address: &Address<'_>) -> String {
    if digest.parts.is_empty() {
        return format!("{}\n", escaped(&digest.nothing));
    }
    let mut out = format!("*{}*\n", escaped(&digest.heading));
    for part in &digest.parts {
        out.push_str(&format!("\n*{}*\n", escaped(&part.title)));
        if !part.lead.is_empty() {
            out.push_str(&format!("{}\n", escaped(&part.lead)));
        }
        part.items.iter().for_each(|item| add(&mut out, item, address));
        if !part.rest.is_empty() {
            out.push_str(&format!("{}\n", escaped(&part.rest)));
        }
    }
    out
}

fn add(out: &mut String, item: &Item<'_>, address: &Address<'_>) {
    let head = escaped(&head(item));
    match linked(item, address) {
        Some(address) => out.push_str(&format!("• <{}|{head}>\n", address.replace('&', "&amp;"))),
        None => out.push_str(&format!("• {head}\n")),
    }
    out.push_str(&format!("    {}\n", escaped(&said(item).replace('`', ""))));
}

/// Returns text that is nothing but text.
pub(super) fn escaped(text: &str) -> String {
    let line = on_one_line(text);
    let mut out = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '*' | '_' | '~' | '`' => out.extend([JOINER, letter, JOINER]),
            '@' | '#' if !next.is_whitespace() => out.extend([letter, JOINER]),
            // Of addresses and emoji, but not of a time.
            ':' if !(next.is_whitespace() || before.is_ascii_digit() && next.is_ascii_digit()) => {
                out.extend([letter, JOINER]);
            }
            // An address may stand without its scheme.
            '.' if next.is_alphabetic() => out.extend([letter, JOINER]),
            letter => out.push(letter),
        }
        before = letter;
    }
    out
}
