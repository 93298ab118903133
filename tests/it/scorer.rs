//! Scores are right: an independent scorer in Python scores thousands of random books again, in exact fractions.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;
use std::sync::Arc;

use okrbook::model::calendar::{Calendar, Day, Quarter, Window};
use okrbook::model::folder::Folder;
use okrbook::model::goal::{Better, Bound, Gain, GainKind, Goal, Hold, Judge, Milestone, Move, Side, Target};
use okrbook::model::grain::Grain;
use okrbook::model::history::{History, Measurement, Point, Tally};
use okrbook::model::ids::{CycleId, Slug};
use okrbook::model::ledger::Ledger;
use okrbook::model::metric::{Aggregate, Cadence, Metric, MetricPlace, Percentile, Query, RowQuery};
use okrbook::model::plan::{Ambition, Guardrail, KeyResult, Objective, Pace, Plan, QuarterPlan, TeamPlan};
use okrbook::model::quantity::{Number, Per, Quantity, TimeUnit, Unit};
use okrbook::model::scorecard::{
    BaselineOrigin, FinalMissing, GuardrailState, KeyResultScore, ProjectionRule, Reason, Rollup, Status, TeamScore,
};
use okrbook::score::evidence::Evidence;
use okrbook::score::{Policy, score, verdict};
use okrbook::source::{FileId, Sources, Span, Spanned};

const BOOKS: usize = 1_000;
const KEY_RESULTS: usize = 12;

/// What numbers a key result has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// Such as people write.
    Usual,
    /// So near to a tenth of the way that roundings could take them there.
    Near,
    /// So large or so small that many sums and products can't be computed.
    Vast,
}

/// Numbers at tenths of the way from 0 to 1, and by very little beside them.
const NEAR: [&str; 12] = [
    "0",
    "1",
    "0.9999999999999999999",
    "0.9999999999999999999999",
    "0.7",
    "0.69999999999999999999",
    "0.12344999999999999999999",
    "0.07655",
    "0.39999999999999999999999",
    "1.0000000000000000000001",
    "0.0000000000000000000001",
    "3",
];

/// Numbers at the ends of what can be computed.
const VAST: [&str; 9] = [
    "50000000000000000000000000000",
    "-50000000000000000000000000000",
    "79228162514264337593543950335",
    "1000000000000000000000000000",
    "300000000000000000000000000",
    "0.0000000000000000000000000001",
    "-0.0000000000000000000001",
    "99999999999999999999",
    "5",
];

/// Weights that make all others vanish, or vanish beside them.
const WEIGHTS: [&str; 5] = [
    "99999999999999999999",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "0.0000000001",
    "0.3333333333333333333333333333",
];

/// Marsaglia's xorshift64: the same cases on every machine.
pub(crate) struct Random {
    state: u64,
    pub(crate) numbers: Numbers,
}

impl Random {
    pub(crate) fn new(state: u64) -> Self {
        Self { state, numbers: Numbers::Usual }
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state % limit
    }

    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        low + i32::try_from(self.below(u64::try_from(high - low + 1).expect("positive"))).expect("small")
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[usize::try_from(self.below(items.len() as u64)).expect("small")].clone()
    }

    pub(crate) fn number(&mut self) -> Number {
        let texts = match self.numbers {
            Numbers::Usual => &[][..],
            Numbers::Near => &NEAR[..],
            Numbers::Vast => &VAST[..],
        };
        if !texts.is_empty() && self.chance(80) {
            return Number::parse(self.pick(texts)).expect("a number");
        }
        let places = self.pick(&[0, 0, 0, 1, 2]);
        Number::new(i64::from(self.between(-10, 60)), places).expect("fits")
    }
}

/// A case's line for the other scorer.
#[derive(Default)]
pub(crate) struct Line(String);

impl Line {
    pub(crate) fn text(self) -> String {
        self.0
    }

    pub(crate) fn of(kind: &str) -> Self {
        Self(kind.to_owned())
    }

