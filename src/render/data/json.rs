//! What the JSON files say, from the report.

use std::borrow::Cow;

use super::SCHEMA;
use super::form::{
    Book, ChoiceJson, FileJson, FinalJson, FindingJson, GoalJson, KeyResultJson, LevelsJson, LinkJson, LockJson,
    MetricJson, MovementJson, ObjectiveJson, QuarterFile, QuarterJson, ReadJson, ReceiptJson, StepJson, TeamJson,
    TeamName, WindowJson,
};
use super::listed::Listed;
use crate::diag::Diagnostic;
use crate::model::calendar::{Quarter, Window};
use crate::model::goal::Goal;
use crate::model::history::Receipt;
use crate::model::levels::LevelKind;
use crate::model::link::Link;
use crate::model::metric::Metric;
use crate::model::movement::{Basis, Movement};
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::review::Judged;
use crate::model::scorecard::{QuarterState, Rollup};
use crate::model::step::Step;
use crate::render::MADE_BY;
use crate::report::{KeyResultReport, ObjectiveReport, QuarterReport, Report, TeamReport, trace};
use crate::score::verdict;

/// Returns a number with all its digits and no trailing zeros.
pub(super) fn exact(number: Number) -> String {
    number.normal().to_string()
}

impl<'a> Book<'a> {
    pub(super) fn new(report: &'a Report<'a>) -> Self {
        let plan = report.inputs.plan;
        let teams = report.team_ids().map(|id| TeamName { id: id.as_str().into(), name: report.team_name(id).into() });
        Self {
            schema: SCHEMA,
            okrbook: version(),
            as_of: report.as_of().to_string(),
            organisation: report.inputs.identity.organisation.as_str().into(),
            quarters: report.quarters.iter().map(|q| QuarterJson::new(q.plan.quarter, q.score.state)).collect(),
            teams: teams.collect(),
            metrics: Listed::of(move || plan.metrics.values().map(|metric| MetricJson::new(report, metric))),
            findings: Listed::of(move || {
                report.inputs.findings.iter().map(|finding| FindingJson::new(report, finding))
            }),
        }
    }
}

impl<'a> MetricJson<'a> {
    fn new(report: &Report<'a>, metric: &'a Metric) -> Self {
        Self {
            id: metric.id.as_str().into(),
            title: metric.title.as_str().into(),
            unit: metric.unit.as_ref().map(|unit| unit.value.to_string()),
            aggregate: metric.aggregate.name(),
            source: metric.source.as_ref().map(|source| source.value.as_str().into()),
            read: Some(trace::of_exports(report, metric, &[]).into_iter().map(ReadJson::from).collect()),
        }
    }
}

impl From<trace::Section> for ReadJson<'_> {
    fn from(section: trace::Section) -> Self {
        let choice = |line: trace::Line| ChoiceJson {
            what: line.term.into(),
            taken: line.text.into(),
            why: (!line.why.is_empty()).then(|| line.why.into()),
        };
        Self { export: section.name.into(), choices: section.lines.into_iter().map(choice).collect() }
    }
}

impl<'a> QuarterFile<'a> {
    pub(super) fn new(report: &'a Report<'a>, quarter: &'a QuarterReport<'a>) -> Self {
        let findings = move || {
            let folder = quarter.plan.path("");
            let is_own = move |finding: &&Diagnostic| report.path(&finding.place).starts_with(&folder);
            report.inputs.findings.iter().filter(is_own).map(|finding| FindingJson::new(report, finding))
        };
        Self {
            schema: SCHEMA,
            okrbook: version(),
            as_of: report.as_of().to_string(),
            quarter: QuarterJson::new(quarter.plan.quarter, quarter.score.state),
            teams: Listed::of(move || quarter.teams.iter().map(|team| TeamJson::new(report, team))),
            findings: Listed::of(findings),
        }
    }
}

fn version() -> Cow<'static, str> {
    MADE_BY.strip_prefix("okrbook ").unwrap_or(MADE_BY).into()
}

impl QuarterJson<'_> {
    fn new(quarter: Quarter, state: QuarterState) -> Self {
        let window = WindowJson::new(quarter.window);
        Self { id: quarter.id.to_string(), start: window.start, end: window.end, state: state.name().into() }
    }
}

impl WindowJson {
    fn new(window: Window) -> Self {
        Self { start: window.start.to_string(), end: window.end.to_string() }
    }
}

fn graded(rollup: &Rollup) -> (Option<String>, Option<String>) {
    (rollup.score.map(exact), rollup.grade().map(|grade| grade.to_string()))
}

