//! The JSON files that Viva Goals exported.
//!
//! In: the files of its ZIP. Out: what was found: big rocks as objectives, KPIs below them as key results, check-ins as their
//! values. `Progress` is a percentage in some exports and a raw value in others, so it is never taken.

use std::collections::BTreeMap;

use super::found::{Aim, Found, KeyResult, Note, Objective, Owner, Period, Score, Style, Told, Value};
use super::json::{Kind, Node, is_named};
use super::value::cut;
use crate::diag::Place;

/// Which of the files one is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The objectives.
    Objectives,
    /// The check-ins.
    CheckIns,
    /// The time periods.
    Periods,
    /// Teams and users, which objectives name themselves.
    Other,
}

impl Part {
    /// Returns the part of a file's name; nothing where it is none of them.
    #[must_use]
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.rsplit('/').next()?.to_lowercase();
        let stem = name.strip_suffix(".json")?;
        let has = |word: &str| stem.replace(['-', '_', ' '], "").contains(word);
        let parts = [
            (has("checkin"), Self::CheckIns),
            (has("timeperiod"), Self::Periods),
            (has("objective") || has("okr"), Self::Objectives),
            (has("team") || has("user"), Self::Other),
        ];
        parts.into_iter().find(|(is_it, _)| *is_it).map(|(_, part)| part)
    }
}

/// Returns what the files say.
#[must_use]
pub(super) fn read(parts: &[(Part, Node)]) -> Found {
    let of = |part: Part| parts.iter().filter(move |(known, _)| *known == part).flat_map(|(_, node)| list(node));
    let mut reader = Reader { found: Found::default(), values: BTreeMap::new(), periods: BTreeMap::new() };
    for period in of(Part::Periods) {
        reader.period(period);
    }
    for check_in in of(Part::CheckIns) {
        reader.check_in(check_in);
    }
    let goals: Vec<&Node> = of(Part::Objectives).collect();
    let places = reader.objectives(&goals);
    for goal in goals {
        reader.goal(goal, &places);
    }
    reader.tell_of_strays();
    reader.found
}

/// Returns a file's records: its list, or the only list in its mapping.
fn list(node: &Node) -> &[Node] {
    if let Kind::Map(entries) = &node.kind {
        let mut lists = entries.iter().filter(|(_, node)| matches!(node.kind, Kind::List(_)));
        if let (Some((_, only)), None) = (lists.next(), lists.next())
            && entries.iter().all(|(name, _)| !is_named(name, "ID"))
        {
            return only.items();
        }
    }
    node.items()
}

struct Reader {
    found: Found,
    /// Values by the goal's id.
    values: BTreeMap<String, Vec<Value>>,
    /// First and last day by the period's id and by its name.
    periods: BTreeMap<String, (Option<Told>, Option<Told>)>,
}

impl Reader {
    fn period(&mut self, period: &Node) {
        let days = (period.told("Start Date"), period.told("End Date"));
        for key in ["ID", "Name"].iter().filter_map(|key| period.told(key)) {
            self.periods.insert(key.text, days.clone());
        }
    }

    fn check_in(&mut self, check_in: &Node) {
        let id = check_in.told("OKR ID");
        let day = check_in.told("CheckIn Date").or_else(|| check_in.told("Activity Date"));
        let value = check_in.told("Current Value");
        match (id, day, value) {
            (Some(id), Some(day), Some(value)) => {
                self.values.entry(id.text).or_default().push(Value { day, value });
            }
            // Without a value it is a note or a status.
            (Some(_), _, None) => {}
            (_, _, value) => {
                let what = value
                    .map_or_else(|| "a check-in".to_owned(), |value| format!("the check-in of {}", cut(&value.text)));
                let text = format!("{what} names no goal or no day");
                self.found.left_out.push(Note::at(&Place::from(check_in.place), text));
            }
        }
    }

    /// Adds the objectives, and returns their places by id.
    fn objectives(&mut self, goals: &[&Node]) -> BTreeMap<String, usize> {
        let mut places = BTreeMap::new();
        for goal in goals.iter().filter(|goal| kind(goal) == "bigrock") {
            let Some(title) = goal.told("Title") else { continue };
            if let Some(id) = goal.told("ID") {
                places.insert(id.text, self.found.objectives.len());
            }
            let objective = Objective {
                team: self.team(goal),
                period: self.period_of(goal),
                note: goal.told("Description"),
                style: Style { decimal: Some('.'), dates: None },
                ..Objective::new(title)
            };
            self.found.objectives.push(objective);
        }
        places
    }

