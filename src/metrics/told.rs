//! What is wrong with all that one metric asks of its exports, in words.
//!
//! In: a metric and why its rows give no value. Out: a diagnostic.

use std::collections::BTreeMap;

use super::cells::marks;
use super::keep::series::Clash;
use super::read::faults::quoted;
use super::read::texts::ColumnTexts;
use super::read::tracker::Tracker;
use super::understand::resolve::{Asked, name_of, place_of};
use crate::diag::{Diagnostic, Place};
use crate::model::calendar::Day;
use crate::model::grain::Grain;
use crate::model::metric::{Aggregate, Column, Metric, RowQuery, Test};
use crate::model::quantity::Unit;
use crate::model::series::DaySeries;
use crate::source::Spanned;

/// Returns the texts that a query's conditions ask for, in their order.
pub(super) fn sought(rows: &RowQuery) -> impl Iterator<Item = (&Spanned<Column>, &str)> {
    rows.filter.iter().flat_map(|condition| {
        let texts = match &condition.test {
            Test::OneOf(texts) => texts.as_slice(),
            Test::Range { .. } => &[],
        };
        texts.iter().map(|text| (&condition.column, text.trim()))
    })
}

/// Says that a condition counts nothing, because the export writes its text otherwise.
pub(super) fn misspelt_condition(column: &Spanned<Column>, text: &str, near: &str) -> Diagnostic {
    let name = name_of(&column.value);
    let message = format!("no cell of {name} is {}, but some are {}", quoted(text), quoted(near));
    let help = format!("write it as the export does: `\"{near}\"`");
    Diagnostic::error("misspelt-condition", column, message).label("counts no row").help(help)
}

/// Returns the conditions whose texts stand nowhere in their columns, nor belong there: they would count nothing, and that
/// would look like good news.
pub(super) fn unmet_conditions(rows: &RowQuery, tracker: &Tracker) -> Vec<Diagnostic> {
    let mut sought = tracker.sought.iter();
    let mut unmet = Vec::new();
    for (at, condition) in rows.filter.iter().enumerate() {
        let Test::OneOf(asked) = &condition.test else { continue };
        let is_met = sought.by_ref().take(asked.len()).filter(|one| one.is_met()).count() > 0;
        let Some(texts) = tracker.texts.get(&at).filter(|_| !is_met) else { continue };
        if !asked.iter().any(|text| texts.would_hold(text.trim())) {
            unmet.push(unmet_condition(&condition.column, asked, texts));
        }
    }
    unmet
}

/// Says that a metric's amounts are in several currencies, or in another one than the metric.
pub(super) fn wrong_money(metric: &Metric, tracker: &Tracker) -> Option<Diagnostic> {
    // `usd`, `USD` and `$` are one currency; the export's own spelling is what a condition must have.
    let mut codes: Vec<&str> = Vec::new();
    let is_one = |a: &str, b: &str| {
        a.eq_ignore_ascii_case(b) || marks::named(a).zip(marks::named(b)).is_some_and(|(a, b)| marks::may_be_one(a, b))
    };
    for text in tracker.currencies.iter() {
        if !codes.iter().any(|known| is_one(known, text)) {
            codes.push(text);
        }
    }
    let unit = metric.unit.as_ref();
    match (codes.as_slice(), unit.map(|unit| &unit.value)) {
        ([_, _, ..], Some(Unit::Money(_))) if metric.states_its_unit() => None,
        ([first, second, ..], _) => {
            let more = match codes.len() {
                2 => String::new(),
                count => format!(" and {} more", count - 2),
            };
            let message = format!("the amounts of {} are in several currencies: {first}, {second}{more}", metric.id);
            let help = one_currency(&codes, unit.map(|unit| &unit.value), tracker.currency_column.as_deref());
            let diagnostic = Diagnostic::error("several-currencies", place_of(metric), message);
            Some(diagnostic.label("amounts of several currencies are no sum").help(help))
        }
        ([code], Some(Unit::Money(own))) => {
            let contradicts = !marks::may_be_one(marks::named(code)?, marks::named(own)?);
            let message = format!("the amounts of {} are in {code}, and it counts in {own}", metric.id);
            let help = "write the goal in the export's currency, or export converted amounts";
            contradicts.then(|| Diagnostic::error("other-currency", place_of(metric), message).help(help))
        }
        _ => None,
    }
}

