//! What stands around a sentence on a team's page: `KR1:`, `[x]`, `[0.7]`, `(@ana)`, strokes through it.
//!
//! In: the text of an item with its place. Out: the sentence as the team wrote it, and what the marks say. Brackets that say
//! none of these belong to the sentence.

use std::ops::Range;

/// A sentence without the marks around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marked {
    /// The sentence, by its bytes in the text.
    pub(super) sentence: Range<usize>,
    /// What its label says that it is.
    pub(super) label: Option<Label>,
    /// Whether it is ticked; nothing where there is no box.
    pub(super) box_ticked: Option<bool>,
    /// A score in brackets.
    pub(super) score: Option<Range<usize>>,
    /// Owners in brackets.
    pub(super) owners: Vec<Range<usize>>,
    /// Whether all of it is struck out.
    pub(super) struck: bool,
}

/// What a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// `O1:`, `Objective:`
    Objective,
    /// `KR1:`, `Key Result 1.2:`
    KeyResult,
}

/// Reads the marks of a text.
#[must_use]
pub(super) fn read(text: &str) -> Marked {
    let mut marked = Marked { sentence: trimmed(text, 0..text.len()), ..Marked::default() };
    // Marks stand in any order, so each is looked for until none is left.
    while step(text, &mut marked) {}
    marked
}

/// Takes one mark away; says whether there was one.
fn step(text: &str, marked: &mut Marked) -> bool {
    let range = marked.sentence.clone();
    let inner = &text[range.clone()];
    let rest = front(inner, marked)
        .or_else(|| struck(inner, marked))
        .or_else(|| label(inner, marked))
        .or_else(|| emphasis(inner))
        .or_else(|| bracket(inner, range.start, marked));
    let Some(rest) = rest else { return false };
    let next = trimmed(text, range.start + rest.start..range.start + rest.end);
    let is_shorter = next.len() < range.len();
    if is_shorter {
        marked.sentence = next;
    }
    is_shorter
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}

/// Takes a check box.
fn front(inner: &str, marked: &mut Marked) -> Option<Range<usize>> {
    let ticked = match inner.get(..3)? {
        "[ ]" => false,
        "[x]" | "[X]" => true,
        _ => return None,
    };
    marked.box_ticked = Some(ticked);
    Some(3..inner.len())
}

fn struck(inner: &str, marked: &mut Marked) -> Option<Range<usize>> {
    let body = inner.strip_prefix("~~")?.strip_suffix("~~").filter(|body| !body.contains("~~"))?;
    marked.struck = true;
    Some(2..2 + body.len())
}

/// Takes marks of emphasis around all of it, or around its label: `**KR1:** Reduce …`.
fn emphasis(inner: &str) -> Option<Range<usize>> {
    ["**", "__", "*", "_"].into_iter().find_map(|mark| {
        let rest = inner.strip_prefix(mark)?;
        let whole = rest.strip_suffix(mark).filter(|body| !body.contains(mark) && !body.is_empty());
        whole.map(|body| mark.len()..mark.len() + body.len())
    })
}

/// Takes a label with its sign.
fn label(inner: &str, marked: &mut Marked) -> Option<Range<usize>> {
    let mark = ["**", "__", "*", "_"].into_iter().find(|mark| inner.starts_with(mark)).unwrap_or_default();
    let body = &inner[mark.len()..];
    let words: [(&str, Label); 5] = [
        ("key result", Label::KeyResult),
        ("kr", Label::KeyResult),
        ("objective", Label::Objective),
        ("obj", Label::Objective),
        ("o", Label::Objective),
    ];
    let starts = |word: &str| body.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let (word, found) = words.into_iter().find(|(word, _)| starts(word))?;
    let rest = &body[word.len()..];
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ' ' || c == '#';
    let number = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let has_number = rest[..number].contains(|c: char| c.is_ascii_digit());
    // "O1." and "KR 2 –" are labels; a word such as "only" or "krill" is none.
    let behind = &rest[number..];
    let sign = behind.strip_prefix([':', '–', '—', ')', '-', '|']);
    let by_dot = has_number && rest[..number].trim_end().ends_with('.');
    let after = match sign {
        Some(after) if has_number || word.len() > 1 && behind.starts_with(':') => after,
        None if by_dot => behind,
        _ if has_number && !mark.is_empty() && behind.starts_with(mark) => behind,
        _ => return None,
    };
    let mut start = inner.len() - after.len();
    if !mark.is_empty() && after.trim_start().starts_with(mark) {
        start = inner.len() - after.trim_start().len() + mark.len();
        // "**KR1: Reduce …**": the closing mark ends the sentence and not the label.
    } else if !mark.is_empty() && after.ends_with(mark) {
        marked.label.get_or_insert(found);
        return Some(start..inner.len() - mark.len());
    } else if !mark.is_empty() {
        return None;
    }
    // "**KR1**: Reduce …"
    let after = &inner[start..];
    let sign = if after.trim_start().starts_with([':', '–', '—']) {
        after.len() - after.trim_start().len() + after.trim_start().chars().next().map_or(0, char::len_utf8)
    } else {
        0
    };
    marked.label.get_or_insert(found);
    Some(start + sign..inner.len())
}

