//! How a key result is worded: what it counts, what it delivers, what it lacks.
//!
//! In: a sentence, its goal and remarks, the catalogue. Out: one verdict, since one root cause gives one finding. A
//! placeholder silences the rest; a measure that can be gamed goes before what its sentence lacks, because a start would
//! not cure it; an effect with both ends wins over any delivery. Never looks at what was measured.

mod delivery;
mod handled;
mod lack;
mod measure;
mod phrase;
mod rewrite;
mod thing;
pub(in crate::check) mod vague;
mod verdict;

pub use verdict::{Verdict, VerdictKind};

use measure::Scene;
use thing::{Delivery, Kind};

use crate::load;
use crate::model::catalogue::Catalogue;
use crate::model::goal::Goal;
use crate::model::plan::KeyResult;
use crate::model::quantity::Unit;
use crate::model::remark::{Remark, RemarkKind};
use crate::sentence;
use crate::words::{Text, opening};

/// A sentence with what reading it gave.
#[derive(Debug, Clone, Copy)]
struct Sentence<'a> {
    /// As written.
    title: &'a str,
    /// Its goal, where one is understood or stated by keys.
    goal: Option<&'a Goal>,
    /// What it lacks.
    remarks: &'a [Remark],
}

/// The id of the measure that any count of things is, where no other fits.
const THINGS_DONE: &str = "things-done";

/// Returns what is to be said of a key result's sentence.
pub(in crate::check) fn of_key_result<'c>(key_result: &KeyResult, catalogue: &'c Catalogue) -> Option<Verdict<'c>> {
    let KeyResult { title, goal, remarks, .. } = key_result;
    judge(Sentence { title: &title.value, goal: goal.as_ref(), remarks }, catalogue)
}

/// Returns the codes of what is to be said of a sentence as it stands, without keys and with the built-in catalogue.
#[must_use]
pub fn codes(title: &str) -> Vec<&'static str> {
    let reading = sentence::read(title);
    let remarks = &reading.remarks;
    let catalogue = load::built_in_catalogue();
    let verdict = judge(Sentence { title, goal: reading.goal.as_ref(), remarks }, &catalogue);
    let contradicts = remarks.iter().any(|remark| remark.kind == RemarkKind::DirectionContradictsVerb);
    let contradiction = contradicts.then_some("direction-contradicts-verb");
    verdict.map(|verdict| verdict.kind.code()).into_iter().chain(contradiction).collect()
}

/// Returns what is to be said of a sentence.
fn judge<'c>(sentence: Sentence<'_>, catalogue: &'c Catalogue) -> Option<Verdict<'c>> {
    let Sentence { title, goal, remarks } = sentence;
    let remark = |kinds: &[RemarkKind]| remarks.iter().find(|remark| kinds.contains(&remark.kind));
    if let Some(gap) = remark(&[RemarkKind::Placeholder]) {
        let help = RemarkKind::Placeholder.help().to_owned();
        return Some(Verdict { kind: VerdictKind::Placeholder, range: gap.range.clone(), help });
    }
    if let Some(range) = lack::gap(title) {
        let help = RemarkKind::Placeholder.help().to_owned();
        return Some(Verdict { kind: VerdictKind::Placeholder, range, help });
    }
    // Time, money and bytes are effects, whatever their words: nothing can be found in most sentences.
    if remarks.is_empty() && measure::is_effect_unit(goal) {
        return None;
    }
    let text = Text::new(title);
    let measured = goal.filter(|goal| goal.quantity().is_some());
    let start = opening(&text);
    let whole = Scene { text: &text, start, lead: text.lead(start), goal: measured };
    let behind = text.behind_topic(start).map(|start| Scene { start, lead: text.lead(start), ..whole });
    let scenes = [behind, Some(whole)];
    if let Some((scene, hit)) =
        scenes.iter().flatten().find_map(|&scene| Some((scene, measure::find(scene, catalogue)?)))
    {
        let help = rewrite::measured(scene, &hit);
        return Some(Verdict { kind: VerdictKind::Gameable(hit.measure), range: text.bytes(hit.words), help });
    }
    if let Some(share) = handled::share_handled(whole) {
        return delivered(whole, &share, catalogue);
    }
    let is_milestone = matches!(goal, Some(Goal::Milestone(_)));
    // "Publish 12 posts (up from 4)" counts what the team does, even with a start.
    if let Some(count) = counted(goal)
        && let Some(several) = delivery::find(whole).filter(|delivery| delivery.is_deeds(&text, &count))
    {
        return delivered(whole, &several, catalogue);
    }
    if goal.is_none() || is_milestone {
        let delivery = scenes.iter().flatten().find_map(|&scene| Some((scene, delivery::find(scene)?)));
        if let Some((scene, delivery)) = delivery {
            return delivered(scene, &delivery, catalogue);
        }
        if is_milestone {
            let help = rewrite::thing(&text, Kind::Made, 0..0);
            return Some(Verdict { kind: VerdictKind::Milestone, range: 0..title.len(), help });
        }
    }
    lack::find(whole, remarks)
}

/// Returns the bare count that a goal moves to.
fn counted(goal: Option<&Goal>) -> Option<String> {
    match goal {
        Some(Goal::Move(goal)) if goal.to.unit == Unit::Count => Some(goal.to.number.to_string()),
        _ => None,
    }
}

fn delivered<'c>(scene: Scene<'_, '_>, delivery: &Delivery, catalogue: &'c Catalogue) -> Option<Verdict<'c>> {
    let range = scene.text.bytes(delivery.words.clone());
    match delivery.kind {
        Kind::Several => {
            let measure = catalogue.get(THINGS_DONE)?;
            let help = rewrite::counted(scene.text, measure, delivery.thing.clone());
            Some(Verdict { kind: VerdictKind::Gameable(measure), range, help })
        }
        Kind::Won => {
            let help = rewrite::start(scene.text, delivery.thing.clone());
            Some(Verdict { kind: VerdictKind::NoBaseline, range, help })
        }
        kind => {
            let help = rewrite::thing(scene.text, kind, delivery.thing.clone());
            Some(Verdict { kind: VerdictKind::Milestone, range, help })
        }
    }
}
