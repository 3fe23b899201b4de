//! Memory that is used again from one query to the next.
//!
//! A search counts, for every reading of every listed name, what it shares with
//! the query. The counters are stamped rather than cleared: a stamp older than the
//! query's own means zero.

use std::cell::RefCell;

/// Counters that begin at zero for every round without being cleared.
#[derive(Default)]
pub(crate) struct Stamped {
    cells: Vec<(u32, u32)>,
    /// First stamp of this round.
    base: u32,
    /// The stamp that is given now.
    now: u32,
}

impl Stamped {
    /// Begins a round over `len` counters.
    pub(crate) fn begin(&mut self, len: usize) {
        if self.now > u32::MAX - (1 << 20) {
            self.cells.clear();
            self.now = 0;
        }
        if self.cells.len() < len {
            self.cells.resize(len, (0, 0));
        }
        self.now += 1;
        self.base = self.now;
    }

    /// Begins a step: within one, only the first [`Stamped::add`] to a counter counts.
    pub(crate) fn step(&mut self) {
        self.now += 1;
    }

    /// Adds, once a step; says whether the counter was touched for the first time
    /// in this round. Numbers beyond the counters are passed over.
    pub(crate) fn add(&mut self, no: u32, value: u32) -> bool {
        let Some((stamp, sum)) = self.cells.get_mut(no as usize) else {
            return false;
        };
        if *stamp < self.base {
            (*stamp, *sum) = (self.now, value);
            return true;
        }
        if *stamp != self.now {
            *stamp = self.now;
            *sum = sum.saturating_add(value);
        }
        false
    }

    /// Adds to a counter that this round has touched, once a step.
    pub(crate) fn add_more(&mut self, no: u32, value: u32) {
        if let Some((stamp, sum)) = self.cells.get_mut(no as usize)
            && *stamp >= self.base
            && *stamp != self.now
        {
            *stamp = self.now;
            *sum = sum.saturating_add(value);
        }
    }

    /// What was counted in this round.
    pub(crate) fn get(&self, no: u32) -> u32 {
        match self.cells.get(no as usize) {
            Some((stamp, sum)) if *stamp >= self.base => *sum,
            _ => 0,
        }
    }
}

/// How much was done for a query: what a test on growth looks at, in place of a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Spellings compared letter by letter, or ruled out by their letters.
    pub compared: u64,
    /// Readings walked over in lists of those that hold a word.
    pub walked: u64,
    /// Readings laid beside the query.
    pub aligned: u64,
}

/// What one thread keeps.
#[derive(Default)]
pub(crate) struct Scratch {
    /// By reading: what it shares.
    pub(crate) shared: Stamped,
    /// Readings that share anything.
    pub(crate) touched: Vec<u32>,
    /// What readings share with the query that share most of it.
    pub(crate) around: Vec<(u32, u32)>,
    /// By term: grams in common.
    pub(crate) grams: Stamped,
    /// Terms to compare.
    pub(crate) terms: Vec<u32>,
    /// What was done, since this memory was made.
    pub(crate) work: Work,
}

/// Runs with this thread's memory.
pub(crate) fn with<T>(run: impl FnOnce(&mut Scratch) -> T) -> T {
    thread_local! {
        static SCRATCH: RefCell<Scratch> = RefCell::default();
    }
    SCRATCH.with(|scratch| match scratch.try_borrow_mut() {
        Ok(mut scratch) => run(&mut scratch),
        // A search that is begun within a search has memory of its own.
        Err(_) => run(&mut Scratch::default()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_begins_at_zero_and_a_step_counts_once() {
        let mut counters = Stamped::default();
        counters.begin(3);
        assert!(counters.add(1, 5));
        counters.step();
        assert!(!counters.add(1, 2) && !counters.add(1, 2));
        assert_eq!((counters.get(0), counters.get(1)), (0, 7));
        counters.add_more(2, 9);
        assert_eq!(counters.get(2), 0);
        counters.begin(3);
        assert_eq!(counters.get(1), 0);
        assert!(!counters.add(9, 1));
    }
}
