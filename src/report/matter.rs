//! "Did it matter?": an objective's key results above the outcome that they are to move, on one time axis.
//!
//! In: an objective with a metric of its outcome. Out: a chart, what it shows in a sentence, and its key. Judges nothing:
//! whether the outcome moved is told by `score::movement`, as it is of a key result.

use std::collections::BTreeMap;

use super::decide::{self, Count};
use super::figures::{self, Chart};
use super::text::Phrases;
use super::{KeyResultReport, ObjectiveReport, Report, TeamReport};
use crate::chart::figure::{Band, Lever, MatterFigure, Months, Sparkline};
use crate::chart::series::{Segment, segments_of};
use crate::chart::{self, Svg};
use crate::model::calendar::{Day, Window};
use crate::model::goal::{Better, Goal};
use crate::model::history::History;
use crate::model::metric::Metric;
use crate::model::movement::MovementVerdict;
use crate::model::quantity::Number;
use crate::model::scorecard::QuarterState;
use crate::score::movement::{self, Asked, Subject, Untold};

/// Key results over an outcome's whole history, at most: the newest.
const MOST_LEVERS: usize = 150;
/// Days that cycles of one length may differ by.
const DAYS_ALIKE: i32 = 4;

/// What a picture says of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// What the test found.
    Verdict(MovementVerdict),
    /// Less than a third of the cycle is over.
    Early,
    /// The objective's effect is expected to show until this day.
    Awaited(Day),
    /// Nobody said which way is good.
    NoWay,
    /// There is no value before the cycle.
    NoStart,
}

/// An outcome's way over a cycle, as it is written.
#[derive(Debug, Clone)]
pub struct Went {
    /// What the outcome is.
    pub title: String,
    /// The value before the cycle.
    pub from: String,
    /// The newest value.
    pub to: String,
    /// Whether the cycle still runs.
    pub is_open: bool,
    /// What it says.
    pub told: Told,
}

/// A picture of key results and their outcome.
#[derive(Debug)]
pub struct Matter {
    /// The picture, with what is drawn.
    pub chart: Chart,
    /// What it shows, in a sentence or two.
    pub sentence: String,
    /// Which line is whose.
    pub key: String,
}

/// An outcome around a cycle.
struct Outcome<'a> {
    metric: &'a Metric,
    history: &'a History,
    cycle: Window,
    /// The first day behind the cycle and the lag that the objective states.
    end: Day,
}

impl<'a> Outcome<'a> {
    fn of(report: &Report<'a>, team: TeamReport<'a>, objective: ObjectiveReport<'a>) -> Option<Self> {
        if team.state == QuarterState::Upcoming {
            return None;
        }
        let id = &objective.plan.outcome_metric.as_ref()?.value;
        let metric = report.inputs.plan.metrics.get(id)?;
        let history = report.history(id).filter(|history| history.usable())?;
        let lag = objective.plan.outcome_lag.unwrap_or(0).max(0);
        Some(Self { metric, history, cycle: team.quarter.window, end: team.quarter.window.end.plus(lag) })
    }

    /// Asks whether it moved from before the cycle to its end, or so much later, as far as there are days yet.
    fn asked(&self, report: &'a Report<'_>) -> Asked<'a> {
        let subject = Subject::of(self.metric, self.history, &report.inputs.scorecard.aims);
        let better = self.metric.better.unwrap_or(Better::Higher);
        let known = self.end.min(report.as_of().plus(1)).max(self.cycle.start.plus(1));
        let days = self.cycle.days().min(known.since(self.cycle.start));
        let after = Window { start: known.plus(-days), end: known };
        Asked::between(subject, better, [self.cycle.before(), after], self.cycle.days())
    }

    /// Asks about the newest whole stretch as long as the cycle.
    fn whole(&self, report: &'a Report<'_>) -> Asked<'a> {
        let subject = Subject::of(self.metric, self.history, &report.inputs.scorecard.aims);
        let end = self.cycle.end.min(report.as_of().plus(1));
        let after = Window { start: end.plus(-self.cycle.days()), end };
        Asked::between(subject, Better::Higher, [after.before(), after], self.cycle.days())
    }

    /// Returns between which values it would be usual for it to end, once that can be told.
    fn band(&self, report: &Report<'_>) -> Option<Band> {
        self.metric.better?;
        let asked = self.asked(report);
        let usual = asked.usual(&movement::of(&asked).ok()?)?;
        Some(Band { days: self.cycle, low: usual.low, high: usual.high })
    }

    fn shown(&self) -> Window {
        Window { start: self.cycle.before().start, end: self.end }
    }
}

