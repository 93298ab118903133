//! Reviews: answers, what fits no question, and how loosely headings may be written.

use super::{Loaded, book};
use crate::model::plan::Body;
use crate::model::review::Review;

const TEAM: &str = "\
objectives:
  - id: reliable
    title: T
    key_results:
      - p1: Cut from 8 to 2
      - mttr: Cut from 8 to 2
  - id: fast
    title: T
    key_results:
      - lcp: Cut from 8 to 2
";

fn review(text: &str) -> (Review, Loaded) {
    let mut loaded = book(&[
        ("quarters/2026-Q3/a.yaml", TEAM),
        ("quarters/2026-Q3/a.review.md", text),
        ("metrics/p1.csv", "date,value\n"),
        ("metrics/mttr.csv", "date,value\n"),
        ("metrics/lcp.csv", "date,value\n"),
    ]);
    let review = loaded.plan.quarters[0].teams[0].review.take().expect("a review");
    (review, loaded)
}

#[test]
fn answers_stand_below_their_questions() {
    let text = "---\njudgements:\n  reliable/p1: { final: 0.6, because: a vendor's, by: cto }\n---\nOur quarter.\n\n## reliable/p1 Reduce incidents\n\nIntro.\n\n### What worked\n\nAlerts.\n\n#### Details\nMore.\n\n### What didn't\n```\n## no/heading\n```\n### What we learned\n<!-- hint -->\n### Carry forward?\nYes: halve it again.\nto: 1/quarter\n\n## fast/lcp\n### what went well\nAll\n";
    let (review, loaded) = review(text);
    assert_eq!(loaded.messages(), "");
    assert_eq!(review.story.as_ref().map(Body::markdown), Some("Our quarter."));
    let p1 = &review.answers[0];
    assert_eq!((p1.objective.as_str(), p1.key_result.value.as_str()), ("reliable", "p1"));
    assert_eq!(p1.loose[0].markdown(), "Intro.");
    assert_eq!(p1.worked.as_ref().map(Body::markdown), Some("Alerts.\n\n#### Details\nMore."));
    assert_eq!(p1.failed.as_ref().map(Body::markdown), Some("```\n## no/heading\n```"));
    assert!(p1.learned.is_none(), "a hint is no answer");
    let carry = p1.carry.as_ref().expect("answered");
    assert_eq!((carry.decision, carry.to.as_deref()), (Some(true), Some("1/quarter")));
    assert_eq!(review.answers[1].worked.as_ref().expect("answered").markdown(), "All");
    let judgement = &review.judgements[0];
    assert_eq!((judgement.judged.score.to_string().as_str(), judgement.judged.by.as_deref()), ("0.6", Some("cto")));
}

#[test]
fn headings_are_matched_loosely() {
    let cases = [
        ("What worked", "w"),
        ("2. What worked?", "w"),
        ("WHAT WENT WELL", "w"),
        ("What didn’t work", "f"),
        ("What didn't", "f"),
        ("What did not work (be honest)", "f"),
        ("**What we learned**", "l"),
        ("Lessons", "l"),
        ("What have we learnt?", "l"),
        ("Carry forward?", "c"),
        ("5. Carry it forward", "c"),
        ("Numbers", "-"),
        ("What", "-"),
    ];
    for (heading, expected) in cases {
        let (review, _) = review(&format!("## `reliable/p1`: Incidents\n### {heading}\nText\n"));
        let answers = &review.answers[0];
        let found = match (&answers.worked, &answers.failed, &answers.learned, &answers.carry) {
            (Some(_), None, None, None) => "w",
            (None, Some(_), None, None) => "f",
            (None, None, Some(_), None) => "l",
            (None, None, None, Some(_)) => "c",
            _ => "-",
        };
        assert_eq!(found, expected, "{heading}");
    }
}

