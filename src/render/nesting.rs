//! How deep a book's own templates lead into each other: the engine takes a piece of its stack for each step.
//!
//! In: the templates' texts by their full names. Out: nothing, or the template that leads too deep.

use std::collections::BTreeMap;

use super::work;

/// The most steps from a page to the innermost template: inclusions, parents, and blocks in blocks.
const STEPS: usize = 12;

/// What is said of a template that leads deeper.
pub(super) const TOO_DEEP: &str = "this template leads too deep: at most 12 steps of inclusions, parents and blocks in \
                                   blocks are made; an inclusion in a component counts as 20";

/// Returns the name of a template that leads too deep: the one where the last step is.
pub(super) fn too_deep(texts: &BTreeMap<String, &str>) -> Option<String> {
    let mut walk = Walk { texts, known: BTreeMap::new(), open: Vec::new() };
    texts.keys().find_map(|name| walk.depth(name).err())
}

struct Walk<'t> {
    texts: &'t BTreeMap<String, &'t str>,
    known: BTreeMap<&'t str, usize>,
    open: Vec<&'t str>,
}

impl<'t> Walk<'t> {
    fn depth(&mut self, name: &'t str) -> Result<usize, String> {
        if let Some(depth) = self.known.get(name) {
            return Ok(*depth);
        }
        // The engine says better what leads to itself.
        if self.open.contains(&name) {
            return Ok(0);
        }
        if self.open.len() > STEPS {
            return Err(name.to_owned());
        }
        let Some(text) = self.texts.get(name) else { return Ok(0) };
        let shape = work::shape(text);
        self.open.push(name);
        let mut deepest = 0;
        for target in &shape.leads_to {
            let full = ["", "user/", "builtin/"].map(|prefix| format!("{prefix}{target}"));
            let found = full.iter().find_map(|full| self.texts.get_key_value(full));
            deepest = deepest.max(found.map_or(Ok(0), |(name, _)| self.depth(name))?);
        }
        self.open.pop();
        let depth = deepest + shape.depth;
        if depth > STEPS {
            return Err(name.to_owned());
        }
        self.known.insert(name, depth);
        Ok(depth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deep(texts: &[(&str, String)]) -> Option<String> {
        too_deep(&texts.iter().map(|(name, text)| ((*name).to_owned(), text.as_str())).collect())
    }

    #[test]
    fn each_step_counts() {
        let blocks = |count| "{% block a %}".repeat(count) + &"{% endblock %}".repeat(count);
        let include = "{% include 'b' %}".to_owned();
        let component = "{% component c() %}{% include \"b\" %}{% endcomponent %}".to_owned();
        assert_eq!(deep(&[("user/a", blocks(11))]), None);
        assert_eq!(deep(&[("user/a", blocks(12))]), Some("user/a".to_owned()));
        assert_eq!(deep(&[("user/a", include.clone()), ("builtin/b", blocks(10))]), None);
        assert_eq!(deep(&[("user/a", include.clone()), ("user/b", blocks(11))]), Some("user/a".to_owned()));
        assert_eq!(deep(&[("user/a", component), ("builtin/b", String::new())]), Some("user/a".to_owned()));
        assert_eq!(deep(&[("user/a", include), ("user/b", "{% extends \"a\" %}".to_owned())]), None, "a circle");
    }

    #[test]
    fn a_chain_of_thousands_is_told_without_walking_it() {
        let names: Vec<String> = (0..5_000).map(|at| format!("user/{at}")).collect();
        let link = |(at, name): (usize, &String)| (name.clone(), format!("{{% include \"{}\" %}}", at + 1));
        let texts: Vec<(String, String)> = names.iter().enumerate().map(link).collect();
        assert!(deep(&texts.iter().map(|(name, text)| (name.as_str(), text.clone())).collect::<Vec<_>>()).is_some());
    }
}
