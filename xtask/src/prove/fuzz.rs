//! Every reader of outside bytes, fuzzed by coverage for a while.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use super::machine::Machine;
use super::tools::{from_cargo, must};
use super::transcript::Transcript;

/// Arguments of `prove fuzz`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// How long each target runs.
    #[arg(long, value_name = "N", default_value_t = 600)]
    seconds: u32,
    /// Only these targets [default: all].
    #[arg(long = "target", value_name = "NAME")]
    targets: Vec<String>,
}

/// Good input that a target starts from, below the repository, besides the folder
/// `fuzz/seeds/TARGET` where there is one.
const SEEDS: &[(&str, &[&str])] = &[
    (
        "deal_read",
        &[
            "crates/model/tests/good",
            "crates/model/tests/bad",
            "examples",
        ],
    ),
    ("pack_load", &["packs", "packs/starter"]),
];

/// The targets that `fuzz/Cargo.toml` names, in its order.
fn targets(machine: &Machine) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(machine.root.join("fuzz/Cargo.toml"))
        .context("fuzz/Cargo.toml cannot be read")?;
    let read: toml::Table = toml::from_str(&text)?;
    let names = read
        .get("bin")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|bin| Some(bin.get("name")?.as_str()?.to_owned()));
    Ok(names.collect())
}

pub(super) fn run(
    arguments: &Arguments,
    machine: &Machine,
    log: &mut Transcript<'_>,
) -> Result<()> {
    let fuzz = from_cargo(machine, log, "cargo-fuzz")?;
    let command = |words: &[&str]| {
        let mut command = Command::new(&fuzz);
        command
            .args(words)
            .current_dir(&machine.root)
            .env("RUSTUP_TOOLCHAIN", "nightly");
        command
    };
    let toolchain = must(
        log,
        Command::new("rustc")
            .arg("--version")
            .env("RUSTUP_TOOLCHAIN", "nightly"),
    )
    .context("fuzzing needs a nightly toolchain: rustup toolchain install nightly")?;
    log.say(&String::from_utf8_lossy(&toolchain));
    let all = targets(machine)?;
    let unknown: Vec<&str> = arguments
        .targets
        .iter()
        .filter(|name| !all.contains(name))
        .map(String::as_str)
        .collect();
    ensure!(
        unknown.is_empty() && !all.is_empty(),
        "no fuzz target is called {}; there are: {}",
        unknown.join(", "),
        all.join(" ")
    );
    let wanted = |name: &&String| arguments.targets.is_empty() || arguments.targets.contains(name);
    for target in all.iter().filter(wanted) {
        log.part(target);
        one(target, arguments.seconds, machine, log, &command)?;
    }
    Ok(())
}

fn one(
    target: &str,
    seconds: u32,
    machine: &Machine,
    log: &mut Transcript<'_>,
    command: &dyn Fn(&[&str]) -> Command,
) -> Result<()> {
    must(log, &mut command(&["build", target]))?;
    let corpus = machine.target.join("fuzz-corpus").join(target);
    std::fs::create_dir_all(&corpus)?;
    let mut run = command(&["run", target]);
    run.arg(&corpus);
    for seeds in SEEDS
        .iter()
        .filter(|(name, _)| *name == target)
        .flat_map(|(_, seeds)| *seeds)
    {
        let folder = machine.root.join(seeds);
        ensure!(folder.is_dir(), "{seeds} is not there");
        run.arg(folder);
    }
    let own = machine.root.join("fuzz/seeds").join(target);
    if own.is_dir() {
        run.arg(own);
    }
    run.arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .args([
            "-timeout=20",
            "-rss_limit_mb=3000",
            "-max_len=65536",
            "-print_final_stats=1",
        ]);
    let started = Instant::now();
    let output = log.quietly(&mut run)?;
    let said = String::from_utf8_lossy(&output.stderr);
    let stat = |name: &str| {
        said.lines()
            .find_map(|line| line.strip_prefix(&format!("stat::{name}:")))
            .and_then(|value| value.trim().parse::<u64>().ok())
    };
    let runs = stat("number_of_executed_units").unwrap_or(0);
    let covered = said
        .lines()
        .rev()
        .find_map(|line| {
            line.split_once(" cov: ")?
                .1
                .split_whitespace()
                .next()
                .map(str::to_owned)
        })
        .unwrap_or_else(|| "not told".to_owned());
    log.say(&format!(
        "{target}: {runs} runs in {} s, {covered} places of code reached, at most {} MB",
        started.elapsed().as_secs(),
        stat("peak_rss_mb").unwrap_or(0)
    ));
    if !output.status.success() {
        let (_, panic) = said.split_once("panicked at ").unwrap_or_default();
        for line in panic.lines().take(4) {
            log.say(line);
        }
        let last: Vec<&str> = said.lines().rev().take(40).collect();
        for line in last.into_iter().rev() {
            log.say(line);
        }
    }
    log.check(
        output.status.success() && runs > 0,
        &format!("{target} neither panics, hangs nor runs out of memory"),
    );
    Ok(())
}
