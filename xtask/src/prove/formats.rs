//! Programs that are not ours read every format we write.
//!
//! The scripts stand in `tests/interop/`. A page of HTML goes through the
//! validator of the W3C's Nu checker, the manual page through mandoc and groff,
//! the completions through their shells.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::machine::Machine;
use super::tools::{self, must};
use super::transcript::Transcript;

/// Names that are hard on a table: quotation marks, line ends, formulas, scripts.
pub(super) const QUERIES: &str = r#"{"id":"1","name":"Hangzhou Hikvision Digital Technology","country":"cn"}
{"id":"2","name":"=SUM(1;2)","note":"+1"}
{"id":"3","name":"喀什地区公安局"}
{"id":"4","name":"A \"quoted\", comma\nand a line; @home"}
{"id":"5","name":"شركة النور المحدودة","note":"-1"}
{"id":"6","name":"@Northgate\tVision"}
"#;

pub(super) fn run(machine: &Machine, log: &mut Transcript<'_>) -> Result<()> {
    let program = tools::scruple(machine, log, false)?;
    let folder = machine.fresh("formats")?;
    log.part("outputs");
    make(machine, log, &program, &folder)?;
    let scripts = machine.root.join("tests/interop");
    let schemas = machine.root.join("docs/schemas");

    log.part("JSON Schema, with jsonschema for Python");
    for package in ["libicu-dev", "pkg-config"] {
        // One of the Python packages may have to be compiled.
        let there = Command::new("dpkg").args(["-s", package]).output();
        if there.is_ok_and(|output| !output.status.success()) {
            must(
                log,
                Command::new("apt-get").args(["install", "-y", "-qq", package]),
            )?;
        }
    }
    let python = tools::python(machine, log, &scripts.join("requirements.txt"))?;
    let script = |name: &str| {
        let mut command = Command::new(&python);
        command.arg(scripts.join(name));
        command
    };
    log.take(script("schemas.py").arg(&schemas).arg(&folder))?;

    log.part("JSON Schema, with ajv");
    let node = tools::node(machine, log, &["ajv", "vnu-jar"])?;
    log.take(
        Command::new("node")
            .arg(scripts.join("schemas.mjs"))
            .arg(&schemas)
            .arg(&folder)
            .env("NODE_TOOLS", &node),
    )?;

    log.part("tables, with Python's csv and openpyxl");
    log.take(
        script("tables.py")
            .arg(folder.join("queries.jsonl"))
            .arg(folder.join("screen.csv"))
            .arg(folder.join("screen.xlsx")),
    )?;

    log.part("pages, with the Nu HTML checker");
    pages(log, &node, &folder)?;

    log.part("manual page and completions");
    manual(log, &program, &folder)?;

    log.part("lists, with followthemoney");
    let shared = machine.shared()?;
    let lists = folder.join("lists");
    let mut import = Command::new(std::env::current_exe()?);
    import.arg("import-shared").arg("--out").arg(&lists);
    must(log, import.arg("--shared").arg(shared))?;
    log.take(script("ftm.py").arg(&lists))
}

