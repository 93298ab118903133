//! Exports of one metric with the same header: what their cells tell together where those of one leave it open.
//!
//! In: the exports of a group, and one column of one of them. Out: which of day and month comes first in it, as tools write
//! it alike in each week's file. Other exports are opened only where one alone can't tell, once for all that ask.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::Columns;
use super::evidence::OrderEvidence;
use crate::metrics::cells::civil::Order;
use crate::metrics::split::dialect::detect;
use crate::metrics::split::encoding::Text;
use crate::model::metric::{Dialect, RowQuery};
use crate::read::Binary;

/// The paths of exports, a header, and a column's place in it.
type Asked = (Vec<Arc<str>>, Option<Vec<String>>, usize);

/// The exports that one group of metrics reads.
pub(in crate::metrics) struct Siblings<'a> {
    /// Sorted by path.
    files: &'a [&'a Binary],
    known: RefCell<BTreeMap<Asked, Option<Order>>>,
}

impl<'a> Siblings<'a> {
    /// Returns exports, sorted by path, before anything was asked.
    pub(in crate::metrics) const fn of(files: &'a [&'a Binary]) -> Self {
        Self { files, known: RefCell::new(BTreeMap::new()) }
    }

    /// Returns which of day and month comes first in a column, by the cells of all exports of a query that have the same
    /// header; nothing where they don't tell.
    pub(in crate::metrics) fn order(&self, query: &RowQuery, columns: &Columns<'_>, column: usize) -> Option<Order> {
        if query.files.len() < 2 {
            return None;
        }
        let asked = (query.files.clone(), columns.shape.header.clone(), column);
        if let Some(known) = self.known.borrow().get(&asked) {
            return *known;
        }
        let mut seen = OrderEvidence::default();
        let wanted = query.files.iter().filter_map(|path| {
            let place = self.files.binary_search_by(|file| file.path.cmp(path)).ok()?;
            self.files.get(place)
        });
        for file in wanted {
            seen.extend(of_file(file, &query.dialect, &asked).unwrap_or_default());
        }
        let order = seen.verdict().ok().flatten();
        self.known.borrow_mut().insert(asked, order);
        order
    }
}

/// Returns what a column tells in one export; nothing where the header is another, or where the export can't be read, which
/// is told where it is read.
fn of_file(file: &Binary, dialect: &Dialect, (_, header, column): &Asked) -> Option<OrderEvidence> {
    let mut text = Text::open(file.open().ok()?, None).ok()?;
    let (sample, complete) = text.sample().ok()?;
    let shape = detect(&sample, complete, dialect).ok()?;
    (shape.header == *header).then(|| Columns::new(&file.path, &shape, &sample).order_evidence(*column).0)
}
