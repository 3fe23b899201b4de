//! A crash before any step that changes the disk, a full disk, an error of the disk.
//!
//! Each scenario is run again and again, stopped one step later each time, until it runs
//! through. After each stop the log is opened as a new process would, and must hold what
//! it promises: everything that was confirmed is there, the published checkpoint is one
//! that was signed and verifies, and no two roots were ever signed for one size.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::common::{self, Bench, NOW, copy, entry, sign};
use scruple_ledger::disk::{Hook, Step};
use scruple_ledger::{Disk, LedgerError, Log, Receipt};
use scruple_model::Date;

/// How the world ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    /// The process is killed: what was written stays.
    Kill,
    /// Killed in the middle of a write.
    Torn,
    /// The power fails: what was not synced is lost.
    Power,
}

struct Stop {
    end: End,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    left: usize,
    stopped: bool,
    /// Files with unsynced bytes, as they were when they were synced last.
    dirty: HashMap<PathBuf, Option<Vec<u8>>>,
    /// Names given in folders that were not synced since, with what stood there before.
    names: HashMap<PathBuf, Option<Vec<u8>>>,
}

impl Stop {
    fn at(left: usize, end: End) -> Arc<Self> {
        Arc::new(Self {
            end,
            state: Mutex::new(State {
                left,
                ..State::default()
            }),
        })
    }

    fn stopped(&self) -> bool {
        self.state.lock().unwrap().stopped
    }

    /// What the power takes with it.
    fn lose(&self) {
        if self.end != End::Power {
            return;
        }
        let state = self.state.lock().unwrap();
        for (path, before) in state.names.iter().chain(&state.dirty) {
            match before {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => drop(fs::remove_file(path)),
            }
        }
    }
}

impl Hook for Stop {
    fn before(&self, step: Step, path: &Path) -> io::Result<Option<usize>> {
        let mut state = self.state.lock().unwrap();
        if state.stopped {
            return Err(io::Error::other("the process is dead"));
        }
        if step == Step::Read {
            return Ok(None);
        }
        if state.left == 0 {
            state.stopped = true;
            let torn = self.end == End::Torn
                && matches!(step, Step::Write | Step::Append | Step::Overwrite);
            return if torn {
                Ok(Some(7))
            } else {
                Err(io::Error::other("killed"))
            };
        }
        state.left -= 1;
        match step {
            Step::Write | Step::Append | Step::Overwrite | Step::Cut => {
                let before = fs::read(path).ok();
                state.dirty.entry(path.to_owned()).or_insert(before);
            }
            Step::Sync => drop(state.dirty.remove(path)),
            Step::Rename => {
                let before = fs::read(path).ok();
                state.names.entry(path.to_owned()).or_insert(before);
            }
            Step::SyncFolder => state.names.retain(|name, _| name.parent() != Some(path)),
            _ => {}
        }
        Ok(None)
    }
}

/// What was promised so far.
#[derive(Default)]
struct Promised {
    /// Receipts by the entry's name.
    receipts: BTreeMap<u64, Receipt>,
    /// Roots that were published, by size.
    roots: BTreeMap<u64, [u8; 32]>,
}

fn note_root(promised: &mut Promised, log: &Log) {
    let signed = log.signed();
    let before = promised.roots.insert(signed.size, signed.root);
    assert!(
        before.is_none_or(|root| root == signed.root),
        "two roots for {}",
        signed.size
    );
}

/// What a process does with a log, and what it is promised.
type Scenario<'a> =
    &'a (dyn Fn(&mut Bench, &mut Log, &mut Promised) -> Result<(), LedgerError> + Sync);

/// `everywhere`, for each end of the world. The three run side by side: they wait for the
/// disk more than they reckon.
fn at_every_end(scenario: Scenario<'_>) -> [usize; 3] {
    let base = &base();
    std::thread::scope(|scope| {
        [End::Kill, End::Torn, End::Power]
            .map(|end| scope.spawn(move || everywhere(base, end, scenario)))
            .map(|run| run.join().unwrap())
    })
}

