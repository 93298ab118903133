//! Seeded books of any size, so that figures of different days can be compared.
//!
//! Each team has three objectives with three key results in each of eight quarters, numbers for each key result on each of
//! about ninety days a quarter, and a review of about 300 words a quarter. The same numbers stand in wide exports, one a team
//! with a column for each key result, or in long ones, one a team and quarter with a row for each number.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// First year of every book; its eight quarters are those of this year and the next.
const FIRST_YEAR: usize = 2025;

/// Quarters in every book.
const QUARTERS: usize = 8;

/// The key results of a team: column name, sentence with places for start and end, and how far the column could go.
const SHAPES: [Shape; 9] = [
    Shape { id: "lead", title: "Reduce lead time from {from} days to {to} days", from: 14.0, to: 3.0, unit: "d" },
    Shape { id: "errors", title: "Reduce checkout errors from {from}% to {to}%", from: 8.0, to: 1.0, unit: "%" },
    Shape { id: "success", title: "Improve payment success from {from}% to {to}%", from: 94.0, to: 98.0, unit: "%" },
    Shape {
        id: "build",
        title: "Reduce build time from {from} minutes to {to} minutes",
        from: 25.0,
        to: 8.0,
        unit: "min",
    },
    Shape { id: "uptime", title: "Achieve {to}% uptime (from current {from}%)", from: 99.7, to: 99.95, unit: "%" },
    Shape { id: "cost", title: "Reduce cost per order from ${from} to ${to}", from: 0.12, to: 0.06, unit: "$" },
    Shape { id: "latency", title: "Reduce p75 page load from {from}s to {to}s", from: 3.2, to: 1.5, unit: "s" },
    Shape {
        id: "self-serve",
        title: "Raise self-serve answers from {from}% to {to}%",
        from: 40.0,
        to: 80.0,
        unit: "%",
    },
    Shape { id: "scaling", title: "Keep scaling response below {to} s", from: 70.0, to: 50.0, unit: "s" },
];

struct Shape {
    id: &'static str,
    title: &'static str,
    from: f64,
    to: f64,
    unit: &'static str,
}

impl Shape {
    /// Returns what the metric is called.
    fn name(&self) -> &'static str {
        self.title.split(" from ").next().unwrap_or(self.id)
    }

    fn sentence(&self, step: Step) -> String {
        let short = |value: f64| format!("{value:.5}").trim_end_matches('0').trim_end_matches('.').to_owned();
        self.title.replace("{from}", &short(step.from)).replace("{to}", &short(step.to))
    }
}

/// One quarter of a key result: where it starts, what it asks for, and where it ends.
#[derive(Clone, Copy)]
struct Step {
    from: f64,
    to: f64,
    end: f64,
}

/// Returns the quarters of each key result of a team: each starts where the one before ended, and asks for half of the
/// way that is left.
fn steps(random: &mut Random) -> Vec<[Step; QUARTERS]> {
    let walk = |shape: &Shape| {
        let mut from = shape.from;
        std::array::from_fn(|_| {
            let to = from + (shape.to - from) * 0.5;
            let end = from + (to - from) * random.unit() * 1.2;
            let step = Step { from, to, end };
            from = end;
            step
        })
    };
    SHAPES.iter().map(walk).collect()
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// How the numbers of a book are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A file of each team, a column for each metric; definitions beside it.
    Wide,
    /// A file of each team and quarter, a row for each number: `date,metric,value`; all definitions in one file, which
    /// read their exports by patterns and conditions.
    Long,
}

/// What a book is like.
#[derive(Clone, Copy)]
pub(crate) struct Book {
    /// How many teams it has.
    pub(crate) teams: usize,
    /// How its numbers are laid out.
    pub(crate) layout: Layout,
    /// Whether nothing says who measured, which is found in each key result.
    pub(crate) has_findings: bool,
}

/// Writes a book into `folder`.
///
/// # Errors
///
/// Whatever the system says.
pub(crate) fn write_book(folder: &Path, book: Book) -> io::Result<()> {
    let Book { teams, layout, has_findings } = book;
    let mut all_definitions = String::new();
    fs::create_dir_all(folder.join("metrics"))?;
    fs::write(folder.join("okrbook.yaml"), "organisation: Meridian\nas_of: 2026-12-31\n")?;
    for quarter in 0..QUARTERS {
        fs::create_dir_all(folder.join(format!("quarters/{}", quarter_id(quarter))))?;
    }
    for team in 0..teams {
        let id = format!("team-{team:04}");
        let mut random = Random(team as u64);
        let steps = steps(&mut random);
        let days = days(&steps, &mut random);
        let definitions = definitions(&id, layout, has_findings);
        if layout == Layout::Wide {
            fs::write(folder.join(format!("metrics/{id}.csv")), wide(&days))?;
            fs::write(folder.join(format!("metrics/{id}.yaml")), definitions)?;
        } else {
            for (quarter, days) in days.iter().enumerate() {
                let name = format!("metrics/{id}-{}.csv", quarter_id(quarter));
                fs::write(folder.join(name), long(days))?;
            }
            all_definitions.push_str(&definitions);
        }
        for quarter in 0..QUARTERS {
            let base = folder.join(format!("quarters/{}", quarter_id(quarter)));
            fs::write(base.join(format!("{id}.yaml")), objectives(&id, quarter, &steps))?;
            fs::write(base.join(format!("{id}.review.md")), review(&mut random))?;
        }
    }
    if !all_definitions.is_empty() {
        fs::write(folder.join("metrics.yaml"), all_definitions)?;
    }
    Ok(())
}

