//! Snapshots leave when nobody has to keep them any longer.
//!
//! Keeping is a duty with an end: who screened in 2026 has to be able to show it
//! for years, and after that an old list is a file about people that nobody needs.
//! A snapshot goes when the period has passed since another took its place. A
//! record can go earlier, from an old snapshot that stays: see [`Rewritten`].
//!
//! What went is noted without its content, so that a vintage that rests on it can
//! say when and why it can no longer be shown. Rows are overwritten on deletion
//! (`secure_delete`), files are overwritten before their names go. A journaling
//! disk or a backup may still hold them: that is the disk's matter, and the
//! manual says so.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _, params};
use scruple_model::date::Span;
use scruple_model::{Date, ListId, RecordId};

use crate::{DataDir, Held, StoreError, db, rows};

/// What is to leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pruning {
    /// Why, in words that will be shown.
    pub why: String,
    /// Snapshots that leave whole, by their sequence.
    pub leave: Vec<i64>,
    /// Snapshots that stay without some of their records.
    pub rewritten: Vec<Rewritten>,
}

/// A snapshot without some of its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// The snapshot.
    pub sequence: i64,
    /// Its content without them, in its place already.
    pub blob: String,
    /// The records left out.
    pub records: Vec<RecordId>,
}

/// A note of what left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// The snapshot's sequence.
    pub sequence: i64,
    /// Its list.
    pub list: ListId,
    /// Hash of the file it came from.
    pub hash: String,
    /// The day the publisher gave.
    pub published: Option<Date>,
    /// The day it was taken.
    pub taken: Date,
    /// The day it left, or some of its records did.
    pub pruned: Date,
    /// How many records left; `None` where it left whole.
    pub removed: Option<u64>,
    /// Why.
    pub why: String,
}

impl DataDir {
    /// The snapshots that were replaced `years` or more before `today`, oldest
    /// first. What answers today is never among them.
    ///
    /// A snapshot is replaced on the day the next one recorded after it answered in
    /// its stead; one that never answered, because a newer one was held already,
    /// counts from the day it was taken.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn prunable(&self, today: Date, years: u16) -> Result<Vec<Held>, StoreError> {
        let current = self.manifest()?;
        let all = self.snapshots()?;
        let mut replaced: BTreeMap<i64, Date> = BTreeMap::new();
        for (at, one) in all.iter().enumerate() {
            let next = all[at + 1..].iter().find(|next| {
                next.snapshot.list == one.snapshot.list && next.snapshot.day() >= one.snapshot.day()
            });
            let since = next.map_or(one.snapshot.taken, |next| {
                next.snapshot.taken.max(one.snapshot.taken)
            });
            replaced.insert(one.sequence, since);
        }
        Ok(all
            .into_iter()
            .filter(|one| {
                let since = replaced.get(&one.sequence).copied().unwrap_or(Date::MAX);
                !current.held.iter().any(|now| now.sequence == one.sequence)
                    && has_passed(since, years, today)
            })
            .collect())
    }

    /// Lets go of snapshots and records, all or none, and notes it. Indexes of the
    /// past go with them; blobs that no snapshot names any longer are overwritten
    /// and removed.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`]; [`StoreError::Kept`] where a snapshot that answers
    /// today is to leave or to change; [`StoreError::Damaged`] where a new blob is
    /// missing; [`StoreError::Database`]; nothing left then. [`StoreError::Io`]
    /// where a file could not be removed: the rows are gone, and the next call or
    /// the next taking removes it.
    pub fn prune(&mut self, pruning: &Pruning, today: Date) -> Result<(), StoreError> {
        self.must_write()?;
        let current = self.manifest()?;
        let touched = pruning
            .leave
            .iter()
            .chain(pruning.rewritten.iter().map(|one| &one.sequence));
        for sequence in touched {
            if let Some(held) = current.held.iter().find(|one| one.sequence == *sequence) {
                return Err(StoreError::Kept {
                    list: held.snapshot.list.to_string(),
                    day: held.snapshot.day().to_string(),
                });
            }
        }
        for one in &pruning.rewritten {
            let path = self.blob_path(&one.blob);
            if !path.is_file() {
                return Err(StoreError::damaged(&path, "the file is missing"));
            }
        }
        let path = self.database_path();
        remove_rows(&mut self.db, pruning, today).map_err(|error| db::write_error(&path, error))?;
        self.forget_past_indexes()?;
        self.remove_unnamed_blobs()
    }

    /// What left, in the order it left.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn pruned(&self) -> Result<Vec<Pruned>, StoreError> {
        let all = || -> rusqlite::Result<Vec<Pruned>> {
            self.db
                .prepare(
                    "SELECT sequence, list, hash, published, taken, pruned, removed, why
                     FROM pruned ORDER BY rowid",
                )?
                .query_map([], |row| {
                    Ok(Pruned {
                        sequence: row.get(0)?,
                        list: ListId::new(row.get::<_, String>(1)?),
                        hash: row.get(2)?,
                        published: row
                            .get::<_, Option<String>>(3)?
                            .map(|day| rows::day(3, &day))
                            .transpose()?,
                        taken: rows::day(4, &row.get::<_, String>(4)?)?,
                        pruned: rows::day(5, &row.get::<_, String>(5)?)?,
                        removed: row
                            .get::<_, Option<i64>>(6)?
                            .map(|count| u64::try_from(count).unwrap_or(0)),
                        why: row.get(7)?,
                    })
                })?
                .collect()
        };
        all().map_err(StoreError::db(&self.database_path()))
    }

    fn remove_unnamed_blobs(&self) -> Result<(), StoreError> {
        let held = self.snapshots()?;
        let folder = self.snapshots_folder();
        for entry in fs::read_dir(&folder).map_err(StoreError::io(&folder, "read"))? {
            let path = entry.map_err(StoreError::io(&folder, "read"))?.path();
            if !held.iter().any(|one| path == self.blob_path(&one.blob)) {
                overwrite(&path).map_err(StoreError::io(&path, "overwrite"))?;
                fs::remove_file(&path).map_err(StoreError::io(&path, "remove"))?;
            }
        }
        Ok(())
    }
}

