//! What a taking did.

use std::collections::BTreeMap;
use std::fmt;

use scruple_model::ftm::{Duplicate, Skipped};
use scruple_model::{Date, ListId};
use serde::Serialize;

/// What was made of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The list it became or stayed.
    pub list: ListId,
    /// The file's name, without its folder.
    pub origin: String,
    /// SHA-256 of the bytes as given.
    pub hash: String,
    /// The day the publisher gives, where one was given.
    pub published: Option<Date>,
    /// Lines that hold something.
    pub records: u64,
    /// Entities that answer.
    pub entities: u64,
    /// Entities the snapshot before did not have.
    pub added: u64,
    /// Entities only the snapshot before had.
    pub removed: u64,
    /// Entities of which something changed.
    pub amended: u64,
    /// Hash of the file that was compared with; `None` where there was none or it could not be read.
    pub compared_with: Option<String>,
    /// Records that could not be read: how many.
    pub unread_count: u64,
    /// The first of them, at most [`Limits::unread_kept`](crate::Limits::unread_kept).
    pub unread: Vec<Unread>,
    /// Properties about what a person is that were dropped, by name.
    pub dropped: BTreeMap<String, u64>,
    /// Records that were understood and are not read, by schema and reason.
    pub skipped: Vec<Skipped>,
    /// Ids that stood more than once; their descriptions were put together.
    pub duplicates: Vec<Duplicate>,
    /// Whether the same file is held already, so that nothing changed.
    pub unchanged: bool,
}

/// A record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Line, from 1.
    pub line: u64,
    /// Byte column, from 1.
    pub column: u64,
    /// What is wrong with it, without a full stop.
    pub what: String,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}, column {}: {}",
            self.line, self.column, self.what
        )
    }
}
