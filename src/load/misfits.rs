//! Keys that don't fit: in the wrong place, or two that can't both be there.
//!
//! In: keys with their places. Out: diagnostics. Never reads a value.

use crate::diag::Diagnostic;
use crate::source::Span;
use crate::yaml::{Entry, Fields, Node, Reader, Shape};

/// Reports a key that stands in the wrong place, and says whether it is one of the shape's.
pub(super) fn misplaced<'a>(reader: &mut Reader<'a>, entry: &Entry<'a>, shape: &Shape, owner: &str) -> bool {
    let key = &*entry.key.value;
    let known = shape.has(key);
    if known {
        let message = format!("`{key}` belongs to {owner}, not here");
        let diagnostic = Diagnostic::error("misplaced-key", entry.key.span, message);
        reader.report(
            diagnostic.help(format!("move it to {owner}: the column in which a key begins says what it belongs to")),
        );
    }
    known
}

/// Returns the value of a key without which nothing else of a mapping can be told, even where its name is a slip: that is
/// told once, and what it makes be missing isn't.
pub(super) fn value<'n, 'a>(reader: &mut Reader<'a>, fields: Fields<'n, 'a>, key: &str) -> Option<&'n Node<'a>> {
    let value = fields.get(key);
    if value.is_some() {
        return value;
    }
    let meant = fields.meant(key)?;
    let message = format!("{} has no `{key}`", fields.name());
    reader.report(Diagnostic::error("missing-key", reader.first_line(fields.span), message).following());
    Some(meant)
}

/// Reports two keys that can't both be there.
pub(super) fn clash(reader: &mut Reader<'_>, first: Span, second: Span, message: &str, help: &str) {
    let diagnostic = Diagnostic::error("contradiction", second, message.to_owned()).related(first, "the other one");
    reader.report(diagnostic.help(help));
}
