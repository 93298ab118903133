//! Small pieces that stand on a page dozens of times: grades, statuses, marks.
//!
//! There are few different ones, so each is rendered once, by the template that a book may replace.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::Serialize;

use crate::error::Result;
use crate::model::quantity::Number;
use crate::model::scorecard::{self, Grade, ScoreState};
use crate::report::Report;
use crate::report::decide::Mark;
use crate::report::quality::Quality;
use crate::report::shown::{Beside, Graded, Status, Verdict};
use crate::report::text::Phrases;

use super::markup::Markup;
use super::pieces::Piece;
use super::stencil::Field;
use super::templates::Templates;

/// How many grades there are.
const GRADES: usize = 11;

fn grade_of(tenths: usize) -> Grade {
    Grade::of(i64::try_from(tenths).ok().and_then(|tenths| Number::new(tenths, 1)).unwrap_or_default())
}

/// A grade with what stands on and beside its bar, as a number that other looks don't have.
type Look = u32;

/// Returns the look of a grade whose bar shows more than its length.
fn look(graded: Graded) -> Option<Look> {
    let Beside { expected, promised, judged, is_doubted } = graded.beside;
    if graded.beside == Beside::default() {
        return None;
    }
    let part = |tenths: Option<u8>| tenths.map_or(0, |tenths| Look::from(tenths) + 1);
    let tenths = [graded.grade.map(Grade::tenths), expected, promised, judged.map(Grade::tenths)];
    let packed = tenths.into_iter().fold(0, |packed, tenths| packed << 4 | part(tenths));
    // Of what has no grade the state is told.
    let state = if graded.grade.is_none() { graded.state as Look } else { 0 };
    Some((packed << 4 | state) << 2 | Look::from(graded.is_over) << 1 | Look::from(is_doubted))
}

/// Returns the grades of a report whose bars show more than their lengths.
fn looks(
    report: &Report<'_>,
    verdict: &dyn Fn(&Verdict) -> Result<Markup>,
) -> Result<BTreeMap<Look, (Markup, Markup)>> {
    let mut looks = BTreeMap::new();
    for &team in report.quarters.iter().flat_map(|quarter| &quarter.teams) {
        for objective in team.objectives() {
            let key_results = objective.key_results(team, &report.inputs.plan.metrics);
            let told = key_results.flat_map(|known| [Graded::of(&known), Graded::promising(&known)]);
            for graded in told.chain([Graded::of_objective(report, team, objective)]) {
                let Some(look) = look(graded) else { continue };
                if let Entry::Vacant(place) = looks.entry(look) {
                    let format = report.format;
                    let [full, column] = [Verdict::new(graded, format), Verdict::in_column(graded, format)];
                    place.insert((verdict(&full)?, verdict(&column)?));
                }
            }
        }
    }
    Ok(looks)
}

/// All small pieces of a site.
#[derive(Debug)]
pub(super) struct Atoms {
    grades: Vec<Markup>,
    so_far: Vec<Markup>,
    /// Without the words, for columns whose head says them.
    bare: Vec<Markup>,
    no_grades: Vec<Markup>,
    /// Grades whose bars show more than their lengths, with their words and for columns.
    looks: BTreeMap<Look, (Markup, Markup)>,
    statuses: Vec<Markup>,
    marks: Vec<Markup>,
    /// By the three answers as binary digits.
    qualities: Vec<Markup>,
    /// What stands where there is nothing.
    none: Markup,
}

#[derive(Debug, Serialize)]
struct QualitiesView {
    qualities: Vec<QualityView>,
}

/// A property that a key result has or lacks.
#[derive(Debug, Serialize)]
struct QualityView {
    holds: bool,
    symbol: &'static str,
    word: &'static str,
}