#[test]
fn the_first_word_decides_whether_it_is_carried() {
    let cases = [
        ("Yes, again", Some(true)),
        ("**No.** Done", Some(false)),
        ("no", Some(false)),
        ("- yes", Some(true)),
        ("Not sure", None),
        ("Yesterday we", None),
        ("<!-- yes or no --> No", Some(false)),
    ];
    for (answer, expected) in cases {
        let (review, _) = review(&format!("## reliable/p1\n### Carry forward?\n{answer}\n"));
        assert_eq!(review.answers[0].carry.as_ref().expect("answered").decision, expected, "{answer}");
    }
}

#[test]
fn the_next_target_stands_in_brackets_backticks_or_on_its_line() {
    let cases = [
        ("Yes `to: 1/quarter`.", Some("1/quarter")),
        ("Yes (to: 1/quarter)", Some("1/quarter")),
        ("Yes\n- to: 30 min.", Some("30 min")),
        ("Yes: we want to: do better", None),
        ("Yes\nto:\n", None),
    ];
    for (answer, expected) in cases {
        let (review, _) = review(&format!("## reliable/p1\n### Carry forward?\n{answer}\n"));
        assert_eq!(review.answers[0].carry.as_ref().expect("answered").to.as_deref(), expected, "{answer}");
    }
}

#[test]
fn no_word_is_lost() {
    let text = "Story\n# Thanks\nAll of you\n## p1\n### What worked\nA\n### What worked\nB\n### Numbers\nC\n## Appendix\nD\n### E\nF\n## reliable/p9\nG\n### What worked\nH\n";
    let (review, loaded) = review(text);
    assert_eq!(loaded.codes(), ["unknown-key-result"]);
    assert_eq!(review.story.expect("a story").markdown(), "Story\n# Thanks\nAll of you");
    let answers = &review.answers[0];
    assert_eq!(answers.key_result.value.as_str(), "p1", "an id alone will do where it is the only one");
    let loose: Vec<&str> = answers.loose.iter().map(Body::markdown).collect();
    assert_eq!(loose, ["### What worked\nB", "### Numbers\nC"]);
    let loose: Vec<&str> = review.loose.iter().map(Body::markdown).collect();
    assert_eq!(loose, ["## Appendix\nD\n### E\nF", "## reliable/p9\nG", "### What worked\nH"]);
}

#[test]
fn headings_of_unknown_key_results_name_the_nearest() {
    let (_, loaded) = review("## relaible/p1\n### What worked\nA\n## reliable/mttr2\nB\n");
    assert_eq!(loaded.codes(), ["unknown-key-result"; 2]);
    let help: Vec<_> = loaded.diagnostics.iter().filter_map(|diagnostic| diagnostic.help.as_deref()).collect();
    assert_eq!(help, ["write `reliable/p1`", "write `reliable/mttr`"]);
}

#[test]
fn answers_that_belong_to_nothing_are_told_once_a_section() {
    let questions = "### What worked\nA\n### What we learned\nB\n";
    let cases: [(String, &[&str]); 4] = [
        (format!("## reliable/p9\n{questions}"), &["unknown-key-result"]),
        (format!("## Everything\n{questions}"), &["loose-answer"]),
        (format!("## Everything\n{questions}## More\n{questions}"), &["loose-answer", "loose-answer"]),
        (format!("## reliable/p1\n{questions}## Everything\n{questions}"), &["loose-answer"]),
    ];
    for (text, codes) in cases {
        assert_eq!(review(&text).1.codes(), codes, "{text}");
    }
}

#[test]
fn a_review_without_objectives_is_reported() {
    let loaded = book(&[("quarters/2026-Q3/a.review.md", "## o/k\n")]);
    assert_eq!(loaded.codes(), ["lonely-review"]);
}

