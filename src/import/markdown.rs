//! OKRs as teams publish them in Markdown: headings, nested lists, tables.
//!
//! In: a text. Out: what was found. An objective is what is labelled as one; in a text without labels a heading right above a
//! list or a table of key results, or an item in bold above others. A period is a heading that names one, a team one that
//! says so or is called as a team of the book. Items below key results are work, and left out.

use std::ops::Range;

use super::found::{Found, KeyResult, Note, Objective, Score, Told};
use super::headings::{Heading, Headings, Says};
use super::known::Known;
use super::lines::{bullet, columns, has_nested, is_labelled, lines, whole_item};
use super::map::Map;
use super::marks::{self, Label, Marked};
use super::pipes;
use super::rows;
use super::table::Table;
use super::value::cut;
use crate::diag::Place;
use crate::source::{FileId, Span};

/// Returns what a text says. Its tables are read by `map`, where there is one.
#[must_use]
pub(super) fn read(file: FileId, text: &str, known: Known<'_>) -> Found {
    let lines = lines(text);
    let mut reader = Reader {
        file,
        text,
        map: known.map,
        is_labelled: lines.iter().any(|line| is_labelled(&text[line.clone()])),
        found: Found::default(),
        headings: Headings::new(known),
        objective: None,
        is_in_item: false,
        result_indent: None,
        is_below_heading: false,
        only_below: None,
        is_beside: false,
        awaits: None,
    };
    let mut at = 0;
    while at < lines.len() {
        at = reader.line(&lines, at);
    }
    reader.found
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
    /// What the columns of tables mean.
    map: Option<&'t Map>,
    /// Whether objectives are labelled, so that nothing else is one.
    is_labelled: bool,
    found: Found,
    headings: Headings<'t>,
    objective: Option<Current>,
    /// Whether the last line is of an item, which lines that are set in may go on.
    is_in_item: bool,
    /// The column of key results of the current objective.
    result_indent: Option<usize>,
    /// Whether the last heading is a key result, so that what stands below is about it.
    is_below_heading: bool,
    /// The column of an item that says "key results": only what stands below it is one.
    only_below: Option<usize>,
    /// Whether an item stood beside that one since, so that what stands below is about it.
    is_beside: bool,
    /// The column of a key result's label whose sentence stands below it.
    awaits: Option<usize>,
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
        // What is quoted is read as if it weren't.
        let bare = line.trim_start_matches(['>', ' ', '\t']);
        let indent = columns(&line[..line.len() - bare.len()]);
        let start = range.end - bare.len();
        let hashes = bare.bytes().take_while(|byte| *byte == b'#').count();
        if bare.starts_with('|') {
            let end = (at + 1..lines.len()).find(|&next| !self.text[lines[next].clone()].trim_start().starts_with('|'));
            let end = end.unwrap_or(lines.len());
            self.table(&lines[at..end]);
            return end;
        }
        if (1..=6).contains(&hashes) && bare[hashes..].starts_with(' ') {
            self.heading(hashes, start + hashes..range.end);
        } else if let Some(width) = bullet(bare) {
            let range = start + width..whole_item(self.text, lines, at, indent);
            if self.is_objective_by_shape(
                indent,
                self.text[range.clone()].trim(),
                has_nested(self.text, lines, at, indent),
            ) {
                self.item_objective(indent, range);
            } else {
                self.item(indent, range);
            }
        } else if !self.is_in_item || indent == 0 {
            let is_above_list = lines.get(at + 1).is_some_and(|next| bullet(&self.text[next.clone()]).is_some());
            self.paragraph(start..range.end, is_above_list);
        }
        at + 1
    }

    fn heading(&mut self, level: usize, range: Range<usize>) {
        self.is_in_item = false;
        self.headings.leave(level);
        let Some(told) = self.told(range.clone()) else { return };
        let marked = marks::read(&told.text);
        let sentence = &told.text[marked.sentence.clone()];
        let says = self.headings.says(&marked, sentence);
        self.is_below_heading = false;
        if marked.label == Some(Label::KeyResult) && self.objective.is_some() {
            self.key_result(
                range.start + self.text[range.clone()].find(told.text.as_str()).unwrap_or(0),
                &told,
                &marked,
            );
            self.is_below_heading = true;
            return;
        }
        if says != Says::Results {
            self.objective = None;
            self.result_indent = None;
            self.only_below = None;
            self.is_beside = false;
        }
        if says == Says::Objective {
            self.begin(range.start, &told, &marked, None);
        }
        let told = Told { text: sentence.trim_end_matches('#').trim().to_owned(), ..told };
        self.headings.push(Heading { level, told, says });
    }

    /// Begins an objective.
    fn begin(&mut self, at: usize, told: &Told, marked: &Marked, indent: Option<usize>) {
        let lead = self.text[at..].find(told.text.as_str()).unwrap_or(0);
        let Some(title) = self.told(at + lead + marked.sentence.start..at + lead + marked.sentence.end) else { return };
        let owners = marked.owners.iter().filter_map(|range| self.told(at + lead + range.start..at + lead + range.end));
        let owners = owners.flat_map(|told| rows::owners(&told)).collect();
        let objective =
            Objective { team: self.headings.team(), period: self.headings.period(), owners, ..Objective::new(title) };
        self.objective = Some(Current { place: self.found.objectives.len(), indent });
        self.result_indent = None;
        self.only_below = None;
        self.is_beside = false;
        self.found.objectives.push(objective);
    }

    /// Reads a line of a paragraph. Where nothing is labelled, one right above a list below a period is an objective.
    fn paragraph(&mut self, range: Range<usize>, is_above_list: bool) {
        let Some(told) = self.told(range.clone()) else {
            return;
        };
        self.is_in_item = false;
        let marked = marks::read(&told.text);
        match marked.label {
            Some(Label::Objective) => self.begin(range.start, &told, &marked, None),
            Some(Label::KeyResult) => self.key_result(range.start, &told, &marked),
            None if is_above_list && self.may_be_objective(&told.text) => self.begin(range.start, &told, &marked, None),
            None => {}
        }
    }

    fn may_be_objective(&self, text: &str) -> bool {
        let is_below_period =
            self.headings.last().is_some_and(|last| matches!(last.says, Says::Period(_) | Says::Team));
        !self.is_labelled && is_below_period && !text.ends_with([':', '.'])
    }

    /// Says whether an item without a label is an objective: in bold with others below it, or beside one that is.
    fn is_objective_by_shape(&self, indent: usize, text: &str, has_nested: bool) -> bool {
        let is_beside = self.objective.is_some_and(|current| current.indent == Some(indent));
        let is_open = self.objective.is_none_or(|current| current.indent.is_some_and(|own| indent <= own));
        let is_bold = text.starts_with("**") && marks::read(text).label.is_none();
        !self.is_labelled && has_nested && is_open && self.headings.last().is_some() && (is_bold || is_beside)
    }

    fn item_objective(&mut self, indent: usize, range: Range<usize>) {
        let Some(told) = self.told(range.clone()) else { return };
        let at = range.start + self.text[range.clone()].len() - self.text[range].trim_start().len();
        let marked = marks::read(&told.text);
        self.begin(at, &told, &marked, Some(indent));
    }

    fn item(&mut self, indent: usize, range: Range<usize>) {
        let Some(told) = self.told(range.clone()) else { return };
        let at = range.start + self.text[range.clone()].len() - self.text[range.clone()].trim_start().len();
        self.is_in_item = true;
        let marked = marks::read(&told.text);
        if marked.label == Some(Label::Objective) {
            return self.begin(at, &told, &marked, Some(indent));
        }
        let is_labelled = marked.label == Some(Label::KeyResult);
        if self.awaits.take().is_some_and(|own| indent > own) {
            return self.key_result(at, &told, &marked);
        }
        if is_labelled && marked.sentence.is_empty() {
            self.awaits = Some(indent);
            return;
        }
        let is_behind = self.objective.is_some_and(|current| current.indent.is_some_and(|own| indent <= own));
        if is_behind && !is_labelled {
            self.objective = None;
            self.result_indent = None;
        }
        let may_begin = !self.is_labelled;
        if self.objective.is_none() && !(may_begin && self.begin_at_heading()) {
            self.tell_of_stray(&told, is_labelled);
            return;
        }
        if !is_labelled && self.is_beside_results(indent) {
            self.leave_out(&told, "stands beside the key results");
            return;
        }
        if self.says_key_results(&told) {
            self.only_below = Some(indent);
            self.is_beside = false;
            self.result_indent = None;
            return;
        }
        if is_link(&told.text) {
            self.leave_out(&told, "is a link");
            return;
        }
        let own = *self.result_indent.get_or_insert(indent);
        let is_own = indent <= own && !self.is_below_heading;
        if is_labelled || is_own {
            self.result_indent = Some(indent);
            self.key_result(at, &told, &marked);
        } else {
            self.leave_out(&told, "stands below a key result: work, or a note");
        }
    }

    /// Says whether an item stands beside the one that announces key results, or below one that does.
    fn is_beside_results(&mut self, indent: usize) -> bool {
        let Some(own) = self.only_below else { return false };
        self.is_beside |= indent <= own;
        self.is_beside
    }

    fn leave_out(&mut self, told: &Told, why: &str) {
        self.found.left_out.push(Note::at(&told.place, format!("`{}` {why}", cut(&told.text))));
    }

    /// Says whether an item announces the key results; what stood beside it so far is none then.
    fn says_key_results(&mut self, told: &Told) -> bool {
        let plain = told.text.trim_start_matches(['*', '_']).to_lowercase();
        let is_it = plain
            .strip_prefix("key results")
            .is_some_and(|rest| rest.trim_start_matches(['*', '_']).starts_with(':') || rest.starts_with(':'));
        if let Some(current) = self.objective.filter(|_| is_it) {
            for known in std::mem::take(&mut self.found.objectives[current.place].key_results) {
                self.leave_out(&known.title, "stands beside the key results");
            }
        }
        is_it
    }

    /// Tells of an item that belongs to no objective: each of those that are labelled, of others their heading once.
    fn tell_of_stray(&mut self, told: &Told, is_labelled: bool) {
        if is_labelled {
            let text = format!("`{}`: nothing says which objective it belongs to", cut(&told.text));
            self.found.asked.push(Note::at(&told.place, text));
        } else if let Some(last) = self.headings.last() {
            let note = Note::at(
                &last.told.place,
                format!("the list below `{}`: no objective is above it", cut(&last.told.text)),
            );
            if self.found.left_out.last() != Some(&note) {
                self.found.left_out.push(note);
            }
        }
    }

    /// Begins an objective of the heading right above; says whether it may be one.
    fn begin_at_heading(&mut self) -> bool {
        let Some(last) = self.headings.last().filter(|last| last.says == Says::Other) else { return false };
        let told = last.told.clone();
        let objective =
            Objective { team: self.headings.team(), period: self.headings.period(), ..Objective::new(told) };
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
        self.is_in_item = false;
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
                objective.team = self.headings.team();
            }
            if objective.period.place().is_none() {
                objective.period = self.headings.period();
            }
        }
        self.found.add(read);
    }
}

/// Says whether a text is a link and nothing else.
fn is_link(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(')') && text.matches("](").count() == 1
}
