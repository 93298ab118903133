//! The lexicon: what a word can be, to the grammar of sentences and to the checks of wording.
//!
//! In: a word. Out: the set of its classes, empty for most words. Never looks at a word's neighbours. Words and classes
//! stand in `assets/lexicon.txt`, which says what each class is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::hash::WordTable;
use crate::model::catalogue::forms;

const LEXICON: &str = include_str!("../../assets/lexicon.txt");

/// A set of classes. Each constant is the set of one class, which the lexicon tells under the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class([u64; 3]);

macro_rules! classes {
    ($($name:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "named as the constants are")]
        enum Place { $($name),* }

        impl Class {
            $(pub(crate) const $name: Self = Self::at(Place::$name as usize);)*
        }
    };
}

classes! {
    LOWER DOWN HIGHER UP CHANGE IMPROVE MOVES HOLD KEEP REACH GET TIMES EFFECT MAKE KNOW DO HIRE DELIVER OUTPUT
    CAPABLE WISH UPGRADE SPAN NOUN TOLD BASE THIRD PAST GERUND TOWARDS GIVEN LIFT STOP END DETERMINER LEAD FILLER
    ABOUT ALL DEFINITE ADVERB JOIN CLAUSE CONDITION RELATIVE EXAMPLE BE STATE CAN NEGATION NOT PARTICLE OBJECT
    BEFORE_OBJECT ARTICLE PREPOSITION WHERE BEFORE_NUMBER BEFORE_GAP NAMED NUMBERED PRODUCT RANK SCALE SEVERAL MANY TENS
    FRACTION THOUSAND FEWER MORE FALL RISE NUMBER_OF SHARE_OF PIECE GAP TODO_ITEM BOUND EXCEED DIP SPEND IS_AT OR_LESS
    OR_MORE LIMIT SERVICE START WEAK_START AIM AIMING NAMES AVERAGE AVERAGING ABOUT_GOAL NOTED PROGRESS MONTH TIME
    BEFORE_YEAR OF_YEAR WHICH_MONTH PERIOD OF_PERIOD EXTREME RECURRING BEFORE_SEASON BEFORE_DATE CLOCK OFTEN REGULAR GOOD BAD FIGURE
    KPI SCORED SPEED SIZE OPINION DEGREE FEEL EVENT AFTER_EVENT UNDERGO FAILED DELIVERED THING OUTSIDE PEOPLE TAKEN
    GAINED WIN PLACING FOREIGN REMOVE JOINS IN_USE CREATE PAPER SERVED PLIGHT ATTEND OCCASION AT_LEAST CHANNEL GUARD ADVANCE
    PURSUE ACT PRAISE AREA PART GRAMMAR WORDING SUBORDINATE CIRCUMSTANCE STRETCH UPHELD GRADED VIRTUE
    ATTITUDE INSTIL DIFFERENCE LEVELLING HAPPENINGS HOLDING TUITION LABOUR PARTAKING ONGOING DEALING REPEATING STAFF PURSE VISITING SITE MEDIUM SITE_OF_USE
}

impl Class {
    const fn at(place: usize) -> Self {
        let mut sets = [0; 3];
        sets[place / 64] = 1 << (place % 64);
        Self(sets)
    }

    /// Returns both sets together.
    pub(crate) const fn or(self, other: Self) -> Self {
        let (Self([a, b, c]), Self([d, e, f])) = (self, other);
        Self([a | d, b | e, c | f])
    }

    /// Says whether nobody knows the word as a verb or a part of the grammar, whatever it may be about.
    pub(crate) fn is_unknown(self) -> bool {
        let (Self(all), Self(topics)) = (self, TOPICS);
        (0..3).all(|set| all[set] & !topics[set] == 0)
    }

    /// Says whether the two sets share a class.
    pub(crate) const fn has(self, other: Self) -> bool {
        let (Self([a, b, c]), Self([d, e, f])) = (self, other);
        a & d | b & e | c & f != 0
    }
}

/// Classes that say what a word is about, and nothing of what it can be in a sentence.
const TOPICS: Class = Class::VIRTUE
    .or(Class::ATTITUDE)
    .or(Class::INSTIL)
    .or(Class::DIFFERENCE)
    .or(Class::LEVELLING)
    .or(Class::HAPPENINGS)
    .or(Class::HOLDING)
    .or(Class::TUITION)
    .or(Class::LABOUR)
    .or(Class::PARTAKING)
    .or(Class::ONGOING)
    .or(Class::DEALING)
    .or(Class::REPEATING)
    .or(Class::PURSE)
    .or(Class::VISITING)
    .or(Class::SITE)
    .or(Class::MEDIUM)
    .or(Class::SITE_OF_USE);

