//! Whether a text file ends as its publisher ends it.
//!
//! A delimited file has no closing tag, so a download that broke off in the last
//! row looks like a row. All files read here end with a line end; one that does
//! not was cut off.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// Whether a file that ends in this byte is whole. `row_is_full`: its last row has
/// all its cells. A closing quote after them is an end too: some tools drop the last
/// line end.
pub(crate) fn is_whole(last: Option<u8>, row_is_full: bool) -> bool {
    match last {
        None | Some(b'\n' | b'\r' | 0x1a) => true,
        Some(b'"') => row_is_full,
        Some(_) => false,
    }
}

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
