//! Teams by the names that an export gives them.
//!
//! In: the teams of the settings, and names. Out: ids, and those that the settings don't name.

use std::collections::BTreeMap;

use super::ids::short;
use crate::model::ids::{RESERVED_TEAMS, Slug};
use crate::model::plan::Team;

/// Teams, as they are met.
#[derive(Debug)]
pub(super) struct Teams {
    /// Ids by names in small letters.
    known: BTreeMap<String, Slug>,
    unknown: BTreeMap<Slug, String>,
}

impl Teams {
    /// Returns the teams of the settings.
    #[must_use]
    pub(super) fn new(teams: &[Team]) -> Self {
        let mut known = BTreeMap::new();
        for team in teams {
            let ids = team.aliases.iter().map(|alias| alias.value.as_str()).chain([team.id.as_str(), &team.name]);
            known.extend(ids.map(|name| (name.to_lowercase(), team.id.clone())));
        }
        Self { known, unknown: BTreeMap::new() }
    }

    /// Returns the id of a name: that of the settings, else one made of the name.
    pub(super) fn id(&mut self, name: &str) -> Slug {
        let key = name.trim().to_lowercase();
        if let Some(id) = self.known.get(&key) {
            return id.clone();
        }
        let base = match short(name) {
            base if base.is_empty() || RESERVED_TEAMS.contains(&base.as_str()) => format!("team-{base}"),
            base => base,
        };
        let base = base.trim_end_matches('-').to_owned();
        let taken = |id: &Slug| self.known.values().any(|known| known == id);
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let mut free =
            std::iter::once(base.clone()).chain(numbered).filter_map(|id| Slug::new(&id)).filter(|id| !taken(id));
        let id = free.next().expect("internal: one of endlessly many ids is free");
        self.known.insert(key, id.clone());
        self.unknown.insert(id.clone(), name.trim().to_owned());
        id
    }

    /// Returns those that the settings don't name.
    #[must_use]
    pub(super) fn unknown(self) -> BTreeMap<Slug, String> {
        self.unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_keep_the_ids_that_the_settings_give_them() {
        let described =
            Team { name: "Platform & Tools".to_owned(), ..Team::unnamed(Slug::new("platform").expect("a slug")) };
        let mut teams = Teams::new(&[described]);
        let ids = ["platform & tools", "Platform", "Équipe Paiement", "../../etc", "Packet", "equipe paiement", "日本"]
            .map(|name| teams.id(name).to_string());
        assert_eq!(ids, ["platform", "platform", "equipe-paiement", "etc", "team-packet", "equipe-paiement-2", "team"]);
        assert_eq!(teams.unknown().len(), 5);
    }
}
