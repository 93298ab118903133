//! Check-ins: what changed since the last one, calibration.

use serde::Serialize;

use super::Maker;
use super::shell::Link;
use crate::render::markup::Markup;
use crate::report::check_ins::{self, Calibration, Change};
use crate::report::decide::title;
use crate::report::shown::{Graded, Target};
use crate::report::{QuarterReport, TeamReport};

/// What changed since the last check-in.
#[derive(Debug, Serialize)]
pub(super) struct Since<'a> {
    title: String,
    lead: String,
    rows: Vec<ChangeRow<'a>>,
}

#[derive(Debug, Serialize)]
struct ChangeRow<'a> {
    link: Link,
    team: String,
    was: &'a Markup,
    is: &'a Markup,
    confidence: String,
    note: String,
}

/// How well confidence and final grades go together.
#[derive(Debug, Serialize)]
pub(super) struct CalibrationRow {
    said: String,
    count: usize,
    reached: String,
    mean: String,
}

impl Since<'_> {
    /// Returns what it is called.
    pub(super) fn title(&self) -> &str {
        &self.title
    }
}

/// The most changes on a page.
const CHANGES: usize = 12;

/// Returns what changed since the last check-in of a quarter that runs; nothing where there was none.
pub(super) fn since<'a>(maker: Maker<'a>, quarter: &QuarterReport<'a>) -> Option<Since<'a>> {
    let last = check_ins::last_day(quarter).filter(|_| !quarter.is_over())?;
    let (changes, kept) = check_ins::changes(maker.report, quarter);
    let fallen = changes.iter().filter(|change| change.rise() < 0).count();
    // That grades rise by a tenth in a fortnight is no news.
    let told = changes.iter().filter(|change| !(0..=1).contains(&change.rise()));
    let phrases = maker.phrases();
    Some(Since {
        title: phrases.since_check_in(last),
        lead: phrases.changed_since(fallen, changes.len() - fallen, kept),
        rows: told.take(CHANGES).map(|change| change_row(maker, change)).collect(),
    })
}

fn change_row<'a>(maker: Maker<'a>, change: &Change<'_>) -> ChangeRow<'a> {
    let Change { report, last, was, is } = change;
    let graded = Graded::of(report);
    let grade = |grade| maker.in_column(graded.at(grade));
    let confidence = last.entry.confidence.as_ref().map(|confidence| maker.phrases().confidence(confidence.value));
    ChangeRow {
        link: Link { text: title(report.title()).into_owned(), href: maker.href(&Target::KeyResult(*report)) },
        team: report.team.name.to_owned(),
        was: grade(*was),
        is: grade(*is),
        confidence: confidence.unwrap_or_default(),
        note: maker.phrases().note(last.entry.note.as_deref(), last.entry.by.as_deref()),
    }
}

/// Returns how a team's confidence and its final grades went together.
pub(super) fn calibration(maker: Maker<'_>, quarters: &[TeamReport<'_>]) -> Vec<CalibrationRow> {
    let row = |known: &Calibration| CalibrationRow {
        said: maker.phrases().confidences(known.said),
        count: known.count,
        reached: format!("{} {} {}", known.reached, maker.words.of, known.count),
        mean: maker.format.score(known.mean),
    };
    check_ins::calibration(maker.report, quarters).iter().map(row).collect()
}
