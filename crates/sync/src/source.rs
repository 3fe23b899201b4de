//! Where the bytes come from, and how many of them at most.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use scruple_model::Date;

use crate::{Refusal, SyncError};

/// A file to take in.
pub struct Source<'a> {
    /// Its name without its folder: kept with the snapshot.
    pub origin: String,
    /// Its bytes as given, compressed or not.
    pub bytes: Box<dyn Read + 'a>,
    /// The list's name as the user wants it; else it is made from `origin`.
    pub as_name: Option<String>,
    /// The day the publisher gives, where the user knows it.
    pub published: Option<Date>,
    /// Its terms, in the user's words.
    pub licence: Option<String>,
}

impl<'a> Source<'a> {
    /// Opens a file.
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
        Ok(Self::reader(origin, file))
    }

    /// Takes bytes from anywhere.
    pub fn reader(origin: impl Into<String>, bytes: impl Read + 'a) -> Self {
        Self {
            origin: origin.into(),
            bytes: Box::new(bytes),
            as_name: None,
            published: None,
            licence: None,
        }
    }
}

/// How much is read of a file nobody vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one line; a longer one is kept as unread. 4 MiB: the longest record
    /// seen in the field, a bank with all its names in all scripts, is under 1 MiB.
    pub line: usize,
    /// Bytes of the whole once unpacked; a longer file is refused. 2 GiB.
    pub whole: u64,
    /// Unread records kept with their positions; the rest are counted.
    pub unread_kept: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            line: 4 << 20,
            whole: 2 << 30,
            unread_kept: 100,
        }
    }
}
