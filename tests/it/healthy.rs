//! Six honest quarters of a made-up company, lived through with the program: what is found is an exact list.
//!
//! The company says its goals with the numbers that it knew on the day, locks early, checks in, reviews and seals. Exports
//! hold on each day what was published by then. Whatever is found is true, and says here why; what else is found accuses an
//! honest book, and is a fault of a rule.

mod company;
mod world;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use okrbook::model::calendar::{Day, Quarter};

use crate::support::run;
use company::{AIMS, Aim, GOALS, rounded, sentence, target};
use world::{Dice, HOLIDAYS, Metric, Shape, day, quarter_of, working};

/// The days on which somebody asks what is wrong, and all that is.
const ASKED: &[(&str, &[&str])] = &[
    // The middle of a quarter, with August's numbers not yet published and a goal that was changed in the open.
    ("2024-08-20", &[]),
    // The survey's vendor changed three days ago, so the number is measured otherwise than was locked, and nobody has said
    // why yet.
    ("2025-02-04", &["moved-goalpost quarters/2025-Q1/help.yaml satisfied"]),
    // Then it was said.
    ("2025-02-20", &[]),
    // The gateway corrected three days of April, by some sixty payments each, and the check-in of 28 April told another
    // number.
    ("2025-06-20", &["restated-history quarters/2025-Q2/checkins/2025-04-28.shop.yaml pay/payments"]),
    // All quarters are sealed, and the next one begins.
    ("2025-07-17", &[]),
];

/// A key result as the company remembers it.
struct KeyResult {
    quarter: Quarter,
    team: &'static str,
    objective: &'static str,
    metric: &'static str,
    title: String,
    carried_from: Option<String>,
    /// Start and target as stated, where it isn't a bound.
    way: Option<(f64, f64)>,
    /// How far it will get, and whether the team takes it into the next quarter.
    share: f64,
    goes_on: bool,
}

impl KeyResult {
    fn name(&self) -> String {
        format!("{}/{}/{}", team_in(self.team, self.quarter), self.objective, self.metric)
    }
}

