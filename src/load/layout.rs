//! Which file of a book is what, by its path.
//!
//! In: the paths of the book's texts. Out: quarters with their teams' files, metrics files and pages, and diagnostics for
//! files that nobody reads, so that no work is lost in silence.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{self, Diagnostic, Place};
use crate::model::calendar::{Calendar, Day};
use crate::model::folder::Folder;
use crate::model::ids::{CycleId, NAMES, RESERVED_TEAMS, Slug};
use crate::source::{FileId, Sources};

/// The book's texts, sorted out.
#[derive(Default)]
pub(super) struct Layout {
    /// The quarters, earliest first.
    pub(super) quarters: BTreeMap<CycleId, QuarterFiles>,
    /// Files with metric definitions.
    pub(super) metrics: Vec<FileId>,
    /// The book's own pages.
    pub(super) pages: Vec<(Slug, FileId)>,
    /// What is wrong with names and places.
    pub(super) diagnostics: Vec<Diagnostic>,
    told: BTreeSet<String>,
}

/// The files of one quarter.
#[derive(Default)]
pub(super) struct QuarterFiles {
    /// Where they stand.
    pub(super) folder: Folder,
    /// Its story.
    pub(super) story: Option<FileId>,
    /// The teams' files.
    pub(super) teams: BTreeMap<Slug, TeamFiles>,
    /// What was committed.
    pub(super) lock: Option<FileId>,
    /// What check-ins recorded, by day and team.
    pub(super) check_ins: Vec<(Day, Slug, FileId)>,
}

/// The files of one team in a quarter.
#[derive(Default, Clone, Copy)]
pub(super) struct TeamFiles {
    /// Its objectives.
    pub(super) objectives: Option<FileId>,
    /// Its review.
    pub(super) review: Option<FileId>,
}

/// Sorts out the book's texts.
pub(super) fn sort(sources: &Sources, calendar: &Calendar) -> Layout {
    let mut layout = Layout::default();
    for (file, source) in sources.iter() {
        let parts: Vec<&str> = source.path.split('/').collect();
        match parts[..] {
            ["metrics.yaml"] => layout.metrics.push(file),
            ["metrics", .., name] if name.ends_with(".yaml") => layout.metrics.push(file),
            ["pages", name] => layout.page(file, &source.path, name),
            [top, folder, ref rest @ ..] if let Some(top) = Folder::named(top) => {
                layout.in_folder(file, &source.path, Within { top, folder, calendar }, rest);
            }
            ["metrics", .., name] if name.ends_with(".yml") => {
                layout.not_read(&source.path, "rename it to end in .yaml");
            }
            _ => {}
        }
    }
    layout
}

impl Layout {
    fn in_folder(&mut self, file: FileId, path: &str, within: Within<'_>, rest: &[&str]) {
        let Within { top, folder, calendar } = within;
        let known = CycleId::parse(folder).filter(|id| calendar.quarter(*id).is_some());
        let Some(id) = known else {
            if rest.is_empty() {
                let help = format!("files of a cycle stand in its folder: {}/2026-Q3/", top.name());
                self.not_read(path, &help);
            } else if self.told.insert(format!("{}/{folder}", top.name())) {
                self.diagnostics.push(no_cycle(within));
            }
            return;
        };
        let known = self.quarters.entry(id).or_insert_with(|| QuarterFiles { folder: top, ..QuarterFiles::default() });
        if known.folder != top {
            if self.told.insert(format!("{}/{folder}", top.name())) {
                let other = known.folder.name();
                let message = format!("{id} stands in {other}/, too, so nothing in this folder is read");
                let help = "move its files into one of the two folders";
                let place = Place::file(&format!("{}/{folder}", top.name()));
                self.diagnostics.push(Diagnostic::error("bad-quarter", place, message).help(help));
            }
            return;
        }
        self.quarter(file, path, id, rest);
    }

    fn quarter(&mut self, file: FileId, path: &str, id: CycleId, rest: &[&str]) {
        if let ["checkins", name] = rest {
            return self.check_in(id, file, path, name);
        }
        let [name] = rest else {
            let inner = rest.first().copied().unwrap_or_default();
            let inner = path
                .split_once(&format!("/{inner}/"))
                .map_or_else(|| inner.to_owned(), |(before, _)| format!("{before}/{inner}"));
            if self.told.insert(inner.clone()) {
                self.not_read(&inner, "files of teams stand directly in the quarter's folder");
            }
            return;
        };
        let quarter = self.quarters.entry(id).or_default();
        if *name == "index.md" {
            quarter.story = Some(file);
        } else if *name == "lock.yaml" {
            quarter.lock = Some(file);
        } else if let Some(stem) = name.strip_suffix(".review.md") {
            if let Some(team) = self.team(path, stem) {
                self.quarters.entry(id).or_default().teams.entry(team).or_default().review = Some(file);
            }
        } else if let Some(stem) = name.strip_suffix(".yaml") {
            if let Some(team) = self.team(path, stem) {
                self.quarters.entry(id).or_default().teams.entry(team).or_default().objectives = Some(file);
            }
        } else if name.ends_with(".yml") {
            self.not_read(path, "rename it to end in .yaml");
        } else if let Some(stem) = name.strip_suffix(".md") {
            let help = format!("a team's review is called `{stem}.review.md`, and a quarter's story `index.md`");
            self.not_read(path, &help);
        }
    }