/// Says how amounts of several currencies become a sum: of those in the metric's own, where there are any.
fn one_currency(codes: &[&str], unit: Option<&Unit>, column: Option<&str>) -> String {
    let own = match unit {
        Some(Unit::Money(own)) => marks::named(own),
        _ => None,
    };
    let is_own = |code: &&&str| own.zip(marks::named(code)).is_some_and(|(own, code)| marks::may_be_one(code, own));
    match (column, codes.iter().find(is_own).or(codes.first().filter(|_| own.is_none()))) {
        (Some(column), Some(code)) => {
            format!("choose one, as in `where: {{ {column}: {code} }}`, or read a column of converted amounts")
        }
        _ => "read a column of amounts that are all converted into one currency".to_owned(),
    }
}

fn unmet_condition(column: &Spanned<Column>, asked: &[String], texts: &ColumnTexts) -> Diagnostic {
    const SHOWN: usize = 8;
    let name = name_of(&column.value);
    let asked: Vec<String> = asked.iter().take(SHOWN).map(|text| quoted(text.trim())).collect();
    let message = format!("no cell of {name} is {}", asked.join(" or "));
    let more = if texts.iter().count() > SHOWN { ", …" } else { "" };
    let there: Vec<String> = texts.iter().take(SHOWN).map(quoted).collect();
    let help = format!("choose among what stands there: {}{more}", there.join(", "));
    Diagnostic::error("unmet-condition", column, message).label("counts no row, which is no good news").help(help)
}

/// Says that rows of a longer period stand among rows of its days, so that these would count twice; values that are one of
/// the rows' count none twice.
pub(super) fn mixed_periods(
    asked: Asked<'_>,
    periods: &BTreeMap<Day, (Grain, Day, Day)>,
    series: &[DaySeries],
) -> Option<Diagnostic> {
    if matches!(asked.metric.aggregate, Aggregate::Last | Aggregate::Min | Aggregate::Max) {
        return None;
    }
    let holds_others = |(kept_on, (_, first, last)): &(&Day, &(Grain, Day, Day))| {
        let [first, end] = [*first, last.plus(1)].map(|day| i64::from(day.number()));
        series.iter().any(|one| {
            let mut has_others = false;
            let inside = one.days.lower_bound(first)..one.days.lower_bound(end);
            one.days.each(inside, |day| has_others |= day != i64::from(kept_on.number()));
            has_others
        })
    };
    let (_, (grain, first, last)) = periods.iter().find(holds_others)?;
    let (id, grain) = (&asked.metric.id, grain.name());
    let message = format!("{id} has rows of days and one of a whole {grain} that holds them, {first} to {last}");
    let help = format!(
        "leave out the rows of each {grain}, which are sums of the others: export without subtotals, or choose rows with `where:`"
    );
    let diagnostic = Diagnostic::error("mixed-periods", place_of(asked.metric), message);
    Some(diagnostic.label("counts what happened twice").help(help))
}

/// Says why a metric can't be measured from its rows.
pub(super) fn clashing(clash: Clash, at: Place, asked: Asked<'_>, texts: &[String]) -> Diagnostic {
    let id = &asked.metric.id;
    let diagnostic = match clash {
        Clash::Instant(lines) => {
            let what = match lines {
                Some((first, second)) => format!("lines {first} and {second} have one instant and two values"),
                None => "this row has the instant of an earlier row and another value".to_owned(),
            };
            let split = match texts {
                [] => "`split: COLUMN`".to_owned(),
                texts => format!("`split:` (with {})", texts.iter().take(6).cloned().collect::<Vec<_>>().join(", ")),
            };
            let help = format!(
                "keep the series apart with {split}, choose one with `where:`, or add them up with `aggregate: sum`"
            );
            let message =
                format!("{what}, so that \"{}\" of the metric {id} can't be told", asked.metric.aggregate.name());
            Diagnostic::error("duplicate-instant", at, message).help(help)
        }
        Clash::Series => {
            Diagnostic::error("too-many-series", at, format!("the metric {id} has more than 20,000 series"))
                .help("split by a column with fewer values")
        }
        Clash::Days => {
            Diagnostic::error("too-many-days", at, format!("the metric {id} has more than 1,000,000 days of series"))
                .help("split by a column with fewer values, or choose rows with `where:`")
        }
        Clash::TooLarge(line) => {
            let message = match line {
                Some(line) => format!("values of the metric {id} are too large to compute with from line {line} on"),
                None => format!("a sum of the metric {id} is too large to compute with"),
            };
            Diagnostic::error("too-large", at, message)
                .help("export it in a larger unit, such as millions; numbers go up to 28 digits")
        }
    };
    match (&diagnostic.place, place_of(asked.metric)) {
        (Place::Line(_) | Place::File(_), defined @ Place::Text(_)) => diagnostic.related(defined, "this metric"),
        _ => diagnostic,
    }
}
