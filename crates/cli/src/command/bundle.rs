//! `scruple bundle`: lists and packs as one signed file, for a machine without a network.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use scruple_brief::render::paint::printable;
use scruple_brief::words::count;
use scruple_model::ListId;
use scruple_store::{DataDir, Mode, write_atomically};
use scruple_sync::bundle::{
    BundleError, BundleLimits, Contents, Signer, Standing, Terms, Verifier, Which, export, import,
    new_key,
};
use serde_json::json;

use super::{lists, ownership};
use crate::args::{Bundle, BundleExport, BundleImport};
use crate::failure::{BadInput, DONE, Faults, bad_input};
use crate::files::shown;
use crate::{Edge, world};

/// The signing key, in the data directory.
const KEY: &str = "bundle.key";

pub(crate) fn run(args: &Bundle, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let Some(folder) = &edge.data else {
        return Err(bad_input(
            "there is no place for lists",
            "name one with --data DIR",
        ));
    };
    match args {
        Bundle::Export(args) => write(args, folder, edge, out),
        Bundle::Import(args) => read(args, folder, edge, out),
    }
}

fn write(
    args: &BundleExport,
    folder: &Path,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let store = DataDir::open(folder, Mode::Write)?;
    let key = args.key.clone().unwrap_or_else(|| folder.join(KEY));
    let signer = signer(&key, args.key.is_none())?;
    let which = if args.all { Which::All } else { Which::Current };
    let made_by = format!("scruple {}", env!("CARGO_PKG_VERSION"));
    let parent = beside(&args.file);
    if !parent.is_dir() {
        return Err(bad_input(
            format!("there is no folder {}", shown(&parent)),
            "make it, or name a file in another folder",
        ));
    }
    // Its own words name a file that is gone again.
    let mut file = tempfile::NamedTempFile::new_in(&parent)
        .map_err(|error| not_written(&args.file, &error))?;
    let exported = export(
        &store,
        &Contents {
            which,
            packs: &world::pack_texts(edge)?,
            holdings: args.holdings,
        },
        edge.today,
        &made_by,
        &signer,
        BufWriter::new(&mut file),
    )
    .map_err(|error| refused(&args.file, error))?;
    file.as_file().sync_all()?;
    file.persist(&args.file)
        .map_err(|error| not_written(&args.file, &error.error))?;
    let verifier = with_ending(&args.file, "vkey");
    write_atomically(&verifier, format!("{}\n", exported.verifier).as_bytes())?;
    if args.json {
        let all = json!({
            "schema": "scruple.bundle-export/1",
            "file": args.file, "manifest": exported.manifest, "snapshots": exported.snapshots,
            "packs": exported.packs, "holdings": exported.holdings, "bytes": exported.bytes, "sha256": exported.sha256,
            "verifier": exported.verifier,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    let holdings = match exported.holdings {
        0 => String::new(),
        number => format!(", holdings of {}", count(number, "source")),
    };
    writeln!(
        out,
        "{}: {} and {}{holdings}, {} bytes",
        shown(&args.file),
        count(exported.snapshots, "snapshot"),
        count(exported.packs, "pack"),
        exported.bytes
    )?;
    writeln!(out, "sha256     {}", exported.sha256)?;
    writeln!(out, "lists      {}", exported.manifest)?;
    writeln!(out, "signed by  {}", exported.verifier)?;
    writeln!(
        out,
        "\nThe key to check it with is in {} too. Take it to the other machine by another way than the bundle.",
        shown(&verifier)
    )?;
    Ok(DONE)
}

fn read(
    args: &BundleImport,
    folder: &Path,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let mut trusted = Vec::new();
    for given in &args.trust {
        trusted.push(verifier(given)?);
    }
    let file = File::open(&args.file).map_err(|error| {
        bad_input(
            format!("{}: cannot be read: {error}", shown(&args.file)),
            "check the path and its permissions",
        )
    })?;
    let mut store = DataDir::open(folder, Mode::Write)?;
    let shrink: Vec<ListId> = args
        .accept_shrink
        .iter()
        .map(|id| ListId::from(id.as_str()))
        .collect();
    let imported = import(
        file,
        &Terms {
            trusted: &trusted,
            today: edge.today,
            accept_shrink: &shrink,
            limits: BundleLimits::default(),
        },
        &mut store,
        &world::build,
        &|store, carried| ownership::carried::join(store, carried, edge.today),
    )
    .map_err(|error| refused(&args.file, error))?;
    if args.json {
        let snapshots: Vec<_> = imported
            .snapshots
            .iter()
            .map(|one| {
                json!({
                    "list": one.snapshot.list, "published": one.snapshot.published,
                    "taken": one.snapshot.taken, "records": one.snapshot.records,
                    "entities": one.snapshot.entities, "hash": one.snapshot.hash,
                    "layout": one.layout, "origin": one.origin, "standing": standing(one.standing),
                })
            })
            .collect();
        let all = json!({
            "schema": "scruple.bundle-import/1",
            "signed_by": imported.signed_by.to_string(), "made": imported.made,
            "made_by": imported.made_by, "manifest": imported.manifest,
            "manifest_there": imported.manifest_there, "snapshots": snapshots,
            "packs": imported.packs.keys().collect::<Vec<_>>(),
            "holdings": imported.holdings.as_ref().map(|state| json!({
                "files": state.files, "there": state.there, "here": state.here,
            })),
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    writeln!(
        out,
        "{:<16}  {:<10}  {:>7}  {:>8}  {:>8}  what became of it",
        "list", "published", "age", "records", "entities"
    )?;
    for one in &imported.snapshots {
        let published = one
            .snapshot
            .published
            .map_or_else(|| "not stated".to_owned(), |day| day.to_string());
        writeln!(
            out,
            "{:<16}  {published:<10}  {:>7}  {:>8}  {:>8}  {}",
            one.snapshot.list.as_str(),
            format!("{} d", lists::age(one.snapshot.day(), edge.today).max(0)),
            one.snapshot.records,
            one.snapshot.entities,
            standing(one.standing)
        )?;
    }
    let rows = lists::rows(&store, &world::packs(edge)?, edge.today)?;
    let answers: BTreeSet<&ListId> = imported
        .snapshots
        .iter()
        .filter(|one| one.standing == Standing::Answers)
        .map(|one| &one.snapshot.list)
        .collect();
    let taken = |row: &&lists::Row| {
        let mut snapshots = imported.snapshots.iter();
        snapshots.any(|one| one.snapshot.list == row.id)
    };
    for note in rows.iter().filter(taken).flat_map(lists::Row::notes) {
        writeln!(out, "{note}")?;
    }
    if !answers.is_empty() && rows.iter().all(|row| answers.contains(&row.id)) {
        writeln!(out, "\nThe starter pack is left out from now on.")?;
    }
    writeln!(
        out,
        "\nMade on {} by {}, signed by {}.",
        imported.made,
        imported.made_by,
        imported.signed_by.name()
    )?;
    if imported.manifest == imported.manifest_there {
        writeln!(out, "This machine answers from the same lists as that one.")?;
    } else {
        writeln!(
            out,
            "This machine answers from other lists than that one: it holds more, or newer ones."
        )?;
    }
    if let Some(state) = &imported.holdings {
        let same = if state.here == state.there {
            "it answers from the same holdings"
        } else {
            "it answers from other holdings than that one: it holds more sources, or newer ones"
        };
        writeln!(
            out,
            "Holdings of {} came along; {same}.",
            count(state.files, "source")
        )?;
    }
    Ok(DONE)
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Answers => "answers",
        Standing::Past => "kept for the past",
        Standing::Held => "held already",
        Standing::PassedOver => "passed over: another copy of that day is held",
    }
}

/// The signing key; made on first use where it is our own.
fn signer(path: &Path, make: bool) -> anyhow::Result<Signer> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if make && error.kind() == std::io::ErrorKind::NotFound => {
            let mut secret = [0; 32];
            getrandom::fill(&mut secret)
                .map_err(|error| anyhow::anyhow!("no random numbers can be had: {error}"))?;
            // A name of its own chance: nothing of the secret may show in it.
            let name = getrandom::u32()
                .map_err(|error| anyhow::anyhow!("no random numbers can be had: {error}"))?;
            let pair = new_key(&format!("scruple-{name:08x}"), secret)?;
            // Atomic writes are private from the first byte on.
            write_atomically(path, format!("{}\n", pair.secret).as_bytes())?;
            pair.secret
        }
        Err(error) => {
            return Err(bad_input(
                format!("the key {} cannot be read: {error}", shown(path)),
                "name another with --key, or leave --key out",
            ));
        }
    };
    text.trim().parse().map_err(|fault| {
        bad_input(
            format!("{} is no signing key: {fault}", shown(path)),
            "name the file that `scruple bundle export` made",
        )
    })
}

/// A verifier key as text, or a file that holds it.
fn verifier(given: &str) -> anyhow::Result<Verifier> {
    let text = match given.parse::<Verifier>() {
        Ok(verifier) => return Ok(verifier),
        Err(_) => fs::read_to_string(given),
    };
    let text = text.map_err(|error| {
        bad_input(
            format!("--trust {given}: neither a key nor a file that can be read ({error})"),
            "give the .vkey file that lies beside the bundle where it was made, or its one line",
        )
    })?;
    text.trim().parse().map_err(|fault| {
        bad_input(
            format!("{given} holds no verifier key: {fault}"),
            "give the .vkey file that was made with the bundle",
        )
    })
}

/// Why a bundle was not made or taken, headed by its file where the fault is in that.
fn refused(file: &Path, error: BundleError) -> anyhow::Error {
    let of_file = matches!(error, BundleError::Refused { .. } | BundleError::Io { .. });
    let text = if of_file {
        printable(&format!("error: {}: {error}", file.display()))
    } else {
        printable(&format!("error: {error}"))
    };
    if error.is_input() {
        BadInput(text).into()
    } else {
        Faults(text).into()
    }
}

fn not_written(file: &Path, error: &std::io::Error) -> anyhow::Error {
    Faults(format!(
        "error: {} cannot be written: {}\n  next: name a file in a folder you may write to, with space left",
        shown(file),
        error.kind()
    ))
    .into()
}

fn beside(file: &Path) -> PathBuf {
    match file.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}
