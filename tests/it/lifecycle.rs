//! A quarter's life as a team lives it: lock, check-ins, a goal that is softened, an amendment, a drop; and kills.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use okrbook::load::{read_check_in, read_lock};
use okrbook::model::ledger::TeamLock;

use crate::support::{contents, folder_with, okrbook, run};

const TEAM: &str = "quarters/2026-Q3/shop.yaml";
const LOCK: &str = "quarters/2026-Q3/lock.yaml";
const DATA: &str = "metrics/success.csv";

fn team(to: u32) -> String {
    format!(
        "objectives:
  - id: trust
    title: People trust checkout
    outcome: Reduce churn
    lever: Improve reliability
    key_results:
      - success: Improve checkout success from 94% to {to}%
      - id: speed
        title: Reduce checkout time from 3 s to 1 s
        owners: [ana]
"
    )
}

fn book() -> tempfile::TempDir {
    folder_with(&[
        ("okrbook.yaml", "organisation: Small\n"),
        (TEAM, &team(98)),
        (DATA, "date,value\n2026-06-30,94\n2026-07-05,94.4\n"),
        ("metrics/speed.csv", "date,value\n2026-06-30,3\n2026-07-05,2.8\n"),
    ])
}

/// What is found about ledgers and their files; other rules have tests of their own.
const OWN: [&str; 8] = [
    "moved-goalpost",
    "restated-history",
    "edited-lock",
    "late-lock",
    "not-read",
    "unknown-key",
    "bad-value",
    "yaml-syntax",
];

/// A book and the day on which it is asked.
struct Life<'a> {
    book: &'a Path,
}

impl Life<'_> {
    fn run(&self, day: &str, arguments: &[&str]) -> (i32, String, String) {
        let book = self.book.to_str().expect("UTF-8");
        run(&[&["-C", book, "--as-of", day], arguments].concat())
    }

    fn ok(&self, day: &str, arguments: &[&str]) -> String {
        let (code, _, stderr) = self.run(day, arguments);
        assert_eq!(code, 0, "{arguments:?}: {stderr}");
        stderr
    }

    fn refused(&self, day: &str, arguments: &[&str], because: &str) {
        let before = contents(self.book);
        let (code, _, stderr) = self.run(day, arguments);
        assert_eq!(code, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains(because), "{arguments:?}: {stderr}");
        assert_eq!(contents(self.book), before, "{arguments:?} wrote something");
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.book.join(path), text).expect("written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.book.join(path)).expect(path)
    }

    fn append(&self, path: &str, text: &str) {
        self.write(path, &(self.read(path) + text));
    }

    /// Returns the codes of what is found as of a day about ledgers and their files.
    fn findings(&self, day: &str) -> Vec<String> {
        let (_, stdout, _) = self.run(day, &["check", "--format", "short"]);
        let codes = stdout.lines().filter_map(|line| Some(line.split('[').nth(1)?.split(']').next()?.to_owned()));
        codes.filter(|code| OWN.contains(&code.as_str())).collect()
    }

    /// Builds the site and returns a file of it.
    fn page(&self, day: &str, path: &str) -> String {
        self.ok(day, &["--quiet", "build"]);
        self.read(&format!("site/{path}"))
    }

    /// Returns the machine form in one line.
    fn data(&self, day: &str) -> String {
        let data = self.page(day, "data/2026-Q3.json");
        data.lines().map(|line| line.trim().replace("\": ", "\":")).collect()
    }

    /// Returns a field of a key result in the machine form.
    fn field(&self, day: &str, id: &str, field: &str) -> String {
        let data = self.data(day);
        let key_result = data.split(&format!("\"id\":\"{id}\"")).nth(1).unwrap_or_else(|| panic!("no {id} in {data}"));
        let value = key_result.split(&format!("\"{field}\":")).nth(1).unwrap_or_else(|| panic!("no {field}"));
        value.split([',', '}']).next().expect("a value").trim_matches('"').to_owned()
    }
}

