//! The paper that pages are printed on: its size, whose they are, and their numbers, as a style sheet.
//!
//! In: what a book says about itself. Out: rules for page boxes, in which whatever the organisation is called stays text.

use crate::config::Paper;
use crate::report::Identity;

/// Returns the style sheet.
pub(super) fn style_sheet(identity: &Identity) -> String {
    let size = match identity.paper {
        Paper::A4 => "A4",
        Paper::Letter => "letter",
    };
    let words = identity.words[0];
    let [organisation, page, of] = [&identity.organisation, words.page, words.of].map(quoted);
    let font = "font:8pt -apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",Arial,sans-serif;color:#4a4a4a";
    format!(
        "@page{{size:{size};@bottom-left{{content:{organisation};{font}}}\
         @bottom-right{{content:{page} \" \" counter(page) \" \" {of} \" \" counter(pages);{font}}}}}\n"
    )
}

/// Returns a text as a string of a style sheet: all but letters, digits and spaces as numbers.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            ' ' => out.push(' '),
            letter if letter.is_alphanumeric() => out.push(letter),
            letter => out.push_str(&format!("\\{:x} ", u32::from(letter))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_an_organisation_is_called_stays_text() {
        assert_eq!(quoted("Marrow & Söhne"), "\"Marrow \\26  Söhne\"");
        assert_eq!(quoted("\"}body{display:none}\\"), "\"\\22 \\7d body\\7b display\\3a none\\7d \\5c \"");
        assert_eq!(quoted("a\nb"), "\"a\\a b\"");
    }

    #[test]
    fn the_size_is_the_books() {
        let identity = |paper| Identity { paper, ..Identity::default() };
        assert!(style_sheet(&identity(Paper::A4)).starts_with("@page{size:A4;"));
        assert!(style_sheet(&identity(Paper::Letter)).starts_with("@page{size:letter;"));
    }
}
