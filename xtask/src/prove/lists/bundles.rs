//! A bundle of one directory, taken into an empty one; and bundles with a byte turned.

use std::ffi::OsStr;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Bench;
use super::chance::Chance;
use super::place::Place;
use crate::prove::transcript::Transcript;

/// How many bundles have a byte changed.
const CHANGED: usize = 50;

pub(super) fn run(bench: &Bench<'_>, seed: u64, log: &mut Transcript<'_>) -> Result<()> {
    let here = Place::new(&bench.program, &bench.folder, "bundle-here")?;
    let there = Place::new(&bench.program, &bench.folder, "bundle-there")?;
    for set in bench.sets.iter().filter(|set| !set.sample).take(6) {
        here.sync(&set.files, set.day.as_deref(), None)?;
    }
    let file = bench.folder.join("all.scruple-bundle");
    let key = bench.folder.join("all.scruple-bundle.vkey");
    let words = ["bundle", "export", "--json"].map(OsStr::new);
    let made = here.run(words.into_iter().chain([file.as_os_str()]))?;
    let report = made.json().context(made.err.clone())?;
    log.say(&format!(
        "exported: {} snapshots, {} packs, {} bytes, {:.1} s",
        report["snapshots"], report["packs"], report["bytes"], made.seconds
    ));
    let import = |place: &Place, file: &std::path::Path| {
        let words = ["bundle", "import", "--json", "--trust"].map(OsStr::new);
        place.run(words.into_iter().chain([key.as_os_str(), file.as_os_str()]))
    };
    let came = import(&there, &file)?;
    log.check(came.code == 0, &format!("imported, {:.1} s", came.seconds));
    let other = came.json().unwrap_or(Value::Null);
    log.check(
        other["manifest"] == report["manifest"] && other["manifest"] == other["manifest_there"],
        &format!("both answer from {}", report["manifest"]),
    );
    log.check(
        rows(&here)? == rows(&there)? && !rows(&here)?.is_empty(),
        "both hold the same lists, with the same hashes",
    );
    let party = here.known()?.context("no party finds itself")?;
    log.check(
        there.finds(&party)?,
        "a name that the one finds is found by the other",
    );

    let good = std::fs::read(&file)?;
    let mut chance = Chance::new(seed);
    let changed = bench.folder.join("changed.scruple-bundle");
    let empty = Place::new(&bench.program, &bench.folder, "bundle-changed")?;
    let (mut refused, mut empties) = (0, 0);
    for _ in 0..CHANGED {
        let mut bytes = good.clone();
        let at = chance.below(bytes.len());
        let bit = 1 << chance.below(8);
        bytes[at] ^= bit;
        std::fs::write(&changed, &bytes)?;
        let ran = import(&empty, &changed)?;
        if ran.code == 2 {
            refused += 1;
        } else {
            log.say(&format!("byte {at}: code {}: {}", ran.code, ran.first()));
        }
        empties += usize::from(empty.lists()?.is_empty());
    }
    log.check(
        refused == CHANGED && empties == CHANGED,
        &format!("{refused} of {CHANGED} bundles with a bit turned are refused, and nothing of them is taken"),
    );
    Ok(())
}

/// What is held, without what differs by when it came.
fn rows(place: &Place) -> Result<Vec<Value>> {
    let mut rows = place.lists()?;
    for row in &mut rows {
        if let Some(row) = row.as_object_mut() {
            row.retain(|key, _| {
                ["id", "published", "records", "entities", "unread", "hash"].contains(&key.as_str())
            });
        }
    }
    Ok(rows)
}
