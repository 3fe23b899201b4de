//! A log that this data directory writes.
//!
//! The order of steps is the promise. An entry is confirmed when content, salt and
//! commitment are synced. A checkpoint is signed when the files that give its root are
//! synced and were read back. What was signed is written down here before anybody can
//! see it; only then is it published. So after a crash between any two steps the log
//! goes on from what it wrote down, and never signs two roots for one size.
//!
//! What one machine cannot know is whether it is an old copy of itself. Witnesses and
//! whoever audits the log know, so they are asked before a new checkpoint is signed.

mod append;
mod create;
mod disclose;
mod release;
mod rotate;
mod shared;
mod sign;
mod told;

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use scruple_note::{Signer, Verifier};

use crate::checkpoint::{Checkpoint, CheckpointFault};
use crate::disk::Disk;
use crate::error::LedgerError;
use crate::keys::Keys;
use crate::merkle::{Hash, Range};
use crate::place::Place;
use crate::settings::Settings;
use crate::tile::{Kind, Tile, TileFault, WIDTH, read_entries, read_hashes, tile_at};
use crate::tree::{Prover, Tiles};
use crate::vault::Vault;
use crate::waiting::{Lines, Waiting};
use crate::witness::Policy;

pub use append::{NewEntry, Receipt, Standing};
pub use create::{Created, NewLog};
pub use disclose::Kept;
pub use release::Ticked;
pub(crate) use rotate::followers;
pub use rotate::{HANDOVER, Handover, Rotated, handover_text, open_handover};
pub use shared::Shared;
pub use sign::{Published, Witnessing};
pub use told::{RECEIPT, ReceiptLine};

/// 32 random bytes from the system, each time it is called.
pub type Random<'a> = dyn FnMut() -> std::io::Result<[u8; 32]> + 'a;

/// An open log: the one writer it has.
pub struct Log {
    disk: Disk,
    place: Place,
    settings: Settings,
    signer: Signer,
    secret: [u8; 32],
    policy: Option<Policy>,
    vault: Vault,
    keys: Keys,
    waiting: Vec<Waiting>,
    /// The last checkpoint that was signed, and its note.
    signed: Checkpoint,
    note: String,
    /// The right edge of the signed tree.
    edge: Range,
    /// When the last entry was made, by the clock of then.
    newest: i64,
    /// Half-written entries that a crash left, and which were never confirmed.
    cut: u64,
    // Released last, when everything else is closed.
    _lock: Lock,
}

/// What a log is opened with.
pub struct Opening<'a> {
    /// The data directory.
    pub data: &'a Path,
    /// The log's name.
    pub origin: &'a str,
    /// The published directory, where it was moved since.
    pub public: Option<&'a Path>,
    /// The key, where a command gives it; else it is read from its file.
    pub signer: Option<Signer>,
    /// How long to wait for another writer.
    pub patience: Duration,
    /// The disk.
    pub disk: Disk,
}

/// What a log says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Its name.
    pub origin: String,
    /// The key that checks it.
    pub verifier: String,
    /// Entries that are in the signed tree.
    pub signed: u64,
    /// Entries that are kept, the signed ones among them.
    pub entries: u64,
    /// Entries that wait for their hour.
    pub waiting: u64,
    /// Those of them that should be in the log already.
    pub overdue: u64,
    /// Half-written entries that a crash left; nobody was told that they are in.
    pub cut: u64,
}

impl Log {
    /// Opens a log to write to it: takes its lock, looks the key over, cuts off what a
    /// crash left, checks that the published tree is the signed one.
    ///
    /// # Errors
    /// [`LedgerError`]: locked, a key that others can read, damage, a published state
    /// that is later than ours.
    pub fn open(opening: Opening<'_>) -> Result<Self, LedgerError> {
        Self::open_as(opening, false)
    }

    /// Opens a log whose published files are damaged, and builds them again from the
    /// entries kept here, if these give the root that was signed; else nothing is written.
    ///
    /// # Errors
    /// As [`Log::open`]; [`LedgerError::Tree`] where the entries give another root.
    pub fn repair(opening: Opening<'_>) -> Result<Self, LedgerError> {
        Self::open_as(opening, true)
    }

