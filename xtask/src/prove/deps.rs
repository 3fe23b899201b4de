//! What goes into the program: licences, bans, sources, advisories, repeats.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anyhow::Result;

use super::machine::Machine;
use super::tools::{from_cargo, must};
use super::transcript::Transcript;

pub(super) fn run(machine: &Machine, log: &mut Transcript<'_>) -> Result<()> {
    let deny = from_cargo(machine, log, "cargo-deny")?;
    for check in ["licenses", "bans", "sources"] {
        log.part(check);
        let mut command = Command::new(&deny);
        command
            .args([
                "--color",
                "never",
                "--locked",
                "check",
                "--hide-inclusion-graph",
                check,
            ])
            .current_dir(&machine.root);
        let output = log.show(&mut command)?;
        log.check(
            output.status.success(),
            &format!("cargo deny check {check}"),
        );
    }

    log.part("advisories");
    let output = log.quietly(
        Command::new(&deny)
            .args([
                "--color",
                "never",
                "--locked",
                "check",
                "--hide-inclusion-graph",
                "advisories",
            ])
            .current_dir(&machine.root),
    )?;
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("failed to fetch advisory database")
        || said.contains("failed to prepare fetch")
    {
        log.say("not checked: the advisory database cannot be reached from here; this is no pass");
    } else {
        log.say(&said);
        log.check(output.status.success(), "cargo deny check advisories");
    }

    log.part("libraries in the program");
    let mut tree = Command::new("cargo");
    tree.args([
        "tree",
        "--locked",
        "--package",
        "scruple",
        "--edges",
        "normal",
        "--prefix",
        "none",
    ])
    .args(["--format", "{p}|{l}"])
    .current_dir(&machine.root);
    let output = String::from_utf8(must(log, &mut tree)?)?;
    let mut libraries = BTreeSet::new();
    let mut licences: BTreeMap<String, usize> = BTreeMap::new();
    for line in output.lines() {
        let Some((package, licence)) = line.trim_end_matches(" (*)").split_once('|') else {
            continue;
        };
        // Ours have a folder behind the version.
        let outside = !package.contains('/');
        if outside && libraries.insert(package.trim_end_matches(" (proc-macro)").to_owned()) {
            *licences
                .entry(licence.trim_end_matches(" (*)").to_owned())
                .or_default() += 1;
        }
    }
    log.say(&format!(
        "{} outside libraries are compiled into the program",
        libraries.len()
    ));
    for (licence, count) in &licences {
        log.say(&format!("{count:>5}  {licence}"));
    }
    log.check(
        libraries.len() > 10 && licences.keys().all(|licence| !licence.trim().is_empty()),
        "every library states its licence",
    );
    for library in &libraries {
        log.say(&format!("       {library}"));
    }

    log.part("libraries that stand in several versions");
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for library in &libraries {
        if let Some((name, version)) = library.split_once(" v") {
            versions.entry(name).or_default().push(version);
        }
    }
    versions.retain(|_, versions| versions.len() > 1);
    for (name, versions) in versions {
        log.say(&format!("{name}: {}", versions.join(", ")));
    }
    Ok(())
}
