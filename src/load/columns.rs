//! Columns as metrics name them: by their header, or by their number.
//!
//! In: a key's value. Out: the column that it names.

use crate::diag::Diagnostic;
use crate::model::metric::Column;
use crate::source::{Span, Spanned};
use crate::yaml::{Node, Reader};

/// How columns are named in one metric.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    /// Whether they are numbers, for want of a header.
    pub(super) numbered: bool,
}

impl Columns {
    /// Returns the column that a key names.
    pub(super) fn read<'a>(self, reader: &mut Reader<'a>, node: &Node<'a>, what: &str) -> Option<Spanned<Column>> {
        let text = reader.text(node, what)?;
        self.column(reader, text.value, text.span)
    }

    /// Returns the column that a text at a place names.
    pub(super) fn column(self, reader: &mut Reader<'_>, text: &str, span: Span) -> Option<Spanned<Column>> {
        if !self.numbered {
            return Some(Spanned::new(Column::Named(text.into()), span));
        }
        let number = text.parse().ok().filter(|&number: &usize| number > 0);
        if number.is_none() {
            let message = format!("without a header, columns are numbers from 1, and `{text}` is none");
            reader.report(
                Diagnostic::error("bad-value", span, message)
                    .help("write the column's number, or remove `header: none`"),
            );
        }
        Some(Spanned::new(Column::Number(number?), span))
    }
}
