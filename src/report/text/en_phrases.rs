//! Phrases that put numbers into words, in English.
//!
//! In: counts, grades, states. Out: phrases and sentences that pages print.

use crate::model::calendar::{Day, Window};
use crate::model::plan::{Ambition, Pace};
use crate::model::quantity::Number;
use crate::model::scorecard::{
    Baseline, BaselineOrigin, Grade, GuardrailState, KeyResultScore, ProjectionRule, QuarterState, Rollup, ScoreState,
    Standing, Status,
};
use crate::report::Ages;
use crate::report::ObjectiveReport;
use crate::report::decide::{Count, Mark};
use crate::report::format::Format;
use crate::score::verdict;

/// Puts numbers into words.
#[derive(Debug, Clone, Copy)]
pub struct Phrases {
    pub(super) format: Format,
}

impl Phrases {
    /// Returns the phrases that write values in a format.
    #[must_use]
    pub const fn new(format: Format) -> Self {
        Self { format }
    }

    /// Returns where a quarter or team stands, in a sentence.
    #[must_use]
    pub fn standing(self, count: &Count, state: QuarterState) -> String {
        let all = key_results(count.all);
        if count.all == 0 {
            return "No key results yet.".to_owned();
        }
        match state {
            QuarterState::Upcoming => format!("{all} planned; the {} has not begun.", self.format.cycle()),
            QuarterState::Open if count.on_track + count.scored == 0 => format!("{all}, none with data yet."),
            QuarterState::Open => format!("{} of {all} on track or ahead.", count.on_track),
            QuarterState::Over | QuarterState::Sealed => format!("{} of {all} reached 0.7 or more.", count.strong),
        }
    }

