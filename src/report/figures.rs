//! Charts of key results and metrics: from reports to figures, and from figures to drawings.
//!
//! The only place that knows how charts are asked for. Values are those of the metric's history, in the unit in which
//! the page writes the goal.

mod before;
mod ends;
mod fan;
mod history;
mod sums;

use crate::chart::figure::{Bound, Line, Moved, Side as Forbidden, Sparkline, Trail, TrendFigure};
use crate::chart::series::{Segment, segments_of};
use crate::chart::{self, Svg, describe};
use crate::model::calendar::{Day, Window};
use crate::model::goal::{self, Goal, Move, Side};
use crate::model::history::History;
use crate::model::ledger::Value;
use crate::model::ledger::change::Change;
use crate::model::metric::Aggregate;
use crate::model::plan::Pace;
use crate::model::quantity::{Number, Per, Quantity, TimeUnit, Unit};
use crate::model::scorecard::{ProjectionRule, QuarterState, ScoreState};

use self::ends::{ends, times, told};
pub use self::history::history;
use super::check_ins::Recorded;
use super::format::Format;
use super::text::Phrases;
use super::{KeyResultReport, Report, decide, levels, path, seams, steps};

/// A chart with what it shows, in words; empty where there is nothing to show.
#[derive(Debug, Default)]
pub struct Chart {
    /// The drawing.
    pub svg: Svg,
    /// What is drawn: measure, unit and period.
    pub measure: String,
    /// What a reader would see, in words.
    pub alternative: String,
}

/// A key result's numbers as a chart needs them.
struct Plot<'a> {
    key_result: &'a KeyResultReport<'a>,
    history: &'a History,
    format: Format,
    /// The unit that is shown.
    unit: Unit,
    /// What a value of the metric is multiplied by to be in that unit.
    factor: f64,
    /// Whether values add up over the quarter.
    is_flow: bool,
    /// Start and end of the goal, for goals that have both.
    ends: Option<(f64, f64)>,
}

impl<'a> Plot<'a> {
    fn new(report: &Report<'a>, key_result: &'a KeyResultReport<'a>) -> Option<Self> {
        let metric = key_result.metric()?;
        let history = report.history(&metric.id).filter(|history| history.usable())?;
        let goal = key_result.goal();
        let unit = match goal {
            Some(Goal::Move(goal)) => goal.to.unit.clone(),
            Some(goal) => goal.quantity().map_or(Unit::Count, |quantity| quantity.unit.clone()),
            None => metric.unit.as_ref().map_or(Unit::Count, |unit| unit.value.clone()),
        };
        let own = metric.unit.as_ref().map_or(&unit, |unit| &unit.value);
        let factor = own.convert(Number::ONE, &unit)?.to_float();
        let is_flow = metric.aggregate.is_flow() && matches!(goal, Some(Goal::Move(_) | Goal::Target(_)) | None);
        let ends = match goal {
            Some(Goal::Move(goal)) => ends(goal, &unit, is_flow, key_result.team.quarter.window),
            _ => None,
        };
        Some(Self { key_result, history, format: report.format, unit, factor, is_flow, ends })
    }

    /// Returns the values of a window as they were scored on each day.
    fn points(&self, window: Window) -> Vec<(Day, f64)> {
        let shows_days = self.is_held() && !self.sums_up();
        self.scaled(if shows_days { self.history.point_floats(window) } else { self.history.trend_floats(window) })
    }

    /// Returns points as they are drawn: of what adds up, the steps in which it does.
    fn drawn(&self, points: Vec<(Day, f64)>, window: Window) -> Vec<Segment> {
        if !self.is_flow || points.is_empty() {
            return segments_of(points);
        }
        vec![Segment { points: sums::growing(&points, window, self.history.speaks_until(window.end.plus(-1))) }]
    }

    /// Returns the single days of a window, where a bound is held against them and the metric sums them up.
    fn single_days(&self, window: Window) -> Vec<(Day, f64)> {
        let is_beside = self.is_held() && self.sums_up() && !self.history.aggregate().is_flow();
        if is_beside { self.scaled(self.history.point_floats(window)) } else { Vec::new() }
    }

    fn scaled(&self, mut points: Vec<(Day, f64)>) -> Vec<(Day, f64)> {
        points.iter_mut().for_each(|(_, value)| *value *= self.factor);
        points
    }

    fn is_held(&self) -> bool {
        matches!(self.key_result.goal(), Some(Goal::Hold(_)))
    }

    /// Says whether the metric's value is another than that of its last day. A bound per day is held against days.
    fn sums_up(&self) -> bool {
        let aggregate = self.history.aggregate();
        let per = self.key_result.goal().and_then(Goal::quantity).and_then(|quantity| quantity.per.as_ref());
        let is_daily = aggregate.is_flow() && matches!(per, Some(Per::Time(TimeUnit::Day)));
        aggregate != Aggregate::Last && !is_daily
    }

