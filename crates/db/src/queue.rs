//! Jobs on their way to the threads that own connections, and the gate that closes writing for good.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, OnceLock, Weak},
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use tokio::sync::oneshot;

use crate::{DbError, Tx};

/// Jobs that may wait for a thread; one more is refused at once instead of waiting without end.
pub const QUEUE_JOBS_MAX: usize = 8_192;

/// One closure that waits, with the way to its caller.
pub(crate) trait Work: Send {
    /// Runs the closure; whether what it did shall stand.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Tells the caller: the closure's own result, or the failure that undid it.
    fn answer(self: Box<Self>, failed: Option<DbError>);
}

pub(crate) type Job = Box<dyn Work>;

/// The way in, for callers.
#[derive(Clone)]
pub(crate) struct Queue {
    sender: Sender<Job>,
    alive: Arc<()>,
}

impl Queue {
    pub(crate) fn new() -> (Self, Receiver<Job>) {
        let (sender, receiver) = bounded(QUEUE_JOBS_MAX);
        (Self { sender, alive: Arc::new(()) }, receiver)
    }

    /// A sign that is gone when the last caller is gone.
    pub(crate) fn alive(&self) -> Weak<()> {
        Arc::downgrade(&self.alive)
    }

    pub(crate) fn waiting(&self) -> usize {
        self.sender.len()
    }

    pub(crate) fn submit<T, E, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T, E>>, DbError>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (job, receiver) = wrap(work);
        self.sender.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => DbError::QueueFull,
            TrySendError::Disconnected(_) => DbError::Stopped,
        })?;
        Ok(receiver)
    }

    pub(crate) fn submit_waiting<T, E, F>(&self, work: F) -> Result<oneshot::Receiver<Result<T, E>>, DbError>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (job, receiver) = wrap(work);
        self.sender.send(job).map_err(|_| DbError::Stopped)?;
        Ok(receiver)
    }
}

struct Pending<T, E, F> {
    work: Option<F>,
    result: Option<Result<T, E>>,
    caller: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work for Pending<T, E, F>
where
    T: Send,
    E: From<DbError> + Send,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let Some(work) = self.work.take() else { return false };
        // A panic in one closure must not take the other callers' thread away.
        let result = catch_unwind(AssertUnwindSafe(|| work(tx)))
            .unwrap_or_else(|_| Err(DbError::Statement("a job panicked".to_owned()).into()));
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, failed: Option<DbError>) {
        let result = match (self.result, failed) {
            (Some(Err(own)), _) => Err(own),
            (_, Some(error)) => Err(error.into()),
            (Some(result), None) => result,
            (None, None) => Err(DbError::Stopped.into()),
        };
        // The caller may have gone; then nobody waits for the answer.
        let _ = self.caller.send(result);
    }
}

fn wrap<T, E, F>(work: F) -> (Job, oneshot::Receiver<Result<T, E>>)
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    let (caller, receiver) = oneshot::channel();
    (Box::new(Pending { work: Some(work), result: None, caller }), receiver)
}

/// Whether writing is still allowed.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    reason: OnceLock<&'static str>,
}

impl Gate {
    pub(crate) fn seal(&self, reason: &'static str) {
        if self.reason.set(reason).is_ok() {
            tracing::error!(reason, "the store is sealed: writes are refused until it was looked at");
        }
    }

    pub(crate) fn sealed(&self) -> Option<&'static str> {
        self.reason.get().copied()
    }

    pub(crate) fn check_open(&self) -> Result<(), DbError> {
        self.sealed().map_or(Ok(()), |reason| Err(DbError::Sealed(reason)))
    }
}
