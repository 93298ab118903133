//! What stands below a title: a note with links to look further.
//!
//! In: the note and the links. Out: both as one Markdown text, so that every form sets them as it sets all texts.

use std::borrow::Cow;

use crate::model::link::Link;
use crate::source::Spanned;

/// Returns a note with its links as Markdown; empty where there are neither.
pub(super) fn aside<'a>(note: Option<&'a Spanned<String>>, links: &[Link]) -> Cow<'a, str> {
    let note = note.map_or("", |note| note.value.as_str());
    if links.is_empty() {
        return Cow::Borrowed(note);
    }
    let links: Vec<String> = links.iter().map(markdown).collect();
    let links = links.join(" · ");
    Cow::Owned(if note.is_empty() { links } else { [note, "\n\n", &links].concat() })
}

/// Returns a link as Markdown.
fn markdown(link: &Link) -> String {
    let to = link.to.value.replace('&', "&amp;").replace('<', "%3C").replace('>', "%3E");
    format!("[{}](<{to}>)", escaped(&link.name))
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
