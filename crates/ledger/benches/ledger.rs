//! Prints what a log costs as it grows. Numbers, no verdict: nothing fails here.
//!
//! ```text
//! cargo bench -p scruple-ledger -- /a/folder/on/the/disk [SIZE…]
//! ```
//!
//! For each size, entries are appended in batches of 4,096 (each batch synced), signed, and
//! audited whole; then proofs are made of entries that chance picks. Before that, fifty
//! threads append one by one.
//!
//! A log that stands in the folder already is continued: ten million entries can be
//! entered in several runs, and a size that was reached is only measured again.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measurement prints, and stops where it cannot go on"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use scruple_ledger::audit::{Asked, Directory, audit};
use scruple_ledger::log::Witnessing;
use scruple_ledger::merkle::leaf_hash;
use scruple_ledger::witness::ask::Nobody;
use scruple_ledger::{Content, Disk, Log, LogDir, NewEntry, NewLog, Opening, Release, Shared};

const NOW: i64 = 1_790_000_000;
const ORIGIN: &str = "bench.example/log";
const BATCH: u64 = 4096;

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let Some(folder) = words.first() else {
        println!("skipped: give a folder on the disk that is to be measured");
        return;
    };
    let folder = Path::new(folder);
    let mut sizes: Vec<u64> = words[1..]
        .iter()
        .map(|word| word.parse().unwrap())
        .collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000, 1_000_000, 10_000_000];
    }
    if !folder.join("one-by-one").exists() {
        one_by_one(&folder.join("one-by-one"));
    }
    growing(&folder.join("growing"), &sizes);
}

fn make(folder: &Path) -> Log {
    let (data, public) = (folder.join("data"), folder.join("log"));
    if !data.exists() {
        new(&data, &public);
    }
    Log::open(Opening {
        data: &data,
        origin: ORIGIN,
        public: None,
        signer: None,
        patience: Duration::ZERO,
        disk: Disk::new(),
    })
    .unwrap()
}

fn new(data: &Path, public: &Path) {
    NewLog {
        data,
        public,
        origin: Some(ORIGIN),
        release: Release::default(),
        policy: None,
        key_command: None,
    }
    .create(NOW, &Disk::new(), &mut chance(1))
    .unwrap();
}

fn chance(seed: u64) -> impl FnMut() -> std::io::Result<[u8; 32]> {
    let mut count = 0_u64;
    move || {
        count += 1;
        Ok(leaf_hash(
            &[seed.to_be_bytes(), count.to_be_bytes()].concat(),
        ))
    }
}

fn entry(n: u64) -> NewEntry {
    let text = format!("{{\"record\":{n},\"result\":\"nothing found on the lists of the day\"}}");
    NewEntry {
        key: format!("bench {n}"),
        content: Content::of_text(&text).unwrap(),
    }
}

fn one_by_one(folder: &Path) {
    let shared = Shared::new(make(folder));
    let (threads, each) = (50_u64, 40_u64);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let shared = &shared;
            scope.spawn(move || {
                let mut random = chance(thread + 10);
                for n in 0..each {
                    shared
                        .append(entry(thread * each + n), NOW, &mut random)
                        .unwrap();
                }
            });
        }
    });
    let took = start.elapsed().as_secs_f64();
    println!(
        "one by one, {threads} at once      {:>12.0} durable appends/s",
        (threads * each) as f64 / took
    );
    let mut log = shared.into_inner();
    let start = Instant::now();
    let mut random = chance(5);
    for n in 0..100 {
        log.append(&[entry(1_000_000 + n)], NOW, &mut random)
            .unwrap();
    }
    println!(
        "one by one, alone           {:>12.0} durable appends/s",
        100.0 / start.elapsed().as_secs_f64()
    );
}

fn growing(folder: &Path, sizes: &[u64]) {
    let mut log = make(folder);
    let mut have = log.status(NOW).entries;
    // Salts of another run are others.
    let mut random = chance(2 + have);
    println!(
        "     entries   appends/s  p95 of 4096   checkpoint    proof, median      p95   audit   memory, most   published     kept"
    );
    for &size in sizes {
        let begun = have;
        let mut batches = Vec::new();
        let mut signing = Duration::ZERO;
        while have < size {
            let next = (have + BATCH).min(size);
            let entries: Vec<NewEntry> = (have..next).map(entry).collect();
            let start = Instant::now();
            log.append(&entries, NOW, &mut random).unwrap();
            batches.push(start.elapsed());
            have = next;
            if have.is_multiple_of(BATCH * 256) || have == size {
                let start = Instant::now();
                sign(&mut log);
                signing += start.elapsed();
            }
        }
        assert!(
            log.signed().size == size,
            "the folder's log is larger than that"
        );
        let appending: Duration = batches.iter().sum();
        batches.sort();
        let p95 = batches
            .get(batches.len() * 95 / 100)
            .copied()
            .unwrap_or_default();
        let rate = (size - begun) as f64 / appending.as_secs_f64().max(1e-9);
        let public = folder.join("log");
        let dir = LogDir::open(&public, &Disk::new()).unwrap();
        let mut pick = 1_u64;
        let mut proofs = Vec::new();
        for _ in 0..200 {
            pick = pick.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let start = Instant::now();
            dir.inclusion(pick % size).unwrap();
            proofs.push(start.elapsed());
        }
        proofs.sort();
        let (proof, slowest) = (proofs[proofs.len() / 2], proofs[proofs.len() * 95 / 100]);
        let start = Instant::now();
        let asked = Asked {
            location: "here",
            key: None,
            policy: None,
            others: &[],
            max_age_days: 30,
            now: NOW,
        };
        let (report, _) = audit(&mut Directory::new(public.clone()), &[], &asked).unwrap();
        assert!(!report.is_broken() && report.read == size);
        let audited = start.elapsed();
        println!(
            "{size:>12} {:>11.0} {:>9.1} ms {:>10.2} s {:>11.0} µs {:>5.0} µs {:>7.2} s {:>11.1} MB {:>8.1} MB {:>7.1} MB",
            rate,
            p95.as_secs_f64() * 1e3,
            signing.as_secs_f64(),
            proof.as_secs_f64() * 1e6,
            slowest.as_secs_f64() * 1e6,
            audited.as_secs_f64(),
            anonymous_most(),
            size_of(&public) as f64 / 1e6,
            size_of(&folder.join("data")) as f64 / 1e6,
        );
    }
}

fn sign(log: &mut Log) {
    log.checkpoint(
        NOW,
        &mut Witnessing {
            client: &mut Nobody,
            seen: &[],
        },
    )
    .unwrap();
}

/// The most memory of this process so far, in MB, files that it reads not counted where
/// the system tells them apart.
fn anonymous_most() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|line| {
            line.trim()
                .trim_end_matches(" kB")
                .trim()
                .parse::<f64>()
                .ok()
        })
        .map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}

fn size_of(folder: &Path) -> u64 {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let meta = entry.metadata().unwrap();
            if meta.is_dir() {
                size_of(&entry.path())
            } else {
                meta.len()
            }
        })
        .sum()
}
