//! Books of one key result, and histories in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::hash::Digest;
use crate::model::calendar::{Calendar, Day, Quarter, Window};
use crate::model::folder::Folder;
use crate::model::goal::{Bound, Gain, GainKind, Goal, Hold, Judge, Move, Side, Target};
use crate::model::history::{FileEvidence, Measurement, Point, Receipt, Tally};
use crate::model::ids::{CycleId, Slug};
use crate::model::ledger::Ledger;
use crate::model::metric::{Aggregate, Cadence, Metric, MetricPlace, Query, RowQuery};
use crate::model::plan::{Ambition, Guardrail, KeyResult, Objective, Pace, Plan, QuarterPlan, TeamPlan};
use crate::model::quantity::{Number, Per, Quantity, TimeUnit, Unit};
use crate::model::scorecard::{Aims, KeyResultScore, ObjectiveScore};
use crate::score::book::{Book, Moment};
use crate::score::evidence::Evidence;
use crate::score::{Policy, team_score};
use crate::source::{FileId, Sources, Span, Spanned};

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

pub(super) fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

pub(super) fn slug(text: &str) -> Slug {
    Slug::new(text).expect("a slug")
}

/// Reads `8/quarter`, `2 h`, `99.7 %`, `0.12 USD`, `30`.
pub(super) fn quantity(text: &str) -> Quantity {
    let (text, per) = text.split_once('/').map_or((text, None), |(text, per)| (text, Some(per)));
    let (digits, unit) = text.split_once(' ').unwrap_or((text, ""));
    let per = per.map(|per| match per {
        "day" => Per::Time(TimeUnit::Day),
        "week" => Per::Time(TimeUnit::Week),
        "month" => Per::Time(TimeUnit::Month),
        "quarter" => Per::Time(TimeUnit::Quarter),
        thing => Per::Thing(thing.into()),
    });
    Quantity { number: number(digits), unit: unit_of(unit), per }
}

pub(super) fn unit_of(text: &str) -> Unit {
    match text {
        "" => Unit::Count,
        "%" => Unit::Percent,
        "points" => Unit::Points,
        "s" => Unit::Duration(TimeUnit::Second),
        "min" => Unit::Duration(TimeUnit::Minute),
        "h" => Unit::Duration(TimeUnit::Hour),
        "d" => Unit::Duration(TimeUnit::Day),
        "USD" => Unit::Money("USD".into()),
        name => Unit::Named(name.into()),
    }
}

pub(super) fn move_goal(from: &str, to: &str) -> Goal {
    Goal::Move(Move { from: quantity(from), to: quantity(to) })
}

pub(super) fn target_goal(to: &str) -> Goal {
    Goal::Target(Target { to: quantity(to), better: None })
}

pub(super) fn gain_goal(by: &str) -> Goal {
    Goal::Gain(Gain { by: quantity(by), kind: GainKind::Absolute, from: None })
}

pub(super) fn relative_goal(by: &str) -> Goal {
    Goal::Gain(Gain { by: quantity(by), kind: GainKind::Relative, from: None })
}

/// Reads `< 60 s`, `<= 2 %`, `> 5/quarter`, `>= 10`.
pub(super) fn bound(text: &str) -> Bound {
    let (sign, limit) = text.split_once(' ').expect("a sign");
    let side = if sign.starts_with('<') { Side::Below } else { Side::Above };
    Bound { side, inclusive: sign.ends_with('='), limit: quantity(limit) }
}

pub(super) fn hold_goal(text: &str, judge: Judge) -> Goal {
    Goal::Hold(Hold::within(bound(text), judge))
}

/// 2026-Q3: 92 days from 1 July.
pub(super) fn quarter() -> Quarter {
    Calendar::default().quarter(CycleId::quarter(2026, 3)).expect("a quarter")
}

pub(super) fn span() -> Span {
    Span::new(file(), 0..0)
}

fn file() -> FileId {
    Sources::default().add("x", "")
}

pub(super) fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, span())
}

/// A history of points that stand in memory; rows of a count are points whatever their value.
#[derive(Debug, Clone)]
pub(super) struct Fake {
    pub(super) usable: bool,
    pub(super) aggregate: Aggregate,
    pub(super) points: Vec<Point>,
    /// From where and up to where the exports cover the days; by default from the first to the last point.
    pub(super) covers: Option<(Day, Day)>,
}

