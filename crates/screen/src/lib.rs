//! Finds a name on the lists: an index, candidates, a score and the reasons for it.
//!
//! A screening has to find a party under another alphabet, another order of
//! words, another legal form and typing errors, and has to say why it thinks so. It
//! runs in three steps. [`build`] turns every list into one file, so that the rarity
//! of a word is counted over all of them. [`Index::candidates`] picks the few records
//! that share something rare with the query. [`score`] lays the parts of both names
//! side by side, once, and adds up what agrees and what does not; what it keeps is
//! the [`Explanation`] that a person reads, and its points add up to the weight.
//!
//! Rejected: edit distance over whole names (blind to order and to rarity: `Ali
//! Trading Company` would match every trading company); trees and networks in place
//! of a sum (no better on the open cases, and nobody can say why); a fast score to
//! rank and a second one to explain (they drift apart); floating point (a decision
//! must come out the same on every machine, so weights are integers and logarithms
//! are computed with integers).
//!
//! Rarity is counted over the parts of names as they are written. Nothing here knows
//! where a name is from, and nothing may.
//!
//! The index is read where it lies: opening it checks a header and a checksum
//! and parses nothing. Its bytes are not trusted: every read is checked, and a
//! forged file gives wrong matches, never a panic.
#![forbid(unsafe_code)]

mod addresses;
mod align;
mod alike;
mod background;
mod build;
mod candidates;
mod cognate;
mod doubt;
mod edit;
mod explain;
mod file;
#[doc(hidden)]
pub mod fit;
mod index;
mod keys;
mod matched;
mod patronymic;
mod query;
mod role;
mod score;
mod scratch;
mod search;
mod sense;
mod weight;

pub use addresses::SharedAddress;
pub use build::build;
pub use doubt::{Doubt, doubts};
pub use file::IndexError;
#[doc(hidden)]
pub use file::reseal;
pub use index::{EntityNo, Index};
pub use matched::{Adjustment, Agreement, Explanation, Left, Match, Pair};
pub use query::Query;
pub use score::{band, score};
pub use search::{Options, search, search_among, search_where};

/// Name and version of the matcher: part of the vintage, since another matcher
/// gives another answer.
pub const MATCHER: &str = "second/4";

/// The matcher with all that its answers rest on beside the index: how names are
/// read, which legal forms and words are known, and how common parts of names are.
pub fn engine() -> String {
    let mut packs = scruple_names::PACKS.concat();
    packs.push_str(background::TABLE);
    let packs = scruple_model::hash::sha256(packs.as_bytes());
    let packs = packs.get(..12).unwrap_or(&packs);
    format!("{MATCHER} {} packs/{packs}", scruple_names::VERSION)
}
