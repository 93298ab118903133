//! Who supports what, from the top down.

use serde::Serialize;

use super::Maker;
use super::shell::{Chrome, Link};
use crate::render::markup::Markup;
use crate::report::alignment::{Node, alignment};
use crate::report::decide::title;
use crate::report::shown::{Graded, Target};
use crate::report::{Ages, ObjectiveReport, Owned, TeamReport};

#[derive(Debug, Serialize)]
pub(super) struct View<'a> {
    page: Chrome,
    parts: Vec<Part<'a>>,
}

/// The trees, which have no title, or objectives that stand in none.
#[derive(Debug, Serialize)]
struct Part<'a> {
    id: &'static str,
    title: &'static str,
    help: &'static str,
    list: Vec<Branch<'a>>,
    /// How many objectives are left out, in words; empty where none is.
    rest: String,
}

/// An objective in a list of lists, from the top down.
#[derive(Debug, Serialize)]
struct Branch<'a> {
    link: Link,
    team: String,
    /// The key result above that it supports; empty where it supports the whole.
    through: String,
    grade: &'a Markup,
    /// Whether a list of its supporters follows.
    leads: bool,
    /// One for each list that ends behind it.
    ends: Vec<()>,
}

/// The most objectives in each of the three parts.
const LIMIT: usize = 1_000;

/// Returns the page.
pub(super) fn view(maker: Maker<'_>) -> View<'_> {
    let found = alignment(maker.report);
    let words = maker.words;
    let (mut trees, mut left) = (Vec::new(), LIMIT);
    let rest = found.trees.iter().map(|node| add(maker, node, &mut trees, &mut left)).sum();
    let trees = Part { id: "", title: "", help: "", list: trees, rest: left_out(maker, rest) };
    let part = |id, title, help, known: &[Owned<'_>]| Part {
        id,
        title,
        help,
        list: known.iter().take(LIMIT).map(|(team, objective)| alone(maker, *team, *objective)).collect(),
        rest: left_out(maker, known.len().saturating_sub(LIMIT)),
    };
    let parts = [
        trees,
        part("unsupported", words.unsupported, words.unsupported_help, &found.unsupported),
        part("unattached", words.unattached, words.unattached_help, &found.unattached),
    ];
    View {
        page: Chrome::new(maker, "alignment", words.alignment, Ages::default()),
        parts: parts.into_iter().filter(|part| !part.list.is_empty()).collect(),
    }
}

fn left_out(maker: Maker<'_>, count: usize) -> String {
    if count > 0 { maker.phrases().more_objectives(count) } else { String::new() }
}

/// Adds an objective and what hangs from it while there is room; returns how many are left out.
fn add<'m>(maker: Maker<'m>, node: &Node<'_>, list: &mut Vec<Branch<'m>>, left: &mut usize) -> usize {
    let Some(room) = left.checked_sub(1) else {
        return node.supporters.iter().map(|other| add(maker, other, list, left)).sum::<usize>() + 1;
    };
    *left = room;
    let mut own = alone(maker, node.team, node.objective);
    own.through = node.through.map(|text| title(text).into_owned()).unwrap_or_default();
    let place = list.len();
    list.push(own);
    let rest = node.supporters.iter().map(|other| add(maker, other, list, left)).sum();
    if list.len() > place + 1 {
        list[place].leads = true;
        list.iter_mut().last().into_iter().for_each(|last| last.ends.push(()));
    }
    rest
}

fn alone<'m>(maker: Maker<'m>, team: TeamReport<'_>, objective: ObjectiveReport<'_>) -> Branch<'m> {
    Branch {
        link: Link {
            text: title(&objective.plan.title.value).into_owned(),
            href: maker.href(&Target::Objective(team, objective.plan)),
        },
        team: format!("{}, {}", team.name, team.cycle()),
        through: String::new(),
        grade: maker.grade(Graded::of_objective(maker.report, team, objective)),
        leads: false,
        ends: Vec::new(),
    }
}
