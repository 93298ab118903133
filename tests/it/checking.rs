//! `okrbook check` and `okrbook explain` as editors, hooks and CI call them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{SMALL_BOOK, folder_with, okrbook, run};

const MILESTONE: &str = "objectives:
  - id: trust
    title: People trust checkout
    outcome: Reduce churn
    lever: Improve reliability
    changes: No roadmap work until checkout is stable
    key_results:
      - success: Ship the payment page by the end of August
";

/// Returns a small book whose team wrote this, with more files.
fn book(team: &str, more: &[(&str, &str)]) -> tempfile::TempDir {
    let mut files: Vec<(&str, &str)> = SMALL_BOOK.iter().copied().filter(|(path, _)| !path.ends_with("yaml")).collect();
    if !more.iter().any(|(path, _)| *path == "okrbook.yaml") {
        files.push(SMALL_BOOK[0]);
    }
    files.push(("metrics.yaml", "success:\n  source: Payment gateway\n  file: success.csv\n  unit: \"%\"\n"));
    files.push(("quarters/2026-Q3/shop.yaml", team));
    files.extend(more);
    folder_with(&files)
}

/// Returns exit code and the lines that `check --format short` prints.
fn short(folder: &tempfile::TempDir, more: &[&str]) -> (i32, Vec<String>) {
    let book = folder.path().to_str().expect("UTF-8");
    let mut arguments = vec!["check", book, "--format", "short"];
    arguments.extend(more);
    let (code, stdout, _) = run(&arguments);
    (code, stdout.lines().map(str::to_owned).collect())
}

/// Returns the codes in lines of `--format short`.
fn codes(lines: &[String]) -> Vec<&str> {
    lines.iter().filter_map(|line| line.split_once('[')?.1.split_once(']')).map(|(code, _)| code).collect()
}

#[test]
fn settings_say_how_much_a_rule_matters() {
    for (checks, strict, expected) in [
        ("", false, (0, vec!["warning"])),
        ("", true, (1, vec!["warning"])),
        ("checks: { milestone: error }\n", false, (1, vec!["error"])),
        ("checks: { milestone: warning }\n", false, (0, vec!["warning"])),
        ("checks: { milestone: off }\n", true, (0, vec![])),
    ] {
        let settings = format!("organisation: Small\nas_of: 2026-08-20\n{checks}");
        let folder = book(MILESTONE, &[("okrbook.yaml", &settings)]);
        let (code, lines) = short(&folder, if strict { &["--strict"] } else { &[] });
        let milestones = lines.iter().filter(|line| line.contains("[milestone]"));
        let levels: Vec<&str> = milestones.filter_map(|line| line.split(": ").nth(1)?.split('[').next()).collect();
        assert_eq!((code, levels), expected, "{checks:?}: {lines:?}");
    }
}

