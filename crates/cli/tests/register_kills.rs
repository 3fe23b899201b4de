//! kill -9 at every step by which `register publish` changes the disk.
//!
//! The program itself is killed, by a signal that `strace` delivers as it is about to make
//! a system call, one call later each time, until it runs through. After each kill the
//! folder is the old site or the new one, file by file; the ledger has lost and doubled
//! nothing, and holds what is shown; and the same command again ends well. Where there is
//! no `strace`, it is killed after many delays in its place.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::Place;

/// Calls that change what is on disk. A file that was made and not yet written to is met
/// before its first `write`.
const CALLS: [&str; 15] = [
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "renameat",
    "renameat2",
    "mkdir",
    "unlink",
    "unlinkat",
    "rmdir",
    "chmod",
    "fchmod",
    "fchmodat",
];

type Site = BTreeMap<String, Vec<u8>>;

/// A register with a ledger, in a folder that can be put back as it was.
struct Bench {
    place: Place,
    kept: tempfile::TempDir,
    /// The folder as it was, and as it is once the command ran through.
    old: Site,
    new: Site,
    entries: u64,
}

impl Bench {
    /// With `versions` published, and a change that is not.
    fn new(versions: u32) -> Self {
        let mut bench = Self {
            place: Place::new(),
            kept: tempfile::tempdir().unwrap(),
            old: Site::new(),
            new: Site::new(),
            entries: 0,
        };
        let place = &bench.place;
        place
            .run_here(["ledger", "init", "log", "--origin", "log.example"])
            .code(0);
        let new = [
            "register",
            "add",
            "--new",
            "--owner",
            "Lindenau Optronik GmbH",
            "--contact",
            "https://l.example",
        ];
        place.run_here(new).code(0);
        for (name, number, more) in [
            ("Delta Example Spinning", "https://delta.example", &[][..]),
            (
                "Quiet Example Works",
                "1234-5678",
                &["--withhold", "workers asked for it"][..],
            ),
        ] {
            let words = [
                "register", "add", "--name", name, "--kind", "company", "--role", "supplier",
                "--place", "in", "--number", number, "--since", "2024", "--source", "contract",
            ];
            place.run_here([&words[..], more].concat()).code(0);
        }
        for version in 1..=versions {
            bench.publish();
            let text = fs::read_to_string(place.file("register.toml")).unwrap();
            let changed = text.replacen("contract", &format!("contract {version}"), 1);
            fs::write(place.file("register.toml"), changed).unwrap();
        }
        bench.entries = u64::from(versions);
        bench.old = site(&place.file("public/site"));
        copy(place.path(), bench.kept.path());
        bench.publish();
        bench.new = site(&place.file("public/site"));
        assert_ne!(bench.old, bench.new);
        bench
    }

    fn publish(&self) {
        self.place
            .run_here(["register", "publish", "public/site"])
            .code(0);
    }

