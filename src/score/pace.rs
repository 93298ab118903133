//! Pace and status while a quarter runs.
//!
//! The pace says how much progress is expected by the last day that the data speaks of: `linear` the share of days gone
//! (that day included), `step` and days before the first stage 0, stages the last one reached, `none` nothing. What was
//! measured at the end of October is asked for October's progress, however late in November it is looked at.
//!
//! Progress is then projected to the quarter's last day: by the trend where there are at least five points (not under
//! `step`, where the change comes all at once), of a mean, percentile or ratio over the quarter so far those of the later
//! half of these days, since how it settles at first is no trend; else progress ÷ expected progress; run-rates and holds stand for the
//! whole quarter as they are. An aspirational objective is ahead from a projected 1.0, on track from 0.7, at risk
//! from 0.4, else off track; a committed one is ahead when it is met already, on track from 1.0, at risk from
//! 0.7. What can't be reached any more is out of reach, however well it goes otherwise. Where there is nothing to project from, the progress as it stands is judged, but is at worst at risk; stale
//! data is at best at risk.

use super::book::{Moment, Source};
use super::progress::{Ends, Progress};
use super::trend;
use crate::model::calendar::Day;
use crate::model::metric::Aggregate;
use crate::model::plan::{Ambition, Pace};
use crate::model::quantity::{Number, Unit};
use crate::model::scorecard::{Expected, KeyResultScore, ProjectionRule, ScoreState, Standing, Status};

/// What scoring learned that a projection needs.
pub(super) enum Outlook {
    /// A value that moves between two ends.
    Level {
        /// The ends.
        ends: Ends,
        /// The unit of the metric's values.
        unit: Unit,
        /// Whether the target is reached today.
        met: bool,
    },
    /// A run-rate.
    Rate {
        /// Whether the target is reached already, whatever comes.
        met: bool,
    },
    /// A share so far, which can still change.
    Hold,
    /// A milestone or baseline, or what was reached before it began: done or not.
    Soft {
        /// The day it is due.
        due: Option<Day>,
    },
}

/// What a status is judged by.
pub(super) struct Course<'a> {
    pub(super) pace: &'a Pace,
    pub(super) ambition: Ambition,
    pub(super) source: Option<Source<'a>>,
}

/// Returns where a key result of a running quarter stands.
pub(super) fn standing(
    card: &KeyResultScore,
    outlook: Option<&Outlook>,
    course: &Course<'_>,
    moment: &Moment,
) -> Standing {
    let is_out = card.best.is_some();
    let bare = if is_out { Status::OutOfReach } else { Status::NoData };
    let nothing = Standing { status: bare, expected: None, projected: None, rule: ProjectionRule::Nothing };
    let (Some(outlook), Some(progress)) = (outlook, card.progress.filter(|_| card.score.is_some())) else {
        return nothing;
    };
    let exact = Progress { kept: progress, exact: card.exact_progress().unwrap_or_else(|| progress.into()) };
    let by = course.source.and_then(|source| source.data_day(moment, card.measured_on)).unwrap_or(moment.day);
    let expected = match outlook {
        Outlook::Level { .. } => expected(course.pace, moment, by),
        Outlook::Rate { .. } | Outlook::Hold | Outlook::Soft { .. } => None,
    };
    let (projected, rule) = match outlook {
        Outlook::Level { ends, unit, .. } => {
            let trend = by_trend(ends, unit, course, moment);
            project(trend, exact, expected)
        }
        Outlook::Rate { .. } | Outlook::Hold => (Some(progress), ProjectionRule::RunRate),
        Outlook::Soft { .. } => (None, ProjectionRule::Nothing),
    };
    let met = match outlook {
        Outlook::Level { met, .. } | Outlook::Rate { met } => *met,
        Outlook::Hold => false,
        Outlook::Soft { .. } => progress >= Number::ONE,
    };
    let missed = matches!(outlook, Outlook::Soft { due: Some(due) } if *due < moment.day && !met);
    let status = match projected {
        Some(projected) => status(course.ambition, projected, met),
        None if missed => Status::OffTrack,
        None => status(course.ambition, progress, met).min(Status::AtRisk),
    };
    let status = if card.state == ScoreState::Stale { status.max(Status::AtRisk) } else { status };
    // What can't be reached any more is no better in a trend.
    let projected = projected.map(|projected| if is_out { projected.min(progress) } else { projected });
    let status = if is_out { Status::OutOfReach } else { status };
    let expected = expected.map(|expected| Expected { progress: expected.kept, by });
    Standing { status, expected, projected, rule }
}

