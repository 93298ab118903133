//! `okrbook build`: the book as a site, published whole or not at all.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::Args;
use okrbook::diag::Level;
use okrbook::error::{Error, Result};
use okrbook::metrics::Memory;
use okrbook::write::{Output, Swap};
use okrbook::{Built, Clock, Drafts, Opened, Target, Told, packet, par};

use super::messages::Messages;
use super::progress;
use super::serve::watch::Watch;
use super::shared::Shared;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The book's folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The site's folder [default: DIR/site]
    #[arg(short, long, value_name = "OUT")]
    out: Option<PathBuf>,
    /// Where the site will be found, for the feed, the sitemap and the 404 page
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish nothing where there are findings at error level
    #[arg(long)]
    strict: bool,
    /// Publish packets as PDF files too
    #[arg(long)]
    packets: bool,
    /// Show drafts too: pages, reviews and quarters whose front matter says `draft: true`
    #[arg(long)]
    drafts: bool,
    /// Threads [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Write into OUT file by file, where it is a mount point
    #[arg(long)]
    in_place: bool,
    /// Open the site when it is built
    #[arg(long)]
    open: bool,
    /// Go on, and build again after each change of the book
    #[arg(long)]
    watch: bool,
}

pub(super) fn run(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    par::with_jobs(arguments.jobs, || {
        if arguments.watch { follow(arguments, shared, messages) } else { build(arguments, shared, messages, None) }
    })
}

/// Builds the site again and again, until the process ends; what stops one build may be mended before the next.
fn follow(arguments: &Arguments, shared: &Shared, messages: &Messages) -> Result<u8> {
    let root = shared.root(arguments.folder.as_deref())?;
    let output = Output::open(arguments.out.as_deref(), &root)?;
    // What changes while the site is built for the first time is noticed, too.
    let watch = Watch::new(&root, output.folder())?;
    let mut memory = Memory::default();
    let told = |error: Error| {
        messages.error(&error);
        Ok(error.exit_code())
    };
    let code = match build(arguments, shared, messages, Some(&mut memory)) {
        Err(error @ Error::Usage { .. }) => return Err(error),
        outcome => outcome.or_else(told)?,
    };
    if arguments.open && code == 0 {
        open(output.named().join("index.html").as_os_str());
    }
    messages
        .tell(&format!("{} is built again after each change until this is stopped (Ctrl-C)", output.named().display()));
    while watch.wait() {
        build(arguments, shared, messages, Some(&mut memory)).or_else(told)?;
    }
    Ok(code)
}

/// Builds the site once, as one of many where there is a `memory` of what was measured.
fn build(arguments: &Arguments, shared: &Shared, messages: &Messages, memory: Option<&mut Memory>) -> Result<u8> {
    let begin = Instant::now();
    let root = shared.root(arguments.folder.as_deref())?;
    if arguments.packets {
        packet::require("each quarter's packet.html")?;
    }
    let output = Output::open(arguments.out.as_deref(), &root)?;
    let out = output.named();
    let is_last = memory.is_none();
    let Opened { sources, diagnostics, held_back, book } = opened(arguments, &root, &shared.clock()?, memory)?;
    messages.overview(&diagnostics, &sources);
    messages.held_back(held_back);
    let Some(book) = book else {
        messages.done(&format!("nothing was published; {} is as it was", out.display()));
        return Ok(2);
    };
    let has_errors = diagnostics.iter().any(|found| found.level == Level::Error);
    if arguments.strict && has_errors {
        messages.done(&format!("nothing was published (--strict); {} is as it was", out.display()));
        return Ok(1);
    }
    let opened = begin.elapsed();
    let target = Target {
        out: &output,
        swap: if arguments.in_place { Swap::InPlace } else { Swap::Whole },
        base_url: arguments.base_url.as_deref(),
        packets: arguments.packets,
    };
    let bar = progress::bar(messages.shows_progress());
    let built = par::with_new_threads(|| {
        book.publish(
            Told { sources: &sources, findings: &diagnostics },
            &target,
            |files| bar.set_length(files as u64),
            || bar.inc(1),
        )
    });
    bar.finish_and_clear();
    let Built { written, pages, charts } = built?;
    let spent = begin.elapsed().as_millis();
    messages.detail(&format!(
        "read and scored in {} ms; {} files, {} kB, {} unchanged",
        opened.as_millis(),
        written.files,
        written.bytes / 1_000,
        written.unchanged
    ));
    let page = out.join("index.html");
    let (seconds, millis) = (spent / 1_000, spent % 1_000);
    messages.done(&format!("built {pages} pages with {charts} charts in {seconds}.{millis:03} s: {}", page.display()));
    if arguments.open && is_last {
        open(page.as_os_str());
    }
    if is_last {
        // The process ends here: to free a large book piece by piece would take longer than to leave it to the system.
        std::mem::forget((sources, diagnostics, book));
    }
    Ok(0)
}

fn opened(arguments: &Arguments, root: &Path, clock: &Clock, memory: Option<&mut Memory>) -> Result<Opened> {
    let drafts = if arguments.drafts { Drafts::Kept } else { Drafts::LeftOut };
    match memory {
        Some(memory) => okrbook::open_again(root, clock, drafts, memory),
        None => okrbook::open_with(root, clock, drafts),
    }
}

/// Shows a page, by its path or address, with whatever the desktop opens pages with; without a desktop it was printed.
pub(super) fn open(page: &OsStr) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let _ = Command::new(opener).arg(page).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}
