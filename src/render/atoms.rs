//! Small pieces that stand on a page dozens of times: grades, statuses, marks.
//!
//! There are few different ones, so each is rendered once, by the template that a book may replace.

use serde::Serialize;

use crate::error::Result;
use crate::model::quantity::Number;
use crate::model::scorecard::{self, Grade, ScoreState};
use crate::report::decide::Mark;
use crate::report::format::Format;
use crate::report::quality::Quality;
use crate::report::shown::{Graded, Status, Verdict};
use crate::report::text::Phrases;

use super::markup::Markup;
use super::pieces::Piece;
use super::stencil::Field;
use super::templates::Templates;

const BARS: [&str; 11] = ["g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9", "g10"];

fn grade_of(tenths: usize) -> Grade {
    Grade::of(i64::try_from(tenths).ok().and_then(|tenths| Number::new(tenths, 1)).unwrap_or_default())
}

/// All small pieces of a site.
#[derive(Debug)]
pub(super) struct Atoms {
    grades: Vec<Markup>,
    so_far: Vec<Markup>,
    /// Without the words, for columns whose head says them.
    bare: Vec<Markup>,
    no_grades: Vec<Markup>,
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
    pub(super) fn new(templates: &Templates, format: Format) -> Result<Self> {
        let phrases = Phrases::new(format);
        let one = |piece: Piece, strings: &[&str]| {
            let names = piece.strings().iter().copied();
            let fields: Vec<(&str, Field<'_>)> = names.zip(strings.iter().map(|text| Field::Text(text))).collect();
            let mut out = Markup::default();
            templates.add(&mut out, piece, &fields).map(|()| out)
        };
        let verdict = |verdict: &Verdict| {
            let bar = verdict.tenths.map_or("", |tenths| BARS[usize::from(tenths)]);
            one(Piece::Grade, &[verdict.band, &verdict.figure, bar, verdict.word])
        };
        let graded =
            |tenths: usize, is_over| Graded { grade: Some(grade_of(tenths)), state: ScoreState::Measured, is_over };
        let grades = |is_over| -> Result<Vec<Markup>> {
            (0..BARS.len()).map(|tenths| verdict(&Verdict::new(graded(tenths, is_over), format))).collect()
        };
        let bare = |tenths: usize| verdict(&Verdict::in_column(graded(tenths, false), format));
        let no_grade =
            |state: &ScoreState| verdict(&Verdict::new(Graded { grade: None, state: *state, is_over: true }, format));
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
            bare: (0..BARS.len()).map(bare).collect::<Result<_>>()?,
            grades: grades(true)?,
            no_grades: ScoreState::ALL.iter().map(no_grade).collect::<Result<_>>()?,
            statuses: scorecard::Status::ALL.iter().map(status).collect::<Result<_>>()?,
            marks: Mark::ALL.iter().map(mark).collect::<Result<_>>()?,
            none: Markup::default(),
        })
    }

    /// Returns a grade; where there is none, what stands in its place in a state.
    ///
    /// While a quarter runs, a grade is no verdict: it says "so far".
    pub(super) fn grade(&self, Graded { grade, state, is_over }: Graded) -> &Markup {
        let known = match grade {
            Some(grade) if !is_over => self.so_far.get(usize::from(grade.tenths())),
            Some(grade) => self.grades.get(usize::from(grade.tenths())),
            None => self.no_grades.get(state as usize),
        };
        known.unwrap_or(&self.none)
    }

    /// Returns a grade for a column whose head says that grades are so far.
    pub(super) fn column_grade(&self, graded: Graded) -> &Markup {
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
