//! okrbook turns a folder of plain files into an OKR site whose every score is computed from data.

pub mod chart;
pub mod check;
pub mod config;
pub mod diag;
pub mod error;
pub mod hash;
pub mod lifecycle;
pub mod load;
pub mod markdown;
pub mod metrics;
pub mod model;
pub mod par;
pub mod read;
pub mod render;
pub mod report;
pub mod score;
pub mod sentence;
pub mod source;
pub mod write;
pub mod yaml;
