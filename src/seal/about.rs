//! `archive.json`: what a bag says about itself, versioned from its first day.
//!
//! In: what is known when a quarter is sealed; or a bag's text. Out: the other one.

use serde::{Deserialize, Serialize};

use super::scores::stored;
use crate::config::Config;
use crate::model::archive::{BagAbout, BagName};
use crate::model::calendar::{Day, Quarter};
use crate::model::ids::CycleId;
use crate::model::scorecard::{KeyResultScore, QuarterScore};

/// The version of everything in a bag that okrbook itself reads.
pub const SCHEMA: u32 = 1;

/// What a bag says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The version of the bag's own format.
    pub schema: u32,
    /// The program's version.
    pub okrbook: String,
    /// The quarter.
    #[serde(with = "stored")]
    pub quarter: CycleId,
    /// Its first day.
    #[serde(with = "stored")]
    pub start: Day,
    /// The first day behind it.
    #[serde(with = "stored")]
    pub end: Day,
    /// 1 for the first seal.
    pub revision: u32,
    /// The bag that this one supersedes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
    /// Why it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The day as of which everything was computed.
    #[serde(with = "stored")]
    pub as_of: Day,
    /// Where days begin.
    pub zone: String,
    /// The commit of the book's repository, where it stands in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The settings with every default filled in.
    pub settings: Settings,
    /// What the quarter came to.
    pub result: Outcome,
}

/// The settings that decide about scores and pages, with every default filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whose book it is.
    pub organisation: String,
    /// The language of texts, dates and numbers.
    pub locale: String,
    /// Days after which data is stale.
    pub stale_after_days: i32,
    /// What missing data counts: `zero` or `no-data`.
    pub final_missing: String,
    /// Whether texts that say `draft: true` were left out.
    pub drafts_left_out: bool,
    /// The accent colour, where the book chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
}

impl Settings {
    fn new(config: &Config) -> Self {
        Self {
            organisation: config.organisation.clone(),
            locale: config.locale.clone(),
            stale_after_days: config.scoring.stale_after,
            final_missing: config.scoring.final_missing.name().to_owned(),
            drafts_left_out: true,
            accent: config.brand.accent.clone(),
        }
    }
}

/// What a quarter came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How many key results reached 0.7.
    pub strong: usize,
    /// Of how many.
    pub key_results: usize,
    /// The company's grade, where it had objectives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

impl Outcome {
    fn new(score: Option<&QuarterScore>) -> Self {
        let teams = || score.into_iter().flat_map(|score| &score.teams);
        let objectives = teams().flat_map(|team| team.objectives.iter().chain(&team.dropped));
        let key_results = objectives.flat_map(|objective| objective.key_results.iter().chain(&objective.dropped));
        let grades: Vec<_> = key_results.map(KeyResultScore::grade).collect();
        let company = teams().find(|team| team.team.as_str() == "company").and_then(|team| team.rollup.grade());
        Self {
            strong: grades.iter().flatten().filter(|grade| grade.tenths() >= 7).count(),
            key_results: grades.len(),
            company: company.map(|grade| grade.to_string()),
        }
    }
}

/// What reading an `archive.json` gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// It is understood.
    Known(Box<About>),
    /// A later program wrote it, in this version.
    Newer(u32),
    /// It isn't what it should be.
    Unreadable,
}

#[derive(Deserialize)]
struct SchemaOnly {
    schema: u32,
}

/// Reads an `archive.json`.
#[must_use]
pub fn read(bytes: &[u8]) -> Reading {
    match serde_json::from_slice::<SchemaOnly>(bytes) {
        Ok(SchemaOnly { schema }) if schema > SCHEMA => Reading::Newer(schema),
        Ok(_) => serde_json::from_slice(bytes).map_or(Reading::Unreadable, |about| Reading::Known(Box::new(about))),
        Err(_) => Reading::Unreadable,
    }
}

/// What is known when a quarter is sealed.
#[derive(Debug)]
pub struct Known<'a> {
    /// The book's settings.
    pub config: &'a Config,
    /// The quarter with its days.
    pub quarter: Quarter,
    /// The bag's name.
    pub name: BagName,
    /// The bag that it supersedes, and why.
    pub supersedes: Option<(BagName, &'a str)>,
    /// The day as of which it is sealed.
    pub as_of: Day,
    /// The commit of the book's repository.
    pub commit: Option<String>,
    /// What the quarter came to.
    pub score: Option<&'a QuarterScore>,
}

impl About {
    /// Returns what a new bag says about itself.
    #[must_use]
    pub fn new(known: &Known<'_>) -> Self {
        let window = known.quarter.window;
        Self {
            schema: SCHEMA,
            okrbook: env!("CARGO_PKG_VERSION").to_owned(),
            quarter: known.quarter.id,
            start: window.start,
            end: window.end,
            revision: known.name.revision,
            supersedes: known.supersedes.map(|(before, _)| before.to_string()),
            reason: known.supersedes.map(|(_, reason)| reason.trim().to_owned()),
            as_of: known.as_of,
            zone: known.config.calendar.zone.name(),
            commit: known.commit.clone(),
            settings: Settings::new(known.config),
            result: Outcome::new(known.score),
        }
    }

    /// Returns the text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("internal: strings and numbers always serialise");
        text.push('\n');
        text
    }

    /// Returns the name of the bag that holds it.
    #[must_use]
    pub fn name(&self) -> BagName {
        BagName { quarter: self.quarter, revision: self.revision.max(1) }
    }

    /// Returns what the archive's page shows of it.
    #[must_use]
    pub fn shown(&self) -> BagAbout {
        BagAbout {
            as_of: self.as_of,
            made_by: self.okrbook.clone(),
            reason: self.reason.clone(),
            strong: self.result.strong,
            key_results: self.result.key_results,
            company: self.result.company.clone(),
        }
    }

    /// Returns the lines of `bag-info.txt` (RFC 8493, section 2.2.2), but those about the payload.
    #[must_use]
    pub fn info(&self) -> Vec<(&'static str, String)> {
        let whose = &self.settings.organisation;
        let description =
            format!("The objectives and key results of {whose} in {}, as of {}", self.quarter, self.as_of);
        let mut lines = vec![
            ("Source-Organization", whose.clone()),
            ("External-Description", description),
            ("External-Identifier", self.name().to_string()),
            ("Bagging-Date", self.as_of.to_string()),
            ("Bag-Software-Agent", format!("okrbook {}", self.okrbook)),
        ];
        lines.extend(self.supersedes.clone().map(|before| ("Okrbook-Supersedes", before)));
        lines.extend(self.reason.clone().map(|reason| ("Okrbook-Reason", reason)));
        lines
    }
}
