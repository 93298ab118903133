//! Reading single values: texts, days, numbers, slugs, one of several words.
//!
//! In: a node and what it is for. Out: the value, or nothing and a diagnostic that says how to write it.

use super::reader::list_words;
use super::{Kind, Node, Reader, trap};
use crate::diag::{self, Diagnostic};
use crate::model::calendar::Day;
use crate::model::ids::Slug;
use crate::model::quantity::Number;
use crate::source::{Span, Spanned};

impl<'a> Reader<'a> {
    /// Returns a text.
    pub fn text<'n>(&mut self, node: &'n Node<'a>, what: &str) -> Option<Spanned<&'n str>> {
        match &node.kind {
            Kind::Scalar(scalar) => Some(Spanned::new(scalar.text.trim(), node.span)),
            Kind::Empty | Kind::List(_) | Kind::Map(_) => {
                self.wrong_kind(node, &format!("{what} is a text"));
                None
            }
        }
    }

    /// Returns a text that people read, and warns where a ` #` cut it off.
    pub fn prose(&mut self, node: &Node<'a>, what: &str) -> Option<Spanned<String>> {
        let text = self.text(node, what)?.map(str::to_owned);
        let cut = self.cut_off(node);
        if let Some(rest) = cut {
            let line = format!("{} {}", text.value, rest);
            let place = Span {
                start: text.span.end + 1,
                end: text.span.end + 1 + u32::try_from(rest.len()).unwrap_or(0),
                ..text.span
            };
            let diagnostic = Diagnostic::warning("cut-by-comment", place, format!("{what} is cut off at ` #`"));
            let diagnostic = diagnostic.label("YAML takes this for a comment");
            self.report(diagnostic.help(format!("quote the whole text: {}", trap::quote(&line))));
        }
        Some(text)
    }