/// Takes a bracket at either end that holds a score or owners.
fn bracket(inner: &str, at: usize, marked: &mut Marked) -> Option<Range<usize>> {
    for (open, close) in [('[', ']'), ('(', ')')] {
        if inner.starts_with(open)
            && let Some(end) = inner.find(close)
            && !inner[end + 1..].starts_with('(')
            && says(&inner[1..end], at + 1, open, marked)
        {
            return Some(end + 1..inner.len());
        }
        if inner.ends_with(close)
            && let Some(start) = inner.rfind(open)
            && says(&inner[start + 1..inner.len() - 1], at + start + 1, open, marked)
        {
            return Some(0..start);
        }
    }
    None
}

/// Notes what a bracket says; says whether it says anything.
fn says(text: &str, at: usize, open: char, marked: &mut Marked) -> bool {
    let within = |part: &str| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        at + start..at + start + part.len()
    };
    let plain = text.trim();
    if open == '[' && is_score(plain) && marked.score.is_none() {
        marked.score = Some(within(plain));
        return true;
    }
    let lower = plain.to_lowercase();
    let named = ["owner:", "owners:"].into_iter().find(|key| lower.starts_with(key) && lower.len() == plain.len());
    let people = named.and_then(|key| plain.get(key.len()..)).map_or(plain, str::trim);
    let parts: Vec<&str> = people.split([',', ';', '&']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_people = named.is_some() || parts.iter().all(|part| part.starts_with('@') && part.len() > 1);
    if parts.is_empty() || !is_people {
        return false;
    }
    marked.owners.extend(parts.into_iter().map(|part| within(part.trim_start_matches('@'))));
    true
}

/// Says whether a bracket's text is a score: a share from 0 to 1 with a point, or a percentage.
fn is_score(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(percent) = text.strip_suffix('%') {
        return digits(percent.trim()) && percent.trim().parse::<u8>().is_ok_and(|percent| percent <= 100);
    }
    match text.split_once('.') {
        Some(("0", decimals)) => digits(decimals),
        Some(("1", decimals)) => !decimals.is_empty() && decimals.bytes().all(|byte| byte == b'0'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off_and_sentences_stay_as_they_are() {
        for (text, expected) in [
            ("KR1: Reduce P1 incidents from 8 to 2", "kr|Reduce P1 incidents from 8 to 2"),
            ("**KR 1.2** – Reduce churn [0.7]", "kr|Reduce churn|0.7"),
            ("**KR1:** Reduce churn (@ana, @ben)", "kr|Reduce churn|@ana|@ben"),
            ("[x] KR2: Launch it", "ticked|kr|Launch it"),
            ("[ ] Launch it (Owner: Ana Ruiz)", "open|Launch it|@Ana Ruiz"),
            ("~~KR3: Open a shop~~", "struck|kr|Open a shop"),
            ("~~old~~ new goal", "~~old~~ new goal"),
            ("[0.7] **Reduce churn**", "Reduce churn|0.7"),
            ("Key Result 3: Reduce churn [70%]", "kr|Reduce churn|70%"),
            ("Objective 1: Be dependable", "o|Be dependable"),
            ("**O2. Be dependable**", "o|Be dependable"),
            ("O1 - Be dependable", "o|Be dependable"),
            ("Self-serve: 80% resolved (currently 40%)", "Self-serve: 80% resolved (currently 40%)"),
            ("[Churn](https://x.example) from 5 to 3", "[Churn](https://x.example) from 5 to 3"),
            ("Only 5 incidents", "Only 5 incidents"),
            ("Objectives are met", "Objectives are met"),
            ("KRs are met", "KRs are met"),
            ("O", "O"),
            ("", ""),
            ("[2.5] x", "[2.5] x"),
        ] {
            let marked = read(text);
            let label =
                marked.label.map(|label| if label == Label::Objective { "o|" } else { "kr|" }).unwrap_or_default();
            let ticked = marked.box_ticked.map(|ticked| if ticked { "ticked|" } else { "open|" }).unwrap_or_default();
            let struck = if marked.struck { "struck|" } else { "" };
            let score = marked.score.map(|range| format!("|{}", &text[range])).unwrap_or_default();
            let owners: String = marked.owners.into_iter().map(|range| format!("|@{}", &text[range])).collect();
            let shown = format!("{struck}{ticked}{label}{}{score}{owners}", &text[marked.sentence]);
            assert_eq!(shown, expected, "{text}");
        }
    }
}
