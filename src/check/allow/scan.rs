//! Comments that allow findings, as they stand in YAML and Markdown.
//!
//! In: a text. Out: each `okrbook-allow(…)` in a comment, with the bytes that it speaks about: its own line, or the next
//! one where it has a line to itself; and what belongs to that line, which in YAML is what is indented below it up to
//! the next item of a list, and in Markdown a heading's own text. Quoted texts and code are no comments.

use std::ops::Range;

use crate::source::{FileId, SourceFile, Span, Spanned};

const WORD: &str = "okrbook-allow";

/// A comment that allows findings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comment<'a> {
    /// From the word to the end of the reason.
    pub(super) span: Span,
    /// The codes, as they are written.
    pub(super) codes: Vec<Spanned<&'a str>>,
    /// The reason; empty where there is none.
    pub(super) reason: &'a str,
    /// Bytes in which findings begin that it speaks about.
    pub(super) covers: Range<usize>,
}

/// How a part of a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Yaml,
    Markdown,
    /// Code in Markdown.
    Code,
}

struct Line<'a> {
    start: usize,
    text: &'a str,
    kind: Kind,
}

/// Returns the comments of a text.
pub(super) fn comments(file: FileId, source: &SourceFile) -> Vec<Comment<'_>> {
    let text = &*source.text;
    if memchr::memmem::find(text.as_bytes(), WORD.as_bytes()).is_none() {
        return Vec::new();
    }
    let lines = Lines::of(lines(text, source.path.ends_with(".md")), text.len());
    let mut found = Vec::new();
    for (place, line) in lines.all.iter().enumerate() {
        for range in allowances(line) {
            let own = line.text[..range.start].trim_start_matches(['#', '<', '!', '-', ' ', '\t']).is_empty()
                && (line.kind == Kind::Markdown || line.text.trim_start().starts_with('#'));
            let target = if own { lines.next(place) } else { Some(place) };
            let covers = target.map_or(line.start..line.start, |target| lines.covered(target));
            found.push(comment(file, line, range, covers));
        }
    }
    found
}

fn lines(text: &str, markdown: bool) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut in_front = markdown && text.lines().next().is_some_and(|line| line.trim_end() == "---");
    let mut fence: Option<&str> = None;
    for (number, whole) in text.split_inclusive('\n').enumerate() {
        let line = whole.trim_end_matches(['\n', '\r']);
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        let kind = if !markdown || in_front {
            Kind::Yaml
        } else if fence.is_some() || mark.is_some() {
            Kind::Code
        } else {
            Kind::Markdown
        };
        if in_front && number > 0 && line == "---" {
            in_front = false;
        } else if kind == Kind::Code && mark.is_some() {
            fence = if fence.is_none() { mark } else { fence.filter(|open| Some(*open) != mark) };
        }
        lines.push(Line { start, text: line, kind });
        start += whole.len();
    }
    lines
}

/// Returns where allowances begin and end in a line's comments; where one begins, the one before it ends.
fn allowances(line: &Line<'_>) -> Vec<Range<usize>> {
    let text = line.text;
    let (mark, from) = match line.kind {
        Kind::Code => return Vec::new(),
        Kind::Yaml => match comment_start(text) {
            Some(from) => ("#", from),
            None => return Vec::new(),
        },
        Kind::Markdown => ("<!--", 0),
    };
    // Byte by byte once, however many allowances a line has.
    let (mut read, mut ticks) = (from, 0);
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in text[from..].match_indices(WORD).map(|(at, _)| from + at) {
        ticks += text[read..at].matches('`').count();
        read = at;
        let before = text[..at].trim_end();
        let in_code = line.kind == Kind::Markdown && ticks % 2 == 1;
        if !before.ends_with(mark) || in_code {
            continue;
        }
        if let Some(last) = found.last_mut() {
            last.end = last.end.min(before.len() - mark.len());
        }
        found.push(at..text.len());
    }
    if line.kind == Kind::Markdown {
        for range in &mut found {
            range.end = text[range.clone()].find("-->").map_or(range.end, |length| range.start + length);
        }
    }
    found
}

/// Returns where a YAML line's comment begins: at a `#` behind a space, outside quotes.
fn comment_start(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut quote: Option<u8> = None;
    let mut place = 0;
    while place < bytes.len() {
        let byte = bytes[place];
        match quote {
            Some(b'"') if byte == b'\\' => place += 1,
            Some(b'\'') if byte == b'\'' && bytes.get(place + 1) == Some(&b'\'') => place += 1,
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'#' && (place == 0 || matches!(bytes[place - 1], b' ' | b'\t')) => return Some(place),
            // A quotation mark inside a plain text is a letter.
            None if matches!(byte, b'"' | b'\'') => {
                let before = line[..place].trim_end();
                if before.is_empty() || before.ends_with([':', '-', ',', '[', '{', '?']) {
                    quote = Some(byte);
                }
            }
            None => {}
        }
        place += 1;
    }
    None
}

