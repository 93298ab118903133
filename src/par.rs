//! Parallel work with results in the order of the input, so that nothing depends on who was first.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;

/// Returns `work` applied to each item, in the items' order.
pub fn map_ordered<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(work).collect()
}

/// Calls `work` for each item, in any order; the first failure in the items' order is returned. What `init` returns is
/// handed from item to item, by each thread its own.
///
/// # Errors
///
/// Whatever `work` returns.
pub fn try_for_each<T: Sync, S, E: Send>(
    items: &[T],
    init: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, &T) -> Result<(), E> + Sync + Send,
) -> Result<(), E> {
    let failures: Vec<E> = items.par_iter().map_init(init, |state, item| work(state, item).err()).flatten().collect();
    failures.into_iter().next().map_or(Ok(()), Err)
}

/// What a thread may stack up, as the first one of a program: templates may lead into each other in many steps.
const STACK: usize = 8 << 20;

/// Runs `work` with at most `jobs` threads; `None` means one for each core, and one is the thread that calls.
pub fn with_jobs<R: Send>(jobs: Option<usize>, work: impl FnOnce() -> R + Send) -> R {
    let Some(jobs) = jobs else { return work() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).stack_size(STACK);
    let pool = if jobs <= 1 { pool.use_current_thread() } else { pool };
    match pool.build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Runs `work` with threads of its own, as many as work here, which rest meanwhile.
///
/// Threads that read a book leave holes all over their memory, and whatever they put together afterwards is pieced into
/// those holes. New threads begin with memory that nobody has used.
pub fn with_new_threads<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    with_jobs(Some(jobs()), work)
}

/// Returns how many threads work here.
#[must_use]
pub fn jobs() -> usize {
    rayon::current_num_threads()
}

/// What became of work that was watched.
#[derive(Debug, PartialEq, Eq)]
pub enum Watched<R> {
    /// It is done.
    Done(R),
    /// It took longer than it may.
    Late,
    /// Whoever was asked said to stop.
    Stopped,
    /// It panicked.
    Failed,
}

/// How much memory a watched thread's calls may take.
const WATCHED_STACK: usize = 16 << 20;

/// How often is asked whether work may go on.
const ASKED: Duration = Duration::from_millis(10);

/// Runs `work` with threads of its own, as many as work here, and waits for it: at most as long as `patience`, and while
/// `may_go_on`. Work can't be taken off its threads, so what is given up goes on until the program ends, which whoever
/// gives it up should let it do.
pub fn watched<R: Send + 'static>(
    patience: Duration,
    may_go_on: impl Fn() -> bool,
    work: impl FnOnce() -> R + Send + 'static,
) -> Watched<R> {
    let jobs = jobs();
    let (sender, receiver) = channel();
    let run = move || {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(WATCHED_STACK).build();
        // Nobody waits any more for what comes too late.
        let _ = sender.send(match pool {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        });
    };
    if thread::Builder::new().stack_size(WATCHED_STACK).spawn(run).is_err() {
        return Watched::Failed;
    }
    let mut waited = Duration::ZERO;
    while waited <= patience {
        match receiver.recv_timeout(ASKED) {
            Ok(done) => return Watched::Done(done),
            Err(RecvTimeoutError::Disconnected) => return Watched::Failed,
            Err(RecvTimeoutError::Timeout) if !may_go_on() => return Watched::Stopped,
            Err(RecvTimeoutError::Timeout) => waited += ASKED,
        }
    }
    Watched::Late
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watched_work_is_done_or_given_up() {
        let patience = Duration::from_secs(60);
        assert_eq!(watched(patience, || true, || 1), Watched::Done(1));
        let (hold, held) = channel::<()>();
        let wait = move || held.recv().is_ok();
        assert_eq!(watched(Duration::ZERO, || true, wait), Watched::Late);
        drop(hold);
        let (hold, held) = channel::<()>();
        let wait = move || held.recv().is_ok();
        assert_eq!(watched(patience, || false, wait), Watched::Stopped);
        drop(hold);
    }

    #[test]
    fn results_stand_in_the_order_of_the_input() {
        let items: Vec<u32> = (0..1000).collect();
        assert_eq!(map_ordered(&items, |n| n * 2), items.iter().map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_failure_in_order_is_the_one_reported() {
        let items: Vec<u32> = (0..1000).collect();
        assert_eq!(try_for_each(&items, || (), |(), &n| if n > 500 { Err(n) } else { Ok(()) }), Err(501));
    }

    #[test]
    fn jobs_limit_the_threads() {
        assert_eq!(with_jobs(Some(1), rayon::current_num_threads), 1);
        let here = thread::current().id();
        assert_eq!(with_jobs(Some(1), || thread::current().id()), here);
        assert_eq!(with_jobs(Some(3), rayon::current_num_threads), 3);
    }

    #[test]
    fn new_threads_are_as_many_and_others() {
        with_jobs(Some(3), || {
            let old = rayon::broadcast(|_| thread::current().id());
            let new = with_new_threads(|| rayon::broadcast(|_| thread::current().id()));
            assert_eq!(new.len(), 3);
            assert!(new.iter().all(|thread| !old.contains(thread)));
        });
    }
}
