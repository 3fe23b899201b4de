//! What can go wrong with the data directory, as data.

use std::io;
use std::path::{Path, PathBuf};

/// Why the store could not do what was asked. The state before stays in place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Nothing was stored there yet.
    #[error("{}: no data directory yet; next: take a list in with `scruple sync`", .0.display())]
    Absent(PathBuf),
    /// The file system refused.
    #[error("{}: cannot {doing}: {source}; next: {}", path.display(), next_of(source))]
    Io {
        /// On which path.
        path: PathBuf,
        /// Doing what: "write", "read", "create the directory".
        doing: &'static str,
        /// The system's own words.
        source: io::Error,
    },
    /// Another process is writing.
    #[error("{}: another process is writing to this data directory; next: wait until it ends, then try again", .lock.display())]
    Locked {
        /// The lock file; it may stay when nobody holds it.
        lock: PathBuf,
    },
    /// Written by a later version of scruple.
    #[error("{}: written in format {found} by scruple {needs}, this version reads up to {known}; next: use scruple {needs} or later", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its format number.
        found: i64,
        /// The newest we read.
        known: i64,
        /// The version that wrote it, as far as it says so.
        needs: String,
    },
    /// Written by an earlier version, and we may not write.
    #[error("{}: written in format {found}, this version reads {known}; next: open it once for writing, for example with `scruple sync`", path.display())]
    Older {
        /// The database.
        path: PathBuf,
        /// Its format number.
        found: i64,
        /// The one we read.
        known: i64,
    },
    /// A file of that name that is not ours.
    #[error("{}: not a scruple database; next: choose another directory with --data", .0.display())]
    Foreign(PathBuf),
    /// SQLite says no.
    #[error("{}: {source}; next: run `scruple doctor`", path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// SQLite's own words.
        source: rusqlite::Error,
    },
    /// A stored file is not what its name says.
    #[error("{}: damaged ({what}); next: take the list in again with `scruple sync`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How it shows.
        what: String,
    },
    /// A snapshot that answers today cannot leave.
    #[error("{list}: the copy of {day} answers today and stays; next: take a newer one in first")]
    Kept {
        /// The list.
        list: String,
        /// The snapshot's day.
        day: String,
    },
    /// A writing call on a directory opened for reading.
    #[error("{}: opened for reading only; next: open it for writing", .0.display())]
    ReadOnly(PathBuf),
}

impl StoreError {
    pub(crate) fn io(
        path: impl Into<PathBuf>,
        doing: &'static str,
    ) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            path: path.into(),
            doing,
            source,
        }
    }

    pub(crate) fn db(path: &Path) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| Self::Database {
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            what: what.into(),
        }
    }
}

fn next_of(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space and try again; what was there before is unchanged"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose a directory you may write to, or change its permissions"
        }
        io::ErrorKind::NotFound => "check the path",
        _ => "check the path and the disk; what was there before is unchanged",
    }
}
