//! Lists from their publishers' own addresses.
//!
//! The wire is hostile twice: somebody in between may lie, and a publisher's own
//! server gives half a file, a sign-in page with status 200 or an address that now
//! leads elsewhere. A wrong file must never stand in for a list, because nobody
//! would notice what is missing from it. So every address is written down in a pack
//! ([`publishers`]): https only, no port, and a redirect is followed only to a host
//! that stands there too. What comes is counted against what was announced, bounded
//! both as sent and as unpacked, and looked at before a file of it is left lying.
//!
//! A download ends as a temporary file and three texts ([`Download`]): it is taken in
//! like any file a user gives. Nothing here reads a list.
//!
//! What goes out: one GET for each file, with the headers that `docs/sync.md` lists. No
//! cookie, no referrer, no query of ours, nothing about a deal or a name.
//!
//! Which authorities are trusted for TLS is this machine's own setting
//! ([`Roots::of_this_machine`]). Rejected: a set compiled in. It would age with the
//! program, it would break behind a company's inspecting proxy, and its licence
//! (CDLA) is none of ours. Rejected too: an asynchronous client. Twelve files, one
//! after another, do not need a runtime, and publishers ask not to be hurried.
//!
//! Waiting and chance come from the caller ([`Pace`]), so that a test neither sleeps
//! nor throws dice.

mod address;
mod body;
mod day;
mod error;
mod fetch;
mod look;
mod publishers;
mod retry;
mod sets;

pub use address::{Address, AddressFault};
pub use day::last_modified_day;
pub use error::{FetchError, FetchFault};
pub use fetch::{Download, Fetcher, Known, Outcome, Progress, Roots, Settings, Wanted, WebLimits};
pub use look::Expects;
pub use publishers::{Part, PublisherBody, publishers};
pub use retry::Pace;
pub use sets::{FetchedSet, PartError, fetch_set};
