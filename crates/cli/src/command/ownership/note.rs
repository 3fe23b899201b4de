//! What is kept about the holdings that answer: source by source, counts and hashes.
//! No text of a record is among it.

use std::collections::BTreeMap;

use scruple_model::Date;
use scruple_store::Holdings;
use serde::{Deserialize, Serialize};

/// One source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    /// Its id: `gleif-rr`.
    pub(super) id: String,
    /// Its title.
    pub(super) title: String,
    /// Hash of its holdings file.
    pub(super) hash: String,
    /// Names of the files it came from.
    pub(super) files: Vec<String>,
    /// Hash over these files.
    pub(super) source: String,
    /// The day it gives for itself, or the user gave.
    pub(super) date: Option<Date>,
    /// The day it was taken in.
    pub(super) taken: Date,
    /// Records seen.
    pub(super) records: u64,
    /// Holdings taken.
    pub(super) holdings: u64,
    /// Records that could not be read.
    pub(super) unread: u64,
    /// Records that hold nothing to take, by why.
    pub(super) left_out: BTreeMap<String, u64>,
}

/// The sources of a state.
pub(super) fn parts(state: &Holdings) -> Vec<Part> {
    serde_json::from_str(&state.note).unwrap_or_default()
}
