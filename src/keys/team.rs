//! The keys of a team's file: objectives and key results.

use super::File;
use crate::model::goal::Judge;
use crate::model::plan::{Ambition, PlainPace};
use crate::yaml::{DAY, DURATION, Form, ID, IDS, Key, Shape, TEXTS, key};

/// `quarters/2026-Q3/TEAM.yaml`.
pub const FILE: File = File {
    name: "okr",
    path: "quarters/QUARTER/TEAM.yaml",
    doc: "What one team wants to become true in one quarter. Teams write it; `okrbook start` begins it.",
    form: Form::Of(&TEAM_FILE),
};

/// A team's file.
pub const TEAM_FILE: Shape = Shape {
    name: "TeamFile",
    what: "a team's file",
    doc: "What one team wants to become true in one quarter.",
    keys: TEAM_FILE_KEYS,
};

const TEAM_FILE_KEYS: &[Key] = &[key(
    "objectives",
    Form::List(&Form::Of(&OBJECTIVE)),
    "The team's objectives: two or three, not more.",
    "objectives:\n  - id: reliable\n    title: Customers trust us\n    key_results:\n      - p1: Reduce P1 incidents from 8/quarter to 2/quarter",
)
.needed()
.slips(&["objective", "okrs", "okr", "goals"])];

/// What is to become true.
pub const OBJECTIVE: Shape =
    Shape { name: "Objective", what: "an objective", doc: "What is to become true.", keys: OBJECTIVE_KEYS };

const OBJECTIVE_KEYS: &[Key] = &[
    key("id", ID, "A short name for links. Never change it; put an old one under `aliases`.", "id: reliable")
        .or("`o1`, `o2`… by place, with a warning"),
    key("title", Form::Text, "What is to become true, in a sentence.", "title: Customers trust checkout")
        .needed()
        .slips(&["name", "text", "objective", "description"]),
    key("outcome", Form::Text, "The business need that it serves.", "outcome: Reduce churn").slips(&[
        "business_outcome",
        "business_need",
        "why",
    ]),
    key(
        "outcome_metric",
        ID,
        "The metric that measures that need. Lets okrbook tell whether meeting the key results moved anything that matters.",
        "outcome_metric: monthly-churn",
    ),
    key("outcome_lag", DURATION, "How long it takes until the outcome can show.", "outcome_lag: 60 days"),
    key("lever", Form::Text, "The lever: what brings it about.", "lever: Improve reliability")
        .slips(&["engineering_lever"]),
    key(
        "supports",
        Form::OneOrMany(&Form::Written("an objective as team/objective, or a key result of it", "company/trust")),
        "What this objective supports: one or a list of objectives and key results, also of a longer cycle.",
        "supports: [company/trust, 2026/company/grow/customers]",
    )
    .slips(&["parent", "aligned_to", "aligns_to"]),
    key(
        "ambition",
        Form::Choice(Ambition::NAMES),
        "`aspirational`: a stretch, where 0.7 is strong. `committed`: a promise, met at 1.0 only.",
        "ambition: committed",
    )
    .or("`aspirational`")
    .slips(&["type", "kind"]),
    key(
        "changes",
        Form::Text,
        "What the team does differently because of it. If the answer is nothing, the objective is for show.",
        "changes: Two squads stop roadmap work until the error budget is back",
    ),
    key("set_by", Form::Text, "Who set it: `leadership` or `team`.", "set_by: leadership"),
    key(
        "note",
        Form::Text,
        "What a reader should know besides, in Markdown. It stands below the title.",
        "note: Agreed with support, who count the calls.",
    )
    .slips(&["notes", "comment", "comments"]),
    LINKS,
    key("aliases", IDS, "Earlier ids; their links lead here.", "aliases: [trust, uptime]"),
    key(
        "key_results",
        Form::List(&KEY_RESULT_FORM),
        "How one can tell: two to four measured changes. Each is a sentence, `id: sentence`, or a mapping.",
        "key_results:\n  - p1: Reduce P1 incidents from 8/quarter to 2/quarter",
    )
    .slips(&["krs", "results", "keyresults", "key_result", "kr"]),
];

