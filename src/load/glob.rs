//! Patterns of file names: `*` within a folder, `**` over folders, `?` for one character.

/// Says whether the text is a pattern and not a plain name.
pub(super) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Returns what every path begins with that a pattern matches, and what it ends with.
pub(super) fn ends(pattern: &str) -> (&str, &str) {
    let signs = ['*', '?'];
    let (Some(first), Some(last)) = (pattern.find(signs), pattern.rfind(signs)) else { return (pattern, pattern) };
    let (before, behind) = (&pattern[..first], &pattern[last + 1..]);
    // A double star may stand for no folder at all: then the slashes beside it are gone, too.
    (before.strip_suffix('/').unwrap_or(before), behind.strip_prefix('/').unwrap_or(behind))
}

/// Says whether a path matches a pattern.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    if !pattern.contains('/') {
        return if pattern == "**" { true } else { !path.contains('/') && name_matches(pattern, path) };
    }
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    // Which prefixes of the path the pattern's first parts can match; grows part by part, so nothing backtracks.
    let mut reached = vec![false; path.len() + 1];
    reached[0] = true;
    for part in pattern {
        let mut next = vec![false; path.len() + 1];
        for place in 0..=path.len() {
            if part == "**" {
                next[place] = reached[place] || (place > 0 && next[place - 1]);
            } else if place > 0 {
                next[place] = reached[place - 1] && name_matches(part, path[place - 1]);
            }
        }
        reached = next;
    }
    reached[path.len()]
}

/// Says whether a file or folder name matches one part of a pattern: behind each `*`, the shortest way on is tried first.
fn name_matches(pattern: &str, name: &str) -> bool {
    let (mut pattern_rest, mut name_rest) = (pattern, name);
    let mut retry: Option<(&str, &str)> = None;
    loop {
        let mut signs = pattern_rest.chars();
        let mut letters = name_rest.chars();
        match (signs.next(), letters.next()) {
            (Some('*'), _) => {
                pattern_rest = signs.as_str();
                retry = Some((pattern_rest, name_rest));
                continue;
            }
            (None, None) => return true,
            (Some(sign), Some(letter)) if sign == '?' || sign == letter => {
                (pattern_rest, name_rest) = (signs.as_str(), letters.as_str());
                continue;
            }
            _ => {}
        }
        // The last star takes one letter more.
        let Some((behind_star, from)) = retry else { return false };
        let mut letters = from.chars();
        if letters.next().is_none() {
            return false;
        }
        (pattern_rest, name_rest) = (behind_star, letters.as_str());
        retry = Some((behind_star, letters.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stay_within_a_folder_and_double_stars_do_not() {
        let cases = [
            ("a.csv", "a.csv", true),
            ("*.csv", "a.csv", true),
            ("*.csv", "x/a.csv", false),
            ("**/*.csv", "x/y/a.csv", true),
            ("**/*.csv", "a.csv", true),
            ("x/**", "x/y/a.csv", true),
            ("a-?.csv", "a-é.csv", true),
            ("a-?.csv", "a-.csv", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("[ab].csv", "a.csv", false),
            ("", "a", false),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn patterns_made_to_backtrack_end_soon() {
        let pattern = "*a".repeat(200) + "b";
        assert!(!matches(&pattern, &"a".repeat(2000)));
    }

    #[test]
    fn what_matches_begins_and_ends_as_the_pattern_does() {
        let paths = ["a.csv", "x/a.csv", "x/y/a.csv", "x", "a-é.csv", "ab", "aXbYb", "csv", "xa.csv", "a", "x/csv"];
        let patterns = [
            "a.csv",
            "*",
            "**",
            "?",
            "*.csv",
            "**/*.csv",
            "**/a.csv",
            "x/**",
            "x/**/a.csv",
            "a*b",
            "a-?.csv",
            "x/*",
            "**/x",
        ];
        for pattern in patterns {
            let (first, last) = ends(pattern);
            for path in paths.into_iter().filter(|path| matches(pattern, path)) {
                assert!(path.starts_with(first) && path.ends_with(last), "{pattern} {path}: {first:?} {last:?}");
            }
        }
    }
}
