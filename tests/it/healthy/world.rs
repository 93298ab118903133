//! A truth that moves from quarter to quarter, and what tools say of it on a day.
//!
//! In: a seed and the days that pass. Out: exports as they were published by a day, and the number that a person who looks
//! on that day reads off a dashboard. Knows nothing of okrbook but its calendar.

use std::fmt::Write as _;

use okrbook::model::calendar::{Calendar, Day, Quarter, Window};

/// The days on which this company doesn't work.
pub(super) const HOLIDAYS: [&str; 9] = [
    "2023-12-25",
    "2023-12-26",
    "2024-01-01",
    "2024-03-29",
    "2024-04-01",
    "2024-05-01",
    "2024-12-25",
    "2025-04-18",
    "2025-05-01",
];

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

pub(super) fn quarter_of(day: Day) -> Quarter {
    Calendar::default().quarter_of(day).expect("a quarter")
}

/// Returns 0 on Mondays and 6 on Sundays.
const fn weekday(day: Day) -> i32 {
    (day.number() + 3).rem_euclid(7)
}

pub(super) fn is_working(day: Day) -> bool {
    weekday(day) < 5 && !HOLIDAYS.contains(&day.to_string().as_str())
}

/// Returns the day, or the next one on which people work.
pub(super) fn working(day: Day) -> Day {
    (0..9).map(|days| day.plus(days)).find(|day| is_working(*day)).expect("a working day")
}

/// Numbers by chance, the same ones for the same seed (xorshift).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a number between two.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let share = f64::from(u32::try_from(self.0 >> 32).unwrap_or(0)) / f64::from(u32::MAX);
        low + share * (high - low)
    }

    /// Returns a whole number below another one.
    pub(super) fn below(&mut self, end: i32) -> i32 {
        (self.between(0.0, f64::from(end)) as i32).min(end - 1)
    }

    /// Returns a number that is 0 on average and seldom beyond 2 (the sum of twelve, which needs no logarithm).
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.between(-0.5, 0.5)).sum()
    }
}

/// How a tool tells of a metric.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shape {
    /// A row a day: the whole and its part.
    Ratio(f64),
    /// A row a week (`2026-W30`), there on the Monday behind it.
    Weeks(f64),
    /// A row a month (`2026-07`), published on the 8th of the next.
    Months(f64),
    /// A bill by months (`2026-07-01`), and what it is divided by, in a file of its own.
    Bill(f64),
    /// A value on each working day.
    Value,
    /// Some tickets on each working day, with two dates.
    Wait(i32),
    /// Up to five rows a quarter, beside rows of other kinds.
    Rare,
    /// Rows that are open until they are closed.
    Stock,
    /// A survey in each quarter's last month, published ten days later.
    Survey,
}

/// A row of an export.
struct Row {
    day: Day,
    published: Day,
    file: usize,
    part: f64,
    whole: f64,
    text: String,
    closed: Option<Day>,
}

/// A metric as it is, with what its tool wrote down so far.
pub(super) struct Metric {
    pub(super) id: &'static str,
    pub(super) shape: Shape,
    /// The exports with their headers.
    files: &'static [(&'static str, &'static str)],
    /// From this day on the second export goes on from the first.
    seam: Option<Day>,
    /// Whether its value is that of the whole quarter.
    by_quarter: bool,
    noise: f64,
    level: f64,
    aim: f64,
    since: Day,
    dice: Dice,
    rows: Vec<Row>,
    due: Vec<i32>,
}

impl Metric {
    pub(super) fn new(
        id: &'static str,
        shape: Shape,
        level: f64,
        files: &'static [(&'static str, &'static str)],
    ) -> Self {
        let seed = id.bytes().fold(42, |seed: u64, byte| seed.wrapping_mul(31) + u64::from(byte));
        let (since, dice) = (day("2023-01-01"), Dice::new(seed));
        Self {
            id,
            shape,
            files,
            seam: None,
            by_quarter: false,
            noise: 0.01,
            level,
            aim: level,
            since,
            dice,
            rows: Vec::new(),
            due: Vec::new(),
        }
    }

    pub(super) fn noisy(self, noise: f64) -> Self {
        Self { noise, ..self }
    }

    /// Says that its value is that of the whole quarter.
    pub(super) fn by_quarter(self) -> Self {
        Self { by_quarter: true, ..self }
    }

    /// Says that from a day on the second export goes on from the first.
    pub(super) fn until(self, seam: Day) -> Self {
        Self { seam: Some(seam), ..self }
    }

