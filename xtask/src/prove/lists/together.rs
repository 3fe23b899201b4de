//! All official lists in one folder with `snapshots.toml`: how long, how much
//! memory, and what a second run says. And files of different days, side by side.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::Bench;
use super::place::{Place, number, reports};
use crate::prove::transcript::Transcript;

const SECONDS: f64 = 60.0;
const AGAIN: f64 = 5.0;
const MEGABYTES: f64 = 400.0;

pub(super) fn run(bench: &Bench<'_>, log: &mut Transcript<'_>) -> Result<()> {
    let place = Place::new(&bench.program, &bench.folder, "together")?;
    let folder = place.folder.join("lists");
    let mut bytes = 0;
    for set in &bench.sets {
        bytes += lay(&folder, set)?;
    }
    log.say(&format!(
        "{} lists and sets, {:.1} MB as they lie there",
        bench.sets.len(),
        megabytes(bytes)
    ));
    // The small samples are newer than the whole lists, and would take their place.
    let mut words = vec!["sync".into(), "--json".into(), "--from".into()];
    words.push(folder.clone().into_os_string());
    let ran = place.run(&words)?;
    log.say(&format!(
        "first run: code {}, {:.1} s, {:.1} s of the processor, {:.0} MB anonymous at most, load {}",
        ran.code,
        ran.seconds,
        ran.processor_seconds,
        ran.anonymous_mb,
        bench.machine.load()
    ));
    let report = ran.json()?;
    for refused in report["refused"].as_array().into_iter().flatten() {
        log.say(&format!(
            "  refused: {}",
            refused.as_str().unwrap_or_default()
        ));
    }
    let shrunk = |ran: &str| ran.contains("does not replace it");
    let refused: Vec<&str> = report["refused"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .collect();
    log.check(
        [0, 2].contains(&ran.code) && refused.iter().all(|text| shrunk(text)),
        "every list is taken, but for small samples that would take the place of whole lists",
    );
    let taken = reports(&report).len();
    let rows: u64 = reports(&report)
        .iter()
        .map(|row| number(row, "records"))
        .sum();
    log.say(&format!("{taken} snapshots, {rows} records"));
    log.check(
        ran.seconds < SECONDS,
        &format!("{:.1} s, bar < {SECONDS} s", ran.seconds),
    );
    log.check(
        ran.anonymous_mb < MEGABYTES,
        &format!("{:.0} MB anonymous, bar < {MEGABYTES} MB", ran.anonymous_mb),
    );

    let again = place.run(&words)?;
    let report = again.json()?;
    let unchanged = reports(&report)
        .iter()
        .filter(|row| row["unchanged"] == true)
        .count();
    log.say(&format!(
        "second run: code {}, {:.1} s, {:.1} s of the processor, {:.0} MB anonymous at most, load {}",
        again.code,
        again.seconds,
        again.processor_seconds,
        again.anonymous_mb,
        bench.machine.load()
    ));
    // A sync runs on one core: where others want the cores too, its own time counts.
    let (own, what) = if bench.machine.busy() {
        (
            again.processor_seconds,
            "of the processor (the machine is busy)",
        )
    } else {
        (again.seconds, "from start to exit")
    };
    log.check(
        own < AGAIN && again.processor_seconds > 0.0,
        &format!("second run {own:.1} s {what}, bar < {AGAIN} s"),
    );
    log.check(
        taken > 0 && unchanged == taken && reports(&report).len() == taken,
        &format!("{unchanged} of {taken} snapshots reported unchanged"),
    );
    let doctor = place.run(["doctor"])?;
    log.check(doctor.code == 0, "doctor finds no fault");
    Ok(())
}

/// Puts a set in a folder of its own with its `snapshots.toml`; says how many bytes.
fn lay(folder: &Path, set: &super::Set) -> Result<u64> {
    let inner = folder.join(set.name.replace(['/', '.'], "_"));
    std::fs::create_dir_all(&inner)?;
    let mut bytes = 0;
    let mut names = Vec::new();
    for file in &set.files {
        let name = file.file_name().context("a file has a name")?;
        bytes += std::fs::copy(file, inner.join(name))?;
        names.push(name.to_string_lossy().into_owned());
    }
    let mut note = String::new();
    if let Some(day) = &set.day {
        let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
        writeln!(note, "[[snapshot]]")?;
        writeln!(note, "dated = {day}")?;
        writeln!(note, "files = [{}]", names.join(", "))?;
        std::fs::write(inner.join("snapshots.toml"), note)?;
    }
    Ok(bytes)
}

#[expect(clippy::cast_precision_loss, reason = "megabytes for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Parties of one day with aliases of another.
pub(super) fn trap(bench: &Bench<'_>, log: &mut Transcript<'_>) -> Result<()> {
    let primary = bench
        .sets
        .iter()
        .filter(|set| set.whole_day && set.name.starts_with("ofac_sdn_"))
        .max_by_key(|set| set.day.clone())
        .context("no parties of OFAC's with a day")?;
    for part in &bench.parts {
        let files: Vec<PathBuf> = vec![primary.files[0].clone(), bench.lists.join(&part.file)];
        for (what, day) in [("", None), (" with --dated", primary.day.as_deref())] {
            let place = Place::new(&bench.program, &bench.folder, "trap")?;
            let ran = place.sync(&files, day, None)?;
            log.say(&format!("{} with {}{what}:", primary.name, part.file));
            log.say(&ran.err);
            let lines = ["[[snapshot]]", "dated = ", "files = ["];
            log.check(
                ran.code == 2 && place.lists()?.is_empty(),
                &format!(
                    "{} and {}{what}: refused, nothing taken",
                    primary.name, part.file
                ),
            );
            log.check(
                lines.iter().all(|line| ran.err.contains(line)),
                "the message holds the lines to write in snapshots.toml",
            );
        }
    }
    Ok(())
}
