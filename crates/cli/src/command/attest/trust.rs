//! `scruple attest trust`: whose keys somebody here took on their own word.
//!
//! One line of JSON for each statement, only ever added: the last one on a DID counts.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use scruple_attest::json::{LARGEST, read};
use scruple_attest::{Known, did};
use scruple_model::Date;
use serde::{Deserialize, Serialize};

use crate::Edge;
use crate::args::AttestTrust;
use crate::failure::{DONE, Faults, bad_input};
use crate::files::{self, shown};

const FILE: &str = "attesters.jsonl";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    did: String,
    /// None: nobody's from then on.
    name: Option<String>,
    /// The hash of the document of a `did:web`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    on: Date,
}

pub(super) fn run(args: &AttestTrust, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let Some(did) = &args.did else {
        for (did, known) in attesters(edge, None)? {
            writeln!(out, "{did}  {}", known.name)?;
        }
        return Ok(DONE);
    };
    if !did.starts_with("did:key:z") && did::web_address(did).is_none() {
        return Err(bad_input(
            format!("{did} is no DID that signs here"),
            "copy it from scruple attest show: did:key:z… or did:web:…",
        ));
    }
    if args.name.is_none() && !args.no_longer {
        return Err(bad_input(
            "whose key it is was not said",
            "add --name \"…\" as its credentials name it, or --no-longer",
        ));
    }
    let document = document(did, args)?;
    let path = path(edge)?;
    if let Some(folder) = path.parent() {
        scruple_store::DataDir::open(folder, scruple_store::Mode::Write)?;
    }
    let line = Line {
        did: did.clone(),
        name: args.name.clone(),
        document,
        on: edge.today,
    };
    append(&path, &serde_json::to_string(&line)?)?;
    match &args.name {
        Some(name) => writeln!(out, "{did} is taken as the key of {name}, on your word.")?,
        None => writeln!(out, "{did} is taken as nobody's.")?,
    }
    Ok(DONE)
}

/// The hash of the document that says which keys a `did:web` has: without it, whoever
/// hands over a credential could hand over a document with their own key.
fn document(did: &str, args: &AttestTrust) -> anyhow::Result<Option<String>> {
    let address = did::web_address(did).filter(|_| args.name.is_some());
    let (address, path) = match (address, &args.document) {
        (None, None) => return Ok(None),
        (None, Some(_)) => {
            return Err(bad_input(
                format!("{did} needs no document"),
                "leave --document out: a did:key holds its key",
            ));
        }
        (Some(address), None) => {
            return Err(bad_input(
                format!("which keys {did} has stands in a document, and none was given"),
                format!("save {address} yourself, and name the file with --document"),
            ));
        }
        (Some(address), Some(path)) => (address, path),
    };
    let value = read(&files::bytes_up_to(path, LARGEST as u64)?)
        .ok()
        .filter(|value| did::document_id(value) == Some(did));
    match value {
        Some(value) => Ok(Some(did::fingerprint(&value))),
        None => Err(bad_input(
            format!("{} is no document of {did}", shown(path)),
            format!("save {address} yourself, as it is"),
        )),
    }
}

/// DIDs with whom each was taken for, by the end of a day where one is given.
pub(crate) fn attesters(
    edge: &Edge,
    known_at: Option<Date>,
) -> anyhow::Result<BTreeMap<String, Known>> {
    let states = states(edge)?.into_iter();
    let mut then = states.filter(|(on, _)| known_at.is_none_or(|day| *on <= day));
    Ok(then.next_back().map(|(_, known)| known).unwrap_or_default())
}

/// The same after each statement with its day, oldest first; nothing where nobody said
/// anything.
pub(crate) fn states(edge: &Edge) -> anyhow::Result<Vec<(Date, BTreeMap<String, Known>)>> {
    let mut states = Vec::new();
    let Some(path) = edge.data.as_ref().map(|folder| folder.join(FILE)) else {
        return Ok(states);
    };
    if !path.exists() {
        return Ok(states);
    }
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    for (number, line) in (1..).zip(files::text(&path)?.lines()) {
        let line: Line = serde_json::from_str(line).map_err(|error| {
            bad_input(
                format!("{} line {number}: {error}", shown(&path)),
                "take the line out, and say it again with scruple attest trust",
            )
        })?;
        match line.name {
            Some(name) => known.insert(
                line.did,
                Known {
                    name,
                    document: line.document,
                },
            ),
            None => known.remove(&line.did),
        };
        states.push((line.on, known.clone()));
    }
    Ok(states)
}

fn path(edge: &Edge) -> anyhow::Result<PathBuf> {
    match &edge.data {
        Some(folder) => Ok(folder.join(FILE)),
        None => Err(bad_input(
            "there is no place to remember it",
            "name one with --data DIR",
        )),
    }
}

/// Adds a line and waits until it is on disk; nobody but the owner reads the file.
pub(super) fn append(path: &std::path::Path, line: &str) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| {
            file.write_all(format!("{line}\n").as_bytes())?;
            file.sync_all()
        })
        .map_err(|error| {
            Faults(format!(
                "error: {}: {error}\n  next: look at who may write there, and whether there is space",
                shown(path)
            ))
            .into()
        })
}
