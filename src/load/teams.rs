//! The teams of a book: those that its settings describe, and those that only wrote files.
//!
//! In: the settings and the quarters. Out: every team once, with a parent only where that is another team; and the id
//! under which a team that was renamed is recorded in a quarter.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::QuarterFiles;
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::model::ids::{QuarterId, Slug};
use crate::model::plan::{QuarterPlan, Team, company_first};
use crate::source::Spanned;

/// The ids under which teams are recorded.
#[derive(Debug, Default)]
pub(super) struct TeamIds {
    /// Each id of a team that was renamed, with all of them, today's first.
    all: BTreeMap<Slug, Vec<Slug>>,
}

impl TeamIds {
    fn of(teams: &[Team]) -> Self {
        let mut all = BTreeMap::new();
        for team in teams.iter().filter(|team| !team.aliases.is_empty()) {
            let former = team.aliases.iter().map(|alias| &alias.value);
            let ids: Vec<Slug> = std::iter::once(&team.id).chain(former).cloned().collect();
            all.extend(ids.iter().map(|id| (id.clone(), ids.clone())));
        }
        Self { all }
    }

    /// Returns the id that a team has today.
    pub(super) fn today<'a>(&'a self, id: &'a Slug) -> &'a Slug {
        self.all.get(id).and_then(|ids| ids.first()).unwrap_or(id)
    }

    /// Returns the id under which a team is recorded, where `is_there` knows the ids that are: this one or another of
    /// the same team.
    pub(super) fn recorded<'a>(&'a self, id: &'a Slug, is_there: impl Fn(&Slug) -> bool) -> &'a Slug {
        if is_there(id) {
            return id;
        }
        self.all.get(id).into_iter().flatten().find(|id| is_there(id)).unwrap_or(id)
    }
}

/// Returns the teams that the settings describe, with their ids. Of one team a quarter has one file; an earlier id under
/// which it would have two is reported and left out.
pub(super) fn described(
    config: &Config,
    quarters: &BTreeMap<QuarterId, QuarterFiles>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Team>, TeamIds) {
    let mut teams = config.teams.clone();
    for team in &mut teams {
        let mut ids = vec![team.id.clone()];
        team.aliases.retain(|alias| {
            let fault = both(&ids, alias, quarters);
            let stays = fault.is_none();
            diagnostics.extend(fault);
            if stays {
                ids.push(alias.value.clone());
            }
            stays
        });
    }
    let ids = TeamIds::of(&teams);
    (teams, ids)
}

/// Says that a quarter has files of a team under one of its ids and under an earlier one.
fn both(ids: &[Slug], alias: &Spanned<Slug>, quarters: &BTreeMap<QuarterId, QuarterFiles>) -> Option<Diagnostic> {
    let has = |files: &QuarterFiles, id: &Slug| files.teams.get(id).is_some_and(|files| files.objectives.is_some());
    let mut with = quarters.iter().filter(|(_, files)| has(files, &alias.value));
    let (quarter, other) = with.find_map(|(quarter, files)| Some((quarter, ids.iter().find(|id| has(files, id))?)))?;
    let former = &alias.value;
    let message = format!("`{former}` can't be an earlier id of `{other}`: {quarter} has files of both");
    let help = format!("put the objectives of both into quarters/{quarter}/{other}.yaml, or remove the earlier id");
    Some(Diagnostic::error("duplicate-id", alias, message).help(help))
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
