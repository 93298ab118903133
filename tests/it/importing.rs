//! `okrbook import`: OKRs of other products, with a report of what was understood, asked and left out.

mod company;

use std::fs;
use std::path::Path;

use company::zipped;

use crate::support::{contents, folder_with, run};

const SHEET: &str = "\
Team,Quarter,Objective,Key Result,Start,Target,Unit,Owner,Date,Value,Score
Platform,Q1 2024,Be dependable,Reduce P1 incidents from 8 to 2,8,2,,Ana Ruiz,2024-01-15,8,
Platform,Q1 2024,Be dependable,Reduce P1 incidents from 8 to 2,8,2,,Ana Ruiz,2024-03-20,5,0.5
Platform,1Q24,Be dependable,Checkout success,94,98,%,Ben Oe,2024-03-20,97,0.9
Data,2024 Q1,Be known,Visits,\"3,000,000\",\"3,637,839\",,Ana Ruiz,2024-04-02,\"3,637,839\",1
Data,Spring push,Be known,Visits,\"3,000,000\",\"3,637,839\",,Ana Ruiz,2024-04-02,\"3,637,839\",1
";

const MAP: &str = "\
source: Our sheet
team: Team
period: Quarter
objective: Objective
key_result: Key Result
start: Start
target: Target
unit: Unit
owners: Owner
date: Date
value: Value
score: Score
";

const BETTERWORKS: &str = "\
name,type,progress,start_date,end_date,owner_email,categories,description
Make checkout dependable,goal,60,2024-01-01,2024-03-31,ana.ruiz@example.com,reliability;shop,We lose people at the till
Reduce P1 incidents from 8/quarter to 2/quarter,milestone,50,2024-01-01,2024-03-31,ben@example.com,,
Get churn from 5 to 5,milestone,100,2024-01-01,2024-03-31,ben@example.com,,
Grow in Spain,goal,20,2024-01-01,2024-05-31,ana.ruiz@example.com,,
Open 3 shops,milestone,10,2024-01-01,2024-05-31,ben@example.com,,
";

/// A book without any objective, and beside it files to bring in.
fn beside(files: &[(&str, &str)]) -> tempfile::TempDir {
    let book = ("book/okrbook.yaml", "organisation: X\nas_of: 2026-11-20\n");
    folder_with(&[&[book], files].concat())
}

/// Runs `import` and returns its exit code, report and messages without the folder's name.
fn import(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let name = folder.to_str().expect("UTF-8");
    let arguments: Vec<String> = arguments.iter().map(|argument| argument.replace("@/", &format!("{name}/"))).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (code, report, said) = run(&[&["import", "-C", &format!("{name}/book")], &arguments[..]].concat());
    (code, report.replace(&format!("{name}/"), ""), said.replace(&format!("{name}/"), ""))
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("book").join(path)).expect(path)
}

