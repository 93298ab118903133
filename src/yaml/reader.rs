//! Reading a tree: which keys a mapping has, which it should have, and what else stands in it.
//!
//! In: nodes. Out: their parts, and diagnostics for keys that nobody knows. Reports every fault it meets and goes on.

use std::ops::Range;

use super::{Entry, Kind, Map, Node, Shape, Text, trap};
use crate::diag::{Diagnostic, Link, Place};
use crate::source::Span;

/// Faults of one file that are told one by one.
const FAULTS_TOLD: usize = 200;

/// How many of the last faults are looked at for one about the same text.
const NEIGHBOURS: usize = 8;

/// Collects what is wrong while a text's tree is read.
#[derive(Debug)]
pub struct Reader<'a> {
    source: Text<'a>,
    diagnostics: Vec<Diagnostic>,
    faults: usize,
}

/// A mapping whose keys are looked up one by one.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'n, 'a> {
    map: &'n Map<'a>,
    shape: Shape,
    /// The whole mapping.
    pub span: Span,
}

impl<'a> Reader<'a> {
    /// Returns a reader of one text.
    #[must_use]
    pub const fn new(source: Text<'a>) -> Self {
        Self { source, diagnostics: Vec::new(), faults: 0 }
    }

    /// Returns the text that is read.
    #[must_use]
    pub const fn source(&self) -> &Text<'a> {
        &self.source
    }

    /// Adds what is wrong, unless so much is wrong already that nobody will read it.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.report_with(|| diagnostic);
    }

    /// Adds what is wrong; help that takes long to find is sought only where it will be read.
    pub fn report_with(&mut self, fault: impl FnOnce() -> Diagnostic) {
        self.faults += 1;
        if self.faults <= FAULTS_TOLD {
            self.diagnostics.push(fault());
        }
    }

    /// Says of the unknown keys that were just found in a mapping that nobody can judge the mapping while they stand.
    pub fn spoils(&mut self, span: Span) {
        for diagnostic in self.diagnostics.iter_mut().rev().take(NEIGHBOURS) {
            let Place::Text(place) = &diagnostic.place else { continue };
            if diagnostic.code == "unknown-key" && (span.start..span.end).contains(&place.start) {
                diagnostic.link = Link::Spoils(span);
            }
        }
    }

    /// Says whether a fault of one of these codes begins in the span or right behind it.
    #[must_use]
    pub fn tells_of(&self, span: Span, codes: &[&str]) -> bool {
        self.diagnostics.iter().rev().take(NEIGHBOURS).any(|diagnostic| {
            let Place::Text(place) = &diagnostic.place else { return false };
            codes.contains(&diagnostic.code) && (span.start..=span.end + 2).contains(&place.start)
        })
    }

    /// Returns all that was wrong.
    #[must_use]
    pub fn finish(mut self) -> Vec<Diagnostic> {
        if let Some(more) = self.faults.checked_sub(FAULTS_TOLD).filter(|&more| more > 0) {
            let message = format!("this file has {more} more faults");
            let diagnostic = Diagnostic::error("more-faults", self.source.span(0..0), message);
            self.diagnostics.push(diagnostic.help("mend the first ones, and these are told"));
        }
        self.diagnostics
    }

    /// Returns the mapping's fields and reports keys that the shape doesn't know.
    pub fn fields<'n>(&mut self, node: &'n Node<'a>, shape: Shape) -> Option<Fields<'n, 'a>> {
        self.fields_but(node, shape, |_, _| false)
    }

    /// Returns the mapping's fields; unknown keys that `other` doesn't take care of are reported.
    pub fn fields_but<'n>(
        &mut self,
        node: &'n Node<'a>,
        shape: Shape,
        mut other: impl FnMut(&mut Self, &Entry<'a>) -> bool,
    ) -> Option<Fields<'n, 'a>> {
        let Kind::Map(map) = &node.kind else {
            self.wrong_kind(node, &format!("{} is a mapping of keys", shape.what));
            return None;
        };
        for entry in &map.entries {
            if !shape.has(&entry.key.value) && !other(self, entry) {
                if self.faults >= FAULTS_TOLD {
                    self.faults += 1;
                    continue;
                }
                let diagnostic = self.unknown_key(map, entry, shape);
                self.report(diagnostic);
            }
        }
        Some(Fields { map, shape, span: node.span })
    }

    fn unknown_key(&self, map: &Map<'a>, entry: &Entry<'a>, shape: Shape) -> Diagnostic {
        let key = &*entry.key.value;
        let diagnostic = |message: String| Diagnostic::error("unknown-key", entry.key.span, message);
        if map.in_braces && entry.value.is_empty() {
            let help = "quote the text: inside `{ }` a comma begins the next key";
            return diagnostic(format!("`{key}` stands behind a comma and is read as a key"))
                .label("cut off here")
                .help(help);
        }
        if key == "<<" {
            let help = "write the keys out, or repeat a whole value with an alias (`key: *name`)";
            return diagnostic("merge keys (`<<`) are not read".to_owned()).help(help);
        }
        let diagnostic = diagnostic(format!("{} has no key `{key}`", shape.what));
        match shape.right(key) {
            Some(right) => diagnostic.label("unknown").propose(right),
            None => diagnostic
                .label("unknown")
                .help(format!("it may have {}", list_words(&shape.names().collect::<Vec<_>>()))),
        }
    }

    /// Reports that a node is not what belongs there.
    pub fn wrong_kind(&mut self, node: &Node<'a>, expected: &str) {
        let found = node.name();
        let diagnostic =
            Diagnostic::error("wrong-kind", self.first_line(node.span), format!("{expected}, but here is {found}"));
        let diagnostic = match self.unintended(node) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        };
        self.report(diagnostic);
    }

    /// Returns the cure where a text was meant and YAML made something else of it.
    pub(super) fn unintended(&self, node: &Node<'a>) -> Option<String> {
        let written = self.source.at(node.span);
        let line = written.lines().next().unwrap_or_default();
        match &node.kind {
            Kind::Map(map) if map.in_braces => Some(format!("quote it if it is a text: {}", trap::quote(line))),
            Kind::Map(map) if map.entries.first()?.key.value.contains(' ') => {
                Some(format!("a colon inside the text made a key of its beginning; quote it: {}", trap::quote(line)))
            }
            Kind::List(_) if written.starts_with('[') => {
                Some(format!("quote it if it is a text: {}", trap::quote(line)))
            }
            Kind::List(_) if self.is_behind_dash(node.span) => {
                let item = line.strip_prefix("- ").unwrap_or(line).trim_start_matches([' ', '-']);
                Some(format!("two dashes make a list in a list; one begins an item: `- {item}`"))
            }
            _ => None,
        }
    }

    /// Says whether nothing but a list's dash stands before a place in its line.
    fn is_behind_dash(&self, span: Span) -> bool {
        let before = self.source.before(span);
        let line = before.trim_end_matches(['-', ' ']);
        (line.is_empty() || line.ends_with(['\n', '\r'])) && before[line.len()..].contains('-')
    }

    /// Returns where a part of a scalar's text stands; the whole scalar where escapes or line breaks moved its bytes.
    #[must_use]
    pub fn part(&self, span: Span, text: &str, range: Range<usize>) -> Span {
        span.part_of_text(self.source.at(span), text, range)
    }

    /// Returns the part of the span that stands on its first line: carets under whole blocks say little.
    #[must_use]
    pub fn first_line(&self, span: Span) -> Span {
        let length = self.source.at(span).lines().next().map_or(0, |line| line.trim_end().len());
        span.part(0..length)
    }
}