impl<'a> TeamJson<'a> {
    fn new(report: &'a Report<'a>, team: &TeamReport<'a>) -> Self {
        let (score, grade) = graded(&team.score.rollup);
        let objectives = team.objectives().map(|objective| ObjectiveJson::new(report, *team, objective));
        let (id, name) = (team.plan.team.as_str().into(), team.name.into());
        Self { id, name, score, grade, objectives: objectives.collect() }
    }
}

impl<'a> ObjectiveJson<'a> {
    fn new(report: &'a Report<'a>, team: TeamReport<'a>, objective: ObjectiveReport<'a>) -> Self {
        let plan = objective.plan;
        let rollup = &objective.score.rollup;
        let (score, grade) = graded(rollup);
        let status = verdict::status(objective.score).filter(|_| !team.is_over());
        Self {
            id: plan.id.value.as_str().into(),
            title: plan.title.value.as_str().into(),
            outcome: plan.outcome.as_ref().map(|outcome| outcome.value.as_str().into()),
            lever: plan.lever.as_ref().map(|lever| lever.value.as_str().into()),
            ambition: objective.score.ambition.name().into(),
            score,
            grade,
            status: status.map(|status| status.name().into()),
            pessimistic: exact(rollup.pessimistic),
            measured: rollup.measured,
            of: rollup.of,
            note: plan.note.as_ref().map(|note| note.value.as_str().into()),
            links: plan.links.iter().map(LinkJson::new).collect(),
            key_results: objective
                .key_results(team, &report.inputs.plan.metrics)
                .map(|key_result| KeyResultJson::new(&key_result))
                .collect(),
        }
    }
}

impl<'a> KeyResultJson<'a> {
    fn new(report: &KeyResultReport<'a>) -> Self {
        let (plan, score) = (report.plan, report.score);
        let unit = report.goal().and_then(Goal::quantity).map(|quantity| &quantity.unit);
        let grade = score.grade();
        let standing = score.standing.as_ref().filter(|_| !report.team.is_over());
        let expected = standing.and_then(|standing| standing.expected);
        Self {
            id: plan.id.value.as_str().into(),
            title: report.title().into(),
            goal: goal_of(report),
            levels: LevelsJson::new(report),
            steps: plan.steps.iter().map(StepJson::new).collect(),
            value: score.value.as_ref().and_then(|value| number_in(value, unit)).map(exact),
            so_far: score.run_rate.as_ref().map(|rate| exact(rate.so_far)),
            progress: score.progress.map(exact),
            score: score.score.map(exact),
            grade: grade.map(|grade| grade.to_string()),
            band: grade.map(|grade| grade.band().name().into()),
            state: score.state.name().into(),
            status: standing.map(|standing| standing.status.name().into()),
            best: score.best.filter(|_| standing.is_some()).map(exact),
            expected: expected.map(|expected| exact(expected.progress)),
            expected_by: expected.map(|expected| expected.by.to_string()),
            judgement: score.judgement.as_deref().map(FinalJson::new),
            metric: report.metric().map(|metric| metric.id.as_str().into()),
            movement: score.movement.as_deref().map(MovementJson::new),
            note: plan.note.as_ref().map(|note| note.value.as_str().into()),
            links: plan.links.iter().map(LinkJson::new).collect(),
            confidence: report.confidence(),
            lock: LockJson::new(report),
            receipt: score.receipt.as_ref().map(ReceiptJson::new),
        }
    }
}

impl LevelsJson {
    fn new(report: &KeyResultReport<'_>) -> Option<Self> {
        let levels = report.levels();
        let unit = report.goal().and_then(Goal::quantity).map(|quantity| &quantity.unit);
        let of = |kind: LevelKind| levels.iter().find(|level| level.kind == kind);
        let number = |kind: LevelKind| of(kind).and_then(|level| number_in(&level.at, unit)).map(exact);
        let said = Self { commit: number(LevelKind::Commit), stretch: number(LevelKind::Stretch) };
        (!levels.is_empty()).then_some(said)
    }
}

impl<'a> StepJson<'a> {
    fn new(step: &'a Step) -> Self {
        Self { name: step.name.as_str().into(), done: step.done.map(|day| day.to_string()) }
    }
}

impl<'a> LinkJson<'a> {
    fn new(link: &'a Link) -> Self {
        Self { name: link.name.as_str().into(), to: link.to.value.as_str().into() }
    }
}

