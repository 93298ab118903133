//! A build's data as things with facts: quarters hold teams, teams hold objectives, objectives hold key results.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::fact::{Figure, What};
use super::file::Named;
use super::form::{Finding, Head};
use crate::error::{Error, Result};
use crate::model::goal::{Better, Bound, GoalKind, Side};
use crate::model::ids::CycleId;
use crate::model::ledger::commitment::LockState;
use crate::render::DATA_SCHEMA;
use crate::render::form::{
    Book, GoalJson, KeyResultJson, LevelsJson, LockJson, MetricJson, ObjectiveJson, QuarterFile, QuarterJson, StepJson,
    TeamJson,
};

/// One build's data.
#[derive(Debug, Clone)]
pub struct Build {
    /// The version that built it.
    pub(super) okrbook: String,
    pub(super) as_of: String,
    /// Whose book it is, where the whole of it was read.
    pub(super) organisation: Option<String>,
    /// Quarters, latest first.
    pub(super) quarters: Vec<Item>,
    pub(super) metrics: Vec<Item>,
    pub(super) findings: Vec<Finding>,
}

/// A thing that builds tell of.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) facts: Vec<(What, Figure)>,
    pub(super) parts: Vec<Self>,
}

/// Returns the quarters that a `data/book.json` lists, so that their files can be read.
///
/// # Errors
///
/// A usage error that names the file and says what to do, where it is broken, foreign or of a newer form.
pub fn quarters_of(book: Named<'_>) -> Result<Vec<CycleId>> {
    let file: Book<'_> = read(book)?;
    let ids = file.quarters.iter().map(|quarter| {
        CycleId::parse(&quarter.id).ok_or_else(|| foreign(book, &format!("`{}` is no quarter", quarter.id)))
    });
    ids.collect()
}

impl Build {
    /// Returns a whole build: `data/book.json` and the files of the quarters that it lists.
    ///
    /// # Errors
    ///
    /// A usage error that names the file and says what to do, where one is broken, foreign or of a newer form.
    pub fn of_book(book: Named<'_>, quarters: &[Named<'_>]) -> Result<Self> {
        let file: Book<'_> = read(book)?;
        let mut items = Vec::with_capacity(quarters.len());
        for quarter in quarters {
            items.push(quarter_item(read(*quarter)?));
        }
        items.sort_by(|a, b| b.id.cmp(&a.id));
        Ok(Self {
            okrbook: file.okrbook.into(),
            as_of: file.as_of,
            organisation: Some(file.organisation.into()),
            quarters: items,
            metrics: file.metrics.into_items().into_iter().map(metric_item).collect(),
            findings: file.findings.into_items().into_iter().map(Finding::from).collect(),
        })
    }

    /// Returns what one quarter's file tells: nothing of metrics, and only the findings of its own folder.
    ///
    /// # Errors
    ///
    /// A usage error that names the file and says what to do, where it is broken, foreign or of a newer form.
    pub fn of_quarter(quarter: Named<'_>) -> Result<Self> {
        let mut file: QuarterFile<'_> = read(quarter)?;
        Ok(Self {
            okrbook: std::mem::take(&mut file.okrbook).into(),
            as_of: std::mem::take(&mut file.as_of),
            organisation: None,
            metrics: Vec::new(),
            findings: std::mem::take(&mut file.findings).into_items().into_iter().map(Finding::from).collect(),
            quarters: vec![quarter_item(file)],
        })
    }

    /// Returns the quarter, where this is the data of one only.
    #[must_use]
    pub fn only_quarter(&self) -> Option<&str> {
        match (&self.organisation, &self.quarters[..]) {
            (None, [only]) => Some(&only.id),
            _ => None,
        }
    }

    /// Returns how many quarters and key results there are.
    pub(super) fn size(&self) -> (usize, usize) {
        let teams = self.quarters.iter().flat_map(|quarter| &quarter.parts);
        let objectives = teams.flat_map(|team| &team.parts);
        (self.quarters.len(), objectives.map(|objective| objective.parts.len()).sum())
    }
}

