//! `scruple ledger`: a log of commitments, its proofs, and the logs of others.

mod append;
mod audit;
mod duty;
mod entry;
pub(crate) mod hook;
mod init;
mod sign;
mod verify;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use scruple_brief::render::paint::printable;
use scruple_ledger::audit::Memory;
use scruple_ledger::log::{Published, Witnessing};
use scruple_ledger::web::{Settings as WebSettings, Web};
use scruple_ledger::witness::ask::Nobody;
use scruple_ledger::witness::{Policy, Standing};
use scruple_ledger::{Disk, LedgerError, Log, Opening, published};
use scruple_note::{Signer, Verifier};

use crate::args::Ledger;
use crate::failure::{BadInput, Faults, bad_input};
use crate::files::shown;
use crate::{Edge, files};

/// How long a command waits for another that writes to the same log.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a witness or a web server may take for one answer.
const ANSWER: Duration = Duration::from_secs(20);

pub(crate) fn run(args: &Ledger, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    match args {
        Ledger::Init(args) => init::run(args, edge, out),
        Ledger::Append(args) => append::run(args, edge, out),
        Ledger::Checkpoint(args) => sign::checkpoint(args, edge, out),
        Ledger::Tick(args) => sign::tick(args, edge, out),
        Ledger::Status(args) => sign::status(args, edge, out),
        Ledger::Rotate(args) => sign::rotate(args, edge, out),
        Ledger::Repair(args) => sign::repair(args, edge, out),
        Ledger::Show(args) => entry::show(args, edge, out),
        Ledger::Forget(args) => entry::forget(args, edge, out),
        Ledger::Prove(args) => entry::prove(args, edge, out),
        Ledger::Disclose(args) => entry::disclose(args, edge, out),
        Ledger::Verify(args) => verify::run(args, edge, out),
        Ledger::Audit(args) => audit::run(args, edge, out),
        Ledger::Duty(args) => duty::run(args, edge, out),
    }
}

fn data(edge: &Edge) -> anyhow::Result<&Path> {
    edge.data.as_deref().ok_or_else(|| {
        bad_input(
            "there is no place for the key and what entries stand for",
            "name one with --data DIR",
        )
    })
}

/// The log that is meant, opened to write.
fn open(ledger: Option<&Path>, edge: &Edge) -> anyhow::Result<Log> {
    open_as(ledger, edge, Log::open)
}

