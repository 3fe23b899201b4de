//! `scruple register publish`: the site, whole or not at all.

use std::fs::File;
use std::io::{BufRead as _, IsTerminal, Write};
use std::path::Path;

use scruple_attest::Attestation;
use scruple_attest::terms::Kind as Statement;
use scruple_attest::verify::{Verdict, verify};
use scruple_model::persons::{self, Personal};
use scruple_model::{Answer, RecordId, Schema};
use scruple_register::diff::diff;
use scruple_register::entry::Kind;
use scruple_register::review::{Point, review};
use scruple_register::site::{self, Committed};
use scruple_register::version::CounterStatement;
use scruple_register::{Register, SaltKey, Version};
use scruple_store::{finish_folder, replace_folder};
use serde_json::{Value, json};

use super::published::{self, Site};
use crate::args::{RegisterPublish, When as Days};
use crate::command::attest;
use crate::command::ledger::hook::{self, When};
use crate::failure::{BadInput, DONE, bad_input};
use crate::files::{self, shown};
use crate::{Edge, random, world};

pub(super) fn run(args: &RegisterPublish, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    // One at a time: a second one goes on from what the first published.
    let _lock = lock(&args.file)?;
    let register = super::read(&args.file, edge)?;
    finish_folder(&args.folder)?;
    let mut site = published::site(&args.folder)?;
    published::goes_on(&site, &args.folder, edge)?;
    listed(&register, edge)?;
    let statements = statements(args, &mut site, edge)?;
    let spoken_of = spoken_of(&register, &statements);
    let before = site.versions.last();
    let said = statements
        .iter()
        .flat_map(|one| [one.about.clone(), one.text.clone()])
        .collect();
    let uncovered = super::uncovered(&args.file, &register, before, edge)?;
    let care = super::care(edge, spoken_of, said, uncovered)?;
    let found = review(&register, before, &care, edge.today);
    consider(args, &register, &found.endangers, out)?;

    let key = salt_key(&args.file, true)?
        .ok_or_else(|| anyhow::anyhow!("the key for commitments was made and is not there"))?;
    let version = Version::of(&register, &key, edge.today, &site.versions, statements);
    published::begins(&site, &version, &args.folder, edge)?;
    if let Some(last) = before.filter(|last| version.says_the_same(last)) {
        published::keep(last, edge)?;
        return told(
            args,
            last,
            &[],
            "nothing changed; no new version was made",
            out,
        );
    }
    let changes: Vec<String> = diff(before, &version)
        .iter()
        .map(|change| change.said())
        .collect();
    // In the ledger first: a site never shows a version that could still be taken back.
    let record = json!({
        "schema": "scruple.register-published/1", "owner": version.owner.name,
        "version": version.version, "sha256": version.hash(), "previous": version.previous,
    });
    let entry = hook::enter(&record, When::Now, edge)?;
    let mut note = "not committed to a ledger: none was made here".to_owned();
    if let Some((origin, receipt)) = entry {
        if let Some(index) = receipt.index() {
            note = format!(
                "entry {index} of the log {origin}; scruple ledger checkpoint publishes it"
            );
            site.committed
                .insert(version.version, Committed { origin, index });
        } else {
            note = format!("waits for the log {origin}");
        }
    }
    site.versions.push(version);
    let files = site::make(&site.versions, &site.committed, &site.statements)?;
    if let Some(parent) = args
        .folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        std::fs::create_dir_all(parent)?;
    }
    replace_folder(&args.folder, &files)?;
    let version = &site.versions[site.versions.len() - 1];
    published::keep(version, edge)?;
    told(args, version, &changes, &note, out)
}

