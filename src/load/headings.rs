//! The headings of a Markdown text, line by line.
//!
//! In: Markdown. Out: its `#` headings outside code, in order. Knows nothing else of Markdown.

use std::ops::Range;

use super::front;

/// A heading and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// How many `#` it has.
    pub(super) level: usize,
    /// Its text.
    pub(super) text: Range<usize>,
    /// Its whole line.
    pub(super) line: Range<usize>,
    /// Where what stands below it begins.
    pub(super) below: usize,
}

/// Returns the headings from the byte `from` on; ranges count from the text's start.
pub(super) fn find(text: &str, from: usize) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut outside = Outside::default();
    let has_comments = text.as_bytes()[from..].contains(&b'<');
    for line in front::lines(&text[from..]) {
        let line = from + line.start..from + line.end;
        let content = &text[line.clone()];
        let first = content.bytes().find(|byte| *byte != b' ');
        if outside.fence.is_none() && !has_comments && !matches!(first, Some(b'#' | b'`' | b'~')) {
            continue;
        }
        let indent = content.len() - content.trim_start_matches(' ').len();
        let trimmed = content.trim_start_matches(' ').trim_end();
        if !outside.holds(content) || indent >= 4 {
            continue;
        }
        if let Some((level, text_range)) = heading(trimmed) {
            let start = line.start + indent;
            let below = (line.end + 1).min(text.len());
            let below = if text[line.end..].starts_with("\r\n") { line.end + 2 } else { below };
            headings.push(Heading { level, text: start + text_range.start..start + text_range.end, line, below });
        }
    }
    headings
}

/// Tells line by line what stands outside fenced code and comments.
#[derive(Debug, Default)]
pub(super) struct Outside {
    fence: Option<(char, usize)>,
    in_comment: bool,
}

impl Outside {
    /// Goes on by a line, and says whether it begins outside; the line that opens a fence does.
    pub(super) fn holds(&mut self, line: &str) -> bool {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let trimmed = line[indent..].trim_end();
        if let Some((sign, length)) = self.fence {
            let run = trimmed.chars().take_while(|&c| c == sign).count();
            if indent < 4 && run >= length && trimmed.len() == run {
                self.fence = None;
            }
            return false;
        }
        let comment_before = self.in_comment;
        self.in_comment = comment_open(line, comment_before);
        if comment_before {
            return false;
        }
        if indent < 4 {
            self.fence = opening_fence(trimmed);
        }
        true
    }
}

/// Returns the sign and length of a code fence that a line opens.
fn opening_fence(line: &str) -> Option<(char, usize)> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let length = line.chars().take_while(|&c| c == sign).count();
    let info = &line[length..];
    (length >= 3 && !(sign == '`' && info.contains('`'))).then_some((sign, length))
}

/// Returns the level of a heading line and the range of its text in the line.
fn heading(line: &str) -> Option<(usize, Range<usize>)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let rest = &line[level..];
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let start = line.len() - rest.trim_start().len();
    let text = line[start..].trim_end();
    // A closing run of `#` is no text, where a space stands before it.
    let without = text.trim_end_matches('#');
    let text = if without.is_empty() || without.ends_with([' ', '\t']) { without.trim_end() } else { text };
    Some((level, start..start + text.len()))
}

/// Says whether an HTML comment is open behind the line.
fn comment_open(line: &str, open: bool) -> bool {
    if !open && !line.as_bytes().contains(&b'<') {
        return false;
    }
    let mut open = open;
    let mut rest = line;
    while let Some((_, after)) = rest.split_once(if open { "-->" } else { "<!--" }) {
        open = !open;
        rest = after;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(markdown: &str) -> Vec<(usize, &str)> {
        find(markdown, 0).into_iter().map(|heading| (heading.level, &markdown[heading.text])).collect()
    }

    #[test]
    fn headings_are_found_outside_code_and_comments_only() {
        let cases: &[(&str, &[(usize, &str)])] = &[
            ("## a/b\ntext\n### What worked ###\n", &[(2, "a/b"), (3, "What worked")]),
            ("```\n## a/b\n```\n## c\n", &[(2, "c")]),
            ("~~~~ md\n```\n## a\n~~~\n## b\n~~~~\n## c", &[(2, "c")]),
            ("    ## code\n   ## heading\n", &[(2, "heading")]),
            ("<!--\n## hint\n-->\n## a\n", &[(2, "a")]),
            ("#hashtag\n####### seven\n#\n", &[(1, "")]),
            ("## C#\n## C #\n", &[(2, "C#"), (2, "C")]),
            ("``` a`b\n## x\n", &[(2, "x")]),
            ("## a\r\n## b\r\n", &[(2, "a"), (2, "b")]),
            ("```\n## never closed", &[]),
        ];
        for (markdown, expected) in cases {
            assert_eq!(texts(markdown), *expected, "{markdown:?}");
        }
    }
}
