//! The one integration binary. A module that is not listed here is not run; `architecture` checks that.

mod architecture;
mod cases;
mod checking;
mod command_line;
mod diffing;
mod expectations;
mod growth;
mod hostile;
mod lifecycle;
mod publishing;
mod quarter;
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
