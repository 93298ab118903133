//! `okrbook lsp` as an editor speaks with it: a scripted client over stdin and stdout.

use std::fs;
use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{folder_with, okrbook, run};

const TEAM: &str = "objectives:
  - id: trust
    title: People trust us 🚀 für immer
    key_results:
      - { id: ü1, wieght: 2, title: \"🚀 Raise success from 94% to 98%\", metric: succes }
";

const BOOK: &[(&str, &str)] = &[
    ("okrbook.yaml", "organisation: Small\nas_of: 2026-08-20\npeople: { ana: Ana Ruiz }\nteams: { shop: The shop }\n"),
    ("metrics.yaml", "success: { source: gateway, unit: \"%\", owner: ana }\n"),
    ("metrics/success.csv", "date,value\n2026-07-01,94.5\n2026-08-20,96.8\n"),
    ("quarters/2026-Q3/shop.yaml", TEAM),
];

/// An editor that speaks with the program.
struct Editor {
    program: Child,
    to: Option<ChildStdin>,
    from: Receiver<Value>,
    asked: i64,
    /// What was told of documents, the latest at the end.
    told: Vec<Value>,
}

impl Editor {
    /// Starts the program and greets it.
    fn new() -> Self {
        let mut editor = Self::silent();
        let answer = editor.ask("initialize", &json!({ "capabilities": {}, "processId": null, "rootUri": null }));
        assert_eq!(answer["result"]["serverInfo"]["name"], "okrbook", "{answer}");
        editor.tell("initialized", &json!({}));
        editor
    }

    fn silent() -> Self {
        let mut command = okrbook();
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = command.spawn().expect("the program starts");
        let (to, out) = (program.stdin.take(), program.stdout.take().expect("stdout"));
        let (put, from) = channel();
        thread::spawn(move || {
            let mut out = BufReader::new(out);
            while let Some(message) = message(&mut out) {
                if put.send(message).is_err() {
                    break;
                }
            }
        });
        Self { program, to, from, asked: 0, told: Vec::new() }
    }

    fn write(&mut self, message: &Value) {
        let body = message.to_string();
        let to = self.to.as_mut().expect("open");
        write!(to, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("written");
        to.flush().expect("written");
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn next(&mut self) -> Value {
        self.from.recv_timeout(Duration::from_secs(60)).expect("the program says something")
    }

    /// Asks, and returns the answer.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.next();
            if message["id"] == id {
                return message;
            }
            self.told.push(message);
        }
    }

    fn open(&mut self, address: &str, text: &str) {
        let document = json!({ "uri": address, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    fn change(&mut self, address: &str, text: &str) {
        let document = json!({ "uri": address, "version": 2 });
        self.tell("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": [{ "text": text }] }));
    }

    /// Returns the next findings that are told of a document.
    fn findings(&mut self, address: &str) -> Vec<Value> {
        let is_it = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == address
        };
        let known = self.told.iter().position(is_it).map(|place| self.told.remove(place));
        let found = known.unwrap_or_else(|| {
            loop {
                let message = self.next();
                if is_it(&message) {
                    break message;
                }
                self.told.push(message);
            }
        });
        found["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    /// Asks about the place where a text stands in another one, `skip` units of UTF-16 behind its beginning.
    fn at(&mut self, method: &str, address: &str, (text, needle): (&str, &str)) -> Value {
        let position = position(text, needle);
        let params = json!({ "textDocument": { "uri": address }, "position": position });
        self.ask(&format!("textDocument/{method}"), &params)["result"].clone()
    }

    /// Says goodbye, and returns the exit code.
    fn end(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", &Value::Null)["result"], Value::Null);
        self.tell("exit", &Value::Null);
        self.code()
    }

    fn code(mut self) -> Option<i32> {
        self.to = None;
        let mut said = String::new();
        self.program.stderr.take().expect("stderr").read_to_string(&mut said).expect("UTF-8");
        assert!(!said.contains("internal error"), "{said}");
        self.program.wait().expect("ended").code()
    }
}

fn message(out: &mut impl std::io::BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if out.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim() {
            "" => break,
            line => length = line.strip_prefix("Content-Length: ").map_or(length, |n| n.parse().expect("a number")),
        }
    }
    let mut body = vec![0; length];
    out.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}

/// Returns where a text stands in another one, as editors count.
fn position(text: &str, needle: &str) -> Value {
    let place = text.find(needle).unwrap_or_else(|| panic!("{needle} is there"));
    let before = &text[..place];
    let line = before.rsplit('\n').next().expect("a line");
    json!({ "line": before.matches('\n').count(), "character": line.encode_utf16().count() + 1 })
}

fn address(folder: &Path, path: &str) -> String {
    let folder = folder.canonicalize().expect("there");
    format!("file://{}/{path}", folder.to_str().expect("UTF-8"))
}

fn labels(answer: &Value) -> Vec<&str> {
    let items = answer.as_array().expect("a list").iter();
    items.map(|item| item["label"].as_str().expect("a text")).collect()
}

#[test]
fn findings_are_told_while_somebody_types_at_places_that_count_utf_16() {
    let folder = folder_with(BOOK);
    let shop = address(folder.path(), "quarters/2026-Q3/shop.yaml");
    let mut editor = Editor::new();
    editor.open(&shop, TEAM);
    let found = editor.findings(&shop);
    let codes: Vec<&str> = found.iter().map(|found| found["code"].as_str().expect("a code")).collect();
    assert!(codes.contains(&"unknown-key") && codes.contains(&"unknown-metric"), "{codes:?}");
    let book = folder.path().to_str().expect("UTF-8");
    let (_, checked, _) = run(&["check", book, "--format", "short"]);
    let own = checked.lines().filter(|line| line.starts_with("quarters/2026-Q3/shop.yaml")).count();
    assert_eq!(found.len(), own, "as many as `check` says: {checked}");
    let metric = found.iter().find(|found| found["code"] == "unknown-metric").expect("found");
    let start = &metric["range"]["start"];
    let before = TEAM.lines().nth(4).expect("a line").split("succes }").next().expect("before it");
    assert_eq!((&start["line"], &start["character"]), (&json!(4), &json!(before.encode_utf16().count())), "{metric}");
    assert!(metric["message"].as_str().expect("a text").contains("help: write `success`"), "{metric}");

    let mended = TEAM.replace("succes }", "success }").replace("wieght", "weight");
    editor.change(&shop, &mended);
    let found = editor.findings(&shop);
    assert!(found.iter().all(|found| found["code"] != "unknown-metric"), "{found:?}");
    editor.change(&shop, "objectives: [");
    let found = editor.findings(&shop);
    assert!(found.iter().any(|found| found["severity"] == 1), "what is half typed is told as well: {found:?}");
    editor.tell("textDocument/didClose", &json!({ "textDocument": { "uri": shop } }));
    let found = editor.findings(&shop);
    assert!(found.iter().any(|found| found["code"] == "unknown-metric"), "the file counts again: {found:?}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_letter_in_one_file_sends_nothing_anew_of_the_others() {
    let folder = folder_with(BOOK);
    fs::write(folder.path().join("quarters/2026-Q3/web.yaml"), TEAM.replace("succes }", "sucess }")).expect("written");
    let (shop, web) =
        (address(folder.path(), "quarters/2026-Q3/shop.yaml"), address(folder.path(), "quarters/2026-Q3/web.yaml"));
    let mut editor = Editor::new();
    editor.open(&shop, TEAM);
    editor.findings(&shop);
    assert!(!editor.findings(&web).is_empty(), "files that nobody opened are told of, too");
    editor.change(&shop, &format!("{TEAM}# a letter\n"));
    editor.findings(&shop);
    editor.at("hover", &shop, (TEAM, "trust"));
    assert!(editor.told.iter().all(|told| told["params"]["uri"] != web), "{:?}", editor.told);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_sentence_a_key_and_a_metric_say_what_they_are_and_lead_there() {
    let folder = folder_with(BOOK);
    let shop = address(folder.path(), "quarters/2026-Q3/shop.yaml");
    let text = TEAM.replace("succes }", "success }").replace("wieght", "weight");
    let mut editor = Editor::new();
    editor.open(&shop, &text);
    editor.findings(&shop);
    let said = |answer: &Value| answer["contents"]["value"].as_str().unwrap_or_default().replace('\u{a0}', " ");
    let sentence = editor.at("hover", &shop, (&text, "Raise success"));
    assert!(said(&sentence).contains("from 94 % to 98 %") && said(&sentence).contains("as `Raise` says"), "{sentence}");
    let range = &sentence["range"];
    let before = text.lines().nth(4).expect("a line").split("\"🚀").next().expect("before it");
    assert_eq!(range["start"]["character"], before.encode_utf16().count(), "{range}");
    let key = editor.at("hover", &shop, (&text, "weight"));
    assert!(said(&key).contains("objective's score"), "{key}");
    let metric = editor.at("hover", &shop, (&text, "success }"));
    assert!(said(&metric).contains("source: gateway"), "{metric}");
    assert_eq!(editor.at("hover", &shop, (&text, "People trust")), Value::Null, "an objective is no measured sentence");
    let definition = editor.at("definition", &shop, (&text, "success }"));
    assert_eq!(definition["uri"], address(folder.path(), "metrics.yaml"), "{definition}");
    assert_eq!(definition["range"]["start"], json!({ "line": 0, "character": 0 }));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn keys_metrics_people_teams_and_codes_are_offered_where_they_may_stand() {
    let folder = folder_with(BOOK);
    let shop = address(folder.path(), "quarters/2026-Q3/shop.yaml");
    let settings = address(folder.path(), "okrbook.yaml");
    let mut editor = Editor::new();
    editor.open(&shop, TEAM);
    editor.findings(&shop);
    let mut offered = |address: &str, text: &str| {
        editor.change(address, text);
        let place = text.find('|').expect("a bar");
        let (text, line) = (text.replace('|', ""), text[..place].matches('\n').count());
        let last = text[..place].rsplit('\n').next().expect("a line").encode_utf16().count();
        editor.change(address, &text);
        let position = json!({ "line": line, "character": last });
        let params = json!({ "textDocument": { "uri": address }, "position": position });
        let answer = editor.ask("textDocument/completion", &params)["result"].clone();
        labels(&answer).iter().map(|label| (*label).to_owned()).collect::<Vec<_>>()
    };
    let start = "objectives:\n  - id: ü🚀\n    key_results:\n      - id: a\n";
    let keys = offered(&shop, &format!("{start}        me|"));
    assert!(keys.contains(&"metric".to_owned()) && !keys.contains(&"lever".to_owned()), "{keys:?}");
    assert!(offered(&shop, "objectives:\n  - id: a\n    |").contains(&"lever".to_owned()));
    assert_eq!(offered(&shop, &format!("{start}        metric: su|")), ["success"]);
    assert_eq!(offered(&shop, &format!("{start}        owners: [a|")), ["ana"]);
    assert!(offered(&shop, &format!("{start}        # okrbook-allow(|")).contains(&"no-baseline".to_owned()));
    assert!(offered(&shop, "rubbish:\n  deeper:\n    |").is_empty());
    let book = "organisation: Small\n";
    editor.open(&settings, book);
    let mut offered = |text: &str| {
        let position =
            json!({ "line": text.matches('\n').count(), "character": text.rsplit('\n').next().map_or(0, str::len) });
        editor.change(&settings, text);
        let params = json!({ "textDocument": { "uri": settings }, "position": position });
        let answer = editor.ask("textDocument/completion", &params)["result"].clone();
        labels(&answer).iter().map(|label| (*label).to_owned()).collect::<Vec<_>>()
    };
    assert!(offered("organisation: Small\nchecks:\n  mile").contains(&"milestone".to_owned()));
    assert!(offered("organisation: Small\nteams:\n  web:\n    parent: ").contains(&"shop".to_owned()));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_a_finding_s_help_proposes_is_written_by_an_action() {
    let folder = folder_with(BOOK);
    let shop = address(folder.path(), "quarters/2026-Q3/shop.yaml");
    let mut editor = Editor::new();
    editor.open(&shop, TEAM);
    let place = position(TEAM, "wieght");
    let params = json!({
        "textDocument": { "uri": shop },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [] },
    });
    let actions = editor.ask("textDocument/codeAction", &params)["result"].clone();
    assert_eq!(actions.as_array().map(Vec::len), Some(1), "{actions}");
    assert_eq!(actions[0]["title"], "write `weight`");
    let edit = &actions[0]["edit"]["changes"][&shop][0];
    assert_eq!(edit["newText"], "weight");
    let line = TEAM.lines().nth(4).expect("a line");
    let units: Vec<u16> = line.encode_utf16().collect();
    let unit = |at: &Value| usize::try_from(at["character"].as_u64().expect("a number")).expect("small");
    let range = &edit["range"];
    assert_eq!(String::from_utf16_lossy(&units[unit(&range["start"])..unit(&range["end"])]), "wieght", "{range}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn documents_that_are_no_files_of_a_book_are_heard_and_nothing_is_said_of_them() {
    let folder = folder_with(BOOK);
    let outside = folder_with(&[("a b.yaml", "x: 1\n")]);
    let mut editor = Editor::new();
    for address in [
        "untitled:Untitled-1".to_owned(),
        "file:///c%3A/okr/okrbook.yaml".to_owned(),
        "file:///c:/okr/okrbook.yaml".to_owned(),
        "file:///%FF%00/a.yaml".to_owned(),
        "file://server/share/a.yaml".to_owned(),
        "file:///".to_owned(),
        "git:/a.yaml?%7B%22ref%22%3A%22~%22%7D".to_owned(),
        format!("file://{}/a%20b.yaml", outside.path().to_str().expect("UTF-8")),
    ] {
        editor.open(&address, TEAM);
        editor.change(&address, "a: |");
        for method in ["hover", "completion", "definition"] {
            let answer = editor.at(method, &address, (TEAM, "trust"));
            assert_eq!(answer, Value::Null, "{address} {method}");
        }
        editor.tell("textDocument/didSave", &json!({ "textDocument": { "uri": address } }));
        editor.tell("textDocument/didClose", &json!({ "textDocument": { "uri": address } }));
    }
    // What is in no form of the protocol, and what nobody knows.
    editor.tell("textDocument/didOpen", &json!({ "textDocument": 5 }));
    editor.tell("$/whatever", &json!([]));
    assert_eq!(editor.ask("textDocument/hover", &json!({ "textDocument": {} }))["error"]["code"], -32602);
    assert_eq!(editor.ask("textDocument/rename", &json!({}))["error"]["code"], -32601);
    // An address whose signs are written as numbers is the file's all the same, and keeps its form.
    let shop = address(folder.path(), "quarters/2026%2DQ3/shop.yaml");
    editor.open(&shop, TEAM);
    assert!(!editor.findings(&shop).is_empty());
    let far =
        json!({ "textDocument": { "uri": shop }, "position": { "line": 4_000_000, "character": 4_000_000_000_u64 } });
    assert_eq!(editor.ask("textDocument/hover", &far)["result"], Value::Null);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn nothing_is_answered_before_a_greeting_and_an_end_without_a_goodbye_is_told_by_the_exit_code() {
    let mut editor = Editor::silent();
    assert_eq!(editor.ask("textDocument/hover", &json!({}))["error"]["code"], -32002);
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.code(), Some(1));
}