fn quarter_id(quarter: usize) -> String {
    format!("{}-Q{}", FIRST_YEAR + quarter / 4, quarter % 4 + 1)
}

fn definitions(team: &str, layout: Layout, has_findings: bool) -> String {
    let mut text = String::new();
    for shape in &SHAPES {
        let id = shape.id;
        let _ = writeln!(text, "{team}-{id}:\n  title: {}", shape.name().replace("{to}% ", ""));
        let _ = match layout {
            Layout::Wide => writeln!(text, "  file: {team}.csv\n  value: {id}"),
            Layout::Long => writeln!(text, "  file: {team}-*.csv\n  value: value\n  where: {{ metric: {id} }}"),
        };
        let _ = writeln!(text, "  unit: \"{}\"", shape.unit);
        if !has_findings {
            text.push_str("  source: the gateway\n");
        }
    }
    text
}

fn objectives(team: &str, quarter: usize, steps: &[[Step; QUARTERS]]) -> String {
    let mut text = "objectives:\n".to_owned();
    for objective in 0..3 {
        let _ = writeln!(text, "  - id: o{objective}\n    title: Make part {objective} of the service dependable");
        text.push_str("    outcome: Reduce churn\n    lever: Improve reliability\n");
        text.push_str("    changes: One squad stops roadmap work until this holds\n    key_results:\n");
        for (shape, steps) in SHAPES.iter().zip(steps).skip(objective * 3).take(3) {
            let _ = writeln!(text, "      - id: {}\n        title: {}", shape.id, shape.sentence(steps[quarter]));
            let _ = writeln!(text, "        metric: {team}-{}\n        owners: [ana, ben]", shape.id);
        }
    }
    text
}

/// A day with the value of each key result.
type DayValues = (String, Vec<f64>);

/// Returns the days of each quarter.
fn days(steps: &[[Step; QUARTERS]], random: &mut Random) -> Vec<Vec<DayValues>> {
    let of_quarter = |quarter: usize| {
        let first_month = quarter % 4 * 3 + 1;
        let days = (0..3).flat_map(move |month| (1..=30).map(move |day| (first_month + month, day)));
        let known = days.enumerate().filter(|(_, (month, day))| *month != 2 || *day <= 28);
        let values = |(place, (month, day)): (usize, (usize, usize))| {
            let value = |steps: &[Step; QUARTERS]| {
                let Step { from, to, end } = steps[quarter];
                let noise = (to - from) * (random.unit() - 0.5) * 0.1;
                from + (end - from) * place as f64 / 89.0 + noise
            };
            let date = format!("{}-{month:02}-{day:02}", FIRST_YEAR + quarter / 4);
            (date, steps.iter().map(value).collect())
        };
        known.map(values).collect()
    };
    (0..QUARTERS).map(of_quarter).collect()
}

fn wide(quarters: &[Vec<DayValues>]) -> String {
    let mut text = String::with_capacity(80_000);
    text.push_str("date");
    for shape in &SHAPES {
        let _ = write!(text, ",{}", shape.id);
    }
    text.push('\n');
    for (date, values) in quarters.iter().flatten() {
        text.push_str(date);
        for value in values {
            let _ = write!(text, ",{value:.3}");
        }
        text.push('\n');
    }
    text
}

fn long(days: &[DayValues]) -> String {
    let mut text = String::with_capacity(30_000);
    text.push_str("date,metric,value\n");
    for (date, values) in days {
        for (shape, value) in SHAPES.iter().zip(values) {
            let _ = writeln!(text, "{date},{},{value:.3}", shape.id);
        }
    }
    text
}

fn review(random: &mut Random) -> String {
    const WORDS: [&str; 24] = [
        "the", "deploys", "slowed", "when", "two", "alerts", "fired", "at", "once", "we", "moved", "paging", "to",
        "one", "rota", "and", "the", "queue", "drained", "faster", "than", "any", "week", "before",
    ];
    let mut sentence = |words: usize| {
        let mut text = String::new();
        for place in 0..words {
            let word = WORDS[random.next() as usize % WORDS.len()];
            text.push_str(if place == 0 { "" } else { " " });
            text.push_str(word);
        }
        text.push_str(".\n");
        text
    };
    let mut text = sentence(40);
    for (place, shape) in SHAPES.iter().enumerate() {
        let _ = writeln!(text, "\n## o{}/{}\n", place / 3, shape.id);
        for heading in ["What worked", "What didn't", "What we learned"] {
            let _ = writeln!(text, "### {heading}\n\n{}", sentence(4));
        }
        text.push_str("### Carry forward?\n\nNo: it holds now.\n");
    }
    text
}
