//! A snapshot's content: one entity as JSON on each line, sorted by id.

use std::io::{BufRead, BufReader, Write as _};

use scruple_model::{Entity, ListId};
use scruple_store::{BlobReader, DataDir, Held, StoreError, Stored};

use crate::SyncError;

/// The entities of one snapshot, from its blob. An error ends it.
pub struct Entities {
    lines: BufReader<BlobReader>,
    path: std::path::PathBuf,
    list: ListId,
    text: String,
    done: bool,
}

/// Opens the content of a snapshot.
///
/// # Errors
/// [`SyncError::Store`] where its blob is missing or cannot be opened.
pub fn entities_of(store: &DataDir, held: &Held) -> Result<Entities, SyncError> {
    entities(store, &held.snapshot.list, &held.blob)
}

pub(crate) fn entities(store: &DataDir, list: &ListId, blob: &str) -> Result<Entities, SyncError> {
    Ok(Entities {
        lines: BufReader::with_capacity(1 << 16, store.read_blob(blob)?),
        path: store.blob_path(blob),
        list: list.clone(),
        text: String::new(),
        done: false,
    })
}

impl Iterator for Entities {
    type Item = Result<Entity, SyncError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.text.clear();
        let what = match self.lines.read_line(&mut self.text) {
            Ok(0) => {
                self.done = true;
                return None;
            }
            Ok(_) => match serde_json::from_str(&self.text) {
                Ok(entity) => return Some(Ok(entity)),
                Err(error) => error.to_string(),
            },
            Err(error) => error.to_string(),
        };
        self.done = true;
        Some(Err(SyncError::Store(StoreError::Damaged {
            path: self.path.clone(),
            what: format!("snapshot of {}: {what}", self.list),
        })))
    }
}

/// Puts entities, sorted by id, into a blob.
pub(crate) fn store_entities(store: &DataDir, entities: &[Entity]) -> Result<Stored, SyncError> {
    let mut blob = store.write_blob()?;
    for entity in entities {
        let line = line_of(entity);
        if let Err(error) = blob.write_all(line.as_bytes()) {
            return Err(SyncError::Store(blob.failed()(error)));
        }
    }
    Ok(blob.finish()?)
}

pub(crate) fn line_of(entity: &Entity) -> String {
    // Only texts, lists and maps keyed by text are in it: nothing JSON cannot say.
    let mut line = serde_json::to_string(entity).unwrap_or_default();
    line.push('\n');
    line
}
