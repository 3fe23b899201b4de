//! Everything that writes, one step at a time.
//!
//! What a crash leaves depends on which step it came between. So each step that changes
//! the disk goes through here, and a test can stop the world before any of them
//! ([`Hook`]): it is the only way to claim "kill it anywhere" and mean it.
//!
//! A file that others read takes its name whole: written beside under another name,
//! synced, renamed, and the folder synced. A file that grows is appended to and synced
//! before anybody is told that something is in it.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A step that changes the disk, or reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reading a file of the log.
    Read,
    /// Making a folder.
    Folder,
    /// Writing a file under its unfinished name.
    Write,
    /// Adding to the end of a file.
    Append,
    /// Writing over a part of a file.
    Overwrite,
    /// Making a file's bytes last.
    Sync,
    /// Giving a file its name.
    Rename,
    /// Making names in a folder last.
    SyncFolder,
    /// Cutting a file.
    Cut,
    /// Removing a file or folder that is no longer needed.
    Remove,
}

/// Called before each step, for tests.
pub trait Hook: Send + Sync {
    /// `Ok(None)` lets the step happen. `Ok(Some(n))` lets the first `n` bytes of it
    /// happen, and then fails, as a crash in the middle would. An error stops it.
    ///
    /// # Errors
    /// What the disk is to answer.
    fn before(&self, step: Step, path: &Path) -> io::Result<Option<usize>>;
}

/// Files synced side by side.
const AT_ONCE: usize = 16;

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: it is published.
    Public,
    /// Its owner.
    Owner,
}

/// The disk.
#[derive(Clone, Default)]
pub struct Disk {
    hook: Option<Arc<dyn Hook>>,
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Disk")
    }
}

impl Disk {
    /// The machine's own.
    pub fn new() -> Self {
        Self::default()
    }

    /// One that asks before each step.
    pub fn with_hook(hook: Arc<dyn Hook>) -> Self {
        Self { hook: Some(hook) }
    }

    fn before(&self, step: Step, path: &Path) -> io::Result<Option<usize>> {
        match &self.hook {
            None => Ok(None),
            Some(hook) => hook.before(step, path),
        }
    }

    fn whole(&self, step: Step, path: &Path) -> io::Result<()> {
        match self.before(step, path)? {
            None => Ok(()),
            Some(_) => Err(stopped()),
        }
    }