    pub(crate) fn add(&mut self, key: &str, value: impl std::fmt::Display) -> &mut Self {
        write!(self.0, "\t{key}={value}").expect("a string takes all");
        self
    }

    pub(crate) fn add_some(&mut self, key: &str, value: Option<impl std::fmt::Display>) -> &mut Self {
        match value {
            Some(value) => self.add(key, value),
            None => self.add(key, "-"),
        }
    }
}

fn slug(text: &str) -> Slug {
    Slug::new(text).expect("a slug")
}

fn file() -> FileId {
    Sources::default().add("x", "")
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::new(file(), 0..0))
}

pub(crate) fn per_name(per: Option<&Per>) -> &'static str {
    match per {
        Some(Per::Time(unit)) => unit.name(),
        Some(Per::Thing(_)) | None => "-",
    }
}

pub(crate) fn quantity_text(quantity: &Quantity) -> String {
    format!("{} {}", quantity.number, quantity.unit)
}

fn units(random: &mut Random) -> [Unit; 3] {
    use TimeUnit::{Day, Hour, Minute, Second};
    let time = |units: [TimeUnit; 3]| units.map(Unit::Duration);
    match random.below(10) {
        0..=3 => [Unit::Count, Unit::Count, Unit::Count],
        4 | 5 => [Unit::Percent, Unit::Percent, Unit::Percent],
        6 => [Unit::Points, Unit::Points, Unit::Percent],
        7 => time([Hour, Minute, Second]),
        8 => time([Day, Hour, Minute]),
        _ => random.pick(&[
            [Unit::Percent, Unit::Percent, Unit::Duration(Hour)],
            [Unit::Money("USD".into()), Unit::Money("USD".into()), Unit::Money("USD".into())],
            time([Minute, Hour, Hour]),
        ]),
    }
}

fn aggregate(random: &mut Random) -> Aggregate {
    let percentile = |percent| Aggregate::Percentile(Percentile::new(Number::whole(percent)).expect("inside"));
    match random.below(16) {
        0..=5 => Aggregate::Last,
        6..=8 => Aggregate::Count,
        9 | 10 => Aggregate::Sum,
        11 => Aggregate::Mean,
        12 => Aggregate::Ratio,
        13 => random.pick(&[Aggregate::Min, Aggregate::Max]),
        14 => percentile(50),
        _ => percentile(90),
    }
}

/// A history in memory. What it lacks is the trend of a metric with a trailing window.
struct Measured {
    history: History,
    trailing: Option<i32>,
}

impl Evidence for Measured {
    fn usable(&self) -> bool {
        self.history.usable()
    }

    fn aggregate(&self) -> Aggregate {
        self.history.aggregate()
    }

    fn measure(&self, window: Window) -> Option<Measurement> {
        self.history.measure(window)
    }

    fn is_too_large(&self, window: Window) -> bool {
        self.history.value(window).is_err()
    }

    fn has_too_large(&self, window: Window) -> bool {
        self.history.has_too_large(window)
    }

    fn trend(&self, window: Window) -> Vec<Point> {
        let Some(days) = self.trailing else { return self.history.trend(window) };
        let value = |day: Day| {
            let end = day.plus(1);
            Some(Point { day, value: self.history.measure(Window { start: end.plus(-days), end })?.value })
        };
        self.history.points(window).iter().filter_map(|point| value(point.day)).collect()
    }

    fn points(&self, window: Window) -> Vec<Point> {
        self.history.points(window)
    }

    fn tally(&self, window: Window, inside: &dyn Fn(Number) -> bool) -> Tally {
        self.history.tally(window, inside)
    }

    fn heartbeat(&self) -> Option<Day> {
        self.history.heartbeat()
    }

    fn part_of(&self, day: Day) -> Window {
        self.history.part_of(day)
    }

    fn is_whole_through(&self, day: Day) -> bool {
        self.history.is_whole_through(day)
    }

