//! A team's lock as text: what people read, compare and merge.
//!
//! In: what was committed. Out: the block of that team, with a digest over what it says.

use std::fmt::Write as _;

use super::emit::{list, mapping, scalar};
use crate::model::ledger::{
    self, Amendment, Committed, KeyResultLock, Note, ObjectiveLock, Record, Start, TeamLock, Value, notation,
};

/// Returns the beginning of a new lock.
pub(super) fn head(quarter: &str) -> String {
    format!(
        "# What each team committed to for {quarter}, written by `okrbook lock`. Scores count from here.\n\
         # To change a commitment: edit the team's file, then say why, with\n\
         #   okrbook lock {quarter} --amend TEAM/OBJECTIVE/KEY-RESULT --because \"…\"\n\
         teams:\n"
    )
}

/// Lines with their depth.
struct Block(String);

impl Block {
    fn line(&mut self, depth: usize, key: &str, value: &str) {
        let indent = depth * 2;
        let space = if value.is_empty() { "" } else { " " };
        // Writing into a text can't fail.
        let _ = writeln!(self.0, "{:indent$}{key}:{space}{value}", "");
    }

    fn text(&mut self, depth: usize, key: &str, value: &str) {
        self.line(depth, key, &scalar(value));
    }
}

/// Returns the block of a team.
pub(super) fn block(lock: &TeamLock) -> String {
    let mut block = Block(String::new());
    block.line(1, lock.team.value.as_str(), "");
    block.text(2, "locked", &lock.on.to_string());
    block.text(2, "digest", &lock.computed_digest().to_string());
    block.line(2, "objectives", "");
    for objective in &lock.objectives {
        add_objective(&mut block, objective);
    }
    block.0
}

fn add_objective(block: &mut Block, lock: &ObjectiveLock) {
    block.line(3, lock.id.value.as_str(), "");
    add_record(block, 4, &lock.record, None);
    if !lock.key_results.is_empty() {
        block.line(4, "key_results", "");
    }
    for KeyResultLock { id, record, start } in &lock.key_results {
        block.line(5, id.value.as_str(), "");
        add_record(block, 6, record, start.as_ref());
    }
}

fn add_record<T: Committed>(block: &mut Block, depth: usize, record: &Record<T>, start: Option<&Start>) {
    if let Some(terms) = &record.terms {
        add_terms(block, depth, None, terms);
    }
    if let Some(start) = start {
        add_start(block, depth, start);
    }
    if !record.amendments.is_empty() {
        block.line(depth, "amendments", "");
    }
    let mut before = record.terms.as_ref();
    for Amendment { note: Note { on, because, by }, terms } in &record.amendments {
        let indent = depth * 2 + 2;
        let _ = writeln!(block.0, "{:indent$}- on: {on}", "");
        block.text(depth + 2, "because", because);
        if let Some(by) = by {
            block.text(depth + 2, "by", by);
        }
        match terms {
            Some(terms) => {
                add_terms(block, depth + 2, before, terms);
                before = Some(terms);
            }
            None => block.line(depth + 2, "dropped", "true"),
        }
    }
}

/// Adds the terms that differ from those before; with none before, all that say something.
fn add_terms<T: Committed>(block: &mut Block, depth: usize, before: Option<&T>, now: &T) {
    for term in T::TABLE {
        let value = (term.get)(now);
        if before.map_or(!value.is_silent(), |before| (term.get)(before) != value) {
            add_term(block, depth, term.told.key, &value);
        }
    }
}

fn add_term(block: &mut Block, depth: usize, key: &str, value: &Value) {
    match value {
        Value::Goal(Some(goal)) => block.line(depth, key, &mapping(ledger::goal(goal))),
        Value::Levels(levels) if !levels.is_empty() => {
            let pairs = levels.iter().map(|level| (level.kind.name(), notation::quantity(&level.at)));
            block.line(depth, key, &mapping(pairs));
        }
        Value::Number(number) => block.text(depth, key, &number.to_string()),
        Value::Names(names) => block.line(depth, key, &list(names.iter().map(String::as_str))),
        Value::Bounds(bounds) if bounds.is_empty() => block.line(depth, key, "[]"),
        Value::Bounds(bounds) => {
            block.line(depth, key, "");
            for (metric, bound) in bounds {
                let indent = depth * 2 + 2;
                let guardrail = mapping([("metric", metric.to_string()), ledger::bound(bound)]);
                let _ = writeln!(block.0, "{:indent$}- {guardrail}", "");
            }
        }
        value => block.text(depth, key, &value.shown()),
    }
}

