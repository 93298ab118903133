//! The wire to an editor: JSON-RPC over stdin and stdout, framed as the Language Server Protocol says.
//!
//! In: messages of the editor. Out: answers, and what is told without being asked. Beside `messages` this is the only place
//! that writes to a stream: what it writes is JSON of our own making.

use std::io;
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, IoThreads, Message, Notification, Request, RequestId, Response};
use serde_json::Value;

/// The wire.
pub(super) struct Wire {
    connection: Connection,
    threads: IoThreads,
}

/// What is heard.
pub(super) enum Heard {
    /// The editor asks, and waits for an answer.
    Asked(Ask),
    /// The editor tells.
    Told {
        /// What kind of thing it tells.
        method: String,
        /// What it tells.
        params: Value,
    },
    /// Nothing was heard for as long as was waited.
    Quiet,
    /// The editor is gone.
    Gone,
}

/// A question of the editor.
pub(super) struct Ask {
    id: RequestId,
    /// What it asks.
    pub(super) method: String,
    /// What it asks about.
    pub(super) params: Value,
}

/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nobody greeted before.
    NotBegun,
    /// It is no question that is known.
    Unknown,
    /// It isn't asked as the protocol says.
    Malformed,
}

impl Wire {
    /// Returns the wire over stdin and stdout.
    pub(super) fn stdio() -> Self {
        let (connection, threads) = Connection::stdio();
        Self { connection, threads }
    }

    /// Returns the next thing that is heard; where nothing is to be done meanwhile, it waits as long as it takes.
    pub(super) fn next(&self, wait: Option<Duration>) -> Heard {
        loop {
            let heard = match wait {
                None => self.connection.receiver.recv().map_err(|_| false),
                Some(wait) => self.connection.receiver.recv_timeout(wait).map_err(|error| error.is_timeout()),
            };
            match heard {
                Ok(Message::Request(Request { id, method, params })) => {
                    return Heard::Asked(Ask { id, method, params });
                }
                Ok(Message::Notification(Notification { method, params })) => return Heard::Told { method, params },
                // Nothing that is asked of the editor needs its answer.
                Ok(Message::Response(_)) => {}
                Err(true) => return Heard::Quiet,
                Err(false) => return Heard::Gone,
            }
        }
    }

    /// Answers a question; where the editor is gone, nobody hears it.
    pub(super) fn answer(&self, ask: Ask, answer: Result<Value, Refusal>) {
        let response = match answer {
            Ok(value) => Response::new_ok(ask.id, value),
            Err(refusal) => {
                let (code, why) = match refusal {
                    Refusal::NotBegun => (ErrorCode::ServerNotInitialized, "`initialize` comes first"),
                    Refusal::Unknown => (ErrorCode::MethodNotFound, "okrbook has no such answer"),
                    Refusal::Malformed => (ErrorCode::InvalidParams, "the question is not in the protocol's form"),
                };
                Response::new_err(ask.id, code as i32, format!("{}: {why}", ask.method))
            }
        };
        let _ = self.connection.sender.send(response.into());
    }

    /// Tells the editor something.
    pub(super) fn tell(&self, method: &str, params: Value) {
        let _ = self.connection.sender.send(Notification { method: method.to_owned(), params }.into());
    }

    /// Asks the editor for something whose answer doesn't matter.
    pub(super) fn ask(&self, id: i32, method: &str, params: Value) {
        let _ = self.connection.sender.send(Request { id: id.into(), method: method.to_owned(), params }.into());
    }

    /// Waits until all that was said is written.
    ///
    /// # Errors
    ///
    /// Where it can't be.
    pub(super) fn end(self) -> io::Result<()> {
        drop(self.connection);
        self.threads.join()
    }
}
