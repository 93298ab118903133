//! `okrbook serve`: the site while it is written, shown by this machine to its user.
//!
//! In: the book's folder, again after each change. Out: pages over a socket that only this machine reaches. Writes no
//! file. What stops a build stands over the last good pages.

mod desk;
mod edition;
mod gate;
mod page;
mod server;
pub(super) mod watch;

use std::ffi::OsStr;
use std::net::{Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use clap::Args;
use okrbook::diag::emit;
use okrbook::error::{Error, Result};
use okrbook::metrics::Memory;
use okrbook::unseen::inert::{self, Form};
use okrbook::{Drafts, Opened};

use super::build;
use super::messages::{self, Messages};
use super::shared::Shared;
use desk::Desk;
use edition::Edition;
use server::{Bell, Server};
use watch::Watch;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The book's folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The port, 0 for any [default: 4680, or the next free one]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Show drafts too: pages, reviews and quarters whose front matter says `draft: true`
    #[arg(long)]
    drafts: bool,
}

/// The port where none is asked for, and how many are tried from there on.
const PORT: u16 = 4680;
const TRIED: u16 = 100;

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let root = shared.root(arguments.folder.as_deref())?;
    let fault = || Error::io("listen on", Path::new("127.0.0.1"));
    let server = Server::new(bind(arguments.port)?).map_err(fault())?;
    // What changes while the book is read for the first time is noticed, too.
    let watch = Watch::new(&root, &root.join("site"))?;
    let mut memory = Memory::default();
    let writer = Writer { root, drafts: arguments.drafts, shared, messages };
    let (desk, bell) = (Arc::new(Desk::new()), Arc::new(Bell::new()));
    bell.ring(desk.put(writer.edition(&mut memory)));
    let address = format!("http://127.0.0.1:{}/", server.port());
    messages.tell(&format!("serving {address} until this is stopped (Ctrl-C); nothing is written"));
    if arguments.open {
        build::open(OsStr::new(&address));
    }
    let shown = (desk.clone(), bell.clone());
    let follow = move || {
        while watch.wait() {
            bell.ring(desk.put(writer.edition(&mut memory)));
        }
    };
    thread::scope(|scope| {
        thread::Builder::new().stack_size(edition::STACK).spawn_scoped(scope, follow).map_err(fault())?;
        server.run(shown.0, shown.1).map_err(fault())
    })?;
    Ok(0)
}

/// Returns a socket on a port of this machine that nobody else reaches.
fn bind(port: Option<u16>) -> Result<TcpListener> {
    let listen = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return listen(port).map_err(|error| {
            let message = format!("port {port} can't be had: {error}");
            Error::usage_with_help(message, "name another one, or leave `--port` out to get the next free one")
        });
    }
    let found = (PORT..PORT + TRIED).find_map(|port| listen(port).ok());
    found.ok_or_else(|| {
        let message = format!("no port from {PORT} to {} is free", PORT + TRIED - 1);
        Error::usage_with_help(message, "`--port 0` takes any")
    })
}

/// What makes an edition of the book as it stands.
struct Writer<'a> {
    root: PathBuf,
    drafts: bool,
    shared: &'a Shared,
    messages: &'a Messages,
}

impl Writer<'_> {
    /// Reads the book; what stops a build is told on the terminal and returned as text.
    fn edition(&self, memory: &mut Memory) -> std::result::Result<Edition, String> {
        let begin = Instant::now();
        // A fault of the program must not end it, since the next save may mend what it fell over.
        let made =
            catch_unwind(AssertUnwindSafe(|| self.read(memory))).unwrap_or_else(|_| Err(edition::FAULT.to_owned()));
        if made.is_ok() {
            let spent = begin.elapsed().as_millis();
            let anew = match memory.anew() {
                1 => "1 export".to_owned(),
                count => format!("{count} exports"),
            };
            self.messages.done(&format!("read in {spent} ms, {anew} measured anew"));
        }
        made
    }

    fn read(&self, memory: &mut Memory) -> std::result::Result<Edition, String> {
        let tell = |error: Error| {
            self.messages.error(&error);
            inert::lines(&messages::error_text(&error, false), Form::Plain)
        };
        let drafts = if self.drafts { Drafts::Kept } else { Drafts::LeftOut };
        let clock = self.shared.clock().map_err(tell)?;
        let opened = okrbook::open_again(&self.root, &clock, drafts, memory).map_err(tell)?;
        self.messages.overview(&opened.diagnostics, &opened.sources);
        self.messages.held_back(opened.held_back);
        if opened.book.is_none() {
            return Err(blocking(&opened));
        }
        Edition::new(opened).map_err(|error| error.map_or_else(|| edition::FAULT.to_owned(), tell))
    }
}

/// Returns what stops a build, with carets, as the terminal shows it.
fn blocking(opened: &Opened) -> String {
    let blocking: Vec<_> = opened.diagnostics.iter().filter(|found| found.blocks).cloned().collect();
    inert::lines(&emit::human::render(&blocking, &opened.sources, false), Form::Plain)
}
