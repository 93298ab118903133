//! What became of a key result, in English sentences.
//!
//! Verbs stand in the past tense or behind "would", so that titles in the singular and in the plural both fit.

use std::cmp::Ordering;

use crate::model::goal::{Bound, Gain, GainKind, Goal, Hold, Judge, Milestone, Move, Side};
use crate::model::quantity::{Number, Per, Quantity, Unit};
use crate::model::scorecard::{Band, HoldTally, KeyResultScore, Reason, RunRate, ScoreState, Status};
use crate::report::format::Format;

/// All that a sentence about a key result may use.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// What is measured, as a title: "P1 incidents".
    pub subject: &'a str,
    /// How values are written.
    pub format: Format,
    /// The goal, resolved where scoring could resolve it.
    pub goal: Option<&'a Goal>,
    /// What scoring found out.
    pub score: &'a KeyResultScore,
    /// Whether the quarter is over.
    pub over: bool,
}

pub(super) fn key_result(facts: &Facts<'_>) -> String {
    let score = facts.score;
    let mut text = match (score.state, facts.goal) {
        (_, Some(Goal::Milestone(milestone))) => facts.milestone(milestone),
        (_, Some(Goal::Baseline(milestone))) => facts.baseline(milestone),
        (ScoreState::Unscored, _) => return facts.unscored(),
        (ScoreState::NoData, goal) => return facts.no_data(goal),
        (_, Some(Goal::Move(goal))) => facts.moved(goal),
        (_, Some(Goal::Hold(goal))) => facts.held(goal),
        (_, Some(goal)) => match &score.run_rate {
            Some(rate) => facts.would_stand(goal, rate),
            None => facts.stood(goal),
        },
        (_, None) => return facts.unscored(),
    };
    text.push(' ');
    text.push_str(&facts.graded());
    text
}

/// Returns the word for a band.
pub(super) const fn band(band: Band) -> &'static str {
    match band {
        Band::Missed => "missed",
        Band::FellShort => "fell short",
        Band::Strong => "strong",
        Band::Complete => "complete",
    }
}

/// Returns a reason as the end of a sentence.
pub(super) fn reason(reason: &Reason, format: Format) -> String {
    match reason {
        Reason::NoGoal => "no goal is stated that can be measured".to_owned(),
        Reason::NoBaseline => "the goal has no start to count from".to_owned(),
        Reason::NoMetric => "no metric measures it".to_owned(),
        Reason::ExportUnusable => "its export could not be used, and the findings say why".to_owned(),
        Reason::NoDataInWindow(None) => "its metric never had data".to_owned(),
        Reason::NoDataInWindow(Some(day)) => format!("its last data is from {}", format.day(*day)),
        Reason::NothingHappened { last } => format!(
            "its export is complete, and nothing happened that could be measured; the last was on {}",
            format.day(*last)
        ),
        Reason::SilenceUnknown => "its export is empty, and nothing says until when silence means zero".to_owned(),
        Reason::IncompleteEvents { since } => {
            format!("its last event is of {}, and nothing says that none has happened since", format.day(*since))
        }
        Reason::CutExport { first } => format!(
            "its export begins only on {}, with just as many rows as a tool exports at most",
            format.day(*first)
        ),
        Reason::FractionsForPercent => "its export holds fractions where the goal counts in percent".to_owned(),
        Reason::TooEarly => {
            format!("less than a third of the {} is covered, too little to project from", format.cycle())
        }
        Reason::PartlyCovered { covered, of } => {
            format!("its exports cover {covered} of the {} that it counts over", format.days(*of))
        }
        Reason::UnitsDiffer => "the metric’s unit can’t be turned into the goal’s".to_owned(),
        Reason::TooLarge => "its numbers are too large to compute with".to_owned(),
        Reason::NotBegun => format!("the {} has not begun", format.cycle()),
        Reason::CountsAsZero => format!("the {} is over, so what is missing counts as 0.0", format.cycle()),
        Reason::OlderThan(days) => format!("its data is older than {}", format.days(*days)),
        Reason::Dropped => "it was committed and dropped".to_owned(),
        Reason::AlreadyThere => {
            "it started at its target or beyond, so that there was no way left to measure".to_owned()
        }
    }
}

