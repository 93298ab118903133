//! What a text leads to, and what a finding is about.

use std::borrow::Cow;

use crate::model::ids::Slug;
use crate::model::plan::Objective;
use crate::report::decide::{metric_name, title};
use crate::report::findings::Subject;
use crate::report::{KeyResultReport, Report, TeamReport};

/// What a text leads to; each document knows the address.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// A key result's card.
    KeyResult(KeyResultReport<'a>),
    /// An objective of a team.
    Objective(TeamReport<'a>, &'a Objective),
    /// A team's quarter.
    Team(TeamReport<'a>),
    /// A metric.
    Metric(&'a Slug),
    /// The page that shows who supports what.
    Alignment,
    /// Somebody's page: their place among all owners.
    Person(usize),
}

impl<'a> Target<'a> {
    /// Returns the team whose it is.
    #[must_use]
    pub const fn team(&self) -> Option<&TeamReport<'a>> {
        match self {
            Self::KeyResult(report) => Some(&report.team),
            Self::Objective(team, _) | Self::Team(team) => Some(team),
            Self::Metric(_) | Self::Alignment | Self::Person(_) => None,
        }
    }
}

/// What a finding is about.
#[derive(Debug)]
pub struct About<'a> {
    /// Whose it is; empty for what is a team itself, a metric, or the book.
    pub team: &'a str,
    /// What it is called.
    pub title: Cow<'a, str>,
    /// What leads there; nothing for the book.
    pub target: Option<Target<'a>>,
}

/// Returns what a finding is about.
#[must_use]
pub fn about<'a>(report: &Report<'a>, subject: Subject<'a>) -> About<'a> {
    let found = match subject {
        Subject::KeyResult(place) => report.key_result(place).map(|known| About {
            team: known.team.name,
            title: title(&known.plan.title.value),
            target: Some(Target::KeyResult(known)),
        }),
        Subject::Objective(place, at) => report.at(place).and_then(|team| {
            let plan = team.plan.objectives.get(at)?;
            let target = Some(Target::Objective(team, plan));
            Some(About { team: team.name, title: title(&plan.title.value), target })
        }),
        Subject::Team(place) => report.at(place).map(|team| About {
            team: "",
            title: Cow::Borrowed(team.name),
            target: Some(Target::Team(team)),
        }),
        Subject::Metric(id) => {
            Some(About { team: "", title: Cow::Owned(metric_name(report, id)), target: Some(Target::Metric(id)) })
        }
        Subject::Book => None,
    };
    found.unwrap_or(About { team: "", title: Cow::Borrowed(""), target: None })
}