/// Returns an objective's picture, whose ids begin with `prefix`; nothing without a measured outcome, or without a key
/// result that has a way to go.
#[must_use]
pub fn matter<'a>(
    report: &Report<'a>,
    team: TeamReport<'a>,
    objective: ObjectiveReport<'a>,
    prefix: &str,
) -> Option<Matter> {
    let outcome = Outcome::of(report, team, objective)?;
    let known: Vec<KeyResultReport<'_>> = objective.key_results(team, &report.inputs.plan.metrics).collect();
    let (levers, key) = levers(report, &known);
    let asked = outcome.asked(report);
    let points = asked.course(outcome.shown());
    if levers.is_empty() || points.is_empty() {
        return None;
    }
    let format = report.format.within(Some(team.quarter.id.kind()));
    let phrases = Phrases::new(format);
    let judged = movement::of(&asked);
    let verdict = judged.as_ref().map(|judged| judged.movement.verdict).map_err(|untold| *untold);
    let told = told(report, &outcome, verdict);
    let usual = judged.ok().and_then(|judged| asked.usual(&judged)).filter(|_| matches!(told, Told::Verdict(_)));
    let unit = report.unit_of(outcome.metric);
    let value = |float: f64| format.charted(float, &unit);
    let before = asked.start();
    let went = went(&outcome, team, [before, points.last().copied()], told, &value);
    let mut count = Count::default();
    count.add(known.iter().copied());
    let sentence = format!("{} {}", phrases.standing(&count, team.state), phrases.went(&went));
    let [earlier, within] = parted(points, before, outcome.cycle.start);
    let measure = phrases.matter_measure(&went.title, &unit, outcome.metric, asked.days_of_value());
    let figure = MatterFigure {
        id: [prefix, ".", objective.plan.id.value.as_str()].concat(),
        title: report.words().did_it_matter.to_owned(),
        description: phrases.matter_described(
            &key,
            &levers,
            &went,
            usual.map(|usual| (value(usual.low), value(usual.high))),
        ),
        days: outcome.shown(),
        levers,
        earlier,
        outcome: within,
        bands: usual.map(|usual| Band { days: outcome.cycle, low: usual.low, high: usual.high }).into_iter().collect(),
        band_label: phrases.usual_range().to_owned(),
        headings: (phrases.ways_heading().to_owned(), went.title),
        today: went.is_open.then(|| (report.as_of(), phrases.today().to_owned())),
        quarters: vec![(outcome.cycle.start, team.cycle())],
        months: Months::default(),
    };
    let svg = chart::matter(&figure, &value);
    Some(Matter { chart: Chart { svg, measure, alternative: figure.description }, sentence, key })
}

/// An outcome at a glance.
#[derive(Debug)]
pub struct Glance {
    /// Its way over the cycle before and this one, as a word-sized line.
    pub drawing: Svg,
    /// Whether it moved, in a sentence.
    pub sentence: String,
}

