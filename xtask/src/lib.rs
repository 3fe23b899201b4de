//! What the repository does to itself.
//!
//! Four kinds of chores, none of them part of the program. [`docs`] writes the
//! pages and schemas that follow from the code, so that a page cannot fall behind
//! it. [`prove`] runs what is too heavy for every change, or needs programs that
//! are not ours, and keeps the output. [`import_shared`] makes trial lists, and
//! [`evaluate`] says what the matcher finds on the open cases.
//!
//! Rejected: shell scripts. They would state the list of examples, formats and
//! targets a second time, and nobody would notice when it differs.
#![forbid(unsafe_code)]
#![expect(
    clippy::print_stdout,
    reason = "a chore tells its maintainer what it did"
)]

pub mod docs;
pub mod evaluate;
pub mod gen_holdings;
pub mod import_shared;
pub mod parity;
pub mod prove;

use std::path::{Path, PathBuf};

/// The folder of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
