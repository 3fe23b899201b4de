//! One data directory, and the promise that a crash leaves the old state answering.
//!
//! ```text
//! DIR/                 0700
//!   scruple.db         SQLite: which snapshots are held, what could not be read, reviews
//!   scruple.lock       held by the one writer
//!   snapshots/HASH.zst list contents as read, named by the hash of what is in them
//!   indexes/NAME.idx   derived, rebuilt from snapshots whenever it is missing or wrong
//!   indexes/past/      a few more of these, for questions about the past
//!   holdings/HASH.own  who owns whom, one file for each source and one of all
//!   person.key         0600: the key for ids of people whose source gives none
//!   watch/LABEL        what a watched file was last screened against, in keyed hashes
//! ```
//!
//! Files and database could disagree after a crash. So there is one order: first
//! the blob, then the index, then the database row, in one transaction. A blob
//! without a row is waste that the next writer removes; a row without its blob
//! cannot happen without damage, and [`DataDir::integrity`] finds it.
//!
//! Readers take no lock and need no write access: the data may lie on a medium
//! nobody can write to. Reading never creates anything.
//!
//! A snapshot is kept as it was *read*, not as it was given. The bytes as given may
//! hold properties about people that we refuse to keep; their hash is kept, so that
//! anybody who has the publisher's file can compare.
//!
//! Rejected: blobs inside SQLite (an index cannot be mapped from there, and the
//! file only grows), and a server process (one user, one directory). This crate
//! knows bytes, paths and hashes; what an index holds is not its business.
#![forbid(unsafe_code)]

mod answering;
mod atomic;
mod blob;
mod db;
mod dir;
mod error;
mod fetched;
mod folder;
mod holdings;
mod index;
mod integrity;
mod manifest;
mod prune;
mod reviews;
mod rows;
mod surroundings;
mod watched;

pub use answering::{nearness, rests, stands_against};
pub use atomic::write_atomically;
pub use blob::{BlobReader, BlobWriter, Stored};
pub use dir::{DataDir, Mode};
pub use error::StoreError;
pub use fetched::Fetched;
pub use folder::{finish_folder, replace_folder};
pub use holdings::{Holdings, NewHoldings};
pub use index::IndexFile;
pub use integrity::{Fault, FaultKind};
pub use manifest::{Held, Manifest, NewSnapshot, UnreadRow};
pub use prune::{Pruned, Pruning, Rewritten};
pub use reviews::{Forgotten, NewReview, ReviewRow};
pub use surroundings::Surrounded;
