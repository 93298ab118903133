//! `okrbook review`: facts and open questions, what pages and `check` make of them, and what is never touched.

use std::fs;
use std::path::Path;

use crate::support::{contents, folder_with, run};

const REVIEW: &str = "quarters/2026-Q3/shop.review.md";

fn book() -> tempfile::TempDir {
    folder_with(&[
        ("okrbook.yaml", "organisation: Small\nas_of: 2026-10-05\n"),
        (
            "quarters/2026-Q3/shop.yaml",
            "objectives:\n  - id: trust\n    title: People trust checkout\n    outcome: Reduce churn\n    lever: Improve reliability\n    changes: We answer\n    key_results:\n      - id: success\n        title: Improve checkout success from 94% to 98%\n        measured_by: gateway\n        guardrails: [{ metric: speed, at_most: 2 s }]\n      - id: speed\n        title: Reduce checkout time from 3 s to 1 s\n        measured_by: gateway\n",
        ),
        ("metrics/success.csv", "date,value\n2026-06-30,94\n2026-09-28,96.8\n"),
        ("metrics/speed.csv", "date,value\n2026-06-30,3\n2026-09-28,2.5\n"),
    ])
}

fn okrbook(book: &Path, arguments: &[&str]) -> (i32, String, String) {
    run(&[&["-C", book.to_str().expect("UTF-8")], arguments].concat())
}

/// Returns what `check` says about reviews.
fn open(book: &Path) -> Vec<String> {
    let (_, stdout, _) = okrbook(book, &["check", "--format", "short"]);
    stdout.lines().filter(|line| line.contains("[unanswered-question]")).map(str::to_owned).collect()
}

#[test]
fn a_review_is_laid_out_answered_and_completed() {
    let folder = book();
    let (code, _, stderr) = okrbook(folder.path(), &["review", "2026-Q3"]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(stderr, format!("wrote {REVIEW}: 2 key results, 8 questions are open\n"));
    let path = folder.path().join(REVIEW);
    let text = fs::read_to_string(&path).expect("written");
    for words in [
        "## trust/success: Improve checkout success from 94% to 98%",
        "> - 0.7 strong: ambitious and achievable",
        "> - Success rose from 94 % to 96.8 % in the quarter; the goal was 98 %. Grade 0.7, strong, with a guardrail broken.",
        "> - Speed was to stay at most 2 s, and was 2.5 s",
        "> - 0.2 missed: investigate why",
        "> - 1 row of 1 export, the last of 28 September 2026",
        "judgements:",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(open(folder.path()).len(), 2);
    let (code, _, stderr) = okrbook(folder.path(), &["--quiet", "build"]);
    assert_eq!(code, 0, "{stderr}");
    let page = |name: &str| fs::read_to_string(folder.path().join("site/2026-Q3").join(name)).expect("built");
    let retrospective = page("retrospective.html");
    assert!(
        retrospective.contains("No reviews yet") && retrospective.contains("Not written about yet"),
        "{retrospective}"
    );
    assert!(!page("shop.html").contains("investigate why"), "facts are not shown twice");

    let answered =
        text.replacen("Which actions drove progress? -->\n", "Which actions drove progress? -->\nTwo *banks*.\n", 1);
    fs::write(&path, &answered).expect("written");
    assert!(open(folder.path())[0].contains("doesn't say what didn't work, what you learned or whether to carry on"));
    okrbook(folder.path(), &["--quiet", "build"]);
    let retrospective = page("retrospective.html");
    assert!(retrospective.contains("Two <em>banks</em>."), "{retrospective}");
    assert!(
        retrospective.contains("Not answered yet: what didn’t work, what we learned, carry forward."),
        "{retrospective}"
    );
    assert!(!retrospective.contains("Which actions"), "hints are for those who write");

    fs::write(folder.path().join("metrics/speed.csv"), "date,value\n2026-06-30,3\n2026-09-28,1.5\n").expect("written");
    let (code, _, stderr) = okrbook(folder.path(), &["review", "2026-q3", "--team", "shop"]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(stderr, format!("completed {REVIEW}: 2 key results, 7 questions are open\n"));
    let refreshed = fs::read_to_string(&path).expect("written");
    assert!(
        refreshed.contains("> - Speed stayed at most 2 s, at 1.5 s") && refreshed.contains("Two *banks*."),
        "{refreshed}"
    );
    let before = contents(folder.path());
    let (_, _, stderr) = okrbook(folder.path(), &["review", "2026-Q3"]);
    assert!(stderr.starts_with("nothing to add to"), "{stderr}");
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn what_can_not_be_reviewed_is_refused() {
    let folder = book();
    let broken = "## trust/success\n```\nnever closed\n";
    fs::write(folder.path().join(REVIEW), broken).expect("written");
    let before = contents(folder.path());
    let refusals: [(&[&str], &str); 4] = [
        (&["review", "2026-Q3"], "can't be added to without changing what it says"),
        (&["review", "2026-Q4"], "the book has 2026-Q3"),
        (&["review", "2026-Q3", "--team", "shopp"], "write `shop`"),
        (&["--as-of", "2026-06-01", "review", "2026-Q3"], "has not begun"),
    ];
    for (arguments, because) in refusals {
        let (code, _, stderr) = okrbook(folder.path(), arguments);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(because), "{stderr}");
    }
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn a_retrospective_begins_with_lessons_and_asks_each_question_once() {
    let out = tempfile::tempdir().expect("a folder");
    let site = out.path().join("site");
    let (code, _, said) = run(&["build", "content", "-o", site.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
    let page = fs::read_to_string(site.join("2026-Q3/retrospective.html")).expect("the page");
    let order = ["id=\"lessons\"", "id=\"carried\"", "id=\"answers\"", "id=\"matters\""].map(|part| page.find(part));
    assert!(order.is_sorted() && order[0].is_some(), "{order:?}");
    for question in ["What worked", "What didn’t work", "What we learned", "Carry forward?"] {
        assert_eq!(page.matches(&format!(">{question}</th>")).count(), 1, "{question}");
    }
    let rows = page.split_once("<table class=\"list retro\">").expect("the table").1;
    assert_eq!(rows.split_once("</table>").expect("its end").0.matches("<th scope=\"row\">").count(), 26);
    assert!(page.contains("<a href=\"#answers\">and 20 more</a>"), "six lessons stand first");
}
