//! The machine a proof runs on: its clock, folders and hardware. The only place
//! of the proofs that asks.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use scruple_model::Date;

/// What a proof knows of where it runs.
pub(super) struct Machine {
    /// The repository.
    pub(super) root: PathBuf,
    /// Cargo's target folder; what proofs install and make goes below it.
    pub(super) target: PathBuf,
    /// The shared set of lists and cases, if it is there.
    pub(super) shared: Option<PathBuf>,
    home: Option<PathBuf>,
    /// Today, in UTC.
    pub(super) today: Date,
}

impl Machine {
    #[expect(
        clippy::disallowed_methods,
        reason = "a chore is an edge: clock and environment are asked here"
    )]
    pub(super) fn here() -> Result<Self> {
        let root = crate::root();
        let output = Command::new("cargo")
            .args([
                "metadata",
                "--no-deps",
                "--format-version",
                "1",
                "--offline",
            ])
            .current_dir(&root)
            .output()
            .context("cannot run cargo")?;
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let target = metadata["target_directory"]
            .as_str()
            .context("cargo names no target folder")?;
        let shared = std::env::var_os("SCRUPLE_SHARED")
            .map_or_else(|| root.join("../shared"), PathBuf::from);
        Ok(Self {
            target: PathBuf::from(target),
            shared: shared.canonicalize().ok(),
            home: std::env::var_os("HOME").map(PathBuf::from),
            today: jiff::Timestamp::now()
                .to_zoned(jiff::tz::TimeZone::UTC)
                .date(),
            root: root.canonicalize().unwrap_or(root),
        })
    }

    /// A fresh, empty folder for a proof's own files.
    pub(super) fn fresh(&self, name: &str) -> Result<PathBuf> {
        let folder = self.target.join("proofs").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// The shared set, or why the proof cannot go on.
    pub(super) fn shared(&self) -> Result<&Path> {
        self.shared
            .as_deref()
            .context("the shared set is not there; set SCRUPLE_SHARED to its folder")
    }

    /// The six deals of `examples/`, in order.
    pub(super) fn examples(&self) -> Result<Vec<PathBuf>> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(self.root.join("examples"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                all.push(path);
            }
        }
        all.sort();
        ensure!(!all.is_empty(), "examples/ holds no deal");
        Ok(all)
    }

    /// The text with every path of this machine, and every address of a package
    /// registry, put in general words.
    pub(super) fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        let shown = |path: &Path| path.display().to_string();
        // The longer path first: one may lie in another.
        let mut paths = vec![(shown(&self.target), "target"), (shown(&self.root), ".")];
        paths.extend(
            self.shared
                .iter()
                .map(|path| (shown(path), "$SCRUPLE_SHARED")),
        );
        paths.extend(self.home.iter().map(|path| (shown(path), "~")));
        paths.retain(|(path, _)| path.len() > 1);
        paths.sort_by_key(|(path, _)| std::cmp::Reverse(path.len()));
        for (path, word) in paths {
            text = text.replace(&path, word);
        }
        without_registries(&text)
    }

    /// How busy the machine was in the last 1, 5 and 15 minutes.
    pub(super) fn load(&self) -> String {
        let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let three: Vec<&str> = text.split_whitespace().take(3).collect();
        three.join(" ")
    }

    /// Whether others want more than the cores can give.
    pub(super) fn busy(&self) -> bool {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let load = self.load();
        let now = load
            .split(' ')
            .next()
            .and_then(|load| load.parse::<f64>().ok());
        now.is_some_and(|load| load > f64::from(u32::try_from(cores).unwrap_or(1)) + 0.5)
    }

    /// Cores, memory, processor and kernel, for the record of a measurement.
    pub(super) fn hardware(&self) -> Vec<(&'static str, String)> {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let field = |file: &str, name: &str| {
            std::fs::read_to_string(file)
                .unwrap_or_default()
                .lines()
                .find_map(|line| {
                    let (key, value) = line.split_once(':')?;
                    (key.trim() == name).then(|| value.trim().to_owned())
                })
                .unwrap_or_else(|| "not told".to_owned())
        };
        let memory = field("/proc/meminfo", "MemTotal");
        let kib: u64 = memory.trim_end_matches(" kB").parse().unwrap_or_default();
        vec![
            ("cores", cores.to_string()),
            ("processor", field("/proc/cpuinfo", "model name")),
            ("memory", format!("{} GiB", kib.div_ceil(1024 * 1024))),
            (
                "kernel",
                std::fs::read_to_string("/proc/sys/kernel/osrelease")
                    .map_or_else(|_| "not told".to_owned(), |text| text.trim().to_owned()),
            ),
        ]
    }
}

/// `registry+https://…` and its kin become `registry`.
fn without_registries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, mark)) = ["registry+", "sparse+"]
        .iter()
        .filter_map(|mark| rest.find(&format!("{mark}http")).map(|at| (at, mark)))
        .min()
    {
        out.push_str(&rest[..at]);
        out.push_str("registry");
        let after = &rest[at + mark.len()..];
        let end = after
            .find(|c: char| c.is_whitespace() || "#\"'`)".contains(c))
            .unwrap_or(after.len());
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_of_the_machine_is_kept() {
        let machine = Machine {
            root: "/a/b".into(),
            target: "/a/b/target".into(),
            shared: Some("/a/s".into()),
            home: Some("/root".into()),
            today: jiff::civil::date(2026, 1, 2),
        };
        assert_eq!(
            machine.redact("at /a/b/target/x, /a/b/y, /a/s/z, /root/.cargo"),
            "at target/x, ./y, $SCRUPLE_SHARED/z, ~/.cargo"
        );
        assert_eq!(
            machine.redact("x 1 (registry+https://host/index#x@1) y sparse+https://h/"),
            "x 1 (registry#x@1) y registry"
        );
    }
}
