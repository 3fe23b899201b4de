//! Proofs that are too heavy for every change, or that need programs which are
//! not ours. Each prints what it does and keeps it under `proofs/DATE/NAME.txt`.
//!
//! A proof installs what it needs itself, below `target/` where it can. What
//! cannot be installed or reached is a failure with its reason, never a pass. The
//! kept text holds no path of the machine it ran on.

mod bars;
mod browser;
mod deps;
mod formats;
mod fuzz;
mod interop;
mod lists;
mod machine;
mod parse;
mod tools;
mod transcript;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};

use machine::Machine;
use transcript::Transcript;

/// Arguments of `prove`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    proof: Proof,
    /// Where the output goes [default: proofs/DATE].
    #[arg(long, global = true, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Proof {
    /// Licences, bans and sources of what goes into the program.
    Deps,
    /// Programs that are not ours read every format we write.
    Formats,
    /// Programs that are not ours check what outsiders are to check: logs, proofs,
    /// signed audits, the register.
    Interop(interop::Arguments),
    /// A browser renders the pages: screen, dark, narrow, paper, accessibility.
    Browser,
    /// Hostile input for every reader, found by coverage.
    Fuzz(fuzz::Arguments),
    /// The numbers we hold ourselves to, on the shared lists.
    Bars,
    /// The bars of the lists: counts, time, bad files, kill -9, bundles.
    Lists(lists::Arguments),
    /// How fast lists are read on one core, beside Python's lxml.
    Parse,
}

impl Proof {
    /// Of its text; a part of a proof does not take the place of the whole.
    fn file_name(&self) -> String {
        match self {
            Self::Lists(arguments) => arguments.file_name(),
            Self::Interop(arguments) => arguments.file_name(),
            other => other.name().to_owned(),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Deps => "deps",
            Self::Formats => "formats",
            Self::Interop(_) => "interop",
            Self::Browser => "browser",
            Self::Fuzz(_) => "fuzz",
            Self::Bars => "bars",
            Self::Lists(_) => "lists",
            Self::Parse => "parse",
        }
    }
}

/// Runs a proof. The exit code says whether it holds.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let machine = Machine::here()?;
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| machine.root.join("proofs").join(machine.today.to_string()));
    let mut log = Transcript::new(arguments.proof.name(), &machine);
    let outcome = match &arguments.proof {
        Proof::Deps => deps::run(&machine, &mut log),
        Proof::Formats => formats::run(&machine, &mut log),
        Proof::Interop(arguments) => interop::run(arguments, &machine, &mut log),
        Proof::Browser => browser::run(&machine, &mut log),
        Proof::Fuzz(arguments) => fuzz::run(arguments, &machine, &mut log),
        Proof::Bars => bars::run(&machine, &mut log),
        Proof::Parse => parse::run(&machine, &mut log),
        Proof::Lists(arguments) => lists::run(arguments, &machine, &mut log),
    };
    if let Err(error) = outcome {
        log.fail(&format!("could not go on: {error:#}"));
    }
    let holds = log.end();
    std::fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    let path = out.join(format!("{}.txt", arguments.proof.file_name()));
    std::fs::write(&path, log.text())
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
