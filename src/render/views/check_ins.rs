//! Check-ins: the line of confidence on a card, what changed since the last one, calibration.

use serde::Serialize;

use super::Maker;
use super::scores::title;
use super::shell::Link;
use crate::error::Result;
use crate::render::markup::{Field, Markup};
use crate::render::pieces::Piece;
use crate::render::{figures, routes};
use crate::report::check_ins::{self, Calibration, Change, Recorded};
use crate::report::{KeyResultReport, QuarterReport, TeamReport};

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

/// The most changes on the first page.
const CHANGES: usize = 12;

/// Returns the confidence in a key result, where somebody stated one or said something.
pub(super) fn confidence(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Result<Markup> {
    let mut markup = Markup::default();
    let recorded = report.recorded();
    let is_said = |known: &&Recorded<'_>| known.entry.confidence.is_some() || known.entry.note.is_some();
    let mut list = Markup::default();
    for known in recorded.iter().filter(is_said).rev() {
        add_said(&mut list, maker, known)?;
    }
    if list.is_empty() {
        return Ok(markup);
    }
    let now = report.confidence().map(|confidence| maker.phrases().confidence(confidence)).unwrap_or_default();
    let line = figures::confidence(&recorded, report.team.quarter.window);
    let fields = [("now", Field::Text(&now)), ("line", Field::Html(&line)), ("said", Field::Html(&list))];
    maker.add(&mut markup, Piece::Confidence, &fields)?;
    Ok(markup)
}

fn add_said(out: &mut Markup, maker: Maker<'_>, known: &Recorded<'_>) -> Result<()> {
    let (entry, phrases) = (known.entry, maker.phrases());
    let confidence = entry.confidence.as_ref().map(|confidence| phrases.confidence(confidence.value));
    let fields = [
        ("day", Field::Text(&maker.format.day_of_year(known.on))),
        ("confidence", Field::Text(&confidence.unwrap_or_default())),
        ("note", Field::Text(&phrases.note(entry.note.as_deref(), entry.by.as_deref()))),
    ];
    maker.add(out, Piece::Said, &fields)
}

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
    let page = routes::team_quarter(report.team.quarter.id, &report.team.plan.team);
    let fragment = routes::fragment(&report.objective.id.value, &report.plan.id.value);
    let grade = |grade| maker.atoms.column_grade(Some(grade), report.score.state, report.team.is_over());
    let confidence = last.entry.confidence.as_ref().map(|confidence| maker.phrases().confidence(confidence.value));
    ChangeRow {
        link: Link { text: title(report.title()).into_owned(), href: maker.link(&format!("{page}#{fragment}")) },
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