/// Asserts that the book builds without an error.
fn no_errors(folder: &Path) {
    let (code, _, said) = run(&["check", "-q", "-C", folder.join("book").to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_table_arrives_with_its_check_ins_as_an_export_and_scores_are_computed_anew() {
    let folder = beside(&[("okrs.csv", SHEET), ("map.yaml", MAP)]);
    let (code, report, said) = import(folder.path(), &["@/okrs.csv", "--map", "@/map.yaml"]);
    assert_eq!((code, said.as_str()), (0, "wrote 7 files\n"), "{report}");
    assert_eq!(
        read(folder.path(), "quarters/2024-Q1/platform.yaml"),
        "\
# Brought in from Our sheet.
objectives:
  - id: be-dependable
    title: Be dependable
    key_results:
      - id: p1-incidents
        title: Reduce P1 incidents from 8 to 2
        metric: 2024-q1-platform-p1-incidents
        owners: [ana-ruiz]
      - id: checkout-success
        title: Checkout success
        from: 94
        to: 98
        unit: \"%\"
        metric: 2024-q1-platform-checkout-success
        owners: [ben-oe]
"
    );
    assert_eq!(
        read(folder.path(), "metrics/2024-Q1-platform.csv"),
        "date,key_result,value\n2024-01-15,p1-incidents,8\n2024-03-20,checkout-success,97\n2024-03-20,p1-incidents,5\n"
    );
    assert_eq!(read(folder.path(), "quarters/2024-Q1/index.md"), "---\nimported: true\n---\n");
    for line in [
        "2024-Q1 platform: 1 objective, 2 key results, 2 measured by 3 check-ins",
        "okrs.csv:6:6: `Be known`: `Spring push` is no period that is understood",
        "okrs.csv:5:87: 2024-Q1/data/visits: 1 there, no data here; all values are later than the cycle, from 2024-04-02 on",
        "okrs.csv:4:75: 2024-Q1/platform/checkout-success: 0.9 there, 0.75 here; computed from the value of 2024-03-20",
        "Scores: 3 compared, 2 differ",
        "    ben-oe: Ben Oe",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    no_errors(folder.path());
}

#[test]
fn a_second_run_changes_nothing_and_what_people_wrote_since_stays() {
    let folder = beside(&[("okrs.csv", SHEET), ("map.yaml", MAP)]);
    let again = || import(folder.path(), &["@/okrs.csv", "--map", "@/map.yaml"]).2;
    again();
    let before = contents(folder.path());
    assert_eq!(again(), "7 files as they were\n");
    assert_eq!(contents(folder.path()), before);
    let path = folder.path().join("book/quarters/2024-Q1/platform.yaml");
    let theirs = read(folder.path(), "quarters/2024-Q1/platform.yaml").replace("title: Be dep", "title: Be so dep");
    fs::write(&path, &theirs).expect("written");
    fs::write(folder.path().join("book/quarters/2024-Q1/index.md"), "---\nimported: true\n---\nWhat we learnt.\n")
        .expect("written");
    let said = again();
    assert!(said.starts_with("6 files as they were, 1 file there that differ"), "{said}");
    assert!(said.contains("quarters/2024-Q1/platform.yaml is there and says something else"), "{said}");
    assert_eq!(fs::read_to_string(&path).expect("there"), theirs);
    let (_, _, said) = import(folder.path(), &["@/okrs.csv", "--map", "@/map.yaml", "--into", "@/aside"]);
    assert_eq!(said, "wrote 7 files\n");
    assert!(folder.path().join("aside/quarters/2024-Q1/platform.yaml").exists());
}

#[test]
fn a_trial_says_the_same_and_writes_nothing() {
    let folder = beside(&[("okrs.csv", SHEET), ("map.yaml", MAP)]);
    let before = contents(folder.path());
    let (_, trial, said) = import(folder.path(), &["@/okrs.csv", "--map", "@/map.yaml", "--dry-run"]);
    assert_eq!(said, "would write 7 files\n");
    assert_eq!(contents(folder.path()), before);
    assert_eq!(import(folder.path(), &["@/okrs.csv", "--map", "@/map.yaml"]).1, trial);
}

#[test]
fn a_ready_map_reads_its_product_and_progress_becomes_no_value() {
    let folder = beside(&[("bw.csv", BETTERWORKS)]);
    let (code, report, said) = import(folder.path(), &["@/bw.csv", "--map", "betterworks", "--team", "shop"]);
    assert_eq!((code, said.as_str()), (0, "wrote 2 files\n"), "{report}");
    assert_eq!(
        read(folder.path(), "quarters/2024-Q1/shop.yaml"),
        "\
# Brought in from Betterworks.
objectives:
  - id: make-checkout-dependable
    title: Make checkout dependable
    note: We lose people at the till
    key_results:
      - id: p1-incidents
        title: Reduce P1 incidents from 8/quarter to 2/quarter
        owners: [ben]
      # Not taken: start and end are the same
      # - id: get-churn-from-5-to-5
      #   title: Get churn from 5 to 5
      #   owners: [ben]
"
    );
    for line in [
        "bw.csv:5:23: `Grow in Spain`: no cycle of the book runs from 2024-01-01 to 2024-05-31",
        "bw.csv:1:52: the column `categories` (1 cell): the map doesn't name it",
        "bw.csv:3:59: 2024-Q1/shop/p1-incidents: 0.50 there, no data here; no value with a day came with it",
        "bw.csv:4:1: `Get churn from 5 to 5` stands in 2024-Q1/shop as a comment: start and end are the same",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    assert!(!report.contains("example.com"), "no address is told: {report}");
    no_errors(folder.path());
}

#[test]
fn ready_maps_know_the_traps_of_their_products() {
    for (map, table, keys) in [
        (
            "asana",
            "parent,name,unit,initial_number_value,current_number_value,target_number_value,owner\nBe liked,People who stay,percentage,0.25,0.3,0.5,Ana\n",
            "from: 25\n        to: 50\n        unit: \"%\"",
        ),
        (
            "perdoo",
            "name,progress,status,type,weight,startValue,targetValue,currentValue,unit,lead,timeframe,targetType\nBe liked,30,ON_TRACK,OBJECTIVE,1,,,,,Ana,Q1 2024,\nComplaints,30,ON_TRACK,KEY_RESULT,2,9,3,7,,Ana,Q1 2024,STAY_AT_OR_BELOW\nCall them,30,ON_TRACK,INITIATIVE,1,,,,,Ana,Q1 2024,\n",
            "at_most: 3\n        owners: [ana]\n        weight: 2",
        ),
        (
            "lattice",
            "name,state,status,goalType,okrType,amountType,startingAmount,currentAmount,endingAmount,startDate,dueDate\nBe liked,x,OnTrack,x,objective,x,,,,1704067200,1711843200\nComplaints,x,OnTrack,x,key_result,x,9,7,3,1704067200,1711843200\n",
            "from: 9\n        to: 3",
        ),
        (
            "culture-amp",
            "email,name,due_at,status,completion,key_result_1_title,key_result_1_completion,key_result_2_title,key_result_2_completion\nana@example.com,Be liked,2024-03-31,x,0.4,Complaints from 9 to 3,0.33,Call 20 people,1.0\n",
            "title: Call 20 people",
        ),
        (
            "notion",
            "Objective,Key Result,Current Value,Target Value,Progress\nBe liked,Complaints,7,3,60%\n",
            "to: 3\n",
        ),
    ] {
        let folder = beside(&[("a.csv", table)]);
        let (code, report, said) =
            import(folder.path(), &["@/a.csv", "--map", map, "--team", "us", "--cycle", "2024-Q1"]);
        assert_eq!((code, said.as_str()), (0, "wrote 2 files\n"), "{map}: {report}");
        let team = read(folder.path(), "quarters/2024-Q1/us.yaml");
        assert!(team.contains(keys), "{map}: {team}");
        assert!(!team.contains("metric:") && !team.contains("60"), "no progress becomes a value: {team}");
        no_errors(folder.path());
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_nothing_is_written() {
    let map = ("map.yaml", MAP);
    for (files, arguments, message) in [
        (vec![("a.csv", "Team,Quarter\n\"open,Q1\n"), map], &["@/a.csv", "--map", "@/map.yaml"][..], "a.csv:2:1"),
        (
            vec![("a.csv", "Team,Quarter\nx,Q1\n"), map],
            &["@/a.csv", "--map", "@/map.yaml"],
            "has no column `Objective`",
        ),
        (vec![("a.csv", SHEET), ("m.yaml", "objectiv: A\n")], &["@/a.csv", "--map", "@/m.yaml"], "m.yaml:1:1"),
        (vec![("a.csv", SHEET)], &["@/a.csv", "--map", "jira"], "there is no map `jira`"),
        (vec![("a.csv", "")], &["@/a.csv", "--map", "notion"], "holds no table"),
        (vec![], &["@/gone.csv"], "gone.csv"),
    ] {
        let folder = beside(&files);
        let before = contents(folder.path());
        let (code, _, said) = import(folder.path(), arguments);
        assert!(code > 0 && said.contains(message), "{message}: {code} {said}");
        assert_eq!(contents(folder.path()), before);
    }
}

#[test]
fn columns_that_nobody_explained_are_asked_about() {
    let folder = beside(&[("a.csv", &SHEET.replace("Key Result", "How we tell"))]);
    let (code, report, said) = import(folder.path(), &["@/a.csv"]);
    assert_eq!((code, said.as_str()), (0, "wrote 0 files\n"));
    assert!(report.contains("a.csv:1:1: what the columns of a.csv mean (Team, Quarter, Objective"), "{report}");
    let folder = beside(&[("a.csv", SHEET)]);
    assert_eq!(import(folder.path(), &["@/a.csv"]).2, "wrote 7 files\n", "plain headings say it themselves");
}

const PAGE: &str = "\
# Team: Platform

Some words about us.

## OKRs Q1 2024

### Objective 1: Be dependable (@ana)

Why: people leave at the till.

#### Key results

- **KR1:** Reduce P1 incidents from 8 to 2 [0.5] (Owner: Ana Ruiz)
  - call the vendor
- [x] KR2: Launch the new till
- ~~KR3: Open a shop~~
- Reduce time to repair
  from 4 h to 2 h (@ben, @ana)

### Grow

| Key Result | Start | Target | Owner |
|---|---|---|---|
| Visits \\| month | 3,000,000 | 3,637,839 | @ana |

## Spring push

- Not a word about whose objective this is
";

#[test]
fn a_page_arrives_as_a_team_wrote_it() {
    let folder = beside(&[("okrs.md", PAGE)]);
    let (code, report, said) = import(folder.path(), &["@/okrs.md"]);
    assert_eq!((code, said.as_str()), (0, "wrote 2 files\n"), "{report}");
    assert_eq!(
        read(folder.path(), "quarters/2024-Q1/platform.yaml"),
        "\
# Brought in from okrs.md.
objectives:
  - id: be-dependable
    title: Be dependable
    key_results:
      - id: p1-incidents
        title: Reduce P1 incidents from 8 to 2
        owners: [ana-ruiz]
      - id: launch-the-new-till
        title: Launch the new till
      - id: time-to-repair
        title: Reduce time to repair from 4 h to 2 h
        owners: [ben, ana]

  - id: grow
    title: Grow
    key_results:
      - id: visits-month
        title: \"Visits | month\"
        from: 3000000
        to: 3637839
        owners: [ana]
"
    );
    for line in [
        "okrs.md:15:3: `Launch the new till` is ticked off: on which day?",
        "okrs.md:14:5: `call the vendor` stands below a key result",
        "okrs.md:16:10: `Open a shop` is struck out",
        "okrs.md:26:4: the list below `Spring push`: no objective is above it",
        "okrs.md:13:45: 2024-Q1/platform/p1-incidents: 0.5 there, no data here; no value with a day came with it",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    no_errors(folder.path());
}

/// Returns what stands in the file of a team that a page made, without its head.
fn page(text: &str, settings: &str) -> (String, String) {
    let folder = beside(&[("okrs.md", text)]);
    let path = folder.path().join("book/okrbook.yaml");
    let own = fs::read_to_string(&path).expect("there");
    fs::write(path, own + settings).expect("written");
    let (code, report, said) = import(folder.path(), &["@/okrs.md", "--team", "us", "--cycle", "2024-Q1"]);
    assert_eq!(code, 0, "{said}");
    no_errors(folder.path());
    let files = contents(&folder.path().join("book/quarters"));
    let mut shown = String::new();
    for (path, bytes) in files {
        let name = path.to_string_lossy().into_owned();
        let text = String::from_utf8(bytes).expect("UTF-8");
        let titles = text.lines().filter_map(|line| line.split_once("title: "));
        for (blanks, title) in titles {
            shown.push_str(&format!("{}{name} {title}\n", &blanks[4..]));
        }
    }
    (shown.replace("2024-Q1/", "").replace(".yaml", ""), report)
}

#[test]
fn pages_are_read_in_the_shapes_in_which_teams_publish_them() {
    for (text, expected) in [
        // Objectives in bold, key results below them, no labels.
        (
            "# Q1 2024\n\n## Web\n\n1. **Web: Be fast**\n   1. Load in 2 s => Done\n   1. Render in 1 s\n1. Be liked ==> no\n   - Ask 5 users\n",
            "us \"Web: Be fast\"\n    us Load in 2 s => Done\n    us Render in 1 s\nus Be liked ==> no\n    us Ask 5 users\n",
        ),
        // A table below a labelled heading.
        (
            "## Objective: Be fast\n\nBackground:\n\n* [a link](https://x.example)\n\n| Key Result | Assignee | Final Score |\n| --- | --- | --- |\n| Load in 2 s | @ana | 0.7 |\n",
            "us Be fast\n    us Load in 2 s\n",
        ),
        // Key results as headings.
        (
            "## Objective 1: Be fast\n### Key Result 1.1: Load in 2 s\n- **Target:** 2\n- **Owner:** Ana\n### Key Result 1.2: Render in 1 s\n",
            "us Be fast\n    us Load in 2 s\n    us Render in 1 s\n",
        ),
        // A quotation, and items side by side.
        (
            "> **Objective:** Be fast\n>\n> **KR1:** Load in 2 s\n\nText.\n\n- **Objective:** Be liked\n- **KR1:** Ask 5 users\n",
            "us Be fast\n    us Load in 2 s\nus Be liked\n    us Ask 5 users\n",
        ),
        // A label with its sentence below it; other lists of the text are none.
        (
            "- **Objective 1: Be fast**\n    - Key result 1:\n        - Load in 2 s\n    - Key result 2:\n        - Render in 1 s\n\n### Successes\n\n- a talk\n- Features:\n    - a thing\n",
            "us Be fast\n    us Load in 2 s\n    us Render in 1 s\n",
        ),
        // Lines right above lists below a period.
        (
            "### Q1 2024\nBe fast (7/10)\n- Load in 2 s\n\nBe liked\n- Ask 5 users\n",
            "us Be fast (7/10)\n    us Load in 2 s\nus Be liked\n    us Ask 5 users\n",
        ),
        // What is said beside the key results.
        (
            "## Objective: Be fast\n- **Deadline:** End of Q1\n- **Key Results:** both of us\n  1. Load in 2 s\n  2. Render in 1 s\n- **Notes:**\n  * none\n",
            "us Be fast\n    us Load in 2 s\n    us Render in 1 s\n",
        ),
        // A heading between an objective and its key results; a quarter below its year.
        ("## 2024\n### Q1\n#### Be fast\n##### Key results\n- Load in 2 s\n", "us Be fast\n    us Load in 2 s\n"),
        // Headings of teams that the book names.
        (
            "## Web\n### Be fast\n- Load in 2 s\n## Shop\n### Be liked\n- Ask 5 users\n",
            "shop Be liked\n    shop Ask 5 users\nus Be fast\n    us Load in 2 s\n",
        ),
    ] {
        let (shown, report) = page(text, "teams: { shop: Shop }\n");
        assert_eq!(shown, expected, "{text}\n{report}");
    }
}

/// Returns a workbook of one sheet with these cells, each a name, a style and what stands in it.
fn workbook(cells: &[(&str, u8, &str)]) -> Vec<u8> {
    let mut rows: std::collections::BTreeMap<u32, String> = std::collections::BTreeMap::new();
    for (name, style, text) in cells {
        let row = name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().expect("a row");
        let cell = match text.strip_prefix('=') {
            Some(number) => format!("<c r=\"{name}\" s=\"{style}\"><f>1+1</f><v>{number}</v></c>"),
            None => format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        };
        rows.entry(row).or_default().push_str(&cell);
    }
    let rows: String = rows.iter().map(|(row, cells)| format!("<row r=\"{row}\">{cells}</row>")).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inner: String| format!("<Relationships xmlns=\"{package}/relationships\">{inner}</Relationships>");
    zipped(&[
        ("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>").as_bytes()),
        ("_rels/.rels", relations(relation("r1", "officeDocument", "xl/workbook.xml")).as_bytes()),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Goals\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>").as_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(relation("r1", "worksheet", "worksheets/sheet1.xml") + &relation("r2", "styles", "styles.xml")).as_bytes(),
        ),
        (
            "xl/styles.xml",
            format!("<styleSheet xmlns=\"{main}\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>").as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>").as_bytes()),
    ])
}

#[test]
fn a_workbook_arrives_with_percentages_and_days_as_they_are_shown() {
    let folder = beside(&[]);
    let head = ["Team", "Quarter", "Objective", "Key Result", "Start", "Target", "Date", "Value"];
    let heads: Vec<(String, u8, &str)> =
        head.iter().zip("ABCDEFGH".chars()).map(|(text, column)| (format!("{column}1"), 0, *text)).collect();
    let mut cells: Vec<(&str, u8, &str)> =
        heads.iter().map(|(name, style, text)| (name.as_str(), *style, *text)).collect();
    cells.extend([
        ("A2", 0, "Platform"),
        ("B2", 0, "Q1 2024"),
        ("C2", 0, "Be dependable"),
        ("D2", 0, "Checkout success"),
    ]);
    cells.extend([("E2", 1, "=0.94"), ("F2", 1, "=0.98"), ("G2", 2, "=45371"), ("H2", 1, "=0.97")]);
    cells.extend([("B4", 0, "Sprint 9"), ("C4", 0, "Be quick"), ("D4", 0, "Reply sooner")]);
    fs::write(folder.path().join("okrs.xlsx"), workbook(&cells)).expect("written");
    let (code, report, said) = import(folder.path(), &["@/okrs.xlsx"]);
    assert_eq!((code, said.as_str()), (0, "wrote 4 files\n"), "{report}");
    let team = read(folder.path(), "quarters/2024-Q1/platform.yaml");
    assert!(team.contains("from: 94\n        to: 98\n        unit: \"%\"\n"), "{team}");
    assert_eq!(
        read(folder.path(), "metrics/2024-Q1-platform.csv"),
        "date,key_result,value\n2024-03-20,checkout-success,97\n"
    );
    assert!(report.contains("okrs.xlsx, sheet Goals, B4: `Be quick`: `Sprint 9` is no period"), "{report}");
    no_errors(folder.path());
}

#[test]
fn what_only_claims_to_be_an_export_is_refused_with_its_place() {
    let bomb = vec![b'0'; 140 << 20];
    let goals = |text: &str| zipped(&[("objectives.json", text.as_bytes())]);
    let far = workbook(&[("A1", 0, "a"), ("B1", 0, "b"), ("XFD1048576", 0, "far")]);
    for (name, bytes, message) in [
        ("a.zip", zipped(&[("objectives.json", &bomb)]), "unpacks to more than the 128 MB"),
        ("a.zip", zipped(&[("../objectives.json", b"[]")]), "it leads out of the folder"),
        ("a.zip", goals("[{\"ID\": 1,\n \"Title\" 2}]"), "a.zip/objectives.json:2:10"),
        ("a.zip", goals(&"[".repeat(1 << 20)), "values stand deeper in each other than 32"),
        ("a.zip", b"PK\x03\x04nothing".to_vec(), "can't be unpacked"),
        ("a.xlsx", b"no workbook".to_vec(), "can't be unpacked"),
        ("a.xlsx", zipped(&[("x", b"y")]), "can't be read as a workbook"),
        ("a.xlsx", far, "XFD1048576 lies beyond"),
        ("a.csv", vec![0xE9, b',', b'a'], "neither UTF-8 nor UTF-16"),
        ("a.csv", format!("Objective,Key Result\na,{}\n", "x".repeat(70 << 10)).into_bytes(), "a.csv:2:3"),
    ] {
        let folder = beside(&[]);
        fs::write(folder.path().join(name), bytes).expect("written");
        let before = contents(folder.path());
        let (code, _, said) = import(folder.path(), &[&format!("@/{name}")]);
        assert!(code == 1 && said.contains(message), "{message}: {code} {said}");
        assert_eq!(contents(folder.path()), before);
    }
}

#[test]
fn texts_of_an_export_become_texts_whatever_they_look_like() {
    let odd = "Team,Quarter,Objective,Key Result,Note\n\
               ../../etc,Q1 2024,\"key: [value] # no\",=HYPERLINK(\"\"x\"\"),{% raw %}\n\
               index,Q1 2024,\"\u{1b}[31m- a\nb: c\",<script>alert(1)</script>,'\n";
    let folder = beside(&[("a.csv", odd)]);
    let (code, report, _) = import(folder.path(), &["@/a.csv"]);
    assert_eq!(code, 0, "{report}");
    assert!(!report.contains('\u{1b}'), "nothing acts on the terminal");
    let team = read(folder.path(), "quarters/2024-Q1/etc.yaml");
    assert!(team.contains("title: \"key: [value] # no\"\n"), "{team}");
    assert!(read(folder.path(), "quarters/2024-Q1/team-index.yaml").contains("[31m- a b: c\"\n"));
    no_errors(folder.path());
}

/// Brings a company in, and asserts that nobody has to touch a line for it to build; returns the report.
fn arrives(name: &str, bytes: &[u8], options: &[&str]) -> String {
    let folder = beside(&[("map.yaml", &format!("{MAP}decimal: \".\"\n").replace("unit: Unit\n", ""))]);
    fs::write(folder.path().join(name), bytes).expect("written");
    let file = format!("@/{name}");
    let arguments = [&[file.as_str()], options].concat();
    let (code, report, said) = import(folder.path(), &arguments);
    assert_eq!(code, 0, "{said}");
    assert!(!report.contains("Asked") || name.ends_with(".md"), "{report}");
    let before = contents(folder.path());
    let again = import(folder.path(), &arguments).2;
    assert!(again.ends_with("files as they were\n"), "{again}");
    assert_eq!(contents(folder.path()), before);
    no_errors(folder.path());
    let book = folder.path().join("book");
    let (code, _, said) = run(&["build", "-q", "-C", book.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{said}");
    report
}

#[test]
fn two_years_of_a_company_arrive_in_one_command_from_each_form_and_build_without_an_error() {
    let objectives = company::objectives();
    let late = |report: &str| report.matches("came after the cycle's last day and doesn't count").count();
    let counts = |report: &str, word: &str| {
        let lines = report.lines().filter(|line| line.starts_with("  20") && line.contains("objective"));
        let number = |part: &str| part.strip_suffix(word)?.trim().split(' ').next_back()?.parse::<usize>().ok();
        lines.flat_map(|line| line.split([',', ':'])).filter_map(number).sum::<usize>()
    };
    let table = arrives("okrs.csv", company::table(&objectives).as_bytes(), &["--map", "@/map.yaml"]);
    assert_eq!(counts(&table, "key results"), 400, "{table}");
    assert!(table.contains("Scores: 360 compared, 20 differ"), "{table}");
    assert_eq!(late(&table), company::LATE);
    let viva = arrives("viva.zip", &company::viva(&objectives), &[]);
    assert_eq!(counts(&viva, "key results") + viva.matches("is a project: work, and no result").count(), 400, "{viva}");
    assert!(viva.contains("Scores: 360 compared, 20 differ"), "{viva}");
    assert_eq!(late(&viva), company::LATE);
    let page = arrives("okrs.md", company::markdown(&objectives).as_bytes(), &[]);
    assert_eq!(counts(&page, "key results"), 400, "{page}");
    assert_eq!(page.matches("no value with a day came with it").count(), 360, "{page}");
}

#[cfg(unix)]
#[test]
fn no_link_of_the_book_leads_a_write_out_of_it() {
    let folder = beside(&[("okrs.csv", SHEET), ("map.yaml", MAP), ("outside/keep", "x")]);
    std::os::unix::fs::symlink(folder.path().join("outside"), folder.path().join("book/metrics")).expect("linked");
    let (code, _, said) = import(folder.path(), &["@/okrs.csv", "--map", "@/map.yaml"]);
    assert_eq!(code, 2, "{said}");
    assert_eq!(fs::read_dir(folder.path().join("outside")).expect("readable").count(), 1);
}