/// Returns the progress that the pace expects by a day.
fn expected(pace: &Pace, moment: &Moment, by: Day) -> Option<Progress> {
    match pace {
        Pace::Linear => {
            let gone = Number::whole(moment.quarter.window.until(by).days().into());
            Progress::share(gone, Number::whole(moment.quarter_days().into()))
        }
        Pace::Step => Some(Progress::plain(Number::ZERO)),
        Pace::None => None,
        Pace::Stages(stages) => {
            let reached = stages.iter().filter(|(day, _)| *day <= by).max_by_key(|(day, _)| *day);
            Some(Progress::plain(reached.map_or(Number::ZERO, |&(_, progress)| progress)))
        }
    }
}

/// Returns the projected progress: the trend's, else as the pace goes on.
fn project(trend: Option<Number>, progress: Progress, expected: Option<Progress>) -> (Option<Number>, ProjectionRule) {
    if trend.is_some() {
        return (trend, ProjectionRule::Trend);
    }
    let begun = expected.filter(|expected| expected.kept > Number::ZERO);
    let by_pace = begun.and_then(|expected| progress.over(expected)).map(|projected| projected.kept);
    (by_pace, if by_pace.is_some() { ProjectionRule::Pace } else { ProjectionRule::Nothing })
}

/// Returns the progress of the trend's value on the quarter's last day, to six decimals; under `step` there is none.
fn by_trend(ends: &Ends, unit: &Unit, course: &Course<'_>, moment: &Moment) -> Option<Number> {
    let source = course.source.filter(|_| *course.pace != Pace::Step)?;
    let mut points = source.evidence.trend(moment.to_date);
    // A mean of a few days says little: how it settles down isn't where it goes.
    if accumulates(source) {
        let middle = moment.to_date.start.plus(moment.to_date.days() / 2);
        points.retain(|point| point.day >= middle);
    }
    let value = trend::value_on(&points, moment.quarter.window.end.plus(-1))?;
    let factor = unit.convert(Number::ONE, &ends.unit)?.to_float();
    let (from, to) = (ends.from.to_float(), ends.to.to_float());
    let way = to - from;
    // Ends that only decimals can tell apart have no way for a line to go.
    if way == 0.0 {
        return None;
    }
    let progress = (value * factor - from) / way;
    Number::from_float(progress.clamp(-1e9, 1e9), 6)
}

/// Says whether a day's value is that of all days before it, too.
fn accumulates(source: Source<'_>) -> bool {
    source.evidence.aggregate() != Aggregate::Last && source.metric.window_days.is_none()
}

/// Returns the status of a projected progress.
fn status(ambition: Ambition, projected: Number, met: bool) -> Status {
    let tenth = |tenths: i64| Number::new(tenths, 1).unwrap_or(Number::ONE);
    let (ahead, on_track, at_risk) = match ambition {
        Ambition::Aspirational => (projected >= Number::ONE, tenth(7), tenth(4)),
        Ambition::Committed => (met, Number::ONE, tenth(7)),
    };
    if ahead {
        Status::Ahead
    } else if projected >= on_track {
        Status::OnTrack
    } else if projected >= at_risk {
        Status::AtRisk
    } else {
        Status::OffTrack
    }
}
