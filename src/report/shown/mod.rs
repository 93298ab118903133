//! What every form of a report shows alike: the decisions behind a card, a row, a team's line, a finding.
//!
//! In: the report. Out: finished strings and marks, with what they lead to. The site, print pages and PDF files set
//! these; where each stands in a document, and what its address is there, is theirs to say. Decides no form.

mod aside;
mod bands;
mod card;
mod fact;
mod finding;
mod goalposts;
mod grade;
mod honesty;
mod objective;
mod row;
mod support;
mod target;
mod team;

pub use bands::{BandRow, Distribution, distribution};
pub use card::{Answer, Card, Confidence, EvidenceFile, Guardrail, Said, answers, card, card_of, guardrail};
pub use fact::{Fact, person};
pub use finding::{Told, told};
pub use goalposts::{Goalposts, MoveRow, Moved, of_key_result, of_objective, of_quarter};
pub use grade::{Beside, Graded, Status, Verdict, bars_key};
pub use honesty::{Honest, HonestLine, honest};
pub use objective::{ObjectiveHead, facts_of_objective, objective};
pub use row::{Columns, Row, row};
pub use target::{About, Target, about};
pub use team::{TeamLine, facts_of_team, grade_notes, team_line};
