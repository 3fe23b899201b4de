//! `scruple ledger show`, `prove`, `disclose`, `forget`: one entry.

use std::io::Write;
use std::path::Path;

use scruple_ledger::merkle::to_base64;
use scruple_ledger::{Disk, LogDir};
use serde_json::json;

use super::{in_words, minute, open, public};
use crate::args::{LedgerEntry, LedgerProve};
use crate::failure::DONE;
use crate::files::shown;
use crate::{Edge, files};

pub(super) fn show(args: &LedgerEntry, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let log = open(args.ledger.as_deref(), edge)?;
    let kept = log.kept(args.index).map_err(in_words)?;
    if args.json {
        let all = json!({
            "schema": "scruple.ledger-entry/1", "log": log.settings().origin, "index": kept.index,
            "commitment": to_base64(&kept.commitment), "time": minute(kept.time),
            "content": kept.content, "empty": kept.padding, "signed": kept.signed,
            "corrected_by": kept.corrected_by,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    writeln!(out, "Entry {} of {}", kept.index, log.settings().origin)?;
    writeln!(out, "  in the log  {}", to_base64(&kept.commitment))?;
    writeln!(out, "  entered     {}", minute(kept.time))?;
    writeln!(
        out,
        "  signed      {}",
        if kept.signed {
            "yes"
        } else {
            "not yet: scruple ledger checkpoint"
        }
    )?;
    let content = match (&kept.content, kept.padding) {
        (_, true) => "nothing: an empty commitment, to fill up a release",
        (Some(text), _) => text,
        (None, _) => "forgotten: content and salt were deleted here",
    };
    writeln!(
        out,
        "  stands for  {}",
        scruple_brief::render::paint::printable(content)
    )?;
    for later in &kept.corrected_by {
        writeln!(
            out,
            "  corrected   by entry {later}, which says so; both stay in the log"
        )?;
    }
    Ok(DONE)
}

pub(super) fn prove(args: &LedgerProve, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let dir = public(args.ledger.as_deref(), edge)?;
    let log = LogDir::open(&dir, &Disk::new()).map_err(in_words)?;
    let proof = log.proof(args.index).map_err(in_words)?;
    give(args.out.as_deref(), &proof.text(), out)
}

pub(super) fn disclose(args: &LedgerProve, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let log = open(args.ledger.as_deref(), edge)?;
    let disclosure = log.disclose(args.index).map_err(in_words)?;
    give(args.out.as_deref(), &disclosure.text(), out)
}

fn give(path: Option<&Path>, text: &str, out: &mut dyn Write) -> anyhow::Result<u8> {
    match path {
        Some(path) => {
            files::write(path, text.as_bytes())?;
            writeln!(out, "written to {}", shown(path))?;
        }
        None => out.write_all(text.as_bytes())?,
    }
    Ok(DONE)
}

pub(super) fn forget(args: &LedgerEntry, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let mut log = open(args.ledger.as_deref(), edge)?;
    log.forget(args.index).map_err(in_words)?;
    if args.json {
        let all = json!({
            "schema": "scruple.ledger-forget/1", "log": log.settings().origin, "index": args.index,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    writeln!(
        out,
        "Content and salt of entry {} are deleted. Its commitment stays in the log; what it stood for \
         nobody can show or guess from it.",
        args.index
    )?;
    writeln!(
        out,
        "Copies that you disclosed, exported or backed up are yours to delete."
    )?;
    Ok(DONE)
}
