//! The goal of a key result, from its keys and its sentence.
//!
//! In: the keys that state a goal, and the title. Out: one goal at most, with its doubts. Keys win over the sentence;
//! where both say something and differ, both places are shown.

mod amounts;
mod compare;
mod keys;
mod levels;
mod ranges;
mod steps;

pub(super) use amounts::show;
pub(super) use levels::settle as settle_levels;

use compare::compare;
use keys::{Keys, Slot};

use super::words;
use crate::diag::Diagnostic;
use crate::model::deadline::Deadline;
use crate::model::goal::{Bound, Gain, GainKind, Goal, Hold, Judge, Move, Target};
use crate::model::levels::Level;
use crate::model::quantity::{Quantity, Unit};
use crate::model::remark::Remark;
use crate::model::step::Step;
use crate::source::{Span, Spanned};
use crate::yaml::{Fields, Reader};

/// Keys that state a goal, so that the sentence need not.
const GOAL_KEYS: [&str; 10] =
    ["from", "to", "by", "at_most", "at_least", "below", "above", "done", "baseline", "steps"];

/// Keys that say more of a goal that the sentence states.
const FIT_KEYS: [&str; 3] = ["unit", "per", "judge"];

/// A goal with what is known of how it was stated.
pub(super) struct Stated {
    /// The goal, where one is understood and makes sense.
    pub(super) goal: Option<Goal>,
    /// Where it is stated.
    pub(super) place: Span,
    /// Its check points, where it is a milestone.
    pub(super) steps: Vec<Step>,
    /// Whether the sentence alone states it.
    pub(super) by_sentence: bool,
    /// The levels beside it, as they are written.
    pub(super) levels: Vec<Spanned<Level>>,
    /// The day that the sentence names as its deadline.
    pub(super) deadline: Option<Deadline>,
    /// Whether it is "by 5%", without saying whether relative or points.
    pub(super) bare_percent: bool,
    /// What is missing or doubtful.
    pub(super) doubts: Vec<String>,
    /// What the sentence lacks, where no key states the goal.
    pub(super) remarks: Vec<Remark>,
}

/// Returns the goal of a key result.
pub(super) fn read<'a>(reader: &mut Reader<'a>, fields: Option<Fields<'_, 'a>>, title: &Spanned<String>) -> Stated {
    let sentence = words::read(reader, title);
    let keys = fields.map(|fields| Keys::read(reader, fields)).unwrap_or_default();
    let place = keys.place().unwrap_or(title.span);
    let node = fields.and_then(|fields| fields.get("steps"));
    let mut steps = node.map(|node| steps::read(reader, node)).unwrap_or_default();
    let by_keys = keys.place().is_some() || !steps.is_empty();
    let bare_percent = match (&keys.by, &sentence.goal) {
        (Some((_, _, bare)), _) => *bare,
        (None, Some(Goal::Gain(gain))) => is_bare_percent(gain, &title.value),
        _ => false,
    };
    let doubts = if by_keys { Vec::new() } else { sentence.doubts };
    let has_keys = fields.is_some_and(|fields| GOAL_KEYS.iter().any(|key| fields.get(key).is_some()));
    let mut remarks = Vec::new();
    if !has_keys && !reader.tells_of(title.span, &["cut-by-comment", "unknown-key", "colon-in-sentence"]) {
        sentence.findings.into_iter().for_each(|finding| reader.report(finding));
        remarks = sentence.remarks;
    }
    let levels = levels::read(reader, fields, &sentence.levels);
    let goal = combine(reader, &keys, sentence.goal, title);
    let steps_place = node.map_or(place, |node| reader.first_line(node.span));
    let goal = steps::settle(reader, goal, &mut steps, steps_place);
    let by_sentence =
        !fields.is_some_and(|fields| GOAL_KEYS.iter().chain(&FIT_KEYS).any(|key| fields.get(key).is_some()));
    let deadline = sentence.deadline;
    let mut stated = Stated { goal, place, steps, by_sentence, levels, deadline, bare_percent, doubts, remarks };
    if let Some(goal) = &mut stated.goal {
        keys.fit(reader, goal);
        level(goal);
        if let Some((code, message, help)) = nonsense(goal) {
            reader.report(Diagnostic::error(code, place, message.clone()).help(help));
            stated.doubts.push(message);
            stated.goal = None;
        }
    }
    stated
}

fn is_bare_percent(gain: &Gain, text: &str) -> bool {
    gain.kind == GainKind::Relative && gain.by.unit == Unit::Percent && !text.to_lowercase().contains("relative")
}