/// Returns a bound as it follows "stay": `below 60 s`.
pub(super) fn bound(bound: &Bound, format: Format) -> String {
    let word = match (bound.side, bound.inclusive) {
        (Side::Below, false) => "below",
        (Side::Below, true) => "at most",
        (Side::Above, false) => "above",
        (Side::Above, true) => "at least",
    };
    [word, " ", &format.quantity(&bound.limit)].concat()
}

/// Returns the bounds of a hold as they follow "stay": `below 60 s`, `between 3 and 5 days`.
pub(super) fn hold(hold: &Hold, format: Format) -> String {
    let Some(upper) = &hold.upper else { return bound(&hold.bound, format) };
    let (least, most) = (&hold.bound.limit, &upper.limit);
    if !(hold.bound.inclusive && upper.inclusive) {
        return [&bound(&hold.bound, format), " and ", &bound(upper, format)].concat();
    }
    let is_bare = least.unit == most.unit && matches!(least.unit, Unit::Duration(_) | Unit::Named(_));
    let first = if is_bare { format.number(least.number) } else { format.end(least.number, &least.unit) };
    ["between ", &first, " and ", &format.quantity(most)].concat()
}

/// Returns what a gain asks for: `a rise by 5 points`.
pub(super) fn gain(gain: &Gain, format: Format) -> String {
    let direction = if gain.by.number.is_negative() { "a fall" } else { "a rise" };
    let by = Quantity { number: gain.by.number.magnitude(), ..gain.by.clone() };
    let of = if gain.kind == GainKind::Relative { " of the start" } else { "" };
    format!("{direction} by {}{of}", format.quantity(&by))
}

