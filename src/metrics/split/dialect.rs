//! The shape of an export: what parts its cells, where its header stands, where its data begins.
//!
//! In: the first bytes of its text and what the book says of its format. Out: a [`Shape`], or why the shape can't be
//! told and which option settles it. Delimiters are told by how alike they make the rows, headers by the rows of
//! values that follow them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::record::Record;
use super::records::{Layout, each};
use crate::metrics::cells::date::looks_like_date;
use crate::metrics::cells::number::{Evidence, evidence};
use crate::metrics::cells::text::decode;
use crate::model::metric::Dialect;

/// How many records decide about the shape.
const LOOK_AT: usize = 64;

/// How far below the best way to part the cells another one must stay.
const MARGIN: f64 = 0.02;

/// Whether an empty line stands above the record at hand, perhaps with remarks between.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::metrics) struct Gap {
    /// Whether it does.
    pub(in crate::metrics) is_open: bool,
    follows_remark: bool,
}

impl Gap {
    /// Goes on to the next record.
    #[inline]
    pub(in crate::metrics) fn pass(&mut self, shape: &Shape, record: &Record<'_>) {
        self.is_open = record.gap || (self.is_open && self.follows_remark);
        // A title may be padded to the width of the table above.
        self.follows_remark = shape.is_remark(record) || (shape.width > 1 && shape.is_lone_text(record));
    }
}

/// What an export looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) struct Shape {
    /// How lines become cells.
    pub(in crate::metrics) layout: Layout,
    /// The names of the columns; nothing where there is no header.
    pub(in crate::metrics) header: Option<Vec<String>>,
    /// How many columns there are.
    pub(in crate::metrics) width: usize,
    /// The line on which the first record of data may stand.
    pub(in crate::metrics) data_line: u64,
}

impl Shape {
    /// Returns a column's name as definitions write it: its header, or its number where it has none.
    pub(in crate::metrics) fn name(&self, column: usize) -> String {
        let name = self.header.as_ref().and_then(|header| header.get(column)).filter(|name| !name.is_empty());
        name.cloned().unwrap_or_else(|| (column + 1).to_string())
    }

    /// Says whether a record is one text in a table of several columns, as people and tools write above, between and
    /// below rows: `Report generated on 1 August`, `# all users`. One that begins with a digit may be a row cut short.
    pub(in crate::metrics) fn is_remark(&self, record: &Record<'_>) -> bool {
        let cells = record.cells.len();
        (cells == 1 && self.width > 1 && self.is_lone_text(record))
            || (cells < self.width && record.raw.starts_with(b"#"))
    }

    /// Says whether a record holds one text that is no row: `note,,`; a row in quotes that nothing parts is none.
    pub(in crate::metrics) fn is_lone_text(&self, record: &Record<'_>) -> bool {
        let mut filled = (0..record.cells.len()).filter(|&column| !record.bytes(column).is_empty());
        let (Some(column), None) = (filled.next(), filled.next()) else { return false };
        let cell = record.bytes(column);
        let separators = memchr::memchr_iter(self.layout.delimiter, cell).count();
        // "3. Activities" is the title of a table.
        let behind = cell.trim_ascii_start().iter().position(|byte| !byte.is_ascii_digit()).map(|at| &cell[at..]);
        let is_numbered = behind.is_some_and(|rest| rest.starts_with(b". ") || rest.starts_with(b") "));
        let is_text = (!cell[0].is_ascii_digit() || is_numbered) && separators + 1 < self.width.max(2);
        is_text && !is_value(&record.text(column))
    }

    /// Says whether a record is the header of another table: behind a gap or with the same name for the dates, with a
    /// text in every cell.
    pub(in crate::metrics) fn begins_another_table(&self, record: &Record<'_>, date: usize, gap: Gap) -> bool {
        let Some(header) = &self.header else { return false };
        let texts: Vec<Cow<'_, str>> = (0..record.cells.len()).map(|column| record.text(column)).collect();
        let same_date = header.get(date).zip(texts.get(date)).is_some_and(|(own, other)| own == other);
        let all_texts = texts.len() > 1 && texts.iter().all(|text| !text.is_empty() && !is_value(text));
        (gap.is_open || same_date) && all_texts && !self.is_header(record)
    }

    /// Says whether a record is the header once more, perhaps with another delimiter.
    pub(in crate::metrics) fn is_header(&self, record: &Record<'_>) -> bool {
        let Some(header) = &self.header else { return false };
        if record.cells.len() == header.len() {
            return (0..header.len()).all(|column| record.text(column) == header[column]);
        }
        let line = decode(record.raw);
        [',', ';', '\t', '|'].iter().any(|&delimiter| {
            let cells = line.split(delimiter).map(|cell| cell.trim().trim_matches('"'));
            cells.eq(header.iter().map(String::as_str))
        })
    }
}

