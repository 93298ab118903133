//! People by the names that an export gives them.
//!
//! In: the people of the settings, and names or mail addresses. Out: ids, and a proposal for those whom the settings don't
//! name. An address is written nowhere.

use std::collections::BTreeMap;

use super::found::Owner;
use super::ids::short;
use crate::model::ids::Slug;
use crate::model::person::Person;

/// People, as they are met.
#[derive(Debug)]
pub(super) struct People {
    /// Ids by names in small letters.
    known: BTreeMap<String, Slug>,
    unknown: BTreeMap<Slug, Option<String>>,
}

impl People {
    /// Returns the people of the settings.
    #[must_use]
    pub(super) fn new(people: &[Person]) -> Self {
        let names = |person: &Person| [person.id.as_str().to_lowercase(), person.name.to_lowercase()];
        let known = people.iter().flat_map(|person| names(person).map(|name| (name, person.id.clone())));
        Self { known: known.collect(), unknown: BTreeMap::new() }
    }

    /// Returns the ids of owners, each once.
    pub(super) fn ids(&mut self, owners: &[Owner]) -> Vec<Slug> {
        let mut ids = Vec::with_capacity(owners.len());
        for owner in owners {
            let id = self.id(&owner.name.text);
            if let Some(id) = id.filter(|id| !ids.contains(id)) {
                ids.push(id);
            }
        }
        ids
    }

    fn id(&mut self, name: &str) -> Option<Slug> {
        let key = name.to_lowercase();
        if let Some(id) = self.known.get(&key) {
            return Some(id.clone());
        }
        let (name, is_address) = name.split_once('@').map_or((name, false), |(before, _)| (before, true));
        let id = Slug::new(&short(name)).filter(|id| id.as_str() != "index")?;
        self.known.insert(key, id.clone());
        let shown = self.unknown.entry(id.clone()).or_default();
        if !is_address {
            shown.get_or_insert_with(|| name.to_owned());
        }
        Some(id)
    }

    /// Returns those whom the settings don't name.
    #[must_use]
    pub(super) fn unknown(self) -> BTreeMap<Slug, Option<String>> {
        self.unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;
    use crate::import::found::Told;

    #[test]
    fn people_are_known_by_id_name_or_address_and_no_address_is_kept() {
        let person = Person { id: Slug::new("ana").expect("a slug"), name: "Ana Ruiz".to_owned(), team: None };
        let mut people = People::new(&[person]);
        let owner = |name: &str| Owner { name: Told::new(name, Place::file("a.csv")).expect("a name") };
        let owners = ["Ana Ruiz", "ana", "Ben Ōe", "ben.oe@example.com", "c.d@example.com", "日本"].map(owner);
        let ids: Vec<String> = people.ids(&owners).iter().map(ToString::to_string).collect();
        assert_eq!(ids, ["ana", "ben-oe", "c-d"]);
        let unknown: Vec<_> = people.unknown().into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        assert_eq!(unknown, [("ben-oe".to_owned(), Some("Ben Ōe".to_owned())), ("c-d".to_owned(), None)]);
    }
}