    fn open_as(opening: Opening<'_>, rebuild: bool) -> Result<Self, LedgerError> {
        let Opening {
            data,
            origin,
            public,
            signer,
            patience,
            disk,
        } = opening;
        let private = crate::place::folder(data, origin);
        let settings = read_settings(&disk, &private, origin)?;
        let mut place = Place {
            private,
            public: settings.public.clone(),
        };
        let lock = Lock::take(&place, patience)?;
        if let Some(public) = public {
            place.public = std::path::absolute(public).map_err(LedgerError::io(public))?;
        }
        rotate::finish(&disk, &place, origin)?;
        let signer = match signer {
            Some(signer) => signer,
            None => crate::key_file::read(&place.private("key"))?,
        };
        if signer.name() != origin {
            return Err(LedgerError::Key(format!(
                "the key signs as {}, and the log is {origin}\n  next: give the key that was made with this log",
                signer.name()
            )));
        }
        same_log(&disk, &place, &signer)?;
        let path = place.private("signed");
        let note = disk
            .read(&path)
            .map_err(LedgerError::io(&path))?
            .ok_or_else(|| LedgerError::Damaged {
                path: path.clone(),
                what: "the file is missing, and with it what was signed last".to_owned(),
                next: "restore it; a log must not sign without knowing what it signed before",
            })?;
        let signed = own(&note, &signer, &path)?;
        let note = String::from_utf8(note).expect("a note that was opened is UTF-8");
        let mut vault = Vault::open(&disk, &place.private)?;
        let was_cut = vault.finish_forgetting()?;
        let cut = vault.recover(signed.size)?;
        let mut tiles = OwnTiles {
            disk: &disk,
            place: &place,
        };
        let mut edge = Range::default();
        if !rebuild {
            edge = Prover::new(&mut tiles, signed.size).edge(signed.size)?;
            if edge.root() != signed.root {
                return Err(LedgerError::tree(signed.size, &edge.root(), &signed.root));
            }
            last_bundle(&disk, &place, signed.size)?;
        }
        let keys_path = place.private("keys");
        let mut keys = Keys::open(&disk, &keys_path, vault.len(), was_cut)
            .map_err(LedgerError::io(&keys_path))?;
        for index in keys.covered()..vault.len() {
            let record = vault.record(index)?;
            if !record.is_forgotten() {
                keys.insert(&record.key, index)
                    .map_err(LedgerError::io(&keys_path))?;
            }
        }
        let newest = match vault.len() {
            0 => i64::MIN,
            count => vault.record(count - 1)?.time,
        };
        let waiting = Lines::new(&disk, place.private("waiting")).read()?;
        let mut log = Self {
            secret: read_secret(&disk, &place)?,
            policy: read_policy(&disk, &place)?,
            disk,
            place,
            settings,
            signer,
            vault,
            keys,
            waiting,
            signed,
            note,
            edge,
            newest,
            cut,
            _lock: lock,
        };
        log.compare_with_published()?;
        if rebuild {
            log.rebuild()?;
        }
        if log.settings.public != log.place.public {
            // It was moved, and it is this log's: found there from now on.
            log.settings.public.clone_from(&log.place.public);
            let path = log.place.private("log.toml");
            log.disk
                .replace(
                    &path,
                    log.settings.to_text().as_bytes(),
                    crate::disk::Audience::Owner,
                )
                .map_err(LedgerError::io(&path))?;
        }
        Ok(log)
    }

    /// What it says of itself.
    pub fn status(&self, now: i64) -> Status {
        Status {
            origin: self.settings.origin.clone(),
            verifier: self.signer.verifier().to_string(),
            signed: self.signed.size,
            entries: self.vault.len(),
            waiting: self.waiting.len() as u64,
            overdue: self.waiting.iter().filter(|one| one.by < now).count() as u64,
            cut: self.cut,
        }
    }

    /// The last checkpoint that was signed.
    pub fn signed(&self) -> &Checkpoint {
        &self.signed
    }

    /// Its settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whose cosignatures are asked for.
    pub fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }

    /// Where its files are.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The published checkpoint may be older than what we signed, if a crash came
    /// between; never later, and never another of the same size.
    fn compare_with_published(&self) -> Result<(), LedgerError> {
        let path = self.place.public("checkpoint");
        let Some(note) = self.disk.read(&path).map_err(LedgerError::io(&path))? else {
            return Ok(());
        };
        let published = match own(&note, &self.signer, &path) {
            Ok(published) => published,
            // Half a file or a changed one: ours is written over it.
            Err(LedgerError::Checkpoint {
                fault: CheckpointFault::Note(_) | CheckpointFault::Text(_),
                ..
            }) => return Ok(()),
            Err(other) => return Err(other),
        };
        let who = "the published checkpoint".to_owned();
        if published.size > self.signed.size {
            return Err(LedgerError::Behind {
                who,
                seen: published.size,
                here: self.signed.size,
            });
        }
        if published.size == self.signed.size && published.root != self.signed.root {
            return Err(LedgerError::Fork {
                who,
                size: published.size,
            });
        }
        Ok(())
    }

    fn verifier(&self) -> Verifier {
        self.signer.verifier()
    }
}

/// A checkpoint of this very log.
fn own(note: &[u8], signer: &Signer, path: &Path) -> Result<Checkpoint, LedgerError> {
    Checkpoint::open(note, &[signer.verifier()]).map_err(|fault| LedgerError::Checkpoint {
        path: path.to_owned(),
        fault,
    })
}

/// The published directory may have been put in another's place: nothing of ours is
/// written over another log.
fn same_log(disk: &Disk, place: &Place, signer: &Signer) -> Result<(), LedgerError> {
    let path = place.public("log.vkey");
    let found = disk.read(&path).map_err(LedgerError::io(&path))?;
    let found = found.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    match found {
        Some(found) if found != signer.verifier().to_string() => Err(LedgerError::Damaged {
            path,
            what: format!(
                "it names the key {found}, and this log signs with {}",
                signer.verifier()
            ),
            next: "the directory is another log's, or was changed: put this log's own in its place",
        }),
        Some(_) => Ok(()),
        None => disk
            .replace(
                &path,
                format!("{}\n", signer.verifier()).as_bytes(),
                crate::disk::Audience::Public,
            )
            .map_err(LedgerError::io(&path)),
    }
}

