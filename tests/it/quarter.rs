//! A whole quarter, as the guide tells it: the page `content/pages/a-quarter.md` is the script, and what it shows is what
//! the program says.
//!
//! A block `console DAY` holds commands that run on that day and their output; `diff PATH` is an edit; `yaml PATH` and
//! `markdown PATH` show a part of a file. Before each day's commands the exports grow to that day.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use okrbook::lifecycle::init;
use okrbook::model::calendar::{Calendar, Day};

use crate::support::{okrbook, root};

/// A fenced block of the guide: its place in the text, what its fence says, and its lines.
struct Block<'a> {
    start: usize,
    kind: &'a str,
    about: &'a str,
    text: &'a str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut from = 0;
    while let Some(at) = page[from..].find("\n```") {
        let info = from + at + 4;
        let start = info + page[info..].find('\n').expect("a line") + 1;
        let end = start + page[start - 1..].find("\n```").expect("a closed fence");
        let (kind, about) = page[info..start - 1].split_once(' ').unwrap_or((&page[info..start - 1], ""));
        blocks.push(Block { start, kind, about, text: &page[start..end] });
        from = end + 3;
    }
    blocks
}

/// Splits a command as a shell does, as far as the guide needs it.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_quoted = false;
    for letter in command.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(std::mem::take(&mut word)),
            letter => word.push(letter),
        }
    }
    words.push(word);
    words
}

/// The bakery whose quarter it is.
struct Bakery {
    folder: PathBuf,
}

impl Bakery {
    fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Adds to the exports what the bakery's tools would have written by the morning of a day.
    fn grow(&self, today: Day) {
        let quarter = Calendar::default().quarter_of(Day::parse("2026-07-01").expect("a day")).expect("a quarter");
        let exports = init::files("Bakery", &quarter, today).into_iter().filter(|(path, _)| path.ends_with(".csv"));
        for (path, text) in exports {
            let mut export = self.read(&path);
            let last = export.lines().last().expect("rows").split(',').next().expect("a day").to_owned();
            let is_new = |line: &&str| Day::parse(line.split(',').next().unwrap_or_default()) > Day::parse(&last);
            export.extend(text.lines().skip(1).filter(is_new).map(|line| format!("{line}\n")));
            fs::write(self.path(&path), export).expect("written");
        }
    }

    /// Runs the commands of a block on a day and returns them with what they printed.
    fn run(&mut self, day: &str, text: &str) -> String {
        let today = Day::parse(day).expect("a day");
        if self.path("metrics").exists() {
            self.grow(today);
        }
        let seconds = i64::from(today.number()) * 86_400;
        let mut said = String::new();
        for command in text.lines().filter_map(|line| line.strip_prefix("$ ")) {
            let _ = writeln!(said, "$ {command}");
            let words = words(command);
            match words[0].as_str() {
                "cd" => self.folder = self.path(&words[1]),
                "okrbook" => {
                    let mut program = okrbook();
                    program.current_dir(&self.folder).env("SOURCE_DATE_EPOCH", seconds.to_string());
                    let Output { status, stdout, stderr } = program.args(&words[1..]).output().expect("starts");
                    assert!(
                        status.code().is_some_and(|code| code < 2),
                        "{command}: {}",
                        String::from_utf8_lossy(&stderr)
                    );
                    for output in [stderr, stdout] {
                        said.push_str(&steady(&String::from_utf8(output).expect("UTF-8")));
                    }
                }
                other => panic!("the guide runs `{other}`"),
            }
        }
        said
    }

    /// Applies an edit: the lines without `+` stand in the file once, and those without `-` take their place.
    fn edit(&self, path: &str, diff: &str) {
        let side = |without: char| -> String {
            let lines = diff.lines().filter(|line| !line.starts_with(without));
            lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
        };
        let (before, after) = (side('+'), side('-'));
        let text = self.read(path);
        let at = text.find(&before).unwrap_or_else(|| panic!("{path} doesn't hold\n{before}\nbut\n{text}"));
        fs::write(self.path(path), format!("{}{after}{}", &text[..at], &text[at + before.len()..])).expect("written");
    }

    /// Answers what the guide leaves to the reader: every question that is still open.
    fn answer_the_rest(&self) {
        for team in ["company", "platform"] {
            let path = format!("quarters/2026-Q3/{team}.review.md");
            let answers = [
                ("<!-- Which actions drove progress? -->", "Alarms go to those who can mend them."),
                ("<!-- Which actions failed to move the needle? -->", "Two reviews of old incidents led to nothing."),
                ("<!-- What would you do differently? -->", "A small team mends one thing at a time."),
            ];
            let mut text = self.read(&path);
            for (hint, answer) in answers {
                text = text.replace(hint, answer);
            }
            let hint =
                text.lines().find(|line| line.starts_with("<!-- Does it need another quarter?")).map(str::to_owned);
            if let Some(hint) = hint {
                text = text.replace(&hint, "No: it is good enough for now.");
            }
            fs::write(self.path(&path), text).expect("written");
        }
    }

