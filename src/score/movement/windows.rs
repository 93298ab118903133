//! Placebo windows: how many earlier windows of the same length moved as much, with no such goal.
//!
//! The idea is that of placebo tests in time (Abadie, Diamond and Hainmueller 2010, "Synthetic control methods for
//! comparative case studies"): the change is held against all changes that the same metric showed anyway. Windows overlap,
//! so their share is a share of windows and no chance. Where they are few for how far they overlap, the largest of one
//! way alone is too often exceeded by chance (15 % of quarters of means, with one year of history), and windows that moved
//! as much either way count.

use super::asked::{Asked, Judged, SAME};
use crate::model::movement::{Basis, Windows};

/// Windows without which a share of 5 % says nothing.
const FEWEST: usize = 20;
/// One window in so many may have moved as much.
const ONE_IN: usize = 20;
/// Windows for each one that sees the same days, below which either way counts.
const FEW: usize = 6;

/// Returns the verdict by earlier windows; nothing where there is less than a year of them.
pub(super) fn judge(asked: &Asked<'_>, change: f64) -> Option<Judged> {
    if !asked.may_have_a_free_year() || !has_readings(asked) {
        return None;
    }
    let earlier = asked.earlier_changes();
    let overlap = usize::try_from(asked.overlap()).unwrap_or(1);
    // A year of history is one in which nobody aimed at the metric.
    if earlier.iter().flatten().count() < asked.windows_of_a_free_year() {
        return None;
    }
    let seasonal = if asked.has_years(2) { less_a_year_before(asked, change, &earlier) } else { None };
    let is_seasonal = seasonal.is_some();
    let (change, earlier) = seasonal.unwrap_or_else(|| (change, earlier.into_iter().flatten().collect()));
    let found = compare(change, &earlier, overlap)?;
    let windows = Windows {
        days: asked.days(),
        windows: u32::try_from(earlier.len()).unwrap_or(u32::MAX),
        as_large: u32::try_from(found.as_large).unwrap_or(u32::MAX),
        either_way: found.either_way,
        seasonal: is_seasonal,
    };
    Some(Judged::told(found.is_unusual, change, found.usual, Basis::Windows(windows)))
}

/// Says whether enough days have a value: one that is read twice a year makes hundreds of windows and no measure.
fn has_readings(asked: &Asked<'_>) -> bool {
    let Some(start) = asked.first_day() else { return false };
    let days = crate::model::calendar::Window { start, end: asked.before.end };
    asked.is_flow() || asked.evidence.days_with_data(days) >= FEWEST
}

/// How a change compares with earlier ones.
struct Compared {
    as_large: usize,
    either_way: bool,
    is_unusual: bool,
    usual: f64,
}

/// Compares a change with those of earlier windows, of which so many in a row see some of the same days; nothing where they
/// are too few.
fn compare(change: f64, earlier: &[f64], overlap: usize) -> Option<Compared> {
    if earlier.len() < FEWEST {
        return None;
    }
    let either_way = earlier.len() < FEW * overlap;
    let way = if change < 0.0 { -1.0 } else { 1.0 };
    let mut sizes: Vec<f64> = earlier.iter().map(|known| if either_way { known.abs() } else { known * way }).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let own = change.abs() * (1.0 - SAME);
    let as_large = sizes.partition_point(|size| *size >= own);
    let usual = sizes.get(earlier.len() / ONE_IN).copied().unwrap_or_default().max(0.0);
    Some(Compared { as_large, either_way, is_unusual: as_large * ONE_IN <= earlier.len(), usual })
}

/// Returns the change and the earlier ones less what the same days a year before did, where that makes the earlier ones
/// vary less: then the metric has a season.
fn less_a_year_before(asked: &Asked<'_>, change: f64, earlier: &[Option<f64>]) -> Option<(f64, Vec<f64>)> {
    let year = asked.windows_of_a_year()?;
    let a_year_before = earlier.get(year.checked_sub(asked.windows_to_earlier())?).copied().flatten()?;
    let pairs = earlier.iter().zip(earlier.get(year..)?);
    let pairs: Vec<(f64, f64)> = pairs.filter_map(|(own, before)| Some(((*own)?, (*own)? - (*before)?))).collect();
    let squares = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).map(|change| change * change).sum::<f64>();
    let varies_less = squares(|pair| pair.1) < squares(|pair| pair.0);
    let is_seasonal = pairs.len() >= FEWEST && varies_less;
    is_seasonal.then(|| (change - a_year_before, pairs.into_iter().map(|pair| pair.1).collect()))
}
