//! Repository chores.
#![forbid(unsafe_code)]
#![expect(
    clippy::print_stdout,
    reason = "a chore tells its maintainer what it did"
)]

mod import_shared;

use clap::{Parser, Subcommand};

/// What the repository does to itself.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Turns the parsed, reshaped and compact list files of the shared set into
    /// FollowTheMoney lines, one file for each list.
    ImportShared(import_shared::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().chore {
        Chore::ImportShared(arguments) => import_shared::run(&arguments),
    }
}
