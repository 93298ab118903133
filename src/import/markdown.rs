//! OKRs as teams publish them in Markdown: headings, nested lists, tables.
//!
//! In: a text. Out: what was found. An objective is what is labelled as one, or a heading right above a list or a table of key
//! results; a period is a heading that names one; a team is one that says so. Items below key results are work, and left out.

use std::ops::Range;

use super::found::{Found, KeyResult, Note, Objective, Period, Score, Told};
use super::map::Map;
use super::marks::{self, Label, Marked};
use super::pipes;
use super::rows;
use super::table::Table;
use super::value::cut;
use crate::diag::Place;
use crate::model::calendar::Calendar;
use crate::source::{FileId, Span};

/// Returns what a text says. Its tables are read by `map`, where there is one.
#[must_use]
pub(super) fn read(file: FileId, text: &str, map: Option<&Map>, calendar: &Calendar) -> Found {
    let mut reader = Reader {
        file,
        text,
        calendar,
        map,
        found: Found::default(),
        headings: Vec::new(),
        objective: None,
        item: None,
        result_indent: None,
    };
    let lines = lines(text);
    let mut at = 0;
    while at < lines.len() {
        at = reader.line(&lines, at);
    }
    reader.found
}

/// Returns the lines' bytes, without front matter, fenced code and comments.
fn lines(text: &str) -> Vec<Range<usize>> {
    let (mut lines, mut at, mut skipped) = (Vec::new(), 0, None::<&str>);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let range = at..at + line.trim_end().len();
        at += line.len();
        let bare = line.trim();
        match skipped {
            Some(end) if bare.starts_with(end) || end == "-->" && bare.ends_with(end) => skipped = None,
            Some(_) => {}
            None if number == 0 && bare == "---" => skipped = Some("---"),
            None if bare.starts_with("```") => skipped = Some("```"),
            None if bare.starts_with("~~~") => skipped = Some("~~~"),
            None if bare.starts_with("<!--") && !bare.ends_with("-->") => skipped = Some("-->"),
            None if bare.starts_with("<!--") => {}
            None => lines.push(range),
        }
    }
    lines
}

/// A heading above.
struct Heading {
    level: usize,
    told: Told,
    /// What it says, beside being a heading.
    says: Says,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Objective,
    Period,
    Team,
    /// "Key results": what stands below belongs to the objective above.
    Results,
    Other,
}

/// The objective that lines belong to.
#[derive(Debug, Clone, Copy)]
struct Current {
    place: usize,
    /// The column of its item; nothing for a heading or a paragraph.
    indent: Option<usize>,
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    calendar: &'t Calendar,
    map: Option<&'t Map>,
    found: Found,
    headings: Vec<Heading>,
    objective: Option<Current>,
    /// Where the item begins and ends that lines may go on.
    item: Option<(usize, usize)>,
    /// The column of key results of the current objective.
    result_indent: Option<usize>,
}

impl<'t> Reader<'t> {
    fn told(&self, range: Range<usize>) -> Option<Told> {
        let text = self.text.get(range.clone())?;
        let start = range.start + text.len() - text.trim_start().len();
        Told::new(text, Place::from(Span::new(self.file, start..start + text.trim().len())))
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::from(Span::new(self.file, range))
    }

    /// Reads the line at a place, and returns the place of the next one.
    fn line(&mut self, lines: &[Range<usize>], at: usize) -> usize {
        let range = lines[at].clone();
        let line = &self.text[range.clone()];
        let bare = line.trim_start();
        let indent = columns(&line[..line.len() - bare.len()]);
        let start = range.end - bare.len();
        let hashes = bare.bytes().take_while(|byte| *byte == b'#').count();
        if bare.starts_with('|') {
            let end = (at..lines.len()).find(|&next| !self.text[lines[next].clone()].trim_start().starts_with('|'));
            let end = end.unwrap_or(lines.len());
            self.table(&lines[at..end]);
            return end;
        }
        if (1..=6).contains(&hashes) && bare[hashes..].starts_with(' ') {
            self.heading(hashes, start + hashes..range.end);
        } else if let Some(width) = bullet(bare) {
            self.item(indent, start + width..whole_item(self.text, lines, at, indent));
        } else if self.item.is_none() || indent == 0 {
            self.paragraph(start..range.end);
        }
        at + 1
    }

