//! Problems of one file.

use scruple_model::{Problem, Span};

/// So many are told one by one; the rest are counted.
const MOST: usize = 200;

/// Problems of one file, counted without end and kept up to a bound.
#[derive(Default)]
pub(crate) struct Report {
    kept: Vec<Problem>,
    left: usize,
}

impl Report {
    pub(crate) fn add(&mut self, problem: Problem) {
        if self.kept.len() < MOST {
            self.kept.push(problem);
        } else {
            self.left += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    pub(crate) fn finish(mut self) -> Vec<Problem> {
        self.kept
            .sort_by_key(|problem| (problem.at.line, problem.at.column));
        if self.left > 0 {
            let line = self.kept.last().map_or(0, |problem| problem.at.line);
            self.kept.push(problem(
                (line, 1),
                "",
                format!("{} more problems are not shown", self.left),
                "mend those above and read the file again",
            ));
        }
        self.kept
    }
}

/// A problem at `(line, column)`.
pub(crate) fn problem(
    at: (usize, usize),
    field: impl Into<String>,
    what: impl Into<String>,
    next: impl Into<String>,
) -> Problem {
    Problem {
        at: Span {
            bytes: 0..0,
            line: at.0,
            column: at.1,
        },
        field: field.into(),
        what: what.into(),
        expected: None,
        nearest: None,
        next: next.into(),
    }
}