/// Where a reader may look further.
const LINKS: Key = key(
    "links",
    Form::OneOrMany(&Form::Either(&[Form::ByName("what it leads to", &Form::Text), Form::Text])),
    "Where a reader may look further: addresses (https://, http://, mailto:), pages of the book (`pages/NAME.md`), files \
     under `assets/`. They stand on the card and are never scored.",
    "links: [{ Epic: https://tracker.example/SHOP-12 }, { How we count: pages/counting.md }]",
)
.slips(&["link", "urls", "url", "see_also", "references"]);

const KEY_RESULT_FORM: Form = Form::Either(&[Form::Text, Form::Of(&KEY_RESULT)]);

/// A number that ends a goal or bounds a value.
const LIMIT: Form = Form::Amount;

/// One measured change.
pub const KEY_RESULT: Shape =
    Shape { name: "KeyResult", what: "a key result", doc: "One measured change.", keys: KEY_RESULT_KEYS };

const KEY_RESULT_KEYS: &[Key] = &[
    key(
        "id",
        ID,
        "A short name for links. Never change it; put an old one under `aliases`. `- p1: sentence` gives it as well.",
        "- p1: Reduce P1 incidents from 8/quarter to 2/quarter",
    )
    .or("`k1`, `k2`… by place, with a warning"),
    key(
        "title",
        Form::Text,
        "The sentence. Its goal is understood from it.",
        "title: Reduce P1 incidents from 8/quarter to 2/quarter",
    )
    .needed()
    .slips(&["name", "text", "description", "key_result", "kr"]),
    key("metric", ID, "The metric that measures it.", "metric: checkout-success")
        .or("the metric whose id is this key result's")
        .slips(&["measure"]),
    key(
        "measured_by",
        Form::Text,
        "Who or what measures it, where it isn't the metric's source. Best somebody outside the team.",
        "measured_by: payment gateway export",
    )
    .slips(&["source"]),
    key("owners", TEXTS, "Who answers for it.", "owners: [ana, ben]").slips(&["owner", "who"]),
    key(
        "note",
        Form::Text,
        "What a reader should know besides, in Markdown: why this number, what it leaves out. It stands on the card.",
        "note: Only orders paid by card; the others have no success rate.",
    )
    .slips(&["notes", "comment", "comments"]),
    LINKS,
    key("proposed_by", Form::Text, "Who proposed it: `team`, or `leadership`.", "proposed_by: team"),
    key(
        "guardrails",
        Form::List(&Form::Of(&GUARDRAIL)),
        "Metrics that must not get worse meanwhile, each with a bound.",
        "guardrails:\n  - { metric: checkout-p75, at_most: 2 s }",
    )
    .slips(&["guardrail"]),
    key("weight", Form::Amount, "Its weight in the objective's score, above 0.", "weight: 2").or("1"),
    key(
        "pace",
        Form::Either(&[
            Form::Choice(PlainPace::NAMES),
            Form::ByName("a day", &Form::Between(0, 1)),
        ]),
        "How progress is expected over time: `linear`, `step` (all at the end), `none`, or the share expected by a day. It \
         is asked of the last day that the data speaks of.",
        "pace: { 2026-08-01: 0.2, 2026-09-01: 0.7 }",
    )
    .or("`linear`"),
    key(
        "carried_from",
        Form::Written("a key result as quarter/team/objective/key result", "2026-Q2/platform/reliable/p1"),
        "The key result that this one carries on.",
        "carried_from: 2026-Q2/platform/reliable/p1",
    )
    .slips(&["carried_over"]),
    key("aliases", IDS, "Earlier ids; their links lead here.", "aliases: incidents"),
    key("from", LIMIT, "The start. The sentence says it as well.", "from: 8/quarter").slips(&["start"]),
    key("to", LIMIT, "The end. The sentence says it as well.", "to: 2/quarter").slips(&["target", "goal"]),
    key("by", LIMIT, "The difference, signed: in points, or `relative` to the start.", "by: 5 points"),
    key("at_most", LIMIT, "The largest value that is still good. With `at_least` beside it, values are to stay between the two.", "at_most: 2 s").slips(&["max", "maximum"]),
    key("at_least", LIMIT, "The smallest value that is still good.", "at_least: 99.9%").slips(&["min", "minimum"]),
    key("below", LIMIT, "The value below which to stay.", "below: 60 s"),
    key("above", LIMIT, "The value above which to stay.", "above: 99.9%"),
    key(
        "levels",
        Form::Of(&LEVELS),
        "What is promised and what is hoped for, beside the goal's end. Marks on the chart; the score stays what it is. The \
         sentence says it as well: `to 80% (commit: 60%, stretch: 90%)`.",
        "levels: { commit: 60%, stretch: 90% }",
    )
    .slips(&["level", "stages", "thresholds"]),
    key("unit", Form::Text, "The unit of numbers that have none: `\"%\"`, `h`, `$`.", "unit: h"),
    key("per", Form::Text, "What the numbers are counted over: `quarter`, `month`, `cycle` for the whole of it, `transaction`.", "per: month"),
    key(
        "done",
        Form::Either(&[DAY, Form::Flag, Form::Text]),
        "The day on which a milestone was done, or `no`. Milestones are always flagged.",
        "done: 2026-08-14",
    )
    .slips(&["due"]),
    key(
        "steps",
        Form::OneOrMany(&Form::Either(&[
            Form::ByName("what is then so", &Form::Either(&[DAY, Form::Flag, Form::Text])),
            Form::Text,
        ])),
        "Check points of a milestone, each with the day on which it was passed. They stand on the card; the score stays done \
         or not. Without `done`, the milestone is done once all of them are.",
        "steps: [{ contract signed: 2026-08-14 }, { pilot live: }, { all stores: }]",
    )
    .slips(&["checkpoints", "check_points", "milestones", "phases"]),
    key(
        "baseline",
        Form::Either(&[DAY, Form::Flag, Form::Text]),
        "The day on which a missing start value was established, or `no`.",
        "baseline: 2026-07-20",
    ),
    key(
        "judge",
        Form::Choice(Judge::NAMES),
        "How a bound is judged: by the share of good points, at the end, or always.",
        "judge: always",
    )
    .or("`end` where the sentence names a deadline, else `share`"),
];