impl Fake {
    fn coverage(&self) -> Option<(Day, Day)> {
        self.covers.or_else(|| Some((self.first_day()?, self.last_day()?)))
    }

    fn speaks_of(&self, window: Window) -> bool {
        self.covered_days(window) > 0 && self.coverage().is_some_and(|(first, _)| first < window.end)
    }
}

impl Evidence for Fake {
    fn usable(&self) -> bool {
        self.usable
    }

    fn aggregate(&self) -> Aggregate {
        self.aggregate
    }

    fn measure(&self, window: Window) -> Option<Measurement> {
        let values: Vec<Number> = self.points(window).iter().map(|point| point.value).collect();
        let sum = || values.iter().try_fold(Number::ZERO, |sum, &value| sum.plus(value));
        let count = i64::try_from(values.len()).ok()?;
        let value = match self.aggregate {
            Aggregate::Last => *values.last()?,
            Aggregate::Min => *values.iter().min()?,
            Aggregate::Max => *values.iter().max()?,
            Aggregate::Sum | Aggregate::Count if !self.speaks_of(window) => return None,
            Aggregate::Sum => sum()?,
            Aggregate::Count => Number::whole(count),
            Aggregate::Mean | Aggregate::Ratio | Aggregate::Percentile(_) => sum()?.over(Number::whole(count))?,
        };
        let points = self.points(window);
        let end = self.coverage()?.1.min(window.end.plus(-1));
        let receipt = Receipt {
            files: vec![FileEvidence {
                path: "metrics/m.csv".into(),
                sha256: Digest::of(b""),
                rows: 0,
                first_line: 0,
                last_line: 0,
            }]
            .into(),
            rows: u64::try_from(points.len()).ok()?,
            left_out: 0,
            aggregate: self.aggregate,
            filter: "".into(),
            window,
        };
        let first = points.first().map_or(window.start, |point| point.day);
        Some(Measurement { value, first, last: points.last().map_or(end, |point| point.day), receipt })
    }

    fn is_too_large(&self, window: Window) -> bool {
        !self.points(window).is_empty() && self.measure(window).is_none()
    }

    fn has_too_large(&self, _: Window) -> bool {
        false
    }

    fn trend(&self, window: Window) -> Vec<Point> {
        self.points(window)
    }

    fn points(&self, window: Window) -> Vec<Point> {
        self.points.iter().filter(|point| window.contains(point.day)).copied().collect()
    }

    fn tally(&self, window: Window, inside: &dyn Fn(Number) -> bool) -> Tally {
        let points = self.points(window);
        let count = |n: usize| u64::try_from(n).expect("fits");
        Tally { inside: count(points.iter().filter(|point| inside(point.value)).count()), all: count(points.len()) }
    }

    fn heartbeat(&self) -> Option<Day> {
        Some(self.coverage()?.1)
    }

    fn covered_days(&self, window: Window) -> i32 {
        self.heartbeat().map_or(0, |heartbeat| window.until(heartbeat).days())
    }

    fn first_day(&self) -> Option<Day> {
        self.points.first().map(|point| point.day)
    }

    fn last_day(&self) -> Option<Day> {
        self.points.last().map(|point| point.day)
    }
}

/// A book of one quarter, team, objective and key result, changed field by field.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) quarter: Quarter,
    pub(super) key_result: KeyResult,
    pub(super) metric: Metric,
    pub(super) fake: Fake,
    pub(super) ambition: Ambition,
    pub(super) policy: Policy,
    /// Guardrails' metrics and histories.
    pub(super) others: Vec<(Metric, Fake)>,
    pub(super) holidays: BTreeSet<Day>,
}

impl Case {
    /// Returns a case whose metric is the last value of an export without rows, in the unit `unit`.
    pub(super) fn new(goal: Goal, unit: &str) -> Self {
        Self {
            quarter: quarter(),
            key_result: key_result("k", Some(goal)),
            metric: metric("m", Some(unit_of(unit))),
            fake: Fake { usable: true, aggregate: Aggregate::Last, points: Vec::new(), covers: None },
            ambition: Ambition::Aspirational,
            policy: Policy::default(),
            others: Vec::new(),
            holidays: BTreeSet::new(),
        }
    }

