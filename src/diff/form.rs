//! What every data file begins with, and findings as far as they are compared.

use serde::Deserialize;

use crate::render::form::FindingJson;

/// What every data file begins with.
#[derive(Deserialize)]
pub(super) struct Head {
    pub(super) schema: Option<u32>,
    #[serde(default)]
    pub(super) okrbook: Option<String>,
}

/// A finding, as far as it is compared: where in its line it begins, and what helps, changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) code: String,
    pub(super) level: String,
    pub(super) message: String,
    pub(super) file: String,
    pub(super) line: Option<u64>,
}

impl From<FindingJson<'_>> for Finding {
    fn from(FindingJson { code, level, message, file, line, .. }: FindingJson<'_>) -> Self {
        Self { code: code.into(), level: level.into(), message: message.into(), file, line }
    }
}

impl Finding {
    /// Returns the place as people write it: `metrics/checkout.csv:7`.
    pub(super) fn place(&self) -> String {
        self.line.map_or_else(|| self.file.clone(), |line| format!("{}:{line}", self.file))
    }
}