fn add_start(block: &mut Block, depth: usize, start: &Start) {
    block.line(depth, "start", "");
    block.text(depth + 1, "value", &notation::quantity(&start.value));
    block.text(depth + 1, "on", &start.on.to_string());
    if !start.data.is_empty() {
        block.line(depth + 1, "data", "");
    }
    for (path, digest) in &start.data {
        block.line(depth + 2, &scalar(path), digest);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::load::read_lock;
    use crate::model::calendar::Day;
    use crate::model::goal::{Better, Bound, Gain, GainKind, Goal, Hold, Judge, Milestone, Move, Side, Target};
    use crate::model::ids::Slug;
    use crate::model::ledger::{ObjectiveTerms, Terms};
    use crate::model::levels::{Level, LevelKind};
    use crate::model::plan::Ambition;
    use crate::model::quantity::{Number, Per, Quantity, TimeUnit, Unit};
    use crate::source::{Sources, Span, Spanned};

    fn spanned<T>(value: T) -> Spanned<T> {
        Spanned::new(value, Span::new(Sources::default().add("x", ""), 0..0))
    }

    fn slug() -> impl Strategy<Value = Slug> {
        "[a-zA-Z0-9][a-z0-9_-]{0,8}".prop_map(|text| Slug::new(&text).expect("a slug"))
    }

    fn text() -> BoxedStrategy<String> {
        "[^ \\p{Cc}]([^\\p{Cc}]{0,20}[^ \\p{Cc}])?"
            .prop_filter("spaces at the ends are nobody's words", |text| text.trim() == text)
            .boxed()
    }

    fn number() -> impl Strategy<Value = Number> {
        (any::<i64>(), 0_u32..12).prop_map(|(mantissa, scale)| Number::new(mantissa, scale).expect("few digits"))
    }

    fn quantity() -> BoxedStrategy<Quantity> {
        let named = text().prop_map(|name| Unit::Named(name.as_str().into()));
        let money = text().prop_map(|name| Unit::Money(name.as_str().into()));
        let unit = prop_oneof![
            Just(Unit::Count),
            Just(Unit::Percent),
            Just(Unit::Points),
            Just(Unit::Duration(TimeUnit::WorkingDay)),
            Just(Unit::Money("USD".into())),
            named,
            money
        ];
        let thing = text().prop_map(|name| Some(Per::Thing(name.as_str().into())));
        let per = prop_oneof![Just(None), Just(Some(Per::Time(TimeUnit::Month))), thing];
        (number(), unit, per).prop_map(|(number, unit, per)| Quantity { number, unit, per }).boxed()
    }

    fn bound() -> BoxedStrategy<Bound> {
        let side = prop_oneof![Just(Side::Above), Just(Side::Below)];
        (side, any::<bool>(), quantity()).prop_map(|(side, inclusive, limit)| Bound { side, inclusive, limit }).boxed()
    }

    fn goal() -> BoxedStrategy<Goal> {
        let better = prop_oneof![Just(None), Just(Some(Better::Higher)), Just(Some(Better::Lower))];
        let judge = prop_oneof![Just(Judge::Share), Just(Judge::End), Just(Judge::Always)];
        let kind = prop_oneof![Just(GainKind::Absolute), Just(GainKind::Relative)];
        let due = prop_oneof![Just(None), (0..20_000).prop_map(|number| Some(Day::from_number(number)))];
        prop_oneof![
            (quantity(), quantity()).prop_map(|(from, to)| Goal::Move(Move { from, to })),
            (quantity(), better).prop_map(|(to, better)| Goal::Target(Target { to, better })),
            (quantity(), kind, proptest::option::of(quantity())).prop_map(|(by, kind, from)| Goal::Gain(Gain {
                by,
                kind,
                from
            })),
            (bound(), judge.clone()).prop_map(|(bound, judge)| Goal::Hold(Hold::within(bound, judge))),
            (quantity(), quantity(), any::<[bool; 2]>(), judge).prop_map(|(least, most, inclusive, judge)| {
                let bound = |side, inclusive, limit| Bound { side, inclusive, limit };
                let upper = Some(bound(Side::Below, inclusive[1], most));
                Goal::Hold(Hold { bound: bound(Side::Above, inclusive[0], least), upper, judge })
            }),
            due.clone().prop_map(|due| Goal::Milestone(Milestone { done: None, due })),
            due.prop_map(|due| Goal::Baseline(Milestone { done: None, due })),
        ]
        .boxed()
    }

    fn terms() -> BoxedStrategy<Terms> {
        let metric = proptest::option::of((slug(), text()));
        let levels =
            (proptest::option::of(quantity()), proptest::option::of(quantity())).prop_map(|(commit, stretch)| {
                let level = |kind, at: Option<Quantity>| at.map(|at| Level { kind, at });
                [level(LevelKind::Commit, commit), level(LevelKind::Stretch, stretch)].into_iter().flatten().collect()
            });
        let goal = (proptest::option::of(goal()), levels);
        let owners = proptest::collection::vec(text(), 0..3);
        let guardrails = proptest::collection::vec((slug(), bound()), 0..3);
        (text(), goal, metric, number(), owners, guardrails)
            .prop_map(|(title, (goal, levels), metric, weight, owners, guardrails)| {
                let (metric, definition) = metric.unzip();
                Terms { title, goal, levels, metric, definition, weight, owners, guardrails }
            })
            .boxed()
    }

    fn note() -> BoxedStrategy<Note> {
        (0..20_000, text(), proptest::option::of(text()))
            .prop_map(|(day, because, by)| Note { on: Day::from_number(day), because, by })
            .boxed()
    }

    fn key_result() -> BoxedStrategy<KeyResultLock> {
        let start = (quantity(), proptest::collection::btree_map(text(), "[0-9a-f]{4}", 0..3))
            .prop_map(|(value, data)| Start { value, on: Day::from_number(20_000), data: data.into_iter().collect() });
        let amendment = (note(), proptest::option::of(terms())).prop_map(|(note, terms)| Amendment { note, terms });
        let amendments = proptest::collection::vec(amendment, 0..4);
        (slug(), terms(), proptest::option::of(start), amendments)
            .prop_map(|(id, terms, start, amendments)| KeyResultLock {
                id: spanned(id),
                record: Record { terms: Some(terms), amendments },
                start,
            })
            .boxed()
    }

    fn lock() -> BoxedStrategy<TeamLock> {
        let key_results = proptest::collection::vec(key_result(), 0..3).prop_map(|mut all| {
            all.sort_by(|a, b| a.id.value.cmp(&b.id.value));
            all.dedup_by(|a, b| a.id.value == b.id.value);
            all
        });
        let ambition = prop_oneof![Just(Ambition::Aspirational), Just(Ambition::Committed)];
        (slug(), slug(), text(), ambition, proptest::option::of(slug()), key_results)
            .prop_map(|(team, id, title, ambition, outcome_metric, key_results)| {
                let record = Record::of(ObjectiveTerms { title, ambition, outcome_metric });
                let objective = ObjectiveLock { id: spanned(id), record, key_results };
                let on = Day::from_number(20_000);
                TeamLock { owner: team.clone(), team: spanned(team), on, objectives: vec![objective], digest: None }
            })
            .boxed()
    }

    /// Takes the places off, which a text gives to what is read from it.
    fn without_places(mut lock: TeamLock) -> TeamLock {
        let nowhere = spanned(()).span;
        lock.team.span = nowhere;
        lock.digest = None;
        for objective in &mut lock.objectives {
            objective.id.span = nowhere;
            objective.key_results.iter_mut().for_each(|key_result| key_result.id.span = nowhere);
        }
        lock
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn what_is_written_is_read_back_and_keeps_its_digest(lock in lock()) {
            let text = format!("{}{}", head("2026-Q3"), block(&lock));
            let read = read_lock(&text);
            prop_assert!(read.is_some(), "{}", text);
            let read = read.expect("checked").teams.remove(0);
            prop_assert!(read.is_intact(), "{}", text);
            prop_assert_eq!(without_places(read), without_places(lock), "{}", text);
        }
    }

    /// Returns a lock in which everything is said that a lock can say.
    fn full() -> TeamLock {
        let quantity = |number| Quantity::new(Number::whole(number), Unit::Percent);
        let terms = Terms {
            title: "Less churn".to_owned(),
            goal: Some(Goal::Move(Move { from: quantity(4), to: quantity(3) })),
            levels: Vec::new(),
            metric: Slug::new("churn"),
            definition: Some("last; churn.csv".to_owned()),
            weight: Number::ONE,
            owners: vec!["ana".to_owned(), "ben".to_owned()],
            guardrails: vec![(
                Slug::new("margin").expect("a slug"),
                Bound { side: Side::Above, inclusive: true, limit: quantity(7) },
            )],
        };
        let note = Note { on: Day::from_number(20_650), because: "prices".to_owned(), by: Some("cto".to_owned()) };
        let later = Terms { weight: Number::whole(2), ..terms.clone() };
        let key_result = KeyResultLock {
            id: spanned(Slug::new("churn").expect("a slug")),
            record: Record { terms: Some(terms), amendments: vec![Amendment { note, terms: Some(later) }] },
            start: Some(Start {
                value: quantity(5),
                on: Day::from_number(20_634),
                data: vec![("metrics/churn.csv".to_owned(), "abcd".to_owned())],
            }),
        };
        let objective = ObjectiveLock {
            id: spanned(Slug::new("stay").expect("a slug")),
            record: Record::of(ObjectiveTerms {
                title: "They stay".to_owned(),
                ambition: Ambition::Committed,
                outcome_metric: Slug::new("revenue"),
            }),
            key_results: vec![key_result],
        };
        let team = spanned(Slug::new("shop").expect("a slug"));
        TeamLock {
            owner: team.value.clone(),
            team,
            on: Day::from_number(20_640),
            objectives: vec![objective],
            digest: None,
        }
    }

    /// Edits, each of which makes the lock say something else.
    const EDITS: [(&str, &str); 23] = [
        ("Less churn", "Less"),
        ("from: 4 %", "from: 5 %"),
        ("to: 3 %", "to: 3.5 %"),
        ("metric: churn", "metric: chum"),
        ("last; churn.csv", "max; churn.csv"),
        ("weight: 1", "weight: 3"),
        ("ana", "eva"),
        ("at_least", "above"),
        ("7 %", "6 %"),
        ("margin", "profit"),
        ("prices", "rain"),
        ("cto", "ceo"),
        ("weight: 2", "weight: 4"),
        ("value: 5 %", "value: 6 %"),
        ("abcd", "abce"),
        ("They stay", "They go"),
        ("ambition: committed", "ambition: aspirational"),
        ("revenue", "orders"),
        ("stay:", "go:"),
        ("shop:", "shed:"),
        ("2026-07-06", "2026-07-07"),
        ("2026-07-16", "2026-07-15"),
        ("      stay:\n", "      other:\n        title: New\n      stay:\n"),
    ];

    #[test]
    fn a_change_of_any_word_of_a_lock_is_noticed() {
        let lock = full();
        let text = format!("{}{}", head("2026-Q3"), block(&lock));
        let is_intact = |text: &str| read_lock(text).is_some_and(|lock| lock.teams.iter().all(TeamLock::is_intact));
        assert!(is_intact(&text));
        assert!(is_intact(&text.replace("teams:", "# a remark\nteams:").replace('\n', "\r\n")));
        for (from, to) in EDITS {
            assert!(text.contains(from), "{from} is not in\n{text}");
            assert!(!is_intact(&text.replacen(from, to, 1)), "{from} may become {to}");
        }
    }
}
