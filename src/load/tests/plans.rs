//! What a book's texts become.

use super::{book, key_results};
use crate::model::goal::Better;
use crate::model::metric::{Aggregate, Column, DateColumn, Measure, MetricPlace, Query, RowQuery, Test};
use crate::model::plan::{Ambition, Pace};
use crate::model::quantity::{Number, Unit};

const TEAM: &str = "\
objectives:
  - id: reliable
    title: Make our platform reliable enough that customers trust us
    outcome: Reduce churn
    outcome_metric: churn
    outcome_lag: 60 days
    lever: Improve reliability
    supports: company/trust
    ambition: committed
    changes: Two squads stop roadmap work
    set_by: leadership
    key_results:
      - p1: Reduce P1 incidents from 8/quarter to 2/quarter
      - id: checkout
        title: Improve checkout success rate from 94% to 98%
        metric: checkout-success
        measured_by: payment gateway export
        owners: [ana, ben]
        proposed_by: team
        guardrails:
          - { metric: churn, at_most: 2% }
        weight: 2.5
        pace: { 2026-08-01: 0.3, 2026-07-15: 0.1 }
        carried_from: 2026-Q2/platform/reliable/checkout
        aliases: checkout-rate
      - mttr: Reduce recovery time from 2 h to 30 min
        weight: 3
        pace: step
";

const BEFORE: &str = "\
objectives:
  - id: reliable
    title: Reliable
    key_results:
      - checkout: Improve checkout success rate from 90% to 94%
";

const COMPANY: &str = "\
objectives:
  - id: trust
    title: Customers trust us
    key_results: [churn: Reduce churn from 3% to 2%]
";

const METRICS: &str = "\
churn: { unit: \"%\" }
checkout-success: { file: c.csv, unit: \"%\", ratio: { of: succeeded, to: attempts }, source: gateway }
";

const LOCK: &str =
    "teams:\n  platform:\n    locked: 2026-07-06\n    objectives:\n      reliable:\n        title: Reliable\n";
const CHECK_IN: &str = "reliable/p1:\n  confidence: 6\n  value: 5 per quarter\n";

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("okrbook.yaml", "organisation: Northwind\nteams: { data: Data, platform: { name: Platform, lead: Ana } }\n"),
        ("quarters/2026-Q3/platform.yaml", TEAM),
        ("quarters/2026-Q3/company.yaml", COMPANY),
        ("quarters/2026-Q3/index.md", "---\ntitle: A good quarter\n---\nStory\n"),
        ("quarters/2026-Q3/lock.yaml", LOCK),
        ("quarters/2026-Q3/checkins/2026-08-03.platform.yaml", CHECK_IN),
        ("quarters/2026-Q2/platform.yaml", BEFORE),
        ("metrics.yaml", METRICS),
        ("metrics/churn.csv", "date,value\n"),
        ("metrics/c.csv", "date,succeeded,attempts\n"),
        ("metrics/p1.csv", "date,value\n"),
        ("metrics/mttr.csv", "date,value\n"),
        ("metrics/checkout.csv", "date,value\n"),
        ("pages/how-we-work.md", "# How we work\n"),
    ]
}

#[test]
fn a_whole_book_is_read_without_complaint() {
    let loaded = book(&files());
    assert_eq!(loaded.messages(), "");
    let plan = &loaded.plan;
    let quarters: Vec<_> = plan.quarters.iter().map(|quarter| quarter.quarter.id.to_string()).collect();
    assert_eq!(quarters, ["2026-Q2", "2026-Q3"]);
    let teams: Vec<_> = plan.teams.iter().map(|team| (team.id.as_str(), team.name.as_str())).collect();
    assert_eq!(teams, [("company", "Company"), ("data", "Data"), ("platform", "Platform")]);
    let q3 = &plan.quarters[1];
    assert_eq!(q3.story.as_ref().and_then(|story| story.title.as_deref()), Some("A good quarter"));
    let teams: Vec<_> = q3.teams.iter().map(|team| team.team.as_str()).collect();
    assert_eq!(teams, ["company", "platform"]);
    assert_eq!(plan.pages[0].title, "How we work");
    assert_eq!(plan.pages[0].id.as_str(), "how-we-work");
}

#[test]
fn locks_and_check_ins_are_read() {
    let loaded = book(&files());
    let ledger = &loaded.plan.quarters[1].ledger;
    let lock = ledger.lock.as_ref().expect("a lock");
    assert_eq!(lock.teams[0].on.to_string(), "2026-07-06");
    assert!(!lock.teams[0].is_intact(), "nobody wrote its digest");
    let check_in = &ledger.check_ins[0];
    assert_eq!((check_in.on.to_string().as_str(), check_in.team.as_str()), ("2026-08-03", "platform"));
    assert_eq!(check_in.entries[0].confidence.as_ref().map(|confidence| confidence.value), Some(6));
}

