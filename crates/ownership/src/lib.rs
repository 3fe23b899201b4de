//! Whom a listing reaches through ownership, computed and proved.
//!
//! A company that nobody listed is often barred because listed parties own it
//! together. Who holds whom is public in parts: registers of members, of beneficial
//! owners, of accounting parents. The parts contradict each other, end on different
//! days and leave most shares unaccounted for. So the answer here is never a score.
//! It is *covered*, with the holdings that show it; *cannot be ruled out*, with what
//! would settle it; or *not shown to be covered*, with the largest share found.
//!
//! The pieces: a [`Builder`] takes holdings from readers and lays them out
//! as a file that opens without parsing ([`Graph`]). A rule is facts from a pack
//! ([`RuleBody`]); [`close`] runs it from the listed parties outwards and gives
//! answers with a [`Proof`], which [`verify`] checks by other code.
//!
//! Shares are intervals in parts per million and every sum is one of whole numbers.
//! There are two worlds: the certain one of lower ends and the possible one of upper
//! ends and holders nobody reported. Reached in the certain one is Yes, not reached
//! in the possible one is No, and everything else cannot be told. No data is never a
//! No.
//!
//! Parties are joined by identifiers: a legal entity identifier, or a registration
//! number with its jurisdiction. This crate knows no names, so that it cannot join
//! two parties because they are called the same; whoever asks by name asks a
//! question. People carry their source's record id, or a keyed hash where it has
//! none.
//!
//! Rejected: multiplying shares along a chain (no authority does; the product is
//! given as information); one number for an uncertain share; a
//! search for the share that would free somebody.
#![forbid(unsafe_code)]

mod above;
mod answer;
mod build;
mod closure;
mod day;
mod diff;
mod file;
mod finding;
mod graph;
mod holding;
mod intern;
mod look_through;
pub mod person;
mod possible;
mod proof;
mod prove;
pub mod read;
mod rule;
mod share;
mod stake;
mod transfer;
mod tree;
mod verify;
mod weigh;

pub use answer::{Closed, Flag, Reach, close};
pub use build::{BuildError, Builder, Built, SourceNo};
pub use day::Period;
pub use diff::{Changed, Diff, diff};
pub use file::{OpenError, reseal};
pub use finding::{About, findings, looked_at};
pub use graph::{Graph, Held, Joint, NodeNo, SourceInfo};
pub use holding::{Behalf, Holding, Kind, Layer, Marks, Record, Remainder};
pub use look_through::LookThrough;
pub use proof::{Against, Because, Claim, Counted, Most, Open, PROOF, Proof, Step, Sum, Why};
pub use rule::{
    Binding, Carries, Listed, Pool, Reaches, RedFlag, RuleBody, SeedList, Test, Unquantified,
};
pub use share::{Share, WHOLE, percent};
pub use transfer::{Transfer, Transfers};
pub use tree::{Label, svg, tree};
pub use verify::{ProofFault, verify};