    fn team(&mut self, goal: &Node) -> Option<Told> {
        let teams = goal.get("Teams").map(Node::items).unwrap_or_default();
        let mut names = teams.iter().filter_map(|team| team.told("Name").or_else(|| team.as_told()));
        let first = names.next();
        let others: Vec<String> = names.map(|told| cut(&told.text)).collect();
        if let (Some(first), false) = (&first, others.is_empty()) {
            let text =
                format!("it belongs to {} and to {}; it stands with the first", cut(&first.text), others.join(", "));
            self.found.left_out.push(Note::at(&first.place, text));
        }
        first
    }

    fn period_of(&self, goal: &Node) -> Period {
        let node = goal.get("Time Period");
        let name = node.and_then(|node| node.told("Name").or_else(|| node.as_told()));
        let id = node.and_then(|node| node.told("ID"));
        let days = [&id, &name].into_iter().flatten().find_map(|key| self.periods.get(&key.text));
        let (begins, ends) = days.cloned().unwrap_or_default();
        Period { name, begins, ends }
    }

    fn goal(&mut self, goal: &Node, places: &BTreeMap<String, usize>) {
        let Some(title) = goal.told("Title") else {
            self.found.left_out.push(Note::at(&Place::from(goal.place), "a goal without a title"));
            return;
        };
        let id = goal.told("ID").map(|id| id.text).unwrap_or_default();
        match kind(goal).as_str() {
            "bigrock" => {}
            "kpi" => {
                let parents = goal.get("Parent IDs").map(Node::items).unwrap_or_default();
                let place =
                    parents.iter().filter_map(Node::as_told).find_map(|parent| places.get(&parent.text).copied());
                let values = self.values.remove(&id).unwrap_or_default();
                match place {
                    Some(place) => self.found.objectives[place].key_results.push(key_result(goal, title, values)),
                    None => {
                        let text =
                            format!("`{}` is a KPI below no big rock: which objective is it of?", cut(&title.text));
                        self.found.asked.push(Note::at(&title.place, text));
                    }
                }
            }
            other => {
                self.values.remove(&id);
                let what =
                    if other == "project" { "a project: work, and no result" } else { "neither big rock nor KPI" };
                self.found.left_out.push(Note::at(&title.place, format!("`{}` is {what}", cut(&title.text))));
            }
        }
        if goal.get("Phased Targets").is_some_and(|node| !node.items().is_empty()) {
            let text = format!(
                "phased targets of `{}`: write them as `pace:`",
                cut(&goal.told("Title").map(|told| told.text).unwrap_or_default())
            );
            self.found.left_out.push(Note::at(&Place::from(goal.place), text));
        }
    }

    /// Tells of values of goals that are no key results.
    fn tell_of_strays(&mut self) {
        let strays = std::mem::take(&mut self.values);
        for (id, values) in strays {
            let Some(first) = values.first() else { continue };
            let text = format!("{} check-ins of `{}`, which is no key result here", values.len(), cut(&id));
            self.found.left_out.push(Note::at(&first.value.place, text));
        }
    }
}

/// Returns a goal's type in small letters.
fn kind(goal: &Node) -> String {
    let told = goal.told("Type").map(|told| told.text).unwrap_or_default();
    told.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn key_result(goal: &Node, title: Told, values: Vec<Value>) -> KeyResult {
    let outcome = goal.get("Outcome");
    let told = |key: &str| outcome.and_then(|outcome| outcome.told(key));
    let is_percentage = told("Outcome Type").is_some_and(|kind| kind.text.eq_ignore_ascii_case("percentage"));
    let unit = told("Metric Unit").or_else(|| {
        let kind = told("Outcome Type").filter(|_| is_percentage)?;
        Told::new("%", kind.place)
    });
    KeyResult {
        start: told("Start"),
        target: told("Target"),
        aim: told("Target Type").map_or(Aim::Reach, |aim| aim_of(&aim.text)),
        unit,
        owners: owners(goal),
        score: goal.told("Score").map(|told| Score { told, of: 1 }),
        values,
        ..KeyResult::new(title)
    }
}

fn owners(goal: &Node) -> Vec<Owner> {
    let people = goal.get("Owner").map(Node::items).unwrap_or_default();
    let names = people
        .iter()
        .filter_map(|person| person.told("Name").or_else(|| person.told("Email")).or_else(|| person.as_told()));
    names.map(|name| Owner { name }).collect()
}

/// Returns what a target is: one to stay above or below is a bound.
fn aim_of(text: &str) -> Aim {
    let text = text.to_lowercase();
    match (text.contains("stay") || text.contains("maintain"), text.contains("above"), text.contains("below")) {
        (true, true, false) => Aim::AtLeast,
        (true, false, true) => Aim::AtMost,
        _ => Aim::Reach,
    }
}
