//! kill -9 at random moments of a sync, and of the import of a bundle: the old or the
//! new copy answers, always.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::Bench;
use super::chance::Chance;
use super::place::{Party, Place};
use crate::prove::bars::measure::median;
use crate::prove::transcript::Transcript;

/// Two copies of a list, the older first.
struct Pair {
    name: String,
    files: [PathBuf; 2],
    /// The same two as bundles.
    bundles: [PathBuf; 2],
    hashes: [String; 2],
    /// Of a party in both, one only in the older, one only in the newer.
    both: Party,
    gone: Option<Party>,
    came: Option<Party>,
    /// Seconds that a sync of the newer takes where the older is held.
    seconds: f64,
    /// Data directories that hold the older only, and the newer only.
    bases: [PathBuf; 2],
    list: String,
}

pub(super) fn run(
    bench: &Bench<'_>,
    kills: usize,
    seed: u64,
    log: &mut Transcript<'_>,
) -> Result<()> {
    let mut pairs = Vec::new();
    for (prefix, end) in [
        ("un_consolidated_", ".xml.zst"),
        ("uk_ofsi_ConList_", ".csv.zst"),
    ] {
        let pair = pair(bench, prefix, end)?;
        log.say(&format!(
            "{}: {} then {}, a sync takes {:.2} s; asked for: {:?} (both), {:?} (only older), {:?} (only newer)",
            pair.name,
            pair.hashes[0].get(..12).unwrap_or_default(),
            pair.hashes[1].get(..12).unwrap_or_default(),
            pair.seconds,
            pair.both.name,
            pair.gone.as_ref().map(|party| &party.name),
            pair.came.as_ref().map(|party| &party.name),
        ));
        pairs.push(pair);
    }
    let mut chance = Chance::new(seed);
    let mut tally = Tally::default();
    let started = Instant::now();
    // Three quarters while syncing, the rest while importing.
    let rounds = pairs.iter().flat_map(|pair| {
        let imports = kills.div_ceil(4 * pairs.len());
        let syncs = kills.div_ceil(pairs.len()) - imports;
        [(pair, Way::Sync, syncs), (pair, Way::Import, imports)]
    });
    for (pair, way, each) in rounds {
        let place = Place::new(&bench.program, &bench.folder, "killed")?;
        // The newer is given where the older is held; then the other way round, where it
        // is kept for the past and the newer must go on answering.
        let mut from = 0;
        place.become_copy(&pair.bases[from])?;
        let mut after = [0_usize; 2];
        let mut killed = 0;
        let mut tries = 0;
        while killed < each {
            tries += 1;
            ensure!(tries < each * 3 + 20, "too many syncs end before the kill");
            let wait = Duration::from_secs_f64(chance.part() * 1.2 * pair.seconds);
            let was = kill(&place, way, pair, 1 - from, wait)?;
            killed += usize::from(was);
            tally.late += usize::from(!was);
            let now = judge(&place, pair, &mut tally)?;
            after[now] += usize::from(was);
            if tries % 20 == 0 {
                // What the kills left behind is in nobody's way.
                let ran = place.sync(&[pair.files[1].clone()], None, None)?;
                let whole = ran.code == 0 && held(&place, pair)? == 1;
                tally.wrong(
                    whole,
                    &format!(
                        "{}: the sync after kill {killed} ended with {}: {}",
                        pair.name,
                        ran.code,
                        ran.first()
                    ),
                );
                judge(&place, pair, &mut tally)?;
            }
            // What earlier kills left behind stays, until both are held.
            if place.lists()?[0]["copies"].as_u64() > Some(1) {
                from = 1 - from;
                place.become_copy(&pair.bases[from])?;
            }
        }
        log.say(&format!(
            "{}, {way:?}: {killed} killed of {tries} started; {} answered from the older, {} from the newer",
            pair.name, after[0], after[1]
        ));
        tally.killed += killed;
    }
    for wrong in &tally.wrongs {
        log.say(&format!("  {wrong}"));
    }
    log.say(&format!(
        "{} kills, {} were done before, {:.0} s",
        tally.killed,
        tally.late,
        started.elapsed().as_secs_f64()
    ));
    log.check(
        tally.killed >= kills && tally.wrongs.is_empty(),
        &format!(
            "after each of {} kills the old or the new copy answers, and doctor finds no fault ({} checks)",
            tally.killed, tally.checks
        ),
    );
    Ok(())
}

/// How a copy comes.
#[derive(Clone, Copy, Debug)]
enum Way {
    Sync,
    Import,
}

#[derive(Default)]
struct Tally {
    killed: usize,
    late: usize,
    checks: usize,
    wrongs: Vec<String>,
}

impl Tally {
    fn wrong(&mut self, holds: bool, what: &str) {
        self.checks += 1;
        if !holds {
            self.wrongs.push(what.to_owned());
        }
    }
}

