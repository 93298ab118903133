//! The catalogue of measures that can be gamed: how people say them, how they are gamed, what to measure instead.
//!
//! In: entries. Out: the same, found by the last word of a phrase. Knows no sentence and no grammar.

use crate::hash::WordTable;

/// A measure that can be made to look good while nothing that matters gets better.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    /// Its name in catalogues.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Names of a number: "test coverage".
    pub measures: Vec<Phrase>,
    /// Things that are counted: "pull request".
    pub things: Vec<Phrase>,
    /// Verbs without which counting the things is nobody's activity: "close" for tickets; in all their forms, sorted.
    pub verbs: Vec<String>,
    /// Verbs which are this measure where they are to happen more often; in all their forms, sorted.
    pub often: Vec<String>,
    /// Whether a share of the things ("95% of services") is this measure too, not only a count of them.
    pub shares: bool,
    /// Whether less of it is what people promise; more is the rule.
    pub falls: bool,
    /// How the number is made to look good.
    pub gamed_by: String,
    /// What to measure in its place.
    pub instead: String,
    /// A key result that does; `{scope}` stands for the team's own words on where.
    pub example: String,
}

/// A phrase of one or more words, each with its alternatives, as [`stem`] gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The words in their order.
    pub words: Vec<Vec<String>>,
    /// Whether nothing may stand before it: "coverage" alone, not "insurance coverage".
    pub alone: bool,
}

/// What a phrase of the catalogue is to its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A name of the number.
    Measure,
    /// A thing that is counted.
    Thing,
}

/// The measures, found by the words of their phrases.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    measures: Vec<Measure>,
    by_last: WordTable<Vec<(usize, Part, usize)>>,
    by_often: WordTable<usize>,
}

impl Catalogue {
    /// Returns a catalogue of these measures.
    #[must_use]
    pub fn new(measures: Vec<Measure>) -> Self {
        let mut by_last: WordTable<Vec<_>> = WordTable::default();
        let mut by_often = WordTable::default();
        for (place, measure) in measures.iter().enumerate() {
            for (part, phrases) in [(Part::Measure, &measure.measures), (Part::Thing, &measure.things)] {
                for (index, phrase) in phrases.iter().enumerate() {
                    for last in phrase.words.last().into_iter().flatten() {
                        by_last.entry(last.clone()).or_default().push((place, part, index));
                    }
                }
            }
            for verb in &measure.often {
                by_often.entry(verb.clone()).or_insert(place);
            }
        }
        Self { measures, by_last, by_often }
    }

    /// Returns the measures in the catalogue's order.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Returns the measure of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// Returns the phrases whose last word is this stem.
    pub fn ending_in(&self, stem: &str) -> impl Iterator<Item = (&Measure, Part, &Phrase)> {
        self.by_last.get(stem).into_iter().flatten().map(|&(place, part, index)| {
            let measure = &self.measures[place];
            let phrases = if part == Part::Measure { &measure.measures } else { &measure.things };
            (measure, part, &phrases[index])
        })
    }

    /// Returns the measure that a verb is where it is to happen more often.
    #[must_use]
    pub fn often(&self, verb: &str) -> Option<&Measure> {
        self.by_often.get(verb).map(|&place| &self.measures[place])
    }
}

/// Returns a noun in lower case without the ending of its plural: "Stories" and "story" are "story".
///
/// `buffer` holds the word where letters change; a word that doesn't fit is returned as it is.
#[must_use]
pub fn stem<'b>(word: &'b str, buffer: &'b mut [u8; 32]) -> &'b str {
    let Some(lower) = buffer.get_mut(..word.len()) else { return word };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let mut length = lower.len();
    if length > 3 && lower.ends_with(b"ies") {
        length -= 2;
        lower[length - 1] = b'y';
    } else if length > 4 && [&b"ches"[..], b"shes", b"sses", b"xes"].iter().any(|end| lower.ends_with(end)) {
        length -= 2;
    } else if length > 3 && lower.ends_with(b"s") && ![&b"ss"[..], b"us", b"sis"].iter().any(|end| lower.ends_with(end))
    {
        length -= 1;
    }
    std::str::from_utf8(&lower[..length]).unwrap_or(word)
}

/// Returns a verb's forms, and a few that don't exist: "close", "closes", "closed", "closing".
#[must_use]
pub fn forms(verb: &str) -> Vec<String> {
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    let last = verb.chars().next_back().unwrap_or('e');
    let mut forms = vec![verb.to_owned(), format!("{verb}s"), format!("{stem}ed"), format!("{stem}ing")];
    if verb.ends_with(['s', 'x', 'h', 'z', 'o']) {
        forms.push(format!("{verb}es"));
    }
    if !verb.ends_with(['e', 'w', 'x', 'y']) {
        forms.extend([format!("{verb}{last}ed"), format!("{verb}{last}ing")]);
    }
    if let Some(stem) = verb.strip_suffix('y') {
        forms.extend([format!("{stem}ies"), format!("{stem}ied")]);
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_their_words_have_one_stem() {
        for (word, expected) in [
            ("Stories", "story"),
            ("patches", "patch"),
            ("classes", "class"),
            ("Commits", "commit"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("access", "access"),
            ("KPIs", "kpi"),
            ("is", "is"),
            ("größen", "größen"),
            ("", ""),
        ] {
            assert_eq!(stem(word, &mut [0; 32]), expected, "{word}");
        }
        let long = "a".repeat(40);
        assert_eq!(stem(&long, &mut [0; 32]), long);
    }
}
