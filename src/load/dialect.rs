//! What a metric says about its exports' format.

use crate::diag::Diagnostic;
use crate::model::lapse::Lapse;
use crate::model::metric::Dialect;
use crate::model::zone::Zone;
use crate::source::Spanned;
use crate::yaml::{Fields, Reader};

/// Returns what is said of the format; what is wrong in it is detected instead.
pub(super) fn read<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Dialect {
    let mut text = |key: &str| {
        let text = fields.get(key).and_then(|node| raw_text(reader, node, key));
        text.map(|text| text.map(str::to_owned))
    };
    let (delimiter, decimal) = (text("delimiter"), text("decimal"));
    let (encoding, date_format) = (text("encoding"), text("date_format"));
    let duration_format = text("duration_format");
    let (skip_rows, zone) = (text("skip_rows"), text("zone"));
    let choices = [("none", true), ("first", false), ("yes", false), ("no", true)];
    let header = fields.get("header").and_then(|node| reader.choice(node, "`header`", &choices));
    Dialect {
        delimiter: delimiter.and_then(|text| one_byte(reader, &text)),
        decimal: decimal.and_then(|text| decimal_sign(reader, &text)),
        encoding: encoding.map(|text| text.value),
        date_format: date_format.and_then(|text| form_of_dates(reader, text)),
        duration_format: duration_format.and_then(|text| form_of_durations(reader, text)),
        skip_rows: skip_rows.and_then(|text| rows(reader, &text)),
        zone: zone.and_then(|text| known_zone(reader, text)),
        no_header: header.is_some_and(|header| header.value),
    }
}

/// Returns the text with its spaces: a delimiter may be one.
fn raw_text<'n, 'a>(reader: &mut Reader<'a>, node: &'n crate::yaml::Node<'a>, key: &str) -> Option<Spanned<&'n str>> {
    match node.as_text() {
        Some(text) if key == "delimiter" => Some(Spanned::new(text, node.span)),
        _ => reader.text(node, &format!("`{key}`")),
    }
}

fn refuse<T>(reader: &mut Reader<'_>, text: &Spanned<String>, what: &str, help: &str) -> Option<T> {
    let message = format!("`{}` is no {what}", text.value);
    reader.report(Diagnostic::error("bad-value", text, message).help(help));
    None
}

fn one_byte(reader: &mut Reader<'_>, text: &Spanned<String>) -> Option<u8> {
    match text.value.as_str() {
        "tab" | "\\t" | "\t" | "TAB" => Some(b'\t'),
        "comma" => Some(b','),
        "semicolon" => Some(b';'),
        "pipe" => Some(b'|'),
        sign if sign.len() == 1
            && !sign.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '"' | '\n' | '\r')) =>
        {
            sign.bytes().next()
        }
        _ => refuse(reader, text, "delimiter", "write one sign in quotes, `\";\"`, or `tab`"),
    }
}

fn decimal_sign(reader: &mut Reader<'_>, text: &Spanned<String>) -> Option<char> {
    match text.value.as_str() {
        "." | "point" => Some('.'),
        "," | "comma" => Some(','),
        _ => refuse(reader, text, "decimal sign", "write `\",\"` or `\".\"`"),
    }
}

fn form_of_dates(reader: &mut Reader<'_>, text: Spanned<String>) -> Option<String> {
    let form = text.value.as_str();
    let known = matches!(form, "unix" | "unix-s" | "unix-ms" | "unix-us" | "excel")
        || (form.contains("YY") && form.contains('M'));
    if known {
        return Some(text.value);
    }
    refuse(
        reader,
        &text,
        "form of dates",
        "write it with YYYY, MM and DD, such as `DD.MM.YYYY`, or `unix`, `unix-ms` or `excel`",
    )
}

fn form_of_durations(reader: &mut Reader<'_>, text: Spanned<String>) -> Option<String> {
    if Lapse::new(&text.value).is_some() {
        return Some(text.value);
    }
    refuse(
        reader,
        &text,
        "form of durations",
        "write it with d, h, m and s, from the largest: `h:mm`, `mm:ss`, `d.hh:mm`",
    )
}

fn rows(reader: &mut Reader<'_>, text: &Spanned<String>) -> Option<u32> {
    match text.value.parse() {
        Ok(rows) => Some(rows),
        Err(_) => refuse(reader, text, "number of rows", "write how many lines stand before the header: `3`"),
    }
}

fn known_zone(reader: &mut Reader<'_>, text: Spanned<String>) -> Option<String> {
    if Zone::named(&text.value).is_some() {
        return Some(text.value);
    }
    refuse(reader, &text, "time zone", "write a name such as `Europe/Berlin`, or an offset such as `+02:00`")
}