    fn is_stated_through(&self, day: Day) -> bool {
        self.history.is_stated_through(day)
    }

    fn usual_grain(&self) -> Grain {
        self.history.usual_grain()
    }

    fn covered_days(&self, window: Window) -> i32 {
        self.history.covered_days(window)
    }

    fn first_day(&self) -> Option<Day> {
        self.history.first_day()
    }

    fn last_day(&self) -> Option<Day> {
        self.history.last_day()
    }
}

/// A metric with its history, and its part of the line.
fn measured(random: &mut Random, id: &str, unit: Unit, quarter: Quarter, as_of: Day) -> (Metric, Measured) {
    let aggregate = aggregate(random);
    let stride = random.pick(&[1, 1, 2, 7, 30]);
    let first = quarter.window.start.plus(random.pick(&[-120, -95, -60, 0, 3, 50]));
    let last = quarter.window.end.plus(random.pick(&[-60, -20, -5, -1, 0, 20])).min(as_of);
    let gaps = random.pick(&[0, 10, 60, 97]);
    let mut points = Vec::new();
    for day in (first.number()..=last.number()).step_by(stride).map(Day::from_number) {
        if random.chance(gaps) {
            continue;
        }
        let number = random.number();
        let value = if aggregate == Aggregate::Count { Number::whole(random.pick(&[1, 1, 2])) } else { number };
        points.push(Point { day, value });
    }
    let heartbeat = random.chance(50).then(|| last.plus(random.between(0, 20)).min(as_of));
    let heartbeat = heartbeat.filter(|day| points.last().is_none_or(|point| point.day <= *day));
    let id = slug(id);
    let history = History::of_points(id.clone(), aggregate, &points, heartbeat);
    let place = MetricPlace::Export(Arc::from("metrics/m.csv"));
    let query = Query::Rows(Box::new(RowQuery::of_files(Vec::new(), None)));
    let metric = Metric {
        unit: random.chance(85).then(|| spanned(unit)),
        window_days: random.chance(20).then(|| random.pick(&[7, 28, 90])),
        per: random.chance(20).then_some(Per::Time(TimeUnit::Month)),
        fresh_within: random.chance(30).then(|| random.between(0, 30)),
        every: random.chance(40).then(|| random.pick(&[Cadence::Day, Cadence::Weekday, Cadence::Week, Cadence::Month])),
        ..Metric::bare(id, place, query, aggregate)
    };
    let trailing = metric.window_days;
    (metric, Measured { history, trailing })
}

fn write_metric(line: &mut Line, prefix: &str, metric: &Metric, history: &Measured, until: Day) {
    let key = |name: &str| format!("{prefix}{name}");
    let all = Window { start: Day::MIN, end: until.plus(1) };
    let points: Vec<String> =
        history.points(all).iter().map(|point| format!("{}:{}", point.day.number(), point.value)).collect();
    let every = metric.every.map(|cadence| match cadence {
        Cadence::Day => "day",
        Cadence::Weekday => "weekday",
        Cadence::Week => "week",
        Cadence::Month => "month",
    });
    line.add(&key("aggregate"), metric.aggregate.name())
        .add(&key("points"), if points.is_empty() { "-".to_owned() } else { points.join(",") })
        .add_some(&key("heartbeat"), history.heartbeat().map(Day::number))
        .add_some(&key("window"), metric.window_days)
        .add_some(&key("fresh"), metric.fresh_within)
        .add_some(&key("unit"), metric.unit.as_ref().map(|unit| unit.value.clone()))
        .add(&key("per"), per_name(metric.per.as_ref()))
        .add_some(&key("every"), every);
}

fn bound(random: &mut Random, unit: &Unit, per: Option<Per>) -> Bound {
    let limit = Quantity { number: random.number(), unit: unit.clone(), per };
    Bound { side: random.pick(&[Side::Below, Side::Above]), inclusive: random.chance(50), limit }
}

