//! Seeded books of any size, so that figures of different days can be compared.
//!
//! Each team has three objectives with three key results in each of eight quarters, one wide export with a column
//! for each key result and a row for each of about ninety days a quarter, and a review of about 300 words a quarter.

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

/// Writes a book of `teams` teams into `folder`.
///
/// # Errors
///
/// Whatever the system says.
pub(crate) fn write_book(folder: &Path, teams: usize) -> io::Result<()> {
    fs::create_dir_all(folder.join("metrics"))?;
    fs::write(folder.join("okrbook.yaml"), "organisation: Meridian\nas_of: 2026-12-31\n")?;
    for quarter in 0..QUARTERS {
        fs::create_dir_all(folder.join(format!("quarters/{}", quarter_id(quarter))))?;
    }
    for team in 0..teams {
        let id = format!("team-{team:04}");
        let mut random = Random(team as u64);
        let steps = steps(&mut random);
        fs::write(folder.join(format!("metrics/{id}.csv")), export(&steps, &mut random))?;
        fs::write(folder.join(format!("metrics/{id}.yaml")), definitions(&id))?;
        for quarter in 0..QUARTERS {
            let base = folder.join(format!("quarters/{}", quarter_id(quarter)));
            fs::write(base.join(format!("{id}.yaml")), objectives(&id, quarter, &steps))?;
            fs::write(base.join(format!("{id}.review.md")), review(&mut random))?;
        }
    }
    Ok(())
}

fn quarter_id(quarter: usize) -> String {
    format!("{}-Q{}", FIRST_YEAR + quarter / 4, quarter % 4 + 1)
}

fn definitions(team: &str) -> String {
    let mut text = String::new();
    for shape in &SHAPES {
        let id = shape.id;
        let _ = writeln!(text, "{team}-{id}:\n  title: {}", shape.name().replace("{to}% ", ""));
        let _ = writeln!(text, "  file: {team}.csv\n  value: {id}\n  unit: \"{}\"\n  source: the gateway", shape.unit);
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

fn export(steps: &[[Step; QUARTERS]], random: &mut Random) -> String {
    let mut text = String::with_capacity(80_000);
    text.push_str("date");
    for shape in &SHAPES {
        let _ = write!(text, ",{}", shape.id);
    }
    text.push('\n');
    for quarter in 0..QUARTERS {
        let first_month = quarter % 4 * 3 + 1;
        let days = (0..3).flat_map(|month| (1..=30).map(move |day| (first_month + month, day)));
        for (place, (month, day)) in days.enumerate() {
            if month == 2 && day > 28 {
                continue;
            }
            let _ = write!(text, "{}-{month:02}-{day:02}", FIRST_YEAR + quarter / 4);
            for steps in steps {
                let Step { from, to, end } = steps[quarter];
                let noise = (to - from) * (random.unit() - 0.5) * 0.1;
                let value = from + (end - from) * place as f64 / 89.0 + noise;
                let _ = write!(text, ",{value:.3}");
            }
            text.push('\n');
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
