//! A long file in pieces of whole lines, so that one piece can be read while the one
//! before is taken in.

use std::io::{self, BufRead, Read as _};

use super::LONGEST_LINE;

/// About how many bytes are in one piece.
const PIECE: u64 = 1 << 20;

/// Whole lines, and the number of the first.
pub(super) struct Chunk {
    pub(super) text: Vec<u8>,
    pub(super) first: u64,
}

/// Cuts what is read after the last line that is whole.
pub(super) struct Chunks<'a> {
    bytes: &'a mut dyn BufRead,
    carry: Vec<u8>,
    line: u64,
    ended: bool,
}

impl<'a> Chunks<'a> {
    /// `line`: the number of the first line that comes.
    pub(super) fn new(bytes: &'a mut dyn BufRead, line: u64) -> Self {
        Self {
            bytes,
            carry: Vec::new(),
            line,
            ended: false,
        }
    }

    /// The next piece. Of a line that is too long it has the first bytes: as many as
    /// show that it is.
    pub(super) fn next(&mut self) -> io::Result<Option<Chunk>> {
        let mut text = std::mem::take(&mut self.carry);
        while !self.ended {
            let before = text.len();
            (&mut *self.bytes).take(PIECE).read_to_end(&mut text)?;
            self.ended = ((text.len() - before) as u64) < PIECE;
            if let Some(at) = text[before..].iter().rposition(|byte| *byte == b'\n') {
                self.carry = text.split_off(before + at + 1);
                break;
            }
            if text.len() > LONGEST_LINE {
                super::lines::skip_rest(self.bytes)?;
                text.push(b'\n');
                break;
            }
        }
        if text.is_empty() && self.carry.is_empty() {
            return Ok(None);
        }
        let chunk = Chunk {
            first: self.line,
            text,
        };
        self.line += chunk.text.iter().filter(|byte| **byte == b'\n').count() as u64;
        Ok(Some(chunk))
    }

    pub(super) fn is_over(&self) -> bool {
        self.ended && self.carry.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_whole_lines_and_know_their_numbers() {
        let text: String = (1..=200_000).map(|no| format!("line {no}\n")).collect();
        let mut bytes = text.as_bytes();
        let mut chunks = Chunks::new(&mut bytes, 1);
        let (mut all, mut pieces) = (Vec::new(), 0);
        while let Some(chunk) = chunks.next().unwrap() {
            let start = format!("line {}\n", chunk.first);
            assert!(chunk.text.starts_with(start.as_bytes()));
            assert_eq!(chunk.text.last(), Some(&b'\n'));
            all.extend(chunk.text);
            pieces += 1;
        }
        assert!(pieces > 1 && chunks.is_over());
        assert_eq!(all, text.as_bytes());
    }

    #[test]
    fn a_line_without_an_end_is_cut_and_what_follows_is_read() {
        let text = [vec![b'x'; LONGEST_LINE * 2], b"\nnext\nlast".to_vec()].concat();
        let mut bytes = text.as_slice();
        let mut chunks = Chunks::new(&mut bytes, 7);
        let first = chunks.next().unwrap().unwrap();
        assert!(first.text.len() > LONGEST_LINE && first.text.len() < LONGEST_LINE * 2);
        let rest: Vec<Chunk> = std::iter::from_fn(|| chunks.next().unwrap()).collect();
        assert_eq!(rest[0].first, 8);
        let all: Vec<u8> = rest.into_iter().flat_map(|chunk| chunk.text).collect();
        assert_eq!(all, b"next\nlast");
    }
}
