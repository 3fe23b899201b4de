//! What was wrong with a text somebody gave us, and what to do next.
//!
//! Libraries here never print: they hand back every problem of a file at once,
//! as data, and the edges make words of them.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

/// A byte range of the text, with the place a person looks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Span {
    /// Byte offsets into the text.
    #[serde(skip)]
    pub bytes: Range<usize>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Span {
    /// Finds line and column of a byte range in `text`.
    pub fn locate(text: &str, bytes: Range<usize>) -> Self {
        let mut start = bytes.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            bytes,
        }
    }
}

/// One thing wrong in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// Where.
    pub at: Span,
    /// The field, as a path: `parties[2].country`.
    pub field: String,
    /// What is wrong, as a sentence without a full stop.
    pub what: String,
    /// What was expected there.
    pub expected: Option<String>,
    /// The nearest valid name, where a name was not known.
    pub nearest: Option<String>,
    /// What to do next.
    pub next: String,
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "a = 1\nимя = \"x\"\n";
        let at = text.find('"').unwrap();
        let span = Span::locate(text, at..at + 1);
        assert_eq!((span.line, span.column), (2, 7));
    }
}
