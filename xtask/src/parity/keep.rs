//! A run kept: raw counts under bench/runs/, tables in docs/fairness.md.
//!
//! The page names the run its tables are made from, and a test makes them again
//! (`xtask/tests/parity.rs`): a number on the page that is not in the counts fails.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use super::bars;
use super::measure::{Run, SCHEMA};
use super::table;

const PAGE: &str = "docs/fairness.md";
const BEGIN: &str = "<!-- parity: ";
const END: &str = "<!-- parity ends -->";
/// Stands for a run on a page that shows none yet.
const NONE: &str = "none";

/// The counts of a run: one line for each group, so that a difference can be read.
pub(super) fn text(run: &Run) -> Result<String> {
    let head = json!({
        "schema": run.schema,
        "engine": run.engine,
        "threshold": run.threshold,
        "parties": run.parties,
        "amounts": run.amounts,
        "seconds": run.seconds,
    });
    let head = serde_json::to_string(&head)?;
    let head = head
        .strip_suffix('}')
        .context("an object ends with a brace")?;
    let lines = |rows: Vec<String>| rows.join(",\n  ");
    let clean: Vec<String> = run
        .clean
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<_, _>>()?;
    let truths: Vec<String> = run
        .truths
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<_, _>>()?;
    Ok(format!(
        "{head},\n\"clean\":[\n  {}],\n\"truths\":[\n  {}]}}",
        lines(clean),
        lines(truths)
    ))
}

fn read(path: &Path) -> Result<Run> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let run: Run = serde_json::from_str(&text)
        .with_context(|| format!("{} is no run of `cargo xtask parity`", path.display()))?;
    ensure!(run.schema == SCHEMA, "{} is {}", path.display(), run.schema);
    Ok(run)
}

/// The page cut in three: before the tables, the run they are of, after.
fn cut(page: &str) -> Result<(&str, &str, &str)> {
    let (before, rest) = page
        .split_once(BEGIN)
        .with_context(|| format!("{PAGE} has no line {BEGIN}"))?;
    let (folder, rest) = rest.split_once(" -->").context("the line does not end")?;
    let (_, after) = rest
        .split_once(END)
        .with_context(|| format!("{PAGE} has no line {END}"))?;
    Ok((before, folder, after))
}

/// The run that the page shows.
pub(super) fn baseline(root: &Path) -> Result<Run> {
    let page =
        fs::read_to_string(root.join(PAGE)).with_context(|| format!("cannot read {PAGE}"))?;
    let (_, folder, _) = cut(&page)?;
    read(&root.join(folder).join("raw.json"))
}

/// The page with its tables made from the run it names.
pub(super) fn page(root: &Path) -> Result<String> {
    let page =
        fs::read_to_string(root.join(PAGE)).with_context(|| format!("cannot read {PAGE}"))?;
    let (before, folder, after) = cut(&page)?;
    if folder == NONE {
        return Ok(page);
    }
    Ok(filled(before, folder, &baseline(root)?, after))
}

fn filled(before: &str, folder: &str, run: &Run, after: &str) -> String {
    let mut standing = String::new();
    for bar in bars::of(run) {
        let verdict = if bar.holds { "holds" } else { "**missed**" };
        let _ = writeln!(standing, "- {verdict}: {}", bar.line);
    }
    format!(
        "{before}{BEGIN}{folder} -->\n\n{standing}\n{}{END}{after}",
        table::page(run)
    )
}

/// Writes the run's folder and the page; gives the folder.
pub(super) fn write(run: &Run) -> Result<String> {
    let root = crate::root();
    let name = format!("{}-{}-parity", today(), std::env::consts::ARCH);
    let folder = format!("bench/runs/{name}");
    fs::create_dir_all(root.join(&folder))?;
    fs::write(root.join(&folder).join("raw.json"), text(run)?)?;
    let said = |program: &str, words: &[&str]| -> Result<String> {
        let output = Command::new(program)
            .args(words)
            .current_dir(&root)
            .output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let about = format!(
        "# {name}\n\nMade by `cargo xtask parity --keep`. `raw.json` holds counts only: for each origin and kind how \
         many\ndrawn names have which best score (in 1/10,000, rounded down to tens), and how many true names,\n\
         written otherwise, were found at which. The tables made from it stand in\n\
         [docs/fairness.md](../../../docs/fairness.md).\n\n\
         | | |\n| --- | --- |\n| commit | {} |\n| compiler | {} |\n| matcher | {} |\n| seed | {} |\n| took | {} s |\n",
        said("git", &["rev-parse", "--short", "HEAD"])?,
        said("rustc", &["--version"])?,
        run.engine,
        run.amounts.seed,
        run.seconds,
    );
    fs::write(root.join(&folder).join("README.md"), about)?;
    let page =
        fs::read_to_string(root.join(PAGE)).with_context(|| format!("cannot read {PAGE}"))?;
    let (before, _, after) = cut(&page)?;
    fs::write(root.join(PAGE), filled(before, &folder, run, after))?;
    Ok(folder)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a chore is an edge: the clock is asked here"
)]
fn today() -> String {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}
