//! One log for many threads: whoever comes while another writes waits, and then writes
//! for all who waited. A sync of the disk costs the same for one entry as for fifty.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Log, NewEntry, Random, Receipt};
use crate::error::LedgerError;

/// A log that several threads enter into.
pub struct Shared {
    queue: Mutex<Queue>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Queue {
    next: u64,
    waiting: Vec<(u64, NewEntry)>,
    answers: HashMap<u64, Result<Receipt, Arc<LedgerError>>>,
}

impl Shared {
    /// Shares a log.
    pub fn new(log: Log) -> Self {
        Self {
            queue: Mutex::new(Queue::default()),
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
        let ticket = {
            let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let ticket = queue.next;
            queue.next += 1;
            queue.waiting.push((ticket, entry));
            ticket
        };
        // Whoever gets the log writes for everybody who is waiting by then.
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = {
            let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(answer) = queue.answers.remove(&ticket) {
                return answer;
            }
            std::mem::take(&mut queue.waiting)
        };
        let (tickets, entries): (Vec<u64>, Vec<NewEntry>) = batch.into_iter().unzip();
        let outcome = log.append(&entries, now, random);
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
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
