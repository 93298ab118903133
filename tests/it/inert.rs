//! Messages show what they quote and do nothing else, whoever worded it: on every stream, in every form.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;
use std::process::Output;

use crate::support::okrbook;

/// What strangers write so that it acts where it is printed.
const PAYLOADS: &[&str] = &[
    "a\n::add-mask::e",
    "\n::set-output name=x::y",
    "b\r\n::error::z",
    "\r::warning::z",
    "::error file=a,line=1::b",
    "  ::debug::b",
    "\u{3000}::notice::c",
    "\u{feff}::group::c",
    "\u{a0}\n\u{a0}::stop-commands::t",
    "##[error]x",
    "x ##[group]y",
    "##vso[task.setvariable variable=a]b",
    "\n##[command]c",
    "#\u{ad}#[section]d",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http:x\u{1b}\\link",
    "\u{9b}31mred",
    "\u{9d}0;t\u{9c}",
    "\u{8}\u{8}\u{7f}back",
    "\t\u{b}\u{c}tab",
    "\u{85}::nel::x",
    "\u{2028}::ls::x",
    "\u{2029}::ps::x",
    "\u{202e}gnp.exe",
    "\u{2066}iso\u{2069}",
    "\u{200f}\u{61c}mark",
    "\u{200b}\u{2060}::zw::x",
    "%0A::error::x%0D,:",
    "\u{1b}[2K\r::x::y",
    "\u{e0041}\u{e0042}tags",
];

/// Returns a payload as a YAML or template string.
fn quoted(payload: &str) -> String {
    let escaped = payload.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_ascii() && !c.is_control() => c.to_string(),
        c => format!("\\U{:08X}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{ad}' | '\u{e0000}'..='\u{e007f}')
}

/// Asserts that a stream holds nothing that acts; `is_commands` where lines may place findings on a host.
fn assert_inert(what: &str, bytes: &[u8], is_commands: bool) {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let acts = text.chars().find(|&c| (c.is_control() && c != '\n') || is_invisible(c));
    assert_eq!(acts, None, "{what}:\n{text:?}");
    for line in text.split('\n') {
        let start = line.trim_start();
        let is_ours = is_commands && (line.starts_with("::error file=") || line.starts_with("::warning file="));
        assert!(is_ours || !start.starts_with("::"), "{what}: {line:?}\n{text}");
        assert!(!line.contains("##[") && !line.contains("##vso["), "{what}: {line:?}");
        if is_ours {
            let (properties, _) = line[2..].split_once("::").expect("a message");
            let names: Vec<_> = properties.split_once(' ').expect("properties").1.split(',').collect();
            let is_known = |pair: &&str| {
                let name = pair.split_once('=').map(|(name, _)| name);
                name.is_some_and(|name| ["file", "line", "col", "endLine", "endColumn", "title"].contains(&name))
            };
            assert!(names.iter().all(is_known), "{what}: {line:?}");
        }
    }
}

/// Runs the program and looks at all that it says; returns that.
fn run(folder: &Path, arguments: &[OsString]) -> Output {
    let output = okrbook().current_dir(folder).args(arguments).output().expect("the program starts");
    let what = format!("{arguments:?} in {}", folder.display());
    let is_commands = arguments.iter().any(|argument| argument == "github");
    assert_inert(&format!("stdout of {what}"), &output.stdout, is_commands);
    assert_inert(&format!("stderr of {what}"), &output.stderr, false);
    assert!(output.status.code().is_some_and(|code| code <= 4), "{what}: {output:?}");
    output
}

fn words(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}

fn put(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("inside")).expect("folders");
    fs::write(path, text).expect("written");
}

/// Returns a name of a file that holds a payload.
fn name(payload: &str) -> String {
    payload.replace('/', "-")
}

/// A book that can be read, with payloads wherever people write freely.
fn sound_book(folder: &Path, payloads: &[&str], title: &str) {
    let first = quoted(payloads[0]);
    put(folder, "okrbook.yaml", format!("organisation: {first}\nas_of: 2026-08-20\n"));
    let mut team = format!("name: {first}\nlead: {first}\nobjectives:\n");
    let mut catalogue = String::new();
    let mut review = String::from("---\nheld: 2026-10-02\n---\n");
    for (at, payload) in payloads.iter().enumerate() {
        let text = quoted(&format!("{payload} {title}"));
        team.push_str(&format!(
            "  - id: o{at}\n    title: {text}\n    owner: {text}\n    key_results:\n      - m{at}: Improve checkout \
             success from 94% to 98%\n      - title: {text}\n        metric: m{at}\n        from: 1%\n        to: 98%\n"
        ));
        catalogue.push_str(&format!("m{at}:\n  name: {text}\n  description: {text}\n"));
        put(
            folder,
            &format!("metrics/m{at}.csv"),
            format!("date,value,{payload}\n2026-07-01,94.5,{payload}\n2026-08-20,96.8,\n"),
        );
        review.push_str(&format!("## {payload}\n\n{payload}\n\n{}\n", payload.replace('\n', " ")));
        put(
            folder,
            &format!("pages/p{at}.md"),
            format!("---\ntitle: {text}\n---\n# {payload}\n[{payload}]({payload})\n"),
        );
    }
    put(folder, "quarters/2026-Q3/shop.yaml", team);
    put(folder, "metrics.yaml", catalogue);
    put(folder, "quarters/2026-Q3/shop.review.md", review);
}

