//! Derived index files, named by the manifest they answer for.
//!
//! An index is a function of its manifest and of the program that made it. So it
//! can be thrown away at any time, and whoever opens one that does not fit makes
//! it anew from the snapshots. Beside each lies its own SHA-256, for `doctor`:
//! an index is not hashed whenever it is opened, since it is mapped, not read.
//!
//! Questions about the past need an index of another manifest. A few of these are
//! kept under `past/`, the least recently used of them goes first.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use scruple_model::hash::sha256;

use crate::dir::make_private;
use crate::{DataDir, Manifest, StoreError, write_atomically};

/// How many indexes of the past are kept beside the current one.
const PAST_KEPT: usize = 4;

/// Where the index of a manifest is, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexFile {
    /// The file.
    pub path: PathBuf,
    /// Whether it is there.
    pub present: bool,
}

impl DataDir {
    /// The index file of a manifest; also of one that is past.
    pub fn index_file(&self, manifest: &Manifest) -> IndexFile {
        let path = self.index_path(manifest);
        let past = self.past_path(manifest);
        if !path.is_file() && past.is_file() {
            // Where this cannot be written, nothing is ever removed either.
            let _ = self.mark_used(&past);
            return IndexFile {
                path: past,
                present: true,
            };
        }
        IndexFile {
            present: path.is_file(),
            path,
        }
    }

    /// Puts an index in its place.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`]; an older index stays.
    pub fn put_index(&self, manifest: &Manifest, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        self.must_write()?;
        let path = self.index_path(manifest);
        write_atomically(&path, bytes)?;
        write_atomically(&path.with_extension("sha256"), sha256(bytes).as_bytes())?;
        Ok(path)
    }

    /// Puts the index of a manifest that is past into the bounded cache; the one
    /// used least recently makes room.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`]; the others stay.
    pub fn put_past_index(&self, manifest: &Manifest, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        self.must_write()?;
        make_private(&self.past_folder())?;
        let path = self.past_path(manifest);
        write_atomically(&path, bytes)?;
        self.mark_used(&path)?;
        let mut kept = self.past_indexes()?;
        kept.sort();
        let surplus = kept.len().saturating_sub(PAST_KEPT);
        for (_, old) in kept.into_iter().take(surplus) {
            fs::remove_file(&old).map_err(StoreError::io(&old, "remove"))?;
        }
        Ok(path)
    }

    /// Removes every index of the past.
    pub(crate) fn forget_past_indexes(&self) -> Result<(), StoreError> {
        for (_, path) in self.past_indexes()? {
            fs::remove_file(&path).map_err(StoreError::io(&path, "remove"))?;
        }
        Ok(())
    }

    /// The indexes of the past with the time of their last use.
    fn past_indexes(&self) -> Result<Vec<(SystemTime, PathBuf)>, StoreError> {
        let folder = self.past_folder();
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for entry in fs::read_dir(&folder).map_err(StoreError::io(&folder, "read"))? {
            let entry = entry.map_err(StoreError::io(&folder, "read"))?;
            let used = entry
                .metadata()
                .and_then(|metadata| metadata.modified())
                .map_err(StoreError::io(entry.path(), "read"))?;
            found.push((used, entry.path()));
        }
        Ok(found)
    }

    /// Makes a file the newest of them. The order is kept in the files' times, and
    /// counted from one another: no clock is asked.
    fn mark_used(&self, path: &Path) -> Result<(), StoreError> {
        let latest = self.past_indexes()?.into_iter().max();
        if let Some((used, last)) = latest
            && last != path
        {
            File::options()
                .write(true)
                .open(path)
                .and_then(|file| file.set_modified(used + Duration::from_secs(1)))
                .map_err(StoreError::io(path, "write"))?;
        }
        Ok(())
    }

    /// Removes every index but the one of `manifest` and those of the past, and
    /// blobs no snapshot names. A reader that has one open keeps it.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`], [`StoreError::Database`].
    pub fn tidy(&self, manifest: &Manifest) -> Result<(), StoreError> {
        self.must_write()?;
        let current = self.index_path(manifest);
        let held = self.snapshots()?;
        let stays = |path: &PathBuf| {
            path.with_extension("") == current.with_extension("")
                || held.iter().any(|one| *path == self.blob_path(&one.blob))
        };
        for folder in [self.indexes_folder(), self.snapshots_folder()] {
            for entry in fs::read_dir(&folder).map_err(StoreError::io(&folder, "read"))? {
                let path = entry.map_err(StoreError::io(&folder, "read"))?.path();
                if path != self.past_folder() && !stays(&path) {
                    fs::remove_file(&path).map_err(StoreError::io(&path, "remove"))?;
                }
            }
        }
        Ok(())
    }

    fn index_path(&self, manifest: &Manifest) -> PathBuf {
        self.indexes_folder().join(file_name(manifest))
    }

    fn past_path(&self, manifest: &Manifest) -> PathBuf {
        self.past_folder().join(file_name(manifest))
    }

    fn past_folder(&self) -> PathBuf {
        self.indexes_folder().join("past")
    }
}

/// Thirty-two hexadecimal digits name a manifest beyond accident.
fn file_name(manifest: &Manifest) -> String {
    format!("{}.idx", &manifest.hash()[..32])
}
