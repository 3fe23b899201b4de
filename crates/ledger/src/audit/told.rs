//! An audit as programs read it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Break, Report, Verdict};

/// The name of the format.
pub const SCHEMA: &str = "scruple.audit/1";

/// What an audit found, whole. Additive changes keep the number of the format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Told {
    /// [`SCHEMA`].
    pub schema: String,
    /// Where the log is.
    pub location: String,
    /// Its name; empty where no checkpoint could be opened.
    pub origin: String,
    /// The verifier key that was checked against.
    pub vkey: String,
    /// The key is the log's own word: nobody said it before.
    pub key_from_log: bool,
    /// Keys that followed each other.
    pub handovers: Vec<String>,
    /// Entries that the checkpoint says.
    pub size: u64,
    /// Entries that were read and hashed.
    pub read: u64,
    /// The signed root, in base64.
    pub root: String,
    /// Whether the reader's quorum of witnesses signed.
    pub witnessed: bool,
    /// When the checkpoint was made, as far as anybody says: minute, in UTC.
    pub dated: Option<String>,
    /// Checkpoints of this log that were seen before.
    pub seen_before: usize,
    /// Those of them that this history continues.
    pub continues: u64,
    /// In one word.
    pub verdict: Verdict,
    /// What is broken, the worst first.
    pub breaks: Vec<Break>,
    /// Further ones, which are only counted.
    pub more_breaks: u64,
    /// What is odd and breaks nothing.
    pub notices: Vec<String>,
    /// What this audit shows.
    pub shown: Vec<String>,
    /// What no audit, or this one, can show.
    pub not_shown: Vec<String>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

impl Told {
    /// Of a report; `minute` writes a time in Unix seconds.
    pub fn of(report: &Report, minute: &dyn Fn(i64) -> String) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            location: report.location.clone(),
            origin: report.origin.clone(),
            vkey: report.key.clone(),
            key_from_log: report.key_from_log,
            handovers: report.handovers.clone(),
            size: report.size,
            read: report.read,
            root: report.root.clone(),
            witnessed: report.witnessed() == "witnessed",
            dated: report.dated.map(minute),
            seen_before: report.remembered.len(),
            continues: report.continues,
            verdict: report.verdict(),
            breaks: report.breaks.clone(),
            more_breaks: report.more,
            notices: report.notices.clone(),
            shown: report.can_say(),
            not_shown: report.cannot_say(),
            checkpoint: report.note.clone(),
        }
    }
}
