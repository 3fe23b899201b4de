//! Holdings files: who owns whom, as `ownership` lays it out. Bytes to this crate.
//!
//! ```text
//! DIR/holdings/HASH.own   one file for each source, and one put together from them
//! DIR/person.key          32 random bytes, for ids of people without one; 0600
//! ```
//!
//! They lie uncompressed, because the one that answers is mapped where it lies. Each
//! state names the file that answers and those it was put together from; a state is
//! never changed, only followed, so that an earlier answer can be given again.
//!
//! The key stands beside the database and not in it: a copy of the database or of a
//! holdings file alone cannot be asked for a person.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use scruple_model::Date;
use scruple_model::hash::Hasher;

use crate::atomic::Unfinished;
use crate::dir::{make_owners_only, make_private};
use crate::{DataDir, StoreError, Stored, rows, write_atomically};

/// The bytes of the key.
const KEY: usize = 32;

/// Which holdings files answered from some day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// Counts up with every state recorded.
    pub sequence: i64,
    /// The file that answers.
    pub hash: String,
    /// The day it was put together.
    pub taken: Date,
    /// The files it was put together from.
    pub parts: Vec<String>,
    /// What the caller wants to know of them again, in the caller's words.
    pub note: String,
}

/// A state that is to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHoldings {
    /// The file that answers.
    pub hash: String,
    /// The files it was put together from.
    pub parts: Vec<String>,
    /// What the caller wants to know of them again, in the caller's words.
    pub note: String,
    /// The day it was put together.
    pub taken: Date,
}

impl DataDir {
    /// Puts a holdings file in its place; nothing answers from it yet.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`].
    pub fn put_holdings(&self, bytes: &[u8]) -> Result<Stored, StoreError> {
        self.must_write()?;
        make_private(&self.holdings_folder())?;
        let hash = scruple_model::hash::sha256(bytes);
        let path = self.holdings_path(&hash);
        if !path.is_file() || hash_of(&path).is_ok_and(|found| found != hash) {
            write_atomically(&path, bytes)?;
        }
        Ok(Stored {
            hash,
            bytes: bytes.len() as u64,
        })
    }

    /// The same from a file or a member of an archive, a piece at a time.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`]: also where `from` cannot be read.
    pub fn put_holdings_from(&self, from: &mut dyn io::Read) -> Result<Stored, StoreError> {
        self.must_write()?;
        let folder = self.holdings_folder();
        make_private(&folder)?;
        let mut file = Unfinished::beside(&folder.join("new"))?;
        let mut hasher = Hasher::new();
        let (mut piece, mut bytes) = (vec![0; 1 << 20], 0);
        loop {
            let taken = from
                .read(&mut piece)
                .map_err(StoreError::io(&folder, "fill"))?;
            if taken == 0 {
                break;
            }
            hasher.update(&piece[..taken]);
            bytes += taken as u64;
            file.write_all(&piece[..taken])
                .map_err(StoreError::io(&folder, "write"))?;
        }
        let hash = hasher.finish();
        file.finish(&self.holdings_path(&hash))?;
        Ok(Stored { hash, bytes })
    }

    /// Records a state; from then on it answers. Its files must lie in their places.
    /// Files that no state names are removed.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Damaged`] where a file is missing,
    /// [`StoreError::Database`], [`StoreError::Io`].
    pub fn record_holdings(&mut self, new: &NewHoldings) -> Result<(), StoreError> {
        self.record_with(&[], Some(new)).map(|_| ())
    }

    /// Whether the files of a state lie in their places.
    pub(crate) fn must_hold(&self, new: &NewHoldings) -> Result<(), StoreError> {
        for part in new.parts.iter().chain([&new.hash]) {
            let path = self.holdings_path(part);
            if !path.is_file() {
                return Err(StoreError::damaged(&path, "the file is missing"));
            }
        }
        Ok(())
    }

    /// Every state, in the order recorded.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn holdings(&self) -> Result<Vec<Holdings>, StoreError> {
        let all = || -> rusqlite::Result<Vec<Holdings>> {
            self.db
                .prepare(
                    "SELECT sequence, hash, taken, parts, note FROM holdings ORDER BY sequence",
                )?
                .query_map([], |row| {
                    Ok(Holdings {
                        sequence: row.get(0)?,
                        hash: row.get(1)?,
                        taken: rows::day(2, &row.get::<_, String>(2)?)?,
                        parts: row
                            .get::<_, String>(3)?
                            .split_whitespace()
                            .map(str::to_owned)
                            .collect(),
                        note: row.get(4)?,
                    })
                })?
                .collect()
        };
        all().map_err(StoreError::db(&self.database_path()))
    }

    /// The state that answers from what had been taken by the end of `known_at`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn holdings_known_at(&self, known_at: Date) -> Result<Option<Holdings>, StoreError> {
        let mut all = self.holdings()?;
        all.retain(|one| one.taken <= known_at);
        Ok(all.pop())
    }

    /// Where the holdings file of that hash lies or would lie.
    pub fn holdings_path(&self, hash: &str) -> PathBuf {
        self.holdings_folder().join(format!("{hash}.own"))
    }

    pub(crate) fn holdings_folder(&self) -> PathBuf {
        self.root().join("holdings")
    }

    /// The key for ids of people, made from `random` where there is none yet.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`], [`StoreError::Damaged`] where it
    /// has another length.
    pub fn person_key(
        &self,
        random: impl FnOnce() -> io::Result<[u8; KEY]>,
    ) -> Result<[u8; KEY], StoreError> {
        self.must_write()?;
        let path = self.person_key_path();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = random().map_err(StoreError::io(&path, "make a key for"))?;
                write_atomically(&path, &key)?;
                make_owners_only(&path)?;
                key.to_vec()
            }
            Err(error) => return Err(StoreError::io(&path, "read")(error)),
        };
        bytes.try_into().map_err(|_| {
            StoreError::damaged(
                &path,
                "it is no key of 32 bytes; without the right one people get other ids",
            )
        })
    }

    pub(crate) fn person_key_path(&self) -> PathBuf {
        self.root().join("person.key")
    }

    /// Removes holdings files that no state names: what an import that was given up left.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Io`].
    pub fn tidy_holdings(&self) -> Result<(), StoreError> {
        let folder = self.holdings_folder();
        let named: Vec<PathBuf> = self
            .holdings()?
            .iter()
            .flat_map(|one| one.parts.iter().chain([&one.hash]))
            .map(|hash| self.holdings_path(hash))
            .collect();
        for entry in fs::read_dir(&folder).map_err(StoreError::io(&folder, "read"))? {
            let path = entry.map_err(StoreError::io(&folder, "read"))?.path();
            if !named.contains(&path) {
                fs::remove_file(&path).map_err(StoreError::io(&path, "remove"))?;
            }
        }
        Ok(())
    }
}

/// The hash of a file, read in pieces.
pub(crate) fn hash_of(path: &Path) -> io::Result<String> {
    let mut file = fs::File::open(path)?;
    let mut hasher = Hasher::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hasher.finish()),
            taken => hasher.update(&piece[..taken]),
        }
    }
}