/// Makes one of every output of every example deal, and a screening.
fn make(machine: &Machine, log: &mut Transcript<'_>, program: &Path, folder: &Path) -> Result<()> {
    let deals = folder.join("deals");
    std::fs::create_dir_all(&deals)?;
    let run = |day: &str, words: &[&str], paths: &[&Path]| -> Result<Vec<u8>> {
        let output = Command::new(program)
            .arg("--data")
            .arg(folder.join("none"))
            .args(["--today", day])
            .args(words)
            .args(paths)
            .output()?;
        let code = output.status.code().unwrap_or(1);
        ensure!(
            [0, 3, 4].contains(&code),
            "scruple {} ended with {code}: {}",
            words.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(output.stdout)
    };
    for deal in machine.examples()? {
        let name = deal
            .file_stem()
            .context("a deal has a name")?
            .to_string_lossy()
            .into_owned();
        std::fs::copy(&deal, deals.join(format!("{name}.toml")))?;
        let brief = folder.join(format!("{name}.brief.json"));
        let page = folder.join(format!("{name}.html"));
        std::fs::write(
            &brief,
            run(
                "2026-11-22",
                &["check", "--json", "--html"],
                &[&page, &deal],
            )?,
        )?;
        // By the law of an earlier day much was otherwise.
        let before = folder.join(format!("{name}.before.json"));
        let early = ["check", "--json", "--as-of", "2019-01-01"];
        std::fs::write(&before, run("2026-11-22", &early, &[&deal])?)?;
        let since = ["check", "--json", "--since"];
        let since = run("2026-11-22", &since, &[&before, &deal])?;
        std::fs::write(folder.join(format!("{name}.since.json")), since)?;
        for outcome in [
            ["--stop"].as_slice(),
            &[
                "--conditions",
                "Keep the logs",
                "--conditions",
                "Ask again in May",
            ],
        ] {
            let mut words = vec![
                "decide",
                "--by",
                "R. Lindenau, managing director",
                "--reason",
                "The \"record\" of a proof, not of a deal",
            ];
            words.extend(outcome);
            run("2026-11-22", &words, &[&brief])?;
        }
    }
    let queries = folder.join("queries.jsonl");
    std::fs::write(&queries, QUERIES)?;
    let file = |name: &str| folder.join(name);
    let found = run(
        "2026-11-22",
        &["screen", "--json", "--threshold", "0", "--file"],
        &[&queries],
    )?;
    std::fs::write(file("screen.match.jsonl"), found)?;
    let table = Command::new(program)
        .arg("--data")
        .arg(folder.join("none"))
        .args(["--today", "2026-11-22", "screen", "--csv", "--file"])
        .arg(&queries)
        .arg("--xlsx")
        .arg(file("screen.xlsx"))
        .arg("--report")
        .arg(file("screen.html"))
        .output()?;
    std::fs::write(file("screen.csv"), table.stdout)?;
    for shell in ["bash", "zsh", "fish"] {
        std::fs::write(
            file(&format!("completions.{shell}")),
            run("2026-11-22", &["completions", shell], &[])?,
        )?;
    }
    std::fs::write(file("scruple.1"), run("2026-11-22", &["man"], &[])?)?;
    let made = std::fs::read_dir(folder)?.count();
    log.say(&format!(
        "{made} files of {} deals and one screening",
        machine.examples()?.len()
    ));
    Ok(())
}

fn pages(log: &mut Transcript<'_>, node: &Path, folder: &Path) -> Result<()> {
    tools::from_debian(log, "java", "default-jre-headless")?;
    let mut pages: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "html") {
            pages.push(path);
        }
    }
    pages.sort();
    for page in &pages {
        let mut checker = Command::new("java");
        checker
            .arg("-jar")
            .arg(node.join("node_modules/vnu-jar/build/dist/vnu.jar"))
            .args(["--exit-zero-always", "--format", "text", "--stdout"])
            .arg(page);
        let output = log.quietly(&mut checker)?;
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        let wrong: Vec<&str> = said
            .lines()
            .filter(|line| line.starts_with("Error") || line.starts_with("Warning"))
            .collect();
        for line in &wrong {
            log.say(line);
        }
        // It ends with a sentence of its own where it got that far.
        let finished = said.contains("Document checking completed") || !wrong.is_empty();
        let name = page
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        log.check(
            finished && wrong.is_empty(),
            &format!("{name} has no error and no warning"),
        );
    }
    ensure!(pages.len() > 1, "no pages were made");
    Ok(())
}

fn manual(log: &mut Transcript<'_>, program: &Path, folder: &Path) -> Result<()> {
    let page = folder.join("scruple.1");
    tools::from_debian(log, "mandoc", "mandoc")?;
    let lint = log.quietly(
        Command::new("mandoc")
            .args(["-T", "lint", "-W", "warning"])
            .arg(&page),
    )?;
    log.say(&String::from_utf8_lossy(&lint.stdout));
    let errors = String::from_utf8_lossy(&lint.stdout)
        .lines()
        .filter(|line| line.contains("ERROR") || line.contains("UNSUPP"))
        .count();
    log.check(errors == 0, "mandoc finds no error in the manual page");
    tools::from_debian(log, "man", "man-db")?;
    let man = log.quietly(
        Command::new("man")
            .args(["--warnings", "-E", "UTF-8", "-l"])
            .arg(&page)
            .env("MANWIDTH", "80"),
    )?;
    let text = String::from_utf8_lossy(&man.stdout);
    log.check(
        man.stderr.is_empty() && text.contains("EXIT CODES") | text.contains("Exit codes"),
        &format!(
            "groff formats it without a warning {}",
            String::from_utf8_lossy(&man.stderr).trim()
        ),
    );
    for shell in ["bash", "zsh", "fish"] {
        tools::from_debian(log, shell, shell)?;
        let script = folder.join(format!("completions.{shell}"));
        let parsed = log.quietly(Command::new(shell).arg("-n").arg(&script))?;
        log.check(
            parsed.status.success(),
            &format!("{shell} parses its completions"),
        );
    }
    // And they complete: bash is asked for the commands.
    let mut ask = Command::new("bash");
    ask.arg("-c").arg(
        "source \"$0\"; COMP_WORDS=(scruple sc); COMP_CWORD=1; _scruple scruple sc scruple; echo \"${COMPREPLY[@]}\"",
    );
    let output = log.quietly(ask.arg(folder.join("completions.bash")))?;
    let said = String::from_utf8_lossy(&output.stdout);
    log.check(
        said.contains("screen") && said.contains("schema"),
        &format!("bash completes sc: {}", said.trim()),
    );
    let help = Command::new(program).arg("--help").output()?;
    log.check(help.status.success(), "the program prints its help");
    Ok(())
}
