//! Which snapshots are held, and which of them answer.

use rusqlite::{Connection, Row, params};
use scruple_model::hash::sha256_parts;
use scruple_model::{Date, ListId, Snapshot};

use crate::{DataDir, StoreError, db};

/// A snapshot that is held, with what the store keeps about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Counts up with every snapshot taken; the newest of a list answers.
    pub sequence: i64,
    /// What was taken.
    pub snapshot: Snapshot,
    /// Hash of the content as read: the blob's name.
    pub blob: String,
    /// Name of the file it came from, without its folder.
    pub origin: String,
    /// Its terms, in the words of whoever brought it.
    pub licence: Option<String>,
}

/// The newest snapshot of each list, sorted by list: what an answer rests on.
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
    /// Records that could not be read; as many as the caller wants kept.
    pub unread: Vec<UnreadRow>,
}

/// A record that could not be read, with its position in the file as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadRow {
    /// Line, from 1.
    pub line: u64,
    /// Byte column, from 1.
    pub column: u64,
    /// What is wrong with it.
    pub what: String,
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

    /// This manifest with a snapshot put in its list's place, as it will be once recorded.
    pub fn with(&self, new: &NewSnapshot) -> Self {
        let mut held: Vec<Held> = self
            .held
            .iter()
            .filter(|held| held.snapshot.list != new.snapshot.list)
            .cloned()
            .collect();
        held.push(Held {
            sequence: i64::MAX,
            snapshot: new.snapshot.clone(),
            blob: new.blob.clone(),
            origin: new.origin.clone(),
            licence: new.licence.clone(),
        });
        held.sort_by(|a, b| a.snapshot.list.cmp(&b.snapshot.list));
        Self { held }
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
        let mut held: Vec<Held> = Vec::new();
        for one in self.snapshots()? {
            if one.snapshot.taken > day {
                continue;
            }
            match held
                .iter_mut()
                .find(|old| old.snapshot.list == one.snapshot.list)
            {
                Some(old) => *old = one,
                None => held.push(one),
            }
        }
        held.sort_by(|a, b| a.snapshot.list.cmp(&b.snapshot.list));
        Ok(Manifest { held })
    }

    /// Every snapshot ever taken, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn snapshots(&self) -> Result<Vec<Held>, StoreError> {
        select(&self.db).map_err(StoreError::db(&self.database_path()))
    }

    /// The unread records kept of a snapshot, in the file's order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn unread(&self, sequence: i64) -> Result<Vec<UnreadRow>, StoreError> {
        let rows = || -> rusqlite::Result<Vec<UnreadRow>> {
            self.db
                .prepare(
                    "SELECT line, byte_column, what FROM unread WHERE snapshot = ?1 ORDER BY rowid",
                )?
                .query_map([sequence], |row| {
                    Ok(UnreadRow {
                        line: count(row, 0)?,
                        column: count(row, 1)?,
                        what: row.get(2)?,
                    })
                })?
                .collect()
        };
        rows().map_err(StoreError::db(&self.database_path()))
    }

    /// Records snapshots, all or none; from then on they answer. Their blobs, and
    /// the index of the manifest they make, must lie in their places before.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Damaged`] where a blob is missing,
    /// [`StoreError::Database`]; the old manifest goes on answering.
    pub fn record(&mut self, new: &[NewSnapshot]) -> Result<Manifest, StoreError> {
        self.must_write()?;
        for one in new {
            let path = self.blob_path(&one.blob);
            if !path.is_file() {
                return Err(StoreError::damaged(&path, "the file is missing"));
            }
        }
        let path = self.database_path();
        insert(&mut self.db, new).map_err(|error| db::write_error(&path, error))?;
        self.manifest()
    }
}

fn select(db: &Connection) -> rusqlite::Result<Vec<Held>> {
    db.prepare(
        "SELECT sequence, list, hash, blob, published, taken, records, entities, unread, dropped,
                origin, licence
         FROM snapshot ORDER BY sequence",
    )?
    .query_map([], |row| {
        Ok(Held {
            sequence: row.get(0)?,
            snapshot: Snapshot {
                list: ListId::new(row.get::<_, String>(1)?),
                hash: row.get(2)?,
                published: row
                    .get::<_, Option<String>>(4)?
                    .map(|d| day(4, &d))
                    .transpose()?,
                taken: day(5, &row.get::<_, String>(5)?)?,
                records: count(row, 6)?,
                entities: count(row, 7)?,
                unread: count(row, 8)?,
                dropped: count(row, 9)?,
            },
            blob: row.get(3)?,
            origin: row.get(10)?,
            licence: row.get(11)?,
        })
    })?
    .collect()
}

fn insert(db: &mut Connection, new: &[NewSnapshot]) -> rusqlite::Result<()> {
    let transaction = db.transaction()?;
    for one in new {
        let s = &one.snapshot;
        transaction.execute(
            "INSERT INTO snapshot (list, hash, blob, published, taken, records, entities, unread,
                                   dropped, origin, licence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                s.list.as_str(),
                s.hash,
                one.blob,
                s.published.map(|day| day.to_string()),
                s.taken.to_string(),
                signed(s.records),
                signed(s.entities),
                signed(s.unread),
                signed(s.dropped),
                one.origin,
                one.licence,
            ],
        )?;
        let sequence = transaction.last_insert_rowid();
        for row in &one.unread {
            transaction.execute(
                "INSERT INTO unread (snapshot, line, byte_column, what) VALUES (?1, ?2, ?3, ?4)",
                params![sequence, signed(row.line), signed(row.column), row.what],
            )?;
        }
    }
    transaction.commit()
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn count(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(at)?).unwrap_or(0))
}

fn day(column: usize, text: &str) -> rusqlite::Result<Date> {
    text.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Text,
            Box::new(error),
        )
    })
}
