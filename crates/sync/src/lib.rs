//! A list file comes in; it is admitted or refused; the index answers for it.
//!
//! List files are untrusted input: anybody may have written them, and a wrong one
//! must neither replace a good one nor bring the program down. So a file is
//! recognised by its first bytes before anything is read; every line has a limit
//! and so has the whole; a record that cannot be read is kept as unread with its
//! line and column, because it still names somebody; and a file in which nothing
//! can be read is refused, so that the snapshot before it goes on answering.
//!
//! Order of a taking: blob, index, then the database row in one transaction
//! (see `scruple_store`). A crash anywhere leaves the old state.
//!
//! This crate hands over how an index is built and opened as functions: it moves
//! entities and bytes and knows nothing of what an index holds.
//!
//! Rejected: guessing another encoding and reading on (a wrong guess makes wrong
//! names, and nobody would notice), and refusing a whole list for one bad line (one
//! broken record would put a thousand listed parties out of sight).
#![forbid(unsafe_code)]

mod archive;
pub mod bundle;
mod changes;
mod content;
pub mod diff;
mod error;
mod index;
mod lines;
mod name;
mod offer;
mod official;
mod read;
mod recognise;
mod report;
mod retention;
mod snapshot;
mod snapshots;
mod source;
mod take;
#[cfg(test)]
mod testing;
mod unpack;
pub mod web;

pub use error::{Refusal, SyncError};
pub use index::{Build, IndexAt, Opened, open_index, open_index_of};
pub use name::list_name;
pub use offer::{Offer, Offers, Said, offers, offers_of};
pub use report::{LeftOut, Report, Taken};
pub use retention::{Leaving, People, leaving, prune};
pub use scruple_lists::Layout;
pub use snapshot::{Entities, entities_of};
pub use source::{Limits, Source};
pub use take::{Admission, take};
