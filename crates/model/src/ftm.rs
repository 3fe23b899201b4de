//! FollowTheMoney in and out: JSON lines to [`Entity`](crate::Entity) and back.
//!
//! It is the one format in which anybody can already hold a list, so it is what
//! a user's own file comes in and what our snapshots are compared in. One line is
//! one record:
//!
//! ```json
//! {"id":"36","schema":"Company","caption":"…","datasets":["us-ofac-sdn"],"properties":{"name":["…"]}}
//! ```
//!
//! Four facts about such files shape this module.
//!
//! - A designation is a record of its own (`Sanction`), before or after the party
//!   it is about. We fold it into the party, so nothing is complete before the last
//!   line: [`Reader`] takes lines and gives entities at the end.
//! - A file holds more than parties: ownership, directorships, identity papers.
//!   What we do not read is counted with its reason ([`Skipped`]), never just gone.
//! - Records carry what a person *is* (religion, ethnicity, looks). Those
//!   properties are dropped and counted ([`is_personal`]); the record stays, since
//!   it is the name that the law speaks of.
//! - `datasets` says which official list a record is from. In a user's file that
//!   is the file's claim, kept as [`Listing::list`](crate::Listing::list).
//!
//! Rejected: a full FollowTheMoney model (its schemata describe companies and
//! money flows we have no question about), and reading line by line without
//! folding (a match could not say since when and why somebody is listed).

mod fold;
mod line;
mod lists;
mod personal;
mod sanction;
mod schemata;
mod write;

pub use fold::{Duplicate, Folded, Reader, Skipped};
pub use line::LineError;
pub use lists::{KNOWN_LISTS, list_alias};
pub use personal::is_personal;
pub use write::{lines_of, write_lines};