#[test]
fn names_are_read_with_spaces_around_the_slash_and_as_links() {
    let headings = [
        "reliable / p1",
        "reliable /p1: Cut incidents",
        "`reliable` / `p1`",
        "`reliable / p1` Cut incidents",
        "**reliable / p1**",
        "[reliable/p1](platform.html#p1)",
        "[reliable / p1](platform.html) – Cut incidents",
        "[`reliable/p1`](platform.html)",
        "[p1](platform.html)",
        "`p1`",
    ];
    for heading in headings {
        let (review, loaded) = review(&format!("## {heading}\n### What worked\nAlerts.\n"));
        assert_eq!(loaded.messages(), "", "{heading}");
        let [p1] = &review.answers[..] else { panic!("{heading}") };
        assert_eq!((p1.objective.as_str(), p1.key_result.value.as_str()), ("reliable", "p1"), "{heading}");
        assert_eq!(p1.worked.as_ref().map(Body::markdown), Some("Alerts."), "{heading}");
    }
    for (heading, codes) in [
        ("Before / after", &[][..]),
        ("fast / slow lanes", &[]),
        ("[p1 and more](a.html)/", &[]),
        ("fast / lpc", &["unknown-key-result"]),
        ("[fast/lpc](a.html)", &["unknown-key-result"]),
    ] {
        let (review, loaded) = review(&format!("## {heading}\nText\n"));
        assert_eq!(loaded.codes(), codes, "{heading}");
        let kept = review.story.iter().chain(&review.loose).any(|body| body.markdown().ends_with("Text"));
        assert!(kept || review.answers[0].loose[0].markdown() == "Text", "{heading}");
    }
}

#[test]
fn lines_that_were_meant_as_headings_are_told_and_kept() {
    let cases = [
        ("## reliable/p1\n**What worked:** Alerts.\n\n**What didn't:** Mails.\n", "2:3 `### What worked`"),
        ("## reliable/p1\n\n- What worked: Alerts.\n- Carry forward? No\n", "3:3 `### What worked`"),
        ("## reliable/p1\n1. *What we learned* – to wait\n", "2:5 `### What we learned`"),
        ("## reliable/p1\nWhat went well: all\n", "2:1 `### What went well`"),
        ("# reliable/p1\n__Lessons__\nTo wait\n", "2:3 `## Lessons`"),
        ("## reliable/p1\n### What worked\nAlerts.\n\n**What didn’t:** Mails.\n", "5:3 `### What didn’t`"),
        (
            "**reliable/p1**\n\n**What worked:** Alerts.\n\n**fast / lcp:**\nAll\n",
            "1:3 `## reliable/p1` 5:3 `## fast/lcp`",
        ),
        ("Our quarter.\n- **What worked**: Alerts.\n", "2:5 `## objective/key-result`"),
        ("## reliable/p1\nText\n## Thanks\n- What worked: you\n", "4:3 `## objective/key-result`"),
        // Ordinary prose.
        ("## reliable/p1\nWhat worked before was no help now: we waited.\n", ""),
        ("## reliable/p1\n- reliable/p1\n- **Thanks** to all\n- **never closed\n- \n**\n", ""),
        ("## reliable/p1\n```\n**What worked:** code\n```\n<!-- a hint\n- What worked: hint\n-->\nText\n", ""),
        ("## reliable/p1\n> - What worked: quoted\n", ""),
        ("## reliable/p1\n### What worked\n**What worked best:** alerts\nWhat failed: nothing\n", ""),
    ];
    for (text, expected) in cases {
        let (review, loaded) = review(text);
        let sources = &loaded.workspace.sources;
        let told = loaded.diagnostics.iter().map(|diagnostic| {
            assert_eq!(diagnostic.code, "loose-answer", "{text}");
            let crate::diag::Place::Text(place) = &diagnostic.place else { panic!("{text}") };
            let position = sources.position(*place);
            let help = diagnostic.help.as_deref().unwrap_or_default();
            format!("{}:{} `{}`", position.line, position.column, help.split('`').nth(1).unwrap_or_default())
        });
        assert_eq!(told.collect::<Vec<_>>().join(" "), expected, "{text}");
        let answers = review.answers.iter();
        let bodies = answers.flat_map(|answers| answers.loose.iter().chain(&answers.worked));
        let bodies: String = bodies.chain(&review.story).chain(&review.loose).map(Body::markdown).collect();
        let lost = text.lines().filter(|line| !line.starts_with('#') && !bodies.contains(line.trim())).count();
        assert_eq!(lost, 0, "{text}");
    }
}