/// Whether `years` have passed since a day.
fn has_passed(since: Date, years: u16, today: Date) -> bool {
    since
        .checked_add(Span::new().years(i32::from(years)))
        .is_ok_and(|end| end <= today)
}

fn remove_rows(db: &mut Connection, pruning: &Pruning, today: Date) -> rusqlite::Result<()> {
    let transaction = db.transaction()?;
    // The triggers let a snapshot change or leave only while this row is there.
    transaction.execute("INSERT INTO pruning (now) VALUES (1)", [])?;
    for sequence in &pruning.leave {
        note(&transaction, *sequence, None, &pruning.why, today)?;
        transaction.execute("DELETE FROM unread WHERE snapshot = ?1", [sequence])?;
        transaction.execute("DELETE FROM snapshot WHERE sequence = ?1", [sequence])?;
    }
    for one in &pruning.rewritten {
        let removed = rows::signed(one.records.len() as u64);
        note(
            &transaction,
            one.sequence,
            Some(removed),
            &pruning.why,
            today,
        )?;
        transaction.execute(
            "UPDATE snapshot SET blob = ?2, removed = removed + ?3, entities = entities - ?3
             WHERE sequence = ?1",
            params![one.sequence, one.blob, removed],
        )?;
        for record in &one.records {
            // Faults name a record as its publisher does, without the list.
            transaction.execute(
                "DELETE FROM unread WHERE snapshot = ?1 AND record IN (?2, ?3)",
                params![one.sequence, record.record(), record.to_string()],
            )?;
        }
    }
    transaction.execute("DELETE FROM pruning", [])?;
    transaction.commit()
}

fn note(
    db: &Connection,
    sequence: i64,
    removed: Option<i64>,
    why: &str,
    today: Date,
) -> rusqlite::Result<()> {
    // Nothing to note of a snapshot that is not there.
    let known: Option<i64> = db
        .query_row(
            "SELECT sequence FROM snapshot WHERE sequence = ?1",
            [sequence],
            |row| row.get(0),
        )
        .optional()?;
    if known.is_some() {
        db.execute(
            "INSERT INTO pruned (sequence, list, hash, published, taken, pruned, removed, why)
             SELECT sequence, list, hash, published, taken, ?2, ?3, ?4
             FROM snapshot WHERE sequence = ?1",
            params![sequence, today.to_string(), removed, why],
        )?;
    }
    Ok(())
}

/// Fills a file with zeros, as far as the disk lets one.
fn overwrite(path: &Path) -> io::Result<()> {
    let mut file = File::options().write(true).open(path)?;
    let mut left = file.metadata()?.len();
    let zeros = [0; 1 << 16];
    while left > 0 {
        let some = left.min(zeros.len() as u64);
        // At most 65,536.
        file.write_all(&zeros[..usize::try_from(some).unwrap_or(zeros.len())])?;
        left -= some;
    }
    file.sync_all()
}
