//! What a publisher's server said last, so that the next request can ask for less.

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
    /// SHA-256 of the body.
    pub hash: String,
    /// The day it was last asked.
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
