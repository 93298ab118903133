//! The catalogue of measures that can be gamed: the built-in one, and what a book adds to it.
//!
//! In: catalogue texts. Out: one catalogue, in which a book's entry replaces the built-in one of the same id. A broken
//! entry is left out and the rest counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use crate::diag::{self, Diagnostic};
use crate::keys::catalogue::MEASURE;
use crate::model::catalogue::{Catalogue, Measure, Phrase, forms, stem};
use crate::source::{Sources, Spanned};
use crate::yaml::{self, Entry, Fields, Kind, Node, Reader, Text};

const BUILT_IN: &str = include_str!("../../assets/catalogue.yaml");

/// What one entry says.
enum Said {
    Measure(Box<Measure>),
    Off,
}

/// Returns the built-in catalogue.
#[must_use]
pub fn built_in() -> Arc<Catalogue> {
    static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| {
        let mut sources = Sources::default();
        let file = sources.add("catalogue.yaml", BUILT_IN);
        let (said, _) = read(Text::whole(file, BUILT_IN), &[]);
        let measures = said.into_iter().filter_map(|(_, said)| match said {
            Said::Measure(measure) => Some(*measure),
            Said::Off => None,
        });
        Arc::new(Catalogue::new(measures.collect()))
    });
    CATALOGUE.clone()
}

/// Returns the built-in catalogue with what the book's own says, if it has one.
pub(super) fn of_book(
    sources: &Sources,
    path: Option<&Spanned<Arc<str>>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Catalogue> {
    let built_in = built_in();
    let Some(file) = path.and_then(|path| sources.id_of(&path.value)) else { return built_in };
    let (said, faults) = read(Text::whole(file, &sources.get(file).text), built_in.measures());
    diagnostics.extend(faults);
    // The book's own come before the built-in ones, the last first; those that it changes stay in their places.
    let known: BTreeSet<&str> = built_in.measures().iter().map(|measure| measure.id.as_str()).collect();
    let (changed, own): (Vec<_>, Vec<_>) = said.into_iter().partition(|(id, _)| known.contains(id.as_str()));
    let mut changed: BTreeMap<String, Said> = changed.into_iter().collect();
    let measure = |said: Said| match said {
        Said::Measure(measure) => Some(*measure),
        Said::Off => None,
    };
    let own = own.into_iter().rev().filter_map(|(_, said)| measure(said));
    let rest = built_in.measures().iter().filter_map(|known| match changed.remove(&known.id) {
        Some(said) => measure(said),
        None => Some(known.clone()),
    });
    Arc::new(Catalogue::new(own.chain(rest).collect()))
}

/// Reads a catalogue; `known` are the entries that it may change.
fn read(source: Text<'_>, known: &[Measure]) -> (Vec<(String, Said)>, Vec<Diagnostic>) {
    let (node, mut diagnostics) = yaml::read(source);
    let mut reader = Reader::new(source);
    let said = node.map(|node| entries(&mut reader, &node, known)).unwrap_or_default();
    diagnostics.extend(reader.finish());
    (said, diagnostics)
}

fn entries<'a>(reader: &mut Reader<'a>, node: &Node<'a>, known: &[Measure]) -> Vec<(String, Said)> {
    let Kind::Map(map) = &node.kind else {
        if !node.is_empty() {
            reader.wrong_kind(node, "a catalogue is a mapping from a measure's id to what is known of it");
        }
        return Vec::new();
    };
    let mut said = Vec::with_capacity(map.entries.len());
    for entry in &map.entries {
        let Some(id) = reader.slug_of(&entry.key.value, entry.key.span, "the measure's id") else { continue };
        let id = id.value.as_str().to_owned();
        if let Some(what) = one(reader, entry, &id, known) {
            said.push((id, what));
        }
    }
    said
}

