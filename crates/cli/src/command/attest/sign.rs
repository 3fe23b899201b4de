//! `scruple attest new`, `sign` and `revoke`: what an issuer does.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use scruple_attest::credential::{self, Document};
use scruple_attest::did::Dids;
use scruple_attest::json::{LARGEST, canonical, read};
use scruple_attest::proof::{self, Checked};
use scruple_attest::status::{Bits, Entry, POSITIONS};
use scruple_attest::terms::Kind;
use scruple_attest::{Attestation, Draft, Signer, draft as drafts, make};
use scruple_model::hash::sha256;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{key, trust};
use crate::args::{AttestNew, AttestRenew, AttestRevoke, AttestSign};
use crate::command::ledger::hook::{self, When};
use crate::failure::{self, DONE, bad_input};
use crate::files::{self, shown};
use crate::{Edge, random};

pub(super) fn draft(args: &AttestNew, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    if args.file.exists() {
        return Err(bad_input(
            format!("{} is already there", shown(&args.file)),
            "name another file; nothing was overwritten",
        ));
    }
    let mut answers = Vec::new();
    for path in &args.answers {
        let (value, attestation) = attestation(path)?;
        answers.push((attestation.id, Some(sha256(&canonical(&value)?))));
    }
    let kind = if args.counter_statement {
        Kind::CounterStatement
    } else {
        Kind::Audit
    };
    let text = drafts::template(kind, &uuid()?, edge.today, &answers);
    files::write(&args.file, text.as_bytes())?;
    writeln!(
        out,
        "{} written. Fill it in, then: scruple attest sign {0} --key KEY",
        shown(&args.file)
    )?;
    Ok(DONE)
}

/// A random UUID (version 4) as an address.
fn uuid() -> anyhow::Result<String> {
    let mut bytes = random()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    ))
}

pub(super) fn sign(args: &AttestSign, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let text = files::text(&args.draft)?;
    let draft = Draft::read(&text)
        .map_err(|problems| failure::problems(&args.draft, &text, &problems, edge.width))?;
    let signer = key::read(&args.key, args.method.as_deref())?;
    let target = args
        .out
        .clone()
        .unwrap_or_else(|| args.draft.with_extension("json"));
    if target.exists() {
        return Err(bad_input(
            format!("{} is already there", shown(&target)),
            "a signed statement is not overwritten: withdraw it, and sign a draft with a new id; or name another file with --out",
        ));
    }
    let status = match (&args.status_list, &args.status_url) {
        (Some(path), Some(address)) => Some(place(path, address, &draft.id, &signer, edge)?),
        _ => None,
    };
    let unsigned = make::credential(&draft, signer.did(), status.as_ref());
    let credential = proof::sign(&unsigned, &signer, edge.today)?;
    write(&target, &credential)?;
    let hash = sha256(&canonical(&credential)?);
    writeln!(out, "{} signed as {}", shown(&target), signer.did())?;
    writeln!(out, "sha256  {hash}")?;
    if let Some(path) = args.status_list.as_ref().filter(|_| status.is_some()) {
        writeln!(
            out,
            "A withdrawal will show in {}; publish that at the address given.",
            shown(path)
        )?;
    } else {
        writeln!(
            out,
            "It names no list in which a withdrawal would show; readers will be told so."
        )?;
    }
    let record = json!({
        "schema": "scruple.attested/1", "is": draft.terms.kind, "id": draft.id,
        "issuer": signer.did(), "sha256": hash,
    });
    committed(&record, edge, out)?;
    Ok(DONE)
}

/// One credential that has a position in a list: kept beside the list, by its issuer only.
#[derive(Serialize, Deserialize)]
struct Issued {
    position: usize,
    id: String,
}

