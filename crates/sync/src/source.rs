//! Where the bytes come from, and how many of them at most.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use scruple_model::Date;

use crate::{Refusal, SyncError};

/// A file to take in. It is opened more than once: to see what it is, then to read it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name without its folder: kept with the snapshot.
    pub origin: String,
    /// The list's name as the user wants it; else the layout says it, or it is made from `origin`.
    pub as_name: Option<String>,
    /// The day the publisher gives, where the user knows it.
    pub published: Option<Date>,
    /// Its terms, in the user's words.
    pub licence: Option<String>,
    held: Bytes,
}

#[derive(Clone, Debug)]
enum Bytes {
    At(PathBuf),
    Memory(Arc<[u8]>),
    /// A file without a name: a member of an archive, unpacked.
    Unnamed(Arc<File>),
}

impl Source {
    /// A file on disk.
    ///
    /// # Errors
    /// [`SyncError::Unreadable`], or [`SyncError::Refused`] for a directory.
    pub fn file(path: &Path) -> Result<Self, SyncError> {
        let unreadable = |source| SyncError::Unreadable {
            origin: path.display().to_string(),
            source,
        };
        let file = File::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.is_dir() {
            return Err(SyncError::Refused {
                origin: path.display().to_string(),
                why: Refusal::Directory,
            });
        }
        let origin = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        Ok(Self::new(origin, Bytes::At(path.to_owned())))
    }

    /// What can be read once only, a pipe: copied to a file without a name in `scratch`.
    ///
    /// # Errors
    /// [`SyncError::Unreadable`]; [`SyncError::Refused`] where it gives more than a list has.
    pub(crate) fn once(path: &Path, scratch: &Path, limits: &Limits) -> Result<Self, SyncError> {
        let origin = path.display().to_string();
        let unreadable = |source| SyncError::Unreadable {
            origin: origin.clone(),
            source,
        };
        let mut held = tempfile::tempfile_in(scratch).map_err(unreadable)?;
        let from = File::open(path).map_err(unreadable)?;
        let taken = io::copy(&mut from.take(limits.whole + 1), &mut held).map_err(unreadable)?;
        let name = path.file_name().map_or_else(
            || origin.clone(),
            |name| name.to_string_lossy().into_owned(),
        );
        let source = Self::unnamed(name, held);
        if taken > limits.whole {
            return Err(source.refused(Refusal::TooBig {
                limit: limits.whole,
            }));
        }
        Ok(source)
    }

    /// Bytes that are in memory.
    pub fn bytes(origin: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes: Vec<u8> = bytes.into();
        Self::new(origin.into(), Bytes::Memory(bytes.into()))
    }

    pub(crate) fn unnamed(origin: String, file: File) -> Self {
        Self::new(origin, Bytes::Unnamed(Arc::new(file)))
    }

    fn new(origin: String, held: Bytes) -> Self {
        Self {
            origin,
            as_name: None,
            published: None,
            licence: None,
            held,
        }
    }

    /// Its bytes from the beginning.
    pub(crate) fn open(&self) -> Result<Box<dyn ReadSeek>, SyncError> {
        let open = || -> io::Result<Box<dyn ReadSeek>> {
            Ok(match &self.held {
                Bytes::At(path) => Box::new(File::open(path)?),
                Bytes::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
                Bytes::Unnamed(file) => {
                    let mut file = Arc::clone(file);
                    file.rewind()?;
                    Box::new(file)
                }
            })
        };
        open().map_err(|source| self.unreadable(source))
    }

    pub(crate) fn unreadable(&self, source: io::Error) -> SyncError {
        SyncError::Unreadable {
            origin: self.origin.clone(),
            source,
        }
    }

    pub(crate) fn refused(&self, why: Refusal) -> SyncError {
        SyncError::Refused {
            origin: self.origin.clone(),
            why,
        }
    }
}

/// Bytes one can go back in: archives have their table of contents at the end.
pub(crate) trait ReadSeek: Read + io::Seek {}
impl<T: Read + io::Seek> ReadSeek for T {}

/// How much is read of a file nobody vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one line or record; a longer line is kept as unread. 4 MiB: the
    /// longest record seen in the field, a bank with all its names in all scripts,
    /// is under 1 MiB.
    pub line: usize,
    /// Bytes of the whole once unpacked; a longer file is refused. 2 GiB.
    pub whole: u64,
    /// Bytes of a workbook as given; a longer one is refused. 64 MiB.
    pub workbook: u64,
    /// Files in one archive; one with more is refused. 1,000.
    pub members: usize,
    /// Unread records kept with their positions; the rest are counted.
    pub unread_kept: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            line: 4 << 20,
            whole: 2 << 30,
            workbook: 64 << 20,
            members: 1_000,
            unread_kept: 1_000,
        }
    }
}