/// Reads the settings of the log of a name.
pub(crate) fn read_settings(
    disk: &Disk,
    private: &Path,
    origin: &str,
) -> Result<Settings, LedgerError> {
    let path = private.join("log.toml");
    let text = disk
        .read(&path)
        .map_err(LedgerError::io(&path))?
        .ok_or_else(|| LedgerError::Absent(origin.to_owned()))?;
    Settings::parse(&String::from_utf8_lossy(&text)).map_err(|what| LedgerError::Damaged {
        path,
        what,
        next: "mend it, or restore it from a backup",
    })
}

fn read_secret(disk: &Disk, place: &Place) -> Result<[u8; 32], LedgerError> {
    let path = place.private("secret");
    let bytes = disk.read(&path).map_err(LedgerError::io(&path))?;
    bytes
        .and_then(|bytes| crate::merkle::from_base64(String::from_utf8_lossy(&bytes).trim()))
        .ok_or_else(|| LedgerError::Damaged {
            path,
            what: "it is missing or changed: an entry sent a second time would not be known"
                .to_owned(),
            next: "restore it from a backup",
        })
}

fn read_policy(disk: &Disk, place: &Place) -> Result<Option<Policy>, LedgerError> {
    let path = place.private("policy");
    let Some(bytes) = disk.read(&path).map_err(LedgerError::io(&path))? else {
        return Ok(None);
    };
    let policy = Policy::parse(&bytes).map_err(|faults| LedgerError::Damaged {
        path,
        what: faults
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; "),
        next: "mend it, or restore it from a backup",
    })?;
    Ok(Some(policy))
}

/// The tiles as they are published here.
pub(crate) struct OwnTiles<'a> {
    pub(crate) disk: &'a Disk,
    pub(crate) place: &'a Place,
}

impl Tiles for OwnTiles<'_> {
    type Fault = LedgerError;

    fn hashes(&mut self, tile: Tile) -> Result<Vec<Hash>, LedgerError> {
        const NEXT: &str = "scruple ledger repair builds it again from the entries kept here";
        let path = self.place.public(&tile.path());
        let found = self.disk.read(&path).map_err(LedgerError::io(&path))?;
        let (path, bytes) = match found {
            Some(bytes) => (path, bytes),
            // A part may be gone once the whole is there.
            None => {
                let whole = self.place.public(&tile.full().path());
                let bytes = self.disk.read(&whole).map_err(LedgerError::io(&whole))?;
                let Some(mut bytes) = bytes else {
                    return Err(LedgerError::Damaged {
                        path,
                        what: "the file is missing".to_owned(),
                        next: NEXT,
                    });
                };
                bytes.truncate(usize::try_from(tile.width * 32).expect("at most 8 KB"));
                (whole, bytes)
            }
        };
        read_hashes(&bytes, tile.width).map_err(|fault: TileFault| LedgerError::Damaged {
            path,
            what: fault.to_string(),
            next: NEXT,
        })
    }
}

/// The bundle that grows next has to be whole: writing it again would hide that it was not.
fn last_bundle(disk: &Disk, place: &Place, size: u64) -> Result<(), LedgerError> {
    const NEXT: &str = "scruple ledger repair builds it again from the entries kept here";
    let Some(tile) = size
        .checked_sub(1)
        .and_then(|last| tile_at(Kind::Entries, last / WIDTH, size))
    else {
        return Ok(());
    };
    let mut found = None;
    for tile in [tile, tile.full()] {
        let path = place.public(&tile.path());
        if let Some(bytes) = disk.read(&path).map_err(LedgerError::io(&path))? {
            found = Some((path, bytes));
            break;
        }
    }
    let (path, what) = match found {
        None => (place.public(&tile.path()), "the file is missing".to_owned()),
        Some((path, bytes)) => match read_entries(&bytes, tile.width) {
            Ok(_) => return Ok(()),
            Err(fault) => (path, fault.to_string()),
        },
    };
    Err(LedgerError::Damaged {
        path,
        what,
        next: NEXT,
    })
}

/// The lock of the one writer. It is on the open file: the lock of a process that ended,
/// however it ended, is gone with it.
pub(crate) struct Lock(File);

impl Lock {
    /// Takes it, asking again for as long as `patience`.
    pub(crate) fn take(place: &Place, patience: Duration) -> Result<Self, LedgerError> {
        const PAUSE: Duration = Duration::from_millis(20);
        let path = place.private("lock");
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(LedgerError::io(&path))?;
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::Error(error)) => return Err(LedgerError::io(&path)(error)),
                Err(TryLockError::WouldBlock) if waited >= patience => {
                    return Err(LedgerError::Locked(path));
                }
                Err(TryLockError::WouldBlock) => {
                    std::thread::sleep(PAUSE);
                    waited += PAUSE;
                }
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A child that was just started may hold a copy of the descriptor.
        let _ = self.0.unlock();
    }
}