    /// Returns a quarter's state.
    #[must_use]
    pub const fn state(self, state: QuarterState) -> &'static str {
        match state {
            QuarterState::Upcoming => "not begun",
            QuarterState::Open => "running",
            QuarterState::Over => "over",
            QuarterState::Sealed => "sealed",
        }
    }

    /// Returns a quarter's state, and how many of its days are behind it while it runs.
    #[must_use]
    pub fn state_on(self, state: QuarterState, window: Window, as_of: Day) -> String {
        let word = self.state(state);
        let (day, of) = (as_of.since(window.start) + 1, window.days());
        match state {
            QuarterState::Open if (1..=of).contains(&day) => format!("{word}: day {day} of {of}"),
            _ => word.to_owned(),
        }
    }

    /// Returns what stands beside means of projected and measured scores.
    #[must_use]
    pub fn so_far(self) -> String {
        format!(
            "The {} is not over: grades show what the data says so far, and some of them are projected to its end.",
            self.format.cycle()
        )
    }

    /// Returns the word beside a grade that is no verdict yet.
    #[must_use]
    pub const fn so_far_word(self) -> &'static str {
        "so far"
    }

    /// Returns the words of the bands with what to ask of each, from missed to complete.
    #[must_use]
    pub const fn bands(self) -> [&'static str; 4] {
        [
            "missed: investigate why",
            "fell short: expected of stretch goals",
            "strong: ambitious and achievable",
            "complete: was it too easy?",
        ]
    }

    /// Returns the words of the statuses with what each means, from ahead to no data.
    #[must_use]
    pub const fn paces(self, has_committed: bool) -> [&'static str; 6] {
        if has_committed {
            [
                "ahead: heading for 1.0 (committed: met)",
                "on track: heading for 0.7 (committed: 1.0)",
                "at risk: heading for 0.4 (committed: 0.7)",
                "off track: heading for less",
                "out of reach: 1.0 no longer possible",
                "no data",
            ]
        } else {
            [
                "ahead: heading for 1.0",
                "on track: heading for 0.7 or more",
                "at risk: heading for 0.4 or more",
                "off track: heading for less",
                "out of reach: 1.0 no longer possible",
                "no data",
            ]
        }
    }

    /// Returns the caption of a team's scoring table.
    #[must_use]
    pub fn scores_of(self, team: &str, quarter: &str) -> String {
        format!("Key results of {team} in {quarter}")
    }

    /// Says how many supporters aren't named.
    #[must_use]
    pub fn more_supporters(self, count: usize) -> String {
        format!("{} more", self.format.count(count as u64))
    }

    /// Says how many key results a list leaves out.
    #[must_use]
    pub fn more_key_results(self, count: usize) -> String {
        format!("{} of earlier cycles stand on their teams’ pages.", key_results(count))
    }

    /// Says how many objectives a list leaves out.
    #[must_use]
    pub fn more_objectives(self, count: usize) -> String {
        if count == 1 {
            "1 further objective".to_owned()
        } else {
            format!("{} further objectives", self.format.count(count as u64))
        }
    }

    /// Returns what a reader must know about a mean.
    #[must_use]
    pub fn rollup_notes(self, rollup: &Rollup) -> Vec<String> {
        let mut notes = Vec::new();
        if rollup.measured < rollup.of {
            let rest = Grade::of(rollup.pessimistic);
            let measured = format!("{} of {} measured", rollup.measured, rollup.of);
            notes.push(match rollup.grade() {
                Some(grade) if grade == rest => measured,
                _ => format!("{measured}, {rest} with the rest as 0"),
            });
        }
        notes
    }

    /// Returns the verdict on a committed objective; while its quarter runs, how it stands.
    #[must_use]
    pub fn committed(self, met: bool, over: bool, status: Option<Status>) -> String {
        match (met, over, status.filter(|status| *status != Status::NoData)) {
            (true, ..) => "committed: met".to_owned(),
            (false, true, _) => "committed: not met".to_owned(),
            (false, false, Some(status)) => format!("committed: {}", self.status(status)),
            (false, false, None) => "committed".to_owned(),
        }
    }

    /// Says how many key results of an objective are out of reach; nothing where none is.
    fn out_of_reach(self, objective: &ObjectiveReport<'_>) -> Option<String> {
        let key_results = &objective.score.key_results;
        let out = key_results.iter().filter(|card| card.best.is_some()).count();
        (out > 0).then(|| format!("{out} of {} {}", key_results.len(), self.status(Status::OutOfReach)))
    }

    /// Returns what a reader must know about an objective's grade.
    #[must_use]
    pub fn objective_note(self, objective: &ObjectiveReport<'_>, over: bool) -> String {
        let rollup = &objective.score.rollup;
        let mut notes = self.rollup_notes(rollup);
        if objective.score.ambition == Ambition::Committed {
            let met = rollup.score.is_some_and(|score| score >= Number::ONE);
            notes.push(self.committed(met, over, verdict::status(objective.score)));
        } else {
            notes.extend(self.out_of_reach(objective).filter(|_| !over));
        }
        notes.join("; ")
    }

    /// Returns the grade without milestones and baselines.
    #[must_use]
    pub fn without_soft(self, grade: Grade) -> String {
        format!("{grade} without milestones and baselines")
    }

    /// Returns the word where a grade would stand.
    #[must_use]
    pub const fn no_grade(self, state: ScoreState) -> &'static str {
        match state {
            ScoreState::NoData => "no data",
            ScoreState::Unscored => "not scored",
            _ => "no grade yet",
        }
    }

    /// Returns the word of a mark.
    #[must_use]
    pub const fn mark(self, mark: Mark) -> &'static str {
        match mark {
            Mark::Projected => "projected",
            Mark::Stale => "stale data",
            Mark::NoData => "no data",
            Mark::NotScored => "not scored",
            Mark::GuardrailBroken => "guardrail broken",
            Mark::Judged => "judged",
            Mark::Milestone => "milestone",
            Mark::Baseline => "baseline",
            Mark::Moved => "goalpost moved",
            Mark::Dropped => "dropped",
            Mark::Added => "added later",
            Mark::BelowCommit => "below commit",
            Mark::BeyondStretch => "stretch reached",
            Mark::Theatre => "theatre",
            Mark::NotShown => "movement not shown",
        }
    }

    /// Returns an age: `3 days old`, or that there is none.
    #[must_use]
    pub fn age(self, days: i32) -> String {
        match days {
            ..=0 => "up to date".to_owned(),
            days => format!("{} old", self.format.days(days)),
        }
    }

    /// Returns as-of date and data age, in a line.
    #[must_use]
    pub fn as_of(self, as_of: Day, ages: Ages) -> String {
        let ages = match (ages.newest, ages.oldest) {
            (Some(newest), Some(oldest)) if newest == oldest => format!(" Data {}.", self.age(newest)),
            (Some(newest), Some(oldest)) => format!(" Data {} to {} old.", newest.max(0), self.format.days(oldest)),
            _ => String::new(),
        };
        format!("As of {}.{ages}", self.format.day(as_of))
    }

    /// Returns the word of a status.
    #[must_use]
    pub const fn status(self, status: Status) -> &'static str {
        self.format.language().status(status)
    }

    /// Returns where the start comes from, where somebody other than the title says it.
    #[must_use]
    pub fn baseline(self, baseline: &Baseline) -> Option<String> {
        let number = self.format.value(baseline.quantity.number, &baseline.quantity.unit);
        match baseline.origin {
            BaselineOrigin::Stated => None,
            BaselineOrigin::BeforeQuarter(day) => Some(format!("{number}, measured on {}", self.format.day(day))),
            BaselineOrigin::Locked(day) => {
                Some(format!("{number}, measured on {} and held by the lock", self.format.day(day)))
            }
            BaselineOrigin::FirstInQuarter(day) => {
                Some(format!("{number}, the {}’s first value, on {}", self.format.cycle(), self.format.day(day)))
            }
        }
    }

    /// Returns how far along the way a key result is.
    #[must_use]
    pub fn progress(self, progress: Number, score: Option<Number>) -> String {
        let share = self.format.share(progress);
        match score {
            Some(score) if score != progress => format!("{share} of the way; scored {}", self.format.score(score)),
            Some(score) => format!("{share} of the way, score {}", self.format.score(score)),
            None => format!("{share} of the way"),
        }
    }

    /// Returns how a status was found; nothing where there is none.
    #[must_use]
    pub fn pace_rule(self, score: &KeyResultScore) -> String {
        let Some(standing) = &score.standing else { return String::new() };
        let mut parts = self.projection(standing);
        parts.extend(score.best.map(|best| format!("the best score still possible is {}", self.format.score(best))));
        capitalised(&parts.join("; "))
    }

    /// Returns what was expected, and where it leads.
    fn projection(self, standing: &Standing) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        if let Some(expected) = standing.expected {
            let by = self.format.date(expected.by);
            parts.push(format!("{} of the way was expected by {by}", self.format.share(expected.progress)));
        }
        let of_cycle = format!("the {}’s", self.format.cycle());
        let (rule, whose) = match standing.rule {
            ProjectionRule::Trend => (format!("{of_cycle} trend leads to"), "its".to_owned()),
            ProjectionRule::Pace => ("at the pace so far it reaches".to_owned(), of_cycle),
            ProjectionRule::RunRate => ("at the rate so far it reaches".to_owned(), of_cycle),
            ProjectionRule::Nothing => return parts,
        };
        if let Some(projected) = standing.projected {
            parts.push(format!("{rule} {} by {whose} end", self.format.share(projected)));
        }
        parts
    }

    /// Returns a pace, where it isn't linear.
    #[must_use]
    pub fn pace(self, pace: &Pace) -> Option<String> {
        let stage = |(day, share): &(Day, Number)| {
            format!("{} by {}", self.format.share(*share), self.format.day_of_year(*day))
        };
        match pace {
            Pace::Linear => None,
            Pace::Step => Some("all at the end".to_owned()),
            Pace::None => Some("in no particular shape".to_owned()),
            Pace::Stages(stages) => Some(stages.iter().map(stage).collect::<Vec<_>>().join(", ")),
        }
    }

    /// Returns what became of a guardrail.
    #[must_use]
    pub fn guardrail(self, name: &str, bound: &str, state: GuardrailState, value: Option<&str>) -> String {
        match (state, value) {
            (GuardrailState::Kept, Some(value)) => format!("{name} stayed {bound}, at {value}"),
            (GuardrailState::Broken, Some(value)) => format!("{name} was to stay {bound}, and was {value}"),
            _ => format!("{name} is to stay {bound}: no data"),
        }
    }

    /// Returns how often a key result was carried, with its grades, earliest first.
    #[must_use]
    pub fn carried(self, quarters: usize, grades: &str) -> String {
        let times = match quarters {
            2 => "Second".to_owned(),
            3 => "Third".to_owned(),
            quarters => format!("{quarters}th"),
        };
        format!("{times} {} with this key result: {grades}", self.format.cycle())
    }

    /// Says how many key results a page leaves to the teams' pages, where it does.
    #[must_use]
    pub fn left_out(self, count: usize) -> String {
        match count {
            0 => String::new(),
            count => format!("{} with better grades stand on their teams’ pages.", key_results(count)),
        }
    }

    /// Says how many key results are not carried forward; nothing where none is left.
    #[must_use]
    pub fn not_carried(self, count: usize) -> String {
        match count {
            0 => String::new(),
            1 => "1 key result is not carried forward.".to_owned(),
            count => format!("{count} key results are not carried forward."),
        }
    }

    /// Returns a milestone's day, or that there is none.
    #[must_use]
    pub fn done(self, done: Option<Day>) -> String {
        match done {
            Some(day) => format!("done {}", self.format.day_of_year(day)),
            None => "not done".to_owned(),
        }
    }

    /// Returns a milestone's goal.
    #[must_use]
    pub fn due(self, due: Option<Day>) -> String {
        match due {
            Some(day) => format!("by {}", self.format.day_of_year(day)),
            None => "done".to_owned(),
        }
    }
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn key_results(count: usize) -> String {
    if count == 1 { "1 key result".to_owned() } else { format!("{count} key results") }
}