fn told(
    args: &RegisterPublish,
    version: &Version,
    changes: &[String],
    note: &str,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    if args.json {
        let all = json!({
            "schema": "scruple.register-publish/1", "folder": args.folder, "version": version.version,
            "sha256": version.hash(), "entries": version.entries.len(),
            "withheld": version.withheld.len(), "changes": changes, "ledger": note,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    writeln!(
        out,
        "{}: version {}, {} shown, {} not shown",
        shown(&args.folder),
        version.version,
        version.entries.len(),
        version.withheld.len()
    )?;
    for change in changes {
        writeln!(out, "  {change}")?;
    }
    writeln!(out, "sha256  {}", version.hash())?;
    writeln!(out, "{note}")?;
    Ok(DONE)
}

/// The lock of who publishes this register: on the open file, so that one of a process that
/// ended holds nobody up.
fn lock(register: &Path) -> anyhow::Result<Option<File>> {
    let Ok(file) = File::open(register) else {
        // Reading it says what is wrong.
        return Ok(None);
    };
    file.lock()?;
    Ok(Some(file))
}

/// Every person in the register has to be on the list that the entry names, as a person and
/// by that name: the number of a record alone would let anybody in.
fn listed(register: &Register, edge: &Edge) -> anyhow::Result<()> {
    let people: Vec<_> = register
        .entries
        .iter()
        .filter(|kept| kept.entry.kind == Kind::ListedPerson)
        .collect();
    if people.is_empty() {
        return Ok(());
    }
    let world = world::open(edge, &Days::default())?.world;
    let missing: Vec<String> = people
        .iter()
        .filter_map(|kept| {
            let record = kept.entry.listed.clone().unwrap_or_default();
            let id = RecordId::new(record.clone());
            // A list that the user wrote would let anybody in.
            let number = world.index.find(&id).filter(|_| !id.list().is_users_own());
            let found = number.and_then(|number| world.index.entity(number));
            let is_named = found.is_some_and(|entity| {
                entity.schema == Schema::Person
                    && std::iter::once(&kept.entry.name)
                        .chain(&kept.entry.names)
                        .all(|name| {
                            entity
                                .names()
                                .any(|(_, listed)| plain(listed) == plain(name))
                        })
            });
            (!is_named).then(|| format!("{} ({record})", kept.entry.id))
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(bad_input(
        format!(
            "persons that stand on no list held here under every name given: {}",
            missing.join(", ")
        ),
        "take the list in with scruple sync, write record and names as the list has them, or take the person out; nothing was published",
    ))
}

/// Asks about each entry that could endanger people, or stops.
fn consider(
    args: &RegisterPublish,
    register: &Register,
    endangers: &[Point],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    if let Some(unknown) = args.considered.iter().find(|id| register.get(id).is_none()) {
        return Err(bad_input(
            format!("--considered {unknown}: no entry has this key"),
            "copy the key from scruple register review",
        ));
    }
    let open: Vec<&Point> = endangers
        .iter()
        .filter(|point| !args.considered.contains(&point.id))
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    let input = std::io::stdin();
    if args.json || !input.is_terminal() {
        let told: Vec<String> = open
            .iter()
            .map(|point| {
                format!(
                    "error: publishing {} could endanger people: {}\n  next: {}",
                    point.id, point.says, point.next
                )
            })
            .chain(["nothing was published".to_owned()])
            .collect();
        return Err(BadInput(told.join("\n")).into());
    }
    for point in open {
        writeln!(out, "{}: {}.", point.id, point.says)?;
        write!(
            out,
            "Publish it? Write the key to say that you thought about it: "
        )?;
        out.flush()?;
        let mut line = String::new();
        input.lock().read_line(&mut line)?;
        if line.trim() != point.id {
            return Err(bad_input(
                format!("{} was not published, and nothing else was", point.id),
                point.next.clone(),
            ));
        }
    }
    Ok(())
}

/// Counter-statements shown before, and the new ones. Only what its issuer signed is shown.
fn statements(
    args: &RegisterPublish,
    site: &mut Site,
    edge: &Edge,
) -> anyhow::Result<Vec<CounterStatement>> {
    let mut all = site
        .versions
        .last()
        .map(|version| version.counter_statements.clone())
        .unwrap_or_default();
    let impossible = world::audit_impossible(edge)?;
    for path in &args.statement {
        let bytes = files::bytes(path)?;
        let shelf = attest::shelf(std::slice::from_ref(path), edge)?;
        let report = verify(&shelf, &impossible, edge.today);
        let wrong = |why: &str| {
            bad_input(
                format!("{} is no counter-statement to show: {why}", shown(path)),
                "ask those who made it for the signed file; look at it with scruple attest verify",
            )
        };
        let verdict = report
            .verdicts
            .first()
            .ok_or_else(|| wrong("it could not be read"))?;
        let one = verdict
            .attestation()
            .filter(|one| one.kind() == Statement::CounterStatement)
            .ok_or_else(|| wrong("it is something else"))?;
        if !verdict.is_signed() {
            return Err(wrong("the signature of those who make it does not hold"));
        }
        if let Some(personal) = personal(one, &bytes) {
            let why = format!(
                "it looks like it holds {}: {}",
                personal.what, personal.words
            );
            return Err(wrong(&why));
        }
        let file = format!("{}.json", &verdict.sha256[..16]);
        if all.iter().any(|known| known.file == file) {
            continue;
        }
        let terms = one.terms.as_ref();
        all.push(CounterStatement {
            name: one.name.clone(),
            by: one.issuer.name.clone(),
            about: one.about.name.clone(),
            text: terms
                .and_then(|terms| terms.statement.said())
                .cloned()
                .unwrap_or_default(),
            checked: checked(verdict),
            file: file.clone(),
            sha256: verdict.sha256.clone(),
        });
        site.statements.insert(file, bytes);
    }
    Ok(all)
}

/// What a statement holds that the site may not show: it may be of another program, which
/// did not look. The file is published as it was signed, so all of its texts count.
fn personal(one: &Attestation, bytes: &[u8]) -> Option<Personal> {
    let names = [&one.name, &one.issuer.name, &one.about.name];
    let found = names
        .into_iter()
        .find_map(|name| persons::find_in_name(name));
    let whole = || serde_json::from_slice(bytes).ok();
    found.or_else(|| whole().and_then(|whole| in_texts(&whole)))
}

/// Addresses, keys and hashes are one word, and no text.
fn in_texts(value: &Value) -> Option<Personal> {
    match value {
        Value::String(text) if text.contains('@') || text.contains(char::is_whitespace) => {
            persons::find(text)
        }
        Value::Array(all) => all.iter().find_map(in_texts),
        Value::Object(all) => all.values().find_map(in_texts),
        _ => None,
    }
}

/// What can be said of its signature, in one line.
fn checked(verdict: &Verdict) -> String {
    let open: Vec<&str> = verdict
        .parts
        .iter()
        .filter(|part| part.answer != Answer::Yes)
        .map(|part| part.says.as_str())
        .collect();
    if open.is_empty() {
        "its signature holds".to_owned()
    } else {
        format!("its signature holds; {}", open.join("; "))
    }
}

/// Entries about which somebody spoke.
fn spoken_of(register: &Register, statements: &[CounterStatement]) -> Vec<String> {
    let about: Vec<String> = statements.iter().map(|one| plain(&one.about)).collect();
    register
        .entries
        .iter()
        .filter(|kept| {
            let mut names = std::iter::once(&kept.entry.name).chain(&kept.entry.names);
            names.any(|name| about.contains(&plain(name)))
        })
        .map(|kept| kept.entry.id.clone())
        .collect()
}

/// Letters and digits, in small letters.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The key that salts follow from, beside the register file; made where it is not there.
pub(super) fn salt_key(register: &Path, make: bool) -> anyhow::Result<Option<SaltKey>> {
    let path = register.with_extension("salt");
    if !path.exists() {
        if !make {
            return Ok(None);
        }
        let hex: String = random()?.iter().map(|byte| format!("{byte:02x}")).collect();
        files::write(&path, format!("{hex}\n").as_bytes())?;
    }
    let text = files::text(&path)?;
    let text = text.trim();
    let mut key = [0; 32];
    let fits = text.len() == 64 && text.is_ascii();
    let read = (0..32).all(|at| {
        fits && u8::from_str_radix(&text[2 * at..2 * at + 2], 16).is_ok_and(|byte| {
            key[at] = byte;
            true
        })
    });
    if !read {
        return Err(bad_input(
            format!("{} is no key for commitments", shown(&path)),
            "put the file back from a copy: with another key, what is withheld could not be opened later. \
             Delete it only if nothing was ever withheld",
        ));
    }
    Ok(Some(SaltKey::new(key)))
}