#[test]
fn a_quarter_is_lived_from_lock_to_amendment() {
    let folder = book();
    let life = Life { book: folder.path() };
    commit(&life);
    check_in(&life);
    soften(&life);
    amend(&life);
}

/// What is committed is recorded once.
fn commit(life: &Life<'_>) {
    let none: [&str; 0] = [];
    assert!(life.page("2026-07-06", "2026-Q3/index.html").contains("Goals not committed yet."));
    let said = life.ok("2026-07-06", &["lock", "2026-Q3"]);
    assert!(said.contains("locked 2 key results of shop"), "{said}");
    life.refused("2026-07-08", &["lock", "2026-Q3"], "a lock is never overwritten");
    life.refused("2026-07-08", &["lock", "2026-Q3", "--team", "shop"], "--amend");
    life.refused(
        "2026-07-08",
        &["lock", "2026-Q3", "--amend", "shop/trust/success", "--because", "x"],
        "nothing has changed",
    );
    assert_eq!(life.findings("2026-07-08"), none);
    assert!(life.page("2026-07-08", "2026-Q3/index.html").contains("Goals committed on 6"));
}

/// Three check-ins while the data grows.
fn check_in(life: &Life<'_>) {
    let none: [&str; 0] = [];
    life.append(DATA, "2026-07-20,95\n");
    life.ok(
        "2026-07-20",
        &["checkin", "--kr", "trust/success", "--confidence", "7", "--note", "New gateway", "--by", "ana"],
    );
    life.append(DATA, "2026-08-03,95.5\n");
    life.write(
        "said.yaml",
        "trust/success:\n  confidence: 5\ntrust/speed:\n  confidence: 8\n  note: \"Cache: warm\"\n",
    );
    life.ok(
        "2026-08-03",
        &["checkin", "2026-Q3", "--team", "shop", "--from", life.book.join("said.yaml").to_str().expect("UTF-8")],
    );
    life.append(DATA, "2026-08-17,96.8\n");
    life.ok("2026-08-17", &["checkin", "--all"]);
    assert_eq!(fs::read_dir(life.book.join("quarters/2026-Q3/checkins")).expect("there").count(), 3);
    let card = life.page("2026-08-20", "2026-Q3/shop.html");
    for words in ["5 of 10", "7 of 10", "New gateway (ana)", "Cache: warm"] {
        assert!(card.contains(words), "{words}");
    }
    assert_eq!(life.field("2026-08-20", "success", "confidence"), "5");
    life.append(DATA, "2026-08-19,97.2\n");
    let index = life.page("2026-08-20", "index.html");
    assert!(index.contains("Since the last check-in, 17") && index.contains("1 rose, 1 stayed"), "{index}");
    assert_eq!(life.findings("2026-08-20"), none);
}

/// The goal is softened in silence: what was committed goes on to count.
fn soften(life: &Life<'_>) {
    assert_eq!(life.field("2026-08-20", "success", "score"), "0.8");
    life.write(TEAM, &team(97));
    assert_eq!(life.field("2026-08-20", "success", "score"), "0.8");
    assert_eq!(life.field("2026-08-20", "success", "score_today"), "1");
    assert_eq!(life.findings("2026-08-20"), ["moved-goalpost"]);
    let quarter = life.page("2026-08-20", "2026-Q3/index.html");
    assert!(quarter.contains("Goalposts moved") && quarter.contains("Changed without a word."), "{quarter}");
    let card = life.page("2026-08-20", "2026-Q3/shop.html");
    for words in ["goalpost moved", "committed 98", "moved to 97", "0.80 as committed, which counts; 1.00 by today"] {
        assert!(card.contains(words), "{words}: {card}");
    }
}

