//! Work in numbered parts, shared out to a few threads, its results in order.

use std::{sync::mpsc, thread};

use parking_lot::Mutex;

use crate::LedgerError;

/// Threads at the most: one reader of the store is left to others.
const WORKERS_MAX: usize = 3;

/// What one part gave.
pub(super) trait Outcome: Send {
    /// Rows that were read, for the sign of life.
    fn rows(&self) -> u64;
    /// Whether parts after this one need not be begun.
    fn is_bad(&self) -> bool;
}

/// Takes parts from `next` until it has none or one was bad; the results in the order of the parts.
pub(super) fn in_parts<P: Send, T: Outcome>(
    next: impl FnMut() -> Result<Option<P>, LedgerError> + Send,
    work: impl Fn(P) -> Result<T, LedgerError> + Sync,
    progress: &mut dyn FnMut(u64),
) -> Result<Vec<T>, LedgerError> {
    struct Source<F> {
        next: F,
        number: usize,
        stopped: bool,
    }
    let source = Mutex::new(Source { next, number: 0, stopped: false });
    let (sender, results) = mpsc::sync_channel(2 * WORKERS_MAX);
    let workers = thread::available_parallelism().map_or(1, usize::from).clamp(1, WORKERS_MAX);
    thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, source, work) = (sender.clone(), &source, &work);
            scope.spawn(move || {
                loop {
                    let mut held = source.lock();
                    if held.stopped {
                        return;
                    }
                    let part = (held.next)();
                    let number = held.number;
                    held.number += 1;
                    drop(held);
                    let result = match part {
                        Ok(Some(part)) => work(part),
                        Ok(None) => return,
                        Err(error) => Err(error),
                    };
                    if result.as_ref().map_or(true, Outcome::is_bad) {
                        source.lock().stopped = true;
                    }
                    if sender.send((number, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut done = Vec::new();
        let mut failed = None;
        for (number, result) in results {
            match result {
                Ok(outcome) => {
                    progress(outcome.rows());
                    done.push((number, outcome));
                }
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        done.sort_unstable_by_key(|(number, _)| *number);
        Ok(done.into_iter().map(|(_, outcome)| outcome).collect())
    })
}