impl Atoms {
    /// Renders all pieces.
    ///
    /// # Errors
    ///
    /// Where one of the book's own templates is wrong.
    pub(super) fn new(templates: &Templates, report: &Report<'_>) -> Result<Self> {
        let format = report.format;
        let phrases = Phrases::new(format);
        let one = |piece: Piece, strings: &[&str]| {
            let names = piece.strings().iter().copied();
            let fields: Vec<(&str, Field<'_>)> = names.zip(strings.iter().map(|text| Field::Text(text))).collect();
            let mut out = Markup::default();
            templates.add(&mut out, piece, &fields).map(|()| out)
        };
        let verdict = |verdict: &Verdict| {
            one(Piece::Grade, &[verdict.band, &verdict.figure, &verdict.bar(), verdict.word, &verdict.judged])
        };
        let graded = |tenths: usize, is_over| Graded::plain(Ok(grade_of(tenths)), is_over);
        let grades = |is_over| -> Result<Vec<Markup>> {
            (0..GRADES).map(|tenths| verdict(&Verdict::new(graded(tenths, is_over), format))).collect()
        };
        let bare = |tenths: usize| verdict(&Verdict::in_column(graded(tenths, false), format));
        let no_grade = |state: &ScoreState| verdict(&Verdict::new(Graded::plain(Err(*state), true), format));
        let status = |status: &scorecard::Status| {
            let Status { symbol, word, code } = Status::new(*status, format);
            one(Piece::Status, &[code, symbol, word])
        };
        let mark = |mark: &Mark| one(Piece::Mark, &[mark.code(), phrases.mark(*mark)]);
        let qualities = |digits: usize| {
            let view = |(place, quality): (usize, &Quality)| {
                let holds = digits & (1 << place) != 0;
                QualityView { holds, symbol: if holds { "✓" } else { "✗" }, word: phrases.quality(*quality, holds) }
            };
            let qualities = Quality::ALL.iter().enumerate().map(view).collect();
            templates.rendered("quality.html", &QualitiesView { qualities })
        };
        Ok(Self {
            qualities: (0..1 << Quality::ALL.len()).map(qualities).collect::<Result<_>>()?,
            so_far: grades(false)?,
            bare: (0..GRADES).map(bare).collect::<Result<_>>()?,
            grades: grades(true)?,
            no_grades: ScoreState::ALL.iter().map(no_grade).collect::<Result<_>>()?,
            statuses: scorecard::Status::ALL.iter().map(status).collect::<Result<_>>()?,
            marks: Mark::ALL.iter().map(mark).collect::<Result<_>>()?,
            looks: looks(report, &verdict)?,
            none: Markup::default(),
        })
    }

    /// Returns a grade; where there is none, what stands in its place in a state.
    ///
    /// While a quarter runs, a grade is no verdict: it says "so far".
    pub(super) fn grade(&self, graded: Graded) -> &Markup {
        if let Some((known, _)) = look(graded).and_then(|look| self.looks.get(&look)) {
            return known;
        }
        let known = match graded.grade {
            Some(grade) if !graded.is_over => self.so_far.get(usize::from(grade.tenths())),
            Some(grade) => self.grades.get(usize::from(grade.tenths())),
            None => self.no_grades.get(graded.state as usize),
        };
        known.unwrap_or(&self.none)
    }

    /// Returns a grade for a column whose head says that grades are so far.
    pub(super) fn column_grade(&self, graded: Graded) -> &Markup {
        if let Some((_, known)) = look(graded).and_then(|look| self.looks.get(&look)) {
            return known;
        }
        let open = graded.grade.filter(|_| !graded.is_over);
        let bare = open.and_then(|grade| self.bare.get(usize::from(grade.tenths())));
        bare.unwrap_or_else(|| self.grade(graded))
    }

    /// Returns a status.
    pub(super) fn status(&self, status: scorecard::Status) -> &Markup {
        self.statuses.get(status as usize).unwrap_or(&self.none)
    }

    /// Returns which of the three qualities a key result has.
    pub(super) fn quality(&self, holds: [bool; 3]) -> &Markup {
        let digits = holds.iter().enumerate().map(|(place, holds)| usize::from(*holds) << place).sum::<usize>();
        self.qualities.get(digits).unwrap_or(&self.none)
    }

    /// Returns a mark.
    pub(super) fn mark(&self, mark: Mark) -> &Markup {
        let place = Mark::ALL.iter().position(|known| *known == mark);
        place.and_then(|place| self.marks.get(place)).unwrap_or(&self.none)
    }
}
