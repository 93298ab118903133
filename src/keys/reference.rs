//! The tables as a reference, for people: the whole of it as Markdown, and one key's entry for the terminal.
//!
//! In: the files, or a word. Out: text. What a key is called in the field but not in okrbook is found, too.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{FILES, File};
use crate::diag;
use crate::yaml::{Form, Key, Shape};

/// A mapping of a file.
struct Section {
    file: &'static File,
    shape: &'static Shape,
}

impl Section {
    /// Returns the mapping's name without an article: `key result`.
    fn name(&self) -> String {
        let what = self.shape.what.replace('`', "");
        let bare = what.strip_prefix("a ").or_else(|| what.strip_prefix("an ")).unwrap_or(&what);
        bare.to_owned()
    }

    /// Says whether the mapping is the whole file.
    fn is_whole(&self) -> bool {
        matches!(self.file.form, Form::Of(shape) if shape.name == self.shape.name)
    }

    /// Returns where its keys stand, in words.
    fn place(&self) -> String {
        if self.is_whole() { self.file.path.to_owned() } else { format!("{}: {}", self.file.path, self.name()) }
    }
}

/// Returns the whole reference as Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::from(
        "# Every key of every file\n\nWhat each file of a book may hold. `okrbook reference KEY` prints one entry; \
         `okrbook schema` prints the same as JSON Schema for editors.\n",
    );
    let sections = sections();
    for file in &FILES {
        let _ = write!(text, "\n## {}\n\n{}\n", file.path, file.doc);
        let mut told = BTreeSet::new();
        for section in sections.iter().filter(|section| section.file.name == file.name) {
            let before = told.clone();
            // Headings go down by one level at a time: a file's own keys stand right below its name.
            let level = if section.is_whole() { "###" } else { "####" };
            if !section.is_whole() {
                let _ = write!(text, "\n### {}\n\n{}\n", capital(&section.name()), section.shape.doc);
            }
            for key in section.shape.keys.iter().filter(|key| told.insert((key.name, key.doc))) {
                let _ = write!(text, "\n{level} `{}`\n\n{}\n", key.name, entry(key));
            }
            text.push_str(&told_above(section.shape, &before));
        }
    }
    text
}

/// Returns which keys of a mapping were told with one before it in the same file.
fn told_above(shape: &Shape, before: &BTreeSet<(&str, &str)>) -> String {
    let above = shape.keys.iter().filter(|key| before.contains(&(key.name, key.doc)));
    let above: Vec<String> = above.map(|key| format!("`{}`", key.name)).collect();
    if above.is_empty() { String::new() } else { format!("\nAs above: {}.\n", above.join(", ")) }
}

/// Returns all names with the mappings in which they stand, as the terminal lists them.
#[must_use]
pub fn list() -> String {
    let mut text = String::new();
    for section in sections() {
        let names: Vec<&str> = section.shape.names().collect();
        let _ = writeln!(text, "{}\n{}\n", section.place(), wrapped(&names));
    }
    text.push_str(
        "`okrbook reference KEY` tells of one of them, `okrbook reference metric.where` of one in one place.\n",
    );
    text
}

/// Returns the entries of a key: by its name (`where`), or by its mapping's and its own (`metric.where`). Where there is
/// none, what people call so.
///
/// # Errors
///
/// The nearest names, where no key is called so.
pub fn find(word: &str) -> Result<String, Vec<&'static str>> {
    let word = word.trim().trim_end_matches(':').to_lowercase().replace(['-', ' '], "_");
    let (place, name) = word.rsplit_once(['.', '/']).unwrap_or(("", &word));
    let sections = sections();
    let is_place = |section: &&Section| {
        let names = [section.name().replace(' ', "_"), section.file.name.to_owned(), section.shape.name.to_lowercase()];
        place.is_empty() || names.iter().any(|name| name.trim_end_matches('s') == place.trim_end_matches('s'))
    };
    let known = || {
        let here = sections.iter().filter(is_place);
        here.flat_map(|section| section.shape.keys.iter().map(move |key| (section, key)))
    };
    let by_name: Vec<(&Section, &Key)> = known().filter(|(_, key)| key.name == name).collect();
    let (found, slip) = if by_name.is_empty() {
        (known().filter(|(_, key)| key.slips.contains(&name)).collect(), Some(name))
    } else {
        (by_name, None)
    };
    if found.is_empty() {
        return Err(near(name, &sections));
    }
    let mut entries: Vec<(Vec<String>, &Key)> = Vec::new();
    for (section, key) in found {
        // What is said of several mappings alike is told once.
        match entries.iter_mut().find(|(_, told)| (told.doc, told.example) == (key.doc, key.example)) {
            Some((places, _)) if places.contains(&section.place()) => {}
            Some((places, _)) => places.push(section.place()),
            None => entries.push((vec![section.place()], key)),
        }
    }
    let told: Vec<String> = entries.iter().map(|(places, key)| told(places, key, slip)).collect();
    Ok(told.join("\n"))
}

/// Returns names like one that no key has.
fn near(name: &str, sections: &[Section]) -> Vec<&'static str> {
    let names = || sections.iter().flat_map(|section| section.shape.names());
    let mut near: Vec<&'static str> = diag::nearest(name, names()).into_iter().collect();
    near.extend(names().filter(|known| name.len() > 2 && (known.contains(name) || name.contains(known))));
    near.sort_unstable();
    near.dedup();
    near
}