    fn put_back(&self) {
        for entry in fs::read_dir(self.place.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                fs::remove_dir_all(path).unwrap();
            } else {
                fs::remove_file(path).unwrap();
            }
        }
        copy(self.kept.path(), self.place.path());
    }

    /// The command, killed as it is about to make such a call for the `nth` time. False
    /// where it makes fewer and ran through.
    fn killed_at(&self, call: &str, nth: usize, more: &[&str]) -> bool {
        let plain = self.place.command();
        let mut traced = Command::new("strace");
        traced
            .args(["-qq", "-o", "/dev/null", "-e"])
            .arg(format!("inject={call}:signal=SIGKILL:when={nth}"))
            .args(more)
            .arg(plain.get_program())
            .args(plain.get_args())
            .args(["register", "publish", "public/site"])
            .current_dir(self.place.path())
            .env("XDG_DATA_HOME", self.place.path().join("home"))
            .env("HOME", self.place.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        traced.status().unwrap().signal() == Some(9)
    }

    /// What has to hold after a kill, and after the same command ran again. `may_be_gone`
    /// where the system cannot exchange two folders in one step.
    fn judge(&self, when: &str, may_be_gone: bool) {
        let folder = self.place.file("public/site");
        let found = site(&folder);
        let is_new = self.is_whole(&found);
        assert!(
            is_new || found == self.old || may_be_gone && found.is_empty(),
            "{when}: half a site: {:?}",
            found.keys().collect::<Vec<_>>()
        );
        let entries = || {
            let status = self
                .place
                .run_here(["ledger", "status", "--json"])
                .code(0)
                .json();
            status["entries"].as_u64().unwrap()
        };
        let after = entries();
        assert!(
            after == self.entries || after == self.entries + 1,
            "{when}: {after}"
        );
        assert!(
            !is_new || after == self.entries + 1,
            "{when}: shown, and not in the ledger"
        );
        // What a check looks at is whole, too.
        self.place.run_here(["register", "review"]).code(0);
        self.publish();
        let found = site(&folder);
        assert!(
            self.is_whole(&found),
            "{when}, and again: {:?}",
            found.keys().collect::<Vec<_>>()
        );
        assert_eq!(entries(), self.entries + 1, "{when}");
        let beside: Vec<_> = fs::read_dir(self.place.file("public"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(
            beside,
            ["site"],
            "{when}: something was left beside the site"
        );
    }

    /// Whether it is the new site, file by file. Where the key for commitments was made
    /// anew, commitments and the hashes over them differ.
    fn is_whole(&self, found: &Site) -> bool {
        if !self.old.is_empty() {
            return *found == self.new;
        }
        let same_names = found.keys().eq(self.new.keys());
        let history = found
            .get("history.json")
            .map(|text| serde_json::from_slice::<serde_json::Value>(text).unwrap_or_default());
        same_names
            && history.is_some_and(|history| {
                let hash = scruple_model::hash::sha256(&found["versions/1.json"]);
                history["versions"][0]["sha256"] == hash.as_str()
                    && found["index.html"].ends_with(b"</html>")
            })
    }
}

/// Every file of a folder by its name; nothing where it is not there.
fn site(folder: &Path) -> Site {
    fn walk(folder: &Path, prefix: &str, found: &mut Site) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = Site::new();
    walk(folder, "", &mut found);
    found
}

fn copy(from: &Path, to: &Path) {
    let all: Vec<PathBuf> = fs::read_dir(from)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let copied = Command::new("cp").arg("-a").args(all).arg(to).status();
    assert!(copied.unwrap().success());
}

fn can_trace() -> bool {
    let traced = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .stderr(Stdio::null())
        .status();
    traced.is_ok_and(|status| status.success())
}

fn everywhere(bench: &Bench, calls: &[&str], more: &[&str], may_be_gone: bool) -> usize {
    let mut kills = 0;
    for call in calls {
        for nth in 1.. {
            bench.put_back();
            if !bench.killed_at(call, nth, more) {
                break;
            }
            kills += 1;
            bench.judge(&format!("killed at {call} {nth}"), may_be_gone);
        }
    }
    // And the log that all of this was committed to is in order.
    bench.place.run_here(["ledger", "checkpoint"]).code(0);
    bench.place.run_here(["ledger", "audit", "log"]).code(0);
    kills
}

/// Killed after delays that cover the time it takes.
fn at_moments(bench: &Bench) {
    bench.put_back();
    let start = Instant::now();
    bench.publish();
    let whole = start.elapsed().max(Duration::from_millis(20));
    for part in 1..=40 {
        bench.put_back();
        let mut command = bench.place.command();
        command
            .current_dir(bench.place.path())
            .args(["register", "publish", "public/site"])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(whole * part / 40);
        let _ = child.kill();
        child.wait().unwrap();
        bench.judge(&format!("killed after {part} parts of 40"), false);
    }
}

#[test]
fn a_kill_at_any_step_of_the_first_publishing_leaves_no_half_site() {
    let bench = Bench::new(0);
    if can_trace() {
        let kills = everywhere(&bench, &CALLS, &[], false);
        assert!(kills > 40, "{kills}");
    } else {
        at_moments(&bench);
    }
}

#[test]
fn a_kill_at_any_step_of_a_later_publishing_leaves_the_old_site_or_the_new_one() {
    let bench = Bench::new(1);
    if can_trace() {
        let kills = everywhere(&bench, &CALLS, &[], false);
        assert!(kills > 40, "{kills}");
    } else {
        at_moments(&bench);
    }
}

/// A file system that cannot exchange two folders: the old one is moved aside first, and
/// comes back whenever the new one did not take its place.
#[test]
fn where_folders_cannot_change_places_in_one_step_a_killed_publishing_is_finished() {
    let bench = Bench::new(1);
    if !can_trace() {
        println!("skipped: no strace here to refuse the exchange");
        return;
    }
    let refuse = ["-e", "inject=renameat2:error=EINVAL"];
    let kills = everywhere(&bench, &["rename", "rmdir", "unlinkat"], &refuse, true);
    assert!(kills > 5, "{kills}");
}
