//! Which snapshots are held, and which of them answer.

use scruple_model::hash::sha256_parts;
use scruple_model::{Date, ListId, Snapshot};

use crate::answering::{answering, editions, history};
use crate::{DataDir, NewHoldings, StoreError, db, rows};

/// A snapshot that is held, with what the store keeps about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Counts up with every snapshot recorded.
    pub sequence: i64,
    /// What was taken.
    pub snapshot: Snapshot,
    /// Hash of the content as read: the blob's name.
    pub blob: String,
    /// Name of the file it came from, without its folder.
    pub origin: String,
    /// Its terms, in the words of whoever brought it.
    pub licence: Option<String>,
    /// Id of the official layout it was read from: "ofac-xml", "ftm".
    pub layout: String,
    /// Fields that could not be read in records that were kept.
    pub fields_unread: u64,
    /// Records that left it since, because their retention had passed.
    pub removed: u64,
}

/// One snapshot of each list, sorted by list: what an answer rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// One for each list.
    pub held: Vec<Held>,
}

/// What is to be recorded about a snapshot whose blob lies in its place.
#[derive(Clone, Debug)]
pub struct NewSnapshot {
    /// What was taken.
    pub snapshot: Snapshot,
    /// [`Stored::hash`](crate::Stored::hash) of its content.
    pub blob: String,
    /// Name of the file it came from.
    pub origin: String,
    /// Its terms.
    pub licence: Option<String>,
    /// Id of the official layout it was read from.
    pub layout: String,
    /// Fields that could not be read in records that were kept.
    pub fields_unread: u64,
    /// What could not be read; as much of it as the caller wants kept.
    pub unread: Vec<UnreadRow>,
}

/// A record, or a field of one, that could not be read, with its position in the
/// file as given. `..Default::default()` stands for a whole record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadRow {
    /// Line, from 1.
    pub line: u64,
    /// Byte column, from 1.
    pub column: u64,
    /// What is wrong with it.
    pub what: String,
    /// The record's id, where it could be told.
    pub record: Option<String>,
    /// The field, where it is one field.
    pub field: Option<String>,
    /// What follows: "record-unread", "name-unread", "field-unread", "part-missing" or
    /// "note".
    pub effect: String,
    /// What to do next, where there is more to do than to compare with the publisher.
    pub next: Option<String>,
}

impl Default for UnreadRow {
    fn default() -> Self {
        Self {
            line: 0,
            column: 0,
            what: String::new(),
            record: None,
            field: None,
            effect: "record-unread".to_owned(),
            next: None,
        }
    }
}

impl Manifest {
    /// A name for exactly this content: equal for equal snapshots of equal lists.
    pub fn hash(&self) -> String {
        let parts = self
            .held
            .iter()
            .flat_map(|held| [held.snapshot.list.as_str(), &held.snapshot.hash, &held.blob]);
        sha256_parts(parts.map(str::as_bytes))
    }

    /// The snapshot of a list.
    pub fn of(&self, list: &ListId) -> Option<&Held> {
        self.held.iter().find(|held| held.snapshot.list == *list)
    }

    /// Whether no list is held.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// This manifest as it will be once `new` is recorded: a file older than the one
    /// that answers is kept for the past and changes nothing here.
    pub fn with(&self, new: &NewSnapshot) -> Self {
        let mut all = self.held.clone();
        all.push(Held {
            sequence: i64::MAX,
            snapshot: new.snapshot.clone(),
            blob: new.blob.clone(),
            origin: new.origin.clone(),
            licence: new.licence.clone(),
            layout: new.layout.clone(),
            fields_unread: new.fields_unread,
            removed: 0,
        });
        answering(all, Date::MAX)
    }

    /// The snapshots that are younger than `day`, because their list has none as old:
    /// of them, listing dates tell what stood on that day, and parties taken off
    /// before the snapshot cannot be seen.
    pub fn younger_than(&self, day: Date) -> impl Iterator<Item = &Held> {
        self.held
            .iter()
            .filter(move |held| held.snapshot.day() > day)
    }
}

impl DataDir {
    /// The manifest that answers now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn manifest(&self) -> Result<Manifest, StoreError> {
        self.manifest_known_at(Date::MAX)
    }

    /// The manifest of what had been taken by the end of `day`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn manifest_known_at(&self, day: Date) -> Result<Manifest, StoreError> {
        self.manifest_as_of(Date::MAX, day)
    }

    /// The manifest for the facts of `as_of`, from what had been taken by the end of
    /// `known_at`: of each list the newest snapshot of that day or before. A list
    /// whose first snapshot is younger is there with that one; see
    /// [`Manifest::younger_than`].
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn manifest_as_of(&self, as_of: Date, known_at: Date) -> Result<Manifest, StoreError> {
        let mut all = self.snapshots()?;
        all.retain(|one| one.snapshot.taken <= known_at);
        Ok(answering(all, as_of))
    }

    /// Every manifest that answered for `as_of` at some time, newest first, each once.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn manifests(&self, as_of: Date) -> Result<Vec<Manifest>, StoreError> {
        Ok(history(self.snapshots()?, as_of))
    }

    /// The snapshots of a list that count, oldest day first: each file once, as it
    /// was recorded last.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn editions(&self, list: &ListId) -> Result<Vec<Held>, StoreError> {
        let mut all = self.snapshots()?;
        all.retain(|one| one.snapshot.list == *list);
        Ok(editions(all))
    }

    /// Every snapshot held, in the order recorded.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn snapshots(&self) -> Result<Vec<Held>, StoreError> {
        rows::snapshots(&self.db).map_err(StoreError::db(&self.database_path()))
    }

    /// What could not be read of a snapshot, in the file's order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn unread(&self, sequence: i64) -> Result<Vec<UnreadRow>, StoreError> {
        rows::unread(&self.db, sequence).map_err(StoreError::db(&self.database_path()))
    }

    /// What is told of a snapshot with one effect, in the order it stood.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn told(&self, sequence: i64, effect: &str) -> Result<Vec<String>, StoreError> {
        rows::told(&self.db, sequence, effect).map_err(StoreError::db(&self.database_path()))
    }

    /// Records snapshots, all or none; from then on they count. Their blobs, and
    /// the index of the manifest they make, must lie in their places before.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Damaged`] where a blob is missing,
    /// [`StoreError::Database`]; the old manifest goes on answering.
    pub fn record(&mut self, new: &[NewSnapshot]) -> Result<Manifest, StoreError> {
        self.record_with(new, None)
    }

    /// Records snapshots and a state of holdings, all or none. The files of the state must
    /// lie in their places too.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub fn record_with(
        &mut self,
        new: &[NewSnapshot],
        holdings: Option<&NewHoldings>,
    ) -> Result<Manifest, StoreError> {
        self.must_write()?;
        if let Some(state) = holdings {
            self.must_hold(state)?;
        }
        for one in new {
            let path = self.blob_path(&one.blob);
            if !path.is_file() {
                return Err(StoreError::damaged(&path, "the file is missing"));
            }
        }
        let path = self.database_path();
        rows::insert(&mut self.db, new, holdings).map_err(|error| db::write_error(&path, error))?;
        if holdings.is_some() {
            self.tidy_holdings()?;
        }
        self.manifest()
    }
}
