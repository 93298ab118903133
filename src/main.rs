//! The `okrbook` program.

fn main() {}
