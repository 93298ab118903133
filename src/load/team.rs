//! A team's file: its objectives with their key results.
//!
//! In: the text. Out: objectives whose references are as they are written, and how each goal was stated.

use super::key_result::{self, Draft};
use super::misfits::{misplaced, value};
use super::{links, supports, words};
use crate::diag::Diagnostic;
use crate::keys::team::{KEY_RESULT, OBJECTIVE, TEAM_FILE};
use crate::model::ids::Slug;
use crate::model::plan::{Ambition, Objective};
use crate::source::{Span, Spanned};
use crate::yaml::{self, Fields, Kind, Named, Node, Reader, Text};

/// An objective with the drafts of its key results, in the same order as its (empty) list.
pub(super) struct ObjectiveDraft {
    /// The objective without its key results.
    pub(super) objective: Objective,
    /// Its key results.
    pub(super) key_results: Vec<Draft>,
    /// What it says that it supports.
    pub(super) supports: Vec<supports::Written>,
    /// The earlier ids that it lists.
    aliases: Vec<Spanned<Slug>>,
}

/// Returns the objectives of a team's file.
pub(super) fn read(source: Text<'_>) -> (Vec<ObjectiveDraft>, Vec<Diagnostic>) {
    let (node, mut diagnostics) = yaml::read(source);
    let Some(node) = node else { return (Vec::new(), diagnostics) };
    let mut reader = Reader::new(source);
    let objectives = objectives(&mut reader, &node);
    diagnostics.extend(reader.finish());
    (objectives, diagnostics)
}

fn objectives<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<ObjectiveDraft> {
    let list = match &node.kind {
        Kind::List(_) => {
            let diagnostic = Diagnostic::error(
                "wrong-kind",
                reader.first_line(node.span),
                "these objectives stand under no `objectives:`",
            );
            reader.report(diagnostic.help("put a line `objectives:` above them, and indent them by two spaces"));
            Some(node)
        }
        _ if node.is_absent() => None,
        Kind::Empty | Kind::Scalar(_) | Kind::Map(_) => {
            let fields = reader
                .fields_but(node, TEAM_FILE, |reader, entry| misplaced(reader, entry, &OBJECTIVE, "an objective"));
            fields.and_then(|fields| value(reader, fields, "objectives")).filter(|list| !list.items().is_empty())
        }
    };
    let Some(list) = list else {
        if node.is_absent() || matches!(node.kind, Kind::Map(_)) {
            let place = reader.first_line(node.span);
            let diagnostic = Diagnostic::warning("no-objectives", place, "this team has no objectives yet");
            reader.report(diagnostic.help("list them under `objectives:`, each with `id`, `title` and `key_results`"));
        }
        return Vec::new();
    };
    if let Some(first) = named_objective(list) {
        let diagnostic = Diagnostic::error(
            "wrong-kind",
            reader.first_line(list.span),
            "objectives are a list, and these have no dashes",
        );
        reader.report(diagnostic.help(format!("begin each with `- id: {first}`, and put its other keys below `id`")));
        return Vec::new();
    }
    let mut drafts: Vec<ObjectiveDraft> = Vec::new();
    for (place, item) in list.items().iter().enumerate() {
        if let Some(draft) = objective(reader, item, place + 1) {
            drafts.push(draft);
        }
    }
    drop_repeated_ids(reader, &mut drafts, |draft| &draft.objective.id, "an objective");
    settle_aliases(reader, &mut drafts);
    drafts
}

/// Returns the first key of a mapping from ids to objectives, which people write instead of a list.
fn named_objective<'n>(list: &'n Node<'_>) -> Option<&'n str> {
    let Kind::Map(map) = &list.kind else { return None };
    let by_name = !map.entries.iter().any(|entry| OBJECTIVE.has(&entry.key.value));
    by_name.then(|| map.entries.first().map(|entry| &*entry.key.value)).flatten()
}

fn objective<'a>(reader: &mut Reader<'a>, node: &Node<'a>, place: usize) -> Option<ObjectiveDraft> {
    if node.is_absent() {
        let diagnostic = Diagnostic::warning("empty-item", node.span, "this objective is empty");
        reader.report(diagnostic.help("write its `id`, `title` and `key_results`, or remove the dash"));
        return None;
    }
    let fields =
        reader.fields_but(node, OBJECTIVE, |reader, entry| misplaced(reader, entry, &KEY_RESULT, "a key result"))?;
    let place_of = reader.first_line(node.span);
    let title = title(reader, fields, place_of);
    let id = match fields.get("id") {
        Some(node) => reader.slug(node, "the objective id"),
        None => {
            let example = short_id(title.as_ref().map_or("", |title| &title.value));
            let message = format!("this objective has no id, so it is called `o{place}` by its place");
            let diagnostic = Diagnostic::warning("missing-id", place_of, message);
            let diagnostic = diagnostic.help(format!("add `id: {example}`: links keep it for ever"));
            let is_meant = fields.has_slip_of(&["id"]);
            reader.report(if is_meant { diagnostic.following() } else { diagnostic });
            None
        }
    };
    let id = id.unwrap_or_else(|| by_place(place, title.as_ref().map_or(place_of, |title| title.span)));
    // What else is wrong below is told in the same run, so the objective stays, under the only name that it has.
    let title = title.unwrap_or_else(|| Spanned::new(id.value.to_string(), place_of));
    let mut key_results = key_results(reader, fields, &id);
    drop_repeated_ids(reader, &mut key_results, |draft| &draft.key_result.id, "a key result");
    let aliases = reader.aliases(fields);
    let supports = fields.get("supports").map(|node| supports::read(reader, node)).unwrap_or_default();
    Some(ObjectiveDraft { objective: describe(reader, fields, id, title), key_results, supports, aliases })
}

