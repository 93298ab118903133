//! People and the teams that they belong to.

use std::collections::BTreeMap;

use crate::diag::{self, Diagnostic};
use crate::model::ids::Slug;
use crate::model::person::Person;
use crate::model::plan::Team;

/// The most names that are looked for among the teams.
const SUGGESTIONS: usize = 50;

/// Returns the people; a team that the book hasn't is reported and left out, and one by an earlier id is the one of today.
pub(super) fn of_book(people: &[Person], teams: &[Team], diagnostics: &mut Vec<Diagnostic>) -> Vec<Person> {
    let mut people = people.to_vec();
    let ids = |team: &Team| -> Vec<(Slug, Slug)> {
        let former = team.aliases.iter().map(|alias| &alias.value);
        former.chain([&team.id]).map(|id| (id.clone(), team.id.clone())).collect()
    };
    let known: BTreeMap<Slug, Slug> = teams.iter().flat_map(ids).collect();
    let mut suggestions = SUGGESTIONS;
    for person in &mut people {
        let Some(team) = &mut person.team else { continue };
        if let Some(known) = known.get(&team.value) {
            team.value = known.clone();
            continue;
        }
        let diagnostic = Diagnostic::error("unknown-team", &*team, format!("there is no team `{}`", team.value));
        let others = teams.iter().take_while(|_| suggestions > 0).map(|known| known.id.as_str());
        let near = diag::nearest(team.value.as_str(), others);
        suggestions = suggestions.saturating_sub(1);
        diagnostics.push(match near {
            Some(near) => diagnostic.propose(near),
            None => diagnostic.help("list it under `teams:`, or name one that is there"),
        });
        person.team = None;
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Span, Spanned};

    #[test]
    fn a_team_is_looked_up_by_any_of_its_ids() {
        let slug = |id: &str| Slug::new(id).expect("an id");
        let span = Span { file: crate::source::Sources::default().add("okrbook.yaml", "x"), start: 0, end: 1 };
        let person =
            |team: &str| Person { id: slug("ana"), name: "Ana".to_owned(), team: Some(Spanned::new(slug(team), span)) };
        let mut team = Team::unnamed(slug("platform"));
        team.aliases.push(Spanned::new(slug("infra"), span));
        let mut diagnostics = Vec::new();
        let people = of_book(&[person("infra"), person("platfrom")], &[team], &mut diagnostics);
        assert_eq!(people[0].team.as_ref().map(|team| team.value.as_str()), Some("platform"));
        assert_eq!(people[1].team, None);
        assert_eq!(diagnostics[0].help.as_deref(), Some("write `platform`"));
    }
}
