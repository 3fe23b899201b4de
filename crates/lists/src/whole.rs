//! Whether a text file ends as its publisher ends it.
//!
//! A delimited file has no closing tag, so a download that broke off in the last
//! row looks like a row. All files read here end with a line end; one that does
//! not was cut off.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// What has gone by.
#[derive(Default)]
pub(crate) struct Seen {
    last: Cell<Option<u8>>,
    /// Whether a quote is open: an odd number of them has gone by.
    open: Cell<bool>,
}

impl Seen {
    fn take(&self, bytes: &[u8]) {
        if let Some(last) = bytes.last() {
            self.last.set(Some(*last));
        }
        let odd = memchr::memchr_iter(b'"', bytes).count() % 2 == 1;
        self.open.set(self.open.get() ^ odd);
    }

    /// The last byte; `None` where there was none.
    pub(crate) fn last(&self) -> Option<u8> {
        self.last.get()
    }

    /// Whether a file of quoted cells is whole. `row_is_full`: its last row has all its
    /// cells. A closing quote after them is an end too: some tools drop the last line end.
    pub(crate) fn is_whole(&self, row_is_full: bool) -> bool {
        match self.last() {
            None => true,
            Some(b'\n' | b'\r' | 0x1a) => !self.open.get(),
            Some(b'"') => row_is_full && !self.open.get(),
            Some(_) => false,
        }
    }
}

/// Hands bytes on and keeps count.
pub(crate) struct Watched<'a, R> {
    from: R,
    seen: &'a Seen,
}

impl<'a, R> Watched<'a, R> {
    pub(crate) fn new(from: R, seen: &'a Seen) -> Self {
        Self { from, seen }
    }
}

impl<R: BufRead> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let taken = self.from.read(into)?;
        self.seen.take(&into[..taken]);
        Ok(taken)
    }
}

impl<R: BufRead> BufRead for Watched<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // What was handed out by `fill_buf` is there still.
        if let Ok(held) = self.from.fill_buf() {
            self.seen.take(&held[..amount.min(held.len())]);
        }
        self.from.consume(amount);
    }
}
