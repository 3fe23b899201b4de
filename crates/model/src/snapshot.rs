//! A publisher's list as it was taken once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Date, ListId};

/// One list as taken on one day: enough to say what was looked at, and to look again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Snapshot {
    /// Which list.
    pub list: ListId,
    /// SHA-256 of the bytes as they were given, before any reading.
    pub hash: String,
    /// The day the publisher gives; `None` where the file states none.
    #[schemars(with = "Option<String>")]
    pub published: Option<Date>,
    /// The day it was taken into this store.
    #[schemars(with = "String")]
    pub taken: Date,
    /// Records as the file counts them.
    pub records: u64,
    /// Entities kept.
    pub entities: u64,
    /// Records that could not be read: kept, counted and shown as not looked at.
    pub unread: u64,
    /// Properties about what a person is that were dropped; their records stayed.
    pub dropped: u64,
}

impl Snapshot {
    /// The day to print: the publisher's where it gives one, else the day it was taken.
    pub fn day(&self) -> Date {
        self.published.unwrap_or(self.taken)
    }
}