    /// Turns the truth towards a value, which it reaches in the quarter's second half.
    pub(super) fn turn(&mut self, quarter: Quarter, to: f64) {
        self.level = self.truth(quarter.window.start);
        (self.aim, self.since) = (to, quarter.window.start);
        if self.shape == Shape::Rare {
            self.due = (0..to.round() as i32).map(|place| 9 + 15 * place + self.dice.below(12)).collect();
        }
    }

    /// Returns the truth on a day: where it was for ten days, and where it is to be after seven weeks.
    pub(super) fn truth(&self, day: Day) -> f64 {
        let share = (f64::from(day.since(self.since) - 10) / 40.0).clamp(0.0, 1.0);
        self.level + (self.aim - self.level) * share * share * (3.0 - 2.0 * share)
    }

    fn drawn(&mut self, day: Day) -> f64 {
        self.truth(day) * (1.0 + self.noise * self.dice.normal())
    }

    /// Lets a day pass.
    pub(super) fn pass(&mut self, day: Day) {
        let next = day.plus(1);
        let month = next.ymd().1 != day.ymd().1;
        match self.shape {
            Shape::Ratio(volume) => self.share(day, (volume, next), &day.to_string()),
            Shape::Weeks(volume) if weekday(day) == 6 => self.share(day, (volume, next), &iso_week(day)),
            Shape::Months(volume) if month => self.share(day, (volume, next.plus(7)), &day.to_string()[..7]),
            Shape::Bill(volume) if month => self.bill(day, volume),
            Shape::Value if is_working(day) => {
                let value = self.drawn(day);
                self.push(day, next, (value, 1.0), format!("{day},{value:.1}"));
            }
            Shape::Wait(tickets) if is_working(day) => (0..tickets).for_each(|_| self.ticket(day)),
            Shape::Rare => self.incident(day),
            Shape::Stock => self.open_and_close(day),
            Shape::Survey if day.ymd().1.is_multiple_of(3) && day.ymd().2 == 14 => {
                let value = self.drawn(day).round();
                self.push(day, day.plus(10), (value, 1.0), format!("{day},412,{value}"));
            }
            _ => {}
        }
    }

    fn push(&mut self, day: Day, published: Day, (part, whole): (f64, f64), text: String) {
        let file = usize::from(self.seam.is_some_and(|seam| day > seam));
        self.rows.push(Row { day, published, file, part, whole, text, closed: None });
    }

    fn share(&mut self, day: Day, (volume, published): (f64, Day), date: &str) {
        let quiet = if weekday(day) > 4 { 0.6 } else { 1.0 };
        let whole = (volume * if self.shape == Shape::Ratio(volume) { quiet } else { 1.0 }).round();
        let part = (whole * self.drawn(day) / 100.0).round();
        // The second vendor gives a share where the first one gave a percentage.
        let text = match self.seam {
            Some(seam) if day > seam => format!("{date},{whole},{:.4}", part / whole),
            Some(_) => format!("{date},{whole},{:.2}", 100.0 * part / whole),
            None => format!("{date},{whole},{part}"),
        };
        self.push(day, published, (part, whole), text);
    }

    fn bill(&mut self, last: Day, volume: f64) {
        let orders = volume * (1.0 + 0.03 * self.dice.normal());
        let (orders, first) = ((orders * 1000.0).round() / 1000.0, last.month_start(0));
        let total = (self.drawn(last) * orders).round();
        self.push(last, last.plus(8), (total / 100.0, orders), format!("{first},cloud,{total:.2}"));
        self.push(last, last.plus(8), (0.0, 0.0), format!("{first},{orders:.3}"));
        self.rows.last_mut().expect("a row").file = 1;
    }

    fn ticket(&mut self, closed: Day) {
        let hours = self.truth(closed) * (1.0 + 0.3 * self.dice.normal().clamp(-2.0, 2.0));
        let minutes = (hours * 60.0).round() as i32;
        let end = closed.number() * 1440 + 9 * 60 + self.dice.below(480);
        let key = 1000 + self.rows.len();
        let text = format!("T-{key},{},{}", moment(end - minutes), moment(end));
        self.push(closed, closed.plus(1), (f64::from(minutes) / 60.0, 1.0), text);
    }

    fn incident(&mut self, today: Day) {
        let into = today.since(quarter_of(today).window.start);
        if into == 0 && self.since < today {
            // Where nobody works on it there are as many as there usually are, until it is decided otherwise.
            self.due = vec![20, 45, 71];
        }
        let key = 1000 + 7 * self.rows.len();
        for _ in self.due.clone().iter().filter(|due| **due == into) {
            self.push(today, today.plus(1), (1.0, 1.0), format!("INC-{key},Highest,{today} 07:12"));
        }
        if self.dice.below(20) == 0 {
            self.push(today, today.plus(1), (0.0, 1.0), format!("INC-{key},Low,{today} 16:40"));
        }
    }