/// Returns the bound that a guardrail's keys state.
pub(super) fn bound<'a>(reader: &mut Reader<'a>, fields: Fields<'_, 'a>) -> Option<Bound> {
    let keys = Keys::of_bound(reader, fields);
    let (limit, side, inclusive) = keys.bound.clone()?;
    let bound = Bound { side, inclusive, limit: limit.quantity };
    let mut goal = Goal::Hold(Hold::within(bound, Judge::Share));
    keys.fit(reader, &mut goal);
    match goal {
        Goal::Hold(hold) => Some(hold.bound),
        _ => None,
    }
}

/// Returns the goal of keys and sentence together.
fn combine(reader: &mut Reader<'_>, keys: &Keys, sentence: Option<Goal>, title: &Spanned<String>) -> Option<Goal> {
    if let Some((goal, span)) = &keys.soft {
        return Some(soft_goal(reader, keys, goal.clone(), *span, (sentence, title)));
    }
    let goal = match (&keys.bound, &keys.to, &keys.by) {
        (Some(_), _, _) if keys.other.is_some() || is_range(sentence.as_ref()) => {
            ranges::combine(reader, keys, sentence.as_ref(), title)
        }
        (Some((limit, side, inclusive)), _, _) => {
            let limit = compare(reader, limit, end(sentence.as_ref()), title);
            let bound = Bound { side: *side, inclusive: *inclusive, limit };
            let judge = sentence_judge(sentence.as_ref());
            // A start makes a move of it, wherever it is stated.
            let from = keys.from.as_ref().map(|from| compare(reader, from, start(sentence.as_ref()), title));
            Some(match from.or_else(|| start(sentence.as_ref()).cloned()) {
                Some(from) => Goal::Move(Move { from, to: bound.limit }),
                None => Goal::Hold(Hold::within(bound, judge)),
            })
        }
        (None, Some(to), _) => {
            let to = compare(reader, to, end(sentence.as_ref()), title);
            let from = match &keys.from {
                Some(from) => Some(compare(reader, from, start(sentence.as_ref()), title)),
                None => start(sentence.as_ref()).cloned(),
            };
            let better = sentence.as_ref().and_then(Goal::better);
            Some(match from {
                Some(from) => Goal::Move(Move { from, to }),
                None => Goal::Target(Target { to, better }),
            })
        }
        (None, None, Some((by, kind, _))) => {
            let stated = match &sentence {
                Some(Goal::Gain(gain)) => Some(&gain.by),
                _ => None,
            };
            let by = compare(reader, by, stated, title);
            let from =
                keys.from.as_ref().map(|from| from.quantity.clone()).or_else(|| start(sentence.as_ref()).cloned());
            Some(Goal::Gain(Gain { by, kind: *kind, from }))
        }
        (None, None, None) => with_from(reader, keys.from.as_ref(), sentence, title),
    };
    conflicting_keys(reader, keys);
    judged(reader, goal, keys.judge.as_ref())
}

const fn is_range(goal: Option<&Goal>) -> bool {
    matches!(goal, Some(Goal::Hold(Hold { upper: Some(_), .. })))
}

fn soft_goal(
    reader: &mut Reader<'_>,
    keys: &Keys,
    mut goal: Goal,
    span: Span,
    stated: (Option<Goal>, &Spanned<String>),
) -> Goal {
    let (sentence, title) = stated;
    let what = if matches!(goal, Goal::Milestone(_)) {
        "`done` makes this a milestone"
    } else {
        "`baseline` makes this a baseline to be established"
    };
    let slots = [
        keys.to.as_ref(),
        keys.from.as_ref(),
        keys.by.as_ref().map(|by| &by.0),
        keys.bound.as_ref().map(|bound| &bound.0),
    ];
    if let Some(slot) = slots.into_iter().flatten().next() {
        let message = format!("{what}, but `{}` states a measured goal", slot.key);
        reader.report(
            Diagnostic::error("contradiction", span, message)
                .related(slot.span, "the measured goal")
                .help("keep one of the two"),
        );
    } else if let Some(quantity) = sentence.as_ref().and_then(Goal::quantity) {
        let message = format!("{what}, but the sentence states a measured goal ({})", show(quantity));
        reader.report(
            Diagnostic::error("contradiction", span, message)
                .related(title.span, "the sentence")
                .help("keep one of the two"),
        );
    }
    if let (Goal::Milestone(milestone), Some(Goal::Milestone(said))) = (&mut goal, sentence) {
        milestone.due = said.due;
    }
    goal
}

