//! The company: its metrics, its teams and the sentences in which they say what they want.

use super::world::{Metric, Shape, day};

/// What a key result of a metric says.
#[derive(Clone, Copy)]
pub(super) struct Goal {
    pub(super) metric: &'static str,
    pub(super) words: &'static str,
    pub(super) unit: &'static str,
    pub(super) decimals: usize,
    pub(super) falls: bool,
    /// The share of the way to perfection (or of the value, where it falls) that a quarter is to bring.
    pub(super) way: f64,
}

/// An objective that a team has in each quarter.
pub(super) struct Aim {
    pub(super) team: &'static str,
    pub(super) objective: &'static str,
    pub(super) head: &'static str,
    pub(super) metrics: &'static [&'static str],
    pub(super) guardrail: &'static str,
}

const fn goal(metric: &'static str, words: &'static str, (unit, decimals): (&'static str, usize), way: f64) -> Goal {
    Goal { metric, words, unit, decimals, falls: true, way }
}

const fn rising(goal: Goal) -> Goal {
    Goal { falls: false, ..goal }
}

pub(super) const GOALS: &[Goal] = &[
    rising(goal("payments", "payments that succeed at the first try", ("%", 1), 0.22)),
    goal("refund-days", "the median time to a refund", (" hours", 0), 0.22),
    goal("churn", "monthly churn of pass holders", ("%", 1), 0.13),
    rising(goal("nps", "NPS", (" points", 0), 0.05)),
    goal("incidents", "incidents that stop bookings", ("/quarter", 0), 0.5),
    goal("deploy-failure", "deployments that are rolled back", ("%", 1), 0.25),
    goal("cloud-per-booking", "cloud spend per thousand bookings", ("€", 0), 0.12),
    goal("first-reply", "the median time to a first reply", (" hours", 1), 0.25),
    rising(goal("satisfied", "travellers who are satisfied with our answer", ("%", 0), 0.2)),
    goal("waiting", "questions that wait for an answer", ("", 0), 0.25),
    goal("build-time", "build time", (" minutes", 0), 0.2),
    goal("flaky-runs", "test runs that fail and then pass unchanged", ("%", 1), 0.25),
    goal("crashes", "app sessions that crash", ("%", 2), 0.22),
];

pub(super) const AIMS: &[Aim] = &[
    Aim {
        team: "shop",
        objective: "pay",
        head: "title: Let travellers pay at the first try
    outcome: Grow revenue
    lever: Improve conversion rate",
        metrics: &["payments", "refund-days"],
        guardrail: "",
    },
    Aim {
        team: "shop",
        objective: "trust",
        head: "title: Give travellers a ticket shop that they come back to
    outcome: Reduce churn
    lever: Improve reliability",
        metrics: &["churn", "nps"],
        guardrail: "",
    },
    Aim {
        team: "platform",
        objective: "up",
        head: "title: Keep bookings open whenever a traveller wants one
    outcome: Reduce churn
    lever: Improve reliability
    ambition: committed
    supports: shop/trust",
        metrics: &["uptime", "incidents"],
        guardrail: "",
    },
    Aim {
        team: "platform",
        objective: "lean",
        head: "title: Run the shop for less money without slowing anybody down
    outcome: Reduce costs
    lever: Improve efficiency",
        metrics: &["cloud-per-booking", "deploy-failure"],
        guardrail: "{ metric: uptime, at_least: 99% }",
    },
    Aim {
        team: "help",
        objective: "answers",
        head: "title: Answer travellers while it still helps them
    outcome: Reduce churn
    lever: Remove the causes of contacts",
        metrics: &["satisfied", "first-reply", "waiting"],
        guardrail: "",
    },
    Aim {
        team: "tools",
        objective: "flow",
        head: "title: Let a finished change reach travellers on the same day
    outcome: Launch faster
    lever: Improve deployment velocity",
        metrics: &["build-time", "flaky-runs"],
        guardrail: "{ metric: deploy-failure, at_most: 20% }",
    },
    Aim {
        team: "app",
        objective: "app",
        head: "title: Give travellers an app that survives a journey
    outcome: Grow revenue
    lever: Improve quality",
        metrics: &["crashes"],
        guardrail: "",
    },
];

pub(super) const METRICS: &str = r#"payments:
  unit: "%"
  better: higher
  source: payment gateway
  file: payments.csv
  ratio: { of: succeeded, to: attempts }
  window: 28 days
refund-days:
  unit: h
  better: lower
  source: refund desk
  file: refunds.csv
  value: { from: requested, to: paid }
  aggregate: median
  window: 28 days
churn:
  unit: "%"
  better: lower
  source: subscription system
  file: churn.csv
  ratio: { of: left, to: customers }
nps:
  unit: points
  better: higher
  source: quarterly survey of an institute
  file: nps.csv
  value: nps
  fresh_within: 110 days
uptime:
  unit: "%"
  better: higher
  source: external probes
  file: probes.csv
  ratio: { of: ok, to: checks }
incidents:
  better: lower
  source: incident tracker
  file: incidents.csv
  date: Opened
  where: { Priority: Highest }
  count: rows
  per: quarter
  complete_through: yesterday
deploy-failure:
  unit: "%"
  better: lower
  source: release pipeline
  file: releases.csv
  ratio: { of: rolled_back, to: deployments }
  window: 28 days
cloud-bill:
  unit: €
  source: cloud invoices
  file: invoices.csv
  grain: month
  value: Total (EUR)
  fresh_within: 10 days
bookings:
  source: settlement report
  file: bookings.csv
  grain: month
  value: thousand_bookings
  fresh_within: 10 days
cloud-per-booking:
  title: Cloud spend for a thousand bookings
  unit: €
  better: lower
  source: cloud invoices and settlement report
  ratio: { of: { metric: cloud-bill }, to: { metric: bookings } }
  fresh_within: 10 days
first-reply:
  unit: h
  better: lower
  source: help desk
  file: replies.csv
  value: { from: received, to: replied }
  aggregate: median
  window: 28 days
waiting:
  better: lower
  source: help desk
  file: questions.csv
  stock: { from: Created, until: Resolved }
build-time:
  unit: min
  better: lower
  source: build server
  file: builds.csv
  value: minutes
  aggregate: mean
  window: 28 days
  every: weekday
flaky-runs:
  unit: "%"
  better: lower
  source: build server
  file: flaky.csv
  ratio: { of: flaky, to: runs }
  window: 28 days
crashes:
  unit: "%"
  better: lower
  source: app store console
  file: app.csv
  ratio: { of: crashed, to: sessions }
  window: 28 days
satisfied:
  unit: "%"
  better: higher
  source: survey after each answer
  aggregate: mean
  window: 28 days
"#;

/// The satisfaction survey while one vendor asked, and since another one does.
pub(super) const ONE_VENDOR: &str = "  file: old-survey.csv
  value: Rate
  weighted_by: Responses
";
pub(super) const TWO_VENDORS: &str = "  parts:
    - { until: 2025-01-31, file: old-survey.csv, value: Rate, weighted_by: Responses }
    - { file: new-survey.csv, value: satisfied_share, scale: 100, weighted_by: answered }
";

/// The last day of the first vendor.
pub(super) const SEAM: &str = "2025-01-31";

pub(super) fn metrics() -> Vec<Metric> {
    let new = Metric::new;
    let bills = &[("invoices.csv", "Month,Service,Total (EUR)"), ("bookings.csv", "month,thousand_bookings")];
    let surveys = &[("old-survey.csv", "Date,Responses,Rate"), ("new-survey.csv", "day,answered,satisfied_share")];
    vec![
        new("payments", Shape::Ratio(3000.0), 91.5, &[("payments.csv", "date,attempts,succeeded")]).noisy(0.003),
        new("refund-days", Shape::Wait(3), 60.0, &[("refunds.csv", "Ticket,requested,paid")]),
        new("churn", Shape::Months(50_000.0), 4.2, &[("churn.csv", "month,customers,left")]),
        new("nps", Shape::Survey, 31.0, &[("nps.csv", "asked,answers,nps")]).noisy(0.02),
        new("uptime", Shape::Ratio(1440.0), 99.94, &[("probes.csv", "date,checks,ok")]).noisy(0.0001).by_quarter(),
        new("incidents", Shape::Rare, 4.0, &[("incidents.csv", "Issue key,Priority,Opened")]).by_quarter(),
        new("deploy-failure", Shape::Ratio(90.0), 9.0, &[("releases.csv", "date,deployments,rolled_back")]).noisy(0.03),
        new("cloud-per-booking", Shape::Bill(90.0), 212.0, bills),
        new("first-reply", Shape::Wait(4), 9.0, &[("replies.csv", "Case Number,received,replied")]),
        new("satisfied", Shape::Ratio(400.0), 78.0, surveys).noisy(0.01).until(day(SEAM)),
        new("waiting", Shape::Stock, 150.0, &[("questions.csv", "Key,Created,Resolved")]),
        new("build-time", Shape::Value, 24.0, &[("builds.csv", "day,minutes")]).noisy(0.02),
        new("flaky-runs", Shape::Weeks(1500.0), 11.0, &[("flaky.csv", "week,runs,flaky")]).noisy(0.02),
        new("crashes", Shape::Ratio(18_000.0), 1.4, &[("app.csv", "date,sessions,crashed")]).noisy(0.03),
    ]
}

pub(super) fn rounded(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().expect("a number")
}

/// Returns the target that a team sets itself where it knows a value.
pub(super) fn target(goal: &Goal, known: f64) -> f64 {
    let to = match goal {
        Goal { falls: true, .. } => known * (1.0 - goal.way),
        Goal { unit: "%", .. } => known + goal.way * (100.0 - known),
        _ => known * (1.0 + goal.way),
    };
    rounded(to, goal.decimals)
}

/// Says a goal in one of four ways.
pub(super) fn sentence(goal: &Goal, (from, to): (f64, f64), form: i32) -> String {
    let amount = |value: f64| match (goal.unit, goal.decimals) {
        ("€", decimals) => format!("€{value:.decimals$}"),
        (unit, decimals) => format!("{value:.decimals$}{unit}"),
    };
    let (words, from, to) = (goal.words, amount(from), amount(to));
    let (verb, other) = if goal.falls { ("Reduce", "Lower") } else { ("Raise", "Lift") };
    match form {
        0 => format!("{verb} {words} from {from} to {to}"),
        1 => format!("{other} {words} from {from} to {to}"),
        2 => format!("{verb} {words} to {to} (currently {from})"),
        _ => format!("{other} {words} to {to} (from {from})"),
    }
}
