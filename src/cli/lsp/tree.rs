//! What stands at a place of a file's YAML.
//!
//! In: a file's path, its text and a byte. Out: the key or the value there, with the keys that lead to it and its form.

use std::ops::Range;

use okrbook::keys;
use okrbook::source::{FileId, Sources};
use okrbook::yaml::{self, Form, Key, Kind, Node, Text};

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The keys that lead there, the own one at the end where it is a key's value.
    pub(super) path: Vec<String>,
    /// The text.
    pub(super) text: String,
    /// Its bytes in the file, quotes included.
    pub(super) range: Range<usize>,
    /// Whether it is a key.
    pub(super) is_key: bool,
}

/// Returns the bytes of a file that are YAML: all of it, or what stands between the first two `---` of a text.
pub(super) fn yaml_of(path: &str, text: &str) -> Option<Range<usize>> {
    if !path.ends_with(".md") {
        return Some(0..text.len());
    }
    let start = text.find('\n').filter(|end| text[..*end].trim_end() == "---")? + 1;
    let end = text[start..].find("\n---").map_or(start, |end| start + end + 1);
    Some(start..end)
}

/// Returns what stands at a byte of a file; nothing where its YAML can't be read.
pub(super) fn at(path: &str, text: &str, byte: usize) -> Option<Found> {
    let part = yaml_of(path, text)?;
    let mut sources = Sources::default();
    let file: FileId = sources.add(path, "");
    let start = part.start;
    let (root, _) = yaml::read(Text { file, text: &text[part], start });
    find(&root?, byte, &mut Vec::new())
}

fn find(node: &Node<'_>, byte: usize, path: &mut Vec<String>) -> Option<Found> {
    let is_here = |range: &Range<usize>| range.contains(&byte) || range.end == byte;
    match &node.kind {
        Kind::Empty => None,
        Kind::Scalar(scalar) => {
            let (text, range) = (scalar.text.to_string(), node.span.range());
            is_here(&range).then(|| Found { path: path.clone(), text, range, is_key: false })
        }
        Kind::List(items) => items.iter().find_map(|item| find(item, byte, path)),
        Kind::Map(map) => map.entries.iter().find_map(|entry| {
            let (text, range) = (entry.key.value.to_string(), entry.key.span.range());
            if is_here(&range) {
                return Some(Found { path: path.clone(), text, range, is_key: true });
            }
            path.push(text);
            let found = find(&entry.value, byte, path);
            path.pop();
            found
        }),
    }
}

/// Returns the form of what stands behind some keys of a file; lists are passed through.
pub(super) fn form(file: &str, path: &[String]) -> Option<Form> {
    let file = keys::file_at(file)?;
    path.iter().try_fold(file.form, |form, key| below(form, key))
}

/// Returns the form of what stands behind a key.
fn below(form: Form, key: &str) -> Option<Form> {
    match form {
        Form::Of(shape) => shape.keys.iter().find(|known| known.name == key).map(|known| known.form),
        Form::ByName(_, item) => Some(*item),
        Form::List(item) | Form::OneOrMany(item) => below(*item, key),
        Form::Either(forms) => forms.iter().find_map(|form| below(*form, key)),
        _ => None,
    }
}

/// Returns the keys that a mapping of some form may have; none where it has names of its own, or is none.
pub(super) fn keys_of(form: Form) -> Vec<&'static Key> {
    match form {
        Form::Of(shape) => shape.keys.iter().collect(),
        Form::List(item) | Form::OneOrMany(item) => keys_of(*item),
        Form::Either(forms) => forms.iter().flat_map(|form| keys_of(*form)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_with_the_keys_that_lead_to_it() {
        let text = "objectives:\n  - id: trust\n    key_results:\n      - { id: ü, title: \"🚀 from 1 to 2\" }\n      - p1: Cut it\n";
        let at = |needle: &str| at("quarters/2026-Q3/a.yaml", text, text.find(needle).expect("there") + 1);
        let found = at("🚀").expect("a title");
        assert_eq!(
            (found.path.join("/").as_str(), found.text.as_str()),
            ("objectives/key_results/title", "🚀 from 1 to 2")
        );
        assert!(text[found.range].starts_with("\"🚀"), "quotes are part of it");
        let found = at("p1").expect("a key");
        assert!(found.is_key && found.path.join("/") == "objectives/key_results", "{found:?}");
        assert_eq!(at("Cut").expect("a value").path.join("/"), "objectives/key_results/p1");
        assert_eq!(super::at("okrbook.yaml", "a: [", 3), None, "what is no YAML has no places");
    }

    #[test]
    fn only_front_matter_of_a_text_is_yaml() {
        assert_eq!(yaml_of("pages/a.md", "---\ntitle: A\n---\ntitle: B\n"), Some(4..13));
        assert_eq!(yaml_of("pages/a.md", "title: A\n"), None);
        assert_eq!(yaml_of("pages/a.md", ""), None);
    }
}
