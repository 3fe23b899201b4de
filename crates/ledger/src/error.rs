//! What can go wrong, in words that say what to do next.

use std::io;
use std::path::{Path, PathBuf};

use crate::checkpoint::CheckpointFault;
use crate::merkle::{Hash, to_base64};

/// Why a log did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// The disk failed.
    #[error("{path}: {source}\n  effect: {effect}\n  next: {next}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
        /// What it means for the log.
        effect: &'static str,
        /// What to do.
        next: &'static str,
    },
    /// Somebody else writes to it.
    #[error(
        "another program writes to this log ({0} is locked)\n  next: wait until it is done; a lock of a program that ended holds nobody up"
    )]
    Locked(PathBuf),
    /// There is no log here.
    #[error(
        "there is no log that this data directory can write: {0}\n  next: make one with scruple ledger init DIR, or name the data directory that made it with --data"
    )]
    Absent(String),
    /// There is one already.
    #[error("{0} holds a log already\n  next: name an empty directory")]
    Exists(PathBuf),
    /// Others can read the key.
    #[error(
        "{path} can be read by others (mode {mode:03o})\n  effect: nothing was signed; whoever has the key can sign in this log's name\n  next: chmod 600 it, and if anybody else may have read it, scruple ledger rotate"
    )]
    OpenKey {
        /// The key's file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The key is none, or another log's.
    #[error("{0}")]
    Key(String),
    /// A file of the data directory is not what was written.
    #[error("{path}: {what}\n  effect: nothing was signed or added\n  next: {next}")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
        /// What to do.
        next: &'static str,
    },
    /// The published tree does not give the root that was signed.
    #[error(
        "the published tree of {size} entries has the root {found}, and {signed} was signed for it\n  effect: nothing was added or signed\n  next: scruple ledger repair builds the files again from the entries kept here, if these give the signed root"
    )]
    Tree {
        /// The signed size.
        size: u64,
        /// What the files give.
        found: String,
        /// What was signed.
        signed: String,
    },
    /// Somebody saw a later state of this log than we have.
    #[error(
        "{who} has seen {seen} entries of this log, and this copy signed {here}\n  effect: nothing was signed: another tree of a size that was shown before would be a second history\n  next: this data directory is older than what was published, as after a restored backup. Restore the newest copy; if there is none, close this log and begin another (docs/ledger.md, \"When something was lost\")"
    )]
    Behind {
        /// Who says so.
        who: String,
        /// What was seen.
        seen: u64,
        /// What we have.
        here: u64,
    },
    /// Somebody saw another history of this log.
    #[error(
        "{who} has seen another history of this log at {size} entries\n  effect: nothing was signed\n  next: find out who else signs with this key; keep both checkpoints; scruple ledger audit shows them"
    )]
    Fork {
        /// Who says so.
        who: String,
        /// At which size.
        size: u64,
    },
    /// A checkpoint is not believed.
    #[error("{path}: {fault}")]
    Checkpoint {
        /// Which file.
        path: PathBuf,
        /// Why.
        fault: CheckpointFault,
    },
    /// An entry was refused, before anything was written.
    #[error("{0}")]
    Content(ContentFault),
    /// There is no such entry.
    #[error(
        "there is no entry {index}: the signed log has {size}\n  next: an entry that was just added stands in the log after scruple ledger checkpoint"
    )]
    NoEntry {
        /// The index asked for.
        index: u64,
        /// The size.
        size: u64,
    },
    /// Its salt was deleted.
    #[error(
        "what entry {0} stands for was forgotten here: its salt and content were deleted\n  next: nothing brings it back; its place in the log can still be proved with scruple ledger prove"
    )]
    Forgotten(u64),
    /// A setting that cannot be.
    #[error("{0}")]
    Setting(String),
}

/// Why a content is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentFault {
    /// Not JSON, or without a canonical form.
    #[error("{0}")]
    Json(crate::canonical::JsonFault),
    /// Longer than an entry may be.
    #[error(
        "it has {0} bytes in canonical form, and an entry has at most 65,535; put its hash into the log instead"
    )]
    TooLong(usize),
    /// It would pass for an empty commitment.
    #[error("it is null, which stands for an empty commitment")]
    Empty,
    /// A field for what a person is.
    #[error("{why}; {next}")]
    Refused {
        /// Why.
        why: String,
        /// What to do.
        next: &'static str,
    },
}

impl From<ContentFault> for LedgerError {
    fn from(fault: ContentFault) -> Self {
        Self::Content(fault)
    }
}

impl LedgerError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| {
            let full = matches!(
                source.kind(),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
            );
            Self::Io {
                path,
                effect: "what was signed before stands; nothing that was confirmed is lost",
                next: if full {
                    "free some space and do it again; nothing is entered twice"
                } else {
                    "look at the disk and who may write there, then do it again; nothing is entered twice"
                },
                source,
            }
        }
    }

    pub(crate) fn tree(size: u64, found: &Hash, signed: &Hash) -> Self {
        Self::Tree {
            size,
            found: to_base64(found),
            signed: to_base64(signed),
        }
    }

    /// Whether what was given is at fault, and not the machine.
    pub fn is_input(&self) -> bool {
        matches!(
            self,
            Self::Absent(_)
                | Self::Exists(_)
                | Self::OpenKey { .. }
                | Self::Key(_)
                | Self::Content(_)
                | Self::NoEntry { .. }
                | Self::Forgotten(_)
                | Self::Setting(_)
        )
    }
}
