//! The numbers we hold ourselves to, measured from outside on the shared lists.
//!
//! What is timed is the program as a user starts it: process start to exit. The
//! raw values go to `bench/runs/`, the table of `docs/benchmarks.md` is made of
//! them.

pub(super) mod measure;
mod record;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::machine::Machine;
use super::tools::{self, must};
use super::transcript::Transcript;
use measure::{Ran, run_watched};
use record::Measure;

/// How often a short command is timed.
const TIMES: usize = 20;

pub(super) fn run(machine: &Machine, log: &mut Transcript<'_>) -> Result<()> {
    let shared = machine.shared()?;
    let program = tools::scruple(machine, log, true)?;
    let folder = machine.fresh("bars")?;
    let bench = Bench {
        program,
        data: folder.join("data"),
        folder,
    };
    let mut all = Vec::new();

    log.part("lists");
    let lists = bench.folder.join("lists");
    let mut import = Command::new(std::env::current_exe()?);
    import.arg("import-shared").arg("--out").arg(&lists);
    let said = must(log, import.arg("--shared").arg(shared))?;
    let said = String::from_utf8_lossy(&said);
    let together: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("together"))
        .collect();
    log.say(&together.join("\n"));
    bench.sync(&lists, &mut all)?;

    log.part("one name, one brief");
    bench.short(&mut all)?;

    log.part("many names");
    bench.many(&shared.join("cases/screen/queries.jsonl"), &mut all)?;

    log.part("own names");
    all.push(own_names(machine, log)?);

    log.part("measured");
    log.say(&format!(
        "load of the machine afterwards: {}",
        machine.load()
    ));
    for measure in &all {
        let line = format!("{}: {}", measure.what, measure.shown());
        match measure.bar {
            Some(_) => log.check(
                measure.holds(),
                &format!("{line}, bar {}", measure.bar_shown()),
            ),
            None => log.say(&line),
        }
    }
    record::write(machine, log, &all)
}

struct Bench {
    program: PathBuf,
    folder: PathBuf,
    data: PathBuf,
}

impl Bench {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--data").arg(&self.data).args(words);
        command
    }

    fn sync(&self, lists: &Path, all: &mut Vec<Measure>) -> Result<()> {
        let mut command = self.command(&["sync", "--from"]);
        let mut files: Vec<PathBuf> = std::fs::read_dir(lists)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        files.sort();
        let ran = run_watched(command.args(&files))?;
        ensure!(ran.code == 0, "sync ended with {}", ran.code);
        all.push(Measure::new("sync of every list", vec![ran.seconds], "s"));
        all.push(Measure::new(
            "anonymous memory while syncing, most",
            vec![ran.anonymous_mb],
            "MB",
        ));
        for (what, part) in [
            ("index files", "indexes"),
            ("snapshots, compressed", "snapshots"),
        ] {
            let folder = self.data.join(part);
            let mut size = 0;
            for entry in std::fs::read_dir(&folder).with_context(|| format!("no folder {part}"))? {
                size += entry?.metadata()?.len();
            }
            #[expect(clippy::cast_precision_loss, reason = "megabytes for people")]
            all.push(Measure::new(what, vec![size as f64 / 1e6], "MB"));
        }
        Ok(())
    }

    fn short(&self, all: &mut Vec<Measure>) -> Result<()> {
        let empty = self.times(&["--version"], &[])?;
        all.push(Measure::new(
            "process that only says its version",
            ms(&empty),
            "ms",
        ));
        let name = self.times(&["screen", "Hangzhou Hikvision Digital Technology"], &[3])?;
        all.push(Measure::new("one name, process start to answer", ms(&name), "ms").below(100.0));
        let script = self.times(&["screen", "Хизри Магомедович Абакаров"], &[3, 4])?;
        all.push(Measure::new("one name in Cyrillic", ms(&script), "ms").below(100.0));

        let deal = self.folder.join("twenty.toml");
        std::fs::write(&deal, twenty())?;
        let deal = deal.to_string_lossy().into_owned();
        let brief = self.times(&["check", &deal], &[3, 4])?;
        all.push(Measure::new("a brief of 20 parties", ms(&brief), "ms").below(300.0));
        let memory = brief.iter().map(|ran| ran.anonymous_mb).collect();
        all.push(Measure::new("anonymous memory of that brief", memory, "MB").below(300.0));
        Ok(())
    }

    fn times(&self, words: &[&str], codes: &[i32]) -> Result<Vec<Ran>> {
        let mut all = Vec::with_capacity(TIMES);
        for turn in 0..=TIMES {
            let ran = run_watched(&mut self.command(words))?;
            ensure!(
                codes.is_empty() || codes.contains(&ran.code),
                "scruple {} ended with {}",
                words.join(" "),
                ran.code
            );
            // The first warms the caches.
            if turn > 0 {
                all.push(ran);
            }
        }
        Ok(all)
    }

    /// Every query of the shared cases, as one file.
    fn many(&self, queries: &Path, all: &mut Vec<Measure>) -> Result<()> {
        let text = std::fs::read_to_string(queries).context("cannot read the shared queries")?;
        let mut lines = String::new();
        let mut count = 0_u32;
        for line in text.lines() {
            let case: Value = serde_json::from_str(line)?;
            let query = &case["query"];
            let mut flat = json!({ "id": case["id"], "name": query["name"] });
            for field in ["schema", "country"] {
                if query[field].is_string() {
                    flat[field] = query[field].clone();
                }
            }
            writeln!(lines, "{flat}")?;
            count += 1;
        }
        let file = self.folder.join("queries.jsonl");
        std::fs::write(&file, lines)?;
        let mut rates = Vec::new();
        let mut per_core = Vec::new();
        let mut memory = Vec::new();
        for _ in 0..3 {
            let ran = run_watched(self.command(&["screen", "--json", "--file"]).arg(&file))?;
            ensure!([3, 4].contains(&ran.code), "screen ended with {}", ran.code);
            rates.push(f64::from(count) / ran.seconds);
            per_core.push(f64::from(count) / ran.processor_seconds);
            memory.push(ran.anonymous_mb);
        }
        let what = format!("names a second, {count} in one file");
        all.push(Measure::new(&what, rates, "names/s").above(1_000.0));
        // What other programs take from the cores does not count here.
        all.push(Measure::new(
            "names for each second of processor time",
            per_core,
            "names/s",
        ));
        all.push(Measure::new("anonymous memory meanwhile, most", memory, "MB").below(300.0));
        Ok(())
    }
}