fn read<T: DeserializeOwned>(file: Named<'_>) -> Result<T> {
    let broken = |error: &serde_json::Error| error.is_syntax() || error.is_eof();
    let head = match serde_json::from_str::<Head>(file.text) {
        Ok(head) => head,
        Err(error) if broken(&error) => {
            return Err(Error::usage_with_help(
                format!("{} is broken JSON: {error}", file.name),
                "build that site again, or copy its `data` folder again, whole",
            ));
        }
        Err(error) => return Err(foreign(file, &error.to_string())),
    };
    match head.schema {
        None => return Err(foreign(file, "no `schema` is in it")),
        Some(schema) if schema > DATA_SCHEMA => {
            let by = head.okrbook.map(|version| format!(" by okrbook {version}")).unwrap_or_default();
            return Err(Error::usage_with_help(
                format!(
                    "{} was made{by} in form {schema}, and this okrbook reads forms up to {DATA_SCHEMA}",
                    file.name
                ),
                "compare with the newer okrbook, or build that site again with this one",
            ));
        }
        Some(_) => {}
    }
    serde_json::from_str(file.text).map_err(|error| foreign(file, &error.to_string()))
}

fn foreign(file: Named<'_>, why: &str) -> Error {
    Error::usage_with_help(
        format!("{} is not what okrbook writes under that name: {why}", file.name),
        "name two sites that okrbook built, their `data` folders, or two files like data/2026-Q3.json",
    )
}

/// Collects what is known of a thing; what is unknown is left out.
#[derive(Default)]
struct Facts(Vec<(What, Figure)>);

impl Facts {
    fn add(&mut self, what: What, text: impl Into<String>) -> &mut Self {
        self.maybe(what, Some(text))
    }

    fn maybe(&mut self, what: What, text: Option<impl Into<String>>) -> &mut Self {
        self.maybe_in(what, text, "")
    }

    fn maybe_in(&mut self, what: What, text: Option<impl Into<String>>, unit: &str) -> &mut Self {
        self.0.extend(text.map(|text| (what, Figure { text: text.into(), unit: unit.to_owned() })));
        self
    }
}

fn quarter_item(file: QuarterFile<'_>) -> Item {
    let QuarterJson { id, start, end, state } = file.quarter;
    let mut facts = Facts::default();
    facts.add(What::Start, start).add(What::End, end).add(What::Phase, state);
    Item {
        id,
        title: String::new(),
        facts: facts.0,
        parts: file.teams.into_items().into_iter().map(team_item).collect(),
    }
}

fn team_item(form: TeamJson<'_>) -> Item {
    let mut facts = Facts::default();
    facts.add(What::Title, form.name.clone()).maybe(What::Score, form.score).maybe(What::Grade, form.grade);
    let parts = form.objectives.into_iter().map(objective_item).collect();
    Item { id: form.id.into(), title: form.name.into(), facts: facts.0, parts }
}

fn objective_item(form: ObjectiveJson<'_>) -> Item {
    let mut facts = Facts::default();
    facts
        .add(What::Title, form.title.clone())
        .maybe(What::Outcome, form.outcome)
        .maybe(What::Lever, form.lever)
        .add(What::Ambition, form.ambition)
        .maybe(What::Score, form.score)
        .maybe(What::Grade, form.grade)
        .maybe(What::Status, form.status)
        .add(What::Pessimistic, form.pessimistic)
        .add(What::Measured, format!("{} of {}", form.measured, form.of));
    let parts = form.key_results.into_iter().map(key_result_item).collect();
    Item { id: form.id.into(), title: form.title.into(), facts: facts.0, parts }
}

fn key_result_item(form: KeyResultJson<'_>) -> Item {
    let unit = form.goal.as_ref().map(unit_of).unwrap_or_default();
    let mut facts = Facts::default();
    facts
        .add(What::Title, form.title.clone())
        .maybe(What::Goal, form.goal.as_ref().map(goal_words))
        .maybe_in(What::Levels, form.levels.and_then(level_words), &unit)
        .maybe(What::CheckPoints, step_words(&form.steps))
        .maybe(What::Metric, form.metric)
        .maybe(What::Lock, form.lock.as_ref().map(lock_words))
        .maybe(What::Final, form.judgement.map(|judged| said(judged.score, &[judged.because, judged.by])))
        .maybe_in(What::Value, form.value, &unit)
        .maybe(What::Progress, form.progress)
        .maybe(What::Score, form.score)
        .maybe(What::ScoreToday, form.lock.and_then(|lock| lock.score_today))
        .maybe(What::Grade, form.grade)
        .add(What::State, form.state)
        .maybe(What::Status, form.status)
        .maybe(What::Movement, form.movement.map(|movement| movement.verdict))
        .maybe(What::Confidence, form.confidence.map(|confidence| confidence.to_string()));
    Item { id: form.id.into(), title: form.title.into(), facts: facts.0, parts: Vec::new() }
}

