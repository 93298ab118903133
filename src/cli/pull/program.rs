//! A program of the user's own that prints an export.
//!
//! In: its name and arguments, as the user's profile has them, and limits. Out: what it printed. No shell is between.

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The most that a program may print, in bytes.
const LIMIT: u64 = 16 << 20;

/// What a program is told, and how long it may take.
pub(super) struct Run<'a> {
    pub(super) argv: &'a [String],
    pub(super) folder: &'a Path,
    pub(super) since: String,
    pub(super) seconds: u32,
}

/// Runs the program, and returns what it printed.
pub(super) fn run(run: &Run<'_>, stop: &AtomicBool) -> Result<String, String> {
    let [name, arguments @ ..] = run.argv else { return Err("no program is named".to_owned()) };
    if name.contains('/') && !Path::new(name).is_absolute() {
        return Err("the program has a relative path: write the whole one, or a name alone".to_owned());
    }
    let started = Command::new(name)
        .args(arguments)
        .current_dir(run.folder)
        .env("OKRBOOK_SINCE", &run.since)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = started.map_err(|error| format!("the program can't be started: {}", error.kind()))?;
    let (out, errors) = (collected(child.stdout.take()), collected(child.stderr.take()));
    let end = Instant::now() + Duration::from_secs(run.seconds.into());
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if stop.load(Ordering::Relaxed) => return given_up(child, "broken off".to_owned()),
            Ok(None) if Instant::now() > end => {
                return given_up(child, format!("no answer within {} s", run.seconds));
            }
            Ok(None) => thread::sleep(Duration::from_millis(20)),
            Err(error) => return given_up(child, format!("the program can't be waited for: {}", error.kind())),
        }
    };
    // What the program started and left behind may hold the pipes open.
    let wait = Duration::from_secs(5);
    let printed = out.recv_timeout(wait).map_err(|_| "the program left another one behind that still prints")?;
    if !status.success() {
        let said = String::from_utf8_lossy(&errors.recv_timeout(wait).unwrap_or_default()).into_owned();
        let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing").to_owned();
        return Err(format!("the program failed ({status}): {last}"));
    }
    if printed.len() as u64 > LIMIT {
        return Err(format!("the program printed more than {} MB", LIMIT >> 20));
    }
    String::from_utf8(printed).map_err(|_| "the program printed something else than UTF-8".to_owned())
}

fn given_up(mut child: Child, why: String) -> Result<String, String> {
    // It may have ended meanwhile.
    let _ = child.kill();
    let _ = child.wait();
    Err(why)
}

/// Returns what a stream will have told when it ends, up to the limit.
fn collected(stream: Option<impl std::io::Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(stream) = stream {
            // What was read until then counts; the program's own exit code tells of faults.
            let _ = stream.take(LIMIT + 1).read_to_end(&mut bytes);
        }
        let _ = sender.send(bytes);
    });
    receiver
}
