//! How the cells of a column are written: which of day and month comes first, and what stands before decimals.
//!
//! In: the cells of the sample. Out: what they tell, or a diagnostic where they leave it open.

use super::columns::{Columns, LOOK_AT};
use super::evidence::{DecimalEvidence, OrderEvidence};
use crate::diag::{Diagnostic, LinePlace, Place};
use crate::metrics::cells::civil::Order;
use crate::metrics::cells::date::{self, Rules, looks_like_date};
use crate::metrics::cells::number::{Decimals, Evidence, currency, evidence};
use crate::metrics::read::faults::place;

/// From how many numbers like `1,251` on, in an export whose cells commas part, the comma can only part thousands.
const GROUPED: usize = 8;

/// The same, where smaller numbers stand beside them without it.
const FEW_GROUPED: usize = 4;

impl Columns<'_> {
    /// Returns which of day and month comes first in a column, where its cells leave that open one by one.
    pub(in crate::metrics) fn order(&self, column: usize, rules: &Rules) -> Result<Option<Order>, Diagnostic> {
        if rules.format.is_some() {
            return Ok(None);
        }
        self.known.order(column, || self.find_order(column))
    }

    /// Returns what a column's cells tell about the order of day and month, and the place of the first that may tell.
    pub(super) fn order_evidence(&self, column: usize) -> (OrderEvidence, Option<LinePlace>) {
        let mut seen = OrderEvidence::default();
        let mut example = None;
        let mut looked = 0;
        self.each(|record| {
            looked += 1;
            if let Some((numbers, digits)) = date::triple(record.bytes(column)) {
                seen.add(numbers, digits);
                example.get_or_insert_with(|| place(self.path, record, column));
            }
            // A column whose dates are plain needn't be looked at to the end.
            looked < LOOK_AT || seen.cells > 0
        });
        (seen, example)
    }

    fn find_order(&self, column: usize) -> Result<Option<Order>, Diagnostic> {
        let (seen, example) = self.order_evidence(column);
        let (message, label) = match (seen.verdict(), &example) {
            (Ok(order), _) => return Ok(order),
            (Err(true), _) => ("the dates of this column contradict each other", "day and month stand in both orders"),
            (Err(false), _) => ("nothing tells day from month in this column", "it may be read in two ways"),
        };
        let place = example.map_or_else(|| Place::File(self.path.clone()), Place::from);
        let help = "set `date_format` in the metric's definition: `D/M/YYYY` or `M/D/YYYY` (for two-digit years `D/M/YY`, `M/D/YY` or `YY/M/D`)";
        Err(Diagnostic::error("ambiguous-date", place, message).label(label).help(help))
    }

    /// Returns what stands before decimals in a column: by its own cells, else by those of other columns.
    pub(in crate::metrics) fn decimals(&self, column: usize) -> Result<Decimals, Diagnostic> {
        self.known.decimals(column, || self.find_decimals(column))
    }

    fn find_decimals(&self, column: usize) -> Result<Decimals, Diagnostic> {
        let mut own = DecimalEvidence::default();
        let mut others = DecimalEvidence::default();
        let mut example = None;
        let mut looked = 0;
        let comma_separated = self.shape.layout.delimiter == b',';
        self.each(|record| {
            looked += 1;
            let before = own;
            own.add(evidence(record.bytes(column)));
            // Where commas part the cells, `1.250` can only be a decimal point until a comma says otherwise.
            let point_is_plain = comma_separated && own.commas + own.either_commas == 0;
            if point_is_plain {
                return looked < LOOK_AT;
            }
            if own.either() > before.either() {
                example.get_or_insert_with(|| place(self.path, record, column));
            }
            if own.either() > 0 && own.points + own.commas == 0 {
                (0..self.shape.width).filter(|&other| other != column).for_each(|other| {
                    others.add(evidence(record.bytes(other)));
                });
            }
            looked < LOOK_AT || own.points == 0 || own.either_commas > 0
        });
        let message = match (own.points > 0, own.commas > 0) {
            (true, false) => return Ok(Decimals::Point),
            (false, true) => return Ok(Decimals::Comma),
            (true, true) => "the numbers of this column contradict each other: points and commas stand before decimals",
            (false, false) if own.either_commas == 0 && (own.either_points == 0 || comma_separated) => {
                return Ok(Decimals::Unknown { point_is_safe: comma_separated });
            }
            (false, false) => match (others.points > 0, others.commas > 0) {
                (true, false) => return Ok(Decimals::Point),
                (false, true) => return Ok(Decimals::Comma),
                // Who writes a comma before decimals seldom parts cells with it, and never has three decimals everywhere.
                _ if comma_separated && own.either_points == 0 && own.either_commas >= GROUPED => {
                    return Ok(Decimals::Point);
                }
                _ if own.either_commas == 0 && self.parts_thousands(column) => return Ok(Decimals::Comma),
                _ if own.either_points == 0 && self.parts_thousands(column) => return Ok(Decimals::Point),
                _ if own.either_points == 0 && self.is_continental() => return Ok(Decimals::Comma),
                _ => "nothing tells thousands from decimals in this column",
            },
        };
        let place = example.map_or_else(|| Place::File(self.path.clone()), Place::from);
        let help = "set `decimal: \".\"` or `decimal: \",\"` in the metric's definition";
        Err(Diagnostic::error("ambiguous-number", place, message).label("it may be read in two ways").help(help))
    }

    /// Says whether what stands in a column's numbers can only part thousands, though each may be read in two ways: smaller
    /// numbers stand beside them without it and none of a thousand does, or all are money, which has no three decimals.
    fn parts_thousands(&self, column: usize) -> bool {
        let (mut grouped, mut of_money, mut hundreds, mut has_plain_thousands) = (0, 0, 0, false);
        for record in self.head() {
            let cell = record.bytes(column);
            match evidence(cell) {
                Evidence::EitherPoint | Evidence::EitherComma => {
                    grouped += 1;
                    of_money += usize::from(currency(cell).is_some());
                }
                Evidence::Neutral => match cell.iter().filter(|byte| byte.is_ascii_digit()).count() {
                    3 => hundreds += 1,
                    4.. => has_plain_thousands = true,
                    _ => {}
                },
                _ => {}
            }
        }
        !has_plain_thousands && (of_money == grouped || hundreds > 0 && grouped >= FEW_GROUPED)
    }

    /// Says whether an export is written as on the European continent: cells are parted by semicolons, as a comma stands before
    /// decimals, and dates have points.
    fn is_continental(&self) -> bool {
        let has_points = |cell: &[u8]| looks_like_date(cell) && cell.iter().filter(|byte| **byte == b'.').count() == 2;
        self.shape.layout.delimiter == b';'
            && self.head().any(|record| (0..self.shape.width).any(|column| has_points(record.bytes(column))))
    }
}
