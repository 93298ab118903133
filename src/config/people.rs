//! The `people` setting.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::keys::book::PERSON;
use crate::model::ids::Slug;
use crate::model::person::Person;
use crate::source::Span;
use crate::yaml::{Kind, Node, Reader};

/// The names that the page of all people has.
const RESERVED: &str = "index";

/// Returns the people; what is wrong with one leaves it out.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Person> {
    let Kind::Map(map) = &node.kind else {
        reader.wrong_kind(node, "`people` is a mapping from ids to names");
        return Vec::new();
    };
    let mut people: Vec<Person> = Vec::new();
    // By how links are compared: many systems know no difference of case.
    let mut known: BTreeMap<String, Span> = BTreeMap::new();
    for entry in &map.entries {
        let Some(id) = Slug::new(&entry.key.value).filter(|id| id.as_str() != RESERVED) else {
            let message = format!("`{}` can't be a person's id", entry.key.value);
            let help = "use letters, digits, `-` and `_`, and put the name behind it: `ana: Ana Ruiz`";
            reader.report(Diagnostic::error("bad-id", entry.key.span, message).help(help));
            continue;
        };
        if let Some(first) = known.insert(id.as_str().to_lowercase(), entry.key.span) {
            let message = format!("`{id}` is a person's id already");
            let diagnostic = Diagnostic::error("duplicate-id", entry.key.span, message).related(first, "the first one");
            reader.report(diagnostic.help("give this one an id of its own"));
            continue;
        }
        let mut person = Person { name: id.to_string(), id, team: None };
        if let Some(name) = entry.value.as_text() {
            name.clone_into(&mut person.name);
        } else if !entry.value.is_absent()
            && let Some(fields) = reader.fields(&entry.value, PERSON)
        {
            let name = fields.get("name").and_then(|node| reader.prose(node, "`name`"));
            person.name = name.map_or(person.name, |name| name.value);
            person.team = fields.get("team").and_then(|node| reader.slug(node, "the team id"));
        }
        people.push(person);
    }
    people
}