/// Returns the id under which a team goes: the tools team got another name at New Year.
fn team_in(team: &'static str, quarter: Quarter) -> &'static str {
    if team == "tools" && quarter.window.start >= day("2025-01-01") { "devex" } else { team }
}

struct Life {
    folder: tempfile::TempDir,
    metrics: BTreeMap<&'static str, Metric>,
    promises: Vec<KeyResult>,
    dice: Dice,
}

impl Life {
    fn new() -> Self {
        let metrics = company::metrics().into_iter().map(|metric| (metric.id, metric)).collect();
        Self { folder: tempfile::tempdir().expect("a folder"), metrics, promises: Vec::new(), dice: Dice::new(7) }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("inside")).expect("folders");
        fs::write(path, text).expect("written");
    }

    fn run(&self, today: Day, arguments: &[&str]) -> String {
        let book = self.folder.path().to_str().expect("UTF-8");
        let (code, stdout, stderr) = run(&[&["-C", book, "--as-of", &today.to_string()], arguments].concat());
        assert_eq!(code, 0, "{today} {arguments:?}: {stdout}{stderr}");
        stdout + &stderr
    }

    /// Writes what tools export on the morning of a day, and what the company says of itself.
    fn morning(&self, today: Day) {
        for (file, text) in self.metrics.values().flat_map(|metric| metric.exports(today)) {
            if text.lines().nth(1).is_some() {
                self.write(&format!("metrics/{file}"), &text);
            }
        }
        let has_new_vendor = today > day(company::SEAM).plus(2);
        let survey = if has_new_vendor { company::TWO_VENDORS } else { company::ONE_VENDOR };
        self.write("metrics.yaml", &format!("{}{survey}", company::METRICS));
        let tools =
            if today >= day("2025-01-01") { "devex: { name: Developers, aliases: tools }" } else { "tools: Tools" };
        let until = if today >= day("2025-01-01") { ", until: 2024-12-31" } else { "" };
        let holidays = HOLIDAYS.join(", ");
        self.write(
            "okrbook.yaml",
            &format!(
                "organisation: Kestrel Tickets\ncalendar: {{ holidays: [{holidays}] }}\nteams:\n  shop: Shop\n  platform: Platform\n  \
                 help: Help\n  {tools}\n  app: {{ name: App{until} }}\n"
            ),
        );
    }

    /// Decides what an objective's team wants of a quarter, knowing what there is to see on a day.
    fn plan(&mut self, aim: &Aim, quarter: Quarter, today: Day) {
        let before = quarter.window.before();
        let carried: Vec<&'static str> = self
            .promises
            .iter_mut()
            .filter(|kr| kr.objective == aim.objective && kr.quarter.window == before)
            .filter(|kr| kr.way.is_some() && kr.share < 0.7 && kr.carried_from.is_none())
            .map(|kr| (kr.goes_on = true, kr.metric).1)
            .collect();
        let turn = usize::try_from(quarter.window.start.number() / 90 + 1).expect("after 1970");
        for (place, metric) in aim.metrics.iter().copied().enumerate() {
            let is_carried = carried.contains(&metric);
            if is_carried || aim.metrics.len() == 1 || (place + turn) % aim.metrics.len() != 0 {
                let from = is_carried.then(|| {
                    format!(
                        "{}/{}/{}/{metric}",
                        quarter_of(before.start).id,
                        team_in(aim.team, quarter_of(before.start)),
                        aim.objective
                    )
                });
                self.promise(aim, quarter, (metric, from), today);
            }
        }
    }

    fn promise(&mut self, aim: &Aim, quarter: Quarter, (id, carried_from): (&'static str, Option<String>), today: Day) {
        let metric = self.metrics.get_mut(id).expect("a metric");
        let known = metric.seen(today);
        let share = self.dice.between(0.2, 1.2);
        let (title, way) = if id == "uptime" {
            metric.turn(quarter, self.dice.between(99.92, 99.96));
            ("Uptime of at least 99.9%".to_owned(), None)
        } else {
            let goal = GOALS.iter().find(|goal| goal.metric == id).expect("a goal");
            let (from, to) = (rounded(known, goal.decimals), target(goal, known));
            if from == to || metric.shape == Shape::Rare && from < 2.0 {
                return;
            }
            metric.turn(quarter, known + share * (to - known));
            (sentence(goal, (from, to), self.dice.below(4)), Some((from, to)))
        };
        let (team, objective) = (aim.team, aim.objective);
        let goes_on = false;
        self.promises.push(KeyResult {
            quarter,
            team,
            objective,
            metric: id,
            title,
            carried_from,
            way,
            share,
            goes_on,
        });
    }

    /// Writes a team's file for a quarter.
    fn state(&self, team: &'static str, quarter: Quarter) {
        let mut text = "objectives:\n".to_owned();
        for aim in AIMS.iter().filter(|aim| aim.team == team) {
            let mine: Vec<&KeyResult> =
                self.promises.iter().filter(|kr| kr.quarter == quarter && kr.objective == aim.objective).collect();
            if mine.is_empty() {
                continue;
            }
            let changes = CHANGES[mine[0].title.len() % CHANGES.len()];
            let _ =
                writeln!(text, "  - id: {}\n    {}\n    changes: {changes}\n    key_results:", aim.objective, aim.head);
            for kr in mine {
                let _ = writeln!(text, "      - id: {}\n        title: \"{}\"", kr.metric, kr.title);
                if let Some(from) = &kr.carried_from {
                    let _ = writeln!(text, "        carried_from: {from}");
                }
                if !aim.guardrail.is_empty() {
                    let _ = writeln!(text, "        guardrails:\n          - {}", aim.guardrail);
                }
            }
        }
        self.write(&format!("quarters/{}/{}.yaml", quarter.id, team_in(team, quarter)), &text);
    }

    /// Answers a quarter's reviews: what went well and ill is the team's to say, what goes on was decided when it planned.
    fn review(&self, quarter: Quarter, today: Day) {
        self.run(today, &["review", &quarter.id.to_string()]);
        for team in teams(quarter) {
            let path = self.folder.path().join(format!("quarters/{}/{}.review.md", quarter.id, team_in(team, quarter)));
            let text = fs::read_to_string(&path).expect("a review");
            let goes_on = |section: &str| {
                self.promises.iter().any(|kr| {
                    kr.quarter == quarter
                        && kr.goes_on
                        && section.starts_with(&format!("{}/{}", kr.objective, kr.metric))
                })
            };
            let answered = text.split("\n## ").map(|section| answered(section, goes_on(section)));
            fs::write(&path, answered.collect::<Vec<_>>().join("\n## ")).expect("written");
        }
    }

    /// Changes a goal in the open: half of the way, with the reason.
    fn amend(&mut self, team: &'static str, quarter: Quarter, today: Day) {
        let kr = self.promises.iter_mut().find(|kr| kr.team == team && kr.quarter == quarter && kr.way.is_some());
        let kr = kr.expect("a key result");
        let (name, (from, to)) = (kr.name(), kr.way.expect("a way"));
        let goal = GOALS.iter().find(|goal| goal.metric == kr.metric).expect("a goal");
        let half = rounded((from + to) / 2.0, goal.decimals);
        kr.title = sentence(goal, (from, half), 0);
        self.state(team, quarter);
        let because = "What half of it depends on comes only next quarter";
        self.run(today, &["lock", &quarter.id.to_string(), "--amend", &name, "--because", because]);
    }
}

const CHANGES: [&str; 4] = [
    "Feature work stops on Wednesdays until the numbers are where we want them",
    "Two engineers leave the roadmap for the whole quarter",
    "We put off the loyalty programme until this is done",
    "The team sits with the help desk two mornings a week",
];

/// What teams write under the three first questions of a review.
const ANSWERS: [&str; 3] = [
    "The retries that we built in the first month carried most of it, and they went on working when traffic doubled.",
    "We rewrote the importer first, which took six weeks, and nobody outside noticed a difference; the causes that \
     travellers meet were further up.",
    "Start with the largest cause and measure after two weeks, instead of building the whole plan and looking at the end.",
];

fn answered(section: &str, goes_on: bool) -> String {
    let last = if goes_on { "Yes: the second half is planned." } else { "No: what is left costs more than it brings." };
    let mut answers = ANSWERS.iter().copied().chain([last]);
    let mut text = String::new();
    let mut heads_question = false;
    for line in section.lines() {
        let is_open = heads_question && line.starts_with("<!--");
        text.push_str(if is_open { answers.next().expect("four questions") } else { line });
        text.push('\n');
        heads_question = line.starts_with("### ");
    }
    text.trim_end().to_owned() + "\n"
}

/// Returns the teams that a quarter has.
fn teams(quarter: Quarter) -> Vec<&'static str> {
    let all = ["shop", "platform", "help", "tools", "app"];
    all.into_iter().filter(|team| *team != "app" || quarter.window.start < day("2025-01-01")).collect()
}

