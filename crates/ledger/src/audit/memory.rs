//! What was seen of logs: a file of lines that only grows.
//!
//! It is the only thing that tells an audited log from a changed one, so a line is never
//! written over, and a line that cannot be read is an error, not nothing.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::checkpoint::Checkpoint;
use crate::disk::Disk;
use crate::error::LedgerError;
use crate::merkle::from_base64;
use crate::waiting::Lines;

/// A checkpoint that a log showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Where.
    pub location: String,
    /// The log's name.
    pub origin: String,
    /// The key that it was checked against.
    pub key: String,
    /// Its size.
    pub size: u64,
    /// Its root, in base64.
    pub root: String,
    /// The note, as it was shown.
    pub note: String,
    /// When, in Unix seconds, UTC.
    pub on: i64,
    /// Something was broken then: it is kept as evidence, and not as what counts.
    #[serde(default)]
    pub broken: bool,
}

/// The memory of a data directory.
pub struct Memory {
    lines: Lines,
}

impl Memory {
    /// Opens it; nothing is made before something is remembered.
    pub fn open(data: &Path, disk: &Disk) -> Self {
        Self {
            lines: Lines::new(disk, data.join("ledger-seen.jsonl")),
        }
    }

    /// Everything that was seen, oldest first.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`], [`LedgerError::Io`].
    pub fn seen(&self) -> Result<Vec<Seen>, LedgerError> {
        self.lines.read()
    }

    /// Remembers.
    ///
    /// # Errors
    /// [`LedgerError::Io`].
    pub fn add(&self, seen: &Seen) -> Result<(), LedgerError> {
        self.lines.add(seen)
    }

    /// The checkpoints of one log that were seen and were in order, checked against one of
    /// these keys: another log may have the same name.
    ///
    /// # Errors
    /// As [`Memory::seen`].
    pub fn checkpoints(
        &self,
        origin: &str,
        keys: &[String],
    ) -> Result<Vec<Checkpoint>, LedgerError> {
        Ok(self
            .seen()?
            .into_iter()
            .filter(|seen| seen.origin == origin && !seen.broken && keys.contains(&seen.key))
            .filter_map(|seen| {
                Some(Checkpoint {
                    origin: seen.origin,
                    size: seen.size,
                    root: from_base64(&seen.root)?,
                    extensions: Vec::new(),
                })
            })
            .collect())
    }
}
