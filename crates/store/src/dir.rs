//! The directory: made, locked, opened.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::atomic::UNFINISHED;
use crate::{StoreError, db};

/// What a directory is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Answering: needs no write access, takes no lock, creates nothing.
    Read,
    /// Taking lists in: one at a time.
    Write,
}

/// An open data directory.
pub struct DataDir {
    root: PathBuf,
    pub(crate) db: Connection,
    /// Held as long as this lives; the system lets go of it when the process ends,
    /// however it ends.
    lock: Option<File>,
}

impl DataDir {
    /// Opens the data directory at `root`. For writing it is made where it is missing (0700).
    ///
    /// # Errors
    /// Reading: [`StoreError::Absent`] where there is none. Writing:
    /// [`StoreError::Locked`] where somebody else is. Both: [`StoreError::Newer`],
    /// [`StoreError::Foreign`], [`StoreError::Io`], [`StoreError::Database`].
    pub fn open(root: &Path, mode: Mode) -> Result<Self, StoreError> {
        match mode {
            Mode::Read => Self::open_to_read(root),
            Mode::Write => Self::open_to_write(root),
        }
    }

    /// Opens for reading; `None` where nothing was ever stored.
    ///
    /// # Errors
    /// As [`DataDir::open`], without [`StoreError::Absent`].
    pub fn open_if_present(root: &Path) -> Result<Option<Self>, StoreError> {
        match Self::open(root, Mode::Read) {
            Ok(dir) => Ok(Some(dir)),
            Err(StoreError::Absent(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn open_to_read(root: &Path) -> Result<Self, StoreError> {
        let path = database_path(root);
        match fs::metadata(&path) {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Err(StoreError::Foreign(path)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::Absent(root.to_owned()));
            }
            Err(error) => return Err(StoreError::io(&path, "read")(error)),
        }
        let db = match db::open_to_read(&path) {
            // The first writer has made the file and not yet filled it.
            Err(StoreError::Older { found: 0, .. }) if is_empty(&snapshots_folder(root)) => {
                return Err(StoreError::Absent(root.to_owned()));
            }
            // Written by an earlier version: moved forward where we may write.
            Err(older @ StoreError::Older { found: 1.., .. }) => {
                drop(Self::open_to_write(root).map_err(|_| older)?);
                db::open_to_read(&path)?
            }
            opened => opened?,
        };
        Ok(Self {
            root: root.to_owned(),
            db,
            lock: None,
        })
    }

    fn open_to_write(root: &Path) -> Result<Self, StoreError> {
        make_private(root)?;
        let lock = take_lock(root)?;
        for folder in [snapshots_folder(root), indexes_folder(root)] {
            make_private(&folder)?;
            remove_unfinished(&folder)?;
        }
        let derived = [
            indexes_folder(root).join("past"),
            root.join("watch"),
            root.join("holdings"),
        ];
        for folder in derived {
            if folder.is_dir() {
                remove_unfinished(&folder)?;
            }
        }
        let path = database_path(root);
        let db = db::open_to_write(&path)?;
        make_owners_only(&path)?;
        Ok(Self {
            root: root.to_owned(),
            db,
            lock: Some(lock),
        })
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What it was opened for.
    pub fn mode(&self) -> Mode {
        if self.lock.is_some() {
            Mode::Write
        } else {
            Mode::Read
        }
    }

    pub(crate) fn must_write(&self) -> Result<(), StoreError> {
        match self.mode() {
            Mode::Write => Ok(()),
            Mode::Read => Err(StoreError::ReadOnly(self.root.clone())),
        }
    }

    pub(crate) fn database_path(&self) -> PathBuf {
        database_path(&self.root)
    }

    pub(crate) fn snapshots_folder(&self) -> PathBuf {
        snapshots_folder(&self.root)
    }

    pub(crate) fn indexes_folder(&self) -> PathBuf {
        indexes_folder(&self.root)
    }
}

impl Drop for DataDir {
    /// A write-ahead database makes its reader put two files beside it. So the
    /// writer leaves it without a log: reading creates nothing.
    fn drop(&mut self) {
        if self.lock.is_some() {
            db::fold_log(&self.db, &self.database_path());
        }
        if let Some(lock) = &self.lock {
            // A child that was just started may hold a copy of the descriptor:
            // closing ours alone would leave it locked.
            let _ = lock.unlock();
        }
    }
}

fn database_path(root: &Path) -> PathBuf {
    root.join("scruple.db")
}

fn snapshots_folder(root: &Path) -> PathBuf {
    root.join("snapshots")
}

fn indexes_folder(root: &Path) -> PathBuf {
    root.join("indexes")
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// The lock is on the open file, not on its presence: a file left behind by a
/// process that was killed stops nobody.
fn take_lock(root: &Path) -> Result<File, StoreError> {
    let path = root.join("scruple.lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(StoreError::io(&path, "write"))?;
    match file.try_lock() {
        Ok(()) => {
            make_owners_only(&path)?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked { lock: path }),
        Err(TryLockError::Error(error)) => Err(StoreError::io(&path, "lock")(error)),
    }
}

/// Makes a folder for its owner alone. One that exists keeps its permissions: the
/// user may have opened it on purpose, and `scruple doctor` says so.
pub(crate) fn make_private(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder
        .create(folder)
        .map_err(StoreError::io(folder, "create the directory"))
}

pub(crate) fn make_owners_only(path: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))
            .map_err(StoreError::io(path, "set the permissions"))?;
    }
    Ok(())
}

/// Removes what a writer that was killed left half made. Called under the lock.
fn remove_unfinished(folder: &Path) -> Result<(), StoreError> {
    for entry in fs::read_dir(folder).map_err(StoreError::io(folder, "read"))? {
        let entry = entry.map_err(StoreError::io(folder, "read"))?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let path = entry.path();
            fs::remove_file(&path).map_err(StoreError::io(&path, "remove"))?;
        }
    }
    Ok(())
}
