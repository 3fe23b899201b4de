//! Signed audits, a counter-statement, a list of withdrawals and a notice, read by
//! verifiers that share no line with us; altered ones are refused by them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::Given;
use crate::prove::tools;
use crate::prove::transcript::Transcript;

pub(super) fn run(given: &Given<'_>, log: &mut Transcript<'_>) -> Result<()> {
    log.part("credentials");
    let folder = given.machine.fresh("interop-credentials")?;
    let good = make(given, &folder)?;
    let altered = alter(&good[0], &folder)?;
    log.say(&format!("{} signed, {} altered", good.len(), altered.len()));

    log.part("credentials, with Python's own library");
    let script = given.script("credential.py");
    log.take(Command::new("python3").arg(&script).args(&good))?;
    log.take(
        Command::new("python3")
            .arg(&script)
            .arg("--refuse")
            .args(&altered),
    )?;
    if !given.installs {
        return Ok(());
    }

    log.part("credentials, with cryptography, rfc8785 and UNTP's schema");
    let requirements = given.script("interop.txt");
    let python = tools::python(given.machine, log, &requirements)?;
    let shared = given.machine.shared()?.to_owned();
    let checker = shared.join("interop/check_vc.py");
    for jcs in [&["--jcs"][..], &[]] {
        let all = log.show(Command::new(&python).arg(&checker).args(jcs).args(&good))?;
        log.check(
            all.status.success(),
            "the shared checker verifies every one of ours",
        );
    }
    for file in &altered {
        let one = log.quietly(Command::new(&python).arg(&checker).arg(file))?;
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        log.check(
            !one.status.success(),
            &format!("the shared checker refuses {name}"),
        );
    }
    let schema = shared
        .join("data/vectors/untp/v0.7.0-bcgov/backend/untp/bundled/v0.7.0/schemas/ConformityCredential.json");
    // The list and the notice are no conformity credentials.
    let ours = good.iter().take(2);
    log.take(
        Command::new(&python)
            .arg(given.script("untp.py"))
            .arg(schema)
            .args(ours),
    )
}

/// An audit and its counter-statement first, then the list and the notice.
fn make(given: &Given<'_>, folder: &Path) -> Result<Vec<PathBuf>> {
    let draft = given.draft()?;
    fs::write(folder.join("mill.toml"), &draft)?;
    let answer = draft
        .replace("kind = \"audit\"", "kind = \"counter-statement\"")
        .replace("2f1c9e1e", "aaaa9e1e")
        .replace(
            "name = \"Example Audit Body\"",
            "name = \"Mill Workers Union\"",
        )
        .replace(
            "statement = \"not stated\"",
            "statement = \"Papers are still kept. \\\"Nobody\\\" could say so: ئىشچىلار 😶 \\t\"",
        );
    let answers = "\n[[answers]]\nid = \"urn:uuid:2f1c9e1e-5a44-4a51-9d1c-3b1f6a0c1d22\"\nsha256 = \"not stated\"\n";
    fs::write(folder.join("answer.toml"), answer + answers)?;
    given.scruple(folder, &["attest", "key", "a.key"])?;
    given.scruple(folder, &["attest", "key", "u.key"])?;
    let list = [
        "--status-list",
        "status.json",
        "--status-url",
        "https://audit.example/status.json",
    ];
    given.scruple(
        folder,
        &[
            &["attest", "sign", "mill.toml", "--key", "a.key"][..],
            &list,
        ]
        .concat(),
    )?;
    given.scruple(folder, &["attest", "sign", "answer.toml", "--key", "u.key"])?;
    given.scruple(
        folder,
        &[
            "attest",
            "revoke",
            "mill.json",
            "--key",
            "a.key",
            "--status-list",
            "status.json",
            "--reason",
            "The payroll shown was another firm's",
        ],
    )?;
    Ok([
        "mill.json",
        "answer.json",
        "status.json",
        "mill.withdrawn.json",
    ]
    .iter()
    .map(|name| folder.join(name))
    .collect())
}

fn alter(file: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let text = fs::read_to_string(file)?;
    let mut made = Vec::new();
    for (name, from, to) in [
        (
            "outcome.json",
            "\"conformance\": false",
            "\"conformance\": true",
        ),
        (
            "issuer.json",
            "\"name\": \"Example Audit Body\"",
            "\"name\": \"Another Audit Body\"",
        ),
        (
            "paid.json",
            "\"paidBy\": \"audited-firm\"",
            "\"paidBy\": \"workers\"",
        ),
        (
            "member.json",
            "\"validUntil\"",
            "\"more\": 1,\n  \"validUntil\"",
        ),
        ("purpose.json", "\"assertionMethod\"", "\"authentication\""),
    ] {
        let changed = text.replacen(from, to, 1);
        anyhow::ensure!(changed != text, "{name}: the credential has no {from}");
        let path = folder.join(name);
        fs::write(&path, changed)?;
        made.push(path);
    }
    Ok(made)
}
