//! Deal and world in, decision brief out.
//!
//! This is the only crate that sees every check. It runs them over one deal as
//! of one day, puts their findings in one order, says what was looked at and
//! what was not, and renders the result for a terminal, for programs and for
//! paper. The same deal, world and day give the same bytes.
//!
//! It contains no rule: what a list, a regime, a place or a duty demands stands
//! in packs ([`packs`]). It contains no matcher: that is `screen`. What is ours
//! here is how the pieces join: a name match means nothing for a deal until a
//! regime binds it, and a fact nobody entered leaves that open.
//!
//! Rejected: a trait per check. There are five, they take different things, and
//! a reader finds them by file name under `check/`.
#![forbid(unsafe_code)]

pub mod addresses;
pub mod brief;
pub mod check;
pub mod compare;
pub mod conditions;
pub mod decision;
pub mod explain;
mod gap;
pub mod holdings;
pub mod own;
pub mod packs;
pub mod render;
pub mod report;
pub mod reviewed;
pub mod since;
pub mod starter;
pub mod watch;
pub mod words;
pub mod world;

pub use brief::{Brief, Verdict};
pub use check::assess::{Given, assess};
pub use check::{check, check_with};
pub use gap::Gap;
pub use holdings::Holdings;
pub use packs::Packs;
pub use world::{Held, Surroundings, World};
