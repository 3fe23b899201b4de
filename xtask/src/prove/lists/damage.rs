//! Each whole list cut off at every tenth, and with one bit turned at many places,
//! after a good copy was taken: it is refused and the good copy answers, or what is
//! lost is said.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::Bench;
use super::chance::Chance;
use super::manifest::Set;
use super::place::{Party, Place, Ran, number, reports};
use crate::prove::transcript::Transcript;

/// Lists are tried side by side; each has a directory of its own.
const WORKERS: usize = 3;

/// A directory with a good copy, to which bad ones are given.
pub(super) struct Good {
    pub(super) place: Place,
    base: PathBuf,
    /// A party that the good copy finds.
    pub(super) party: Option<Party>,
    before: Vec<Value>,
    whole: Counted,
    day: Option<String>,
    pub(super) seconds: f64,
    /// The file that is made bad: unpacked.
    pub(super) bytes: Vec<u8>,
    pub(super) name: String,
    packed: Vec<u8>,
    others: Vec<PathBuf>,
}

/// What a sync counts, over all lists of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) entities: u64,
    /// Whatever is said: unread in whole or in part, read twice, or only noted.
    pub(super) said: u64,
    /// Faults that are shown with their place.
    shown: u64,
    /// Records unread, read twice, or left to another file.
    pub(super) records_said: u64,
    pub(super) records: u64,
}

impl Counted {
    pub(super) fn of(report: &Value) -> Self {
        let mut all = Self {
            entities: 0,
            said: 0,
            shown: 0,
            records_said: 0,
            records: 0,
        };
        for list in reports(report) {
            let many = |field: &str| list[field].as_array().map_or(0, Vec::len) as u64;
            all.entities += number(list, "entities");
            all.records += number(list, "records");
            let records = number(list, "unread") + many("duplicates") + many("skipped");
            all.records_said += records;
            all.shown += many("unread_first");
            all.said += records + number(list, "fields_unread").max(many("unread_first"));
        }
        all
    }
}

/// What became of a bad file.
pub(super) enum Became {
    /// Refused with the next step; the good copy answers.
    Refused(String),
    /// Taken, and said that something is not as it should be.
    Said(Counted),
    /// Taken, and as many records as the good one has.
    Whole(Counted),
    /// What must not be.
    Wrong(String),
}

impl Good {
    pub(super) fn new(bench: &Bench<'_>, set: &Set, name: &str) -> Result<Self> {
        let place = Place::new(&bench.program, &bench.folder, name)?;
        let first = set.files.first().context("a set has files")?;
        let raw = std::fs::read(first)?;
        let own = first.file_name().context("a file has a name")?;
        let own = own.to_string_lossy();
        let (bytes, packed) = if own.ends_with(".zst") {
            (zstd::decode_all(&raw[..])?, raw)
        } else {
            let packed = zstd::encode_all(&raw[..], 3)?;
            (raw, packed)
        };
        let input = place.folder.join("in");
        std::fs::create_dir_all(&input)?;
        let mut others = Vec::new();
        for file in &set.files[1..] {
            let to = input.join(file.file_name().context("a file has a name")?);
            std::fs::copy(file, &to)?;
            others.push(to);
        }
        let ran = place.sync(&set.files, set.day.as_deref(), None)?;
        ensure!(ran.code == 0, "the good copy is refused: {}", ran.err);
        let base = place.folder.join("base");
        super::place::copy(&place.data(), &base)?;
        Ok(Self {
            party: place.known()?,
            before: place.lists()?,
            whole: Counted::of(&ran.json()?),
            day: set.day.clone(),
            seconds: ran.seconds,
            name: own.trim_end_matches(".zst").to_owned(),
            base,
            bytes,
            packed,
            others,
            place,
        })
    }

    /// Gives bytes under a name.
    pub(super) fn give(&self, name: &str, bytes: &[u8]) -> Result<(Became, Ran)> {
        let file = self.place.folder.join("in").join(name);
        std::fs::write(&file, bytes)?;
        let given = self.give_file(&file);
        std::fs::remove_file(&file)?;
        given
    }

    pub(super) fn give_file(&self, file: &Path) -> Result<(Became, Ran)> {
        let mut files = vec![file.to_owned()];
        files.extend(self.others.iter().cloned());
        let ran = self.place.sync(&files, self.day.as_deref(), None)?;
        let became = self.judge(&ran)?;
        // A file of several lists may be taken in part.
        if ran.code != 2 || self.place.lists()? != self.before {
            self.place.become_copy(&self.base)?;
        }
        Ok((became, ran))
    }