/// Returns the first outcomes that teams' objectives are to move, each once, at most `most`.
#[must_use]
pub fn glances<'a>(report: &Report<'a>, teams: &[TeamReport<'a>], most: usize) -> Vec<Glance> {
    let mut known: Vec<&Metric> = Vec::new();
    let mut glances = Vec::new();
    for (team, objective) in teams.iter().flat_map(|team| team.objectives().map(move |objective| (*team, objective))) {
        if glances.len() == most {
            break;
        }
        let Some(outcome) = Outcome::of(report, team, objective) else { continue };
        if known.iter().any(|known| known.id == outcome.metric.id) {
            continue;
        }
        known.push(outcome.metric);
        glances.extend(glance(report, team, &outcome));
    }
    glances
}

fn glance(report: &Report<'_>, team: TeamReport<'_>, outcome: &Outcome<'_>) -> Option<Glance> {
    let asked = outcome.asked(report);
    let points = asked.course(outcome.shown());
    let (low, high) = points
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &(_, value)| (low.min(value), high.max(value)));
    let last = points.last().copied()?;
    let told = told(report, outcome, movement::of(&asked).map(|judged| judged.movement.verdict));
    let unit = report.unit_of(outcome.metric);
    let format = report.format.within(Some(team.quarter.id.kind()));
    let value = |float: f64| format.charted(float, &unit);
    let went = went(outcome, team, [asked.start(), Some(last)], told, &value);
    let air = if high > low { (high - low) / 8.0 } else { 1.0 };
    let figure = Sparkline {
        segments: segments_of(points),
        window: outcome.shown(),
        domain: (low - air, high + air),
        target: None,
    };
    Some(Glance { drawing: chart::sparkline(&figure), sentence: Phrases::new(format).went(&went) })
}

fn went(
    outcome: &Outcome<'_>,
    team: TeamReport<'_>,
    [before, last]: [Option<(Day, f64)>; 2],
    told: Told,
    value: &dyn Fn(f64) -> String,
) -> Went {
    let written = |point: Option<(Day, f64)>| point.map(|(_, float)| value(float)).unwrap_or_default();
    Went {
        title: decide::metric_title(outcome.metric),
        from: written(before),
        to: written(last),
        is_open: team.state == QuarterState::Open,
        told: if before.is_none() && told != Told::Early { Told::NoStart } else { told },
    }
}

/// Returns an outcome over all cycles, below the key results that were to move it; nothing where neither has values. The
/// objectives come newest first.
#[must_use]
pub fn timeline<'a>(
    report: &Report<'a>,
    metric: &Metric,
    objectives: &[(TeamReport<'a>, ObjectiveReport<'a>)],
    id: &str,
) -> Option<Chart> {
    let outcomes: Vec<Outcome<'_>> =
        objectives.iter().filter_map(|&(team, objective)| Outcome::of(report, team, objective)).collect();
    // Sums over a year and over a quarter have no common scale: the shortest cycles are told.
    let days = outcomes.iter().map(|outcome| outcome.cycle.days()).min()?;
    let newest = outcomes.iter().find(|outcome| outcome.cycle.days() <= days + DAYS_ALIKE)?;
    let shown = Window {
        start: outcomes.iter().map(|outcome| outcome.cycle.start).min()?.plus(-days),
        end: outcomes.iter().map(|outcome| outcome.cycle.end).max()?,
    };
    let ways = objectives.iter().flat_map(|(team, objective)| {
        let known: Vec<_> = objective.key_results(*team, &report.inputs.plan.metrics).collect();
        levers(report, &known).0
    });
    let mut levers: Vec<Lever> = ways.take(MOST_LEVERS).collect();
    levers.iter_mut().for_each(|lever| lever.label.clear());
    let whole = newest.whole(report);
    let points = whole.course(shown);
    if levers.is_empty() || points.is_empty() {
        return None;
    }
    let mut bands: Vec<Band> = Vec::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.cycle.days() <= days + DAYS_ALIKE) {
        if !bands.iter().any(|band| band.days == outcome.cycle) {
            bands.extend(outcome.band(report));
        }
    }
    let (unit, title) = (report.unit_of(metric), decide::metric_title(metric));
    let phrases = Phrases::new(report.format);
    let value = |float: f64| report.format.charted(float, &unit);
    let ends = (points.first().copied()?, points.last().copied()?);
    let named = |(team, _): &(TeamReport<'_>, ObjectiveReport<'_>)| (team.quarter.window.start, team.cycle());
    let short = objectives.iter().filter(|(team, _)| team.quarter.window.days() <= days + DAYS_ALIKE);
    let names: BTreeMap<Day, String> = short.map(named).collect();
    let figure = MatterFigure {
        id: id.to_owned(),
        title: report.words().did_it_matter.to_owned(),
        description: phrases.timeline_described(
            &title,
            levers.len(),
            (ends.0.0, &value(ends.0.1)),
            (ends.1.0, &value(ends.1.1)),
        ),
        days: shown,
        levers,
        earlier: Vec::new(),
        outcome: segments_of(points),
        bands,
        band_label: phrases.usual_range().to_owned(),
        headings: (phrases.ways_heading().to_owned(), title.clone()),
        today: (report.as_of() < shown.end).then(|| (report.as_of(), phrases.today().to_owned())),
        quarters: names.into_iter().collect(),
        months: Months::default(),
    };
    let measure = phrases.timeline_measure(&title, &unit, metric, whole.days_of_value());
    Some(Chart { svg: chart::matter(&figure, &value), measure, alternative: figure.description })
}

