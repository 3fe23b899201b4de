//! A file as bytes, mapped into memory: the one place in the house with `unsafe`.
//!
//! An index of every list is tens of megabytes, and one screening reads a few
//! hundred kilobytes of it. Reading the file whole would cost the start of every
//! command its time and its memory; mapped, the pages that are needed come from
//! the system's cache and belong to nobody in particular.
//!
//! Rejected: reading at offsets (`pread`) behind a page cache of our own, which
//! needs no `unsafe` but copies every posting list and cannot lend a slice.
//!
//! # What the caller promises
//! [`Mapped::open`] is for files that never change once they have their name:
//! written under another name, synced, renamed, in a directory of mode 0700. A
//! new index is a new file; the old one lives on for whoever still maps it.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;

/// A file's bytes. Dereferences to `&[u8]`; unmapped when dropped.
#[derive(Debug)]
pub struct Mapped {
    // An empty file cannot be mapped: none is kept, and the slice is empty.
    map: Option<memmap2::Mmap>,
}

impl Mapped {
    /// Maps the file at `path` for reading.
    ///
    /// # Errors
    /// Whatever the system says about opening or mapping: not found, no
    /// permission, a directory, no memory left to map it into.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = File::open(path)?;
        let about = file.metadata()?;
        if !about.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "not a regular file, so it cannot be mapped",
            ));
        }
        if about.len() == 0 {
            return Ok(Self { map: None });
        }
        // SAFETY: a mapping is unsound when the file is written to or cut short
        // while it is borrowed as `&[u8]`. The files mapped here are immutable:
        // each is written under another name, synced and only then renamed into
        // place, and is never opened for writing again; a newer index is another
        // file. They stand in a directory of mode 0700 of one user, so nobody
        // else can write them; that user overwriting a file by hand is outside
        // the promise, as it is for a running program's own executable. The
        // mapping is read-only and private, and `Mmap` owns it until drop, so
        // no borrow outlives it.
        let map = unsafe { memmap2::MmapOptions::new().map_copy_read_only(&file)? };
        Ok(Self { map: Some(map) })
    }
}

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.map.as_deref().unwrap_or(&[])
    }
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Mapped;

    #[test]
    fn gives_the_bytes_of_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("index");
        std::fs::write(&path, b"scruple").unwrap();
        assert_eq!(&*Mapped::open(&path).unwrap(), b"scruple");
    }

    #[test]
    fn an_empty_file_is_an_empty_slice() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(Mapped::open(file.path()).unwrap().is_empty());
    }

    #[test]
    fn a_renamed_successor_leaves_the_old_bytes_readable() {
        let dir = tempfile::tempdir().unwrap();
        let (path, next) = (dir.path().join("index"), dir.path().join("index.new"));
        std::fs::write(&path, b"old").unwrap();
        let old = Mapped::open(&path).unwrap();
        std::fs::write(&next, b"new").unwrap();
        std::fs::rename(&next, &path).unwrap();
        assert_eq!(&*old, b"old");
        assert_eq!(&*Mapped::open(&path).unwrap(), b"new");
    }

    #[test]
    fn what_cannot_be_mapped_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Mapped::open(dir.path()).is_err());
        assert!(Mapped::open(dir.path().join("absent")).is_err());
    }
}