fn one<'a>(reader: &mut Reader<'a>, entry: &Entry<'a>, id: &str, known: &[Measure]) -> Option<Said> {
    let fields = reader.fields(&entry.value, MEASURE)?;
    let old = known.iter().find(|measure| measure.id == id);
    if fields.get("off").is_some_and(|node| flag(reader, node, "`off`")) {
        if old.is_none() && !known.is_empty() {
            reader.report(unknown(id, entry, known));
        }
        return Some(Said::Off);
    }
    let text = |reader: &mut Reader<'a>, key: &str, old: Option<&String>| {
        let node = fields.get(key);
        let text = node.and_then(|node| reader.prose(node, &format!("`{key}`"))).map(|text| text.value);
        text.or_else(|| old.cloned())
    };
    let mut measure = Measure {
        id: id.to_owned(),
        name: text(reader, "name", old.map(|old| &old.name)).unwrap_or_else(|| id.replace(['-', '_'], " ")),
        gamed_by: text(reader, "gamed_by", old.map(|old| &old.gamed_by)).unwrap_or_default(),
        instead: text(reader, "instead", old.map(|old| &old.instead)).unwrap_or_default(),
        example: text(reader, "example", old.map(|old| &old.example)).unwrap_or_default(),
        ..Measure::default()
    };
    said_how(reader, fields, &mut measure, old);
    complete(reader, entry, &measure, known).then(|| Said::Measure(Box::new(measure)))
}

/// Reads how people say it; what the entry leaves out stays as it was.
fn said_how<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>, measure: &mut Measure, old: Option<&Measure>) {
    let texts = |reader: &mut Reader<'a>, key: &str| fields.get(key).map(|node| reader.texts(node, "a phrase"));
    let phrases = |texts: Vec<Spanned<String>>| texts.iter().map(|text| phrase(&text.value)).collect::<Vec<_>>();
    let verbs = |texts: Vec<Spanned<String>>| {
        let mut verbs: Vec<String> = texts.iter().flat_map(|text| forms(&text.value.to_lowercase())).collect();
        verbs.sort_unstable();
        verbs.dedup();
        verbs
    };
    let old = old.cloned().unwrap_or_else(|| Measure { shares: true, ..Measure::default() });
    measure.measures = texts(reader, "measures").map_or(old.measures, phrases);
    measure.things = texts(reader, "things").map_or(old.things, phrases);
    measure.verbs = texts(reader, "verbs").map_or(old.verbs, verbs);
    measure.often = texts(reader, "often").map_or(old.often, verbs);
    measure.shares = fields.get("shares").map_or(old.shares, |node| flag(reader, node, "`shares`"));
    measure.falls = fields.get("falls").map_or(old.falls, |node| flag(reader, node, "`falls`"));
}

/// Says whether an entry has what its findings need, and reports what it lacks.
fn complete(reader: &mut Reader<'_>, entry: &Entry<'_>, measure: &Measure, known: &[Measure]) -> bool {
    let is_said = !(measure.measures.is_empty() && measure.things.is_empty() && measure.often.is_empty());
    // The built-in catalogue ends with an entry that code finds by its id.
    if !is_said && !known.is_empty() && !known.iter().any(|known| known.id == measure.id) {
        let message = format!("nothing says how people name `{}`", measure.id);
        let diagnostic = Diagnostic::error("missing-key", entry.key.span, message);
        reader.report(diagnostic.help("add `measures: [sprint velocity]` or `things: [story point]`"));
        return false;
    }
    for (value, key, help) in [
        (&measure.gamed_by, "gamed_by", "add `gamed_by:`, for instance `estimating higher`"),
        (&measure.instead, "instead", "add `instead:`, for instance `how long a request takes to reach people`"),
    ] {
        if value.is_empty() {
            let message = format!("`{}` has no `{key}`, so its findings could not say what to do", measure.id);
            reader.report(Diagnostic::error("missing-key", entry.key.span, message).help(help));
            return false;
        }
    }
    true
}

fn unknown(id: &str, entry: &Entry<'_>, known: &[Measure]) -> Diagnostic {
    let message = format!("there is no built-in measure `{id}` to switch off");
    let diagnostic = Diagnostic::error("bad-reference", entry.key.span, message);
    match diag::nearest(id, known.iter().map(|measure| measure.id.as_str())) {
        Some(near) => diagnostic.propose(near),
        None => diagnostic.help("findings name the measure's id in their help"),
    }
}

fn flag<'a>(reader: &mut Reader<'a>, node: &Node<'a>, what: &str) -> bool {
    reader.choice(node, what, &[("true", true), ("false", false)]).is_some_and(|flag| flag.value)
}

