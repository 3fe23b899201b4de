//! `scruple ledger verify`: a disclosed entry or a proof, offline.

use std::io::Write;

use scruple_brief::render::paint::{Page, Tone, printable};
use scruple_ledger::disclosure::{DisclosureFault, Shown};
use scruple_ledger::proof::LogProof;
use scruple_ledger::witness::Policy;
use scruple_ledger::witness::cosignature::{cosignatures, misfits};
use scruple_ledger::{Checkpoint, Disclosure};
use scruple_note::Verifier;
use serde_json::json;

use super::{NOT_NAMED, entries, key, policy, witnessed};
use crate::args::LedgerVerify;
use crate::failure::{BadInput, DONE};
use crate::files::shown;
use crate::{Edge, files};

/// What somebody does who holds a file that was changed.
const AS_MADE: &str =
    "ask whoever disclosed it for the file as they made it; do not rely on this one";

const BROKEN: &str = "does not hold";

/// What it is that was given, and what to do.
fn advice(fault: &DisclosureFault) -> (&'static str, &'static str) {
    match fault {
        DisclosureFault::Shape(_) => (
            "is not read",
            "name a file that scruple ledger disclose or prove wrote; if this one is, ask for it as it was made",
        ),
        DisclosureFault::OtherLog { .. } => (
            "is not checked with this key",
            "look whether you took the key of the right log; where the log changed its key since the file was made, ask for a new file, which says which key followed which",
        ),
        _ => (BROKEN, AS_MADE),
    }
}

/// Not enough of the witnesses that the reader asked for signed.
const CANNOT_TELL: u8 = 4;

pub(super) fn run(args: &LedgerVerify, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let trusted = key(args.vkey.as_deref())?;
    let policy = policy(args.witnesses.as_deref())?;
    let text = files::text(&args.bundle)?;
    let refused = |is: &str, what: String, next: &str| {
        BadInput(format!(
            "error: {} {is}: {}\n  next: {next}",
            shown(&args.bundle),
            printable(&what)
        ))
    };
    let shown = if text.starts_with("c2sp.org/") {
        proof(&text, trusted.as_ref(), policy.as_ref(), edge.now)
            .map_err(|what| refused(BROKEN, what, AS_MADE))?
    } else {
        Disclosure::parse(&text)
            .and_then(|disclosure| disclosure.verify(trusted.as_ref(), policy.as_ref(), edge.now))
            .map_err(|fault| {
                let (is, next) = advice(&fault);
                refused(is, fault.to_string(), next)
            })?
    };
    // A quorum that the reader asked for and that is not reached leaves it open.
    let code = match &shown.standing {
        Some(standing) if !standing.witnessed => CANNOT_TELL,
        _ => DONE,
    };
    let pinned = trusted.is_some() || policy.is_some_and(|policy| !policy.logs.is_empty());
    if args.json {
        let all = json!({
            "schema": "scruple.verify/1", "log": shown.origin, "vkey": shown.verifier,
            "key_given": pinned, "index": shown.index, "size": shown.size,
            "content": shown.content, "empty": shown.empty, "handovers": shown.followed,
            "witnessed": shown.standing.as_ref().is_some_and(|standing| standing.witnessed),
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(code);
    }
    let page = page(&shown, pinned, edge);
    out.write_all(page.as_bytes())?;
    Ok(code)
}

fn page(shown: &Shown, pinned: bool, edge: &Edge) -> String {
    let mut page = Page::new(edge.width, edge.colour);
    let heading = format!(
        "Entry {} of {} is in the log of {} that its key signed.",
        shown.index,
        shown.origin,
        entries(shown.size)
    );
    page.fold("", 0, Tone::Plain, &heading);
    let content = if shown.empty {
        "nothing: an empty commitment"
    } else {
        &shown.content
    };
    page.label(2, "stands for", 12, content);
    let mut say = |text: &str| page.fold("  ", 2, Tone::Plain, text);
    say(&witnessed(shown.standing.as_ref(), NOT_NAMED));
    if !shown.others.is_empty() && shown.standing.is_none() {
        say(&format!(
            "Signatures that nobody looked at: {}. Say with --witnesses whose count for you.",
            shown.others.join(", ")
        ));
    }
    if !shown.followed.is_empty() {
        say(
            "The key that signed it is not the one you have, but follows it, as each signed of the next:",
        );
        for key in &shown.followed {
            page.raw(&format!("    {}", printable(key)));
        }
    } else if !pinned {
        say(
            "The log's key is the file's own word. Compare it with what the log's owner publishes, or give it with --vkey:",
        );
        page.raw(&format!("  {}", printable(&shown.verifier)));
    }
    page.fold(
        "  ",
        2,
        Tone::Plain,
        "It does not say whether that is true, or complete: only that it was entered and not changed.",
    );
    page.finish()
}

/// A `.tlog-proof`: the entry stands in its extra data, or it proves nothing to us.
fn proof(
    text: &str,
    trusted: Option<&Verifier>,
    policy: Option<&Policy>,
    now: i64,
) -> Result<Shown, String> {
    let proof = LogProof::parse(text)?;
    let mut keys: Vec<Verifier> = trusted.cloned().into_iter().collect();
    if let Some(policy) = policy.filter(|_| trusted.is_none()) {
        keys.extend(policy.logs.iter().map(|(key, _)| key.clone()));
    }
    if keys.is_empty() {
        return Err("a .tlog-proof names no key; give the log's with --vkey".to_owned());
    }
    let note = proof.checkpoint.as_bytes();
    let checkpoint = Checkpoint::open(note, &keys).map_err(|fault| fault.to_string())?;
    let entry = proof
        .extra
        .as_deref()
        .ok_or("it does not hold the entry it is about (no extra line)")?;
    proof
        .check(entry, checkpoint.size, &checkpoint.root)
        .map_err(|fault| fault.to_string())?;
    let (text, lines) = scruple_note::signatures(note).map_err(|_| "no signed note".to_owned())?;
    let wrong = policy.map(|policy| misfits(text, &lines, &policy.keys()));
    if let Some(name) = wrong.and_then(|names| names.into_iter().next()) {
        return Err(format!(
            "the cosignature in the name of {name} does not fit the text"
        ));
    }
    Ok(Shown {
        origin: checkpoint.origin,
        verifier: keys
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        index: proof.index,
        content: String::from_utf8_lossy(entry).into_owned(),
        empty: false,
        size: checkpoint.size,
        standing: policy
            .map(|policy| policy.standing(&cosignatures(text, &lines, &policy.keys()), now, None)),
        others: Vec::new(),
        followed: Vec::new(),
    })
}
