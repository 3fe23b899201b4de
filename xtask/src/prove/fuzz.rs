//! Every reader of outside bytes, fuzzed by coverage for a while.

use std::process::{Command, Output};
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
    /// How many targets run at once.
    #[arg(long, value_name = "N", default_value_t = 1)]
    at_once: usize,
}

/// Good input that targets whose names begin so start from, below the repository,
/// besides the folder `fuzz/seeds/TARGET` where there is one.
const SEEDS: &[(&str, &[&str])] = &[
    (
        "deal_read",
        &[
            "crates/model/tests/good",
            "crates/model/tests/bad",
            "examples",
        ],
    ),
    (
        "list_",
        &["crates/lists/tests/cases", "crates/lists/tests/us"],
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
    let wanted: Vec<&String> = all
        .iter()
        .filter(|name| arguments.targets.is_empty() || arguments.targets.contains(name))
        .collect();
    for target in &wanted {
        must(log, &mut command(&["build", target]))?;
    }
    for together in wanted.chunks(arguments.at_once.max(1)) {
        let mut runs = Vec::new();
        for target in together {
            runs.push(prepared(target, arguments.seconds, machine, &command)?);
        }
        let started = Instant::now();
        let outputs: Vec<_> = std::thread::scope(|scope| {
            let running: Vec<_> = runs
                .iter_mut()
                .map(|run| scope.spawn(move || run.output()))
                .collect();
            running.into_iter().map(|one| one.join()).collect()
        });
        let seconds = started.elapsed().as_secs();
        for ((target, run), output) in together.iter().zip(&runs).zip(outputs) {
            log.part(target);
            log.ran(run);
            let Ok(output) = output else {
                anyhow::bail!("the thread that waits for {target} panicked");
            };
            report(
                target,
                seconds,
                &output.context("cargo-fuzz cannot run")?,
                log,
            );
        }
    }
    Ok(())
}

/// The command that runs a target, with everything good it starts from.
fn prepared(
    target: &str,
    seconds: u32,
    machine: &Machine,
    command: &dyn Fn(&[&str]) -> Command,
) -> Result<Command> {
    let corpus = machine.target.join("fuzz-corpus").join(target);
    std::fs::create_dir_all(&corpus)?;
    let mut run = command(&["run", target]);
    run.arg(&corpus);
    for seeds in SEEDS
        .iter()
        .filter(|(names, _)| target.starts_with(names))
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
    Ok(run)
}

/// What a run did, and whether it held.
fn report(target: &str, seconds: u64, output: &Output, log: &mut Transcript<'_>) {
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
        seconds,
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
}