/// Says whether a line is drawn for people, as databases do: `-----+----` and `(12 rows)`.
pub(in crate::metrics) fn is_ruling(line: &[u8]) -> bool {
    let count = line.starts_with(b"(") && (line.ends_with(b" rows)") || line.ends_with(b" row)"));
    let rule = line.iter().all(|byte| b"-+=|: \t\r".contains(byte));
    count || (rule && line.windows(3).any(|bytes| matches!(bytes, b"---" | b"===")))
}

/// Why the shape can't be told, and what settles it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) struct Refusal {
    /// Names the kind of mistake.
    pub(in crate::metrics) code: &'static str,
    /// What is wrong.
    pub(in crate::metrics) message: String,
    /// What to do.
    pub(in crate::metrics) help: String,
}

/// One record of the sample.
struct Row<'t> {
    line: u64,
    /// The line behind it; a quoted cell may hold line ends.
    next_line: u64,
    cells: Vec<Cow<'t, str>>,
    malformed: bool,
    /// Whether an empty line stands before it.
    gap: bool,
}

/// From how many columns on a row of as many texts is one of names.
const FEWEST_NAMES: usize = 4;

/// Tells the shape of an export by the beginning of its text.
pub(in crate::metrics) fn detect(sample: &[u8], complete: bool, given: &Dialect) -> Result<Shape, Refusal> {
    let end = if sample.contains(&b'\n') || !sample.contains(&b'\r') { b'\n' } else { b'\r' };
    let stated = stated_delimiter(sample, end);
    let (sample, complete) = first_lines(sample, complete, end, given.skip_rows.unwrap_or(0));
    let skip = u64::from(given.skip_rows.unwrap_or(0)).max(u64::from(stated.is_some()));
    let read = |delimiter| rows(sample, complete, Layout { delimiter, end }, skip);
    let delimiter = match given.delimiter.or(stated) {
        Some(delimiter) => delimiter,
        None => best_delimiter(sample, read)?,
    };
    let rows = read(delimiter);
    let layout = Layout { delimiter, end };
    if rows.is_empty() {
        return Err(Refusal {
            code: "empty-export",
            message: "this export holds no lines, not even a header".to_owned(),
            help: "export it again; an export with a header and no rows counts as no events".to_owned(),
        });
    }
    let width = usual_width(&rows);
    let shape = |header: Option<usize>, first: usize| Shape {
        layout,
        width: header.map_or(width, |header| rows[header].cells.len()),
        header: header.map(|header| rows[header].cells.iter().map(|cell| cell.clone().into_owned()).collect()),
        data_line: header.map_or_else(|| rows[first].line, |header| rows[header].next_line),
    };
    let first = rows.iter().position(|row| row.cells.len() == width).unwrap_or(0);
    if given.no_header {
        return Ok(shape(None, first));
    }
    if given.skip_rows.is_some() {
        return Ok(shape(Some(0), 0));
    }
    match find_header(&rows, width) {
        Some(last) => {
            let labelled = Shape { data_line: rows[last].next_line, ..shape(Some(first_names(&rows, last)), last + 1) };
            Ok(labelled)
        }
        None if let Some(header) = wider_header(&rows, first) => Ok(shape(Some(header), header + 1)),
        None if is_typed_like_its_followers(&rows, first) => Ok(shape(None, first)),
        None => Ok(shape(Some(first), first + 1)),
    }
}

/// Returns the lines that decide, and whether they are all there are.
fn first_lines(sample: &[u8], complete: bool, end: u8, skip: u32) -> (&[u8], bool) {
    let lines = LOOK_AT + 2 + skip as usize;
    match memchr::memchr_iter(end, sample).nth(lines * 2) {
        Some(behind) if behind + 1 < sample.len() => (&sample[..=behind], false),
        _ => (sample, complete),
    }
}

/// Returns the delimiter of a first line `sep=;`.
fn stated_delimiter(sample: &[u8], end: u8) -> Option<u8> {
    let line = sample.split(|&byte| byte == end).next()?.trim_ascii_end();
    let line = line.strip_prefix(b"\"").map_or(line, |line| line.strip_suffix(b"\"").unwrap_or(line));
    let (key, value) = line.split_at_checked(4)?;
    let delimiter = if value.is_empty() && sample.starts_with(b"sep=\t") { b"\t" } else { value };
    match delimiter {
        &[delimiter] if key.eq_ignore_ascii_case(b"sep=") => Some(delimiter),
        _ => None,
    }
}

