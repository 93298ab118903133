//! Grades and statuses as readers see them.

use serde::Serialize;

use crate::model::quantity::Number;
use crate::model::scorecard::{self, Grade, KeyResultScore, Rollup, ScoreState};
use crate::report::format::Format;
use crate::report::text::Phrases;
use crate::report::{KeyResultReport, ObjectiveReport, Report, TeamReport, decide, levels};

/// What a grade's looks depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graded {
    /// The grade; nothing where there is none.
    pub grade: Option<Grade>,
    /// What stands in its place then.
    pub state: ScoreState,
    /// Whether the quarter is over; before, a grade is no verdict.
    pub is_over: bool,
    /// What its bar shows besides.
    pub beside: Beside,
}

/// What stands on and beside a grade's bar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside {
    /// Where the pace expects the grade by now, in tenths, floored as grades are; nothing where it says nothing.
    pub expected: Option<u8>,
    /// Where lies what was promised, in tenths; nothing where nothing was.
    pub promised: Option<u8>,
    /// The grade that people set in its place.
    pub judged: Option<Grade>,
    /// Whether the number doesn't say what it seems to: a guardrail is broken, people judged otherwise, or key results
    /// were reached while their outcome stood still.
    pub is_doubted: bool,
}

impl Graded {
    /// Returns a grade whose bar shows nothing more, or what stands in its place.
    #[must_use]
    pub fn plain(grade: Result<Grade, ScoreState>, is_over: bool) -> Self {
        let state = grade.err().unwrap_or(ScoreState::Measured);
        Self { grade: grade.ok(), state, is_over, beside: Beside::default() }
    }

    /// Returns the grade of a key result.
    #[must_use]
    pub fn of(report: &KeyResultReport<'_>) -> Self {
        let score = report.score;
        let grade = score.grade();
        let judged = score.judgement.as_ref().map(|judged| Grade::of(judged.score));
        let beside = Beside {
            expected: score.standing.as_ref().and_then(|standing| Some(tenths_expected(standing.expected?.progress))),
            promised: None,
            judged,
            is_doubted: judged.is_some() || score.guardrail_broken(),
        };
        let beside = if grade.is_some() { beside } else { Beside { judged, ..Beside::default() } };
        Self { grade, state: score.state, is_over: report.team.is_over(), beside }
    }

    /// Returns the grade of a key result, with what was promised of it.
    #[must_use]
    pub fn promising(report: &KeyResultReport<'_>) -> Self {
        let graded = Self::of(report);
        let promised = levels::promised_tenths(report).filter(|_| graded.grade.is_some());
        Self { beside: Beside { promised, ..graded.beside }, ..graded }
    }

    /// Returns the grade of a mean.
    #[must_use]
    pub fn of_mean(rollup: &Rollup, is_over: bool) -> Self {
        Self::plain(rollup.grade().ok_or(ScoreState::Measured), is_over)
    }

    /// Returns the grade of an objective.
    #[must_use]
    pub fn of_objective(report: &Report<'_>, team: TeamReport<'_>, known: ObjectiveReport<'_>) -> Self {
        let graded = Self::of_mean(&known.score.rollup, team.is_over());
        let is_doubted = graded.grade.is_some() && decide::is_theatre(report, known.plan);
        Self { beside: Beside { is_doubted, ..Beside::default() }, ..graded }
    }

    /// Returns another grade of the same key result, of which its bar says nothing more.
    #[must_use]
    pub fn at(self, grade: Grade) -> Self {
        Self { grade: Some(grade), beside: Beside::default(), ..self }
    }
}

/// Returns an expected progress as a grade is told, so that a tick and a bar are floored alike.
fn tenths_expected(progress: Number) -> u8 {
    Grade::of(progress.clamp(Number::ZERO, Number::ONE)).tenths()
}