/// A position in the list for a credential; the list is made where it is not there.
fn place(
    path: &Path,
    address: &str,
    id: &str,
    signer: &Signer,
    edge: &Edge,
) -> anyhow::Result<Entry> {
    let is_web = address.starts_with("https://") && !address.contains(char::is_whitespace);
    if !is_web {
        return Err(bad_input(
            format!("--status-url {address} is no address on the web"),
            "write where the list will be published: https://…",
        ));
    }
    if path.exists() {
        let (known, bits) = list(path, signer)?;
        if known != address {
            return Err(bad_input(
                format!("{} is the list published at {known}", shown(path)),
                "give that address, or name another file",
            ));
        }
        write_list(path, &bits, address, signer, edge)?;
    } else {
        write_list(path, &Bits::default(), address, signer, edge)?;
    }
    let beside = issued_file(path);
    let mut taken = BTreeSet::new();
    if beside.exists() {
        for line in files::text(&beside)?.lines() {
            let issued: Issued = serde_json::from_str(line).map_err(|error| {
                bad_input(
                    format!("{}: {error}", shown(&beside)),
                    "mend the line: it says which position belongs to which credential",
                )
            })?;
            if issued.id == id {
                return Ok(entry(address, issued.position));
            }
            taken.insert(issued.position);
        }
    }
    if taken.len() * 2 > POSITIONS {
        return Err(bad_input(
            format!("{} is half full", shown(path)),
            "begin another list, under another address",
        ));
    }
    // By chance: neighbours in the list say nothing about when they were issued.
    let position = loop {
        let bytes = random()?;
        let drawn =
            u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize % POSITIONS;
        if !taken.contains(&drawn) {
            break drawn;
        }
    };
    let line = Issued {
        position,
        id: id.to_owned(),
    };
    trust::append(&beside, &serde_json::to_string(&line)?)?;
    Ok(entry(address, position))
}

fn entry(address: &str, position: usize) -> Entry {
    Entry {
        list: address.to_owned(),
        position,
        purpose: "revocation".to_owned(),
    }
}

/// `status.json` gives `status.issued.jsonl`.
fn issued_file(list: &Path) -> PathBuf {
    list.with_extension("issued.jsonl")
}

/// The address and the bits of a list that this key signed.
fn list(path: &Path, signer: &Signer) -> anyhow::Result<(String, Bits)> {
    let value = value(path)?;
    let wrong = |why: String| {
        bad_input(
            format!("{} is no list of yours: {why}", shown(path)),
            "name the list that scruple attest sign made with this key",
        )
    };
    // Whose it is matters here, and when it was made does not.
    let dids = own(signer);
    let Checked::Holds { document, .. } = proof::check(&value, &dids, scruple_model::Date::MAX)
    else {
        return Err(wrong("its signature does not hold".to_owned()));
    };
    match credential::read(&document).map_err(wrong)? {
        Document::StatusList(list) if list.issuer == signer.did() => {
            let bits = Bits::decode(&list.encoded).map_err(|fault| wrong(fault.to_string()))?;
            Ok((list.id, bits))
        }
        _ => Err(wrong(
            "another keeps it, or it is something else".to_owned(),
        )),
    }
}

fn own(signer: &Signer) -> Dids {
    let mut dids = Dids::default();
    dids.add(&scruple_attest::did::document(
        signer.did(),
        signer.method(),
        &signer.public(),
    ));
    dids
}

