//! The keys of `okrbook.yaml`.

use super::File;
use crate::model::calendar::NameBy;
use crate::model::ids::CycleKind;
use crate::model::scorecard::FinalMissing;
use crate::model::settings::{CheckLevel, Paper};
use crate::yaml::{DAY, DURATION, Form, ID, IDS, Key, Shape, key};

/// `okrbook.yaml`.
pub const FILE: File = File {
    name: "book",
    path: "okrbook.yaml",
    doc: "The book's settings. Only `organisation` is needed.",
    form: Form::Of(&BOOK),
};

/// The settings.
pub const BOOK: Shape =
    Shape { name: "Book", what: "okrbook.yaml", doc: "The settings of an okrbook.", keys: BOOK_KEYS };

const BOOK_KEYS: &[Key] = &[
    key("organisation", Form::Text, "Whose book this is.", "organisation: Northwind").needed().slips(&[
        "organization",
        "org",
        "company",
        "name",
        "title",
    ]),
    key(
        "calendar",
        Form::Of(&CALENDAR),
        "How time is cut into quarters.",
        "calendar: { year_starts: february, name_by: end }",
    )
    .or("calendar years")
    .slips(&["fiscal_year"]),
    key(
        "as_of",
        DAY,
        "The day as of which everything is computed. Pins a book for examples and archives; `--as-of` goes before it.",
        "as_of: 2026-11-20",
    )
    .or("today")
    .slips(&["date"]),
    key(
        "base_url",
        Form::Written("a web address", "https://okr.example.com/okrs/"),
        "Where the site will be published. For the feed, the sitemap and the page for lost links.",
        "base_url: https://okr.example.com/okrs/",
    )
    .slips(&["url", "baseurl"]),
    key("locale", Form::Text, "The language of texts, dates and numbers.", "locale: en")
        .or("`en`")
        .slips(&["language", "lang"]),
    key("paper", Form::Choice(Paper::NAMES), "The paper of packets.", "paper: letter").or("`a4`"),
    key(
        "people",
        Form::ByName("a person's id", &Form::Either(&[Form::Text, Form::Of(&PERSON)])),
        "What is known of people, by the names that `owners:` use: a name, or a mapping. Pages show the names, and each owner has a \
         page with what is theirs and what waits for them; never a grade of a person.",
        "people: { ana: { name: Ana Ruiz, team: platform } }",
    )
    .slips(&["owners", "members", "users"]),
    key(
        "people_pages",
        Form::Choice(&["on", "off"]),
        "Whether owners have pages.",
        "people_pages: off",
    )
    .or("`on`"),
    key(
        "teams",
        Form::ByName("a team's id", &Form::Either(&[Form::Text, Form::Of(&TEAM)])),
        "What is known of teams, by their ids: a name, or a mapping. A team that isn't listed is named after its file.",
        "teams:\n  platform: { name: Platform, function: platform, lead: Ana Ruiz }",
    ),
    key(
        "scoring",
        Form::Of(&SCORING),
        "How scores are computed where books may differ.",
        "scoring: { stale_after: 7 days }",
    ),
    key(
        "checks",
        Form::ByName("a check's code", &Form::Choice(CheckLevel::NAMES)),
        "Levels of checks by their codes.",
        "checks: { milestone: error, handed-down: off }",
    )
    .slips(&["rules"]),
    key(
        "catalogue",
        Form::Written("a file", "catalogue.yaml"),
        "The book's own catalogue of measures that can be gamed.",
        "catalogue: catalogue.yaml",
    )
    .slips(&["catalog"]),
    key("brand", Form::Of(&BRAND), "How the site looks.", "brand: { logo: assets/logo.svg, accent: \"#12436d\" }")
        .slips(&["theme"]),
    key(
        "nav",
        Form::List(&Form::Either(&[Form::Text, Form::Of(&NAV_LINK)])),
        "What the navigation names, in this order: `teams`, `people`, `outcomes`, `metrics`, `checks`, `alignment`, \
         `archive`, pages of the book's own (`pages/NAME.md`) and links elsewhere. What isn't named is left out, but \
         `checks` stands in the last menu then.",
        "nav: [teams, metrics, { title: \"#okr\", href: \"https://chat.example/okr\" }]",
    )
    .or("all parts")
    .slips(&["navigation", "menu"]),
];