/// Runs `scenario` on copies of `base`, stopped at each of its steps.
fn everywhere(base: &Bench, end: End, scenario: Scenario<'_>) -> usize {
    let mut steps = 0;
    loop {
        let mut bench = Bench::empty();
        copy(&base.data(), &bench.data());
        copy(&base.public(), &bench.public());
        copy(&base.auditor(), &bench.auditor());
        let settings = bench.private().join("log.toml");
        let text = fs::read_to_string(&settings).unwrap();
        let moved = text.replace(
            &base.public().display().to_string(),
            &bench.public().display().to_string(),
        );
        fs::write(&settings, moved).unwrap();
        let stop = Stop::at(steps, end);
        let mut promised = Promised::default();
        let hook: Arc<dyn Hook> = stop.clone();
        let outcome = match bench.open_on(Disk::with_hook(hook)) {
            Ok(mut log) => {
                note_root(&mut promised, &log);
                scenario(&mut bench, &mut log, &mut promised)
            }
            Err(error) => Err(error),
        };
        let done = outcome.is_ok() && !stop.stopped();
        stop.lose();

        // A new process finds what the old one left.
        let mut log = bench
            .open()
            .unwrap_or_else(|error| panic!("{end:?} at step {steps}: {error}"));
        note_root(&mut promised, &log);
        for (name, receipt) in &promised.receipts {
            let found = log.receipt(&entry(*name).key, NOW).unwrap();
            let found = found.unwrap_or_else(|| panic!("{end:?} at step {steps}: {name} is lost"));
            assert_eq!(found.index(), receipt.index(), "{end:?} at step {steps}");
        }
        let report = bench.audit();
        assert!(
            !report.is_broken(),
            "{end:?} at step {steps}: {:?}",
            report.breaks
        );
        // And it goes on.
        scenario(&mut bench, &mut log, &mut promised)
            .unwrap_or_else(|error| panic!("{end:?} after step {steps}: {error}"));
        let report = bench.audit();
        assert!(
            !report.is_broken(),
            "{end:?} after step {steps}: {:?}",
            report.breaks
        );
        assert_eq!(report.size, log.signed().size);
        if done {
            return steps;
        }
        steps += 1;
    }
}

/// A signed log of 250 entries, audited.
fn base() -> Bench {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..250);
    drop(log);
    assert!(!bench.audit().is_broken());
    bench
}

fn append_and_sign(
    bench: &mut Bench,
    log: &mut Log,
    promised: &mut Promised,
) -> Result<(), LedgerError> {
    // Over the edge of a tile, so that full ones come and parts go.
    for names in [1000..1004, 1004..1010] {
        let receipts = bench.add(log, names.clone())?;
        promised.receipts.extend(names.zip(receipts));
    }
    sign(log)?;
    note_root(promised, log);
    Ok(())
}

#[test]
fn check_26_27_28_a_kill_at_any_step_loses_nothing_that_was_confirmed() {
    let steps = everywhere(&base(), End::Kill, &append_and_sign);
    assert!(steps > 25, "{steps}");
}

#[test]
fn check_28_a_write_cut_in_the_middle_leaves_the_old_file_or_the_new_one() {
    let steps = everywhere(&base(), End::Torn, &append_and_sign);
    assert!(steps > 25, "{steps}");
}

#[test]
fn check_29_what_was_confirmed_survives_the_loss_of_everything_unsynced() {
    let steps = everywhere(&base(), End::Power, &append_and_sign);
    assert!(steps > 25, "{steps}");
}

#[test]
fn check_32_a_kill_during_rotation_leaves_exactly_one_key_that_signs() {
    let steps = at_every_end(&|bench, log, promised| {
        log.rotate(&mut common::chance(4_000))?;
        append_and_sign(bench, log, promised)
    });
    assert!(steps.iter().all(|steps| *steps > 30), "{steps:?}");
}

#[test]
fn a_kill_during_a_release_loses_nothing_that_waits() {
    let today: Date = "2026-11-28".parse().unwrap();
    at_every_end(&|_, log, promised| {
        for name in 2000..2003 {
            let receipt = log.submit(&entry(name), NOW)?;
            if receipt.index().is_some() {
                promised.receipts.insert(name, receipt);
            }
        }
        log.tick(NOW + 86_400, today, &mut common::chance(5_000))?;
        for name in 2000..2003 {
            let receipt = log.receipt(&entry(name).key, NOW)?.unwrap();
            assert!(receipt.index().is_some());
            promised.receipts.insert(name, receipt);
        }
        sign(log)?;
        note_root(promised, log);
        Ok(())
    });
}

#[test]
fn a_kill_while_an_entry_is_forgotten_leaves_a_log_that_opens() {
    at_every_end(&|_, log, _| {
        log.forget(7)?;
        sign(log)?;
        Ok(())
    });
}

/// A disk that answers some steps with an error, and lives on.
struct Fails {
    step: Step,
    name: &'static str,
    kind: io::ErrorKind,
    on: Mutex<bool>,
}

impl Hook for Fails {
    fn before(&self, step: Step, path: &Path) -> io::Result<Option<usize>> {
        let here = path.to_string_lossy().contains(self.name);
        if *self.on.lock().unwrap() && step == self.step && here {
            return Err(io::Error::from(self.kind));
        }
        Ok(None)
    }
}

