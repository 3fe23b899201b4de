//! `scruple ledger audit`: somebody's log, checked whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use scruple_brief::render::paint::{Page, Tone, printable};
use scruple_ledger::Disk;
use scruple_ledger::audit::page::{headline, html};
use scruple_ledger::audit::{
    Asked, Directory, Memory, Report, Source, SourceFault, Told, Verdict, audit,
};

use super::{NOT_NAMED, data, entries, in_words, key, minute, policy, web, witnessed};
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
        out.write_all(page(&report, edge).as_bytes())?;
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

fn page(report: &Report, edge: &Edge) -> String {
    /// Columns of a label.
    const WIDE: usize = 9;
    let mut page = Page::new(edge.width, edge.colour);
    let name = if report.origin.is_empty() {
        &report.location
    } else {
        &report.origin
    };
    page.raw(&printable(name));
    let counts = format!(
        "{} signed, {} read · {}",
        entries(report.size),
        report.read,
        witnessed(report.standing.as_ref(), NOT_NAMED)
    );
    page.fold("", 0, Tone::Plain, &counts);
    page.gap();
    let tone = match report.verdict() {
        Verdict::Consistent => Tone::Strong,
        Verdict::Broken => Tone::Stop,
        Verdict::CannotTell => Tone::Ask,
    };
    page.fold("", 0, tone, &headline(report).to_uppercase());
    for one in &report.breaks {
        page.gap();
        page.fold("", 0, Tone::Strong, one.kind.title());
        page.label(2, "file", WIDE, &one.file);
        match (one.first, one.last) {
            (Some(first), Some(last)) if first == last => {
                page.label(2, "entry", WIDE, &first.to_string());
            }
            (Some(first), Some(last)) => {
                page.label(2, "entries", WIDE, &format!("{first} to {last}"));
            }
            _ => {}
        }
        page.label(2, "what", WIDE, &one.what);
        page.label(2, "next", WIDE, one.kind.next());
        for note in &one.evidence {
            page.raw("  signed evidence, to keep and to show others:");
            // Signed bytes: a line that folds is another.
            for line in note.lines() {
                page.raw(&format!("    | {}", printable(line)));
            }
        }
    }
    if report.more > 0 {
        page.gap();
        page.raw(&format!("and {} more", report.more));
    }
    section(&mut page, "Shown", &report.can_say());
    section(&mut page, "Noticed", &report.notices);
    if !report.handovers.is_empty() {
        page.gap();
        page.fold("", 0, Tone::Strong, "Keys that followed each other");
    }
    for pair in &report.handovers {
        // A key that folds cannot be copied.
        page.raw(&format!("  {}", printable(pair).replace(" → ", "\n    → ")));
    }
    section(&mut page, "Not shown", &report.cannot_say());
    page.finish()
}

fn section(page: &mut Page, heading: &str, lines: &[String]) {
    if !lines.is_empty() {
        page.gap();
        page.fold("", 0, Tone::Strong, heading);
    }
    for line in lines {
        page.fold("  ", 4, Tone::Plain, line);
    }
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
