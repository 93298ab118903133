//! The JSON shapes, as plain structs.

use schemars::JsonSchema;
use serde::Serialize;

use super::SCHEMA;
use super::lock_json::LockJson;
use crate::diag::Diagnostic;
use crate::model::calendar::{Quarter, Window};
use crate::model::goal::{Better, Goal};
use crate::model::history::Receipt;
use crate::model::quantity::{Number, Quantity, Unit};
use crate::model::review::Judged;
use crate::model::scorecard::{QuarterState, Rollup};
use crate::render::MADE_BY;
use crate::report::{KeyResultReport, ObjectiveReport, QuarterReport, Report, TeamReport};

#[derive(Serialize, JsonSchema)]
pub(super) struct Book<'a> {
    schema: u32,
    okrbook: &'static str,
    as_of: String,
    organisation: &'a str,
    quarters: Vec<QuarterJson>,
    teams: Vec<TeamName<'a>>,
    metrics: Vec<MetricJson<'a>>,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct TeamName<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct MetricJson<'a> {
    id: &'a str,
    title: &'a str,
    unit: Option<String>,
    aggregate: String,
    source: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct QuarterFile<'a> {
    schema: u32,
    okrbook: &'static str,
    as_of: String,
    quarter: QuarterJson,
    teams: Vec<TeamJson<'a>>,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct QuarterJson {
    id: String,
    start: String,
    end: String,
    state: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct TeamJson<'a> {
    id: &'a str,
    name: &'a str,
    score: Option<String>,
    grade: Option<String>,
    objectives: Vec<ObjectiveJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ObjectiveJson<'a> {
    id: &'a str,
    title: &'a str,
    outcome: Option<&'a str>,
    lever: Option<&'a str>,
    ambition: &'static str,
    score: Option<String>,
    grade: Option<String>,
    pessimistic: String,
    measured: usize,
    of: usize,
    key_results: Vec<KeyResultJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct KeyResultJson<'a> {
    id: &'a str,
    title: &'a str,
    goal: Option<GoalJson>,
    value: Option<String>,
    progress: Option<String>,
    score: Option<String>,
    grade: Option<String>,
    band: Option<&'static str>,
    state: &'static str,
    status: Option<&'static str>,
    #[serde(rename = "final")]
    judgement: Option<FinalJson<'a>>,
    metric: Option<&'a str>,
    /// How sure the team was at its last check-in, from 0 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<u8>,
    /// What the lock says, where the quarter is locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    lock: Option<LockJson>,
    receipt: Option<ReceiptJson<'a>>,
}

/// A goal; its numbers are in the unit of its start, or of its only quantity.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct GoalJson {
    pub(super) kind: &'static str,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) by: Option<String>,
    pub(super) bound: Option<String>,
    inclusive: Option<bool>,
    pub(super) unit: Option<String>,
    per: Option<String>,
    better: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
struct FinalJson<'a> {
    score: String,
    because: Option<&'a str>,
    by: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct ReceiptJson<'a> {
    files: Vec<FileJson<'a>>,
    rows: u64,
    left_out: u64,
    aggregate: String,
    filter: &'a str,
    window: WindowJson,
}

#[derive(Serialize, JsonSchema)]
struct FileJson<'a> {
    path: &'a str,
    sha256: String,
    rows: u64,
    first_line: u64,
    last_line: u64,
}

#[derive(Serialize, JsonSchema)]
struct WindowJson {
    start: String,
    end: String,
}

#[derive(Serialize, JsonSchema)]
struct FindingJson<'a> {
    code: &'static str,
    level: &'static str,
    message: &'a str,
    file: String,
    line: Option<u64>,
    column: Option<u64>,
    help: Option<&'a str>,
}

/// Returns a number with all its digits and no trailing zeros.
pub(super) fn exact(number: Number) -> String {
    number.normal().to_string()
}

impl<'a> Book<'a> {
    pub(super) fn new(report: &'a Report<'a>) -> Self {
        let plan = report.inputs.plan;
        let metrics = plan.metrics.values().map(|metric| MetricJson {
            id: metric.id.as_str(),
            title: &metric.title,
            unit: metric.unit.as_ref().map(|unit| unit.value.to_string()),
            aggregate: metric.aggregate.name(),
            source: metric.source.as_ref().map(|source| source.value.as_str()),
        });
        let teams = report.team_ids().map(|id| TeamName { id: id.as_str(), name: report.team_name(id) });
        Self {
            schema: SCHEMA,
            okrbook: version(),
            as_of: report.as_of().to_string(),
            organisation: &report.inputs.identity.organisation,
            quarters: report.quarters.iter().map(|q| QuarterJson::new(q.plan.quarter, q.score.state)).collect(),
            teams: teams.collect(),
            metrics: metrics.collect(),
            findings: report.inputs.findings.iter().map(|finding| FindingJson::new(report, finding)).collect(),
        }
    }
}

