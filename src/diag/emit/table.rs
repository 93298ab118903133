//! Diagnostics counted by their code: what a build says of warnings, so that they don't bury what it did.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Location;
use crate::diag::Diagnostic;
use crate::source::Sources;
use crate::unseen::inert;

/// Returns a line for each code: how many there are and where the first one stands; the most frequent come first.
#[must_use]
pub fn render(diagnostics: &[&Diagnostic], sources: &Sources) -> String {
    let mut by_code: BTreeMap<&str, (usize, &Diagnostic)> = BTreeMap::new();
    for diagnostic in diagnostics {
        by_code.entry(diagnostic.code).or_insert((0, diagnostic)).0 += 1;
    }
    let mut rows: Vec<(&str, usize, &Diagnostic)> =
        by_code.into_iter().map(|(code, (count, first))| (code, count, first)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.1));
    let width = rows.iter().map(|row| row.0.len()).max().unwrap_or_default();
    let digits = rows.first().map_or(0, |row| row.1.to_string().len());
    let mut text = String::new();
    for (code, count, first) in rows {
        let Location { path, line, column } = Location::of(&first.place, sources);
        let _ = writeln!(text, "  {code:width$}  {count:digits$}  {}:{line}:{column}", inert::line(path));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_come_first_with_their_first_places() {
        let (diagnostics, sources) = super::super::tests::examples();
        let all: Vec<&Diagnostic> = diagnostics.iter().chain(&diagnostics[1..2]).collect();
        assert_eq!(
            render(&all, &sources),
            "  bad-cell     2  metrics/a.csv:7:15\n  \
               no-settings  1  okrbook.yaml:1:1\n  \
               unknown-key  1  quarters/2026-Q3/platform.yaml:3:5\n"
        );
    }
}