/// What is promised and what is hoped for.
pub const LEVELS: Shape = Shape {
    name: "Levels",
    what: "`levels`",
    doc: "What is promised and what is hoped for, beside a goal's end.",
    keys: LEVELS_KEYS,
};

const LEVELS_KEYS: &[Key] = &[
    key("commit", LIMIT, "What is promised at least: short of the goal.", "levels: { commit: 60% }").slips(&[
        "committed",
        "commitment",
        "floor",
        "minimum",
    ]),
    key("stretch", LIMIT, "What would be splendid: beyond the goal.", "levels: { stretch: 90% }").slips(&[
        "aspirational",
        "ambition",
        "moonshot",
        "ceiling",
    ]),
];

/// A metric that must not get worse meanwhile.
pub const GUARDRAIL: Shape = Shape {
    name: "Guardrail",
    what: "a guardrail",
    doc: "A metric that must not get worse meanwhile. Give it one bound.",
    keys: GUARDRAIL_KEYS,
};

const GUARDRAIL_KEYS: &[Key] = &[
    key("metric", ID, "The metric.", "{ metric: checkout-p75, at_most: 2 s }").needed().slips(&["id", "name"]),
    key("at_most", LIMIT, "The largest value that is still good.", "{ metric: refunds, at_most: 40 }").slips(&["max"]),
    key("at_least", LIMIT, "The smallest value that is still good.", "{ metric: nps, at_least: 30 }").slips(&["min"]),
    key("below", LIMIT, "The value below which to stay.", "{ metric: checkout-p75, below: 2 s }"),
    key("above", LIMIT, "The value above which to stay.", "{ metric: uptime, above: 99.9% }"),
    key("unit", Form::Text, "The unit of a number that has none.", "{ metric: p75, at_most: 2, unit: s }"),
    key("per", Form::Text, "What the number is counted over.", "{ metric: refunds, at_most: 40, per: month }"),
];