impl Facts<'_> {
    fn is(&self) -> &'static str {
        if self.over { "was" } else { "is" }
    }

    fn when(&self) -> String {
        let cycle = self.format.cycle();
        if self.over { ["in the ", cycle].concat() } else { ["this ", cycle].concat() }
    }

    fn lower_subject(&self) -> String {
        let mut letters = self.subject.chars();
        let first = letters.next();
        let rest = letters.as_str();
        match first {
            Some(first) if rest.chars().next().is_some_and(|c| c.is_lowercase() || c == ' ') => {
                first.to_lowercase().chain(rest.chars()).collect()
            }
            _ => self.subject.to_owned(),
        }
    }

    /// Returns what follows a number, where the subject or the quarter doesn't say it already.
    fn per(&self, quantity: &Quantity) -> String {
        match &quantity.per {
            None => String::new(),
            Some(Per::Time(unit)) if self.format.is_cycle(*unit) => String::new(),
            Some(_) if self.subject.contains(" per ") => String::new(),
            Some(per) => self.format.per(per),
        }
    }

    fn target(&self, to: &Quantity) -> String {
        ["; the goal ", self.is(), " ", &self.format.end(to.number, &to.unit), &self.per(to), "."].concat()
    }

    fn moved(&self, goal: &Move) -> String {
        let from = self.format.end(goal.from.number, &goal.from.unit);
        let Some(value) = &self.score.value else { return self.stood(&Goal::Move(goal.clone())) };
        let (Some(in_from), Some(in_to)) = (value.number_in(&goal.from.unit), value.number_in(&goal.to.unit)) else {
            return self.stood(&Goal::Move(goal.clone()));
        };
        let neighbours: Vec<Number> = goal.from.number_in(&goal.to.unit).into_iter().chain([goal.to.number]).collect();
        let now = self.format.measured(in_to, &goal.to.unit, &neighbours);
        let way = if now == from { Ordering::Equal } else { in_from.cmp(&goal.from.number) };
        let target = self.target(&goal.to);
        match &self.score.run_rate {
            Some(rate) if self.score.state == ScoreState::Projected => {
                [self.subject, " would ", &would(way, &from, &now), " ", &self.rate(rate), &target].concat()
            }
            _ => [self.subject, " ", &did(way, &from, &now), " ", &self.when(), &target].concat(),
        }
    }

    fn rate(&self, rate: &RunRate) -> String {
        let days = |days: i32| self.format.number(Number::whole(i64::from(days)));
        let (covered, of) = (days(rate.covered_days), days(rate.of_days));
        let so_far = self.so_far(rate).map(|so_far| format!(", with {so_far}")).unwrap_or_default();
        format!("{} at the rate of the first {covered} of {of} days{so_far}", self.when())
    }

    /// Returns what was counted: `4 so far`.
    fn so_far(&self, rate: &RunRate) -> Option<String> {
        let counted = self.goal.and_then(Goal::quantity)?;
        Some(format!("{} so far", self.format.value(rate.so_far, &counted.unit)))
    }

    /// Says where a sum or count would stand, for goals that have no path to tell.
    fn would_stand(&self, goal: &Goal, rate: &RunRate) -> String {
        let Some(value) = &self.score.value else { return self.stood(goal) };
        let now = self.format.value(value.number, &value.unit);
        let (rate, is, target) = (self.rate(rate), self.is(), self.goal(goal));
        format!("{} would stand at {now}{} {rate}; the goal {is} {target}.", self.subject, self.per(value))
    }

    fn held(&self, goal: &Hold) -> String {
        if let Some(rate) = &self.score.run_rate {
            return self.would_stand(&Goal::Hold(goal.clone()), rate);
        }
        let bound = hold(goal, self.format);
        let Some(tally) = self.score.hold.as_deref().copied() else { return self.stood(&Goal::Hold(goal.clone())) };
        // Of a sum or count there is one value.
        let is_flow = self.score.receipt.as_ref().is_some_and(|receipt| receipt.aggregate.is_flow());
        if goal.judge == Judge::End || is_flow && (tally.measured, tally.missing) == (1, 0) {
            return self.stood(&Goal::Hold(goal.clone()));
        }
        let goal_clause = match goal.judge {
            Judge::Always => format!("; the goal {} every one.", self.is()),
            Judge::Share | Judge::End => ".".to_owned(),
        };
        [self.subject, " stayed ", &bound, " in ", &self.tally(tally), " ", &self.when(), &goal_clause].concat()
    }

    fn tally(&self, tally: HoldTally) -> String {
        let all = tally.measured.saturating_add(tally.missing);
        let mut text = [&self.format.count(tally.inside), " of ", &self.format.count(all), " measurements"].concat();
        if tally.missing > 0 {
            text.push_str(&format!(" ({} missing, counted as outside)", self.format.count(tally.missing)));
        }
        text
    }

    /// Says where the value stood, for goals that have no path to tell.
    fn stood(&self, goal: &Goal) -> String {
        let target = self.goal(goal);
        match &self.score.value {
            Some(value) => {
                let near: Vec<Number> = match goal {
                    Goal::Hold(hold) => hold.bounds().filter_map(|bound| bound.limit.number_in(&value.unit)).collect(),
                    Goal::Target(target) => target.to.number_in(&value.unit).into_iter().collect(),
                    _ => Vec::new(),
                };
                let now = self.format.measured(value.number, &value.unit, &near);
                [self.subject, " stood at ", &now, " ", &self.when(), "; the goal ", self.is(), " ", &target, "."]
                    .concat()
            }
            None => format!("The goal for {} {} {target}.", self.lower_subject(), self.is()),
        }
    }

    fn goal(&self, goal: &Goal) -> String {
        match goal {
            Goal::Move(goal) => {
                let (from, to) = (&goal.from, &goal.to);
                let format = self.format;
                let (from, per) = (format.amount(from.number, &from.unit), self.per(to));
                format!("to go from {from} to {}{per}", format.end(to.number, &to.unit))
            }
            Goal::Target(goal) => self.format.quantity(&goal.to),
            Goal::Gain(goal) => gain(goal, self.format),
            Goal::Hold(goal) => hold(goal, self.format),
            Goal::Milestone(_) => "to have it done".to_owned(),
            Goal::Baseline(_) => "to record a start".to_owned(),
        }
    }

    fn milestone(&self, milestone: &Milestone) -> String {
        let format = self.format;
        match (milestone.done, milestone.due) {
            (Some(done), Some(due)) if done > due => {
                format!("Done on {}, {} late.", format.day(done), format.days(done.since(due)))
            }
            (Some(done), _) => format!("Done on {}.", format.day(done)),
            (None, Some(due)) => format!("Not done; it {} due on {}.", self.is(), format.day(due)),
            (None, None) => "Not done.".to_owned(),
        }
    }

    fn baseline(&self, milestone: &Milestone) -> String {
        match milestone.done {
            Some(done) => format!("The baseline was recorded on {}.", self.format.day(done)),
            None => "No baseline has been recorded.".to_owned(),
        }
    }

    fn no_data(&self, goal: Option<&Goal>) -> String {
        let why = self.reasons("its metric has no data");
        let goal = goal.map(|goal| format!(" The goal {} {}.", self.is(), self.goal(goal))).unwrap_or_default();
        let reach = match self.score.best {
            Some(best) => format!(" It is out of reach: at best {} is still possible.", self.format.score(best)),
            None => String::new(),
        };
        let so_far = self.score.run_rate.as_ref().and_then(|rate| self.so_far(rate));
        let so_far = so_far.map(|so_far| format!(" {so_far}.")).unwrap_or_default();
        let what = if self.score.has_nothing_to_measure() { "Nothing to measure" } else { "No data" };
        format!("{what} for {}: {why}.{goal}{so_far}{}{reach}", self.lower_subject(), self.zero())
    }

    /// Returns the grade of what can't be reached any more, with the best that still can be.
    fn out_of_reach(&self, grade: &str) -> String {
        let best = self.score.best.map(|best| format!(" (at best {})", self.format.score(best))).unwrap_or_default();
        format!("Grade\u{a0}{grade} so far, {}{best}", super::en::status(Status::OutOfReach))
    }

    fn unscored(&self) -> String {
        format!("Not scored: {}.{}", self.reasons("no goal is stated that can be measured"), self.zero())
    }

    /// Says that what is missing counts 0, where it does.
    const fn zero(&self) -> &'static str {
        if self.score.score.is_some() { " It counts as 0.0." } else { "" }
    }

    /// Returns the reasons but the one that only says what a missing value counts.
    fn reasons(&self, otherwise: &str) -> String {
        let said: Vec<String> = self
            .score
            .reasons
            .iter()
            .filter(|&known| *known != Reason::CountsAsZero)
            .map(|known| reason(known, self.format))
            .collect();
        if said.is_empty() { otherwise.to_owned() } else { said.join("; ") }
    }

    fn graded(&self) -> String {
        let Some(known) = self.score.grade() else {
            return format!("No grade yet: {}.", self.reasons("there is no score"));
        };
        let is_projected = self.score.state == ScoreState::Projected;
        let status = self.score.standing.as_ref().map(|standing| standing.status);
        let grade: &str = &known.to_string();
        let mut text = match (self.over, known.band() >= Band::Strong, status) {
            (true, _, _) => ["Grade\u{a0}", grade, ", ", band(known.band())].concat(),
            (false, true, None | Some(Status::Ahead | Status::OnTrack)) if is_projected => {
                ["Grade\u{a0}", grade, " so far, ", band(known.band())].concat()
            }
            (false, true, None | Some(Status::Ahead | Status::OnTrack)) => {
                ["Grade\u{a0}", grade, ", ", band(known.band())].concat()
            }
            // A low grade is no verdict while the quarter runs.
            (false, _, Some(Status::NoData) | None) => format!("Grade\u{a0}{grade} so far"),
            (false, _, Some(Status::OutOfReach)) => self.out_of_reach(grade),
            (false, _, Some(status)) => ["Grade\u{a0}", grade, " so far, ", super::en::status(status)].concat(),
        };
        if let (ScoreState::Stale, Some(age)) = (self.score.state, self.score.age_days) {
            text.push_str(&format!(", on data {} old", self.format.days(age)));
        }
        text.push_str(if self.score.guardrail_broken() { ", with a guardrail broken." } else { "." });
        if self.score.run_rate.as_ref().is_some_and(|rate| rate.capped) {
            let cycle = self.format.cycle();
            text.push_str(&format!(" It is held at 0.9 until the {cycle} ends, because the count can still rise."));
        }
        if let Some(judgement) = &self.score.judgement {
            text.push_str(&format!(" Judged {}", self.format.number(judgement.score)));
            if let Some(by) = &judgement.by {
                text.push_str(&format!(" by {by}"));
            }
            match &judgement.because {
                Some(because) => text.push_str(&format!(": {}.", because.trim_end_matches('.'))),
                None => text.push_str(", without a reason."),
            }
        }
        text
    }
}

