//! FollowTheMoney lines of one file to its entities.

use std::io::{self, BufRead};

use scruple_lists::{At, Effect, Fault};
use scruple_model::ListId;
use scruple_model::ftm::{LineError, Reader};

use crate::content::Content;
use crate::lines::{Line, Lines, Stop};
use crate::recognise::looks_like;
use crate::unpack::is_too_big;
use crate::{Limits, Refusal};

/// The layout a user's own list is kept under.
pub(crate) const FTM: &str = "ftm";

/// Why there is none.
pub(crate) enum Failed {
    Refused(Refusal),
    Io(io::Error),
}

/// Reads a file whole.
pub(crate) fn read_lines(
    list: &ListId,
    bytes: impl BufRead,
    compressed: bool,
    limits: &Limits,
) -> Result<Content, Failed> {
    let mut taking = Taking::new(list, limits);
    taking.run(bytes, compressed)?;
    taking.end(list)
}

struct Taking<'a> {
    reader: Reader,
    limits: &'a Limits,
    records: u64,
    unread_count: u64,
    unread: Vec<Fault>,
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
                Err(Stop::Io(error)) if is_too_big(&error) => {
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
                        self.unread(&error);
                    }
                }
                Line::TooLong => {
                    let limit = self.limits.line;
                    let column = limit as u64 + 1;
                    self.unread(&LineError {
                        line: number,
                        column,
                        what: format!("longer than {limit} bytes"),
                        next: "ask whoever wrote the file",
                    });
                }
                Line::NotUtf8 { column, bytes } => {
                    let looks_like = looks_like(bytes);
                    self.not_utf8 += 1;
                    self.first_not_utf8.get_or_insert(Refusal::NotUtf8 {
                        line: number,
                        column,
                        looks_like,
                    });
                    self.unread(&LineError {
                        line: number,
                        column,
                        what: "the text is not UTF-8".to_owned(),
                        next: "save the file as UTF-8",
                    });
                }
            }
        }
    }

    fn unread(&mut self, error: &LineError) {
        self.unread_count += 1;
        if self.unread.len() < self.limits.unread_kept {
            self.unread.push(Fault {
                at: At {
                    line: error.line,
                    column: error.column,
                },
                record: None,
                field: None,
                what: error.what.clone(),
                effect: Effect::RecordUnread,
                next: error.next.to_owned(),
            });
        }
    }

    fn end(mut self, list: &ListId) -> Result<Content, Failed> {
        // A byte or two gone wrong is damage to a record; one record in ten is an
        // encoding, and its ASCII lines alone would be a list with holes.
        if let Some(why) = self.first_not_utf8.take()
            && self.not_utf8 * 10 >= self.records
        {
            return Err(Failed::Refused(why));
        }
        let reader = std::mem::replace(&mut self.reader, Reader::new(ListId::new("")));
        let folded = reader.finish();
        for orphan in &folded.orphans {
            self.unread(orphan);
        }
        if self.records == 0 {
            return Err(Failed::Refused(Refusal::Empty));
        }
        Content {
            list: list.clone(),
            layout: FTM,
            published: None,
            records: self.records,
            entities: folded.entities,
            unread: self.unread_count,
            fields_unread: 0,
            faults: self.unread,
            dropped: folded.dropped,
            skipped: folded.skipped,
            duplicates: folded.duplicates,
        }
        .with_something()
        .map_err(Failed::Refused)
    }

    fn damaged(&self, error: &io::Error) -> Failed {
        Failed::Refused(Refusal::Compression {
            line: self.line + 1,
            what: error.to_string(),
        })
    }
}
