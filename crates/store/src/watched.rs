//! What a watched file was last screened against: one file for each, replaced whole.
//!
//! A million watched parties are a million keyed hashes that are always read and
//! written together. As rows they would be rewritten one by one, and what stood in
//! them would have to be overwritten; as one file they are replaced by a rename.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::dir::make_private;
use crate::{DataDir, StoreError, write_atomically};

impl DataDir {
    /// What was kept under a label; `None` where nothing was.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn watched(&self, label: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.watch_path(label);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(&path, "read")(error)),
        }
    }

    /// Keeps bytes under a label, in place of what was there.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`]; what was there stays.
    pub fn put_watched(&self, label: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.must_write()?;
        make_private(&self.watch_folder())?;
        write_atomically(&self.watch_path(label), bytes)
    }

    /// Lets go of what was kept under a label; true if something was.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`].
    pub fn forget_watched(&self, label: &str) -> Result<bool, StoreError> {
        self.must_write()?;
        let path = self.watch_path(label);
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(StoreError::io(&path, "remove")(error)),
        }
    }

    /// The labels under which something is kept, sorted.
    ///
    /// # Errors
    /// [`StoreError::Io`].
    pub fn watched_labels(&self) -> Result<Vec<String>, StoreError> {
        let folder = self.watch_folder();
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut labels = Vec::new();
        for entry in fs::read_dir(&folder).map_err(StoreError::io(&folder, "read"))? {
            let name = entry.map_err(StoreError::io(&folder, "read"))?.file_name();
            let name = name.to_string_lossy().into_owned();
            if name.bytes().all(|b| b.is_ascii_hexdigit()) {
                labels.push(name);
            }
        }
        labels.sort();
        Ok(labels)
    }

    fn watch_folder(&self) -> PathBuf {
        self.root().join("watch")
    }

    /// A label is made of hexadecimal digits; anything else would be a path.
    fn watch_path(&self, label: &str) -> PathBuf {
        let label: String = label.chars().filter(char::is_ascii_hexdigit).collect();
        self.watch_folder().join(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mode;

    #[test]
    fn what_is_kept_comes_back_until_it_is_let_go() {
        let dir = tempfile::tempdir().unwrap();
        let store = DataDir::open(dir.path(), Mode::Write).unwrap();
        assert_eq!(store.watched("a1").unwrap(), None);
        assert!(store.watched_labels().unwrap().is_empty());
        store.put_watched("a1", b"one").unwrap();
        store.put_watched("a1", b"two").unwrap();
        store.put_watched("b2", b"x").unwrap();
        assert_eq!(store.watched("a1").unwrap().unwrap(), b"two");
        assert_eq!(store.watched_labels().unwrap(), ["a1", "b2"]);
        assert!(store.forget_watched("a1").unwrap());
        assert!(!store.forget_watched("a1").unwrap());
        assert_eq!(store.watched_labels().unwrap(), ["b2"]);
    }

    #[test]
    fn a_label_leads_nowhere_else() {
        let dir = tempfile::tempdir().unwrap();
        let store = DataDir::open(dir.path(), Mode::Write).unwrap();
        store.put_watched("../a", b"x").unwrap();
        assert_eq!(store.watched_labels().unwrap(), ["a"]);
    }
}