pub(crate) fn bound_text(bound: &Bound) -> String {
    let sign = match bound.side {
        Side::Below => "<",
        Side::Above => ">",
    };
    format!("{sign}{} {}", if bound.inclusive { "=" } else { "" }, quantity_text(&bound.limit))
}

/// Returns the upper bound that makes a range of a lower one; its limit was drawn for other goals, so that a range changes
/// no other book.
fn upper(bound: &Bound, limit: Quantity, inclusive: bool) -> Option<Bound> {
    (bound.side == Side::Above).then_some(Bound { side: Side::Below, inclusive, limit })
}

/// Returns a goal and writes it on the line.
fn goal(random: &mut Random, units: &[Unit; 3], quarter: Quarter, line: &mut Line) -> Option<Goal> {
    let per = if random.chance(50) {
        None
    } else {
        Some(Per::Time(random.pick(&[
            TimeUnit::Quarter,
            TimeUnit::Month,
            TimeUnit::Month,
            TimeUnit::Week,
            TimeUnit::Day,
        ])))
    };
    line.add("per", per_name(per.as_ref()));
    let [unit, other, _] = units.clone();
    let quantity = |number, unit| Quantity { number, unit, per: per.clone() };
    let is_unit_way = random.numbers == Numbers::Near && random.chance(70);
    let (a, b) = if is_unit_way { (Number::ZERO, Number::ONE) } else { (random.number(), random.number()) };
    let done = random.chance(50).then(|| quarter.window.start.plus(random.between(-5, 95)));
    let due = random.chance(50).then(|| quarter.window.start.plus(random.between(0, 95)));
    match random.below(20) {
        0..=8 => {
            let b = if a == b { b.minus(Number::ONE).expect("fits") } else { b };
            let (from, to) = (quantity(a, unit), quantity(b, other));
            line.add("kind", "move").add("from", quantity_text(&from)).add("to", quantity_text(&to));
            Some(Goal::Move(Move { from, to }))
        }
        9..=12 => {
            let relative = random.chance(40);
            let by = quantity(a, if relative { Unit::Percent } else { other });
            let from = random.chance(30).then(|| quantity(b, unit));
            line.add("kind", if relative { "relative" } else { "gain" }).add("by", quantity_text(&by));
            line.add_some("from", from.as_ref().map(quantity_text));
            Some(Goal::Gain(Gain { by, kind: if relative { GainKind::Relative } else { GainKind::Absolute }, from }))
        }
        13 | 14 => {
            let better = random.pick(&[None, Some(Better::Higher), Some(Better::Lower)]);
            let name = better.map(|better| if better == Better::Higher { "higher" } else { "lower" });
            let to = quantity(a, unit);
            line.add("kind", "target").add("to", quantity_text(&to)).add_some("better", name);
            Some(Goal::Target(Target { to, better }))
        }
        15..=17 => {
            let bound = bound(random, &unit, per.clone());
            let (judge, name) = random.pick(&[(Judge::Share, "share"), (Judge::End, "end"), (Judge::Always, "always")]);
            line.add("kind", "hold").add("bound", bound_text(&bound)).add("judge", name);
            let upper = done.and_then(|_| upper(&bound, quantity(b, other), due.is_some()));
            line.add_some("upper", upper.as_ref().map(bound_text));
            Some(Goal::Hold(Hold { bound, upper, judge }))
        }
        18 => {
            let goal = Milestone { done, due };
            let baseline = random.chance(50);
            line.add("kind", if baseline { "baseline" } else { "milestone" });
            line.add_some("done", done.map(Day::number)).add_some("due", due.map(Day::number));
            Some(if baseline { Goal::Baseline(goal) } else { Goal::Milestone(goal) })
        }
        _ => {
            line.add("kind", "none");
            None
        }
    }
}

