//! Programs that are not ours check what outsiders are to check: logs, proofs,
//! credentials, registers.
//!
//! One file for each part. Checkers that others wrote stand in the folder of shared data,
//! with how to install what they need; ours for machines without them stand in
//! `tests/interop/`. `--quick` runs what needs nothing but Python's own library.

mod credentials;
mod ledger;
mod register;
mod schemas;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use super::machine::Machine;
use super::tools::must;
use super::transcript::Transcript;

/// Arguments of `prove interop`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Only what needs nothing installed but Python.
    #[arg(long)]
    quick: bool,
}

impl Arguments {
    /// Of the text that is kept.
    pub(super) fn file_name(&self) -> String {
        let name = if self.quick {
            "interop-quick"
        } else {
            "interop"
        };
        name.to_owned()
    }
}

/// What a part is given.
struct Given<'a> {
    machine: &'a Machine,
    program: PathBuf,
    /// Whether checkers may be installed.
    installs: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    machine: &Machine,
    log: &mut Transcript<'_>,
) -> Result<()> {
    let given = Given {
        machine,
        program: program(arguments, machine, log)?,
        installs: !arguments.quick,
    };
    log.part("ledger");
    ledger::run(machine, log, &given.program, arguments.quick)?;
    credentials::run(&given, log)?;
    register::run(&given, log)?;
    schemas::run(&given, log)
}

/// The program on the profile that tests use. The quick part takes the one that the tests
/// built beside this: a build of its own would select other features, and take minutes.
fn program(arguments: &Arguments, machine: &Machine, log: &mut Transcript<'_>) -> Result<PathBuf> {
    let program = machine.target.join("ci/scruple");
    if !(arguments.quick && program.exists()) {
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
    }
    Ok(program)
}

impl Given<'_> {
    /// Runs the program in a folder with a data directory of its own, which has to end well.
    fn scruple(&self, folder: &Path, words: &[&str]) -> Result<String> {
        let output = Command::new(&self.program)
            .current_dir(folder)
            .arg("--data")
            .arg(folder.join("data"))
            .args(["--today", "2026-11-22"])
            .args(words)
            .output()?;
        ensure!(
            output.status.success(),
            "scruple {} ended with {}: {}",
            words.join(" "),
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn script(&self, name: &str) -> PathBuf {
        self.machine.root.join("tests/interop").join(name)
    }

    /// The draft that docs/attest.md shows.
    fn draft(&self) -> Result<String> {
        let page = std::fs::read_to_string(self.machine.root.join("docs/attest.md"))?;
        let draft = page
            .split("```toml\n")
            .nth(1)
            .and_then(|rest| rest.split("```").next());
        Ok(draft.unwrap_or_default().to_owned())
    }
}
