//! The one integration binary. A module that is not listed here is not run; `architecture` checks that.

mod architecture;
mod assets;
mod cases;
mod checking;
mod circles;
mod command_line;
mod diffing;
mod expectations;
mod forging;
mod growth;
mod hostile;
mod inert;
mod lifecycle;
mod publishing;
mod quarter;
mod reference;
mod remarks;
mod renaming;
mod reviewing;
mod rules;
mod scorer;
mod sealing;
mod starting;
mod support;
mod talking;
mod wording;
