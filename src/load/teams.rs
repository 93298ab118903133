//! The teams of a book: those that its settings describe, and those that only wrote files.
//!
//! In: the settings and the quarters. Out: every team once, with a parent only where that is another team.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::model::ids::Slug;
use crate::model::plan::{QuarterPlan, Team, company_first};

/// Returns the teams of the settings and of all quarters; `company` first, then by id.
pub(super) fn all(config: &Config, quarters: &[QuarterPlan], diagnostics: &mut Vec<Diagnostic>) -> Vec<Team> {
    let mut teams: BTreeMap<Slug, Team> = BTreeMap::new();
    for quarter in quarters {
        for plan in &quarter.teams {
            if !teams.contains_key(&plan.team) {
                teams.insert(plan.team.clone(), unnamed(&plan.team));
            }
        }
    }
    teams.extend(config.teams.iter().map(|team| (team.id.clone(), team.clone())));
    let without = teams_without_parent(&teams, diagnostics);
    let mut teams: Vec<Team> = teams.into_values().collect();
    for team in &mut teams {
        team.parent = team.parent.take().filter(|_| !without.contains(&team.id));
    }
    teams.sort_by(|a, b| company_first(&a.id, &b.id));
    teams
}

/// Reports teams whose `parent` is no team or stands below them, and returns their ids.
fn teams_without_parent(teams: &BTreeMap<Slug, Team>, diagnostics: &mut Vec<Diagnostic>) -> BTreeSet<Slug> {
    let parent_of = |id: &Slug| teams.get(id).and_then(|team| team.parent.as_ref());
    let mut without = BTreeSet::new();
    for (id, parent) in teams.values().filter_map(|team| Some((&team.id, team.parent.as_ref()?))) {
        let diagnostic = if teams.contains_key(&parent.value) {
            let mut above = std::iter::successors(Some(&parent.value), |id| parent_of(id).map(|parent| &parent.value));
            if !above.by_ref().take(teams.len()).any(|team| team == id) {
                continue;
            }
            let message = format!("the team `{id}` stands above itself");
            Diagnostic::error("bad-reference", parent, message).help("name the team above it, or remove `parent`")
        } else {
            let message = format!("there is no team `{}`", parent.value);
            let diagnostic = Diagnostic::error("unknown-team", parent, message);
            match diag::nearest(
                parent.value.as_str(),
                teams.keys().map(Slug::as_str).filter(|&other| other != id.as_str()),
            ) {
                Some(near) => diagnostic.help(format!("write `{near}`")),
                None => diagnostic.help("list it under `teams:`, or name one that is there"),
            }
        };
        diagnostics.push(diagnostic);
        without.insert(id.clone());
    }
    without
}

/// Returns a team that nobody described; its name is its id with spaces and a capital.
fn unnamed(id: &Slug) -> Team {
    let words = id.as_str().replace(['-', '_'], " ");
    let mut letters = words.chars();
    let name =
        letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str());
    Team { id: id.clone(), name, function: None, lead: None, parent: None }
}
