//! What stood beside the lists when they were taken in: rule packs and matcher.
//!
//! A vintage is a hash over lists, packs and matcher. Lists are kept; the program
//! and its packs move on. So each combination that was in use is noted once, as a
//! text whose meaning is the caller's, and a vintage can be told years later.

use rusqlite::params;
use scruple_model::Date;
use scruple_model::hash::sha256;

use crate::{DataDir, StoreError, db, rows};

/// One combination that was in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surrounded {
    /// The day it was first seen here.
    pub since: Date,
    /// What it was, in the caller's words.
    pub content: String,
}

impl DataDir {
    /// Notes a combination; one that is known keeps its first day.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Database`].
    pub fn note_surroundings(&mut self, content: &str, today: Date) -> Result<(), StoreError> {
        self.must_write()?;
        let path = self.database_path();
        self.db
            .execute(
                "INSERT INTO surroundings (hash, since, content) VALUES (?1, ?2, ?3)
                 ON CONFLICT (hash) DO NOTHING",
                params![sha256(content.as_bytes()), today.to_string(), content],
            )
            .map_err(|error| db::write_error(&path, error))?;
        Ok(())
    }

    /// Every combination noted, newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn surroundings(&self) -> Result<Vec<Surrounded>, StoreError> {
        let all = || -> rusqlite::Result<Vec<Surrounded>> {
            self.db
                .prepare("SELECT since, content FROM surroundings ORDER BY since DESC, rowid DESC")?
                .query_map([], |row| {
                    Ok(Surrounded {
                        since: rows::day(0, &row.get::<_, String>(0)?)?,
                        content: row.get(1)?,
                    })
                })?
                .collect()
        };
        all().map_err(StoreError::db(&self.database_path()))
    }
}
