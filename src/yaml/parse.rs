//! The tree of a YAML text, built from the parser's events; the only file that names the YAML crate.
//!
//! In: a text. Out: its tree, or a blocking diagnostic where there can be none. Depth, number of values and
//! length of a scalar are bounded before anything is built, so that no text takes long or much memory.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_yaml::granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StructureStyle};

use super::trap::{self, Fault};
use super::{Entry, Kind, Map, Node, Scalar, Text, simple};
use crate::diag::Diagnostic;
use crate::source::{Span, Spanned};

/// Values in one text, those behind aliases counted each time; a team's file needs a thousandth of it.
const VALUE_LIMIT: usize = 250_000;

/// Lists and mappings inside each other.
const DEPTH_LIMIT: usize = 64;

/// Bytes of one scalar.
const SCALAR_LIMIT: usize = 64 << 10;

/// Keys of a mapping that is searched without sorting it.
const SMALL_MAP: usize = 32;

/// Repeated keys of one mapping that are reported.
const REPEATS_TOLD: usize = 20;

/// Reads a text.
///
/// Nothing comes out where the text is not YAML or too large; an empty text is an empty node. A diagnostic
/// that blocks says that the text can't be used; where a tree comes with it, its other faults can still be told.
pub fn read<'a>(source: Text<'a>) -> (Option<Node<'a>>, Vec<Diagnostic>) {
    simple::read(source).map_or_else(|| read_in_full(source), |root| (Some(root), Vec::new()))
}

/// Reads a text with everything that YAML has.
pub(super) fn read_in_full<'a>(source: Text<'a>) -> (Option<Node<'a>>, Vec<Diagnostic>) {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = DEPTH_LIMIT;
    options.block_nesting_limit = DEPTH_LIMIT;
    let mut builder = Builder {
        source,
        open: Vec::new(),
        root: None,
        anchors: BTreeMap::new(),
        values: 0,
        documents: 0,
        diagnostics: Vec::new(),
    };
    for event in Parser::new_from_str_with_options(source.text, options) {
        let outcome = match event {
            Ok((event, place)) => {
                let range = place.byte_range().unwrap_or(0..0);
                let tag = place.tag_start().and_then(|marker| marker.byte_offset());
                builder.event(event, range.start..range.end.max(range.start), tag)
            }
            Err(error) => Err(Box::new(builder.explain(&error))),
        };
        if let Err(diagnostic) = outcome {
            builder.diagnostics.push(*diagnostic);
            return (None, builder.diagnostics);
        }
    }
    let empty = Node { span: source.span(0..0), kind: Kind::Empty };
    (Some(builder.root.unwrap_or(empty)), builder.diagnostics)
}

type Range = std::ops::Range<usize>;
type Outcome = Result<(), Box<Diagnostic>>;

struct Builder<'a> {
    source: Text<'a>,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    anchors: BTreeMap<usize, Anchored<'a>>,
    values: usize,
    documents: usize,
    diagnostics: Vec<Diagnostic>,
}

/// A list or mapping whose end hasn't come.
struct Open<'a> {
    start: usize,
    anchor: usize,
    /// Values that were counted before it began.
    values_before: usize,
    /// Levels below it.
    height: usize,
    content: Content<'a>,
}

enum Content<'a> {
    List(Vec<Node<'a>>),
    Map { entries: Vec<Entry<'a>>, key: Option<Spanned<Cow<'a, str>>>, in_braces: bool },
}

