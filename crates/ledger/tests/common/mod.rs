//! A log in a temporary directory, and chance that is the same each time.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses a part of this"
)]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use scruple_ledger::audit::{Asked, Directory, Memory, Report, audit};
use scruple_ledger::log::Witnessing;
use scruple_ledger::merkle::leaf_hash;
use scruple_ledger::witness::ask::Nobody;
use scruple_ledger::{
    Checkpoint, Content, Disk, LedgerError, Log, NewEntry, NewLog, Opening, Receipt, Release,
};

pub const NOW: i64 = 1_790_000_000;
pub const ORIGIN: &str = "log.example/diligence";

pub struct Bench {
    pub dir: tempfile::TempDir,
    chance: u64,
}

impl Bench {
    pub fn new() -> Self {
        let bench = Self::empty();
        bench.create(None);
        bench
    }

    pub fn empty() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            chance: 0,
        }
    }

    pub fn create(&self, policy: Option<&str>) {
        let mut random = chance(1);
        NewLog {
            data: &self.data(),
            public: &self.public(),
            origin: Some(ORIGIN),
            release: Release::default(),
            policy: policy.map(str::as_bytes),
            key_command: None,
        }
        .create(NOW, &Disk::new(), &mut random)
        .unwrap();
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn public(&self) -> PathBuf {
        self.dir.path().join("log")
    }

    pub fn private(&self) -> PathBuf {
        let folder = self.data().join("ledger");
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.is_dir())
            .unwrap()
    }

    pub fn open(&self) -> Result<Log, LedgerError> {
        self.open_on(Disk::new())
    }

    pub fn open_on(&self, disk: Disk) -> Result<Log, LedgerError> {
        Log::open(self.opening(&self.data(), disk))
    }

    pub fn opening<'a>(&self, data: &'a Path, disk: Disk) -> Opening<'a> {
        Opening {
            data,
            origin: ORIGIN,
            public: None,
            signer: None,
            patience: Duration::ZERO,
            disk,
        }
    }

    /// Adds entries named by their numbers, and signs.
    pub fn grow(&mut self, log: &mut Log, names: std::ops::Range<u64>) {
        self.add(log, names).unwrap();
        sign(log).unwrap();
    }

    pub fn add(
        &mut self,
        log: &mut Log,
        names: std::ops::Range<u64>,
    ) -> Result<Vec<Receipt>, LedgerError> {
        self.chance += 1;
        let mut random = chance(self.chance * 1_000_003);
        let entries: Vec<NewEntry> = names.map(entry).collect();
        log.append(&entries, NOW, &mut random)
    }

    pub fn audit(&self) -> Report {
        self.audit_with(&[])
    }

    /// An audit by somebody who remembers, in a place of their own.
    pub fn audit_with(&self, others: &[String]) -> Report {
        let memory = Memory::open(&self.auditor(), &Disk::new());
        std::fs::create_dir_all(self.auditor()).unwrap();
        let asked = Asked {
            location: "the log",
            key: None,
            policy: None,
            others,
            max_age_days: 30,
            now: NOW,
        };
        let mut source = Directory::new(self.public());
        let (report, new) = audit(&mut source, &memory.seen().unwrap(), &asked).unwrap();
        for seen in new {
            memory.add(&seen).unwrap();
        }
        report
    }

    pub fn auditor(&self) -> PathBuf {
        self.dir.path().join("auditor")
    }
}

pub fn entry(name: u64) -> NewEntry {
    NewEntry {
        key: format!("key {name}"),
        content: Content::of_text(&format!("{{\"n\":{name}}}")).unwrap(),
    }
}

pub fn sign(log: &mut Log) -> Result<Checkpoint, LedgerError> {
    log.checkpoint(
        NOW,
        &mut Witnessing {
            client: &mut Nobody,
            seen: &[],
        },
    )
    .map(|published| published.checkpoint)
}

/// Chance that a seed gives: hashes of a counter.
pub fn chance(seed: u64) -> impl FnMut() -> std::io::Result<[u8; 32]> {
    let mut count = 0_u64;
    move || {
        count += 1;
        let bytes = [seed.to_be_bytes(), count.to_be_bytes()].concat();
        Ok(leaf_hash(&bytes))
    }
}

pub fn flip(path: &Path, at: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[at] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the shared vectors are is a matter of the machine"
)]
pub fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let path = root.join(path);
    if path.exists() {
        return Some(path);
    }
    let must = std::env::var_os("SCRUPLE_NO_SKIP").is_some_and(|value| value == "1");
    assert!(
        !must,
        "no {}, and SCRUPLE_NO_SKIP=1 forbids that",
        path.display()
    );
    println!("skipped: no {}", path.display());
    None
}
