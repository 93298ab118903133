//! How a metric reads an export: each choice that was made, and why.
//!
//! In: what the book states, and what the export's cells tell. Out: the plan by which rows were read, for those who doubt
//! a number. A choice that nothing settles is none of these: it is refused, with a finding.

use std::sync::Arc;

use super::calendar::Day;
use super::words::words;

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// What parts the cells of a line.
    Cells,
    /// The line that names the columns.
    Header,
    /// Where the date of a row stands, and how long a period it names.
    Date,
    /// What is taken from a row.
    Measure,
    /// What its numbers count in.
    Unit,
    /// Which rows count.
    Rows,
    /// What makes a row one.
    Key,
}

words!(Chosen {
    Cells => "cells",
    Header => "header",
    Date => "date",
    Measure => "measure",
    Unit => "unit",
    Rows => "where",
    Key => "key",
});

/// Why it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The book says so.
    Stated,
    /// Nothing else fits.
    Only,
    /// One of several, by this rule.
    Rule(String),
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What was chosen.
    pub chosen: Chosen,
    /// What was taken.
    pub taken: String,
    /// Why.
    pub why: Why,
}

/// How one export was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// How many rows it has, whether they count or not; nothing where it is a copy of one that was read.
    pub rows: Option<u64>,
    /// The last day of which it tells, where another export goes on.
    pub until: Option<Day>,
    /// The choices, in the order in which they are made.
    pub choices: Arc<[Choice]>,
}
