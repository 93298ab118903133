//! Mistakes that people make, each with what okrbook says: to be read aloud.

use std::fmt::Write as _;

use super::{book, key_results};

/// Key results with a mistake, as they stand in a team's file.
const KEY_RESULTS: &[(&str, &str)] = &[
    ("a colon inside a sentence without an id", "      - Data pipeline freshness: all dashboards < 15 min stale\n"),
    ("a colon inside a sentence with an id", "      - fresh: Data pipeline freshness: all dashboards < 15 min\n"),
    ("a number sign in a sentence", "      - p1: Reduce bugs like #42 from 8 to 2\n"),
    ("the number of things", "      - p1: Increase # of users from 1 to 2\n"),
    ("a bracket first", "      - p1: [WIP] Reduce incidents from 8 to 2\n"),
    ("a quoted word first", "      - p1: \"P1\" incidents from 8 to 2\n"),
    ("an apostrophe in single quotes", "      - p1: 'don't page from 8 to 2'\n"),
    ("a comparison first", "      - p1: > 99% uptime\n"),
    ("emphasis first", "      - p1: *Reduce* incidents from 8 to 2\n"),
    ("an at sign first", "      - id: p1\n        title: Reduce P1 incidents from 8 to 2\n        owners: @ana\n"),
    (
        "at signs in brackets",
        "      - id: p1\n        title: Cut from 8 to 2\n        owners: [@ana, ben, @eve vos]  # leads\n",
    ),
    ("an at sign in a list", "      - id: p1\n        title: Cut from 8 to 2\n        owners:\n          - @ana\n"),
    ("at signs without brackets", "      - id: p1\n        title: Cut from 8 to 2\n        owners: @ana, @ben\n"),
    (
        "at signs on lines in brackets",
        "      - id: p1\n        title: Cut from 8 to 2\n        owners: [\n          @ana,\n          @ben\n        ]\n",
    ),
    ("an at sign in braces", "      - { id: p1, title: Mail a@b.example from 8 to 2, owners: @ana }\n"),
    ("backticks in brackets", "      - { id: p1, title: Cut from 8 to 2, owners: [`ana`] }\n"),
    (
        "null in lists",
        "      - null\n      - id: p1\n        title: Cut from 8 to 2\n        owners: null\n        guardrails: null\n        aliases: Null\n        weight: ~\n",
    ),
    ("two dashes", "      - - p1: Cut from 8 to 2\n        - p2: Cut from 9 to 2\n      - - - Cut pages from 3 to 1\n"),
    ("a list for a sentence", "      - id: p1\n        title:\n          - Cut from 8 to 2\n"),
    ("backticks first", "      - p1: `checkout` errors from 8 to 2\n"),
    ("a bare percent sign", "      - id: p1\n        title: Reduce incidents from 8 to 2\n        unit: %\n"),
    ("a comma in braces", "      - { id: p1, title: Reduce P1, P2 from 8 to 2 }\n"),
    ("a tab for indentation", "      - id: p1\n\ttitle: Reduce incidents from 8 to 2\n"),
    ("a key out of line", "      - id: p1\n       title: Reduce incidents from 8 to 2\n"),
    ("no space behind the colon", "      - id: p1\n        title:Reduce incidents from 8 to 2\n        weight: 2\n"),
    ("no dashes", "      p1: Reduce incidents from 8 to 2\n      checkout: Raise success from 94% to 98%\n"),
    (
        "a slip in a key",
        "      - id: p1\n        title: Reduce incidents from 8 to 2\n        wieght: 2\n        owner: ana\n",
    ),
    ("a typed value", "      - id: checkout\n        title: Improve success from 94% to 98%\n        current: 96.8%\n"),
    ("no id", "      - Reduce P1 incidents from 8/quarter to 2/quarter\n"),
    (
        "an id that is no slug",
        "      - id: P1 incidents!\n        title: Reduce incidents from 8 to 2\n        metric: p1\n",
    ),
    ("an id twice", "      - p1: Reduce incidents from 8 to 2\n      - p1: Reduce pages from 9 to 3\n"),
    (
        "a key twice",
        "      - id: p1\n        title: Reduce incidents from 8 to 2\n        title: Reduce pages from 9 to 3\n",
    ),
    ("an unknown metric", "      - id: a\n        title: Improve success from 94% to 98%\n        metric: chekout\n"),
    (
        "keys against the sentence",
        "      - id: p1\n        title: Reduce incidents from 8/quarter to 2/quarter\n        to: 3/quarter\n",
    ),
    ("nothing to change", "      - p1: Reduce incidents from 8 to 8\n"),
    ("two units in one goal", "      - p1: Reduce time from 2 h to 30%\n"),
    ("a metric in another unit", "      - id: latency\n        title: Reduce errors from 8% to 2%\n"),
    ("a percentage of a percentage", "      - { id: checkout, title: Improve success, by: 5% }\n"),
    ("a weight of nothing", "      - { id: p1, title: Reduce from 8 to 2, weight: 0 }\n"),
    ("a date of another country", "      - { id: p1, title: Ship it, done: 14.08.2026 }\n"),
    ("a day that is not", "      - { id: p1, title: Ship it, done: 2026-02-30 }\n"),
    ("done, but when", "      - { id: p1, title: Ship it, done: yes }\n"),
    ("a start under baseline", "      - { id: p1, title: Improve it, baseline: 94% }\n"),
    ("carried from nowhere", "      - { id: p1, title: Cut from 8 to 2, carried_from: 2026-Q2/platform/o/p1 }\n"),
    ("carried from a word", "      - { id: p1, title: Cut from 8 to 2, carried_from: last quarter }\n"),
    ("a guardrail without a bound", "      - { id: p1, title: Cut from 8 to 2, guardrails: [{ metric: latency }] }\n"),
    ("two bounds", "      - { id: p1, title: Stay fast, at_most: 2 s, below: 3 s }\n"),
];