fn rows(sample: &[u8], complete: bool, layout: Layout, skip: u64) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut next_line = skip + 1;
    each(sample, layout, skip, |raw, cells, line| {
        let gap = line > next_line;
        next_line = line + 1 + memchr::memchr_iter(layout.end, raw).count() as u64;
        let texts: Vec<Cow<'_, str>> = cells.iter().map(|cell| cell.text(raw)).collect();
        if texts.iter().any(|text| !text.is_empty()) && !is_ruling(raw) {
            let malformed = cells.iter().any(|cell| cell.malformed);
            rows.push(Row { line, next_line, cells: texts, malformed, gap });
        }
        rows.len() <= LOOK_AT
    });
    // The last record of the sample may be cut.
    if rows.len() > LOOK_AT || (!complete && rows.len() > 1) {
        rows.pop();
    }
    rows
}

/// Returns the delimiter that parts most rows alike and most cells into dates and numbers.
fn best_delimiter<'t>(sample: &[u8], read: impl Fn(u8) -> Vec<Row<'t>>) -> Result<u8, Refusal> {
    let occurring = [b',', b';', b'\t', b'|'].into_iter().filter(|&one| memchr::memchr(one, sample).is_some());
    let candidates: Vec<u8> = occurring.collect();
    if let &[only] = candidates.as_slice() {
        return Ok(only);
    }
    let mut scores: Vec<(f64, u8)> = Vec::new();
    for delimiter in candidates {
        let rows = read(delimiter);
        let width = usual_width(&rows);
        if width < 2 {
            continue;
        }
        let fitting: Vec<&Row<'_>> = rows.iter().filter(|row| row.cells.len() == width && !row.malformed).collect();
        let cells: Vec<&Cow<'_, str>> = fitting.iter().flat_map(|row| &row.cells).collect();
        let typed = cells.iter().filter(|cell| is_value(cell)).count();
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        scores.push((share(fitting.len(), rows.len()) + 0.25 * share(typed, cells.len()), delimiter));
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    match scores.as_slice() {
        [] => Ok(b','),
        [(best, _), (next, _), ..] if best - next < MARGIN => Err(Refusal {
            code: "ambiguous-delimiter",
            message: "this export's cells may be parted in two ways".to_owned(),
            help: "set `delimiter: \",\"` (or `;`, `tab`, `|`) in the metric's definition".to_owned(),
        }),
        [(_, delimiter), ..] => Ok(*delimiter),
    }
}

/// Returns how many cells most rows have; of two that are as frequent, several cells before one, then the earlier.
/// Lines about the export that come before its first row don't count.
fn usual_width(rows: &[Row<'_>]) -> usize {
    let table = rows.iter().position(|row| row.cells.len() > 1).unwrap_or(0);
    let rows = &rows[table..];
    let first = rows.first().map_or(0, |row| row.cells.len());
    let run = rows.iter().take_while(|row| row.cells.len() == first).count();
    // A report's few rows may have more lines below them than they are.
    if first > 1 && run > 1 && rows[run..].iter().all(|row| row.cells.len() == 1) {
        return first;
    }
    let count = |width: usize| rows.iter().filter(|row| row.cells.len() == width).count();
    let widths = rows.iter().rev().map(|row| row.cells.len());
    widths.max_by_key(|&width| (count(width), width > 1)).unwrap_or(0)
}

fn is_value(cell: &str) -> bool {
    looks_like_date(cell.as_bytes()) || evidence(cell.as_bytes()) != Evidence::NotANumber
}

/// Says whether a row names columns: texts, none of them a date or a number.
fn is_header_like(row: &Row<'_>, width: usize) -> bool {
    let texts = row.cells.iter().filter(|cell| !cell.is_empty()).count();
    row.cells.len() == width && texts > 0 && row.cells.iter().all(|cell| cell.is_empty() || !is_value(cell))
}

/// Returns the place of the header: of the rows that may be one, that with the longest run of rows behind it.
fn find_header(rows: &[Row<'_>], width: usize) -> Option<usize> {
    let run = |start: usize| {
        let same = |row: &Row<'_>| repeats(row, &rows[start].cells);
        let remark = |row: &Row<'_>| row.cells.len() < width && row.cells[0].starts_with('#');
        let fits = |row: &&Row<'_>| {
            same(row) || remark(row) || (row.cells.len() == width && !row.gap && !is_header_like(row, width))
        };
        rows[start + 1..].iter().take_while(fits).filter(|row| !same(row) && !remark(row)).count()
    };
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut most = 0;
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| is_header_like(row, width)) {
        // A header names as many columns as any line above it; a row with fewer words is a remark.
        let named = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        if named < most {
            continue;
        }
        most = named;
        if !runs.iter().any(|&(_, known)| repeats(row, &rows[known].cells)) {
            runs.push((run(place), place));
        }
    }
    let longest = runs.iter().map(|(run, _)| *run).max()?;
    let mut best = runs.iter().filter(|(run, _)| *run == longest).map(|(_, place)| *place);
    match longest {
        // Without any row of data the header is the first one behind the last gap.
        0 => {
            let gap = rows.iter().rposition(|row| row.gap).unwrap_or(0);
            let first = best.clone().next();
            best.find(|&place| place >= gap).or(first)
        }
        // Of short runs the last one counts: lines about the export come before its header.
        1 | 2 => best.next_back(),
        _ => best.next(),
    }
}

/// Returns the first of the rows of names that end at a header: survey tools write what was asked, and how it is called inside,
/// between the names of columns and the answers. Names are complete, and no two are alike.
fn first_names(rows: &[Row<'_>], header: usize) -> usize {
    let width = rows[header].cells.len();
    // Lines about an export are pairs, which short rows may be, too.
    if width < FEWEST_NAMES {
        return header;
    }
    let are_names = |row: &Row<'_>| {
        let names: BTreeSet<&str> = row.cells.iter().map(|cell| cell.trim()).filter(|name| !name.is_empty()).collect();
        is_header_like(row, width) && names.len() == width
    };
    (0..header).rev().take_while(|&at| !rows[at + 1].gap && are_names(&rows[at])).last().unwrap_or(header)
}

/// Returns the place of a header that names more columns than the rows behind it have cells: tools leave out those at the end
/// that are empty.
fn wider_header(rows: &[Row<'_>], first: usize) -> Option<usize> {
    let follower = rows.get(first).filter(|row| row.cells.len() > 1 && row.cells.iter().any(|cell| is_value(cell)))?;
    // Between may stand a row that is shorter still.
    let above = (0..first).rev().take_while(|&at| !rows[at + 1].gap);
    let mut wider = above.filter(|&at| rows[at].cells.len() > follower.cells.len());
    wider.find(|&at| {
        let cells = &rows[at].cells;
        is_header_like(&rows[at], cells.len())
            && cells.iter().filter(|cell| !cell.is_empty()).count() * 3 >= cells.len() * 2
    })
}

/// Says whether a row is the header once more, perhaps with another delimiter.
fn repeats(row: &Row<'_>, header: &[Cow<'_, str>]) -> bool {
    let other = |delimiter: char| {
        let cells = row.cells[0].split(delimiter).map(|cell| cell.trim().trim_matches('"'));
        cells.eq(header.iter().map(|name| &**name))
    };
    row.cells == header || (row.cells.len() == 1 && [',', ';', '\t', '|'].into_iter().any(other))
}

/// Says whether a row holds values where the row behind it does, and dates where that has dates.
fn is_typed_like_its_followers(rows: &[Row<'_>], first: usize) -> bool {
    let kind = |row: &Row<'_>| -> Vec<(bool, bool)> {
        row.cells.iter().map(|cell| (is_value(cell), looks_like_date(cell.as_bytes()))).collect()
    };
    let own = kind(&rows[first]);
    let next = rows.get(first + 1).map_or_else(|| own.clone(), kind);
    let dated = own.iter().zip(&next).any(|(own, next)| own.1 && next.1);
    dated || (own == next && own.iter().any(|kind| kind.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, delimiter: char, header: &[&str], data_line: u64) {
        let shape = detect(text.as_bytes(), true, &Dialect::default()).expect("a shape");
        assert_eq!(char::from(shape.layout.delimiter), delimiter);
        assert_eq!(shape.header.unwrap_or_default(), header);
        assert_eq!(shape.data_line, data_line);
    }

    #[test]
    fn delimiters_are_told_by_rows_that_are_alike() {
        check("date,value\n2026-07-01,1\n", ',', &["date", "value"], 2);
        check("date;value\n2026-07-01;1,5\n2026-07-02;2,5\n", ';', &["date", "value"], 2);
        check("date\tvalue\n2026-07-01\t1,5\n", '\t', &["date", "value"], 2);
        check("date|value\n2026-07-01|1\n", '|', &["date", "value"], 2);
        check(
            "\"S\";\"T\";\"V\"\n\"x\";\"2026-07-01\";1,721,992.2\n\"x\";\"2026-07-02\";2,042,607.5\n",
            ';',
            &["S", "T", "V"],
            2,
        );
        check("S;T;V\nnet(a=1,b=2,);2026-07-01;3\nnet(a=1,b=2,);2026-07-02;4\n", ';', &["S", "T", "V"], 2);
        check("opened\n2026-07-01\n2026-07-02\n", ',', &["opened"], 2);
        check("1473180630.0;1,96\n1473180660.0;1,73\n", ';', &[], 1);
    }

    #[test]
    fn two_ways_that_are_equally_good_are_refused() {
        let refusal = detect(b"a;b,c;d\n", true, &Dialect::default()).expect_err("ambiguous");
        assert!(refusal.help.contains("delimiter"), "{refusal:?}");
        let given = Dialect { delimiter: Some(b';'), ..Dialect::default() };
        assert_eq!(detect(b"a;b,c;d\n", true, &given).map(|shape| shape.width), Ok(3));
    }

    #[test]
    fn lines_before_the_header_are_passed_over() {
        check("Category: All\n\nWeek,hits: (World)\n2026-07-05,3\n2026-07-12,3\n", ',', &["Week", "hits: (World)"], 4);
        check("Report,Incidents\nGenerated,2026-07-01\n\nDate,Count\n2026-07-01,3\n", ',', &["Date", "Count"], 5);
        check(
            "Report,Incidents\nGenerated,2026-07-01\nDate,Count\n2026-07-01,3\n2026-07-02,3\n",
            ',',
            &["Date", "Count"],
            4,
        );
        check("# ----\n# Users\n# ----\nDay,Users\n2026-07-01,3\n2026-07-02,4\n", ',', &["Day", "Users"], 5);
        check("\r\n\r\ndate,value\r\n2026-07-01,1\r\n", ',', &["date", "value"], 4);
        check("# all\ndate,value\n# July\n2026-07-01,1\n2026-07-02,1\n", ',', &["date", "value"], 3);
        let footer = "\"Totals (1 record)\"\n\"Confidential\"\n\"By: Ana\"\n\"Example\"\n";
        check(&format!("day,sum\n2026-07-01,1\n\n{footer}"), ',', &["day", "sum"], 2);
    }

    #[test]
    fn a_stated_separator_is_believed() {
        check("sep=;\n\"Time\";\"A\"\nTime,A\n2026-07-01;null\n", ';', &["Time", "A"], 3);
        check("\"sep=|\"\r\na|b\r\n2026-07-01|1\r\n", '|', &["a", "b"], 3);
        check("sep=\t\na\tb\n2026-07-01\t1\n", '\t', &["a", "b"], 3);
    }

    #[test]
    fn a_header_without_rows_is_a_header() {
        check("\"ID\";\"Title\";\"Start\"\n", ';', &["ID", "Title", "Start"], 2);
        assert_eq!(detect(b"\n\n", true, &Dialect::default()).expect_err("empty").code, "empty-export");
    }

    #[test]
    fn a_first_row_of_values_is_no_header() {
        check("2026-07-01,1\n2026-07-02,2\n", ',', &[], 1);
        check("Berlin,2026,7,31\nBerlin,2026,8,30\n", ',', &[], 1);
        check("Date,2025,2026\n2026-07-01,3,4\n2026-07-02,3,4\n", ',', &["Date", "2025", "2026"], 2);
    }

    #[test]
    fn what_the_book_says_wins() {
        let text = b"about\nabout more\n2026;1\n2027;2\n";
        let given = Dialect { skip_rows: Some(2), no_header: true, ..Dialect::default() };
        let shape = detect(text, true, &given).expect("a shape");
        assert_eq!((shape.header, shape.data_line, shape.width), (None, 3, 2));
        let given = Dialect { skip_rows: Some(2), ..Dialect::default() };
        let shape = detect(text, true, &given).expect("a shape");
        assert_eq!((shape.header, shape.data_line), (Some(vec!["2026".to_owned(), "1".to_owned()]), 4));
    }

    #[test]
    fn lines_that_end_with_cr_only_are_lines() {
        let shape = detect(b"date,value\r2026-07-01,1\r", true, &Dialect::default()).expect("a shape");
        assert_eq!((shape.layout.end, shape.data_line), (b'\r', 2));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, text in "[a-b0-9,;|\t\"\r\n =-]{0,80}", skip in 0_u32..4, no_header: bool) {
            let given = Dialect { skip_rows: (skip > 0).then_some(skip), no_header, ..Dialect::default() };
            let _ = detect(&bytes, true, &given);
            let _ = detect(text.as_bytes(), false, &given);
        }
    }
}