/// What is known of a person.
pub const PERSON: Shape =
    Shape { name: "Person", what: "a person", doc: "What is known of a person.", keys: PERSON_KEYS };

const PERSON_KEYS: &[Key] = &[
    key("name", Form::Text, "What people call them.", "ana: { name: Ana Ruiz }")
        .or("the id")
        .slips(&["title", "display_name"]),
    key("team", ID, "The team that they belong to.", "ana: { name: Ana Ruiz, team: platform }"),
];

/// How time is cut into quarters.
pub const CALENDAR: Shape =
    Shape { name: "Calendar", what: "`calendar`", doc: "How time is cut into quarters.", keys: CALENDAR_KEYS };

const CALENDAR_KEYS: &[Key] = &[
    key(
        "year_starts",
        Form::Either(&[Form::Text, Form::Between(1, 12)]),
        "The month in which the fiscal year starts: its name or its number.",
        "calendar: { year_starts: february }",
    )
    .or("January")
    .slips(&["start", "fiscal_year"]),
    key(
        "name_by",
        Form::Choice(NameBy::NAMES),
        "Whether the fiscal year is named after the calendar year in which it starts or ends.",
        "calendar: { year_starts: february, name_by: end }",
    )
    .or("`start`"),
    key(
        "zone",
        Form::Written("a time zone", "Europe/Berlin"),
        "The zone in which days are counted, or an offset such as `+02:00`.",
        "calendar: { zone: Europe/Berlin }",
    )
    .or("UTC")
    .slips(&["timezone", "time_zone", "tz"]),
    key(
        "cycles",
        Form::Choice(CycleKind::NAMES),
        "How long the book's cycles usually are. A folder's name says it of each: `2026-H1`, `2026-T2`, `2026-Q3`, `2026-07`; and \
         `2026`, whose objectives stand over those of its quarters. With `none` only those run that `named` gives their days.",
        "calendar: { cycles: half }",
    )
    .or("`quarter`")
    .slips(&["cycle", "cadence", "period"]),
    key(
        "quarters",
        Form::ByName("a quarter", &Form::Of(&QUARTER)),
        "Quarters whose dates follow no rule, by their names.",
        "calendar:\n  quarters:\n    2026-Q1: { from: 2026-01-05, to: 2026-04-03 }",
    ),
    key(
        "named",
        Form::ByName("a cycle", &Form::Of(&NAMED)),
        "Cycles with names of their own: a term, a release. A name is made of at most 24 letters, digits, `-` and `_`, and their \
         files stand in the folder of that name.",
        "calendar:\n  named:\n    v4: { from: 2026-03-01, to: 2026-05-15, title: Release 4 }",
    )
    .slips(&["cycles_named", "terms", "releases"]),
    key(
        "holidays",
        Form::Either(&[Form::List(&DAY), Form::Written("a file of dates", "holidays.yaml")]),
        "Days on which nobody works, so that no value is due: their dates, or a file beside okrbook.yaml with a date on each \
         line: holidays.yaml, holidays.csv or holidays.txt.",
        "calendar: { holidays: [2026-04-03, 2026-04-06] }",
    )
    .slips(&["days_off", "closed"]),
];

/// The dates of one quarter.
pub const QUARTER: Shape =
    Shape { name: "Quarter", what: "a quarter", doc: "The dates of one quarter.", keys: QUARTER_KEYS };

/// The dates and the title of one cycle with a name of its own.
pub const NAMED: Shape = Shape {
    name: "NamedCycle",
    what: "a cycle",
    doc: "The dates of one cycle with a name of its own, and what people call it.",
    keys: NAMED_KEYS,
};

const NAMED_KEYS: &[Key] = &[
    key("from", DAY, "Its first day.", "v4: { from: 2026-03-01, to: 2026-05-15 }").needed().slips(&["start", "begin"]),
    key("to", DAY, "Its last day.", "v4: { from: 2026-03-01, to: 2026-05-15 }").needed().slips(&["end", "until"]),
    key("title", Form::Text, "What people call it.", "v4: { from: 2026-03-01, to: 2026-05-15, title: Release 4 }")
        .or("its name")
        .slips(&["name"]),
];