/// Returns `commit 60, stretch 90`, or what there is of it.
fn level_words(levels: LevelsJson) -> Option<String> {
    let of = |name: &str, level: Option<String>| level.map(|level| format!("{name} {level}"));
    let said: Vec<String> =
        [of("commit", levels.commit), of("stretch", levels.stretch)].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// Returns `contract signed (2026-08-14), pilot live`; nothing without check points.
fn step_words(steps: &[StepJson<'_>]) -> Option<String> {
    let step = |step: &StepJson<'_>| match &step.done {
        Some(day) => format!("{} ({day})", step.name),
        None => step.name.clone().into_owned(),
    };
    let said: Vec<String> = steps.iter().map(step).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn metric_item(form: MetricJson<'_>) -> Item {
    let mut facts = Facts::default();
    facts
        .add(What::Title, form.title.clone())
        .maybe(What::Unit, form.unit)
        .add(What::Aggregate, form.aggregate)
        .maybe(What::Source, form.source);
    Item { id: form.id.into(), title: form.title.into(), facts: facts.0, parts: Vec::new() }
}

/// Returns `0.6 (two incidents were a vendor's; cto)`.
fn said(text: String, more: &[Option<Cow<'_, str>>]) -> String {
    let more: Vec<&str> = more.iter().flatten().map(AsRef::as_ref).collect();
    if more.is_empty() { text } else { format!("{text} ({})", more.join("; ")) }
}

/// Returns `% per month`, or what there is of it.
fn unit_of(goal: &GoalJson<'_>) -> String {
    let unit = goal.unit.as_deref().filter(|unit| *unit != "count").unwrap_or_default();
    let per = goal.per.as_ref().map(|per| format!("per {per}")).unwrap_or_default();
    format!("{unit} {per}").trim().to_owned()
}

/// Returns a goal in words: `from 94 to 98 %`, `below 60 s`, `by 5 points`.
fn goal_words(goal: &GoalJson<'_>) -> String {
    let number = |number: &Option<String>| number.clone().unwrap_or_else(|| "?".to_owned());
    let words = match GoalKind::named(&goal.kind) {
        Some(GoalKind::Gain) => {
            let from = goal.from.as_ref().map(|from| format!(" from {from}")).unwrap_or_default();
            format!("by {}{from}", number(&goal.by))
        }
        Some(GoalKind::Hold) => {
            let upper = goal.upper.as_ref().map(|upper| {
                let key = Bound::key_of(Side::Below, goal.upper_inclusive == Some(true)).replace('_', " ");
                format!(" and {key} {upper}")
            });
            let is_below = goal.better.as_deref() == Some(Better::Lower.name());
            let side = if is_below { Side::Below } else { Side::Above };
            let bound = Bound::key_of(side, goal.inclusive == Some(true)).replace('_', " ");
            format!("{bound} {}{}", number(&goal.bound), upper.unwrap_or_default())
        }
        Some(GoalKind::Milestone) => return "done or not".to_owned(),
        Some(GoalKind::Baseline) => return "a baseline to be established".to_owned(),
        Some(GoalKind::Move | GoalKind::Target) | None => match &goal.from {
            Some(from) => format!("from {from} to {}", number(&goal.to)),
            None => format!("to {}", number(&goal.to)),
        },
    };
    format!("{words} {}", unit_of(goal)).trim_end().to_owned()
}

/// Returns what a lock says: `kept as locked on 2026-07-06`, `moved since the lock of 2026-07-06 (goal: 25 %, in silence)`.
fn lock_words(lock: &LockJson<'_>) -> String {
    let changes = lock.changes.iter().map(|change| {
        let how = change.amended.as_ref().map_or_else(|| "in silence".to_owned(), |day| format!("amended {day}"));
        Some(format!("{}: {}, {how}", change.what, change.is).into())
    });
    match LockState::named(&lock.state) {
        Some(LockState::Kept) => format!("kept as locked on {}", lock.on),
        Some(LockState::Added) => format!("added after the lock, on {}", lock.on),
        Some(LockState::Moved | LockState::Dropped) | None => {
            said(format!("{} since the lock of {}", lock.state, lock.on), &changes.collect::<Vec<_>>())
        }
    }
}
