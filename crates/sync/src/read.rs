//! Bytes of one file to its entities.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use scruple_model::ListId;
use scruple_model::ftm::{Folded, Reader};
use scruple_model::hash::Hasher;

use crate::lines::{Line, Lines, Stop};
use crate::recognise::{Found, LOOK, looks_like, recognise};
use crate::{Limits, Refusal, Unread};

/// Decoding may hold this much of a frame (2 to this power, 128 MiB): what zstd
/// itself allows unless told otherwise.
const WINDOW_LOG: u32 = 27;

/// A file that was read to its end.
pub(crate) struct ReadFile {
    /// SHA-256 of the bytes as given.
    pub(crate) hash: String,
    pub(crate) folded: Folded,
    pub(crate) unread_count: u64,
    pub(crate) unread: Vec<Unread>,
}

/// Why there is none.
pub(crate) enum Failed {
    Refused(Refusal),
    Io(io::Error),
}

/// Hashes what passes through.
struct Hashing<R> {
    from: R,
    hasher: Hasher,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let taken = self.from.read(into)?;
        self.hasher.update(&into[..taken]);
        Ok(taken)
    }
}

type Given<'a> = Chain<Cursor<Vec<u8>>, Box<dyn Read + 'a>>;

/// Reads a file whole.
pub(crate) fn read_file(
    list: &ListId,
    mut bytes: Box<dyn Read + '_>,
    limits: &Limits,
) -> Result<ReadFile, Failed> {
    let mut first = Vec::new();
    bytes
        .by_ref()
        .take(LOOK as u64)
        .read_to_end(&mut first)
        .map_err(Failed::Io)?;
    let found = recognise(&first).map_err(Failed::Refused)?;
    let given: Given<'_> = Cursor::new(first).chain(bytes);
    let mut hashing = Hashing {
        from: given,
        hasher: Hasher::new(),
    };
    let mut taking = Taking::new(list, limits);
    match found {
        Found::Text { mark } => {
            let mut text = BufReader::with_capacity(1 << 16, &mut hashing);
            io::copy(&mut text.by_ref().take(mark as u64), &mut io::sink()).map_err(Failed::Io)?;
            taking.run(text, false)?;
        }
        Found::Zstd => {
            let mut zstd = zstd::Decoder::new(&mut hashing).map_err(Failed::Io)?;
            zstd.window_log_max(WINDOW_LOG).map_err(Failed::Io)?;
            let mut text = BufReader::with_capacity(1 << 16, zstd);
            let inner = text.fill_buf().map_err(|error| taking.damaged(&error))?;
            let Found::Text { mark } = recognise(inner).map_err(Failed::Refused)? else {
                let why = Refusal::Compression {
                    line: 1,
                    what: "compressed twice".to_owned(),
                };
                return Err(Failed::Refused(why));
            };
            text.consume(mark);
            taking.run(text, true)?;
            // What follows the last frame belongs to the file, and so to its hash.
            io::copy(&mut hashing, &mut io::sink()).map_err(Failed::Io)?;
        }
    }
    taking.end(hashing.hasher.finish())
}

struct Taking<'a> {
    reader: Reader,
    limits: &'a Limits,
    records: u64,
    unread_count: u64,
    unread: Vec<Unread>,
    not_utf8: u64,
    first_not_utf8: Option<Refusal>,
    line: u64,
}

impl<'a> Taking<'a> {
    fn new(list: &ListId, limits: &'a Limits) -> Self {
        Self {
            reader: Reader::new(list.clone()),
            limits,
            records: 0,
            unread_count: 0,
            unread: Vec::new(),
            not_utf8: 0,
            first_not_utf8: None,
            line: 0,
        }
    }

    fn run(&mut self, text: impl BufRead, compressed: bool) -> Result<(), Failed> {
        let mut lines = Lines::new(text, self.limits.line, self.limits.whole);
        loop {
            let (number, line) = match lines.next_line() {
                Ok(Some(found)) => found,
                Ok(None) => return Ok(()),
                Err(Stop::TooBig) => {
                    return Err(Failed::Refused(Refusal::TooBig {
                        limit: self.limits.whole,
                    }));
                }
                Err(Stop::Io(error)) if compressed => return Err(self.damaged(&error)),
                Err(Stop::Io(error)) => return Err(Failed::Io(error)),
            };
            self.line = number;
            self.records += 1;
            match line {
                Line::Text(text) => {
                    if let Err(error) = self.reader.take(number, text) {
                        self.unread(error.line, error.column, error.what);
                    }
                }
                Line::TooLong => {
                    let limit = self.limits.line;
                    let column = limit as u64 + 1;
                    self.unread(number, column, format!("longer than {limit} bytes"));
                }
                Line::NotUtf8 { column, bytes } => {
                    let looks_like = looks_like(bytes);
                    self.not_utf8 += 1;
                    self.first_not_utf8.get_or_insert(Refusal::NotUtf8 {
                        line: number,
                        column,
                        looks_like,
                    });
                    self.unread(number, column, "the text is not UTF-8".to_owned());
                }
            }
        }
    }

    fn unread(&mut self, line: u64, column: u64, what: String) {
        self.unread_count += 1;
        if self.unread.len() < self.limits.unread_kept {
            self.unread.push(Unread { line, column, what });
        }
    }

    fn end(mut self, hash: String) -> Result<ReadFile, Failed> {
        // A byte or two gone wrong is damage to a record; one record in ten is an
        // encoding, and its ASCII lines alone would be a list with holes.
        if let Some(why) = self.first_not_utf8.take()
            && self.not_utf8 * 10 >= self.records
        {
            return Err(Failed::Refused(why));
        }
        let reader = std::mem::replace(&mut self.reader, Reader::new(ListId::new("")));
        let mut folded = reader.finish();
        for orphan in std::mem::take(&mut folded.orphans) {
            self.unread(orphan.line, orphan.column, orphan.what);
        }
        if self.records == 0 {
            return Err(Failed::Refused(Refusal::Empty));
        }
        if folded.entities.is_empty() {
            self.unread.truncate(3);
            return Err(Failed::Refused(Refusal::NothingRead {
                records: self.records,
                first: self.unread,
            }));
        }
        folded.records = self.records;
        Ok(ReadFile {
            hash,
            folded,
            unread_count: self.unread_count,
            unread: self.unread,
        })
    }

    fn damaged(&self, error: &io::Error) -> Failed {
        Failed::Refused(Refusal::Compression {
            line: self.line + 1,
            what: error.to_string(),
        })
    }
}