const QUARTER_KEYS: &[Key] = &[
    key("from", DAY, "Its first day.", "2026-Q1: { from: 2026-01-05, to: 2026-04-03 }")
        .needed()
        .slips(&["start", "begin"]),
    key("to", DAY, "Its last day.", "2026-Q1: { from: 2026-01-05, to: 2026-04-03 }").needed().slips(&["end", "until"]),
];

/// What is known of a team.
pub const TEAM: Shape = Shape { name: "Team", what: "a team", doc: "What is known of a team.", keys: TEAM_KEYS };

const TEAM_KEYS: &[Key] = &[
    key("name", Form::Text, "What people call it.", "platform: { name: Platform }").or("its id").slips(&["title"]),
    key(
        "function",
        Form::Text,
        "What it does: `platform`, `product`, `data`. Starters are chosen by it.",
        "platform: { function: platform }",
    )
    .slips(&["kind", "type"]),
    key("lead", Form::Text, "Who leads it.", "platform: { lead: Ana Ruiz }").slips(&["manager", "owner"]),
    key("parent", ID, "The id of the team above it.", "platform: { parent: engineering }"),
    key(
        "until",
        DAY,
        "Its last day, where it was dissolved: later quarters begin without it, and its data is not stale after that day.",
        "platform: { name: Platform, until: 2026-06-30 }",
    )
    .slips(&["ended", "end", "to", "dissolved"]),
    key(
        "aliases",
        IDS,
        "Ids that it had before: their links lead to it, and earlier quarters may be written under them.",
        "platform: { aliases: infra }",
    )
    .slips(&["formerly"]),
];

/// How scores are computed where books may differ.
pub const SCORING: Shape = Shape {
    name: "Scoring",
    what: "`scoring`",
    doc: "How scores are computed where books may differ.",
    keys: SCORING_KEYS,
};

const SCORING_KEYS: &[Key] = &[
    key(
        "stale_after",
        DURATION,
        "After how long without data a value is stale. A metric's `fresh_within` goes before it.",
        "scoring: { stale_after: 7 days }",
    )
    .or("7 days"),
    key(
        "final_missing",
        Form::Choice(FinalMissing::NAMES),
        "What missing data counts once a quarter is over: 0.0, and the page says so, or nothing.",
        "scoring: { final_missing: no-data }",
    )
    .or("`zero`"),
];

/// How the site looks.
pub const BRAND: Shape = Shape { name: "Brand", what: "`brand`", doc: "How the site looks.", keys: BRAND_KEYS };

const BRAND_KEYS: &[Key] = &[
    key("logo", Form::Written("a path", "assets/logo.svg"), "The logo's path.", "brand: { logo: assets/logo.svg }")
        .slips(&["image"]),
    key(
        "accent",
        Form::Written("a colour in quotes", "\"#12436d\""),
        "The colour of links and bars.",
        "brand: { accent: \"#12436d\" }",
    )
    .slips(&["color", "colour", "primary"]),
    key(
        "font",
        Form::Written("a path", "assets/inter.woff2"),
        "The font of texts and headings: a .woff2, .ttf or .otf file.",
        "brand: { font: assets/inter.woff2 }",
    )
    .slips(&["typeface", "fonts"]),
];

/// A link of the navigation that leads out of the site.
pub const NAV_LINK: Shape =
    Shape { name: "NavLink", what: "a link", doc: "A link that leads out of the site.", keys: NAV_LINK_KEYS };

const NAV_LINK_KEYS: &[Key] = &[
    key(
        "title",
        Form::Text,
        "What it is called.",
        "nav: [teams, { title: \"#okr\", href: \"https://chat.example/okr\" }]",
    )
    .slips(&["text", "name"]),
    key(
        "href",
        Form::Written("a whole address", "https://chat.example/okr"),
        "Where it leads.",
        "nav: [teams, { title: \"#okr\", href: \"https://chat.example/okr\" }]",
    )
    .slips(&["url", "link"]),
];