fn pair(bench: &Bench<'_>, prefix: &str, end: &str) -> Result<Pair> {
    let mut sets: Vec<_> = bench
        .sets
        .iter()
        .filter(|set| set.name.starts_with(prefix) && set.name.ends_with(end))
        .collect();
    sets.sort_by_key(|set| set.day.clone());
    let [older, newer] = sets[..] else {
        anyhow::bail!("there are not two copies of {prefix}…{end}")
    };
    let mut parties: Vec<BTreeSet<Party>> = Vec::new();
    let mut hashes = Vec::new();
    let mut places = Vec::new();
    for (at, set) in [older, newer].iter().enumerate() {
        let place = Place::new(&bench.program, &bench.folder, &format!("{prefix}{at}"))?;
        let ran = place.sync(&set.files, None, None)?;
        ensure!(ran.code == 0, "{}: {}", set.name, ran.err);
        parties.push(place.parties()?.into_iter().collect());
        let row = place.lists()?.into_iter().next().context("no list")?;
        hashes.push((
            row["hash"].as_str().context("no hash")?.to_owned(),
            row["id"].as_str().context("no id")?.to_owned(),
        ));
        places.push(place);
    }
    let finding = |all: Vec<&Party>, place: &Place, not: Option<&Place>| -> Result<Option<Party>> {
        for party in all.into_iter().filter(|party| party.is_telling()).take(40) {
            let alone = match not {
                Some(not) => !not.finds(party)?,
                None => true,
            };
            if alone && place.finds(party)? {
                return Ok(Some(party.clone()));
            }
        }
        Ok(None)
    };
    let common = parties[0].intersection(&parties[1]).collect();
    let both = finding(common, &places[0], None)?.context("no party in both")?;
    let gone = parties[0].difference(&parties[1]).collect();
    let gone = finding(gone, &places[0], Some(&places[1]))?;
    let came = parties[1].difference(&parties[0]).collect();
    let came = finding(came, &places[1], Some(&places[0]))?;
    // As it will be done: the newer where the older is held.
    let mut times = Vec::new();
    let timed = Place::new(&bench.program, &bench.folder, "timed")?;
    for _ in 0..3 {
        timed.become_copy(&places[0].data())?;
        times.push(timed.sync(&newer.files, None, None)?.seconds);
    }
    Ok(Pair {
        name: prefix.trim_end_matches('_').to_owned(),
        files: [older.files[0].clone(), newer.files[0].clone()],
        bundles: [
            bundle(&places[0], &bench.folder.join(format!("{prefix}0.bundle")))?,
            bundle(&places[1], &bench.folder.join(format!("{prefix}1.bundle")))?,
        ],
        list: hashes[0].1.clone(),
        hashes: [hashes[0].0.clone(), hashes[1].0.clone()],
        both,
        gone,
        came,
        seconds: median(&times),
        bases: [places[0].data(), places[1].data()],
    })
}

fn bundle(place: &Place, file: &Path) -> Result<PathBuf> {
    let words = ["bundle", "export"].map(OsStr::new);
    let ran = place.run(words.into_iter().chain([file.as_os_str()]))?;
    ensure!(ran.code == 0, "{}", ran.err);
    Ok(file.to_owned())
}

/// Starts to take a copy in and kills it after a while. False if it was done before.
fn kill(place: &Place, way: Way, pair: &Pair, which: usize, wait: Duration) -> Result<bool> {
    let mut command = match way {
        Way::Sync => place.command(["sync", "--from"]),
        Way::Import => {
            let mut key = pair.bundles[which].clone().into_os_string();
            key.push(".vkey");
            let mut command = place.command(["bundle", "import", "--trust"]);
            command.arg(key);
            command
        }
    };
    let file = match way {
        Way::Sync => &pair.files[which],
        Way::Import => &pair.bundles[which],
    };
    let mut child = command.arg(file).spawn()?;
    let started = Instant::now();
    while started.elapsed() < wait {
        if child.try_wait()?.is_some() {
            return Ok(false);
        }
        let left = wait.saturating_sub(started.elapsed());
        std::thread::sleep(left.min(Duration::from_millis(2)));
    }
    // SIGKILL: nothing of the program runs after it.
    child.kill()?;
    Ok(child.wait()?.code().is_none())
}

/// Which of the two copies answers: 0 the older, 1 the newer.
fn held(place: &Place, pair: &Pair) -> Result<usize> {
    let lists = place.lists()?;
    let row = lists
        .iter()
        .find(|row| row["id"] == pair.list.as_str())
        .context("the list is gone")?;
    pair.hashes
        .iter()
        .position(|hash| row["hash"] == hash.as_str())
        .with_context(|| format!("neither copy is held, but {}", row["hash"]))
}

fn judge(place: &Place, pair: &Pair, tally: &mut Tally) -> Result<usize> {
    let now = held(place, pair)?;
    let name = &pair.name;
    tally.wrong(
        place.finds(&pair.both)?,
        &format!("{name}: {} is not found", pair.both.name),
    );
    // What answers is the copy that is said to be held, not a mixture.
    for (party, of) in [(&pair.gone, 0), (&pair.came, 1)] {
        if let Some(party) = party {
            tally.wrong(
                place.finds(party)? == (now == of),
                &format!(
                    "{name}: copy {now} is held, and {} is of copy {of}",
                    party.name
                ),
            );
        }
    }
    let doctor = place.run(["doctor"])?;
    tally.wrong(
        doctor.code == 0,
        &format!(
            "{name}: doctor ended with {}: {}{}",
            doctor.code, doctor.out, doctor.err
        ),
    );
    Ok(now)
}