/// A node that aliases may repeat.
struct Anchored<'a> {
    node: Node<'a>,
    values: usize,
    height: usize,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'a>, range: Range, tag: Option<usize>) -> Outcome {
        match event {
            Event::DocumentStart(..) => self.document(range),
            Event::Scalar(text, style, anchor, _) => {
                self.scalar(text, style, anchor, tag.map_or(range.clone(), |start| start..range.end))
            }
            Event::SequenceStart(_, anchor, _) => self.begin(range, anchor, Content::List(Vec::new())),
            Event::MappingStart(style, anchor, _) => {
                let in_braces = style == StructureStyle::Flow;
                self.begin(range, anchor, Content::Map { entries: Vec::new(), key: None, in_braces })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range),
            Event::Alias(id) => self.alias(id, range),
            _ => Ok(()),
        }
    }

    fn document(&mut self, range: Range) -> Outcome {
        self.documents += 1;
        if self.documents == 2 {
            let message = "a second document begins here, and only the first is read";
            let diagnostic = Diagnostic::error("second-document", self.source.span(range), message);
            self.diagnostics.push(diagnostic.help("remove this `---`, or put what follows into a file of its own"));
        }
        Ok(())
    }

    fn count(&mut self, values: usize, range: &Range) -> Outcome {
        self.values += values;
        if self.values > VALUE_LIMIT {
            let message = format!("this file holds more than {VALUE_LIMIT} values");
            return Err(self.too_much(range, message, "split the file, and write out what aliases (`*name`) repeat"));
        }
        Ok(())
    }

    fn too_much(&self, range: &Range, message: String, help: &str) -> Box<Diagnostic> {
        let range = range.start..range.end.min(range.start + 1).max(range.start);
        Box::new(Diagnostic::error("yaml-too-large", self.source.span(range), message).help(help).blocking())
    }

    fn scalar(&mut self, text: Cow<'a, str>, style: ScalarStyle, anchor: usize, range: Range) -> Outcome {
        let values = 1 + text.len() / 64;
        self.count(values, &range)?;
        if text.len() > SCALAR_LIMIT {
            let message = format!(
                "this text is {} KiB long; {} KiB is the most that is read",
                text.len() >> 10,
                SCALAR_LIMIT >> 10
            );
            return Err(self.too_much(
                &range,
                message,
                "a sentence is meant to stand here; longer texts go into Markdown files",
            ));
        }
        let plain = style == ScalarStyle::Plain;
        let span = self.source.span(range.clone());
        let written = self.source.text.get(range).unwrap_or_default();
        // A `!` begins a tag, but nobody means one here: the text is kept as it was written.
        let text = if plain && written.starts_with('!') { Cow::Borrowed(written) } else { text };
        if plain && is_not_a_number(&text) {
            let message = format!("`{text}` is no number to compute with");
            let help = "write a number; where there is none, leave the value out";
            self.diagnostics.push(Diagnostic::error("not-a-number", span, message).help(help).blocking());
        }
        let kind =
            if plain && (text == "~" || text.is_empty()) { Kind::Empty } else { Kind::Scalar(Scalar { text, plain }) };
        self.attach(Node { span, kind }, anchor, values, 0)
    }

    fn begin(&mut self, range: Range, anchor: usize, content: Content<'a>) -> Outcome {
        if self.open.len() >= DEPTH_LIMIT {
            return Err(self.too_deep(&range));
        }
        let values_before = self.values;
        self.count(1, &range)?;
        self.open.push(Open { start: range.start, anchor, values_before, height: 0, content });
        Ok(())
    }

    fn too_deep(&self, range: &Range) -> Box<Diagnostic> {
        let message = format!("lists and mappings are nested more than {DEPTH_LIMIT} deep");
        self.too_much(range, message, "a book's files need five levels; quote the text if it was meant as one")
    }

    fn end(&mut self, range: Range) -> Outcome {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let (kind, last) = match open.content {
            Content::List(items) => {
                let last = items.last().map(|item| item.span);
                (Kind::List(items), last)
            }
            Content::Map { mut entries, in_braces, .. } => {
                self.drop_repeated_keys(&mut entries);
                let last =
                    entries.last().map(|entry| if entry.value.is_empty() { entry.key.span } else { entry.value.span });
                (Kind::Map(Map { entries, in_braces }), last)
            }
        };
        // A block's end is reported where the next line begins; its last value is where it ends for a reader.
        let own_end = self.source.span(open.start..range.end.max(open.start));
        let span = match last {
            Some(last) if range.is_empty() && last.end >= own_end.start => {
                Span { end: last.end.min(own_end.end), ..own_end }
            }
            _ => own_end,
        };
        self.attach(Node { span, kind }, open.anchor, self.values - open.values_before, open.height)
    }

    fn alias(&mut self, id: usize, range: Range) -> Outcome {
        let Some(anchored) = self.anchors.get(&id) else {
            let message = "this alias stands inside what it repeats";
            return Err(Box::new(Diagnostic::error("yaml-syntax", self.source.span(range), message).blocking()));
        };
        let (values, height) = (anchored.values, anchored.height);
        if self.open.len() + height > DEPTH_LIMIT {
            return Err(self.too_deep(&range));
        }
        if self.values + values <= VALUE_LIMIT {
            let node = anchored.node.clone();
            self.values += values;
            return self.attach(node, 0, values, height);
        }
        self.count(values, &range)
    }

    /// Puts a finished node where it belongs: into what is open, as a key, or as the whole.
    fn attach(&mut self, node: Node<'a>, anchor: usize, values: usize, height: usize) -> Outcome {
        if anchor != 0 {
            self.count(values, &self.source.range(node.span))?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), values, height });
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        open.height = open.height.max(height + 1);
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Map { entries, key, .. } => match key.take() {
                Some(key) => entries.push(Entry { key, value: node }),
                None => *key = Some(as_key(node)?),
            },
        }
        Ok(())
    }

    fn drop_repeated_keys(&mut self, entries: &mut Vec<Entry<'a>>) {
        // Most mappings are small: looking for a repeated key takes less than sorting then.
        let repeats =
            |(at, entry): (usize, &Entry<'a>)| entries[..at].iter().any(|other| other.key.value == entry.key.value);
        if entries.len() <= SMALL_MAP && !entries.iter().enumerate().any(repeats) {
            return;
        }
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by(|&a, &b| entries[a].key.value.cmp(&entries[b].key.value).then(a.cmp(&b)));
        let mut repeated: Vec<usize> = Vec::new();
        for pair in order.windows(2) {
            let (first, second) = (&entries[pair[0]].key, &entries[pair[1]].key);
            if first.value == second.value {
                let message = format!("the key `{}` stands twice in one mapping", second.value);
                let diagnostic = Diagnostic::error("duplicate-key", second.span, message).label("a second time");
                let help = "keep one of the two; a new item of a list begins with `- `";
                if repeated.len() < REPEATS_TOLD {
                    self.diagnostics.push(diagnostic.related(first.span, "first here").help(help).blocking());
                }
                repeated.push(pair[1]);
            }
        }
        repeated.sort_unstable();
        let (mut place, mut next) = (0, repeated.iter().peekable());
        entries.retain(|_| {
            place += 1;
            next.next_if(|&&repeat| repeat + 1 == place).is_none()
        });
    }

    fn explain(&self, error: &ScanError) -> Diagnostic {
        let at = error.marker().byte_offset().unwrap_or(self.source.text.len());
        let fault = match error.kind() {
            ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => Fault::Colon,
            ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => Fault::OpenQuote,
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
                Fault::BehindQuote
            }
            ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator => Fault::OpenBracket,
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart => Fault::Tab,
            ErrorKind::SimpleKeyExpected => Fault::NoColon,
            ErrorKind::UnknownQuotedScalarEscape => Fault::Backslash,
            ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::InvalidIndentation
            | ErrorKind::BlockSequenceEntryNotAllowed => Fault::Layout,
            ErrorKind::RecursionLimitExceeded => return *self.too_deep(&(at..at + 1)),
            other => Fault::Other(other.to_string()),
        };
        trap::explain(&self.source, at, fault)
    }
}

/// Returns the key that a node is: only texts are keys.
fn as_key(node: Node<'_>) -> Result<Spanned<Cow<'_, str>>, Box<Diagnostic>> {
    match node.kind {
        Kind::Scalar(scalar) => Ok(Spanned::new(scalar.text, node.span)),
        Kind::Empty => Ok(Spanned::new(Cow::Borrowed(""), node.span)),
        Kind::List(_) | Kind::Map(_) => {
            let sign = if matches!(node.kind, Kind::List(_)) { "[" } else { "{" };
            let message = format!("`{sign}` begins {} in YAML, and a key must be a word", node.name());
            let help = "put quotes around the text if it was meant as one";
            Err(Box::new(Diagnostic::error("yaml-syntax", node.span, message).help(help).blocking()))
        }
    }
}

/// Says whether a plain scalar is one of YAML's numbers that are none: `.nan`, `.inf`, `-.Inf`.
fn is_not_a_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.eq_ignore_ascii_case(".nan") || unsigned.eq_ignore_ascii_case(".inf")
}
