//! Days in what findings say, as readers of pages write them.
//!
//! In: a message with days as files have them (`2026-10-07`). Out: the same with `7 October 2026`. What is quoted from a
//! file, in backticks or quotation marks, stays as it is there, and so do paths.

use super::decide;
use super::format::Format;
use crate::model::calendar::Day;

/// The length of a day as files have it.
const LENGTH: usize = 10;

/// Returns a message as a sentence, with its days as pages write them.
#[must_use]
pub fn sentence(message: &str, format: Format) -> String {
    decide::sentence(&told(message, format))
}

/// Returns a message with its days as pages write them.
#[must_use]
pub fn told(message: &str, format: Format) -> String {
    let mut out = String::with_capacity(message.len());
    let mut quote = None;
    let mut rest = message;
    while let Some(letter) = rest.chars().next() {
        if letter == '`' || letter == '"' {
            quote = match quote {
                None => Some(letter),
                Some(open) if open == letter => None,
                open => open,
            };
        }
        let day = quote.is_none().then(|| day_at(&out, rest)).flatten();
        match day {
            Some(day) => {
                out.push_str(&format.day(day));
                rest = &rest[LENGTH..];
            }
            None => {
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    out
}

/// Returns the day that stands at the start of a text, by itself.
fn day_at(before: &str, rest: &str) -> Option<Day> {
    if !rest.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let (text, after) = rest.split_at_checked(LENGTH)?;
    let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '-' | '_');
    let mut next = after.chars();
    let is_apart = !before.ends_with(|letter| joins(letter) || letter == '.')
        && match next.next() {
            Some('.') => next.next().is_none_or(char::is_whitespace),
            Some(letter) => !joins(letter),
            None => true,
        };
    is_apart.then(|| Day::parse(text)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::Language;

    #[test]
    fn days_are_told_as_pages_write_them_and_quotations_stay() {
        let said = |message: &str| told(message, Format::new(Language::English)).replace('\u{a0}', " ");
        for (message, expected) in [
            ("after the lock of 2026-10-07 without a word", "after the lock of 7 October 2026 without a word"),
            ("no data after 2026-10-30; 21 days", "no data after 30 October 2026; 21 days"),
            ("(2026-06-30)", "(30 June 2026)"),
            ("done on 2026-06-30.", "done on 30 June 2026."),
            ("`2026-08-14,5` and \"by 2026-08-14\"", "`2026-08-14,5` and \"by 2026-08-14\""),
            ("checkins/2026-08-03.platform.yaml", "checkins/2026-08-03.platform.yaml"),
            ("2026-13-01, 2026-08-031, x2026-08-03", "2026-13-01, 2026-08-031, x2026-08-03"),
            ("5’ 2026-08-0", "5’ 2026-08-0"),
            ("", ""),
        ] {
            assert_eq!(said(message), expected);
        }
    }
}
