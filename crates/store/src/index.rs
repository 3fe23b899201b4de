//! Derived index files, named by the manifest they answer for.
//!
//! An index is a function of its manifest and of the program that made it. So it
//! can be thrown away at any time, and whoever opens one that does not fit makes
//! it anew from the snapshots. Beside each lies its own SHA-256, for `doctor`:
//! an index is not hashed whenever it is opened, since it is mapped, not read.

use std::fs;
use std::path::PathBuf;

use scruple_model::hash::sha256;

use crate::{DataDir, Manifest, StoreError, write_atomically};

/// Where the index of a manifest is, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexFile {
    /// The file.
    pub path: PathBuf,
    /// Whether it is there.
    pub present: bool,
}

impl DataDir {
    /// The index file of a manifest.
    pub fn index_file(&self, manifest: &Manifest) -> IndexFile {
        let path = self.index_path(manifest);
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

    /// Removes every index but the one of `manifest`, and blobs no snapshot names.
    /// A reader that has one open keeps it.
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
                if !stays(&path) {
                    fs::remove_file(&path).map_err(StoreError::io(&path, "remove"))?;
                }
            }
        }
        Ok(())
    }

    fn index_path(&self, manifest: &Manifest) -> PathBuf {
        // Thirty-two hexadecimal digits name a manifest beyond accident.
        let name = &manifest.hash()[..32];
        self.indexes_folder().join(format!("{name}.idx"))
    }
}
