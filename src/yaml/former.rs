//! Earlier ids of things: the key `aliases`.
//!
//! In: the nodes that list them; then all things of a kind with the ids they have now. Out: earlier ids that lead to one
//! thing each. What leads to two, or to another thing already, is reported and left out.

use std::collections::BTreeMap;

use super::{Fields, Reader};
use crate::diag::{Diagnostic, Place};
use crate::model::ids::Slug;
use crate::source::{Span, Spanned};

/// A thing with the ids that it had before.
#[derive(Debug)]
pub struct Named<'a> {
    /// Its id.
    pub id: &'a Slug,
    /// Where the id stands, where that is a text.
    pub place: Option<Span>,
    /// The ids that it had before.
    pub aliases: &'a mut Vec<Spanned<Slug>>,
}

impl<'a> Reader<'a> {
    /// Returns the earlier ids that the key `aliases` lists.
    pub fn aliases(&mut self, fields: Fields<'_, 'a>) -> Vec<Spanned<Slug>> {
        let texts = fields.get("aliases").map(|node| self.texts(node, "an earlier id")).unwrap_or_default();
        let ids = texts.into_iter().filter_map(|text| {
            let id = Slug::new(&text.value);
            if id.is_none() {
                let diagnostic = no_id(&text);
                self.report(diagnostic);
            }
            Some(Spanned::new(id?, text.span))
        });
        ids.collect()
    }
}

