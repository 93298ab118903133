//! Two years of a made-up company of 300 people, as three products would export them.
//!
//! In: nothing; numbers come from a counter, so every run makes the same. Out: a Viva ZIP, a CSV table and a Markdown text.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TEAMS: [&str; 8] =
    ["Platform", "Checkout", "Search & Browse", "Données", "Mobile", "Growth", "Support", "Finance"];

/// Periods as four people spelt them, with first and last day.
const QUARTERS: [(&str, &str, &str); 8] = [
    ("Q1 2024", "2024-01-01", "2024-03-31"),
    ("2024 Q2", "2024-04-01", "2024-06-30"),
    ("Quarter 3 FY24", "2024-07-01", "2024-09-30"),
    ("4Q24", "2024-10-01", "2024-12-31"),
    ("Q1 2025", "2025-01-01", "2025-03-31"),
    ("2025 Q2", "2025-04-01", "2025-06-30"),
    ("Quarter 3 FY25", "2025-07-01", "2025-09-30"),
    ("4Q25", "2025-10-01", "2025-12-31"),
];

const HALVES: [(&str, &str, &str); 4] = [
    ("H1 2024", "2024-01-01", "2024-06-30"),
    ("2H24", "2024-07-01", "2024-12-31"),
    ("H1 2025", "2025-01-01", "2025-06-30"),
    ("2025-H2", "2025-07-01", "2025-12-31"),
];

const THINGS: [&str; 6] =
    ["failed payments", "support contacts", "late parcels", "empty searches", "crashes", "open invoices"];

pub(super) struct KeyResult {
    title: String,
    start: i64,
    target: i64,
    /// Days with values; none for a milestone.
    values: Vec<(String, i64)>,
    owner: String,
    is_milestone: bool,
}