pub(super) fn revoke(args: &AttestRevoke, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let (_, attestation) = attestation(&args.file)?;
    let signer = key::read(&args.key, args.method.as_deref())?;
    if attestation.issuer.id != signer.did() {
        return Err(bad_input(
            format!(
                "{} was issued by {}, and this key signs as {}",
                shown(&args.file),
                attestation.issuer.id,
                signer.did()
            ),
            "only its issuer withdraws a statement; others answer it with a counter-statement",
        ));
    }
    if args.reason.trim().is_empty() {
        return Err(bad_input(
            "no reason is given",
            "write one: everybody reads it",
        ));
    }
    if let Some(personal) = scruple_model::persons::find(&args.reason) {
        return Err(bad_input(
            format!(
                "the reason looks like it holds {}: {}",
                personal.what, personal.words
            ),
            "take it out: the reason is published",
        ));
    }
    let listed = match (&args.status_list, &attestation.status) {
        (Some(path), Some(entry)) => {
            let (address, mut bits) = list(path, &signer)?;
            if address != entry.list {
                return Err(bad_input(
                    format!(
                        "{} is the list at {address}; the credential names {}",
                        shown(path),
                        entry.list
                    ),
                    "name the list that the credential names",
                ));
            }
            bits.set(entry.position)?;
            write_list(path, &bits, &address, &signer, edge)?;
            true
        }
        (Some(path), None) => {
            return Err(bad_input(
                format!("{} names no list", shown(&args.file)),
                format!(
                    "leave --status-list {} out: the notice alone withdraws it",
                    shown(path)
                ),
            ));
        }
        (None, Some(entry)) => {
            return Err(bad_input(
                format!("the withdrawal has to show in the list at {}", entry.list),
                "name the file of that list with --status-list",
            ));
        }
        (None, None) => false,
    };
    let notice = make::withdrawal(
        &attestation.id,
        args.reason.trim(),
        signer.did(),
        edge.today,
    );
    let notice = proof::sign(&notice, &signer, edge.today)?;
    let path = args.file.with_extension("withdrawn.json");
    write(&path, &notice)?;
    writeln!(out, "{} withdraws \"{}\"", shown(&path), attestation.name)?;
    if let Some(list) = args.status_list.as_ref().filter(|_| listed) {
        writeln!(out, "{} shows it. Publish both.", shown(list))?;
    } else {
        writeln!(
            out,
            "It names no list: give the notice to everybody who has the credential."
        )?;
    }
    let hash = sha256(&canonical(&notice)?);
    let record = json!({
        "schema": "scruple.attested/1", "is": "withdrawal", "of": attestation.id,
        "issuer": signer.did(), "sha256": hash,
    });
    committed(&record, edge, out)?;
    Ok(DONE)
}

/// The same list, as of today.
pub(super) fn renew(args: &AttestRenew, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let signer = key::read(&args.key, args.method.as_deref())?;
    let (address, bits) = list(&args.list, &signer)?;
    write_list(&args.list, &bits, &address, &signer, edge)?;
    writeln!(
        out,
        "{} is signed as of {}; publish it at {address}.",
        shown(&args.list),
        edge.today
    )?;
    Ok(DONE)
}

fn write_list(
    path: &Path,
    bits: &Bits,
    address: &str,
    signer: &Signer,
    edge: &Edge,
) -> anyhow::Result<()> {
    let new = make::status_list(bits, address, signer.did(), edge.today);
    write(path, &proof::sign(&new, signer, edge.today)?)
}

/// Commits to it where a log was made. What was signed stands either way.
fn committed(record: &Value, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<()> {
    if let Some(told) = hook::commit(record, When::Batched, edge)? {
        writeln!(out, "{told}")?;
    }
    Ok(())
}

fn write(path: &Path, value: &Value) -> anyhow::Result<()> {
    files::write(
        path,
        format!("{}\n", serde_json::to_string_pretty(value)?).as_bytes(),
    )
}

fn value(path: &Path) -> anyhow::Result<Value> {
    read(&files::bytes_up_to(path, LARGEST as u64)?).map_err(|fault| {
        bad_input(
            format!("{}: {fault}", shown(path)),
            "name a credential as scruple attest sign writes it",
        )
    })
}

/// A file that has to be an attestation.
fn attestation(path: &Path) -> anyhow::Result<(Value, Attestation)> {
    let value = value(path)?;
    match credential::read(&value) {
        Ok(Document::Attestation(one)) => Ok((value, *one)),
        Ok(_) => Err(bad_input(
            format!("{} is no attestation", shown(path)),
            "name the audit or statement itself",
        )),
        Err(why) => Err(bad_input(
            format!("{} is no attestation: {why}", shown(path)),
            "name the audit or statement itself",
        )),
    }
}
