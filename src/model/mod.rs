//! What is true once loading has succeeded.
//!
//! Plain types without serde, without input or output, and without `Option` that means "not yet":
//! an `Option` here says that a book may leave the thing out.

mod accounts;
pub mod aggregate;
mod ambition;
pub mod archive;
mod baseline;
mod body;
pub mod calendar;
pub mod catalogue;
mod committed;
pub mod daily;
mod day;
pub mod deadline;
mod digits;
pub mod fine;
pub mod former;
pub mod goal;
pub mod grade;
pub mod grain;
pub mod history;
pub mod ids;
mod joined;
pub mod keyed;
pub mod lapse;
pub mod ledger;
pub mod measurement;
pub mod metric;
pub mod movement;
mod number;
mod packed;
pub mod plan;
pub mod quantity;
mod quotient;
pub mod ratios;
pub mod reading;
mod ready_made;
pub mod remark;
pub mod review;
pub mod scorecard;
pub mod seam;
pub mod series;
pub mod settings;
pub mod shown;
pub mod silence;
mod sliding;
mod standing;
pub mod unit;
pub(crate) mod words;
pub mod zone;
