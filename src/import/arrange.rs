//! What was found, put where it belongs in a book: cycles, teams, ids, goals and values.
//!
//! In: what was found, and what the book and the command line say. Out: teams' objectives by cycle, and notes on what could
//! not be told. Nothing is guessed: what has no cycle or no team is asked about and written nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::found::{Found, KeyResult, Note, Objective, Style};
use super::goal;
use super::ids::Ids;
use super::people::People;
use super::period;
use super::teams::Teams;
use super::value::{amount, counted, cut, day};
use crate::model::calendar::{Calendar, Day};
use crate::model::ids::{CycleId, Slug};
use crate::model::person::Person;
use crate::model::plan::Team;
use crate::model::quantity::Number;

/// What the book and the command line say beside the export.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// How the book cuts time.
    pub calendar: &'a Calendar,
    /// The teams that its settings name.
    pub teams: &'a [Team],
    /// The people that they name.
    pub people: &'a [Person],
    /// The cycles that are sealed.
    pub sealed: &'a BTreeSet<CycleId>,
    /// The team of objectives that name none.
    pub team: Option<&'a Slug>,
    /// The cycle of objectives that name none.
    pub cycle: Option<CycleId>,
}

/// What was found, in its places.
#[derive(Debug, Default)]
pub struct Arranged {
    /// Teams' objectives by cycle and team.
    pub teams: BTreeMap<(CycleId, Slug), Vec<PlacedObjective>>,
    /// What only people can say.
    pub asked: Vec<Note>,
    /// What is not taken, and why.
    pub left_out: Vec<Note>,
    /// Teams that the settings don't name: ids with names.
    pub new_teams: BTreeMap<Slug, String>,
    /// People whom the settings don't name: ids with names, where there is more than a mail address.
    pub new_people: BTreeMap<Slug, Option<String>>,
}

/// An objective in its place.
#[derive(Debug)]
pub struct PlacedObjective {
    /// Its id.
    pub id: Slug,
    /// What the export says.
    pub found: Objective,
    /// Ids of its people.
    pub owners: Vec<Slug>,
    /// Its key results.
    pub key_results: Vec<PlacedKeyResult>,
}

/// A key result in its place.
#[derive(Debug)]
pub struct PlacedKeyResult {
    /// Its id.
    pub id: Slug,
    /// What the export says.
    pub found: KeyResult,
    /// Keys that its sentence leaves open.
    pub keys: Vec<(&'static str, String)>,
    /// Ids of its people.
    pub owners: Vec<Slug>,
    /// Its values, one a day, earliest first.
    pub values: Vec<(Day, Number)>,
    /// Why it stands in its file as a comment only.
    pub withheld: Option<String>,
    /// How the export writes numbers.
    pub style: Style,
}

/// Puts what was found into its places.
#[must_use]
pub fn arrange(found: Found, given: &Given<'_>) -> Arranged {
    let mut work = Work {
        given,
        teams: Teams::new(given.teams),
        people: People::new(given.people),
        ids: BTreeMap::new(),
        arranged: Arranged { asked: found.asked, left_out: found.left_out, ..Arranged::default() },
    };
    for objective in found.objectives {
        work.objective(objective);
    }
    let Work { teams, people, mut arranged, .. } = work;
    arranged.new_teams = teams.unknown();
    arranged.new_people = people.unknown();
    arranged
}

struct Work<'a> {
    given: &'a Given<'a>,
    teams: Teams,
    people: People,
    ids: BTreeMap<(CycleId, Slug), Ids>,
    arranged: Arranged,
}

