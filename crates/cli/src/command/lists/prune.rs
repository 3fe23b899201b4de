//! `scruple lists prune`: old copies that nobody has to keep, shown, then deleted.

use std::io::Write;

use scruple_brief::Packs;
use scruple_brief::packs::RetentionBody;
use scruple_pack::Entry;
use scruple_store::{DataDir, Mode};
use scruple_sync::{Leaving, leaving, prune};
use serde_json::json;

use super::{held_store, packs, short};
use crate::Edge;
use crate::args::ListsPrune;
use crate::failure::{DONE, bad_input};

pub(super) fn run(args: &ListsPrune, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    // A period that passes on a day to come has not passed; what is deleted stays so.
    if args.delete && edge.today > edge.clock {
        return Err(bad_input(
            format!(
                "--delete with --today {}: by the clock of this machine it is {}",
                edge.today, edge.clock
            ),
            "leave --delete out to see what would go on that day; nothing was deleted",
        ));
    }
    let packs = packs(edge)?;
    let longest = longest(&packs, &args.bound_by, edge)?;
    let years = longest.body.whole_years();
    let why = format!(
        "kept {} ({}, {})",
        longest.body.period(),
        longest.id,
        longest.citation
    );
    let mut store = held_store(edge)?;
    if args.delete {
        drop(store);
        let folder = edge
            .data
            .as_deref()
            .unwrap_or_else(|| std::path::Path::new(""));
        store = DataDir::open(folder, Mode::Write)?;
    }
    let found = leaving(&store, edge.today, years)?;
    if args.delete && !found.is_empty() {
        prune(&mut store, &found, edge.today, &why)?;
    }
    if args.json {
        print_json(&found, years, longest.id.as_str(), args.delete, out)?;
    } else {
        let doubts = longest.doubts(edge.today);
        print_text(&found, &why, &doubts, args.delete, out)?;
    }
    Ok(DONE)
}

/// The longest period that binds, among those named or all.
pub(crate) fn longest<'p>(
    packs: &'p Packs,
    bound_by: &[String],
    edge: &Edge,
) -> anyhow::Result<&'p Entry<RetentionBody>> {
    let known: Vec<&str> = packs
        .retention
        .entries
        .iter()
        .map(|entry| entry.body.regime.as_str())
        .collect();
    if let Some(unknown) = bound_by.iter().find(|one| !known.contains(&one.as_str())) {
        return Err(bad_input(
            format!("--bound-by {unknown}: no period is known for it"),
            format!("one of {}", known.join(", ")),
        ));
    }
    packs
        .longest_retention(edge.today, bound_by)
        .ok_or_else(|| {
            bad_input(
                format!("no period to keep lists is law on {}", edge.today),
                "look at packs/retention.toml; nothing was deleted",
            )
        })
}

fn print_json(
    found: &Leaving,
    years: u16,
    rule: &str,
    deleted: bool,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let copies: Vec<_> = found
        .snapshots
        .iter()
        .map(|held| {
            let s = &held.snapshot;
            json!({ "list": s.list, "day": s.day(), "taken": s.taken, "hash": s.hash,
                    "entities": s.entities })
        })
        .collect();
    // Counts only: a table of people who were taken off is what we do not make.
    let people: Vec<_> = found
        .people
        .iter()
        .map(|people| {
            let s = &people.held.snapshot;
            json!({ "list": s.list, "day": s.day(), "hash": s.hash, "people": people.records.len() })
        })
        .collect();
    let all = json!({
        "schema": "scruple.prune/1", "years": years, "rule": rule, "deleted": deleted,
        "copies": copies, "people": people,
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    Ok(())
}

fn print_text(
    found: &Leaving,
    why: &str,
    doubts: &[String],
    deleted: bool,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    writeln!(out, "The longest period that binds: {why}")?;
    for doubt in doubts {
        writeln!(out, "  doubt: {doubt}")?;
    }
    if found.is_empty() {
        writeln!(
            out,
            "\nNothing has been kept longer. The current copy of a list always stays."
        )?;
        return Ok(());
    }
    writeln!(out, "\n{}", if deleted { "Deleted:" } else { "Would go:" })?;
    for held in &found.snapshots {
        let s = &held.snapshot;
        writeln!(
            out,
            "  {} of {}, taken {}, {} entities, {}",
            s.list,
            s.day(),
            s.taken,
            s.entities,
            short(&s.hash)
        )?;
    }
    for people in &found.people {
        let s = &people.held.snapshot;
        let who = match people.records.len() {
            1 => "1 person".to_owned(),
            many => format!("{many} people"),
        };
        writeln!(
            out,
            "  {who} delisted long ago, out of {} of {} ({}), which stays",
            s.list,
            s.day(),
            short(&s.hash)
        )?;
    }
    if deleted {
        writeln!(
            out,
            "\nBriefs that rest on these copies can no longer be asked again from this directory."
        )?;
    } else {
        writeln!(
            out,
            "\nNothing was deleted. `scruple lists prune --delete` does it."
        )?;
    }
    Ok(())
}
