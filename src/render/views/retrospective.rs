//! What a quarter taught: lessons and what is carried forward, then the four answers of each key result, misses first.

use serde::Serialize;

use super::contents::contents;
use super::key_result::body;
use super::shell::{Chrome, Link};
use super::{Maker, matter};
use crate::error::Result;
use crate::model::plan::Body;
use crate::model::review::{Answers, Carry};
use crate::model::scorecard::{Band, Grade};
use crate::render::markup::Markup;
use crate::render::pieces::Piece;
use crate::render::routes;
use crate::render::stencil::Field;
use crate::report::decide::{self, title};
use crate::report::shown::{Graded, Target};
use crate::report::{KeyResultReport, QuarterReport, ledger};

#[derive(Debug, Serialize)]
pub(super) struct View {
    page: Chrome,
    heading: String,
    lead: String,
    contents: Markup,
    lessons: Vec<LessonView>,
    lessons_rest: String,
    matters: Vec<MatterView>,
    matters_left_out: String,
    bands: Vec<BandView>,
    carried: Vec<CarryView>,
    not_carried: String,
    has_carry: bool,
    has_target: bool,
    unanswered: Vec<UnansweredView>,
    left_out: String,
}

/// The most key results on the page, misses first; beyond it nobody reads on.
const LIMIT: usize = 300;

/// The most decisions on what to carry on.
const CARRIED: usize = 1000;

/// The most pictures of objectives with their outcomes; the others stand on their teams' pages.
const MATTERS: usize = 24;

/// The most lessons that stand first; all of them stand in the table.
const LESSONS: usize = 6;

/// What a team would do differently.
#[derive(Debug, Serialize)]
struct LessonView {
    text: Markup,
    link: Link,
    team: String,
    grade: Markup,
}

/// An objective with the picture of its outcome.
#[derive(Debug, Serialize)]
struct MatterView {
    link: Link,
    team: String,
    grade: Markup,
    figure: Markup,
}

/// The key results of a band that somebody wrote about.
#[derive(Debug, Serialize)]
struct BandView {
    word: &'static str,
    band: &'static str,
    count: usize,
    /// Rows of the table.
    entries: Markup,
}

#[derive(Debug, Serialize)]
struct CarryView {
    link: Link,
    team: String,
    undecided: &'static str,
    to: String,
}

/// A team with key results that nobody wrote about.
#[derive(Debug, Serialize)]
struct UnansweredView {
    team: Link,
    count: usize,
}

/// Returns the page of a quarter.
pub(super) fn view(maker: Maker<'_>, place: usize) -> Result<Option<View>> {
    let Some(quarter) = maker.report.quarters.get(place) else { return Ok(None) };
    let id = quarter.id();
    let (ages, count) = super::standing::tally(maker, quarter);
    let (mut answered, mut unanswered) = (Vec::new(), Vec::new());
    for team in &quarter.teams {
        let (with, without): (Vec<_>, Vec<_>) = maker.report.key_results(*team).partition(|report| has_answers(report));
        answered.extend(with);
        // Nobody was asked while it ran.
        if !without.is_empty() && !ledger::is_imported(quarter) {
            let href = maker.link(&routes::team_quarter(id, &team.plan.team));
            let team = Link { text: team.name.to_owned(), href };
            unanswered.push(UnansweredView { team, count: without.len() });
        }
    }
    answered.sort_by_key(|report| report.score.score);
    let (matters, left_pictures) = matters(maker, quarter)?;
    let (lessons, left_lessons) = lessons(maker, &answered);
    let carry: Vec<_> = answered.iter().filter_map(|report| Some((report, carry(report)?))).collect();
    let (left, kept): (Vec<_>, Vec<_>) = carry.iter().partition(|(_, carry)| carry.decision == Some(false));
    let (has_carry, not_carried) = (!carry.is_empty(), maker.phrases().not_carried(left.len()));
    let carried: Vec<CarryView> =
        kept.iter().take(CARRIED).map(|(report, carry)| carry_view(maker, report, carry)).collect();
    let all = answered.len();
    answered.truncate(LIMIT);
    let title = format!("{}, {}", maker.words.retrospective, quarter.plan.heading());
    let view = View {
        page: Chrome::new(maker, maker.part_of(id), title.clone(), ages)
            .crumb(quarter.plan.heading(), maker.link(&routes::quarter(id)))
            .here(maker.words.retrospective),
        heading: title,
        lead: maker.phrases_of(quarter.id()).standing(&count, quarter.score.state),
        contents: Markup::default(),
        lessons,
        lessons_rest: maker.phrases().and_more(left_lessons),
        matters,
        matters_left_out: maker.phrases().matters_left_out(left_pictures),
        bands: bands(maker, &answered)?,
        has_target: carried.iter().any(|carry| !carry.to.is_empty()),
        carried,
        has_carry,
        not_carried,
        unanswered,
        left_out: maker.phrases().left_out(all.saturating_sub(LIMIT)),
    };
    Ok(Some(View { contents: on_page(maker, &view)?, ..view }))
}

/// Returns the list of the page's parts.
fn on_page(maker: Maker<'_>, view: &View) -> Result<Markup> {
    let words = maker.words;
    let parts = [
        ("lessons", words.learned, !view.lessons.is_empty()),
        ("carried", words.carried, view.has_carry),
        ("answers", words.key_results, !view.bands.is_empty()),
        ("unanswered", words.no_answer, !view.unanswered.is_empty()),
        ("matters", words.did_it_matter, !view.matters.is_empty()),
    ];
    contents(maker, parts.iter().filter(|(.., is_there)| *is_there).map(|(id, text, _)| (*id, *text)))
}

