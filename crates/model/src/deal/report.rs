//! All problems of one text, gathered while it is read.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::{Problem, Span};

/// So many problems are told one by one; the rest are counted.
const MOST: usize = 200;

/// What is wrong with one value, before it is known where the value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) what: String,
    pub(super) expected: Option<String>,
    pub(super) nearest: Option<String>,
    pub(super) next: String,
}

impl Complaint {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            expected: None,
            nearest: None,
            next: String::new(),
        }
    }

    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    pub(super) fn nearest(mut self, nearest: Option<impl Into<String>>) -> Self {
        self.nearest = nearest.map(Into::into);
        self
    }

    pub(super) fn next(mut self, next: impl Into<String>) -> Self {
        self.next = next.into();
        self
    }

    pub(super) fn too_deep() -> Self {
        Self::new("tables stand in tables too deep to be a deal")
            .next("compare with the example in docs/deal-file.md")
    }

    /// Puts it in its place.
    pub(super) fn at(self, at: Span, field: impl Into<String>) -> Problem {
        Problem {
            at,
            field: field.into(),
            what: self.what,
            expected: self.expected,
            nearest: self.nearest,
            next: self.next,
        }
    }
}

/// Problems of one text, and the way from bytes to lines.
pub(super) struct Report<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    found: Vec<(Range<usize>, String, Complaint)>,
    /// Lines whose notation is broken: what else is said of them is a consequence.
    broken: BTreeSet<usize>,
}

impl<'a> Report<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            text,
            line_starts: std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .collect(),
            found: Vec::new(),
            broken: BTreeSet::new(),
        }
    }

    /// Adds a problem, unless the notation of its line is broken.
    pub(super) fn add(&mut self, at: Range<usize>, field: &str, complaint: Complaint) {
        if !self.is_broken(at.start) {
            self.found.push((at, field.to_owned(), complaint));
        }
    }

    /// Adds a problem of the notation: the first of its line.
    pub(super) fn add_syntax(&mut self, at: Range<usize>, field: &str, complaint: Complaint) {
        if self.broken.insert(self.line(at.start)) {
            self.found.push((at, field.to_owned(), complaint));
        }
    }

    /// Whether the notation of a byte's line is broken.
    pub(super) fn is_broken(&self, byte: usize) -> bool {
        self.broken.contains(&self.line(byte))
    }

    /// Whether there are so many problems that further ones are most likely only
    /// counted, so that looking for the nearest name is wasted.
    pub(super) fn is_full(&self) -> bool {
        self.found.len() >= 5 * MOST
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= byte)
    }

    /// All, in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.found
            .sort_by(|a, b| (a.0.start, a.0.end, &a.1).cmp(&(b.0.start, b.0.end, &b.1)));
        let left = self.found.len().saturating_sub(MOST);
        let end = self.text.len()..self.text.len();
        let found = std::mem::take(&mut self.found);
        let mut problems: Vec<Problem> = found
            .into_iter()
            .take(MOST)
            .map(|(at, field, complaint)| complaint.at(self.span(at), field))
            .collect();
        if left > 0 {
            problems.push(
                Complaint::new(format!("{left} more problems are not shown"))
                    .next("mend those above and read the file again")
                    .at(self.span(end), ""),
            );
        }
        problems
    }

    fn span(&self, bytes: Range<usize>) -> Span {
        let mut start = bytes.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let line = self.line(start);
        // `line` is at least 1: the first line starts at byte 0.
        let line_start = self.line_starts[line - 1];
        Span {
            line,
            column: self.text[line_start..start].chars().count() + 1,
            bytes,
        }
    }
}
