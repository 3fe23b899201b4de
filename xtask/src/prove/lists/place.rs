//! The program with a data directory of its own, and what came of a run.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::prove::bars::measure::{anonymous, processor_seconds};

/// Ends of a process that a fault of the program makes: Rust's panic, abort, signals.
const PANICS: [i32; 2] = [101, 134];

/// A data directory, and the program that uses it.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) program: PathBuf,
    pub(super) folder: PathBuf,
}

/// What came of a run.
pub(super) struct Ran {
    /// Negative: ended by that signal.
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
    pub(super) seconds: f64,
    /// Of all its threads, user and system; sampled, so a trifle low. What a run takes
    /// on a machine that does nothing else.
    pub(super) processor_seconds: f64,
    /// Of 1,000,000 bytes; the most that a sample saw.
    pub(super) anonymous_mb: f64,
}

impl Ran {
    pub(super) fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.out)
            .with_context(|| format!("no JSON came with code {}: {}", self.code, self.first()))
    }

    pub(super) fn panicked(&self) -> bool {
        self.code < 0 || PANICS.contains(&self.code) || self.err.contains("panicked at")
    }

    /// The first line of what it said on standard error.
    pub(super) fn first(&self) -> &str {
        self.err.lines().next().unwrap_or_default()
    }
}

/// A party of a list, as it answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Party {
    pub(super) id: String,
    pub(super) name: String,
}

impl Party {
    /// Whether its name is one that few others have.
    pub(super) fn is_telling(&self) -> bool {
        let words = self.name.split_whitespace().count();
        (2..6).contains(&words) && (12..80).contains(&self.name.len())
    }
}

impl Place {
    /// A fresh one below a folder.
    pub(super) fn new(program: &Path, below: &Path, name: &str) -> Result<Self> {
        let folder = below.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            program: program.to_owned(),
            folder,
        })
    }

    pub(super) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    pub(super) fn command<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--data").arg(self.data()).args(words);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    pub(super) fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Result<Ran> {
        let (out, err) = (self.folder.join("out"), self.folder.join("err"));
        let mut command = self.command(words);
        command
            .stdout(std::fs::File::create(&out)?)
            .stderr(std::fs::File::create(&err)?);
        let started = Instant::now();
        let child = command.spawn().context("cannot start the program")?;
        let (code, processor_seconds, anonymous_mb) = watch(child)?;
        Ok(Ran {
            code,
            seconds: started.elapsed().as_secs_f64(),
            processor_seconds,
            anonymous_mb,
            out: String::from_utf8_lossy(&std::fs::read(&out)?).into_owned(),
            err: String::from_utf8_lossy(&std::fs::read(&err)?).into_owned(),
        })
    }

    /// `scruple sync --json --from FILES… [--dated DAY] [--as LIST]`.
    pub(super) fn sync(
        &self,
        files: &[PathBuf],
        day: Option<&str>,
        list: Option<&str>,
    ) -> Result<Ran> {
        let mut words: Vec<&OsStr> = vec!["sync".as_ref(), "--json".as_ref(), "--from".as_ref()];
        words.extend(files.iter().map(|file| file.as_os_str()));
        for (option, value) in [("--dated", day), ("--as", list)] {
            if let Some(value) = value {
                words.extend([OsStr::new(option), OsStr::new(value)]);
            }
        }
        self.run(words)
    }

    /// What is held: the rows of `scruple lists --json`.
    pub(super) fn lists(&self) -> Result<Vec<Value>> {
        let ran = self.run(["lists", "--json"])?;
        match ran.json()? {
            Value::Array(rows) if ran.code == 0 => Ok(rows),
            _ => bail!("lists ended with {}: {}", ran.code, ran.first()),
        }
    }

    /// Whether a name finds a party of that id.
    pub(super) fn finds(&self, party: &Party) -> Result<bool> {
        let ran = self.run(["screen", "--json", "--", &party.name])?;
        if ![3, 4].contains(&ran.code) {
            return Ok(false);
        }
        let answer: Value = serde_json::from_str(ran.out.lines().next().unwrap_or_default())?;
        let found = answer["matches"].as_array().map(Vec::as_slice);
        Ok(found
            .unwrap_or_default()
            .iter()
            .any(|found| found["id"] == party.id.as_str()))
    }

    /// Every party of every snapshot in the directory, by id.
    pub(super) fn parties(&self) -> Result<Vec<Party>> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(self.data().join("snapshots"))? {
            let file = std::fs::File::open(entry?.path())?;
            for line in BufReader::new(zstd::Decoder::new(file)?).lines() {
                let entity: Value = serde_json::from_str(&line?)?;
                let (Some(id), Some(name)) = (entity["id"].as_str(), entity["caption"].as_str())
                else {
                    continue;
                };
                all.push(Party {
                    id: id.to_owned(),
                    name: name.to_owned(),
                });
            }
        }
        all.sort();
        Ok(all)
    }

    /// The middle one of those that find themselves; none where all were taken off the
    /// list before today.
    pub(super) fn known(&self) -> Result<Option<Party>> {
        let (mut all, others): (Vec<Party>, Vec<Party>) =
            self.parties()?.into_iter().partition(Party::is_telling);
        if all.is_empty() {
            all = others;
        }
        let from = all.len() / 2;
        for party in all.iter().skip(from).chain(all.iter().take(from)).take(40) {
            if self.finds(party)? {
                return Ok(Some(party.clone()));
            }
        }
        Ok(None)
    }

    /// The data directory becomes a copy of another one.
    pub(super) fn become_copy(&self, of: &Path) -> Result<()> {
        if self.data().exists() {
            std::fs::remove_dir_all(self.data())?;
        }
        copy(of, &self.data())
    }
}

/// Copies a folder with all that is in it.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    // A data directory is its owner's alone, and so is its copy.
    std::fs::set_permissions(to, std::fs::metadata(from)?.permissions())?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The code (negative for a signal), the processor's seconds, and the most anonymous
/// memory seen.
fn watch(mut child: Child) -> Result<(i32, f64, f64)> {
    use std::os::unix::process::ExitStatusExt as _;

    let status_file = format!("/proc/{}/status", child.id());
    let stat_file = format!("/proc/{}/stat", child.id());
    let started = Instant::now();
    let (mut processor, mut most) = (0.0_f64, 0.0_f64);
    loop {
        if let Some(status) = child.try_wait()? {
            let signal = status.signal().map(|signal| -signal);
            return Ok((status.code().or(signal).unwrap_or(-1), processor, most));
        }
        processor = processor.max(processor_seconds(&stat_file));
        most = most.max(anonymous(&status_file));
        let pause = started.elapsed() / 50;
        std::thread::sleep(pause.clamp(Duration::from_micros(300), Duration::from_millis(10)));
    }
}

/// A number of a JSON object, 0 where it has none.
pub(super) fn number(of: &Value, field: &str) -> u64 {
    of[field].as_u64().unwrap_or(0)
}

/// What a sync says of its lists.
pub(super) fn reports(report: &Value) -> &[Value] {
    report["lists"].as_array().map_or(&[], Vec::as_slice)
}
