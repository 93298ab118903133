//! What a sentence lacks that neither counts activity nor delivers a thing.
//!
//! In: a sentence and the remarks of its reading. Out: the verdict. Silent on sentences that deny something or that are
//! to be answered with yes or no.

use std::ops::Range;

use super::measure::Scene;
use super::rewrite;
use super::verdict::{Verdict, VerdictKind};
use crate::model::remark::{Remark, RemarkKind};
use crate::words::Class;

/// Returns what the sentence lacks, by its first remark.
pub(super) fn find<'c>(scene: Scene<'_, '_>, remarks: &[Remark]) -> Option<Verdict<'c>> {
    let told =
        |remark: &&Remark| remark.kind.is_told_by_a_rule() && remark.kind != RemarkKind::DirectionContradictsVerb;
    let remark = remarks.iter().find(told)?;
    let kind = match remark.kind {
        RemarkKind::NoBaseline if has_relative_change(scene) => only_relative(scene)?,
        RemarkKind::BareRelative | RemarkKind::Factor => VerdictKind::BarePercentage,
        // The grammar takes any verb of output for a delivery; what is none of the other kinds isn't called one.
        RemarkKind::NoNumber | RemarkKind::Milestone | RemarkKind::NotUnderstood => without_goal(scene)?,
        _ => VerdictKind::NoBaseline,
    };
    let help = rewrite::lacking(scene, kind, remark);
    Some(Verdict { kind, range: remark.range.clone(), help })
}

/// Returns the bytes of a title that only says that it is still to be written: "KR to be defined".
pub(super) fn gap(title: &str) -> Option<Range<usize>> {
    let words = title.trim().trim_end_matches('.').to_ascii_lowercase();
    let is_later = [" to be defined", " to be decided", " to be determined", " to be confirmed", " to be added"];
    let subject = is_later.iter().find_map(|end| words.strip_suffix(end))?;
    let known = ["kr", "krs", "key result", "key results", "target", "targets", "metric", "metrics", "number", "goal"];
    let is_known = |subject: &str| known.contains(&subject.trim_start_matches("the "));
    is_known(subject.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end()).then_some(0..title.len())
}

/// Says what a sentence lacks that states no goal, by whether there is any number in it.
fn without_goal<'c>(scene: Scene<'_, '_>) -> Option<VerdictKind<'c>> {
    let Scene { text, start, .. } = scene;
    let denies = text.has(start, Class::NOT) || (start..start + 4).any(|at| text.is(at, &["no", "never", "without"]));
    if denies {
        return None;
    }
    let mut numbers = (start..text.len()).filter(|&at| text.is_number(at));
    let Some(first) = numbers.next() else { return says_effect(scene).then_some(VerdictKind::NoNumber) };
    let is_only = numbers.next().is_none();
    if is_only && text.share(first).is_some() && changes(scene, first) {
        return Some(VerdictKind::BarePercentage);
    }
    if is_only && first > start && is_figure(scene, first) {
        return Some(VerdictKind::NoBaseline);
    }
    Some(VerdictKind::NotUnderstood)
}

/// "Grow revenue 40%", "Losses down 20%".
fn changes(scene: Scene<'_, '_>, number: usize) -> bool {
    let Scene { text, start, lead, .. } = scene;
    let is_change = Class::UP.or(Class::DOWN).or(Class::IMPROVE);
    let imperative = lead.is_some_and(|lead| lead.is_imperative && lead.class.has(is_change));
    let before = number.saturating_sub(1);
    let is_phrase = number > start && text.phrase(start + 1).end == number;
    imperative && is_phrase || before > start && text.is(before, &["up", "down"])
}

/// "Retention of 25%", "NPS at 45".
fn is_figure(scene: Scene<'_, '_>, number: usize) -> bool {
    let Scene { text, start, lead, .. } = scene;
    let figure = |at: usize| text.has(at, Class::FIGURE.or(Class::KPI));
    let linked = number - usize::from(text.is(number - 1, &["of", "at"]));
    lead.is_none() && (start..linked).any(figure) && (start..number).all(|at| text.is_word(at))
}

/// Says whether a sentence without a number speaks of a change or a state that has degrees.
fn says_effect(scene: Scene<'_, '_>) -> bool {
    let Scene { text, start, lead, .. } = scene;
    let keeps = lead.is_some_and(|lead| lead.class.has(Class::KEEP));
    let change = Class::UP.or(Class::DOWN).or(Class::IMPROVE);
    let by_degree = |at: usize| {
        text.has(at, Class::OPINION.or(Class::DEGREE))
            || text.has(at, change) && text.has(at, Class::PAST.or(Class::THIRD)) && !text.has(at, Class::DELIVER)
    };
    let feels = |at: usize| text.has(at, Class::FEEL);
    let wishes = text.has(start, Class::WISH.or(change)) || lead.is_some_and(|lead| lead.class.has(change));
    let is_short = text.len() < start + 4;
    !keeps && (wishes || is_short || (start..text.len()).any(|at| by_degree(at) || at > start && feels(at)))
}

/// Says what a relative change alone lacks; nothing where an end stands beside it.
fn only_relative<'c>(scene: Scene<'_, '_>) -> Option<VerdictKind<'c>> {
    let numbers = (scene.start..scene.text.len()).filter(|&at| scene.text.is_number(at)).count();
    (numbers == 1).then_some(VerdictKind::BarePercentage)
}

/// Says whether a start can be worked out of a relative change and the end beside it: "by 35% (target of 39 days)".
fn has_relative_change(scene: Scene<'_, '_>) -> bool {
    let text = scene.text;
    let amount = |at: usize| {
        let at = (at..at + 3).find(|&at| !text.is_sign(at, &['*', '~']))?;
        text.share(at).or_else(|| text.is(at + 1, &["x"]).then_some(at))
    };
    (scene.start..text.len()).any(|at| text.is(at, &["by"]) && amount(at + 1).is_some())
}
