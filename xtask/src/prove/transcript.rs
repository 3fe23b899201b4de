//! What a proof did, printed as it happens and kept without machine paths.

use std::process::{Command, Output};
use std::time::Instant;

use anyhow::{Context as _, Result};

use super::machine::Machine;

/// The record of one proof.
pub(super) struct Transcript<'a> {
    machine: &'a Machine,
    text: String,
    held: usize,
    failures: Vec<String>,
    started: Instant,
}

impl<'a> Transcript<'a> {
    pub(super) fn new(name: &str, machine: &'a Machine) -> Self {
        let mut log = Self {
            machine,
            text: String::new(),
            held: 0,
            failures: Vec::new(),
            started: Instant::now(),
        };
        log.say(&format!("cargo xtask prove {name} · {}", machine.today));
        log.say(&commit(machine));
        log
    }

    /// One or more lines.
    pub(super) fn say(&mut self, text: &str) {
        let text = self.machine.redact(text.trim_end());
        println!("{text}");
        self.text.push_str(&text);
        self.text.push('\n');
    }

    /// A heading.
    pub(super) fn part(&mut self, name: &str) {
        let seconds = self.started.elapsed().as_secs();
        self.say(&format!("\n== {name} ({seconds} s)"));
    }

    /// Something that was to hold, and does or does not.
    pub(super) fn check(&mut self, holds: bool, what: &str) {
        if holds {
            self.held += 1;
            self.say(&format!("holds: {what}"));
        } else {
            self.fail(what);
        }
    }

    /// Something that was to hold, and does not.
    pub(super) fn fail(&mut self, what: &str) {
        self.say(&format!("FAILS: {what}"));
        self.failures.push(what.to_owned());
    }

    /// Runs a program whose output is of interest, and keeps it.
    pub(super) fn show(&mut self, command: &mut Command) -> Result<Output> {
        let output = self.quietly(command)?;
        for stream in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(stream);
            if !text.trim().is_empty() {
                self.say(&text);
            }
        }
        Ok(output)
    }

    /// Runs a program and keeps only that it ran.
    pub(super) fn quietly(&mut self, command: &mut Command) -> Result<Output> {
        self.ran(command);
        command
            .output()
            .with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))
    }

    /// Keeps that a program ran.
    pub(super) fn ran(&mut self, command: &Command) {
        let shown = self.shown(command);
        self.say(&format!("$ {shown}"));
    }

    /// Runs a script that prints `ok …` or `not ok …` for what was to hold, and
    /// anything else for what was seen.
    pub(super) fn take(&mut self, command: &mut Command) -> Result<()> {
        let output = self.quietly(command)?;
        let mut checked = 0;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let outcome = match line.strip_prefix("ok ") {
                Some(what) => Some((true, what)),
                None => line.strip_prefix("not ok ").map(|what| (false, what)),
            };
            match outcome {
                Some((holds, what)) => self.check(holds, what),
                None => self.say(line),
            }
            checked += usize::from(outcome.is_some());
        }
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            self.fail(&format!(
                "the script ended with {}:\n{}",
                output.status,
                said.trim()
            ));
        } else if checked == 0 {
            self.fail("the script checked nothing");
        }
        Ok(())
    }

    fn shown(&self, command: &Command) -> String {
        let words: Vec<String> = std::iter::once(command.get_program())
            .chain(command.get_args())
            .map(|word| {
                let word = word.to_string_lossy();
                if word.contains([' ', '"']) {
                    format!("'{word}'")
                } else {
                    word.into_owned()
                }
            })
            .collect();
        words.join(" ")
    }

    /// The last lines; true if all held, and something was checked at all.
    pub(super) fn end(&mut self) -> bool {
        let seconds = self.started.elapsed().as_secs();
        let failures = std::mem::take(&mut self.failures);
        let holds = failures.is_empty() && self.held > 0;
        self.say(&format!(
            "\n{} held, {} failed; took {seconds} s",
            self.held,
            failures.len()
        ));
        for failure in &failures {
            self.say(&format!(
                "FAILS: {}",
                failure.lines().next().unwrap_or_default()
            ));
        }
        if self.held == 0 && failures.is_empty() {
            self.say("FAILS: nothing was checked");
        }
        holds
    }

    /// Everything said.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// The commit, and whether anything differs from it but what proofs write.
fn commit(machine: &Machine) -> String {
    let git = |words: &[&str]| {
        let output = Command::new("git")
            .args(words)
            .current_dir(&machine.root)
            .output();
        output.map_or_else(
            |_| String::new(),
            |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        )
    };
    let written = [":!proofs", ":!bench", ":!docs/benchmarks.md"];
    let mut status = vec!["status", "--porcelain", "--", "."];
    status.extend(written);
    let differs = if git(&status).is_empty() {
        ""
    } else {
        ", with changes that are not committed"
    };
    format!("commit {}{differs}", git(&["rev-parse", "--short", "HEAD"]))
}
