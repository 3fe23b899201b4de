//! The commands of `scruple`, as thin as they go: each reads what it is given,
//! calls the crate that knows, and writes what comes back.
//!
//! Nothing here asks the clock or the environment: `main` does, once, and hands
//! the answers over as an [`Edge`]. That is what lets a test, or a person years
//! later, run a command as it ran on another day on another machine.
#![forbid(unsafe_code)]

pub mod args;
mod command;
pub mod failure;
mod files;
mod reviews;
mod rows;
pub mod schemas;
mod vintage;
mod world;

use std::io::Write;
use std::path::PathBuf;

use args::Command;
use scruple_model::Date;

/// What the world outside gave the program when it started.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The day that answers are for: the clock's, in UTC, or what `--today` says.
    pub today: Date,
    /// The day that the machine's clock says, in UTC, whatever `--today` says.
    pub clock: Date,
    /// The moment of the command, in Unix seconds, UTC: the clock's, or noon of the day that
    /// `--today` says.
    pub now: i64,
    /// The data directory; none where neither `--data` nor a home is there.
    pub data: Option<PathBuf>,
    /// Rule packs in place of the built-in ones.
    pub packs: Option<PathBuf>,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether standard output takes colour.
    pub colour: bool,
    /// Whether progress may be drawn on standard error.
    pub progress: bool,
    /// A proxy for the web, as `http://host:port`.
    pub proxy: Option<String>,
}

/// 32 random bytes from the system, for salts and keys.
pub(crate) fn random() -> std::io::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes)
}

/// Runs a command, writes its answer to `out`, and gives the exit code.
pub fn run(command: Command, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    match command {
        Command::Check(args) => command::check::run(&args, edge, out),
        Command::Classify(args) => command::classify::run(&args, edge, out),
        Command::Screen(args) => command::screen::run(&args, edge, out),
        Command::Sync(args) => command::sync::run(&args, edge, out),
        Command::Lists(args) => command::lists::run(&args, edge, out),
        Command::Bundle(args) => command::bundle::run(&args, edge, out),
        Command::Ownership(args) => command::ownership::run(&args, edge, out),
        Command::Review(args) => command::review::run(&args, edge, out),
        Command::Watch(args) => command::watch::run(&args, edge, out),
        Command::Compare(args) => command::compare::run(&args, edge, out),
        Command::Assess(args) => command::assess::run(&args, edge, out),
        Command::Conditions(args) => command::conditions::run(&args, edge, out),
        Command::Report(args) => command::report::run(&args, edge, out),
        Command::Purge(args) => command::purge::run(&args, edge, out),
        Command::Ledger(args) => command::ledger::run(&args, edge, out),
        Command::Attest(args) => command::attest::run(&args, edge, out),
        Command::Register(args) => command::register::run(&args, edge, out),
        Command::Decide(args) => command::decide::run(&args, edge, out),
        Command::Explain(args) => command::explain::run(&args, edge, out),
        Command::Init(args) => command::init::run(&args, edge, out),
        Command::Doctor(args) => command::doctor::run(&args, edge, out),
        Command::Schema(args) => command::about::schema(&args, out),
        Command::Completions(args) => command::about::completions(&args, out),
        Command::Man => command::about::man(out),
    }
}
