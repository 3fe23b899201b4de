//! A log that only grows, and that outsiders can check.
//!
//! A company says years later what it knew and when. Nobody has to take its word if each
//! record was committed to, at the time, in a log whose every state was signed and seen by
//! others. This crate keeps such a log, makes the proofs, and checks the logs of others.
//!
//! What is published are commitments only ([`commit`]): 32 bytes each that say nothing.
//! Content and salt stay with the owner, who discloses entry by entry ([`disclosure`]) and
//! can forget an entry for good. The tree of hashes over them is that of RFC 6962; files,
//! signatures and proofs are those of C2SP, so that programs which are not ours check
//! everything: [tlog-tiles], [tlog-checkpoint], [signed-note], [tlog-cosignature],
//! [tlog-witness], [tlog-proof], [tlog-policy].
//!
//! [tlog-tiles]: https://c2sp.org/tlog-tiles
//! [tlog-checkpoint]: https://c2sp.org/tlog-checkpoint
//! [signed-note]: https://c2sp.org/signed-note
//! [tlog-cosignature]: https://c2sp.org/tlog-cosignature
//! [tlog-witness]: https://c2sp.org/tlog-witness
//! [tlog-proof]: https://c2sp.org/tlog-proof
//! [tlog-policy]: https://c2sp.org/tlog-policy
//!
//! # To commit to something
//!
//! ```no_run
//! use scruple_ledger::{Content, Disk, Log, NewEntry, Opening};
//! # fn random() -> std::io::Result<[u8; 32]> { Ok([1; 32]) }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let data = std::path::Path::new("data");
//! let now = 1_764_000_000;                       // Unix seconds: the caller's clock
//! let origin = scruple_ledger::default_log(data, &Disk::new())?.ok_or("no log")?;
//! let mut log = Log::open(Opening {
//!     data,
//!     origin: &origin,
//!     public: None,
//!     signer: None,                              // the key file of the data directory
//!     patience: std::time::Duration::from_secs(10),
//!     disk: Disk::new(),
//! })?;
//! let entry = NewEntry {
//!     key: "attestation urn:uuid:…".to_owned(),  // the same key again: the same receipt
//!     content: Content::of_value(&serde_json::json!({"schema": "…"}))?,
//! };
//! log.append(std::slice::from_ref(&entry), now, &mut random)?; // at once: sync, register
//! log.submit(&entry, now)?;                      // at the next fixed hour: decide, attest
//! # Ok(()) }
//! ```
//!
//! [`canonical()`] is RFC 8785 for anybody who signs JSON.
//!
//! Rejected: a database of our own with an interface to ask (whoever answers can answer
//! differently to each); content in the log (nothing could ever be taken out); a chain of
//! hashes without a tree (a proof would need everything after an entry); one signature
//! for each entry (it would tell when, and prove nothing about what was left out).
#![forbid(unsafe_code)]

pub mod audit;
pub mod canonical;
pub mod checkpoint;
pub mod commit;
pub mod content;
pub mod disclosure;
pub mod disk;
mod error;
pub mod key_file;
mod keys;
pub mod log;
pub mod merkle;
pub mod place;
pub mod proof;
pub mod published;
pub mod settings;
pub mod tile;
pub mod tree;
mod vault;
mod waiting;
pub mod web;
pub mod witness;

use std::path::Path;

pub use canonical::{canonical, canonical_value};
pub use checkpoint::Checkpoint;
pub use content::Content;
pub use disclosure::Disclosure;
pub use disk::Disk;
pub use error::{ContentFault, LedgerError};
pub use log::{Log, NewEntry, NewLog, Opening, Receipt, Shared, Standing};
pub use published::LogDir;
pub use settings::{Release, Settings};
pub use waiting::Duty;

/// The log that a data directory writes to where none is named; none where it has none.
///
/// # Errors
/// [`LedgerError::Io`].
pub fn default_log(data: &Path, disk: &Disk) -> Result<Option<String>, LedgerError> {
    let path = data.join("ledger/default");
    let text = disk.read(&path).map_err(LedgerError::io(&path))?;
    Ok(text
        .map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
        .filter(|origin| !origin.is_empty()))
}

/// The settings of the log of a name that this data directory writes.
///
/// # Errors
/// [`LedgerError::Absent`], [`LedgerError::Damaged`].
pub fn settings_of(data: &Path, origin: &str, disk: &Disk) -> Result<Settings, LedgerError> {
    log::read_settings(disk, &place::folder(data, origin), origin)
}
