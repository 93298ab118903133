//! What is known beside the files that are brought in.
//!
//! In: the command line and the book's settings. Out: one value for whoever reads a file.

use super::map::Map;
use crate::model::calendar::Calendar;
use crate::model::plan::Team;

/// What is known beside the files.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// What columns mean.
    pub map: Option<&'a Map>,
    /// How the book cuts time.
    pub calendar: &'a Calendar,
    /// The teams that the settings name.
    pub teams: &'a [Team],
}