/// Returns what the bars of a team's scoring table mean besides their lengths; empty where they show nothing more.
#[must_use]
pub fn bars_key<'a>(report: &Report<'a>, team: TeamReport<'a>) -> String {
    let (mut has_tick, mut has_hatched) = (false, false);
    for objective in team.objectives() {
        let key_results = objective.key_results(team, &report.inputs.plan.metrics).map(|known| Graded::of(&known));
        for graded in key_results.chain([Graded::of_objective(report, team, objective)]) {
            has_tick |= graded.beside.expected.is_some();
            has_hatched |= graded.beside.is_doubted;
        }
    }
    Phrases::new(report.format).bars_key(has_tick, has_hatched)
}

/// A grade as readers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The grade, or a dash.
    pub figure: String,
    /// The grade that people set beside it, in words; empty where they set none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub judged: String,
    /// The band's word, or why there is no grade.
    pub word: &'static str,
    /// The band's name for styles; `so-far` while the quarter runs, `none` without a grade.
    pub band: &'static str,
    /// How much of a bar it fills, in tenths; nothing without a grade.
    pub tenths: Option<u8>,
    /// Where on the bar lies what was promised, in tenths; nothing where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<u8>,
    /// Where on the bar lies what the pace expects by now, in tenths; nothing where it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<u8>,
    /// Whether the bar is hatched, since its length doesn't say what it seems to.
    #[serde(skip_serializing_if = "is_plain")]
    pub is_doubted: bool,
}

/// Says whether a bar is drawn full, which needs no telling.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_plain(is_doubted: &bool) -> bool {
    !*is_doubted
}

impl Verdict {
    /// Returns a grade as readers see it.
    #[must_use]
    pub fn new(graded: Graded, format: Format) -> Self {
        let phrases = Phrases::new(format);
        let Beside { expected, promised, judged, is_doubted } = graded.beside;
        let judged = judged.map(|judged| phrases.judged(judged)).unwrap_or_default();
        let (word, band) = match graded.grade {
            None => (phrases.no_grade(graded.state), "none"),
            Some(grade) if graded.is_over => (format.language().band(grade.band()), grade.band().name()),
            Some(_) => (phrases.so_far_word(), "so-far"),
        };
        let figure = graded.grade.map_or_else(|| "–".to_owned(), |grade| grade.to_string());
        let tenths = graded.grade.map(Grade::tenths);
        Self { figure, judged, word, band, tenths, promised, expected, is_doubted }
    }

    /// Returns the grade of a key result, with what was promised of it.
    #[must_use]
    pub fn of(report: &KeyResultReport<'_>, format: Format) -> Self {
        Self::new(Graded::promising(report), format)
    }

    /// Returns a grade for a column whose head says that grades are so far.
    #[must_use]
    pub fn in_column(graded: Graded, format: Format) -> Self {
        let verdict = Self::new(graded, format);
        let is_said = verdict.tenths.is_some() && !graded.is_over;
        Self { word: if is_said { "" } else { verdict.word }, ..verdict }
    }

    /// Returns what its bar is called in styles: how long it is, and what stands on it; empty without a grade.
    #[must_use]
    pub fn bar(&self) -> String {
        let Some(tenths) = self.tenths else { return String::new() };
        let mut bar = format!("g{tenths}");
        if let Some(promised) = self.promised {
            bar.push_str(&format!(" c{promised}"));
        }
        if let Some(expected) = self.expected {
            bar.push_str(&format!(" e{expected}"));
        }
        if self.is_doubted {
            bar.push_str(" hatched");
        }
        bar
    }
}

/// Where a key result stands while the quarter runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The symbol.
    pub symbol: &'static str,
    /// The word.
    pub word: &'static str,
    /// The name for styles.
    pub code: &'static str,
}

impl Status {
    /// Returns a status as readers see it.
    #[must_use]
    pub fn new(status: scorecard::Status, format: Format) -> Self {
        Self { symbol: status.symbol(), word: format.language().status(status), code: status.name() }
    }

    /// Returns where a key result stands; nothing once the quarter is over.
    #[must_use]
    pub fn of(score: &KeyResultScore) -> Option<scorecard::Status> {
        score.standing.as_ref().map(|standing| standing.status)
    }
}
