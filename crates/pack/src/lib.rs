//! Rule packs: law as data.
//!
//! A rule that lives in code cannot be read by a lawyer, dated by a regulator or
//! replaced by a user. So law stands in TOML files, and this crate knows only
//! the envelope round every rule: its id, our wording, where it is published,
//! the periods in which it binds, the day somebody last compared it with the
//! publisher and whether they did. What the rule says, its *body*, is a type of
//! the crate that evaluates it.
//!
//! Three things are made hard to get wrong here:
//! - an unknown key is refused, with its line, so that a misspelt `untill` never
//!   leaves a rule in force for ever;
//! - whether a rule binds is asked for a day ([`Entry::force_on`]), never "now";
//! - wording that nobody compared with the official text says so
//!   ([`Entry::doubts`]), and no finding may turn it into a No: a law
//!   whose reach is unverified is said to be reached by no fact *entered*.
//!
//! Rejected: one big rule language (most rules are a row of facts), and law as
//! constants beside the code that uses it.
#![forbid(unsafe_code)]

mod envelope;
mod load;

pub use envelope::{Citation, Entry, Period, Status, UNVERIFIED, Verified};
pub use load::{Pack, PackError, PackProblem, load, parse};