pub(crate) fn pace(random: &mut Random, quarter: Quarter, line: &mut Line) -> Pace {
    match random.below(6) {
        0 => {
            line.add("pace", "step");
            Pace::Step
        }
        1 => {
            line.add("pace", "none");
            Pace::None
        }
        2 => {
            let stage = |days, tenths| (quarter.window.start.plus(days), Number::new(tenths, 1).expect("fits"));
            let stages = vec![stage(20, 2), stage(50, 5), stage(80, 9)];
            let text: Vec<String> =
                stages.iter().map(|(day, progress)| format!("{}:{progress}", day.number())).collect();
            line.add("pace", text.join(","));
            Pace::Stages(stages)
        }
        _ => {
            line.add("pace", "linear");
            Pace::Linear
        }
    }
}

/// One random book: a quarter, a team, objectives of random key results.
struct Case {
    plan: Plan,
    histories: BTreeMap<Slug, Measured>,
    policy: Policy,
    as_of: Day,
    lines: Vec<Vec<Line>>,
}

fn case(random: &mut Random) -> Case {
    let number = u8::try_from(random.between(1, 4)).expect("small");
    let quarter = Calendar::default().quarter(CycleId::quarter(2026, number)).expect("a quarter");
    let as_of = quarter.window.start.plus(random.between(-3, 110));
    let zero = random.chance(80);
    let final_missing = if zero { FinalMissing::Zero } else { FinalMissing::NoData };
    let policy = Policy { stale_after: random.between(1, 20), final_missing };
    let mut plan = Plan::default();
    let mut histories = BTreeMap::new();
    let mut lines: Vec<Vec<Line>> = Vec::new();
    let mut objectives: Vec<Objective> = Vec::new();
    for place in 0..KEY_RESULTS {
        if place == 0 || random.chance(30) {
            let ambition = random.pick(&[Ambition::Aspirational, Ambition::Committed]);
            objectives.push(objective(objectives.len(), ambition));
            lines.push(Vec::new());
        }
        let mut line = Line::of("kr");
        let key_result = key_result(random, (quarter, as_of), place, &mut line, |metric, history| {
            histories.insert(metric.id.clone(), history);
            plan.metrics.insert(metric.id.clone(), metric);
        });
        objectives.last_mut().expect("one").key_results.push(key_result);
        lines.last_mut().expect("one").push(line);
    }
    let team = TeamPlan { team: slug("t"), file: file(), objectives, review: None, dropped: Vec::new() };
    plan.quarters.push(QuarterPlan {
        quarter,
        title: None,
        folder: Folder::default(),
        story: None,
        teams: vec![team],
        ledger: Ledger::default(),
    });
    Case { plan, histories, policy, as_of, lines }
}

fn objective(place: usize, ambition: Ambition) -> Objective {
    let id = spanned(slug(&format!("o{place}")));
    Objective { ambition, ..Objective::bare(id, spanned(String::new())) }
}

fn key_result(
    random: &mut Random,
    (quarter, as_of): (Quarter, Day),
    place: usize,
    line: &mut Line,
    mut keep: impl FnMut(Metric, Measured),
) -> KeyResult {
    let id = format!("k{place}");
    line.add("id", &id);
    random.numbers = random.pick(&[Numbers::Usual, Numbers::Usual, Numbers::Usual, Numbers::Near, Numbers::Vast]);
    let units = units(random);
    let goal = goal(random, &units, quarter, line);
    let (metric, history) = measured(random, &id, units[2].clone(), quarter, as_of);
    write_metric(line, "m_", &metric, &history, as_of);
    keep(metric, history);
    let mut guardrails = Vec::new();
    if random.chance(30) {
        let per = random.chance(30).then_some(Per::Time(TimeUnit::Month));
        line.add("g_limit_per", per_name(per.as_ref()));
        let bound = bound(random, &units[0], per);
        line.add("g_bound", bound_text(&bound));
        let (metric, history) = measured(random, &format!("g{place}"), units[2].clone(), quarter, as_of);
        write_metric(line, "g_", &metric, &history, as_of);
        guardrails.push(Guardrail { metric: spanned(metric.id.clone()), bound });
        keep(metric, history);
    }
    let weight = match random.chance(15) {
        true => Number::parse(random.pick(&WEIGHTS)).expect("a number"),
        false => Number::new(i64::from(random.between(1, 30)), random.pick(&[0, 1])).expect("fits"),
    };
    line.add("weight", weight);
    KeyResult {
        metric: Some(spanned(slug(&id))),
        guardrails,
        weight,
        pace: pace(random, quarter, line),
        span: Span::new(file(), 0..0),
        ..KeyResult::bare(spanned(slug(&id)), spanned(String::new()), goal)
    }
}