impl<'n, 'a> Fields<'n, 'a> {
    /// Returns the name of the key behind which the mapping stands, without marks.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.shape.what.trim_matches('`')
    }

    /// Returns the value of a key that the shape knows; nothing where it is absent, empty or null.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'n Node<'a>> {
        self.entry(key).map(|entry| &entry.value).filter(|node| !node.is_absent())
    }

    /// Returns the entry of a key that the shape knows, even where it has no value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&'n Entry<'a>> {
        debug_assert!(self.shape.has(key), "internal: `{key}` is read but not listed");
        #[cfg(test)]
        super::asked::note(self.shape.name, key);
        self.map.entries.iter().find(|entry| entry.key.value == key)
    }

    /// Returns the value under a key that nobody knows and that was meant as this one, which isn't there; its name is
    /// reported.
    #[must_use]
    pub fn meant(&self, key: &str) -> Option<&'n Node<'a>> {
        let is_meant =
            |entry: &&Entry<'a>| !self.shape.has(&entry.key.value) && self.shape.right(&entry.key.value) == Some(key);
        let entry = if self.entry(key).is_some() { None } else { self.map.entries.iter().find(is_meant) };
        entry.map(|entry| &entry.value).filter(|node| !node.is_absent())
    }

    /// Says whether a key is a slip of one of these.
    #[must_use]
    pub fn has_slip_of(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.meant(key).is_some())
    }

    /// Returns all entries in the file's order.
    #[must_use]
    pub fn entries(&self) -> &'n [Entry<'a>] {
        &self.map.entries
    }
}

/// Returns words as a sentence lists them: `a`, `b` and `c`.
#[must_use]
pub(super) fn list_words(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [only] => format!("`{only}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} and `{last}`", first.join(", "))
        }
    }
}