fn open_as(
    ledger: Option<&Path>,
    edge: &Edge,
    open: fn(Opening<'_>) -> Result<Log, LedgerError>,
) -> anyhow::Result<Log> {
    let data = data(edge)?;
    let disk = Disk::new();
    let origin = match ledger {
        Some(dir) => published::verifier_in(dir, &disk)
            .map_err(in_words)?
            .name()
            .to_owned(),
        None => scruple_ledger::default_log(data, &disk)
            .map_err(in_words)?
            .ok_or_else(|| {
                bad_input(
                    "no log was made in this data directory",
                    "make one with scruple ledger init DIR, or name its directory with --ledger DIR",
                )
            })?,
    };
    let settings = scruple_ledger::settings_of(data, &origin, &disk).map_err(in_words)?;
    let signer = settings
        .key_command
        .as_deref()
        .map(key_from_command)
        .transpose()?;
    open(Opening {
        data,
        origin: &origin,
        public: ledger,
        signer,
        patience: PATIENCE,
        disk,
    })
    .map_err(in_words)
}

/// The published directory that is meant.
fn public(ledger: Option<&Path>, edge: &Edge) -> anyhow::Result<PathBuf> {
    if let Some(dir) = ledger {
        return Ok(dir.to_owned());
    }
    let (data, disk) = (data(edge)?, Disk::new());
    let origin = scruple_ledger::default_log(data, &disk).map_err(in_words)?;
    let Some(origin) = origin else {
        return Err(bad_input(
            "no log was made in this data directory",
            "name the directory of a log with --ledger DIR",
        ));
    };
    let settings = scruple_ledger::settings_of(data, &origin, &disk).map_err(in_words)?;
    Ok(settings.public)
}

/// The signing key, as a command of the user's prints it.
fn key_from_command(command: &str) -> anyhow::Result<Signer> {
    let output = Command::new("sh")
        .args(["-c", command])
        .output()
        .map_err(|error| bad_input(format!("the key's command: {error}"), "run it by hand"))?;
    if !output.status.success() {
        return Err(bad_input(
            format!("the key's command ended with {}", output.status),
            "run it by hand, and look at what it says",
        ));
    }
    scruple_ledger::key_file::parse(&String::from_utf8_lossy(&output.stdout))
        .map_err(|fault| BadInput(format!("error: what the key's command prints: {fault}")).into())
}

/// Signs and publishes, with whatever witnesses the log has.
fn publish(log: &mut Log, edge: &Edge) -> anyhow::Result<Published> {
    let memory = Memory::open(data(edge)?, &Disk::new());
    let keys = log.own_keys().map_err(in_words)?;
    let seen = memory
        .checkpoints(&log.signed().origin, &keys)
        .map_err(in_words)?;
    let asks = log.policy().is_some_and(|policy| {
        policy
            .witnesses
            .iter()
            .any(|(_, address)| address.is_some())
    });
    let published = if asks {
        let mut web = web(edge)?;
        log.checkpoint(
            edge.now,
            &mut Witnessing {
                client: &mut web,
                seen: &seen,
            },
        )
    } else {
        log.checkpoint(
            edge.now,
            &mut Witnessing {
                client: &mut Nobody,
                seen: &seen,
            },
        )
    };
    published.map_err(in_words)
}

fn web(edge: &Edge) -> anyhow::Result<Web> {
    Web::new(&WebSettings {
        user_agent: format!("scruple/{}", env!("CARGO_PKG_VERSION")),
        proxy: edge.proxy.clone(),
        timeout: ANSWER,
    })
    .map_err(|why| bad_input(why, "look at HTTPS_PROXY"))
}

/// A policy file.
fn policy(path: Option<&Path>) -> anyhow::Result<Option<Policy>> {
    let Some(path) = path else {
        return Ok(None);
    };
    let policy = Policy::parse(&files::bytes(path)?).map_err(|faults| {
        let lines: Vec<String> = faults
            .iter()
            .map(|fault| format!("error: {} {fault}", shown(path)))
            .collect();
        BadInput(format!(
            "{}\n  next: a policy is written as c2sp.org/tlog-policy says",
            lines.join("\n")
        ))
    })?;
    Ok(Some(policy))
}

/// A verifier key, or the file that holds it.
fn key(given: Option<&str>) -> anyhow::Result<Option<Verifier>> {
    let Some(given) = given else {
        return Ok(None);
    };
    let text = if given.contains('+') {
        given.to_owned()
    } else {
        files::text(Path::new(given))?
    };
    text.trim().parse().map(Some).map_err(|fault| {
        bad_input(
            format!("{given} is no verifier key: {fault}"),
            "give the line that stands in the log's log.vkey, or a file with it",
        )
    })
}

/// Where a reader said of no witness that it counts.
const NOT_NAMED: &str = "you named no witnesses that count for you (--witnesses)";

/// How a checkpoint stands with witnesses, in a line; `nobody` where none counts.
fn witnessed(standing: Option<&Standing>, nobody: &str) -> String {
    let Some(standing) = standing else {
        return format!("unwitnessed: {nobody}");
    };
    let signed = standing.counted.iter().filter(|one| one.time.is_some());
    let names: Vec<&str> = signed.map(|one| one.name.as_str()).collect();
    let by = if names.is_empty() {
        "signed by no witness".to_owned()
    } else {
        format!("signed by {}", names.join(", "))
    };
    if standing.witnessed {
        format!("witnessed: {by}")
    } else {
        format!("unwitnessed: {by}, and the quorum asks for more")
    }
}

/// How many entries, in words.
fn entries(size: u64) -> String {
    match size {
        1 => "1 entry".to_owned(),
        _ => format!("{size} entries"),
    }
}

/// A time in Unix seconds as a day and minute, in UTC.
fn minute(time: i64) -> String {
    match jiff::Timestamp::from_second(time) {
        Ok(time) => time.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => "a time that no calendar has".to_owned(),
    }
}

/// An error in words: the fault of what was given, or of the machine.
fn in_words(error: LedgerError) -> anyhow::Error {
    let text = error.to_string();
    let text: Vec<String> = text.lines().map(printable).collect();
    let text = format!("error: {}", text.join("\n"));
    if error.is_input() {
        BadInput(text).into()
    } else {
        Faults(text).into()
    }
}