fn told(places: &[String], key: &Key, slip: Option<&str>) -> String {
    let mut text = String::new();
    if let Some(slip) = slip {
        let _ = writeln!(text, "`{slip}` is called `{}` here.\n", key.name);
    }
    let _ = writeln!(text, "{}\n  {}\n\n  {}\n", key.name, places.join("\n  "), key.doc);
    let _ = writeln!(text, "  Form     {}", form(&key.form));
    if key.is_needed {
        text.push_str("  Needed   it must be there\n");
    } else if !key.default.is_empty() {
        let _ = writeln!(text, "  Default  {}", key.default);
    }
    text.push('\n');
    for line in key.example.lines() {
        let _ = writeln!(text, "    {line}");
    }
    text
}

/// Returns a key's entry below its heading.
fn entry(key: &Key) -> String {
    let mut text = format!("{}\n\n*{}*", key.doc, sentence(&form(&key.form)));
    if key.is_needed {
        text.push_str(" It must be there.");
    } else if !key.default.is_empty() {
        let _ = write!(text, " Default: {}.", key.default);
    }
    let _ = write!(text, "\n\n```yaml\n{}\n```", key.example);
    if !key.slips.is_empty() {
        let slips: Vec<String> = key.slips.iter().map(|slip| format!("`{slip}`")).collect();
        let _ = write!(text, "\n\nNot {}.", slips.join(", "));
    }
    text
}

fn sentence(text: &str) -> String {
    format!("{}.", capital(text))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// The most keys of a mapping that are listed in its form.
const KEYS_LISTED: usize = 4;

/// Returns what may stand behind a key, in words.
fn form(form: &Form) -> String {
    match form {
        Form::Text => "a text".to_owned(),
        Form::Written(what, example) => format!("{what}, as in `{example}`"),
        Form::Number => "a number".to_owned(),
        Form::Between(least, most) => format!("a number from {least} to {most}"),
        Form::Count => "a whole number".to_owned(),
        Form::Flag => "`true` or `false`".to_owned(),
        Form::Amount => "a number, with its unit where it has one".to_owned(),
        Form::Column => "a column's heading or its number".to_owned(),
        Form::Choice(words) => joined(&words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>()),
        Form::Of(shape) if shape.keys.len() <= KEYS_LISTED => {
            let names: Vec<String> = shape.names().map(|name| format!("`{name}`")).collect();
            format!("a mapping of {}", names.join(", "))
        }
        Form::Of(shape) => format!("a mapping ({})", shape.what.replace('`', "")),
        Form::List(item) => format!("a list; each item is {}", self::form(item)),
        Form::OneOrMany(item) => format!("{}, or a list of such", self::form(item)),
        Form::ByName(name, item) => format!("a mapping from {name} to {}", self::form(item)),
        Form::Either(forms) => joined(&forms.iter().map(self::form).collect::<Vec<_>>()),
    }
}

fn joined(words: &[String]) -> String {
    match words {
        [first, last] => format!("{first} or {last}"),
        [first @ .., last] if !first.is_empty() => format!("{}, or {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// Returns names in lines of at most 76 characters, indented.
fn wrapped(names: &[&str]) -> String {
    const WIDTH: usize = 76;
    let mut lines = vec![String::from("   ")];
    for name in names {
        let line = lines.last_mut().expect("internal: there is a first line");
        if line.len() + 1 + name.len() > WIDTH {
            lines.push(format!("    {name}"));
        } else {
            let _ = write!(line, " {name}");
        }
    }
    lines.join("\n")
}

/// Returns the mappings of all files, each once a file, where they are met first.
fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for file in &FILES {
        let begin = sections.len();
        let mut ahead = vec![file.form];
        while let Some(form) = ahead.pop() {
            match form {
                Form::Of(shape) if sections[begin..].iter().any(|known| known.shape.name == shape.name) => {}
                Form::Of(shape) => {
                    ahead.extend(shape.keys.iter().rev().map(|key| key.form));
                    sections.push(Section { file, shape });
                }
                Form::List(item) | Form::OneOrMany(item) | Form::ByName(_, item) => ahead.push(*item),
                Form::Either(forms) => ahead.extend(forms.iter().rev()),
                _ => {}
            }
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_by_its_name_its_place_and_by_what_others_call_it() {
        let found = find("where").expect("a key");
        assert!(found.starts_with("where\n  metrics.yaml: metric\n") && found.contains("severity"), "{found}");
        let both = find("metric").expect("a key");
        assert!(both.contains("TEAM.yaml: guardrail") && both.contains("TEAM.yaml: key result"), "{both}");
        let one = find("guardrail.metric").expect("a key");
        assert!(one.contains("TEAM.yaml: guardrail") && !one.contains("TEAM.yaml: key result"), "{one}");
        let amended = find("because").expect("a key");
        assert_eq!(amended.matches("amendment").count(), 1, "told once for both: {amended}");
        let slip = find("Filter").expect("a slip");
        assert!(slip.starts_with("`filter` is called `where` here."), "{slip}");
        assert_eq!(find("agregate"), Err(vec!["aggregate"]));
        assert_eq!(find("zzzzzzz"), Err(vec![]));
    }

    #[test]
    fn every_key_says_what_it_does_with_an_example_that_names_it() {
        for section in sections() {
            for key in section.shape.keys {
                let place = format!("{}.{}", section.shape.name, key.name);
                assert!(key.doc.ends_with('.') && key.doc.len() > 5, "{place}");
                let named = key.example.contains(&format!("{}:", key.name));
                assert!(named || key.name == "id", "{place}: {}", key.example);
                assert!(!key.default.ends_with('.'), "{place}");
                for slip in key.slips {
                    assert!(!section.shape.has(slip), "{place}: {slip} is a key");
                    let told = section.shape.keys.iter().filter(|key| key.slips.contains(slip)).count();
                    assert_eq!(told, 1, "{place}: {slip} is told once");
                }
            }
        }
    }
}
