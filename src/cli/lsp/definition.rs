//! Where a metric is defined.

use okrbook::model::metric::MetricPlace;
use serde_json::Value;

use super::desk::Desk;
use super::place::{At, Lines, Stretch};
use super::{protocol, tree};

/// Returns where the metric is defined that is named at a place: its definition, else its export.
pub(super) fn at(desk: &Desk<'_>, address: &str, at: At) -> Option<Value> {
    let document = desk.document(address)?;
    let home = document.home.as_ref()?;
    let found = tree::at(&home.path, &document.text, Lines::of(&document.text).byte(at))?;
    let (book, sources) = desk.book(home)?;
    let metric = book.plan.metrics.values().find(|metric| metric.id.as_str() == found.text)?;
    let (path, stretch) = match &metric.place {
        MetricPlace::Defined(span) => {
            let file = sources.get(span.file);
            (&*file.path, Lines::of(&file.text).stretch(span.range()))
        }
        MetricPlace::Export(path) => (&**path, Stretch::default()),
    };
    protocol::location(&desk.address(&home.root, path), stretch)
}
