//! `scruple ledger checkpoint`, `tick`, `status`, `rotate`, `repair`.

use std::io::Write;

use scruple_brief::words::count;
use scruple_ledger::Log;
use scruple_ledger::log::Published;
use scruple_ledger::merkle::to_base64;
use scruple_ledger::witness::Said;
use serde_json::{Value, json};

use super::{entries, in_words, minute, open, open_as, publish, witnessed};
use crate::args::LedgerOf;
use crate::failure::DONE;
use crate::{Edge, random};

pub(super) fn checkpoint(args: &LedgerOf, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let mut log = open(args.ledger.as_deref(), edge)?;
    let published = publish(&mut log, edge)?;
    if args.json {
        write_json(&in_json(&log, &published), out)?;
    } else {
        say(&log, &published, out)?;
    }
    Ok(DONE)
}

fn say(log: &Log, published: &Published, out: &mut dyn Write) -> anyhow::Result<()> {
    let checkpoint = &published.checkpoint;
    writeln!(
        out,
        "{} is signed with {}, {} of them new.",
        checkpoint.origin,
        entries(checkpoint.size),
        published.new
    )?;
    writeln!(out, "  root       {}", to_base64(&checkpoint.root))?;
    writeln!(
        out,
        "  published  {}",
        crate::files::shown(&log.place().public)
    )?;
    writeln!(
        out,
        "  {}",
        witnessed(published.standing.as_ref(), "no witness is asked")
    )?;
    for asked in &published.asked {
        if !matches!(asked.said, Said::Signed { .. }) {
            writeln!(out, "  {} {}", asked.name, asked.said.in_words())?;
        }
    }
    if published
        .asked
        .iter()
        .any(|asked| matches!(asked.said, Said::OtherHistory | Said::Ahead(_)))
    {
        writeln!(
            out,
            "  ALARM: a witness knows another state of this log. Find out who else signs with its key before you go on."
        )?;
    }
    Ok(())
}

fn in_json(log: &Log, published: &Published) -> Value {
    json!({
        "schema": "scruple.checkpoint/1",
        "origin": published.checkpoint.origin,
        "size": published.checkpoint.size,
        "root": to_base64(&published.checkpoint.root),
        "new": published.new,
        "dir": log.place().public,
        "witnessed": published.standing.as_ref().is_some_and(|standing| standing.witnessed),
        "witnesses": published.asked.iter().map(|asked| json!({
            "name": asked.name, "said": asked.said.in_words(),
        })).collect::<Vec<_>>(),
        "note": published.note,
    })
}

pub(super) fn tick(args: &LedgerOf, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let mut log = open(args.ledger.as_deref(), edge)?;
    let ticked = log
        .tick(edge.now, edge.today, &mut random)
        .map_err(in_words)?;
    // Witnesses date what they sign: signing again says that the log is alive.
    let published = publish(&mut log, edge)?;
    if args.json {
        let mut all = in_json(&log, &published);
        all["schema"] = json!("scruple.tick/1");
        all["released"] = json!(ticked.released);
        all["missed"] = json!(ticked.missed);
        all["next_release"] = json!(minute(ticked.next));
        write_json(&all, out)?;
        return Ok(DONE);
    }
    for duty in &ticked.missed {
        writeln!(out, "Not done by {}: {} ({})", duty.due, duty.what, duty.id)?;
    }
    if ticked.released {
        let all = ticked.entries + ticked.padding;
        writeln!(
            out,
            "{} came out, {} of them empty.",
            entries(all),
            ticked.padding
        )?;
    }
    if ticked.late > 0 {
        writeln!(
            out,
            "{} later than was promised: tick did not run in time.",
            ticked.late
        )?;
    }
    writeln!(out, "The next hour of release is {}.", minute(ticked.next))?;
    say(&log, &published, out)?;
    Ok(DONE)
}

pub(super) fn status(args: &LedgerOf, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let log = open(args.ledger.as_deref(), edge)?;
    let status = log.status(edge.now);
    let next = log.settings().release.next(edge.now);
    if args.json {
        let all = json!({
            "schema": "scruple.ledger-status/1", "origin": status.origin, "vkey": status.verifier,
            "dir": log.place().public, "signed": status.signed, "entries": status.entries,
            "waiting": status.waiting, "overdue": status.overdue, "cut_off": status.cut,
            "next_release": minute(next),
        });
        write_json(&all, out)?;
        return Ok(DONE);
    }
    writeln!(out, "{}", status.origin)?;
    writeln!(
        out,
        "  published  {}",
        crate::files::shown(&log.place().public)
    )?;
    writeln!(out, "  key        {}", status.verifier)?;
    writeln!(
        out,
        "  signed     {} of {} entries",
        status.signed, status.entries
    )?;
    writeln!(
        out,
        "  waiting    {} until {}",
        status.waiting,
        minute(next)
    )?;
    if status.overdue > 0 {
        writeln!(
            out,
            "  overdue    {} should be in the log by now: a promise is broken; run scruple ledger tick",
            status.overdue
        )?;
    }
    if status.cut > 0 {
        writeln!(
            out,
            "  cut off    {} that a crash left half written; nobody was told that they were in",
            count(usize::try_from(status.cut).unwrap_or(usize::MAX), "record")
        )?;
    }
    Ok(DONE)
}

pub(super) fn rotate(args: &LedgerOf, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let mut log = open(args.ledger.as_deref(), edge)?;
    let rotated = log.rotate(&mut random).map_err(in_words)?;
    let published = publish(&mut log, edge)?;
    if args.json {
        let all = json!({
            "schema": "scruple.ledger-rotate/1", "vkey": rotated.verifier, "before": rotated.before,
            "handover": rotated.statement, "size": published.checkpoint.size,
        });
        write_json(&all, out)?;
        return Ok(DONE);
    }
    writeln!(
        out,
        "From now on another key signs {}.",
        log.settings().origin
    )?;
    writeln!(out, "  new  {}", rotated.verifier)?;
    writeln!(out, "  old  {}", rotated.before)?;
    writeln!(
        out,
        "  The old key signed that the new one follows; the statement is published in handover/.\n  \
         next: give the new line to whoever audits the log and to your witnesses"
    )?;
    Ok(DONE)
}

pub(super) fn repair(args: &LedgerOf, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let mut log = open_as(args.ledger.as_deref(), edge, Log::repair)?;
    let published = publish(&mut log, edge)?;
    if args.json {
        write_json(&in_json(&log, &published), out)?;
        return Ok(DONE);
    }
    writeln!(
        out,
        "The entries kept here give the signed root; every file of the log was built again."
    )?;
    say(&log, &published, out)?;
    Ok(DONE)
}

fn write_json(value: &Value, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{}", serde_json::to_string_pretty(value)?)?;
    Ok(())
}
