//! Facts that the program puts into a review: lines of a quotation between two marks.
//!
//! In: facts and a day; a review's text. Out: the block, and the blocks that stand in a text as the program wrote them. A
//! block in which anybody changed a letter is theirs: it is no block any more.

use std::ops::Range;

use super::front;
use crate::hash::Digest;
use crate::model::calendar::Day;

const OPEN: &str = "<!-- okrbook facts as of ";
const CLOSE: &str = "<!-- end of facts; write below -->";

/// Returns a block of facts, each on a line of its own.
#[must_use]
pub fn block(facts: &[String], as_of: Day) -> String {
    let lines: Vec<String> = facts.iter().map(|fact| quoted(fact)).collect();
    let digest = digest(lines.iter().map(String::as_str));
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    format!("{OPEN}{as_of}, {digest} -->\n{lines}{CLOSE}\n")
}

/// Returns a fact as an item of a quoted list.
fn quoted(fact: &str) -> String {
    let words: Vec<&str> = fact.split_whitespace().collect();
    format!("> - {}", words.join(" "))
}

fn digest<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    Digest::of(lines.as_bytes()).short()
}

/// Returns where the program's blocks stand in a part of a text, line ends included.
#[must_use]
pub fn find(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[range.clone()];
    let mut found = Vec::new();
    if !part.contains(OPEN) {
        return found;
    }
    let lines: Vec<Range<usize>> = front::lines(part).collect();
    let line = |place: usize| &part[lines[place].clone()];
    let mut place = 0;
    while place < lines.len() {
        let Some(said) = line(place).strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(" -->")) else {
            place += 1;
            continue;
        };
        let end = (place + 1..lines.len()).find(|&at| !line(at).starts_with("> ")).unwrap_or(lines.len());
        let is_whole = end < lines.len() && line(end) == CLOSE;
        let said = said.split_once(", ").filter(|(day, _)| Day::parse(day).is_some());
        let facts = (place + 1..end.min(lines.len())).map(line);
        if is_whole && said.is_some_and(|(_, said)| digest(facts) == said) {
            let after = lines.get(end + 1).map_or(part.len(), |next| next.start);
            found.push(range.start + lines[place].start..range.start + after);
        }
        place = end.max(place + 1);
    }
    found
}

/// Returns the parts of a part of a text that are not the program's.
pub(super) fn without(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = range.start;
    for block in find(text, range.clone()) {
        parts.push(from..block.start);
        from = block.end;
    }
    parts.push(from..range.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_found_until_somebody_changes_a_letter() {
        let facts = ["Grade 0.8, strong.".to_owned(), "P1 fell\nfrom 8 to 3 <!-- end of facts -->.".to_owned()];
        let block = block(&facts, Day::parse("2026-09-30").expect("a day"));
        let text = format!("before\n{block}after\n");
        let found = find(&text, 0..text.len());
        assert_eq!(found.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), [block.as_str()]);
        let windows = text.replace('\n', "\r\n");
        let found = find(&windows, 0..windows.len());
        assert_eq!(
            found.iter().map(|range| &windows[range.clone()]).collect::<Vec<_>>(),
            [block.replace('\n', "\r\n")]
        );
        assert_eq!(
            without(&text, 0..text.len()).iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(),
            ["before\n", "after\n"]
        );
        for changed in [
            text.replace("0.8", "0.9"),
            text.replace("write below", "please"),
            text.replace("> - P1", "> mine\n> - P1"),
            text.replace("> - P1", "mine\n> - P1"),
            text.replace("as of 2026", "as of 0000"),
            text.split("<!-- end of facts;").next().expect("a start").to_owned(),
        ] {
            assert!(find(&changed, 0..changed.len()).is_empty(), "{changed}");
        }
        assert_eq!(find(&block[..block.len() - 1], 0..block.len() - 1).len(), 1, "the last line needs no end");
    }
}
