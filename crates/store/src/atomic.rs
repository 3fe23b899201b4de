//! Files that are either the old one or the new one, never half of each.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::StoreError;

/// Unfinished files begin with this; the next writer removes those in its own directories.
pub(crate) const UNFINISHED: &str = ".unfinished-";

/// Writes `bytes` to `path` so that a crash at any moment leaves the old file or
/// the new one: another name in the same directory, synced, renamed, directory synced.
///
/// The file can be read by its owner only (0600).
///
/// # Errors
/// [`StoreError::Io`] with the path; whatever was at `path` is unchanged.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = Unfinished::beside(path)?;
    file.write_all(bytes)
        .map_err(StoreError::io(path, "write"))?;
    file.finish(path)
}

/// A file under another name, on its way to its own.
pub(crate) struct Unfinished(BufWriter<NamedTempFile>);

impl Unfinished {
    /// Begins a file in the directory of `path`.
    pub(crate) fn beside(path: &Path) -> Result<Self, StoreError> {
        tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(folder(path))
            .map(|file| Self(BufWriter::with_capacity(1 << 16, file)))
            .map_err(StoreError::io(path, "write"))
    }

    /// Syncs and takes the name `path`. Dropped before, the file disappears.
    pub(crate) fn finish(self, path: &Path) -> Result<(), StoreError> {
        let named = || -> io::Result<()> {
            let file = self
                .0
                .into_inner()
                .map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(path).map_err(|error| error.error)?;
            sync_folder(folder(path))
        };
        named().map_err(StoreError::io(path, "write"))
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes a rename in `folder` last. Only Unix lets a directory be opened for that;
/// elsewhere the rename itself is what the system promises.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_write_given_up_halfway_leaves_the_old_file_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("brief.json");
        write_atomically(&path, b"old").unwrap();
        let mut half = Unfinished::beside(&path).unwrap();
        half.write_all(b"ne").unwrap();
        half.flush().unwrap();
        drop(half);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_path_that_cannot_be_written_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("missing/brief.json");
        let error = write_atomically(&path, b"x").unwrap_err().to_string();
        assert!(error.contains("missing/brief.json"), "{error}");
        assert!(error.contains("next: "), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        write_atomically(&path, b"x").unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
