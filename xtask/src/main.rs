//! Repository chores.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{docs, evaluate, gen_holdings, import_shared, parity, prove};

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
    /// Makes holdings up, for measuring, by a law that the source states.
    GenHoldings(gen_holdings::Arguments),
    /// Writes the pages and schemas that follow from the code.
    Docs(docs::Arguments),
    /// Measures whom the matcher alerts on by mistake, and whom it misses, by the
    /// origin of the name.
    Parity(parity::Arguments),
    /// Screens a file of queries against a file of parties, for benches/peers.
    Answers(parity::answers::Arguments),
    /// Says what the matcher finds on the open cases, and fits its coefficients.
    Evaluate(evaluate::Arguments),
    /// Runs a heavy proof and keeps its output under proofs/.
    Prove(prove::Arguments),
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().chore {
        Chore::ImportShared(arguments) => import_shared::run(&arguments).map(|_| ExitCode::SUCCESS),
        Chore::GenHoldings(arguments) => gen_holdings::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Docs(arguments) => docs::run(&arguments),
        Chore::Parity(arguments) => parity::run(&arguments),
        Chore::Answers(arguments) => parity::answers::run(&arguments).map(|()| ExitCode::SUCCESS),
        Chore::Evaluate(arguments) => evaluate::run(&arguments),
        Chore::Prove(arguments) => prove::run(&arguments),
    }
}
