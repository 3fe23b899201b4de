//! A published register: Open Supply Hub's columns, FollowTheMoney, a validator of
//! HTML, a browser with axe-core, and the hashes of its versions with `sha256sum`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::Given;
use crate::prove::tools;
use crate::prove::transcript::Transcript;

pub(super) fn run(given: &Given<'_>, log: &mut Transcript<'_>) -> Result<()> {
    log.part("register");
    let folder = given.machine.fresh("interop-register")?;
    let pages = make(given, &folder)?;
    let site = folder.join("site");

    log.part("register, with Python's csv and sha256sum");
    log.take(
        Command::new("python3")
            .arg(given.script("osh.py"))
            .arg(site.join("osh.csv")),
    )?;
    let history: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(site.join("history.json"))?)?;
    for line in history["versions"].as_array().into_iter().flatten() {
        let file = site.join(format!("versions/{}.json", line["version"]));
        let sum = log.quietly(Command::new("sha256sum").arg(&file))?;
        let said = String::from_utf8_lossy(&sum.stdout).into_owned();
        let holds = line["sha256"]
            .as_str()
            .is_some_and(|hash| said.starts_with(hash));
        log.check(
            holds,
            &format!("sha256sum gives the hash of version {}", line["version"]),
        );
    }
    if !given.installs {
        return Ok(());
    }

    log.part("register, with followthemoney");
    let python = tools::python(given.machine, log, &given.script("requirements.txt"))?;
    let lines = folder.join("ftm");
    fs::create_dir_all(&lines)?;
    fs::copy(
        site.join("register.ftm.jsonl"),
        lines.join("register.jsonl"),
    )?;
    log.take(
        Command::new(&python)
            .arg(given.script("ftm.py"))
            .arg(&lines),
    )?;

    log.part("register, with the Nu HTML checker");
    let node = tools::node(
        given.machine,
        log,
        &["vnu-jar", "playwright-core", "axe-core"],
    )?;
    tools::from_debian(log, "java", "default-jre-headless")?;
    for page in &pages {
        let checked = log.quietly(
            Command::new("java")
                .arg("-jar")
                .arg(node.join("node_modules/vnu-jar/build/dist/vnu.jar"))
                .arg("--Werror")
                .arg(page),
        )?;
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        log.say(&said);
        let name = page
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        log.check(
            checked.status.success(),
            &format!("{name} has no error and no warning"),
        );
    }

    log.part("register, in Chromium with axe-core");
    tools::from_debian(log, "chromium", "chromium")?;
    tools::from_debian(log, "pdftotext", "poppler-utils")?;
    log.take(
        Command::new("node")
            .arg(given.script("pages.mjs"))
            .arg(&folder)
            .args(&pages)
            .env("NODE_TOOLS", &node)
            .env("CHROMIUM", "/usr/bin/chromium"),
    )
}

/// Publishes two versions with everything a page can show; gives every page, and one
/// that shows attestations.
fn make(given: &Given<'_>, folder: &Path) -> Result<Vec<PathBuf>> {
    let run = |words: &[&str]| given.scruple(folder, words);
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
            "name = \"Labour audit of the Delta mill, March 2026\"",
            "name = \"Papers are still kept\"",
        )
        .replace(
            "statement = \"not stated\"",
            "statement = \"Papers are still kept in the office.\"",
        );
    let answers = "\n[[answers]]\nid = \"urn:uuid:2f1c9e1e-5a44-4a51-9d1c-3b1f6a0c1d22\"\nsha256 = \"not stated\"\n";
    fs::write(folder.join("answer.toml"), answer + answers)?;
    run(&["attest", "key", "a.key"])?;
    run(&["attest", "key", "u.key"])?;
    run(&["attest", "sign", "mill.toml", "--key", "a.key"])?;
    run(&["attest", "sign", "answer.toml", "--key", "u.key"])?;
    run(&[
        "attest",
        "show",
        "mill.json",
        "answer.json",
        "--html",
        "attest.html",
    ])?;

    run(&["ledger", "init", "log", "--origin", "log.example"])?;
    run(&[
        "register",
        "add",
        "--new",
        "--owner",
        "Lindenau Optronik GmbH",
        "--contact",
        "https://lindenau.example/register",
    ])?;
    fs::write(
        folder.join("rows.csv"),
        "id,name,names,kind,roles,place,address,number,sectors,product_lines,processing,workers,since,until,source\n\
         delta-mill,Delta Example Spinning,Örnek İplik A.Ş.,company,supplier|partner,in,\"Plot 7, Example Estate, Coimbatore\",https://delta.example,Textiles|Apparel,lens cloths,Spinning,101-500,2024-03,,framework contract of 2024-03-01\n\
         old-mill,Old Example Works,,company,supplier,pt,\"Rua Exemplo 12, Porto\",PT-1,Textiles,straps,,,2019,2023-06-30,orders\n\
         institute,Example Institute of Optics,,organisation,collaborator,de,,https://institute.example,,coatings,,,2023-10,,research agreement 5\n\
         porto,Câmara Municipal do Porto,,public-body,customer,pt,,,,LX-4,,,2025,,notice of award 2025/77\n",
    )?;
    run(&["register", "add", "--csv", "rows.csv"])?;
    run(&[
        "register",
        "add",
        "--name",
        "Quiet Example Works",
        "--kind",
        "company",
        "--role",
        "supplier",
        "--place",
        "tr",
        "--number",
        "1",
        "--since",
        "2025",
        "--source",
        "order 17",
        "--withhold",
        "workers asked for it",
    ])?;
    run(&["register", "publish", "site"])?;
    let file = folder.join("register.toml");
    let text = fs::read_to_string(&file)?;
    fs::write(
        &file,
        text.replace(
            "state = \"withhold\"\nreason = \"workers asked for it\"\n",
            "",
        ),
    )?;
    run(&[
        "register",
        "add",
        "--name",
        "Late Example Works",
        "--kind",
        "company",
        "--role",
        "partner",
        "--place",
        "tr",
        "--number",
        "2",
        "--since",
        "2026",
        "--source",
        "order 18",
        "--withhold",
        "talks go on",
        "--show-from",
        "2027-01-01",
    ])?;
    run(&[
        "register",
        "publish",
        "site",
        "--statement",
        "answer.json",
        "--considered",
        "delta-mill",
        "--considered",
        "quiet-example-works",
    ])?;
    let site = folder.join("site");
    Ok(["index.html", "history.html", "counter-statements.html"]
        .iter()
        .map(|name| site.join(name))
        .chain([folder.join("attest.html")])
        .collect())
}
