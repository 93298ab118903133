//! What a rule is: a pattern with its reason, its look, and the way out.

use super::context::{Book, KeyResultAt, ObjectiveAt, TeamAt};
use super::sample::Sample;
use super::wording::Verdict;
use crate::diag::Diagnostic;

/// A pattern that okrbook looks for.
///
/// Its texts are what `okrbook explain` prints and what the rule's page shows; its samples are its tests: a book made
/// of `example` has findings of this rule and of no other, one made of `instead` has none. Texts are Markdown.
#[derive(Debug)]
pub struct Rule {
    /// Its name for ever.
    pub code: &'static str,
    /// Where it belongs.
    pub group: Group,
    /// What it finds, as one sentence.
    pub summary: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// When it says nothing, so that a reader knows what silence means.
    pub silent: &'static str,
    /// What it finds.
    pub example: Sample,
    /// What to write instead.
    pub instead: Sample,
    /// How it is found.
    pub check: Check,
}

/// What rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// How a key result is worded.
    Wording,
    /// Who measured it, and when.
    Evidence,
    /// How objectives and key results are put together.
    Shape,
    /// What the exports say.
    Data,
    /// What teams say about a quarter that is over.
    Review,
}

impl Group {
    /// All groups, in the order of pages.
    pub const ALL: [Self; 5] = [Self::Wording, Self::Evidence, Self::Shape, Self::Data, Self::Review];

    /// Returns the name that readers see.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Evidence => "evidence",
            Self::Shape => "shape",
            Self::Data => "data",
            Self::Review => "review",
        }
    }
}

/// Where findings go.
pub(crate) type Findings = Vec<Diagnostic>;

/// Looks at one key result and what is to be said of its sentence.
pub(super) type WordingCheck = fn(&KeyResultAt<'_>, &Verdict<'_>, &mut Findings);

/// Looks at one objective.
pub(super) type ObjectiveCheck = fn(&ObjectiveAt<'_>, &mut Findings);

/// How a rule's findings come to be.
pub enum Check {
    /// One key result at a time.
    KeyResult(fn(&KeyResultAt<'_>, &mut Findings)),
    /// One key result at a time whose sentence has been judged, so that all rules of wording judge it once.
    Wording(WordingCheck),
    /// The same, and one objective at a time for the texts around the sentences.
    WordingAndTexts(WordingCheck, ObjectiveCheck),
    /// One objective at a time.
    Objective(ObjectiveCheck),
    /// One team in a quarter at a time.
    Team(fn(&TeamAt<'_>, &mut Findings)),
    /// The whole book.
    Book(fn(&Book<'_>, &mut Findings)),
    /// Another stage says it, which alone knows what it needs.
    Elsewhere,
}

impl std::fmt::Debug for Check {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::KeyResult(_) => "KeyResult",
            Self::Wording(_) => "Wording",
            Self::WordingAndTexts(..) => "WordingAndTexts",
            Self::Objective(_) => "Objective",
            Self::Team(_) => "Team",
            Self::Book(_) => "Book",
            Self::Elsewhere => "Elsewhere",
        })
    }
}
