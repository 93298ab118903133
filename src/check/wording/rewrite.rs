//! What to write instead, built from the team's own words.
//!
//! In: a sentence and what was found in it. Out: the cure. Where the words are too many or odd, the cure does without
//! them, so that it never reads as nonsense.

use std::ops::Range;

use super::effect;
use super::measure::{Hit, Scene};
use super::noun::is_participle;
use super::thing::{Delivery, Kind};
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
    let Measure { instead, example, .. } = hit.measure;
    if example.is_empty() {
        return format!("measure {instead} instead");
    }
    let scope = scope(scene.text, hit.words.end).unwrap_or_default();
    format!("measure {instead} instead: \"{}\"", without_numbers(&example.replace("{scope}", &scope)))
}

/// Returns what a thing, or several of a kind, is to be replaced by.
pub(super) fn thing(text: &Text<'_>, delivery: &Delivery) -> String {
    let Delivery { kind, words, thing } = delivery;
    let verb = words.start;
    let Some(head) = short(text, thing.clone()).filter(|_| is_noun(text, thing)).map(|_| thing.end - 1) else {
        return nothing_known(*kind).to_owned();
    };
    // "End of quarter survey".
    let of = if text.is(thing.end, &["of"]) { text.phrase(thing.end + 1) } else { 0..0 };
    let noun = match short(text, thing.start..of.end) {
        Some(_) if !of.is_empty() && is_noun(text, &of) => thing.start..of.end,
        _ => thing.clone(),
    };
    let shown = named(text, noun);
    let be = if is_plural(text.word(head)) { "are" } else { "is" };
    let people = text.has(head, Class::OUTSIDE.or(Class::PEOPLE));
    match kind {
        Kind::Hired => nothing_known(*kind).to_owned(),
        _ if people && *kind == Kind::Several => {
            let people = shown.strip_prefix("the ").unwrap_or(&shown);
            format!("write what they do differently afterwards: \"{} who … rise from …% to …%\"", capital(people))
        }
        _ if people || text.is(verb, &["be"]) || text.has(verb, Class::UPGRADE.or(Class::PLACING)) => {
            nothing_known(*kind).to_owned()
        }
        _ if text.has(verb, Class::REMOVE) => {
            format!("write what is to change without {shown}: \"Without {shown}, … goes from … to …\"")
        }
        _ => format!("write what {shown} {be} to change: \"With {shown}, … goes from … to …\""),
    }
}

/// Returns the cure where no word of the sentence fits into another one.
fn nothing_known(kind: Kind) -> &'static str {
    match kind {
        Kind::Hired => "write what the hire is to change, for instance \"Requests that wait fall from … to …\"",
        Kind::Known => "write what is to get better because of it, from where to where",
        Kind::Several => "write what they are to change, from where to where",
        Kind::Made | Kind::Won => "write what it is to change, from where to where",
    }
}

/// Says whether words are a noun with what belongs to it, and no verb or state stands among them.
fn is_noun(text: &Text<'_>, noun: &Range<usize>) -> bool {
    let last = noun.end - 1;
    let no_noun = Class::END
        .or(Class::CONDITION)
        .or(Class::KEEP)
        .or(Class::PARTICLE)
        .or(Class::BE)
        .or(Class::CAN)
        .or(Class::NOT)
        .or(Class::ADVERB);
    let is_verb = |at: usize| {
        let third =
            text.has(at, Class::THIRD) && text.has(at, Class::DELIVER.or(Class::CAPABLE)) && !text.has(at, Class::NOUN);
        let plural = at > noun.start && is_plural(text.word(at - 1)) && at < last;
        third && at > noun.start || plural && text.has(at, Class::BASE)
    };
    let is_state = text.has(last, Class::DELIVERED.or(Class::OPINION).or(Class::DEGREE)) || is_participle(text, last);
    !is_state
        && !text.word(last).ends_with("ly")
        && !text.is_number(noun.start)
        && noun.clone().all(|at| !text.has(at, no_noun) && !text.is(at, &["why", "what"]) && !is_verb(at))
}

