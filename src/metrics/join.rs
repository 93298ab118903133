//! One fault of an export, told once: several metrics that meet it become places of one diagnostic.
//!
//! In: what all metrics met. Out: the same, each fault once, with the places of the metrics that read it. Drops no place
//! without counting it.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Place};

/// Further places of one fault that are shown.
const SHOWN: usize = 3;

/// Faults of exports that are told at the definitions of metrics; their messages name the export.
const OF_EXPORTS: [&str; 3] = ["no-dates", "which-column", "unknown-column"];

/// Puts faults together that say the same of the same export.
pub(super) fn join(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| a.place.cmp(&b.place));
    let mut order: BTreeMap<(&'static str, String, String), usize> = BTreeMap::new();
    let mut joined: Vec<(Diagnostic, Vec<(Place, String)>)> = Vec::new();
    for mut diagnostic in diagnostics {
        // The same may be said of many cells, files and definitions; these belong together only where one export is meant.
        let place = match &diagnostic.place {
            Place::Line(line) => format!("{}:{}:{}", line.path, line.line, line.start),
            Place::File(path) => path.to_string(),
            Place::Text(_) if OF_EXPORTS.contains(&diagnostic.code) => String::new(),
            Place::Text(span) => format!("{span:?}"),
        };
        let key = (diagnostic.code, diagnostic.message.clone(), place);
        match order.get(&key).and_then(|&place| joined.get_mut(place)) {
            Some((first, more)) if first.help == diagnostic.help => {
                more.append(&mut diagnostic.related);
                if diagnostic.place != first.place {
                    more.push((diagnostic.place, "and here".to_owned()));
                }
            }
            Some(_) => joined.push((diagnostic, Vec::new())),
            None => {
                order.insert(key, joined.len());
                joined.push((diagnostic, Vec::new()));
            }
        }
    }
    joined.into_iter().map(|(diagnostic, more)| with_places(diagnostic, more)).collect()
}

fn with_places(mut diagnostic: Diagnostic, mut more: Vec<(Place, String)>) -> Diagnostic {
    more.retain(|place| !diagnostic.related.contains(place));
    more.dedup();
    if more.len() > SHOWN {
        diagnostic.message = format!("{}, which {} metrics ask for", diagnostic.message, more.len() + 1);
    }
    diagnostic.related.extend(more.into_iter().take(SHOWN));
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Sources, Span};

    #[test]
    fn one_fault_of_an_export_is_told_once_with_all_who_met_it() {
        let file = Sources::default().add("metrics.yaml", "");
        let at = |start: usize| Span::new(file, start..start + 1);
        let fault = |message: &str, start: usize| Diagnostic::error("no-dates", at(start), message);
        let joined =
            join(vec![fault("a", 9), fault("b", 5), fault("a", 1), fault("a", 3), fault("a", 1).help("other")]);
        let told: Vec<(&str, Place, usize)> =
            joined.iter().map(|found| (found.message.as_str(), found.place.clone(), found.related.len())).collect();
        let place = |start| Place::Text(at(start));
        assert_eq!(told, [("a", place(1), 2), ("a", place(1), 0), ("b", place(5), 0)]);
    }

    #[test]
    fn what_is_said_of_two_files_or_two_definitions_stays_apart() {
        let file = Sources::default().add("metrics.yaml", "");
        let definition = |at: usize| Diagnostic::error("bad-range", Span::new(file, at..at + 1), "no number");
        let export = |path: &str| Diagnostic::error("empty-export", Place::file(path), "holds no lines");
        assert_eq!(
            join(vec![definition(1), definition(3), export("a.csv"), export("b.csv"), export("a.csv")]).len(),
            4
        );
    }

    #[test]
    fn many_are_counted() {
        let file = Sources::default().add("metrics.yaml", "");
        let faults = (0..9).map(|at| Diagnostic::error("no-dates", Span::new(file, at..at + 1), "a.csv has no dates"));
        let joined = join(faults.collect());
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].message, "a.csv has no dates, which 9 metrics ask for");
        assert_eq!(joined[0].related.len(), SHOWN);
    }
}