    fn open_and_close(&mut self, today: Day) {
        let want = self.truth(today).round() as usize;
        let mut new = if self.rows.is_empty() {
            want
        } else if is_working(today) {
            4
        } else {
            0
        };
        while new > 0 {
            let key = 1000 + self.rows.len();
            self.push(today, today.plus(1), (1.0, 1.0), format!("Q-{key},{today}"));
            new -= 1;
        }
        let open: Vec<usize> = (0..self.rows.len()).filter(|at| self.rows[*at].closed.is_none()).collect();
        for place in open.iter().take(if is_working(today) { open.len().saturating_sub(want) } else { 0 }) {
            self.rows[*place].closed = Some(today);
        }
    }

    /// Corrects rows a little, as a tool does that finds events late.
    pub(super) fn correct(&mut self, (from, to): (Day, Day), less: f64) {
        for row in self.rows.iter_mut().filter(|row| from <= row.day && row.day <= to) {
            row.part -= less;
            row.text = format!("{},{},{}", row.day, row.whole, row.part);
        }
    }

    /// Returns the exports with what is published on the morning of a day.
    pub(super) fn exports(&self, today: Day) -> Vec<(&'static str, String)> {
        let texts = self.files.iter().enumerate().map(|(place, (file, header))| {
            let mut text = format!("{header}\n");
            for row in self.rows.iter().filter(|row| row.file == place && row.published <= today) {
                text.push_str(&row.text);
                if self.shape == Shape::Stock {
                    let closed = row.closed.filter(|closed| *closed < today);
                    let _ = write!(text, ",{}", closed.map_or_else(String::new, |closed| closed.to_string()));
                }
                text.push('\n');
            }
            (*file, text)
        });
        texts.collect()
    }

    /// Returns the number that somebody sees who looks on the morning of a day, by the metric's definition: of the last
    /// four weeks, of the quarter that is or was, of what is published.
    pub(super) fn seen(&self, today: Day) -> f64 {
        let last = today.plus(-1);
        let quarter = quarter_of(today.plus(-20));
        let ratio = |rows: &[&Row]| {
            100.0 * rows.iter().map(|row| row.part).sum::<f64>() / rows.iter().map(|row| row.whole).sum::<f64>()
        };
        let rows: Vec<&Row> = self.rows.iter().filter(|row| row.published <= today && row.whole > 0.0).collect();
        let newest = |number: usize| &rows[rows.len() - number..];
        let window = if self.by_quarter { quarter.window } else { Window { start: today.plus(-28), end: today } };
        let recent: Vec<&Row> = rows.iter().copied().filter(|row| window.contains(row.day)).collect();
        match self.shape {
            Shape::Ratio(_) => ratio(&recent),
            Shape::Value => ratio(&recent) / 100.0,
            Shape::Weeks(_) => ratio(newest(4)),
            Shape::Months(_) => ratio(newest(3)),
            Shape::Bill(_) => ratio(newest(1)),
            Shape::Survey => newest(1)[0].part,
            Shape::Rare => recent.iter().map(|row| row.part).sum(),
            Shape::Stock => {
                self.rows.iter().filter(|row| row.day < today && row.closed.is_none_or(|on| on > last)).count() as f64
            }
            Shape::Wait(_) => {
                let mut hours: Vec<f64> = recent.iter().map(|row| row.part).collect();
                hours.sort_by(f64::total_cmp);
                (hours[(hours.len() - 1) / 2] + hours[hours.len() / 2]) / 2.0
            }
        }
    }

    /// Returns the number with which a quarter ends.
    pub(super) fn at_the_end(&self, quarter: Quarter) -> f64 {
        let end = quarter.window.end;
        self.seen(match self.shape {
            Shape::Months(_) | Shape::Bill(_) | Shape::Survey => end.plus(14),
            // The last week is the one whose Thursday lies in the quarter.
            Shape::Weeks(_) => end.plus(3),
            _ => end,
        })
    }
}

/// Writes minutes since 1970 as `2026-07-01 09:12`.
fn moment(minutes: i32) -> String {
    let (day, minute) = (minutes.div_euclid(1440), minutes.rem_euclid(1440));
    format!("{} {:02}:{:02}", Day::from_number(day), minute / 60, minute % 60)
}

/// Writes the ISO week of a day.
fn iso_week(day: Day) -> String {
    let thursday = day.plus(3 - weekday(day));
    let year = thursday.ymd().0;
    let first = Day::new(year, 1, 1).expect("a day");
    format!("{year}-W{:02}", thursday.since(first) / 7 + 1)
}