    fn heading(&mut self, level: usize, range: Range<usize>) {
        self.item = None;
        while self.headings.last().is_some_and(|last| last.level >= level) {
            self.headings.pop();
        }
        let Some(told) = self.told(range.clone()) else { return };
        let marked = marks::read(&told.text);
        let sentence = &told.text[marked.sentence.clone()];
        let says = self.says(&marked, sentence);
        if says != Says::Results {
            self.objective = None;
            self.result_indent = None;
        }
        if says == Says::Objective {
            self.begin(range.start, &told, &marked, None);
        }
        let told = Told { text: sentence.trim_end_matches('#').trim().to_owned(), ..told };
        self.headings.push(Heading { level, told, says });
    }

    fn says(&self, marked: &Marked, sentence: &str) -> Says {
        let lower = sentence.to_lowercase();
        let lower = lower.trim_end_matches(':').trim();
        if marked.label == Some(Label::Objective) {
            Says::Objective
        } else if matches!(lower, "key results" | "krs" | "key result" | "results") {
            Says::Results
        } else if pipes::period(sentence, self.calendar).is_some() {
            Says::Period
        } else if team_of(sentence).is_some() {
            Says::Team
        } else {
            Says::Other
        }
    }

    /// Begins an objective.
    fn begin(&mut self, at: usize, told: &Told, marked: &Marked, indent: Option<usize>) {
        let lead = self.text[at..].find(told.text.as_str()).unwrap_or(0);
        let Some(title) = self.told(at + lead + marked.sentence.start..at + lead + marked.sentence.end) else { return };
        let owners = marked.owners.iter().filter_map(|range| self.told(at + lead + range.start..at + lead + range.end));
        let owners = owners.flat_map(|told| rows::owners(&told)).collect();
        let objective = Objective { team: self.team(), period: self.period(), owners, ..Objective::new(title) };
        self.objective = Some(Current { place: self.found.objectives.len(), indent });
        self.result_indent = None;
        self.found.objectives.push(objective);
    }

    fn team(&self) -> Option<Told> {
        let said = self.headings.iter().rev().find(|heading| heading.says == Says::Team)?;
        Told::new(team_of(&said.told.text)?, said.told.place.clone())
    }

    fn period(&self) -> Period {
        let said = self.headings.iter().rev().find(|heading| heading.says == Says::Period);
        let name = said.and_then(|heading| {
            Told::new(&pipes::period(&heading.told.text, self.calendar)?, heading.told.place.clone())
        });
        Period { name, ..Period::default() }
    }

    fn paragraph(&mut self, range: Range<usize>) {
        let Some(told) = self.told(range.clone()) else {
            return;
        };
        self.item = None;
        let marked = marks::read(&told.text);
        match marked.label {
            Some(Label::Objective) => self.begin(range.start, &told, &marked, None),
            Some(Label::KeyResult) => self.key_result(range.start, &told, &marked),
            None => {}
        }
    }

    fn item(&mut self, indent: usize, range: Range<usize>) {
        let Some(told) = self.told(range.clone()) else { return };
        let at = range.start + self.text[range.clone()].len() - self.text[range.clone()].trim_start().len();
        self.item = Some((at, range.end));
        let marked = marks::read(&told.text);
        if marked.label == Some(Label::Objective) {
            return self.begin(at, &told, &marked, Some(indent));
        }
        if self.objective.is_some_and(|current| current.indent.is_some_and(|own| indent <= own)) {
            self.objective = None;
            self.result_indent = None;
        }
        let is_labelled = marked.label == Some(Label::KeyResult);
        if self.objective.is_none() && !self.begin_at_heading() {
            if is_labelled {
                let text = format!("`{}`: nothing says which objective it belongs to", cut(&told.text));
                self.found.asked.push(Note::at(&told.place, text));
            }
            return;
        }
        let own = *self.result_indent.get_or_insert(indent);
        if is_labelled || indent <= own {
            self.result_indent = Some(indent);
            self.key_result(at, &told, &marked);
        } else {
            let text = format!("`{}` stands below a key result: work, or a note", cut(&told.text));
            self.found.left_out.push(Note::at(&told.place, text));
        }
    }

    /// Begins an objective of the heading right above; says whether it may be one.
    fn begin_at_heading(&mut self) -> bool {
        let Some(last) = self.headings.last().filter(|last| last.says == Says::Other) else { return false };
        // Below a labelled objective, other headings are about it.
        if self.headings.iter().any(|heading| heading.says == Says::Objective) {
            return false;
        }
        let told = last.told.clone();
        let objective = Objective { team: self.team(), period: self.period(), ..Objective::new(told) };
        self.objective = Some(Current { place: self.found.objectives.len(), indent: None });
        self.found.objectives.push(objective);
        true
    }