/// Returns the phrase that a text is: "=coverage", "pull|merge request".
fn phrase(text: &str) -> Phrase {
    let (text, alone) = match text.strip_prefix('=') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let parts = text.split_whitespace().flat_map(|word| {
        // Hyphens join words as spaces do.
        let split = !word.contains('|');
        word.split(move |c| split && (c == '-' || c == '/'))
    });
    let alternatives = |word: &str| word.split('|').map(|word| stem(word, &mut [0; 32]).to_owned()).collect();
    Phrase { words: parts.map(alternatives).collect(), alone }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn of_text(text: &str) -> (Arc<Catalogue>, Vec<Diagnostic>, Sources) {
        let sources = Sources::new(vec![SourceFile { path: "catalogue.yaml".into(), text: text.into() }]);
        let file = sources.id_of("catalogue.yaml").expect("there");
        let path = Spanned::new(Arc::from("catalogue.yaml"), Text::whole(file, text).span(0..0));
        let mut diagnostics = Vec::new();
        let catalogue = of_book(&sources, Some(&path), &mut diagnostics);
        (catalogue, diagnostics, sources)
    }

    #[test]
    fn the_built_in_catalogue_has_no_fault_and_all_that_findings_need() {
        let mut sources = Sources::default();
        let file = sources.add("catalogue.yaml", BUILT_IN);
        let (said, diagnostics) = read(Text::whole(file, BUILT_IN), &[]);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert!(said.len() > 40);
        for measure in built_in().measures() {
            let parts = [&measure.name, &measure.gamed_by, &measure.instead, &measure.example];
            assert!(parts.iter().all(|part| !part.is_empty() && !part.ends_with('.')), "{}", measure.id);
        }
    }

    #[test]
    fn a_book_adds_changes_and_removes_measures() {
        let (catalogue, diagnostics, _) = of_text(
            "parcels:\n  things: parcel\n  gamed_by: splitting orders\n  instead: late parcels\n\
             test-coverage:\n  instead: fires\nstory-points: { off: true }\n",
        );
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(catalogue.measures().len(), built_in().measures().len());
        assert_eq!(catalogue.get("parcels").map(|measure| measure.name.as_str()), Some("parcels"));
        let coverage = catalogue.get("test-coverage").expect("kept");
        assert_eq!((coverage.instead.as_str(), coverage.name.as_str()), ("fires", "test coverage"));
        assert!(!coverage.measures.is_empty() && catalogue.get("story-points").is_none());
    }

    #[test]
    fn faults_are_told_at_their_words_and_the_rest_counts() {
        let parcels = "parcels: { things: [parcel], gamed_by: x, instead: y }\n";
        for (text, code, words, help) in [
            ("x: { thing: a, gamed_by: b, instead: c }\n", "unknown-key", "thing", "write `things`"),
            ("story-point: { off: true }\n", "bad-reference", "story-point", "write `story-points`"),
            ("x: { things: a, instead: c }\n", "missing-key", "x", "add `gamed_by:`"),
            ("x: { things: a, gamed_by: c }\n", "missing-key", "x", "add `instead:`"),
            ("x: { gamed_by: b, instead: c }\n", "missing-key", "x", "add `measures:"),
            ("x y: { things: a, gamed_by: b, instead: c }\n", "bad-id", "x y", "write `x-y`"),
            ("x: { things: { a: b }, gamed_by: b, instead: c }\n", "wrong-kind", "{ a: b }", ""),
            ("x: { falls: perhaps, things: a, gamed_by: b, instead: c }\n", "bad-value", "perhaps", "it may be"),
            ("x: nothing\n", "wrong-kind", "nothing", ""),
        ] {
            let (catalogue, diagnostics, sources) = of_text(&format!("{parcels}{text}"));
            let found = diagnostics.iter().find(|found| found.code == code);
            let found = found.unwrap_or_else(|| panic!("{text}: {diagnostics:?}"));
            let diag::Place::Text(span) = found.place else { panic!("{text}") };
            assert_eq!(sources.text(span), words, "{text}");
            assert!(found.help.as_deref().unwrap_or_default().contains(help), "{text}: {found:?}");
            assert!(catalogue.get("parcels").is_some(), "{text}: the rest counts");
        }
    }

    #[test]
    fn odd_catalogues_do_no_harm() {
        for text in [
            "",
            "- a\n",
            "words\n",
            "a:\n",
            "a: [1]\n",
            "a: { things: ['', '=', '|', '-', '= |'], gamed_by: b, instead: c }\n",
            "\u{0}",
        ] {
            let (catalogue, _, _) = of_text(text);
            assert!(catalogue.get("test-coverage").is_some(), "{text:?}");
        }
    }
}
