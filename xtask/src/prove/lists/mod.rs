//! Every bar of the lists, through the program: counts, time and memory, bad files,
//! kill -9, bundles.
//!
//! Counts are those of the shared set's own table. Nothing here looks into the
//! program: a file is given, and exit code, messages and answers are judged. Only
//! the names that are asked for afterwards are read from the data directory.

mod bundles;
mod chance;
mod counts;
mod damage;
mod hostile;
mod kills;
mod manifest;
mod place;
mod together;

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum as _;

use super::machine::Machine;
use super::tools;
use super::transcript::Transcript;
use manifest::Set;

/// Arguments of `prove lists`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Only these parts [default: all].
    #[arg(long = "part", value_enum)]
    parts: Vec<Part>,
    /// How many times a sync is killed.
    #[arg(long, value_name = "N", default_value_t = 200)]
    kills: usize,
    /// How many copies of each full file have one bit turned; of files whose good
    /// copy takes longer than a second, a tenth of that.
    #[arg(long, value_name = "N", default_value_t = 200)]
    flips: usize,
    /// Where the seeded choices start.
    #[arg(long, value_name = "N", default_value_t = 4)]
    seed: u64,
}

impl Arguments {
    /// `lists`, or `lists-counts-trap` where only these parts run.
    pub(super) fn file_name(&self) -> String {
        let mut name = "lists".to_owned();
        for part in &self.parts {
            if let Some(value) = part.to_possible_value() {
                name.push('-');
                name.push_str(value.get_name());
            }
        }
        name
    }
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Counts,
    Together,
    Trap,
    Damage,
    Hostile,
    Kills,
    Bundles,
}

/// What every part needs.
struct Bench<'a> {
    machine: &'a Machine,
    program: PathBuf,
    folder: PathBuf,
    lists: PathBuf,
    sets: Vec<Set>,
    /// Aliases and addresses whose parties are not in the shared set.
    parts: Vec<manifest::Row>,
}

pub(super) fn run(
    arguments: &Arguments,
    machine: &Machine,
    log: &mut Transcript<'_>,
) -> Result<()> {
    let lists = machine.shared()?.join("data/lists");
    let rows = manifest::rows(&lists)?;
    let (sets, parts) = manifest::sets(&lists, &rows);
    let bench = Bench {
        machine,
        program: tools::scruple(machine, log, true)?,
        folder: machine.fresh(&format!("lists-{}", std::process::id()))?,
        lists,
        sets,
        parts,
    };
    for (what, value) in machine.hardware() {
        log.say(&format!("{what}: {value}"));
    }
    log.say(&format!("load at the start: {}", machine.load()));
    log.say(&format!("seed: {}", arguments.seed));
    log.say(&format!(
        "MANIFEST.md: {} files, {} of them official lists or sets, and {} parts of sets without their parties",
        rows.len(),
        bench.sets.len(),
        bench.parts.len()
    ));
    let wanted = |part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    let mut go = |part, heading: &str, what: &mut dyn FnMut(&mut Transcript<'_>) -> Result<()>| {
        if wanted(part) {
            log.part(heading);
            if let Err(error) = what(log) {
                log.fail(&format!("{heading}: could not go on: {error:#}"));
            }
        }
    };
    go(Part::Counts, "every official list by itself", &mut |log| {
        counts::run(&bench, log)
    });
    go(Part::Together, "all of them in one folder", &mut |log| {
        together::run(&bench, log)
    });
    go(Part::Trap, "files of different days", &mut |log| {
        together::trap(&bench, log)
    });
    go(Part::Damage, "cut off, and a bit turned", &mut |log| {
        damage::run(&bench, arguments.flips, arguments.seed, log)
    });
    go(Part::Hostile, "made to do harm", &mut |log| {
        hostile::run(&bench, log)
    });
    go(Part::Kills, "kill -9 while syncing", &mut |log| {
        kills::run(&bench, arguments.kills, arguments.seed, log)
    });
    go(Part::Bundles, "bundles", &mut |log| {
        bundles::run(&bench, arguments.seed, log)
    });
    log.say(&format!("load at the end: {}", machine.load()));
    std::fs::remove_dir_all(&bench.folder)?;
    Ok(())
}
