//! A small book in memory with every state that a page must show, for tests.

use std::collections::BTreeMap;

use super::{Identity, Inputs};
use crate::diag::Diagnostic;
use crate::hash::Digest;
use crate::model::archive::Archive;
use crate::model::calendar::{Calendar, Day, Quarter};
use crate::model::folder::Folder;
use crate::model::goal::{Better, Bound, Goal, Hold, Judge, Milestone, Move, Side};
use crate::model::history::{FileEvidence, History, Point, Receipt};
use crate::model::ids::{CycleId, GoalRef, KeyResultRef, Slug};
use crate::model::ledger::Ledger;
use crate::model::ledger::commitment::Commitment;
use crate::model::link::Link;
use crate::model::metric::{Aggregate, Metric, MetricPlace, Query, RowQuery};
use crate::model::plan::{
    Ambition, Body, Guardrail, KeyResult, Objective, Pace, Page, Plan, QuarterPlan, Team, TeamPlan,
};
use crate::model::quantity::{Number, Per, Quantity, TimeUnit, Unit};
use crate::model::review::{Answers, Carry, Judged, Review, Story};
use crate::model::scorecard::{
    Aims, Expected, GuardrailScore, GuardrailState, HoldTally, KeyResultScore, ObjectiveScore, ProjectionRule,
    QuarterScore, QuarterState, Reason, Rollup, RunRate, ScoreState, Scorecard, Standing, Status, TeamScore,
};
use crate::source::{FileId, Sources, Span, Spanned};

/// A book that owns all that a report borrows.
pub(crate) struct Fixture {
    pub(crate) identity: Identity,
    pub(crate) plan: Plan,
    pub(crate) scorecard: Scorecard,
    pub(crate) histories: BTreeMap<Slug, History>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) sources: Sources,
    pub(crate) archive: Archive,
    file: FileId,
}

pub(crate) fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

/// Returns an earlier id of something.
fn former(id: &str) -> Vec<Spanned<Slug>> {
    let mut sources = Sources::default();
    vec![Spanned::new(slug(id), Span::new(sources.add("okrbook.yaml", "x"), 0..1))]
}

