//! Wording: labelled key results, and what the essay behind okrbook calls good and bad.

use std::collections::BTreeMap;
use std::fs;

use okrbook::check::{Group, rule, wording_codes};

use crate::cases::CLOCK;
use crate::support::root;

/// Key results of a labelled table, each with its label and whether a number is missing in it.
fn labelled(table: &str) -> Vec<(String, String, bool)> {
    let text = fs::read_to_string(root().join("tests/wording").join(table)).expect("the table");
    let record = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let field = |name: &str| record[name].as_str().expect(name).to_owned();
        (field("label"), field("key_result"), record.get("tags").is_some())
    };
    text.lines().map(record).collect()
}

/// Returns the code that a label asks for first; nothing for key results that are well worded.
fn wanted(label: &str, has_gap: bool) -> Option<&'static str> {
    match label {
        _ if has_gap => Some("placeholder"),
        "milestone/output" => Some("milestone"),
        "activity/vanity metric" => Some("gameable-metric"),
        "outcome metric missing baseline" => Some("no-baseline"),
        "other" => Some("no-number"),
        _ => None,
    }
}

/// Says whether a finding is one that may be wanted: what a result lacks is told by what there is of it, and whatever
/// states no goal is told.
fn is_right(wanted: Option<&str>, said: Option<&str>, sentence: &str) -> bool {
    let lacks = !matches!(said, None | Some("gameable-metric" | "milestone" | "placeholder"));
    wanted == said
        || wanted == Some("no-baseline") && lacks
        || wanted.is_none() && lacks && okrbook::sentence::read(sentence).goal.is_none()
}

/// How often what is said is right, and how often what is wanted is found, by code.
#[derive(Default)]
struct Tally {
    said_and_right: BTreeMap<&'static str, (usize, usize)>,
    wanted_and_found: BTreeMap<&'static str, (usize, usize)>,
    /// How many have neither a goal nor a finding.
    silent: usize,
    wrong: String,
}

impl Tally {
    fn of(cases: &[(String, String, bool)]) -> Self {
        let mut tally = Self::default();
        cases.iter().for_each(|case| tally.add(case));
        tally
    }

    fn add(&mut self, (label, sentence, has_gap): &(String, String, bool)) {
        let wanted = wanted(label, *has_gap);
        let said = wording_codes(sentence).first().copied();
        let right = is_right(wanted, said, sentence);
        for (counts, code) in [(&mut self.said_and_right, said), (&mut self.wanted_and_found, wanted)] {
            let (all, good) = counts.entry(code.unwrap_or("nothing")).or_default();
            (*all, *good) = (*all + 1, *good + usize::from(right));
        }
        self.silent += usize::from(said.is_none() && okrbook::sentence::read(sentence).goal.is_none());
        if !right {
            self.wrong.push_str(&format!("{label}: {sentence}: {said:?}\n"));
        }
    }

    /// Fails where fewer than these percentages of a code's findings are right, or of the wanted ones found.
    fn demand(&self, code: &str, precision: usize, recall: usize) {
        let (said, right) = self.said_and_right[code];
        assert!(right * 100 >= said * precision, "{code}: {right} of {said} findings are right\n{}", self.wrong);
        let (wanted, found) = self.wanted_and_found[code];
        assert!(found * 100 >= wanted * recall, "{code}: {found} of {wanted} are found\n{}", self.wrong);
    }
}

#[test]
fn findings_on_labelled_key_results_are_right() {
    let cases = labelled("key-results.jsonl");
    assert!(cases.len() > 330, "the table was not read");
    let tally = Tally::of(&cases);
    for code in ["gameable-metric", "milestone", "no-baseline", "placeholder", "nothing"] {
        tally.demand(code, 93, 88);
    }
}

/// These were written after the rules, to see how they do on what they were not made for.
#[test]
fn findings_on_key_results_of_other_organisations_are_right() {
    let tables = ["unseen.jsonl", "unseen-second.jsonl", "unseen-third.jsonl"];
    let cases: Vec<_> = tables.into_iter().flat_map(labelled).collect();
    assert!(cases.len() > 320, "the tables were not read");
    let tally = Tally::of(&cases);
    tally.demand("gameable-metric", 90, 85);
    tally.demand("milestone", 90, 95);
    // A limit without a start is a good key result, so that not every missing start is told.
    tally.demand("no-baseline", 90, 55);
}

/// Verbs first, adverbs first, noun phrases, states, passives, and people who do something.
#[test]
fn all_forms_of_sentences_are_told_apart() {
    let cases = labelled("forms.jsonl");
    assert!(cases.len() > 120, "the table was not read");
    let tally = Tally::of(&cases);
    for code in ["gameable-metric", "milestone", "no-baseline"] {
        tally.demand(code, 100, 100);
    }
}

/// Key results as sales, wards, schools, charities, town halls, workshops, museums and farms write them.
#[test]
fn findings_on_key_results_of_all_fields_are_right() {
    let cases = labelled("fields.jsonl");
    assert!(cases.len() > 400, "the table was not read");
    let tally = Tally::of(&cases);
    tally.demand("gameable-metric", 98, 90);
    tally.demand("milestone", 91, 98);
}