/// Returns what would be done differently, misses first, and how much more of it there is.
fn lessons(maker: Maker<'_>, reports: &[KeyResultReport<'_>]) -> (Vec<LessonView>, usize) {
    let learned = |report: &KeyResultReport<'_>| {
        let text = answers_of(report)?.learned.as_ref()?;
        Some(LessonView {
            text: body(maker, text.markdown(), 3),
            link: link(maker, report),
            team: report.team.name.to_owned(),
            grade: maker.grade(Graded::of(report)).clone(),
        })
    };
    let count = reports.iter().filter_map(answers_of).filter(|answers| answers.learned.is_some()).count();
    (reports.iter().filter_map(learned).take(LESSONS).collect(), count.saturating_sub(LESSONS))
}

/// Returns what a review says of a key result.
fn answers_of<'a>(report: &KeyResultReport<'a>) -> Option<&'a Answers> {
    report.team.answers(&report.objective.id.value, &report.plan.id.value)
}

/// Returns the pictures of a quarter's objectives with their outcomes, and how many more there are.
fn matters(maker: Maker<'_>, quarter: &QuarterReport<'_>) -> Result<(Vec<MatterView>, usize)> {
    let with_outcome = quarter.teams.iter().flat_map(|team| {
        let measured = team.objectives().filter(|objective| objective.plan.outcome_metric.is_some());
        measured.map(move |objective| (*team, objective))
    });
    let (mut matters, mut left) = (Vec::new(), 0);
    for (team, objective) in with_outcome {
        if matters.len() == MATTERS {
            left += 1;
            continue;
        }
        let figure = matter::figure(maker, team, objective, &["m.", team.plan.team.as_str()].concat(), "")?;
        if figure.is_empty() {
            continue;
        }
        let href = maker.href(&Target::Objective(team, objective.plan));
        matters.push(MatterView {
            link: Link { text: title(&objective.plan.title.value).into_owned(), href },
            team: team.name.to_owned(),
            grade: maker.grade(Graded::of_objective(maker.report, team, objective)).clone(),
            figure,
        });
    }
    Ok((matters, left))
}

fn has_answers(report: &KeyResultReport<'_>) -> bool {
    answers_of(report).is_some_and(Answers::has_words)
}

/// Returns entries by band, misses first; those without a grade stand before them.
fn bands(maker: Maker<'_>, reports: &[KeyResultReport<'_>]) -> Result<Vec<BandView>> {
    let mut bands: Vec<BandView> = Vec::new();
    for report in reports {
        let band = report.score.grade().map(Grade::band);
        let (word, name) = match band {
            _ if !report.team.is_over() => (maker.phrases().so_far_word(), "so-far"),
            None => (maker.words.no_grade, "none"),
            Some(band) => (maker.phrases().bands()[band as usize], Band::name(band)),
        };
        if bands.last().is_none_or(|known| known.band != name) {
            bands.push(BandView { word, band: name, count: 0, entries: Markup::default() });
        }
        if let Some(known) = bands.last_mut() {
            known.count += 1;
            add_entry(&mut known.entries, maker, report)?;
        }
    }
    Ok(bands)
}

fn link(maker: Maker<'_>, report: &KeyResultReport<'_>) -> Link {
    Link { text: title(report.title()).into_owned(), href: maker.href(&Target::KeyResult(*report)) }
}

fn add_entry(out: &mut Markup, maker: Maker<'_>, report: &KeyResultReport<'_>) -> Result<()> {
    let written = answers_of(report);
    let said = |text: Option<&Body>| text.map(|text| body(maker, text.markdown(), 4)).unwrap_or_default();
    let worked = said(written.and_then(|written| written.worked.as_ref()));
    let failed = said(written.and_then(|written| written.failed.as_ref()));
    let learned = said(written.and_then(|written| written.learned.as_ref()));
    let carry = said(carry(report).map(|carry| &carry.body));
    let mut more = Markup::default();
    written.iter().flat_map(|written| &written.loose).for_each(|text| more.add(&said(Some(text))));
    let questions = [maker.words.worked, maker.words.failed, maker.words.learned, maker.words.carry];
    let open = written.map(Answers::open).unwrap_or_default();
    let open: Vec<&str> = open.iter().map(|&place| questions[place]).collect();
    let Link { text, href } = link(maker, report);
    let fields = [
        ("href", Field::Text(&href)),
        ("title", Field::Text(&text)),
        ("grade", Field::Html(maker.grade(Graded::of(report)))),
        ("team", Field::Text(report.team.name)),
        ("marks", Field::Html(&maker.marks(&decide::marks(report)))),
        ("sentence", Field::Text(&report.sentence(maker.format))),
        ("worked", Field::Html(&worked)),
        ("failed", Field::Html(&failed)),
        ("learned", Field::Html(&learned)),
        ("carry", Field::Html(&carry)),
        ("more", Field::Html(&more)),
        ("open", Field::Text(&maker.phrases().open_questions(&open))),
    ];
    out.begin_line(out.is_empty());
    maker.add(out, Piece::RetrospectiveEntry, &fields)
}

fn carry<'a>(report: &KeyResultReport<'a>) -> Option<&'a Carry> {
    answers_of(report)?.carry.as_ref()
}

fn carry_view(maker: Maker<'_>, report: &KeyResultReport<'_>, carry: &Carry) -> CarryView {
    CarryView {
        link: link(maker, report),
        team: report.team.name.to_owned(),
        undecided: if carry.decision.is_some() { "" } else { maker.words.undecided },
        to: carry.to.clone().unwrap_or_default(),
    }
}
