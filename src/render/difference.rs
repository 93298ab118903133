//! What differs between two texts, line by line.
//!
//! In: two texts with their names. Out: a unified diff with three lines around each change; nothing where they are the same.

use std::fmt::Write as _;

/// Lines around a change that are shown.
const AROUND: usize = 3;

/// The most lines of one text times lines of the other that are compared; longer ones are told as wholly different.
const MOST: usize = 4_000_000;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    First,
    Second,
}

/// Returns a unified diff.
pub(super) fn unified((from, a): (&str, &str), (to, b): (&str, &str)) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.lines().collect(), b.lines().collect());
    let lines = merged(&a, &b);
    let changed: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].0 != Side::Both).collect();
    if changed.is_empty() {
        return String::new();
    }
    let mut out = format!("--- {from}\n+++ {to}\n");
    let mut start = 0;
    while start < changed.len() {
        let mut end = start;
        while end + 1 < changed.len() && changed[end + 1] - changed[end] <= 2 * AROUND {
            end += 1;
        }
        let range = changed[start].saturating_sub(AROUND)..(changed[end] + AROUND + 1).min(lines.len());
        hunk(&mut out, &lines, range);
        start = end + 1;
    }
    out
}

fn hunk(out: &mut String, lines: &[(Side, &str)], range: std::ops::Range<usize>) {
    let count = |part: &[(Side, &str)], other: Side| part.iter().filter(|(side, _)| *side != other).count();
    let (before, shown) = (&lines[..range.start], &lines[range]);
    let place = |other: Side| {
        let count_shown = count(shown, other);
        format!("{},{count_shown}", count(before, other) + usize::from(count_shown > 0))
    };
    let _ = writeln!(out, "@@ -{} +{} @@", place(Side::Second), place(Side::First));
    for (side, line) in shown {
        let sign = match side {
            Side::Both => ' ',
            Side::First => '-',
            Side::Second => '+',
        };
        let _ = writeln!(out, "{sign}{line}");
    }
}

/// Returns the lines of both texts, those once that are in both: a longest common subsequence.
fn merged<'t>(a: &[&'t str], b: &[&'t str]) -> Vec<(Side, &'t str)> {
    let only = |side: Side, lines: &[&'t str]| lines.iter().map(|line| (side, *line)).collect::<Vec<_>>();
    if a.len().saturating_mul(b.len()) > MOST {
        return [only(Side::First, a), only(Side::Second, b)].concat();
    }
    // How many lines the rests from here on have in common.
    let width = b.len() + 1;
    let mut common = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] = if a[i] == b[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            lines.push((Side::Both, a[i]));
            (i, j) = (i + 1, j + 1);
        } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
            lines.push((Side::First, a[i]));
            i += 1;
        } else {
            lines.push((Side::Second, b[j]));
            j += 1;
        }
    }
    lines.extend(only(Side::First, &a[i..]));
    lines.extend(only(Side::Second, &b[j..]));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_are_shown_with_three_around_them() {
        let a = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        assert_eq!(unified(("a", a), ("b", a)), "");
        let told = unified(("a", a), ("b", &a.replace("5\n", "x\ny\n")));
        assert_eq!(told, "--- a\n+++ b\n@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+x\n+y\n 6\n 7\n 8\n");
        assert_eq!(unified(("a", ""), ("b", "x")), "--- a\n+++ b\n@@ -0,0 +1,1 @@\n+x\n");
    }

    #[test]
    fn changes_that_stand_far_apart_are_shown_apart() {
        let a: String = (0..40).map(|line| format!("{line}\n")).collect();
        let told = unified(("a", &a), ("b", &a.replace("3\n4\n", "4\n").replace("35\n", "")));
        assert_eq!(told.matches("@@ -").count(), 2, "{told}");
    }

    #[test]
    fn very_long_texts_are_told_as_different() {
        let long = "x\n".repeat(3_000);
        let told = unified(("a", &long), ("b", &format!("{long}y\n")));
        assert_eq!(told.lines().count(), 3 + 6_001);
    }
}
