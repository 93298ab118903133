//! What a sentence lacks that neither counts activity nor delivers a thing.
//!
//! In: a sentence and the remarks of its reading. Out: the verdict. Silent on sentences that deny something or that are
//! to be answered with yes or no.

use std::ops::Range;

use super::effect;
use super::measure::Scene;
use super::rewrite;
use super::verdict::{Verdict, VerdictKind};
use crate::model::remark::{Remark, RemarkKind};
use crate::words::{Class, Text};

/// Returns what a sentence with a goal lacks, by its first remark.
pub(super) fn find<'c>(scene: Scene<'_, '_>, remarks: &[Remark]) -> Option<Verdict<'c>> {
    let remark = first(remarks)?;
    let kind = by_remark(scene, remark).unwrap_or(Some(VerdictKind::NoBaseline))?;
    Some(Verdict { kind, range: remark.range.clone(), help: rewrite::lacking(scene, kind, remark) })
}

/// Returns what a sentence without a goal lacks, where it speaks of an effect.
pub(super) fn without_goal<'c>(scene: Scene<'_, '_>, remarks: &[Remark]) -> Option<Verdict<'c>> {
    let Scene { text, start, .. } = scene;
    let remark = remarks.first()?;
    if let Some(Some(kind)) = by_remark(scene, remark) {
        return Some(Verdict { kind, range: remark.range.clone(), help: rewrite::lacking(scene, kind, remark) });
    }
    let kind = match kind(scene)? {
        VerdictKind::NotUnderstood if !remark.kind.is_told_by_a_rule() => VerdictKind::Unread(remark.kind),
        kind => kind,
    };
    let range = match kind {
        VerdictKind::NoNumber => text.bytes(start..text.len()),
        VerdictKind::NotUnderstood if remark.kind == RemarkKind::Milestone => text.bytes(start..text.len()),
        _ => remark.range.clone(),
    };
    let remark = &Remark { kind: remark.kind, range: range.clone() };
    Some(Verdict { kind, range, help: rewrite::lacking(scene, kind, remark) })
}

/// Returns what keeps a sentence from being read, where its numbers do.
pub(super) fn unread<'c>(remarks: &[Remark]) -> Option<Verdict<'c>> {
    let Remark { kind, range } = remarks.iter().find(|remark| !remark.kind.is_told_by_a_rule())?.clone();
    Some(Verdict { kind: VerdictKind::Unread(kind), range, help: kind.help().to_owned() })
}

/// Says whether a remark quotes a limit: `≥ 0.88`, "at least 5".
pub(super) fn is_limit(scene: Scene<'_, '_>, remark: &Remark) -> bool {
    let text = scene.text;
    let quoted = |at: &usize| remark.range.contains(&text.bytes(*at..*at + 1).start);
    let is_sign = |at: usize| text.is_sign(at, &['≥', '≤', '<', '>']);
    (scene.start..text.len()).filter(quoted).any(|at| is_sign(at) || text.has(at, Class::LIMIT))
}

/// Returns what is to be said of a sentence that can't be read.
pub(super) fn not_understood<'c>(scene: Scene<'_, '_>, remarks: &[Remark]) -> Verdict<'c> {
    if let Some(verdict) = unread(remarks) {
        return verdict;
    }
    let range = scene.text.bytes(scene.start..scene.text.len());
    let help = "write \"from … to …\" with numbers in English, or use the keys `from:` and `to:` in any language";
    Verdict { kind: VerdictKind::NotUnderstood, range, help: help.to_owned() }
}

fn first(remarks: &[Remark]) -> Option<&Remark> {
    let told =
        |remark: &&Remark| remark.kind.is_told_by_a_rule() && remark.kind != RemarkKind::DirectionContradictsVerb;
    remarks.iter().find(told)
}