#[test]
fn what_is_found_in_an_honest_book_is_true() {
    let mut life = Life::new();
    let mut told = Vec::new();
    let mut today = day("2023-09-25");
    let last = day("2025-07-17");
    while today <= last {
        live(&mut life, today);
        if ASKED.iter().any(|(asked, _)| day(asked) == today) {
            life.morning(today);
            told.push((today.to_string(), found(&life, today)));
        }
        if today == day("2025-05-20") {
            let payments = life.metrics.get_mut("payments").expect("a metric");
            payments.correct((day("2025-04-03"), day("2025-04-05")), 60.0);
        }
        life.metrics.values_mut().for_each(|metric| metric.pass(today));
        today = today.plus(1);
    }
    let expected: Vec<(String, Vec<String>)> = ASKED
        .iter()
        .map(|(asked, found)| ((*asked).to_owned(), found.iter().map(|one| (*one).to_owned()).collect()))
        .collect();
    assert_eq!(told, expected);
    let verified = life.run(last, &["verify"]);
    assert_eq!(verified.matches(": holds").count(), 6, "{verified}");
    assert!(life.promises.len() > 50, "{}", life.promises.len());
}

/// Does what the company does on a day.
fn live(life: &mut Life, today: Day) {
    let quarter = quarter_of(today);
    let (id, start) = (quarter.id.to_string(), quarter.window.start);
    if start < day("2024-01-01") {
        return;
    }
    let into = |days: i32| working(start.plus(days)) == today;
    if into(3) && start < day("2025-07-01") {
        life.morning(today);
        for team in teams(quarter) {
            AIMS.iter().filter(|aim| aim.team == team).for_each(|aim| life.plan(aim, quarter, today));
            life.state(team, quarter);
        }
        life.run(today, &["lock", &id]);
    }
    if (into(27) || into(61)) && start < day("2025-07-01") {
        life.morning(today);
        life.run(today, &["checkin", "--all"]);
    }
    if into(45) && id == "2024-Q3" {
        life.morning(today);
        life.amend("shop", quarter, today);
    }
    if into(45) && id == "2025-Q1" {
        life.morning(today);
        let because = "The survey has another vendor since February";
        life.run(today, &["lock", &id, "--amend", "help/answers/satisfied", "--because", because]);
    }
    let past = quarter_of(start.plus(-1));
    if (into(9) || into(14)) && past.window.start >= day("2024-01-01") {
        life.morning(today);
        if into(9) {
            life.review(past, today);
        } else {
            life.run(today, &["seal", &past.id.to_string()]);
            is_sealed_as_it_was(life, past);
        }
    }
}

