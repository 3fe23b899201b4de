//! TOML to draft, with every problem at once.
//!
//! [`whole`] knows the items of a draft and [`parts`] those of its tables; each value is read by
//! what it is: [`text`], where nobody may be named, [`value`], [`table`].

mod parts;
mod table;
mod text;
mod value;
mod whole;

use std::ops::Range;

use scruple_model::{Problem, Span};
use toml::de::DeTable;

use super::Draft;

/// More problems than this are not told.
const MOST: usize = 100;

pub(super) fn read(text: &str) -> Result<Draft, Vec<Problem>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        text,
        problems: Vec::new(),
    };
    for error in errors.iter().take(MOST) {
        let at = error.span().unwrap_or(0..0);
        reader.say(
            at,
            "",
            format!("this is not TOML: {}", error.message()),
            None,
            "mend this line first; the rest is read then",
        );
    }
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    let top = At {
        table: root.get_ref(),
        span: 0..0,
        path: String::new(),
    };
    let draft = reader.draft(&top);
    reader
        .problems
        .sort_by_key(|problem| problem.at.bytes.start);
    reader.problems.truncate(MOST);
    match draft {
        Some(draft) if reader.problems.is_empty() => Ok(draft),
        _ => Err(reader.problems),
    }
}

/// A table, where it stands and what it is called.
struct At<'t> {
    table: &'t DeTable<'t>,
    span: Range<usize>,
    path: String,
}

impl At<'_> {
    fn field(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl<'t> Reader<'t> {
    fn say(
        &mut self,
        at: Range<usize>,
        field: &str,
        what: String,
        expected: Option<String>,
        next: &str,
    ) {
        self.problems.push(Problem {
            at: Span::locate(self.text, at),
            field: field.to_owned(),
            what,
            expected,
            nearest: None,
            next: next.to_owned(),
        });
    }
}
