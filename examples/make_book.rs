//! Writes a seeded book: `cargo run --example make_book -- FOLDER TEAMS`.

use std::error::Error;
use std::path::Path;

#[path = "../benches/support/mod.rs"]
mod support;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(teams)) = (arguments.next(), arguments.next()) else {
        return Err("usage: make_book FOLDER TEAMS".into());
    };
    support::write_book(Path::new(&folder), teams.parse()?)?;
    Ok(())
}