/// Says that a text is no id; people may write the whole address that a thing had.
fn no_id(text: &Spanned<String>) -> Diagnostic {
    let name = text.value.trim_matches('/').rsplit('/').next().unwrap_or_default();
    let name = [".html", ".csv", ".md", ".yaml"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let message = "an earlier id is letters, digits, `-` and `_`, as it stood in the link";
    let diagnostic = Diagnostic::error("bad-id", text.span, message);
    let suggestion = Slug::suggest(name);
    if suggestion.is_empty() {
        diagnostic.help("write the id that links had before")
    } else {
        diagnostic.help(format!("write the id alone: `{suggestion}`"))
    }
}

/// Leaves out earlier ids that lead elsewhere already, and returns what is wrong. `what` is `a team`; pages of the
/// program have the names in `reserved`. Capitals make no difference, since some disks don't tell them apart.
pub fn settle(what: &str, reserved: &[&str], named: &mut [Named<'_>]) -> Vec<Diagnostic> {
    let folded = |id: &Slug| id.as_str().to_ascii_lowercase();
    let now: BTreeMap<String, (Slug, Option<Span>)> =
        named.iter().map(|known| (folded(known.id), (known.id.clone(), known.place))).collect();
    let mut before: BTreeMap<String, (Slug, Span)> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for Named { id, aliases, .. } in named {
        aliases.retain(|alias| {
            let name = folded(&alias.value);
            let fault = if reserved.contains(&&*name) {
                let message = format!("{what} was never called `{}`: a page has that name", alias.value);
                Some(Diagnostic::error("reserved-name", alias, message).help("remove it"))
            } else if let Some((other, place)) = now.get(&name) {
                Some(taken(what, alias, (other, *place), other == *id))
            } else if let Some((other, span)) = before.get(&name) {
                Some(twice(what, alias, (other, *span), other == *id))
            } else {
                before.insert(name, ((*id).clone(), alias.span));
                None
            };
            let stays = fault.is_none();
            diagnostics.extend(fault);
            stays
        });
    }
    diagnostics
}

/// Says that an earlier id is the id of something now.
fn taken(what: &str, alias: &Spanned<Slug>, (other, place): (&Slug, Option<Span>), own: bool) -> Diagnostic {
    let message = if own {
        format!("`{}` is the id itself, not an earlier one", alias.value)
    } else {
        format!("`{}` is the id of {what} that is there now", alias.value)
    };
    let mut diagnostic = Diagnostic::error("duplicate-id", alias, message);
    if let Some(place) = place {
        diagnostic = diagnostic.related(Place::from(place), format!("`{other}`"));
    }
    diagnostic.help(if own {
        "remove it"
    } else {
        "remove it: its address shows what has the id now; or give that another id"
    })
}

/// Says that an earlier id is listed twice.
fn twice(what: &str, alias: &Spanned<Slug>, (other, first): (&Slug, Span), own: bool) -> Diagnostic {
    let message = if own {
        format!("`{}` is listed twice", alias.value)
    } else {
        format!("`{}` is an earlier id of {what} already, of `{other}`", alias.value)
    };
    let help =
        if own { "remove one of the two" } else { "an address leads to one place: keep the id where it belongs" };
    Diagnostic::error("duplicate-id", alias, message).related(first, "listed here").help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::yaml::{self, IDS, Key, Shape, Text, key};

    const KEYS: &[Key] = &[key("aliases", IDS, "Earlier ids.", "aliases: a")];
    const SHAPE: Shape = Shape { name: "Thing", what: "a thing", doc: "A thing.", keys: KEYS };

    /// Reads things with their aliases from a mapping, and returns what stays and what is said.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let mut sources = Sources::default();
        let file = sources.add("things.yaml", text);
        let (node, _) = yaml::read(Text::whole(file, text));
        let node = node.expect("a mapping");
        let yaml::Kind::Map(map) = &node.kind else { panic!("a mapping") };
        let mut reader = Reader::new(Text::whole(file, text));
        let mut things: Vec<(Slug, Span, Vec<Spanned<Slug>>)> = Vec::new();
        for entry in &map.entries {
            let fields = reader.fields(&entry.value, SHAPE).expect("fields");
            let aliases = reader.aliases(fields);
            things.push((Slug::new(&entry.key.value).expect("a slug"), entry.key.span, aliases));
        }
        let mut diagnostics = reader.finish();
        let mut named: Vec<Named<'_>> =
            things.iter_mut().map(|(id, place, aliases)| Named { id, place: Some(*place), aliases }).collect();
        diagnostics.extend(settle("a thing", &["index"], &mut named));
        let kept =
            things.iter().flat_map(|(id, _, aliases)| aliases.iter().map(move |a| format!("{} > {id}", a.value)));
        let said = diagnostics.iter().map(|found| {
            let help = found.help.as_deref().unwrap_or_default();
            let Place::Text(span) = found.place else { panic!("a place") };
            format!("{}: {}: {help}", sources.text(span), found.message)
        });
        (kept.collect(), said.collect())
    }

    #[test]
    fn earlier_ids_lead_to_one_thing_each() {
        let (kept, said) = read("a: { aliases: [b-was, a-was] }\nb: { aliases: a-is }\n");
        assert_eq!(kept, ["b-was > a", "a-was > a", "a-is > b"]);
        assert_eq!(said, [""; 0]);
    }

    #[test]
    fn what_leads_elsewhere_already_is_left_out() {
        let (kept, said) =
            read("a: { aliases: [a, B, index, old, old] }\nb: { aliases: [Old, pages/was.html, ///, fine] }\n");
        assert_eq!(kept, ["old > a", "fine > b"]);
        assert_eq!(
            said,
            [
                "pages/was.html: an earlier id is letters, digits, `-` and `_`, as it stood in the link: write the id \
                 alone: `was`",
                "///: an earlier id is letters, digits, `-` and `_`, as it stood in the link: write the id that links \
                 had before",
                "a: `a` is the id itself, not an earlier one: remove it",
                "B: `B` is the id of a thing that is there now: remove it: its address shows what has the id now; or \
                 give that another id",
                "index: a thing was never called `index`: a page has that name: remove it",
                "old: `old` is listed twice: remove one of the two",
                "Old: `Old` is an earlier id of a thing already, of `a`: an address leads to one place: keep the id \
                 where it belongs",
            ]
        );
    }
}