/// Returns the sentence's goal with the start that a key gives.
fn with_from(
    reader: &mut Reader<'_>,
    from: Option<&Slot>,
    sentence: Option<Goal>,
    title: &Spanned<String>,
) -> Option<Goal> {
    let Some(from) = from else { return sentence };
    let start = compare(reader, from, start(sentence.as_ref()), title);
    match sentence {
        Some(Goal::Move(Move { to, .. }) | Goal::Target(Target { to, .. })) => {
            Some(Goal::Move(Move { from: start, to }))
        }
        Some(Goal::Hold(Hold { upper: Some(_), .. })) => {
            ranges::refuse_start(reader, from);
            sentence
        }
        Some(Goal::Hold(hold)) => Some(Goal::Move(Move { from: start, to: hold.bound.limit })),
        Some(Goal::Gain(gain)) => Some(Goal::Gain(Gain { from: Some(start), ..gain })),
        Some(Goal::Milestone(_) | Goal::Baseline(_)) | None => {
            let message = "`from` has no end to go to";
            reader
                .report(Diagnostic::error("missing-key", from.span, message).help("add `to:` with the value to reach"));
            None
        }
    }
}

fn conflicting_keys(reader: &mut Reader<'_>, keys: &Keys) {
    let ends = [keys.bound.as_ref().map(|bound| &bound.0), keys.to.as_ref(), keys.by.as_ref().map(|by| &by.0)];
    let mut ends = ends.into_iter().flatten();
    if let (Some(first), Some(second)) = (ends.next(), ends.next()) {
        let message = format!("`{}` and `{}` state two goals", first.key, second.key);
        let diagnostic =
            Diagnostic::error("contradiction", second.span, message).related(first.span, "this one is used");
        reader.report(diagnostic.help("keep one; two goals are two key results"));
    }
}

fn judged(reader: &mut Reader<'_>, goal: Option<Goal>, judge: Option<&Spanned<Judge>>) -> Option<Goal> {
    match (goal, judge) {
        (Some(Goal::Hold(hold)), Some(judge)) => Some(Goal::Hold(Hold { judge: judge.value, ..hold })),
        (goal, Some(judge)) => {
            let message = "`judge` belongs to a bound, and this goal has none";
            reader.report(
                Diagnostic::error("contradiction", judge, message)
                    .help("remove it, or state the goal with `at_most` or `at_least`"),
            );
            goal
        }
        (goal, None) => goal,
    }
}

const fn start(goal: Option<&Goal>) -> Option<&Quantity> {
    match goal {
        Some(Goal::Move(goal)) => Some(&goal.from),
        Some(Goal::Gain(goal)) => goal.from.as_ref(),
        _ => None,
    }
}

const fn end(goal: Option<&Goal>) -> Option<&Quantity> {
    match goal {
        Some(Goal::Move(goal)) => Some(&goal.to),
        Some(Goal::Target(goal)) => Some(&goal.to),
        Some(Goal::Hold(goal)) => Some(&goal.bound.limit),
        _ => None,
    }
}

const fn sentence_judge(goal: Option<&Goal>) -> Judge {
    match goal {
        Some(Goal::Hold(hold)) => hold.judge,
        _ => Judge::Share,
    }
}

/// Gives a bare end of a move or a range the unit of its other end: "from 8 to 2/quarter".
fn level(goal: &mut Goal) {
    let (from, to) = match goal {
        Goal::Move(Move { from, to }) => (from, to),
        Goal::Hold(Hold { bound, upper: Some(upper), .. }) => (&mut bound.limit, &mut upper.limit),
        _ => return,
    };
    let (from, to) = if from.unit == Unit::Count { (from, to) } else { (to, from) };
    if from.unit == Unit::Count {
        from.unit = to.unit.clone();
    }
    match (&from.per, &to.per) {
        (None, Some(_)) => from.per.clone_from(&to.per),
        (Some(_), None) => to.per.clone_from(&from.per),
        _ => {}
    }
}

/// Returns why a goal can't be scored and what to do, where it can't.
fn nonsense(goal: &Goal) -> Option<(&'static str, String, &'static str)> {
    match goal {
        Goal::Move(Move { from, to }) => match from.number_in(&to.unit) {
            Some(number) if number == to.number && from.per == to.per => Some((
                "no-change",
                format!("the goal begins and ends at {}: nothing is to change", show(to)),
                "state where it is today and where it should be",
            )),
            Some(_) if from.per == to.per => None,
            _ => Some((
                "units-differ",
                format!("{} can't become {}: they count different things", show(from), show(to)),
                "state both ends in one unit",
            )),
        },
        Goal::Hold(hold) => ranges::nonsense(hold),
        Goal::Gain(gain) if gain.by.number.is_zero() => Some((
            "no-change",
            format!("a difference of {} changes nothing", show(&gain.by)),
            "state by how much it should change",
        )),
        _ => None,
    }
}
