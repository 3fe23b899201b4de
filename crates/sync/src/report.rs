//! What a taking did.

use scruple_lists::Fault;
use scruple_model::ftm::{Duplicate, Skipped};
use scruple_model::{Date, ListId};
use serde::Serialize;
use std::collections::BTreeMap;

use crate::SyncError;

/// What was made of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The list it became or stayed.
    pub list: ListId,
    /// The file's name, without its folder; of a set, the names.
    pub origin: String,
    /// The layout it was read as: `ftm`, or that of an official list.
    pub layout: String,
    /// SHA-256 of the bytes as given; of a set, over the hashes of its files.
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
    /// Values that could not be read in records that were: how many.
    pub fields_unread: u64,
    /// The first of both, with notes; at most
    /// [`Limits::unread_kept`](crate::Limits::unread_kept).
    pub unread: Vec<Fault>,
    /// Properties about what a person is that were dropped, by name.
    pub dropped: BTreeMap<String, u64>,
    /// Records that were understood and are not read, by schema and reason.
    pub skipped: Vec<Skipped>,
    /// Ids that stood more than once; their descriptions were put together.
    pub duplicates: Vec<Duplicate>,
    /// Whether the same file is held already, so that nothing changed.
    pub unchanged: bool,
    /// The day of the snapshot that goes on answering, where this one is older: it is
    /// kept for questions about the past.
    pub answering: Option<Date>,
}

/// What was made of one file or set.
#[derive(Debug, Default)]
pub struct Taken {
    /// One for each list in it.
    pub reports: Vec<Report>,
    /// Lists in it that were left out, each with the reason.
    pub left_out: Vec<LeftOut>,
    /// Lists in it that were refused, each with the reason.
    pub refused: Vec<SyncError>,
}

/// A list that a file repeats and that is not taken from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Which.
    pub list: ListId,
    /// The file.
    pub origin: String,
    /// How many records it has there.
    pub records: u64,
    /// Why.
    pub why: String,
}