fn title<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, place: Span) -> Option<Spanned<String>> {
    if let Some(node) = value(reader, fields, "title") {
        return reader.prose(node, "the title");
    }
    let diagnostic = Diagnostic::error("missing-key", place, "this objective has no title");
    reader.report(diagnostic.help("add `title:` with what is to become true; until then its id stands for it"));
    None
}

/// Gives objectives and key results those of their earlier ids that lead nowhere else.
fn settle_aliases(reader: &mut Reader<'_>, drafts: &mut [ObjectiveDraft]) {
    let values = |aliases: &[Spanned<Slug>]| aliases.iter().map(|alias| alias.value.clone()).collect();
    let all = drafts.iter_mut().map(|draft| named(&draft.objective.id, &mut draft.aliases));
    let mut faults = yaml::settle("an objective", &[], &mut all.collect::<Vec<_>>());
    for draft in drafts {
        draft.objective.aliases = values(&draft.aliases);
        let all = draft.key_results.iter_mut().map(|draft| named(&draft.key_result.id, &mut draft.aliases));
        faults.extend(yaml::settle("a key result", &[], &mut all.collect::<Vec<_>>()));
        draft.key_results.iter_mut().for_each(|draft| draft.key_result.aliases = values(&draft.aliases));
    }
    faults.into_iter().for_each(|fault| reader.report(fault));
}

fn named<'a>(id: &'a Spanned<Slug>, aliases: &'a mut Vec<Spanned<Slug>>) -> Named<'a> {
    Named { id: &id.value, place: Some(id.span), aliases }
}

fn by_place(place: usize, span: Span) -> Spanned<Slug> {
    let slug = Slug::new(&format!("o{place}")).expect("internal: o and digits are a slug");
    Spanned::new(slug, span)
}

/// Returns an id that a title suggests: its longest word among the first ones.
fn short_id(title: &str) -> String {
    let words = title.split_whitespace().take(8).map(Slug::suggest);
    words.max_by_key(String::len).filter(|word| !word.is_empty()).unwrap_or_else(|| "reliable".to_owned())
}

fn key_results<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, id: &Spanned<Slug>) -> Vec<Draft> {
    let Some(list) = value(reader, fields, "key_results").filter(|list| !list.items().is_empty()) else {
        let message = format!("the objective `{}` has no key results, so nothing of it can be scored", id.value);
        reader.report(Diagnostic::warning("no-key-results", id, message).help("list them under `key_results:`"));
        return Vec::new();
    };
    if let Kind::Map(map) = &list.kind {
        // `key_results:` with `p1: Reduce …` on lines of its own, the dashes forgotten: each entry is one key result.
        let diagnostic = Diagnostic::error(
            "wrong-kind",
            reader.first_line(list.span),
            "key results are a list, and these lines have no dashes",
        );
        let first = map.entries.first().map(|entry| entry.key.value.to_string()).unwrap_or_default();
        reader.report(diagnostic.help(format!("begin each with a dash: `- {first}: …`")));
        return Vec::new();
    }
    let mut drafts = Vec::with_capacity(list.items().len());
    drafts
        .extend(list.items().iter().enumerate().filter_map(|(place, item)| key_result::read(reader, item, place + 1)));
    drafts
}

fn describe<'a>(
    reader: &mut Reader<'a>,
    fields: Fields<'_, 'a>,
    id: Spanned<Slug>,
    title: Spanned<String>,
) -> Objective {
    let prose =
        |reader: &mut Reader<'a>, key: &str| fields.get(key).and_then(|node| reader.prose(node, &format!("`{key}`")));
    let ambition = fields.get("ambition").and_then(|node| reader.choice(node, "`ambition`", Ambition::WORDS));
    Objective {
        id,
        title,
        outcome: prose(reader, "outcome"),
        outcome_metric: fields.get("outcome_metric").and_then(|node| reader.slug(node, "the metric")),
        outcome_lag: fields
            .get("outcome_lag")
            .and_then(|node| words::days(reader, node, "`outcome_lag`"))
            .map(|days| days.value),
        lever: prose(reader, "lever"),
        supports: Vec::new(),
        ambition: ambition.map(|ambition| ambition.value).unwrap_or_default(),
        changes: prose(reader, "changes"),
        set_by: prose(reader, "set_by"),
        note: prose(reader, "note").map(Box::new),
        links: fields.get("links").map(|node| links::read(reader, node)).unwrap_or_default(),
        aliases: Vec::new(),
        key_results: Vec::new(),
        dropped: Vec::new(),
        commitment: None,
    }
}

/// Drops items whose id another has, and shows both places.
fn drop_repeated_ids<T>(reader: &mut Reader<'_>, items: &mut Vec<T>, id: impl Fn(&T) -> &Spanned<Slug>, what: &str) {
    let mut seen = std::collections::BTreeMap::<Slug, Span>::new();
    items.shrink_to_fit();
    items.retain(|item| {
        let Spanned { value, span } = id(item);
        let Some(first) = seen.get(value) else {
            seen.insert(value.clone(), *span);
            return true;
        };
        let message = format!("`{value}` is the id of {what} already");
        let diagnostic = Diagnostic::error("duplicate-id", *span, message).related(*first, "the first one");
        reader.report(diagnostic.help("give this one an id of its own; until then it is left out"));
        false
    });
}