impl<'a> QuarterFile<'a> {
    pub(super) fn new(report: &'a Report<'a>, quarter: &'a QuarterReport<'a>) -> Self {
        let folder = format!("quarters/{}/", quarter.id());
        let findings = report.inputs.findings.iter().filter(|finding| report.path(&finding.place).starts_with(&folder));
        Self {
            schema: SCHEMA,
            okrbook: version(),
            as_of: report.as_of().to_string(),
            quarter: QuarterJson::new(quarter.plan.quarter, quarter.score.state),
            teams: quarter.teams.iter().map(|team| TeamJson::new(report, team)).collect(),
            findings: findings.map(|finding| FindingJson::new(report, finding)).collect(),
        }
    }
}

fn version() -> &'static str {
    MADE_BY.strip_prefix("okrbook ").unwrap_or(MADE_BY)
}

impl QuarterJson {
    fn new(quarter: Quarter, state: QuarterState) -> Self {
        let window = WindowJson::new(quarter.window);
        Self { id: quarter.id.to_string(), start: window.start, end: window.end, state: state.name() }
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
        Self { id: team.plan.team.as_str(), name: team.name, score, grade, objectives: objectives.collect() }
    }
}

impl<'a> ObjectiveJson<'a> {
    fn new(report: &'a Report<'a>, team: TeamReport<'a>, objective: ObjectiveReport<'a>) -> Self {
        let plan = objective.plan;
        let rollup = &objective.score.rollup;
        let (score, grade) = graded(rollup);
        Self {
            id: plan.id.value.as_str(),
            title: &plan.title.value,
            outcome: plan.outcome.as_ref().map(|outcome| outcome.value.as_str()),
            lever: plan.lever.as_ref().map(|lever| lever.value.as_str()),
            ambition: objective.score.ambition.name(),
            score,
            grade,
            pessimistic: exact(rollup.pessimistic),
            measured: rollup.measured,
            of: rollup.of,
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
        Self {
            id: plan.id.value.as_str(),
            title: report.title(),
            goal: goal_of(report),
            value: score.value.as_ref().and_then(|value| number_in(value, unit)).map(exact),
            progress: score.progress.map(exact),
            score: score.score.map(exact),
            grade: grade.map(|grade| grade.to_string()),
            band: grade.map(|grade| grade.band().name()),
            state: score.state.name(),
            status: standing.map(|standing| standing.status.name()),
            judgement: score.judgement.as_deref().map(FinalJson::new),
            metric: report.metric().map(|metric| metric.id.as_str()),
            confidence: report.confidence(),
            lock: LockJson::new(report),
            receipt: score.receipt.as_ref().map(ReceiptJson::new),
        }
    }
}

/// Returns the goal as the team stated it, with the start that was measured where it stated none.
fn goal_of(report: &KeyResultReport<'_>) -> Option<GoalJson> {
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

impl GoalJson {
    pub(super) fn new(goal: &Goal) -> Self {
        let quantity = goal.quantity();
        let base = Self {
            kind: goal.kind(),
            unit: quantity.map(|quantity| quantity.unit.to_string()),
            per: quantity.and_then(|quantity| quantity.per.as_ref()).map(ToString::to_string),
            better: goal.better().map(Better::name),
            ..Self::default()
        };
        let in_unit = |value: &Quantity| number_in(value, quantity.map(|quantity| &quantity.unit)).map(exact);
        match goal {
            Goal::Move(goal) => Self { from: in_unit(&goal.from), to: in_unit(&goal.to), ..base },
            Goal::Target(goal) => Self { to: in_unit(&goal.to), ..base },
            Goal::Gain(goal) => Self { from: goal.from.as_ref().and_then(in_unit), by: in_unit(&goal.by), ..base },
            Goal::Hold(goal) => {
                Self { bound: in_unit(&goal.bound.limit), inclusive: Some(goal.bound.inclusive), ..base }
            }
            Goal::Milestone(_) | Goal::Baseline(_) => base,
        }
    }
}

impl<'a> FinalJson<'a> {
    fn new(judgement: &'a Judged) -> Self {
        Self { score: exact(judgement.score), because: judgement.because.as_deref(), by: judgement.by.as_deref() }
    }
}

impl<'a> ReceiptJson<'a> {
    fn new(receipt: &'a Receipt) -> Self {
        let files = receipt.files.iter().map(|file| FileJson {
            path: &file.path,
            sha256: file.sha256.to_string(),
            rows: file.rows,
            first_line: file.first_line,
            last_line: file.last_line,
        });
        Self {
            files: files.collect(),
            rows: receipt.rows,
            left_out: receipt.left_out,
            aggregate: receipt.aggregate.name(),
            filter: &receipt.filter,
            window: WindowJson::new(receipt.window),
        }
    }
}

impl<'a> FindingJson<'a> {
    fn new(report: &Report<'_>, finding: &'a Diagnostic) -> Self {
        let place = report.position(&finding.place);
        Self {
            code: finding.code,
            level: finding.level.word(),
            message: &finding.message,
            file: place.file,
            line: place.line,
            column: place.column,
            help: finding.help.as_deref(),
        }
    }
}