pub(crate) fn slug(text: &str) -> Slug {
    Slug::new(text).expect("a slug")
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

pub(crate) fn quantity(text: &str, unit: Unit) -> Quantity {
    Quantity::new(number(text), unit)
}

pub(crate) fn moved(from: Quantity, to: Quantity) -> Goal {
    Goal::Move(Move { from, to })
}

pub(crate) fn percent(text: &str) -> Quantity {
    quantity(text, Unit::Percent)
}

pub(crate) fn per_quarter(text: &str) -> Quantity {
    Quantity { per: Some(Per::Time(TimeUnit::Quarter)), ..quantity(text, Unit::Count) }
}

pub(crate) fn time(text: &str, unit: TimeUnit) -> Quantity {
    quantity(text, Unit::Duration(unit))
}

pub(crate) fn below(limit: Quantity) -> Bound {
    Bound { side: Side::Below, inclusive: false, limit }
}

/// Returns a score without anything special.
pub(crate) fn score(id: &str, state: ScoreState, goal: Option<Goal>) -> KeyResultScore {
    KeyResultScore {
        id: slug(id),
        state,
        goal,
        baseline: None,
        value: None,
        measured_on: None,
        age_days: None,
        progress: None,
        exact: None,
        score: None,
        best: None,
        run_rate: None,
        hold: None,
        movement: None,
        standing: None,
        guardrails: Vec::new(),
        judgement: None,
        receipt: None,
        reasons: Vec::new(),
        weight: Number::ONE,
        counts: true,
        amended: None,
    }
}

/// Returns a measured score with a value, progress as given and age of two days.
pub(crate) fn measured(id: &str, goal: Goal, value: Quantity, progress: &str) -> KeyResultScore {
    let progress = number(progress);
    let clamped = progress.max(Number::ZERO).min(Number::ONE);
    KeyResultScore {
        value: Some(value),
        progress: Some(progress),
        score: Some(clamped),
        age_days: Some(2),
        measured_on: Some(day("2026-11-18")),
        receipt: Some(receipt(id)),
        ..score(id, ScoreState::Measured, Some(goal))
    }
}

fn receipt(id: &str) -> Receipt {
    Receipt {
        files: vec![FileEvidence {
            path: format!("metrics/{id}.csv").into(),
            sha256: Digest::of(id.as_bytes()),
            rows: 1_341,
            first_line: 2,
            last_line: 1_344,
        }]
        .into(),
        rows: 1_341,
        left_out: 2,
        aggregate: Aggregate::Count,
        filter: "severity is P1".into(),
        window: Calendar::default().quarter(CycleId::quarter(2026, 4)).expect("a quarter").window,
    }
}

fn standing(status: Status) -> Option<Box<Standing>> {
    Some(Box::new(Standing {
        status,
        expected: Some(Expected { progress: number("0.55"), by: day("2026-11-18") }),
        projected: Some(number("0.83")),
        rule: ProjectionRule::Trend,
    }))
}

/// Returns half a year of days for four metrics.
fn histories() -> BTreeMap<Slug, History> {
    let shapes = [
        ("p1", Aggregate::Count, "1", "0"),
        ("checkout", Aggregate::Last, "94", "0.02"),
        ("mttr", Aggregate::Last, "2.3", "-0.001"),
        ("autoscale", Aggregate::Last, "66", "-0.1"),
    ];
    let history = |(id, aggregate, start, step): (&str, Aggregate, &str, &str)| {
        let days = (0..140).filter(|day| aggregate != Aggregate::Count || day % 17 == 3);
        let value = |n: i32| {
            let noise = number("0.4").times(Number::whole(i64::from(n * 7 % 5))).expect("small");
            let drift = number(step).times(Number::whole(i64::from(n))).expect("small");
            if aggregate == Aggregate::Count {
                Number::ONE
            } else {
                number(start).plus(drift).and_then(|v| v.plus(noise)).expect("small")
            }
        };
        let points: Vec<Point> = days.map(|n| Point { day: day("2026-07-01").plus(n), value: value(n) }).collect();
        (slug(id), History::of_points(slug(id), aggregate, &points, None))
    };
    shapes.map(history).into_iter().collect()
}

struct Wanted {
    title: &'static str,
    score: KeyResultScore,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let mut sources = Sources::default();
        let file = sources.add("quarters/2026-Q4/platform.yaml", "objectives:\n  - id: reliable\n");
        let identity = Identity { organisation: "Northwind".to_owned(), ..Identity::default() };
        let scorecard = Scorecard { as_of: day("2026-11-20"), quarters: Vec::new(), aims: Aims::new() };
        let findings = vec![
            Diagnostic::warning("no-baseline", Span::new(file, 17..19), "the goal has no start").help("write `from:`"),
        ];
        let histories = histories();
        let mut fixture = Self {
            identity,
            plan: Plan::default(),
            scorecard,
            histories,
            findings,
            sources,
            archive: Archive::default(),
            file,
        };
        fixture.plan.teams =
            [("company", "Company"), ("data", "Data"), ("platform", "Platform"), ("product", "Product")]
                .map(|(id, name)| Team {
                    id: slug(id),
                    name: name.to_owned(),
                    function: Some(id.to_owned()),
                    lead: Some("Ana Ruiz".to_owned()),
                    parent: None,
                    aliases: former(&format!("{id}-team")),
                    until: None,
                })
                .to_vec();
        let aliases = |team: &Team| -> Vec<_> {
            team.aliases.iter().map(|alias| (alias.value.clone(), team.id.clone())).collect()
        };
        fixture.plan.former_teams = fixture.plan.teams.iter().flat_map(aliases).collect();
        fixture.plan.metrics = ["p1", "checkout", "mttr", "autoscale", "monthly-churn"]
            .map(|id| (slug(id), fixture.metric(id)))
            .into_iter()
            .collect::<BTreeMap<_, _>>();
        fixture.quarter(3);
        fixture.quarter(4);
        fixture.plan.pages.push(Page {
            id: slug("how-we-score"),
            title: "How we score".to_owned(),
            nav: None,
            draft: false,
            order: 1,
            aliases: former("scoring"),
            body: fixture
                .body("We score *honestly*.\n\n| grade | word |\n|--:|---|\n| 0.7 | strong |\n\n[home](../index.html)"),
        });
        fixture
    }

    pub(crate) fn inputs(&self) -> Inputs<'_> {
        Inputs {
            identity: &self.identity,
            plan: &self.plan,
            scorecard: &self.scorecard,
            histories: &self.histories,
            findings: &self.findings,
            allowed: &[],
            sources: &self.sources,
            archive: &self.archive,
        }
    }

    fn spanned<T>(&self, value: T) -> Spanned<T> {
        Spanned::new(value, Span::new(self.file, 0..1))
    }

    fn link(&self, name: &str, to: &str) -> Link {
        Link { name: name.to_owned(), to: self.spanned(to.to_owned()) }
    }

    fn words(&self, text: &str) -> Option<Spanned<String>> {
        Some(self.spanned(text.to_owned()))
    }

    fn body(&self, text: &str) -> Body {
        Body::new(text.into(), Span::new(self.file, 0..text.len()))
    }

    fn metric(&self, id: &str) -> Metric {
        let title = match id {
            "p1" => "P1 incidents",
            "checkout" => "Checkout success rate",
            "mttr" => "Mean time to recovery",
            "autoscale" => "Autoscaling response time",
            _ => id,
        };
        let path: std::sync::Arc<str> = format!("metrics/{id}.csv").into();
        let query = Query::Rows(Box::new(RowQuery::of_files(vec![path.clone()], None)));
        Metric {
            aliases: former(&format!("{id}-old")),
            title: title.to_owned(),
            better: Some(Better::Lower),
            source: self.words("PagerDuty"),
            owner: Some("sre".to_owned()),
            description: Some("Incidents of the highest severity, as opened by on-call.".to_owned()),
            fresh_within: Some(7),
            ..Metric::bare(slug(id), MetricPlace::Export(path), query, Aggregate::Last)
        }
    }

    fn quarter(&mut self, place: u8) {
        let quarter = Calendar::default().quarter(CycleId::quarter(2026, place)).expect("a quarter");
        let over = place < 4;
        let (mut teams, mut scores) = (Vec::new(), Vec::new());
        for team in ["company", "data", "platform", "product"] {
            let (plan, score) = self.team(team, quarter, over);
            teams.push(plan);
            scores.push(score);
        }
        let story = Story {
            decisions: Vec::new(),
            imported: None,
            title: Some("Paging made sane".to_owned()),
            draft: false,
            body: self.body("We spent the quarter on **reliability**, as agreed in July.\n\n## Why\n\n- customers left\n- on-call was worn out"),
        };
        self.plan.quarters.push(QuarterPlan {
            quarter,
            title: None,
            folder: Folder::default(),
            story: Some(story),
            teams,
            ledger: Ledger::default(),
        });
        let state = if over { QuarterState::Over } else { QuarterState::Open };
        self.scorecard.quarters.push(QuarterScore { quarter, state, teams: scores });
    }

    fn team(&self, team: &str, quarter: Quarter, over: bool) -> (TeamPlan, TeamScore) {
        let key_results = match team {
            "platform" => platform(over),
            "product" => product(over),
            "data" => data(over),
            _ => company(),
        };
        let (plan, score) = self.objective(team, quarter, key_results);
        let team_score = TeamScore {
            team: slug(team),
            rollup: score.rollup.clone(),
            without_soft: (team == "product").then(|| score.rollup.clone()),
            objectives: vec![score],
            dropped: Vec::new(),
        };
        let review = over.then(|| self.review(&plan));
        (
            TeamPlan { team: slug(team), file: self.file, objectives: vec![plan], review, dropped: Vec::new() },
            team_score,
        )
    }

    fn review(&self, objective: &Objective) -> Review {
        let answers = objective.key_results.iter().take(2).map(|key_result| Answers {
            objective: objective.id.value.clone(),
            key_result: key_result.id.clone(),
            worked: Some(self.body("One rota for all, and *no* alert without a runbook.")),
            failed: Some(self.body("Two incidents were a vendor’s.")),
            learned: Some(self.body("Measure what customers feel.")),
            carry: Some(Carry {
                decision: Some(true),
                to: Some("1/quarter".to_owned()),
                body: self.body("Yes: halve it again."),
            }),
            loose: Vec::new(),
        });
        Review {
            file: self.file,
            draft: false,
            story: Some(self.body("A quarter of fewer pages.")),
            answers: answers.collect::<Vec<_>>().into(),
            judgements: Vec::new().into(),
            loose: Vec::new(),
        }
    }

    fn supports(&self, quarter: Quarter) -> Spanned<GoalRef> {
        let (team, objective) = (slug("company"), slug("reliable"));
        self.spanned(GoalRef { quarter: quarter.id, team, objective, key_result: None })
    }

    fn objective(&self, team: &str, quarter: Quarter, wanted: Vec<Wanted>) -> (Objective, ObjectiveScore) {
        let earlier = (quarter.id == CycleId::quarter(2026, 4)).then_some(CycleId::quarter(2026, 3));
        let plans = wanted.iter().map(|wanted| self.key_result(team, earlier, wanted)).collect();
        let scores: Vec<KeyResultScore> = wanted.into_iter().map(|wanted| wanted.score).collect();
        let known: Vec<Number> = scores.iter().filter_map(|score| score.score).collect();
        let sum = known.iter().fold(Number::ZERO, |sum, score| sum.plus(*score).expect("small"));
        let mean = |count: usize| sum.over(Number::whole(i64::try_from(count).expect("small")));
        let rollup = Rollup {
            score: mean(known.len()),
            pessimistic: mean(scores.len()).unwrap_or_default(),
            measured: known.len(),
            of: scores.len(),
            projected: scores.iter().any(|score| score.state == ScoreState::Projected),
        };
        let (title, outcome, lever) = match team {
            "platform" => {
                ("Make our platform reliable enough that customers trust us", "Reduce churn", "Improve reliability")
            }
            "product" => ("Ship features that move business metrics", "Grow revenue", "Improve conversion rate"),
            "data" => ("Make data trustworthy and accessible", "Launch faster", "Self-serve data"),
            _ => ("Customers trust us with their busiest day", "Reduce churn", "Improve reliability"),
        };
        let committed = team == "data";
        let plan = Objective {
            id: self.spanned(slug("reliable")),
            title: self.spanned(title.to_owned()),
            outcome: self.words(outcome),
            outcome_metric: Some(self.spanned(slug("monthly-churn"))),
            outcome_lag: None,
            lever: self.words(lever),
            supports: (team != "company").then(|| self.supports(quarter)).into_iter().collect(),
            ambition: if committed { Ambition::Committed } else { Ambition::Aspirational },
            changes: self.words("Two feature squads stop roadmap work until the error budget is back"),
            set_by: self.words("leadership"),
            note: self.words("Opened after the *outage* in May.").map(Box::new),
            links: vec![self.link("Epic", "https://tracker.example/1"), self.link("How", "pages/how-we-score.md")],
            aliases: vec![slug("trust")],
            key_results: plans,
            dropped: Vec::new(),
            commitment: None,
        };
        let score = ObjectiveScore {
            id: slug("reliable"),
            ambition: plan.ambition,
            rollup,
            lowest: Some(0),
            key_results: scores,
            dropped: Vec::new(),
            counts: true,
        };
        (plan, score)
    }

    fn key_result(&self, team: &str, earlier: Option<CycleId>, wanted: &Wanted) -> KeyResult {
        let id = wanted.score.id.clone();
        let metric = self.plan.metrics.contains_key(&id).then(|| self.spanned(id.clone()));
        KeyResult {
            has_own_id: true,
            deadline: None,
            by_sentence: true,
            title: self.spanned(wanted.title.to_owned()),
            goal: wanted.score.goal.clone(),
            levels: Vec::new(),
            steps: Vec::new(),
            doubts: Vec::new(),
            remarks: Vec::new(),
            metric,
            measured_by: None,
            owners: vec![self.spanned("ana".to_owned()), self.spanned("ben".to_owned())],
            note: self.words("Opened by on-call; *test* alerts aside.").map(Box::new),
            links: vec![self.link("Run [book]", "https://wiki.example/a_(b)?c=1&d")],
            proposed_by: self.words("team").map(Box::new),
            guardrails: wanted
                .score
                .guardrails
                .iter()
                .map(|guardrail| Guardrail {
                    metric: self.spanned(guardrail.metric.clone()),
                    bound: guardrail.bound.clone(),
                })
                .collect(),
            weight: wanted.score.weight,
            pace: Pace::Linear,
            carried_from: earlier.map(|quarter| {
                let reference =
                    KeyResultRef { quarter, team: slug(team), objective: slug("reliable"), key_result: id.clone() };
                Box::new(self.spanned(reference))
            }),
            id: self.spanned(id),
            aliases: Vec::new(),
            span: Span::new(self.file, 0..1),
            commitment: Commitment::Open,
        }
    }
}

