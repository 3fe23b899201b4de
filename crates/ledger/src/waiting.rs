//! What waits for the next hour of release, and duties that were promised for a day.
//!
//! A line of JSON each, added and synced before anybody is told. A line that a crash cut
//! off was never confirmed; it is closed before the next is added.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::disk::{Audience, Disk};
use crate::error::LedgerError;

/// A file of lines that grows.
pub(crate) struct Lines {
    disk: Disk,
    path: PathBuf,
}

impl Lines {
    pub(crate) fn new(disk: &Disk, path: PathBuf) -> Self {
        Self {
            disk: disk.clone(),
            path,
        }
    }

    /// All whole lines. A last one that does not end was never confirmed.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<Vec<T>, LedgerError> {
        let bytes = self
            .disk
            .read(&self.path)
            .map_err(LedgerError::io(&self.path))?
            .unwrap_or_default();
        let whole = bytes
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        bytes[..whole]
            .split(|b| *b == b'\n')
            .enumerate()
            .filter(|(_, line)| !line.is_empty())
            .map(|(number, line)| {
                serde_json::from_slice(line).map_err(|error| LedgerError::Damaged {
                    path: self.path.clone(),
                    what: format!("line {} cannot be read ({error})", number + 1),
                    next: "restore it from a backup; take out only a line that you know is of no use",
                })
            })
            .collect()
    }

    /// Adds a line, and returns when it is on disk.
    pub(crate) fn add<T: Serialize>(&self, line: &T) -> Result<(), LedgerError> {
        let mut text = serde_json::to_string(line).expect("our own lines are texts and numbers");
        text.push('\n');
        let wrong = |path: &Path| LedgerError::io(path);
        let mut file = self.disk.growing(&self.path).map_err(wrong(&self.path))?;
        let bytes = self
            .disk
            .read(&self.path)
            .map_err(wrong(&self.path))?
            .unwrap_or_default();
        let whole = bytes
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        file.cut(whole as u64)
            .and_then(|()| file.append(text.as_bytes()))
            .and_then(|()| file.sync())
            .map_err(wrong(&self.path))
    }

    /// Puts these lines in place of all.
    pub(crate) fn replace<T: Serialize>(&self, lines: &[T]) -> Result<(), LedgerError> {
        let mut text = String::new();
        for line in lines {
            text.push_str(
                &serde_json::to_string(line).expect("our own lines are texts and numbers"),
            );
            text.push('\n');
        }
        self.disk
            .replace(&self.path, text.as_bytes(), Audience::Owner)
            .map_err(LedgerError::io(&self.path))
    }
}

/// An entry that waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// The caller's key, as a keyed hash.
    #[serde(with = "hash_text")]
    pub(crate) key: [u8; 32],
    /// Canonical.
    pub(crate) content: String,
    /// Since when, in Unix seconds.
    pub(crate) since: i64,
    /// By when it was promised to be in the log.
    pub(crate) by: i64,
}

/// Something that was promised for a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// What it is called; one of a kind.
    pub id: String,
    /// What is to be done.
    pub what: String,
    /// The last day for it.
    pub due: scruple_model::Date,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<scruple_model::Date>,
}

mod hash_text {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(hash: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&crate::merkle::to_base64(hash))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(from)?;
        crate::merkle::from_base64(&text).ok_or_else(|| D::Error::custom("no hash"))
    }
}
