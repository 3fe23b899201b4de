//! A browser renders the pages: light, dark, narrow, on paper, with axe-core.
//!
//! The pictures and papers stay below the target folder, to be looked at; the
//! proof keeps what was counted. The script is `tests/interop/pages.mjs`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::machine::Machine;
use super::tools;
use super::transcript::Transcript;

pub(super) fn run(machine: &Machine, log: &mut Transcript<'_>) -> Result<()> {
    tools::from_debian(log, "chromium", "chromium")?;
    tools::from_debian(log, "pdftotext", "poppler-utils")?;
    tools::from_debian(log, "fc-list", "fontconfig")?;
    let chinese = Command::new("fc-list").arg(":lang=zh").output()?;
    if chinese.stdout.is_empty() {
        tools::must(
            log,
            Command::new("apt-get").args(["install", "-y", "-qq", "fonts-wqy-zenhei"]),
        )?;
    }
    let node = tools::node(machine, log, &["playwright-core", "axe-core"])?;
    let program = tools::scruple(machine, log, false)?;

    log.part("pages");
    let folder = machine.fresh("browser")?;
    let mut pages = Vec::new();
    let make = |day: &str, words: &[&str], paths: &[&Path]| -> Result<Vec<u8>> {
        let output = Command::new(&program)
            .arg("--data")
            .arg(folder.join("none"))
            .args(["--today", day])
            .args(words)
            .args(paths)
            .output()?;
        let code = output.status.code().unwrap_or(1);
        ensure!(
            [0, 3, 4].contains(&code),
            "scruple {} ended with {code}",
            words.join(" ")
        );
        Ok(output.stdout)
    };
    for deal in machine.examples()? {
        let name = deal.file_stem().context("a deal has a name")?;
        let page = folder.join(name).with_extension("html");
        make("2026-11-22", &["check", "--html"], &[&page, &deal])?;
        pages.push(page);
    }
    // An assessment, and the form for a customer.
    for (flag, name) in [("--html", "assessment"), ("--questionnaire", "questions")] {
        let page = folder.join(name).with_extension("html");
        let cameras = machine.root.join("examples/cameras.toml");
        make("2026-11-22", &["assess", flag], &[&page, &cameras])?;
        pages.push(page);
    }
    // The report of a year in which nothing was decided.
    let year = folder.join("year.html");
    make(
        "2026-11-22",
        &["report", "--period", "2026", "--html"],
        &[&year, &machine.fresh("no-briefs")?],
    )?;
    pages.push(year);
    // One that says what changed, and the proof of a screening.
    let cameras = machine.root.join("examples/cameras.toml");
    let brief = folder.join("cameras.json");
    std::fs::write(
        &brief,
        make("2026-11-22", &["check", "--json"], &[&cameras])?,
    )?;
    let changed = folder.join("changed.html");
    let since = ["check", "--since"];
    let words: Vec<&Path> = vec![&brief, Path::new("--html"), &changed, &cameras];
    make("2027-02-01", &since, &words)?;
    pages.push(changed);
    let queries = folder.join("queries.jsonl");
    std::fs::write(&queries, super::formats::QUERIES)?;
    let report = folder.join("screening.html");
    make(
        "2026-11-22",
        &["screen", "--file"],
        &[&queries, Path::new("--report"), &report],
    )?;
    pages.push(report);
    log.say(&format!("{} pages", pages.len()));

    log.part("Chromium and axe-core");
    log.take(
        Command::new("node")
            .arg(machine.root.join("tests/interop/pages.mjs"))
            .arg(&folder)
            .args(&pages)
            .env("NODE_TOOLS", &node)
            .env("CHROMIUM", "/usr/bin/chromium"),
    )
}
