//! Aggregates: how a window's rows become one value.
//!
//! In: a key's word. Out: the aggregate that it names.

use crate::diag::{self, Diagnostic};
use crate::model::metric::Aggregate;
use crate::source::Spanned;
use crate::yaml::{Node, Reader};

/// Words that people write for aggregates, each with the right one.
const AGGREGATE_SLIPS: [(&str, &str); 9] = [
    ("average", "mean"),
    ("avg", "mean"),
    ("total", "sum"),
    ("latest", "last"),
    ("newest", "last"),
    ("minimum", "min"),
    ("maximum", "max"),
    ("number", "count"),
    ("percentile", "p90"),
];

/// Returns the aggregate that a key names.
pub(super) fn aggregate<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Spanned<Aggregate>> {
    let text = reader.text(node, "`aggregate`")?;
    let word = text.value.to_lowercase();
    let found = Aggregate::named(&word);
    if found.is_none() {
        let message = format!("`{}` is no aggregate", text.value);
        let slip = AGGREGATE_SLIPS.iter().find(|(wrong, _)| *wrong == word).map(|(_, right)| *right);
        let names = Aggregate::NAMED.into_iter().map(|(name, _)| name).chain(["median"]);
        let help = match slip.or_else(|| diag::nearest(&word, names)) {
            Some(right) => format!("write `{right}`"),
            None => "write `last`, `mean`, `median`, `sum`, `min`, `max`, `count` or a percentile such as `p90`".into(),
        };
        let diagnostic = Diagnostic::error("bad-value", text.span, message);
        reader.report(diagnostic.label("no way to make one value of a window's rows").help(help));
    }
    Some(Spanned::new(found?, text.span))
}
