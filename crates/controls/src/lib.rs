//! What an item can do, which control entries and rules of use it falls under.
//!
//! Control lists cover little of the harm: face comparison, voice identification, DNA
//! sequencers and policing analytics stand on hardly any. So an answer that ends with
//! "not listed" is wrong about most sales that ended in abuse. Here the whole path is
//! walked for every item, limb by limb:
//!
//! 1. [`text`], [`term`]: the description is cut into words and read once by one
//!    automaton over all terms of seven languages.
//! 2. [`recognise`]: capabilities (shown, claimed, or to be asked for) and facts.
//! 3. [`consider`]: the control entries that anything points to, each limb by limb.
//! 4. [`licence`]: reasons for control, the chart, exceptions.
//! 5. [`judge`]: rules of use, user, place and rights, in [`expr`]'s three values.
//! 6. [`evaluate`]: the same law by law, with the next duty. Wording that nobody
//!    compared with the official text never decides that no licence is needed.
//!
//! Law stands in packs and is compared with official texts by tests; there is none in
//! the code. What was rejected: a model that reads descriptions (it cannot say which
//! word decided), a score for an item (a limb is met or it is not), and reading lists
//! at run time (their files lose paragraphs, and a reader cannot tell; see [`ccl`]).
//!
//! Depends on `model` and `pack` only. It prints nothing, asks no clock, and gives no
//! advice on how a product could be changed to fall under no entry.
#![forbid(unsafe_code)]

pub mod capability;
pub mod ccl;
pub mod chart;
mod classified;
pub mod consider;
mod decide;
mod define;
pub mod entry;
pub mod evaluate;
pub mod expr;
pub mod fact;
mod flags;
pub mod judge;
pub mod licence;
pub mod packs;
pub mod questions;
pub mod recognise;
pub mod rule;
mod setting;
pub mod term;
pub mod text;
pub mod trace;
mod unread;

pub use consider::{Considered, State};
pub use evaluate::{CatchAll, Classified, Flag, LawAnswer, Outcome, Setting};
pub use fact::{Known, Standing, Value, Whose};
pub use judge::Judged;
pub use packs::Controls;
pub use recognise::Recognised;
pub use rule::{Duty, Stage};