    /// Returns what a ` #` cut off a plain text, where it hardly was meant as a comment.
    fn cut_off(&self, node: &Node<'a>) -> Option<&'a str> {
        let Kind::Scalar(scalar) = &node.kind else { return None };
        // Hardly any text stands before a comment, and many may stand on one long line.
        let rest = self.source().rest_of_line(node.span, " #")?.strip_prefix(' ')?;
        let comment = rest.strip_prefix('#')?;
        let a_word = comment.starts_with(|first: char| first.is_alphanumeric()) || comment.starts_with(" of ");
        (scalar.plain && a_word).then(|| rest.trim_end())
    }

    /// Returns a list of texts; a single text is a list of one.
    pub fn texts(&mut self, node: &Node<'a>, what: &str) -> Vec<Spanned<String>> {
        let items = node.items().iter().filter(|item| !item.is_absent());
        let mut texts: Vec<_> =
            items.filter_map(|item| self.text(item, what).map(|text| text.map(str::to_owned))).collect();
        texts.shrink_to_fit();
        texts
    }

    /// Returns a day.
    pub fn day(&mut self, node: &Node<'a>, what: &str) -> Option<Spanned<Day>> {
        let text = self.text(node, what)?;
        let day = self.day_of(text.value, text.span, what)?;
        Some(Spanned::new(day, text.span))
    }

    /// Returns the day that a text at a place names.
    pub fn day_of(&mut self, text: &str, span: Span, what: &str) -> Option<Day> {
        let day = Day::parse(text);
        if day.is_none() {
            let shaped = text.len() == 10
                && text.bytes().filter(|&byte| byte == b'-').count() == 2
                && text.as_bytes()[4] == b'-';
            let (message, help) = if shaped {
                impossible_day(text)
            } else {
                let example = foreign_day(text).map_or_else(|| "2026-08-14".to_owned(), |day| day.to_string());
                (
                    format!("{what} is a day, and `{}` is none", shorten(text)),
                    format!("write year-month-day: `{example}`"),
                )
            };
            self.report(Diagnostic::error("bad-date", span, message).help(help));
        }
        day
    }

    /// Returns a plain decimal number.
    pub fn number(&mut self, node: &Node<'a>, what: &str) -> Option<Spanned<Number>> {
        let text = self.text(node, what)?;
        let number = Number::parse(text.value);
        if number.is_none() {
            let message = format!("{what} is a plain number, and `{}` is none", text.value);
            self.report(
                Diagnostic::error("bad-number", text.span, message)
                    .help("write digits with a point for decimals: `1.5`"),
            );
        }
        Some(Spanned::new(number?, text.span))
    }

    /// Returns a slug.
    pub fn slug(&mut self, node: &Node<'a>, what: &str) -> Option<Spanned<Slug>> {
        let text = self.text(node, what)?;
        self.slug_of(text.value, text.span, what)
    }

    /// Returns the slug that a text at a place is.
    pub fn slug_of(&mut self, text: &str, span: Span, what: &str) -> Option<Spanned<Slug>> {
        let slug = Slug::new(text);
        if slug.is_none() {
            let message = format!("{what} `{}` can't stand in a link", shorten(text));
            let diagnostic = Diagnostic::error("bad-id", span, message);
            let suggestion = Slug::suggest(text);
            let rule = "letters, digits, `-` and `_`, at most 64";
            let help =
                if suggestion.is_empty() { format!("use {rule}") } else { format!("write `{suggestion}` ({rule})") };
            self.report(diagnostic.help(help));
        }
        Some(Spanned::new(slug?, span))
    }

    /// Returns what the word stands for.
    pub fn choice<T: Copy>(&mut self, node: &Node<'a>, what: &str, choices: &[(&str, T)]) -> Option<Spanned<T>> {
        let text = self.text(node, what)?;
        let found = choices.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.value)).map(|(_, value)| *value);
        if found.is_none() {
            self.report_with(|| {
                let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
                let message = format!("{what} can't be `{}`", shorten(text.value));
                let help = match diag::nearest(text.value, words.iter().copied()) {
                    Some(word) if text.value.len() > 3 => format!("write `{word}`"),
                    _ => format!("it may be {}", list_words(&words).replace(" and ", " or ")),
                };
                Diagnostic::error("bad-value", text.span, message).help(help)
            });
        }
        Some(Spanned::new(found?, text.span))
    }
}

/// Says what the calendar lacks of a day that is written as days are, and which day may be meant.
fn impossible_day(text: &str) -> (String, String) {
    let parts: Vec<i16> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts[..] else {
        return (format!("the calendar has no day `{text}`"), "write year-month-day: `2026-08-14`".to_owned());
    };
    let of = |month: i16, day: i16| Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    if !(1..=12).contains(&month) {
        let help = match of(day, month) {
            Some(swapped) => format!("if day and month are swapped, write `{swapped}`"),
            None => "months go from 01 to 12".to_owned(),
        };
        return (format!("there is no month {month}"), help);
    }
    let last = (28..=31).rev().find(|&last| of(month, last).is_some()).unwrap_or(28);
    let help = format!("that month's last day is `{year:04}-{month:02}-{last}`");
    (format!("`{}` has no day {day}", text.get(..7).unwrap_or(text)), help)
}

/// Returns the day that a text names in another form, where it can be only one: `14.08.2026`, `8/14/2026`, `2026/8/14`.
fn foreign_day(text: &str) -> Option<Day> {
    let numbers: Vec<i16> = text.split(['.', '/', '-', ' ']).filter_map(|part| part.parse().ok()).collect();
    let [first, second, third] = numbers[..] else { return None };
    let (year, month, day) = match (first, second, third) {
        (year, month, day) if year > 31 => (year, month, day),
        (day, month, year) if day > 12 || text.contains('.') || day == month => (year, month, day),
        (month, day, year) if day > 12 => (year, month, day),
        _ => return None,
    };
    Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Returns the beginning of a text that may be long.
fn shorten(text: &str) -> String {
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    let start: String = text.chars().take(57).collect();
    format!("{start}…")
}