impl Work<'_> {
    fn objective(&mut self, mut found: Objective) {
        let Some(cycle) = self.cycle(&found) else { return };
        if self.given.sealed.contains(&cycle) {
            let text = format!("`{}`: {cycle} is sealed, and nothing is added to it", cut(&found.title.text));
            self.arranged.left_out.push(Note::at(&found.title.place, text));
            return;
        }
        let Some(team) = self.team(&found) else { return };
        let style = found.style.clone();
        let key_results = std::mem::take(&mut found.key_results);
        if key_results.is_empty() {
            let text = format!("`{}` has no key results", cut(&found.title.text));
            self.arranged.asked.push(Note::at(&found.title.place, text));
        }
        let place = (cycle, team);
        let objective = self.placed(&place, found);
        for found in key_results {
            let id = self.ids.entry(place.clone()).or_default().of_key_result(&found.title.text);
            let known = self.key_result(id, found, &style);
            self.arranged.teams.entry(place.clone()).or_default()[objective].key_results.push(known);
        }
    }

    /// Returns where the objective stands among its team's: with the one of the same title, where there is one.
    fn placed(&mut self, place: &(CycleId, Slug), found: Objective) -> usize {
        let known = self.arranged.teams.entry(place.clone()).or_default();
        if let Some(at) = known.iter().position(|known| known.found.title.text == found.title.text) {
            return at;
        }
        let id = self.ids.entry(place.clone()).or_default().of_objective(&found.title.text);
        let owners = self.people.ids(&found.owners);
        known.push(PlacedObjective { id, found, owners, key_results: Vec::new() });
        known.len() - 1
    }

    fn cycle(&mut self, found: &Objective) -> Option<CycleId> {
        let is_told = found.period.place().is_some();
        match (period::cycle(&found.period, found.style.dates.as_deref(), self.given.calendar), self.given.cycle) {
            (Ok(cycle), _) => Some(cycle),
            (Err(_), Some(cycle)) if !is_told || found.period.name.is_none() => Some(cycle),
            (Err(why), _) => {
                let place = found.period.place().unwrap_or(&found.title.place);
                let help = if is_told && found.period.name.is_some() {
                    "spell it as `2024-Q1`, or give it its days in okrbook.yaml under `calendar: named:`"
                } else {
                    "say `--cycle 2024-Q1` for all that name none"
                };
                self.ask(place, &format!("`{}`: {why}; {help}", cut(&found.title.text)), found.key_results.len());
                None
            }
        }
    }

    fn team(&mut self, found: &Objective) -> Option<Slug> {
        match (&found.team, self.given.team) {
            (Some(told), _) => Some(self.teams.id(&told.text)),
            (None, Some(team)) => Some(team.clone()),
            (None, None) => {
                let text = format!(
                    "`{}`: nothing says whose it is; say `--team TEAM` for all that name none",
                    cut(&found.title.text)
                );
                self.ask(&found.title.place, &text, found.key_results.len());
                None
            }
        }
    }

    /// Asks about an objective that can't be placed.
    fn ask(&mut self, place: &crate::diag::Place, text: &str, key_results: usize) {
        let text = format!("{text} (not written, with {})", counted(key_results, "key result"));
        self.arranged.asked.push(Note::at(place, text));
    }

    fn key_result(&mut self, id: Slug, found: KeyResult, style: &Style) -> PlacedKeyResult {
        let stated = goal::keys(&found, style);
        self.arranged.asked.extend(stated.asked);
        let owners = self.people.ids(&found.owners);
        let values = self.values(&found, style);
        if let Some(value) = found.undated.as_ref().filter(|_| values.is_empty()) {
            let text = format!(
                "`{}`: nothing says on which day it stood at {}, so there is no export and no score",
                cut(&found.title.text),
                cut(&value.text)
            );
            self.arranged.asked.push(Note::at(&value.place, text));
        }
        if let Some(place) = &found.done {
            let text = format!("`{}` is ticked off: on which day? write it as `done:`", cut(&found.title.text));
            self.arranged.asked.push(Note::at(place, text));
        }
        PlacedKeyResult { id, found, keys: stated.keys, owners, values, withheld: None, style: style.clone() }
    }

    /// Returns values that have a day, the last one of each day; of others says why they are none.
    fn values(&mut self, found: &KeyResult, style: &Style) -> Vec<(Day, Number)> {
        let mut read: Vec<(Day, String, Number)> = Vec::with_capacity(found.values.len());
        let mut skipped = Vec::new();
        for value in &found.values {
            let day = day(&value.day.text, style.dates.as_deref(), &self.given.calendar.zone);
            let number = amount(&value.value.text, style.decimal);
            match (day, number) {
                (Ok(day), Ok(amount)) => read.push((day, value.day.text.clone(), amount.number)),
                (Err(why), _) => skipped.push((&value.day.place, why)),
                (_, Err(why)) => skipped.push((&value.value.place, why)),
            }
        }
        if let Some((place, why)) = skipped.first() {
            let count = counted(skipped.len(), "value");
            let text = format!("`{}`: {count} left out: {why}", cut(&found.title.text));
            self.arranged.asked.push(Note::at(place, text));
        }
        read.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let by_day: BTreeMap<Day, Number> = read.into_iter().map(|(day, _, number)| (day, number)).collect();
        by_day.into_iter().collect()
    }
}

impl Arranged {
    /// Returns the cycles that something belongs to.
    #[must_use]
    pub fn cycles(&self) -> BTreeSet<CycleId> {
        self.teams.keys().map(|(cycle, _)| *cycle).collect()
    }

    /// Withholds the key result of these ids that stands in the file at a path; says whether there is one that wasn't withheld.
    pub fn withhold(&mut self, (cycle, team): (CycleId, &str), (objective, id): (&str, &str), why: &str) -> bool {
        let of_team = self.teams.iter_mut().filter(|((known, name), _)| *known == cycle && name.as_str() == team);
        let objectives = of_team.flat_map(|(_, objectives)| objectives).filter(|known| known.id.as_str() == objective);
        let mut key_results = objectives.flat_map(|known| &mut known.key_results);
        let Some(known) = key_results.find(|known| known.id.as_str() == id && known.withheld.is_none()) else {
            return false;
        };
        known.withheld = Some(why.to_owned());
        true
    }

    /// Returns all key results with their cycle, team and objective.
    pub fn key_results(&self) -> impl Iterator<Item = (CycleId, &Slug, &PlacedObjective, &PlacedKeyResult)> {
        self.teams.iter().flat_map(|((cycle, team), objectives)| {
            objectives.iter().flat_map(move |objective| {
                objective.key_results.iter().map(move |known| (*cycle, team, objective, known))
            })
        })
    }
}
