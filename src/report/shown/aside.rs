//! What stands below a title: a note with links to look further.
//!
//! In: the note and the links. Out: both as one Markdown text, so that every form sets them as it sets all texts.

use std::borrow::Cow;

use crate::model::link::Link;
use crate::report::Report;
use crate::source::Spanned;

/// Returns a note with its links as Markdown; empty where there are neither.
pub(super) fn aside<'a>(report: &Report<'_>, note: Option<&'a Spanned<String>>, links: &[Link]) -> Cow<'a, str> {
    let note = note.map_or("", |note| note.value.as_str());
    if links.is_empty() {
        return Cow::Borrowed(note);
    }
    let links: Vec<String> = links.iter().map(|link| markdown(report, link)).collect();
    let links = links.join(" · ");
    Cow::Owned(if note.is_empty() { links } else { [note, "\n\n", &links].concat() })
}

/// Returns a link as Markdown; its name alone where it leads to a page that is left out.
fn markdown(report: &Report<'_>, link: &Link) -> String {
    let name = escaped(&link.name);
    let pages = &report.inputs.plan.pages;
    let is_left_out = link.page().is_some_and(|page| {
        let is_one = |id: &str| id == page;
        !pages.iter().any(|known| is_one(known.id.as_str()) || known.aliases.iter().any(|id| is_one(id.value.as_str())))
    });
    if is_left_out {
        return name;
    }
    let to = link.to.value.replace('&', "&amp;").replace('<', "%3C").replace('>', "%3E");
    format!("[{name}](<{to}>)")
}

/// Returns a text in which nothing is a mark of Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { letter });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;
    use crate::markdown::to_text;

    #[test]
    fn whatever_a_link_is_called_stays_text() {
        for name in ["Epic", "a [b](c) *d* `e` <f> & #g", "1. x", "\\", "_", "!", "https://x.example"] {
            assert_eq!(to_text(&format!("[{}](<https://a.example>)", escaped(name))), name);
        }
    }
}