fn ms(runs: &[Ran]) -> Vec<f64> {
    runs.iter().map(|ran| ran.seconds * 1_000.0).collect()
}

/// A deal with twenty parties: a few listed, in several scripts, most not.
fn twenty() -> String {
    let names = [
        "喀什地区公安局",
        "Hangzhou Hikvision Digital Technology",
        "Dahua Technology Co Ltd",
        "ООО Северный Ветер",
        "شركة النور للتجارة",
        "주식회사 한빛상사",
        "Lindenau Optronik GmbH",
        "Tengri Vision Trade LLP",
    ];
    let mut deal = String::from(
        "title = \"Twenty parties\"\ndestination = \"kz\"\nplace_of_use = \"kz\"\nend_use = \"A measurement\"\n\
         [seller]\nname = \"Lindenau Optronik GmbH\"\ncountry = \"de\"\n[[items]]\nname = \"Camera\"\n",
    );
    for at in 0..20 {
        let role = if at == 0 { "end-user" } else { "intermediary" };
        let name = names.get(at).map_or_else(
            || format!("Meridian {at} Trading and Logistics Company Limited"),
            |name| (*name).to_owned(),
        );
        let _ = write!(
            deal,
            "[[parties]]\nid = \"p{at}\"\nrole = \"{role}\"\nname = \"{name}\"\n"
        );
    }
    deal
}

/// Every own name of every listed party: the test says how many, and which fail.
fn own_names(machine: &Machine, log: &mut Transcript<'_>) -> Result<Measure> {
    let mut test = Command::new("cargo");
    test.args([
        "test",
        "--quiet",
        "--locked",
        "--release",
        "--package",
        "scruple-screen",
        "--test",
        "bars",
    ])
    .args(["--", "--ignored", "--nocapture", "--test-threads=1"])
    .env("SCRUPLE_SHARED", machine.shared()?)
    .current_dir(&machine.root);
    let output = log.quietly(&mut test)?;
    let said = String::from_utf8_lossy(&output.stdout);
    let line = said
        .lines()
        .find(|line| line.contains(" names, ") && line.ends_with(" misses"))
        .with_context(|| {
            format!(
                "the test counts nothing: {}",
                String::from_utf8_lossy(&output.stderr)
            )
        })?;
    for miss in said
        .lines()
        .filter(|line| line.contains("own ") && line.contains("top "))
    {
        log.say(miss);
    }
    log.say(line);
    let numbers: Vec<f64> = line
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect();
    let [names, misses] = numbers[..] else {
        anyhow::bail!("the test counts otherwise: {line}")
    };
    let share = 100.0 * (1.0 - misses / names);
    Ok(Measure::new("own names that find their party on top", vec![share], "%").above(99.9))
}
