//! Programs of others check what we publish: signed audits, the register.
//!
//! Each part stands in its file. `--ci` runs what needs nothing but Python's own
//! library; without it the checkers are installed below the target folder.

mod credentials;
mod register;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use super::machine::Machine;
use super::tools;
use super::transcript::Transcript;

/// Arguments of `prove interop`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Only what needs no installs.
    #[arg(long)]
    ci: bool,
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
        program: tools::scruple(machine, log, false)?,
        installs: !arguments.ci,
    };
    credentials::run(&given, log)?;
    register::run(&given, log)
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