fn told(report: &Report<'_>, outcome: &Outcome<'_>, judged: Result<MovementVerdict, Untold>) -> Told {
    let is_over = outcome.cycle.end <= report.as_of();
    match judged {
        _ if is_over && report.as_of() < outcome.end => Told::Awaited(outcome.end),
        _ if outcome.metric.better.is_none() => Told::NoWay,
        Ok(verdict) => Told::Verdict(verdict),
        Err(Untold::Early) => Told::Early,
        Err(Untold::NoValue) => Told::NoStart,
    }
}

/// Returns the points before a cycle and those in it, both with the value that it began with, so that the line goes on.
fn parted(points: Vec<(Day, f64)>, before: Option<(Day, f64)>, start: Day) -> [Vec<Segment>; 2] {
    let (mut earlier, mut within): (Vec<_>, Vec<_>) = points.into_iter().partition(|(day, _)| *day < start);
    if let Some(before) = before {
        earlier.retain(|(day, _)| *day < before.0);
        earlier.push(before);
        within.insert(0, before);
    }
    [segments_of(earlier), segments_of(within)]
}

/// Returns the ways of the key results that have one, each with its number in the objective, and which line is whose.
fn levers(report: &Report<'_>, known: &[KeyResultReport<'_>]) -> (Vec<Lever>, String) {
    let lever = |(place, known): (usize, &KeyResultReport<'_>)| {
        let points = match known.goal() {
            Some(Goal::Milestone(_)) => done(report, known),
            _ => figures::way(report, known),
        };
        let label = (place + 1).to_string();
        let named = [&label, "\u{a0}", &decide::subject(known)].concat();
        (!points.is_empty()).then_some((Lever { label, points }, named))
    };
    let (levers, named): (Vec<Lever>, Vec<String>) = known.iter().enumerate().filter_map(lever).unzip();
    (levers, named.join(" · "))
}

/// Returns the way of what is done or not: nothing, and all from the day on that it was done.
fn done(report: &Report<'_>, known: &KeyResultReport<'_>) -> Vec<(Day, f64)> {
    let Window { start, end } = known.team.quarter.window;
    let last = end.plus(-1).min(report.as_of());
    let is_done = known.score.score == Some(Number::ONE);
    match known.score.measured_on.filter(|_| is_done) {
        Some(day) => vec![(start, 0.0), (day.plus(-1).max(start), 0.0), (day, 1.0), (last.max(day), 1.0)],
        None if known.score.score.is_some() => vec![(start, 0.0), (last, 0.0)],
        None => Vec::new(),
    }
}