#[test]
fn every_sentence_without_a_goal_has_exactly_one_finding() {
    for table in [
        "fields.jsonl",
        "forms.jsonl",
        "key-results.jsonl",
        "unseen.jsonl",
        "unseen-second.jsonl",
        "unseen-third.jsonl",
    ] {
        for (_, sentence, _) in labelled(table) {
            let codes = wording_codes(&sentence);
            let has_goal = okrbook::sentence::read(&sentence).goal.is_some();
            assert!(codes.len() == 1 || has_goal, "{sentence}: {codes:?}");
        }
    }
}

#[test]
fn every_bad_key_result_of_the_essay_is_found() {
    for (sentence, code) in [
        ("Increase test coverage to 80%", "gameable-metric"),
        ("Reduce linting errors by 50%", "gameable-metric"),
        ("Conduct 10 architecture reviews", "gameable-metric"),
        ("Deploy 3x more frequently", "gameable-metric"),
        ("Reduce tech debt backlog by 50%", "gameable-metric"),
        ("Ship feature X by date Y", "milestone"),
        ("Improve developer satisfaction score", "gameable-metric"),
        ("Reduce tech debt by 30%", "gameable-metric"),
    ] {
        assert_eq!(wording_codes(sentence), [code], "{sentence}");
    }
}

#[test]
fn every_good_key_result_of_the_essay_is_clean() {
    for sentence in [
        "Reduce P1 incidents from 8/quarter to 2/quarter",
        "Improve checkout success rate from 94% to 98%",
        "Reduce mean time to recovery (MTTR) from 2 hours to 30 minutes",
        "Reduce checkout page load time from 3.2s to 1.5s",
        "Achieve 99.95% uptime (from current 99.7%)",
        "Reduce lead time from 14 days to 3 days",
        "Reduce cloud spend per transaction from $0.12 to $0.06",
        "Reduce escaped bugs (bugs found in production) from 12/month to 4/month",
        "Reduce time from merge to production from 48 hours to 4 hours",
        "Reduce build time from 25 minutes to 8 minutes",
        "Reduce deployment failure rate from 8% to 1%",
        "Achieve autoscaling response time < 60s for traffic spikes",
        "Reduce infrastructure cost per active user from $2.40 to $1.50",
        "Features shipped this quarter increase NPS by 5 points",
        "Reduce average bug fix time from 5 days to 1 day",
        "New features have < 2% error rate in first week post-launch",
        "Data pipeline freshness: all dashboards < 15 min stale",
        "Reduce data quality incidents from 6/quarter to 1/quarter",
        "Self-serve analytics adoption: 80% of data requests resolved without data team intervention (currently 40%)",
    ] {
        assert!(wording_codes(sentence).is_empty(), "{sentence}: {:?}", wording_codes(sentence));
    }
}

#[test]
fn what_the_catalogue_says_to_measure_instead_is_clean() {
    for measure in okrbook::load::built_in_catalogue().measures() {
        for scope in ["", " in billing"] {
            let sentence = measure.example.replace("{scope}", scope);
            assert!(wording_codes(&sentence).is_empty(), "{}: {sentence}: {:?}", measure.id, wording_codes(&sentence));
        }
    }
}

/// What the example book was written to show of wording, evidence and objectives; milestones that the book allows with
/// a reason are not among them.
const SEEDED: &[(&str, &[&str])] = &[
    ("quarters/2026-Q1/checkout.yaml", &["milestone", "vague-objective"]),
    ("quarters/2026-Q1/data.yaml", &["gameable-metric", "gameable-metric", "milestone", "milestone"]),
    (
        "quarters/2026-Q1/platform.yaml",
        &[
            "gameable-metric",
            "gameable-metric",
            "gameable-metric",
            "gameable-metric",
            "gameable-metric",
            "no-metric",
            "vague-objective",
            "vague-objective",
        ],
    ),
    (
        "quarters/2026-Q1/product.yaml",
        &["gameable-metric", "gameable-metric", "milestone", "milestone", "no-metric", "vague-objective"],
    ),
    ("quarters/2026-Q4/product.yaml", &["no-baseline"]),
];

#[test]
fn the_example_book_is_worded_badly_only_where_it_means_to_be() {
    let opened = okrbook::open(&root().join("content"), &CLOCK).expect("readable");
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let told = opened
        .diagnostics
        .iter()
        .filter(|found| rule(found.code).is_some_and(|rule| matches!(rule.group, Group::Wording | Group::Evidence)));
    for diagnostic in told {
        let path = diagnostic.place.file_id().map(|file| opened.sources.get(file).path.to_string());
        found.entry(path.unwrap_or_default()).or_default().push(diagnostic.code);
    }
    found.values_mut().for_each(|codes| codes.sort_unstable());
    let seeded = SEEDED.iter().map(|&(path, codes)| (path.to_owned(), codes.to_vec())).collect();
    assert_eq!(found, seeded);
}
