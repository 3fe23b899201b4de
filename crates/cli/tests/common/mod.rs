//! Runs the program as a user does: a process of its own, a data directory of its
//! own, one day for all, nothing of the machine's environment.
#![allow(
    unreachable_pub,
    reason = "every test file uses this, and nothing outside the program does"
)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

pub mod inputs;
pub mod mounted;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use tempfile::TempDir;

/// The day of every test.
pub const TODAY: &str = "2026-11-22";
/// The deals that come with the program, and the exit code of each.
pub const EXAMPLES: [(&str, i32); 6] = [
    ("cameras", 3),
    ("sequencers", 3),
    ("voice", 3),
    ("garments", 3),
    ("firewall", 4),
    ("incomplete", 4),
];

/// The folder of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

/// A place with a data home and room for files; gone when it goes out of scope.
pub struct Place {
    folder: TempDir,
}

/// What came of a run.
#[derive(Clone)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where the program keeps its data.
    pub fn data(&self) -> PathBuf {
        self.path().join("home/scruple")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.file(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, not yet started, in the repository's folder.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scruple"));
        command
            .current_dir(root())
            .env_clear()
            .env("XDG_DATA_HOME", self.path().join("home"))
            .env("HOME", self.path())
            .args(["--today", TODAY])
            .stdin(Stdio::null());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        let mut command = self.command();
        command.args(arguments);
        Ran::of(command.output().unwrap())
    }

    /// Runs on another day.
    pub fn run_on<S: AsRef<OsStr>>(
        &self,
        day: &str,
        arguments: impl IntoIterator<Item = S>,
    ) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scruple"));
        command
            .current_dir(root())
            .env_clear()
            .env("XDG_DATA_HOME", self.path().join("home"))
            .env("HOME", self.path())
            .args(["--today", day])
            .args(arguments)
            .stdin(Stdio::null());
        Ran::of(command.output().unwrap())
    }

    /// Runs in this place's folder instead of the repository's.
    pub fn run_here<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        let mut command = self.command();
        command.current_dir(self.path()).args(arguments);
        Ran::of(command.output().unwrap())
    }

    /// Runs with bytes on standard input.
    pub fn run_with<S: AsRef<OsStr>>(
        &self,
        input: &[u8],
        arguments: impl IntoIterator<Item = S>,
    ) -> Ran {
        let mut command = self.command();
        command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        std::thread::scope(|scope| {
            // It may stop reading before the end, which is its own decision.
            scope.spawn(move || {
                let _ = stdin.write_all(input);
            });
            Ran::of(child.wait_with_output().unwrap())
        })
    }

    /// Every file below the folder with its bytes, and every folder: what a
    /// command must not have touched.
    pub fn listing(&self) -> Vec<(PathBuf, Option<Vec<u8>>)> {
        let mut found = Vec::new();
        walk(self.path(), &mut found);
        found.sort();
        found
    }

    /// A text with this place's paths, the hashes and the vintage taken out.
    pub fn plain(&self, text: &str) -> String {
        redact(&text.replace(&self.path().display().to_string(), "[place]"))
    }

    /// Writes a brief of an example beside nothing else, and gives its path.
    pub fn brief(&self, example: &str) -> PathBuf {
        let ran = if self.data().exists() {
            self.run(["check", &example_path(example), "--json"])
        } else {
            checked(example, &["--json"])
        };
        assert!(
            matches!(ran.code, Some(0 | 3 | 4)),
            "{:?} {}",
            ran.code,
            ran.err
        );
        self.write("brief.json", ran.out)
    }
}

impl Ran {
    pub fn of(output: Output) -> Self {
        let ran = Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(
            !ran.err.contains("panicked"),
            "the program panicked: {}",
            ran.err
        );
        ran
    }

    /// The answer, where the exit code is this one.
    #[track_caller]
    pub fn code(self, expected: i32) -> Self {
        assert_eq!(
            self.code,
            Some(expected),
            "\nstdout: {}\nstderr: {}",
            head(&self.out),
            head(&self.err)
        );
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// One JSON value a line.
    pub fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
            .collect()
    }
}

fn head(text: &str) -> String {
    text.chars().take(3_000).collect()
}

fn walk(folder: &Path, found: &mut Vec<(PathBuf, Option<Vec<u8>>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.push((path.clone(), None));
            walk(&path, found);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            found.push((path, Some(bytes)));
        }
    }
}

pub fn example_path(name: &str) -> String {
    format!("examples/{name}.toml")
}

/// What `check` says of an example where no list is held. Many tests read the same answer:
/// the program is asked once.
pub fn checked(example: &str, more: &[&str]) -> Ran {
    static KNOWN: Mutex<BTreeMap<String, Ran>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let path = example_path(example);
    let asked = [&["check", &path], more].concat();
    known
        .entry(asked.join(" "))
        .or_insert_with(|| Place::new().run(asked))
        .clone()
}

/// A text on one line, however it was folded.
pub fn unfolded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Replaces what changes with every edit of a pack: whole hashes, and the start
/// of one behind `deal` and `vintage`; and what changes with every run: the names
/// of unfinished files.
pub fn redact(text: &str) -> String {
    const UNFINISHED: &str = ".unfinished-";
    let mut pieces = text.split(UNFINISHED);
    let first = pieces.next().unwrap_or("").to_owned();
    let text = pieces.fold(first, |text, piece| {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        text + UNFINISHED + "[name]" + rest
    });
    redact_hashes(&text)
}

fn redact_hashes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = tail
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(tail.len());
        let run = &tail[..end];
        let named = ["vintage ", "deal ", "holdings "];
        let short = end == 12 && named.iter().any(|word| out.ends_with(word));
        out.push_str(if end == 64 || short { "[hash]" } else { run });
        rest = &tail[end..];
    }
    out + rest
}

/// Compares with a file under `snapshots/`.
#[macro_export]
macro_rules! snapshot {
    ($name:expr, $text:expr) => {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $text);
        });
    };
}
