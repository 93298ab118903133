//! The teams of a book: those that its settings describe, and those that only wrote files.
//!
//! In: the settings and the quarters. Out: every team once, with a parent only where that is another team; and the id
//! under which a team that was renamed is recorded in a quarter.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::QuarterFiles;
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::model::folder::Folder;
use crate::model::ids::{CycleId, Slug};
use crate::model::plan::{QuarterPlan, Team, company_first};
use crate::source::Spanned;

/// How often a right spelling is looked for; settings with more wrong names have another trouble.
const SUGGESTIONS: usize = 50;

/// The ids that teams have today, by the ids that they had before.
#[derive(Debug, Default)]
pub(super) struct TeamIds {
    /// Each earlier id with the one of today.
    today: BTreeMap<Slug, Slug>,
}

impl TeamIds {
    fn of(teams: &[Team]) -> Self {
        let former = |team: &Team| -> Vec<(Slug, Slug)> {
            team.aliases.iter().map(|alias| (alias.value.clone(), team.id.clone())).collect()
        };
        Self { today: teams.iter().flat_map(former).collect() }
    }

    /// Returns all earlier ids, each with the one of today.
    pub(super) const fn all(&self) -> &BTreeMap<Slug, Slug> {
        &self.today
    }

    /// Returns the id that a team has today.
    pub(super) fn today<'a>(&'a self, id: &'a Slug) -> &'a Slug {
        self.today.get(id).unwrap_or(id)
    }
}

/// Returns the teams that the settings describe, with their ids. Of one team a quarter has one file; an earlier id under
/// which it would have two is reported and left out.
pub(super) fn described(
    config: &Config,
    quarters: &BTreeMap<CycleId, QuarterFiles>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Team>, TeamIds) {
    let mut written: BTreeMap<&Slug, Vec<CycleId>> = BTreeMap::new();
    for (quarter, files) in quarters {
        for (id, _) in files.teams.iter().filter(|(_, files)| files.objectives.is_some()) {
            written.entry(id).or_default().push(*quarter);
        }
    }
    let mut teams = config.teams.clone();
    for team in &mut teams {
        // The id under which each quarter has the team's file.
        let mut taken: BTreeMap<CycleId, Slug> = BTreeMap::new();
        let quarters_of = |id: &Slug| written.get(id).map_or(&[][..], Vec::as_slice);
        taken.extend(quarters_of(&team.id).iter().map(|quarter| (*quarter, team.id.clone())));
        team.aliases.retain(|alias| {
            let under = quarters_of(&alias.value);
            let both = under.iter().find_map(|quarter| Some((*quarter, taken.get(quarter)?)));
            if let Some((quarter, other)) = both {
                let folder = quarters.get(&quarter).map(|files| files.folder).unwrap_or_default();
                diagnostics.push(has_both((quarter, folder), other, alias));
                return false;
            }
            taken.extend(under.iter().map(|quarter| (*quarter, alias.value.clone())));
            true
        });
    }
    let ids = TeamIds::of(&teams);
    (teams, ids)
}

/// Says that a quarter has files of a team under one of its ids and under an earlier one.
fn has_both((quarter, folder): (CycleId, Folder), other: &Slug, alias: &Spanned<Slug>) -> Diagnostic {
    let former = &alias.value;
    let message = format!("`{former}` can't be an earlier id of `{other}`: {quarter} has files of both");
    let help = format!(
        "put the objectives of both into {}, or remove the earlier id",
        folder.path(quarter, &format!("{other}.yaml"))
    );
    Diagnostic::error("duplicate-id", alias, message).help(help)
}

/// Returns the teams of the settings and of all quarters; `company` first, then by id.
pub(super) fn all(
    described: Vec<Team>,
    ids: &TeamIds,
    quarters: &[QuarterPlan],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Team> {
    let mut teams: BTreeMap<Slug, Team> = BTreeMap::new();
    for plan in quarters.iter().flat_map(|quarter| &quarter.teams) {
        let id = ids.today(&plan.team);
        if !teams.contains_key(id) {
            teams.insert(id.clone(), Team::unnamed(id.clone()));
        }
    }
    teams.extend(described.into_iter().map(|team| (team.id.clone(), team)));
    for parent in teams.values_mut().filter_map(|team| team.parent.as_mut()) {
        parent.value = ids.today(&parent.value).clone();
    }
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
    let circles = in_circles(teams);
    let mut suggestions = SUGGESTIONS;
    let mut without = BTreeSet::new();
    for (id, parent) in teams.values().filter_map(|team| Some((&team.id, team.parent.as_ref()?))) {
        let diagnostic = if circles.contains(id) {
            let message = format!("the team `{id}` stands above itself");
            Diagnostic::error("bad-reference", parent, message).help("name the team above it, or remove `parent`")
        } else if teams.contains_key(&parent.value) {
            continue;
        } else {
            let message = format!("there is no team `{}`", parent.value);
            let diagnostic = Diagnostic::error("unknown-team", parent, message);
            let others = teams.keys().take_while(|_| suggestions > 0).filter(|other| *other != id);
            let near = diag::nearest(parent.value.as_str(), others.map(Slug::as_str));
            suggestions = suggestions.saturating_sub(1);
            match near {
                Some(near) => diagnostic.propose(near),
                None => diagnostic.help("list it under `teams:`, or name one that is there"),
            }
        };
        diagnostics.push(diagnostic);
        without.insert(id.clone());
    }
    without
}

/// Returns the teams that stand above themselves. Each team is walked over once, however long the chains are.
fn in_circles(teams: &BTreeMap<Slug, Team>) -> BTreeSet<&Slug> {
    let above = |id: &Slug| {
        let parent = teams.get(id)?.parent.as_ref()?;
        teams.get_key_value(&parent.value).map(|(id, _)| id)
    };
    let mut walk_of: BTreeMap<&Slug, usize> = BTreeMap::new();
    let mut circles = BTreeSet::new();
    for (walk, first) in teams.keys().enumerate() {
        let mut next = Some(first);
        while let Some(id) = next.filter(|id| !walk_of.contains_key(id)) {
            walk_of.insert(id, walk);
            next = above(id);
        }
        // A walk that meets itself has found a circle, which begins where they met.
        let Some(met) = next.filter(|id| walk_of.get(id) == Some(&walk)) else { continue };
        let circle = std::iter::successors(above(met), |id| above(id)).take_while(|id| *id != met);
        circles.extend(std::iter::once(met).chain(circle));
    }
    circles
}
