//! `duplicate-key-result`: one change, counted twice.

use crate::check::context::TeamAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::goal::{Better, Goal};
use crate::model::plan::KeyResult;

pub(in crate::check) const RULE: Rule = Rule {
    code: "duplicate-key-result",
    group: Group::Shape,
    summary: "Two key results of a team ask for the same change in the same quarter.",
    why: "What is written twice is counted twice: one improvement fills two rows, and the team's score with them.",
    silent: "It is silent across teams, because shared key results are wanted; where one metric is moved in one key \
             result and held in the other, or goes opposite ways; and about sentences that differ in any word that \
             counts (numbers, units and words such as \"the\" or \"from\" don't).",
    example: Sample::KeyResults(
        "- errors: Reduce payment errors from 1.8% to 1%
- id: errors-again
  title: Bring failed payments down from 1.8% to 0.8%
  metric: errors
",
    ),
    instead: Sample::KeyResults(
        "- errors: Reduce payment errors from 1.8% to 1%
- refunds: Reduce time to a refund from 6 days to 2 days
",
    ),
    check: Check::Team(check),
};

fn check(at: &TeamAt<'_>, findings: &mut Findings) {
    let all: Vec<Candidate<'_>> =
        at.team.objectives.iter().flat_map(|objective| &objective.key_results).map(Candidate::new).collect();
    for (place, later) in all.iter().enumerate() {
        let Some((earlier, why)) = all[..place].iter().find_map(|earlier| Some((earlier, later.repeats(earlier)?)))
        else {
            continue;
        };
        let message = match why {
            Why::Metric => format!("this repeats `{}`: the same metric, the same way", earlier.key_result.id.value),
            Why::Words => format!("this repeats `{}` in nearly the same words", earlier.key_result.id.value),
        };
        let diagnostic = Diagnostic::warning(RULE.code, &later.key_result.title, message).label("counted again");
        let help = "keep the one that says it better; one metric can serve two objectives through `supports:`";
        findings.push(diagnostic.related(&earlier.key_result.title, "the first one").help(help));
    }
}

/// Why two key results are the same.
enum Why {
    Metric,
    Words,
}

struct Candidate<'a> {
    key_result: &'a KeyResult,
    way: Option<Way>,
    words: Fingerprint,
}

/// Which way a key result wants its metric to go, and whether it is to go or to stay.
#[derive(PartialEq, Eq, Clone, Copy)]
struct Way {
    better: Better,
    holds: bool,
}

impl<'a> Candidate<'a> {
    fn new(key_result: &'a KeyResult) -> Self {
        let goal = key_result.goal.as_ref();
        let way = goal.and_then(Goal::better).map(|better| Way { better, holds: matches!(goal, Some(Goal::Hold(_))) });
        Self { key_result, way, words: Fingerprint::of(&key_result.title.value) }
    }

    fn repeats(&self, earlier: &Self) -> Option<Why> {
        match (&self.key_result.metric, &earlier.key_result.metric) {
            (Some(own), Some(other)) if own.value == other.value => {
                return (self.way.is_some() && self.way == earlier.way).then_some(Why::Metric);
            }
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        (self.words.is_telling() && self.words == earlier.words && self.way == earlier.way).then_some(Why::Words)
    }
}

/// The words of a sentence that count, whatever their order.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
struct Fingerprint {
    sum: u64,
    mixed: u64,
    words: u32,
}

/// Words that say nothing about what is measured.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "for",
    "to",
    "from",
    "in",
    "on",
    "by",
    "at",
    "and",
    "our",
    "its",
    "their",
    "is",
    "are",
    "be",
    "than",
    "less",
    "more",
    "below",
    "above",
    "under",
    "over",
    "per",
    "with",
    "within",
    "current",
    "currently",
    "ms",
    "min",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "quarter",
    "quarters",
];

impl Fingerprint {
    fn of(sentence: &str) -> Self {
        let mut found = Self { sum: 0, mixed: 0, words: 0 };
        let words = sentence.split(|c: char| !c.is_alphanumeric());
        let mut word_hash = |word: &str| {
            let stem = word.strip_suffix(['s', 'S']).unwrap_or(word);
            // FNV-1a over lower-case letters; the sum forgets the order.
            let hash = stem.chars().flat_map(char::to_lowercase).fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| {
                (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3)
            });
            found.sum = found.sum.wrapping_add(hash);
            found.mixed ^= hash.rotate_left(29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            found.words += 1;
        };
        let counts = |word: &&str| {
            word.len() > 1
                && !word.starts_with(|c: char| c.is_ascii_digit())
                && !EMPTY.iter().any(|empty| empty.eq_ignore_ascii_case(word))
        };
        words.filter(counts).for_each(&mut word_hash);
        found
    }

    /// Says whether there are enough words to compare.
    const fn is_telling(&self) -> bool {
        self.words >= 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_the_same_where_all_words_that_count_are() {
        let cases = [
            ("Reduce P1 incidents per quarter from 8 to 2", "Reduce the P1 incidents per quarter to 3", true),
            ("Reduce escaped bugs from 12/month to 4/month", "Reduce escaped bug to 4/month (from 12)", true),
            (
                "Reduce checkout page load time from 3.2 s to 1.5 s",
                "Reduce basket page load time from 2.7 s to 2 s",
                false,
            ),
            ("Reduce P1 incidents from 8 to 2", "Reduce P2 incidents from 8 to 2", false),
            ("Reduce churn in Germany from 4% to 3%", "Reduce churn in France from 4% to 3%", false),
            ("Increase test coverage to 80%", "Increase test coverage to 90%", true),
        ];
        for (a, b, same) in cases {
            assert_eq!(Fingerprint::of(a) == Fingerprint::of(b), same, "{a} · {b}");
        }
    }
}