/// A book with payloads in each place that somebody can commit, most of them wrong there.
fn broken_book(folder: &Path, payloads: &[&str]) {
    sound_book(folder, payloads, "");
    for (at, payload) in payloads.iter().enumerate() {
        let (name, text) = (name(payload), quoted(payload));
        for path in [
            "quarters/2026-Q3/{}.yaml",
            "quarters/2026-Q3/{}/x.yaml",
            "quarters/{}/shop.yaml",
            "metrics/{}.csv",
            "metrics/{}/x.csv",
            "pages/{}.md",
            "templates/{}.html",
            "assets/{}.png",
            "assets/{}.html",
            "{}.md",
            "quarters/2026-Q3/checkins/{}.yaml",
            "quarters/2026-Q3/checkins/2026-08-03.{}.yaml",
            "archive/{}",
            "quarters/2026-Q3/{}.review.md",
            "archive/2026-Q2/data/{}",
            "archive/2026-Q2/{}",
        ] {
            put(folder, &path.replace("{}", &name), format!("{payload}: [{payload}\n\u{0}"));
        }
        fs::create_dir_all(folder.join("archive").join(format!("{name}.d"))).expect("made");
        put(
            folder,
            &format!("quarters/2026-Q3/raw{at}.yaml"),
            format!("objectives:\n  - title: {payload}\n    id: \"{payload}\"\n"),
        );
        put(
            folder,
            &format!("quarters/2026-Q3/keys{at}.yaml"),
            format!(
                "{text}: 1\nobjectives:\n  - id: {text}\n    title: {text}\n    {text}: {text}\n    parent: {text}\n    \
                 key_results:\n      - {text}: {text}\n      - id: a\n        title: {text}\n        metric: {text}\n        \
                 from: {text}\n        to: {text}\n        unit: {text}\n        weight: {text}\n"
            ),
        );
        put(folder, &format!("quarters/2026-Q3/cut{at}.yaml"), format!("objectives: [{text}, *{payload}\n"));
        put(
            folder,
            &format!("metrics/cells{at}.csv"),
            format!("{payload},value,value\n{payload},{payload}\n\"{payload}\",1\n"),
        );
        put(
            folder,
            &format!("pages/front{at}.md"),
            format!("---\n{text}: {text}\ntitle: [{text}\n---\n<b>{payload}</b>\n"),
        );
    }
    let all: String = payloads.iter().map(|payload| format!("{}: {}\n", quoted(payload), quoted(payload))).collect();
    put(folder, "metrics.yaml", &all);
    put(folder, "quarters/2026-Q3/lock.yaml", &all);
    broken_archive(folder, payloads);
}

/// An archive with payloads in its LOG and in the files of a seal.
fn broken_archive(folder: &Path, payloads: &[&str]) {
    let lines: String = payloads.iter().map(|payload| format!("{payload}\n2026-Q2 {payload} {payload}\n")).collect();
    put(folder, "archive/LOG", &lines);
    let listed: String = payloads.iter().map(|payload| format!("{}  data/{payload}\n", "0".repeat(64))).collect();
    for tag in ["manifest-sha256.txt", "tagmanifest-sha256.txt", "bagit.txt", "bag-info.txt"] {
        put(folder, &format!("archive/2026-Q2/{tag}"), &listed);
    }
    put(
        folder,
        "archive/2026-Q2/archive.json",
        format!("{{\"schema\": {}}}", serde_json::to_string(&listed).expect("JSON")),
    );
}

/// Returns the payloads in few parts, each for one book.
fn parts() -> impl Iterator<Item = &'static [&'static str]> {
    assert!(PAYLOADS.len() >= 30);
    PAYLOADS.chunks(11)
}

const FORMATS: [&str; 5] = ["human", "short", "json", "sarif", "github"];

