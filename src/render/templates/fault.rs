//! What the engine says of a template, as an error of ours.

use tera::ErrorKind;

use super::advice::advised;
use crate::error::Error;
use crate::render::work::{APART, ITEMS, KEEPS, LOOKS, SEES, TURNS};

/// Returns what the engine says, with its causes. What a template says of itself is one line of it.
#[expect(clippy::needless_pass_by_value, reason = "map_err hands the error over")]
pub(super) fn fault(error: tera::Error) -> Error {
    let text = error.to_string();
    let all = text.strip_prefix("error: ").unwrap_or(&text);
    let (message, around) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.message().to_owned(), all.strip_prefix(report.message()).unwrap_or_default())
        }
        // Of several reports in one text the first is shown.
        _ => match all.split("\n\nerror: ").next().unwrap_or_default().split_once('\n') {
            Some((message, around)) if around.trim_start().starts_with("-->") => {
                (message.to_owned(), &all[message.len()..])
            }
            _ => (all.replace("user/", "templates/"), ""),
        },
    };
    let around = around.split("\n\nerror: ").next().unwrap_or_default();
    // The line of carets has the tabs of the line above it.
    let mut place: Vec<String> = around.lines().skip(1).map(|line| line.replace('\t', " ")).collect();
    uncounted(&mut place);
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        place.push(inner.to_string());
        cause = inner.source();
    }
    let (message, help) = advised(&message);
    Error::Template { code: "broken-template", message, place, help }
}

/// Takes what counts out of the lines that the engine shows: `  --> name:1:5`, `  |`, `1 | text`, `  |     ^^^`.
fn uncounted(lines: &mut [String]) {
    for at in 2..lines.len().saturating_sub(1).max(2) {
        let shown = lines[at].split_once(" | ").filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
        let Some((number, text)) = shown else { continue };
        let Some((indent, carets)) = lines[at + 1].split_once(" | ") else { continue };
        let column = carets.chars().take_while(|c| *c == ' ').count();
        let (text, moved) = restored(text, column);
        let end = restored(&lines[at][number.len() + 3..], carets.chars().count()).1;
        let width = end.saturating_sub(moved).max(1);
        let (shown, carets) =
            (format!("{number} | {text}"), format!("{indent} | {}{}", " ".repeat(moved), "^".repeat(width)));
        if let Some((name, _)) = lines[at - 2].rsplit_once(':') {
            lines[at - 2] = format!("{}:{}", named(name), moved + 1);
        }
        (lines[at], lines[at + 1]) = (shown, carets);
    }
}

/// Returns a line that names a template (`  --> user/404.html:1`, `note: called from user/404.html:1`) with the book's
/// file in it.
fn named(line: &str) -> String {
    match line.rsplit_once(" user/") {
        Some((before, name)) => format!("{before} templates/{name}"),
        None => line.to_owned(),
    }
}

/// Returns a line of a template without the calls that count, and the column that a column of it then has.
fn restored(line: &str, column: usize) -> (String, usize) {
    let mut out = String::with_capacity(line.len());
    let mut moved = column;
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let length = counted(rest);
        match length {
            Some(length) => {
                let before = line[..at].chars().count();
                let letters = rest[..length].chars().count();
                moved -= letters.min(column.saturating_sub(before)).min(moved);
                at += length;
            }
            None => {
                let letter = rest.chars().next().map_or(1, char::len_utf8);
                out.push_str(&rest[..letter]);
                at += letter;
            }
        }
    }
    (out, moved)
}

/// Returns how long what counts is that a text begins with.
fn counted(rest: &str) -> Option<usize> {
    if let Some(inner) = rest.strip_prefix("{{").map(|inner| inner.trim_start_matches('-').trim_start()) {
        let is_call = [TURNS, KEEPS, LOOKS].iter().any(|name| inner.starts_with(name));
        return rest.find("}}").filter(|_| is_call).map(|end| end + 2);
    }
    if rest.starts_with("), okrbook=\"") || rest.strip_prefix('|').is_some_and(|rest| rest.starts_with(SEES)) {
        return rest[1..].find(')').map(|end| end + 2);
    }
    let inner = rest.strip_prefix(APART).unwrap_or(rest);
    let apart = rest.len() - inner.len();
    let item = format!("{ITEMS}(v=(");
    match inner.strip_prefix(SEES) {
        Some(_) => inner.find('|').map(|end| apart + end + 1),
        None => inner.starts_with(&item).then_some(apart + item.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::work::metered;

    #[test]
    fn what_the_engine_shows_is_the_template_as_it_was_written() {
        let text = "\u{e9}{% for a in b %}{{ [c for c in d] }}\
                    {% filter upper %}{{ range(end=1) | e(f=g) }}{{ [h for h in i if(h)] }}{% endfilter %}{% endfor %}";
        let metered = metered(text).expect("few values");
        assert_eq!(restored(&metered, 0).0, text);
        let column = metered[..metered.find("c for").unwrap_or(metered.len())].chars().count();
        assert_eq!(restored(&metered, column).0, text);
        let item = metered.find("(v=(c").expect("counted") + "(v=(".len();
        let (_, moved) = restored(&metered, metered[..item].chars().count());
        assert_eq!(text.chars().skip(moved).take(2).collect::<String>(), "c ");
    }
}