pub(super) struct Objective {
    title: String,
    team: &'static str,
    period: (&'static str, &'static str, &'static str),
    key_results: Vec<KeyResult>,
}

/// How many check-ins came after the last day of their cycle.
pub(super) const LATE: usize = 20;

/// Returns 400 key results of 8 teams in 12 cycles.
pub(super) fn objectives() -> Vec<Objective> {
    let mut count = 0;
    let mut objectives = Vec::new();
    for (place, team) in TEAMS.into_iter().enumerate() {
        for period in QUARTERS {
            for (name, size) in [("Be the shop that people trust", 3), ("Grow without growing the bill", 2)] {
                objectives.push(objective(name, team, period, (size, &mut count)));
            }
        }
        for period in HALVES {
            let size = 2 + place % 2;
            objectives.push(objective("Become one company", team, period, (size, &mut count)));
        }
    }
    objectives
}

fn objective(
    name: &str,
    team: &'static str,
    period: (&'static str, &'static str, &'static str),
    (size, count): (usize, &mut usize),
) -> Objective {
    let key_results = (0..size).map(|_| {
        *count += 1;
        key_result(*count, period)
    });
    Objective { title: name.to_owned(), team, period, key_results: key_results.collect() }
}

fn key_result(count: usize, (_, begins, ends): (&str, &str, &str)) -> KeyResult {
    let thing = THINGS[count % THINGS.len()];
    let number = i64::try_from(count).expect("small");
    let (start, target) = (2000 + number * 7, 1000 + number * 3);
    let owner = format!("Person {}", count % 300);
    let is_milestone = count.is_multiple_of(10);
    let title = match count % 10 {
        0 => format!("Open the depot number {count}"),
        1..=4 => format!("Reduce {thing} from {start} to {target}"),
        5..=7 => format!("Fewer {thing} in region {count}"),
        _ => format!("Reduce {thing} to {target}"),
    };
    let year = &begins[..4];
    let first: u32 = begins[5..7].parse().expect("a month");
    let last: u32 = ends[5..7].parse().expect("a month");
    let step = (start - target) / i64::from(8 * (last - first + 1));
    let days = (first..=last).flat_map(|month| [(month, 5), (month, 19)]);
    let mut values: Vec<(String, i64)> = days
        .enumerate()
        .map(|(place, (month, day))| {
            (format!("{year}-{month:02}-{day:02}"), start - step * i64::try_from(place).expect("small"))
        })
        .collect();
    if count % 20 == 3 {
        // The last meeting of the cycle was held after its end.
        let (after, month) = if last == 12 {
            (year.parse::<u32>().expect("a year") + 1, 1)
        } else {
            (year.parse().expect("a year"), last + 1)
        };
        values.push((format!("{after}-{month:02}-07"), target));
    }
    if is_milestone {
        values.clear();
    }
    KeyResult { title, start, target, values, owner, is_milestone }
}

impl KeyResult {
    /// Returns the score as the product computes it, from the last value whenever it came, in two decimals.
    fn score(&self) -> Option<String> {
        let (_, value) = self.values.last()?;
        let hundredths = ((self.start - value) * 1000 / (self.start - self.target) + 5) / 10;
        Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
    }
}

/// Writes a number as people read it.
fn grouped(number: i64) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

pub(super) fn table(objectives: &[Objective]) -> String {
    let mut text = "Team,Quarter,Objective,Key Result,Start,Target,Owner,Date,Value,Score\n".to_owned();
    for objective in objectives {
        for known in &objective.key_results {
            let head = format!("{},{},{},{}", objective.team, objective.period.0, objective.title, known.title);
            if known.is_milestone {
                text.push_str(&format!("{head},,,{},,,\n", known.owner));
            }
            let score = known.score().unwrap_or_default();
            for (day, value) in &known.values {
                let (start, target) = (known.start, known.target);
                text.push_str(&format!(
                    "{head},{start},{target},{},{day},\"{}\",{score}\n",
                    known.owner,
                    grouped(*value)
                ));
            }
        }
    }
    text
}

pub(super) fn markdown(objectives: &[Objective]) -> String {
    let mut text = "# Our OKRs\n\nWhat we want, and how we tell.\n".to_owned();
    for team in TEAMS {
        text.push_str(&format!("\n# Team: {team}\n"));
        for period in QUARTERS.into_iter().chain(HALVES) {
            text.push_str(&format!("\n## OKRs {}\n", period.0));
            let own = objectives.iter().filter(|known| known.team == team && known.period == period);
            for (place, objective) in own.enumerate() {
                text.push_str(&format!("\n### Objective {}: {}\n\n", place + 1, objective.title));
                for (place, known) in objective.key_results.iter().enumerate() {
                    let score = known.score().map(|score| format!(" [{score}]")).unwrap_or_default();
                    let tick = if known.is_milestone { "[x] " } else { "" };
                    text.push_str(&format!(
                        "- {tick}**KR{}:** {}{score} (@person-{})\n",
                        place + 1,
                        known.title,
                        place
                    ));
                    text.push_str("  - talk to the vendor\n");
                }
            }
        }
    }
    text
}

pub(super) fn viva(objectives: &[Objective]) -> Vec<u8> {
    let (mut goals, mut check_ins) = (Vec::new(), Vec::new());
    for (place, objective) in objectives.iter().enumerate() {
        let (name, begins, ends) = objective.period;
        let common = format!(
            "\"Teams\": [{{\"ID\": 1, \"Name\": \"{}\"}}], \"Time Period\": {{\"ID\": \"{name}\", \"Name\": \"{name}\"}}, \
             \"Start Date\": \"{begins}\", \"End Date\": \"{ends}\", \"Status\": \"Closed\"",
            objective.team
        );
        goals.push(format!(
            "{{\"ID\": \"o{place}\", \"Title\": \"{}\", \"Type\": \"Big rock\", {common}, \"Progress\": 63}}",
            objective.title
        ));
        for (number, known) in objective.key_results.iter().enumerate() {
            let id = format!("k{place}-{number}");
            let kind = if known.is_milestone { "Project" } else { "Kpi" };
            goals.push(format!(
                "{{\"ID\": \"{id}\", \"Title\": \"{}\", \"Type\": \"{kind}\", \"Parent IDs\": [\"o{place}\"], {common}, \
                 \"Owner\": [{{\"Name\": \"{}\", \"Email\": \"p@example.com\"}}], \"Progress\": \"41\", \"Score\": {}, \
                 \"Outcome\": {{\"Outcome Type\": \"Metric\", \"Start\": \"{}\", \"Target\": {}}}}}",
                known.title,
                known.owner,
                known.score().unwrap_or_else(|| "null".to_owned()),
                grouped(known.start),
                known.target
            ));
            check_ins.extend(known.values.iter().map(|(day, value)| {
                format!(
                    "{{\"OKR ID\": \"{id}\", \"CheckIn Date\": \"{day}T09:30:00Z\", \"Current Value\": \"{}\", \"Status\": \"On Track\"}}",
                    grouped(*value)
                )
            }));
        }
    }
    let periods = QUARTERS.into_iter().chain(HALVES).map(|(name, begins, ends)| {
        format!("{{\"ID\": \"{name}\", \"Name\": \"{name}\", \"Start Date\": \"{begins}\", \"End Date\": \"{ends}\"}}")
    });
    let list = |items: Vec<String>| format!("[\n{}\n]", items.join(",\n"));
    zipped(&[
        ("TimePeriods.json", list(periods.collect()).as_bytes()),
        ("Teams.json", b"[]"),
        ("objectives.json", list(goals).as_bytes()),
        ("checkins.json", list(check_ins).as_bytes()),
    ])
}

/// Returns an archive of files.
pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        writer.start_file(*name, options).expect("begun");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("whole").into_inner()
}
