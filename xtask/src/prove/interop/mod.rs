//! Programs that are not ours check what outsiders are to check: logs, proofs,
//! credentials, registers.
//!
//! One file for each part, in a list. Checkers that others wrote stand in the folder of
//! shared data, with how to install what they need; ours for machines without them stand
//! in `tests/interop/`.

mod ledger;

use std::process::Command;

use anyhow::Result;
use clap::Args;

use super::machine::Machine;
use super::tools::must;
use super::transcript::Transcript;

/// Arguments of `prove interop`.
#[derive(Args)]
pub(super) struct Arguments {
    /// Only what needs nothing installed but Python.
    #[arg(long)]
    quick: bool,
}

/// A part of the proof.
type Part = fn(&Machine, &mut Transcript<'_>, &std::path::Path, bool) -> Result<()>;

/// The parts, each with its name.
const PARTS: &[(&str, Part)] = &[("ledger", ledger::run)];

pub(super) fn run(
    arguments: &Arguments,
    machine: &Machine,
    log: &mut Transcript<'_>,
) -> Result<()> {
    // On the profile that tests use: it is built already.
    must(
        log,
        Command::new("cargo")
            .args([
                "build",
                "--quiet",
                "--locked",
                "--package",
                "scruple",
                "--profile",
                "ci",
            ])
            .current_dir(&machine.root),
    )?;
    let program = machine.target.join("ci/scruple");
    for (name, part) in PARTS {
        log.part(name);
        part(machine, log, &program, arguments.quick)?;
    }
    Ok(())
}