#[test]
fn a_fault_of_the_input_cannot_be_lowered() {
    let settings = "organisation: Small\nas_of: 2026-08-20\nchecks:\n  unknown-key: off\n  missing-id: off\n";
    let team = MILESTONE.replace("- success: ", "- ").replace("    outcome:", "    outcom:");
    let folder = book(&team, &[("okrbook.yaml", settings)]);
    let (code, lines) = short(&folder, &[]);
    let found: BTreeSet<&str> = codes(&lines).into_iter().collect();
    assert_eq!(code, 1);
    assert!(found.contains("unknown-key") && found.contains("fixed-level"), "{lines:?}");
    assert!(!found.contains("missing-id"), "a doubt may be switched off: {lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("okrbook.yaml:4:3: error[fixed-level]")), "{lines:?}");
}

#[test]
fn a_comment_with_a_reason_allows_a_finding_and_both_stay_in_sight() {
    let team =
        MILESTONE.replace("      - success", "      # okrbook-allow(milestone): the law asks for it\n      - success");
    let folder = book(&team, &[]);
    let (code, lines) = short(&folder, &["--strict"]);
    assert_eq!((code, lines), (0, vec![]));
    let path = folder.path().to_str().expect("UTF-8");
    let (_, stdout, _) = run(&["check", path, "--format", "json"]);
    let document: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(document["findings"], Value::Array(Vec::new()));
    assert_eq!(document["allowed"][0]["reason"], "the law asks for it");
    let (_, _, stderr) = run(&["check", path]);
    assert!(stderr.contains("nothing to say") && stderr.contains("1 allowed with a reason"), "{stderr}");
}

#[test]
fn allowances_that_say_nothing_useful_are_findings() {
    for (comment, expected) in [
        ("# okrbook-allow(milestone)", vec!["bad-allow", "milestone"]),
        ("# okrbook-allow(milestone):", vec!["bad-allow", "milestone"]),
        ("# okrbook-allow: why", vec!["bad-allow", "milestone"]),
        ("# okrbook-allow(mile-stone): why", vec!["bad-allow", "milestone"]),
        ("# okrbook-allow(bad-cell): why", vec!["bad-allow", "milestone"]),
        ("# okrbook-allow(fraction-for-percent): why", vec!["milestone", "unused-allow"]),
        ("# okrbook-allow(milestone, fraction-for-percent): why", vec!["unused-allow"]),
        ("# okrbook-allow(milestone): why", vec![]),
    ] {
        let team = MILESTONE.replace("by the end of August", &format!("by the end of August {comment}"));
        let folder = book(&team, &[]);
        let (_, lines) = short(&folder, &[]);
        let mut found = codes(&lines);
        found.sort_unstable();
        assert_eq!(found, expected, "{comment}: {lines:?}");
    }
    let folder = book(&MILESTONE.replace("August\n", "August # okrbook-allow(mile-stone): why\n"), &[]);
    let (_, _, stderr) = run(&["check", folder.path().to_str().expect("UTF-8")]);
    assert!(stderr.contains("write `milestone`") && stderr.contains("^^^^^^^^^^"), "{stderr}");
}

#[test]
fn an_allowance_is_not_called_unused_where_findings_may_be_missing() {
    let folder = book(&MILESTONE.replace("    outcome:", "    # okrbook-allow(milestone): x\n    outcom:"), &[]);
    let (_, lines) = short(&folder, &[]);
    assert!(!codes(&lines).contains(&"unused-allow"), "{lines:?}");
    let off = "organisation: Small\nas_of: 2026-08-20\nchecks: { milestone: off }\n";
    let folder =
        book(&MILESTONE.replace("August\n", "August # okrbook-allow(milestone): x\n"), &[("okrbook.yaml", off)]);
    assert_eq!(short(&folder, &[]).1, Vec::<String>::new());
}

#[test]
fn a_slip_is_told_and_what_follows_from_it_is_only_counted() {
    let case = crate::support::root().join("tests/cases/invalid/end-misspelt");
    let folder = case.to_str().expect("UTF-8");
    let (code, _, stderr) = run(&["check", folder, "--as-of", "2026-08-05"]);
    let last = stderr.lines().last().unwrap_or_default();
    assert!(code == 1 && last.contains("2 errors") && last.contains("3 held back, which only follow"), "{stderr}");
    let out = tempfile::tempdir().expect("a folder");
    let site = out.path().join("site");
    let (_, _, stderr) = run(&["--as-of", "2026-08-05", "build", folder, "-o", site.to_str().expect("UTF-8")]);
    assert!(stderr.contains("\n3 held back, which only follow from a misspelt key\n"), "{stderr}");
}

#[test]
fn files_are_checked_by_themselves_with_their_whole_book_behind_them() {
    let other = MILESTONE.replace("success:", "other:");
    let folder = book(MILESTONE, &[("quarters/2026-Q3/web.yaml", &other)]);
    let at = |path: &str| folder.path().join(path).to_str().expect("UTF-8").to_owned();
    let check = |paths: &[&str]| {
        let paths: Vec<String> = paths.iter().map(|path| at(path)).collect();
        let mut arguments = vec!["check", "--format", "short"];
        arguments.extend(paths.iter().map(String::as_str));
        run(&arguments)
    };
    let (_, stdout, _) = check(&["quarters/2026-Q3/shop.yaml"]);
    assert!(stdout.lines().count() > 0 && stdout.lines().all(|line| line.contains("shop.yaml")), "{stdout}");
    let (_, stdout, _) = check(&["quarters/2026-Q3/shop.yaml", "quarters/2026-Q3/web.yaml"]);
    assert!(stdout.contains("shop.yaml") && stdout.contains("web.yaml"), "{stdout}");
    assert_eq!(check(&["metrics.yaml", "metrics/success.csv"]).1, "");
    assert_eq!(check(&["quarters/2026-Q3/none.yaml"]).0, 2);
    std::fs::write(at("quarters/2026-Q3/broken.yaml"), "objectives: [\n").expect("written");
    let (code, stdout, stderr) = check(&["quarters/2026-Q3/shop.yaml"]);
    assert!(code == 2 && stdout.contains("milestone") && stderr.contains("another file"), "{stdout}{stderr}");
    let outside = folder_with(&[("a.yaml", "a: 1\n")]);
    let path = outside.path().join("a.yaml");
    let (code, _, stderr) = run(&["check", path.to_str().expect("UTF-8")]);
    assert!(code == 2 && stderr.contains("no okrbook.yaml"), "{stderr}");
}

#[test]
fn machine_forms_name_paths_from_the_repository() {
    let folder = folder_with(&[(".git/HEAD", "ref: refs/heads/main\n")]);
    let settings = "organisation: Small\nas_of: 2026-08-20\nbase_url: https://okr.example.com/okrs\n";
    let inner = book(MILESTONE, &[("okrbook.yaml", settings)]);
    let target = folder.path().join("goals & co");
    std::fs::rename(inner.path(), &target).expect("moved");
    let path = target.to_str().expect("UTF-8");
    let (_, github, _) = run(&["check", path, "--format", "github"]);
    let line = github.lines().find(|line| line.contains("title=milestone")).expect("an annotation");
    assert!(
        line.starts_with("::warning file=goals & co/quarters/2026-Q3/shop.yaml,line=8,col=18,endColumn="),
        "{line}"
    );
    let (_, sarif, _) = run(&["check", path, "--format", "sarif"]);
    let document: Value = serde_json::from_str(&sarif).expect("JSON");
    assert_sarif(&document);
    let first = &document["runs"][0]["tool"]["driver"]["rules"][0];
    let page = format!("https://okr.example.com/okrs/checks/{}.html", first["id"].as_str().expect("an id"));
    assert_eq!(first["helpUri"], page.as_str());
    let results = document["runs"][0]["results"].as_array().expect("results");
    let milestone = results.iter().find(|result| result["ruleId"] == "milestone").expect("found");
    let location = &milestone["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "goals%20%26%20co/quarters/2026-Q3/shop.yaml");
}

/// Says what SARIF 2.1.0 asks of a document, as far as we write it (sections 3.13, 3.19, 3.27, 3.30, 3.49).
fn assert_sarif(document: &Value) {
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let ids: BTreeSet<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids.len(), rules.len(), "ids are unique");
    for rule in rules {
        assert!(rule["help"]["text"].as_str().is_some_and(|text| text.len() > 40), "{rule}");
        assert!(rule["shortDescription"]["text"].as_str().is_some_and(|text| text.ends_with('.')), "{rule}");
    }
    for result in run["results"].as_array().expect("results") {
        let place = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[place]["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().expect("a level")));
        assert!(!result["message"]["text"].as_str().expect("a text").is_empty());
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startLine"].as_u64().expect("a line") >= 1);
        assert!(result["partialFingerprints"]["okrbook/v1"].as_str().is_some_and(|print| print.len() == 12));
    }
}

#[test]
fn every_rule_and_every_fault_is_explained() {
    for rule in okrbook::check::rules() {
        let (code, stdout, stderr) = run(&["explain", rule.code]);
        assert_eq!((code, stderr.as_str()), (0, ""), "{}", rule.code);
        for part in ["Why", "Example", "Instead", "Silent", "okrbook-allow("] {
            assert!(stdout.contains(part), "{}: {stdout}", rule.code);
        }
        assert!(!stdout.contains('\u{1b}'), "no colour without a terminal");
    }
    for fault in okrbook::check::faults::faults() {
        let (code, stdout, _) = run(&["explain", fault.code]);
        assert!(code == 0 && stdout.contains("What to do"), "{}: {stdout}", fault.code);
    }
    let (code, list, _) = run(&["explain"]);
    assert_eq!(code, 0);
    assert!(okrbook::check::rules().iter().all(|rule| list.contains(rule.code)), "{list}");
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
}

#[test]
fn a_sentence_is_explained_number_by_number() {
    let explained = |sentence: &str| run(&["explain", "--sentence", sentence]);
    let (code, stdout, stderr) = explained("Raise builds under 10 min in 3 regions from 60% to 90% by 30 September");
    assert_eq!((code, stderr.as_str()), (0, ""));
    let expected = "\
sentence
  Raise builds under 10 min in 3 regions from 60% to 90% by 30 September
                     ^^^^^^    ^              ^^^    ^^^    ^^^^^^^^^^^^
                     |         |              start  end    when
                     |         of whom or where
                     what counts

reading
  measure    builds under 10 min in 3 regions
  goal       from 60 % to 90 %
  direction  higher is better, as `Raise` says
";
    assert_eq!(stdout.replace('\u{a0}', " "), expected);
    let (_, stdout, _) = explained("Search p95 under 200 ms on desktop and 400 ms on phones");
    for part in ["limit                 left over", "goal        none", "left over   `400 ms`", "two-limits"] {
        assert!(stdout.contains(part), "{part}: {stdout}");
    }
    for (sentence, finding) in [
        ("Workshop for the sales camp", "milestone"),
        ("Publish 12 posts", "gameable-metric"),
        ("Reduce churn to 3%", "no-baseline"),
        ("Make customers happier", "no-number"),
    ] {
        let (_, stdout, _) = explained(sentence);
        let own = stdout.lines().skip_while(|line| *line != "reading").find(|line| line.contains(finding));
        assert!(own.is_some(), "what `check` finds is told here, too: {stdout}");
    }
    let long = "Raise sign-ups of accounts over $50k in 12 countries from 1 in 5 to 2 in 5 ".repeat(3);
    let (code, stdout, _) = explained(&long);
    assert!(code == 0 && stdout.lines().all(|line| line.chars().count() <= 96), "{stdout}");
    let (code, stdout, _) = explained("\u{1b}[31mReduce\u{202e} incidents\nfrom 8 to 2\u{1b}[0m");
    assert!(code == 0 && !stdout.contains(['\u{1b}', '\u{202e}']), "{stdout}");
    assert_eq!(explained("").0, 0);
    assert_eq!(run(&["explain", "milestone", "--sentence", "Ship it"]).0, 2);
}

#[test]
fn an_unknown_code_is_answered_with_the_nearest() {
    for (code, near) in
        [("milestones", "milestone"), ("Milestone", ""), ("bad_cel", "bad-cell"), ("zzzzzz", "lists all")]
    {
        let (exit, _, stderr) = run(&["explain", code]);
        assert_eq!(exit, if near.is_empty() { 0 } else { 2 }, "{code}");
        assert!(stderr.contains(near), "{code}: {stderr}");
    }
}

#[test]
fn colour_is_for_those_who_ask_for_it() {
    let output = okrbook().args(["explain", "milestone", "--color", "always"]).output().expect("runs");
    assert!(output.stdout.contains(&0x1b));
}
