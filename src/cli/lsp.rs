//! `okrbook lsp`: a language server, which editors start to show what `check` says while somebody types.
//!
//! In: an editor's messages over stdin. Out: findings, and answers about the place that the editor asks about, over stdout. The
//! book is read with the editor's texts in the place of its files', a moment after the last letter. Writes no file.

mod actions;
mod complete;
mod context;
mod definition;
mod desk;
mod hover;
mod place;
mod protocol;
mod tree;
mod wire;

use std::path::Path;
use std::time::Duration;

use clap::Args;
use okrbook::error::{Error, Result};
use serde_json::Value;

use super::messages::Messages;
use super::shared::Shared;
use desk::{Depth, Desk};
use wire::{Ask, Heard, Refusal, Wire};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Speak over stdin and stdout, as always; some editors say so
    #[arg(long, hide = true)]
    stdio: bool,
}

/// How long nobody may type before the book is read again.
const QUIET: Duration = Duration::from_millis(60);

/// Where in its life the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nobody has greeted.
    Silent,
    /// Questions are answered.
    Open { can_watch: bool },
    /// The editor said that it has no more.
    Over,
}

pub(super) fn run(_arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let wire = Wire::stdio();
    let mut desk = Desk::new(shared, messages);
    let mut phase = Phase::Silent;
    loop {
        let wait = desk.waits().then_some(QUIET);
        match wire.next(wait) {
            Heard::Quiet => tell(&wire, &mut desk),
            Heard::Asked(ask) => phase = answer(&wire, &mut desk, phase, ask),
            Heard::Told { method, .. } if method == "exit" => break,
            Heard::Gone => break,
            Heard::Told { method, params } => hear(&wire, &mut desk, phase, (&method, &params)),
        }
    }
    wire.end().map_err(Error::io("write", Path::new("<stdout>")))?;
    // The protocol asks for 1 where the editor left without saying so.
    Ok(u8::from(phase != Phase::Over))
}

/// Reads what waits, and tells what is found.
fn tell(wire: &Wire, desk: &mut Desk<'_>) {
    for (address, told) in desk.refresh() {
        if let Some(params) = protocol::findings(&address, &told) {
            wire.tell("textDocument/publishDiagnostics", params);
        }
    }
}

/// Takes in what the editor tells; what is not in the protocol's form is passed over, since nobody waits for an answer.
fn hear(wire: &Wire, desk: &mut Desk<'_>, phase: Phase, (method, params): (&str, &Value)) {
    match (method, phase) {
        (_, Phase::Silent | Phase::Over) => {}
        ("initialized", Phase::Open { can_watch: true }) => {
            wire.ask(1, "client/registerCapability", protocol::watching());
        }
        ("textDocument/didOpen", _) => {
            if let Some((address, text)) = protocol::opened(params) {
                desk.put(address, &text, Depth::Saved);
            }
        }
        ("textDocument/didChange", _) => {
            if let Some((address, text)) = protocol::changed(params) {
                desk.put(address, &text, Depth::Typed);
            }
        }
        ("textDocument/didSave", _) => protocol::saved(params).iter().for_each(|address| desk.saved(address)),
        ("textDocument/didClose", _) => protocol::closed(params).iter().for_each(|address| desk.close(address)),
        ("workspace/didChangeWatchedFiles", _) => desk.changed_outside(),
        _ => {}
    }
}

/// Answers a question; returns where the conversation is behind it.
fn answer(wire: &Wire, desk: &mut Desk<'_>, phase: Phase, ask: Ask) -> Phase {
    match (ask.method.as_str(), phase) {
        ("initialize", Phase::Silent) => {
            let can_watch = protocol::can_watch(&ask.params);
            wire.answer(ask, Ok(protocol::greeting()));
            return Phase::Open { can_watch };
        }
        (_, Phase::Silent) => wire.answer(ask, Err(Refusal::NotBegun)),
        ("shutdown", _) => {
            wire.answer(ask, Ok(Value::Null));
            return Phase::Over;
        }
        _ => {
            // A change that was just typed is known before it is mended.
            if ask.method == "textDocument/codeAction" && desk.waits() {
                tell(wire, desk);
            }
            let told = told(desk, &ask);
            wire.answer(ask, told);
        }
    }
    phase
}

/// Returns the answer to a question about a document; null where there is nothing to say.
fn told(desk: &Desk<'_>, ask: &Ask) -> std::result::Result<Value, Refusal> {
    if ask.method == "textDocument/codeAction" {
        let (address, stretch) = protocol::asked_actions(&ask.params).ok_or(Refusal::Malformed)?;
        return Ok(protocol::actions(&address, &actions::at(desk, &address, stretch)));
    }
    let about = match ask.method.as_str() {
        "textDocument/hover" => hover::at,
        "textDocument/completion" => complete::at,
        "textDocument/definition" => definition::at,
        _ => return Err(Refusal::Unknown),
    };
    let (address, at) = protocol::asked(&ask.params).ok_or(Refusal::Malformed)?;
    Ok(about(desk, &address, at).unwrap_or_default())
}