/// Returns what `word` can be, in any case of letters.
pub(crate) fn class(word: &str) -> Class {
    let mut buffer = [0_u8; 24];
    let Some(lower) = buffer.get_mut(..word.len()) else { return Class::default() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok().and_then(|word| CLASSES.get(word)).copied().unwrap_or_default()
}

static CLASSES: LazyLock<WordTable<Class>> = LazyLock::new(|| {
    let told = told(LEXICON);
    let mut entries: BTreeMap<Entry<'_>, Class> = BTreeMap::new();
    for (place, name) in NAMES.iter().enumerate() {
        for &entry in told.get(name.to_ascii_lowercase().as_str()).into_iter().flatten() {
            let class = entries.entry(entry).or_default();
            *class = class.or(Class::at(place));
        }
    }
    let mut table: WordTable<Class> = WordTable::default();
    let mut add = |word: String, class: Class| {
        let known = table.entry(word).or_default();
        *known = known.or(class);
    };
    for (entry, class) in entries {
        match entry {
            Entry::Word(word) => add(word.to_owned(), class),
            Entry::Verb(verb) => forms(verb).into_iter().for_each(|form| {
                let form_of = if class.has(Class::TOLD) { form_of(verb, &form) } else { Class::default() };
                add(form, class.or(form_of));
            }),
        }
    }
    table
});

/// A word of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Entry<'t> {
    /// As it is.
    Word(&'t str),
    /// With its forms.
    Verb(&'t str),
}

/// Returns the entries of all classes of a lexicon, with those of the classes that they refer to.
fn told(lexicon: &str) -> BTreeMap<&str, Vec<Entry<'_>>> {
    let mut classes: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    let (mut name, mut entry): (_, fn(_) -> _) = ("", Entry::Word);
    for line in lexicon.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut words = line;
        if let Some((head, rest)) = line.split_once(':') {
            entry = if head.ends_with('*') { Entry::Verb } else { Entry::Word };
            (name, words) = (head.trim_end_matches('*'), rest);
        }
        let mut entries = classes.remove(name).unwrap_or_default();
        for word in words.split_whitespace() {
            match word.strip_prefix('@') {
                Some(other) => entries.extend(classes.get(other).into_iter().flatten()),
                None => entries.push(entry(word)),
            }
        }
        classes.insert(name, entries);
    }
    classes
}

/// Returns which form of a verb it is.
fn form_of(verb: &str, form: &str) -> Class {
    match form {
        _ if form == verb => Class::BASE,
        _ if form.ends_with("ed") => Class::PAST,
        _ if form.ends_with("ing") => Class::GERUND,
        _ => Class::THIRD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_that_the_code_names_is_told_and_every_other_one_is_referred_to() {
        let told = told(LEXICON);
        let of_forms = ["BASE", "THIRD", "GERUND"];
        let untold =
            NAMES.iter().filter(|name| !of_forms.contains(name) && !told.contains_key(&*name.to_ascii_lowercase()));
        assert_eq!(untold.collect::<Vec<_>>(), Vec::<&&str>::new(), "give them a line in assets/lexicon.txt");
        let refers = |name: &str| LEXICON.split_whitespace().any(|word| word.strip_prefix('@') == Some(name));
        let idle = told.keys().filter(|name| !NAMES.contains(&&*name.to_ascii_uppercase()) && !refers(name));
        assert_eq!(
            idle.collect::<Vec<_>>(),
            Vec::<&&str>::new(),
            "nothing asks for them: remove them from assets/lexicon.txt"
        );
    }

    #[test]
    fn what_a_class_refers_to_stands_above_it() {
        let mut above = Vec::new();
        for line in LEXICON.lines().filter(|line| !line.starts_with('#')) {
            let others = line.split_whitespace().filter_map(|word| word.strip_prefix('@'));
            let unknown: Vec<&str> = others.filter(|other| !above.contains(other)).collect();
            assert!(unknown.is_empty(), "{unknown:?} in {line}");
            above.extend(line.split_once(':').map(|(name, _)| name.trim_end_matches('*')));
        }
    }

    #[test]
    fn verbs_are_known_in_all_their_forms_and_cases() {
        for word in ["reduce", "Reduces", "REDUCED", "reducing", "cutting", "dropped", "halving"] {
            assert!(class(word).has(Class::LOWER), "{word}");
        }
        for word in ["growing", "raises", "Increased", "lifting"] {
            assert!(class(word).has(Class::HIGHER), "{word}");
        }
        assert!(class("certified").has(Class::OUTPUT));
        for (word, expected) in [
            ("Ship", Class::BASE),
            ("ships", Class::THIRD),
            ("SHIPPED", Class::PAST),
            ("shipping", Class::GERUND),
            ("built", Class::PAST),
            ("publishes", Class::THIRD),
        ] {
            assert!(class(word).has(expected) && class(word).has(Class::DELIVER), "{word}");
        }
    }

    #[test]
    fn improve_says_no_direction() {
        assert!(!class("improve").has(Class::LOWER) && !class("improve").has(Class::HIGHER));
    }

    #[test]
    fn unknown_long_and_foreign_words_are_of_no_class() {
        for word in ["", "zebra", "Auslieferung", "Verbesserung", "größer", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
        {
            assert_eq!(class(word), Class::default(), "{word}");
        }
    }
}