    /// Returns the value that the score counts from, as the page writes it: the newest point is labelled with it.
    ///
    /// A trailing window ends on the as-of day for the score, and on the last day with data for the line.
    fn now(&self) -> Option<String> {
        let is_projected = self.key_result.score.run_rate.is_some();
        let counts = self.is_flow || is_projected || self.history.aggregate().is_flow() && !self.sums_up();
        if counts || !matches!(self.key_result.goal(), Some(Goal::Move(_) | Goal::Target(_) | Goal::Hold(_))) {
            return None;
        }
        Some(path::now(self.format, self.key_result)).filter(|now| !now.is_empty())
    }

    fn window(&self) -> Window {
        self.key_result.team.quarter.window
    }

    /// Returns an end of a goal as the axis counts: `12 = 4/month` of what adds up over the cycle.
    fn amount(&self, quantity: &Quantity) -> String {
        told(self.format, quantity, self.is_flow, self.window())
    }
}

/// Returns the small chart in a key result's row.
#[must_use]
pub fn spark(report: &Report<'_>, key_result: &KeyResultReport<'_>) -> Svg {
    let Some(plot) = Plot::new(report, key_result) else { return Svg::default() };
    let points = plot.points(plot.window());
    let domain = spark_domain(&points, plot.ends);
    small(&plot, domain, plot.drawn(points, plot.window())).0
}

