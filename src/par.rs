//! Parallel work with results in the order of the input, so that nothing depends on who was first.

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
    with_jobs(Some(rayon::current_num_threads()), work)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let here = std::thread::current().id();
        assert_eq!(with_jobs(Some(1), || std::thread::current().id()), here);
        assert_eq!(with_jobs(Some(3), rayon::current_num_threads), 3);
    }

    #[test]
    fn new_threads_are_as_many_and_others() {
        with_jobs(Some(3), || {
            let old = rayon::broadcast(|_| std::thread::current().id());
            let new = with_new_threads(|| rayon::broadcast(|_| std::thread::current().id()));
            assert_eq!(new.len(), 3);
            assert!(new.iter().all(|thread| !old.contains(thread)));
        });
    }
}