/// An amendment says when and why.
fn amend(life: &Life<'_>) {
    let none: [&str; 0] = [];
    let amend = ["lock", "2026-Q3", "--amend", "shop/trust/success", "--because", "Bank limits: 97%", "--by", "ben"];
    life.refused("2026-08-21", &amend[..4], "--because");
    life.refused(
        "2026-08-21",
        &["lock", "2026-Q3", "--amend", "shop/trust/sucess", "--because", "x"],
        "`shop/trust/success`",
    );
    life.ok("2026-08-21", &amend);
    life.refused("2026-08-22", &amend, "nothing has changed");
    life.refused("2026-08-20", &amend, "after 2026-08-20");
    assert_eq!(life.findings("2026-08-22"), none);
    assert_eq!(life.field("2026-08-22", "success", "score"), "0.8");
    let card = life.page("2026-08-22", "2026-Q3/shop.html");
    assert!(card.contains("by ben: Bank limits: 97%."), "{card}");
    assert_eq!(life.findings("2026-08-20"), ["moved-goalpost"], "on the day before, nobody had said why");
}

#[test]
fn a_key_result_that_disappears_counts_0_and_one_that_appears_counts_nothing() {
    let folder = book();
    let life = Life { book: folder.path() };
    life.append(DATA, "2026-08-01,98\n");
    life.ok("2026-07-06", &["lock", "2026-Q3"]);
    let dropped = team(98).replace(
        "      - id: speed\n        title: Reduce checkout time from 3 s to 1 s\n        owners: [ana]\n",
        "      - easy: Improve checkout success again from 90% to 91%\n        metric: success\n",
    );
    life.write(TEAM, &dropped);
    let data = life.data("2026-08-05");
    // 1 for what was kept and 0 for what was dropped; what was added feeds no mean.
    assert!(data.contains("\"score\":\"0.5\",\"grade\":\"0.5\",\"objectives\""), "{data}");
    assert_eq!(life.field("2026-08-05", "speed", "state"), "unscored");
    assert_eq!(life.field("2026-08-05", "speed", "score"), "0");
    let card = life.page("2026-08-05", "2026-Q3/shop.html");
    assert!(
        card.contains("Dropped since goals were committed on 6")
            && card.contains("Added after goals were committed on 6"),
        "{card}"
    );
    assert_eq!(life.findings("2026-08-05"), ["moved-goalpost", "moved-goalpost"]);
    for name in ["shop/trust/speed", "shop/trust/easy"] {
        life.ok("2026-08-05", &["lock", "2026-Q3", "--amend", name, "--because", "The team was halved"]);
    }
    assert_eq!(life.findings("2026-08-06"), Vec::<String>::new());
    assert_eq!(life.field("2026-08-06", "speed", "score"), "0");
    // The whole team goes: what it committed to stays.
    fs::remove_file(folder.path().join(TEAM)).expect("removed");
    let card = life.page("2026-08-06", "2026-Q3/shop.html");
    assert!(card.contains("Improve checkout success from 94% to 98%"), "{card}");
}

