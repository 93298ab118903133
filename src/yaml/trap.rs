//! What a person did when YAML refuses a line, and how to mend it.
//!
//! In: a text, the byte where the parser stopped, and its complaint. Out: a blocking diagnostic that shows the line
//! as it should be. Sentences hold colons, percent signs and brackets; most refusals are one of these.

use std::ops::Range;

use super::Text;
use crate::diag::Diagnostic;

/// The parser's complaint, without its words.
pub(super) enum Fault {
    /// A colon where no key can end.
    Colon,
    /// A quote that nothing closes.
    OpenQuote,
    /// Text behind a closing quote.
    BehindQuote,
    /// A bracket that nothing closes.
    OpenBracket,
    /// A tab where only spaces count.
    Tab,
    /// A line without a key.
    NoColon,
    /// A backslash that is no escape.
    Backslash,
    /// A line whose indentation fits nothing.
    Layout,
    /// Anything else, in the parser's words.
    Other(String),
}

/// What is wrong, where, and what to do.
struct Finding {
    range: Range<usize>,
    message: String,
    label: &'static str,
    help: String,
}

/// Returns what is wrong at the byte `at`.
pub(super) fn explain(source: &Text<'_>, at: usize, fault: Fault) -> Diagnostic {
    let at = (0..=at.min(source.text.len())).rev().find(|&at| source.text.is_char_boundary(at)).unwrap_or(0);
    let line = Line::of(source.text, at);
    let finding = reserved_sign(source.text, &line, at).or_else(|| match &fault {
        Fault::Tab => tab(source.text, at),
        Fault::Colon => Some(colon(source.text, &line, at)),
        Fault::NoColon => Some(no_colon(&line)),
        Fault::Backslash => Some(backslash(&line)),
        _ => None,
    });
    let finding = finding.or_else(|| first_sign(&line, at, &fault)).unwrap_or_else(|| otherwise(&line, at, fault));
    Diagnostic::error("yaml-syntax", source.span(finding.range), finding.message)
        .label(finding.label)
        .help(finding.help)
        .blocking()
}

/// One line of the text: its key and its value.
struct Line<'a> {
    text: &'a str,
    /// First byte of the line.
    start: usize,
    /// First byte of the line behind.
    end: usize,
    /// The line from its key on, without indentation and dashes.
    body: Range<usize>,
    /// The value behind the first `key: `; the body where there is no key.
    value: Range<usize>,
}

impl<'a> Line<'a> {
    fn of(text: &'a str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
        let mut body = start;
        loop {
            let rest = &text[body..end];
            let trimmed = rest.trim_start_matches([' ', '\t']);
            body = end - trimmed.len();
            match trimmed.strip_prefix("- ") {
                Some(item) => body = end - item.len(),
                None => break,
            }
        }
        let content = &text[body..end];
        let content_end = body + content.trim_end().len();
        let opens = content.starts_with(['"', '\'', '[', '{', '>', '|', '*', '&', '!', '%', '@', '`']);
        let colon = if opens { None } else { content.find(": ") };
        let value = colon.map_or(body, |colon| end - content[colon + 2..].trim_start().len());
        Self { text, start, end, body: body..content_end.max(body), value: value..content_end.max(value) }
    }

    fn value(&self) -> &'a str {
        &self.text[self.value.clone()]
    }

    /// Returns the line from its key on with its value in quotes.
    fn quoted(&self) -> String {
        format!("{}{}", &self.text[self.body.start..self.value.start], quote(self.value()))
    }
}

/// Returns the text in quotes that YAML reads back as it stands.
pub(super) fn quote(text: &str) -> String {
    let text = text.trim();
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

fn tab(text: &str, at: usize) -> Option<Finding> {
    let from = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let mut start = from;
    for line in text[from..].split_inclusive('\n').take(3) {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some(Finding {
                range: start + tab..start + indent,
                message: "a tab stands in the indentation".to_owned(),
                label: "YAML counts spaces only",
                help: "replace tabs by spaces (two for each level), and set your editor to do so for .yaml files"
                    .to_owned(),
            });
        }
        start += line.len();
    }
    None
}