    fn check_in(&mut self, quarter: CycleId, file: FileId, path: &str, name: &str) {
        let parts = name.strip_suffix(".yaml").and_then(|stem| stem.split_once('.'));
        match parts.and_then(|(day, team)| Some((Day::parse(day)?, Slug::new(team)?))) {
            Some((day, team)) => self.quarters.entry(quarter).or_default().check_ins.push((day, team, file)),
            None => self.not_read(path, "a check-in is named after its day and team: `2026-08-03.platform.yaml`"),
        }
    }

    fn team(&mut self, path: &str, stem: &str) -> Option<Slug> {
        if RESERVED_TEAMS.contains(&stem) {
            let message = format!("a team can't be called `{stem}`: a page has that name");
            let help = format!("rename the file to `{stem}-team.yaml`");
            self.diagnostics.push(Diagnostic::error("reserved-name", Place::file(path), message).help(help));
            return None;
        }
        let team = Slug::new(stem);
        if team.is_none() {
            let message = format!("a team's file is named after its id, and `{stem}` can't stand in a link");
            let suggestion = Slug::suggest(stem);
            let help = if suggestion.is_empty() {
                "use letters, digits, `-` and `_`".to_owned()
            } else {
                format!("rename it to `{suggestion}`")
            };
            self.diagnostics.push(Diagnostic::error("bad-id", Place::file(path), message).help(help));
        }
        team
    }

    fn page(&mut self, file: FileId, path: &str, name: &str) {
        let Some(stem) = name.strip_suffix(".md") else {
            return self.not_read(path, "pages are Markdown files: `.md`");
        };
        match Slug::new(stem) {
            Some(id) => self.pages.push((id, file)),
            None => {
                let message = format!("a page's file is named after its link, and `{stem}` can't stand in one");
                let help = format!("rename it to `{}.md`", Slug::suggest(stem));
                self.diagnostics.push(Diagnostic::error("bad-id", Place::file(path), message).help(help));
            }
        }
    }

    fn not_read(&mut self, path: &str, help: &str) {
        let message = format!("{path} is not read");
        self.diagnostics.push(Diagnostic::warning("not-read", Place::file(path), message).help(help));
    }
}

/// The folder of a cycle, by its name.
#[derive(Clone, Copy)]
struct Within<'a> {
    top: Folder,
    folder: &'a str,
    calendar: &'a Calendar,
}

/// Says that a folder's name is no cycle's.
fn no_cycle(within: Within<'_>) -> Diagnostic {
    let Within { top, folder, calendar } = within;
    let message = format!("`{folder}` is no cycle's name, so nothing in this folder is read");
    let names: Vec<String> = calendar.titled().map(|id| id.to_string()).collect();
    let near = diag::nearest(folder, names.iter().map(String::as_str)).map(str::to_owned);
    let help = match (likely_quarter(folder), near) {
        (Some(quarter), _) => format!("rename the folder to `{quarter}`"),
        (None, Some(near)) => format!("rename the folder to `{near}`"),
        (None, None) if is_like_a_rule(folder) => format!("name the folder {NAMES}"),
        (None, None) => format!(
            "name the folder {NAMES}; or give the name its days in okrbook.yaml: \
             `calendar: {{ named: {{ {}: {{ from: 2026-02-02, to: 2026-06-26 }} }} }}`",
            CycleId::parse(folder).map_or_else(|| "spring".to_owned(), |id| id.to_string())
        ),
    };
    Diagnostic::error("bad-quarter", Place::file(&format!("{}/{folder}", top.name())), message).help(help)
}

/// Says whether a name is built like one that says its days: `2026-Q5`, `2026-13`.
fn is_like_a_rule(folder: &str) -> bool {
    let Some((year, part)) = folder.split_once('-') else { return false };
    let digits = part.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(part);
    [year, digits].iter().all(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Returns the cycle that a folder's name means: a year of four digits, and a letter with its number or a month's two digits;
/// a lone number from 1 to 4 is a quarter's.
fn likely_quarter(folder: &str) -> Option<CycleId> {
    let folder = folder.to_uppercase();
    let numbers: Vec<&str> = folder.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let year = numbers.iter().find(|digits| digits.len() == 4)?;
    let part = numbers.iter().find(|digits| digits.len() < 3)?;
    let letters = folder.trim_matches(|c: char| !c.is_ascii_alphabetic());
    let letter = match (part.len(), letters) {
        (2, "" | "M" | "MONTH") => "",
        (1, "H" | "HALF" | "HY" | "S") => "H",
        (1, "T" | "THIRD" | "TERTIAL") => "T",
        (1, "" | "Q" | "QUARTER") => "Q",
        _ => return None,
    };
    CycleId::of_year(&format!("{year}-{letter}{part}"))
}
