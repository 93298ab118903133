//! What to write instead, built from the team's own words.
//!
//! In: a sentence and what was found in it. Out: the cure. Where the words are too many or odd, the cure does without
//! them, so that it never reads as nonsense.

use std::ops::Range;

use super::measure::{Hit, Scene};
use super::thing::Kind;
use super::verdict::VerdictKind;
use crate::model::catalogue::Measure;
use crate::model::remark::{Remark, RemarkKind};
use crate::words::{Class, Text};

/// The longest thing, in words, that is put into another sentence.
const WORDS: usize = 6;

/// The longest beginning of a sentence that is repeated, in characters.
const BEGINNING: usize = 70;

/// Returns what to measure in the place of a measure that can be gamed.
pub(super) fn measured(scene: Scene<'_, '_>, hit: &Hit<'_>) -> String {
    instead(hit.measure, &scope(scene.text, hit.words.end).unwrap_or_default())
}

fn instead(measure: &Measure, scope: &str) -> String {
    let Measure { instead, example, .. } = measure;
    if example.is_empty() {
        return format!("measure {instead} instead");
    }
    format!("measure {instead} instead: \"{}\"", without_numbers(&example.replace("{scope}", scope)))
}

/// Returns what a count of things is to be replaced by.
pub(super) fn counted(text: &Text<'_>, measure: &Measure, noun: Range<usize>) -> String {
    let Some(noun) = short(text, noun) else { return instead(measure, "") };
    let (be, s) = number(noun);
    format!("write what the {noun} {be} to change, for instance \"{} reduce{s} … from … to …\"", capital(noun))
}

/// Returns "is" or "are", and the ending of the verb that goes with it.
fn number(noun: &str) -> (&'static str, &'static str) {
    let is_plural = noun.ends_with('s') && !noun.ends_with("ss") || noun.ends_with("people");
    if is_plural { ("are", "") } else { ("is", "s") }
}

/// Returns what a thing to be delivered is to be replaced by.
pub(super) fn thing(text: &Text<'_>, kind: Kind, thing: Range<usize>) -> String {
    let Some(thing) = short(text, thing) else {
        return "write what it is to change, from where to where".to_owned();
    };
    let name = capital(thing);
    let (be, s) = number(thing);
    match kind {
        Kind::Known => {
            format!("write what is to get better because of it, for instance \"{name} reduce{s} … from … to …\"")
        }
        Kind::Hired => {
            "write what the hire is to change, for instance \"Requests that wait fall from … to …\"".to_owned()
        }
        Kind::Made | Kind::Several | Kind::Won => {
            let article = if thing.starts_with(char::is_uppercase) { "" } else { "the " };
            format!("write what {article}{thing} {be} to change, for instance \"{name} reduce{s} … from … to …\"")
        }
    }
}

/// Returns how to state the start of a count.
pub(super) fn start(text: &Text<'_>, noun: Range<usize>) -> String {
    match short(text, noun) {
        Some(noun) => format!("write how many there are today: \"from … to … {noun}\""),
        None => RemarkKind::NoBaseline.help().to_owned(),
    }
}

/// Returns how to write what a sentence lacks.
pub(super) fn lacking(scene: Scene<'_, '_>, kind: VerdictKind<'_>, remark: &Remark) -> String {
    let title = scene.text.text;
    let shown = title.get(remark.range.clone()).unwrap_or_default();
    let beginning = title.get(..remark.range.start).unwrap_or_default().trim_end();
    let begins = !beginning.is_empty() && beginning.chars().count() <= BEGINNING && !beginning.ends_with(['(', ',']);
    let is_end = shown.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("to "));
    let is_effect = scene.lead.is_some_and(|lead| lead.is_imperative && lead.class.has(Class::EFFECT));
    match kind {
        VerdictKind::NoBaseline if is_end && begins => {
            format!("write where it stands today: \"{beginning} from … {shown}\"")
        }
        VerdictKind::NoBaseline => format!("write where it stands today: \"{shown} (currently …)\""),
        VerdictKind::BarePercentage if begins && is_effect => {
            format!("write both ends: \"{beginning} from … to …\"")
        }
        VerdictKind::BarePercentage => "write both ends: \"from … to …\"".to_owned(),
        VerdictKind::NoNumber if is_effect && title.chars().count() <= BEGINNING => {
            format!("write by how much: \"{} from … to …\"", title.trim_end_matches(['.', ' ']))
        }
        _ => remark.kind.help().to_owned(),
    }
}

/// Returns the team's own words on where: " of the payments service".
fn scope(text: &Text<'_>, at: usize) -> Option<String> {
    if !text.has(at, Class::WHERE) {
        return None;
    }
    let phrase = text.phrase(at + 1);
    let is_time = phrase.clone().any(|at| text.has(at, Class::TIME) || text.is(at, &["q1", "q2", "q3", "q4"]));
    if is_time || short(text, phrase.clone()).is_none() {
        return None;
    }
    // Articles stand before the phrase.
    text.text.get(text.bytes(at..phrase.end)).map(|words| format!(" {words}"))
}

/// Returns the words of a thing where they fit into another sentence.
fn short<'a>(text: &Text<'a>, words: Range<usize>) -> Option<&'a str> {
    let fits =
        !words.is_empty() && words.len() <= WORDS && words.clone().all(|at| text.is_word(at) || text.is_number(at));
    let shown = text.text.get(text.bytes(words)).filter(|_| fits)?;
    let is_plain = shown.chars().all(|c| c.is_alphanumeric() || " -'’.+#".contains(c));
    is_plain.then_some(shown)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns a key result with `…` for its numbers; those inside names stay.
fn without_numbers(example: &str) -> String {
    let mut out = String::with_capacity(example.len());
    let mut in_number = false;
    for c in example.chars() {
        let begins = c.is_ascii_digit() && out.chars().next_back().is_none_or(|last| " $€£(".contains(last));
        if begins && !in_number {
            out.push('…');
        }
        in_number = begins || in_number && (c.is_ascii_digit() || c == '.' || c == ',');
        if !in_number {
            out.push(c);
        }
    }
    out
}
