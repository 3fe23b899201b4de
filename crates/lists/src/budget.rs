//! Hands on no more bytes than one piece of a file may have.
//!
//! The libraries that read rows and tags hold a piece whole before they give it
//! out. A quote or a tag that is never closed makes one piece of the rest of the
//! file, and a file of one gigabyte of zeros packs into a few bytes. So whoever
//! asks for the next piece first says how long it may be.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

/// What the row reader reads ahead of a row's end at most.
pub(crate) const READ_AHEAD: usize = 1 << 16;

/// A reader that stops with an error when `left` is used up.
pub(crate) struct Budget<'a, R> {
    from: R,
    left: &'a Cell<usize>,
}

impl<'a, R> Budget<'a, R> {
    pub(crate) fn new(from: R, left: &'a Cell<usize>) -> Self {
        Self { from, left }
    }
}

impl<R: BufRead> Read for Budget<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(self.left.get());
        if most == 0 && !into.is_empty() {
            return Err(used_up());
        }
        let taken = self.from.read(&mut into[..most])?;
        self.left.set(self.left.get() - taken);
        Ok(taken)
    }
}

impl<R: BufRead> BufRead for Budget<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left.get() == 0 {
            return Err(used_up());
        }
        let held = self.from.fill_buf()?;
        Ok(&held[..held.len().min(self.left.get())])
    }

    fn consume(&mut self, amount: usize) {
        self.left.set(self.left.get().saturating_sub(amount));
        self.from.consume(amount);
    }
}

fn used_up() -> io::Error {
    io::Error::other("a piece without an end")
}
