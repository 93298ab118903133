//! The keys of front matter: what stands between the first two `---` of a review, a quarter's story, a page.

use super::File;
use crate::yaml::{Form, IDS, Key, Shape, TEXTS, key};

/// `quarters/2026-Q3/TEAM.review.md`.
pub const REVIEW_FILE: File = File {
    name: "review",
    path: "quarters/QUARTER/TEAM.review.md",
    doc: "A team's review. Keys stand in its front matter; `okrbook review` lays out the rest.",
    form: Form::Of(&REVIEW),
};

/// A review's front matter.
pub const REVIEW: Shape = Shape {
    name: "ReviewFront",
    what: "a review's front matter",
    doc: "What stands between the first two `---` of a review.",
    keys: REVIEW_KEYS,
};

const REVIEW_KEYS: &[Key] = &[
    key(
        "judgements",
        Form::ByName("a key result as objective/key-result", &Form::Of(&JUDGEMENT)),
        "Scores that people set beside the computed ones, by `objective/key-result`. The computed ones go on to count.",
        "judgements:\n  reliable/p1: { final: 0.6, because: two incidents were a vendor's, by: cto }",
    )
    .slips(&["judgments", "judgement", "scores"]),
    key("draft", Form::Flag, "Whether it is still being written; it is then left out of the site.", "draft: true")
        .or("`false`"),
];

/// A score that people set.
pub const JUDGEMENT: Shape =
    Shape { name: "Judgement", what: "a judgement", doc: "A score that people set.", keys: JUDGEMENT_KEYS };

const JUDGEMENT_KEYS: &[Key] = &[
    key("final", Form::Between(0, 1), "The score.", "reliable/p1: { final: 0.6 }")
        .needed()
        .slips(&["score", "grade", "value"]),
    key("because", Form::Text, "Why. Without a reason it is a finding.", "because: two incidents were a vendor's")
        .slips(&["reason", "why"]),
    key("by", Form::Text, "Who decided.", "by: cto").slips(&["who"]),
];

/// `quarters/2026-Q3/index.md`.
pub const STORY_FILE: File = File {
    name: "story",
    path: "quarters/QUARTER/index.md",
    doc: "A quarter's story. Keys stand in its front matter, which may be left out.",
    form: Form::Of(&STORY),
};

/// The front matter of a quarter's story.
pub const STORY: Shape = Shape {
    name: "StoryFront",
    what: "a quarter's front matter",
    doc: "What stands between the first two `---` of a quarter's story.",
    keys: STORY_KEYS,
};

const STORY_KEYS: &[Key] = &[
    key("title", Form::Text, "The story's title.", "title: The quarter of the checkout").slips(&["name"]),
    key(
        "draft",
        Form::Flag,
        "Whether the quarter is still being prepared; it is then left out of the site.",
        "draft: true",
    )
    .or("`false`"),
    key(
        "imported",
        Form::Flag,
        "Whether the cycle was brought in from elsewhere, after it ran. What nobody could lock, answer or name at the time is \
         then told once for the cycle, and not team by team.",
        "imported: true",
    )
    .or("`false`")
    .slips(&["brought_in", "history", "migrated", "legacy"]),
    key(
        "decisions",
        TEXTS,
        "What is to be decided when the cycle is reviewed. The packet asks it beside what needs attention.",
        "decisions: [Do we keep two data centres until March?]",
    )
    .slips(&["decision", "asks", "questions"]),
];

/// `pages/NAME.md`.
pub const PAGE_FILE: File = File {
    name: "page",
    path: "pages/NAME.md",
    doc: "A page of the book's own. Keys stand in its front matter, which may be left out.",
    form: Form::Of(&PAGE),
};

/// A page's front matter.
pub const PAGE: Shape = Shape {
    name: "PageFront",
    what: "a page's front matter",
    doc: "What stands between the first two `---` of a page.",
    keys: PAGE_KEYS,
};

const PAGE_KEYS: &[Key] = &[
    key("title", Form::Text, "The page's title.", "title: How we score").or("its first heading").slips(&["name"]),
    key("nav", Form::Text, "What the navigation calls it.", "nav: Scoring").or("its title"),
    key("order", Form::Count, "Its place in the navigation; smaller ones come first.", "order: 2")
        .or("0")
        .slips(&["weight", "nav_order"]),
    key("draft", Form::Flag, "Whether it is still being written; it is then left out of the site.", "draft: true")
        .or("`false`"),
    key("aliases", IDS, "Names that it had before; their links lead here.", "aliases: scoring-guide")
        .slips(&["redirect_from"]),
];