fn platform(over: bool) -> Vec<Wanted> {
    let p1 = measured("p1", moved(per_quarter("8"), per_quarter("2")), per_quarter("3"), "0.8333");
    let checkout = moved(percent("94"), percent("98"));
    let mttr = moved(time("2", TimeUnit::Hour), time("30", TimeUnit::Minute));
    let p1 = if over {
        p1
    } else {
        KeyResultScore {
            state: ScoreState::Projected,
            run_rate: Some(Box::new(RunRate { so_far: number("2"), covered_days: 51, of_days: 92, capped: false })),
            standing: standing(Status::OnTrack),
            ..p1
        }
    };
    let guardrail = GuardrailScore {
        metric: slug("mttr"),
        bound: Bound { side: Side::Below, inclusive: true, limit: time("2", TimeUnit::Second) },
        value: Some(time("2.4", TimeUnit::Second)),
        state: GuardrailState::Broken,
        too_large: false,
    };
    vec![
        Wanted { title: "Reduce P1 incidents from 8/quarter to 2/quarter", score: p1 },
        Wanted {
            title: "Improve checkout success rate from 94% to 98%",
            score: KeyResultScore {
                standing: if over { None } else { standing(Status::AtRisk) },
                guardrails: vec![guardrail],
                weight: number("2"),
                ..measured("checkout", checkout, percent("96.8333333"), "0.7083")
            },
        },
        Wanted {
            title: "Reduce mean time to recovery (MTTR) from 2 hours to 30 minutes",
            score: KeyResultScore {
                state: if over { ScoreState::Measured } else { ScoreState::Stale },
                age_days: Some(23),
                reasons: vec![Reason::OlderThan(7)],
                standing: if over { None } else { standing(Status::OffTrack) },
                judgement: over.then(|| {
                    Box::new(Judged {
                        score: number("0.6"),
                        because: Some("two incidents were a vendor’s".to_owned()),
                        by: Some("cto".to_owned()),
                    })
                }),
                ..measured("mttr", mttr, time("2.25", TimeUnit::Hour), "-0.1666")
            },
        },
    ]
}

