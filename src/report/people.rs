//! People: what they are called, and what is theirs.
//!
//! In: the plan's quarters, teams and metrics, and the people of the settings. Out: each owner once, by whatever name a file uses.
//! Nothing here adds up grades: a page of a person that grades them would turn goals into theatre.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{KeyResultPlace, QuarterReport, TeamPlace};
use crate::hash::Digest;
use crate::model::ids::Slug;
use crate::model::metric::Metric;
use crate::model::person::Person;
use crate::model::plan::{Plan, Team};

/// Somebody who owns or leads something.
#[derive(Debug)]
pub struct Owner<'a> {
    /// Their name in links.
    pub id: String,
    /// What people call them.
    pub name: &'a str,
    /// The team that the settings put them in.
    pub team: Option<&'a Slug>,
    /// The key results that name them, earliest quarter first.
    pub key_results: Vec<KeyResultPlace>,
    /// The teams that they lead.
    pub leads: Vec<&'a Team>,
    /// The metrics that they answer for.
    pub metrics: Vec<&'a Metric>,
}

/// All owners.
#[derive(Debug, Default)]
pub(super) struct People<'a> {
    /// By their names in links.
    pub(super) owners: Vec<Owner<'a>>,
    /// The place of each by what files call them.
    by_text: BTreeMap<&'a str, usize>,
}

impl<'a> People<'a> {
    pub(super) fn of(plan: &'a Plan, quarters: &[QuarterReport<'a>]) -> Self {
        let mut gathering = Gathering::new(&plan.people);
        for (quarter, report) in quarters.iter().enumerate() {
            for (team, report) in report.teams.iter().enumerate() {
                let team = TeamPlace { quarter, team };
                for (objective, known) in report.plan.objectives.iter().enumerate() {
                    for (key_result, known) in known.key_results.iter().enumerate() {
                        let place = KeyResultPlace { team, objective, key_result };
                        for owner in &known.owners {
                            gathering.add(&owner.value, |owner| owner.key_results.push(place));
                        }
                    }
                }
            }
        }
        for team in &plan.teams {
            team.lead.iter().for_each(|lead| gathering.add(lead, |owner| owner.leads.push(team)));
        }
        // Teams answer for metrics, too, and are no people.
        let teams: BTreeSet<String> =
            plan.teams.iter().flat_map(|team| [team.id.as_str(), &team.name]).map(str::to_lowercase).collect();
        let is_person = |owner: &&String| !teams.contains(&owner.to_lowercase());
        for metric in plan.metrics.values() {
            metric
                .owner
                .iter()
                .filter(is_person)
                .for_each(|owner| gathering.add(owner, |owner| owner.metrics.push(metric)));
        }
        gathering.sorted()
    }

    /// Returns the place of a person by what a file calls them.
    pub(super) fn place(&self, text: &str) -> Option<usize> {
        self.by_text.get(text).copied()
    }
}

struct Gathering<'a> {
    people: People<'a>,
    /// The place of each by their name in links.
    by_id: BTreeMap<String, usize>,
    /// The people of the settings by ids and names in small letters.
    named: BTreeMap<String, &'a Person>,
}

impl<'a> Gathering<'a> {
    fn new(people: &'a [Person]) -> Self {
        // An id goes before a name that another person has.
        let names = people.iter().map(|person| (person.name.to_lowercase(), person));
        let ids = people.iter().map(|person| (person.id.as_str().to_lowercase(), person));
        Self { people: People::default(), by_id: BTreeMap::new(), named: names.chain(ids).collect() }
    }

    fn add(&mut self, text: &'a str, put: impl FnOnce(&mut Owner<'a>)) {
        let place = match self.people.by_text.get(text) {
            Some(place) => *place,
            None => self.place(text),
        };
        if let Some(owner) = self.people.owners.get_mut(place) {
            put(owner);
        }
    }

    /// Returns the place of a person whom no file has called so yet.
    fn place(&mut self, text: &'a str) -> usize {
        let known = self.named.get(&text.trim().to_lowercase()).copied();
        let id = known.map_or_else(|| id_of(text), |person| person.id.as_str().to_lowercase());
        let people = &mut self.people;
        let place = *self.by_id.entry(id.clone()).or_insert_with(|| {
            let (name, team) = known.map_or((text, None), |person| (&person.name, person.team.as_ref()));
            let team = team.map(|team| &team.value);
            let (key_results, leads, metrics) = (Vec::new(), Vec::new(), Vec::new());
            people.owners.push(Owner { id, name, team, key_results, leads, metrics });
            people.owners.len() - 1
        });
        people.by_text.insert(text, place);
        place
    }

    fn sorted(self) -> People<'a> {
        let mut people = self.people;
        let mut order: Vec<usize> = (0..people.owners.len()).collect();
        order.sort_by(|a, b| people.owners[*a].id.cmp(&people.owners[*b].id));
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| places[*old] = new);
        people.by_text.values_mut().for_each(|place| *place = places[*place]);
        people.owners.sort_by(|a, b| a.id.cmp(&b.id));
        for owner in &mut people.owners {
            owner.key_results.dedup();
        }
        people
    }
}

/// Returns a name in links for somebody whom the settings don't name: of letters that links may have, else of a digest.
fn id_of(text: &str) -> String {
    match Slug::suggest(text) {
        id if id.is_empty() || id == "index" => {
            let digest = Digest::of(text.as_bytes()).to_string();
            format!("person-{}", &digest[..8])
        }
        id => id,
    }
}
