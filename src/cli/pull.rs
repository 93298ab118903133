//! `okrbook pull`: exports, fetched from the engines that hold the numbers.

mod arguments;
#[cfg(feature = "pull")]
mod ask;
#[cfg(feature = "pull")]
mod profiles;
#[cfg(feature = "pull")]
mod program;

#[cfg(not(feature = "pull"))]
use okrbook::error::Error;
use okrbook::error::Result;

pub(super) use self::arguments::Arguments;
use super::messages::Messages;
use super::shared::Shared;

#[cfg(feature = "pull")]
pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    ask::run(arguments, shared, messages)
}

#[cfg(not(feature = "pull"))]
pub(super) fn run(_: &Arguments, _: &Shared, _: &Messages) -> Result<u8> {
    Err(Error::usage_with_help(
        "this okrbook was built without `pull`",
        "take a released program, or build one with it: `cargo build --release --features pull`; builds and checks read what \
         was pulled without it",
    ))
}
