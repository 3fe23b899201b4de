//! `scruple ledger audit`: somebody's log, checked whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use scruple_brief::render::paint::printable;
use scruple_ledger::Disk;
use scruple_ledger::audit::page::{headline, html};
use scruple_ledger::audit::{
    Asked, Directory, Memory, Report, Source, SourceFault, Told, Verdict, audit,
};

use super::{data, in_words, key, minute, policy, web, witnessed};
use crate::args::LedgerAudit;
use crate::failure::{DONE, Faults, bad_input};
use crate::{Edge, files};

pub(super) fn run(args: &LedgerAudit, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let key = key(args.vkey.as_deref())?;
    let policy = policy(args.witnesses.as_deref())?;
    let others = args
        .with
        .iter()
        .map(|path| files::text(path))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let is_address = args.log.contains("://");
    let (mut source, location): (Box<dyn Source>, String) = if is_address {
        let log = web(edge)?
            .log(&args.log)
            .map_err(|why| bad_input(why, "copy the log to this machine, and audit the copy"))?;
        (Box::new(log), args.log.trim_end_matches('/').to_owned())
    } else {
        let dir = PathBuf::from(&args.log);
        if !dir.is_dir() {
            return Err(bad_input(
                format!("{} is no directory", args.log),
                "name the directory of a log, or its address",
            ));
        }
        let location = std::path::absolute(&dir)?;
        (
            Box::new(Directory::new(dir)),
            location.display().to_string(),
        )
    };
    let memory = Memory::open(data(edge)?, &Disk::new());
    let seen = memory.seen().map_err(in_words)?;
    let asked = Asked {
        location: &location,
        key: key.as_ref(),
        policy: policy.as_ref(),
        others: &others,
        max_age_days: args.max_age,
        now: edge.now,
    };
    let bar = waiting(edge);
    let outcome = audit(source.as_mut(), &seen, &asked);
    bar.finish_and_clear();
    let (report, new) = outcome.map_err(|fault| match fault {
        SourceFault::NoLog | SourceFault::NoKey => bad_input(
            format!("{}: {fault}", args.log),
            "look at the address; give the log's key with --vkey",
        ),
        other => Faults(printable(&format!(
            "error: {}: {other}; nothing was checked; next: try again later",
            args.log
        )))
        .into(),
    })?;
    if !new.is_empty() {
        make_private(data(edge)?)?;
    }
    for seen in &new {
        memory.add(seen).map_err(in_words)?;
    }
    if let Some(path) = &args.html {
        let page = html(&report, &edge.today.to_string(), &minute);
        files::write(path, page.as_bytes())?;
    }
    if args.json {
        write_json(&report, out)?;
    } else {
        say(&report, out)?;
    }
    Ok(match report.verdict() {
        Verdict::Consistent => DONE,
        Verdict::Broken => 3,
        Verdict::CannotTell => 4,
    })
}

fn make_private(folder: &Path) -> anyhow::Result<()> {
    // The store makes it 0700 as for everything else.
    if !folder.is_dir() {
        drop(scruple_store::DataDir::open(
            folder,
            scruple_store::Mode::Write,
        )?);
    }
    Ok(())
}

fn say(report: &Report, out: &mut dyn Write) -> anyhow::Result<()> {
    let shown = |text: &str| printable(text);
    let name = if report.origin.is_empty() {
        &report.location
    } else {
        &report.origin
    };
    writeln!(out, "{}", shown(name))?;
    writeln!(
        out,
        "{} entries signed, {} read · {}",
        report.size,
        report.read,
        witnessed(report.standing.as_ref())
    )?;
    writeln!(out, "\n{}", headline(report).to_uppercase())?;
    for one in &report.breaks {
        writeln!(out, "\n{}", one.kind.title())?;
        writeln!(out, "  file     {}", shown(&one.file))?;
        match (one.first, one.last) {
            (Some(first), Some(last)) if first == last => writeln!(out, "  entry    {first}")?,
            (Some(first), Some(last)) => writeln!(out, "  entries  {first} to {last}")?,
            _ => {}
        }
        writeln!(out, "  what     {}", shown(&one.what))?;
        writeln!(out, "  next     {}", one.kind.next())?;
        for note in &one.evidence {
            writeln!(out, "  signed evidence, to keep and to show others:")?;
            for line in note.lines() {
                writeln!(out, "    | {}", shown(line))?;
            }
        }
    }
    if report.more > 0 {
        writeln!(out, "\nand {} more", report.more)?;
    }
    section("Shown", &report.can_say(), out)?;
    section("Noticed", &report.notices, out)?;
    section("Keys that followed each other", &report.handovers, out)?;
    section("Not shown", &report.cannot_say(), out)?;
    Ok(())
}

fn section(heading: &str, lines: &[String], out: &mut dyn Write) -> anyhow::Result<()> {
    if !lines.is_empty() {
        writeln!(out, "\n{heading}")?;
    }
    for line in lines {
        writeln!(out, "  {}", printable(line))?;
    }
    Ok(())
}

fn write_json(report: &Report, out: &mut dyn Write) -> anyhow::Result<()> {
    let all = Told::of(report, &minute);
    writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    Ok(())
}

fn waiting(edge: &Edge) -> ProgressBar {
    if !edge.progress {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.set_message("reading the log");
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    bar
}