    /// Returns what readers see of a page: its main part as text, a line for each block.
    fn page(&self, path: &str) -> String {
        let html = self.read(&format!("site/{path}"));
        let main = html.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).expect("a main part").0;
        let mut text = String::new();
        let mut rest = main.split_once('>').expect("a tag").1;
        while let Some((words, tail)) = rest.split_once('<') {
            text.push_str(words);
            let (tag, after) = tail.split_once('>').expect("a closed tag");
            let name: String =
                tag.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '/').collect();
            rest = after;
            match name.as_str() {
                // A chart's text alternative stands in its description.
                "svg" => rest = after.split_once("</svg>").expect("a closed chart").1,
                "a" | "/a" | "span" | "/span" | "em" | "strong" | "/strong" | "code" | "/code" | "b" | "/b"
                | "abbr" => {}
                "/td" | "/th" | "/dt" => text.push_str(" | "),
                _ => text.push('\n'),
            }
        }
        let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty() && line != "|").collect();
        lines
            .join("\n")
            .replace("&#39;", "'")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
    }
}

/// Returns output without what differs from version to version and from run to run: hashes and times.
fn steady(output: &str) -> String {
    let mut steady = String::new();
    for line in output.lines() {
        let mut line = without_hashes(line);
        if let Some((before, after)) = line.split_once(" charts in ") {
            let (_, path) = after.split_once(" s: ").expect("seconds");
            line = format!("{before} charts in 0.1 s: {path}");
        }
        let _ = writeln!(steady, "{}", line.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
    steady
}

/// Returns a line with `…` in place of each SHA-256.
fn without_hashes(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let taken = if digits == 64 { 64 } else { digits.max(first.len_utf8()) };
        kept.push_str(if digits == 64 { "…" } else { &rest[..taken] });
        rest = &rest[taken..];
    }
    kept
}

/// Pages that are looked at after a day's commands.
fn look(bakery: &mut Bakery, day: &str) {
    let pages: &[&str] = match day {
        "2026-07-29" => &["2026-Q3/platform.html"],
        "2026-08-26" => &["index.html", "2026-Q3/index.html", "2026-Q3/platform.html"],
        "2026-09-09" => &["index.html", "2026-Q3/platform.html"],
        "2026-10-14" => &[
            "index.html",
            "2026-Q3/index.html",
            "2026-Q3/platform.html",
            "2026-Q3/retrospective.html",
            "2026-Q4/platform.html",
            "teams/platform.html",
        ],
        _ => return,
    };
    bakery.run(day, "$ okrbook build .");
    for page in pages {
        let name = format!("{day}_{}", page.trim_end_matches(".html").replace('/', "_"));
        let text = bakery.page(page);
        assert!(text.len() < 20 * 1024, "{page} has {} bytes", text.len());
        insta::assert_snapshot!(name, steady(&text));
    }
    if day == "2026-10-14" {
        let archive = bakery.page("archive/index.html");
        assert!(archive.contains("archive/2026-Q3") && archive.contains("2026-Q3 first seal, in force"), "{archive}");
    }
}

#[test]
fn the_guide_is_what_happens() {
    let path = root().join("content/pages/a-quarter.md");
    let page = fs::read_to_string(&path).expect("the guide");
    let folder = tempfile::tempdir().expect("a folder");
    let mut bakery = Bakery { folder: folder.path().to_path_buf() };
    let mut told = String::new();
    let mut from = 0;
    let blocks = blocks(&page);
    for (place, block) in blocks.iter().enumerate() {
        told.push_str(&page[from..block.start]);
        from = block.start + block.text.len();
        match block.kind {
            "console" => {
                told.push_str(&bakery.run(block.about, block.text));
                let is_last_of_day = blocks[place + 1..].iter().all(|next| next.about != block.about);
                if is_last_of_day {
                    look(&mut bakery, block.about);
                }
            }
            "diff" => {
                told.push_str(block.text);
                bakery.edit(block.about, block.text);
                if block.about.ends_with("platform.review.md") {
                    bakery.answer_the_rest();
                }
            }
            "yaml" | "markdown" => {
                let text = bakery.read(block.about);
                assert!(text.contains(block.text), "{} doesn't hold\n{}\nbut\n{text}", block.about, block.text);
                told.push_str(block.text);
            }
            other => panic!("the guide has a block of {other}"),
        }
    }
    told.push_str(&page[from..]);
    let as_told = Path::new(env!("CARGO_TARGET_TMPDIR")).join("a-quarter.md");
    fs::write(&as_told, &told).expect("written");
    assert!(
        told == page,
        "the guide shows what okrbook doesn't say any more; look at\n  diff {} {}",
        path.display(),
        as_told.display()
    );
}