fn did(way: Ordering, from: &str, now: &str) -> String {
    match way {
        Ordering::Less => ["fell from ", from, " to ", now].concat(),
        Ordering::Greater => ["rose from ", from, " to ", now].concat(),
        Ordering::Equal => format!("stayed at {now}"),
    }
}

fn would(way: Ordering, from: &str, now: &str) -> String {
    match way {
        Ordering::Less => format!("fall from {from} to {now}"),
        Ordering::Greater => format!("rise from {from} to {now}"),
        Ordering::Equal => format!("stay at {now}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::TimeUnit;
    use crate::model::quantity::Unit;
    use crate::model::review::Judged;
    use crate::model::scorecard::{GuardrailScore, GuardrailState, ProjectionRule, Standing};
    use crate::report::fixture::{
        below, day, measured, moved, number, per_quarter, percent, quantity, score, slug, time,
    };
    use crate::report::text::Language;

    /// Returns the sentence about a metric in the quarter 2026-Q3.
    fn said(subject: &str, score: &KeyResultScore, over: bool) -> String {
        let format = Format::new(Language::English);
        let facts = Facts { subject, format, goal: score.goal.as_ref(), score, over };
        key_result(&facts).replace('\u{a0}', " ")
    }

    fn p1(value: &str, progress: &str) -> KeyResultScore {
        measured("p1", moved(per_quarter("8"), per_quarter("2")), per_quarter(value), progress)
    }

    #[test]
    fn a_move_is_told_with_its_way_its_goal_and_its_grade() {
        let now = |value, progress| said("P1 incidents", &p1(value, progress), false);
        assert_eq!(now("3", "0.8333"), "P1 incidents fell from 8 to 3 this quarter; the goal is 2. Grade 0.8, strong.");
        assert_eq!(now("8", "0"), "P1 incidents stayed at 8 this quarter; the goal is 2. Grade 0.0 so far.");
        let then = |value, progress| said("P1 incidents", &p1(value, progress), true);
        assert_eq!(
            then("9", "-0.16"),
            "P1 incidents rose from 8 to 9 in the quarter; the goal was 2. Grade 0.0, missed."
        );
        assert_eq!(
            then("1", "1.16"),
            "P1 incidents fell from 8 to 1 in the quarter; the goal was 2. Grade 1.0, complete."
        );
    }

    #[test]
    fn values_stand_in_the_unit_of_the_goal_and_never_look_better_than_they_are() {
        let hours = time("2", TimeUnit::Hour);
        let mttr = measured("mttr", moved(hours, time("30", TimeUnit::Minute)), time("0.75", TimeUnit::Hour), "0.8333");
        let expected =
            "Mean time to recovery fell from 2 h to 45 min in the quarter; the goal was 30 min. Grade 0.8, strong.";
        assert_eq!(said("Mean time to recovery", &mttr, true), expected);
        let near = measured("x", moved(percent("94"), percent("98")), percent("97.99996"), "0.99999");
        assert!(said("Success", &near, true).contains("to 97.99996 %"));
        let monthly = |text| Quantity { per: Some(Per::Time(TimeUnit::Month)), ..quantity(text, Unit::Count) };
        let bugs = measured("bugs", moved(monthly("12"), monthly("4")), monthly("5"), "0.875");
        assert!(said("Escaped bugs", &bugs, true).contains("the goal was 4 per month."));
    }

    #[test]
    fn a_running_quarter_has_no_verdict_but_a_status() {
        let rule = ProjectionRule::Pace;
        let standing = |status| Some(Box::new(Standing { status, expected: None, projected: None, rule }));
        let at_risk = KeyResultScore { standing: standing(Status::AtRisk), ..p1("7", "0.1666") };
        assert!(said("P1 incidents", &at_risk, false).ends_with("Grade 0.1 so far, at risk."));
        let standing_out = standing(Status::OutOfReach);
        let out = KeyResultScore { standing: standing_out.clone(), best: Some(number("0.666")), ..p1("7", "0.1666") };
        assert!(said("P1 incidents", &out, false).ends_with("Grade 0.1 so far, out of reach (at best 0.66)."));
        let early = KeyResultScore { best: Some(Number::ZERO), standing: standing_out, ..p1("7", "0.1666") };
        let early = KeyResultScore { state: ScoreState::NoData, score: None, reasons: vec![Reason::TooEarly], ..early };
        assert!(said("P1 incidents", &early, false).ends_with("It is out of reach: at best 0.00 is still possible."));
        let rate = RunRate { so_far: number("2"), covered_days: 51, of_days: 92, capped: true };
        let projected = KeyResultScore {
            state: ScoreState::Projected,
            run_rate: Some(Box::new(rate)),
            standing: standing(Status::OnTrack),
            ..p1("3.6", "0.7333")
        };
        assert_eq!(
            said("P1 incidents", &projected, false),
            "P1 incidents would fall from 8 to 3.6 this quarter at the rate of the first 51 of 92 days, with 2 so far; \
             the goal is 2. Grade 0.7 so far, strong. It is held at 0.9 until the quarter ends, because the count can still rise."
        );
        let bound = Bound { side: Side::Below, inclusive: true, limit: quantity("2", Unit::Count) };
        let goal = Some(Goal::Hold(Hold::within(bound, Judge::Share)));
        let hold = Some(Box::new(HoldTally { inside: 0, measured: 1, missing: 0 }));
        let held = KeyResultScore { goal: goal.clone(), hold, progress: None, score: Some(Number::ZERO), ..projected };
        let begins = "P1 incidents would stand at 3.6 this quarter at the rate of the first 51 of 92 days, with 2 so far; \
                      the goal is at most 2.";
        assert!(said("P1 incidents", &held, false).starts_with(begins), "{}", said("P1 incidents", &held, false));
        let over = KeyResultScore { state: ScoreState::Measured, run_rate: None, standing: None, ..held };
        let begins = "P1 incidents stood at 3.6 in the quarter; the goal was at most 2.";
        assert!(said("P1 incidents", &over, true).starts_with(begins), "{}", said("P1 incidents", &over, true));
    }

    #[test]
    fn missing_and_old_data_are_said_plainly() {
        let goal = Some(moved(percent("40"), percent("80")));
        let reasons = vec![Reason::NoDataInWindow(Some(day("2026-06-02"))), Reason::CountsAsZero];
        let missing = KeyResultScore { reasons, score: Some(Number::ZERO), ..score("x", ScoreState::NoData, goal) };
        assert_eq!(
            said("Self-serve share", &missing, true),
            "No data for self-serve share: its last data is from 2 June 2026. \
             The goal was to go from 40 % to 80 %. It counts as 0.0."
        );
        let stale = KeyResultScore { state: ScoreState::Stale, age_days: Some(23), ..p1("3", "0.8333") };
        assert!(said("P1 incidents", &stale, false).ends_with("Grade 0.8, strong, on data 23 days old."));
        let vague = KeyResultScore { reasons: vec![Reason::NoGoal], ..score("x", ScoreState::Unscored, None) };
        assert_eq!(said("Deploys", &vague, false), "Not scored: no goal is stated that can be measured.");
    }

    #[test]
    fn holds_milestones_and_baselines_have_sentences_of_their_own() {
        let hold = |judge| Goal::Hold(Hold::within(below(time("60", TimeUnit::Second)), judge));
        let tally = Some(Box::new(HoldTally { inside: 78, measured: 80, missing: 2 }));
        let share =
            KeyResultScore { hold: tally, ..measured("x", hold(Judge::Share), time("52", TimeUnit::Second), "0.95") };
        assert_eq!(
            said("Response time", &share, true),
            "Response time stayed below 60 s in 78 of 82 measurements (2 missing, counted as outside) in the quarter. \
             Grade 0.9, strong."
        );
        let seconds = |number| time(number, TimeUnit::Second);
        let least = Bound { side: Side::Above, inclusive: true, limit: seconds("20") };
        let range = |inclusive| {
            let upper = Some(Bound { inclusive, ..below(seconds("60")) });
            let goal = Goal::Hold(Hold { bound: least.clone(), upper, judge: Judge::Always });
            said("Response time", &measured("x", goal, seconds("52"), "1"), true)
        };
        let told = ["the goal was between 20 and 60 s.", "the goal was at least 20 s and below 60 s."];
        assert!(range(true).contains(told[0]) && range(false).contains(told[1]), "{} {}", range(true), range(false));
        let end = measured("x", hold(Judge::End), time("52", TimeUnit::Second), "1");
        assert!(
            said("Response time", &end, true)
                .starts_with("Response time stood at 52 s in the quarter; the goal was below 60 s.")
        );
        let milestone = |done| {
            let goal = Goal::Milestone(Milestone { done, due: Some(day("2026-09-01")) });
            KeyResultScore { score: Some(Number::ONE), ..score("x", ScoreState::Measured, Some(goal)) }
        };
        let late = said("x", &milestone(Some(day("2026-09-03"))), true);
        assert_eq!(late, "Done on 3 September 2026, 2 days late. Grade 1.0, complete.");
        assert!(said("x", &milestone(None), false).starts_with("Not done; it is due on 1 September 2026."));
    }

    #[test]
    fn broken_guardrails_and_judgements_are_never_left_out() {
        let broken = GuardrailScore {
            metric: slug("p75"),
            bound: below(time("2", TimeUnit::Second)),
            value: None,
            state: GuardrailState::Broken,
            too_large: false,
        };
        let judgement = Judged {
            score: number("0.6"),
            because: Some("two incidents were a vendor’s.".to_owned()),
            by: Some("cto".to_owned()),
        };
        let both =
            KeyResultScore { guardrails: vec![broken], judgement: Some(Box::new(judgement)), ..p1("3", "0.8333") };
        let expected = "Grade 0.8, strong, with a guardrail broken. Judged 0.6 by cto: two incidents were a vendor’s.";
        assert!(said("P1 incidents", &both, true).ends_with(expected));
    }
}