fn reason_text(reason: &Reason) -> String {
    match reason {
        Reason::NoGoal => "no-goal".to_owned(),
        Reason::NoBaseline => "no-baseline".to_owned(),
        Reason::NoMetric => "no-metric".to_owned(),
        Reason::ExportUnusable => "export-unusable".to_owned(),
        Reason::NothingHappened { last } => format!("nothing-happened {}", last.number()),
        Reason::NoDataInWindow(None) => "no-data-in-window".to_owned(),
        Reason::NoDataInWindow(Some(day)) => format!("no-data-in-window {}", day.number()),
        Reason::SilenceUnknown => "silence-unknown".to_owned(),
        Reason::IncompleteEvents { since } => format!("incomplete-events {}", since.number()),
        Reason::CutExport { first } => format!("cut-export {}", first.number()),
        Reason::FractionsForPercent => "fractions-for-percent".to_owned(),
        Reason::TooEarly => "too-early".to_owned(),
        Reason::PartlyCovered { covered, .. } => format!("partly-covered {covered}"),
        Reason::UnitsDiffer => "units-differ".to_owned(),
        Reason::TooLarge => "too-large".to_owned(),
        Reason::NotBegun => "not-begun".to_owned(),
        Reason::CountsAsZero => "counts-as-zero".to_owned(),
        Reason::OlderThan(days) => format!("older-than {days}"),
        Reason::AlreadyThere => "already-there".to_owned(),
        Reason::Dropped => "dropped".to_owned(),
    }
}

fn write_card(line: &mut Line, card: &KeyResultScore) {
    let reasons: Vec<String> = card.reasons.iter().map(reason_text).collect();
    let origin = card.baseline.as_ref().map(|baseline| match baseline.origin {
        BaselineOrigin::Stated => "stated".to_owned(),
        BaselineOrigin::BeforeQuarter(day) => format!("before {}", day.number()),
        BaselineOrigin::FirstInQuarter(day) => format!("first {}", day.number()),
        BaselineOrigin::Locked(day) => format!("locked {}", day.number()),
    });
    let rule = card.standing.as_ref().map(|standing| match standing.rule {
        ProjectionRule::Trend => "trend",
        ProjectionRule::Pace => "pace",
        ProjectionRule::RunRate => "run-rate",
        ProjectionRule::Nothing => "nothing",
    });
    let run_rate = card.run_rate.as_ref();
    let standing = card.standing.as_ref();
    let expected = standing.and_then(|standing| standing.expected);
    line.add("=state", card.state.name())
        .add("=reasons", if reasons.is_empty() { "-".to_owned() } else { reasons.join(";") })
        .add_some("=progress", card.progress)
        .add_some("=score", card.score)
        .add_some("=grade", card.grade().map(okrbook::model::scorecard::Grade::tenths))
        .add_some("=value", card.value.as_ref().map(|value| value.number))
        .add_some("=age", card.age_days)
        .add_some("=measured_on", card.measured_on.map(Day::number))
        .add_some("=baseline", card.baseline.as_ref().map(|baseline| baseline.quantity.number))
        .add_some("=origin", origin)
        .add_some("=so_far", run_rate.map(|rate| rate.so_far))
        .add_some("=covered", run_rate.map(|rate| rate.covered_days))
        .add_some("=capped", run_rate.map(|rate| rate.capped))
        .add_some(
            "=hold",
            card.hold.as_deref().map(|hold| format!("{}/{}/{}", hold.inside, hold.measured, hold.missing)),
        )
        .add_some("=expected", expected.map(|expected| expected.progress))
        .add_some("=expected_by", expected.map(|expected| expected.by.number()))
        .add_some("=projected", standing.and_then(|standing| standing.projected))
        .add_some("=status", standing.map(|standing| standing.status.name()))
        .add_some("=rule", rule)
        .add_some("=best", card.best);
    if let Some(guardrail) = card.guardrails.first() {
        let state = match guardrail.state {
            GuardrailState::Kept => "kept",
            GuardrailState::Broken => "broken",
            GuardrailState::NoData => "no-data",
        };
        line.add("=guardrail", state).add("=guardrail_too_large", guardrail.too_large);
        line.add_some("=guardrail_value", guardrail.value.as_ref().map(|value| value.number));
    }
}