/// Metric definitions with a mistake.
const METRICS: &[(&str, &str)] = &[
    ("a file that is not there", "nps: { file: suvey.csv }\n"),
    ("a path from the book's root", "nps: { file: metrics/survey.csv }\n"),
    ("a path out of metrics", "nps: { file: ../secret.csv }\n"),
    ("no file at all", "churn: { unit: \"%\" }\n"),
    ("two measures", "nps: { file: survey.csv, value: score, count: rows }\n"),
    ("an unknown aggregate", "nps: { file: survey.csv, aggregate: p100 }\n"),
    (
        "a ratio of itself",
        "a: { ratio: { of: { metric: b }, to: { metric: survey } } }\nb: { ratio: { of: { metric: a }, to: { metric: survey } } }\n",
    ),
    ("a ratio of an unknown metric", "a: { ratio: { of: { metric: survy }, to: { metric: survey } } }\n"),
    ("a column name without a header", "nps: { file: survey.csv, header: none, value: score }\n"),
    ("a window without a unit", "nps: { file: survey.csv, window: 28 }\n"),
    ("an empty condition", "nps:\n  file: survey.csv\n  where:\n    severity:\n"),
    ("a metric twice", "nps: { file: survey.csv }\nnps: { file: survey.csv }\n"),
];