#[test]
fn check_30_a_full_disk_is_an_error_the_old_checkpoint_stands_and_it_recovers() {
    for (step, name) in [
        (Step::Append, "content"),
        (Step::Append, "entries"),
        (Step::Write, "tile"),
        (Step::Write, "signed"),
        (Step::Write, "checkpoint"),
    ] {
        let base = base();
        let mut bench = base;
        let fails = Arc::new(Fails {
            step,
            name,
            kind: io::ErrorKind::StorageFull,
            on: Mutex::new(true),
        });
        let hook: Arc<dyn Hook> = fails.clone();
        let mut log = bench.open_on(Disk::with_hook(hook)).unwrap();
        let outcome = bench.add(&mut log, 300..320).and_then(|_| sign(&mut log));
        let error = outcome.unwrap_err().to_string();
        assert!(error.contains("free some space"), "{error}");
        let report = bench.audit();
        assert!(!report.is_broken(), "{name}: {:?}", report.breaks);
        *fails.on.lock().unwrap() = false;
        let receipts = bench.add(&mut log, 300..320).unwrap();
        assert_eq!(receipts[0].index(), Some(250), "{name}");
        assert_eq!(sign(&mut log).unwrap().size, 270);
        assert!(!bench.audit().is_broken());
    }
}

#[test]
fn check_31_no_signature_is_made_over_a_tree_that_cannot_be_read_back() {
    let mut bench = base();
    let fails = Arc::new(Fails {
        step: Step::Read,
        name: "tile/0/001",
        kind: io::ErrorKind::Other,
        on: Mutex::new(true),
    });
    let hook: Arc<dyn Hook> = fails.clone();
    let mut log = bench.open_on(Disk::with_hook(hook)).unwrap();
    bench.add(&mut log, 300..320).unwrap();
    assert!(matches!(sign(&mut log), Err(LedgerError::Io { .. })));
    assert_eq!(log.signed().size, 250);
    *fails.on.lock().unwrap() = false;
    assert_eq!(sign(&mut log).unwrap().size, 270);
}

#[test]
fn check_31_a_disk_that_may_only_be_read_is_an_error_and_the_old_checkpoint_stands() {
    for (step, name) in [
        (Step::Append, "content"),
        (Step::Append, "entries"),
        (Step::Write, "tile"),
        (Step::Write, "signed"),
        (Step::Write, "checkpoint"),
    ] {
        let mut bench = base();
        let hook: Arc<dyn Hook> = Arc::new(Fails {
            step,
            name,
            kind: io::ErrorKind::ReadOnlyFilesystem,
            on: Mutex::new(true),
        });
        let published = fs::read(bench.public().join("checkpoint")).unwrap();
        let mut log = bench.open_on(Disk::with_hook(hook)).unwrap();
        let outcome = bench.add(&mut log, 300..320).and_then(|_| sign(&mut log));
        let error = outcome.unwrap_err().to_string();
        assert!(error.contains("who may write there"), "{error}");
        let still = fs::read(bench.public().join("checkpoint")).unwrap();
        assert_eq!(still, published, "{name}");
        assert!(!bench.audit().is_broken(), "{name}");
    }
}

#[test]
fn a_disk_that_cannot_sync_confirms_nothing() {
    let mut bench = base();
    let fails = Arc::new(Fails {
        step: Step::Sync,
        name: "entries",
        kind: io::ErrorKind::Other,
        on: Mutex::new(true),
    });
    let hook: Arc<dyn Hook> = fails.clone();
    let mut log = bench.open_on(Disk::with_hook(hook)).unwrap();
    assert!(bench.add(&mut log, 300..302).is_err());
    *fails.on.lock().unwrap() = false;
    assert_eq!(bench.add(&mut log, 300..302).unwrap()[0].index(), Some(250));
}

#[test]
fn check_24_a_second_writer_gets_no_lock_and_a_dead_ones_is_free() {
    let bench = base();
    let log = bench.open().unwrap();
    assert!(matches!(
        bench.open().err().unwrap(),
        LedgerError::Locked(_)
    ));
    drop(log);
    // The file of the lock lies there, and holds nobody up.
    assert!(bench.private().join("lock").exists());
    assert!(bench.open().is_ok());
}

#[test]
fn a_confirmed_entry_that_was_damaged_is_not_taken_for_a_crash() {
    let mut bench = base();
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 300..302).unwrap();
    bench.add(&mut log, 302..304).unwrap();
    drop(log);
    let entries = bench.private().join("entries");
    // An entry of the first of two writes, neither of them signed yet.
    common::flip(&entries, 128 * 250 + 100);
    let error = bench.open().err().unwrap();
    assert!(matches!(error, LedgerError::Damaged { .. }), "{error}");
}

