//! How a key result is worded: what it counts, what it delivers, what it lacks.
//!
//! In: a sentence, its goal and remarks, the catalogue. Out: one verdict, since one root cause gives one finding. A
//! placeholder silences the rest; a measure that can be gamed goes before what its sentence lacks, because a start would
//! not cure it; an effect with both ends wins over any delivery. Never looks at what was measured.

mod asked;
mod attention;
mod counted;
mod delivery;
mod effect;
mod habit;
mod lack;
mod language;
mod lead;
mod measure;
mod noun;
mod ongoing;
mod open_set;
mod phrase;
mod rewrite;
mod several;
mod share;
mod thing;
pub(in crate::check) mod vague;
mod verdict;

pub use verdict::{Verdict, VerdictKind};

use language::is_english;
use measure::{Hit, Scene};
use several::says_number;
use thing::{Delivery, Kind, counted_to};

use crate::load;
use crate::model::catalogue::Catalogue;
use crate::model::goal::Goal;
use crate::model::plan::KeyResult;
use crate::model::remark::{Remark, RemarkKind};
use crate::sentence::{self, Reading};
use crate::words::{Class, Text, opening};

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

/// Returns what is to be said of a sentence as it stands, without keys.
#[must_use]
pub fn verdict_on<'c>(title: &str, reading: &Reading, catalogue: &'c Catalogue) -> Option<Verdict<'c>> {
    judge(Sentence { title, goal: reading.goal.as_ref(), remarks: &reading.remarks }, catalogue)
}

/// Returns the codes of what is to be said of a sentence as it stands, without keys and with the built-in catalogue.
#[must_use]
pub fn codes(title: &str) -> Vec<&'static str> {
    let reading = sentence::read(title);
    let catalogue = load::built_in_catalogue();
    let verdict = verdict_on(title, &reading, &catalogue);
    let contradicts = reading.remarks.iter().any(|remark| remark.kind == RemarkKind::DirectionContradictsVerb);
    let contradiction = contradicts.then_some("direction-contradicts-verb");
    verdict.map(|verdict| verdict.kind.code()).into_iter().chain(contradiction).collect()
}

/// Returns what is to be said of a sentence.
fn judge<'c>(sentence: Sentence<'_>, catalogue: &'c Catalogue) -> Option<Verdict<'c>> {
    let Sentence { title, goal, remarks } = sentence;
    let remark = |kinds: &[RemarkKind]| remarks.iter().find(|remark| kinds.contains(&remark.kind));
    let gap = remark(&[RemarkKind::Placeholder]).map(|gap| gap.range.clone()).or_else(|| lack::gap(title));
    if let Some(range) = gap {
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
    // "Create: keep the error budget" is what a team of that name keeps.
    let is_label = text.has(start, Class::BASE) && text.is_sign(start + 1, &[':']);
    let whole = behind.filter(|_| is_label).unwrap_or(whole);
    match goal {
        Some(Goal::Milestone(_)) => {
            let scene = behind.unwrap_or(whole);
            let done = || Some(milestone(scene, &delivery::find(scene)));
            known(whole, behind, catalogue).or_else(|| counted(whole, behind, catalogue)).or_else(done)
        }
        Some(_) => known(whole, behind, catalogue)
            .or_else(|| counted(whole, behind, catalogue))
            .or_else(|| lack::find(whole, remarks)),
        // What was told while loading is the one finding.
        None if remarks.is_empty() => None,
        None => Some(without_goal(whole, behind, remarks, catalogue)),
    }
}

/// Returns what is to be said of a sentence that states no goal: exactly one finding, by elimination.
fn without_goal<'c>(
    whole: Scene<'_, '_>,
    behind: Option<Scene<'_, '_>>,
    remarks: &[Remark],
    catalogue: &'c Catalogue,
) -> Verdict<'c> {
    let scene = behind.unwrap_or(whole);
    if let Some(verdict) = known(whole, behind, catalogue) {
        return verdict;
    }
    if !is_english(whole.text) {
        return lack::not_understood(whole, remarks);
    }
    let unread = lack::unread(remarks);
    if let Some(verdict) = counted(whole, behind, catalogue) {
        // A start would not cure a sentence in which a number has no part.
        let lacks_start = matches!(verdict.kind, VerdictKind::NoBaseline);
        return unread.filter(|_| lacks_start).unwrap_or(verdict);
    }
    // What states a limit is measured, and neither done nor delivered.
    let states_limits =
        remarks.iter().any(|remark| remark.kind == RemarkKind::TwoLimits && lack::is_limit(whole, remark));
    if let Some(verdict) = unread.filter(|_| states_limits) {
        return verdict;
    }
    if let Some(verdict) = lack::without_goal(scene, remarks) {
        return verdict;
    }
    milestone(scene, &delivery::find(scene))
}

/// Returns the measure of the catalogue that a sentence counts or names.
fn known<'c>(whole: Scene<'_, '_>, behind: Option<Scene<'_, '_>>, catalogue: &'c Catalogue) -> Option<Verdict<'c>> {
    let mut scenes = behind.into_iter().chain([whole]);
    let hit = |scene| measure::find(scene, catalogue).or_else(|| attention(scene, catalogue));
    let (scene, hit) = scenes.find_map(|scene| Some((scene, hit(scene)?)))?;
    let help = rewrite::measured(scene, &hit);
    Some(Verdict { kind: VerdictKind::Gameable(hit.measure), range: whole.text.bytes(hit.words), help })
}