fn colon(text: &str, line: &Line<'_>, at: usize) -> Finding {
    let before = &text[line.body.start.min(at)..at];
    if before.contains(": ") {
        return Finding {
            range: at..at + 1,
            message: "a colon inside the sentence breaks it in two".to_owned(),
            label: "YAML takes what stands before it for a key",
            help: format!("quote the sentence: `{}`", line.quoted()),
        };
    }
    let above = text[..line.start].lines().next_back().unwrap_or_default().trim_start().trim_start_matches("- ");
    let glued =
        above.split_once(':').filter(|(key, rest)| !key.contains(' ') && !rest.is_empty() && !rest.starts_with(' '));
    let help = match glued {
        Some((key, rest)) => format!("the line above needs a space behind its colon: `{key}: {rest}`"),
        None => {
            "line it up with the keys that it belongs to; if it is part of the text above, quote that text".to_owned()
        }
    };
    Finding {
        range: line.body.start..at.max(line.body.start),
        message: format!("`{before}:` is read as part of the text above"),
        label: "not in line with the keys around it",
        help,
    }
}

fn no_colon(line: &Line<'_>) -> Finding {
    let body = &line.text[line.body.clone()];
    let help = match body.split_once([':', '：', '=']) {
        Some((key, rest)) => format!("put a colon and a space between: `{}: {}`", key.trim_end(), rest.trim_start()),
        None => format!(
            "write `{}: …`, or `- {body}` if it is an item of a list",
            body.split(' ').next().unwrap_or_default()
        ),
    };
    Finding { range: line.body.clone(), message: "this line has no `key: value`".to_owned(), label: "", help }
}

fn backslash(line: &Line<'_>) -> Finding {
    let start = line.value().find('\\').map_or(line.value.start, |offset| line.value.start + offset);
    let inner = line.value().trim_matches('"');
    Finding {
        range: start..(start + 2).min(line.end).max(start),
        message: "a backslash in double quotes begins an escape".to_owned(),
        label: "no escape that YAML knows",
        help: format!("use single quotes: `'{}'`", inner.replace('\'', "''")),
    }
}

/// Returns what is wrong where the parser stopped at a sign that no value begins with, be it inside brackets.
fn reserved_sign(text: &str, line: &Line<'_>, at: usize) -> Option<Finding> {
    let sign = text[at..].chars().next().filter(|sign| matches!(sign, '@' | '`' | '%'))?;
    let own = &text[line.body.start..line.body.end.max(at)];
    let own = own.split_once(" #").map_or(own, |(value, _)| value.trim_end());
    let inside = text[line.body.start..at].contains(['[', '{']) || own.ends_with([',', ']', '}']);
    // Each value that begins with the sign, in quotes and without the sign.
    let (mut quoted, mut bare, mut values) = (String::new(), String::new(), 0);
    let mut rest = own;
    while let Some(place) = begins_value(rest, sign) {
        let end =
            if inside { rest[place..].find([',', ']', '}']).map_or(rest.len(), |end| place + end) } else { rest.len() };
        let value = rest[place..end].trim_end();
        quoted += &format!("{}{}{}", &rest[..place], quote(value), &rest[place + value.len()..end]);
        bare += &format!("{}{}", &rest[..place], rest[place..end].replace(sign, ""));
        (rest, values) = (&rest[end..], values + 1);
    }
    let dash = if text[line.start..line.body.start].trim_end().ends_with('-') { "- " } else { "" };
    let (quoted, bare) = (format!("{dash}{quoted}{rest}"), format!("{dash}{bare}{rest}"));
    let what = if values > 1 { "put quotes around each" } else { "put quotes around it" };
    let name = if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") };
    let help = format!("{what}: `{quoted}`");
    let help = if sign == '@' { format!("{help}, or leave the `@` out: `{bare}`") } else { help };
    (values > 0).then(|| Finding {
        range: at..at + sign.len_utf8(),
        message: format!("in YAML, {name} can't begin a value"),
        label: "the text begins here",
        help,
    })
}

/// Returns where a value begins with the sign: at the line's beginning, or behind a key, a comma or a bracket.
fn begins_value(line: &str, sign: char) -> Option<usize> {
    line.match_indices(sign).map(|(place, _)| place).find(|&place| {
        let before = line[..place].trim_end();
        before.is_empty() || before.ends_with(['[', '{', ',']) || (before.ends_with(':') && before.len() < place)
    })
}

/// Returns what is wrong where the value's first sign means something in YAML.
fn first_sign(line: &Line<'_>, at: usize, fault: &Fault) -> Option<Finding> {
    let sign = line.value().chars().next()?;
    let meaning = match sign {
        '*' => "begins an alias",
        '&' => "begins an anchor",
        '!' => "begins a tag",
        '>' | '|' => "begins a text that stands on the lines below",
        ',' | ']' | '}' => "ends something that never began",
        '?' => "begins a key",
        '-' if line.value().starts_with("- ") => "begins a list, which stands on lines of its own",
        '[' => "begins a list",
        '{' => "begins a mapping",
        '"' | '\'' => return quoted_start(line, at, sign, fault),
        _ => return None,
    };
    let closes = matches!(sign, '[' | '{');
    if closes && matches!(fault, Fault::OpenBracket) {
        let close = if sign == '[' { ']' } else { '}' };
        return Some(Finding {
            range: line.value.start..line.value.start + 1,
            message: format!("`{sign}` opens {} that nothing closes", if sign == '[' { "a list" } else { "a mapping" }),
            label: "opened here",
            help: format!("close it with `{close}`, or quote the text: `{}`", line.quoted()),
        });
    }
    Some(Finding {
        range: line.value.start..line.value.start + sign.len_utf8(),
        message: format!("in YAML, `{sign}` {meaning}"),
        label: "the text begins here",
        help: format!("put quotes around it: `{}`", line.quoted()),
    })
}

