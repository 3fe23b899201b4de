//! Programs that a proof needs: found, or installed below the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::machine::Machine;
use super::transcript::Transcript;

/// A program that Cargo installs, in `target/tools`.
pub(super) fn from_cargo(
    machine: &Machine,
    log: &mut Transcript<'_>,
    name: &str,
) -> Result<PathBuf> {
    let tools = machine.target.join("tools");
    let program = tools.join("bin").join(name);
    if !program.exists() {
        must(
            log,
            Command::new("cargo")
                .args(["install", "--quiet", "--locked", "--root"])
                .arg(&tools)
                .arg(name),
        )?;
    }
    Ok(program)
}

/// A Python with packages, in a virtual environment of its own.
pub(super) fn python(
    machine: &Machine,
    log: &mut Transcript<'_>,
    requirements: &Path,
) -> Result<PathBuf> {
    let folder = machine.target.join("tools/python");
    let program = folder.join("bin/python");
    if !program.exists() {
        must(
            log,
            Command::new("python3").args(["-m", "venv"]).arg(&folder),
        )?;
    }
    must(
        log,
        Command::new(&program)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "-r",
            ])
            .arg(requirements),
    )?;
    Ok(program)
}

/// Packages of Node.js, in a folder of their own, which is given.
pub(super) fn node(
    machine: &Machine,
    log: &mut Transcript<'_>,
    packages: &[&str],
) -> Result<PathBuf> {
    let folder = machine.target.join("tools/node");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("package.json"), "{\"private\":true}\n")?;
    must(
        log,
        Command::new("npm")
            .args([
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--no-save",
                "--prefix",
            ])
            .arg(&folder)
            .args(packages),
    )?;
    Ok(folder)
}

/// A program of the system; where it is missing, Debian's package is installed.
pub(super) fn from_debian(log: &mut Transcript<'_>, program: &str, package: &str) -> Result<()> {
    if is_there(program) {
        return Ok(());
    }
    must(
        log,
        Command::new("apt-get").args(["install", "-y", "-qq", package]),
    )?;
    if is_there(program) {
        Ok(())
    } else {
        bail!("{package} is installed, and {program} is still not there")
    }
}

/// Whether a program can be started.
pub(super) fn is_there(program: &str) -> bool {
    Command::new("sh")
        .args(["-c", "command -v \"$0\" >/dev/null", program])
        .status()
        .is_ok_and(|status| status.success())
}

/// The program under test: as the tests build it, or as it is released.
pub(super) fn scruple(
    machine: &Machine,
    log: &mut Transcript<'_>,
    release: bool,
) -> Result<PathBuf> {
    let mut command = Command::new("cargo");
    command
        .args(["build", "--quiet", "--locked", "--package", "scruple"])
        .current_dir(&machine.root);
    let profile = if release { "release" } else { "ci" };
    command.args(["--profile", profile]);
    must(log, &mut command)?;
    Ok(machine.target.join(profile).join("scruple"))
}

/// Runs a program without which the proof cannot go on.
pub(super) fn must(log: &mut Transcript<'_>, command: &mut Command) -> Result<Vec<u8>> {
    let output = log.quietly(command)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = said.trim().lines().rev().take(6).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    Err(anyhow::anyhow!("{}", last.join("\n"))).with_context(|| {
        format!(
            "{} ended with {}",
            command.get_program().to_string_lossy(),
            output.status
        )
    })
}
