//! `okrbook completions`: a completion script for a shell.

use clap::{Args, Command};
use clap_complete::Shell;
use okrbook::error::Result;

use super::messages::Messages;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, mut program: Command, messages: &Messages) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, "okrbook", &mut script);
    messages.data(&String::from_utf8_lossy(&script))?;
    Ok(0)
}