fn product(over: bool) -> Vec<Wanted> {
    let hold = Goal::Hold(Hold::within(below(time("60", TimeUnit::Second)), Judge::Share));
    let due = Some(day("2026-12-01"));
    vec![
        Wanted {
            title: "Achieve autoscaling response time < 60s for traffic spikes",
            score: KeyResultScore {
                state: if over { ScoreState::Measured } else { ScoreState::Projected },
                hold: Some(Box::new(HoldTally { inside: 78, measured: 80, missing: 2 })),
                standing: if over { None } else { standing(Status::Ahead) },
                ..measured("autoscale", hold, time("52", TimeUnit::Second), "0.95")
            },
        },
        Wanted {
            title: "Launch the *new* checkout by 1 December",
            score: KeyResultScore {
                score: Some(Number::ZERO),
                ..score("launch", ScoreState::Measured, Some(Goal::Milestone(Milestone { done: None, due })))
            },
        },
        Wanted {
            title: "Deploy 3x more frequently",
            score: KeyResultScore { reasons: vec![Reason::NoGoal], ..score("deploys", ScoreState::Unscored, None) },
        },
    ]
}

fn data(over: bool) -> Vec<Wanted> {
    let goal = moved(percent("40"), percent("80"));
    let mut reasons = vec![Reason::NoDataInWindow(Some(day("2026-09-02")))];
    if over {
        reasons.push(Reason::CountsAsZero);
    }
    vec![Wanted {
        title: "Self-serve analytics adoption: 80% of data requests resolved without data team intervention (currently 40%)",
        score: KeyResultScore {
            score: over.then_some(Number::ZERO),
            standing: if over { None } else { standing(Status::NoData) },
            reasons,
            ..score("selfserve", ScoreState::NoData, Some(goal))
        },
    }]
}

fn company() -> Vec<Wanted> {
    let goal = moved(percent("3.2"), percent("2.4"));
    vec![Wanted {
        title: "Reduce monthly churn from 3.2% to 2.4%",
        score: KeyResultScore {
            standing: standing(Status::OnTrack),
            ..measured("monthly-churn", goal, percent("2.4"), "1")
        },
    }]
}
