//! What the script of the pages searches: the names of things, each with where it leads.
//!
//! In: the report. Out: a file for each cycle, and one for what belongs to no cycle. Pages opened from disk can't fetch
//! data, so each file is a script that does nothing but hand over one value: `okrbook.take(FORM, NAME, VALUE)`. Pages of
//! sealed cycles keep the script that they were sealed with and read these files for ever; so FORM stays, and what is new
//! may only be added.

use std::borrow::Cow;

use serde::Serialize;

use super::routes;
use crate::markdown;
use crate::model::ids::CycleId;
use crate::report::decide::{metric_title, title};
use crate::report::{KeyResultReport, ObjectiveReport, Report, TeamReport};

/// The form of the files.
const FORM: u32 = 1;

/// Characters of what a review says that are searched and shown.
const LEARNED: usize = 240;

/// What belongs to no cycle, and which cycles there are.
#[derive(Debug, Serialize)]
struct BookIndex<'a> {
    /// The cycles, latest first: id, heading.
    cycles: Vec<(String, String)>,
    /// The pages' addresses with what they show, and a word about it.
    teams: Vec<Entry<'a>>,
    people: Vec<Entry<'a>>,
    metrics: Vec<Entry<'a>>,
}

/// A page: its path, what it is called, and what else is known of it.
type Entry<'a> = (String, Cow<'a, str>, Cow<'a, str>);

/// A cycle: what its teams set out to do.
#[derive(Debug, Serialize)]
struct CycleIndex<'a> {
    heading: String,
    /// The retrospective: path and name.
    review: (String, &'static str),
    teams: Vec<TeamIndex<'a>>,
}

/// A team in a cycle: the path of its page, its name, its objectives.
type TeamIndex<'a> = (String, &'a str, Vec<ObjectiveIndex<'a>>);

/// An objective: id, title, key results.
type ObjectiveIndex<'a> = (&'a str, Cow<'a, str>, Vec<KeyResultIndex<'a>>);

/// A key result: id, title, owners, and what was learned from it.
type KeyResultIndex<'a> = (&'a str, Cow<'a, str>, String, String);

/// Puts the file of what belongs to no cycle into `out`.
pub(super) fn book(report: &Report<'_>, out: &mut Vec<u8>) {
    let cycles = report.quarters.iter().rev().map(|quarter| (quarter.id().to_string(), quarter.plan.heading()));
    let teams = report.team_ids().map(|id| (routes::team(id), report.team_name(id).into(), id.as_str().into()));
    let owners = report.owners().iter().filter(|_| report.has_people());
    let people = owners.map(|owner| {
        let team = owner.team.map_or("", |id| report.team_name(id));
        (routes::person(&owner.id), owner.name.into(), team.into())
    });
    let metrics = report
        .metrics()
        .map(|metric| (routes::metric(&metric.id), metric_title(metric).into(), metric.id.as_str().into()));
    let index = BookIndex {
        cycles: cycles.collect(),
        teams: teams.collect(),
        people: people.collect(),
        metrics: metrics.collect(),
    };
    put(out, "book", &index);
}

/// Puts the file of a cycle, by its place in the report, into `out`.
pub(super) fn cycle(report: &Report<'_>, place: usize, out: &mut Vec<u8>) {
    let Some(quarter) = report.quarters.get(place) else { return };
    let id = quarter.id();
    let index = CycleIndex {
        heading: quarter.plan.heading(),
        review: (routes::retrospective(id), report.words().retrospective),
        teams: quarter.teams.iter().map(|team| of_team(report, id, *team)).collect(),
    };
    put(out, &id.to_string(), &index);
}

fn of_team<'a>(report: &'a Report<'_>, id: CycleId, team: TeamReport<'a>) -> TeamIndex<'a> {
    let objectives = team.objectives().map(|objective| of_objective(report, team, objective));
    (routes::team_quarter(id, &team.plan.team), team.name, objectives.collect())
}

fn of_objective<'a>(
    report: &'a Report<'_>,
    team: TeamReport<'a>,
    objective: ObjectiveReport<'a>,
) -> ObjectiveIndex<'a> {
    let plan = objective.plan;
    let key_results = objective.key_results(team, &report.inputs.plan.metrics);
    (plan.id.value.as_str(), title(&plan.title.value), key_results.map(|known| of_key_result(report, &known)).collect())
}

fn of_key_result<'a>(report: &Report<'_>, known: &KeyResultReport<'a>) -> KeyResultIndex<'a> {
    let owners: Vec<&str> = known.plan.owners.iter().map(|owner| report.name_of(&owner.value)).collect();
    let answers = known.team.answers(&known.objective.id.value, &known.plan.id.value);
    let learned = answers.and_then(|answers| answers.learned.as_ref());
    let learned = learned.map(|body| shortened(&markdown::to_text(body.markdown()))).unwrap_or_default();
    (known.plan.id.value.as_str(), title(&known.plan.title.value), owners.join(", "), learned)
}

/// Returns a text in one line, as far as it is searched.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LEARNED) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn put(out: &mut Vec<u8>, name: &str, value: &impl Serialize) {
    out.clear();
    out.extend_from_slice(format!("okrbook.take({FORM},\"{name}\",").as_bytes());
    serde_json::to_writer(&mut *out, value).expect("internal: strings always serialise");
    out.extend_from_slice(b");\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;

    /// Returns the value that a file hands over.
    fn value(name: &str, file: &[u8]) -> serde_json::Value {
        let text = std::str::from_utf8(file).expect("UTF-8");
        let start = format!("okrbook.take(1,\"{name}\",");
        let inner = text.strip_prefix(&start).and_then(|rest| rest.strip_suffix(");\n")).expect("one call");
        serde_json::from_str(inner).expect("nothing but a value")
    }

    #[test]
    fn a_file_hands_over_a_value_whatever_texts_hold() {
        let mut fixture = Fixture::new();
        let hostile = "\");alert(1);//\u{2028}</script>";
        fixture.plan.teams[0].name = hostile.to_owned();
        let title = &mut fixture.plan.quarters[0].teams[0].objectives[0].title.value;
        *title = hostile.to_owned();
        let report = Report::new(fixture.inputs());
        let mut file = b"old".to_vec();
        book(&report, &mut file);
        let known = value("book", &file);
        assert!(known["teams"].as_array().expect("teams").iter().any(|team| team[1] == hostile));
        assert_eq!(known["cycles"].as_array().map(Vec::len), Some(report.quarters.len()));
        assert_eq!(known["cycles"][0][0], "2026-Q4", "the latest stands first");
        let id = report.quarters[0].id().to_string();
        cycle(&report, 0, &mut file);
        let known = value(&id, &file);
        let team = &known["teams"][0];
        assert!(team[0].as_str().is_some_and(|page| page.starts_with(&id) && page.ends_with(".html")), "{team}");
        assert_eq!(team[2][0][1], crate::report::decide::title(hostile).as_ref());
    }

    #[test]
    fn what_a_review_says_is_one_line_of_limited_length() {
        assert_eq!(shortened(" a\n b\t c "), "a b c");
        let long = shortened(&"word ".repeat(99));
        assert!(long.chars().count() <= LEARNED + 1 && long.ends_with('…'), "{long}");
    }
}