#[test]
fn a_sound_book_says_nothing_that_acts_in_its_whole_life() {
    for payloads in parts() {
        let folder = tempfile::tempdir().expect("a folder");
        sound_book(folder.path(), payloads, "");
        let say = |line: &str| run(folder.path(), &words(line));
        for format in FORMATS {
            say(&format!("check --format {format}"));
        }
        assert_eq!(say("build --verbose --out site").status.code(), Some(0));
        say("lock 2026-Q3 --verbose");
        sound_book(folder.path(), payloads, "again");
        let team = folder.path().join("quarters/2026-Q3/shop.yaml");
        let text = fs::read_to_string(&team).expect("there");
        fs::write(&team, text.replace("from 94% to 98%", "from 94% to 99%")).expect("written");
        say("build --out site2");
        for format in ["text", "markdown", "json"] {
            let output = say(&format!("diff site site2 --format {format}"));
            assert!(!output.stdout.is_empty() && output.status.success(), "{output:?}");
        }
        for format in ["text", "markdown", "html"] {
            let output = say(&format!("digest --since 2026-07-20 --format {format}"));
            assert!(!output.stdout.is_empty() && output.status.success(), "{output:?}");
        }
        let because = payloads.concat().replace('\0', "");
        let mut amend = words("lock 2026-Q3 --amend shop/o0/m0 --because");
        amend.push(because.clone().into());
        run(folder.path(), &amend);
        let mut check_in = words("checkin --team shop --kr o0/m0 --confidence 3 --note");
        check_in.push(because.into());
        run(folder.path(), &check_in);
        for command in [
            "checkin --all",
            "checkin",
            "review 2026-Q3",
            "packet",
            "start 2026-Q4",
            "check --as-of 2026-10-03",
            "seal 2026-Q3 --as-of 2026-10-03 --with-errors --verbose",
            "verify",
            "verify --rebuild",
            "build --as-of 2026-10-03 --strict",
        ] {
            say(command);
        }
    }
}

#[test]
fn a_broken_book_says_nothing_that_acts() {
    for payloads in parts() {
        let folder = tempfile::tempdir().expect("a folder");
        broken_book(folder.path(), payloads);
        let say = |line: &str| run(folder.path(), &words(line));
        for format in FORMATS {
            let said = say(&format!("check --format {format}"));
            let size = said.stdout.len() + said.stderr.len();
            assert!(said.status.code() == Some(2) && size > 10_000, "{format}: {said:?}");
        }
        for command in
            ["build", "verify", "seal 2026-Q3", "lock 2026-Q3", "checkin --all", "review 2026-Q3", "start 2026-Q4"]
        {
            assert_ne!(say(command).status.code(), Some(0), "{command}");
        }
        for payload in &payloads[..2] {
            let file = format!("quarters/2026-Q3/{}.yaml", name(payload));
            run(folder.path(), &[OsString::from("check"), file.into()]);
            let mut check_in = words("checkin --team shop --from");
            check_in.push(format!("pages/{}.md", name(payload)).into());
            run(folder.path(), &check_in);
        }
    }
}

#[test]
fn templates_say_nothing_that_acts() {
    let folder = tempfile::tempdir().expect("a folder");
    sound_book(folder.path(), &["x"], "");
    let fails = |path: &str, text: String| {
        put(folder.path(), path, text);
        let said = run(folder.path(), &words("build"));
        assert_eq!(said.status.code(), Some(4), "{said:?}");
        fs::remove_file(folder.path().join(path)).expect("there");
    };
    for payload in PAYLOADS {
        fails("templates/404.html", format!("{{{{ throw(message=\"{payload}\") }}}}"));
        fails("templates/404.html", format!("{payload}{{% include \"{payload}\" %}}{payload}"));
        fails(&format!("templates/{}.html", name(payload)), "{{ throw(".to_owned());
    }
}

/// Every command, with something that is asked for left out.
const ARGUMENTS: &[&str] = &[
    "-C",
    "build --out",
    "build --jobs",
    "build --base-url",
    "--as-of",
    "--color",
    "init --organisation",
    "start",
    "lock",
    "lock --team",
    "checkin --team",
    "checkin --kr",
    "review",
    "seal",
    "verify",
    "packet",
    "packet --team",
    "schema",
    "template eject",
    "template diff",
    "completions",
    "check --format",
    "diff nothing",
];

#[test]
fn arguments_and_names_of_folders_are_quoted_and_do_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let say = |line: &str, last: &str| {
        let words = line.split_whitespace().map(OsString::from);
        run(home.path(), &words.chain([OsString::from(last)]).collect::<Vec<_>>());
    };
    for part in PAYLOADS.chunks(8) {
        let all = name(&part.concat());
        ARGUMENTS.iter().for_each(|line| say(line, &all));
    }
    for payload in PAYLOADS {
        for line in ["", "check", "explain", "packet"] {
            say(line, payload);
        }
        say("", &format!("--{payload}"));
        let odd = name(payload);
        say("init", &odd);
        let out = Path::new("okrbook.yaml").join(&odd);
        run(&home.path().join(&odd), &["build".into(), "--out".into(), out.into()]);
        run(home.path(), &["diff".into(), odd.clone().into(), odd.into()]);
    }
    let latin: OsString = OsString::from_vec(b"caf\xe9\n::error::x".to_vec());
    run(home.path(), &["check".into(), latin.clone()]);
    run(home.path(), &[latin]);
}

#[test]
fn a_variable_of_the_environment_is_quoted_and_does_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    sound_book(folder.path(), &["x"], "");
    for payload in PAYLOADS {
        let mut command = okrbook();
        let command = command.current_dir(folder.path()).env("SOURCE_DATE_EPOCH", payload).arg("check");
        let output = command.output().expect("the program starts");
        assert_inert(payload, &output.stderr, false);
    }
}
