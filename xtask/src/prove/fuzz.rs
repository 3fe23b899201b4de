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

/// Where good input lies that a target starts from, below the repository.
const SEEDS: &[(&str, &[&str])] = &[
    (
        "deal_read",
        &[
            "crates/model/tests/good",
            "crates/model/tests/bad",
            "examples",
        ],
    ),
    ("ftm_read", &["fuzz/seeds/ftm_read"]),
    ("names_read", &["fuzz/seeds/names_read"]),
    ("pack_load", &["packs", "packs/starter"]),
    ("table_read", &["fuzz/seeds/table_read"]),
];

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
    let list = String::from_utf8(must(log, &mut command(&["list"]))?)?;
    let targets: Vec<&str> = list
        .lines()
        .map(str::trim)
        .filter(|name| arguments.targets.is_empty() || arguments.targets.iter().any(|t| t == name))
        .collect();
    ensure!(
        !targets.is_empty(),
        "no fuzz target is called that; there are: {}",
        list.replace('\n', " ")
    );
    for target in targets {
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
