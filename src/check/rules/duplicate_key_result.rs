//! `duplicate-key-result`: one change, counted twice.

use std::collections::BTreeMap;

use crate::check::context::TeamAt;
use crate::check::rule::{Check, Findings, Group, Rule};
use crate::check::sample::Sample;
use crate::diag::Diagnostic;
use crate::model::goal::{Better, Goal};
use crate::model::ids::Slug;
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
    let mut earlier_ones = Earlier::default();
    for (place, later) in all.iter().enumerate() {
        let repeated = earlier_ones.repeated_by(later);
        earlier_ones.add(place, later);
        let Some((earlier, why)) = repeated.map(|(place, why)| (&all[place], why)) else { continue };
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
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
struct Way {
    /// Nothing where it is to stay between two limits.
    rises: Option<bool>,
    holds: bool,
}

impl<'a> Candidate<'a> {
    fn new(key_result: &'a KeyResult) -> Self {
        let goal = key_result.goal.as_ref();
        let holds = matches!(goal, Some(Goal::Hold(_)));
        let better = goal.and_then(Goal::better);
        let way = match better {
            Some(better) => Some(Way { rises: Some(better == Better::Higher), holds }),
            // Between two limits.
            None if holds => Some(Way { rises: None, holds }),
            None => None,
        };
        Self { key_result, way, words: Fingerprint::of(&key_result.title.value) }
    }

    fn metric(&self) -> Option<&'a Slug> {
        self.key_result.metric.as_ref().map(|metric| &metric.value)
    }

    /// Returns what makes others the same in words, where there are enough.
    fn said(&self) -> Option<Said> {
        self.words.is_telling().then_some((self.words, self.way))
    }
}

/// What makes two key results the same in words.
type Said = (Fingerprint, Option<Way>);

/// The places of the first key results that have what makes others the same. Two with metrics are the same where these
/// are, whatever their words; words are compared where one has no metric.
#[derive(Default)]
struct Earlier<'a> {
    by_metric: BTreeMap<(&'a Slug, Way), usize>,
    by_words: BTreeMap<Said, usize>,
    without_metric: BTreeMap<Said, usize>,
}

impl<'a> Earlier<'a> {
    fn add(&mut self, place: usize, candidate: &Candidate<'a>) {
        if let Some(key) = candidate.metric().zip(candidate.way) {
            self.by_metric.entry(key).or_insert(place);
        }
        if let Some(said) = candidate.said() {
            self.by_words.entry(said).or_insert(place);
            if candidate.metric().is_none() {
                self.without_metric.entry(said).or_insert(place);
            }
        }
    }

    /// Returns the first key result that a later one repeats.
    fn repeated_by(&self, later: &Candidate<'a>) -> Option<(usize, Why)> {
        let metric = later.metric();
        let comparable = if metric.is_some() { &self.without_metric } else { &self.by_words };
        let words = later.said().and_then(|said| comparable.get(&said)).map(|place| (*place, Why::Words));
        let measured = metric.zip(later.way).and_then(|key| self.by_metric.get(&key));
        words.into_iter().chain(measured.map(|place| (*place, Why::Metric))).min_by_key(|(place, _)| *place)
    }
}

/// The words of a sentence that count, whatever their order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
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
    use crate::source::{Sources, Span, Spanned};

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

    #[test]
    fn among_thousands_the_first_one_that_is_repeated_is_found() {
        const COUNT: u64 = 100_000;
        let file = Sources::default().add("a.yaml", "");
        let title = |text: &str| Spanned::new(text.to_owned(), Span::new(file, 0..0));
        let id = |text: &str| Spanned::new(Slug::new(text).expect("a slug"), Span::new(file, 0..0));
        let bare = KeyResult::bare(id("a"), title("t"), None);
        let measured = KeyResult { metric: Some(id("errors")), ..bare.clone() };
        let way = Some(Way { rises: Some(false), holds: false });
        let words = |sum: u64| Fingerprint { sum, mixed: sum, words: 3 };
        let said = |sum: u64| Candidate { key_result: &bare, way, words: words(sum) };
        let mut earlier = Earlier::default();
        let found = (0..COUNT).filter(|&sum| {
            let candidate = said(sum);
            let found = earlier.repeated_by(&candidate);
            earlier.add(usize::try_from(sum).expect("small"), &candidate);
            found.is_some()
        });
        assert_eq!(found.count(), 0);
        let by_words = earlier.repeated_by(&said(7)).expect("said before");
        assert!(matches!(by_words, (7, Why::Words)));
        let first = Candidate { key_result: &measured, way, words: words(COUNT) };
        earlier.add(COUNT as usize, &first);
        let second = Candidate { key_result: &measured, way, words: words(COUNT + 1) };
        assert!(matches!(earlier.repeated_by(&second), Some((100_000, Why::Metric))));
        let other_way = Candidate { way: None, ..second };
        assert!(earlier.repeated_by(&other_way).is_none());
    }
}
