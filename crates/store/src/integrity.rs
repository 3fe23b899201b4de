//! What `scruple doctor` looks at: is everything there, unaltered and private?

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use scruple_model::hash::sha256;

use crate::holdings::hash_of;
use crate::{DataDir, StoreError};

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of thing.
    pub kind: FaultKind,
    /// Which file or folder.
    pub path: PathBuf,
    /// What is wrong, without a full stop.
    pub what: String,
    /// What to do next.
    pub next: &'static str,
}

/// Kinds of faults, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// The database is damaged.
    Database,
    /// A snapshot is missing or altered.
    Snapshot,
    /// A holdings file is missing or altered.
    Holdings,
    /// The current index is missing or altered. It mends itself when next opened.
    Index,
    /// Others on this machine can read it.
    Permissions,
}

const TAKE_AGAIN: &str = "take that list in again with `scruple sync`";
const IMPORT_AGAIN: &str = "import its sources again with `scruple ownership import`";
const REBUILD: &str = "nothing: it is built again from the snapshots when next needed";
const CLOSE: &str = "close it to others: chmod 700 for folders, 600 for files";

impl DataDir {
    /// Looks at everything; an empty answer says that all of it is as it should be.
    /// Faults come worst first, then by path.
    ///
    /// # Errors
    /// Only where looking itself fails: [`StoreError::Database`].
    pub fn integrity(&self) -> Result<Vec<Fault>, StoreError> {
        let mut faults = Vec::new();
        self.look_at_database(&mut faults)?;
        self.look_at_snapshots(&mut faults)?;
        self.look_at_holdings(&mut faults)?;
        self.look_at_index(&mut faults)?;
        self.look_at_permissions(&mut faults);
        faults.sort_by(|a, b| (a.kind, &a.path).cmp(&(b.kind, &b.path)));
        Ok(faults)
    }

    fn look_at_database(&self, faults: &mut Vec<Fault>) -> Result<(), StoreError> {
        let path = self.database_path();
        let check = || -> rusqlite::Result<Vec<String>> {
            self.db
                .prepare("PRAGMA integrity_check(10)")?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        for what in check().map_err(StoreError::db(&path))? {
            if what != "ok" {
                faults.push(Fault {
                    kind: FaultKind::Database,
                    path: path.clone(),
                    what,
                    next: "move the directory away and take the lists in again with `scruple sync`",
                });
            }
        }
        Ok(())
    }

    fn look_at_snapshots(&self, faults: &mut Vec<Fault>) -> Result<(), StoreError> {
        let mut blobs: Vec<(String, String)> = self
            .snapshots()?
            .into_iter()
            .map(|held| (held.blob, held.snapshot.list.to_string()))
            .collect();
        blobs.sort_unstable();
        blobs.dedup_by(|a, b| a.0 == b.0);
        for (blob, list) in blobs {
            let what = match self.read_blob(&blob) {
                Err(StoreError::Damaged { what, .. }) => what,
                Err(error) => error.to_string(),
                Ok(mut content) => match io::copy(&mut content, &mut io::sink()) {
                    Ok(_) => continue,
                    Err(error) => error.to_string(),
                },
            };
            faults.push(Fault {
                kind: FaultKind::Snapshot,
                path: self.blob_path(&blob),
                what: format!("snapshot of {list}: {what}"),
                next: TAKE_AGAIN,
            });
        }
        Ok(())
    }

    fn look_at_holdings(&self, faults: &mut Vec<Fault>) -> Result<(), StoreError> {
        let mut hashes: Vec<String> = self
            .holdings()?
            .into_iter()
            .flat_map(|one| one.parts.into_iter().chain([one.hash]))
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        for hash in hashes {
            let path = self.holdings_path(&hash);
            let what = match hash_of(&path) {
                Ok(found) if found == hash => continue,
                Ok(_) => "the holdings file was altered".to_owned(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    "the holdings file is missing".to_owned()
                }
                Err(error) => error.to_string(),
            };
            faults.push(Fault {
                kind: FaultKind::Holdings,
                path,
                what,
                next: IMPORT_AGAIN,
            });
        }
        Ok(())
    }

    fn look_at_index(&self, faults: &mut Vec<Fault>) -> Result<(), StoreError> {
        let manifest = self.manifest()?;
        if manifest.is_empty() {
            return Ok(());
        }
        let path = self.index_file(&manifest).path;
        let what = match (read(&path), read(&path.with_extension("sha256"))) {
            (Ok(bytes), Ok(sum)) if sha256(&bytes).as_bytes() == sum => return Ok(()),
            (Ok(_), Ok(_)) => "the index was altered".to_owned(),
            (Ok(_), Err(_)) => "the index has no checksum beside it".to_owned(),
            (Err(error), _) if error.kind() == io::ErrorKind::NotFound => {
                "there is no index of the current lists".to_owned()
            }
            (Err(error), _) => error.to_string(),
        };
        faults.push(Fault {
            kind: FaultKind::Index,
            path,
            what,
            next: REBUILD,
        });
        Ok(())
    }

    /// List files are public, but which lists somebody holds, and later what they
    /// decided, is theirs.
    fn look_at_permissions(&self, faults: &mut Vec<Fault>) {
        for path in [
            self.root().to_owned(),
            self.database_path(),
            self.snapshots_folder(),
            self.indexes_folder(),
            self.holdings_folder(),
            self.person_key_path(),
            self.root().join("review.key"),
            self.root().join("watch"),
        ] {
            if let Some(mode) = open_to_others(&path) {
                faults.push(Fault {
                    kind: FaultKind::Permissions,
                    what: format!("others on this machine can reach it (mode {mode:o})"),
                    path,
                    next: CLOSE,
                });
            }
        }
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn open_to_others(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> Option<u32> {
    None
}