#[test]
fn check_34_fifty_threads_at_once_get_fifty_numbers_without_a_gap() {
    let bench = base();
    let shared = scruple_ledger::Shared::new(bench.open().unwrap());
    let mut indices: Vec<u64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..50_u64)
            .map(|n| {
                let shared = &shared;
                scope.spawn(move || {
                    // Each twice: a client that did not hear the answer.
                    let mut random = common::chance(90_000 + n);
                    let one = shared.append(entry(500 + n), NOW, &mut random).unwrap();
                    let two = shared.append(entry(500 + n), NOW, &mut random).unwrap();
                    assert_eq!(one.index(), two.index());
                    one.index().unwrap()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    indices.sort_unstable();
    assert_eq!(indices, (250..300).collect::<Vec<u64>>());
    let mut log = shared.into_inner();
    assert_eq!(sign(&mut log).unwrap().size, 300);
}

#[test]
fn check_42_an_entry_that_waits_past_its_promise_is_a_broken_promise() {
    let bench = base();
    let mut log = bench.open().unwrap();
    log.submit(&entry(9000), NOW).unwrap();
    let status = log.status(NOW + 2 * 86_400);
    assert_eq!((status.waiting, status.overdue), (1, 1));
    let receipt = log
        .receipt(&entry(9000).key, NOW + 2 * 86_400)
        .unwrap()
        .unwrap();
    assert!(matches!(
        receipt.standing,
        scruple_ledger::Standing::Waiting { broken: true, .. }
    ));
}

#[test]
fn what_is_forgotten_after_a_release_that_was_cut_short_does_not_come_back() {
    let today: Date = "2026-11-28".parse().unwrap();
    let bench = base();
    let mut log = bench.open().unwrap();
    log.submit(&entry(9000), NOW).unwrap();
    let waiting = fs::read(bench.private().join("waiting")).unwrap();
    log.tick(NOW + 86_400, today, &mut common::chance(1))
        .unwrap();
    sign(&mut log).unwrap();
    let receipt = log.receipt(&entry(9000).key, NOW + 86_400).unwrap();
    let index = receipt.unwrap().index().unwrap();
    drop(log);
    // As if it was killed when the entries were in, before what waits was cleared.
    fs::write(bench.private().join("waiting"), waiting).unwrap();
    fs::remove_file(bench.private().join("released")).unwrap();
    let mut log = bench.open().unwrap();
    log.forget(index).unwrap();
    drop(log);
    let held = fs::read(bench.private().join("waiting")).unwrap();
    assert!(!held.windows(4).any(|bytes| bytes == b"9000"));
    let mut log = bench.open().unwrap();
    let ticked = log
        .tick(NOW + 2 * 86_400, today, &mut common::chance(2))
        .unwrap();
    assert_eq!((ticked.entries, ticked.padding), (0, 16));
}

#[test]
fn a_release_with_nothing_waiting_looks_like_one_with_something() {
    let today: Date = "2026-11-28".parse().unwrap();
    let mut sizes = Vec::new();
    for waiting in [0, 1, 15, 16] {
        let bench = base();
        let mut log = bench.open().unwrap();
        for name in 0..waiting {
            log.submit(&entry(7000 + name), NOW).unwrap();
        }
        let ticked = log
            .tick(NOW + 86_400, today, &mut common::chance(waiting + 1))
            .unwrap();
        assert_eq!((ticked.entries, ticked.padding), (waiting, 16 - waiting));
        sizes.push(sign(&mut log).unwrap().size);
        // Once an hour, whatever runs how often.
        let again = log
            .tick(NOW + 86_400, today, &mut common::chance(99))
            .unwrap();
        assert!(!again.released);
    }
    assert_eq!(sizes, [266; 4]);
}

#[test]
fn a_duty_that_nobody_did_is_entered_once() {
    let bench = base();
    let mut log = bench.open().unwrap();
    let day = |text: &str| -> Date { text.parse().unwrap() };
    let duty = |id: &str| scruple_ledger::Duty {
        id: id.into(),
        what: "ask the distributor again".into(),
        due: day("2026-11-20"),
        done: None,
    };
    log.promise(&duty("one")).unwrap();
    log.promise(&duty("two")).unwrap();
    log.done("two", day("2026-11-19")).unwrap();
    assert!(log.promise(&duty("one")).is_err());
    let mut random = common::chance(6);
    let ticked = log.tick(NOW, day("2026-11-20"), &mut random).unwrap();
    assert!(ticked.missed.is_empty());
    let ticked = log.tick(NOW, day("2026-11-21"), &mut random).unwrap();
    assert_eq!(ticked.missed.len(), 1);
    assert_eq!(ticked.missed[0].id, "one");
    assert!(
        log.tick(NOW, day("2026-11-22"), &mut random)
            .unwrap()
            .missed
            .is_empty()
    );
}
