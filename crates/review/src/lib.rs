//! Remembers what a person decided about a query and a listed party.
//!
//! Most candidates of a screening are not the party asked for, and the same ones
//! come back every day. Whoever has compared the two records once should not have
//! to do it again; but a listed record changes, a customer's record changes, and a
//! decision on yesterday's facts must not hide today's. So a decision holds for the
//! very facts it was taken on. [`Facts`] are those that matter on either side:
//! names, dates, countries, identifiers. When one of them comes or goes, the pair
//! counts again and says which ([`Reviews::of`], [`Standing::Reopened`]).
//!
//! The query is somebody's customer, and no store of customers may grow out of
//! this. Kept are keyed hashes ([`Key`]): whoever has the store and not the key can
//! neither read a name nor test whether one is there. A lost key makes every pair
//! count again, and breaks nothing else.
//!
//! Decisions are only ever added; the latest that was taken on the facts of today
//! counts. They leave as a whole, when their day has come or somebody asks.
//!
//! Rejected: keeping the name beside the decision (a list of unlisted people);
//! a plain hash (a list of all names is hashed in a minute); comparing scores (a
//! better matcher would reopen everything); silencing by listed party alone (a
//! second customer of that name would be silenced with the first).
//!
//! Nothing here reads a file, asks the clock or prints.
#![forbid(unsafe_code)]

mod decision;
mod facts;
mod key;
mod standing;
mod watch;

pub use decision::{Decision, KEEP_YEARS, Outcome, Refused, SCHEMA, kept_until};
pub use facts::{Facts, Group, Tags, differences, plain};
pub use key::{Key, KeyError, Subject};
pub use standing::{Note, Reviews, Standing};
pub use watch::{Fingerprint, HeldCopy, HeldMatch, WatchError, WatchState};