fn quoted_start(line: &Line<'_>, at: usize, sign: char, fault: &Fault) -> Option<Finding> {
    match fault {
        Fault::OpenQuote => Some(Finding {
            range: line.value.start..line.value.start + 1,
            message: "a quote is opened and never closed".to_owned(),
            label: "opened here",
            help: format!("close it with `{sign}` at the end of the text"),
        }),
        Fault::BehindQuote => {
            let inner = line.value().trim_matches(sign);
            let inside_word =
                sign == '\'' && line.text[..at].ends_with('\'') && line.text[at..].starts_with(char::is_alphabetic);
            let (message, fixed) = if inside_word {
                ("an apostrophe ends the quoted text", quote(inner))
            } else {
                ("text goes on behind the closing quote", quote(line.value()))
            };
            Some(Finding {
                range: at..line.value.end.max(at),
                message: message.to_owned(),
                label: "outside the quotes",
                help: format!("quote the whole text: `{}{fixed}`", &line.text[line.body.start..line.value.start]),
            })
        }
        _ => None,
    }
}

/// Returns where a line should begin: most often a neighbour above of the same kind tells.
fn layout(line: &Line<'_>) -> Finding {
    let indent = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let own = &line.text[line.start..line.end];
    let is_item = own.trim_start().starts_with("- ");
    // An item stands where its dash is, a key where it begins, be it behind a dash.
    let column = |above: &str| {
        let content = above.trim_start();
        let is_blank = content.is_empty() || content.starts_with('#');
        match content.strip_prefix("- ") {
            Some(key) if !is_item => Some(above.len() - key.trim_start().len()),
            None if is_item || is_blank => None,
            _ => Some(indent(above)),
        }
    };
    let before: Vec<&str> = line.text[..line.start].lines().collect();
    let near = |column: &usize| (1..=2).contains(&column.abs_diff(indent(own)));
    let above = before.iter().enumerate().rev().take(50);
    let neighbour = above.filter_map(|(number, above)| Some((number, column(above).filter(near)?))).next();
    let (message, help) = match neighbour {
        Some((number, column)) => {
            let spaces = if column.abs_diff(indent(own)) == 1 { "one space" } else { "two spaces" };
            let side = if indent(own) < column { "left" } else { "right" };
            let (what, whom) = if is_item { ("item", "its list") } else { ("line", "its neighbours") };
            let message = format!("this {what} stands {spaces} {side} of {whom}");
            let key = before[number].get(column..).and_then(|content| content.split_once(':')).filter(|_| !is_item);
            let help = match key {
                Some((key, _)) => format!("indent it by {column} spaces, like `{key}` in line {}", number + 1),
                None => format!("indent it by {column} spaces, like line {}", number + 1),
            };
            (message, help)
        }
        None => (
            "this line's indentation fits nothing above it".to_owned(),
            "line it up with its neighbours: keys of one thing stand in one column, and so do the dashes of one list"
                .to_owned(),
        ),
    };
    let start = line.start + indent(own);
    Finding { range: start..line.body.end.max(start), message, label: "", help }
}

fn otherwise(line: &Line<'_>, at: usize, fault: Fault) -> Finding {
    let rest = line.body.start.max(at.min(line.end))..line.body.end.max(at);
    match fault {
        Fault::Layout => layout(line),
        Fault::OpenBracket => Finding {
            range: rest,
            message: "a bracket above is still open".to_owned(),
            label: "",
            help: "close `[` with `]` and `{` with `}`; a text that begins with a bracket needs quotes".to_owned(),
        },
        Fault::Other(words) => Finding {
            range: at..line.end.min(at + 1).max(at),
            message: format!("this is not YAML: {words}"),
            label: "",
            help: "quote the text if it is a sentence; see the lines above if it isn't".to_owned(),
        },
        _ => Finding {
            range: rest,
            message: "this is not YAML".to_owned(),
            label: "",
            help: "quote the text if it is a sentence".to_owned(),
        },
    }
}