    /// Adds points, each `2026-09-30 = 5`.
    pub(super) fn points(mut self, points: &[&str]) -> Self {
        for point in points {
            let (on, value) = point.split_once(" = ").expect("day = value");
            self.fake.points.push(Point { day: day(on), value: number(value) });
        }
        self
    }

    /// Adds the values on consecutive days.
    pub(super) fn daily(mut self, first: &str, values: &[&str]) -> Self {
        let mut on = day(first);
        for value in values {
            self.fake.points.push(Point { day: on, value: number(value) });
            on = on.plus(1);
        }
        self
    }

    /// Says which days the exports cover.
    pub(super) fn covers(mut self, first: &str, last: &str) -> Self {
        self.fake.covers = Some((day(first), day(last)));
        self
    }

    pub(super) fn aggregate(mut self, aggregate: Aggregate) -> Self {
        self.fake.aggregate = aggregate;
        self.metric.aggregate = aggregate;
        self
    }

    pub(super) fn every(mut self, cadence: Cadence) -> Self {
        self.metric.every = Some(cadence);
        self
    }

    /// Says on which days nobody works.
    pub(super) fn holidays(mut self, days: &[&str]) -> Self {
        self.holidays = days.iter().map(|date| day(date)).collect();
        self
    }

    pub(super) fn window(mut self, days: i32) -> Self {
        self.metric.window_days = Some(days);
        self
    }

    pub(super) fn pace(mut self, pace: Pace) -> Self {
        self.key_result.pace = pace;
        self
    }

    pub(super) fn committed(mut self) -> Self {
        self.ambition = Ambition::Committed;
        self
    }

    /// Adds a guardrail on a metric of its own.
    pub(super) fn guardrail(mut self, limit: &str, other: Self) -> Self {
        let id = slug(&format!("g{}", self.others.len()));
        self.key_result.guardrails.push(Guardrail { metric: spanned(id.clone()), bound: bound(limit) });
        self.others.push((Metric { id, ..other.metric }, other.fake));
        self
    }

    pub(super) fn objective(&self, as_of: &str) -> ObjectiveScore {
        let mut metrics = BTreeMap::from([(self.metric.id.clone(), self.metric.clone())]);
        let mut histories = BTreeMap::from([(self.metric.id.clone(), self.fake.clone())]);
        for (metric, fake) in &self.others {
            metrics.insert(metric.id.clone(), metric.clone());
            histories.insert(metric.id.clone(), fake.clone());
        }
        let objective = objective("o", self.ambition, vec![self.key_result.clone()]);
        let plan = Plan { holidays: self.holidays.clone(), ..plan(self.quarter, vec![objective], metrics) };
        let book = Book { plan: &plan, histories: &histories, policy: &self.policy, aims: &Aims::new() };
        // As means see it: with all digits.
        team_score(&book, &Moment::new(self.quarter, day(as_of)), &plan.quarters[0].teams[0]).objectives.remove(0)
    }

    pub(super) fn score(&self, as_of: &str) -> KeyResultScore {
        self.objective(as_of).key_results.remove(0)
    }
}

pub(super) fn key_result(id: &str, goal: Option<Goal>) -> KeyResult {
    let metric = Some(spanned(slug("m")));
    KeyResult { metric, ..KeyResult::bare(spanned(slug(id)), spanned(String::new()), goal) }
}

pub(super) fn objective(id: &str, ambition: Ambition, key_results: Vec<KeyResult>) -> Objective {
    Objective { ambition, key_results, ..Objective::bare(spanned(slug(id)), spanned(String::new())) }
}

pub(super) fn plan(quarter: Quarter, objectives: Vec<Objective>, metrics: BTreeMap<Slug, Metric>) -> Plan {
    let team = TeamPlan { team: slug("t"), file: file(), objectives, review: None, dropped: Vec::new() };
    let ledger = Ledger::default();
    Plan {
        quarters: vec![QuarterPlan {
            quarter,
            title: None,
            folder: Folder::default(),
            story: None,
            teams: vec![team],
            ledger,
        }],
        metrics,
        ..Plan::default()
    }
}

pub(super) fn metric(id: &str, unit: Option<Unit>) -> Metric {
    let rows = RowQuery::of_files(vec![Arc::from("metrics/m.csv")], None);
    let bare = Metric::bare(slug(id), MetricPlace::Defined(span()), Query::Rows(Box::new(rows)), Aggregate::Last);
    Metric { unit: unit.map(spanned), ..bare }
}