/// Returns the goal as the team stated it, with the start that was measured where it stated none.
fn goal_of(report: &KeyResultReport<'_>) -> Option<GoalJson<'static>> {
    let committed = report.plan.commitment.locked().and_then(|locked| locked.terms.goal.as_ref());
    let stated = committed.or(report.plan.goal.as_ref()).or(report.score.goal.as_ref())?;
    let mut goal = GoalJson::new(stated);
    if let (Goal::Gain(_) | Goal::Target(_), Some(Goal::Move(resolved))) = (stated, &report.score.goal) {
        let scored = GoalJson::new(&Goal::Move(resolved.clone()));
        goal = GoalJson { kind: goal.kind, by: goal.by, ..scored };
    }
    Some(goal)
}

/// Returns a number in the unit, as it is where it can't be counted in that, and nothing where it is too large for it.
fn number_in(value: &Quantity, unit: Option<&Unit>) -> Option<Number> {
    match unit {
        Some(unit) if value.unit.converts_to(unit) => value.number_in(unit),
        Some(_) | None => Some(value.number),
    }
}

impl GoalJson<'_> {
    pub(super) fn new(goal: &Goal) -> Self {
        let quantity = goal.quantity();
        let base = Self {
            kind: goal.kind().name().into(),
            unit: quantity.map(|quantity| quantity.unit.to_string()),
            per: quantity.and_then(|quantity| quantity.per.as_ref()).map(ToString::to_string),
            better: goal.better().map(|better| better.name().into()),
            ..Self::default()
        };
        let in_unit = |value: &Quantity| number_in(value, quantity.map(|quantity| &quantity.unit)).map(exact);
        match goal {
            Goal::Move(goal) => Self { from: in_unit(&goal.from), to: in_unit(&goal.to), ..base },
            Goal::Target(goal) => Self { to: in_unit(&goal.to), ..base },
            Goal::Gain(goal) => Self { from: goal.from.as_ref().and_then(in_unit), by: in_unit(&goal.by), ..base },
            Goal::Hold(goal) => {
                let upper = goal.upper.as_ref();
                Self {
                    bound: in_unit(&goal.bound.limit),
                    inclusive: Some(goal.bound.inclusive),
                    upper: upper.and_then(|upper| in_unit(&upper.limit)),
                    upper_inclusive: upper.map(|upper| upper.inclusive),
                    ..base
                }
            }
            Goal::Milestone(_) | Goal::Baseline(_) => base,
        }
    }
}

impl MovementJson<'static> {
    fn new(movement: &Movement) -> Self {
        let base = Self { verdict: movement.verdict.name().into(), ..Self::default() };
        let test = |name: &'static str| Some(name.into());
        let count = |weeks: u32| Some(weeks.into());
        match &movement.basis {
            Basis::Windows(known) => Self {
                test: test("windows"),
                days: Some(known.days),
                windows: Some(known.windows),
                as_large: Some(known.as_large),
                share: known.share().map(exact),
                either_way: known.either_way.then_some(true),
                seasonal: known.seasonal.then_some(true),
                ..base
            },
            Basis::Weeks(known) => {
                Self { test: test("weeks"), before: count(known.before), within: count(known.within), ..base }
            }
            Basis::Counts(known) => Self {
                test: test("counts"),
                before: Some(known.before),
                within: Some(known.within),
                chance: Some(exact(known.chance)),
                ..base
            },
            Basis::Changes(known) => Self { test: test("changes"), windows: Some(known.windows), ..base },
            Basis::TooFew(known) => {
                Self { why: test("few-weeks"), before: count(known.before), within: count(known.within), ..base }
            }
        }
    }
}

impl<'a> FinalJson<'a> {
    fn new(judgement: &'a Judged) -> Self {
        let said = |text: &'a Option<String>| text.as_deref().map(Cow::from);
        Self { score: exact(judgement.score), because: said(&judgement.because), by: said(&judgement.by) }
    }
}

impl<'a> ReceiptJson<'a> {
    fn new(receipt: &'a Receipt) -> Self {
        let files = receipt.files.iter().map(|(export, used)| FileJson {
            path: (&*export.path).into(),
            sha256: export.sha256.to_string(),
            rows: used.rows,
            first_line: used.first_line,
            last_line: used.last_line,
        });
        Self {
            files: files.collect(),
            rows: receipt.rows,
            left_out: receipt.left_out,
            aggregate: receipt.aggregate.name(),
            filter: (&*receipt.filter).into(),
            window: WindowJson::new(receipt.window),
        }
    }
}

impl<'a> FindingJson<'a> {
    fn new(report: &Report<'_>, finding: &'a Diagnostic) -> Self {
        let place = report.position(&finding.place);
        Self {
            code: finding.code.into(),
            level: finding.level.word().into(),
            message: finding.message.as_str().into(),
            file: place.file,
            line: place.line,
            column: place.column,
            help: finding.help.as_deref().map(Cow::from),
        }
    }
}