    fn key_result(&mut self, at: usize, told: &Told, marked: &Marked) {
        let Some(current) = self.objective else {
            let text = format!("`{}`: nothing says which objective it belongs to", cut(&told.text));
            self.found.asked.push(Note::at(&told.place, text));
            return;
        };
        let part = |range: &Range<usize>| self.told(at + range.start..at + range.end);
        let Some(title) = part(&marked.sentence) else { return };
        if marked.struck {
            self.found.left_out.push(Note::at(&title.place, format!("`{}` is struck out", cut(&title.text))));
            return;
        }
        let owners = marked.owners.iter().filter_map(part).flat_map(|told| rows::owners(&told)).collect();
        let score = marked.score.as_ref().and_then(part).map(|told| Score { told, of: 1 });
        let done = (marked.box_ticked == Some(true)).then(|| self.place(at..at + marked.sentence.start));
        let known = KeyResult { owners, score, done, ..KeyResult::new(title) };
        self.found.objectives[current.place].key_results.push(known);
    }

    /// Reads a table of key results.
    fn table(&mut self, lines: &[Range<usize>]) {
        self.item = None;
        let cells = pipes::rows(self.file, self.text, lines);
        let Some(table) = Table::of("the table", cells) else { return };
        let own = pipes::map(&table);
        let Some(map) = self.map.or(own.as_ref()) else {
            let text = "what the columns of this table mean: say `--map`, or call one `Key Result`";
            self.found
                .asked
                .push(Note { place: table.head.first().map(|cell| cell.place.clone()), text: text.to_owned() });
            return;
        };
        let has_objectives = map.columns.get("objective").is_some_and(|heading| table.column(heading).is_some());
        let mut read = if has_objectives || map.kind.is_some() {
            rows::read(&table, map)
        } else {
            if self.objective.is_none() && !self.begin_at_heading() {
                let text = "this table has no column of objectives, and no heading above it is one";
                self.found
                    .asked
                    .push(Note { place: table.head.first().map(|cell| cell.place.clone()), text: text.to_owned() });
                return;
            }
            let Some(current) = self.objective else { return };
            let mut read = rows::read_below(&table, map);
            let rows = read.objectives.drain(..).flat_map(|objective| objective.key_results);
            self.found.objectives[current.place].key_results.extend(rows);
            read
        };
        for objective in &mut read.objectives {
            if objective.team.is_none() {
                objective.team = self.team();
            }
            if objective.period.place().is_none() {
                objective.period = self.period();
            }
        }
        self.found.add(read);
    }
}

/// Returns how wide blanks are.
fn columns(blanks: &str) -> usize {
    blanks.chars().map(|blank| if blank == '\t' { 4 } else { 1 }).sum()
}

/// Returns how many bytes the mark of a list's item has.
fn bullet(bare: &str) -> Option<usize> {
    if bare.starts_with(['-', '*', '+', '•']) {
        let width = bare.chars().next().map_or(0, char::len_utf8);
        return bare[width..].starts_with([' ', '\t']).then_some(width);
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = (1..=3).contains(&digits) && bare[digits..].starts_with(['.', ')']);
    (is_numbered && bare[digits + 1..].starts_with(' ')).then_some(digits + 1)
}

/// Returns where the item ends that begins on a line: lines that are set in below it belong to it.
fn whole_item(text: &str, lines: &[Range<usize>], at: usize, indent: usize) -> usize {
    let mut end = lines[at].end;
    for line in &lines[at + 1..] {
        let written = &text[line.clone()];
        let bare = written.trim_start();
        let is_rest = !bare.is_empty()
            && columns(&written[..written.len() - bare.len()]) > indent
            && bullet(bare).is_none()
            && !bare.starts_with(['|', '#', '>']);
        if !is_rest {
            break;
        }
        end = line.end;
    }
    end
}

/// Returns the team that a heading names: `Team: Platform`, `Platform team`, `Team Platform`.
fn team_of(heading: &str) -> Option<&str> {
    let lower = heading.to_lowercase();
    if lower.len() != heading.len() {
        return None;
    }
    let name = if lower.starts_with("team:") || lower.starts_with("team ") {
        &heading[5..]
    } else {
        &heading[..lower.strip_suffix(" team")?.len()]
    };
    Some(name.trim()).filter(|name| !name.is_empty())
}
