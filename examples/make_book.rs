//! Writes a seeded book: `cargo run --example make_book -- FOLDER TEAMS [wide|long] [findings]`.

use std::error::Error;
use std::path::Path;

#[path = "../benches/support/mod.rs"]
mod support;

use support::{Book, Layout};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(teams)) = (arguments.next(), arguments.next()) else {
        return Err("usage: make_book FOLDER TEAMS [wide|long] [findings]".into());
    };
    let rest: Vec<String> = arguments.collect();
    let says = |word: &str| rest.iter().any(|known| known == word);
    let layout = if says("long") { Layout::Long } else { Layout::Wide };
    let book = Book { teams: teams.parse()?, layout, has_findings: says("findings") };
    support::write_book(Path::new(&folder), book)?;
    Ok(())
}