/// Asserts that each key result is measured and that its value is the one that was lived.
fn is_sealed_as_it_was(life: &Life, quarter: Quarter) {
    let path = life.folder.path().join(format!("archive/{}/data/scores.json", quarter.id));
    let sealed: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).expect("sealed")).expect("JSON");
    for kr in life.promises.iter().filter(|kr| kr.quarter == quarter) {
        let team = within(&sealed, "teams", team_in(kr.team, quarter));
        let found = within(within(team, "objectives", kr.objective), "key_results", kr.metric);
        let name = kr.name();
        assert_eq!(found["state"], "measured", "{} {name}: {found}", quarter.id);
        let text = found["value"].as_str().expect("a value");
        let value: f64 = text.split(' ').next().expect("a number").parse().expect("a number");
        let lived = life.metrics[kr.metric].at_the_end(quarter);
        assert!((value - lived).abs() <= 0.002 * lived.abs(), "{} {name}: sealed {value}, lived {lived}", quarter.id);
        let is_met = kr.way.is_some_and(|(from, to)| if to < from { lived <= to } else { lived >= to });
        assert!(!is_met || found["grade"] == "1.0", "{} {name} is met: {found}", quarter.id);
    }
}

/// Returns the part of a seal's scores that has an id.
fn within<'a>(value: &'a serde_json::Value, list: &str, id: &str) -> &'a serde_json::Value {
    let parts = value[list].as_array().expect("a list");
    parts.iter().find(|part| part["id"] == id || part["team"] == id).unwrap_or_else(|| panic!("{id} in {list}"))
}

/// Returns what is found on a day: code, file, and the key result whose lines it stands in.
fn found(life: &Life, today: Day) -> Vec<String> {
    let told = life.run(today, &["check", "--format", "short"]);
    let of_line = |line: &str| {
        let (place, rest) = line.split_once(": ")?;
        let code = rest.split_once('[')?.1.split_once(']')?.0;
        let mut parts = place.split(':');
        let (path, number) = (parts.next()?, parts.next()?.parse::<usize>().ok()?);
        let text = fs::read_to_string(life.folder.path().join(path)).ok()?;
        let lines: Vec<&str> = text.lines().take(number).collect();
        // `- id: payments` in a team's file, `pay/payments:` in a check-in.
        let head = |line: &&str| {
            let own = line.strip_suffix(':').filter(|line| !line.starts_with(' '));
            line.trim_start().strip_prefix("- id: ").or(own).map(str::to_owned)
        };
        let about = lines.iter().rev().find_map(head)?;
        Some(format!("{code} {path} {about}"))
    };
    let findings = told.lines().filter(|line| line.contains(": warning[") || line.contains(": error["));
    findings.map(|line| of_line(line).unwrap_or_else(|| line.to_owned())).collect()
}
