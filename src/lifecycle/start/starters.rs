//! Starters: objectives for teams that begin, by what a team does.
//!
//! In: a team. Out: the objectives of its first file: from the business outcome over the engineering lever to key
//! results with who measures them, and the metrics that they need, in comments. The numbers of the example are gaps,
//! unless the book measures them already.

use super::inputs::{COMPANY, Inputs};
use super::measured::measured_start;
use super::sentence::{Target, restated, with_gaps};
use crate::lifecycle::emit::scalar;
use crate::model::goal::Goal;
use crate::model::ids::Slug;
use crate::model::plan::{KeyResult, Plan};
use crate::sentence;
use crate::source::{Span, Spanned};

/// A team's first file, with the numbers of an example.
#[derive(Debug, PartialEq, Eq)]
pub struct Starter {
    /// Its text: a name, the functions that it is for, and a team's file with metrics in comments.
    pub text: &'static str,
}

/// All starters; the first is the company's, the last is for any team.
pub const STARTERS: &[Starter] = &[
    Starter { text: include_str!("../../../assets/starters/company.yaml") },
    Starter { text: include_str!("../../../assets/starters/platform.yaml") },
    Starter { text: include_str!("../../../assets/starters/product.yaml") },
    Starter { text: include_str!("../../../assets/starters/data.yaml") },
    Starter { text: include_str!("../../../assets/starters/security.yaml") },
    Starter { text: include_str!("../../../assets/starters/mobile.yaml") },
    Starter { text: include_str!("../../../assets/starters/developer-experience.yaml") },
    Starter { text: include_str!("../../../assets/starters/sre.yaml") },
    Starter { text: include_str!("../../../assets/starters/ml.yaml") },
    Starter { text: include_str!("../../../assets/starters/sales.yaml") },
    Starter { text: include_str!("../../../assets/starters/marketing.yaml") },
    Starter { text: include_str!("../../../assets/starters/people.yaml") },
    Starter { text: include_str!("../../../assets/starters/finance.yaml") },
    Starter { text: include_str!("../../../assets/starters/support.yaml") },
    Starter { text: include_str!("../../../assets/starters/legal.yaml") },
    Starter { text: include_str!("../../../assets/starters/general.yaml") },
];

impl Starter {
    /// Returns what kind of team it is for.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.line("# name: ")
    }

    /// Returns the functions of teams that it is for.
    pub fn functions(&self) -> impl Iterator<Item = &'static str> {
        self.line("# functions: ").split(", ")
    }

    /// Returns the ids of its objectives.
    pub(super) fn objectives(&self) -> impl Iterator<Item = &'static str> {
        self.text.lines().filter_map(|line| line.strip_prefix("  - id: "))
    }

    fn line(&self, start: &str) -> &'static str {
        self.text.lines().find_map(|line| line.strip_prefix(start)).unwrap_or_default()
    }
}

/// Returns the starter of a team: by its function, else by its name.
pub(super) fn of_team(plan: &Plan, team: &Slug) -> &'static Starter {
    let function = plan.teams.iter().find(|known| known.id == *team).and_then(|known| known.function.as_deref());
    let find = |name: &str| {
        let name = Slug::suggest(name);
        STARTERS.iter().find(|starter| starter.functions().any(|known| known == name))
    };
    let company = (team.as_str() == COMPANY).then(|| &STARTERS[0]);
    let any = &STARTERS[STARTERS.len() - 1];
    company.or_else(|| function.and_then(find)).or_else(|| find(team.as_str())).unwrap_or(any)
}

/// Returns the objectives of a team's first file.
pub(super) fn text(inputs: &Inputs<'_>, starter: &Starter) -> String {
    let mut text = String::new();
    let mut id = None;
    let mut says_metric = false;
    for line in starter.text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(known) = line.strip_prefix("      - id: ") {
            id = Slug::new(known);
            says_metric = false;
        }
        let metric = id.as_ref().filter(|id| inputs.plan.metrics.contains_key(*id));
        if let Some(title) = line.strip_prefix("        title: ") {
            add_title(&mut text, inputs, id.as_ref(), title.trim_matches('"'));
            continue;
        }
        if line.starts_with("        # ") {
            if metric.is_some() {
                continue;
            }
            if !says_metric {
                text.push_str("        # Its metric, for metrics.yaml, over an export of that tool in metrics/:\n");
                says_metric = true;
            }
            text.push_str(&line.replacen("# ", "#   ", 1));
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}

/// Adds a sentence with gaps, and above it the one of the example.
fn add_title(text: &mut String, inputs: &Inputs<'_>, id: Option<&Slug>, title: &str) {
    let stated = id.and_then(|id| with_start(inputs, id, title)).unwrap_or_else(|| with_gaps(title));
    text.push_str(&format!("        # For example: {title}\n"));
    text.push_str(&format!("        title: {}\n", scalar(&stated)));
}

/// Returns the sentence with the start that the book's own metric shows, where it shows one, and an open end.
fn with_start(inputs: &Inputs<'_>, id: &Slug, title: &str) -> Option<String> {
    let goal = sentence::read(title).goal.filter(|goal| matches!(goal, Goal::Move(_)))?;
    let metric = inputs.plan.metrics.get(id)?;
    let (file, _) = inputs.sources.iter().next()?;
    let key_result = key_result(id, title, goal.clone(), Span::new(file, 0..0));
    let start = measured_start(inputs, &key_result)?;
    Some(restated(title, &goal, &metric.title, Some(&start), &Target::Open).title)
}

/// Returns a key result that nobody has written yet.
fn key_result(id: &Slug, title: &str, goal: Goal, nowhere: Span) -> KeyResult {
    let metric = Some(Spanned::new(id.clone(), nowhere));
    let (id, title) = (Spanned::new(id.clone(), nowhere), Spanned::new(title.to_owned(), nowhere));
    KeyResult { metric, ..KeyResult::bare(id, title, Some(goal)) }
}