#[test]
fn an_objective_and_its_key_results_keep_what_was_written() {
    let loaded = book(&files());
    let objective = &loaded.plan.quarters[1].teams[1].objectives[0];
    assert_eq!(objective.outcome.as_ref().map(|text| text.value.as_str()), Some("Reduce churn"));
    assert_eq!(objective.outcome_lag, Some(60));
    assert_eq!(
        objective
            .supports
            .iter()
            .map(|supports| supports.value.within(loaded.plan.quarters[1].quarter.id))
            .collect::<Vec<_>>(),
        ["company/trust"]
    );
    assert_eq!(objective.ambition, Ambition::Committed);
    let [p1, checkout, mttr] = &objective.key_results[..] else { panic!("three key results") };
    assert_eq!(p1.title.value, "Reduce P1 incidents from 8/quarter to 2/quarter");
    assert_eq!(p1.metric.as_ref().map(|metric| metric.value.as_str()), Some("p1"), "the export with its name");
    assert_eq!(p1.weight, Number::ONE);
    assert_eq!(checkout.weight, Number::new(25, 1).expect("a number"));
    assert_eq!(checkout.owners.len(), 2);
    assert_eq!(checkout.guardrails[0].bound.limit.unit, Unit::Percent);
    let Pace::Stages(stages) = &checkout.pace else { panic!("stages") };
    assert_eq!(stages[0].0.to_string(), "2026-07-15", "stages are sorted");
    assert!(checkout.carried_from.is_some());
    assert_eq!(checkout.aliases[0].as_str(), "checkout-rate");
    assert_eq!((mttr.id.value.as_str(), mttr.has_own_id, &mttr.pace), ("mttr", true, &Pace::Step));
    assert!(mttr.metric.is_some());
    assert_eq!(mttr.weight, Number::whole(3));
}

#[test]
fn ids_keep_the_text_that_was_written() {
    let loaded =
        key_results("      - 007: Reduce from 8 to 2\n      - no: Reduce from 8 to 2\n      - 1_0: Cut from 8 to 2\n");
    let ids: Vec<_> = loaded.plan.quarters[0].teams[0].objectives[0]
        .key_results
        .iter()
        .map(|key_result| key_result.id.value.to_string())
        .collect();
    assert_eq!(ids, ["007", "no", "1_0"]);
}

#[test]
fn owners_may_stand_in_a_list_or_behind_commas() {
    for owners in ["[ana, ben]", "ana, ben", "'ana,ben,'", "[\"ana, ben\"]"] {
        let loaded =
            key_results(&format!("      - id: p1\n        title: Cut from 8 to 2\n        owners: {owners}\n"));
        let found = &loaded.plan.quarters[0].teams[0].objectives[0].key_results[0].owners;
        let names: Vec<_> =
            found.iter().map(|owner| (owner.value.as_str(), loaded.workspace.sources.text(owner.span))).collect();
        assert_eq!(names, [("ana", "ana"), ("ben", "ben")], "{owners}");
    }
}

#[test]
fn one_run_reports_every_fault_of_a_file() {
    let text = "      - { id: a b, title: X, to: soon, wieght: 2, pace: slow, done: 1.2., owners: { a: b }, guardrails: [x], carried_from: y }\n";
    let mut codes = key_results(text).codes();
    codes.sort_unstable();
    let expected =
        ["bad-date", "bad-id", "bad-quantity", "bad-reference", "bad-value", "unknown-key", "wrong-kind", "wrong-kind"];
    assert_eq!(codes, expected);
}

fn metric_rows(definition: &str) -> (RowQuery, Aggregate) {
    let loaded = book(&[
        ("metrics.yaml", &format!("a: {definition}\n")),
        ("metrics/a.csv", "date,value\n"),
        ("metrics/x/b-1.csv", "date,value\n"),
        ("metrics/x/b-2.csv", "date,value\n"),
    ]);
    assert_eq!(loaded.messages(), "", "{definition}");
    let metric = loaded.plan.metrics.values().next().expect("a metric");
    assert!(matches!(metric.place, MetricPlace::Defined(_)));
    let Query::Rows(rows) = &metric.query else { panic!("rows") };
    ((**rows).clone(), metric.aggregate)
}

#[test]
fn metrics_ask_for_rows_in_every_way() {
    let files = |definition: &str| metric_rows(definition).0.files.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(files(""), ["metrics/a.csv"]);
    assert_eq!(files("a.csv"), ["metrics/a.csv"]);
    assert_eq!(files("{ file: x/b-*.csv }"), ["metrics/x/b-1.csv", "metrics/x/b-2.csv"]);
    assert_eq!(files("{ file: [a.csv, \"**/b-2.csv\", a.csv] }"), ["metrics/a.csv", "metrics/x/b-2.csv"]);
    assert_eq!(metric_rows("{ count: rows }").1, Aggregate::Count);
    assert_eq!(metric_rows("{ aggregate: count }").0.measure, Measure::Rows);
    assert_eq!(metric_rows("{ value: v, aggregate: p99.9 }").1.name(), "p99.9");
    assert_eq!(metric_rows("{ value: v, aggregate: median }").1.name(), "median");
    let (rows, aggregate) = metric_rows("{ ratio: { of: x, to: y }, date: { year: Y, month: M } }");
    assert_eq!(aggregate, Aggregate::Ratio);
    assert!(matches!(rows.date, DateColumn::YearPart { .. }));
    let (rows, _) = metric_rows("{ header: none, value: 2, date: 1, delimiter: tab, decimal: \",\", skip_rows: 3 }");
    assert!(rows.dialect.no_header);
    assert_eq!(
        (rows.dialect.delimiter, rows.dialect.decimal, rows.dialect.skip_rows),
        (Some(b'\t'), Some(','), Some(3))
    );
    assert!(matches!(rows.measure, Measure::Value(column) if column.value == Column::Number(2)));
}