    /// A file's bytes; none where there is no such file.
    pub(crate) fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        self.whole(Step::Read, path)?;
        match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes a file whole under its name. The folder is not synced yet: it is added to
    /// `folders`, for [`Disk::sync_folders`].
    pub(crate) fn place(
        &self,
        path: &Path,
        bytes: &[u8],
        audience: Audience,
        folders: &mut Folders,
    ) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        self.make_folder(folder, audience, folders)?;
        let unfinished = unfinished(path);
        let mut options = OpenOptions::new();
        options.create(true).truncate(true).write(true);
        mode(&mut options, audience);
        let cut = self.before(Step::Write, &unfinished)?;
        let mut file = options.open(&unfinished)?;
        file.write_all(&bytes[..cut.unwrap_or(bytes.len()).min(bytes.len())])?;
        if cut.is_some() {
            return Err(stopped());
        }
        self.whole(Step::Sync, &unfinished)?;
        file.sync_all()?;
        drop(file);
        self.whole(Step::Rename, path)?;
        fs::rename(&unfinished, path)?;
        folders.0.insert(folder.to_owned());
        Ok(())
    }

    /// As [`Disk::place`] for many files that everybody may read. They are synced side by
    /// side: a disk that takes three milliseconds for one takes little more for eight.
    pub(crate) fn place_all(
        &self,
        files: &[(PathBuf, Vec<u8>)],
        folders: &mut Folders,
    ) -> io::Result<()> {
        if self.hook.is_some() || files.len() < 2 {
            return files
                .iter()
                .try_for_each(|(path, bytes)| self.place(path, bytes, Audience::Public, folders));
        }
        for (path, bytes) in files {
            let folder = path.parent().unwrap_or(Path::new("."));
            self.make_folder(folder, Audience::Public, folders)?;
            folders.0.insert(folder.to_owned());
            fs::write(unfinished(path), bytes)?;
        }
        let share = files.len().div_ceil(AT_ONCE);
        std::thread::scope(|scope| {
            let threads: Vec<_> = files
                .chunks(share)
                .map(|files| {
                    scope.spawn(move || {
                        files
                            .iter()
                            .try_for_each(|(path, _)| File::open(unfinished(path))?.sync_all())
                    })
                })
                .collect();
            threads.into_iter().try_for_each(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(io::Error::other("a thread ended")))
            })
        })?;
        files
            .iter()
            .try_for_each(|(path, _)| fs::rename(unfinished(path), path))
    }

    /// As [`Disk::place`], and lasting when it returns.
    pub(crate) fn replace(&self, path: &Path, bytes: &[u8], audience: Audience) -> io::Result<()> {
        let mut folders = Folders::default();
        self.place(path, bytes, audience, &mut folders)?;
        self.sync_folders(folders)
    }

    /// Makes the names in these folders last, the deepest first.
    pub(crate) fn sync_folders(&self, folders: Folders) -> io::Result<()> {
        for folder in folders.0.iter().rev() {
            self.whole(Step::SyncFolder, folder)?;
            if cfg!(unix) {
                // What stands above a relative name of one part is the empty path.
                let here = folder.as_os_str().is_empty();
                File::open(if here { Path::new(".") } else { folder })?.sync_all()?;
            }
        }
        Ok(())
    }

    /// Makes a folder and those above it.
    pub(crate) fn make_folder(
        &self,
        folder: &Path,
        audience: Audience,
        folders: &mut Folders,
    ) -> io::Result<()> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(above) = folder.parent() {
            self.make_folder(above, audience, folders)?;
            folders.0.insert(above.to_owned());
        }
        self.whole(Step::Folder, folder)?;
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        if audience == Audience::Owner {
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        }
        match builder.create(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            outcome => outcome,
        }
    }

    /// Opens a file that grows; it is made where it is missing.
    pub(crate) fn growing(&self, path: &Path) -> io::Result<Growing> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).read(true).write(true);
        mode(&mut options, Audience::Owner);
        let file = options.open(path)?;
        let length = file.metadata()?.len();
        Ok(Growing {
            disk: self.clone(),
            path: path.to_owned(),
            file,
            length,
        })
    }

    /// Removes a file or a folder and what is in it; that it is not there is as good.
    pub(crate) fn remove(&self, path: &Path) -> io::Result<()> {
        self.whole(Step::Remove, path)?;
        let outcome = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        match outcome {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Gives a file another name in the same folder.
    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.whole(Step::Rename, to)?;
        fs::rename(from, to)?;
        let mut folders = Folders::default();
        folders.0.extend(to.parent().map(Path::to_owned));
        self.sync_folders(folders)
    }
}

/// Folders in which names changed.
#[derive(Default)]
pub(crate) struct Folders(BTreeSet<PathBuf>);

/// A file that only grows, but for what is forgotten in it.
pub(crate) struct Growing {
    disk: Disk,
    path: PathBuf,
    file: File,
    length: u64,
}

impl Growing {
    /// Its bytes.
    pub(crate) fn len(&self) -> u64 {
        self.length
    }

    /// Adds to its end. Whatever fails, [`Growing::cut`] to the length before undoes it.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let cut = self.disk.before(Step::Append, &self.path)?;
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file
            .write_all(&bytes[..cut.unwrap_or(bytes.len()).min(bytes.len())])?;
        if cut.is_some() {
            return Err(stopped());
        }
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Makes it last.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.disk.whole(Step::Sync, &self.path)?;
        self.file.sync_data()
    }

    /// Cuts it to a length.
    pub(crate) fn cut(&mut self, length: u64) -> io::Result<()> {
        self.disk.whole(Step::Cut, &self.path)?;
        self.file.set_len(length)?;
        self.length = length;
        Ok(())
    }

    /// Writes over a part of it.
    pub(crate) fn overwrite(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let cut = self.disk.before(Step::Overwrite, &self.path)?;
        self.file.seek(SeekFrom::Start(at))?;
        self.file
            .write_all(&bytes[..cut.unwrap_or(bytes.len()).min(bytes.len())])?;
        if cut.is_some() {
            return Err(stopped());
        }
        Ok(())
    }

    /// Reads exactly so many bytes.
    pub(crate) fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(bytes)
    }
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

fn mode(options: &mut OpenOptions, audience: Audience) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(
        options,
        match audience {
            Audience::Public => 0o644,
            Audience::Owner => 0o600,
        },
    );
    #[cfg(not(unix))]
    let _ = (options, audience);
}

fn stopped() -> io::Error {
    io::Error::other("stopped in the middle, by a test")
}