/// Whole books with a mistake.
const BOOKS: &[(&str, &[(&str, &str)])] = &[
    ("no organisation", &[("okrbook.yaml", "calendar: { year_starts: feb }\n")]),
    ("an empty file", &[("okrbook.yaml", "")]),
    ("an accent without quotes", &[("okrbook.yaml", "organisation: X\nbrand:\n  accent: #12436d\n")]),
    (
        "settings that are none",
        &[(
            "okrbook.yaml",
            "organization: X\norganisation: X\npaper: a5\nas_of: today\ncalendar: { zone: Berlin, year_starts: Febuary }\nbase_url: example.com\nchecks: { milestone: fatal }\n",
        )],
    ),
    (
        "a folder that is no quarter",
        &[("quarters/Q3-2026/platform.yaml", "objectives: []\n"), ("quarters/Q3-2026/data.yaml", "objectives: []\n")],
    ),
    (
        "names that pages have",
        &[
            ("quarters/2026-Q3/index.yaml", "objectives: []\n"),
            ("quarters/2026-Q3/Data team.yaml", "objectives: []\n"),
            ("quarters/2026-Q3/notes.md", "x\n"),
            ("quarters/2026-Q3/web.yml", "objectives: []\n"),
        ],
    ),
    ("an empty team", &[("quarters/2026-Q3/platform.yaml", "# soon\n")]),
    (
        "keys in the wrong place",
        &[(
            "quarters/2026-Q3/platform.yaml",
            "key_results: []\nobjectives:\n  - id: o\n    title: T\n    owners: ana\n    key_results:\n      - { id: p1, title: Cut from 8 to 2, outcome: Less churn }\n",
        )],
    ),
    ("objectives by name", &[("quarters/2026-Q3/platform.yaml", "objectives:\n  reliable:\n    title: T\n")]),
    (
        "empty titles",
        &[(
            "quarters/2026-Q3/platform.yaml",
            "objectives:\n  - id: o\n    title: \"\"\n  - id: p\n    title: P\n    key_results: [\"\", { id: a }]\n",
        )],
    ),
    ("a list without its key", &[("quarters/2026-Q3/platform.yaml", "- id: o\n  title: T\n")]),
    (
        "supporting nobody",
        &[
            (
                "quarters/2026-Q3/platform.yaml",
                "objectives:\n  - id: a\n    title: A\n    supports: company/trst\n    key_results: [{ p1: Cut from 8 to 2 }]\n",
            ),
            (
                "quarters/2026-Q3/company.yaml",
                "objectives:\n  - id: trust\n    title: Customers trust us\n    key_results: [{ p1: Cut from 8 to 2 }]\n",
            ),
        ],
    ),
    (
        "a review of another key result",
        &[
            (
                "quarters/2026-Q3/platform.yaml",
                "objectives:\n  - id: o\n    title: A\n    key_results: [{ p1: Cut from 8 to 2 }]\n",
            ),
            (
                "quarters/2026-Q3/platform.review.md",
                "---\njudgements: { o/p2: { final: 0.6 }, o/p1: { final: 6 } }\n---\n## o/p11\n### What worked\nAll.\n",
            ),
        ],
    ),
    (
        "a lead with an at sign",
        &[("okrbook.yaml", "organisation: X\nteams:\n  platform: { name: Platform, lead: @ana }\n")],
    ),
    (
        "null for lists",
        &[
            (
                "quarters/2026-Q3/platform.yaml",
                "objectives:\n  - id: o\n    title: T\n    key_results: null\n  - id: p\n    title: P\n    key_results: ~\n  - null\n  - title: null\n    key_results: []\n",
            ),
            ("quarters/2026-Q3/web.yaml", "objectives: null\n"),
            ("quarters/2026-Q3/app.yaml", "null\n"),
        ],
    ),
    (
        "an objective without a title, and what stands below it",
        &[(
            "quarters/2026-Q3/platform.yaml",
            "objectives:\n  - key_results:\n      - { id: p1, title: Cut from 8 to 2, wieght: 2, metric: p2 }\n  - id: b\n    title: [x]\n    key_results:\n      - { id: a }\n",
        )],
    ),
    (
        "objectives behind two dashes",
        &[("quarters/2026-Q3/platform.yaml", "objectives:\n  - - id: o\n      title: T\n")],
    ),
    ("front matter that never ends", &[("pages/about.md", "---\ntitle: About\n\nText\n")]),
];

/// Shows a file's text and what is said about it.
fn show(page: &mut String, title: &str, text: &str, messages: &str) {
    let text = text.replace('\t', "→");
    let _ = writeln!(page, "## {title}\n\n{}\n\n{}", text.trim_end(), messages.trim_end());
    page.push('\n');
}

#[test]
fn mistakes_in_key_results_are_explained() {
    let mut page = String::new();
    for (title, text) in KEY_RESULTS {
        show(&mut page, title, text, &key_results(text).messages());
    }
    println!("{page}");
    insta::assert_snapshot!(page);
}

#[test]
fn mistakes_in_metrics_are_explained() {
    let mut page = String::new();
    for (title, text) in METRICS {
        let loaded = book(&[("metrics.yaml", text), ("metrics/survey.csv", "date,score\n2026-08-14,30\n")]);
        show(&mut page, title, text, &loaded.messages());
    }
    insta::assert_snapshot!(page);
}

#[test]
fn mistakes_in_books_are_explained() {
    let mut page = String::new();
    for (title, files) in BOOKS {
        let texts: Vec<String> = files.iter().map(|(path, text)| format!("# {path}\n{text}")).collect();
        show(
            &mut page,
            title,
            &texts.join("\n"),
            &book(&[*files, &[("metrics/p1.csv", "date,value\n")]].concat()).messages(),
        );
    }
    insta::assert_snapshot!(page);
}