/// Returns the small chart of a key result's confidence; nothing to see in fewer than two statements.
#[must_use]
pub fn confidence(recorded: &[Recorded<'_>], window: Window) -> Svg {
    let said = recorded.iter().filter_map(|known| Some((known.on, f64::from(known.entry.confidence.as_ref()?.value))));
    let points: Vec<(Day, f64)> = said.collect();
    if points.len() < 2 {
        return Svg::default();
    }
    let figure = Sparkline { segments: vec![Segment { points }], window, domain: (0.0, 10.0), target: None };
    chart::sparkline(&figure)
}

/// What begins the ids of charts on cards of the site, which are drawn for narrow screens, too.
pub const ON_SCREENS: &str = "c";

/// Returns the small chart in a key result's row and the chart on its card, whose id begins with `prefix`.
#[must_use]
pub fn both(report: &Report<'_>, key_result: &KeyResultReport<'_>, prefix: &str) -> (Svg, Chart) {
    let Some(plot) = Plot::new(report, key_result) else { return Default::default() };
    let points = plot.points(plot.window());
    if points.is_empty() {
        return Default::default();
    }
    let domain = spark_domain(&points, plot.ends);
    let (small, actual) = small(&plot, domain, plot.drawn(points.clone(), plot.window()));
    (small, trend(report, &plot, prefix, (points, actual)))
}

/// Returns the small chart, and the segments back.
fn small(plot: &Plot<'_>, domain: Option<(f64, f64)>, segments: Vec<Segment>) -> (Svg, Vec<Segment>) {
    let Some(domain) = domain else { return (Svg::default(), segments) };
    let target = plot.ends.map(|(_, to)| to);
    let figure = Sparkline { segments, window: plot.window(), domain, target };
    (chart::sparkline(&figure), figure.segments)
}

/// Returns the lowest and highest value shown: the goal's way with a quarter of it as air, so that the same share
/// of the way is as high in every row; more where values lie outside.
fn spark_domain(points: &[(Day, f64)], ends: Option<(f64, f64)>) -> Option<(f64, f64)> {
    let values = points.iter().map(|&(_, value)| value);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if low > high {
        return None;
    }
    let Some((from, to)) = ends else { return Some((low, high)) };
    let air = (from - to).abs() / 4.0;
    Some((low.min(from.min(to) - air), high.max(from.max(to) + air)))
}

/// Returns how far a key result came over its cycle: days with shares of the way from its start to its goal, 0 to 1 and
/// beyond; nothing of what has no way. Of what adds up, what each day's sum would come to, from a third of the cycle on.
#[must_use]
pub(super) fn way(report: &Report<'_>, key_result: &KeyResultReport<'_>) -> Vec<(Day, f64)> {
    let Some(plot) = Plot::new(report, key_result) else { return Vec::new() };
    let Some((from, to)) = plot.ends.filter(|(from, to)| from != to) else { return Vec::new() };
    let window = plot.window();
    let come_to = |&(day, value): &(Day, f64)| {
        let days = day.since(window.start) + 1;
        let is_told = days * 3 >= window.days();
        is_told.then(|| (day, value * f64::from(window.days()) / f64::from(days)))
    };
    let mut points = plot.points(window);
    if plot.is_flow {
        points = points.iter().filter_map(come_to).collect();
    }
    points.iter_mut().for_each(|(_, value)| *value = (*value - from) / (to - from));
    points
}

/// Returns the chart on a key result's card.
fn trend(
    report: &Report<'_>,
    plot: &Plot<'_>,
    prefix: &str,
    (measured, actual): (Vec<(Day, f64)>, Vec<Segment>),
) -> Chart {
    let (window, key_result) = (plot.window(), plot.key_result);
    let last = measured.last().copied();
    let (before, name) = before::cycle_before(report, window);
    let id = [prefix, ".", key_result.objective.id.value.as_str(), ".", key_result.plan.id.value.as_str()].concat();
    let phrases = Phrases::new(key_result.within(plot.format));
    let mut figure = TrendFigure::new(id, decide::subject(key_result), window);
    figure.earlier = plot.drawn(plot.points(before), before);
    figure.before = Some(before.start);
    figure.adds_up = plot.is_flow;
    figure.quarters = vec![(window.start, key_result.team.cycle())];
    if !figure.earlier.is_empty() {
        figure.domain_days.start = before.start;
        figure.quarters.splice(..0, name.map(|name| (before.start, name)));
    }
    let days = plot.single_days(window);
    figure.has_days = !days.is_empty();
    figure.earlier.extend(segments_of(days));
    figure.expected_by = key_result.score.standing.as_ref().and_then(|standing| Some(standing.expected?.by));
    if key_result.score.state == ScoreState::Stale {
        figure.stale_label = last.map(|(day, _)| phrases.last_data(day));
    }
    if key_result.team.state == QuarterState::Open {
        figure.today = Some((report.as_of(), phrases.today().to_owned()));
    }
    if let Some(metric) = key_result.metric() {
        figure.annotations = seams::marks(report, metric, figure.domain_days);
    }
    figure.annotations.extend(steps::marks(key_result, report.as_of(), figure.domain_days));
    // What adds up leads on from the last day that its data speaks of.
    let end = actual.last().and_then(|segment| segment.points.last()).copied();
    add_goal(plot, phrases, end, &mut figure);
    figure.levels = level_lines(plot, phrases);
    figure.fan = fan_of(plot, &measured, &figure);
    figure.actual = segments_of(measured);
    let now = last.and_then(|(_, value)| Some((value, plot.now()?)));
    let value = |float: f64| match &now {
        Some((last, told)) if *last == float => told.clone(),
        _ => plot.format.charted(float, &plot.unit),
    };
    figure.description = describe::describe(&figure, &value, &|day| plot.format.day(day));
    if let Some(metric) = key_result.metric() {
        figure.description.push_str(&seams::told(report, metric, figure.domain_days));
    }
    figure.description.push_str(&steps::told(key_result, report.as_of(), figure.domain_days, phrases));
    figure.actual = actual;
    let measure = phrases.measure_of_cycle(&figure.title, &plot.unit, plot.is_flow);
    let measure = if figure.has_days { phrases.days_in_grey(&measure) } else { measure };
    let measure = if figure.fan.is_some() { phrases.fan_is_shaded(&measure) } else { measure };
    let svg =
        if prefix == ON_SCREENS { chart::trend_for_screens(&figure, &value) } else { chart::trend(&figure, &value) };
    Chart { svg, measure, alternative: figure.description }
}

/// Adds what the key result wants of the numbers.
fn add_goal(plot: &Plot<'_>, phrases: Phrases, last: Option<(Day, f64)>, figure: &mut TrendFigure) {
    match plot.key_result.goal() {
        Some(Goal::Move(goal)) => add_move(plot, goal, phrases, last, figure),
        Some(Goal::Target(goal)) => {
            let label = phrases.goal_line(&plot.amount(&goal.to));
            let times = times(&goal.to, plot.is_flow, plot.window()).to_float();
            figure.target = Some(Line { value: goal.to.number.to_float() * times, label });
        }
        Some(Goal::Hold(goal)) => figure.bounds = goal.bounds().filter_map(|limit| bound(plot, limit)).collect(),
        Some(Goal::Gain(_) | Goal::Milestone(_) | Goal::Baseline(_)) | None => {}
    }
}

/// Returns between which values a projected trend may end; nothing where that is wider than all that is shown.
fn fan_of(plot: &Plot<'_>, measured: &[(Day, f64)], figure: &TrendFigure) -> Option<(f64, f64)> {
    let standing = plot.key_result.score.standing.as_ref()?;
    let &(end, projected) = figure.projection.as_ref()?.points.last()?;
    if standing.rule != ProjectionRule::Trend || plot.is_flow {
        return None;
    }
    let accumulates = plot.history.aggregate() != Aggregate::Last
        && plot.key_result.metric().is_some_and(|metric| metric.window_days.is_none());
    let (first, last) = (plot.window().start, measured.last()?.0);
    // The projection rests on the same values.
    let from = if accumulates { first.plus((last.since(first) + 1) / 2) } else { first };
    let counted = &measured[measured.partition_point(|&(day, _)| day < from)..];
    let (below, above) = fan::spread(counted, end)?;
    let shown = measured.iter().map(|&(_, value)| value).chain(plot.ends.into_iter().flat_map(|(from, to)| [from, to]));
    let (low, high) = shown.fold((projected, projected), |(low, high), value| (low.min(value), high.max(value)));
    (below + above <= high - low).then_some((projected - below, projected + above))
}

/// Returns the levels beside the goal's end; of what adds up over months, as totals of the quarter.
fn level_lines(plot: &Plot<'_>, phrases: Phrases) -> Vec<Line> {
    let line = |known: levels::Standing| {
        let at = &known.level.at;
        let value = at.number_in(&plot.unit)?.to_float() * times(at, plot.is_flow, plot.window()).to_float();
        Some(Line { value, label: phrases.level_line(&known.level) })
    };
    levels::of(plot.key_result).into_iter().filter_map(line).collect()
}

fn bound(plot: &Plot<'_>, bound: &goal::Bound) -> Option<Bound> {
    let label = plot.format.language().bound(bound, plot.format);
    let forbidden = match bound.side {
        Side::Below => Forbidden::Above,
        Side::Above => Forbidden::Below,
    };
    Some(Bound { line: Line { value: bound.limit.number_in(&plot.unit)?.to_float(), label }, forbidden })
}

fn add_move(plot: &Plot<'_>, goal: &Move, phrases: Phrases, last: Option<(Day, f64)>, figure: &mut TrendFigure) {
    let Some((from, to)) = plot.ends else { return };
    let window = plot.window();
    figure.baseline = Some(Line { value: from, label: phrases.start_line(&plot.amount(&goal.from)) });
    figure.target = Some(Line { value: to, label: phrases.goal_line(&plot.amount(&goal.to)) });
    // What adds up begins at nothing, wherever the goal starts.
    let start = if plot.is_flow { 0.0 } else { from };
    let last_day = window.end.plus(-1);
    let way = |share: f64| start + share * (to - start);
    let pace = match &plot.key_result.plan.pace {
        Pace::Linear => vec![(window.start, start), (last_day, to)],
        Pace::Stages(stages) => sums::stages(stages, (window.start, start), (last_day, to), &way),
        Pace::Step | Pace::None => Vec::new(),
    };
    // Where nothing is to be added, the goal's own line says so.
    if !pace.is_empty() && start != to {
        figure.pace = Some(Trail { points: pace, label: phrases.expected_line().to_owned() });
    }
    let standing = plot.key_result.score.standing.as_ref();
    if let (Some(projected), Some(last)) = (standing.and_then(|standing| standing.projected), last)
        && last.0 < last_day
    {
        let value = from + projected.to_float() * (to - from);
        figure.projection =
            Some(Trail { points: vec![last, (last_day, value)], label: phrases.projected_line().to_owned() });
    }
    add_step(plot, goal, phrases, figure);
}

/// Lets the goal step to where it was moved, on the day that was recorded, else on the last one.
fn add_step(plot: &Plot<'_>, committed: &Move, phrases: Phrases, figure: &mut TrendFigure) {
    let Some((_, was)) = plot.ends else { return };
    let moves = plot.key_result.plan.commitment.moves().iter();
    let mut steps = moves.filter_map(|moved| match &moved.change {
        Change::Term(_, pair) => match &pair.is {
            Value::Goal(Some(Goal::Move(goal))) => Some((goal, moved.note.as_ref())),
            _ => None,
        },
        _ => None,
    });
    let Some((goal, note)) = steps.next() else { return };
    let Some((_, to)) = ends(goal, &plot.unit, plot.is_flow, plot.window()).filter(|&(_, to)| to != was) else {
        return;
    };
    let Some(factor) = goal.to.unit.convert(Number::ONE, &plot.unit) else { return };
    let end = plot.window().end.plus(-1);
    let day = note.map_or(end, |note| note.on);
    let label = phrases.committed_line(&plot.amount(&committed.to), note.map(|note| note.on));
    figure.moved = Some(Moved { day, was: Line { value: was, label } });
    let label = phrases.moved_line(&plot.amount(&goal.to));
    figure.target = Some(Line { value: to * factor.to_float(), label });
}
