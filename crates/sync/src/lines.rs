//! Lines of a file, none longer than a limit, all together no longer than another.

use std::io::{self, BufRead};

/// One line, as far as it can be had.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// A line of text without its end, which is not blank.
    Text(&'a str),
    /// Longer than the limit; the rest was passed over.
    TooLong,
    /// Not UTF-8 from this byte on, counted from 1.
    NotUtf8 { column: u64, bytes: &'a [u8] },
}

/// Why there are no more lines.
#[derive(Debug)]
pub(crate) enum Stop {
    Io(io::Error),
    TooBig,
}

/// Reads lines, holding no more than one.
pub(crate) struct Lines<R> {
    from: R,
    buffer: Vec<u8>,
    number: u64,
    longest: usize,
    left: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(from: R, longest: usize, whole: u64) -> Self {
        Self {
            from,
            buffer: Vec::new(),
            number: 0,
            longest,
            left: whole,
        }
    }

    /// The next line that is not blank, with its number, from 1.
    pub(crate) fn next_line(&mut self) -> Result<Option<(u64, Line<'_>)>, Stop> {
        let too_long = loop {
            match self.fill()? {
                None => return Ok(None),
                Some(too_long) => {
                    self.number += 1;
                    if too_long || !self.buffer.trim_ascii().is_empty() {
                        break too_long;
                    }
                }
            }
        };
        if too_long {
            return Ok(Some((self.number, Line::TooLong)));
        }
        let bytes = self.buffer.trim_ascii_end();
        let line = match std::str::from_utf8(bytes) {
            Ok(text) => Line::Text(text),
            Err(error) => Line::NotUtf8 {
                column: error.valid_up_to() as u64 + 1,
                bytes,
            },
        };
        Ok(Some((self.number, line)))
    }

    /// Fills the buffer with one line; says whether it was too long, `None` at the end.
    fn fill(&mut self) -> Result<Option<bool>, Stop> {
        self.buffer.clear();
        let mut too_long = false;
        let mut any = false;
        loop {
            let piece = match self.from.fill_buf() {
                Ok(piece) => piece,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Stop::Io(error)),
            };
            if piece.is_empty() {
                return Ok(any.then_some(too_long));
            }
            any = true;
            let end = piece.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(piece.len(), |at| at + 1);
            self.left = self.left.checked_sub(taken as u64).ok_or(Stop::TooBig)?;
            if self.buffer.len() + taken > self.longest.saturating_add(2) {
                too_long = true;
                self.buffer.clear();
            }
            if !too_long {
                self.buffer.extend_from_slice(&piece[..taken]);
            }
            self.from.consume(taken);
            if end.is_some() {
                return Ok(Some(too_long));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn all(bytes: &[u8], longest: usize, capacity: usize) -> Vec<(u64, String)> {
        let mut lines = Lines::new(BufReader::with_capacity(capacity, bytes), longest, 1 << 20);
        let mut found = Vec::new();
        while let Some((number, line)) = lines.next_line().unwrap() {
            found.push((number, format!("{line:?}")));
        }
        found
    }

    #[test]
    fn a_long_line_is_passed_over_whatever_the_buffer() {
        let text = format!("a\n{}\r\n\n  \nb", "x".repeat(100));
        for capacity in [1, 2, 7, 64, 1000] {
            assert_eq!(
                all(text.as_bytes(), 50, capacity),
                [
                    (1, "Text(\"a\")".to_owned()),
                    (2, "TooLong".to_owned()),
                    (5, "Text(\"b\")".to_owned())
                ],
                "{capacity}"
            );
        }
    }

    #[test]
    fn a_line_of_just_the_limit_is_read() {
        let text = format!("{}\r\n{}\n", "x".repeat(50), "y".repeat(50));
        assert!(
            all(text.as_bytes(), 50, 16)
                .iter()
                .all(|(_, line)| line.starts_with("Text"))
        );
    }

    #[test]
    fn the_whole_has_a_limit_of_its_own() {
        let mut lines = Lines::new(io::repeat(b'\n').take_buffered(), 10, 1000);
        assert!(matches!(lines.next_line(), Err(Stop::TooBig)));
    }

    trait TakeBuffered: io::Read + Sized {
        fn take_buffered(self) -> BufReader<Self> {
            BufReader::new(self)
        }
    }

    impl<R: io::Read> TakeBuffered for R {}

    #[test]
    fn bytes_that_are_no_text_are_named_by_column() {
        let found = all(b"ab\xffcd\n", 50, 16);
        assert!(found[0].1.contains("column: 3"), "{found:?}");
    }
}