#[test]
fn a_lock_that_was_edited_by_hand_is_told_and_not_amended() {
    let folder = book();
    let life = Life { book: folder.path() };
    life.ok("2026-07-06", &["lock", "2026-Q3"]);
    let lock = life.read(LOCK);
    life.write(LOCK, &lock.replace("to: 98 %", "to: 97 %"));
    let (code, stdout, _) = life.run("2026-07-08", &["check", "--format", "short"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("quarters/2026-Q3/lock.yaml:7:13: error[edited-lock]"), "{stdout}");
    let amend = ["lock", "2026-Q3", "--amend", "shop/trust/success", "--because", "x"];
    life.refused("2026-07-08", &amend, "edited by hand");
    life.write(LOCK, &lock.replace("weight: 1", "wieght: 1"));
    life.refused("2026-07-08", &amend, "can't be read as a lock");
    life.write(LOCK, &format!("# Signed off by the board.\n{}", lock.replace('\n', "\r\n")));
    assert_eq!(life.findings("2026-07-08"), Vec::<String>::new(), "comments and line ends may change");
}

#[test]
fn a_team_may_join_and_leaves_the_others_as_they_are() {
    let folder = book();
    let life = Life { book: folder.path() };
    life.ok("2026-07-06", &["lock", "2026-Q3"]);
    let before = life.read(LOCK).replace("    locked:", "    # our own remark\n    locked:");
    life.write(LOCK, &before);
    life.write("quarters/2026-Q3/apps.yaml", &team(99));
    life.write("quarters/2026-Q3/vague.yaml", "objectives:\n  - id: a\n    title: A\n    key_results: [Be faster]\n");
    let (code, _, stderr) = life.run("2026-07-09", &["lock", "2026-Q3"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(
        stderr.contains("a key result without an id can't be locked")
            && stderr.contains("locked 2 key results of apps"),
        "{stderr}"
    );
    let after = life.read(LOCK);
    let own = before.split_once("  shop:").expect("a section").1;
    assert!(after.ends_with(&format!("  shop:{own}")), "{after}");
    let teams = read_lock(&after).expect("reads").teams;
    assert_eq!(
        teams.iter().map(|team| (team.team.value.as_str(), team.is_intact())).collect::<Vec<_>>(),
        [("apps", true), ("shop", true)]
    );
}

#[test]
fn a_gain_counts_from_the_start_that_was_locked() {
    let folder = folder_with(&[
        ("okrbook.yaml", "organisation: Small\n"),
        (
            TEAM,
            "objectives:\n  - id: love\n    title: People love it\n    key_results:\n      - nps: Increase NPS by 5 points\n",
        ),
        ("metrics/nps.csv", "date,value\n2026-06-30,30\n2026-07-05,31\n2026-08-01,34\n"),
    ]);
    let life = Life { book: folder.path() };
    life.ok("2026-07-06", &["lock", "2026-Q3"]);
    assert_eq!(life.field("2026-08-05", "nps", "score"), "0.8");
    life.write("metrics/nps.csv", "date,value\n2026-06-30,29\n2026-07-05,31\n2026-08-01,34\n");
    assert_eq!(life.field("2026-08-05", "nps", "score"), "0.8", "the export's past moved, the start did not");
    assert_eq!(life.findings("2026-08-05"), ["restated-history"]);
}

#[test]
fn a_past_that_changes_is_told() {
    let folder = book();
    let life = Life { book: folder.path() };
    life.append(DATA, "2026-08-01,95\n2026-08-08,95.1\n");
    life.ok("2026-08-16", &["checkin", "--all"]);
    let data = life.read(DATA);
    life.write(DATA, &data.replace("2026-08-08,95.1", "2026-08-08,96.9"));
    assert_eq!(life.findings("2026-08-20"), Vec::<String>::new(), "the last days are preliminary");
    life.write(DATA, &data.replace("2026-08-01,95\n", "2026-08-01,97\n"));
    assert_eq!(life.findings("2026-08-20"), ["restated-history"]);
}

#[test]
fn what_is_published_later_restates_nothing() {
    let goals = "Reduce churn from 5% to 3%\n      - again: Increase NPS by 5 points\n      - claims: Reduce late claims from 12/quarter to 6/quarter\n";
    let (june, months) = ("month,churn,nps\n2026-04,5.2,28\n2026-05,5.1,29\n", "2026-06,5.0,31\n2026-07,4.4,33\n");
    let claims = "date,claim\n2026-03-04,a\n2026-04-06,b\n2026-05-18,c\n2026-06-27,d\n2026-07-02,e\n";
    let folder = folder_with(&[
        ("okrbook.yaml", "organisation: Small\n"),
        (TEAM, &format!("objectives:\n  - id: love\n    title: People stay\n    key_results:\n      - churn: {goals}")),
        (
            "metrics.yaml",
            "churn: { file: months.csv, value: churn, unit: \"%\" }\nagain: { file: months.csv, value: nps }\n\
             claims: { file: claims.csv, count: rows }\n",
        ),
        ("metrics/months.csv", june),
        ("metrics/claims.csv", claims),
    ]);
    let life = Life { book: folder.path() };
    life.ok("2026-07-04", &["lock", "2026-Q3"]);
    life.ok("2026-07-04", &["checkin", "--all"]);
    life.append("metrics/months.csv", months);
    life.append("metrics/claims.csv", "2026-08-20,f\n");
    life.ok("2026-08-21", &["checkin", "--all"]);
    life.append("metrics/months.csv", "2026-08,4.2,36\n");
    let none: [&str; 0] = [];
    assert_eq!(life.findings("2026-09-20"), none);
    life.write("metrics/months.csv", &(june.replace("5.1,29", "5.1,24") + months));
    assert_eq!(life.findings("2026-09-20"), ["restated-history"], "May is another one");
    life.write("metrics/months.csv", &format!("{june}{}", months.replace("4.4", "3.9")));
    assert_eq!(life.findings("2026-09-20"), ["restated-history"], "July is");
    life.write("metrics/months.csv", &format!("{june}{months}"));
    life.write("metrics/claims.csv", &claims.replace("2026-05-18,c\n", ""));
    assert_eq!(life.findings("2026-09-20"), ["restated-history"], "a claim is gone, once for lock and check-ins");
}

#[test]
fn a_sentence_that_is_read_otherwise_moves_no_goalpost() {
    let team = |keys: &str| {
        format!(
            "objectives:\n  - id: quick\n    title: Nobody waits\n    key_results:\n      - id: wait\n        \
             title: Reduce waiting from 30 to 10\n{keys}"
        )
    };
    let (by_keys, by_words) = (team("        unit: min\n"), team(""));
    let folder = folder_with(&[
        ("okrbook.yaml", "organisation: Small\n"),
        (TEAM, &by_keys),
        ("metrics.yaml", "wait: { file: wait.csv, unit: min }\n"),
        ("metrics/wait.csv", "date,value\n2026-06-30,30\n2026-08-01,15\n"),
    ]);
    let life = Life { book: folder.path() };
    let codes = |day: &str| {
        let (_, stdout, _) = life.run(day, &["check", "--format", "short"]);
        let all = ["reread-goal", "moved-goalpost", "edited-lock", "units-differ"];
        all.into_iter().filter(|code| stdout.contains(&format!("[{code}]"))).collect::<Vec<_>>()
    };
    life.ok("2026-07-04", &["lock", "2026-Q3"]);
    assert_eq!((codes("2026-08-05"), life.field("2026-08-05", "wait", "score").as_str()), (vec![], "0.75"));
    // Here a key is gone; with another version the same words may be read so.
    life.write(TEAM, &by_words);
    assert_eq!(codes("2026-08-05"), ["reread-goal"]);
    assert_eq!(life.field("2026-08-05", "wait", "score"), "0.75", "the lock counts");
    life.write(TEAM, &team("        to: 20 min\n"));
    assert_eq!(codes("2026-08-05"), ["moved-goalpost"], "a key that says something else");
    life.write(TEAM, &by_words.replace("to 10", "to 20"));
    assert_eq!(codes("2026-08-05"), ["moved-goalpost"], "other words");
    life.write(TEAM, &by_words);
    life.write(LOCK, &life.read(LOCK).replace("from: 30 min", "from: 35 min"));
    assert_eq!(codes("2026-08-05"), ["moved-goalpost", "edited-lock"], "a lock that was written by hand");
}

#[test]
fn check_ins_of_one_day_add_up() {
    let folder = book();
    let life = Life { book: folder.path() };
    let path = "quarters/2026-Q3/checkins/2026-07-20.shop.yaml";
    life.ok("2026-07-20", &["checkin", "--kr", "success", "--confidence", "7", "--note", "Going well"]);
    let first = life.read(path).replace("  note: Going well", "  note: Going well  # said at lunch");
    life.write(path, &first);
    life.ok("2026-07-20", &["checkin", "--kr", "trust/speed", "--confidence", "3"]);
    life.append(DATA, "2026-07-19,95\n");
    life.ok("2026-07-20", &["checkin", "--all"]);
    let read = read_check_in(&life.read(path)).expect("reads");
    let said = |place: usize| read.entries[place].confidence.as_ref().map(|confidence| confidence.value);
    assert_eq!((said(0), said(1)), (Some(3), Some(7)), "speed, then success");
    assert_eq!(read.entries[1].note.as_deref(), Some("Going well"));
    assert_eq!(read.entries[1].progress.map(|progress| progress.to_string()).as_deref(), Some("0.25"));
    let refusals: [(&[&str], &str); 7] = [
        (&["checkin"], "the input is no terminal"),
        (&["checkin", "--kr", "sucess", "--confidence", "3"], "`trust/success`"),
        (&["checkin", "--kr", "success", "--confidence", "11"], "11"),
        (&["checkin", "--kr", "success", "--kr", "speed", "--confidence", "3"], "each `--kr`"),
        (&["checkin", "--team", "shed", "--all"], "--all"),
        (&["checkin", "--team", "shed", "--kr", "success"], "it has shop"),
        (&["checkin", "2026-Q4", "--all"], "no quarter 2026-Q4"),
    ];
    for (arguments, because) in refusals {
        life.refused("2026-07-21", arguments, because);
    }
    life.refused("2026-10-02", &["checkin", "2026-Q3", "--all"], "is over");
    life.write(path, "trust/success: [\n");
    let (code, _, stderr) = life.run("2026-07-20", &["checkin", "--all"]);
    assert_eq!(code, 2, "{stderr}");
    assert_eq!(life.read(path), "trust/success: [\n", "what can't be read is not written over");
}

#[test]
fn a_late_lock_says_so_only_where_quarters_are_locked() {
    let folder = book();
    let life = Life { book: folder.path() };
    assert_eq!(life.findings("2026-08-20"), Vec::<String>::new());
    let said = life.ok("2026-08-10", &["lock", "2026-Q3"]);
    assert!(said.contains("40 days into the quarter"), "{said}");
    assert_eq!(life.findings("2026-08-20"), ["late-lock"]);
    assert!(life.page("2026-08-20", "2026-Q3/index.html").contains("Shop committed late, on 10"));
}

/// Runs the program and kills it after so many microseconds.
fn killed(book: &Path, arguments: &[&str], after: u64) {
    let mut command = okrbook();
    command.arg("-C").arg(book).args(["--as-of", "2026-07-20"]).args(arguments);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    std::thread::sleep(Duration::from_micros(after));
    // A run that was quicker than the kill is a run too.
    let _ = child.kill();
    child.wait().expect("ends");
}

#[test]
fn a_kill_leaves_the_old_file_or_the_new_one() {
    let folder = book();
    let life = Life { book: folder.path() };
    let lock_path = folder.path().join(LOCK);
    let whole = |path: &Path| fs::read_to_string(path).ok();
    for round in 0..40 {
        let _ = fs::remove_file(&lock_path);
        killed(folder.path(), &["lock", "2026-Q3"], round * 400);
        if let Some(text) = whole(&lock_path) {
            let lock = read_lock(&text).unwrap_or_else(|| panic!("half a lock: {text}"));
            assert!(lock.teams.iter().all(TeamLock::is_intact), "{text}");
        }
        let check_in = folder.path().join("quarters/2026-Q3/checkins/2026-07-20.shop.yaml");
        killed(folder.path(), &["checkin", "--kr", "success", "--confidence", "5"], round * 400);
        if let Some(text) = whole(&check_in) {
            assert_eq!(read_check_in(&text).map(|known| known.entries.len()), Some(2), "{text}");
        }
    }
    let _ = fs::remove_file(&lock_path);
    life.ok("2026-07-20", &["lock", "2026-Q3"]);
    life.ok("2026-07-20", &["checkin", "--all"]);
    let codes = life.findings("2026-07-20");
    assert!(codes.is_empty(), "what kills left is read by nobody: {codes:?}");
}