#[test]
fn conditions_take_a_text_a_list_or_a_range() {
    let (rows, _) = metric_rows("{ where: { severity: P1, team: [a, b], size: { from: 2, to: 9 } } }");
    let tests: Vec<&Test> = rows.filter.iter().map(|condition| &condition.test).collect();
    assert_eq!(*tests[0], Test::OneOf(vec!["P1".to_owned()]));
    assert_eq!(*tests[1], Test::OneOf(vec!["a".to_owned(), "b".to_owned()]));
    assert!(matches!(tests[2], Test::Range { from: Some(from), to: Some(to) } if from.value == "2" && to.value == "9"));
}

#[test]
fn metrics_in_a_circle_or_on_nothing_are_left_out() {
    let text = "a: { ratio: { of: { metric: b }, to: { metric: c } } }\nb: { ratio: { of: { metric: a }, to: { metric: c } } }\nc: c.csv\nd: { ratio: { of: { metric: x }, to: { metric: c } } }\ne: { ratio: { of: { metric: d }, to: { metric: c } } }\nf: { ratio: { of: { metric: c }, to: { metric: c } } }\n";
    let loaded = book(&[("metrics.yaml", text), ("metrics/c.csv", "date,value\n")]);
    assert_eq!(loaded.codes(), ["circular-metric", "circular-metric", "unknown-metric"]);
    let names: Vec<_> = loaded.plan.metrics.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["c", "f"]);
}

#[test]
fn ratios_of_ratios_go_so_deep_and_no_deeper() {
    let link = |number: usize, last: usize| match number {
        number if number == last => format!("m{number}: c.csv\n"),
        number => format!("m{number}: {{ ratio: {{ of: {{ metric: m{0} }}, to: {{ metric: m{0} }} }} }}\n", number + 1),
    };
    let chain = |last: usize| (0..=last).map(|number| link(number, last)).collect::<String>();
    let metrics = |text: &str| book(&[("metrics.yaml", text), ("metrics/c.csv", "date,value\n")]);
    let loaded = metrics(&chain(3));
    assert_eq!((loaded.messages().as_str(), loaded.plan.metrics.len()), ("", 4));
    for last in [4, 20, 12_000] {
        let loaded = metrics(&chain(last));
        assert_eq!(loaded.codes(), ["ratio-too-deep"], "{last}");
        assert_eq!(loaded.plan.metrics.len(), 4, "what hangs on it is left out with it, and told once");
    }
}

#[test]
fn a_broken_metric_takes_no_key_result_with_it() {
    let loaded = book(&[
        (
            "quarters/2026-Q3/a.yaml",
            "objectives: [{ id: o, title: T, key_results: [{ id: k, title: Cut from 8 to 2, metric: m }] }]\n",
        ),
        ("metrics.yaml", "m: { file: gone.csv }\n"),
    ]);
    assert_eq!(loaded.codes(), ["no-file", "unknown-metric"]);
    let key_result = &loaded.plan.quarters[0].teams[0].objectives[0].key_results[0];
    assert!(key_result.goal.is_some() && key_result.metric.is_none());
}

#[test]
fn a_wrong_unit_keeps_key_result_and_metric() {
    let loaded = key_results("      - latency: Reduce errors from 8% to 2%\n");
    assert_eq!(loaded.codes(), ["unit-mismatch"]);
    let key_result = &loaded.plan.quarters[0].teams[0].objectives[0].key_results[0];
    assert!(key_result.goal.is_some() && key_result.metric.is_some());
}

#[test]
fn a_metric_that_wants_less_keeps_its_direction_behind_a_verb_of_reaching() {
    let better = |sentence: &str, metric: &str| {
        let team = format!("objectives:\n  - id: o\n    title: Calm\n    key_results:\n      - m: {sentence}\n");
        let metrics = format!("m: {{ file: m.csv, better: {metric} }}\n");
        let files =
            [("quarters/2026-Q3/shop.yaml", &*team), ("metrics.yaml", &*metrics), ("metrics/m.csv", "date,value\n")];
        let loaded = book(&files);
        let goal = loaded.plan.quarters[0].teams[0].objectives[0].key_results[0].goal.clone();
        goal.and_then(|goal| goal.better()).map(Better::name)
    };
    assert_eq!(better("Reach 20 returns", "higher"), Some("higher"));
    assert_eq!(better("Reach 20 returns", "lower"), None, "the metric says it");
    assert_eq!(better("Increase returns to 20", "lower"), Some("higher"));
}