fn is_plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") || word.ends_with("people")
}

/// Returns a noun as it stands inside a sentence: "the roadmap", "our roadmap", "Kubernetes".
fn named(text: &Text<'_>, noun: Range<usize>) -> String {
    let shown = text.text.get(text.bytes(noun.clone())).unwrap_or_default();
    let first = text.word(noun.start);
    let is_known = !text.class(noun.start).is_unknown();
    // What begins a sentence has a capital anyway: "Backup restore".
    let is_plain = first.chars().skip(1).all(char::is_lowercase);
    let before = noun.start.checked_sub(1);
    let begins = before.is_none_or(|before| !text.is_word(before) && !text.is_number(before));
    let is_compound = begins && noun.len() > 1 && text.word(noun.start + 1).starts_with(char::is_lowercase);
    let is_name = first.chars().any(char::is_uppercase) && !(is_plain && (is_known || is_compound));
    match before {
        _ if is_name => shown.to_owned(),
        Some(at) if text.is(at, &["our", "their"]) => format!("{} {shown}", text.word(at).to_lowercase()),
        _ if text.has(noun.start, Class::NUMBERED) => shown.to_owned(),
        _ => format!("the {}", uncapital(shown)),
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
    let Scene { text, lead, .. } = scene;
    let title = text.text.trim_end_matches(['.', ' ']);
    let shown = text.text.get(remark.range.clone()).unwrap_or_default();
    let beginning = before(text.text.get(..remark.range.start).unwrap_or_default());
    let begins = !beginning.is_empty() && beginning.chars().count() <= BEGINNING;
    let is_short = title.chars().count() <= BEGINNING && !title.contains(['(', ',', ';', ':']);
    let is_end = shown.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("to "));
    let lead = lead.filter(|lead| lead.is_imperative);
    let changes = lead.is_some_and(|lead| lead.class.has(Class::UP.or(Class::DOWN).or(Class::IMPROVE)));
    match kind {
        VerdictKind::NoBaseline if is_end && begins => {
            format!("write where it stands today: \"{beginning} from … {shown}\"")
        }
        VerdictKind::NoBaseline if is_short => format!("write where it stands today: \"{title} (currently …)\""),
        VerdictKind::NoBaseline => format!("write where it stands today: \"{shown} (currently …)\""),
        VerdictKind::BarePercentage if begins && changes => {
            format!("write both ends: \"{beginning} from … to …\"")
        }
        VerdictKind::BarePercentage => "write both ends: \"from … to …\"".to_owned(),
        VerdictKind::NoNumber if effect::denies(scene) || lead.is_some_and(|lead| lead.class.has(Class::KEEP)) => {
            "write what is still in order: \"at most … per quarter\", \"at least …% in every week\"".to_owned()
        }
        VerdictKind::NoNumber if is_short && changes && effect::names_measure(text, lead) => {
            format!("write by how much: \"{title} from … to …\"")
        }
        VerdictKind::NoNumber => RemarkKind::NoNumber.help().to_owned(),
        VerdictKind::NotUnderstood => RemarkKind::NotUnderstood.help().to_owned(),
        _ => remark.kind.help().to_owned(),
    }
}

/// Returns the beginning of a sentence without words that want a number: "by a".
fn before(beginning: &str) -> &str {
    let mut beginning = beginning.trim_end();
    while let Some(shorter) =
        [" by", " a", " an", " in", " to"].iter().find_map(|last| beginning.strip_suffix(last)).map(str::trim_end)
    {
        beginning = shorter;
    }
    if beginning.ends_with(['(', ',']) { "" } else { beginning }
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

fn uncapital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_lowercase().chain(chars.clone()).collect());
    match first {
        // "API", "iOS"
        Some(lower) if chars.next().is_some_and(char::is_lowercase) => lower,
        _ => text.to_owned(),
    }
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
