//! One log for many threads: whoever comes while another writes waits, and then one of
//! them writes for all who waited. A sync of the disk costs the same for one entry as for
//! fifty.
//!
//! Who waits, waits for the answer and not for the log: with a lock alone, a thread whose
//! entry is done would stand in line behind a thread that writes a single new one.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::{Log, NewEntry, Random, Receipt};
use crate::error::LedgerError;

/// A log that several threads enter into.
pub struct Shared {
    queue: Mutex<Queue>,
    answered: Condvar,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Queue {
    next: u64,
    /// Somebody writes; what comes now is for the next one.
    is_writing: bool,
    waiting: Vec<(u64, NewEntry)>,
    answers: HashMap<u64, Result<Receipt, Arc<LedgerError>>>,
}

impl Shared {
    /// Shares a log.
    pub fn new(log: Log) -> Self {
        Self {
            queue: Mutex::new(Queue::default()),
            answered: Condvar::new(),
            log: Mutex::new(log),
        }
    }

    /// Makes one entry, and returns when it is on disk.
    ///
    /// # Errors
    /// As [`Log::append`]; one error may answer several callers.
    pub fn append(
        &self,
        entry: NewEntry,
        now: i64,
        random: &mut Random<'_>,
    ) -> Result<Receipt, Arc<LedgerError>> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let ticket = queue.next;
        queue.next += 1;
        queue.waiting.push((ticket, entry));
        loop {
            if let Some(answer) = queue.answers.remove(&ticket) {
                return answer;
            }
            if !queue.is_writing {
                break;
            }
            queue = self
                .answered
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
        // Nobody writes, and our entry waits: we write for everybody who waits by now.
        queue.is_writing = true;
        let batch = std::mem::take(&mut queue.waiting);
        drop(queue);
        let (tickets, entries): (Vec<u64>, Vec<NewEntry>) = batch.into_iter().unzip();
        let outcome = self.with(|log| log.append(&entries, now, random));
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.is_writing = false;
        match outcome {
            Ok(receipts) => {
                for (ticket, receipt) in tickets.into_iter().zip(receipts) {
                    queue.answers.insert(ticket, Ok(receipt));
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                for ticket in tickets {
                    queue.answers.insert(ticket, Err(Arc::clone(&error)));
                }
            }
        }
        self.answered.notify_all();
        queue
            .answers
            .remove(&ticket)
            .expect("our own entry was in the batch: nobody had answered it")
    }

    /// The log alone, once nobody else uses it.
    pub fn into_inner(self) -> Log {
        self.log
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Works with the log while nobody enters anything.
    pub fn with<T>(&self, work: impl FnOnce(&mut Log) -> T) -> T {
        work(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