fn comment<'a>(file: FileId, line: &Line<'a>, range: Range<usize>, covers: Range<usize>) -> Comment<'a> {
    let text = line.text[range.clone()].trim_end();
    let at = line.start + range.start;
    let span = Span::new(file, at..at + text.len());
    let rest = &text[WORD.len()..];
    let inside = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let Some((list, reason)) = inside else { return Comment { span, codes: Vec::new(), reason: "", covers } };
    let mut codes = Vec::new();
    let mut start = at + WORD.len() + 1;
    for part in list.split(',') {
        let code = part.trim();
        let from = start + (part.len() - part.trim_start().len());
        if !code.is_empty() {
            codes.push(Spanned::new(code, Span::new(file, from..from + code.len())));
        }
        start += part.len() + 1;
    }
    Comment { span, codes, reason: reason.trim_start().trim_start_matches(':').trim(), covers }
}

/// The lines of a text, with what comments above them speak about. Each of it is found in one walk from the end, since
/// thousands of comments may stand above the same lines.
struct Lines<'a> {
    all: Vec<Line<'a>>,
    length: usize,
    /// For each line the next one from it on that is no comment of YAML.
    after_yaml: Vec<usize>,
    /// For each line the next one from it on that has more than a comment of Markdown.
    after_markdown: Vec<usize>,
    /// For each line the first one behind it that doesn't belong to it in YAML.
    end_yaml: Vec<usize>,
    /// For each line the next heading behind it.
    next_heading: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(all: Vec<Line<'a>>, length: usize) -> Self {
        let end = all.len();
        let none = || vec![end; end];
        let (after_yaml, after_markdown, end_yaml, next_heading) = (none(), none(), none(), none());
        let mut lines = Self { all, length, after_yaml, after_markdown, end_yaml, next_heading };
        let (mut yaml, mut markdown, mut heading) = (end, end, end);
        // Lines below, each less indented than those before it.
        let mut below: Vec<(usize, usize)> = Vec::new();
        for place in (0..end).rev() {
            let line = &lines.all[place];
            let text = line.text.trim_start();
            let indent = line.text.len() - text.len();
            let is_comment = text.starts_with('#');
            if !is_comment {
                yaml = place;
            }
            if !(text.is_empty() || text.starts_with("<!--")) {
                markdown = place;
            }
            lines.next_heading[place] = heading;
            if line.kind == Kind::Markdown && is_comment {
                heading = place;
            }
            while below.last().is_some_and(|(other, _)| *other > indent) {
                below.pop();
            }
            lines.end_yaml[place] = below.last().map_or(end, |(_, place)| *place);
            if !(text.is_empty() || is_comment) {
                // The next item of a list belongs to no line before it.
                let is_item = text.starts_with("- ") || text == "-";
                below.push((if is_item { 0 } else { indent }, place));
            }
            (lines.after_yaml[place], lines.after_markdown[place]) = (yaml, markdown);
        }
        lines
    }

    /// Returns the line that a comment on a line of its own speaks about.
    fn next(&self, place: usize) -> Option<usize> {
        let after = match self.all[place].kind {
            Kind::Yaml => &self.after_yaml,
            Kind::Markdown | Kind::Code => &self.after_markdown,
        };
        after.get(place + 1).copied().filter(|place| *place < self.all.len())
    }

    /// Returns the bytes of a line and of what belongs to it.
    fn covered(&self, place: usize) -> Range<usize> {
        let line = &self.all[place];
        let end = match line.kind {
            Kind::Yaml => self.end_yaml[place],
            Kind::Markdown if line.text.starts_with('#') => self.next_heading[place],
            Kind::Markdown | Kind::Code => place + 1,
        };
        line.start..self.all.get(end).map_or(self.length, |next| next.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    /// Returns codes, reason and the first and last word that each comment covers.
    fn found(path: &str, text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let file = sources.add(path, text);
        let comments = comments(file, sources.get(file));
        comments
            .iter()
            .map(|comment| {
                let codes: Vec<&str> = comment.codes.iter().map(|code| code.value).collect();
                for code in &comment.codes {
                    assert_eq!(sources.text(code.span), code.value);
                }
                let covered = text[comment.covers.clone()].trim();
                let first = covered.split_whitespace().find(|word| *word != "-").unwrap_or_default();
                let last = covered.lines().last().unwrap_or_default().trim();
                format!("{}|{}|{first}..{last}", codes.join("+"), comment.reason)
            })
            .collect()
    }

    #[test]
    fn comments_are_found_in_yaml_outside_quotes() {
        for (text, expected) in [
            ("a: 1 # okrbook-allow(x): why\nb: 2\n", vec!["x|why|a:..a: 1 # okrbook-allow(x): why"]),
            ("# okrbook-allow(x): why\na: 1\nb: 2\n", vec!["x|why|a:..a: 1"]),
            ("# okrbook-allow(x): why\n# okrbook-allow(y): so\na: 1\n", vec!["x|why|a:..a: 1", "y|so|a:..a: 1"]),
            ("# okrbook-allow(x, y):why\na: 1\n", vec!["x+y|why|a:..a: 1"]),
            ("a: 1 # okrbook-allow(x)\n", vec!["x||a:..a: 1 # okrbook-allow(x)"]),
            ("a: 1 # okrbook-allow(x) \n", vec!["x||a:..a: 1 # okrbook-allow(x)"]),
            ("a: 1 # okrbook-allow\n", vec!["||a:..a: 1 # okrbook-allow"]),
            ("a: 1 # okrbook-allow()\n", vec!["||a:..a: 1 # okrbook-allow()"]),
            ("a: \"x # okrbook-allow(x): why\"\n", vec![]),
            ("a: 'it''s # okrbook-allow(x): why'\n", vec![]),
            ("a: \"\\\" # okrbook-allow(x): why\"\n", vec![]),
            ("a: people's # okrbook-allow(x): why\n", vec!["x|why|a:..a: people's # okrbook-allow(x): why"]),
            ("a: x# okrbook-allow(x): why\n", vec![]),
            ("a: okrbook-allow(x): why\n", vec![]),
            ("# see okrbook-allow(x): why\n", vec![]),
            ("# okrbook-allow(x): why", vec!["x|why|.."]),
            ("", vec![]),
        ] {
            assert_eq!(found("a.yaml", text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_covers_what_is_indented_below_it_up_to_the_next_item() {
        let entry =
            "list:\n  # okrbook-allow(x): why\n  - id: a\n    title: T\n\n    guards:\n      - g\n    more: 1\n";
        assert_eq!(found("a.yaml", entry), ["x|why|id:..guards:"]);
        let metric = "# okrbook-allow(x): why\nuptime:\n  file: a.csv\n  where:\n    b: c\nnext:\n  d: e\n";
        assert_eq!(found("metrics.yaml", metric), ["x|why|uptime:..b: c"]);
        let crlf = "# okrbook-allow(x): why\r\na:\r\n  b: 1\r\nc: 2\r\n";
        assert_eq!(found("a.yaml", crlf), ["x|why|a:..b: 1"]);
    }

    #[test]
    fn comments_are_found_in_markdown_outside_code() {
        let comment = "<!-- okrbook-allow(x): why -->";
        for (text, expected) in [
            (format!("{comment}\n\n## a/b\ntext\n### c\n"), vec!["x|why|##..text"]),
            (format!("## a/b {comment}\ntext\n## c\n"), vec!["x|why|##..text"]),
            (format!("text {comment}\nmore\n"), vec!["x|why|text..text <!-- okrbook-allow(x): why -->"]),
            (format!("```\n{comment}\n```\n"), vec![]),
            (format!("write `{comment}`\n"), vec![]),
            (
                format!("---\njudgements: # okrbook-allow(y): so\n  a: 1\n---\n{comment}\n# t\n"),
                vec!["y|so|judgements:..a: 1", "x|why|#..# t"],
            ),
            ("# okrbook-allow(x): a heading\n".to_owned(), vec![]),
        ] {
            assert_eq!(found("a.md", &text), expected, "{text:?}");
        }
    }

    #[test]
    fn thousands_of_comments_above_one_line_cover_it_each() {
        const COUNT: usize = 40_000;
        let block = "# okrbook-allow(x): why\n".repeat(COUNT) + "a: 1\nb: 2\n";
        let nested: String = (0..COUNT).map(|_| "  # okrbook-allow(x): why\n  \n").collect();
        let line = format!("a: 1 {}\n", "# okrbook-allow(x): why ".repeat(COUNT));
        let in_markdown = format!("# t {}\n", "<!-- okrbook-allow(x): why --> ".repeat(COUNT));
        let open = format!("# t {}\n", "<!-- okrbook-allow(x): why ".repeat(COUNT));
        let texts = [("a.yaml", block), ("a.yaml", nested), ("a.yaml", line), ("a.md", in_markdown), ("a.md", open)];
        for (path, text) in texts {
            let mut sources = Sources::default();
            let file = sources.add(path, &text);
            let comments = comments(file, sources.get(file));
            assert_eq!(comments.len(), COUNT, "{path}");
            assert!(comments.iter().all(|comment| comment.reason == "why"), "{path}");
        }
    }
}
