//! What a publisher's server said last, so that the next request can ask for less.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, params};
use scruple_model::{Date, ListId};

use crate::{DataDir, StoreError, db, rows};

/// The last answer of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The address.
    pub url: String,
    /// The list it gives.
    pub list: ListId,
    /// The server's `ETag`, as it wrote it.
    pub etag: Option<String>,
    /// The server's `Last-Modified`, as it wrote it.
    pub last_modified: Option<String>,
    /// [`Snapshot::hash`](scruple_model::Snapshot::hash) of what was taken in from it; of
    /// a set of files, over all of them.
    pub hash: String,
    /// The day on which the server last gave it, or said that it had not changed.
    pub checked: Date,
}

impl DataDir {
    /// The last answer of `url`; `None` where it was never asked.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn fetched(&self, url: &str) -> Result<Option<Fetched>, StoreError> {
        let find = || {
            self.db
                .prepare(
                    "SELECT url, list, etag, last_modified, hash, checked
                     FROM fetched WHERE url = ?1",
                )?
                .query_row([url], |row| {
                    Ok(Fetched {
                        url: row.get(0)?,
                        list: ListId::new(row.get::<_, String>(1)?),
                        etag: row.get(2)?,
                        last_modified: row.get(3)?,
                        hash: row.get(4)?,
                        checked: rows::day(5, &row.get::<_, String>(5)?)?,
                    })
                })
                .optional()
        };
        find().map_err(StoreError::db(&self.database_path()))
    }

    /// The last day on which a publisher's server gave a file, or said that it had not
    /// changed, by the file's hash.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn confirmed(&self) -> Result<BTreeMap<String, Date>, StoreError> {
        let all = || -> rusqlite::Result<BTreeMap<String, Date>> {
            self.db
                .prepare("SELECT hash, MAX(checked) FROM fetched GROUP BY hash")?
                .query_map([], |row| {
                    Ok((row.get(0)?, rows::day(1, &row.get::<_, String>(1)?)?))
                })?
                .collect()
        };
        all().map_err(StoreError::db(&self.database_path()))
    }

    /// Puts an answer in the place of the one before.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Database`]; the one before stays.
    pub fn put_fetched(&mut self, fetched: &Fetched) -> Result<(), StoreError> {
        self.must_write()?;
        let path = self.database_path();
        self.db
            .execute(
                "INSERT INTO fetched (url, list, etag, last_modified, hash, checked)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (url) DO UPDATE SET
                    list = excluded.list, etag = excluded.etag,
                    last_modified = excluded.last_modified, hash = excluded.hash,
                    checked = excluded.checked",
                params![
                    fetched.url,
                    fetched.list.as_str(),
                    fetched.etag,
                    fetched.last_modified,
                    fetched.hash,
                    fetched.checked.to_string(),
                ],
            )
            .map_err(|error| db::write_error(&path, error))?;
        Ok(())
    }
}