/// Returns what a remark alone says that the sentence lacks: nothing to decide, nothing that it lacks, or what it lacks.
fn by_remark<'c>(scene: Scene<'_, '_>, remark: &Remark) -> Option<Option<VerdictKind<'c>>> {
    match remark.kind {
        RemarkKind::NoBaseline if has_relative_change(scene) => Some(only_relative(scene)),
        RemarkKind::NoBaseline => Some(Some(VerdictKind::NoBaseline)),
        RemarkKind::BareRelative | RemarkKind::Factor => Some(Some(VerdictKind::BarePercentage)),
        _ => None,
    }
}

/// Returns the bytes of a title that only says that it is still to be written: "KR to be defined".
pub(super) fn gap(title: &str) -> Option<Range<usize>> {
    let words = title.trim_matches(|c: char| c.is_whitespace() || "().-–?…".contains(c)).to_ascii_lowercase();
    let is_empty = words.is_empty() || ["tbc", "tba", "placeholder", "n/a"].iter().any(|gap| words.starts_with(gap));
    let is_empty = is_empty
        || ["x# ", "n# ", "x number of ", "n number of "].iter().any(|gap| words.starts_with(gap))
        || ["# of ", "% "].iter().any(|gap| words.starts_with(gap)) && is_bare(title);
    let is_later = [
        "to be defined",
        "to be decided",
        "to be determined",
        "to be confirmed",
        "to be added",
        "to fill in",
        "to be filled in",
    ];
    let subject = is_later.iter().find_map(|end| words.strip_suffix(end)).map(str::trim);
    let known = [
        "kr",
        "krs",
        "key result",
        "key results",
        "target",
        "targets",
        "metric",
        "metrics",
        "number",
        "goal",
        "team",
        "",
    ];
    let is_known = |subject: &str| known.contains(&subject.trim_start_matches("the "));
    let is_open = |subject: &str| is_known(subject.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end());
    (is_empty || subject.is_some_and(is_open)).then_some(0..title.len())
}

/// Says whether a measure is named and nothing said of it: "# of visits", but not "# of visits did not fall".
fn is_bare(title: &str) -> bool {
    let text = Text::new(title);
    let says = Class::NOT.or(Class::MOVES).or(Class::KEEP);
    (0..text.len()).all(|at| !text.is_number(at) && !text.has(at, says))
}

/// Says what a sentence lacks that states no goal, by whether there is any number in it.
fn kind<'c>(scene: Scene<'_, '_>) -> Option<VerdictKind<'c>> {
    let Scene { text, start, .. } = scene;
    let is_effect = effect::is_effect(scene);
    // "Three towns adopt …", "Half the growers use …" begin with a number.
    let first = start + usize::from(text.has(start, Class::ARTICLE));
    let is_number = |at: usize| text.is_number(at) || at == first && text.is_word(at);
    let mut numbers = (start..text.len()).filter(|&at| is_number(at) && is_free(text, at));
    let Some(first) = numbers.next() else { return is_effect.then_some(VerdictKind::NoNumber) };
    let is_only = numbers.next().is_none();
    if is_only && text.share(first).is_some() && changes(scene, first) {
        return Some(VerdictKind::BarePercentage);
    }
    if is_only && first > start && is_figure(scene, first) {
        return Some(VerdictKind::NoBaseline);
    }
    (is_effect || effect::is_measured(scene, first)).then_some(VerdictKind::NotUnderstood)
}

/// Says whether a number says how much, and is no version, year, date or part of a name.
fn is_free(text: &Text<'_>, at: usize) -> bool {
    let is_date = text.has(at + 1, Class::MONTH) || text.has(at.wrapping_sub(1), Class::MONTH);
    let counts = text.count(at).is_some() || text.share(at).is_some();
    // "1H 2026" is a time of the year.
    let is_half = text.is(at + 1, &["h"]) && text.is_number(at + 2);
    let is_time = text.has(at + 1, Class::TIME.or(Class::CLOCK)) && !is_half;
    let is_decimal = text.word(at).contains('.') && text.is(at.wrapping_sub(1), &["of", "at", "to"]);
    let is_span = is_time && text.is(at.wrapping_sub(1), &["for"]);
    counts || is_decimal || !is_date && !is_span && (is_time || text.is_sign(at.wrapping_sub(1), &['$', '€', '£']))
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