/// Returns the attention that a sentence counts without a noun of the catalogue.
fn attention<'c>(scene: Scene<'_, '_>, catalogue: &'c Catalogue) -> Option<Hit<'c>> {
    let words = attention::find(scene).filter(|_| !measure::is_effect_unit(scene.goal))?;
    Some(Hit { measure: catalogue.get(attention::VIEWS)?, words })
}

/// Returns the activity that a sentence counts otherwise, or the people who come.
fn counted<'c>(whole: Scene<'_, '_>, behind: Option<Scene<'_, '_>>, catalogue: &'c Catalogue) -> Option<Verdict<'c>> {
    // "Publish 12 posts (up from 4)" counts what the team does, even with a start.
    let number = match whole.goal {
        Some(goal) => Some(counted_to(goal)?),
        None => None,
    };
    let mut scenes = behind.into_iter().chain([whole]);
    let (scene, found) = scenes.find_map(|scene| {
        let found = habit::find(scene).or_else(|| open_set::find(scene)).or_else(|| ongoing::find(scene));
        let found = found.or_else(|| counted::find(scene))?;
        Some((scene, found))
    })?;
    let is_about = |number: String| {
        found.kind == Kind::Several && found.words.clone().any(|at| says_number(scene.text, at, &number))
    };
    if number.is_some_and(|number| !is_about(number)) { None } else { delivered(scene, &found, catalogue) }
}

fn milestone<'c>(scene: Scene<'_, '_>, delivery: &Delivery) -> Verdict<'c> {
    let help = rewrite::thing(scene.text, delivery);
    Verdict { kind: VerdictKind::Milestone, range: scene.text.bytes(delivery.words.clone()), help }
}

fn delivered<'c>(scene: Scene<'_, '_>, delivery: &Delivery, catalogue: &'c Catalogue) -> Option<Verdict<'c>> {
    let range = scene.text.bytes(delivery.words.clone());
    match delivery.kind {
        Kind::Several => {
            let measure = catalogue.get(THINGS_DONE)?;
            Some(Verdict { kind: VerdictKind::Gameable(measure), range, help: rewrite::thing(scene.text, delivery) })
        }
        Kind::Won => {
            let help = rewrite::start(scene.text, delivery.thing.clone());
            Some(Verdict { kind: VerdictKind::NoBaseline, range, help })
        }
        Kind::Made | Kind::Known | Kind::Hired => Some(milestone(scene, delivery)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is said of a sentence, and the cure.
    fn told(title: &str) -> (&'static str, String) {
        let reading = sentence::read(title);
        let catalogue = load::built_in_catalogue();
        let verdict = verdict_on(title, &reading, &catalogue).expect("something is said");
        (verdict.kind.code(), verdict.help)
    }

    #[test]
    fn cures_are_made_of_the_sentences_own_words_where_they_fit() {
        for (title, code, help) in [
            ("Ship the delivery planner", "milestone", "With the delivery planner, … goes from … to …"),
            ("Roadmap of our API is agreed", "milestone", "With the roadmap of our API, … goes from … to …"),
            ("Retire the old mobile API", "milestone", "Without the old mobile API, … goes from … to …"),
            ("Backup restore has been proven", "milestone", "With the backup restore, … goes from … to …"),
            ("Publish our privacy policy", "milestone", "With our privacy policy, … goes from … to …"),
            ("Kubernetes operator is live", "milestone", "With Kubernetes operator, … goes from … to …"),
            ("Move the nightly jobs to Airflow", "milestone", "write what it is to change, from where to where"),
            ("Users can export their history", "milestone", "write what it is to change, from where to where"),
            ("We know why customers cancel", "milestone", "write what is to get better because of it"),
            ("Hire a data engineer", "milestone", "Requests that wait fall from … to …"),
            ("Create 20 Figma components", "gameable-metric", "With Figma components, … goes from … to …"),
            ("200 volunteers will get first aid training", "gameable-metric", "Volunteers who … rise from …% to …%"),
            ("Reach 400 paying subscribers", "no-baseline", "Reach 400 paying subscribers (currently …)"),
            ("Reduce onboarding time by half", "bare-percentage", "Reduce onboarding time from … to …"),
            ("Improve trial-to-paid conversion", "no-number", "Improve trial-to-paid conversion from … to …"),
            ("Reduce technical risk", "no-number", "write what changes and by how much"),
            ("The app does not crash", "no-number", "write what is still in order"),
            ("Die Dokumentation ist veröffentlicht", "not-understood", "in any language"),
        ] {
            let (said, cure) = told(title);
            assert!(said == code && cure.contains(help), "{title}: {said}: {cure}");
        }
    }

    #[test]
    fn what_is_proposed_is_well_worded_once_it_is_filled_in() {
        for title in [
            "Ship the delivery planner",
            "Retire the old mobile API",
            "Create 20 Figma components",
            "200 volunteers will get first aid training",
        ] {
            let (_, cure) = told(title);
            let proposal = cure.split('"').nth(1).expect("a proposal");
            let filled = proposal.replacen("from …", "from 3", 1).replacen("to …", "to 9", 1);
            let filled = filled.replace("from 3 to 9", "from 3% to 9%").replace("who …", "who come again");
            let filled = filled.replace('…', "late deliveries");
            assert_eq!(codes(&filled), Vec::<&str>::new(), "{filled}");
        }
    }
}