fn rollup_line(kind: &str, id: &str, rollup: &Rollup) -> Line {
    let mut line = Line::of(kind);
    line.add("id", id)
        .add_some("=score", rollup.score)
        .add_some("=grade", rollup.grade().map(okrbook::model::scorecard::Grade::tenths))
        .add("=pessimistic", rollup.pessimistic)
        .add("=measured", format!("{}/{}", rollup.measured, rollup.of))
        .add("=projected", rollup.projected);
    line
}

fn write_case(text: &mut String, case: Case) {
    let mut scorecard = score(&case.plan, &case.histories, &case.policy, case.as_of);
    let quarter = scorecard.quarters.remove(0);
    let mut book = Line::of("book");
    let window = quarter.quarter.window;
    book.add("start", window.start.number()).add("end", window.end.number()).add("as_of", case.as_of.number());
    book.add("stale_after", case.policy.stale_after);
    book.add("zero", if case.policy.final_missing == FinalMissing::Zero { "yes" } else { "no" });
    write_scores(text, &book, case.lines, &quarter.teams[0]);
}

/// Writes a book's line, and those of its team's key results, by objective, with what okrbook found.
pub(crate) fn write_scores(text: &mut String, book: &Line, lines: Vec<Vec<Line>>, team: &TeamScore) {
    let mut push = |line: &Line| {
        text.push_str(&line.0);
        text.push('\n');
    };
    push(book);
    for (objective, lines) in team.objectives.iter().zip(lines) {
        let committed = objective.ambition == Ambition::Committed;
        push(Line::of("objective").add("ambition", if committed { "committed" } else { "aspirational" }));
        for (card, mut line) in objective.key_results.iter().zip(lines) {
            write_card(&mut line, card);
            push(&line);
        }
        let promise = verdict::status(objective).map(Status::name);
        push(
            rollup_line("rollup", objective.id.as_str(), &objective.rollup)
                .add_some("=lowest", objective.lowest)
                .add_some("=promise", promise),
        );
    }
    let without_soft = team.without_soft.as_ref().and_then(|rollup| rollup.score);
    push(rollup_line("team", "t", &team.rollup).add_some("=without_soft", without_soft));
}

/// Lets the other scorer compute everything again, and fails with each difference.
pub(crate) fn compare(text: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = folder.path().join("cases.tsv");
    std::fs::write(&cases, text).expect("written");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scorer/score.py");
    // What isn't compared isn't known to be right, so this fails where it can't be.
    let compared = Command::new("python3").arg("-B").arg(script).arg(&cases).output();
    let output = compared.expect("python3, which scores the same by other means, is installed");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{complained}");
}

#[test]
fn an_independent_scorer_finds_no_difference_in_ten_thousand_random_key_results() {
    let mut random = Random::new(0x2545_f491_4f6c_dd1d);
    let mut text = String::new();
    for _ in 0..BOOKS {
        write_case(&mut text, case(&mut random));
    }
    compare(&text);
}