    fn judge(&self, ran: &Ran) -> Result<Became> {
        let wrong = |what: &str| Ok(Became::Wrong(format!("{what}: {}", ran.first())));
        if ran.panicked() {
            return wrong(&format!("ended with {}", ran.code));
        }
        match ran.code {
            2 => {
                if !ran.err.contains("next: ") {
                    return wrong("refused without a next step");
                }
                // A file may hold several lists; those that were refused stay.
                if let Some(party) = &self.party
                    && !self.place.finds(party)?
                {
                    return wrong("refused, and the good copy does not answer");
                }
                if self.place.lists()? != self.before
                    && ran.json().is_ok_and(|report| reports(&report).is_empty())
                {
                    return wrong("refused, and other lists are held");
                }
                Ok(Became::Refused(ran.first().to_owned()))
            }
            0 => {
                let now = Counted::of(&ran.json()?);
                let name = self.party.as_ref().map_or("Nobody", |party| &party.name);
                let answer = self.place.run(["screen", "--", name])?;
                if ![3, 4].contains(&answer.code) {
                    return wrong("taken, and nothing answers");
                }
                let whole = self.whole;
                let before = whole.entities + whole.records_said;
                let missing = before.saturating_sub(now.entities + now.records_said);
                // A line end that is gone makes one bad row of two: that row is said, once.
                let rows = 2 * now.shown.saturating_sub(whole.shown);
                if missing > rows {
                    return Ok(Became::Wrong(format!(
                        "silent loss: {} parties where there were {}, {} records said where {} were, {} faults shown where {} were",
                        now.entities,
                        whole.entities,
                        now.records_said,
                        whole.records_said,
                        now.shown,
                        whole.shown
                    )));
                }
                let said = now.said > whole.said || now.shown > whole.shown;
                Ok(if said || now.entities < whole.entities {
                    Became::Said(now)
                } else {
                    Became::Whole(now)
                })
            }
            code => wrong(&format!("ended with {code}")),
        }
    }
}

/// Findings of one list, printed when all are done.
#[derive(Default)]
struct Found {
    lines: Vec<String>,
    checks: Vec<(bool, String)>,
}

pub(super) fn run(
    bench: &Bench<'_>,
    flips: usize,
    seed: u64,
    log: &mut Transcript<'_>,
) -> Result<()> {
    let sets: Vec<&Set> = bench.sets.iter().filter(|set| !is_tiny(set)).collect();
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<Found>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(set) = sets.get(at) else { break };
                    let found = one(bench, set, at, flips, seed);
                    if let Ok(mut done) = done.lock() {
                        done.push((at, found));
                    }
                }
            });
        }
    });
    let mut done = done
        .into_inner()
        .map_err(|_| anyhow::anyhow!("a worker panicked"))?;
    ensure!(done.len() == sets.len(), "a worker stopped early");
    done.sort_by_key(|(at, _)| *at);
    for (at, found) in done {
        match found {
            Err(error) => log.fail(&format!("{}: {error:#}", sets[at].name)),
            Ok(found) => {
                for line in found.lines {
                    log.say(&line);
                }
                for (holds, what) in found.checks {
                    log.check(holds, &what);
                }
            }
        }
    }
    Ok(())
}

/// Samples of two or three records have no tenths.
fn is_tiny(set: &Set) -> bool {
    set.records.is_some_and(|records| records < 5)
}

fn one(bench: &Bench<'_>, set: &Set, at: usize, flips: usize, seed: u64) -> Result<Found> {
    let good = Good::new(bench, set, &format!("damage-{at}"))?;
    ensure!(good.party.is_some(), "no party of the list finds itself");
    let mut found = Found::default();
    let packed_name = format!("{}.zst", good.name);
    let mut cut = Tally::default();
    for (name, bytes) in [(&good.name, &good.bytes), (&packed_name, &good.packed)] {
        for tenth in 1..10 {
            let end = bytes.len() * tenth / 10;
            let (became, _) = good.give(name, &bytes[..end])?;
            // Nothing that is cut off is whole, unless the rest said nothing.
            cut.add(&format!("{name} cut at {tenth}/10"), became);
        }
    }
    found
        .lines
        .push(cut.shown(&format!("{}: 18 cut", set.name)));
    found.checks.push((
        cut.wrong.is_empty() && cut.whole == 0,
        format!("{}: cut off, refused or what is lost is said", set.name),
    ));
    found.lines.extend(cut.wrong);

    let many = if good.seconds > 1.0 {
        flips / 10
    } else {
        flips
    };
    let mut chance = Chance::new(seed + at as u64);
    let mut turned = Tally::default();
    for turn in 0..many {
        // One in ten within the packed file.
        let (name, bytes) = if turn % 10 == 9 {
            (&packed_name, &good.packed)
        } else {
            (&good.name, &good.bytes)
        };
        let mut bytes = bytes.clone();
        let place = chance.below(bytes.len());
        let bit = chance.below(8);
        bytes[place] ^= 1 << bit;
        let (became, _) = good.give(name, &bytes)?;
        turned.add(&format!("{name} byte {place} bit {bit}"), became);
    }
    found
        .lines
        .push(turned.shown(&format!("{}: {many} with a bit turned", set.name)));
    found.checks.push((
        turned.wrong.is_empty() && many > 0,
        format!(
            "{}: a bit turned, never a panic nor a record gone without a word",
            set.name
        ),
    ));
    found.lines.extend(turned.wrong);
    std::fs::remove_dir_all(&good.place.folder)?;
    Ok(found)
}

#[derive(Default)]
struct Tally {
    refused: usize,
    said: usize,
    whole: usize,
    wrong: Vec<String>,
    example: String,
}

impl Tally {
    fn add(&mut self, what: &str, became: Became) {
        match became {
            Became::Refused(message) => {
                self.refused += 1;
                self.example = message;
            }
            Became::Said(_) => self.said += 1,
            Became::Whole(_) => self.whole += 1,
            Became::Wrong(why) => self.wrong.push(format!("  {what}: {why}")),
        }
    }

    fn shown(&self, what: &str) -> String {
        format!(
            "{what}: {} refused, {} taken with faults said, {} taken with no record gone, {} wrong\n  {}",
            self.refused,
            self.said,
            self.whole,
            self.wrong.len(),
            self.example
        )
    }
}
