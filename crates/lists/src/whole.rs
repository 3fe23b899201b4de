//! Whether a text file ends as its publisher ends it.
//!
//! A delimited file has no closing tag, so a download that broke off in the last
//! row looks like a row. All files read here end with a line end; one that does
//! not was cut off.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// Hands bytes on and remembers the last one.
pub(crate) struct Watched<'a, R> {
    from: R,
    last: &'a Cell<Option<u8>>,
}

impl<'a, R> Watched<'a, R> {
    pub(crate) fn new(from: R, last: &'a Cell<Option<u8>>) -> Self {
        Self { from, last }
    }
}

impl<R: BufRead> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let taken = self.from.read(into)?;
        if let Some(last) = into[..taken].last() {
            self.last.set(Some(*last));
        }
        Ok(taken)
    }
}

impl<R: BufRead> BufRead for Watched<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let held = self.from.fill_buf()?;
        if let Some(last) = held.last() {
            self.last.set(Some(*last));
        }
        Ok(held)
    }

    fn consume(&mut self, amount: usize) {
        self.from.consume(amount);
    }
}
