//! How fast the lists are read on one core, beside Python's lxml on the same file.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::machine::Machine;
use super::tools::{self, must};
use super::transcript::Transcript;

/// Megabytes a second that an XML list is read at, at least.
const BAR: f64 = 50.0;
/// Where the table begins in the page.
pub(super) const HEADING: &str = "## Reading lists";
/// The file that lxml reads, too, and how many times its records stand in it.
const BOTH: (&str, &str) = ("ofac_cons_2026-01-08.xml", "40");

pub(super) fn run(machine: &Machine, log: &mut Transcript<'_>) -> Result<()> {
    let shared = machine.shared()?;
    let load = machine.load();
    let mut bench = Command::new("cargo");
    bench
        .args(["bench", "--quiet", "--locked", "--package", "scruple-lists"])
        .args(["--bench", "parse"])
        .env("SCRUPLE_SHARED", shared)
        .current_dir(&machine.root);
    let ours = String::from_utf8(must(log, &mut bench)?)?;
    log.say(&ours);
    let rows: Vec<(String, f64)> = ours.lines().filter_map(rate).collect();
    ensure!(!rows.is_empty(), "the bench measured nothing");
    for (name, rate) in rows.iter().filter(|(name, _)| name.contains(".xml")) {
        log.check(
            *rate >= BAR,
            &format!("{name}: {rate:.1} MB/s on one core, bar ≥ {BAR} MB/s"),
        );
    }
    let theirs = match lxml(machine, shared, log) {
        Ok(line) => line,
        Err(error) => format!("lxml could not be had: {error:#}"),
    };
    log.say(&theirs);
    keep(machine, log, &load, &ours, &rows, &theirs)
}

fn lxml(machine: &Machine, shared: &Path, log: &mut Transcript<'_>) -> Result<String> {
    let needed = machine.fresh("parse")?.join("requirements.txt");
    std::fs::write(&needed, "lxml\n")?;
    let python = tools::python(machine, log, &needed)?;
    let mut command = Command::new(python);
    command
        .arg(machine.root.join("crates/lists/benches/lxml_iterparse.py"))
        .arg(shared.join("data/lists").join(BOTH.0))
        .arg(BOTH.1);
    let said = String::from_utf8(must(log, &mut command)?)?;
    ensure!(said.starts_with("lxml"), "another parser answered: {said}");
    Ok(said.trim().to_owned())
}

/// The name and the megabytes a second of a line of the bench.
fn rate(line: &str) -> Option<(String, f64)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, .., rate, "MB/s"] = words[..] else {
        return None;
    };
    Some((name.to_owned(), rate.parse().ok()?))
}

fn keep(
    machine: &Machine,
    log: &mut Transcript<'_>,
    load: &str,
    ours: &str,
    rows: &[(String, f64)],
    theirs: &str,
) -> Result<()> {
    let hardware = machine.hardware();
    let name = format!(
        "{}-{}-{}-cores-lists",
        machine.today,
        std::env::consts::ARCH,
        hardware[0].1
    );
    let folder = machine.root.join("bench/runs").join(&name);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("raw.txt"), format!("{ours}{theirs}\n"))?;
    let mut about = format!(
        "# {name}\n\nMade by `cargo xtask prove parse`. `raw.txt` is what the bench and the Python script print.\n\n\
         | | |\n| --- | --- |\n"
    );
    for (key, value) in &hardware {
        writeln!(about, "| {key} | {value} |")?;
    }
    writeln!(about, "| load at the start | {load} |")?;
    about.push_str(
        "\nBoth measure time of the processor, on one core, from memory. Ours makes whole parties of the\n\
         records; the script reads the texts of each record into a dictionary.\n",
    );
    std::fs::write(folder.join("README.md"), about)?;
    let path = machine.root.join("docs/benchmarks.md");
    let page = std::fs::read_to_string(&path).context("docs/benchmarks.md cannot be read")?;
    let before = page.split(HEADING).next().unwrap_or_default().trim_end();
    let mut page = format!(
        "{before}\n\n{HEADING}\n\nMade by `cargo xtask prove parse` from the run kept in [`bench/runs/{name}`](../bench/runs/{name}/README.md).\n\n\
         | file | read on one core | bar | |\n| --- | --- | --- | --- |\n"
    );
    for (file, rate) in rows {
        let (bar, verdict) = if !file.contains(".xml") {
            (String::new(), "")
        } else if *rate >= BAR {
            (format!("≥ {BAR} MB/s"), "holds")
        } else {
            (format!("≥ {BAR} MB/s"), "**fails**")
        };
        writeln!(page, "| {file} | {rate:.1} MB/s | {bar} | {verdict} |")?;
    }
    let lxml = theirs.rsplit(", ").next().unwrap_or(theirs);
    writeln!(
        page,
        "| {} with Python's lxml iterparse | {lxml} | | |",
        BOTH.0
    )?;
    std::fs::write(&path, page)?;
    log.say(&format!("written: bench/runs/{name}/, docs/benchmarks.md"));
    Ok(())
}
