//! Counts of two and more: "12 guides", "several workshops", "8 of our services", "40 hours of training".
//!
//! In: a text and a place in it. Out: the count with what is counted. Never judges whose the things are.

use std::ops::Range;

use crate::sentence::number_word;
use crate::words::{Class, Text};

/// A number of things, or a share of all of them, with its noun.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// From the number to the noun.
    pub(super) words: Range<usize>,
    /// The noun with what stands before it.
    pub(super) noun: Range<usize>,
}

/// Returns a count of two and more with its noun.
pub(super) fn several(text: &Text<'_>, object: usize) -> Option<Counted> {
    let mut at = object;
    while at < object + 6 {
        // "Two thirds of …"
        if text.has(at, Class::SEVERAL) && text.share(at).is_some() {
            return None;
        }
        // "3x 5 minute videos".
        let times = text.is_number(at) && text.is(at + 1, &["x"]) && text.is_glued(at + 1);
        if times {
            let noun = text.phrase(at + 2 + 2 * usize::from(text.has(at + 3, Class::TIME)));
            let is_plural = noun.clone().last().is_some_and(|last| text.word(last).ends_with('s'));
            return is_plural.then_some(Counted { words: at..noun.end, noun });
        }
        if let Some(mut count) = text.count(at) {
            // "2-3 experiments".
            if text.is_sign(count.end, &['-', '–']) {
                count = text.number_behind(count);
            }
            // "Four (4) stalls", "3 (new) stalls"
            let close = (count.end + 1..count.end + 5).find(|&at| text.is_sign(at, &[')']));
            if let Some(close) = close.filter(|_| text.is_sign(count.end, &['('])) {
                count.end = close + 1;
            }
            if text.has(count.end, Class::TIME) {
                return None;
            }
            // "Two out of three ferries", "40 of 120 interfaces", "8 of our services".
            let out_of = text.is(count.end, &["out"]) && text.is(count.end + 1, &["of"]);
            count.end += usize::from(out_of && text.count(count.end + 2).is_some());
            let of = text.is(count.end, &["of"]) && !text.has(count.end + 1, Class::ALL);
            let behind = text.count(count.end + 1).map_or(count.end + 1, |all| all.end);
            let noun = text.phrase(if of { behind } else { worth(text, count.end) });
            let is_noun = !noun.is_empty() && !text.has(noun.start, Class::END);
            return (!count.is_one && is_noun).then_some(Counted { words: at..noun.end, noun });
        }
        if text.is_number(at) && text.has(at + 1, Class::TIME) {
            return course(text, at + 1).map(|noun| Counted { words: at..noun.end, noun });
        }
        // "Several workshops", "dozens of posters"
        if text.has(at, Class::MANY) {
            let noun = text.phrase(at + 1 + usize::from(text.is(at + 1, &["of"])));
            return (!noun.is_empty()).then_some(Counted { words: at..noun.end, noun });
        }
        // "A 3 TB archive" is one, "a couple of lamps" are several.
        let is_several =
            text.is(at, &["a", "half"]) && text.has(at + 1 + usize::from(text.is(at + 1, &["a"])), Class::MANY);
        let is_size = text.is(at, &["a", "an"]) && text.is_number(at + 1);
        let passes =
            is_several || text.has(at, Class::ABOUT) && !is_size || text.is_sign(at, &['+', '~', '≥', '>', '(']);
        // "All 12 booklets"
        let is_all = text.is(at, &["all"]) && text.count(at + 1).is_some();
        if !(is_all || passes && !text.has(at, Class::DEFINITE)) {
            return None;
        }
        at += 1;
    }
    None
}

/// Says whether the word at a place stands for a number, however it is written: "twelve", "1,200", "20k".
pub(super) fn says_number(text: &Text<'_>, at: usize, number: &str) -> bool {
    if text.is_word(at) {
        return number_word(text.word(at)).is_some_and(|word| word.to_string() == number);
    }
    let digits = text.word(at).replace([',', ' ', '_', '\''], "");
    let is_thousands = text.is(at + 1, &["k"]) && text.is_glued(at + 1);
    text.is_number(at) && if is_thousands { number == digits + "000" } else { number == digits }
}

/// "40 hours of training", "200 hours of tutoring": time that is given.
fn course(text: &Text<'_>, time: usize) -> Option<Range<usize>> {
    let noun = text.phrase(time + 2);
    let last = noun.clone().last().filter(|_| text.is(time + 1, &["of"]))?;
    (text.has(last, Class::OCCASION) || text.word(last).ends_with("ing")).then_some(noun)
}

/// Returns the first word of a noun behind what its things are worth: "15 more $20k+ customers".
fn worth(text: &Text<'_>, at: usize) -> usize {
    let first = at + usize::from(text.has(at, Class::MORE));
    let is_money = text.is_sign(first, &['$', '€', '£', '₹']) && text.is_number(first + 1);
    if is_money { (first + 2..).find(|&at| !text.is_glued(at)).unwrap_or(at) } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_found_however_they_are_written() {
        for (title, expected) in [
            ("twelve booklets", Some("booklets")),
            ("all 12 booklets", Some("booklets")),
            ("half a dozen booklets", Some("booklets")),
            ("a handful of booklets", Some("booklets")),
            ("two out of three planned booklets", Some("planned booklets")),
            ("all booklets", None),
            ("a booklet", None),
            ("two thirds of the booklets", None),
        ] {
            let text = Text::new(title);
            assert_eq!(several(&text, 0).map(|found| &title[text.bytes(found.noun)]), expected, "{title}");
        }
    }

    #[test]
    fn a_number_is_the_same_in_words_and_digits() {
        for (written, number) in [("twelve", "12"), ("12", "12"), ("1,200", "1200"), ("20k", "20000")] {
            assert!(says_number(&Text::new(written), 0, number), "{written}");
        }
        assert!(!says_number(&Text::new("twelve"), 0, "2") && !says_number(&Text::new("20k"), 0, "20"));
    }
}
