//! What the program prints of logs, credentials and registers, against its own schemas, with
//! Python's `jsonschema`.

use std::fs;
use std::process::Command;

use anyhow::Result;

use super::Given;
use crate::prove::tools;
use crate::prove::transcript::Transcript;

pub(super) fn run(given: &Given<'_>, log: &mut Transcript<'_>) -> Result<()> {
    if !given.installs {
        return Ok(());
    }
    log.part("JSON of logs, credentials and registers, with jsonschema");
    let folder = given.machine.fresh("interop-schemas")?;
    let keep = |name: &str, words: &[&str]| -> Result<()> {
        Ok(fs::write(
            folder.join(name),
            given.scruple(&folder, words)?,
        )?)
    };
    fs::write(
        folder.join("lines.jsonl"),
        "{\"a\":1}\n{\"b\":2}\n{\"b\":2}\n",
    )?;
    given.scruple(
        &folder,
        &["ledger", "init", "log", "--origin", "log.example"],
    )?;
    keep(
        "receipt-1.jsonl",
        &["ledger", "append", "lines.jsonl", "--json"],
    )?;
    given.scruple(&folder, &["ledger", "checkpoint"])?;
    given.scruple(
        &folder,
        &["ledger", "disclose", "1", "--out", "disclosure-1.json"],
    )?;
    given.scruple(&folder, &["ledger", "rotate"])?;
    keep("audit-1.json", &["ledger", "audit", "log", "--json"])?;
    fs::write(folder.join("mill.toml"), given.draft()?)?;
    given.scruple(&folder, &["attest", "key", "a.key"])?;
    given.scruple(&folder, &["attest", "sign", "mill.toml", "--key", "a.key"])?;
    keep("attest-1.json", &["attest", "show", "mill.json", "--json"])?;
    // The site that the part before this one published.
    let site = given.machine.target.join("proofs/interop-register/site");
    for (from, to) in [
        ("register.json", "register-1.json"),
        ("history.json", "register-history-1.json"),
    ] {
        fs::copy(site.join(from), folder.join(to))?;
    }
    let python = tools::python(given.machine, log, &given.script("interop.txt"))?;
    log.take(
        Command::new(&python)
            .arg(given.script("documents.py"))
            .arg(given.machine.root.join("docs/schemas"))
            .arg(&folder),
    )
}
