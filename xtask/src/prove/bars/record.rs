//! Measured values, kept with their circumstances.

use std::fmt::Write as _;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::measure::median;
use crate::prove::machine::Machine;
use crate::prove::transcript::Transcript;

/// Something measured once or several times, and the bar it has to keep.
pub(super) struct Measure {
    pub(super) what: String,
    pub(super) values: Vec<f64>,
    pub(super) unit: &'static str,
    pub(super) bar: Option<Bar>,
}

/// What a median has to keep.
#[derive(Clone, Copy)]
pub(super) enum Bar {
    Below(f64),
    AtLeast(f64),
}

impl Measure {
    pub(super) fn new(what: &str, values: Vec<f64>, unit: &'static str) -> Self {
        Self {
            what: what.to_owned(),
            values,
            unit,
            bar: None,
        }
    }

    pub(super) fn below(mut self, limit: f64) -> Self {
        self.bar = Some(Bar::Below(limit));
        self
    }

    pub(super) fn above(mut self, limit: f64) -> Self {
        self.bar = Some(Bar::AtLeast(limit));
        self
    }

    pub(super) fn holds(&self) -> bool {
        let value = median(&self.values);
        match self.bar {
            None => true,
            Some(Bar::Below(limit)) => value < limit,
            Some(Bar::AtLeast(limit)) => value >= limit,
        }
    }

    fn number(&self, value: f64) -> String {
        match self.unit {
            "%" => format!("{value:.2}"),
            "names/s" => format!("{value:.0}"),
            _ => format!("{value:.1}"),
        }
    }

    pub(super) fn shown(&self) -> String {
        let middle = self.number(median(&self.values));
        let unit = self.unit;
        if self.values.len() == 1 {
            return format!("{middle} {unit}");
        }
        let least = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.values.iter().copied().fold(0.0, f64::max);
        format!(
            "{middle} {unit} (median of {}, {} to {})",
            self.values.len(),
            self.number(least),
            self.number(most)
        )
    }

    pub(super) fn bar_shown(&self) -> String {
        match self.bar {
            None => String::new(),
            Some(Bar::Below(limit)) => format!("< {limit} {}", self.unit),
            Some(Bar::AtLeast(limit)) => format!("≥ {limit} {}", self.unit),
        }
    }
}

/// Writes `bench/runs/DATE-MACHINE/` and `docs/benchmarks.md`.
pub(super) fn write(machine: &Machine, log: &mut Transcript<'_>, all: &[Measure]) -> Result<()> {
    let hardware = machine.hardware();
    let cores = &hardware[0].1;
    let name = format!("{}-{}-{cores}-cores", machine.today, std::env::consts::ARCH);
    let folder = machine.root.join("bench/runs").join(&name);
    std::fs::create_dir_all(&folder)?;
    let mut raw = csv::Writer::from_path(folder.join("raw.csv"))?;
    raw.write_record(["measure", "run", "value", "unit"])?;
    for measure in all {
        for (run, value) in measure.values.iter().enumerate() {
            let run = (run + 1).to_string();
            raw.write_record([&measure.what, &run, &format!("{value:.3}"), measure.unit])?;
        }
    }
    raw.flush()?;

    let rustc = Command::new("rustc").arg("--version").output()?;
    let commit = Command::new("git")
        .args(["rev-parse", "--short", "HEAD"])
        .current_dir(&machine.root)
        .output()?;
    let mut about = format!(
        "# {name}\n\nMade by `cargo xtask prove bars`. `raw.csv` holds every value, one line a run.\n\n\
         | | |\n| --- | --- |\n| commit | {} |\n| compiler | {}, profile `release` |\n",
        String::from_utf8_lossy(&commit.stdout).trim(),
        String::from_utf8_lossy(&rustc.stdout).trim()
    );
    for (key, value) in &hardware {
        let _ = writeln!(about, "| {key} | {value} |");
    }
    let _ = writeln!(about, "| load afterwards | {} |", machine.load());
    about.push_str(
        "\nThe lists are those of `cargo xtask import-shared`. Times are of whole processes, from start to exit, with \
         warm\ncaches. Anonymous memory is `RssAnon` of `/proc/PID/status`, sampled while the process runs; the index \
         is mapped from\nits file and not part of it.\n",
    );
    std::fs::write(folder.join("README.md"), &about)?;
    let page = machine.root.join("docs/benchmarks.md");
    // What `prove parse` wrote below stays.
    let below = std::fs::read_to_string(&page).unwrap_or_default();
    let below = below
        .find(crate::prove::parse::HEADING)
        .map_or_else(String::new, |at| format!("\n{}", &below[at..]));
    std::fs::write(&page, table(&name, all) + &below).context("cannot write docs/benchmarks.md")?;
    log.say(&format!("written: bench/runs/{name}/, docs/benchmarks.md"));
    Ok(())
}

fn table(name: &str, all: &[Measure]) -> String {
    let mut page = format!(
        "# Benchmarks\n\nMade by `cargo xtask prove bars` from the run kept in [`bench/runs/{name}`](../bench/runs/{name}/README.md),\n\
         which says on what machine and how. Numbers hold for that machine and that day; run it on yours.\n\n\
         | what | measured | bar | |\n| --- | --- | --- | --- |\n"
    );
    for measure in all {
        let verdict = match measure.bar {
            None => "",
            Some(_) if measure.holds() => "holds",
            Some(_) => "**fails**",
        };
        let _ = writeln!(
            page,
            "| {} | {} | {} | {verdict} |",
            measure.what,
            measure.shown(),
            measure.bar_shown()
        );
    }
    page
}
